//! Meetings named on the command line.

use super::Stop;
use crate::finding::{Log, did_you_mean};
use crate::model::Workspace;
use crate::model::agenda::Agenda;

/// Gives the one meeting that a word names.
pub(super) fn one<'a>(workspace: &'a Workspace, word: &str, log: &Log) -> Result<&'a Agenda, Stop> {
    match meetings(workspace, &[word.to_owned()], log)?.as_slice() {
        [agenda] => Ok(agenda),
        [] => Err(Stop::Failure(format!(
            "the agenda of `{word}` cannot be read\n  = help: run `boardpack check` and mend what it shows"
        ))),
        all => {
            let ids: Vec<&str> = all.iter().map(|agenda| agenda.id.as_str()).collect();
            Err(Stop::CommandLine(format!(
                "`{word}` has more than one meeting\n  = help: name one of: {}",
                ids.join(", ")
            )))
        }
    }
}

/// Gives the meetings that the words name: all, one by its id, or those of a body.
pub(super) fn meetings<'a>(workspace: &'a Workspace, words: &[String], log: &Log) -> Result<Vec<&'a Agenda>, Stop> {
    // Without any meeting there is something else to say first.
    if words.is_empty() || workspace.meetings.is_empty() {
        return Ok(workspace.meetings.values().collect());
    }
    let mut chosen: Vec<&Agenda> = Vec::new();
    for word in words {
        let id = word
            .trim_end_matches('/')
            .trim_start_matches("./")
            .trim_start_matches("content/")
            .trim_start_matches("bodies/");
        let id = id.trim_end_matches("/agenda.yaml");
        let found: Vec<&Agenda> = workspace
            .meetings
            .values()
            .filter(|agenda| agenda.id == id || agenda.id.split('/').next() == Some(id))
            .collect();
        // A meeting whose agenda could not be read is reported as what is wrong with it.
        if found.is_empty()
            && !log
                .sorted()
                .iter()
                .any(|finding| finding.place().is_some_and(|place| workspace.sources.path(place).contains(id)))
        {
            let ids = workspace.meetings.keys().map(String::as_str);
            let bodies = workspace.bodies.keys().map(String::as_str);
            let known: Vec<&str> = if id.contains('/') { ids.clone().collect() } else { bodies.collect() };
            let help = did_you_mean(id, known)
                .unwrap_or_else(|| format!("the meetings are: {}", ids.collect::<Vec<_>>().join(", ")));
            return Err(Stop::CommandLine(format!("there is no meeting `{word}`\n  = help: {help}")));
        }
        for agenda in found {
            if !chosen.iter().any(|other| other.id == agenda.id) {
                chosen.push(agenda);
            }
        }
    }
    Ok(chosen)
}
