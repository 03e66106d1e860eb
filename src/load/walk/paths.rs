//! Paths between sources: from the folder of the file that names them, never outside `content/`.

use crate::finding::{Finding, Place, did_you_mean, rules};
use crate::load::Context;

/// Gives the path below the workspace that `written` means in the file being read.
pub(in crate::load) fn resolve(cx: Context, written: &str, place: Place) -> Option<String> {
    let mut parts: Vec<&str> = cx.path.split('/').collect();
    parts.pop();
    let bad = written.starts_with(['/', '\\']) || written.contains(':') || written.contains('\0');
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
            Finding::new(&rules::OUTSIDE, place, format!("`{written}` leads outside the folder content/"))
                .help("copy the file into content/ and write its path from this file's folder, with `/`"),
        );
        return None;
    }
    Some(parts.join("/"))
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

/// Suggests a path that exists for one that does not.
pub(in crate::load) fn nearest<'a>(path: &str, known: impl Iterator<Item = &'a str>) -> Option<String> {
    did_you_mean(path, known)
}
