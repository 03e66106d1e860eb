//! Puts a foreign page below the stamps of the page that was left for it.

use lopdf::{Dictionary, Document, Object, ObjectId, Stream};

use super::tags::Tags;
use crate::pdf::geometry::{Matrix, Rect, number};
use crate::pdf::objects::{get, get_array, get_dictionary, get_integer, get_matrix, get_number, get_rect, real, rect};

/// Name of the form that holds a page's stamps.
const STAMPS: &str = "BoardpackStamps";

/// Where on a sheet the foreign page goes: points, from the top left corner.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Frame {
    /// Distance from the left edge.
    pub x: f64,
    /// Distance from the upper edge.
    pub y: f64,
    /// Width.
    pub width: f64,
    /// Height.
    pub height: f64,
}

/// Gives by how much a page is reduced to fit a frame: 1 when not at all; never above.
fn reduction(width: f64, height: f64, frame: Frame) -> f64 {
    (frame.width / width).min(frame.height / height).min(1.0)
}

/// How a foreign page comes to lie on its sheet.
#[derive(Debug, Clone, Copy)]
pub(super) struct Placement {
    /// What shows of the page, in its own units.
    shown: Rect,
    frame: Frame,
    rotate: i64,
    unit: f64,
}

impl Placement {
    /// Reads from a cleaned page how it is to lie in a frame.
    pub(super) fn of(page: &Dictionary, frame: Frame) -> Self {
        let none = Document::default();
        Self {
            shown: get_rect(&none, page, b"MediaBox").unwrap_or(Rect::new((0.0, 0.0), (1.0, 1.0))),
            frame,
            rotate: get_integer(&none, page, b"Rotate").unwrap_or(0),
            unit: get_number(&none, page, b"UserUnit").unwrap_or(1.0),
        }
    }

    /// Gives the transformation from the page to a sheet of this height: upright, centred.
    pub(super) fn matrix(self, sheet: f64) -> Matrix {
        let (width, height) = (self.shown.width(), self.shown.height());
        let (turn, wide, high) = match self.rotate {
            90 => (Matrix([0.0, -1.0, 1.0, 0.0, 0.0, width]), height, width),
            180 => (Matrix([-1.0, 0.0, 0.0, -1.0, width, height]), width, height),
            270 => (Matrix([0.0, 1.0, -1.0, 0.0, height, 0.0]), height, width),
            _ => (Matrix::IDENTITY, width, height),
        };
        let scale = self.unit * reduction(wide * self.unit, high * self.unit, self.frame);
        let left = self.frame.x + (self.frame.width - wide * scale) / 2.0;
        let bottom = sheet - self.frame.y - self.frame.height + (self.frame.height - high * scale) / 2.0;
        Matrix::shift(-self.shown.left, -self.shown.bottom)
            .then(turn)
            .then(Matrix::scale(scale, scale))
            .then(Matrix::shift(left, bottom))
    }
}

/// Gives the height of a sheet of the pack.
pub(super) fn sheet_height(pack: &Document, sheet: ObjectId) -> f64 {
    let height = |dict: &Dictionary| get_rect(pack, dict, b"MediaBox").map(Rect::height);
    pack.get_dictionary(sheet).ok().and_then(height).unwrap_or(0.0)
}

/// Puts a page in its place: contents and resources; the stamps are drawn above it.
pub(super) fn overlay(
    pack: &mut Document,
    sheet: ObjectId,
    page: &mut Dictionary,
    placement: Placement,
    tags: &mut Tags,
) -> Option<()> {
    let shell = pack.get_dictionary(sheet).ok()?.clone();
    let media = get_rect(pack, &shell, b"MediaBox")?;
    let stamps = stamps(pack, &shell, media)?;
    let stamps = pack.add_object(stamps);
    tags.stamps_moved(pack, sheet, &shell, stamps);

    let shown = placement.shown;
    let clip = [shown.left, shown.bottom, shown.width(), shown.height()].map(number).join(" ");
    let before = format!("q\n{} cm\n{clip} re W n\n", placement.matrix(media.height()).written());
    let mut resources = match page.remove(b"Resources") {
        Some(Object::Dictionary(resources)) => resources,
        _ => Dictionary::new(),
    };
    move_patterns(pack, &mut resources, placement.matrix(media.height()));
    let mut objects = get_dictionary(pack, &resources, b"XObject").cloned().unwrap_or_default();
    // A page of an earlier pack has stamps of its own.
    let mut name = STAMPS.to_owned();
    while objects.has(name.as_bytes()) {
        name.push('x');
    }
    objects.set(name.as_bytes(), Object::Reference(stamps));
    resources.set("XObject", Object::Dictionary(objects));

    let after = format!("\nQ\nq /{name} Do Q\n");
    let plain = |text: String| Stream::new(Dictionary::new(), text.into_bytes());
    let mut contents = vec![Object::Reference(pack.add_object(plain(before)))];
    match page.remove(b"Contents") {
        Some(Object::Array(items)) => contents.extend(items),
        Some(one) => contents.push(one),
        None => {}
    }
    contents.push(Object::Reference(pack.add_object(plain(after))));

    let group = page.remove(b"Group");
    let place = pack.get_dictionary_mut(sheet).ok()?;
    place.remove(b"StructParents");
    place.set("Contents", Object::Array(contents));
    place.set("Resources", Object::Dictionary(resources));
    place.set("Tabs", Object::Name(b"S".to_vec()));
    if let Some(group) = group {
        place.set("Group", group);
    }
    Some(())
}

/// Lets the patterns of a page lie where the page lies: they are laid out from the corner of the
/// sheet, whatever the contents are scaled by (ISO 32000-1, 8.7.3.1). Those of forms move with the form.
fn move_patterns(pack: &mut Document, resources: &mut Dictionary, matrix: Matrix) {
    let Some(patterns) = get_dictionary(pack, resources, b"Pattern").cloned() else { return };
    let mut moved = Dictionary::new();
    for (name, value) in &patterns {
        let own = |dict: &Dictionary| get_matrix(pack, dict, b"Matrix").then(matrix);
        let copy = match crate::pdf::objects::resolve(pack, value) {
            Some(Object::Dictionary(dict)) => {
                let mut copy = dict.clone();
                copy.set("Matrix", Object::Array(own(dict).0.map(real).to_vec()));
                Object::Dictionary(copy)
            }
            Some(Object::Stream(stream)) => {
                let mut copy = stream.clone();
                copy.dict.set("Matrix", Object::Array(own(&stream.dict).0.map(real).to_vec()));
                Object::Stream(copy)
            }
            _ => continue,
        };
        let id = pack.add_object(copy);
        moved.set(name.clone(), Object::Reference(id));
    }
    resources.set("Pattern", Object::Dictionary(moved));
}

/// Makes a form of what the typesetter drew on a sheet.
fn stamps(pack: &Document, shell: &Dictionary, media: Rect) -> Option<Stream> {
    let streams: Vec<&Stream> = match get(pack, shell, b"Contents")? {
        Object::Stream(stream) => vec![stream],
        Object::Array(_) => {
            let items = get_array(pack, shell, b"Contents")?;
            items.iter().filter_map(|item| pack.dereference(item).ok()?.1.as_stream().ok()).collect()
        }
        _ => return None,
    };
    let mut dict = Dictionary::new();
    dict.set("Type", Object::Name(b"XObject".to_vec()));
    dict.set("Subtype", Object::Name(b"Form".to_vec()));
    dict.set("BBox", rect(media));
    if let Ok(resources) = shell.get(b"Resources") {
        dict.set("Resources", resources.clone());
    }
    if let Ok(group) = shell.get(b"Group") {
        dict.set("Group", group.clone());
    }
    if let [one] = streams[..] {
        for key in [&b"Filter"[..], b"DecodeParms"] {
            if let Ok(value) = one.dict.get(key) {
                dict.set(key.to_vec(), value.clone());
            }
        }
        return Some(Stream::new(dict, one.content.clone()));
    }
    let mut content = Vec::new();
    for stream in streams {
        content.extend(crate::pdf::streams::decode(pack, stream)?);
        content.push(b'\n');
    }
    Some(crate::pdf::streams::compressed(dict, content))
}

#[cfg(test)]
mod tests {
    use super::{Frame, Placement, Rect};

    #[expect(clippy::cast_possible_truncation, reason = "points of a page")]
    fn whole(value: f64) -> i64 {
        value.round() as i64
    }

    #[test]
    fn turns_pages_upright_into_the_middle_of_the_frame() {
        let frame = Frame { x: 10.0, y: 30.0, width: 100.0, height: 160.0 };
        let shown = Rect::new((5.0, 5.0), (405.0, 205.0));
        let placed = |rotate| {
            let rect = Placement { shown, frame, rotate, unit: 1.0 }.matrix(200.0).rect(shown);
            [rect.left, rect.bottom, rect.right, rect.top].map(whole)
        };
        assert_eq!(placed(0), [10, 65, 110, 115]);
        assert_eq!(placed(180), placed(0));
        assert_eq!(placed(90), [20, 10, 100, 170]);
        assert_eq!(placed(270), placed(90));
        // The lower left corner of a page turned by 90 degrees shows at the upper left.
        let corner = Placement { shown, frame, rotate: 90, unit: 1.0 }.matrix(200.0).point((5.0, 5.0));
        assert_eq!((whole(corner.0), whole(corner.1)), (20, 170));
    }

    #[test]
    fn never_enlarges() {
        let frame = Frame { x: 0.0, y: 0.0, width: 500.0, height: 500.0 };
        let shown = Rect::new((0.0, 0.0), (100.0, 100.0));
        let rect = Placement { shown, frame, rotate: 0, unit: 2.0 }.matrix(500.0).rect(shown);
        assert_eq!((whole(rect.width()), whole(rect.left)), (200, 150));
    }
}
