//! Receives a file by its kind: PDF, picture, or office document.

use super::drawing::{Drawn, Printed};
use super::facts::Size;
use super::office::{self, Office, OfficeFailure};
use super::{Content, Facts, Order, PageSize, Reader, Received, Refusal, Remark, Subject};
use crate::fs::cache::Cache;
use crate::fs::has_ending;
use crate::pictures::{self, Picture, Sharpness, Unusable};

/// The frame of an A4 sheet as large as the usual layout leaves it, in points: short and long side.
/// A picture that does not say how large it is gets no larger sheet.
const FRAME: (f64, f64) = (525.0, 770.0);

/// Dots to the inch below which what a picture says of its size cannot be meant for paper.
const OF_PAPER: f64 = 120.0;

/// Receives files.
#[derive(Debug)]
pub struct Receiver {
    reader: Reader,
    office: Office,
}

/// Why a file cannot be received, as a clause without its name.
#[derive(Debug, thiserror::Error)]
pub enum ReceiveFailure {
    /// A PDF.
    #[error(transparent)]
    Pdf(#[from] Refusal),
    /// An office document.
    #[error(transparent)]
    Office(#[from] OfficeFailure),
    /// A picture.
    #[error(transparent)]
    Picture(#[from] Unusable),
}

impl ReceiveFailure {
    /// Says what to do.
    pub(crate) fn help(&self) -> String {
        match self {
            Self::Pdf(refusal) => refusal.help(),
            Self::Office(failure) => failure.help(),
            Self::Picture(unusable) => unusable.help(),
        }
    }
}

impl Receiver {
    /// Receives files with this reader of PDFs and this converter of office documents.
    pub fn new(reader: Reader, office: Office) -> Self {
        Self { reader, office }
    }

    /// Takes up what was read before.
    #[must_use]
    pub(crate) fn with_cache(self, cache: &Cache) -> Self {
        Self { reader: self.reader.with_cache(cache), ..self }
    }

    /// Gives what reads PDFs and pictures.
    pub(crate) fn reader(&self) -> &Reader {
        &self.reader
    }

    /// Gives the path below the workspace at which the PDF made of an office document is kept.
    pub(crate) fn kept_at(&self, name: &str, bytes: &[u8]) -> Option<String> {
        self.office.kept_at(name, bytes)
    }

    /// Receives a file of this name, whose ending says what it is.
    pub fn receive(&self, name: &str, bytes: &[u8], order: &Order) -> Result<Received, ReceiveFailure> {
        if office::is_office(name) {
            return self.converted(name, bytes, order);
        }
        if has_ending(name, &["pdf"]) {
            if let Some(failure) = office::called_pdf(bytes) {
                return Err(failure.into());
            }
            return Ok(self.reader.read(bytes, order)?);
        }
        let pages = self.reader.pictures(name, bytes, Printed::OnSheet)?;
        Ok(of_pictures(&pages, order)?)
    }

    fn converted(&self, name: &str, bytes: &[u8], order: &Order) -> Result<Received, ReceiveFailure> {
        let converted = self.office.convert(name, bytes)?;
        let mut received = self.reader.read(&converted.pdf, order)?;
        if let Some(failure) = office::printed_folder(&received.words) {
            return Err(failure.into());
        }
        let all;
        let words = if order.pages.is_empty() {
            &received.words
        } else {
            all = self.reader.read(&converted.pdf, &Order::default())?.words;
            &all
        };
        let whole = office::lost(&converted.source, words);
        let cut_off = office::cut_off(&converted.source, words);
        let (facts, source) = (&mut received.facts, &converted.source);
        facts.remarks.extend(whole.map(|message| Remark { subject: Subject::Lost, pages: Vec::new(), message }));
        facts.remarks.extend(cut_off.map(|message| Remark { subject: Subject::Unshown, pages: Vec::new(), message }));
        // Labels and cells that ran off their places did so when the sheet was converted, and its bookmarks are
        // the names of its sheets.
        let of_conversion = |subject| {
            matches!(subject, Subject::CutOff | Subject::Cropped | Subject::Unsaid) && office::is_spreadsheet(name)
        };
        facts.remarks.retain(|remark| !of_conversion(remark.subject));
        let fonts: Vec<String> = facts.fonts.iter().map(|font| font.name.clone()).collect();
        if let Some(message) = office::stand_ins(source, &fonts) {
            facts.remarks.push(Remark { subject: Subject::Substituted, pages: Vec::new(), message });
        }
        facts.remarks.extend(office::remarks(source));
        facts.remarks.sort();
        facts.metadata = office::metadata(source);
        facts.format = format!("office document, converted to {}", facts.format);
        facts.claims.clear();
        Ok(received)
    }
}

/// Takes pictures in, each as a page.
fn of_pictures(all: &[Drawn], order: &Order) -> Result<Received, Refusal> {
    let count = u32::try_from(all.len()).unwrap_or(u32::MAX);
    let wanted = order.numbers(count)?;
    let mut facts = Facts { format: "picture".to_owned(), pages: count, ..Facts::default() };
    let (mut faces, mut pictures) = (Vec::new(), Vec::new());
    for number in wanted {
        let Some(Drawn { picture, remarks }) = all.get(number as usize - 1) else { continue };
        let (width, height) = printed_size(picture);
        faces.push(PageSize { number, width, height });
        facts.sizes.push(Size { width, height, pages: 1 });
        facts.remarks.extend_from_slice(remarks);
        let mut remark =
            |subject, message: String| facts.remarks.push(Remark { subject, pages: vec![number], message });
        if let (Some(dots), Sharpness::Coarse | Sharpness::Doubtful) =
            (picture.dots_per_inch(width), picture.sharpness(width))
        {
            remark(Subject::Coarse, format!("it prints with {dots:.0} dots to the inch"));
        }
        for change in &picture.changed {
            remark(Subject::Recoloured, change.clone());
        }
        for what in &picture.removed {
            facts.metadata.insert(what.clone(), "in the file, but left out of the pack".to_owned());
        }
        pictures.push((picture.ending, picture.bytes.clone()));
    }
    let prints = pictures.iter().map(|(_, bytes)| pictures::fingerprint(bytes)).collect();
    Ok(Received { faces, content: Content::Pictures(pictures), facts, words: Vec::new(), prints, tags: None })
}

/// Gives the size at which a picture is printed: its own where it says one that is meant for
/// paper, else as large as a sheet allows.
pub(super) fn printed_size(picture: &Picture) -> (f64, f64) {
    let (width, height) = picture.own_size();
    if picture.dpi.is_some_and(|(x, y)| x.min(y) >= OF_PAPER) {
        return (width, height);
    }
    let (wide, high) = if width > height { (FRAME.1, FRAME.0) } else { FRAME };
    let scale = (wide / width).min(high / height).min(1.0);
    (width * scale, height * scale)
}
