//! Why a picture cannot be printed, and what to do about it.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::Kind;

/// Why a picture cannot be printed; shown as a clause such as "it is damaged and cannot be shown".
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
pub enum Unusable {
    /// No kind of picture that is known.
    #[error("it is not of a kind that can be printed")]
    Kind,
    /// A kind that is known but not printed.
    #[error("it is {0}, which cannot be printed")]
    Foreign(Cow<'static, str>),
    /// The name says something else than the file.
    #[error("its ending does not say what it is: {}", kind.article())]
    Ending {
        /// What it is.
        kind: Kind,
    },
    /// Nothing in it.
    #[error("it is empty")]
    Empty,
    /// The end is missing.
    #[error("it is cut off: the file ends before the picture does")]
    CutOff,
    /// It cannot be unpacked.
    #[error("it is damaged and cannot be shown")]
    Damaged,
    /// More pixels than are unpacked.
    #[error("it is too large: {width} by {height} pixels")]
    TooLarge {
        /// Pixels across.
        width: u64,
        /// Pixels down.
        height: u64,
    },
    /// More pages than a picture file may have.
    #[error("it is too large: more than {0} pages or 1,000 million pixels in all")]
    TooManyPages(usize),
    /// A way of packing that is not read.
    #[error("it is packed in a way that is not read ({0})")]
    Packing(Cow<'static, str>),
    /// Not an SVG drawing that can be read.
    #[error("it cannot be read as an SVG drawing")]
    Drawing,
    /// A drawing with more in it than is drawn.
    #[error("it is a drawing with too much in it ({0})")]
    TooMuch(Cow<'static, str>),
    /// A drawing that declares abbreviations (entities), which can grow without end.
    #[error("it declares abbreviations of its own (a DOCTYPE with `[`), which are not read")]
    Abbreviations,
    /// It cannot be read here.
    #[error("it cannot be read here: {0}")]
    NotRead(String),
    /// A drawing shows a picture that lies elsewhere.
    #[error("it shows another file")]
    ShowsFile,
    /// A picture inside a drawing cannot be used.
    #[error("a picture inside the drawing cannot be used: {0}")]
    Inside(Box<Unusable>),
}

impl Unusable {
    /// Says what to do, in the imperative.
    pub(crate) fn help(&self) -> String {
        match self {
            Self::Kind => "use a PNG, JPEG, SVG, TIFF, GIF or WebP file whose ending says which it is",
            Self::Foreign(_) => "open it in a picture program and save it as JPEG (photographs) or PNG (all else)",
            Self::Ending { kind } => {
                return format!("rename it to end in `.{}`, also where a text names it", kind.endings()[0]);
            }
            Self::Empty | Self::CutOff => "copy the file again from where it came",
            Self::Damaged => "open it in a picture program and save it again, or copy it again from where it came",
            Self::TooLarge { .. } => "save it smaller: 2,500 pixels across fill a page of A4 in good print",
            Self::TooManyPages(_) => "split it, or save it as PDF",
            Self::Packing(_) => "open it in a picture program and save it as PNG, or scan to PDF",
            Self::Drawing => "save it again as plain SVG, or as PNG",
            Self::Abbreviations => "save it again as plain SVG (in Illustrator: File > Export > Export As), or as PNG",
            Self::TooMuch(_) => "save it as PNG",
            Self::NotRead(_) => "close other programs and try again",
            Self::ShowsFile => "put the picture itself into the drawing (in Inkscape: Extensions > Images > Embed)",
            Self::Inside(inner) => return format!("in the drawing program, replace that picture: {}", inner.help()),
        }
        .to_owned()
    }
}
