//! Meetings named on the command line.

use std::collections::BTreeSet;
use std::path::Path;

use super::{Findings, Stop, report};
use crate::finding::{Finding, Log, Place, did_you_mean};
use crate::load;
use crate::model::Workspace;
use crate::model::agenda::Agenda;
use crate::packs::Project;

/// What the words of a command line mean.
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

    /// Stops where nothing was there to be looked at, and no finding has said so.
    pub(super) fn not_nothing(&self, told: bool) -> Result<(), Stop> {
        if self.ids().next().is_some() || told {
            return Ok(());
        }
        eprintln!(
            "there is no meeting here yet, so none was looked at\n  = help: write content/bodies/BODY/MEETING/agenda.yaml"
        );
        Err(Stop::Findings)
    }
}

/// Reads the name of a meeting or body, also when it is written as a path, of either kind of system.
pub(super) fn meeting(word: &str) -> Result<String, String> {
    let word = from_here(&word.trim().replace('\\', "/"));
    let below = word.rsplit_once("content/bodies/").map_or(word.as_str(), |(_, below)| below);
    let below = below.trim_start_matches("./").trim_start_matches("content/").trim_start_matches("bodies/");
    let mut parts: Vec<&str> = below.split('/').filter(|part| !part.is_empty()).collect();
    if parts.len() == 3 && parts[2].to_ascii_lowercase().starts_with("agenda.") {
        parts.pop();
    }
    if parts.is_empty() {
        Err("name a meeting, such as scrutiny/2026-09-16, or a body".to_owned())
    } else {
        Ok(parts.join("/"))
    }
}

/// Gives where an earlier run has left something of a meeting in a folder, also below its right name where the
/// meeting's folder has another.
pub(super) fn earlier(folder: &Path, id: &str, ending: &str) -> Option<String> {
    let dated = id.split_once('/').and_then(|(body, name)| Some(format!("{body}/{}", load::day_of(name)?)));
    let paths = [Some(id.to_owned()), dated].into_iter().flatten().map(|id| folder.join(format!("{id}{ending}")));
    paths.into_iter().find(|path| path.exists()).map(|path| path.display().to_string())
}

/// Gives what a word names in a folder of `content/bodies/` in which the program was started.
fn from_here(word: &str) -> String {
    let here = std::env::current_dir().unwrap_or_default().to_string_lossy().replace('\\', "/");
    match here.split_once("/content/bodies/") {
        Some((_, below)) if word == "." => format!("content/bodies/{below}"),
        Some((_, below)) if Path::new(word).exists() => format!("content/bodies/{below}/{word}"),
        _ => word.to_owned(),
    }
}

/// Gives the one meeting that a word names, when all that it stands on could be read; else shows what could not.
pub(super) fn one<'a>(project: &'a Project, word: &str, how: &Findings, log: &Log) -> Result<&'a Agenda, Stop> {
    let chosen = meetings(&project.workspace, &[word.to_owned()])?;
    let ids: Vec<&str> = chosen.ids().collect();
    if ids.len() > 1 {
        return Err(Stop::CommandLine(format!(
            "`{word}` has more than one meeting\n  = help: name one of: {}",
            ids.join(", ")
        )));
    }
    match chosen.agendas[..] {
        [agenda] if project.unread(agenda, log).is_empty() => Ok(agenda),
        [] if ids.is_empty() => Err(Stop::CommandLine(format!(
            "`{word}` has no meeting yet\n  = help: write content/bodies/{word}/MEETING/agenda.yaml"
        ))),
        _ => {
            report::findings(log, &project.workspace.sources, how, |finding| chosen.concerns(project, finding))?;
            Err(Stop::Findings)
        }
    }
}

/// Gives the meetings that the words name: all, one by its id, or those of a body.
pub(super) fn meetings<'a>(workspace: &'a Workspace, words: &[String]) -> Result<Chosen<'a>, Stop> {
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
fn no_such(workspace: &Workspace, word: &str) -> Stop {
    let bodies = workspace.bodies.keys().map(String::as_str);
    let known: Vec<&str> = if word.contains('/') { ids(workspace).collect() } else { bodies.collect() };
    let help = did_you_mean(word, known)
        .unwrap_or_else(|| format!("the meetings are: {}", ids(workspace).collect::<Vec<_>>().join(", ")));
    Stop::CommandLine(format!("there is no meeting `{word}`\n  = help: {help}"))
}

#[cfg(test)]
mod tests {
    use super::meeting;

    #[test]
    fn meetings_are_named_as_paths_too() {
        let id = Ok("board/2027-03-02".to_owned());
        for word in [
            "board/2027-03-02",
            "board\\2027-03-02\\",
            "./content/bodies/board/2027-03-02/",
            "content\\bodies\\board\\2027-03-02\\agenda.yaml",
            "C:\\Work\\Council\\content\\bodies\\board\\2027-03-02\\Agenda.yml",
        ] {
            assert_eq!(meeting(word), id, "{word}");
        }
        assert_eq!(meeting("board"), Ok("board".to_owned()));
        assert!(meeting(" / ").is_err());
    }
}
