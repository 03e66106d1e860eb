//! What stands on each page: its words, and a fingerprint of all that it shows.
//!
//! Running heads and feet, page numbers and the stamps of items are left out: a page that only gets
//! another number has not changed. Nor has one on which everything stands a line lower, so that places
//! do not count.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use typst::foundations::{Content, NativeElement, Value};
use typst::introspection::{Location, MetadataElem, Tag};
use typst::layout::{Frame, FrameItem, Point};
use typst::model::Destination;
use typst::pdf::ArtifactElem;
use typst::text::TextItem;
use typst::utils::hash128;
use typst::visualize::Geometry;
use typst_layout::Page;

/// What stands on a page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct PageContent {
    /// Number of the page in the whole pack, from 1.
    pub(crate) number: u32,
    /// Words in reading order: lines, and paragraphs with an empty line between them.
    pub(crate) text: String,
    /// Upper and lower ends of the lines, in tenths of a point from the upper edge.
    pub(crate) lines: Vec<(u32, u32)>,
    /// SHA-256 of what the page shows, in hexadecimal.
    pub(crate) content: String,
    /// SHA-256 of what it says and pictures, however it looks.
    pub(crate) matter: String,
    /// SHA-256 of what only a screen has of it: where links lead, and what is read aloud in the place of pictures.
    pub(crate) on_screen: String,
}

/// Values of the invisible marks around what a layout sets beside the text, such as stamps.
const BESIDE: [&str; 2] = ["beside-the-text", "end-of-beside-the-text"];

pub(super) fn of(page: &Page) -> PageContent {
    let mut reader = Reader::default();
    reader.frame(&page.frame, Point::zero());
    let size = page.frame.size();
    reader.show(&format!("{:.1} {:.1}", size.x.to_pt(), size.y.to_pt()));
    PageContent {
        number: u32::try_from(page.number).unwrap_or(u32::MAX),
        text: reader.text.trim_end().to_owned(),
        lines: reader.lines,
        content: crate::fs::hexadecimal(&reader.hash.finalize()),
        matter: crate::fs::hexadecimal(&reader.matter.finalize()),
        on_screen: crate::fs::hexadecimal(&reader.on_screen.finalize()),
    }
}

#[derive(Default)]
struct Reader {
    hash: Sha256,
    matter: Sha256,
    on_screen: Sha256,
    text: String,
    lines: Vec<(u32, u32)>,
    /// Where the last run ended: right edge and baseline, in points.
    last: Option<(f64, f64)>,
    /// Artifacts that are open.
    artifacts: Vec<Location>,
    /// How many marks of things beside the text are open.
    beside: usize,
}

impl Reader {
    fn frame(&mut self, frame: &Frame, at: Point) {
        for (position, item) in frame.items() {
            let here = at + *position;
            match item {
                FrameItem::Tag(Tag::Start(element, _)) => self.open(element),
                FrameItem::Tag(Tag::End(location, ..)) => self.artifacts.retain(|open| open != location),
                FrameItem::Group(group) => {
                    let moved = Point::new(here.x + group.transform.tx, here.y + group.transform.ty);
                    let (x, y) = (group.transform.sx.get(), group.transform.sy.get());
                    if (x, y) != (1.0, 1.0) {
                        self.show(&format!("scaled {x:.4} {y:.4}"));
                    }
                    self.frame(&group.frame, moved);
                }
                _ if self.is_beside() => {}
                FrameItem::Text(text) => self.run(text, here),
                FrameItem::Shape(shape, _) => {
                    self.show(&format!("shape {:x}", hash128(shape)));
                    // Words that are struck out are others, whatever the colour of the stroke.
                    note(&mut self.matter, kind_of(&shape.geometry));
                }
                FrameItem::Image(image, ..) => {
                    // What is read aloud in its place is told apart.
                    let image = format!("image {:x}", hash128(image.kind()));
                    self.show(&image);
                    note(&mut self.matter, &image);
                }
                FrameItem::Link(Destination::Url(url), _) => note(&mut self.on_screen, url.as_str()),
                FrameItem::Link(..) => {}
            }
        }
    }

    fn is_beside(&self) -> bool {
        self.beside > 0 || !self.artifacts.is_empty()
    }

    fn open(&mut self, element: &Content) {
        if let Ok(Value::Str(words)) = element.get_by_name("alt") {
            note(&mut self.on_screen, &words);
        }
        if element.elem() == ArtifactElem::ELEM {
            self.artifacts.extend(element.location());
        } else if let Some(metadata) = element.to_packed::<MetadataElem>()
            && let Value::Str(words) = &metadata.value
        {
            match BESIDE.iter().position(|mark| *mark == words.as_str()) {
                Some(0) => self.beside += 1,
                Some(_) => self.beside = self.beside.saturating_sub(1),
                None => {}
            }
        }
    }

    fn run(&mut self, text: &TextItem, at: Point) {
        let (left, baseline, size) = (at.x.to_pt(), at.y.to_pt(), text.size.to_pt());
        let font = text.font.info();
        let look = hash128(&text.fill);
        // Where a line ends, words may be parted.
        let letters = text.text.chars().filter(|letter| !letter.is_whitespace() && !is_hyphen(*letter));
        self.matter.update(letters.collect::<String>());
        self.show(&format!("{} {:?} {size:.2} {look:x} {}", font.family, font.variant, text.text));
        if let Some((right, line)) = self.last {
            let (down, along) = ((baseline - line).abs(), left - right);
            if down > 1.9 * size || along < -4.0 * size && down > 1.5 * size {
                self.text.push_str("\n\n");
            } else if down > 0.5 * size {
                self.text.push('\n');
            } else if along > 0.12 * size && !self.text.ends_with(' ') {
                self.text.push(' ');
            }
        }
        let (top, bottom) = (tenths(baseline - size), tenths(baseline + 0.3 * size));
        match self.lines.last_mut() {
            Some(line) if !self.text.ends_with('\n') => *line = (line.0.min(top), line.1.max(bottom)),
            _ => self.lines.push((top, bottom)),
        }
        self.text.push_str(&text.text);
        self.last = Some((left + text.width().to_pt(), baseline));
    }

    fn show(&mut self, what: &str) {
        note(&mut self.hash, what);
    }
}

fn note(hash: &mut Sha256, what: &str) {
    hash.update(what.as_bytes());
    hash.update([0]);
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a place on a page, in tenths of a point")]
fn tenths(points: f64) -> u32 {
    (10.0 * points.max(0.0)).round() as u32
}

fn is_hyphen(letter: char) -> bool {
    matches!(letter, '-' | '\u{ad}' | '\u{2010}')
}

fn kind_of(geometry: &Geometry) -> &'static str {
    match geometry {
        Geometry::Line(_) => "line",
        Geometry::Rect(_) => "rectangle",
        Geometry::Curve(_) => "curve",
    }
}
