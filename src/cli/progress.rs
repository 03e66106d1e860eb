//! Progress on a terminal, after a quarter of a second; and a watch over the memory that the work takes.

use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::memory::Watch;
use crate::progress::Progress;

/// How long work may take before it is worth telling.
const PATIENCE: Duration = Duration::from_millis(250);

/// A line that says what is worked on, and the watch.
pub(super) struct Bar {
    line: ProgressBar,
    started: Instant,
    memory: Watch,
}

impl Bar {
    pub(super) fn new() -> Self {
        let target = if super::ui::is_seen() { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
        let line = ProgressBar::with_draw_target(None, target);
        if let Ok(style) = ProgressStyle::with_template("{spinner} {wide_msg}") {
            line.set_style(style);
        }
        Self { line, started: Instant::now(), memory: Watch::new() }
    }
}

impl Progress for Bar {
    fn step(&self, what: &str) {
        if self.started.elapsed() > PATIENCE {
            self.line.set_message(what.to_owned());
            self.line.tick();
        }
    }

    fn finish(&self) {
        self.line.finish_and_clear();
    }

    fn largest(&self, paper: &str) {
        self.memory.largest(paper);
    }

    fn memory_left(&self) -> Option<u64> {
        Watch::left()
    }
}
