//! What has changed from one issue to the next, for the public and on the whole, and the reports of it.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::changes::{self, Changes};
use super::changes::{ReportFacts, report};
use super::prepare::Last;
use crate::build::{Output, Project};
use crate::finding::Finding;

/// What has changed from one issue to the next.
#[derive(Debug)]
pub struct Difference {
    /// For the public: nothing of what is withheld.
    pub public: Changes,
    /// On the whole.
    pub whole: Changes,
}

/// What the reports of changes say besides.
#[derive(Debug, Clone, Copy)]
pub(super) struct Facts<'a> {
    /// When the meeting is, as printed.
    pub when: &'a str,
    /// Why there is a new issue.
    pub reason: Option<&'a str>,
    /// Day of the new issue.
    pub date: NaiveDate,
}

impl Difference {
    /// Compares an issue with the one before it.
    pub(super) fn between(last: &Last, output: &Output) -> Self {
        let whole = output.private.as_ref().unwrap_or(&output.public);
        Self { public: changes::between(&last.public, &output.public), whole: changes::between(&last.whole, whole) }
    }

    /// Tells whether nothing has changed.
    pub fn is_empty(&self) -> bool {
        self.public.is_empty() && self.whole.is_empty()
    }

    /// Makes the typeset reports of the changes, by path beside the packs.
    pub(super) fn reports(
        &self,
        project: &Project,
        last: &Last,
        facts: Facts,
    ) -> Result<BTreeMap<String, Vec<u8>>, Vec<Finding>> {
        let (old, new) = (last.manifest.issue.to_string(), (last.manifest.issue + 1).to_string());
        let about = ReportFacts {
            workspace: &project.workspace,
            old_issue: &old,
            new_issue: &new,
            when: facts.when,
            reason: facts.reason,
            date: facts.date,
        };
        let typeset = |changes: &Changes| {
            report(changes, &about, &project.layouts, &project.phrases, project.fonts(), project.press())
        };
        let mut reports = BTreeMap::new();
        reports.insert("public/changes.pdf".to_owned(), typeset(&self.public)?);
        if self.whole.edition != self.public.edition {
            reports.insert("private/changes.pdf".to_owned(), typeset(&self.whole)?);
        }
        Ok(reports)
    }
}
