//! Names that every file system keeps apart: ids of objects, and paths of files in them.

use std::collections::BTreeMap;

use super::failure::ArchiveFailure;
use super::tombstones;

/// How many bytes one name may have.
const LONGEST_NAME: usize = 200;

/// How many bytes a path may have.
const LONGEST_PATH: usize = 400;

/// How many bytes the id of a meeting may have.
const LONGEST_MEETING: usize = 120;

/// Names that Windows keeps for devices, with any ending.
const DEVICES: [&str; 4] = ["con", "prn", "aux", "nul"];

/// Gives the id of a meeting's object, which is also the name of its folder.
///
/// `/` becomes `.` and `.` becomes `..`; as no part of an id begins or ends with a full stop,
/// every meeting has an id of its own, from which [`meeting`] leads back.
pub(super) fn object(meeting: &str) -> Result<String, ArchiveFailure> {
    let refused = |why: String| ArchiveFailure::BadMeeting { meeting: meeting.to_owned(), why };
    if meeting.len() > LONGEST_MEETING {
        return Err(refused(format!("it has more than {LONGEST_MEETING} bytes")));
    }
    for part in meeting.split('/') {
        unsafe_name(part).map_or(Ok(()), |why| Err(refused(why)))?;
        if part.starts_with('.') {
            return Err(refused(format!("`{part}` begins with a full stop")));
        }
    }
    let object = meeting.replace('.', "..").replace('/', ".");
    let folded = folded(&object);
    let kept = folded == tombstones::OBJECT || folded == "extensions" || folded == "ocfl_layout.json";
    if kept || folded.starts_with("0=") {
        return Err(refused("the archive keeps that name for itself".into()));
    }
    // `con/x` is `con.x`, which is a device as well.
    unsafe_name(&object).map_or(Ok(object), |why| Err(refused(why)))
}

/// Gives the meeting of an object's id.
pub(super) fn meeting(object: &str) -> String {
    const FULL_STOP: &str = "\0";
    object.replace("..", FULL_STOP).replace('.', "/").replace(FULL_STOP, ".")
}

/// Gives a name as file systems that take capital and small letters as one see it.
pub(super) fn folded(name: &str) -> String {
    name.to_lowercase()
}

/// Says what some file system would not bear in a name.
fn unsafe_name(name: &str) -> Option<String> {
    if name.is_empty() {
        return Some("a part of it is empty".into());
    }
    if name.len() > LONGEST_NAME {
        return Some(format!("`{name}` has more than {LONGEST_NAME} bytes"));
    }
    if let Some(letter) = name.chars().find(|letter| letter.is_control() || r#"<>:"\|?*"#.contains(*letter)) {
        return Some(format!("the character `{}` cannot be in a file name on every system", letter.escape_default()));
    }
    if name.ends_with(['.', ' ']) || name.starts_with(' ') {
        return Some(format!("`{name}` begins or ends with a space, or ends with a full stop"));
    }
    let stem = folded(name.split('.').next().unwrap_or(name));
    let numbered = stem.strip_prefix("com").or(stem.strip_prefix("lpt"));
    let port = numbered.is_some_and(|rest| rest.len() == 1 && rest.as_bytes()[0].is_ascii_digit());
    (port || DEVICES.contains(&stem.as_str())).then(|| format!("`{name}` is the name of a device on Windows"))
}

/// Says why a path cannot be one of a file in the archive.
pub(crate) fn unsafe_path(path: &str) -> Option<String> {
    if path.len() > LONGEST_PATH {
        return Some(format!("it has {} bytes, and may have {LONGEST_PATH}", path.len()));
    }
    unsafe_parts(path)
}

/// Says why a meeting cannot be kept under its id.
pub(crate) fn unsafe_meeting(id: &str) -> Option<String> {
    match object(id) {
        Err(ArchiveFailure::BadMeeting { why, .. }) => Some(why),
        _ => None,
    }
}

/// Says why a path of any length cannot be one of a file.
pub(super) fn unsafe_parts(path: &str) -> Option<String> {
    path.split('/').find_map(unsafe_name)
}

/// Gives the first two paths that not every file system would keep apart.
///
/// That are `a` and `A`, also as folders of other files, and a file that another needs as its folder.
pub(crate) fn clash<'a>(paths: impl Iterator<Item = &'a str>) -> Option<(String, String)> {
    let mut seen: BTreeMap<String, (String, bool)> = BTreeMap::new();
    for path in paths {
        let ends = path.match_indices('/').map(|(at, _)| (at, false)).chain([(path.len(), true)]);
        for (end, is_file) in ends {
            let here = (path[..end].to_owned(), is_file);
            match seen.get(&folded(&here.0)) {
                Some(there) if there.0 != here.0 || there.1 || is_file => return Some((there.0.clone(), path.into())),
                Some(_) => {}
                None => {
                    seen.insert(folded(&here.0), here);
                }
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn meetings_have_ids_that_lead_back() {
        for (id, expected) in [
            ("education-scrutiny/2026-09-16", "education-scrutiny.2026-09-16"),
            ("a.b/c", "a..b.c"),
            ("a/b.c", "a.b..c"),
            ("a..b/c/d", "a....b.c.d"),
        ] {
            assert_eq!(object(id).expect("a good id"), expected);
            assert_eq!(meeting(expected), id);
        }
    }

    #[test]
    fn ids_that_not_every_disk_bears_are_refused() {
        let long = "x".repeat(121);
        for id in
            ["", "a//b", "../x", "a/.b", "a./b", "a:b/c", "nul/x", "a/com1.x", "Tombstones", "extensions", "0=x", &long]
        {
            assert!(object(id).is_err(), "{id}");
        }
    }

    #[test]
    fn paths_that_not_every_disk_keeps_apart_clash() {
        let clashes = |paths: &[&str]| clash(paths.iter().copied()).is_some();
        assert!(clashes(&["a/b", "A/c"]));
        assert!(clashes(&["a/b", "a/B"]));
        assert!(clashes(&["a", "a/b"]));
        assert!(clashes(&["a/b", "A"]));
        assert!(!clashes(&["a/b", "a/c", "b/a", "ab"]));
    }
}
