//! `strace`: what calls the program makes that change something, and what it is like when one of them is cut off.
//!
//! Its counts are for each thread and each kind of call. All that changes something in the archive and in the outputs is
//! done by the program's first thread, one after the other, so that a kind and a count mean one call.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::fs;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use crate::sandbox::{Outcome, Sandbox};

/// Calls that change something, besides those that open a file which is not there yet.
const CHANGING: &[&str] = &[
    "write",
    "pwrite64",
    "writev",
    "copy_file_range",
    "ftruncate",
    "fallocate",
    "fsync",
    "fdatasync",
    "mkdir",
    "mkdirat",
    "link",
    "linkat",
    "symlink",
    "symlinkat",
    "rename",
    "renameat",
    "renameat2",
    "unlink",
    "unlinkat",
    "rmdir",
    "chmod",
    "fchmod",
    "fchmodat",
];

/// A call that changes something.
#[derive(Debug, Clone)]
pub struct Call {
    /// Its name.
    pub kind: String,
    /// How many of its kind there were up to it.
    pub count: usize,
    /// The call as `strace` writes it.
    pub line: String,
    /// The file that it flushes, of which half may be lost before.
    pub flushes: Option<PathBuf>,
}

impl Call {
    /// Tells whether a full disk would refuse it.
    pub fn needs_room(&self) -> bool {
        ["write", "fsync", "mkdir", "link", "linkat", "rename"].contains(&self.kind.as_str())
    }
}

/// What is done to the program at a call.
#[derive(Debug)]
pub enum Harm {
    /// It is killed before the call.
    Kill(Call),
    /// It is killed before it flushes a file, of which half is lost.
    Tear(Call),
    /// The disk is full from the call on.
    Full(Call),
}

impl Harm {
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Kill(_) => "kill",
            Self::Tear(_) => "tear",
            Self::Full(_) => "full",
        }
    }

    fn call(&self) -> &Call {
        match self {
            Self::Kill(call) | Self::Tear(call) | Self::Full(call) => call,
        }
    }
}

impl fmt::Display for Harm {
    fn fmt(&self, out: &mut fmt::Formatter) -> fmt::Result {
        let Call { kind, count, line, .. } = self.call();
        write!(out, "{} at {kind} {count}, {line}", self.kind())
    }
}

/// Tells whether `strace` is on this machine and may trace.
pub fn is_there() -> bool {
    let mut command = Command::new("strace");
    let run = command.args(["-f", "-qq", "-o", "/dev/null", "true"]).stderr(Stdio::null()).status();
    run.is_ok_and(|status| status.success())
}

/// Prepares a run whose files are where nobody else's are.
pub fn command(sandbox: &Sandbox, seconds: i64, arguments: &[&str]) -> Command {
    let is_record = matches!(arguments, ["issue", ..] | ["archive", "release" | "remove", ..]);
    let why = if is_record { &["--given-time", "a test"][..] } else { &[] };
    let mut command = sandbox.command(&[arguments, why].concat());
    command.env("SOURCE_DATE_EPOCH", seconds.to_string());
    command.env("TMPDIR", sandbox.path("temporary")).env("RAYON_NUM_THREADS", "1");
    command
}

/// Runs the program under `strace`, and gives the lines that it writes.
fn traced(sandbox: &Sandbox, seconds: i64, arguments: &[&str], inject: &[String]) -> (Outcome, String) {
    let plain = command(sandbox, seconds, arguments);
    let log = tempfile::NamedTempFile::new().expect("a file");
    let mut traced = Command::new("strace");
    traced.args(["-f", "-qq", "-y", "-s", "0", "-o"]).arg(log.path());
    if inject.is_empty() {
        // Faster, but no signal comes before a call then.
        traced.arg("--seccomp-bpf");
    }
    traced.arg("-e").arg(format!("trace=openat,{}", CHANGING.join(",")));
    for one in inject {
        traced.arg("-e").arg(format!("inject={one}"));
    }
    traced.arg(plain.get_program()).args(plain.get_args()).current_dir(sandbox.root()).stdin(Stdio::null());
    for (name, value) in plain.get_envs() {
        match value {
            Some(value) => traced.env(name, value),
            None => traced.env_remove(name),
        };
    }
    let outcome = Outcome::of(&mut traced);
    (outcome, fs::read_to_string(log.path()).expect("what strace wrote"))
}

/// Runs the program, and gives its calls that change something.
pub fn record(sandbox: &Sandbox, seconds: i64, arguments: &[&str]) -> (Outcome, Vec<Call>) {
    let (outcome, log) = traced(sandbox, seconds, arguments, &[]);
    (outcome, calls(&log))
}

fn calls(log: &str) -> Vec<Call> {
    let first = log.split_whitespace().next().unwrap_or_default().to_owned();
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    let (mut calls, mut made) = (Vec::new(), BTreeSet::new());
    for line in log.lines() {
        let Some(line) = line.strip_prefix(&first).map(str::trim_start) else { continue };
        let Some((kind, arguments)) = line.split_once('(') else { continue };
        if !kind.bytes().all(|letter| letter.is_ascii_alphanumeric()) {
            continue;
        }
        let count = counts.entry(kind.to_owned()).or_default();
        *count += 1;
        let is_printed = kind == "write" && ["1<", "2<"].iter().any(|to| arguments.starts_with(to));
        let changes = CHANGING.contains(&kind) || arguments.contains("O_CREAT");
        if !changes || is_printed || line.contains(" = -1 ") {
            continue;
        }
        // A descriptor is written with its path.
        let between = |text: &str| text.split_once('<')?.1.split_once('>').map(|(path, _)| PathBuf::from(path));
        if kind == "openat" {
            made.extend(line.rsplit_once(" = ").and_then(|(_, result)| between(result)));
        }
        let flushes = between(arguments).filter(|path| kind == "fsync" && made.contains(path));
        calls.push(Call { kind: kind.to_owned(), count: *count, line: line.to_owned(), flushes });
    }
    calls
}

/// Runs the program with a harm, and gives its exit code.
pub fn harmed(
    sandbox: &Sandbox,
    seconds: i64,
    arguments: &[&str],
    harm: &Harm,
    all: &[Call],
) -> Result<Option<i32>, String> {
    let Call { kind, count, .. } = harm.call();
    let inject = match harm {
        Harm::Kill(_) | Harm::Tear(_) => vec![format!("{kind}:signal=SIGKILL:when={count}")],
        Harm::Full(call) => full_from(call, all),
    };
    let (outcome, log) = traced(sandbox, seconds, arguments, &inject);
    if matches!(harm, Harm::Full(_)) {
        // A crash is none of the exit codes that are documented.
        return match outcome.code {
            Some(0..=3) => Ok(outcome.code),
            code => Err(format!("a full disk ends it with {code:?}: {}", outcome.stderr)),
        };
    }
    if outcome.code.is_some() {
        return Err(format!("was not killed: {}{}", outcome.stdout, outcome.stderr));
    }
    if let Harm::Tear(_) = harm {
        let torn = calls(&log).pop().and_then(|call| call.flushes).ok_or("was not killed at a flush")?;
        let file =
            fs::OpenOptions::new().write(true).open(&torn).map_err(|error| format!("{}: {error}", torn.display()))?;
        let length = file.metadata().map_err(|error| error.to_string())?.len();
        file.set_len(length / 2).map_err(|error| error.to_string())?;
    }
    Ok(None)
}

/// Gives what has the disk full from a call on. Of writes the one that is meant is refused, and none after it: what is
/// written then is told to people.
fn full_from(call: &Call, all: &[Call]) -> Vec<String> {
    let place = all.iter().position(|one| one.kind == call.kind && one.count == call.count).unwrap_or_default();
    let mut refused: BTreeMap<&str, usize> = BTreeMap::new();
    let is_refused = |later: &&Call| later.needs_room() && (later.kind != "write" || call.kind == "write");
    for later in all[place..].iter().filter(is_refused) {
        refused.entry(later.kind.as_str()).or_insert(later.count);
    }
    let inject = |(kind, count): (&str, usize)| {
        let on = if kind == "write" { "" } else { "+" };
        format!("{kind}:error=ENOSPC:when={count}{on}")
    };
    refused.into_iter().map(inject).collect()
}

/// Gives the folders that were moved while names in them, or in folders below, were not flushed yet.
pub fn moved_unflushed(calls: &[Call]) -> Vec<String> {
    let mut open: BTreeMap<String, String> = BTreeMap::new();
    let mut wrong = Vec::new();
    for Call { kind, line, .. } in calls {
        let quoted: Vec<&str> = line.split('"').skip(1).step_by(2).collect();
        match (kind.as_str(), &quoted[..]) {
            ("fsync", _) => {
                let flushed = line.split_once('<').and_then(|(_, rest)| rest.split_once('>'));
                let flushed = flushed.map_or("", |(path, _)| path).to_owned();
                open.retain(|folder, _| !flushed.ends_with(folder.as_str()));
            }
            ("openat" | "mkdir" | "link" | "linkat", [.., path]) => {
                let Some((folder, _)) = path.rsplit_once('/') else { continue };
                open.insert(folder.to_owned(), line.clone());
            }
            ("rename" | "renameat2", [from, to]) => {
                let below = format!("{from}/");
                let unflushed = open.iter().filter(|(folder, _)| *folder == from || folder.starts_with(&below));
                wrong.extend(unflushed.map(|(_, made)| format!("moved to {to}, but not flushed: {made}")));
            }
            _ => {}
        }
    }
    wrong
}
