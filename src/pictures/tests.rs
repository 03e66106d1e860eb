use super::{Picture, Sharpness, Unusable, prepare};

fn svg(inner: &str) -> String {
    format!("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"96\" height=\"48\">{inner}</svg>")
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
