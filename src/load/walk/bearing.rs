//! What a source bears on, told from its place and the line that says its kind, also when it is no YAML.

use super::paths;
use crate::finding::Sources;
use crate::fs;
use crate::model::Bearing;

/// Gives what a file bears on.
pub(super) fn of(path: &str, text: &str) -> Bearing {
    // Outside the folders of bodies everything may stand on what a file says.
    let Some(below) = path.strip_prefix("content/bodies/") else { return Bearing::Everything };
    let Some(body) = paths::body_of(path).filter(|_| fs::has_ending(path, &["yaml", "yml"])) else {
        return folder(below);
    };
    let whole = || Bearing::Body(body.to_owned());
    let meeting = paths::meeting_of(path).map(Bearing::Meeting);
    match kind(text).as_deref() {
        Some("council" | "people") => Bearing::Everything,
        Some("body") => whole(),
        Some("agenda") => meeting.unwrap_or_else(whole),
        Some(kind) if super::part::KINDS.contains(&kind) => Bearing::Paper,
        _ => match meeting {
            Some(meeting) if is_agenda(path) => meeting,
            Some(_) => Bearing::Paper,
            None => whole(),
        },
    }
}

/// Tells whether a source says of which of the known kinds it is.
pub(super) fn says_kind(sources: &Sources, source: u32) -> bool {
    let kind = sources.get(source).and_then(|file| kind(&file.text));
    kind.is_some_and(|kind| super::part::KINDS.contains(&kind.as_str()))
}

/// Gives what a folder bears on that cannot be listed, by its path below `content/bodies/`.
fn folder(below: &str) -> Bearing {
    let mut parts = below.split('/');
    match (parts.next(), parts.next()) {
        (Some(body), Some(meeting)) => Bearing::Meeting(format!("{body}/{meeting}")),
        (body, _) => Bearing::Body(body.unwrap_or_default().to_owned()),
    }
}

/// Tells whether a file is called as agendas are.
pub(super) fn is_agenda(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.split('.').next().is_some_and(|stem| stem.trim().eq_ignore_ascii_case("agenda"))
}

/// Gives the kind that a line of the text names. (In UTF-16 every second byte is zero.)
fn kind(text: &str) -> Option<String> {
    let mut lines = text.lines().map(|line| line.chars().filter(char::is_ascii_graphic).collect::<String>());
    lines.find_map(|line| Some(line.strip_prefix("kind:")?.trim_matches(['"', '\'']).to_ascii_lowercase()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_is_no_yaml_still_bears_on_what_it_is_about() {
        let meeting = Bearing::Meeting("board/2027-03-02".to_owned());
        let board = Bearing::Body("board".to_owned());
        let told = |path: &str, text: &str| of(&format!("content/{path}"), text);
        assert_eq!(told("council.yaml", ""), Bearing::Everything);
        assert_eq!(told("bodies/board/people.yaml", "kind: people\n\tx"), Bearing::Everything);
        assert_eq!(told("bodies/board/body.yaml", "name: [Board"), board);
        assert_eq!(told("bodies/board/2027-03-02/agenda.yaml", ""), meeting);
        assert_eq!(told("bodies/board/2027-03-02/Agenda.yml", "kind: Agenda"), meeting);
        assert_eq!(told("bodies/board/2027-03-02/paper.yaml", "k\0i\0n\0d\0:\0 \0a\0g\0e\0n\0d\0a\0"), meeting);
        assert_eq!(told("bodies/board/2027-03-02/note.yaml", "kind: briefing-note\nkind: x"), Bearing::Paper);
        assert_eq!(told("bodies/board/2027-03-02", ""), meeting);
        assert_eq!(told("bodies/board", ""), board);
    }
}
