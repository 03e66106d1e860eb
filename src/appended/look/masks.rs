//! Finds what a picture's mask keeps from view, and whoever takes the picture out of the file sees all the same.

use lopdf::{Dictionary, Document, Stream};

use super::budget::Budget;
use crate::pdf::objects::{get_integer, get_name, get_stream};
use crate::pdf::streams;

/// Places on each side of a picture at which picture and mask are compared.
const GRID: usize = 128;
/// Value of a mask up to which nothing shows.
const UNSEEN: u8 = 25;
/// Least part of a picture that must be kept from view.
const MUCH: usize = GRID * GRID / 100;
/// Difference of neighbours that shows a line of something, and the part of neighbours that must differ so.
const LINE: u8 = 40;
const LINES: f64 = 0.03;
/// Most dots of a picture that is looked into.
const LARGEST: usize = 40_000_000;

/// Grey values of a picture, row by row.
struct Grey {
    width: usize,
    height: usize,
    values: Vec<u8>,
}

impl Grey {
    /// Gives the value at a place of the grid.
    fn at(&self, column: usize, row: usize) -> Option<u8> {
        let place = |at: usize, size: usize| (at * 2 + 1) * size / (2 * GRID);
        self.values.get(place(row, self.height) * self.width + place(column, self.width)).copied()
    }

    /// Reads a picture of eight bits to the dot.
    fn read(pdf: &Document, stream: &Stream, budget: &mut Budget) -> Option<Self> {
        let size = |key| usize::try_from(get_integer(pdf, &stream.dict, key)?).ok();
        let (width, height) = (size(b"Width")?, size(b"Height")?);
        let dots = width.checked_mul(height).filter(|dots| (1..=LARGEST).contains(dots))?;
        budget.spend_bytes(dots).then_some(())?;
        let filters = streams::filters(pdf, &stream.dict);
        if let [filter] = &filters[..]
            && filter == b"DCTDecode"
        {
            let picture = image::load_from_memory_with_format(&stream.content, image::ImageFormat::Jpeg).ok()?;
            let grey = picture.into_luma8();
            let (width, height) = (grey.width() as usize, grey.height() as usize);
            return Some(Self { width, height, values: grey.into_raw() });
        }
        if get_integer(pdf, &stream.dict, b"BitsPerComponent") != Some(8)
            || get_name(pdf, &stream.dict, b"Filter").is_some_and(|filter| filter == b"JPXDecode")
        {
            return None;
        }
        let bytes = streams::decode(pdf, stream)?;
        let parts = bytes.len() / dots;
        // Grey, coloured, or four inks; what is packed otherwise is too short.
        (1..=4).contains(&parts).then_some(())?;
        let values = bytes.chunks_exact(parts).take(dots).map(|dot| dot[dot.len() / 2]).collect();
        Some(Self { width, height, values })
    }
}

/// Tells whether a picture shows something where its soft mask lets nothing be seen.
pub fn hides_something(pdf: &Document, image: &Stream, budget: &mut Budget) -> bool {
    hidden_lines(pdf, image, &image.dict, budget).is_some_and(|part| part >= LINES)
}

/// Gives the part of neighbours that differ, where both are kept from view.
fn hidden_lines(pdf: &Document, image: &Stream, dict: &Dictionary, budget: &mut Budget) -> Option<f64> {
    let mask = Grey::read(pdf, get_stream(pdf, dict, b"SMask")?, budget)?;
    let unseen = |column, row| mask.at(column, row).is_some_and(|value| value <= UNSEEN);
    let all = || (0..GRID).flat_map(|row| (0..GRID - 1).map(move |column| (column, row)));
    if all().filter(|(column, row)| unseen(*column, *row)).count() < MUCH {
        return None;
    }
    let picture = Grey::read(pdf, image, budget)?;
    let (mut pairs, mut lines) = (0_u32, 0_u32);
    for (column, row) in all().filter(|(column, row)| unseen(*column, *row) && unseen(*column + 1, *row)) {
        let (Some(one), Some(next)) = (picture.at(column, row), picture.at(column + 1, row)) else { continue };
        pairs += 1;
        lines += u32::from(one.abs_diff(next) > LINE);
    }
    Some(f64::from(lines) / f64::from(pairs.max(1)))
}
