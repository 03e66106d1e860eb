//! Marked contents: what stands between the marks, and which text is said to stand for it.

use lopdf::{Dictionary, Object};

use super::page::Follower;
use crate::pdf::content::{Operand, Operation};
use crate::pdf::objects::{dictionary, get, get_dictionary, get_integer, text};

/// Marks kept of one page, and marks within marks.
const MOST: usize = 100_000;
const DEEPEST: usize = 200;

/// Contents between marks.
#[derive(Debug, Default, Clone)]
pub(crate) struct Marked {
    /// The number by which tags name it.
    pub(crate) number: Option<i64>,
    /// The text that stands in its place.
    pub(crate) instead: Option<String>,
    /// Its bytes in the text of the page.
    pub(crate) range: std::ops::Range<usize>,
    /// Whether something is drawn or pictured in it, which may be letters.
    pub(crate) pictured: bool,
}

/// Marks that are open, and those that are closed.
#[derive(Debug, Default)]
pub(crate) struct Marks {
    open: Vec<Marked>,
    /// Marks that were closed, the inner before the outer.
    pub(crate) closed: Vec<Marked>,
}

impl Marks {
    /// Notes that something was drawn.
    pub(crate) fn picture(&mut self) {
        self.open.iter_mut().for_each(|mark| mark.pictured = true);
    }

    fn close(&mut self, end: usize) {
        let Some(mut mark) = self.open.pop() else { return };
        mark.range.end = end;
        if (mark.number.is_some() || mark.instead.is_some()) && self.closed.len() < MOST {
            self.closed.push(mark);
        }
    }
}

impl<'a> Follower<'a> {
    /// Opens or closes a mark.
    pub(super) fn mark(&mut self, operation: &Operation<'_>, resources: Option<&'a Dictionary>) {
        let at = self.scene.text.len();
        if operation.operator == b"EMC" {
            self.scene.marks.close(at);
            return;
        }
        if self.scene.marks.open.len() >= DEEPEST {
            self.scene.marks.open.push(Marked::default());
            self.scene.cut |= self.scene.marks.open.len() > MOST;
            return;
        }
        let property = operation.operands.get(1).filter(|_| operation.operator == b"BDC");
        let listed = property.and_then(Operand::name).and_then(|name| {
            let properties = get_dictionary(self.pdf, resources?, b"Properties")?;
            dictionary(self.pdf, properties.get(name).ok()?)
        });
        let mut mark = Marked { range: at..at, ..Marked::default() };
        if let Some(entries) = listed {
            mark.number = get_integer(self.pdf, entries, b"MCID");
            if let Some(Object::String(bytes, _)) = get(self.pdf, entries, b"ActualText") {
                mark.instead = Some(text(bytes));
            }
        } else if let Some(property) = property {
            #[expect(clippy::cast_possible_truncation, reason = "casts of floats to integers saturate")]
            let number = property.get(b"MCID").and_then(Operand::number).map(|number| number as i64);
            mark.number = number;
            if let Some(Operand::String(bytes)) = property.get(b"ActualText") {
                mark.instead = Some(text(bytes));
            }
        }
        self.scene.marks.open.push(mark);
    }
}
