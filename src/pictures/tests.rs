use super::{Picture, Sharpness, Unusable, kind, unpack};

fn prepare(path: &str, bytes: &[u8]) -> Result<Vec<Picture>, Unusable> {
    super::prepare(kind(path, bytes)?, bytes)
}

fn svg(inner: &str) -> String {
    format!("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"96\" height=\"48\">{inner}</svg>")
}

/// Says what there is too much of in a drawing.
#[track_caller]
fn too_much(drawing: &str) -> String {
    match prepare("a.svg", drawing.as_bytes()) {
        Err(Unusable::TooMuch(what)) => what.into_owned(),
        other => panic!("{:?}", other.map(|pages| pages.len())),
    }
}

#[test]
fn drawings_declare_no_abbreviations() {
    let drawing = svg("<rect width='4' height='4'/>");
    let plain = "<?xml version='1.0'?>\n<!DOCTYPE svg PUBLIC \"-//W3C//DTD SVG 1.1//EN\" \"http://w3.org/s>.dtd\">\n";
    let with = |doctype: &str| prepare("a.svg", format!("{doctype}{drawing}").as_bytes());
    assert_eq!(with(plain), with(""));
    assert_eq!(with("<!DOCTYPE svg [<!ENTITY a 'b'>]>"), Err(Unusable::Abbreviations));
    assert_eq!(with("<!DOCTYPE svg PUBLIC '[' 'x' [ ]>"), Err(Unusable::Abbreviations));
    assert_eq!(with("<!DOCTYPE svg>\n<!DOCTYPE svg>"), Err(Unusable::Drawing));
    assert_eq!(with("<!DOCTYPE svg"), Err(Unusable::Drawing));
}

#[test]
fn drawings_are_no_more_work_than_is_good() {
    let text = |letters: usize| format!("<text>{}</text>", "a".repeat(letters));
    assert!(prepare("a.svg", svg(&text(5_000).repeat(20)).as_bytes()).is_ok());
    assert_eq!(too_much(&svg(&text(5_001))), "a text of 5,000 letters or more");
    assert_eq!(too_much(&svg(&text(5_000).repeat(21))), "100,000 letters or more");

    let blurs = |many: usize| {
        let blurs = "<feGaussianBlur stdDeviation='99'/>".repeat(many);
        let shape = "<rect width='96' height='48' filter='url(#f)'/>";
        svg(&format!("<filter id='f' width='9' height='9'>{blurs}</filter>{shape}"))
    };
    assert!(prepare("a.svg", blurs(5).as_bytes()).is_ok());
    assert!(too_much(&blurs(50)).starts_with("blurs, shadows"));

    let groups = |deep: usize| svg(&format!("{}<path d='M0 0h9'/>{}", "<g>".repeat(deep), "</g>".repeat(deep)));
    assert!(prepare("a.svg", groups(190).as_bytes()).is_ok());
    assert_eq!(too_much(&groups(300)), "elements too deep inside each other");

    // Each of twenty patterns is drawn with the next, twice.
    let pattern = |n: usize| {
        let shape = format!("<rect width='5' height='9' fill='url(#p{})'/>", n + 1);
        format!("<pattern id='p{n}' width='9' height='9' patternUnits='userSpaceOnUse'>{shape}{shape}</pattern>")
    };
    let patterns: String = (0..20).map(pattern).collect();
    let last = "<pattern id='p20' width='9' height='9'><rect width='3' height='3'/></pattern>";
    let shape = "<rect width='90' height='40' fill='url(#p0)'/>";
    assert!(too_much(&svg(&format!("{patterns}{last}{shape}"))).starts_with("a million elements"));
}

#[test]
fn drawings_hold_their_pictures_themselves() {
    assert!(prepare("a.SVG", svg("<rect width=\"4\" height=\"4\"/>").as_bytes()).is_ok());
    assert_eq!(prepare("a.svg", svg("<image href='other.png'/>").as_bytes()), Err(Unusable::ShowsFile));
    assert_eq!(prepare("a.svg", b"<svg"), Err(Unusable::Drawing));
    assert_eq!(prepare("a.png", b"<svg/>"), Err(Unusable::Ending { kind: super::Kind::Svg }));
    assert!(prepare("a.png", b"GIF89a").is_err());
}

#[test]
fn drawings_keep_what_is_drawn() {
    let inner = "<!-- by J. Bloggs --><script>x()</script><title>T</title>\
                 <g onclick=\"y()\" data-name=\"Z\"><rect style=\"fill:url(http://a.example/b)\"/></g>";
    let picture = prepare("a.svg", svg(inner).as_bytes()).expect("a drawing").remove(0);
    let text = String::from_utf8(picture.bytes).expect("text");
    let start = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"96\" height=\"48\">";
    assert_eq!(text, format!("{start}<g><rect style=\"fill:none\"></rect></g></svg>"));
    assert_eq!(picture.removed, ["a description or keywords", "scripts", "links to web pages or other files"]);
    assert_eq!((picture.width, picture.height), (72, 36));
}

#[test]
fn remedies_are_imperative() {
    let why = prepare("a.jpg", b"II*\0").expect_err("a TIFF");
    assert_eq!(why.to_string(), "its ending does not say what it is: it is a TIFF picture");
    assert_eq!(why.help(), "rename it to end in `.tif`, also where a text names it");
    let why = prepare("a.jpg", b"\0\0\0\x18ftypheic").expect_err("a HEIC");
    assert_eq!(why.to_string(), "it is a HEIC photograph, which cannot be printed");
}

#[test]
fn sharpness_is_by_width() {
    let mut picture = Picture {
        ending: "png",
        bytes: Vec::new(),
        width: 200,
        height: 100,
        dpi: None,
        removed: Vec::new(),
        changed: Vec::new(),
    };
    assert_eq!(picture.dots_per_inch(72.0), Some(200.0));
    assert_eq!(picture.sharpness(72.0), Sharpness::Fine);
    assert_eq!(picture.sharpness(97.0), Sharpness::Doubtful);
    assert_eq!(picture.sharpness(145.0), Sharpness::Coarse);
    picture.ending = "svg";
    assert_eq!(picture.sharpness(1000.0), Sharpness::Fine);
}

/// Half of it opaque, half of it transparent with a pattern left there.
fn erased() -> image::RgbaImage {
    image::RgbaImage::from_fn(12, 8, |x, y| {
        let shade = u8::try_from(x * 20 + y).unwrap_or(255);
        image::Rgba([shade, 90, 255 - shade, if x < 6 { 255 - shade } else { 0 }])
    })
}

fn packed(picture: &image::DynamicImage, format: image::ImageFormat) -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    picture.write_to(&mut bytes, format).expect("it can be written");
    bytes.into_inner()
}

/// Checks that nothing is left under what is transparent, and all else stays.
fn is_clear(before: &image::RgbaImage, bytes: &[u8], what: &str) {
    let after = image::load_from_memory(bytes).expect("a picture").to_rgba8();
    let unseen: std::collections::BTreeSet<_> =
        after.pixels().filter(|pixel| pixel.0[3] == 0).map(|pixel| pixel.0).collect();
    assert_eq!(unseen.len(), 1, "{what}: {unseen:?}");
    for (old, new) in before.pixels().zip(after.pixels()) {
        assert!(old.0[3] == new.0[3] && (old.0[3] == 0 || old == new), "{what}: {old:?} became {new:?}");
    }
}

#[test]
fn nothing_is_left_where_a_picture_is_transparent() {
    use image::{DynamicImage, ImageFormat};
    let eight = DynamicImage::ImageRgba8(erased());
    let grey = DynamicImage::ImageLumaA8(eight.to_luma_alpha8());
    let sixteen = DynamicImage::ImageRgba16(eight.to_rgba16());
    for (what, picture, format, path) in [
        ("PNG", &eight, ImageFormat::Png, "a.png"),
        ("grey PNG", &grey, ImageFormat::Png, "a.png"),
        ("PNG of 16 bits", &sixteen, ImageFormat::Png, "a.png"),
        ("WebP", &eight, ImageFormat::WebP, "a.webp"),
    ] {
        let cleaned = prepare(path, &packed(picture, format)).expect("a picture").remove(0);
        is_clear(&picture.to_rgba8(), &cleaned.bytes, what);
        assert_eq!(cleaned.removed, ["what its transparent parts showed before they were erased"], "{what}");
    }
    let inside = base64::Engine::encode(&base64::prelude::BASE64_STANDARD, packed(&eight, ImageFormat::Png));
    let drawing = svg(&format!("<image width='9' height='9' href='data:image/png;base64,{inside}'/>"));
    let cleaned = String::from_utf8(prepare("a.svg", drawing.as_bytes()).expect("a drawing").remove(0).bytes);
    let cleaned = cleaned.expect("text");
    let inside = cleaned.split("base64,").nth(1).and_then(|rest| rest.split('"').next()).expect("a picture");
    let inside = base64::Engine::decode(&base64::prelude::BASE64_STANDARD, inside).expect("base 64");
    is_clear(&eight.to_rgba8(), &inside, "PNG in SVG");
}

#[test]
fn nothing_is_left_under_transparent_colours_of_a_palette() {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, 4, 2);
    encoder.set_color(png::ColorType::Indexed);
    encoder.set_palette(vec![10, 20, 30, 200, 0, 0, 0, 200, 0, 0, 0, 200]);
    encoder.set_trns(vec![255, 0, 0, 255]);
    let mut writer = encoder.write_header().expect("a header");
    writer.write_image_data(&[0, 1, 2, 3, 2, 1, 1, 0]).expect("dots");
    writer.finish().expect("an end");
    let before = image::load_from_memory(&bytes).expect("a picture").to_rgba8();
    let cleaned = prepare("a.png", &bytes).expect("a picture").remove(0);
    is_clear(&before, &cleaned.bytes, "palette");
}

#[test]
fn pictures_with_one_colour_under_what_is_transparent_stay_as_they_are() {
    let mut plain = erased();
    plain.pixels_mut().filter(|pixel| pixel.0[3] == 0).for_each(|pixel| *pixel = image::Rgba([0, 0, 0, 0]));
    let bytes = packed(&plain.into(), image::ImageFormat::Png);
    let cleaned = prepare("a.png", &bytes).expect("a picture").remove(0);
    assert_eq!((cleaned.bytes, cleaned.removed), (bytes, Vec::new()));
}

#[test]
fn dots_are_unpacked_line_by_line() {
    assert_eq!(unpack(&[0b1010_0000, 0b0100_0000], (3, 2), 1), [1, 0, 1, 0, 1, 0]);
    assert_eq!(unpack(&[0b1101_1000, 0], (3, 1), 2), [3, 1, 2]);
    assert_eq!(unpack(&[1, 2, 3, 4], (1, 2), 16), [1, 3]);
}
