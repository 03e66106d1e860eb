//! The verbs, one file each: arguments, a call of [`crate::app`], and what is said of its answer.
//!
//! The only room that prints, and that in one place ([`ui`]).

#![expect(clippy::disallowed_methods, reason = "the door: what the program is given by its surroundings is asked here")]

use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{CommandFactory, Parser, Subcommand};

use crate::app::{Failure, FailureKind};
use crate::appended::{drawing, reader};
use crate::fonts::faults;
use crate::render::fill;
use crate::starting;
use crate::typeset::apart;
use here::Here;
use options::{Findings, Format};
use time::now;

mod archive;
mod build;
mod calendar;
mod changes;
mod check;
mod completions;
mod explain;
mod files;
mod here;
mod inspect;
mod issue;
mod memory;
mod new;
mod options;
mod progress;
mod report;
mod schema;
mod select;
mod site;
mod status;
mod style;
mod time;
mod ui;
mod year;

/// Agenda packs for council boards, from YAML sources
#[derive(Parser)]
#[command(name = "boardpack", version, arg_required_else_help = true, max_term_width = 100)]
#[command(after_help = "\
Exit codes:
  0  done
  1  the sources have errors, or warnings with --deny-warnings
  2  the command line cannot be understood
  3  the work could not be done
  4  the archive, or a file held against it, is not as it was issued

A first pack: `boardpack new council`, `boardpack new body BODY`, `boardpack new meeting BODY DAY`;
then `boardpack check` says what is still to be filled in, and `boardpack build` makes the pack.")]
struct Cli {
    /// Folder that holds content/
    #[arg(short = 'w', long, global = true, value_name = "FOLDER", default_value = ".")]
    workspace: PathBuf,
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    /// Begin a council, a body, an agenda, a paper or minutes
    ///
    /// What the sources know is put in; TO BE FILLED IN marks what only you know. Nothing is ever overwritten.
    New(new::New),
    /// Build the packs of all meetings, or of those named
    ///
    /// For each meeting: the public pack, the private pack where something is withheld, every paper
    /// as a PDF of its own, and pack.json. Written below out/BODY/MEETING/ all at once; when a meeting has
    /// errors, its last output stays as it is.
    Build(build::Build),
    /// Show what is wrong in the sources; nothing is written, other than certificates you ask for
    Check(check::Check),
    /// List the latest lawful days for notices, agendas and supplements of coming meetings
    ///
    /// Clear days are working days between publication and meeting, neither counted. `nation` and
    /// `closed_days` in council.yaml say which days are working days.
    Calendar(calendar::Calendar),
    /// Show what is in other people's files before they are appended: PDF, pictures, office documents
    ///
    /// Pages and their sizes, fonts, tags, language, forms, links, attachments, scripts, metadata; and as
    /// findings what would leak, what cannot be read aloud, and what breaks PDF/UA-1 or PDF/A-2.
    Inspect(inspect::Inspect),
    /// Publish a meeting's packs as its next issue, and keep them for good
    ///
    /// The packs are made from a copy of the sources, which is kept with them in the archive. Pages that did
    /// not change since the last issue keep their numbers. Nothing ever overwrites an issue.
    Issue(issue::Issue),
    /// Make a web site of what was issued, or bring it up to date
    ///
    /// Pages of the council, its bodies, meetings, items and papers, from archive/public/ alone: copy the folder
    /// to any web server. Only what differs is written. What was taken back goes before anything else is done.
    Site(site::Site),
    /// Show every meeting: draft or issued, changed since, and the days left
    Status(status::Status),
    /// Show what differs from the last issue of a meeting
    Changes(changes::Changes),
    /// Give the year of a body in figures: notice, what was withheld and promised, attendance, pages
    Year(year::Year),
    /// Look after what has been issued
    Archive(archive::Archive),
    /// Lay the design beside the content, to change it
    Style(style::Style),
    /// Explain the code of a finding, such as T0008
    Explain(explain::Explain),
    /// Print what the files of a kind may hold, as JSON Schema from which editors complete
    ///
    /// VS Code completes fields and shows what they are by its YAML extension (Red Hat). Run
    /// `boardpack schema --out schemas`, then begin a file with a line such as
    /// `# yaml-language-server: $schema=schemas/report.json` (the path is from the file), or name the
    /// schemas under `yaml.schemas` in the settings: `"schemas/agenda.json": "content/**/agenda.yaml"`.
    Schema(schema::Schema),
    /// Read one appended file from standard input: what this program calls itself for
    #[command(name = reader::VERB, hide = true)]
    ReadAppendedFile,
    /// Read one drawing from standard input, as above
    #[command(name = drawing::VERB, hide = true)]
    ReadDrawing,
    /// Read one font from standard input, as above
    #[command(name = faults::VERB, hide = true)]
    ReadFont,
    /// Fill in templates from standard input, as above
    #[command(name = fill::VERB, hide = true)]
    FillTemplates,
    /// Typeset a document from standard input, as above
    #[command(name = apart::VERB, hide = true)]
    Typeset,
    /// Fill in a template of a new file from standard input, as above
    #[command(name = starting::fill::VERB, hide = true)]
    FillNew,
    /// Print a script that completes commands in your shell
    Completions(completions::Completions),
}

/// Why a verb ends otherwise than well.
enum CliError {
    /// The sources have errors.
    Findings,
    /// Something is not as it was issued.
    Faults,
    /// Nobody reads the output any more.
    BrokenPipe,
    /// It could not be done.
    Failure(Failure),
}

impl<E> From<E> for CliError
where
    Failure: From<E>,
{
    fn from(failure: E) -> Self {
        Self::Failure(failure.into())
    }
}

impl From<io::Error> for CliError {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::BrokenPipe => Self::BrokenPipe,
            _ => Failure::work(format!("cannot write to standard output: {error}")).into(),
        }
    }
}

impl CliError {
    /// Tells of it where nothing else has, and gives its exit code.
    fn end(&self) -> u8 {
        match self {
            Self::BrokenPipe => 0,
            Self::Findings => 1,
            Self::Faults => 4,
            Self::Failure(failure) => {
                ui::fail(failure);
                if failure.kind == FailureKind::Request { 2 } else { 3 }
            }
        }
    }
}

/// Runs the program with the arguments of the process.
pub fn run() -> ExitCode {
    let Cli { workspace, verb } = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => return not_understood(&error),
    };
    let result = match verb.serve() {
        Some(served) => served.map_err(CliError::from),
        None => {
            ui::answer_machine(verb.is_json());
            crate::fs::sweep_temporary();
            memory::settle().and_then(|()| verb.run(&workspace))
        }
    };
    let code = result.map_or_else(|error| error.end(), |()| 0);
    ExitCode::from(if code == 0 && !ui::was_heard() { 3 } else { code })
}

/// Says why the command line was not understood, or gives the help that it asks for.
fn not_understood(error: &clap::Error) -> ExitCode {
    if error.print().is_err() {
        return ExitCode::from(3);
    }
    if error.use_stderr() {
        let arguments: Vec<_> = std::env::args_os().skip(1).collect();
        let is_machine = |two: &[_]| two[0] == "--format" && two[1] == "json";
        let named = |one: &_| one == "--json" || one == "--format=json";
        ui::answer_machine(arguments.iter().any(named) || arguments.windows(2).any(is_machine));
        ui::answer_failure(&misunderstood(&error.render().to_string()));
    }
    ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2))
}

/// Gives what the reader of command lines says as a failure: its first paragraph, and as hints the others.
fn misunderstood(said: &str) -> Failure {
    let mut paragraphs = said.trim().split("\n\n").map(|part| part.split_whitespace().collect::<Vec<_>>().join(" "));
    let message = paragraphs.next().unwrap_or_default();
    let failure = Failure::asked(message.strip_prefix("error: ").unwrap_or(&message));
    paragraphs.fold(failure, |failure, hint| failure.hint(hint.strip_prefix("tip: ").unwrap_or(&hint)))
}

impl Verb {
    /// Does what the program calls itself for, in a process with bounds; nothing where the verb is one of people.
    fn serve(&self) -> Option<io::Result<()>> {
        match self {
            Self::ReadAppendedFile => Some(reader::serve()),
            Self::ReadDrawing => Some(drawing::serve()),
            Self::ReadFont => Some(faults::serve()),
            Self::FillTemplates => Some(fill::serve()),
            Self::Typeset => Some(apart::serve()),
            Self::FillNew => Some(starting::fill::serve()),
            _ => None,
        }
    }

    fn run(&self, workspace: &Path) -> Result<(), CliError> {
        match self {
            Self::New(verb) => verb.run(workspace),
            Self::Style(verb) => verb.run(workspace),
            Self::Build(verb) => verb.run(workspace),
            Self::Check(verb) => verb.run(workspace),
            Self::Calendar(verb) => verb.run(workspace),
            Self::Inspect(verb) => verb.run(workspace),
            Self::Issue(verb) => verb.run(workspace),
            Self::Site(verb) => verb.run(workspace),
            Self::Status(verb) => verb.run(workspace),
            Self::Changes(verb) => verb.run(workspace),
            Self::Year(verb) => verb.run(workspace),
            Self::Archive(verb) => verb.run(workspace),
            Self::Explain(verb) => verb.run(),
            Self::Schema(verb) => verb.run(),
            Self::Completions(verb) => verb.run(&mut Cli::command()),
            _ => Ok(()),
        }
    }

    /// Tells whether a machine waits for the answer.
    fn is_json(&self) -> bool {
        match self {
            Self::Build(verb) => verb.findings.is_json(),
            Self::Check(verb) => verb.findings.is_json(),
            Self::Inspect(verb) => verb.findings.is_json(),
            Self::Issue(verb) => verb.findings.is_json(),
            Self::Changes(verb) => verb.findings.is_json(),
            Self::Site(verb) => verb.json,
            Self::Status(verb) => verb.is_json(),
            Self::Year(verb) => verb.is_json(),
            Self::Calendar(verb) => verb.is_json(),
            Self::Archive(verb) => verb.is_json(),
            _ => false,
        }
    }
}
