//! What the metadata of a picture tells about people, places and machines, in plain words.

use std::collections::BTreeSet;

/// Something that a file tells besides its picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Trace {
    Place,
    People,
    Author,
    Date,
    Camera,
    Program,
    Description,
    Preview,
    Behind,
    Erased,
    Animation,
    Scripts,
    Links,
    Paths,
    Source,
    Text,
    Other,
}

impl Trace {
    pub(super) fn words(self) -> &'static str {
        match self {
            Self::Place => "the place where it was taken (GPS)",
            Self::People => "the names of people in it",
            Self::Author => "the author",
            Self::Date => "the date",
            Self::Camera => "the camera",
            Self::Program => "the program it was made with",
            Self::Description => "a description or keywords",
            Self::Preview => "a small preview",
            Self::Behind => "what the file held behind the picture, perhaps an earlier version",
            Self::Erased => "what its transparent parts showed before they were erased",
            Self::Animation => "the later pictures of the animation",
            Self::Scripts => "scripts",
            Self::Links => "links to web pages or other files",
            Self::Paths => "folder names",
            Self::Source => "the editable document of the program it was drawn with",
            Self::Text => "text that is not shown",
            Self::Other => "notes of cameras and programs",
        }
    }
}

/// Words that an XMP packet has where it tells something.
const IN_XMP: [(&str, Trace); 24] = [
    ("GPSLatitude", Trace::Place),
    ("GPSLongitude", Trace::Place),
    ("photoshop:City", Trace::Place),
    ("Iptc4xmpCore:Location", Trace::Place),
    ("LocationCreated", Trace::Place),
    ("PersonInImage", Trace::People),
    ("PersonDisplayName", Trace::People),
    ("mwg-rs:Regions", Trace::People),
    ("dc:creator", Trace::Author),
    ("photoshop:AuthorsPosition", Trace::Author),
    ("dc:rights", Trace::Author),
    ("xmpRights:Owner", Trace::Author),
    ("CreateDate", Trace::Date),
    ("ModifyDate", Trace::Date),
    ("DateCreated", Trace::Date),
    ("DateTimeOriginal", Trace::Date),
    ("tiff:Make", Trace::Camera),
    ("tiff:Model", Trace::Camera),
    ("SerialNumber", Trace::Camera),
    ("CreatorTool", Trace::Program),
    ("softwareAgent", Trace::Program),
    ("dc:description", Trace::Description),
    ("dc:subject", Trace::Description),
    ("filePath", Trace::Paths),
];

/// Says what an XMP packet tells.
pub(super) fn in_xmp(packet: &[u8]) -> BTreeSet<Trace> {
    let text = String::from_utf8_lossy(packet);
    let mut traces: BTreeSet<Trace> =
        IN_XMP.iter().filter(|(word, _)| text.contains(word)).map(|(_, trace)| *trace).collect();
    if traces.is_empty() {
        traces.insert(Trace::Other);
    }
    traces
}

/// Says what IPTC records tell (IIM 4.2, record 2), wherever they stand in a Photoshop block.
pub(super) fn in_iptc(block: &[u8]) -> BTreeSet<Trace> {
    let mut traces: BTreeSet<Trace> = (block.windows(3))
        .filter(|window| window[0] == 0x1C && window[1] == 2)
        .filter_map(|window| match window[2] {
            80 | 85 | 110 | 115 | 116 | 122 => Some(Trace::Author),
            55 | 60 | 62 | 63 => Some(Trace::Date),
            26 | 27 | 90 | 92 | 95 | 100 | 101 => Some(Trace::Place),
            5 | 25 | 105 | 120 => Some(Trace::Description),
            65 | 70 => Some(Trace::Program),
            _ => None,
        })
        .collect();
    if traces.is_empty() {
        traces.insert(Trace::Other);
    }
    traces
}
