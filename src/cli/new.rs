//! `boardpack new`: new files for an officer to go on with.

use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};

use super::here::Here;
use super::{CliError, Findings, report, select, ui};
use crate::app::{Failure, Session};
use crate::fs;
use crate::packs::Project;
use crate::starting::council::{NewBody, NewCouncil};
use crate::starting::fill::Templates;
use crate::starting::meeting::{self, NewMeeting};
use crate::starting::members::{self, Member};
use crate::starting::minutes;
use crate::starting::paper::NewPaper;
use crate::starting::{New as Written, NewFailure, names};
use ask::Asking;

mod ask;

/// Writes new files.
#[derive(Args)]
pub(super) struct New {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    /// Begin a workspace in this folder: the council and its people
    ///
    /// On a terminal it asks for what is missing.
    Council(Council),
    /// Begin a body: a committee, a board, the cabinet
    Body(Body),
    /// Begin the agenda of a meeting
    ///
    /// Standing items, the minutes of the last meeting, what the work programme has for the day, and the latest
    /// lawful day as the day of issue.
    Meeting(Meeting),
    /// Begin a report, and put it behind its item
    Report(Paper),
    /// Begin a briefing note, and put it behind its item
    BriefingNote(Paper),
    /// Begin an action plan, and put it behind its item
    ActionPlan(Paper),
    /// Begin a body's work programme, and put it behind its item
    WorkProgramme(Paper),
    /// Begin a paper of no kind of its own, and put it behind its item
    Paper(Paper),
    /// Begin the minutes of a meeting from its agenda, as it was issued
    ///
    /// Private items go into minutes-private.yaml.
    Minutes(Minutes),
}

#[derive(Args)]
struct Council {
    /// Name of the council
    #[arg(long, value_name = "NAME", value_parser = super::options::words)]
    name: Option<String>,
    /// Name of the officer whom the public asks about meetings
    #[arg(long, value_name = "NAME", value_parser = super::options::words)]
    contact: Option<String>,
    /// E-mail address of that officer
    #[arg(long, value_name = "ADDRESS", value_parser = super::options::words)]
    email: Option<String>,
    /// Telephone number of that officer
    #[arg(long, value_name = "NUMBER", value_parser = super::options::words)]
    phone: Option<String>,
    /// Post of that officer
    #[arg(long, value_name = "POST", value_parser = super::options::words)]
    post: Option<String>,
    /// Web address of the council
    #[arg(long, value_name = "ADDRESS", value_parser = super::options::words)]
    website: Option<String>,
    /// Postal address of the council
    #[arg(long, value_name = "ADDRESS", value_parser = super::options::words)]
    address: Option<String>,
    /// Nation whose bank holidays count
    #[arg(long, default_value = "england-and-wales", value_parser = ["england-and-wales", "scotland", "northern-ireland"])]
    nation: String,
    /// Table (CSV) of the members, with the headings name and role
    #[arg(long, value_name = "FILE")]
    members: Option<PathBuf>,
}

#[derive(Args)]
struct Body {
    /// Id of the body, which names its folder, such as scrutiny
    id: String,
    /// Name of the body
    #[arg(long, value_name = "NAME", value_parser = super::options::words)]
    name: Option<String>,
    /// What it is called in a sentence, such as "the Board"
    #[arg(long, value_name = "WORDS", value_parser = super::options::words)]
    called: Option<String>,
    /// Where it usually meets
    #[arg(long, value_name = "PLACE", value_parser = super::options::words)]
    place: Option<String>,
    /// Law that it meets under; exec2012 where its name is Cabinet or Executive
    #[arg(long, value_parser = ["lga1972", "exec2012", "wales"])]
    regime: Option<String>,
    /// Table (CSV) of its members, with the headings name and role
    #[arg(long, value_name = "FILE")]
    members: Option<PathBuf>,
}

#[derive(Args)]
struct Meeting {
    /// Id of the body
    body: String,
    /// Day of the meeting, such as 2027-02-11
    day: String,
    /// Time, such as 10:30; that of the last meeting when left out
    #[arg(long, value_name = "TIME", value_parser = time)]
    time: Option<String>,
    /// Place, if it is not the usual one
    #[arg(long, value_name = "PLACE", value_parser = super::options::words)]
    place: Option<String>,
}

#[derive(Args)]
struct Paper {
    /// Meeting that it is for, such as scrutiny/2027-02-11
    #[arg(value_parser = select::meeting)]
    meeting: String,
    /// Its title
    #[arg(value_parser = super::options::words)]
    title: Option<String>,
    /// Number, label or title of the item that it stands behind; the item of its own title when left out, or a new one
    #[arg(long, value_parser = super::options::words)]
    item: Option<String>,
    /// Name of its file; from its title when left out
    #[arg(long, value_name = "NAME")]
    file: Option<String>,
}

#[derive(Args)]
struct Minutes {
    /// Meeting, such as scrutiny/2027-02-11
    #[arg(value_parser = select::meeting)]
    meeting: String,
    /// Folder of the archive
    #[arg(long, value_name = "FOLDER", default_value = "archive")]
    archive: PathBuf,
}

fn time(text: &str) -> Result<String, String> {
    let time = chrono::NaiveTime::parse_from_str(&text.replace('.', ":"), "%H:%M");
    time.map(|time| time.format("%H:%M").to_string()).map_err(|_| "write hours and minutes, such as 10:30".to_owned())
}

impl New {
    pub(super) fn run(&self, workspace: &Path) -> Result<(), CliError> {
        match &self.verb {
            Verb::Council(verb) => verb.run(workspace),
            Verb::Body(verb) => verb.run(workspace),
            Verb::Meeting(verb) => verb.run(workspace),
            Verb::Report(verb) => verb.run("report", workspace),
            Verb::BriefingNote(verb) => verb.run("briefing-note", workspace),
            Verb::ActionPlan(verb) => verb.run("action-plan", workspace),
            Verb::WorkProgramme(verb) => verb.run("work-programme", workspace),
            Verb::Paper(verb) => verb.run("paper", workspace),
            Verb::Minutes(verb) => verb.run(workspace),
        }
    }
}

impl Council {
    fn run(&self, workspace: &Path) -> Result<(), CliError> {
        if fs::is_there(&workspace.join("content")) {
            let what =
                format!("`{}` is there already, and nothing is ever overwritten", workspace.join("content").display());
            let help = "begin in an empty folder, or go on here: boardpack new body scrutiny";
            return Err(Failure::work(what).hint(help).into());
        }
        let members = table(self.members.as_deref())?;
        let mut asking = Asking::new();
        let name =
            asking.needed(self.name.as_ref(), "--name", "Name of the council, such as Aldermere City Council")?;
        let contact =
            asking.needed(self.contact.as_ref(), "--contact", "Officer whom the public asks about meetings: name")?;
        let email = asking.needed(self.email.as_ref(), "--email", "E-mail address of that officer")?;
        let phone = asking.optional(self.phone.as_ref(), "Telephone number of that officer (may be left empty)")?;
        let website = asking.optional(self.website.as_ref(), "Web address of the council (may be left empty)")?;
        asking.settled("boardpack new council")?;
        let (post, address, nation) = (self.post.clone(), self.address.clone(), self.nation.clone());
        let council = NewCouncil { name, website, address, contact, post, email, phone, nation, members };
        let new = council.files(&templates(workspace)?).map_err(failure)?;
        written(&new, workspace, "next: boardpack new body ID, such as scrutiny: it is the name of a folder")
    }
}

impl Body {
    fn run(&self, workspace: &Path) -> Result<(), CliError> {
        let here = Here::at(workspace, Path::new("archive"));
        let (workspace, session) = (here.root.as_path(), open(&here)?);
        let project = session.project();
        names::id(&self.id, "a body").map_err(failure)?;
        let members = table(self.members.as_deref())?;
        let mut asking = Asking::new();
        // One that is there is refused, whatever its name.
        let is_there = project.workspace.bodies.contains_key(&self.id);
        let given = if is_there { Some(&self.id) } else { self.name.as_ref() };
        let name = asking.needed(given, "--name", "Name of the body, such as Scrutiny Board")?;
        let place = asking.optional(self.place.as_ref(), "Where it usually meets (may be left empty)")?;
        asking.settled(&format!("boardpack new body {}", self.id))?;
        let (id, called, regime) = (self.id.clone(), self.called.clone(), self.regime.clone());
        let body = NewBody { id, name, called, place, regime, members };
        let new = body.files(&project.workspace, &templates(workspace)?).map_err(failure)?;
        let next = format!("next: boardpack new meeting {} 2027-02-11, with the day of the meeting", self.id);
        written(&new, workspace, &next)
    }
}

impl Meeting {
    fn run(&self, workspace: &Path) -> Result<(), CliError> {
        let here = Here::at(workspace, Path::new("archive"));
        let (workspace, session) = (here.root.as_path(), open(&here)?);
        let project = session.project();
        let (body, day) = (self.body.clone(), self.day.clone());
        let meeting = NewMeeting { body, day, time: self.time.clone(), place: self.place.clone() };
        let today = super::now()?.date_naive();
        let new = meeting.files(project, &templates(workspace)?, today).map_err(failure)?;
        let id = format!("{}/{}", self.body, self.day);
        written(
            &new,
            workspace,
            &format!("next: boardpack new report {id} \"Title\", and so on; then boardpack check {id}"),
        )
    }
}

impl Paper {
    fn run(&self, kind: &'static str, workspace: &Path) -> Result<(), CliError> {
        let here = Here::at(workspace, Path::new("archive"));
        let (workspace, session) = (here.root.as_path(), open(&here)?);
        let project = session.project();
        let agenda = agenda(project, &self.meeting)?;
        let is_programme = kind == "work-programme";
        let title = match (&self.title, is_programme) {
            (Some(title), _) => title.clone(),
            (None, true) => "Work programme".to_owned(),
            (None, false) => {
                let what = format!("the {} has no title", kind.replace('-', " "));
                let help = format!("boardpack new {kind} {} \"Title\"", self.meeting);
                return Err(Failure::asked(what).hint(help).into());
            }
        };
        let paper = NewPaper { kind, title, file: self.file.clone(), item: self.item.clone() };
        let today = super::now()?.date_naive();
        let new = paper.files(&project.workspace, agenda, &templates(workspace)?, today).map_err(failure)?;
        written(&new, workspace, &format!("next: fill it in; then boardpack check {}", self.meeting))
    }
}

impl Minutes {
    fn run(&self, workspace: &Path) -> Result<(), CliError> {
        let here = Here::at(workspace, &self.archive);
        let (workspace, session) = (here.root.as_path(), open(&here)?);
        let project = session.project();
        let agenda = agenda(project, &self.meeting)?;
        let shelf = here.shelf();
        super::here::warn(&shelf.warnings());
        let issued = minutes::Issued::last(&shelf, &agenda.id, here.env()?.receiver(workspace)).map_err(failure)?;
        let new =
            minutes::files(&project.workspace, agenda, issued.as_ref(), &templates(workspace)?).map_err(failure)?;
        if issued.is_none() {
            ui::say(format!(
                "{}: no issue is in the archive, so the minutes follow the agenda as it stands",
                agenda.id
            ));
        }
        written(&new, workspace, "next: fill them in; `boardpack check` lists the places")
    }
}

/// Opens the workspace, all of which must be understood.
fn open(here: &Here) -> Result<Session, CliError> {
    let session = here.session()?;
    match session.unreadable() {
        Some(report) => Err(report::refused(report.into(), &Findings::HUMAN)),
        None => Ok(session),
    }
}

/// Gives the agenda of one meeting.
fn agenda<'a>(project: &'a Project, id: &str) -> Result<&'a crate::model::Agenda, CliError> {
    meeting::body(&project.workspace, id.split('/').next().unwrap_or(id)).map_err(failure)?;
    let agenda = project.workspace.meetings.get(id);
    let help = || format!("make it: boardpack new meeting {}", id.replacen('/', " ", 1));
    agenda.ok_or_else(|| Failure::asked(format!("there is no meeting `{id}`")).hint(help()).into())
}

fn templates(workspace: &Path) -> Result<Templates, CliError> {
    let program = std::env::current_exe().ok();
    Ok(Templates::of(workspace, program.as_deref()).map_err(failure)?)
}

fn table(file: Option<&Path>) -> Result<Vec<Member>, CliError> {
    let Some(file) = file else { return Ok(Vec::new()) };
    let name = file.display().to_string();
    let bytes = fs::read_file(file).map_err(|error| {
        let what = format!("cannot read `{name}`: {}", fs::reason(&error));
        Failure::work(what).hint("check the name, and that you may read the file")
    })?;
    Ok(members::read(&bytes, &name).map_err(failure)?)
}

/// Writes what is new, and says where.
fn written(new: &Written, workspace: &Path, next: &str) -> Result<(), CliError> {
    new.write(workspace).map_err(failure)?;
    for path in new.files.keys() {
        ui::out(format!("wrote {path}"))?;
    }
    if let Some((path, ..)) = &new.grown {
        ui::out(format!("added to {path}"))?;
    }
    for line in &new.told {
        ui::say(line);
    }
    ui::say(next);
    Ok(())
}

#[expect(clippy::needless_pass_by_value, reason = "errors are mapped by it")]
pub(super) fn failure(new: NewFailure) -> Failure {
    let failure = if let NewFailure::Named { .. } = new { Failure::asked } else { Failure::work };
    failure(new.to_string()).hint(new.help())
}
