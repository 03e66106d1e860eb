//! Meetings named on the command line.

use std::path::Path;

use crate::load;

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
