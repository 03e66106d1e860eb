//! The change report as a PDF: what changed behind each item, then the words that differ.

use chrono::NaiveDate;

use super::terminal::{by_item, is_only_restyled, shortened};
use super::{Changes, DocumentChange, DocumentKind, Fact, Hunk, ItemChange, ItemKind, PagePair, Span};
use crate::finding::Finding;
use crate::issue::document::{Imprint, Workshop};
use crate::model::text::typographic;
use crate::render::literal::Data;

/// Differences that are shown of one document.
const HUNKS: usize = 200;
/// Characters that are shown of one deletion or insertion.
const SHOWN: usize = 1_200;

/// What a change report says besides the changes.
#[derive(Debug, Clone, Copy)]
pub struct ReportFacts<'a> {
    /// Number of the issue that is compared with, such as `1`.
    pub old_issue: &'a str,
    /// Number of the new issue.
    pub new_issue: &'a str,
    /// When the meeting is, as printed.
    pub when: &'a str,
    /// Why there is a new issue.
    pub reason: Option<&'a str>,
    /// Day of the new issue.
    pub date: NaiveDate,
}

/// Makes the change report as a PDF.
pub fn report(changes: &Changes, facts: &ReportFacts, workshop: &Workshop) -> Result<Vec<u8>, Vec<Finding>> {
    let printing = Printing { workshop };
    let phrases = workshop.phrases;
    let title = phrases.fill("changes-title", &[("issue", facts.old_issue)]);
    let subject = phrases.fill("changes-subject", &[("old", facts.old_issue), ("new", facts.new_issue)]);
    let data = printing.report(changes, facts, &title);
    let imprint = Imprint {
        title: format!("{title} – {}, {}", typographic(&changes.body), facts.when),
        subject,
        body: typographic(&changes.body),
        date: facts.date,
        identity: format!("{}/changes-{}-{}-{}", changes.meeting, changes.edition, facts.old_issue, facts.new_issue),
    };
    workshop.pdf("change-report", data, &imprint)
}

struct Printing<'a> {
    workshop: &'a Workshop<'a>,
}

impl Printing<'_> {
    fn words(&self, words: &str) -> Data {
        Data::string(self.workshop.plain(words))
    }

    fn report(&self, changes: &Changes, facts: &ReportFacts, title: &str) -> Data {
        let (restyled, told): (Vec<_>, Vec<_>) = changes.documents.iter().partition(|change| is_only_restyled(change));
        let alone: Vec<&DocumentChange> = told.into_iter().filter(|change| change.item.is_none()).collect();
        let mut groups = Vec::new();
        if !alone.is_empty() {
            groups.push(self.group(None, None, &alone));
        }
        for (number, title, change, documents) in by_item(changes) {
            groups.push(self.group(Some((number, title)), change, &documents));
        }
        let different = changes
            .documents
            .iter()
            .filter(|change| change.difference.as_ref().is_some_and(|difference| !difference.hunks.is_empty()));
        Data::fields([
            ("title", Data::string(title)),
            ("body", self.words(&typographic(&changes.body))),
            ("when", self.words(facts.when)),
            ("new-issue", Data::string(facts.new_issue)),
            ("edition", Data::string(&changes.edition)),
            ("reason", Data::option(facts.reason, |reason| self.words(reason))),
            ("facts", Data::List(self.facts(changes))),
            ("restyled", Data::option((!restyled.is_empty()).then_some(restyled.len()), |count| self.restyled(count))),
            ("groups", Data::List(groups)),
            ("differences", Data::list(different, |change| self.difference(change))),
        ])
    }

    fn restyled(&self, count: usize) -> Data {
        match count {
            1 => self.workshop.phrase("changes-restyled-one", &[]),
            _ => self.workshop.phrase("changes-restyled-many", &[("count", &count.to_string())]),
        }
    }

    fn facts(&self, changes: &Changes) -> Vec<Data> {
        let mut facts: Vec<Data> = Vec::new();
        for change in &changes.facts {
            let key = match change.fact {
                Fact::Title => "changes-fact-title",
                Fact::Date => "date",
                Fact::Time => "changes-fact-time",
                Fact::Place => "place",
                Fact::Status => "changes-fact-status",
            };
            facts.push(Data::fields([
                ("label", self.workshop.phrase(key, &[])),
                ("old", self.words(change.old.as_deref().unwrap_or(self.workshop.phrases.get("none")))),
                ("new", self.words(change.new.as_deref().unwrap_or(self.workshop.phrases.get("none")))),
            ]));
        }
        let members = |names: &[String]| {
            let names = if names.is_empty() { self.workshop.phrases.get("none").to_owned() } else { names.join(", ") };
            self.words(&names)
        };
        if !changes.joined.is_empty() || !changes.left.is_empty() {
            facts.push(Data::fields([
                ("label", self.workshop.phrase("membership", &[])),
                ("old", self.with("changes-left", &changes.left, members)),
                ("new", self.with("changes-joined", &changes.joined, members)),
            ]));
        }
        facts
    }

    fn with(&self, key: &str, names: &[String], members: impl Fn(&[String]) -> Data) -> Data {
        if names.is_empty() { members(names) } else { self.workshop.phrase(key, &[("names", &names.join(", "))]) }
    }

    /// Gives the rows of one item.
    fn group(&self, item: Option<(&str, &str)>, change: Option<&ItemChange>, documents: &[&DocumentChange]) -> Data {
        let lines = change.map(|change| change.kinds.iter().map(|kind| self.of_item(change, *kind)).collect());
        Data::fields([
            (
                "heading",
                Data::option(item, |(number, title)| {
                    self.workshop.phrase("changes-item", &[("number", number), ("title", title)])
                }),
            ),
            ("lines", Data::List(lines.unwrap_or_default())),
            ("documents", Data::list(documents, |document| self.row(document))),
        ])
    }

    fn of_item(&self, change: &ItemChange, kind: ItemKind) -> Data {
        let note = change.note.as_deref().unwrap_or_default();
        let (key, value) = match kind {
            ItemKind::Added => ("changes-item-added", ""),
            ItemKind::Withdrawn if note.is_empty() => ("changes-withdrawn", ""),
            ItemKind::Withdrawn => ("changes-withdrawn-note", note),
            ItemKind::Reinstated => ("changes-reinstated", ""),
            ItemKind::Retitled => ("changes-was", change.old_title.as_deref().unwrap_or_default()),
            ItemKind::Moved => ("changes-item-moved", ""),
            ItemKind::Private => ("changes-private", ""),
            ItemKind::Public => ("changes-public", ""),
            ItemKind::ToFollow => ("to-follow", ""),
            ItemKind::Followed => ("changes-followed", ""),
            ItemKind::Renumbered => ("changes-was-item", change.old_number.as_deref().unwrap_or_default()),
        };
        self.workshop.phrase(key, &[("value", value)])
    }

    fn row(&self, change: &DocumentChange) -> Data {
        let mut lines: Vec<Data> = change.kinds.iter().map(|kind| self.of_document(change, *kind)).collect();
        if let Some(difference) = &change.difference {
            lines.extend(difference.looks.iter().map(|pair| self.look(pair)));
        }
        Data::fields([
            ("title", self.title(change)),
            ("lines", Data::List(lines)),
            ("old", self.span(change.old_pages.as_ref())),
            ("new", self.span(change.new_pages.as_ref())),
        ])
    }

    fn title(&self, change: &DocumentChange) -> Data {
        match &change.appendix {
            Some(number) => {
                let appendix = self.workshop.phrases.fill("appendix", &[("number", number)]);
                self.words(&format!("{appendix}: {}", change.title))
            }
            None => self.words(&change.title),
        }
    }

    fn of_document(&self, change: &DocumentChange, kind: DocumentKind) -> Data {
        let count = |count: Option<usize>| count.unwrap_or(0).to_string();
        let difference = change.difference.as_ref();
        match kind {
            DocumentKind::Added if change.withheld => self.workshop.phrase("changes-added-withheld", &[]),
            DocumentKind::Added => self.workshop.phrase("changes-added", &[]),
            DocumentKind::Withdrawn => self.workshop.phrase("changes-withdrawn", &[]),
            DocumentKind::NowPublic => self.workshop.phrase("changes-public", &[]),
            DocumentKind::NowWithheld => self.workshop.phrase("changes-withheld", &[]),
            DocumentKind::Replaced if difference.is_some_and(|difference| difference.rewritten) => {
                self.workshop.phrase("changes-rewritten", &[])
            }
            DocumentKind::Replaced if difference.is_some_and(|difference| difference.hunks.is_empty()) => {
                self.workshop.phrase("changes-replaced", &[])
            }
            DocumentKind::Replaced => self.workshop.phrase(
                "changes-corrected",
                &[
                    ("deleted", &count(difference.map(|difference| difference.deleted))),
                    ("inserted", &count(difference.map(|difference| difference.inserted))),
                ],
            ),
            DocumentKind::Moved => {
                let from = change.old_item.as_ref().map_or("", |item| item.number.as_str());
                self.workshop.phrase("changes-moved", &[("value", from)])
            }
            DocumentKind::Retitled => {
                self.workshop.phrase("changes-was", &[("value", change.old_title.as_deref().unwrap_or_default())])
            }
            DocumentKind::Renumbered => self.workshop.phrase("changes-renumbered", &[]),
            DocumentKind::References => self.workshop.phrase("changes-references", &[]),
            DocumentKind::Looks => self.workshop.phrase("changes-restyled", &[]),
            DocumentKind::OnScreen => self.workshop.phrase("changes-on-screen", &[]),
        }
    }

    fn look(&self, pair: &PagePair) -> Data {
        match (&pair.old, &pair.new) {
            (_, None) => {
                self.workshop.phrase("changes-page-gone", &[("page", pair.old.as_deref().unwrap_or_default())])
            }
            (None, Some(new)) => self.workshop.phrase("changes-page-new", &[("page", new)]),
            (Some(_), Some(new)) => self.workshop.phrase("changes-looks", &[("page", new)]),
        }
    }

    fn span(&self, span: Option<&Span>) -> Data {
        Data::option(span, |span| {
            let words =
                if span.first == span.last { span.first.clone() } else { format!("{} - {}", span.first, span.last) };
            self.words(&words)
        })
    }

    fn difference(&self, change: &DocumentChange) -> Data {
        let hunks = change.difference.as_ref().map(|difference| difference.hunks.as_slice()).unwrap_or_default();
        let more = hunks.len().saturating_sub(HUNKS);
        Data::fields([
            ("title", self.title(change)),
            (
                "item",
                Data::option(change.item.as_ref(), |item| {
                    self.workshop.phrase("changes-item", &[("number", &item.number), ("title", &item.title)])
                }),
            ),
            ("hunks", Data::list(hunks.iter().take(HUNKS), |hunk| self.hunk(hunk))),
            (
                "more",
                Data::option((more > 0).then_some(more), |more| {
                    self.workshop.phrase("changes-more", &[("count", &more.to_string())])
                }),
            ),
        ])
    }

    fn hunk(&self, hunk: &Hunk) -> Data {
        let page = match (&hunk.old_page, &hunk.new_page) {
            (Some(old), Some(new)) if old != new => {
                self.workshop.phrase("changes-pages", &[("old", old), ("new", new)])
            }
            (Some(page), _) | (None, Some(page)) => self.workshop.phrase("page", &[("page", page)]),
            (None, None) => Data::None,
        };
        let words = |words: &str| {
            let words = words.trim();
            Data::option((!words.is_empty()).then_some(words), |words| self.words(&shortened(words, SHOWN)))
        };
        Data::fields([
            ("page", page),
            ("before", self.words(&hunk.before)),
            ("spaced", Data::Bool(hunk.deleted.starts_with(' ') || hunk.inserted.starts_with(' '))),
            ("deleted", words(&hunk.deleted)),
            ("inserted", words(&hunk.inserted)),
            ("after", self.words(&hunk.after)),
        ])
    }
}
