//! Data of appended papers: the faces of their pages, and the pictures that Typst itself sets.

use std::collections::BTreeMap;

use super::Job;
use super::content;
use super::literal::Data;
use super::markdown::Writer;
use crate::appended::{Content, PageSize, Received};
use crate::compose::Document;
use crate::model::text::plain;
use crate::model::{Appended, Paper};

/// Gives the data of an appended paper: nothing is on its pages yet but head and foot.
pub(super) fn appended(job: &Job, document: &Document, paper: &Paper, appended: &Appended, w: &mut Writer) -> Data {
    let received = job.appended.get(&paper.path);
    let faces = received.map(|received| received.faces.as_slice()).unwrap_or_default();
    let whole = received.map_or(0, |received| received.facts.pages);
    let pictures = pictures(document, received);
    let faces = faces.iter().enumerate().map(|(index, face)| {
        let picture = pictures.get(index).map(|(path, _)| path);
        let alternative = picture.map(|_| alternative(job, appended, *face, whole));
        Data::fields([
            ("number", Data::Integer(i64::from(face.number))),
            ("width", Data::Number(face.width)),
            ("height", Data::Number(face.height)),
            ("picture", Data::option(picture, |path| Data::string(format!("/{path}")))),
            ("alternative", Data::option(alternative, Data::string)),
        ])
    });
    let words = plain(&appended.title.content);
    let head =
        if words.chars().count() > LONGEST { content(&shortened(&words, LONGEST)) } else { w.line(&appended.title) };
    Data::fields([
        ("title", w.line(&appended.title)),
        ("head", head),
        ("pages", Data::Integer(i64::from(whole))),
        ("faces", Data::List(faces.collect())),
    ])
}

/// Gives the files of the pictures of a document: path in Typst's world, and bytes.
pub(super) fn files(job: &Job, document: &Document, paper: &Paper) -> BTreeMap<String, Vec<u8>> {
    let files = pictures(document, job.appended.get(&paper.path));
    files.into_iter().map(|(path, bytes)| (path, bytes.to_vec())).collect()
}

fn pictures<'a>(document: &Document, received: Option<&'a Received>) -> Vec<(String, &'a [u8])> {
    let Some(Received { content: Content::Pictures(pictures), .. }) = received else { return Vec::new() };
    let file = |(index, (ending, bytes)): (usize, &'a (&'static str, Vec<u8>))| {
        (format!("appended/{}-{}.{ending}", document.id, index + 1), bytes.as_slice())
    };
    pictures.iter().enumerate().map(file).collect()
}

/// Gives the words for those who cannot see a picture; of several pages each says which it is.
fn alternative(job: &Job, appended: &Appended, face: PageSize, whole: u32) -> String {
    let words = appended.description.as_ref().map_or_else(|| plain(&appended.title.content), |text| text.value.clone());
    if whole < 2 {
        return words;
    }
    let (page, pages) = (face.number.to_string(), whole.to_string());
    job.phrases.fill("appended-page", &[("title", &words), ("page", &page), ("pages", &pages)])
}

/// How many characters of a title the head of a page has room for.
const LONGEST: usize = 150;

/// Cuts a title between words.
pub(super) fn shortened(title: &str, most: usize) -> String {
    if title.chars().count() <= most {
        return title.to_owned();
    }
    let cut: String = title.chars().take(most).collect();
    format!("{}…", cut.rsplit_once(' ').map_or(cut.as_str(), |(whole, _)| whole).trim_end_matches([',', '.', ':', ';']))
}

#[cfg(test)]
mod tests {
    use super::shortened;

    #[test]
    fn long_titles_end_with_a_whole_word() {
        assert_eq!(shortened("Letter", 150), "Letter");
        let short = shortened(&"letters, ".repeat(40), 150);
        assert!(short.chars().count() <= 151 && short.ends_with("letters…"), "{short}");
    }
}
