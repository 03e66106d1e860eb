//! A workspace's own layouts and fonts, which strangers may have made: used in processes with bounds.

use std::path::PathBuf;

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::bounded::{self, Bounds, GIGABYTE, Stopped};
use crate::finding::{Finding, Place};

/// Environment variable with the seconds of work that setting one document may take.
pub(crate) const SECONDS: &str = "BOARDPACK_LAYOUT_SECONDS";

/// Those that it may take where the variable does not say; more for long ones.
const USUAL_SECONDS: u64 = 120;

/// Bytes of memory that it may take, besides some times what goes in.
const MEMORY: u64 = 4 * GIGABYTE;

/// How many times.
const MEMORY_TIMES: u64 = 16;

/// Own files of a workspace, and the program in whose processes they are used.
#[derive(Debug, Clone)]
pub(crate) struct Foreign {
    program: PathBuf,
    /// Layouts by name.
    layouts: Vec<(String, Place)>,
}

crate::finding::rule! {
    /// A file of the workspace's layouts/ replaces the built-in file of that name. It has an error at the
    /// place shown. Mend it, or remove the file to have the built-in layout again.
    LAYOUT_BROKEN = "L0001", Layouts, Error, pages, guarded, "a layout cannot be used";
}

impl Foreign {
    pub(super) fn new(program: PathBuf, layouts: Vec<(String, Place)>) -> Self {
        Self { program, layouts }
    }

    /// Has work done by a verb of the program; `doing` says what it is, as in "setting the pages".
    pub(crate) fn ask<Answer: DeserializeOwned>(
        &self,
        verb: &str,
        doing: &str,
        order: &impl Serialize,
        bytes: &[&[u8]],
    ) -> Result<(Answer, Vec<u8>), Box<Finding>> {
        let size: u64 = bytes.iter().map(|some| some.len() as u64).sum();
        #[expect(clippy::disallowed_methods, reason = "a bound that tests and slow machines set")]
        let said = std::env::var(SECONDS).ok().and_then(|seconds| seconds.parse().ok());
        let seconds = said.unwrap_or(USUAL_SECONDS + size / (1024 * 1024));
        let bounds = Bounds { memory: MEMORY + MEMORY_TIMES * size, seconds };
        bounded::ask(&self.program, verb, bounds, order, bytes)
            .map_err(|stopped| Box::new(self.finding(doing, &stopped)))
    }

    fn finding(&self, doing: &str, stopped: &Stopped) -> Finding {
        let names: Vec<String> = self.layouts.iter().map(|(name, _)| format!("`layouts/{name}`")).collect();
        let who = match names.as_slice() {
            [] => "the workspace's own fonts".to_owned(),
            [one] => one.clone(),
            several => format!("the workspace's own layouts ({})", several.join(", ")),
        };
        let what = match stopped {
            Stopped::Clock(_) | Stopped::Time(_) | Stopped::Memory(_) => format!("{doing} takes {stopped}"),
            Stopped::Silent => format!("{doing} broke off"),
            Stopped::NotStarted(why) => format!("{doing} could not begin: {why}"),
        };
        let place = self.layouts.first().map(|(_, place)| *place).unwrap_or_default();
        let mut finding = Finding::new(&LAYOUT_BROKEN, place, format!("with {who}, {what}"));
        if names.len() != 1 {
            finding.labels.clear();
        }
        finding.help(format!(
            "look for what is repeated without end, or remove the file to have what is built in again; for very long \
             packs, {SECONDS} allows more seconds"
        ))
    }
}
