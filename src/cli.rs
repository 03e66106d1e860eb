//! The verbs, one file each; the only place that prints.

#![expect(clippy::disallowed_methods, reason = "the door: what the program is given by its surroundings is asked here")]
#![allow(clippy::print_stdout, clippy::print_stderr)]

use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::SystemTime;

use clap::{Args, CommandFactory, Parser, Subcommand, ValueEnum};

use crate::appended::office::{self, Office};
use crate::appended::{Reader, Receiver, drawing, reader};
use crate::fonts::faults;
use crate::issue::IssueFailure;
use crate::issue::proof::signing::PrivateKey;
use crate::issue::shelf::Shelf;
use crate::render::fill;
use crate::secrets::Secrets;
use crate::typeset::apart;
use time::now;

mod archive;
mod build;
mod calendar;
mod changes;
mod check;
mod completions;
mod explain;
mod inspect;
mod issue;
mod memory;
mod progress;
mod report;
mod schema;
mod select;
mod status;
mod time;

/// Environment variable with the path of LibreOffice's program, where it is not on the search path.
const OFFICE: &str = "BOARDPACK_SOFFICE";

/// Folder of a workspace in which single papers are kept from run to run; it can be removed at any time.
const CACHE: &str = ".boardpack/papers";

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

A first pack: write content/council.yaml, content/bodies/BODY/body.yaml and
content/bodies/BODY/MEETING/agenda.yaml, then run `boardpack build`.")]
struct Cli {
    /// Folder that holds content/
    #[arg(short = 'w', long, global = true, value_name = "FOLDER", default_value = ".")]
    workspace: PathBuf,
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
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
    /// Show every meeting: draft or issued, changed since, and the days left
    Status(status::Status),
    /// Show what differs from the last issue of a meeting
    Changes(changes::Changes),
    /// Look after what has been issued
    Archive(archive::Archive),
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
    /// Print a script that completes commands in your shell
    Completions(completions::Completions),
}

/// What `build` and `check` have in common.
#[derive(Args)]
struct Findings {
    /// How findings are shown
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
    /// Show every finding with its lines, also where a rule has more than five
    #[arg(long)]
    full: bool,
    /// Treat warnings as errors
    #[arg(long)]
    deny_warnings: bool,
}

impl Findings {
    /// Shows all of them with the lines of the sources.
    fn human() -> Self {
        Self { format: Format::Human, full: true, deny_warnings: false }
    }
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// With the lines of the sources
    Human,
    /// One line each
    Concise,
    /// A JSON document
    Json,
    /// Annotations for GitHub's checks
    Github,
}

/// Why a verb could not do its work.
enum Stop {
    /// The sources have errors.
    Findings,
    /// The command line names what does not exist.
    CommandLine(String),
    /// The work could not be done.
    Failure(String),
    /// Something is not as it was issued.
    Faults,
    /// Nobody reads the output any more.
    BrokenPipe,
}

impl Stop {
    /// Gives the stop for a failure that says what to do.
    fn of(failure: impl Into<IssueFailure>) -> Self {
        let failure = failure.into();
        Self::Failure(format!("{failure}\n  = help: {}", failure.help()))
    }
}

impl From<io::Error> for Stop {
    fn from(error: io::Error) -> Self {
        if error.kind() == io::ErrorKind::BrokenPipe {
            Self::BrokenPipe
        } else {
            Self::Failure(format!("cannot write to standard output: {error}"))
        }
    }
}

/// Runs the program with the arguments of the process.
pub fn run() -> ExitCode {
    let mut cli = Cli::parse();
    let is_hidden = cli.verb.is_hidden();
    if !is_hidden {
        crate::fs::sweep_temporary();
    }
    if cli.workspace == Path::new(".") {
        cli.workspace = above();
    }
    // The processes that the program starts itself have limits of their own.
    let settled = if is_hidden { Ok(()) } else { memory::settle() };
    let result = settled.and_then(|()| cli.verb.run(&cli.workspace));
    match result {
        Ok(()) | Err(Stop::BrokenPipe) => ExitCode::SUCCESS,
        Err(Stop::Findings) => ExitCode::from(1),
        Err(Stop::Faults) => ExitCode::from(4),
        Err(Stop::CommandLine(message)) => {
            complain(&message);
            ExitCode::from(2)
        }
        Err(Stop::Failure(message)) => {
            complain(&message);
            ExitCode::from(3)
        }
    }
}

impl Verb {
    /// Tells whether the program calls itself for it, in processes with bounds.
    fn is_hidden(&self) -> bool {
        let of_files = matches!(self, Self::ReadAppendedFile | Self::ReadDrawing | Self::ReadFont);
        of_files || matches!(self, Self::FillTemplates | Self::Typeset)
    }

    fn run(&self, workspace: &Path) -> Result<(), Stop> {
        match self {
            Self::Build(verb) => verb.run(workspace),
            Self::Check(verb) => verb.run(workspace),
            Self::Calendar(verb) => verb.run(workspace),
            Self::Inspect(verb) => verb.run(workspace),
            Self::Issue(verb) => verb.run(workspace),
            Self::Status(verb) => verb.run(workspace),
            Self::Changes(verb) => verb.run(workspace),
            Self::Archive(verb) => verb.run(workspace),
            Self::Explain(verb) => verb.run(),
            Self::Schema(verb) => verb.run(),
            Self::ReadAppendedFile => reader::serve().map_err(Stop::from),
            Self::ReadDrawing => drawing::serve().map_err(Stop::from),
            Self::ReadFont => faults::serve().map_err(Stop::from),
            Self::FillTemplates => fill::serve().map_err(Stop::from),
            Self::Typeset => apart::serve().map_err(Stop::from),
            Self::Completions(verb) => verb.run(&mut Cli::command()),
        }
    }
}

/// Gives the workspace that the program was started in: the folder itself, or the nearest one above it that holds
/// `content/` with a council or bodies.
fn above() -> PathBuf {
    let here = PathBuf::from(".");
    // A copy of an archive is looked at where it lies.
    if ["content", "archive"].iter().any(|name| here.join(name).exists()) {
        return here;
    }
    let depth = std::env::current_dir().map_or(0, |folder| folder.ancestors().count());
    let folders = (1..depth).map(|steps| PathBuf::from(vec![".."; steps].join("/")));
    let is_workspace = |folder: &PathBuf| {
        let content = folder.join("content");
        ["council.yaml", "council.yml", "bodies"].iter().any(|name| content.join(name).exists())
    };
    folders.into_iter().find(is_workspace).unwrap_or(here)
}

/// Gives what receives appended files: foreign PDFs are read in processes of this program.
fn receiver(workspace: &Path) -> Receiver {
    let reader = std::env::current_exe().map_or_else(|_| Reader::default(), Reader::of);
    let program = std::env::var_os(OFFICE).filter(|program| !program.is_empty()).map(PathBuf::from);
    let seconds = std::env::var_os(office::SECONDS).map(|seconds| seconds.to_string_lossy().into_owned());
    Receiver::new(reader, Office::new(workspace, program).seconds(seconds))
}

/// Refuses words for everybody that say what a withheld paper protects.
fn told_to_everybody(option: &str, words: &str, secrets: &Secrets) -> Result<(), Stop> {
    match secrets.said_in(words) {
        Some(secret) => Err(Stop::CommandLine(format!(
            "`{option}` says `{}`, which {} protects, and everybody can read it\n  = help: say it in other words",
            secret.words, secret.path
        ))),
        None => Ok(()),
    }
}

/// Gives a path as it is meant: from the workspace, unless the program was started in it.
fn below(workspace: &Path, path: &Path) -> PathBuf {
    if workspace == Path::new(".") || path.is_absolute() { path.to_owned() } else { workspace.join(path) }
}

fn read_bytes(path: &Path) -> Result<Vec<u8>, Stop> {
    crate::fs::read_file(path).map_err(|error| {
        let why = crate::fs::reason(&error);
        Stop::Failure(format!(
            "cannot read `{}`: {why}\n  = help: check the name, and that you may read the file",
            path.display()
        ))
    })
}

fn read_text(path: &Path) -> Result<String, Stop> {
    String::from_utf8(read_bytes(path)?)
        .map_err(|_| Stop::Failure(format!("`{}` is not text\n  = help: check the name", path.display())))
}

/// Reads a private key for signing.
fn read_key(path: &Path) -> Result<PrivateKey, Stop> {
    PrivateKey::read(&read_text(path)?).map_err(Stop::of)
}

/// What signs a record.
#[derive(Args)]
struct Signature {
    /// Sign with the private key in this file (see `boardpack archive key`)
    #[arg(long, value_name = "FILE")]
    sign: Option<PathBuf>,
}

impl Signature {
    /// Gives the key, which must be the council's: where the council signs, there must be one.
    fn key(&self, shelf: &Shelf) -> Result<Option<PrivateKey>, Stop> {
        let key = self.sign.as_deref().map(read_key).transpose()?;
        shelf.may_sign(key.as_ref()).map_err(Stop::of)?;
        Ok(key)
    }
}

/// Writes a file in the place of what is there, all or nothing.
fn write(path: &Path, bytes: &[u8]) -> Result<(), Stop> {
    crate::fs::replace_file(path, bytes)
        .map_err(|error| Stop::Failure(format!("{error}\n  = help: name a folder that you may write to")))
}

/// Writes a file that must not be there yet, for the eyes of its owner.
fn write_secret(path: &Path, bytes: &[u8]) -> Result<(), Stop> {
    crate::fs::write_secret(path, bytes).map_err(|error| {
        Stop::Failure(format!(
            "{error}\n  = help: name a file that is not there yet, in a folder that you may write to"
        ))
    })
}

/// Reads words of an officer: a line with something on it.
fn words(text: &str) -> Result<String, String> {
    let text = text.trim();
    if text.is_empty() || text.chars().any(char::is_control) {
        return Err("write some words, on one line".to_owned());
    }
    Ok(text.to_owned())
}

/// Gives the folder of a workspace in which single papers are kept from run to run.
fn cache(workspace: &Path) -> PathBuf {
    workspace.join(CACHE)
}

/// Gives what sets this program apart from others, such as a newer one of the same version.
fn this_program() -> String {
    let about = std::env::current_exe().and_then(std::fs::metadata);
    let built = about.as_ref().ok().and_then(|about| about.modified().ok());
    let seconds =
        built.and_then(|time| time.duration_since(SystemTime::UNIX_EPOCH).ok()).map_or(0, |since| since.as_nanos());
    format!("{} {} {seconds}", env!("CARGO_PKG_VERSION"), about.map_or(0, |about| about.len()))
}

fn complain(message: &str) {
    let _ = writeln!(io::stderr(), "failure: {message}");
}

fn out(text: &str) -> Result<(), Stop> {
    let mut stdout = io::stdout().lock();
    writeln!(stdout, "{text}")?;
    Ok(stdout.flush()?)
}

fn stderr_is_terminal() -> bool {
    io::stderr().is_terminal()
}
