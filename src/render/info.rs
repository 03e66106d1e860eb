//! What every layout knows: the council, its look, fixed words, and the runs of pages.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::appended::shortened;
use super::grounds::grounds;
use super::literal::Data;
use super::{Job, Writer};
use crate::compose::kept::Revised;
use crate::compose::{ComposedItem, Document, Edition, PageNumbers, Role, labels};
use crate::layouts::Phrases;
use crate::model::text::{plain, typographic};
use crate::model::{PaperKind, Workspace};

/// Gives `info` of `pack-info.typ`: the same for every PDF of a meeting, so that layouts need to be
/// evaluated only once.
pub(super) fn info(job: &Job, pictures: &mut BTreeSet<String>) -> Data {
    let agenda = job.pack.agenda;
    let date = agenda.issued.unwrap_or_else(|| agenda.when.date());
    let of_council = of_council(job.pack.workspace, date, job.phrases, &job.pack.numbers, pictures);
    of_council.with("meeting", Data::string(meeting(job)))
}

/// Gives what every page says of the meeting that it is for.
fn meeting(job: &Job) -> String {
    let (body, agenda) = (job.pack.body, job.pack.agenda);
    let name = typographic(&body.short.as_ref().unwrap_or(&body.name).value);
    job.phrases.fill("head-meeting", &[("body", &name), ("date", &job.words().day(agenda.when.date()))])
}

/// Gives `info` of `pack-info.typ` for anything that a council issues on a date.
pub(super) fn of_council(
    workspace: &Workspace,
    date: NaiveDate,
    phrases: &Phrases,
    numbers: &PageNumbers,
    pictures: &mut BTreeSet<String>,
) -> Data {
    let council = &workspace.council;
    let look = &council.look;
    if let Some(logo) = &look.logo {
        pictures.insert(logo.value.clone());
    }
    let (language, region) = council.language.0.split_once('-').unwrap_or((&council.language.0, ""));
    Data::fields([
        ("language", Data::string(language)),
        ("region", if region.is_empty() { Data::None } else { Data::string(region) }),
        ("date", Data::Day(date)),
        (
            "council",
            Data::fields([
                ("name", Data::text(&council.name)),
                ("website", Data::option(council.website.as_ref(), Data::text)),
                ("address", Data::option(council.address.as_ref(), Data::text)),
            ]),
        ),
        (
            "look",
            Data::fields([
                (
                    "logo",
                    Data::option(look.logo.as_ref(), |logo| {
                        Data::Text(format!("/{}", workspace.printed_path(&logo.value)), logo.place)
                    }),
                ),
                ("logo-text", Data::option(look.logo_text.as_ref(), Data::text)),
                ("accent", Data::string(&look.accent.0)),
                ("font", Data::string(look.font.as_ref().map_or("Source Sans Pro", |font| &font.value))),
                ("size", Data::Number(look.size.0)),
            ]),
        ),
        ("page-numbers", Data::List(numbers.all().iter().map(Data::string).collect())),
        ("page-breaks", Data::List(numbers.breaks().iter().map(|page| Data::Integer(i64::from(*page))).collect())),
        (
            "phrases",
            Data::Fields(phrases.all().iter().map(|(key, words)| (key.clone(), Data::string(words))).collect()),
        ),
    ])
}

/// Gives what differs from one PDF of a meeting to the next: its metadata.
pub(super) fn about(job: &Job) -> Data {
    Data::fields([
        ("title", Data::string(title(job))),
        ("subject", Data::string(subject(job))),
        ("edition", Data::string(job.edition.word())),
        ("draft", Data::Bool(job.pack.marks.draft)),
        ("keywords", Data::List(vec![Data::string(typographic(&job.pack.body.name.value))])),
    ])
}

/// Gives the pages of labels that a single document refers to but does not hold.
pub(super) fn references(job: &Job) -> Data {
    let references = job.pack.labels.all().iter().filter_map(|(label, target)| {
        target.document.as_deref()?;
        let page = job.pages?.label(label)?;
        Some((label.clone(), Data::fields([("page", Data::Integer(i64::from(page)))])))
    });
    Data::Fields(references.collect())
}

/// Gives the title in a PDF's metadata.
fn title(job: &Job) -> String {
    let pack = job.pack;
    let date = job.words().day(pack.agenda.when.date());
    let heading =
        pack.agenda.title.as_ref().map_or_else(|| typographic(&pack.body.name.value), |title| plain(&title.content));
    let only = job.only.and_then(|id| pack.document(id));
    match only.map(|document| &document.role) {
        Some(Role::Paper(path)) => {
            let paper = pack.workspace.papers.get(path);
            let paper = paper.map(|paper| labels::title(paper, pack, job.phrases)).unwrap_or_default();
            format!("{paper} – {heading}, {date}")
        }
        _ => format!("{heading}, {date}"),
    }
}

fn subject(job: &Job) -> String {
    let words = job.words();
    let when = words.when(job.pack.agenda.when);
    format!("{}, {}, {when}", job.phrases.get("agenda"), typographic(&job.pack.body.name.value))
}

/// Gives what `paper-run` needs to know of one document.
pub(super) fn run(job: &Job, document: &Document, file: &str) -> Data {
    let pack = job.pack;
    let pages = job.pages.and_then(|pages| {
        let first_id = match &document.role {
            Role::Placeholder(ids) => ids.first(),
            _ => Some(&document.id),
        };
        pages.get(first_id?)
    });
    let paper = pack.paper(document);
    let single = job.edition == Edition::Single;
    let landscape = match paper.map(|paper| &paper.kind) {
        // In large print it is no table.
        Some(PaperKind::ActionPlan(_)) => pack.workspace.council.look.size.0 < LARGE_PRINT,
        Some(PaperKind::Plain(plain)) => plain.landscape,
        _ => false,
    };
    let kind = pack.kind(document);
    let below_item = document.item.is_some() && !single;
    let bookmark = (document.first_of_item && !single).then(|| item_title(job, document)).flatten();
    let mut unused = Vec::new();
    let mut writer = Writer { words: job.words(), document: &document.id, pictures: &mut unused };
    let withheld = document.withheld.as_ref().map(|withheld| grounds(withheld, &mut writer));
    Data::fields([
        ("id", Data::string(&document.id)),
        ("kind", Data::string(kind)),
        ("edition", Data::string(job.edition.word())),
        ("file", Data::string(file)),
        ("item", Data::option(document.item.as_deref(), Data::string)),
        ("first-of-item", Data::Bool(document.first_of_item)),
        ("draft", Data::Bool(pack.marks.draft)),
        ("revised", if single { Data::fields([]) } else { revised(job, document) }),
        ("thumb", Data::option(thumb(job, document), Data::Integer)),
        ("head", Data::string(shortened(&head(job, document), LONGEST_HEAD))),
        ("appendix", Data::option(document.appendix.as_deref(), Data::string)),
        ("first-page", Data::option(pages, |pages| Data::Integer(i64::from(pages.first)))),
        ("landscape", Data::Bool(landscape)),
        ("level", Data::Integer(if below_item { 2 } else { 1 })),
        ("item-bookmark", Data::option(bookmark, Data::string)),
        ("withheld", withheld.unwrap_or(Data::None)),
    ])
}

/// Gives the pages of a paper that have changed since the first issue, by number.
fn revised(job: &Job, document: &Document) -> Data {
    let pages = match &document.role {
        Role::Paper(path) => job.pack.marks.revised.get(path),
        _ => None,
    };
    let tenths = |place: u32| Data::Number(f64::from(place) / 10.0);
    let mark = |(number, mark): (&String, &Revised)| {
        let bars = mark.bars.iter().map(|bar| Data::List(vec![tenths(bar.0), tenths(bar.1)])).collect();
        (number.clone(), Data::fields([("day", Data::string(&mark.day)), ("bars", Data::List(bars))]))
    };
    Data::Fields(pages.into_iter().flatten().map(mark).collect())
}

/// Gives which tab of the thumb index the pages of a document have, from 0; none where the council wants no tabs.
fn thumb(job: &Job, document: &Document) -> Option<i64> {
    let number = document.item.as_deref().filter(|_| job.pack.workspace.council.look.thumb_index)?;
    i64::try_from(job.pack.items().position(|composed| composed.item.number == number)?).ok()
}

/// From this size of text on nothing is set smaller, and the actions of a plan stand one below the other; as in `theme.typ`.
const LARGE_PRINT: f64 = 16.0;

/// How many characters of a title the head of a page has room for.
const LONGEST_HEAD: usize = 90;

/// Gives what the pages of a document are called in their heads; a placeholder is called what its item is.
fn head(job: &Job, document: &Document) -> String {
    match (&document.role, job.pack.paper(document)) {
        (Role::FrontSheet, _) => {
            let agenda = job.pack.agenda;
            let off =
                [(agenda.cancelled.is_some(), "notice-cancelled"), (agenda.postponed.is_some(), "notice-postponed")];
            let key = off.into_iter().find_map(|(is, key)| is.then_some(key)).unwrap_or("agenda");
            job.phrases.get(key).to_owned()
        }
        (Role::Paper(_), Some(paper)) => match &paper.kind {
            // The body stands in the head already.
            PaperKind::Minutes(minutes) if minutes.title.is_none() => {
                format!("{}, {}", job.phrases.get("minutes"), job.words().day(minutes.when.date()))
            }
            _ => labels::title(paper, job.pack, job.phrases),
        },
        _ => item_of(job, document).map(|item| plain(&item.title.content)).unwrap_or_default(),
    }
}

fn item_of<'a>(job: &'a Job, document: &Document) -> Option<&'a ComposedItem<'a>> {
    let number = document.item.as_deref()?;
    job.pack.items().find(|composed| composed.item.number == number)
}

fn item_title(job: &Job, document: &Document) -> Option<String> {
    let item = item_of(job, document)?;
    Some(format!("{}. {}", item.item.number, plain(&item.title.content)))
}
