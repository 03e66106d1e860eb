//! Signs that cannot be printed or seen, such as copying from another program leaves behind.

use super::{Context, place};
use crate::finding::{Finding, Place};

crate::finding::rule! {
    /// When a file is opened or saved in another encoding than its own, `£` becomes `Â£`, and a curly apostrophe
    /// three letters such as `â€™`. They would be printed like that. Type them anew, and save the file as UTF-8.
    DAMAGED_LETTERS = "F0014", Files, Warning, guarded, "letters that were damaged";
}

crate::finding::rule! {
    /// Copied text often brings soft hyphens, spaces without width and marks of direction. They do not show, but a
    /// name with one in it is another name to a computer, and is not found by a search. So they are left out; delete
    /// them where you can. In scripts that need such signs they stay.
    UNSEEN_SIGN = "F0013", Files, Info, guarded, "a sign that cannot be seen";
}

crate::finding::rule! {
    /// The text holds a character that cannot be printed, such as one that a copy from another program
    /// has left behind. Delete it at the place shown.
    CONTROL_CHARACTER = "F0005", Files, Error, guarded, "a control character";
}

/// Gives the finding of a control character, with which a file cannot be read.
pub(super) fn unprintable(cx: Context) -> Option<Finding> {
    let found = cx.text.char_indices().find(|(_, c)| c.is_control() && !matches!(c, '\n' | '\r' | '\t'));
    found.map(|(at, character)| control_character(character, place(&(at..at + character.len_utf8()), cx)))
}

/// Leaves out of a value what cannot be seen, and records it; records what cannot be printed, or was damaged.
pub(super) fn visible(text: String, place: Place, cx: Context) -> String {
    if let Some(damage) = damaged(&text) {
        let message = format!("`{damage}` looks like a damaged letter");
        let help = "type the letter anew; the file was once read or saved in another encoding than UTF-8";
        cx.log.add(Finding::new(&DAMAGED_LETTERS, place.of(damage, cx.text), message).help(help));
    }
    without_unseen(text, place, cx)
}

/// Leaves out of some words what cannot be seen or printed, and records it.
pub(crate) fn without_unseen(text: String, place: Place, cx: Context) -> String {
    if text.bytes().all(|byte| matches!(byte, b' '..=b'~' | b'\n' | b'\t')) {
        return text;
    }
    if let Some(character) = text.chars().find(|c| is_forbidden(*c)) {
        cx.log.add(control_character(character, place_of(character, place, cx)));
    }
    let unseen: Vec<char> = unseen(&text).collect();
    if let Some(first) = unseen.first().copied() {
        let (name, others) = (name(first), if unseen.len() > 1 { " and others" } else { "" });
        let verb = if others.is_empty() { "is" } else { "are" };
        let message = format!("{name} (U+{:04X}){others} cannot be seen and {verb} left out", u32::from(first));
        let help = "delete it, so that the words are what they look like; it often comes with copied text";
        cx.log.add(Finding::new(&UNSEEN_SIGN, place_of(first, place, cx), message).help(help));
    }
    text.chars().filter(|c| !unseen.contains(c) && !is_forbidden(*c)).collect()
}

fn place_of(character: char, place: Place, cx: Context) -> Place {
    place.of(character.encode_utf8(&mut [0; 4]), cx.text)
}

fn is_forbidden(c: char) -> bool {
    (c.is_control() && !matches!(c, '\n' | '\t'))
        || matches!(c, '\u{2028}' | '\u{2029}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
        || matches!(c, '\u{fff9}'..='\u{fffd}' | '\u{fffe}' | '\u{ffff}')
}

/// Joiners and marks of direction shape the letters of other scripts, and pictographs; among Latin letters they do nothing.
fn unseen(text: &str) -> impl Iterator<Item = char> {
    let shaped = text.chars().any(is_shaped);
    let is_unseen = move |c: &char| match c {
        '\u{ad}' | '\u{200b}' | '\u{2060}'..='\u{2064}' | '\u{feff}' | '\u{180e}' | '\u{34f}' => true,
        '\u{200c}'..='\u{200f}' | '\u{61c}' | '\u{fe0e}' | '\u{fe0f}' | '\u{e0000}'..='\u{e007f}' => !shaped,
        _ => false,
    };
    text.chars().filter(is_unseen)
}

fn is_shaped(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{8ff}' | '\u{900}'..='\u{fff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{18af}')
        || matches!(c, '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}' | '\u{2190}'..='\u{2bff}' | '\u{1f000}'..='\u{1faff}')
}

/// Gives letters of UTF-8 that were once read as Windows-1252: `â€™`, `Â£`, `Ã©`.
fn damaged(text: &str) -> Option<&str> {
    let mut letters = text.char_indices().peekable();
    while let Some((at, letter)) = letters.next() {
        let Some((next_at, next)) = letters.peek().copied() else { break };
        let is_damage = match letter {
            'Â' => matches!(next, '\u{a0}'..='\u{bf}'),
            'Ã' => matches!(next, '\u{a1}'..='\u{bf}'),
            'â' => next == '€',
            _ => false,
        };
        if is_damage {
            return text.get(at..next_at + next.len_utf8());
        }
    }
    None
}

fn control_character(character: char, place: Place) -> Finding {
    let (name, code) = (name(character), u32::from(character));
    let message = format!("{name} (U+{code:04X}) cannot be printed");
    let help = match character {
        '\u{fffc}' => "delete it; append the picture that stood there, or put it into a paragraph of its own",
        '\u{fffd}' => "type the letter anew; it was lost when the file was saved in another encoding than UTF-8",
        '\u{b}' | '\u{2028}' | '\u{2029}' | '\u{85}' => "delete it, and break the line with the Enter key",
        _ => "delete it; it is often left behind by copying from another program",
    };
    Finding::new(&CONTROL_CHARACTER, place, message).help(help)
}

fn name(character: char) -> &'static str {
    match character {
        '\u{ad}' => "a soft hyphen",
        '\u{200b}' | '\u{2060}'..='\u{2064}' | '\u{feff}' | '\u{180e}' => "a sign without width",
        '\u{200c}' | '\u{200d}' | '\u{34f}' => "a sign that joins letters",
        '\u{200e}' | '\u{200f}' | '\u{61c}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
            "a sign that turns the direction of text"
        }
        '\u{b}' | '\u{2028}' | '\u{2029}' | '\u{85}' => "a line break of another program",
        '\u{fffc}' => "a sign that stands where a picture was",
        '\u{fffd}' => "a sign that stands where a letter was lost",
        '\u{80}'..='\u{9f}' => "a letter of another encoding",
        c if c.is_control() => "a control character",
        _ => "a sign",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn damage_is_told_from_letters() {
        for text in ["the Councilâ€™s", "Â£5 million", "CafÃ©"] {
            assert!(damaged(text).is_some(), "{text}");
        }
        for text in ["the Council’s", "£5 million", "Café", "São Paulo", "ÂME", "tâche"] {
            assert!(damaged(text).is_none(), "{text}");
        }
    }

    #[test]
    fn signs_without_a_look_are_left_out_where_they_do_nothing() {
        for (text, seen) in [
            ("sub\u{ad}committee", "subcommittee"),
            ("mo\u{200b}ss", "moss"),
            ("\u{feff}moss\u{200e}", "moss"),
            ("\u{645}\u{200c}\u{627}", "\u{645}\u{200c}\u{627}"),
        ] {
            let away: Vec<char> = unseen(text).collect();
            assert_eq!(text.chars().filter(|c| !away.contains(c)).collect::<String>(), seen);
        }
    }
}
