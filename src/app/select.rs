//! Meetings by the words that name them.

use std::collections::BTreeSet;

use super::{Failure, Refused, Session};
use crate::finding::{Finding, Place, did_you_mean};
use crate::load;
use crate::model::Workspace;
use crate::model::agenda::Agenda;
use crate::packs::Project;

/// What words mean.
#[derive(Default)]
pub(super) struct Chosen<'a> {
    /// Meetings whose agenda was read.
    pub(super) agendas: Vec<&'a Agenda>,
    /// Meetings of which no agenda could be read, by id, with the place that says why.
    pub(super) unread: Vec<(&'a str, Place)>,
    /// Whether no words were given, so that everything is meant.
    everything: bool,
}

impl Chosen<'_> {
    /// Tells whether a finding concerns what was chosen.
    pub(super) fn concerns(&self, project: &Project, finding: &Finding) -> bool {
        self.everything
            || self.agendas.iter().any(|agenda| project.concerns(finding, agenda))
            || self.unread.iter().any(|(meeting, _)| project.concerns_unread(finding, meeting))
    }

    /// Gives the ids of all that was chosen.
    pub(super) fn ids(&self) -> impl Iterator<Item = &str> {
        self.agendas.iter().map(|agenda| agenda.id.as_str()).chain(self.unread.iter().map(|(id, _)| *id))
    }
}

impl Session {
    /// Gives the one meeting that a word names, when all that it stands on could be read.
    pub(super) fn one(&self, word: &str) -> Result<&Agenda, Refused> {
        let chosen = self.choose(&[word.to_owned()])?;
        let ids: Vec<&str> = chosen.ids().collect();
        if ids.len() > 1 {
            let message = format!("`{word}` has more than one meeting");
            return Err(Failure::asked(message).hint(format!("name one of: {}", ids.join(", "))).into());
        }
        match chosen.agendas[..] {
            [agenda] if self.project.unread(agenda, &self.log).is_empty() => Ok(agenda),
            [] if ids.is_empty() => Err(Failure::asked(format!("`{word}` has no meeting yet"))
                .hint(format!("write content/bodies/{word}/MEETING/agenda.yaml"))
                .into()),
            _ => Err(self.report(&self.log, false, |finding| chosen.concerns(&self.project, finding)).into()),
        }
    }

    /// Gives the meetings that the words name: all, one by its id, or those of a body.
    pub(super) fn choose(&self, words: &[String]) -> Result<Chosen<'_>, Failure> {
        meetings(&self.project.workspace, words)
    }
}

/// Gives the meetings that the words name: all, one by its id, or those of a body.
fn meetings<'a>(workspace: &'a Workspace, words: &[String]) -> Result<Chosen<'a>, Failure> {
    let none = workspace.meetings.is_empty() && workspace.unread_meetings.is_empty();
    // Without any meeting there is something else to say first.
    let everything = words.is_empty() || none;
    let mut wanted: BTreeSet<&str> = ids(workspace).filter(|_| everything).collect();
    for word in words.iter().filter(|_| !none) {
        let meant = meant(workspace, word);
        if meant.is_empty() && !workspace.bodies.contains_key(word) {
            return Err(no_such(workspace, word));
        }
        wanted.extend(meant);
    }
    let unread = workspace.unread_meetings.iter().map(|(id, place)| (id.as_str(), *place));
    Ok(Chosen {
        agendas: workspace.meetings.values().filter(|agenda| wanted.contains(agenda.id.as_str())).collect(),
        unread: unread.filter(|(id, _)| wanted.contains(id)).collect(),
        everything,
    })
}

/// Gives the ids of all meetings, read or not.
fn ids(workspace: &Workspace) -> impl Iterator<Item = &str> + Clone {
    workspace.meetings.keys().chain(workspace.unread_meetings.keys()).map(String::as_str)
}

/// Gives the ids of the meetings that a word means: itself, in other letters, by the day of a folder that is named
/// otherwise, or all of a body.
fn meant<'a>(workspace: &'a Workspace, word: &str) -> Vec<&'a str> {
    let matching = |is: &dyn Fn(&str) -> bool| -> Vec<&'a str> {
        ids(workspace).filter(|id| is(id) || id.split('/').next().is_some_and(is)).collect()
    };
    let exact = matching(&|id| id == word);
    if !exact.is_empty() {
        return exact;
    }
    let alike = matching(&|id| id.eq_ignore_ascii_case(word));
    if !alike.is_empty() {
        return alike;
    }
    let day = |id: &str| id.split_once('/').and_then(|(body, name)| Some((body.to_owned(), load::day_of(name)?)));
    day(word).map_or_else(Vec::new, |wanted| ids(workspace).filter(|id| day(id).as_ref() == Some(&wanted)).collect())
}

/// Says that no meeting or body is called so.
fn no_such(workspace: &Workspace, word: &str) -> Failure {
    let bodies = workspace.bodies.keys().map(String::as_str);
    let known: Vec<&str> = if word.contains('/') { ids(workspace).collect() } else { bodies.collect() };
    let help = did_you_mean(word, known)
        .unwrap_or_else(|| format!("the meetings are: {}", ids(workspace).collect::<Vec<_>>().join(", ")));
    Failure::asked(format!("there is no meeting `{word}`")).hint(help)
}
