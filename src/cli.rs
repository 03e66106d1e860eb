//! The verbs, one file each; the only place that prints.

#![allow(clippy::print_stdout, clippy::print_stderr)]

use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, CommandFactory, Parser, Subcommand, ValueEnum};

use crate::appended::office::Office;
use crate::appended::{Reader, Receiver, reader};

mod build;
mod calendar;
mod check;
mod completions;
mod explain;
mod inspect;
mod progress;
mod report;
mod select;

/// Environment variable with the path of LibreOffice's program, where it is not on the search path.
const OFFICE: &str = "BOARDPACK_SOFFICE";

/// Agenda packs for council boards, from YAML sources
#[derive(Parser)]
#[command(name = "boardpack", version, arg_required_else_help = true, max_term_width = 100)]
#[command(after_help = "\
Exit codes:
  0  done
  1  the sources have errors
  2  the command line cannot be understood
  3  the work could not be done

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
    /// Show what is wrong in the sources, without writing anything
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
    /// Explain the code of a finding, such as T0008
    Explain(explain::Explain),
    /// Read one appended file from standard input: what this program calls itself for
    #[command(name = reader::VERB, hide = true)]
    ReadAppendedFile,
    /// Print a script that completes commands in your shell
    Completions(completions::Completions),
}

/// What `build` and `check` have in common.
#[derive(Args)]
struct Findings {
    /// How findings are shown
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
    /// Treat warnings as errors
    #[arg(long)]
    deny_warnings: bool,
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
    /// Nobody reads the output any more.
    BrokenPipe,
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
    let cli = Cli::parse();
    let result = match &cli.verb {
        Verb::Build(verb) => verb.run(&cli.workspace),
        Verb::Check(verb) => verb.run(&cli.workspace),
        Verb::Calendar(verb) => verb.run(&cli.workspace),
        Verb::Inspect(verb) => verb.run(&cli.workspace),
        Verb::Explain(verb) => verb.run(),
        Verb::ReadAppendedFile => reader::serve().map_err(Stop::from),
        Verb::Completions(verb) => verb.run(&mut Cli::command()),
    };
    match result {
        Ok(()) | Err(Stop::BrokenPipe) => ExitCode::SUCCESS,
        Err(Stop::Findings) => ExitCode::from(1),
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

/// Gives what receives appended files: foreign PDFs are read in processes of this program.
fn receiver(workspace: &Path) -> Receiver {
    let reader = std::env::current_exe().map_or_else(|_| Reader::default(), Reader::of);
    let program = std::env::var_os(OFFICE).filter(|program| !program.is_empty()).map(PathBuf::from);
    Receiver::new(reader, Office::new(workspace, program))
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
