//! Decides which documents make which edition of a pack, in what order and with what numbers.
//!
//! [`meeting`] composes the whole pack: the private one, where something is withheld. The public
//! edition is derived from it by [`Pack::public`]: documents that are withheld are not in it at
//! all, only placeholders with page counts. Page numbers come from typesetting the whole pack and
//! are then data ([`PageMap`]), which every other edition is held to.

use std::collections::BTreeMap;

use crate::finding::{Log, Place};
use crate::layouts::Phrases;
use crate::model::{Agenda, Body, Paper, PaperKind, Withheld, Workspace};
use crate::resolve::ledger::{Ledger, Reader};
use crate::resolve::{self, Access, Entry, Meeting, Published, Values};

mod items;
pub(crate) mod kept;
pub(crate) mod labels;
pub(crate) mod moved;
pub(crate) mod number;
pub(crate) mod page_map;
pub(crate) mod supplement;

pub(crate) use items::{ComposedEntry, ComposedItem};
pub use kept::{Kept, Marks, PageNumbers, Supplement};
pub(crate) use labels::Labels;
pub(crate) use page_map::{PageMap, Pages};

/// The rules that this room raises.
pub(crate) static RULES: &[&crate::finding::Rule] =
    &[&labels::UNRESOLVED, &labels::LABEL_TWICE, &labels::REFERS_TO_WITHHELD, &moved::MAYBE_THE_SAME];

/// Which rendering of a pack.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Edition {
    /// For everybody; withheld papers are not in it.
    Public,
    /// For members and officers.
    Private,
    /// One document by itself, with its page numbers of the pack.
    Single,
}

impl Edition {
    /// Gives the word by which layouts and file names know the edition.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Public => "public",
            Self::Private => "private",
            Self::Single => "single",
        }
    }
}

/// One document of a pack: the front sheet, a paper, or what stands in the place of a withheld one.
#[derive(Debug, Clone)]
pub struct Document {
    /// Id within the pack, such as `d3`.
    pub id: String,
    /// What it is.
    pub role: Role,
    /// Number of the item that it stands behind.
    pub item: Option<String>,
    /// Whether it is the first of its item.
    pub first_of_item: bool,
    /// Number of the appendix that it is to its item.
    pub appendix: Option<String>,
    /// Grounds, when it is withheld.
    pub withheld: Option<Withheld>,
    /// Where the agenda names it.
    pub place: Place,
}

impl Document {
    /// Gives a front sheet.
    fn front_sheet(id: &str) -> Self {
        Self {
            id: id.into(),
            role: Role::FrontSheet,
            item: None,
            first_of_item: false,
            appendix: None,
            withheld: None,
            place: Place::default(),
        }
    }
}

/// What a document is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Role {
    /// The agenda itself.
    FrontSheet,
    /// The paper at this path.
    Paper(String),
    /// A page in the place of the withheld documents with these ids.
    Placeholder(Vec<String>),
}

/// A composed pack.
#[derive(Debug, Clone)]
pub struct Pack<'a> {
    /// Where everything comes from.
    pub workspace: &'a Workspace,
    /// The agenda.
    pub agenda: &'a Agenda,
    /// The body that meets.
    pub body: &'a Body,
    /// What the meeting is.
    pub meeting: Meeting<'a>,
    /// Public business.
    pub public: Vec<ComposedEntry<'a>>,
    /// Private business.
    pub private: Vec<ComposedEntry<'a>>,
    /// Documents in order; the first is the front sheet.
    pub documents: Vec<Document>,
    /// What the ledgers among the papers hold, by path.
    pub ledgers: BTreeMap<String, Ledger<'a>>,
    /// What has moved in the action plans among them, by path.
    pub moved: BTreeMap<String, moved::Moved>,
    /// What can be referred to.
    pub labels: Labels,
    /// Numbers printed on the pages.
    pub numbers: PageNumbers,
    /// What the front sheet says of this issue.
    pub issue: Vec<String>,
    /// What pages say of this issue.
    pub marks: Marks,
    /// The supplement that this pack is.
    pub supplement: Option<Supplement>,
}

/// Composes the whole pack of a meeting, held to what earlier issues have fixed; problems go to the log.
pub fn meeting<'a>(
    workspace: &'a Workspace,
    published: &Published,
    agenda: &'a Agenda,
    phrases: &Phrases,
    kept: &Kept,
    log: &Log,
) -> Option<Pack<'a>> {
    let mut meeting = resolve::meeting(workspace, agenda, &kept.items, &kept.released);
    let body = meeting.body?;
    let values = Values::of(workspace, &meeting);
    values.fill_front(&mut meeting.front, log);
    let (public, private, documents) = items::Composing::new(&values, phrases, log, &kept.withheld).entries(&meeting);
    let (labels, numbers) = (Labels::default(), kept.pages.clone());
    let mut pack = Pack {
        workspace,
        agenda,
        body,
        meeting,
        public,
        private,
        ledgers: ledgers(workspace, published, agenda, &documents),
        moved: moved::plans(workspace, &kept.plans, &documents, agenda.when.date(), log),
        documents,
        labels,
        numbers,
        issue: kept.issue.clone(),
        marks: kept.marks.clone(),
        supplement: None,
    };
    pack.labels = labels::collect(&pack, published, phrases, log);
    // While a paper is missing, so are its labels.
    if pack.meeting.papers().all(|paper| paper.paper.is_some()) {
        labels::check_references(&pack, log);
    }
    Some(pack)
}

/// Gathers the ledgers behind a meeting's items. One holds what is not public only where its own file is withheld, and
/// is in its pack.
fn ledgers<'a>(
    workspace: &'a Workspace,
    published: &Published,
    agenda: &Agenda,
    documents: &[Document],
) -> BTreeMap<String, Ledger<'a>> {
    let day = agenda.when.date();
    let ledger = |document: &Document| {
        let Role::Paper(path) = &document.role else { return None };
        let paper = workspace.papers.get(path)?;
        let PaperKind::Ledger(file) = &paper.kind else { return None };
        let is_whole = document.withheld.is_some() && !Access::of_paper(paper).is_public();
        let reader = if is_whole { Reader::Whole } else { Reader::Public(published) };
        Some((path.clone(), Ledger::of(workspace, &file.body, reader, day)))
    };
    documents.iter().filter_map(ledger).collect()
}

impl Pack<'_> {
    /// Tells whether anything is withheld, so that there are two editions.
    pub(crate) fn has_withheld(&self) -> bool {
        self.documents.iter().any(|document| document.withheld.is_some())
    }

    /// Gives the edition that the whole pack is.
    pub(crate) fn edition(&self) -> Edition {
        if self.has_withheld() { Edition::Private } else { Edition::Public }
    }

    /// Gives all items, public ones first.
    pub(crate) fn items(&self) -> impl Iterator<Item = &ComposedItem<'_>> {
        self.public.iter().chain(&self.private).filter_map(Entry::item)
    }

    /// Gives the paper that a document is.
    pub(crate) fn paper(&self, document: &Document) -> Option<&Paper> {
        match &document.role {
            Role::Paper(path) => self.workspace.papers.get(path),
            _ => None,
        }
    }

    /// Gives the word for what a document is: `front-sheet`, `placeholder`, or the kind of its paper.
    pub(crate) fn kind(&self, document: &Document) -> &'static str {
        match &document.role {
            Role::FrontSheet => "front-sheet",
            Role::Placeholder(_) => "placeholder",
            Role::Paper(_) => self.paper(document).map_or("paper", |paper| paper.kind.word()),
        }
    }

    /// Gives the document of an id.
    pub(crate) fn document(&self, id: &str) -> Option<&Document> {
        self.documents.iter().find(|document| document.id == id)
    }

    /// Gives the documents of the whole pack that a document stands for: itself, or those that a
    /// placeholder hides.
    pub(crate) fn behind(&self, id: &str) -> Vec<String> {
        match self.document(id).map(|document| &document.role) {
            Some(Role::Placeholder(ids)) => ids.clone(),
            _ => vec![id.to_owned()],
        }
    }

    /// Gives the public edition: withheld documents are replaced by placeholders.
    ///
    /// Neighbouring withheld documents of one item share a placeholder, so that not even their
    /// number shows.
    #[must_use]
    pub fn public(&self) -> Self {
        let mut documents: Vec<Document> = Vec::new();
        let mut replaced: BTreeMap<String, String> = BTreeMap::new();
        for document in &self.documents {
            if document.withheld.is_none() {
                documents.push(document.clone());
                continue;
            }
            if let Some(Document { id, role: Role::Placeholder(ids), item, withheld, appendix, .. }) =
                documents.last_mut()
                && *item == document.item
            {
                *appendix = None;
                ids.push(document.id.clone());
                replaced.insert(document.id.clone(), id.clone());
                if let (Some(all), Some(more)) = (withheld.as_mut(), &document.withheld) {
                    merge_grounds(all, more);
                }
                continue;
            }
            let id = document.id.rsplit_once('-').map_or_else(|| document.id.clone(), |(run, _)| run.to_owned());
            replaced.insert(document.id.clone(), id.clone());
            documents.push(Document { id, role: Role::Placeholder(vec![document.id.clone()]), ..document.clone() });
        }
        let mut public = Self { documents, ..self.clone() };
        for entry in public.public.iter_mut().chain(&mut public.private) {
            if let Entry::Item(item) = entry {
                item.rename_documents(&replaced);
            }
        }
        public.ledgers.retain(|path, _| {
            let is_it = |document: &&Document| document.role == Role::Paper(path.clone());
            self.documents.iter().filter(is_it).all(|document| document.withheld.is_none())
        });
        public.labels = self.labels.without_withheld(&self.documents);
        public
    }
}

/// Adds the grounds of a further withheld document to those on a placeholder.
fn merge_grounds(all: &mut Withheld, more: &Withheld) {
    for paragraph in &more.paragraphs {
        if !all.paragraphs.contains(paragraph) {
            all.paragraphs.push(*paragraph);
        }
    }
    all.paragraphs.sort_unstable();
    if all.public_interest.is_none() {
        all.public_interest.clone_from(&more.public_interest);
    }
    if all.confidential.is_none() {
        all.confidential.clone_from(&more.confidential);
    }
    if all.taken_back.is_none() {
        all.taken_back.clone_from(&more.taken_back);
    }
    if all.decided_by.is_none() {
        all.decided_by.clone_from(&more.decided_by);
    }
}
