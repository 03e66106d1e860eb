//! Goes through every text and every person that a source names.
//!
//! [`super::declare`] shows each field of a record by its type; here are the types that are no records.

use std::collections::BTreeMap;

use chrono::{NaiveDate, NaiveTime};

use super::agenda::{Entry, Wanted};
use super::council::{Colour, Language, Month, Points, Scale};
use super::dates::{DateFormat, MinuteFormat, TimeFormat, When};
use super::front::Signatory;
use super::minutes::Votes;
use super::people::PersonRef;
use super::text::{Block, Inline, LinesOrNone, PaperText};
use super::{Line, Paper, PaperKind, Prose, Text, Written};
use crate::finding::Place;
use crate::yaml::record::Several;

/// Is shown every text and person.
pub(crate) trait Visitor<'a> {
    /// Is shown plain text that is printed.
    fn text(&mut self, _text: &'a Text) {}
    /// Is shown the parts of a line.
    fn inlines(&mut self, _content: &'a [Inline]) {}
    /// Is shown blocks.
    fn blocks(&mut self, _blocks: &'a [Block]) {}
    /// Is shown a reference to a person.
    fn person(&mut self, _person: &'a PersonRef) {}
    /// Is shown a reference to a post, or a post in words.
    fn post(&mut self, _post: &'a Text) {}
    /// Is shown a reference to a body, or a body in words.
    fn body(&mut self, _body: &'a Text) {}
    /// Is shown a line that may be the id of a person or post, after its parts.
    fn name_line(&mut self, _line: &'a Line) {}
    /// Is shown a rating given.
    fn rating(&mut self, _rating: &'a Text) {}
}

/// Something whose texts and people can be shown.
pub(crate) trait Visit {
    /// Shows every text and person.
    fn visit<'a>(&'a self, v: &mut dyn Visitor<'a>);
}

/// One or several of something.
pub(crate) trait Each {
    /// What there is one or several of.
    type One;

    /// Gives each of them.
    fn each(&self) -> &[Self::One];
}

impl Each for Text {
    type One = Self;

    fn each(&self) -> &[Self] {
        std::slice::from_ref(self)
    }
}

impl<T> Each for Option<T> {
    type One = T;

    fn each(&self) -> &[T] {
        self.as_slice()
    }
}

impl<T> Each for Vec<T> {
    type One = T;

    fn each(&self) -> &[T] {
        self
    }
}

impl Visit for Text {
    fn visit<'a>(&'a self, v: &mut dyn Visitor<'a>) {
        v.text(self);
    }
}

impl Visit for Line {
    fn visit<'a>(&'a self, v: &mut dyn Visitor<'a>) {
        v.inlines(&self.content);
    }
}

impl Visit for Prose {
    fn visit<'a>(&'a self, v: &mut dyn Visitor<'a>) {
        v.blocks(&self.blocks);
    }
}

impl<T: Visit> Visit for [T] {
    fn visit<'a>(&'a self, v: &mut dyn Visitor<'a>) {
        for one in self {
            one.visit(v);
        }
    }
}

impl<T: Visit> Visit for Vec<T> {
    fn visit<'a>(&'a self, v: &mut dyn Visitor<'a>) {
        self.as_slice().visit(v);
    }
}

impl<T: Visit> Visit for Option<T> {
    fn visit<'a>(&'a self, v: &mut dyn Visitor<'a>) {
        self.as_slice().visit(v);
    }
}

impl<T: Visit> Visit for BTreeMap<String, T> {
    fn visit<'a>(&'a self, v: &mut dyn Visitor<'a>) {
        for one in self.values() {
            one.visit(v);
        }
    }
}

impl<T: Visit> Visit for Written<T> {
    fn visit<'a>(&'a self, v: &mut dyn Visitor<'a>) {
        self.as_written().visit(v);
    }
}

impl<T: Visit> Visit for Several<T> {
    fn visit<'a>(&'a self, v: &mut dyn Visitor<'a>) {
        self.0.visit(v);
    }
}

impl Visit for PaperText {
    fn visit<'a>(&'a self, v: &mut dyn Visitor<'a>) {
        self.0.visit(v);
    }
}

impl Visit for LinesOrNone {
    fn visit<'a>(&'a self, v: &mut dyn Visitor<'a>) {
        self.0.visit(v);
    }
}

impl Visit for Scale {
    fn visit<'a>(&'a self, v: &mut dyn Visitor<'a>) {
        self.0.visit(v);
    }
}

/// Types that have no words.
macro_rules! wordless {
    ($($type:ty),* $(,)?) => {
        $( impl Visit for $type {
            fn visit<'a>(&'a self, _: &mut dyn Visitor<'a>) {}
        } )*
    };
}

wordless!(bool, u8, u32, f64, String, NaiveDate, NaiveTime, Place, When, DateFormat, TimeFormat, MinuteFormat);
wordless!(Colour, Language, Month, Points, Wanted, super::action_plan::ColumnId);

impl Visit for PersonRef {
    fn visit<'a>(&'a self, v: &mut dyn Visitor<'a>) {
        v.person(self);
        if let Self::Written(person) = self {
            person.visit(v);
        }
    }
}

impl Visit for Votes {
    fn visit<'a>(&'a self, v: &mut dyn Visitor<'a>) {
        if let Self::Names(names) = self {
            names.visit(v);
        }
    }
}

impl Visit for Signatory {
    fn visit<'a>(&'a self, v: &mut dyn Visitor<'a>) {
        match self {
            Self::Post(post) => v.post(post),
            Self::Written { name, post, address } => {
                name.visit(v);
                address.visit(v);
                if let Some(post) = post {
                    v.post(post);
                }
            }
        }
    }
}

impl Visit for Entry {
    fn visit<'a>(&'a self, v: &mut dyn Visitor<'a>) {
        match self {
            Self::Item(item) => item.visit(v),
            Self::Heading { title, text } => {
                title.visit(v);
                text.visit(v);
            }
        }
    }
}

impl Visit for Paper {
    fn visit<'a>(&'a self, v: &mut dyn Visitor<'a>) {
        self.withheld.visit(v);
        match &self.kind {
            PaperKind::Minutes(paper) => paper.visit(v),
            PaperKind::BriefingNote(paper) => paper.visit(v),
            PaperKind::Report(paper) => paper.visit(v),
            PaperKind::ActionPlan(paper) => paper.visit(v),
            PaperKind::WorkProgramme(paper) => paper.visit(v),
            PaperKind::Ledger(paper) => paper.visit(v),
            PaperKind::Plain(paper) => paper.visit(v),
            // The description is heard, not seen: it needs no shapes.
            PaperKind::Appended(paper) => paper.title.visit(v),
        }
    }
}
