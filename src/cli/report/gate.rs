//! What stands between a draft and its publication, as people read it.

use super::{Shown, concise, human};
use crate::app::Report;
use crate::cli::ui;
use crate::issue::gate::{Counts, Entry, Gate, State};

/// States of what is always shown.
const SHOWN: [State; 4] = [State::ToSettle, State::Overridden, State::Found, State::New];

/// Shows the findings at the gate of a meeting, and what became of each; without a meeting, those of several.
pub(super) fn show(report: &Report, full: bool) {
    let gate = &report.gate;
    let known = |entry: &&Entry| SHOWN.contains(&entry.state) || (full && entry.state == State::Known);
    let mut shown: Vec<&Entry> = gate.entries().iter().filter(known).collect();
    shown.sort_by_key(|entry| entry.state);
    let shown: Vec<Shown> = shown.into_iter().map(Shown::from).collect();
    human::show(&shown, full);
    accepted(gate, full);
    if let Some(Some(meeting)) = &report.publication {
        ui::say(format!("{meeting}: {}", summary(&gate.counts(), full)));
    }
}

/// Lists what is accepted: all in full, otherwise what the last issue did not have so.
fn accepted(gate: &Gate, full: bool) {
    let since = gate.counts().since;
    for entry in gate.in_state(&[State::Accepted]).filter(|entry| full || entry.is_new) {
        let look_again = |issue| format!(", new or in a file that has changed since issue {issue}");
        let new = since.filter(|_| entry.is_new).map_or(String::new(), look_again);
        let reason = entry.reason.as_deref().unwrap_or_default().trim();
        ui::say(format!("accepted{new}: {}\n  reason: {reason}", concise(entry.into())));
    }
}

/// Says in a line how many findings are to be settled, new, known and accepted.
fn summary(counts: &Counts, full: bool) -> String {
    let Counts { since, to_settle, overridden, found, new, known, accepted, newly_accepted } = *counts;
    let issue = since.map_or(String::new(), |issue| format!("issue {issue}"));
    let mut parts = vec![match to_settle {
        0 => "nothing to settle".to_owned(),
        count => format!("{count} to settle before it is issued"),
    }];
    let mut say = |count: usize, words: String| {
        if count > 0 {
            parts.push(format!("{count} {words}"));
        }
    };
    say(overridden, "overridden".to_owned());
    say(found, "to look at".to_owned());
    say(new, format!("new since {issue}"));
    say(known, format!("as at {issue}"));
    let of_them = if newly_accepted > 0 {
        format!(" ({newly_accepted} of them new, or in files that have changed, since {issue})")
    } else {
        String::new()
    };
    say(accepted, format!("accepted{of_them}"));
    let how = if full || known + accepted == 0 { "" } else { "; `--full` shows all" };
    format!("{}{how}", parts.join("; "))
}
