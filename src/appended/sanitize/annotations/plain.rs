//! Draws annotations that say what they are and bring no picture of it: viewers draw them too, and a box that
//! is left out would bring to light what it lies over. (ISO 32000-1, 12.5.6.)

use std::fmt::Write as _;

use lopdf::{Dictionary, Document, Object, Stream};

use crate::pdf::geometry::{Rect, number};
use crate::pdf::objects::{self, get_array, get_dictionary, get_number, get_rect};
use crate::pdf::streams;

/// Points of one annotation that are drawn.
const MOST: usize = 100_000;
/// How far the handles of a curve lie that is a quarter of a circle.
const QUARTER: f64 = 0.5523;

/// Gives the form of an annotation without a picture; nothing for kinds that cannot be drawn without one.
pub(super) fn form(pdf: &Document, dict: &Dictionary, kind: &[u8]) -> Option<Stream> {
    let rect = get_rect(pdf, dict, b"Rect").filter(|rect| rect.width() > 0.0 && rect.height() > 0.0)?;
    let border = get_dictionary(pdf, dict, b"BS").and_then(|border| get_number(pdf, border, b"W"));
    let old = get_array(pdf, dict, b"Border").and_then(|border| objects::number(pdf, border.get(2)?));
    let width = border.or(old).unwrap_or(1.0).clamp(0.0, 200.0);
    let lined = colour(pdf, dict, b"C", ["G", "RG"]).filter(|_| width > 0.0);
    let filled = colour(pdf, dict, b"IC", ["g", "rg"]);
    let marker = colour(pdf, dict, b"C", ["g", "rg"]);
    let points = |key| get_array(pdf, dict, key).map(|items| numbers(pdf, items));
    let mut way = String::new();
    let (fill, line) = match kind {
        b"Square" | b"Circle" => {
            let inner = shrunk(rect, width / 2.0);
            if kind == b"Square" {
                square(inner, &mut way);
            } else {
                circle(inner, &mut way);
            }
            (filled, lined)
        }
        b"Polygon" | b"PolyLine" => {
            run(&points(b"Vertices")?, &mut way);
            way.push_str(if kind == b"Polygon" { "h\n" } else { "" });
            (filled.filter(|_| kind == b"Polygon"), lined)
        }
        b"Line" => {
            run(&points(b"L")?, &mut way);
            (None, lined)
        }
        b"Ink" => {
            let strokes = get_array(pdf, dict, b"InkList")?.iter();
            strokes.filter_map(|stroke| array(pdf, stroke)).for_each(|stroke| run(&numbers(pdf, stroke), &mut way));
            (None, lined)
        }
        b"Highlight" => {
            quads(&points(b"QuadPoints")?, |[a, b, c, d]| run(&[a, b, d, c].concat(), &mut way));
            (marker, None)
        }
        b"Underline" | b"Squiggly" | b"StrikeOut" => {
            let middle = if kind == b"StrikeOut" { 0.5 } else { 0.05 };
            let between = |low: [f64; 2], high: [f64; 2]| [0, 1].map(|at| low[at] + (high[at] - low[at]) * middle);
            quads(&points(b"QuadPoints")?, |[a, b, c, d]| run(&[between(c, a), between(d, b)].concat(), &mut way));
            (None, lined)
        }
        _ => return None,
    };
    painted(pdf, dict, rect, kind, &way, (fill, line, width))
}

/// Makes a form that paints a way.
fn painted(
    pdf: &Document,
    dict: &Dictionary,
    rect: Rect,
    kind: &[u8],
    way: &str,
    (fill, line, width): (Option<String>, Option<String>, f64),
) -> Option<Stream> {
    let paint = match (&fill, &line) {
        _ if way.is_empty() => return None,
        (Some(_), Some(_)) => "B",
        (Some(_), None) => "f",
        (None, Some(_)) => "S",
        (None, None) => return None,
    };
    let colours = [fill, line].into_iter().flatten().collect::<Vec<_>>().join(" ");
    let content = format!("/State gs {colours} {} w 1 J 1 j\n{way}{paint}\n", number(width));
    let mut state = Dictionary::new();
    let alpha = get_number(pdf, dict, b"CA").unwrap_or(1.0).clamp(0.0, 1.0);
    for key in ["CA", "ca"] {
        state.set(key, objects::real(alpha));
    }
    if kind == b"Highlight" {
        state.set("BM", Object::Name(b"Multiply".to_vec()));
    }
    let one = |key: &str, value: Dictionary| Dictionary::from_iter([(key, Object::Dictionary(value))]);
    let mut form = Dictionary::new();
    form.set("Type", Object::Name(b"XObject".to_vec()));
    form.set("Subtype", Object::Name(b"Form".to_vec()));
    form.set("BBox", objects::rect(rect));
    form.set("Resources", Object::Dictionary(one("ExtGState", one("State", state))));
    Some(streams::compressed(form, content.into_bytes()))
}

fn colour(pdf: &Document, dict: &Dictionary, key: &[u8], operators: [&str; 2]) -> Option<String> {
    colour_of(&numbers(pdf, get_array(pdf, dict, key)?), operators)
}

/// Writes a colour, without inks that PDF/A would ask a profile for.
pub(in crate::appended::sanitize) fn colour_of(parts: &[f64], [grey, coloured]: [&str; 2]) -> Option<String> {
    match *parts {
        [light] => Some(format!("{} {grey}", number(light))),
        [red, green, blue] => Some(format!("{} {} {} {coloured}", number(red), number(green), number(blue))),
        [cyan, magenta, yellow, black] => {
            let [red, green, blue] = [cyan, magenta, yellow].map(|ink| number((1.0 - ink - black).clamp(0.0, 1.0)));
            Some(format!("{red} {green} {blue} {coloured}"))
        }
        _ => None,
    }
}

fn array<'a>(pdf: &'a Document, object: &'a Object) -> Option<&'a [Object]> {
    match objects::resolve(pdf, object)? {
        Object::Array(items) => Some(items),
        _ => None,
    }
}

fn numbers(pdf: &Document, items: &[Object]) -> Vec<f64> {
    items.iter().take(MOST).filter_map(|item| objects::number(pdf, item)).collect()
}

fn shrunk(rect: Rect, by: f64) -> Rect {
    let by = by.min(rect.width() / 2.0).min(rect.height() / 2.0);
    Rect { left: rect.left + by, bottom: rect.bottom + by, right: rect.right - by, top: rect.top - by }
}

fn square(rect: Rect, way: &mut String) {
    let [x, y, wide, high] = [rect.left, rect.bottom, rect.width(), rect.height()].map(number);
    let _ = writeln!(way, "{x} {y} {wide} {high} re");
}

fn circle(rect: Rect, way: &mut String) {
    let (x, y) = (f64::midpoint(rect.left, rect.right), f64::midpoint(rect.bottom, rect.top));
    let (wide, high) = (rect.width() / 2.0, rect.height() / 2.0);
    let at = |across: f64, up: f64| format!("{} {}", number(x + across * wide), number(y + up * high));
    let _ = writeln!(way, "{} m", at(1.0, 0.0));
    for (from, to) in
        [((1.0, 0.0), (0.0, 1.0)), ((0.0, 1.0), (-1.0, 0.0)), ((-1.0, 0.0), (0.0, -1.0)), ((0.0, -1.0), (1.0, 0.0))]
    {
        let (from, to): ((f64, f64), (f64, f64)) = (from, to);
        let first = at(from.0 + to.0 * QUARTER, from.1 + to.1 * QUARTER);
        let second = at(to.0 + from.0 * QUARTER, to.1 + from.1 * QUARTER);
        let _ = writeln!(way, "{first} {second} {} c", at(to.0, to.1));
    }
    way.push_str("h\n");
}

/// Adds a way along points.
fn run(points: &[f64], way: &mut String) {
    for (index, point) in points.chunks_exact(2).enumerate() {
        let _ = writeln!(way, "{} {} {}", number(point[0]), number(point[1]), if index == 0 { "m" } else { "l" });
    }
}

/// Gives the corners of each part of marked text: upper left and right, lower left and right.
fn quads(points: &[f64], mut each: impl FnMut([[f64; 2]; 4])) {
    for quad in points.chunks_exact(8) {
        each([[quad[0], quad[1]], [quad[2], quad[3]], [quad[4], quad[5]], [quad[6], quad[7]]]);
    }
}
