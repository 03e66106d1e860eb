//! Paths between sources: from the folder of the file that names them, never outside `content/`.

use crate::finding::{Finding, Place, did_you_mean};
use crate::load::Context;

crate::finding::rule! {
    /// Sources may only name files below content/, so that what a pack is made from can be archived and
    /// checked as a whole.
    OUTSIDE = "M0011", Sources, Error, guarded, "a path leads outside content/";
}

/// Gives the path below the workspace that `written` means in the file being read.
pub(in crate::load) fn resolve(cx: Context, written: &str, place: Place) -> Option<String> {
    if written.contains('\\') && !leaves(&written.replace('\\', "/")) {
        cx.log.add(
            Finding::new(&OUTSIDE, place, format!("`{written}` is written with backslashes"))
                .help(format!("write it with slashes: {}", written.replace('\\', "/"))),
        );
        return None;
    }
    let mut parts: Vec<&str> = cx.path.split('/').collect();
    parts.pop();
    let bad = leaves(&written.replace('\\', "/"));
    for part in written.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            name => parts.push(name),
        }
        if parts.first() != Some(&"content") {
            break;
        }
    }
    if bad || parts.first() != Some(&"content") {
        cx.log.add(
            Finding::new(&OUTSIDE, place, format!("`{written}` leads outside the folder content/"))
                .help("copy the file into content/ and write its path from this file's folder, with `/`"),
        );
        return None;
    }
    Some(parts.join("/"))
}

/// Tells whether a path begins at a drive, a server or the root rather than in a folder of the sources.
fn leaves(written: &str) -> bool {
    written.starts_with('/') || written.contains([':', '\0'])
}

/// Gives the id of the body whose folder a path lies in.
pub(in crate::load) fn body_of(path: &str) -> Option<&str> {
    let (id, rest) = path.strip_prefix("content/bodies/")?.split_once('/')?;
    (!rest.is_empty()).then_some(id)
}

/// Gives the id of the meeting whose folder a path lies in, such as `scrutiny/2026-09-16`.
pub(in crate::load) fn meeting_of(path: &str) -> Option<String> {
    let below = path.strip_prefix("content/bodies/")?;
    let mut parts = below.split('/');
    let (body, meeting) = (parts.next()?, parts.next()?);
    parts.next()?;
    Some(format!("{body}/{meeting}"))
}

/// Suggests, for a path that leads to nothing, how one that leads somewhere is written in the
/// same folder: the file of that name elsewhere, or one of a like name beside it.
pub(in crate::load) fn nearest<'a>(
    path: &str,
    from: &str,
    known: impl Iterator<Item = &'a str> + Clone,
) -> Option<String> {
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    let same_name = known.clone().find(|other| other.rsplit('/').next() == Some(name));
    if let Some(other) = same_name {
        return Some(format!("did you mean `{}`?", relative(other, from)));
    }
    let beside =
        known.filter_map(|other| other.strip_prefix(folder)?.strip_prefix('/')).filter(|rest| !rest.contains('/'));
    did_you_mean(name, beside)
}

/// Writes a path as it is written in a file at `from`.
fn relative(path: &str, from: &str) -> String {
    let mut path: Vec<&str> = path.split('/').collect();
    let mut folder: Vec<&str> = from.split('/').collect();
    folder.pop();
    while path.len() > 1 && !folder.is_empty() && path[0] == folder[0] {
        path.remove(0);
        folder.remove(0);
    }
    format!("{}{}", "../".repeat(folder.len()), path.join("/"))
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn suggests_paths_as_they_are_written() {
        let known = ["content/bodies/b/2026/plan.yaml", "content/bodies/b/programme.yaml"];
        let from = "content/bodies/b/2026/agenda.yaml";
        let nearest = |path| nearest(path, from, known.iter().copied());
        assert_eq!(nearest("content/bodies/b/2026/plam.yaml").as_deref(), Some("did you mean `plan.yaml`?"));
        assert_eq!(
            nearest("content/bodies/b/2026/programme.yaml").as_deref(),
            Some("did you mean `../programme.yaml`?")
        );
        assert_eq!(nearest("content/bodies/b/2026/x.yaml"), None);
    }
}
