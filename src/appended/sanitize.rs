//! Makes of a foreign PDF one that can go into a pack: only the pages wanted, nothing active,
//! nothing hidden, annotations and forms as they look, every page tagged.
//!
//! The result is a PDF of its own, simple enough for `assemble` to trust: pages hold all their
//! attributes, links lead to pages or web addresses, and the structure tree names its contents.

use std::collections::{BTreeMap, BTreeSet};

use lopdf::{Dictionary, Document, Object, ObjectId};

use super::facts::{Facts, Remark, Subject};
use super::{Order, PageSize};

mod annotations;
mod contents;
mod copy;
mod damage;
mod destinations;
mod dropped;
mod fields;
mod layers;
mod metadata;
pub(crate) mod open;
mod outline;
mod page;
mod pages;
mod structure;
mod used;
mod work;

pub(crate) use open::Refusal;

/// A cleaned file.
#[derive(Debug)]
pub(crate) struct Clean {
    /// The pages in order.
    pub(crate) faces: Vec<PageSize>,
    /// The pages' ids in the cleaned file, with their numbers in the file as it came.
    pub(crate) pages: Vec<(ObjectId, u32)>,
    /// The cleaned file.
    pub(crate) pdf: Document,
    /// What was found.
    pub(crate) facts: Facts,
}

/// What becomes known while a file is cleaned.
#[derive(Debug, Default)]
struct Notes(BTreeMap<(Subject, String), BTreeSet<u32>>);

impl Notes {
    fn file(&mut self, subject: Subject, message: impl Into<String>) {
        self.0.entry((subject, message.into())).or_default();
    }

    fn page(&mut self, subject: Subject, page: u32, message: impl Into<String>) {
        self.0.entry((subject, message.into())).or_default().insert(page);
    }

    fn remarks(self) -> Vec<Remark> {
        let remark = |((subject, message), pages): ((_, _), BTreeSet<u32>)| Remark {
            subject,
            pages: pages.into_iter().collect(),
            message,
        };
        self.0.into_iter().map(remark).collect()
    }
}

/// Cleans a file.
pub(crate) fn sanitize(bytes: &[u8], order: &Order, password: Option<&str>) -> Result<Clean, Refusal> {
    let mut notes = Notes::default();
    let (from, way) = open::open(bytes, password, &mut notes)?;
    if dropped::is_only_for_adobe(&from) {
        return Err(Refusal::OnlyForAdobe);
    }
    let all = pages::all(&from, way, &mut notes)?;
    let wanted = pages::wanted(&all, order)?;
    let mut facts = metadata::facts(&from, &all);
    dropped::note(&from, &mut facts, &mut notes);

    let hidden = layers::Hidden::of(&from, &mut notes);
    let mut structure = structure::Tree::read(&from);
    let mut to = Document::with_version("1.7");
    let mut copier = copy::Copier::new(&from, &mut to, &hidden, way, structure.is_tagged(), !order.pages.is_empty());
    let tree_of_pages = copier.reserve();
    let kept: Vec<ObjectId> = wanted.iter().map(|_| copier.reserve()).collect();
    let places: BTreeMap<ObjectId, usize> =
        wanted.iter().enumerate().rev().map(|(index, page)| (page.id, index)).collect();
    let targets = destinations::Targets::new(&from, &all, &kept, &places);

    let mut lost = BTreeSet::new();
    let mut lettering = fields::Lettering::default();
    for (page, id) in wanted.iter().zip(&kept) {
        let mut context = work::PageWork {
            page,
            copier: &mut copier,
            hidden: &hidden,
            targets: &targets,
            structure: &mut structure,
            notes: &mut notes,
            lettering: &mut lettering,
            lost: &mut lost,
            facts: &mut facts,
        };
        let dict = context.page(tree_of_pages)?;
        copier.put(*id, Object::Dictionary(dict));
    }
    if !lost.is_empty() {
        return Err(way.refusal(&damage::pages_lost(&lost, wanted.len())));
    }
    // What is lost beside the pages, such as tags, keeps nobody from reading them, but was not meant to go.
    match if way.cut_off { damage::parts_lost(&from) } else { 0 } {
        0 => {}
        1 => return Err(way.refusal("a part of it is lost, such as a font, a picture or tags")),
        parts => return Err(way.refusal(&format!("{parts} parts of it are lost, such as fonts, pictures or tags"))),
    }
    let (root, parents) = structure.write(&mut copier, &kept, &places);
    let outline = outline::write(&from, &targets, &mut copier, &mut facts);
    lettering.write(&mut copier);
    copier.finish(&mut notes)?;
    drop(copier);
    parents.write(&mut to, root);

    let mut catalog = Dictionary::new();
    catalog.set("Type", Object::Name(b"Catalog".to_vec()));
    catalog.set("Pages", Object::Reference(tree_of_pages));
    catalog.set("StructTreeRoot", Object::Reference(root));
    if let Some(outline) = outline {
        catalog.set("Outlines", Object::Reference(outline));
    }
    if let Some(language) = &facts.language {
        catalog.set("Lang", crate::pdf::objects::text_string(language));
    }
    let catalog = to.add_object(catalog);
    to.trailer.set("Root", Object::Reference(catalog));
    let mut tree = Dictionary::new();
    tree.set("Type", Object::Name(b"Pages".to_vec()));
    tree.set("Kids", Object::Array(kept.iter().map(|id| Object::Reference(*id)).collect()));
    tree.set("Count", Object::Integer(i64::try_from(kept.len()).unwrap_or(0)));
    to.objects.insert(tree_of_pages, Object::Dictionary(tree));

    facts.remarks.extend(notes.remarks());
    let faces = wanted.iter().map(pages::Page::face).collect();
    let pages = kept.into_iter().zip(wanted.iter().map(|page| page.number)).collect();
    Ok(Clean { faces, pages, pdf: to, facts })
}
