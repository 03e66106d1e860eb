//! All printing: answers to standard output, everything else to standard error.
//!
//! Nothing here panics. An answer that cannot be written ends the verb; a word beside it that cannot, as where a full disk
//! stands behind standard error, lets the work go on, and the run then ends with the exit code of a failure.

use std::io::{self, IsTerminal, Write};
use std::sync::atomic::{AtomicBool, Ordering};

use serde::Serialize;

use super::CliError;
use crate::app::Failure;

/// Whether something has been answered.
static ANSWERED: AtomicBool = AtomicBool::new(false);

/// Whether a machine waits for the answer.
static MACHINE: AtomicBool = AtomicBool::new(false);

/// Whether a word beside the answer could not be written.
static UNHEARD: AtomicBool = AtomicBool::new(false);

/// Says whether a machine waits for the answer.
pub(super) fn answer_machine(is_machine: bool) {
    MACHINE.store(is_machine, Ordering::Relaxed);
}

/// Prints an answer.
pub(super) fn out(text: impl AsRef<str>) -> Result<(), CliError> {
    ANSWERED.store(true, Ordering::Relaxed);
    let mut stdout = io::stdout().lock();
    writeln!(stdout, "{}", text.as_ref())?;
    Ok(stdout.flush()?)
}

/// Prints a JSON document as the answer.
pub(super) fn json(document: &impl Serialize) -> Result<(), CliError> {
    out(serde_json::to_string_pretty(document).unwrap_or_default())
}

/// Says something beside the answer.
pub(super) fn say(text: impl AsRef<str>) {
    heard(writeln!(io::stderr(), "{}", text.as_ref()));
}

/// Lets something be written beside the answer.
pub(super) fn beside(write: impl FnOnce(&mut dyn Write) -> io::Result<()>) {
    heard(write(&mut io::stderr().lock()));
}

fn heard(result: io::Result<()>) {
    if result.is_err_and(|error| error.kind() != io::ErrorKind::BrokenPipe) {
        UNHEARD.store(true, Ordering::Relaxed);
    }
}

/// Warns of something, with what to do about it.
pub(super) fn warn(what: &str, help: &str) {
    say(format!("warning: {what}\n  = help: {help}"));
}

/// Tells of a failure: to people, and as a document to a machine that has no other answer yet.
pub(super) fn fail(failure: &Failure) {
    say(format!("failure: {failure}"));
    answer_failure(failure);
}

/// Gives a failure of which people were told to a machine that has no other answer yet.
pub(super) fn answer_failure(failure: &Failure) {
    if MACHINE.load(Ordering::Relaxed) && !ANSWERED.load(Ordering::Relaxed) {
        let document = serde_json::json!({ "schema_version": 1, "failure": failure });
        if json(&document).is_err() {
            UNHEARD.store(true, Ordering::Relaxed);
        }
    }
}

/// Tells whether all that was said beside the answers could be written.
pub(super) fn was_heard() -> bool {
    !UNHEARD.load(Ordering::Relaxed)
}

/// Tells whether somebody sees at once what is said.
pub(super) fn is_seen() -> bool {
    io::stderr().is_terminal()
}
