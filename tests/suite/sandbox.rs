//! A workspace in a temporary folder, and the program run in it.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use tempfile::TempDir;
use walkdir::WalkDir;

/// Gives the path of a file or folder of the repository.
pub fn repository(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// Gives the time of noon on a day, in seconds since 1970.
pub fn noon(day: &str) -> i64 {
    chrono::DateTime::parse_from_rfc3339(&format!("{day}T12:00:00Z")).expect("a day").timestamp()
}

/// Where no office program is.
const NO_OFFICE: &str = "/nonexistent/soffice";

/// A temporary workspace, removed at the end.
pub struct Sandbox {
    folder: TempDir,
}

/// What a run of the program gave.
#[derive(Debug)]
pub struct Outcome {
    /// Exit code; none when a signal ended the process, which is a crash.
    pub code: Option<i32>,
    /// Standard output.
    pub stdout: String,
    /// Standard error.
    pub stderr: String,
}

impl Sandbox {
    /// Makes an empty workspace.
    pub fn empty() -> Self {
        let folder = tempfile::Builder::new().prefix("boardpack-test-").tempdir().expect("a temporary folder");
        Self { folder }
    }

    /// Makes an empty workspace in memory where the system has a disk there, so that flushing costs nothing.
    pub fn in_memory() -> Self {
        const MEMORY: &str = "/dev/shm";
        let folder = tempfile::Builder::new().prefix("boardpack-test-").tempdir_in(MEMORY);
        folder.map_or_else(|_| Self::empty(), |folder| Self { folder })
    }

    /// Makes a workspace with the files of a folder of the repository.
    pub fn of(folder: &str) -> Self {
        let sandbox = Self::empty();
        sandbox.add(folder, "");
        sandbox
    }

    /// Makes the smallest workspace that builds: one council, one body, one agenda, one paper.
    pub fn base() -> Self {
        Self::of("tests/invalid/base")
    }

    /// Copies the files of a folder of the repository to a folder of the workspace, over what is there.
    pub fn add(&self, folder: &str, to: &str) {
        copy(&repository(folder), &self.path(to));
    }

    /// Gives the path of the workspace.
    pub fn root(&self) -> &Path {
        self.folder.path()
    }

    /// Gives the path of a file of the workspace.
    pub fn path(&self, path: &str) -> PathBuf {
        if path.is_empty() { self.root().to_owned() } else { self.root().join(path) }
    }

    /// Writes a file, making its folder.
    pub fn write(&self, path: &str, bytes: impl AsRef<[u8]>) {
        let full = self.path(path);
        fs::create_dir_all(full.parent().expect("a file has a folder")).expect("the folder can be made");
        fs::write(&full, bytes).unwrap_or_else(|error| panic!("{}: {error}", full.display()));
    }

    /// Reads a file as text.
    pub fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    /// Replaces words in a file; they must be there.
    pub fn edit(&self, path: &str, from: &str, to: &str) {
        let text = self.read(path);
        assert!(text.contains(from), "{path} does not hold `{from}`");
        self.write(path, text.replace(from, to));
    }

    /// Gives every file below a folder of the workspace, by path from that folder.
    pub fn files(&self, folder: &str) -> BTreeMap<String, Vec<u8>> {
        files(&self.path(folder))
    }

    /// Prepares a run of the program in this workspace.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_boardpack"));
        command.args(arguments).current_dir(self.root()).stdin(Stdio::null()).env("NO_COLOR", "1");
        // No test may depend on a program of the machine, nor on a password of whoever runs it.
        command.env("BOARDPACK_SOFFICE", NO_OFFICE).env_remove("BOARDPACK_PDF_PASSWORD");
        command
    }

    /// Runs the program in this workspace.
    pub fn run(&self, arguments: &[&str]) -> Outcome {
        Outcome::of(&mut self.command(arguments))
    }

    /// Runs the program at a time in seconds since 1970. Where it writes a record, the record tells why.
    pub fn at(&self, seconds: i64, arguments: &[&str]) -> Outcome {
        let is_record = matches!(arguments, ["issue", ..] | ["archive", "release" | "remove" | "withhold", ..]);
        let why = if is_record { &["--given-time", "a test"][..] } else { &[] };
        let all = [arguments, why].concat();
        Outcome::of(self.command(&all).env("SOURCE_DATE_EPOCH", seconds.to_string()))
    }

    /// Runs the program, which must succeed.
    pub fn succeed(&self, arguments: &[&str]) -> Outcome {
        let outcome = self.run(arguments);
        assert_eq!(outcome.code, Some(0), "{}", outcome.stderr);
        outcome
    }
}

impl Outcome {
    /// Runs a command to its end.
    pub fn of(command: &mut Command) -> Self {
        let output = command.output().expect("the program starts");
        Self {
            code: output.status.code(),
            stdout: String::from_utf8(output.stdout).expect("standard output is UTF-8"),
            stderr: String::from_utf8(output.stderr).expect("standard error is UTF-8"),
        }
    }

    /// Asserts that the program ended in one of the ways it documents, without a crash.
    pub fn assert_no_crash(&self, what: &str) {
        let code = self.code.unwrap_or_else(|| panic!("{what}: ended by a signal\n{}", self.stderr));
        assert!((0..=3).contains(&code), "{what}: exit code {code}\n{}", self.stderr);
        for word in ["panicked", "overflow", "RUST_BACKTRACE"] {
            assert!(!self.stderr.contains(word), "{what}: standard error holds `{word}`\n{}", self.stderr);
        }
    }
}

/// Gives every file below a folder, by path with `/`.
pub fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    WalkDir::new(folder)
        .into_iter()
        .map(|entry| entry.expect("the folder can be listed"))
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| {
            let below = entry.path().strip_prefix(folder).expect("entries lie below");
            let name = below.iter().map(|part| part.to_str().expect("names are UTF-8")).collect::<Vec<_>>().join("/");
            (name, fs::read(entry.path()).expect("the file can be read"))
        })
        .collect()
}

/// Copies a folder with its links as links.
pub fn copy(from: &Path, to: &Path) {
    for entry in WalkDir::new(from) {
        let entry = entry.unwrap_or_else(|error| panic!("{}: {error}", from.display()));
        let target = to.join(entry.path().strip_prefix(from).expect("entries lie below"));
        if entry.file_type().is_dir() {
            fs::create_dir_all(&target).expect("the folder can be made");
        } else if entry.path_is_symlink() {
            link(&fs::read_link(entry.path()).expect("the link can be read"), &target);
        } else {
            fs::copy(entry.path(), &target).expect("the file can be copied");
        }
    }
}

/// Makes a symbolic link, where there are any.
pub fn link(aim: &Path, at: &Path) {
    #[cfg(unix)]
    std::os::unix::fs::symlink(aim, at).expect("the link can be made");
    #[cfg(windows)]
    std::os::windows::fs::symlink_file(aim, at).expect("the link can be made");
}

/// Makes a named pipe, where there are any.
pub fn pipe(at: &Path) {
    #[cfg(unix)]
    {
        use rustix::fs::{CWD, FileType, Mode, mknodat};
        mknodat(CWD, at, FileType::Fifo, Mode::RUSR | Mode::WUSR, 0).expect("the pipe can be made");
    }
    #[cfg(not(unix))]
    let _ = at;
}
