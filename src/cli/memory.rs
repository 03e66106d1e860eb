//! The memory that a run may take: told before the system ends the program without a word.

use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::thread;
use std::time::Duration;

use super::{CliError, ui};
use crate::app::Failure;
use crate::memory::Ceiling;

/// Environment variable with the megabytes that a run may hold.
const MEGABYTES: &str = "BOARDPACK_MEMORY_MB";

/// How often a run is looked at: typesetting takes some hundred megabytes in a second.
const OFTEN: Duration = Duration::from_millis(20);

static CEILING: OnceLock<Option<Ceiling>> = OnceLock::new();

/// Settles what this run may hold: what the environment says, else a share of what the machine has to give.
pub(super) fn settle() -> Result<(), CliError> {
    let ceiling = match std::env::var_os(MEGABYTES) {
        None => Ceiling::of_machine(),
        Some(megabytes) => {
            let megabytes = megabytes.to_string_lossy();
            let number = megabytes.trim().parse().ok().filter(|number| *number > 0);
            let Some(number) = number else {
                return Err(Failure::asked(format!(
                    "`{MEGABYTES}` is `{megabytes}`, which is not a number of megabytes"
                ))
                .hint("remove the variable, or give the megabytes of memory that the program may hold")
                .into());
            };
            Some(Ceiling::of_megabytes(number))
        }
    };
    let _ = CEILING.set(ceiling);
    Ok(())
}

/// Looks at what a run holds until it is dropped, and ends the program at the ceiling.
pub(super) struct Watch {
    largest: Arc<Mutex<String>>,
    _until: Sender<()>,
}

impl Watch {
    pub(super) fn new() -> Self {
        let largest = Arc::<Mutex<String>>::default();
        let (until, ended) = mpsc::channel();
        if let Some(ceiling) = CEILING.get().copied().flatten() {
            let largest = Arc::clone(&largest);
            thread::spawn(move || {
                while ended.recv_timeout(OFTEN) == Err(RecvTimeoutError::Timeout) {
                    if ceiling.left() == Some(0) {
                        end(ceiling, &largest.lock().unwrap_or_else(PoisonError::into_inner));
                    }
                }
            });
        }
        Self { largest, _until: until }
    }

    /// Notes which paper most of the memory goes to.
    pub(super) fn largest(&self, paper: &str) {
        paper.clone_into(&mut self.largest.lock().unwrap_or_else(PoisonError::into_inner));
    }

    pub(super) fn left() -> Option<u64> {
        CEILING.get().copied().flatten()?.left()
    }
}

#[expect(clippy::exit, reason = "typesetting cannot be stopped otherwise, and everything is written all or nothing")]
fn end(ceiling: Ceiling, largest: &str) {
    let most = if largest.is_empty() { String::new() } else { format!("; the largest paper at work is `{largest}`") };
    let failure = Failure::work(format!(
        "this run takes more than the {} MB of memory that it may hold{most}",
        ceiling.megabytes()
    ));
    let help = format!(
        "split the paper, append its long tables as a PDF, or set {MEGABYTES} to more where the machine has it; what was \
         written before is whole"
    );
    ui::fail(&failure.hint(help));
    std::process::exit(3);
}
