//! What stands between a draft and its publication, as people and machines read it.

use super::{Errors, Shown, concise, github, human, waiting};
use crate::cli::{Findings, Format, Stop, out};
use crate::finding::Log;
use crate::issue::gate::{Counts, Entry, Gate, Reading, State, Terms};

/// States of what is always shown.
const SHOWN: [State; 4] = [State::ToSettle, State::Overridden, State::Found, State::New];

/// Shows the findings at the gate of a meeting, and what became of each; without a meeting, those of several.
pub(in crate::cli) fn gate(gate: &Gate, how: &Findings, meeting: Option<&str>) -> Result<(), Stop> {
    let open: Vec<Shown> =
        gate.entries().iter().filter(|entry| entry.state != State::Accepted).map(Shown::from).collect();
    match how.format {
        Format::Json => json(gate, &open)?,
        Format::Concise => open.iter().try_for_each(|one| out(&concise(*one)))?,
        Format::Github => open.iter().try_for_each(|one| out(&github(*one)))?,
        Format::Human => {
            let known = |entry: &&Entry| SHOWN.contains(&entry.state) || (how.full && entry.state == State::Known);
            let mut shown: Vec<&Entry> = gate.entries().iter().filter(known).collect();
            shown.sort_by_key(|entry| entry.state);
            let shown: Vec<Shown> = shown.into_iter().map(Shown::from).collect();
            human::show(&shown, how.full)?;
            accepted(gate, how.full);
            if let Some(meeting) = meeting {
                eprintln!("{meeting}: {}", summary(&gate.counts(), how.full));
            }
        }
    }
    waiting(gate.waiting(), &open, how);
    Ok(())
}

impl<'a> From<&'a Entry<'a>> for Shown<'a> {
    fn from(entry: &'a Entry<'a>) -> Self {
        Self { finding: &entry.finding, sources: entry.sources }
    }
}

/// Lists what is accepted: all in full, otherwise what the last issue did not have so.
fn accepted(gate: &Gate, full: bool) {
    let since = gate.counts().since;
    for entry in gate.in_state(&[State::Accepted]).filter(|entry| full || entry.is_new) {
        let look_again = |issue| format!(", new or in a file that has changed since issue {issue}");
        let new = since.filter(|_| entry.is_new).map_or(String::new(), look_again);
        let reason = entry.reason.as_deref().unwrap_or_default().trim();
        eprintln!("accepted{new}: {}\n  reason: {reason}", concise(entry.into()));
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

fn json(gate: &Gate, shown: &[Shown]) -> Result<(), Stop> {
    let (accepted, open): (Vec<&Entry>, Vec<&Entry>) =
        gate.entries().iter().partition(|entry| entry.state == State::Accepted);
    let told = |entries: Vec<&Entry>| entries.into_iter().map(Entry::told).collect::<Vec<_>>();
    let errors = Errors::of(shown);
    let document = serde_json::json!({
        "schema_version": 1,
        "findings": told(open),
        "accepted": told(accepted),
        "summary": gate.counts(),
        "errors": { "building": errors.building, "publishing": errors.publishing },
        "waiting": gate.waiting(),
    });
    out(&serde_json::to_string_pretty(&document).unwrap_or_default())
}

/// Gives the one reading that a log is, as far as it concerns what was asked for.
pub(in crate::cli) fn reading<'a>(
    log: &Log,
    sources: &'a crate::finding::Sources,
    concern: impl Fn(&crate::finding::Finding) -> bool,
) -> Reading<'a> {
    let judged = log.judged().into_iter().filter(|one| concern(&one.finding)).collect();
    Reading { judged, sources, waiting: log.held().iter().filter(|finding| concern(finding)).count() }
}

impl Findings {
    /// Gives the terms of an issue that the command line sets.
    pub(in crate::cli) fn terms<'a>(&self, overrides: &'a [crate::issue::manifest::Override]) -> Terms<'a> {
        Terms { overrides, deny_warnings: self.deny_warnings }
    }
}
