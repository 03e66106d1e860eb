//! Where a verb works: the workspace and the archive that the command line names.

use std::path::{Path, PathBuf};
use std::time::SystemTime;

use super::{CliError, progress, ui};
use crate::app::{Env, Failure, Session};
use crate::appended::office;
use crate::issue::shelf::{Shelf, Warning};

/// Environment variable with the path of LibreOffice's program, where it is not on the search path.
const OFFICE: &str = "BOARDPACK_SOFFICE";

/// A workspace with its archive.
pub(super) struct Here {
    pub(super) root: PathBuf,
    pub(super) archive: PathBuf,
}

impl Here {
    /// Works in a workspace, which is looked for from the folder that the program was started in.
    pub(super) fn at(workspace: &Path, archive: &Path) -> Self {
        let root = if workspace == Path::new(".") { above() } else { workspace.to_owned() };
        let here = Self { root, archive: PathBuf::new() };
        Self { archive: here.below(archive), ..here }
    }

    /// Gives a path as it is meant: from the workspace, unless the program was started in it.
    pub(super) fn below(&self, path: &Path) -> PathBuf {
        if self.root == Path::new(".") || path.is_absolute() { path.to_owned() } else { self.root.join(path) }
    }

    pub(super) fn shelf(&self) -> Shelf {
        Shelf::at(&self.archive)
    }

    /// Gives what a session stands on besides the workspace.
    pub(super) fn env(&self) -> Result<Env, Failure> {
        let program = std::env::current_exe().map_err(|error| {
            Failure::work(format!("cannot tell where this program lies: {error}"))
                .hint("start it by its whole path: it reads other people's files in processes of its own")
        })?;
        Ok(Env {
            identity: identity(&program),
            program,
            office: std::env::var_os(OFFICE).filter(|program| !program.is_empty()).map(PathBuf::from),
            office_seconds: std::env::var_os(office::SECONDS).map(|seconds| seconds.to_string_lossy().into_owned()),
            archive: self.archive.clone(),
            progress: Box::new(progress::Bar::new()),
        })
    }

    /// Opens the workspace.
    pub(super) fn session(&self) -> Result<Session, CliError> {
        Ok(Session::open(&self.root, self.env()?))
    }

    /// Opens the workspace for a verb that writes nothing into the archive: of what is unfinished there it is told.
    pub(super) fn reading(&self) -> Result<Session, CliError> {
        warn(&self.shelf().warnings());
        self.session()
    }

    /// Finishes what a run that was cut off has begun in the archive, and says so.
    pub(super) fn recover(&self) -> Result<(), CliError> {
        self.shelf().recover()?.iter().for_each(ui::say);
        Ok(())
    }
}

/// Gives what sets this program apart from others, such as a newer one of the same version.
fn identity(program: &Path) -> String {
    let about = std::fs::metadata(program);
    let built = about.as_ref().ok().and_then(|about| about.modified().ok());
    let nanoseconds =
        built.and_then(|time| time.duration_since(SystemTime::UNIX_EPOCH).ok()).map_or(0, |since| since.as_nanos());
    format!("{} {} {nanoseconds}", env!("CARGO_PKG_VERSION"), about.map_or(0, |about| about.len()))
}

/// Tells of what is unfinished in an archive, or lost.
pub(super) fn warn(warnings: &[Warning]) {
    for Warning { what, help } in warnings {
        ui::warn(what, help);
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
