//! Addresses: made of the body's id, the meeting's day, and numbers as printed; never of titles, which change.

use std::fmt::Write;

/// Gives the folder of a body's pages.
pub(super) fn body(id: &str) -> String {
    format!("bodies/{id}")
}

/// Gives the folder of a meeting's pages by its id, such as `cabinet/2026-10-06`.
pub(super) fn meeting(id: &str) -> String {
    format!("bodies/{id}")
}

/// Gives the folder of an item's page below that of its meeting.
pub(super) fn item(number: &str) -> String {
    format!("item-{}", part(number))
}

/// Gives the folder of a paper's page below that of its meeting: behind which item it stands, and as what.
pub(super) fn paper(item: Option<&str>, appendix: Option<&str>, taken: impl Fn(&str) -> bool) -> String {
    let item = item.map_or_else(|| "papers".to_owned(), self::item);
    let stem = match appendix {
        Some(number) => format!("{item}/appendix-{}", part(number)),
        None => format!("{item}/paper"),
    };
    let numbered = (2..).map(|count| format!("{stem}-{count}"));
    std::iter::once(stem.clone()).chain(numbered).find(|path| !taken(path)).unwrap_or(stem)
}

/// Gives a number as printed as a part of an address.
fn part(number: &str) -> String {
    let mut part = String::new();
    for letter in number.chars().flat_map(char::to_lowercase) {
        match letter {
            letter if letter.is_ascii_alphanumeric() || letter == '.' => part.push(letter),
            _ if part.is_empty() || part.ends_with('-') => {}
            _ => part.push('-'),
        }
    }
    let part = part.trim_matches(['-', '.']);
    if part.is_empty() { "x".to_owned() } else { part.to_owned() }
}

/// Gives the way from a page, by its path, up to the root of the site.
pub(super) fn up(path: &str) -> String {
    let up = "../".repeat(path.matches('/').count());
    if up.is_empty() { "./".to_owned() } else { up }
}

/// Gives a path as it stands in links: what an address cannot hold is written with percent signs.
pub(super) fn link(path: &str) -> String {
    let mut link = String::new();
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'-' | b'_' | b'.' | b'~' => link.push(char::from(byte)),
            byte => {
                let _ = write!(link, "%{byte:02X}");
            }
        }
    }
    link
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_hold_no_title_and_nothing_that_breaks_them() {
        assert_eq!(paper(Some("5A"), None, |_| false), "item-5a/paper");
        assert_eq!(paper(Some("4.1"), Some("1"), |path| path == "item-4.1/appendix-1"), "item-4.1/appendix-1-2");
        assert_eq!(paper(None, None, |_| false), "papers/paper");
        assert_eq!((part("../x"), part("《》"), part("(a)")), ("x".into(), "x".into(), "a".into()));
        assert_eq!((up("a/b/index.html").as_str(), up("index.html").as_str()), ("../../", "./"));
        assert_eq!(link("bodies/zoë \"x\"/2026"), "bodies/zo%C3%AB%20%22x%22/2026");
    }
}
