//! Puts the pages of appended files in the places that the typesetter left for them.
//!
//! The typesetter makes a pack with one page for each appended page: stamps at head and foot, and
//! an empty frame. Here each such page gets the foreign page, scaled into the frame, below its
//! stamps; and the pack gets the file's links, bookmarks and tags. Foreign contents stay on the
//! level of the page, so that the numbers of their marks stay as they are; the stamps become a
//! form with names of their own.
//!
//! Appended files have been cleaned before (`crate::appended::sanitize`): they can be trusted here.

use std::collections::BTreeMap;

use lopdf::{Document, Object, ObjectId, SaveOptions};
use sha2::{Digest, Sha256};

mod claims;
mod headers;
mod import;
mod links;
mod outline;
pub(crate) mod page_labels;
mod pages;
mod tags;

pub use claims::Claims;
pub use pages::Frame;

/// An appended file and where it goes.
#[derive(Debug, Clone)]
pub struct Appended<'a> {
    /// The cleaned file.
    pub pdf: &'a [u8],
    /// Title, for the tags.
    pub title: &'a str,
    /// By how many levels its headings go down: they stand below that of their item.
    pub below: u8,
    /// Where its pages go, in order.
    pub spots: Vec<Spot>,
}

/// Where a page goes.
#[derive(Debug, Clone)]
pub struct Spot {
    /// Index of the page in the pack's PDF, from 0.
    pub page: usize,
    /// The frame on it.
    pub frame: Frame,
    /// Words for the page of the pack, such as `Page 53`: what links to it are called.
    pub words: String,
    /// What stands in the place of the page for those who cannot see it, if it has no tags.
    pub alternative: String,
}

/// Why pages could not be put in.
#[derive(Debug, thiserror::Error)]
pub enum AssembleFailure {
    /// The typesetter's PDF cannot be read.
    #[error("the typeset pack cannot be read again: {0}")]
    Shell(String),
    /// A cleaned file cannot be read.
    #[error("“{title}” cannot be put into the pack: {why}")]
    File {
        /** Title of the paper. */
        title: String,
        /** What is wrong. */
        why: String,
    },
    /// The result cannot be written.
    #[error("the pack cannot be written: {0}")]
    Write(#[from] std::io::Error),
}

/// Puts appended files into a pack, lets it claim the standards that it may, and packs its
/// objects tightly. `labels` are the numbers printed on its pages, one for each; without them the
/// pages keep those that the typesetter has counted.
pub fn pack(
    shell: &[u8],
    appended: &[Appended],
    claims: Claims,
    labels: Option<&[String]>,
) -> Result<Vec<u8>, AssembleFailure> {
    let mut pack = Document::load_mem(shell).map_err(|error| AssembleFailure::Shell(error.to_string()))?;
    headers::mend(&mut pack);
    if !appended.is_empty() {
        insert(&mut pack, appended)?;
        identify(&mut pack, appended);
    }
    page_labels::write(&mut pack, labels.unwrap_or_default());
    claims::write(&mut pack, claims).ok_or_else(|| AssembleFailure::Shell("it has no metadata".to_owned()))?;
    write(pack, shell.len() + appended.iter().map(|one| one.pdf.len()).sum::<usize>())
}

fn insert(pack: &mut Document, appended: &[Appended]) -> Result<(), AssembleFailure> {
    let sheets: Vec<ObjectId> = pack.page_iter().collect();
    let broken = || AssembleFailure::Shell("its tags are missing".to_owned());
    let mut tags = tags::Tags::take(pack, &sheets).ok_or_else(broken)?;
    for (index, one) in appended.iter().enumerate() {
        let failure = |why: &str| AssembleFailure::File { title: one.title.to_owned(), why: why.to_owned() };
        let ids: Option<Vec<ObjectId>> = one.spots.iter().map(|spot| sheets.get(spot.page).copied()).collect();
        let ids = ids.ok_or_else(|| failure("its pages are missing in the pack"))?;
        let mut file = import::import(pack, one.pdf, &ids)
            .ok_or_else(|| failure("its pages are not as many as the places for them"))?;
        let placements: Vec<pages::Placement> =
            file.pages.iter().zip(&one.spots).map(|(page, spot)| pages::Placement::of(page, spot.frame)).collect();
        let by_page: BTreeMap<ObjectId, usize> = ids.iter().enumerate().map(|(index, id)| (*id, index)).collect();
        let aims = links::Aims { placements: &placements, pages: &by_page, spots: &one.spots };
        for ((page, id), placement) in file.pages.iter_mut().zip(&ids).zip(&placements) {
            pages::overlay(pack, *id, page, *placement, &mut tags).ok_or_else(|| failure("a page has no place"))?;
            links::place(pack, page, *id, *placement, &aims);
        }
        tags.hang(pack, &file, one, index, &ids);
        outline::hang(pack, &file, ids.first().copied(), &aims);
    }
    tags.put_back(pack);
    Ok(())
}

/// Gives the pack another identity than that of the pack without appended pages.
fn identify(pack: &mut Document, appended: &[Appended]) {
    let Ok(Object::Array(ids)) = pack.trailer.get_mut(b"ID") else { return };
    let Some(Object::String(last, _)) = ids.last_mut() else { return };
    let mut hash = Sha256::new();
    hash.update(&*last);
    for one in appended {
        hash.update(one.pdf);
    }
    *last = hash.finalize()[..16].to_vec();
}

fn write(mut pack: Document, size: usize) -> Result<Vec<u8>, AssembleFailure> {
    // Nothing refers any more to the marks of places that have been taken.
    pack.prune_objects();
    let options = SaveOptions::builder().use_object_streams(true).use_xref_streams(true).compression_level(6).build();
    let mut bytes = Vec::with_capacity(size);
    pack.save_with_options(&mut bytes, options)?;
    Ok(bytes)
}
