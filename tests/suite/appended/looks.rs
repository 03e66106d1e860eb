//! Pages look as they did, in their place on the sheet, and nothing of them shows beside it.

#![allow(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "pixels are few"
)]

use lopdf::{Document, Object};

use super::made::{DRAWING, Made, size};
use super::other::{Book, Picture};
use super::{Built, FORM, LETTER, MM, PLAN, Place, SAMPLES, SCAN, SLIDES, build, sample, samples, workspace};

/// Pixels to the point at which packs are painted.
const SHARP: f64 = 1.5;
/// Points that a cell of the comparison is wide and high.
const CELL: f64 = 5.0;
/// Greys by which cells may differ: in the mean, and the worst of them. (Edges fall on other pixels.)
const MEAN: f64 = 1.5;
const WORST: f64 = 40.0;

/// An area of a picture, in pixels.
#[derive(Clone, Copy)]
struct Area {
    left: f64,
    top: f64,
    width: f64,
    height: f64,
}

/// Gives the mean greys of an area's cells, row by row.
fn cells(picture: &Picture, area: Area, columns: usize, rows: usize) -> Vec<f64> {
    let edges = |start: f64, length: f64, count: usize, most: usize| -> Vec<Vec<(usize, f64)>> {
        let one = |index: usize| {
            let from = start + length * index as f64 / count as f64;
            let to = start + length * (index + 1) as f64 / count as f64;
            let pixels = from.floor() as usize..(to.ceil() as usize).min(most);
            pixels.map(|pixel| (pixel, to.min(pixel as f64 + 1.0) - from.max(pixel as f64))).collect()
        };
        (0..count).map(one).collect()
    };
    let across = edges(area.left, area.width, columns, picture.width);
    let down = edges(area.top, area.height, rows, picture.height);
    let mean = |row: &[(usize, f64)], column: &[(usize, f64)]| {
        let (mut sum, mut weight) = (0.0, 0.0);
        for (y, high) in row {
            for (x, wide) in column {
                sum += picture.grey[y * picture.width + x] * high * wide;
                weight += high * wide;
            }
        }
        sum / weight
    };
    down.iter().flat_map(|row| across.iter().map(|column| mean(row, column)).collect::<Vec<_>>()).collect()
}

/// Gives the mean and the greatest difference of cells.
fn difference(one: &[f64], other: &[f64]) -> (f64, f64) {
    let each = || one.iter().zip(other).map(|(one, other)| (one - other).abs());
    (each().sum::<f64>() / one.len() as f64, each().fold(0.0, f64::max))
}

/// Asserts that a page looks in the pack as it does in its file.
#[track_caller]
fn assert_same(file: &Book, page: usize, pack: &Book, sheet: usize, what: &str) {
    assert_near((file, page), (pack, sheet), what, MEAN);
}

/// Asserts the same, with this mean difference of cells allowed.
#[track_caller]
fn assert_near((file, page): (&Book, usize), (pack, sheet): (&Book, usize), what: &str, most: f64) {
    let size = file.size(page);
    let place = Place::of(size, pack.size(sheet));
    let (width, height) = (size.0 * place.scale * SHARP, size.1 * place.scale * SHARP);
    let before = file.picture(page, place.scale * SHARP);
    let after = pack.picture(sheet, SHARP);
    let [columns, rows] = [width, height].map(|length| (length / SHARP / CELL).ceil() as usize);
    let whole = Area { left: 0.0, top: 0.0, width, height };
    let placed = Area { left: place.left * SHARP, top: place.top * SHARP, width, height };
    let (was, is) = (cells(&before, whole, columns, rows), cells(&after, placed, columns, rows));
    let (mean, worst) = difference(&was, &is);
    assert!(mean < most && worst < WORST, "{what}: differs by {mean:.2} in the mean, {worst:.1} at the worst");
    // What is seen is no blank page, and not the same when it is turned.
    let turned: Vec<f64> = is.iter().rev().copied().collect();
    assert!(difference(&was, &turned).0 > 2.0 * most, "{what}: nothing much is on the page");
    assert_white_around(&after, placed, what);
}

/// Asserts that nothing shows between head and foot but the page.
fn assert_white_around(sheet: &Picture, page: Area, what: &str) {
    let growth = (sheet.width.min(sheet.height) as f64 / SHARP / (297.0 * MM)).max(1.0);
    let [head, foot] = [14.0, 14.0].map(|strip| strip * MM * growth * SHARP);
    let inside = |at: f64, start: f64, length: f64| at > start - 2.0 && at < start + length + 1.0;
    for y in head.ceil() as usize..(sheet.height as f64 - foot).floor() as usize {
        for x in 0..sheet.width {
            if !(inside(x as f64, page.left, page.width) && inside(y as f64, page.top, page.height)) {
                let grey = sheet.grey[y * sheet.width + x];
                assert!(grey > 250.0, "{what}: grey {grey} beside the page, at {x}, {y}");
            }
        }
    }
}

/// Appends pages made of these entries, each with the same content, and asserts that they look the same.
fn assert_pages(pages: &[(&str, String)], content: &str) -> Built {
    let mut made = Made::default();
    for (_, entries) in pages {
        made.page(entries, content);
    }
    let bytes = made.bytes();
    let built = build(&workspace(&[("a.pdf", bytes.clone())], &[&["{file: a.pdf, title: A, description: A drawing}"]]));
    let (file, pack, first) = (Book::read(&bytes), built.pack(), built.first_pages()[0]);
    for (page, (what, _)) in pages.iter().enumerate() {
        assert_same(&file, page, &pack, first + page, what);
    }
    built
}

#[test]
fn pages_turned_cropped_and_in_other_units_look_the_same() {
    let with = |more: &str| format!("/MediaBox [0 0 200 140] /Resources << >> {more}");
    assert_pages(
        &[
            ("across", with("")),
            ("upright", size(140, 200)),
            ("turned by 90", with("/Rotate 90")),
            ("turned by 180", with("/Rotate 180")),
            ("turned by 270", with("/Rotate 270")),
            ("turned backwards", with("/Rotate -90")),
            ("cropped", "/MediaBox [-50 -30 250 170] /CropBox [-13.5 7.25 180.5 133] /Resources << >>".to_owned()),
            (
                "cropped and turned",
                "/MediaBox [-50 -30 250 170] /CropBox [-13.5 7.25 180.5 133] /Rotate 90 /Resources << >>".to_owned(),
            ),
            ("a box named backwards", "/MediaBox [200 140 0 0] /Resources << >>".to_owned()),
            ("in units of two points", with("/UserUnit 2")),
            ("in units of two points, turned", with("/UserUnit 2 /Rotate 270")),
            ("left open", with("")),
        ],
        &format!("q {DRAWING}"),
    );
}

#[test]
fn patterns_and_shadings_keep_their_places() {
    let mut made = Made::default();
    let tile = made.stream(
        "/Type /Pattern /PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 90 90] /XStep 90 /YStep 90 /Resources << >>",
        b"0.8 0 0 rg 0 0 60 40 re f",
    );
    let shade = "<< /PatternType 2 /Shading << /ShadingType 2 /ColorSpace /DeviceGray /Coords [100 0 200 140] \
                 /Function << /FunctionType 2 /Domain [0 1] /C0 [0] /C1 [1] /N 1 >> /Extend [true true] >> >>";
    let resources = format!("/Resources << /Pattern << /T {tile} 0 R /S {shade} >> >>");
    let content = "/Pattern cs /T scn 0 0 100 140 re f /S scn 100 0 100 140 re f";
    for more in ["", "/Rotate 90", "/CropBox [13 7 190 120]"] {
        made.page(&format!("/MediaBox [0 0 200 140] {resources} {more}"), content);
    }
    let bytes = made.bytes();
    let built = build(&workspace(&[("a.pdf", bytes.clone())], &[&["{file: a.pdf, title: A, description: Tiles}"]]));
    let (file, pack, first) = (Book::read(&bytes), built.pack(), built.first_pages()[0]);
    for page in 0..3 {
        // The library lays tiles on whole pixels.
        assert_near((&file, page), (&pack, first + page), &format!("page {}", page + 1), 2.0 * MEAN);
    }
}

#[test]
fn large_pages_look_the_same_on_larger_sheets() {
    let pages = [("A4", 595, 842), ("A3", 842, 1191), ("A3 across", 1191, 842), ("A2", 1191, 1684), ("A0", 2384, 3370)];
    let named: Vec<(&str, String)> = pages.iter().map(|(name, width, height)| (*name, size(*width, *height))).collect();
    let built = assert_pages(&named, &format!("4 0 0 4 0 0 cm {DRAWING}"));
    let (pack, first) = (built.pack(), built.first_pages()[0]);
    for (page, (name, width, height)) in pages.iter().enumerate() {
        let (wide, high) = pack.size(first + page);
        // Each is set on a sheet of its own size, for none of them fits the next smaller one.
        let same = (wide - f64::from(*width)).abs() < 2.0 && (high - f64::from(*height)).abs() < 2.0;
        assert!(same, "{name} lies on a sheet of {wide} by {high}");
    }
}

/// Lets each field of a form have only the look of its state: the other library knows no more than one.
fn with_states_chosen(bytes: &[u8]) -> Vec<u8> {
    let mut document = Document::load_mem(bytes).expect("the sample can be read");
    for object in document.objects.values_mut() {
        let Ok(field) = object.as_dict_mut() else { continue };
        let state = field.get(b"AS").and_then(Object::as_name).map(<[u8]>::to_vec);
        let Ok(looks) = field.get_mut(b"AP").and_then(Object::as_dict_mut) else { continue };
        if let (Ok(state), Ok(Object::Dictionary(states))) = (state, looks.get(b"N").cloned()) {
            looks.set("N", states.get(&state).expect("the state has a look").clone());
        }
    }
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).expect("it can be written");
    bytes
}

#[test]
fn samples_look_the_same() {
    let (pack, first) = (samples().pack(), samples().first_pages());
    for (paper, pages) in [(LETTER, 0..4), (SLIDES, 0..3), (FORM, 0..2), (SCAN, 0..2), (PLAN, 0..1)] {
        let file = Book::read(&with_states_chosen(&sample(paper)));
        let index = SAMPLES.iter().position(|sample| *sample == paper).expect("it is a sample");
        for page in pages {
            assert_same(&file, page, &pack, first[index] + page, &format!("{paper}, page {}", page + 1));
        }
    }
}

#[test]
fn pages_of_the_annual_report_look_the_same() {
    let (pack, first, file) = (samples().pack(), samples().first_pages()[0], Book::read(&sample(SAMPLES[0])));
    for page in [0, 1, 6, 15, 35] {
        assert_same(&file, page, &pack, first + page, &format!("annual report, page {}", page + 1));
    }
}
