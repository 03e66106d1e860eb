//! Data of the front sheet, and of placeholders for withheld papers.

use std::collections::BTreeSet;

use super::Job;
use super::content;
use super::grounds::{decided_by, descriptions, exempt_line, statement};
use super::literal::Data;
use super::markdown::Writer;
use super::people::person;
use crate::compose::{ComposedEntry, ComposedItem, Document, Edition, Supplement};
use crate::model::Text;
use crate::model::agenda::MeetingKind;
use crate::model::front::Signatory;
use crate::model::people::{InRole, PersonRef};
use crate::model::text::{Inline, Target, typographic};
use crate::resolve::{Entry, Item, is_councillor};

/// Gives the data of the front sheet.
pub(super) fn front_sheet(job: &Job, pictures: &mut Vec<String>) -> Data {
    let (pack, words) = (job.pack, job.words());
    let agenda = pack.agenda;
    let mut writer = Writer { words, document: "d1", pictures };
    let w = &mut writer;
    let body_name = Writer::text(&pack.body.name);
    let postponed = Data::option(agenda.postponed.as_ref(), |postponed| {
        let to = postponed.to.map(|to| content(&words.when(to)));
        Data::fields([("to", to.unwrap_or(Data::None)), ("reason", w.maybe_prose(postponed.reason.as_ref()))])
    });
    let kind = match agenda.kind {
        MeetingKind::Ordinary => None,
        MeetingKind::Extraordinary => Some("meeting-extraordinary"),
        MeetingKind::Informal => Some("meeting-informal"),
        MeetingKind::Special => Some("meeting-special"),
    };
    let own_title = agenda.title.is_some();
    Data::fields([
        ("council", Data::text(&pack.workspace.council.name)),
        ("body", body_name.clone()),
        ("heading", agenda.title.as_ref().map_or(body_name, |title| w.title(title))),
        ("type", Data::option(kind.filter(|_| !own_title), |key| Data::string(job.phrases.get(key)))),
        ("when", content(&words.when(agenda.when))),
        ("place", w.maybe_line(pack.meeting.place)),
        ("notices", Data::List(pack.meeting.front.notices.iter().map(|notice| w.prose(notice)).collect())),
        ("cancelled", w.maybe_prose(agenda.cancelled.as_ref())),
        ("postponed", postponed),
        ("public", Data::List(pack.public.iter().map(|entry| self::entry(job, entry, w)).collect())),
        ("private", Data::List(pack.private.iter().map(|entry| self::entry(job, entry, w)).collect())),
        ("signatory", signatory(job)),
        ("issued", Data::option(agenda.issued, |date| content(&words.issued(date)))),
        ("supplement", Data::option(pack.supplement.as_ref(), |supplement| self::supplement(job, supplement))),
        ("issue", Data::List(pack.issue.iter().map(|words| content(words)).collect())),
        ("edition-of", of_issue(job)),
        ("notes", Data::List(pack.meeting.front.notes.iter().map(|note| w.line(note)).collect())),
        ("membership", membership(job)),
        (
            "access",
            Data::List(
                (pack.meeting.front.access.iter())
                    .map(|(title, text)| Data::fields([("title", w.title(title)), ("text", w.prose(text))]))
                    .collect(),
            ),
        ),
        ("contact", Data::option(pack.meeting.front.contact, |contact| person(job, contact))),
    ])
}

/// Gives what the first page says of this issue: which it is, whether it is a draft, and the items that are new or
/// changed since the first one.
fn of_issue(job: &Job) -> Data {
    let marks = &job.pack.marks;
    let line = |keys: &BTreeSet<String>, one: &str, many: &str| {
        let items = job.pack.items().filter(|composed| keys.contains(&composed.item.key));
        let numbers: Vec<String> = items.map(|composed| composed.item.number.clone()).collect();
        let key = if numbers.len() == 1 { one } else { many };
        (!numbers.is_empty()).then(|| Data::string(job.phrases.fill(key, &[("items", &job.phrases.list(&numbers))])))
    };
    let lines =
        [line(&marks.new_items, "item-new", "items-new"), line(&marks.changed_items, "item-changed", "items-changed")];
    Data::fields([
        ("draft", Data::Bool(marks.draft)),
        ("issue", Data::option(marks.issue.as_deref(), Data::string)),
        ("changes", Data::List(lines.into_iter().flatten().collect())),
    ])
}

/// Gives what the front sheet of a supplement says of it.
fn supplement(job: &Job, supplement: &Supplement) -> Data {
    let number = supplement.number.to_string();
    Data::fields([
        ("title", content(&job.phrases.fill("supplement", &[("number", &number)]))),
        ("words", Data::List(supplement.words.iter().map(|words| content(words)).collect())),
    ])
}

fn entry(job: &Job, entry: &ComposedEntry, w: &mut Writer) -> Data {
    match entry {
        Entry::Heading { title, text } => {
            Data::fields([("type", Data::string("heading")), ("title", w.title(title)), ("text", w.maybe_prose(*text))])
        }
        Entry::Item(item) => self::item(job, item, w),
    }
}

fn item(job: &Job, composed: &ComposedItem, w: &mut Writer) -> Data {
    let item = &composed.item;
    let parts = item.parts.iter().zip(&composed.parts).map(|(part, numbered)| {
        Data::fields([
            ("number", Data::string(&numbered.number)),
            ("text", w.line(part.text)),
            ("range", range(job, &numbered.documents)),
            ("requisition", requisition(job, part.requisition)),
        ])
    });
    let parts = Data::List(parts.collect());
    Data::fields([
        ("type", Data::string("item")),
        ("number", Data::string(&item.number)),
        ("title", w.line(&composed.title)),
        ("label", Data::option(item.label, Data::text)),
        ("lead", w.maybe_line(composed.lead.as_ref())),
        ("text", w.maybe_prose(composed.text.as_ref())),
        ("range", range(job, &composed.documents)),
        ("requisition", requisition(job, item.requisition)),
        ("listing-officer", listing_officer(job, item.listing_officer)),
        ("separately", w.maybe_line(item.separately)),
        ("to-follow", w.maybe_line(item.to_follow.filter(|_| item.withdrawn.is_none()))),
        ("withdrawn", w.maybe_line(item.withdrawn)),
        ("urgent", urgent(job, item, w)),
        ("no-public-report", w.maybe_line(item.no_public_report)),
        ("withheld", withheld_lines(job, composed, w)),
        ("parts", parts),
    ])
}

/// Gives why an item is taken at short notice: who in the chair agreed, and the special circumstances.
fn urgent(job: &Job, item: &Item, w: &mut Writer) -> Data {
    let Some(urgent) = item.urgent.filter(|_| item.withdrawn.is_none()) else { return Data::None };
    let Some(circumstances) = &urgent.circumstances else { return Data::None };
    let mut line = circumstances.clone();
    if let Some(chair) = &urgent.chair {
        let chair = w.words.line_or_name(chair);
        let name = |target: &Target| match target {
            Target::Person(id) => Some(w.words.person_name(id)),
            Target::Post(id) => Some(w.words.post_title(id)),
            _ => None,
        };
        let name = match &chair.content[..] {
            [Inline::Link(link)] if link.content.is_empty() => name(&link.target),
            _ => None,
        };
        let name = name.unwrap_or_else(|| chair.plain());
        let opinion = job.phrases.fill("urgent-opinion", &[("chair", &name)]);
        line.content.insert(0, Inline::Text(Text { value: format!("{opinion} "), place: chair.place }));
    }
    w.line(&line)
}

/// Gives by what right an item, or one of its papers, is withheld.
fn withheld_lines(job: &Job, composed: &ComposedItem, w: &Writer) -> Data {
    if let Some(withheld) = &composed.withheld {
        return content(&exempt_line(withheld, w));
    }
    let mut lines: Vec<String> = Vec::new();
    for document in composed.all_documents().filter_map(|id| job.pack.document(id)) {
        let Some(withheld) = &document.withheld else { continue };
        let line = exempt_line(withheld, w);
        let line = match &document.appendix {
            Some(number) => format!("{}: {line}", job.phrases.fill("appendix", &[("number", number)])),
            None => line,
        };
        if !lines.contains(&line) {
            lines.push(line);
        }
    }
    if lines.is_empty() { Data::None } else { content(&lines.join("; ")) }
}

/// Gives the page range of documents: by their marks in the whole pack, by numbers where the
/// numbers are those of another edition.
fn range(job: &Job, documents: &[String]) -> Data {
    let (Some(first), Some(last)) = (documents.first(), documents.last()) else { return Data::None };
    let Some(pages) = job.pages else {
        return Data::fields([("from", Data::string(first)), ("to", Data::string(last))]);
    };
    let behind: Vec<String> = documents.iter().flat_map(|id| job.pack.behind(id)).collect();
    let Some((first_page, last_page)) = pages.range(&behind) else { return Data::None };
    Data::fields([
        ("first", Data::Integer(i64::from(first_page))),
        ("last", Data::Integer(i64::from(last_page))),
        ("link", if job.edition == Edition::Single { Data::None } else { Data::string(first) }),
    ])
}

fn requisition(job: &Job, members: &[PersonRef]) -> Data {
    if members.is_empty() {
        return Data::None;
    }
    content(&job.phrases.fill("requisition", &[("names", &job.words().names(members))]))
}

fn listing_officer(job: &Job, officer: Option<&PersonRef>) -> Data {
    Data::option(officer, |reference| {
        let person = job.words().person(reference);
        let name = typographic(&person.name.value);
        content(&match &person.phone {
            Some(phone) => job.phrases.fill("listing-officer", &[("name", &name), ("phone", &phone.value)]),
            None => job.phrases.fill("listing-officer-no-phone", &[("name", &name)]),
        })
    })
}

fn signatory(job: &Job) -> Data {
    let workspace = job.pack.workspace;
    let Some(signatory) = job.pack.meeting.front.signatory else { return Data::None };
    let mut parts: Vec<String> = Vec::new();
    match signatory {
        Signatory::Post(id) => {
            let post = workspace.people.posts.get(&id.value);
            let holder = post.and_then(|post| post.holder.as_ref());
            let person = holder.and_then(|holder| workspace.people.people.get(&holder.value));
            parts.extend(person.map(|person| person.name.value.clone()));
            parts.push(job.words().post_title(&id.value));
            parts.extend(workspace.council.address.as_ref().map(|address| address.value.clone()));
        }
        Signatory::Written { name, post, address } => {
            parts.push(name.value.clone());
            parts.extend(post.as_ref().map(|post| job.words().post_title(&post.value)));
            parts.extend(address.as_ref().map(|address| address.value.clone()));
        }
    }
    content(&parts.join(", "))
}

/// Gives the membership as one sentence: councillors first, then the others.
fn membership(job: &Job) -> Data {
    let members = job.pack.meeting.members;
    let words = job.words();
    let (councillors, others): (Vec<&InRole>, Vec<&InRole>) =
        members.iter().partition(|member| is_councillor(&job.pack.workspace.people, member));
    let printed = |members: Vec<&InRole>| -> Vec<String> {
        members.into_iter().map(|member| words.in_role(member, true).value).collect()
    };
    let (councillors, others) = (printed(councillors), printed(others));
    let mut sentence = match councillors.len() {
        0 => String::new(),
        1 => job.phrases.fill("membership-councillor", &[("names", &councillors[0])]),
        _ => job.phrases.fill("membership-councillors", &[("names", &job.phrases.list(&councillors))]),
    };
    if !others.is_empty() {
        if !sentence.is_empty() {
            sentence.push_str("; ");
        }
        sentence.push_str(&job.phrases.list(&others));
    }
    if sentence.is_empty() { Data::None } else { content(&sentence) }
}

/// Gives the data of the page that stands in the place of withheld documents.
pub(super) fn placeholder(job: &Job, document: &Document, ids: &[String], pictures: &mut Vec<String>) -> Data {
    let mut writer = Writer { words: job.words(), document: &document.id, pictures };
    let w = &mut writer;
    let withheld = document.withheld.clone().unwrap_or_default();
    let item = document.item.clone().unwrap_or_default();
    let title = job.pack.items().find(|composed| composed.item.number == item).map(|item| w.line(&item.title));
    let range = job.pages.and_then(|pages| pages.range(ids));
    let page = |page: Option<u32>| Data::option(page, |page| Data::Integer(i64::from(page)));
    Data::fields([
        ("item", Data::string(item)),
        ("appendix", Data::option(document.appendix.as_deref(), Data::string)),
        ("title", title.unwrap_or(Data::None)),
        ("statement", content(&statement(&withheld, w))),
        ("descriptions", descriptions(&withheld, w)),
        ("restricted", Data::string(job.phrases.get("restricted"))),
        ("public-interest", w.maybe_prose(withheld.public_interest.as_ref())),
        ("decided-by", decided_by(&withheld, w)),
        ("confidential", w.maybe_prose(withheld.confidential.as_ref())),
        ("first", page(range.map(|range| range.0))),
        ("last", page(range.map(|range| range.1))),
    ])
}
