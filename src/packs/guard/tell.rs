//! Says where secrets were found.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

use super::read::Carrier;
use super::search::Searched;
use crate::check::SECRET_TOLD;
use crate::check::appended::in_words;
use crate::finding::{Finding, Log, Place};
use crate::model::agenda::Agenda;
use crate::packs::Project;
use crate::packs::making::NOT_ASSEMBLED;
use crate::secrets::Secret;

const OF_APPENDED: &str =
    "have it taken out of the file, or withhold the paper; once it is public, take it out of `secrets`";
const OF_OWN: &str = "look for it in what is printed there, in names of files, and in words that layouts or a reason add; once it is public, take it out of `secrets`";

/// What says a secret.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    /// An appended file.
    Appended,
    /// A document of the council's own.
    Own,
    /// The whole pack.
    Pack,
    /// Another file.
    File,
}

/// What says a secret, where the agenda names it, and what it is called.
#[derive(Debug, Clone)]
pub(super) struct Culprit {
    kind: Kind,
    /// Id of the document, or path of the file.
    id: String,
    what: String,
    place: Option<Place>,
}

/// Where each secret, by its index, was found: in what, and on which page of it.
pub(super) type Found = BTreeMap<(usize, Culprit), BTreeSet<(Carrier, Option<u32>)>>;

impl Culprit {
    pub(super) fn appended(id: &str, name: &str, place: Place) -> Self {
        Self { kind: Kind::Appended, id: id.to_owned(), what: format!("`{name}`"), place: Some(place) }
    }

    pub(super) fn own(id: &str, what: String, place: Place) -> Self {
        Self { kind: Kind::Own, id: id.to_owned(), what, place: Some(place) }
    }

    pub(super) fn pack() -> Self {
        Self { kind: Kind::Pack, id: String::new(), what: "the public pack".to_owned(), place: None }
    }

    pub(super) fn file(path: &str) -> Self {
        Self { kind: Kind::File, id: path.to_owned(), what: format!("the public file `{path}`"), place: None }
    }

    fn key(&self) -> (&Kind, &str) {
        (&self.kind, &self.id)
    }
}

impl PartialEq for Culprit {
    fn eq(&self, other: &Self) -> bool {
        self.key() == other.key()
    }
}

impl Eq for Culprit {}

impl PartialOrd for Culprit {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Culprit {
    fn cmp(&self, other: &Self) -> Ordering {
        self.key().cmp(&other.key())
    }
}

/// Says where secrets were found in a meeting's files.
pub(super) struct Telling<'a> {
    project: &'a Project,
    agenda: &'a Agenda,
    log: &'a Log,
    secrets: &'a [&'a Secret],
    /// Secrets of which a rule has said already that what this meeting's papers say tells them.
    told: BTreeSet<Place>,
    all_read: bool,
}

impl<'a> Telling<'a> {
    pub(super) fn new(project: &'a Project, agenda: &'a Agenda, log: &'a Log, secrets: &'a [&'a Secret]) -> Self {
        let concerns = |finding: &&Finding| {
            std::ptr::eq(finding.rule, &raw const SECRET_TOLD) && project.concerns(finding, agenda)
        };
        let findings = log.sorted();
        let labels = findings.iter().filter(concerns).flat_map(|finding| finding.labels.iter().skip(1));
        let told = labels.map(|label| label.place).collect();
        Self { project, agenda, log, secrets, told, all_read: true }
    }

    /// Notes whether a file could be read.
    pub(super) fn is_read(&mut self, file: &Searched) {
        if !file.is_read {
            self.all_read = false;
            let message = format!("`{}` cannot be read back, and so not be searched for secrets", file.path);
            self.log.add(Finding::new(&NOT_ASSEMBLED, self.agenda.place, message).help("report the fault"));
        }
    }

    /// Says what was found: of each appended file, of own papers what no rule has told, and of other files what is
    /// nowhere else. Tells whether everything was read and nothing was found.
    pub(super) fn tell(&self, found: Found) -> bool {
        let passes = self.all_read && found.is_empty();
        let mut found: Vec<_> = found.into_iter().collect();
        found.sort_by(|((_, a), _), ((_, b), _)| a.cmp(b));
        let mut said: BTreeSet<usize> = BTreeSet::new();
        for ((index, culprit), places) in found {
            let secret = self.secrets[index];
            let known = culprit.kind != Kind::Appended && self.is_here(secret) && self.told.contains(&secret.place);
            let elsewhere = matches!(culprit.kind, Kind::Pack | Kind::File) && said.contains(&index);
            if !known && !elsewhere {
                self.log.add(self.finding(secret, &culprit, &places));
            }
            said.insert(index);
        }
        passes
    }

    fn finding(&self, secret: &Secret, culprit: &Culprit, places: &BTreeSet<(Carrier, Option<u32>)>) -> Finding {
        let is_here = self.is_here(secret);
        let by = if is_here { "a withheld paper".to_owned() } else { format!("`{}`", secret.path) };
        let message = format!("{} says `{}`, which {by} protects ({})", culprit.what, secret.words, described(places));
        let help = if culprit.kind == Kind::Appended { OF_APPENDED } else { OF_OWN };
        let place = culprit.place.unwrap_or(self.agenda.place);
        let finding = Finding::new(&SECRET_TOLD, place, message).help(help);
        if is_here { finding.also(secret.place, "protected here") } else { finding }
    }

    /// Tells whether the file that lists a secret is among the sources.
    fn is_here(&self, secret: &Secret) -> bool {
        self.project.workspace.sources.path(secret.place) == secret.path
    }
}

/// Says in words where something was found.
fn described(places: &BTreeSet<(Carrier, Option<u32>)>) -> String {
    let carriers: BTreeSet<Carrier> = places.iter().map(|(carrier, _)| *carrier).collect();
    let words = carriers.into_iter().map(|carrier| {
        let own = places.iter().filter(|(other, _)| *other == carrier);
        let pages: Vec<u32> = own.filter_map(|(_, page)| *page).collect();
        match carrier {
            Carrier::Page if !pages.is_empty() => in_words(&pages),
            other if pages.is_empty() => other.words().to_owned(),
            other => format!("{}, {}", other.words(), in_words(&pages)),
        }
    });
    words.collect::<Vec<_>>().join("; ")
}
