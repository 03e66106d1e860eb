//! Whether a picture can be printed.

use typst::foundations::Bytes;
use typst::visualize::{ExchangeFormat, RasterImage, SvgImage};

use crate::fs::has_ending;

/// Says why a picture cannot be printed, if so. The ending of its name must say what it is.
pub fn problem(path: &str, bytes: &[u8]) -> Option<String> {
    let formats = [
        (ExchangeFormat::Png, &["png"][..]),
        (ExchangeFormat::Jpg, &["jpg", "jpeg"]),
        (ExchangeFormat::Gif, &["gif"]),
        (ExchangeFormat::Webp, &["webp"]),
    ];
    if has_ending(path, &["svg"]) {
        if links_to_other_files(bytes) {
            return Some("it shows another file; put the picture itself into the drawing".to_owned());
        }
        return SvgImage::new(Bytes::new(bytes.to_vec()))
            .err()
            .map(|_| "it cannot be read as an SVG drawing".to_owned());
    }
    let Some((format, _)) = formats.into_iter().find(|(_, endings)| has_ending(path, endings)) else {
        return Some("it is not of a kind that can be printed".to_owned());
    };
    if ExchangeFormat::detect(bytes) != Some(format) {
        return Some("its ending does not say what it is, or it is damaged".to_owned());
    }
    RasterImage::plain(Bytes::new(bytes.to_vec()), format).err().map(|_| "it is damaged and cannot be shown".to_owned())
}

/// Tells whether an `<image>` of a drawing has its picture elsewhere.
fn links_to_other_files(svg: &[u8]) -> bool {
    let text = String::from_utf8_lossy(svg);
    text.split("<image").skip(1).any(|rest| {
        let element = rest.split('>').next().unwrap_or(rest);
        let address = element.split("href").nth(1).and_then(|rest| rest.split(['"', '\'']).nth(1));
        address.is_some_and(|address| !address.trim_start().starts_with("data:"))
    })
}

#[cfg(test)]
mod tests {
    use super::problem;

    #[test]
    fn drawings_hold_their_pictures_themselves() {
        let svg =
            |inner: &str| format!("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\">{inner}</svg>");
        assert_eq!(problem("a.SVG", svg("<rect width=\"4\" height=\"4\"/>").as_bytes()), None);
        assert!(problem("a.svg", svg("<image href='other.png'/>").as_bytes()).is_some());
        assert!(problem("a.svg", b"<svg").is_some());
        assert!(problem("a.png", b"GIF89a").is_some());
    }
}
