//! Reads what minutes have besides plain fields: votes, and minutes that are a part of none.

use super::Context;
use super::fields::{Fields, Read, list};
use super::yaml::record::{self, Checked, Record as _};
use super::yaml::schema::{self, Definitions, Object, Schema};
use super::yaml::{Node, Value};
use crate::finding::{Finding, Place};
use crate::model::minutes::{Minute, Minutes, Record, Vote, Votes};
use crate::model::people::PersonRef;
use crate::yaml::fields::{BAD_VALUE, WRONG_SHAPE};

impl Checked for Minutes {
    fn checked(mut self, fields: &Fields) -> Option<Self> {
        if let (Some(0), Some(place)) = (self.first_number, fields.place_of("first_number")) {
            let finding = Finding::new(&BAD_VALUE, place, "minutes are numbered from 1").help("write 1 or more");
            fields.context().log.add(finding);
            self.first_number = Some(1);
        }
        Some(self)
    }

    fn refine(object: &mut Object) {
        object.within("first_number", 1, u32::MAX);
    }
}

/// A minute has the fields of its parts besides its own, and must have a title.
impl Checked for Minute {
    fn checked(mut self, fields: &Fields) -> Option<Self> {
        self.record.title = Some(fields.need("title"));
        self.after = self.record.after.take();
        Some(self)
    }

    fn refine(object: &mut Object) {
        Record::declare(object);
        object.require("title");
    }
}

impl Read for Vote {
    fn read(node: &Node, cx: Context) -> Option<Self> {
        if let Value::Text(text) = &node.value {
            cx.log.add(vote_in_words(text, node.place));
            return None;
        }
        record::read(node, cx)
    }

    fn schema(definitions: &mut Definitions) -> Schema {
        record::schema::<Self>(definitions)
    }
}

fn vote_in_words(text: &str, place: Place) -> Finding {
    let figures: Vec<&str> = text.split(|c: char| !c.is_ascii_digit()).filter(|figure| !figure.is_empty()).collect();
    let [first, against, abstained] = match figures[..] {
        [first, against] => [first, against, "0"],
        [first, against, abstained] => [first, against, abstained],
        _ => ["5", "2", "0"],
    };
    Finding::new(&WRONG_SHAPE, place, format!("`{text}` does not say how many were for, against or abstained"))
        .help(format!("write `vote: {{for: {first}, against: {against}, abstained: {abstained}}}`"))
}

impl Read for Votes {
    fn read(node: &Node, cx: Context) -> Option<Self> {
        match &node.value {
            Value::Text(text) if text.parse::<u32>().is_ok() => u32::read(node, cx).map(Self::Count),
            Value::Text(text) if ["none", "nil"].contains(&text.to_ascii_lowercase().as_str()) => Some(Self::Count(0)),
            _ => Some(Self::Names(list(node, cx))),
        }
    }

    fn schema(definitions: &mut Definitions) -> Schema {
        schema::any([schema::whole(0, u32::MAX), schema::list(PersonRef::schema(definitions))])
    }
}
