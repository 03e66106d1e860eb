use std::io::Cursor;

use image::{GrayImage, Luma};
use lopdf::{Dictionary, Document, Object, Stream, dictionary};

use crate::appended::facts::{Remark, Subject};
use crate::appended::visibility::examine;

/// Dots of the picture of a page, one to the point.
const SIZE: (u32, u32) = (595, 842);

/// What the picture shows where a word is.
#[derive(Clone, Copy, PartialEq)]
enum Ink {
    Letters,
    Value(u8),
}

type Word = (&'static str, u32, u32, Ink);

const LETTER: [Word; 8] = [
    ("Dear", 60, 760, Ink::Letters),
    ("Board", 110, 760, Ink::Letters),
    ("please", 60, 740, Ink::Letters),
    ("mend", 130, 740, Ink::Letters),
    ("the", 180, 740, Ink::Letters),
    ("well", 60, 720, Ink::Letters),
    ("yours", 110, 720, Ink::Letters),
    ("Philippa", 60, 700, Ink::Letters),
];

fn with_last(ink: Ink) -> [Word; 8] {
    let mut words = LETTER;
    words[7].3 = ink;
    words
}

/// Draws a page: each letter as a post with an arm.
fn drawn(words: &[Word]) -> GrayImage {
    let mut picture = GrayImage::from_pixel(SIZE.0, SIZE.1, Luma([255]));
    let mut fill = |left: u32, top: u32, wide: u32, high: u32, value: u8| {
        (top..top + high).for_each(|y| (left..left + wide).for_each(|x| picture.put_pixel(x, y, Luma([value]))));
    };
    for (word, x, y, ink) in words {
        let (left, line) = (*x, 842 - y);
        let letters = u32::try_from(word.len()).expect("a short word");
        match ink {
            Ink::Value(value) => fill(left - 2, line - 11, letters * 7 + 4, 15, *value),
            Ink::Letters => (0..letters).for_each(|letter| {
                fill(left + letter * 7 + 1, line - 8, 2, 8, 20);
                fill(left + letter * 7 + 1, line - 4, 4, 2, 20);
            }),
        }
    }
    picture
}

fn text(words: &[Word], mode: u8, shift: i64) -> String {
    let show =
        |(word, x, y, _): &Word| format!("BT {mode} Tr /F 11.667 Tf {x} {} Td ({word}) Tj ET ", i64::from(*y) + shift);
    words.iter().map(show).collect()
}

fn picture(entries: Dictionary, content: Vec<u8>) -> Stream {
    let mut dict = dictionary! {
        "Subtype" => "Image", "Width" => i64::from(SIZE.0), "Height" => i64::from(SIZE.1),
        "BitsPerComponent" => 8, "ColorSpace" => "DeviceGray",
    };
    entries.into_iter().for_each(|(key, value)| dict.set(key, value));
    Stream::new(dict, content)
}

fn grey(words: &[Word]) -> Stream {
    picture(dictionary! {}, drawn(words).into_raw())
}

fn bits(words: &[Word]) -> Vec<u8> {
    let line = |line: &[u8]| -> Vec<u8> {
        let byte =
            |dots: &[u8]| (0..8).fold(0, |byte, at| byte << 1 | u8::from(dots.get(at).is_some_and(|dot| *dot > 127)));
        line.chunks(8).map(byte).collect()
    };
    drawn(words).as_raw().chunks(SIZE.0 as usize).flat_map(line).collect()
}

/// Looks at a page with these pictures, `/A` and so on, and this content.
fn remarks(pictures: Vec<Stream>, content: &str) -> Vec<Remark> {
    let mut pdf = Document::new();
    let mut names = Dictionary::new();
    for (name, mut picture) in ["A", "B", "C"].into_iter().zip(pictures) {
        if let Ok(Object::Array(mask)) = picture.dict.get(b"Of").cloned() {
            let mask = grey(&with_last(if mask.is_empty() { Ink::Letters } else { Ink::Value(0) }));
            picture.dict.remove(b"Of");
            picture.dict.set("SMask", pdf.add_object(mask));
        }
        names.set(name, pdf.add_object(picture));
    }
    let font = dictionary! { "Subtype" => "Type1", "BaseFont" => "Courier", "Encoding" => "WinAnsiEncoding" };
    let content = pdf.add_object(Stream::new(dictionary! {}, content.as_bytes().to_vec()));
    let page = pdf.add_object(dictionary! {
        "MediaBox" => vec![0.into(), 0.into(), 595.into(), 842.into()],
        "Contents" => content,
        "Resources" => dictionary! { "Font" => dictionary! { "F" => font }, "XObject" => names },
    });
    examine(&pdf, &[(page, 1)]).remarks
}

fn messages(pictures: Vec<Stream>, content: &str) -> Vec<String> {
    let hidden = |remark: &Remark| remark.subject == Subject::Covered;
    remarks(pictures, content).into_iter().filter(hidden).map(|remark| remark.message).collect()
}

const PLACE: &str = "q 595 0 0 842 0 0 cm /A Do Q ";
const TOLD: &str = "1 word lies where the picture shows nothing and can be copied out, such as `Ph…`: \
                    1 word on page 1, 2 cm from the left and 5 cm from the top";

fn encoded(words: &[Word]) -> Vec<(&'static str, Stream)> {
    let page = drawn(words);
    let mut jpeg = Cursor::new(Vec::new());
    page.write_to(&mut jpeg, image::ImageFormat::Jpeg).expect("a JPEG");
    let jpeg = jpeg.into_inner();
    let hexadecimal: String = jpeg.iter().map(|byte| format!("{byte:02x}")).chain([">".to_owned()]).collect();
    let rgb: Vec<u8> = page.as_raw().iter().flat_map(|value| [*value; 3]).collect();
    let cmyk: Vec<u8> = page.as_raw().iter().flat_map(|value| [0, 0, 0, 255 - value]).collect();
    let turned: Vec<u8> = bits(words).iter().map(|byte| !byte).collect();
    let numbers: Vec<u8> = page.as_raw().iter().map(|value| u8::from(*value < 128)).collect();
    let palette = Object::Array(vec![
        "Indexed".into(),
        "DeviceRGB".into(),
        1.into(),
        Object::String(vec![255, 255, 250, 10, 10, 20], lopdf::StringFormat::Hexadecimal),
    ]);
    let mut coder = fax::encoder::Encoder::new(fax::VecWriter::new());
    for line in page.as_raw().chunks(SIZE.0 as usize) {
        let dots = line.iter().map(|dot| if *dot > 127 { fax::Color::White } else { fax::Color::Black });
        coder.encode_line(dots, 595).expect("a line");
    }
    let fax = coder.finish().expect("an end").finish();
    let fax_parameters = |more: Dictionary| {
        let mut dict = dictionary! { "K" => -1, "Columns" => 595, "Rows" => 842 };
        more.into_iter().for_each(|(key, value)| dict.set(key, value));
        dict
    };
    let mut flate = picture(dictionary! {}, page.as_raw().clone());
    flate.compress().expect("it can be packed");
    vec![
        ("grey", grey(words)),
        ("Flate", flate),
        ("RGB", picture(dictionary! { "ColorSpace" => "DeviceRGB" }, rgb)),
        ("CMYK", picture(dictionary! { "ColorSpace" => "DeviceCMYK" }, cmyk)),
        ("bits", picture(dictionary! { "BitsPerComponent" => 1 }, bits(words))),
        (
            "bits turned round",
            picture(dictionary! { "BitsPerComponent" => 1, "Decode" => vec![1.into(), 0.into()] }, turned),
        ),
        ("palette", picture(dictionary! { "ColorSpace" => palette }, numbers)),
        ("JPEG", picture(dictionary! { "Filter" => "DCTDecode" }, jpeg)),
        (
            "JPEG in hexadecimal",
            picture(
                dictionary! { "Filter" => vec!["ASCIIHexDecode".into(), "DCTDecode".into()] },
                hexadecimal.into_bytes(),
            ),
        ),
        (
            "fax",
            picture(
                dictionary! { "BitsPerComponent" => 1, "Filter" => "CCITTFaxDecode", "DecodeParms" => fax_parameters(dictionary! {}) },
                fax.clone(),
            ),
        ),
        (
            "fax as a stencil of black",
            picture(
                dictionary! { "BitsPerComponent" => 1, "ImageMask" => true, "Filter" => "CCITTFaxDecode", "DecodeParms" => fax_parameters(dictionary! {}) },
                fax,
            ),
        ),
    ]
}

#[test]
fn finds_recognised_words_that_were_blacked_out_in_the_picture() {
    let words = with_last(Ink::Value(0));
    for (what, picture) in encoded(&words) {
        assert_eq!(messages(vec![picture], &format!("{PLACE}{}", text(&words, 3, 0))), [TOLD], "{what}");
    }
    for ink in [Ink::Value(60), Ink::Value(255)] {
        let words = with_last(ink);
        assert_eq!(messages(vec![grey(&words)], &format!("{PLACE}{}", text(&words, 3, 0))), [TOLD]);
    }
    // A page on which all of it was wiped out.
    let wiped = LETTER.map(|(word, x, y, _)| (word, x, y, Ink::Value(255)));
    let all = messages(vec![grey(&wiped)], &format!("{PLACE}{}", text(&wiped, 3, 0)));
    assert!(all[0].starts_with("8 words lie where the picture shows nothing"), "{all:?}");
    // Painted text that lies under the scan.
    assert_eq!(messages(vec![grey(&words)], &format!("{}{PLACE}", text(&words, 0, 0))), [TOLD]);
    // Two halves, turned by the content.
    let halves = format!(
        "q 0 0 595 421 re W n 595 0 0 842 0 0 cm /A Do Q q 0 421 595 421 re W n 595 0 0 842 0 0 cm /A Do Q {}",
        text(&words, 3, 0)
    );
    assert_eq!(messages(vec![grey(&words)], &halves), [TOLD]);
}

#[test]
fn keeps_quiet_about_honest_scans() {
    for (what, picture) in encoded(&LETTER) {
        assert_eq!(messages(vec![picture], &format!("{PLACE}{}", text(&LETTER, 3, 0))), [""; 0], "{what}");
    }
    // Text that lies a little beside its picture, or for the most part beside its lines.
    for shift in [-9, -4, -2, 2, 4, 9] {
        let content = format!("{PLACE}{}", text(&LETTER, 3, shift));
        assert_eq!(messages(vec![grey(&LETTER)], &content), [""; 0], "{shift}");
    }
    // A picture that cannot be read.
    let unread = picture(dictionary! { "Filter" => "JPXDecode" }, vec![0; 4]);
    assert_eq!(messages(vec![unread], &format!("{PLACE}{}", text(&LETTER, 3, 0))), [""; 0]);
}

#[test]
fn sees_letters_in_whichever_layer_they_are() {
    let blank = |value: u8| picture(dictionary! {}, vec![value; (SIZE.0 * SIZE.1) as usize]);
    let stencil = |words: &[Word]| picture(dictionary! { "BitsPerComponent" => 1, "ImageMask" => true }, bits(words));
    let masked = || {
        let mut masked = blank(0);
        masked.dict.set("Of", Object::Array(Vec::new()));
        masked
    };
    let layers = "q 595 0 0 842 0 0 cm /A Do /B Do Q ";
    let words = with_last(Ink::Value(0));
    // A background without the letters, and the letters on it.
    assert_eq!(messages(vec![blank(250), stencil(&LETTER)], &format!("{layers}{}", text(&LETTER, 3, 0))), [""; 0]);
    assert_eq!(messages(vec![blank(250), stencil(&words)], &format!("{layers}{}", text(&words, 3, 0))), [TOLD]);
    assert_eq!(messages(vec![blank(255), masked()], &format!("{layers}{}", text(&LETTER, 3, 0))).len(), 0);
}
