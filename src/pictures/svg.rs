//! SVG drawings: read as XML and written anew with what Typst draws.
//!
//! Drawing programs write much into a drawing that is not drawn: who made it and in which folder,
//! the whole document for editing it again, links, scripts, and the metadata of the photographs in
//! it. Only elements and attributes that are drawn are copied, so what is not known is left out.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::fmt::Write as _;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use data_url::DataUrl;
use roxmltree::{Document, Node, ParsingOptions};

use super::traces::{self, Trace};
use super::{Kind, MOST_PIXELS, Picture, Turn, Unusable, css, jpeg, png, raster, words};

mod names;
mod references;
mod weight;

const SVG: &str = "http://www.w3.org/2000/svg";
const XLINK: &str = "http://www.w3.org/1999/xlink";
const XML: &str = "http://www.w3.org/XML/1998/namespace";

/// Bytes that a drawing may have, with the pictures in it.
const MOST_TEXT: usize = 64 * 1024 * 1024;
/// Elements and texts that a drawing may have.
const MOST_NODES: u32 = 500_000;
/// Elements that may lie inside each other.
const DEEPEST: usize = 200;
/// Drawings that may lie inside each other.
const MOST_DRAWINGS: usize = 3;
/// Layers of noise (`feTurbulence`), each of which takes its time.
const MOST_OCTAVES: u32 = 10;
/// Letters that a drawing may have, and each of its texts, which is set as a whole.
const MOST_LETTERS: usize = 100_000;
const LONGEST_TEXT: usize = 5_000;

/// What may still be in a drawing and those inside it.
struct Left {
    pixels: u64,
    letters: usize,
}

pub(super) fn prepare(bytes: &[u8]) -> Result<Picture, Unusable> {
    inside(bytes, 1, &mut Left { pixels: MOST_PIXELS, letters: MOST_LETTERS })
}

/// Prepares a drawing that lies in so many others.
fn inside(bytes: &[u8], drawings: usize, left: &mut Left) -> Result<Picture, Unusable> {
    if bytes.len() > MOST_TEXT {
        return Err(Unusable::TooMuch("64 MB or more".into()));
    }
    let text = std::str::from_utf8(bytes).map_err(|_| Unusable::Drawing)?;
    let text = without_doctype(text.trim_start_matches('\u{FEFF}'))?;
    let options = ParsingOptions { nodes_limit: MOST_NODES, ..ParsingOptions::default() };
    let document = Document::parse_with_options(&text, options).map_err(|why| match why {
        roxmltree::Error::NodesLimitReached => Unusable::TooMuch("500,000 elements or more".into()),
        _ => Unusable::Drawing,
    })?;
    let root = document.root_element();
    if !root.has_tag_name((SVG, "svg")) {
        return Err(Unusable::Drawing);
    }
    let mut writer = Writer {
        text: String::new(),
        traces: BTreeSet::new(),
        removed: Vec::new(),
        changed: Vec::new(),
        drawings,
        left,
    };
    writer.element(root, 1)?;
    references::bounded(root)?;
    let mut removed = words(&writer.traces);
    removed.extend(writer.removed.into_iter().filter(|words| !removed.contains(words)).collect::<Vec<_>>());
    let (width, height) = size(&writer.text)?;
    Ok(Picture {
        ending: "svg",
        bytes: writer.text.into_bytes(),
        width,
        height,
        dpi: None,
        removed,
        changed: writer.changed,
    })
}

/// Leaves out what says of which type a document is, which drawing programs write and no program needs. One that
/// declares abbreviations is refused: they grow without end when they are written out.
fn without_doctype(text: &str) -> Result<Cow<'_, str>, Unusable> {
    const START: &str = "<!DOCTYPE";
    let Some((before, after)) = text.split_once(START) else { return Ok(text.into()) };
    let mut quote = None;
    for (at, sign) in after.char_indices() {
        match (sign, quote) {
            ('"' | '\'', None) => quote = Some(sign),
            (sign, Some(open)) if sign == open => quote = None,
            ('[', None) => return Err(Unusable::Abbreviations),
            ('>', None) => return Ok([before, &after[at + 1..]].concat().into()),
            _ => {}
        }
    }
    Err(Unusable::Drawing)
}

/// Gives the words of a drawing, a line for each of its texts.
pub(super) fn drawn_words(bytes: &[u8]) -> String {
    let options = ParsingOptions { nodes_limit: MOST_NODES, ..ParsingOptions::default() };
    let Some(document) =
        std::str::from_utf8(bytes).ok().and_then(|text| Document::parse_with_options(text, options).ok())
    else {
        return String::new();
    };
    let texts = document.descendants().filter(|node| node.has_tag_name((SVG, "text")));
    let words =
        |node: Node| node.descendants().filter(Node::is_text).filter_map(|text| text.text()).collect::<String>();
    texts.map(words).collect::<Vec<_>>().join("\n")
}

/// Lets Typst's own reader try a drawing, and gives its size in points. Its texts are not set.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // Held between 1 and a million.
fn size(text: &str) -> Result<(u32, u32), Unusable> {
    let options = usvg::Options {
        font_family: String::new(),
        resources_dir: None,
        image_href_resolver: usvg::ImageHrefResolver {
            resolve_data: usvg::ImageHrefResolver::default_data_resolver(),
            resolve_string: Box::new(|_, _| None),
        },
        ..usvg::Options::default()
    };
    let tree = usvg::Tree::from_str(text, &options).map_err(|why| match why {
        usvg::Error::ElementsLimitReached => {
            Unusable::TooMuch("a million elements or more, each counted as often as it is used".into())
        }
        _ => Unusable::Drawing,
    })?;
    weight::bounded(&tree)?;
    // SVG's pixels are 1/96 inch (CSS Values 3, 6.2).
    let points = |pixels: f32| (pixels * 0.75).ceil().clamp(1.0, 1_000_000.0) as u32;
    Ok((points(tree.size().width()), points(tree.size().height())))
}

/// Writes what is kept of a drawing.
struct Writer<'a> {
    text: String,
    traces: BTreeSet<Trace>,
    /// What was taken out of pictures in the drawing.
    removed: Vec<String>,
    /// What is different in them.
    changed: Vec<String>,
    drawings: usize,
    left: &'a mut Left,
}

impl Writer<'_> {
    fn element(&mut self, node: Node, depth: usize) -> Result<(), Unusable> {
        if depth > DEEPEST {
            return Err(Unusable::TooMuch("elements too deep inside each other".into()));
        }
        let name = node.tag_name().name();
        if node.tag_name().namespace() != Some(SVG) || !names::is_element(name) {
            self.left_out(node);
            return Ok(());
        }
        let _ = write!(self.text, "<{name}");
        if depth == 1 {
            let _ = write!(self.text, " xmlns=\"{SVG}\"");
        }
        self.attributes(node, name)?;
        self.text.push('>');
        let letters = self.left.letters;
        for child in node.children() {
            if child.is_element() {
                self.element(child, depth + 1)?;
            } else if child.is_text() && names::holds_text(name) {
                let text = child.text().unwrap_or_default();
                if name == "style" {
                    let tidy = css::tidy(text);
                    self.led_out(tidy.led_out);
                    escape(&mut self.text, &tidy.text);
                } else {
                    self.letters(text)?;
                }
            }
        }
        if name == "text" && letters - self.left.letters > LONGEST_TEXT {
            return Err(Unusable::TooMuch("a text of 5,000 letters or more".into()));
        }
        let _ = write!(self.text, "</{name}>");
        Ok(())
    }

    fn letters(&mut self, text: &str) -> Result<(), Unusable> {
        self.left.letters = (self.left.letters.checked_sub(text.len()))
            .ok_or_else(|| Unusable::TooMuch("100,000 letters or more".into()))?;
        escape(&mut self.text, text);
        Ok(())
    }

    fn attributes(&mut self, node: Node, name: &str) -> Result<(), Unusable> {
        for attribute in node.attributes() {
            let (key, value) = (attribute.name(), attribute.value());
            match attribute.namespace() {
                None if key == "href" => {}
                None if names::is_attribute(key) => self.attribute(key, value)?,
                Some(XML) if key == "space" => self.attribute("xml:space", value)?,
                Some(XLINK) => {}
                namespace => self.foreign_attribute(namespace, key, value),
            }
        }
        let address = node.attribute("href").or_else(|| node.attribute((XLINK, "href")));
        address.map_or(Ok(()), |address| self.address(name, address.trim()))
    }

    fn attribute(&mut self, key: &str, value: &str) -> Result<(), Unusable> {
        if key == "numOctaves" && value.trim().parse::<f64>().is_ok_and(|octaves| octaves > f64::from(MOST_OCTAVES)) {
            return Err(Unusable::TooMuch("noise of many layers".into()));
        }
        let _ = write!(self.text, " {key}=\"");
        let tidy = css::tidy(value);
        self.led_out(tidy.led_out);
        escape(&mut self.text, &tidy.text);
        self.text.push('"');
        Ok(())
    }

    /// Keeps an address that names a part of the drawing, or a picture that is in it.
    fn address(&mut self, name: &str, address: &str) -> Result<(), Unusable> {
        let value = match name {
            _ if address.is_empty() => return Ok(()),
            "a" => {
                self.traces.insert(Trace::Links);
                return Ok(());
            }
            _ if address.starts_with('#') => address.to_owned(),
            "image" | "feImage" if starts_with(address, "data:") => {
                self.embedded(address).map_err(|why| Unusable::Inside(Box::new(why)))?
            }
            "image" | "feImage" | "use" | "tref" => return Err(Unusable::ShowsFile),
            _ => {
                self.traces.insert(Trace::Links);
                return Ok(());
            }
        };
        self.text.push_str(" href=\"");
        escape(&mut self.text, &value);
        self.text.push('"');
        Ok(())
    }

    /// Prepares a picture inside the drawing.
    fn embedded(&mut self, address: &str) -> Result<String, Unusable> {
        let data = DataUrl::process(address).map_err(|_| Unusable::Damaged)?;
        let (bytes, _) = data.decode_to_vec().map_err(|_| Unusable::Damaged)?;
        let kind = if bytes.is_empty() { return Err(Unusable::Empty) } else { Kind::of_bytes(&bytes)? };
        let picture = match kind {
            Kind::Png => png::prepare(&bytes)?,
            Kind::Jpeg => jpeg::prepare(&bytes, Turn::Baked)?,
            Kind::Gif | Kind::WebP => raster::prepare(&bytes, kind)?,
            Kind::Svg if self.drawings < MOST_DRAWINGS => inside(&bytes, self.drawings + 1, self.left)?,
            Kind::Svg => return Err(Unusable::TooMuch("drawings inside drawings".into())),
            Kind::Tiff => return Err(Unusable::Foreign("a TIFF picture".into())),
        };
        if kind != Kind::Svg {
            let pixels = u64::from(picture.width) * u64::from(picture.height);
            self.left.pixels = (self.left.pixels.checked_sub(pixels))
                .ok_or_else(|| Unusable::TooMuch("100 million pixels or more".into()))?;
        }
        let added = |list: &[String], more: Vec<String>| -> Vec<String> {
            more.into_iter().filter(|words| !list.contains(words)).collect()
        };
        let (removed, changed) = (added(&self.removed, picture.removed), added(&self.changed, picture.changed));
        self.removed.extend(removed);
        self.changed.extend(changed);
        let kind = match picture.ending {
            "jpg" => "jpeg",
            "svg" => "svg+xml",
            other => other,
        };
        Ok(format!("data:image/{kind};base64,{}", STANDARD.encode(&picture.bytes)))
    }

    fn led_out(&mut self, led_out: bool) {
        if led_out {
            self.traces.insert(Trace::Links);
        }
    }

    /// Notes what an element told that is left out.
    fn left_out(&mut self, node: Node) {
        let name = node.tag_name();
        let trace = match (name.namespace(), name.name()) {
            (_, "script" | "handler") => Trace::Scripts,
            (_, "metadata" | "RDF" | "xmpmeta") => {
                let told = &node.document().input_text()[node.range()];
                return self.traces.extend(traces::in_xmp(told.as_bytes()));
            }
            (_, "pgf" | "pgfRef" | "aipgf" | "aipgfRef") => Trace::Source,
            (Some(SVG), "title" | "desc") => Trace::Description,
            (Some(SVG), "foreignObject") => Trace::Text,
            (Some(SVG), "animate" | "animateTransform" | "animateMotion" | "animateColor" | "set") => Trace::Animation,
            (Some(SVG), _) => return,
            _ => Trace::Program,
        };
        self.traces.insert(trace);
    }

    /// Notes what an attribute told that is left out.
    fn foreign_attribute(&mut self, namespace: Option<&str>, key: &str, value: &str) {
        let trace = match key {
            "export-filename" | "docname" | "docbase" | "absref" | "base" => Trace::Paths,
            _ if namespace.is_some_and(|namespace| namespace != SVG && namespace != XML) => Trace::Program,
            "content" if value.trim_start().starts_with('<') => Trace::Source,
            _ if starts_with(key, "on") => Trace::Scripts,
            _ if starts_with(key, "data-") || starts_with(key, "aria-") => Trace::Description,
            _ => return,
        };
        self.traces.insert(trace);
    }
}

fn starts_with(text: &str, start: &str) -> bool {
    text.as_bytes().get(..start.len()).is_some_and(|first| first.eq_ignore_ascii_case(start.as_bytes()))
}

fn escape(text: &mut String, value: &str) {
    for sign in value.chars() {
        match sign {
            '&' => text.push_str("&amp;"),
            '<' => text.push_str("&lt;"),
            '>' => text.push_str("&gt;"),
            '"' => text.push_str("&quot;"),
            '\n' | '\r' | '\t' => {
                let _ = write!(text, "&#{};", u32::from(sign));
            }
            sign => text.push(sign),
        }
    }
}
