//! The pages of one meeting: of the meeting, of each issue, of each item, and of each paper with its PDF.

use std::collections::{BTreeMap, BTreeSet};

use minijinja::value::Serde;
use minijinja::{Value, context};
use serde_json::Value as Json;

use super::facts::{self, Facts, MinutesRef};
use super::public::{self, Issue, Meeting, Paper};
use super::rich::{Rich, anchor, plain};
use super::{Making, SiteFailure, address, day, minutes, sheet};
use crate::archive::{ArchivedFile, Side};
use crate::fs;

/// The pages of a meeting that are being made.
pub(super) struct MeetingPages<'a, 'b> {
    pub(super) making: &'a mut Making<'b>,
    pub(super) meeting: &'a Meeting,
    pub(super) facts: &'a Facts,
    /// Minutes of this meeting, wherever they were published.
    pub(super) minutes: Vec<(MinutesRef, Json)>,
    /// Models of the papers that are shown, by address.
    models: BTreeMap<String, Json>,
    /// Address of the paper in which a label stands.
    labels: BTreeMap<String, String>,
    /// Where a PDF lies in the site, by its digest.
    pdfs: BTreeMap<String, String>,
}

/// Makes the pages of a meeting.
pub(super) fn make(
    making: &mut Making,
    meeting: &Meeting,
    facts: &Facts,
    refs: &[MinutesRef],
) -> Result<(), SiteFailure> {
    let archive = making.archive;
    let shown = facts::papers(meeting);
    let model = |(issue, paper): &(u32, &Paper)| {
        let path = paper.model.as_deref()?;
        Some((paper.address.clone(), public::model(archive, &meeting.id, *issue, path)?))
    };
    let models: BTreeMap<String, Json> = shown.iter().filter_map(model).collect();
    let mut labels = BTreeMap::new();
    for (address, model) in &models {
        gather_labels(&model["paper"], &mut |label| {
            labels.entry(label.to_owned()).or_insert_with(|| address.clone());
        });
    }
    let minutes = refs.iter().filter_map(|of| Some((of.clone(), of.read(archive)?))).collect();
    let mut pages = MeetingPages { making, meeting, facts, minutes, models, labels, pdfs: BTreeMap::new() };
    pages.files()?;
    for (number, paper) in &shown {
        pages.paper(*number, paper)?;
    }
    pages.items()?;
    for issue in &meeting.issues {
        pages.issue(issue)?;
    }
    pages.meeting_page()
}

/// Tells of every label that something in a model bears.
fn gather_labels(value: &Json, tell: &mut impl FnMut(&str)) {
    match value {
        Json::Array(values) => values.iter().for_each(|value| gather_labels(value, tell)),
        Json::Object(fields) => {
            fields.get("label").and_then(Json::as_str).into_iter().for_each(&mut *tell);
            if fields.get("is").is_some_and(|is| is == "target") {
                fields.get("of").and_then(|of| of[0].as_str()).into_iter().for_each(&mut *tell);
            }
            fields.values().for_each(|value| gather_labels(value, tell));
        }
        _ => {}
    }
}

impl MeetingPages<'_, '_> {
    fn folder(&self) -> String {
        address::meeting(&self.meeting.id)
    }

    /// Writes PDFs and pictures; bytes that an earlier issue has keep the address that they have there.
    fn files(&mut self) -> Result<(), SiteFailure> {
        let folder = self.folder();
        let mut pictures = BTreeSet::new();
        for issue in &self.meeting.issues {
            let mut unknown = 0;
            for (path, file) in &issue.files {
                let to = if let Some(name) = path.strip_prefix("models/pictures/") {
                    if !pictures.insert(name) {
                        continue;
                    }
                    format!("{folder}/pictures/{name}")
                } else if fs::has_ending(path, &["pdf"]) && !self.pdfs.contains_key(&file.sha512) {
                    let to = format!("{folder}/issue-{}/{}", issue.number, pdf_name(issue, path, &mut unknown));
                    self.pdfs.insert(file.sha512.clone(), to.clone());
                    to
                } else {
                    continue;
                };
                match self.making.archive.read(Side::Public, &self.meeting.id, issue.number, path) {
                    Ok(bytes) => self.making.tree.put(&to, &bytes)?,
                    Err(failure) => {
                        self.pdfs.remove(&file.sha512);
                        self.making.damaged(&self.meeting.id, &failure.to_string());
                    }
                }
            }
        }
        Ok(())
    }

    fn pdf(&self, file: Option<&ArchivedFile>) -> Option<(String, u64)> {
        let file = file?;
        Some((self.pdfs.get(&file.sha512)?.clone(), file.size))
    }

    fn issue_of(&self, number: u32) -> Option<&Issue> {
        self.meeting.issues.iter().find(|issue| issue.number == number)
    }

    /// Gives what a list of papers says of one.
    pub(super) fn row(&self, number: u32, paper: &Paper) -> Value {
        let issue = self.issue_of(number);
        let pdf = self.pdf(paper.file.as_ref().and_then(|file| issue?.files.get(file)));
        let pack = issue.and_then(|issue| self.pdf(issue.packs().find(|file| file.path.contains("agenda-pack"))));
        let sheets = paper.pages.iter().filter(|page| !page.blank).enumerate().map(|(index, page)| {
            context! { label => &page.label, words => &page.words, own => index + 1, sheet => &page.sheet }
        });
        let label = |page: u32| issue.map(|issue| issue.label(page)).unwrap_or_default();
        let count = paper.pages.iter().filter(|page| !page.blank).count();
        let kind = if ["minutes", "report", "briefing-note", "action-plan", "work-programme"].contains(&&*paper.kind) {
            &paper.kind
        } else {
            ""
        };
        context! {
            title => &paper.title, kind => kind, item => &paper.item, appendix => &paper.appendix,
            withheld => &paper.withheld, href => format!("{}/{}/", self.folder(), paper.address),
            pdf => pdf.as_ref().map(|pdf| &pdf.0), bytes => pdf.as_ref().map(|pdf| pdf.1),
            pack => pack.map(|pack| pack.0), first => label(paper.range[0]), last => label(paper.range[1]),
            pages => if count > 0 { count } else { (paper.range[1] + 1).saturating_sub(paper.range[0]) as usize },
            sheets => sheets.collect::<Vec<_>>(), issue => number,
            is_latest => self.meeting.issues.last().is_none_or(|last| last.number == number),
        }
    }

    /// Works with what writes rich text of a page, by the address of the paper that it is the page of.
    pub(super) fn with_rich<T>(&self, page: &str, own: Option<&str>, work: impl FnOnce(&Rich) -> T) -> T {
        let (up, folder) = (address::up(page), self.folder());
        let label = |label: &str| {
            let address = self.labels.get(label)?;
            let anchor = anchor(label);
            Some(match own {
                Some(own) if own == address => format!("#{anchor}"),
                _ => format!("{up}{}/#{anchor}", address::link(&format!("{folder}/{address}"))),
            })
        };
        let picture = |path: &str| format!("{up}{}", address::link(&format!("{folder}/{path}")));
        work(&Rich { label: &label, picture: &picture })
    }

    fn paper(&mut self, number: u32, paper: &Paper) -> Result<(), SiteFailure> {
        let page = format!("{}/{}/index.html", self.folder(), paper.address);
        let model = self.models.get(&paper.address);
        let fields = model.map(|model| self.with_rich(&page, Some(&paper.address), |rich| rich.field(&model["paper"])));
        let item = self.item_title(paper.item.as_deref());
        let title = if paper.withheld || paper.title.is_empty() {
            item.clone().unwrap_or_else(|| paper.title.clone())
        } else {
            paper.title.clone()
        };
        let mut crumbs = self.crumbs(true);
        if let (Some(title), Some(number)) = (item, &paper.item) {
            crumbs.push((format!("{}/{}/", self.folder(), address::item(number)), format!("Item {number}: {title}")));
        }
        let values = context! {
            kind => model.map_or(&*paper.kind, |model| model["kind"].as_str().unwrap_or_default()),
            paper => fields, row => self.row(number, paper), meeting => self.about(),
        };
        self.making.page(&page, "paper", &title, crumbs, values)
    }

    fn item_title(&self, number: Option<&str>) -> Option<String> {
        let number = number?;
        self.facts.items.iter().find(|item| item.number == number).map(|item| item.title.clone())
    }

    pub(super) fn crumbs(&self, with_meeting: bool) -> Vec<(String, String)> {
        let facts = self.facts;
        let mut crumbs = vec![(format!("{}/", address::body(&facts.body)), self.making.body_name(&facts.body))];
        if with_meeting {
            crumbs.push((format!("{}/", self.folder()), day(&facts.date)));
        }
        crumbs
    }

    /// Gives what every page says of the meeting.
    pub(super) fn about(&self) -> Value {
        context! {
            facts => self.facts, href => format!("{}/", self.folder()),
            latest => self.meeting.issues.last().map(|issue| issue.number),
        }
    }

    fn items(&mut self) -> Result<(), SiteFailure> {
        // An item that is not on the agenda any more keeps its page, as the last issue that has it says.
        let mut items: Vec<(String, u32, Option<Json>, String)> = Vec::new();
        for issue in &self.meeting.issues {
            let of_sheet: Vec<(String, Option<Json>, String)> = match &issue.sheet {
                Some(sheet) => sheet::items(sheet)
                    .map(|item| {
                        (plain(&item["number"]), Some(sheet::with_ranges(item.clone(), issue)), plain(&item["title"]))
                    })
                    .collect(),
                None => issue
                    .pack
                    .iter()
                    .flat_map(|pack| &pack.items)
                    .map(|item| (item.number.clone(), None, item.title.clone()))
                    .collect(),
            };
            for (number, item, title) in of_sheet {
                items.retain(|known| known.0 != number);
                items.push((number, issue.number, item, title));
            }
        }
        let mut taken = BTreeSet::new();
        for (number, issue, item, title) in items {
            if taken.insert(address::item(&number)) {
                self.item(&number, issue, item.as_ref(), &title)?;
            }
        }
        Ok(())
    }

    fn item(&mut self, number: &str, issue: u32, item: Option<&Json>, title: &str) -> Result<(), SiteFailure> {
        let page = format!("{}/{}/index.html", self.folder(), address::item(number));
        let fields = item.map(|item| self.with_rich(&page, None, |rich| rich.field(item)));
        let rows: Vec<Value> = facts::papers(self.meeting)
            .into_iter()
            .filter(|(_, paper)| paper.item.as_deref() == Some(number))
            .map(|(number, paper)| self.row(number, paper))
            .collect();
        let minutes = minutes::of_item(self, &page, title);
        let values = context! {
            number, item => fields, papers => rows, minutes, meeting => self.about(),
            private => self.facts.items.iter().any(|item| item.number == number && item.private),
            gone => self.meeting.issues.last().is_some_and(|last| last.number != issue).then_some(issue),
        };
        self.making.page(&page, "item", title, self.crumbs(true), values)
    }

    fn issue(&mut self, issue: &Issue) -> Result<(), SiteFailure> {
        let page = format!("{}/issue-{}/index.html", self.folder(), issue.number);
        let title = format!("Issue {} of {}", issue.number, day(&self.facts.date));
        let values = context! { ..self.issue_values(&page, issue), ..context! { meeting => self.about() } };
        self.making.page(&page, "issue", &title, self.crumbs(true), values)
    }

    /// Gives what pages say of an issue: its front sheet, papers, packs, and what changed.
    fn issue_values(&self, page: &str, issue: &Issue) -> Value {
        let papers: Vec<Value> = issue.papers.iter().map(|paper| self.row(issue.number, paper)).collect();
        let sheet = issue.sheet.as_ref().map(|sheet| {
            let fields = sheet::with_ranges(sheet["paper"].clone(), issue);
            self.with_rich(page, None, |rich| rich.field(&fields))
        });
        let packs = issue.packs().filter_map(|file| {
            let (href, bytes) = self.pdf(Some(file))?;
            Some(context! { href, bytes, what => pack_word(&file.path) })
        });
        context! {
            issue => context! { number => &issue.number, about => issue_about(issue), changes => Value::from(Serde(&issue.changes)) },
            sheet, papers, packs => packs.collect::<Vec<_>>(), folder => format!("{}/", self.folder()),
            items => self.facts.items.iter().map(Value::from).collect::<Vec<_>>(), taken => self.making.taken_back(&self.meeting.id, Some(issue.number)),
            agenda_pdf => self.pdf(issue.files.get("papers/agenda.pdf")).map(|pdf| pdf.0),
        }
    }

    fn meeting_page(&mut self) -> Result<(), SiteFailure> {
        let page = format!("{}/index.html", self.folder());
        let latest = self.meeting.issues.last().map(|issue| self.issue_values(&page, issue));
        let issues: Vec<Value> = self
            .meeting
            .issues
            .iter()
            .rev()
            .map(|issue| {
                context! {
                    number => &issue.number, about => issue_about(issue), changes => Value::from(Serde(&issue.changes)),
                    href => format!("{}/issue-{}/", self.folder(), issue.number),
                    taken => self.making.taken_back(&self.meeting.id, Some(issue.number)),
                }
            })
            .collect();
        let facts = self.facts;
        let title = format!("{}, {}", self.making.body_name(&facts.body), day(&facts.date));
        let minutes = minutes::of_meeting(self, &page);
        let values = context! {
            ..latest.unwrap_or_default(),
            ..context! {
                issues, minutes, meeting => self.about(), is_latest => true,
                damaged => self.making.is_damaged(&self.meeting.id),
            },
        };
        self.making.page(&page, "meeting", &title, self.crumbs(false), values)
    }
}

fn issue_about(issue: &Issue) -> Value {
    let about = &issue.about;
    context! { kind => &about.kind, issued => &about.issued, given_time => &about.given_time, reason => &about.reason }
}

/// Says what a file beside the papers is.
fn pack_word(path: &str) -> &'static str {
    let words = [
        ("replacement-sheets", "Replacement sheets, to print for those who have the issue before on paper"),
        ("changes", "What changed since the issue before"),
        ("supplement", "Supplement: the late papers"),
        ("notice-of-cancellation", "Notice of cancellation"),
        ("notice-of-postponement", "Notice of postponement"),
    ];
    words.iter().find(|(part, _)| path.contains(part)).map_or("The whole agenda pack", |(_, words)| words)
}

/// Gives the name of a PDF in the site: none of a paper says its title.
fn pdf_name(issue: &Issue, path: &str, unknown: &mut u32) -> String {
    if path == "papers/agenda.pdf" {
        return "agenda.pdf".to_owned();
    }
    if !path.starts_with("papers/") {
        return path.rsplit('/').next().unwrap_or(path).to_owned();
    }
    let paper = issue.papers.iter().find(|paper| paper.file.as_deref() == Some(path));
    paper.map_or_else(
        || {
            *unknown += 1;
            format!("paper-{unknown}.pdf")
        },
        |paper| format!("{}.pdf", paper.address.replace('/', "-")),
    )
}
