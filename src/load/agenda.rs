//! Reads what an agenda has besides plain fields: headings among its items, the ways of naming a paper, grounds.

use chrono::NaiveDate;
use serde_json::json;

use super::fields::{Fields, Read, written};
use super::walk::paths;
use super::yaml::record::{Checked, Record as _};
use super::yaml::schema::{self, Definitions, Object, Schema};
use super::yaml::{Node, Value};
use super::{Context, appended};
use crate::appended::is_appendable;
use crate::finding::{Finding, Place};
use crate::model::agenda::{Agenda, Entry, Heading, Item, PaperUse, Wanted};
use crate::model::withheld::{ENGLAND, WALES};
use crate::model::{Line, Text, Withheld};
use crate::yaml::fields::BAD_VALUE;

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

/// Finds an answer in the place of the reason for which a meeting is cancelled.
impl Checked for Agenda {
    fn checked(self, fields: &Fields) -> Option<Self> {
        if let Some(node) = fields.node("cancelled")
            && let Value::Text(text) = &node.value
            && ["true", "yes", "no", "false"].contains(&text.to_ascii_lowercase().as_str())
        {
            fields.context().log.add(
                Finding::new(&BAD_VALUE, node.place, format!("`{text}` would be printed as the reason"))
                    .help("write why the meeting is cancelled; leave the field out where it is not"),
            );
        }
        Some(self)
    }

    fn refine(object: &mut Object) {
        object.except("cancelled", &json!([true, false, "yes", "no", "Yes", "No"]));
    }
}

impl Checked for Item {
    fn refine(object: &mut Object) {
        object.need::<Line>("title", "The title of the item; that of the standing item, when left out.");
        object.either(&["title", "standing"]);
    }
}

impl Read for Entry {
    fn read(node: &Node, cx: Context) -> Option<Self> {
        if let Value::Fields(fields) = &node.value
            && fields.iter().any(|field| field.name == "heading")
        {
            return Heading::read(node, cx).map(|Heading { title, text }| Self::Heading { title, text });
        }
        Item::read(node, cx).map(|item| Self::Item(Box::new(item)))
    }

    fn schema(definitions: &mut Definitions) -> Schema {
        schema::any([Item::schema(definitions), Heading::schema(definitions)])
    }
}

impl Read for PaperUse {
    fn read(node: &Node, cx: Context) -> Option<Self> {
        if let Value::Text(_) = node.value {
            let path = path(written(node, "a path", cx)?, node.place, cx)?;
            return Some(Self { path, place: node.place, extent: node.place, ..Self::default() });
        }
        let fields = Fields::open(node, "a paper", cx)?;
        let use_ = Self::of(&fields);
        let use_ = if fields.has("file") { appended::read(&fields, use_, cx) } else { source(&fields, use_, cx) };
        fields.close();
        use_
    }

    fn schema(definitions: &mut Definitions) -> Schema {
        let mut used = |name, declare: fn(&mut Object)| {
            definitions.refer(name, |definitions| {
                let mut object = Object::new(definitions);
                Self::declare(&mut object);
                declare(&mut object);
                object.finish(None)
            })
        };
        let source = used("SourceUse", |object| {
            object.need::<Text>("paper", "The path of a paper, from this folder; `../` goes up one.");
        });
        let minutes = used("MinutesUse", |object| {
            object.need::<NaiveDate>("minutes", "The day of a meeting, whose minutes these are.");
            object.may::<Text>("body", "The id of the body whose minutes they are, if not of this one.");
        });
        let ledger = used("LedgerUse", |object| {
            object.need::<Text>("ledger", "The id of a body, whose ledger it is.");
        });
        schema::any([schema::text(), source, minutes, ledger, used("FileUse", appended::declare)])
    }
}

/// Reads the use of minutes, of a ledger, or of another source.
fn source(fields: &Fields, use_: PaperUse, cx: Context) -> Option<PaperUse> {
    let minutes: Option<NaiveDate> = fields.get("minutes");
    let body: Option<Text> = fields.get("body");
    if let Some(date) = minutes {
        let body = body.map(|text| text.value).unwrap_or_default();
        return Some(PaperUse { wanted: Wanted::Minutes { body, date }, ..use_ });
    }
    if fields.has("ledger") {
        let body: Text = fields.need("ledger");
        let path = format!("content/bodies/{}/ledger.yaml", body.value);
        return Some(PaperUse { path, place: body.place, ..use_ });
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

impl Checked for Withheld {
    fn checked(self, fields: &Fields) -> Option<Self> {
        let cx = fields.context();
        let paragraphs = fields.node("paragraphs");
        let paragraphs_place = paragraphs.map_or(self.place, |node| node.place);
        // What is no number was told of as that.
        let misread = paragraphs.is_some_and(|node| !matches!(&node.value, Value::List(items) if items.is_empty()));
        let exists = |paragraph: &&u8| ENGLAND.contains(*paragraph) || WALES.contains(*paragraph);
        for paragraph in self.paragraphs.iter().filter(|paragraph| !exists(paragraph)) {
            cx.log.add(
                Finding::new(
                    &BAD_GROUNDS,
                    paragraphs_place,
                    format!("paragraph {paragraph} of Schedule 12A describes no exempt information"),
                )
                .help("name paragraphs 1 to 7, such as `paragraphs: [3]`, or in Wales 12 to 18"),
            );
        }
        if self.paragraphs.is_empty() && self.confidential.is_none() && !misread {
            cx.log.add(
                Finding::new(
                    &NOT_WITHHELD,
                    self.place,
                    "the grounds name neither a paragraph of Schedule 12A nor why the paper is confidential",
                )
                .help("add `paragraphs: [3]` or `confidential: …`"),
            );
        }
        Some(self)
    }

    fn refine(object: &mut Object) {
        let exempt = [ENGLAND, WALES].map(|part| schema::whole((*part.start()).into(), (*part.end()).into()));
        object.narrow("paragraphs", schema::list(schema::any(exempt)));
        object.either(&["paragraphs", "confidential"]);
    }
}
