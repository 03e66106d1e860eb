//! Drawings, read in a process of their own: prepared for print, and tried as the typesetter will set them, so that it
//! meets only drawings that are known to take little memory and time.
//!
//! What they hide is found in the PDF of the trial, in which their words are text, as in a PDF that somebody sent.

use std::io;
use std::path::Path;
use std::sync::{Arc, OnceLock};

use krilla::geom::Size;
use krilla::page::PageSettings;
use krilla_svg::{SurfaceExt as _, SvgSettings};
use lopdf::Document;
use usvg::fontdb::{Database, Source};

use serde::{Deserialize, Serialize};

use super::facts::{Remark, Subject};
use super::{receive, visibility};
use crate::bounded::{self, Bounds, GIGABYTE, Stopped};
use crate::fonts;
use crate::pictures::{self, Kind, Picture, Unusable};

/// Name of the hidden verb that the process is started with.
pub(crate) const VERB: &str = "read-drawing";

/// Seconds that reading a drawing may take; more for large ones.
const SECONDS: u64 = 10;

/// Bytes of memory that it may take, besides some times its size.
const MEMORY: u64 = 2 * GIGABYTE;

/// How many times its size.
const MEMORY_TIMES: u64 = 16;

/// Family that stands in for those that are not there.
const FAMILY: &str = "Source Sans Pro";

/// A picture as it may be printed, and what it hides.
#[derive(Debug, Clone)]
pub(crate) struct Drawn {
    /// The picture.
    pub(crate) picture: Picture,
    /// What anybody can take out of the pack that nobody sees; of drawings only.
    pub(crate) remarks: Vec<Remark>,
}

/// Where a picture is printed, which says how large.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(crate) enum Printed {
    /// In a text.
    InText,
    /// On a sheet of its own.
    OnSheet,
}

/// What the process answers, with the drawing's bytes behind it.
#[derive(Serialize, Deserialize)]
struct Answer {
    width: u32,
    height: u32,
    removed: Vec<String>,
    changed: Vec<String>,
    remarks: Vec<Remark>,
}

/// Reads a drawing in this process.
pub(super) fn read(bytes: &[u8], printed: Printed) -> Result<Drawn, Unusable> {
    let picture = pictures::prepare(Kind::Svg, bytes)?.pop().ok_or(Unusable::Drawing)?;
    let size = match printed {
        Printed::InText => picture.own_size(),
        Printed::OnSheet => receive::printed_size(&picture),
    };
    Ok(Drawn { remarks: hidden(&picture.bytes, size), picture })
}

/// Reads a drawing in a process of its own.
pub(super) fn apart(program: &Path, bytes: &[u8], printed: Printed) -> Result<Drawn, Unusable> {
    let size = bytes.len() as u64;
    let bounds = Bounds { memory: MEMORY + MEMORY_TIMES * size, seconds: SECONDS + size / (1024 * 1024) };
    let answer = bounded::ask(program, VERB, bounds, &printed, &[bytes]);
    let (answer, bytes): (Result<Answer, Unusable>, _) = answer.map_err(|stopped| match stopped {
        Stopped::NotStarted(error) => Unusable::NotRead(error.to_string()),
        Stopped::Silent => Unusable::Drawing,
        stopped => Unusable::TooMuch(format!("reading it takes {stopped}").into()),
    })?;
    let Answer { width, height, removed, changed, remarks } = answer?;
    Ok(Drawn { picture: Picture { ending: "svg", bytes, width, height, dpi: None, removed, changed }, remarks })
}

/// Answers an order: what the process of [`VERB`] does.
pub(crate) fn serve() -> io::Result<()> {
    bounded::serve(|printed: Printed, bytes| match read(&bytes, printed) {
        Ok(Drawn { picture, remarks }) => {
            let Picture { bytes, width, height, removed, changed, .. } = picture;
            (Ok(Answer { width, height, removed, changed, remarks }), bytes)
        }
        Err(unusable) => (Err(unusable), Vec::new()),
    })
}

/// Finds what a drawing, as it was prepared for print, hides and anybody can take out of the pack: `width` and
/// `height` are those in which it is printed, in points.
fn hidden(drawing: &[u8], (width, height): (f64, f64)) -> Vec<Remark> {
    let Some(pdf) = set(drawing, (width, height)) else {
        return vec![Remark { subject: Subject::Covered, pages: vec![1], message: visibility::TOO_COMPLEX.to_owned() }];
    };
    let pages: Vec<_> = pdf.get_pages().into_values().map(|id| (id, 1)).collect();
    let mut remarks = visibility::examine(&pdf, &pages).remarks;
    remarks.retain(|remark| matches!(remark.subject, Subject::Covered | Subject::CutOff | Subject::Cropped));
    remarks
}

/// Sets a drawing on a page of its size.
#[expect(clippy::cast_possible_truncation, reason = "sizes of pages")]
fn set(drawing: &[u8], (width, height): (f64, f64)) -> Option<Document> {
    let options = usvg::Options {
        font_family: FAMILY.to_owned(),
        fontdb: Arc::clone(families()),
        resources_dir: None,
        image_href_resolver: usvg::ImageHrefResolver {
            resolve_data: usvg::ImageHrefResolver::default_data_resolver(),
            resolve_string: Box::new(|_, _| None),
        },
        ..usvg::Options::default()
    };
    let tree = usvg::Tree::from_data(drawing, &options).ok()?;
    let size = Size::from_wh(width as f32, height as f32)?;
    let mut pdf = krilla::Document::new();
    let mut page = pdf.start_page_with(PageSettings::new(size));
    let mut surface = page.surface();
    surface.draw_svg(&tree, size, SvgSettings { embed_text: true, filter_scale: 1.0 })?;
    surface.finish();
    page.finish();
    Document::load_mem(&pdf.finish().ok()?).ok()
}

fn families() -> &'static Arc<Database> {
    static FAMILIES: OnceLock<Arc<Database>> = OnceLock::new();
    FAMILIES.get_or_init(|| {
        let mut database = Database::new();
        for (_, font) in fonts::BUILT_IN {
            database.load_font_source(Source::Binary(Arc::new(*font)));
        }
        database.set_serif_family(FAMILY);
        database.set_sans_serif_family(FAMILY);
        database.set_monospace_family(FAMILY);
        database.set_cursive_family(FAMILY);
        database.set_fantasy_family(FAMILY);
        Arc::new(database)
    })
}

#[cfg(test)]
mod tests {
    use super::{Printed, read};
    use crate::appended::Subject;

    fn subjects(inner: &str) -> Vec<Subject> {
        let start = "<svg xmlns='http://www.w3.org/2000/svg' width='400' height='300' viewBox='0 0 400 300'>";
        let ground = "<rect width='400' height='300' fill='#fff'/>";
        let drawing = format!("{start}{ground}{inner}</svg>");
        let drawn = read(drawing.as_bytes(), Printed::InText).expect("a drawing");
        drawn.remarks.into_iter().map(|remark| remark.subject).collect()
    }

    #[test]
    fn finds_words_of_drawings_that_nobody_sees() {
        let text = |more: &str| format!("<text x='20' y='80' font-size='14' {more}>Harriet Quenby</text>");
        let cover = "<rect x='10' y='60' width='180' height='30'";
        for (inner, subject) in [
            (text("transform='translate(500 0)'"), Subject::CutOff),
            (text("transform='translate(0 -200)'"), Subject::CutOff),
            (
                format!(
                    "<g clip-path='url(#c)'>{}</g><clipPath id='c'><rect width='9' height='9'/></clipPath>",
                    text("")
                ),
                Subject::CutOff,
            ),
            (format!("<svg x='5' y='5' width='9' height='9'>{}</svg>", text("")), Subject::CutOff),
            (format!("{}{cover} fill='#fff'/>", text("")), Subject::Covered),
            (format!("{}{cover} fill='#000'/>", text("")), Subject::Covered),
            (format!("{}<path d='M10 75 H190' stroke='#000' stroke-width='30'/>", text("")), Subject::Covered),
            (text("fill-opacity='0'"), Subject::Covered),
            (text("opacity='0'"), Subject::Covered),
            (text("style='opacity:0.01'"), Subject::Covered),
            (format!("<g opacity='0'>{}</g>", text("")), Subject::Covered),
            (text("fill='none'"), Subject::Covered),
            (text("fill='#fff'"), Subject::Covered),
            (format!("{cover} fill='#336'/>{}", text("fill='#336'")), Subject::Covered),
            (text("transform='scale(0.02)'"), Subject::Covered),
        ] {
            assert_eq!(subjects(&inner), [subject], "{inner}");
        }
    }

    #[test]
    fn keeps_quiet_about_words_of_drawings_that_are_seen() {
        let text = |more: &str| format!("<text x='20' y='80' font-size='14' {more}>Harriet Quenby</text>");
        let cover = "<rect x='10' y='60' width='180' height='30'";
        for inner in [
            text(""),
            text("display='none'"),
            text("visibility='hidden'"),
            text("fill-opacity='0.5'"),
            text("fill='none' stroke='#000'"),
            text("stroke='#fff' stroke-width='3' paint-order='stroke'"),
            format!("{}{}", text("stroke='#fff' stroke-width='3'"), text("")),
            format!("{cover} fill='#336'/>{}", text("fill='#fff'")),
            format!("{}{cover} fill='#ff0' fill-opacity='0.3'/>", text("")),
            format!("{}{cover} fill='none' stroke='#000'/>", text("")),
            text("transform='rotate(-20 100 80)'"),
        ] {
            assert_eq!(subjects(&inner), [], "{inner}");
        }
    }
}
