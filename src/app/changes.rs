//! What differs from the last issue of a meeting.

use chrono::{DateTime, Utc};

use super::report::reading;
use super::{Failure, Files, Refused, Report, Session, plain_order};
use crate::finding::Finding;
use crate::issue::changes::Changes;
use crate::issue::draft;
use crate::issue::gate::Terms;
use crate::issue::manifest::{Choice, Kind};
use crate::issue::plans;
use crate::issue::prepare::Order;
use crate::issue::time::Time;

/// What is to be compared.
pub struct ChangesOrder<'a> {
    /// Id of the meeting.
    pub meeting: &'a str,
    /// How pages would be numbered.
    pub numbering: Choice,
    /// Whether to make reports of the changes as well.
    pub reports: bool,
    /// Whether replacement sheets have the pages too that only look otherwise.
    pub look_too: bool,
    /// Whether to compare even where the sources are those of the last issue.
    pub always: bool,
    /// The time that the next issue would bear.
    pub at: DateTime<Utc>,
}

/// What differs.
#[derive(Debug)]
pub enum Compared {
    /// Nothing: the sources are those of the last issue, of this meeting and number.
    Same(String, u32),
    /// Something may, from issue to draft.
    Draft {
        /** For the public: nothing of what is withheld. */
        public: Box<Changes>,
        /** On the whole. */
        whole: Box<Changes>,
        /** Reports, by path beside the packs. */
        reports: Files,
    },
}

impl Session {
    /// Compares what would be issued now with the last issue.
    pub fn changes(&self, order: &ChangesOrder) -> Result<Compared, Refused> {
        self.guarded()?;
        let log = self.log.fork();
        let agenda = self.one(order.meeting)?;
        self.project.compose(agenda, &log);
        let Some(last) = self.shelf.last(&agenda.id)? else {
            let message = format!("`{}` has not been issued, so that nothing can have changed", agenda.id);
            return Err(Failure::asked(message).hint(format!("issue it with `boardpack issue {}`", agenda.id)).into());
        };
        let number = last.manifest.issue;
        if !order.always && !self.has_changed(agenda, number)? {
            return Ok(Compared::Same(agenda.id.clone(), number));
        }
        let stops = |finding: &Finding| self.project.concerns(finding, agenda) && finding.stops_writing();
        let report = self.report(&log, false, stops);
        if !report.is_empty() {
            return Err(report.into());
        }
        let time = Time { at: order.at, given: None };
        let wanted = Order {
            numbering: order.numbering,
            reports: order.reports,
            look_too: order.look_too,
            plans: Some(plans::before(&self.shelf, &self.project, agenda)?),
            ..plain_order(&agenda.id, Kind::Pack, &time)
        };
        let making = crate::rules::log();
        let cache = self.cache();
        let draft = self.env.with_workshop(Some(&cache), self.project.secrets(), |workshop| {
            draft::draft(&self.project, &self.root, agenda, &wanted, Some(&last), workshop, &making)
        })?;
        let made = draft.made.and_then(|made| Some((made.changes?, made.reports)));
        let Some((changes, reports)) = made else {
            return Err(Report::of(
                vec![reading(&making, &draft.sources, Finding::stops_writing)],
                Terms::default(),
                None,
            )
            .into());
        };
        Ok(Compared::Draft { public: Box::new(changes.public), whole: Box::new(changes.whole), reports })
    }
}
