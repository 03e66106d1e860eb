//! Finds what a picture's mask keeps from view, and whoever takes the picture out of the file sees all the same.

use lopdf::{Dictionary, Document, Stream};

use super::budget::Budget;
use super::grey::Grey;
use crate::pdf::objects::{get_integer, get_stream};
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

/// Gives the value of a picture at a place of the grid.
fn value(grey: &Grey, column: usize, row: usize) -> Option<u8> {
    let place = |at: usize, size: usize| (at * 2 + 1) * size / (2 * GRID);
    grey.dot(place(column, grey.width), place(row, grey.height))
}

/// Reads a picture of eight bits to the dot.
fn read(pdf: &Document, stream: &Stream, budget: &mut Budget) -> Option<Grey> {
    let eight = get_integer(pdf, &stream.dict, b"BitsPerComponent") == Some(8);
    let jpeg = streams::filters(pdf, &stream.dict) == [b"DCTDecode"];
    (eight || jpeg).then(|| Grey::read(pdf, stream, budget)).flatten()
}

/// Tells whether a picture shows something where its soft mask lets nothing be seen.
pub(crate) fn hides_something(pdf: &Document, image: &Stream, budget: &mut Budget) -> bool {
    hidden_lines(pdf, image, &image.dict, budget).is_some_and(|part| part >= LINES)
}

/// Gives the part of neighbours that differ, where both are kept from view.
fn hidden_lines(pdf: &Document, image: &Stream, dict: &Dictionary, budget: &mut Budget) -> Option<f64> {
    let mask = read(pdf, get_stream(pdf, dict, b"SMask")?, budget)?;
    let unseen = |column, row| value(&mask, column, row).is_some_and(|value| value <= UNSEEN);
    let all = || (0..GRID).flat_map(|row| (0..GRID - 1).map(move |column| (column, row)));
    if all().filter(|(column, row)| unseen(*column, *row)).count() < MUCH {
        return None;
    }
    let picture = read(pdf, image, budget)?;
    let (mut pairs, mut lines) = (0_u32, 0_u32);
    for (column, row) in all().filter(|(column, row)| unseen(*column, *row) && unseen(*column + 1, *row)) {
        let (Some(one), Some(next)) = (value(&picture, column, row), value(&picture, column + 1, row)) else {
            continue;
        };
        pairs += 1;
        lines += u32::from(one.abs_diff(next) > LINE);
    }
    Some(f64::from(lines) / f64::from(pairs.max(1)))
}
