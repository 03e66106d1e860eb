//! Type 3 fonts, whose glyphs are drawn by content streams.

use lopdf::{Dictionary, Stream};

use super::program::Program;
use super::simple::Simple;
use super::verdict::Verdict;
use crate::pdf::content::operations;
use crate::pdf::reader::PdfReader;

/// Most drawings of one font.
const MOST: usize = 4096;

/// A Type 3 font.
pub(crate) struct Type3<'a> {
    simple: Simple,
    drawings: Vec<&'a Stream>,
    /// Width that the drawing of a code sets; none when there is no drawing, or none that sets it.
    widths: Vec<Option<f64>>,
    /// Resources of the drawings.
    pub(crate) resources: Option<&'a Dictionary>,
}

impl<'a> Type3<'a> {
    /// Reads a font.
    pub(crate) fn read(reader: &PdfReader<'a>, font: &'a Dictionary) -> Self {
        let simple = Simple::read(reader, font, reader.dict(font, b"FontDescriptor"), &Program::Missing);
        let drawn = reader.dict(font, b"CharProcs");
        let drawings = drawn
            .into_iter()
            .flat_map(Dictionary::iter)
            .filter_map(|(_, object)| reader.get(object).as_stream().ok())
            .take(MOST)
            .collect();
        let width = |code: u8| {
            let stream = reader.stream(drawn?, simple.name(code)?.as_bytes())?;
            reader.decode(stream).ok().and_then(|data| first_number(&data))
        };
        let widths = (0..=255).map(width).collect();
        Self { simple, drawings, widths, resources: reader.dict(font, b"Resources") }
    }

    /// Gives the streams that draw the glyphs.
    pub(crate) fn drawings(&self) -> &[&'a Stream] {
        &self.drawings
    }

    /// Judges a code.
    pub(crate) fn judge(&self, code: u8) -> Verdict {
        let mut verdict = self.simple.judge(&Program::Missing, code);
        match self.widths.get(usize::from(code)).copied().flatten() {
            None => verdict.add(Verdict::MISSING),
            Some(width) => verdict.width(self.simple.width(code), width),
        }
        verdict
    }
}

/// Gives the width that `d0` or `d1` sets.
fn first_number(data: &[u8]) -> Option<f64> {
    let first = operations(data).next()?;
    first.number(0).filter(|_| matches!(first.operator, b"d0" | b"d1"))
}
