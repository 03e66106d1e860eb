//! The last look at what the public gets: every finished file is searched for what withheld papers protect.
//!
//! It is the bytes that are searched, as anybody could who has them: whichever way a word came into them, from a
//! paper, an appended file, a layout or a reason, it is found here. Findings lead to where it can be mended.

use std::collections::{BTreeMap, BTreeSet};

use super::receive::{Files, InPack};
use super::{Project, names};
use crate::appended::Content;
use crate::compose::{Document, Edition, Pack, PageMap, Role};
use crate::finding::{Log, Place};
use crate::model::Paper;
use crate::model::agenda::Agenda;
use crate::secrets::{Form, Secret};

use read::Carrier;
use search::{Hit, Searched};
use tell::{Culprit, Found, Telling};

mod overleaf;
mod read;
mod search;
mod tell;
pub(super) mod unread;

/// Folder of what the public gets.
const PUBLIC: &str = "public/";

/// Finished files that say something, and those that could not be read.
#[derive(Debug, Default)]
pub(crate) struct Told {
    /// Paths of files that say it.
    pub(crate) says: BTreeSet<String>,
    /// Paths of files that could not be read.
    pub(crate) unread: BTreeSet<String>,
}

/// Searches finished files for words, also for those that a page breaks.
pub(crate) fn told(files: &BTreeMap<String, Vec<u8>>, words: &[Secret]) -> Told {
    let words: Vec<&Secret> = words.iter().collect();
    let mut told = Told::default();
    for file in search::all(files.iter(), &words) {
        let pages: Vec<&str> = file.pages.iter().map(|page| page.texts[0].as_str()).collect();
        if !file.hits.is_empty() || overleaf::is_broken(&pages, &words) {
            told.says.insert(file.path);
        } else if !file.is_read {
            told.unread.insert(file.path);
        }
    }
    told
}

/// Tells whether no public file of a meeting, by paths below its folder, holds a secret; where one does, the log says so.
pub(super) fn keeps_secrets(
    project: &Project,
    agenda: &Agenda,
    files: &BTreeMap<String, Vec<u8>>,
    released: &BTreeSet<String>,
    log: &Log,
) -> bool {
    let secrets: Vec<&Secret> = project.secrets().kept(released).collect();
    let mut telling = Telling::new(project, agenda, log, &secrets);
    let mut found = Found::new();
    for file in search::all(files.iter().filter(|(path, _)| path.starts_with(PUBLIC)), &secrets) {
        add_file(&mut found, &file);
        telling.is_read(&file);
    }
    telling.tell(found)
}

/// Adds what a file says that is no pack.
fn add_file(found: &mut Found, file: &Searched) {
    for hit in &file.hits {
        let page = hit.page.and_then(|page| u32::try_from(page + 1).ok());
        let culprit = Culprit::file(&file.path);
        found.entry((hit.secret, culprit)).or_default().insert((hit.carrier, page));
    }
}

/// A meeting's public pack with what is needed to tell where each page comes from.
pub(super) struct Guard<'a> {
    pub(super) project: &'a Project,
    pub(super) agenda: &'a Agenda,
    /// The public edition.
    pub(super) pack: &'a Pack<'a>,
    /// Pages of the whole pack.
    pub(super) pages: &'a PageMap,
    /// Number in the whole pack of each page of the public one.
    pub(super) numbers: &'a [u32],
    pub(super) appended: &'a Files,
    /// Papers that have been released.
    pub(super) released: &'a BTreeSet<String>,
    pub(super) log: &'a Log,
}

impl Guard<'_> {
    /// Searches the public ones among a meeting's files, by their paths below its folder; tells whether none of them
    /// holds a secret.
    pub(super) fn passes(&self, files: &BTreeMap<String, Vec<u8>>) -> bool {
        unread::files(self);
        let secrets: Vec<&Secret> = self.project.secrets().kept(self.released).collect();
        if secrets.is_empty() {
            return true;
        }
        let mut telling = Telling::new(self.project, self.agenda, self.log, &secrets);
        let in_pack = self.appended.in_pack(self.pack);
        let main = format!("{PUBLIC}{}", names::pack(self.pack, Edition::Public));
        let mut found = Found::new();
        for (id, one) in &in_pack {
            for (secret, page) in overleaf::hits(one.received, &secrets) {
                found.entry((secret, appended(id, one))).or_default().insert((Carrier::Page, Some(page)));
            }
        }
        for file in search::all(files.iter().filter(|(path, _)| path.starts_with(PUBLIC)), &secrets) {
            telling.is_read(&file);
            if file.path != main {
                add_file(&mut found, &file);
                continue;
            }
            for hit in &file.hits {
                let (culprit, page) = self.culprit(hit, &in_pack, secrets[hit.secret]);
                found.entry((hit.secret, culprit)).or_default().insert((hit.carrier, page));
            }
            unread::pages(self, &in_pack, &file);
        }
        telling.tell(found)
    }

    /// Gives what says a secret in the pack, and on which page: of an appended file its own.
    fn culprit(&self, hit: &Hit, in_pack: &BTreeMap<String, InPack>, secret: &Secret) -> (Culprit, Option<u32>) {
        let Some(number) = hit.page.and_then(|page| self.numbers.get(page)).copied() else {
            let carrier = in_pack.iter().find(|(_, one)| carries(one, hit.carrier, secret));
            return (carrier.map_or(Culprit::pack(), |(id, one)| appended(id, one)), None);
        };
        let holds = |document: &&Document| {
            let pages = self.pages.range(&self.pack.behind(&document.id));
            pages.is_some_and(|(first, last)| (first..=last).contains(&number))
        };
        let Some(document) = self.pack.documents.iter().find(holds) else { return (Culprit::pack(), Some(number)) };
        let Some(one) = in_pack.get(&document.id).filter(|one| !is_of_agenda(one, secret)) else {
            return (self.own(document), Some(number));
        };
        let first = self.pages.get(&document.id).map_or(number, |pages| pages.first);
        let face = one.received.faces.get((number - first) as usize);
        (appended(&document.id, one), face.map(|face| face.number))
    }

    /// Gives a document of the council's own: what it is called, and where the agenda names it.
    fn own(&self, document: &Document) -> Culprit {
        let (what, place): (String, Place) = match &document.role {
            Role::FrontSheet => ("the front sheet".to_owned(), self.agenda.place),
            Role::Placeholder(_) => {
                let place = document.withheld.as_ref().map_or(self.agenda.place, |withheld| withheld.place);
                ("the page in the place of a withheld paper".to_owned(), place)
            }
            Role::Paper(path) => {
                let source = self.project.workspace.papers.get(path).map_or(path.as_str(), Paper::source);
                (format!("`{source}`"), document.place)
            }
        };
        Culprit::own(&document.id, what, place)
    }
}

/// Tells whether it is the agenda's words for an appended file that say a secret, and the file does not.
fn is_of_agenda(one: &InPack, secret: &Secret) -> bool {
    let says = |text: &str| secret.find(&Form::of(text)).is_some();
    let in_agenda =
        says(&one.appended.title.plain()) || one.appended.description.as_ref().is_some_and(|text| says(&text.value));
    let carried = |pdf: &[u8]| read::carried(pdf).is_none_or(|all| all.iter().any(|saying| says(&saying.text)));
    let in_file = || match &one.received.content {
        Content::Pdf(pdf) => one.received.words.iter().any(|page| says(page)) || carried(pdf),
        Content::Pictures(_) => false,
    };
    in_agenda && !in_file()
}

fn appended(id: &str, one: &InPack) -> Culprit {
    Culprit::appended(id, one.appended.name(), one.place)
}

/// Tells whether an appended file carries a secret beside its pages; one that cannot be read back may.
fn carries(one: &InPack, carrier: Carrier, secret: &Secret) -> bool {
    let Content::Pdf(pdf) = &one.received.content else { return false };
    let says = |saying: &read::Saying| saying.carrier == carrier && secret.find(&Form::of(&saying.text)).is_some();
    read::carried(pdf).is_none_or(|all| all.iter().any(says))
}
