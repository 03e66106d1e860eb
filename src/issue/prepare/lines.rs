//! What the front sheet says of an issue and of those before it.

use super::Making;
use crate::compose::number;
use crate::issue::last::Last;
use crate::issue::manifest::Kind;
use crate::record::Record;

impl Making<'_> {
    /// Gives what the front sheet says of this issue and those before it, and of numbers not used: in both editions, so
    /// that their pages are the same.
    pub(super) fn lines(&self, unused: &[String], made: Option<(&Record, &[String])>) -> Vec<String> {
        let Some(last) = self.last else { return self.first_line().into_iter().collect() };
        let phrases = &self.project.phrases;
        let mut lines = last.manifest.lines.clone();
        lines.push(self.line(last, made));
        let runs: Vec<String> =
            number::runs(unused)
                .into_iter()
                .map(|(first, last)| {
                    if first == last { first } else { phrases.fill("pages-run", &[("first", &first), ("last", &last)]) }
                })
                .collect();
        match (runs.as_slice(), unused.len()) {
            ([], _) => {}
            (_, 1) => lines.push(phrases.fill("page-not-used", &[("pages", &runs[0])])),
            _ => lines.push(phrases.fill("pages-not-used", &[("pages", &phrases.list(&runs))])),
        }
        lines
    }

    /// Gives the line about a first issue, of which there is nothing to say but that its time was given.
    pub(super) fn first_line(&self) -> Option<String> {
        self.order.time.given.as_ref()?;
        let date = self.day(self.order.time.at.date_naive());
        Some(self.with_given_time(self.project.phrases.fill("issue-line-first", &[("number", "1"), ("date", &date)])))
    }

    /// Gives which issue it is, for the first page; the first one says nothing of it.
    pub(super) fn issue_number(&self) -> Option<String> {
        let number = (self.last?.manifest.issue + 1).to_string();
        let key = if self.order.reason.is_some() { "issue-number" } else { "issue-line-draft" };
        Some(self.project.phrases.fill(key, &[("number", &number)]))
    }

    /// Adds to the line about this issue that its time was given, and why.
    fn with_given_time(&self, line: String) -> String {
        let Some(why) = self.order.time.given.as_deref() else { return line };
        self.project.phrases.fill("issue-line-given", &[("line", &line), ("why", why)])
    }

    /// Gives the line about this issue, which later ones carry on.
    pub(super) fn line(&self, last: &Last, made: Option<(&Record, &[String])>) -> String {
        let number = (last.manifest.issue + 1).to_string();
        let date = self.day(self.order.time.at.date_naive());
        let phrases = &self.project.phrases;
        let Some(reason) = self.order.reason else { return phrases.fill("issue-line-draft", &[("number", &number)]) };
        let values = [("number", number.as_str()), ("date", &date), ("reason", reason)];
        self.with_given_time(match self.order.kind {
            Kind::Supplement => {
                let number = (last.manifest.supplements + 1).to_string();
                let pages = made.map(|(record, numbers)| late_pages(last, record, numbers)).unwrap_or_default();
                let pages: Vec<String> = number::runs(&pages)
                    .into_iter()
                    .map(|(first, last)| phrases.fill("page-range", &[("first", &first), ("last", &last)]))
                    .collect();
                let pages = phrases.list(&pages);
                let values = [("number", number.as_str()), ("date", &date), ("reason", reason), ("pages", &pages)];
                phrases.fill("issue-line-supplement", &values)
            }
            Kind::Withhold => phrases.fill("issue-line-withhold", &values),
            Kind::Release => phrases.fill("issue-line-release", &values),
            Kind::Pack | Kind::Notice => phrases.fill("issue-line", &values),
        })
    }
}

/// Gives the printed numbers of the pages of papers that the last issue did not have.
fn late_pages(last: &Last, record: &Record, numbers: &[String]) -> Vec<String> {
    let pages = record.documents.iter().flat_map(|document| document.pages.iter().map(move |_| document));
    let late = pages.zip(numbers).filter(|(document, _)| last.whole.document(&document.key).is_none());
    late.map(|(_, number)| number.clone()).collect()
}
