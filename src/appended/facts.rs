//! What was found in a file: for `inspect`, and for the findings of `check`.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// What was found in a file.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Facts {
    /// Format and version, such as `PDF 1.7`.
    pub format: String,
    /// Number of pages of the whole file.
    pub pages: u32,
    /// Sizes of pages as shown, in points, with the number of pages that have them.
    pub sizes: Vec<Size>,
    /// Fonts.
    pub fonts: Vec<Font>,
    /// Whether the file is tagged for screen readers.
    pub tagged: bool,
    /// Language that the file declares.
    pub language: Option<String>,
    /// Conformance that the file claims, such as `PDF/UA-1`.
    pub claims: Vec<String>,
    /// Title, author and the like, which are not carried into the pack.
    pub metadata: BTreeMap<String, String>,
    /// Number of links, bookmarks, form fields and annotations by their kind.
    pub counts: BTreeMap<String, u32>,
    /// What an officer must know.
    pub remarks: Vec<Remark>,
}

/// Pages of one size.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Size {
    /// Width in points.
    pub width: f64,
    /// Height in points.
    pub height: f64,
    /// Number of such pages.
    pub pages: u32,
}

/// A font of the file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Font {
    /// Name without the subset's prefix.
    pub name: String,
    /// Kind, such as `TrueType`.
    pub kind: String,
    /// Whether its shapes are in the file.
    pub embedded: bool,
    /// Whether its text can be copied and read aloud.
    pub readable: bool,
}

/// Something that an officer must know of a file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Remark {
    /// What it is about.
    pub subject: Subject,
    /// Pages of the file that it concerns, from 1; none when it concerns the file.
    pub pages: Vec<u32>,
    /// What is so, as a clause without the file's name: "the font Arial is not embedded".
    pub message: String,
}

/// What a remark is about; each has a finding code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Subject {
    /// The file was damaged and has been mended.
    Mended,
    /// Pages without tags, which become one figure each.
    Untagged,
    /// Pages that are pictures of text, without text.
    Scanned,
    /// Pages with nothing on them.
    Blank,
    /// What breaks PDF/UA-1.
    Accessibility,
    /// What breaks PDF/A-2b.
    Archiving,
    /// What breaks only the levels `a` and `u` of PDF/A-2: text without Unicode.
    Unicode,
    /// Scripts, attachments, media and actions that were left out.
    Dropped,
    /// Text under filled rectangles or pictures, which can still be copied out.
    Covered,
    /// Text outside of the page or of what is left of it, which can still be copied.
    CutOff,
    /// Pictures of which only a part shows, though all of them can be taken out.
    Cropped,
    /// Words of replacement texts and bookmarks that no page shows.
    Unsaid,
    /// Layers that do not show, and were left out.
    Hidden,
    /// Comments and other annotations that are printed.
    Comments,
    /// Form fields whose contents could not be shown.
    Fields,
    /// Form fields that were drawn anew, as the file left that to its readers.
    Redrawn,
    /// Form fields that were drawn anew, as the file's pictures of them show something else.
    Stale,
    /// What an office file prints though nobody has finished it, such as tracked changes and fields that were not
    /// filled in, and what cannot be looked into: it stands in the way of publishing.
    Unfinished,
    /// What an office file shows and its pages do not.
    Lost,
    /// Comments in an office file.
    Commented,
    /// Sheets, slides, rows and words of an office file that are hidden, and so not printed.
    Unshown,
    /// Notes for the speaker of a presentation.
    Spoken,
    /// Fields and formulas of an office file that show something else on another day or machine.
    Reckoned,
    /// Fonts that another stood in for when an office file was converted.
    Substituted,
    /// Pictures too coarse for print.
    Coarse,
    /// Names, places and addresses that would be published.
    Personal,
    /// Links into somebody's network or folder.
    LinkedInside,
    /// Pictures that print in other colours than they were saved with.
    Recoloured,
}
