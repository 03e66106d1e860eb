//! Reads what papers have besides plain fields: their text in sections, lists that may be `None`, columns.

use super::Context;
use super::fields::{Fields, Read, list, listed, one_of};
use super::text::WithHeadings;
use super::yaml::record::{Checked, Slot};
use super::yaml::schema::{self, Definitions, Object, Schema};
use super::yaml::{Node, Value};
use crate::finding::{Finding, Place};
use crate::model::action_plan::{ActionPlan, COLUMNS, Column, ColumnId};
use crate::model::people::{Person, PersonRef};
use crate::model::report::Clearance;
use crate::model::text::{Attributes, Block, LinesOrNone, PaperText};
use crate::model::{Line, Text};
use crate::yaml::fields::MISSING_FIELD;

/// Reads `text:`, or `sections:` with their titles as headings.
impl Slot for PaperText {
    fn ask(fields: &Fields, _: &'static str) -> Self {
        let mut prose = fields.or_default::<WithHeadings>("text").0;
        let (cx, sections) = (fields.context(), fields.node("sections"));
        if let Some(node) = sections {
            if prose.place == Place::default() {
                prose.place = node.place;
            }
            prose.blocks.extend(list::<Section>(node, cx).into_iter().flat_map(Section::blocks));
        }
        if prose.blocks.is_empty() && fields.node("text").is_none() && sections.is_none() {
            cx.log.add(
                Finding::new(&MISSING_FIELD, fields.place(), "the paper has no text")
                    .help("add `text: |` with the paper's text below it"),
            );
        }
        Self(prose)
    }

    fn declare(object: &mut Object, name: &'static str, about: &str) {
        object.may::<WithHeadings>(name, about);
        object.list::<Section>("sections", "In place of `text`: a list of sections with their titles.");
        object.either(&[name, "sections"]);
    }
}

crate::model::declare::record! {
    /// A section that is written as an entry of a list.
    pub(super) struct Section: "a section" {
        /// The heading.
        title: Line,
        /// A name by which texts can refer to the section.
        label: Option<Text>,
        /// Fixes the number.
        number: Option<Text>,
        /// What stands below the heading, behind `|`.
        text: WithHeadings as silent = WithHeadings::default(),
    }
}

impl Section {
    fn blocks(self) -> impl Iterator<Item = Block> {
        let attributes = Attributes { label: self.label, number: self.number, ..Attributes::default() };
        let Line { content, place } = self.title;
        std::iter::once(Block::Heading { level: 1, attributes, content, place }).chain(self.text.0.blocks)
    }
}

/// Tells whether words say that there are none, as people fill in a form.
fn says_none(text: &str) -> bool {
    let text = text.trim().trim_end_matches('.');
    ["none", "nil", "n/a", "no", "not applicable"].iter().any(|word| text.eq_ignore_ascii_case(word))
}

impl Read for LinesOrNone {
    fn read(node: &Node, cx: Context) -> Option<Self> {
        let only = match &node.value {
            Value::List(entries) if entries.len() == 1 => &entries[0].value,
            value => value,
        };
        match only {
            Value::Text(text) if says_none(text) => Some(Self::default()),
            _ => Some(Self(listed(node, cx))),
        }
    }

    fn schema(_: &mut Definitions) -> Schema {
        schema::list(schema::text())
    }
}

/// Somebody who is given by name and post, in place of `person`.
impl Checked for Clearance {
    fn checked(mut self, fields: &Fields) -> Option<Self> {
        if fields.node("person").is_none() {
            let (name, post, place) = (fields.need("name"), self.post.take(), fields.place());
            self.person = PersonRef::Written(Box::new(Person { name, post, place, ..Person::default() }));
        }
        Some(self)
    }

    fn refine(object: &mut Object) {
        object.need::<Text>("name", "The name of somebody who is not in people.yaml, in place of `person`.");
        object.either(&["person", "name"]);
    }
}

impl Checked for ActionPlan {
    fn checked(mut self, _: &Fields) -> Option<Self> {
        if self.columns.is_empty() {
            self.columns =
                COLUMNS.iter().map(|id| Column { id: ColumnId((*id).to_owned()), ..Column::default() }).collect();
        }
        Some(self)
    }
}

/// A column that is not known is left out.
impl Checked for Column {
    fn checked(self, _: &Fields) -> Option<Self> {
        Some(self).filter(|column| !column.id.0.is_empty())
    }
}

impl Read for ColumnId {
    fn read(node: &Node, cx: Context) -> Option<Self> {
        one_of(node, &COLUMNS.map(|id| (id, id)), cx).map(|id| Self(id.to_owned()))
    }

    fn schema(_: &mut Definitions) -> Schema {
        schema::words(COLUMNS)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn none_is_said_in_several_ways() {
        assert!(["None", "nil", "Nil.", "N/A", "No", "Not applicable"].into_iter().all(says_none));
        assert!(!["Nil returns of 2025", "Notes of the visit", ""].into_iter().any(says_none));
    }
}
