//! Which findings wait: those about what stands on a source that was not understood.

use std::collections::BTreeMap;

use super::scope;
use crate::finding::{Finding, Log, Stage, Waiting};
use crate::model::agenda::Agenda;
use crate::model::{Bearing, PaperKind, Workspace};

/// Gives what waits for the causes that are in the log.
///
/// A file waits only when each meeting that its findings concern is blocked by a cause of its own, so that whatever
/// is held back is seen before anything can be built or issued.
pub(super) fn of(workspace: &Workspace, log: &Log) -> Waiting {
    let mut waiting = Waiting::default();
    let causes: Vec<Finding> = log.sorted().into_iter().filter(Finding::is_cause).collect();
    if causes.is_empty() {
        return waiting;
    }
    let mut blocked: BTreeMap<&str, Stage> = BTreeMap::new();
    for agenda in workspace.meetings.values() {
        let own = causes.iter().filter(|cause| scope::concerns(workspace, cause, agenda));
        if let Some(stage) = own.map(|cause| cause.stage).min() {
            blocked.insert(&agenda.id, stage);
        }
    }
    for cause in &causes {
        let Some(place) = cause.place() else { continue };
        let bearing = workspace.bearings.get(&place.source).unwrap_or(&Bearing::Everything);
        if *bearing == Bearing::Everything {
            // A name that nobody has is no reason to leave everything else alone.
            if cause.stage == Stage::Reading {
                waiting.everything(cause.stage);
            }
            continue;
        }
        waiting.mentions(place.source, cause.stage);
        for (source, file) in (0..).zip(workspace.sources.all()) {
            let own = source == place.source;
            if own || stands_on(workspace, &file.path, bearing, workspace.sources.path(place), cause.stage) {
                let concerned =
                    workspace.meetings.values().filter(|agenda| scope::holds(workspace, &file.path, agenda));
                let stages: Option<Vec<Stage>> =
                    concerned.map(|agenda| blocked.get(agenda.id.as_str()).copied()).collect();
                if let Some(stages) = stages {
                    waiting.file(source, stages.into_iter().fold(cause.stage, Stage::max));
                }
            }
        }
    }
    waiting
}

/// Tells whether what is found in a file stands on another one, in which there is a cause of this stage.
fn stands_on(workspace: &Workspace, file: &str, bearing: &Bearing, cause: &str, stage: Stage) -> bool {
    let below = |id: &str| file.strip_prefix("content/bodies/").and_then(|rest| rest.strip_prefix(id));
    let is_below = |id: &str| below(id).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
    let agenda = || workspace.meetings.values().find(|agenda| agenda.path == file);
    // What a ledger cites may stand in minutes that were not understood.
    if let Some(PaperKind::Ledger(ledger)) = workspace.papers.get(file).map(|paper| &paper.kind)
        && stage == Stage::Reading
        && cause.starts_with(&format!("content/bodies/{}/", ledger.body))
    {
        return true;
    }
    match bearing {
        Bearing::Everything => true,
        Bearing::Body(id) => is_below(id) || agenda().is_some_and(|agenda: &Agenda| agenda.body == *id),
        Bearing::Meeting(id) => stage == Stage::Reading && is_below(id),
        Bearing::Paper => stage == Stage::Reading && agenda().is_some_and(|agenda| uses(agenda, cause)),
    }
}

fn uses(agenda: &Agenda, path: &str) -> bool {
    agenda.papers().any(|paper| paper.file() == path)
}
