//! What the sources say, as plain types: one file per kind of paper.
//!
//! A field is one line of a `record!` ([`declare`]): its type says how it is read and shown to rules, its comment what an
//! editor says of it. Its row in `content/README.md` is asked for by a test, which prints it.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use crate::finding::{Place, Sources};

pub(crate) mod action_plan;
pub(crate) mod agenda;
pub(crate) mod appended;
pub(crate) mod body;
pub(crate) mod council;
pub(crate) mod dates;
pub(crate) mod declare;
pub(crate) mod front;
pub(crate) mod ledger;
pub(crate) mod minutes;
pub(crate) mod note;
pub(crate) mod notice;
pub(crate) mod numbering;
pub(crate) mod orders;
pub(crate) mod people;
pub(crate) mod programme;
pub(crate) mod report;
pub(crate) mod text;
pub(crate) mod visit;
pub(crate) mod withheld;
pub(crate) mod written;

pub(crate) use action_plan::ActionPlan;
pub(crate) use agenda::Agenda;
pub(crate) use appended::Appended;
pub(crate) use body::Body;
pub(crate) use council::Council;
pub(crate) use ledger::LedgerFile;
pub(crate) use minutes::Minutes;
pub(crate) use note::{BriefingNote, PlainPaper};
pub(crate) use people::Registry;
pub(crate) use programme::WorkProgramme;
pub(crate) use report::Report;
pub(crate) use text::{Line, Prose, Text};
pub(crate) use withheld::Withheld;
pub(crate) use written::Written;

/// Everything that was read from `content/`.
#[derive(Debug, Default)]
pub struct Workspace {
    /// The files, for showing places.
    pub sources: Sources,
    /// The council.
    pub council: Council,
    /// People and posts.
    pub people: Registry,
    /// Bodies by id.
    pub bodies: BTreeMap<String, Body>,
    /// Agendas by meeting id, such as `scrutiny/2026-09-16`.
    pub meetings: BTreeMap<String, Agenda>,
    /// Papers by path below the workspace, such as `content/bodies/scrutiny/work-programme.yaml`. An
    /// appended file has a paper for each way in which it is used: its path, then the path with `#2`.
    pub papers: BTreeMap<String, Paper>,
    /// Files that could stand behind an item but that no agenda names, by path.
    pub spare: BTreeMap<String, Place>,
    /// Pictures that the texts name, by path below the workspace.
    pub pictures: BTreeMap<String, Illustration>,
    /// What each source bears on, by its index, read or not.
    pub bearings: BTreeMap<u32, Bearing>,
    /// Paths of the sources that could not be read at all.
    pub unread: BTreeSet<String>,
    /// Meetings of which there is no agenda that could be read, by id, with the place that says why.
    pub unread_meetings: BTreeMap<String, Place>,
}

/// What a source bears on: what cannot be made, nor judged, when it is not understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Bearing {
    /// Every meeting, as the council and the people do.
    Everything,
    /// All meetings of the body with this id.
    Body(String),
    /// The meeting with this id.
    Meeting(String),
    /// The meetings in whose packs the paper is.
    Paper,
}

/// A picture that a text names, as it is printed.
#[derive(Debug, Clone)]
pub struct Illustration {
    /// Ending that says what the bytes are: `png`, `jpg` or `svg`.
    pub ending: &'static str,
    /// The picture, upright and without metadata.
    pub bytes: Vec<u8>,
    /// SHA-256 of the file as it lies on the disk, in hexadecimal.
    pub source: String,
}

impl Workspace {
    /// Gives the days, named by their folders, of meetings of a body of which something could not be read.
    pub(crate) fn days_not_understood(&self, body: &str) -> impl Iterator<Item = NaiveDate> {
        let undated = self.meetings.values().filter(|agenda| agenda.when.date() == NaiveDate::default());
        let folder = format!("content/bodies/{body}/");
        let day = move |path: &str| {
            let day = path.strip_prefix(&folder)?.get(..10)?;
            NaiveDate::parse_from_str(day, "%Y-%m-%d").ok()
        };
        self.unread.iter().map(String::as_str).chain(undated.map(|agenda| agenda.path.as_str())).filter_map(day)
    }

    /// Gives the path by which the typesetter knows a picture: its ending says what it is now.
    pub(crate) fn printed_path(&self, path: &str) -> String {
        let endings = |ending| if ending == "jpg" { vec!["jpg", "jpeg"] } else { vec![ending] };
        match self.pictures.get(path) {
            Some(picture) if !crate::fs::has_ending(path, &endings(picture.ending)) => {
                format!("{path}.{}", picture.ending)
            }
            _ => path.to_owned(),
        }
    }
}

/// One paper: a document that can stand behind an agenda item.
#[derive(Debug, Clone)]
pub struct Paper {
    /// Path below the workspace; of an appended file its key in [`Workspace::papers`].
    pub path: String,
    /// Place of its `kind:`, or of the `file:` that names it.
    pub place: Place,
    /// Label that references use.
    pub label: Option<Text>,
    /// Grounds, when the paper itself says that it is withheld.
    pub withheld: Written<Option<Withheld>>,
    /// Body that the paper's folder belongs to.
    pub body: Option<String>,
    /// What kind it is, with its text.
    pub kind: PaperKind,
}

/// The kinds of paper.
#[derive(Debug, Clone)]
pub enum PaperKind {
    /// Minutes of a meeting.
    Minutes(Box<Minutes>),
    /// A briefing note.
    BriefingNote(Box<BriefingNote>),
    /// A report to cabinet or council.
    Report(Box<Report>),
    /// An action plan.
    ActionPlan(Box<ActionPlan>),
    /// A work programme.
    WorkProgramme(Box<WorkProgramme>),
    /// A ledger.
    Ledger(Box<LedgerFile>),
    /// Anything else.
    Plain(Box<PlainPaper>),
    /// Other people's file.
    Appended(Box<Appended>),
}

impl Paper {
    /// Gives the path of the file that holds it.
    pub(crate) fn source(&self) -> &str {
        match &self.kind {
            PaperKind::Appended(appended) => &appended.file,
            _ => &self.path,
        }
    }

    /// Gives its title, where it has a subject of its own.
    pub(crate) fn title(&self) -> Option<String> {
        let title = match &self.kind {
            PaperKind::Minutes(_) | PaperKind::WorkProgramme(_) | PaperKind::Ledger(_) => return None,
            PaperKind::BriefingNote(note) => &note.title,
            PaperKind::Report(report) => &report.title,
            PaperKind::ActionPlan(plan) => &plan.title,
            PaperKind::Plain(plain) => &plain.title,
            PaperKind::Appended(appended) => &appended.title,
        };
        Some(title.plain())
    }
}

impl PaperKind {
    /// The words of all kinds.
    pub(crate) const WORDS: [&'static str; 8] =
        ["minutes", "briefing-note", "report", "action-plan", "work-programme", "ledger", "paper", "appended"];

    /// Gives the word that stands behind `kind:`, which is also the name of the layout. (No file says
    /// `kind: appended`.)
    pub(crate) fn word(&self) -> &'static str {
        match self {
            Self::Minutes(_) => "minutes",
            Self::BriefingNote(_) => "briefing-note",
            Self::Report(_) => "report",
            Self::ActionPlan(_) => "action-plan",
            Self::WorkProgramme(_) => "work-programme",
            Self::Ledger(_) => "ledger",
            Self::Plain(_) => "paper",
            Self::Appended(_) => "appended",
        }
    }
}
