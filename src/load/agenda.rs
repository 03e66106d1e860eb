//! Reads an agenda.

use chrono::NaiveDate;

use super::council::front;
use super::fields::{Fields, Read, one_of, written};
use super::text::When;
use super::walk::paths;
use super::yaml::{Node, Value};
use super::{Context, appended};
use crate::finding::{Finding, Place};
use crate::load::fields::BAD_VALUE;
use crate::model::agenda::{Agenda, Entry, Item, MeetingKind, PaperUse, Part, Postponed, Urgent, Wanted};
use crate::model::appended::is_appendable;
use crate::model::people::InRole;
use crate::model::withheld::{ENGLAND, WALES};
use crate::model::{Prose, Text, Withheld};

const KINDS: [(&str, MeetingKind); 4] = [
    ("ordinary", MeetingKind::Ordinary),
    ("extraordinary", MeetingKind::Extraordinary),
    ("informal", MeetingKind::Informal),
    ("special", MeetingKind::Special),
];

/// Reads the file of `kind: agenda` of the meeting with this id.
pub(super) fn read(id: &str, body: String, fields: &Fields, cx: Context) -> Agenda {
    let when: When = fields.need("meeting");
    let membership = fields.has("membership").then(|| fields.list::<InRole>("membership"));
    Agenda {
        id: id.to_owned(),
        path: cx.path.to_owned(),
        body,
        when: when.at,
        has_time: when.has_time,
        kind: fields.node("type").and_then(|node| one_of(node, &KINDS, cx)).unwrap_or_default(),
        title: fields.get("title"),
        meeting_place: fields.get("place"),
        issued: fields.get("issued"),
        when_place: fields.node("meeting").map(|node| node.place),
        issued_place: fields.node("issued").map(|node| node.place),
        private_notice: fields.list("private_notice"),
        private_notice_place: fields.node("private_notice").map(|node| node.place),
        short_notice: fields.get("short_notice"),
        cancelled: reason(fields, cx),
        postponed: fields.get("postponed"),
        front: front(fields, cx).into(),
        membership: membership.into(),
        public: fields.list("public"),
        private: fields.list("private"),
        place: fields.place(),
    }
}

/// Reads why a meeting is cancelled.
fn reason(fields: &Fields, cx: Context) -> Option<Prose> {
    let node = fields.node("cancelled")?;
    if let Value::Text(text) = &node.value
        && ["true", "yes", "no", "false"].contains(&text.to_ascii_lowercase().as_str())
    {
        cx.log.add(
            Finding::new(&BAD_VALUE, node.place, format!("`{text}` would be printed as the reason"))
                .help("write why the meeting is cancelled; leave the field out where it is not"),
        );
    }
    Prose::read(node, cx)
}

impl Read for Postponed {
    fn read(node: &Node, cx: Context) -> Option<Self> {
        let fields = Fields::open(node, "`postponed`", cx)?;
        let to = fields.get::<When>("to").map(|when| (when.at, when.has_time));
        let postponed = Self { to, reason: fields.get("reason") };
        fields.close();
        Some(postponed)
    }
}

impl Read for Entry {
    fn read(node: &Node, cx: Context) -> Option<Self> {
        if let Value::Fields(fields) = &node.value
            && fields.iter().any(|field| field.name == "heading")
        {
            let fields = Fields::open(node, "a heading", cx)?;
            let entry = Self::Heading { title: fields.need("heading"), text: fields.get("text") };
            fields.close();
            return Some(entry);
        }
        Item::read(node, cx).map(|item| Self::Item(Box::new(item)))
    }
}

impl Read for Item {
    fn read(node: &Node, cx: Context) -> Option<Self> {
        if let Value::Text(_) = node.value {
            let title = crate::model::Line::read(node, cx)?;
            return Some(Self { place: title.place, title, ..Self::default() });
        }
        let fields = Fields::open(node, "an agenda item", cx)?;
        let standing: Option<Text> = fields.get("standing");
        let item = Self {
            title: if standing.is_some() { fields.or_default("title") } else { fields.need("title") },
            standing: standing.into(),
            number: fields.get("number"),
            label: fields.get("label"),
            lead: fields.get("lead"),
            text: fields.get("text"),
            parts: fields.list("parts"),
            requisition: requisition(&fields, cx),
            listing_officer: fields.get("listing_officer"),
            separately: fields.get("separately"),
            to_follow: fields.get("to_follow"),
            withdrawn: fields.get("withdrawn"),
            published: fields.get("published"),
            published_place: fields.node("published").map(|node| node.place),
            urgent: fields.get("urgent"),
            no_public_report: fields.get("no_public_report"),
            papers: fields.list("papers"),
            withheld: fields.get::<Withheld>("withheld").into(),
            place: fields.place(),
            extent: node.extent(),
        };
        fields.close();
        Some(item)
    }
}

impl Read for Urgent {
    fn read(node: &Node, cx: Context) -> Option<Self> {
        let fields = Fields::open(node, "`urgent`", cx)?;
        let urgent =
            Self { circumstances: fields.get("circumstances"), chair: fields.get("chair"), place: fields.place() };
        fields.close();
        Some(urgent)
    }
}

fn requisition(fields: &Fields, cx: Context) -> Vec<crate::model::people::PersonRef> {
    let Some(node) = fields.node("requisition") else {
        return Vec::new();
    };
    let Some(inner) = Fields::open(node, "a requisition", cx) else {
        return Vec::new();
    };
    let members = inner.list("members");
    inner.close();
    members
}

impl Read for Part {
    fn read(node: &Node, cx: Context) -> Option<Self> {
        if let Value::Text(_) = node.value {
            return Some(Self { text: crate::model::Line::read(node, cx)?, ..Self::default() });
        }
        let fields = Fields::open(node, "a part of an item", cx)?;
        let part = Self {
            text: fields.need("text"),
            numbered: fields.or_default("numbered"),
            requisition: requisition(&fields, cx),
            papers: fields.list("papers"),
        };
        fields.close();
        Some(part)
    }
}

impl Read for PaperUse {
    fn read(node: &Node, cx: Context) -> Option<Self> {
        if let Value::Text(_) = node.value {
            let path = path(written(node, "a path", cx)?, node.place, cx)?;
            return Some(Self { path, place: node.place, extent: node.place, ..Self::default() });
        }
        let fields = Fields::open(node, "a paper", cx)?;
        let use_ = Self {
            appendix: fields.get("appendix"),
            withheld: fields.get::<Withheld>("withheld").into(),
            place: fields.place(),
            extent: node.extent(),
            ..Self::default()
        };
        let use_ = if fields.has("file") { appended::read(&fields, use_, cx) } else { source(&fields, use_, cx) };
        fields.close();
        use_
    }
}

/// Reads the use of minutes or of another source.
fn source(fields: &Fields, use_: PaperUse, cx: Context) -> Option<PaperUse> {
    let minutes: Option<NaiveDate> = fields.get("minutes");
    let body: Option<Text> = fields.get("body");
    if let Some(date) = minutes {
        let body = body.map(|text| text.value).unwrap_or_default();
        return Some(PaperUse { wanted: Wanted::Minutes { body, date }, ..use_ });
    }
    let written: Text = fields.need("paper");
    if written.value.is_empty() {
        return None;
    }
    if is_appendable(&written.value) {
        // These belong to `file:`, so they need no findings of their own.
        for name in ["title", "pages", "description", "label"] {
            fields.has(name);
        }
    }
    let path = path(&written.value, written.place, cx)?;
    Some(PaperUse { path, place: written.place, ..use_ })
}

/// Gives the path of a source, or records that it names a file of another kind.
fn path(written: &str, place: Place, cx: Context) -> Option<String> {
    let path = paths::resolve(cx, written, place)?;
    if is_appendable(written) {
        appended::needs_fields(written, place, cx);
        return None;
    }
    Some(path)
}

crate::finding::rule! {
    /// Everything under `private:` is kept out of the public pack and must say by what right: `withheld:`
    /// with the paragraphs of Schedule 12A to the Local Government Act 1972, or `confidential:`
    /// with the reason (section 100A(3)).
    NOT_WITHHELD = "M0014", Sources, Error, guarded, "a private item without grounds";
}

crate::finding::rule! {
    /// Exempt information is described in paragraphs 1 to 7 of Schedule 12A to the Local Government Act 1972
    /// (Part 1), and for Wales in paragraphs 12 to 18 (Part 4).
    BAD_GROUNDS = "M0015", Sources, Error, guarded, "grounds for withholding that do not exist";
}

impl Read for Withheld {
    fn read(node: &Node, cx: Context) -> Option<Self> {
        let fields = Fields::open(node, "`withheld`", cx)?;
        let paragraphs = fields.node("paragraphs");
        let paragraphs_place = paragraphs.map_or(node.place, |node| node.place);
        // What is no number was told of as that.
        let misread = paragraphs.is_some_and(|node| !matches!(&node.value, Value::List(items) if items.is_empty()));
        let withheld = Self {
            paragraphs: fields.list("paragraphs"),
            public_interest: fields.get("public_interest"),
            decided_by: fields.get("decided_by"),
            confidential: fields.get("confidential"),
            secrets: fields.list("secrets"),
            review: fields.get("review"),
            review_place: fields.node("review").map(|node| node.place),
            taken_back: None,
            place: fields.place(),
        };
        fields.close();
        let exists = |paragraph: &&u8| ENGLAND.contains(*paragraph) || WALES.contains(*paragraph);
        for paragraph in withheld.paragraphs.iter().filter(|paragraph| !exists(paragraph)) {
            cx.log.add(
                Finding::new(
                    &BAD_GROUNDS,
                    paragraphs_place,
                    format!("paragraph {paragraph} of Schedule 12A describes no exempt information"),
                )
                .help("name paragraphs 1 to 7, such as `paragraphs: [3]`, or in Wales 12 to 18"),
            );
        }
        if withheld.paragraphs.is_empty() && withheld.confidential.is_none() && !misread {
            cx.log.add(
                Finding::new(
                    &NOT_WITHHELD,
                    withheld.place,
                    "the grounds name neither a paragraph of Schedule 12A nor why the paper is confidential",
                )
                .help("add `paragraphs: [3]` or `confidential: …`"),
            );
        }
        Some(withheld)
    }
}
