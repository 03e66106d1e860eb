//! Fonts of a workspace that cannot be used. Each is read in a process of its own first: a few bytes can ask for
//! gigabytes.

use std::collections::BTreeMap;
use std::io;
use std::path::Path;

use rayon::prelude::*;
use read_fonts::{FileRef, FontRef};
use serde::{Deserialize, Serialize};
use typst::foundations::Bytes;
use typst::text::Font;

use crate::bounded::{self, Bounds, GIGABYTE, Stopped};

/// Name of the hidden verb that the process is started with.
pub(crate) const VERB: &str = "read-font";

/// Seconds that reading a font may take.
const SECONDS: u64 = 10;

/// Why a font cannot be used, as a clause.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
pub(crate) enum FontFault {
    /// Something else.
    #[error("it is not a font, or damaged")]
    NoFont,
    /// The end is missing.
    #[error("it is cut short: the file ends before the font does")]
    CutShort,
    /// It asks for more than it may take.
    #[error("it is damaged: reading it takes {0}")]
    TooMuch(String),
    /// No process could be started.
    #[error("it cannot be read here: {0}")]
    NotRead(String),
}

/// Gives those of a workspace's fonts that cannot be used, read in processes of a program, or else in this one.
pub(crate) fn faults(own: &BTreeMap<String, Vec<u8>>, program: Option<&Path>) -> BTreeMap<String, FontFault> {
    let one = |(path, bytes): (&String, &Vec<u8>)| {
        let fault = program.map_or_else(|| fault(bytes), |program| apart(program, bytes));
        fault.map(|fault| (path.clone(), fault))
    };
    own.par_iter().filter_map(one).collect()
}

/// Answers an order: what the process of [`VERB`] does.
pub(crate) fn serve() -> io::Result<()> {
    bounded::serve(|(): (), bytes| (fault(&bytes), Vec::new()))
}

fn apart(program: &Path, bytes: &[u8]) -> Option<FontFault> {
    let bounds = Bounds { memory: GIGABYTE + 8 * bytes.len() as u64, seconds: SECONDS };
    match bounded::ask(program, VERB, bounds, &(), &[bytes]) {
        Ok((fault, _)) => fault,
        Err(Stopped::NotStarted(error)) => Some(FontFault::NotRead(error.to_string())),
        Err(Stopped::Silent) => Some(FontFault::NoFont),
        Err(stopped) => Some(FontFault::TooMuch(stopped.to_string())),
    }
}

fn fault(bytes: &[u8]) -> Option<FontFault> {
    let Ok(file) = FileRef::new(bytes) else { return Some(FontFault::NoFont) };
    let fonts: Result<Vec<FontRef>, _> = file.fonts().collect();
    let Ok(fonts) = fonts else { return Some(FontFault::NoFont) };
    let ends = fonts
        .iter()
        .flat_map(|font| font.table_directory().table_records())
        .map(|record| (record.offset() as usize).saturating_add(record.length() as usize));
    if ends.max().is_some_and(|end| end > bytes.len()) {
        return Some(FontFault::CutShort);
    }
    let usable = Font::iter(Bytes::new(bytes.to_vec())).count();
    (usable == 0 || usable < fonts.len()).then_some(FontFault::NoFont)
}

#[cfg(test)]
mod tests {
    use super::{FontFault, fault};
    use crate::fonts::BUILT_IN;

    #[test]
    fn tells_fonts_that_cannot_be_used() {
        let whole = BUILT_IN[0].1;
        assert_eq!(fault(whole), None);
        assert_eq!(fault(&whole[..whole.len() / 2]), Some(FontFault::CutShort));
        assert_eq!(fault(b"a picture"), Some(FontFault::NoFont));
        assert_eq!(fault(b""), Some(FontFault::NoFont));
        assert_eq!(fault(&[&whole[..4], &[0; 400]].concat()), Some(FontFault::NoFont));
    }
}
