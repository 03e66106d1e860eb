//! Placeholders and notes to oneself that were left behind.

use std::ops::Range;

use crate::check::leftovers::{machine_paths, office_errors};
use crate::check::passages::{Kind, Passage};
use crate::check::reading::Reading;
use crate::check::wording::dates::month;
use crate::check::wording::words::{Word, is_among, lower, words};
use crate::finding::{Confidence, Finding, Log, Severity};
use crate::model::PaperKind;
use crate::personal::links::inside;

mod notes;

/// A placeholder in a text.
#[derive(Debug, PartialEq, Eq)]
struct Left {
    range: Range<usize>,
    /// Whether it can hardly be meant so.
    is_sure: bool,
}

/// What forms say before they are filled in.
const LEFT: [&str; 16] = [
    "lorem ipsum",
    "Lorem ipsum",
    "Click or tap here to enter text",
    "Click here to enter text",
    "Choose an item.",
    "DD/MM/YYYY",
    "dd/mm/yyyy",
    "DD Month YYYY",
    "elete as appropriate",
    "elete as applicable",
    "elete if not applicable",
    "TODO",
    "FIXME",
    "ote to self",
    "rafting note:",
    "DN:",
];

/// Beginnings of dates whose day and month were never filled in, though the year was.
const OPEN_DATES: [&str; 4] = ["DD/MM/", "dd/mm/", "DD.MM.", "DD-MM-"];

/// First words of what stands in brackets to be filled in.
const TO_FILL: &str = "insert add name date tbc tba tbd xx xxx enter number amount title figure figures todo placeholder \
    dn drafting";

crate::finding::rule! {
    /// The text holds a mark for something that was to be filled in: TBC, XX, [insert …], ???, or what a word
    /// processor prints where a reference is lost.
    PLACEHOLDER = "C0035", Consistency, Warning, gate, "a placeholder that was left behind";
}

/// Finds placeholders that were left behind.
pub(in crate::check) fn placeholder(reading: &Reading, log: &Log) {
    let kind = reading.paper().map(|paper| &paper.kind);
    let programme = matches!(kind, Some(PaperKind::WorkProgramme(_)));
    // What somebody is to do is what these are about.
    let actions = matches!(kind, Some(PaperKind::Minutes(_) | PaperKind::ActionPlan(_)));
    for passage in &reading.passages {
        for left in left_behind(&passage.words) {
            let written = &passage.words[left.range.clone()];
            let open = is_open(written);
            // Dates of a programme may be open.
            if programme && open {
                continue;
            }
            let meant = open && is_alone(passage, written) || actions && written.starts_with(['(', '[']);
            let finding = Finding::new(
                &PLACEHOLDER,
                reading.place(passage, left.range.clone()),
                format!("`{written}` looks like a placeholder that was left behind"),
            )
            .help("write what belongs there, or say in words that it is not known yet");
            log.add(if left.is_sure && !meant {
                finding.confidence(Confidence::Likely)
            } else {
                finding.weighing(Severity::Info).confidence(Confidence::Possible)
            });
        }
    }
}

crate::finding::rule! {
    /// The text says where a file lies on somebody's machine or on a drive of the council, such as `C:\Users\...`,
    /// `\\server\share` or `file:///...`; or a link leads to a machine that only one network knows, into the
    /// folder of one person, or carries a key. It was probably pasted by mistake: it tells names that nobody
    /// needs, and readers cannot follow it. Take it out, or name the document instead.
    PATH_TYPED = "M0027", Sources, Warning, gate, "a path of somebody's machine in a text";
}

/// Finds paths of somebody's machine, and links into a network or a folder of somebody's.
pub(in crate::check) fn path_typed(reading: &Reading, log: &Log) {
    for passage in &reading.passages {
        for range in machine_paths(&passage.words) {
            let message =
                format!("`{}` is a path on somebody's machine", passage.words[range.clone()].replace('`', "'"));
            log.add(
                Finding::new(&PATH_TYPED, reading.place(passage, range), message)
                    .help("take it out, or name the document instead")
                    .confidence(Confidence::Likely),
            );
        }
        for (address, place) in &passage.addresses {
            let Some((host, why)) = inside(address) else { continue };
            let message = format!("a link {}: `{host}`", why.said());
            let help = "take the link out, or let it lead to what everybody may read";
            log.add(Finding::new(&PATH_TYPED, *place, message).help(help).confidence(Confidence::Likely));
        }
    }
}

/// Gives the placeholders on a page of somebody else's file that can hardly be meant so. Where its cells and fields end
/// is not known, so that an open date counts only in running words.
pub(in crate::check) fn left_on_page(text: &str) -> Vec<Range<usize>> {
    let in_running_words = |range: &Range<usize>| {
        let line = text[..range.start].rsplit('\n').next().unwrap_or_default();
        let before = line.trim_end().rsplit(' ').next().unwrap_or_default();
        !before.is_empty() && before.chars().all(char::is_lowercase)
    };
    let meant = |range: &Range<usize>| is_open(&text[range.clone()]) && !in_running_words(range);
    let bracketed = |range: &Range<usize>| text[range.clone()].starts_with(['[', '{', '«']);
    let left = left_behind(text).into_iter().filter(|left| left.is_sure).map(|left| left.range);
    left.filter(|range| bracketed(range) || !meant(range)).collect()
}

/// Tells whether a mark says that something is not known yet.
fn is_open(written: &str) -> bool {
    matches!(lower(written).trim_matches(['(', ')', '[', ']']), "tbc" | "tba" | "tbd")
}

/// Tells whether a mark fills a field or a cell by itself, as an open date does.
fn is_alone(passage: &Passage, written: &str) -> bool {
    matches!(passage.kind, Kind::Cell | Kind::Plain | Kind::Line) && passage.words.trim() == written
}

/// Gives the placeholders of a text, in their order.
fn left_behind(text: &str) -> Vec<Left> {
    let mut found: Vec<Left> = Vec::new();
    let sure = |range: Range<usize>| Left { range, is_sure: true };
    for mark in LEFT {
        let own = |at: usize| !mark.starts_with(char::is_uppercase) || !text[..at].ends_with(char::is_alphanumeric);
        let marks = text.match_indices(mark).filter(|(at, _)| own(*at));
        found.extend(marks.map(|(at, mark)| sure(word_from(text, at)..at + mark.len())));
    }
    for mark in OPEN_DATES {
        let digits = |from: usize| text[from..].bytes().take_while(u8::is_ascii_digit).count();
        let dates = text.match_indices(mark).map(|(at, mark)| at..at + mark.len() + digits(at + mark.len()));
        found.extend(dates.filter(|range| range.len() > 6).map(sure));
    }
    found.extend(office_errors(text).into_iter().map(sure));
    found.extend(notes::in_brackets(text));
    found.extend(question_marks(text).map(sure));
    if ["X", "x", "TB", "tb", "DD", "YYYY"].iter().any(|sign| text.contains(sign)) {
        found.extend(crosses(text));
    }
    found.sort_by_key(|left| (left.range.start, std::cmp::Reverse(left.range.end)));
    let mut last = 0;
    found.retain(|left| {
        let kept = left.range.start >= last;
        last = last.max(left.range.end);
        kept
    });
    found
}

/// Gives where the word begins that the rest of a mark stands in: `Delete` for `elete`.
fn word_from(text: &str, at: usize) -> usize {
    let before = text[..at].chars().next_back().filter(|sign| sign.is_alphabetic());
    before.map_or(at, |sign| at - sign.len_utf8())
}

/// Gives the runs of two question marks and more.
fn question_marks(text: &str) -> impl Iterator<Item = Range<usize>> {
    text.match_indices("??").filter(|(at, _)| !text[..*at].ends_with('?')).map(|(at, _)| {
        let rest = &text[at..];
        at..at + rest.len() - rest.trim_start_matches('?').len()
    })
}

/// Tells whether capitals in brackets are the initials of the words before: `Thornby Borough Council (TBC)`.
fn is_initials(text: &str, all: &[Word], at: usize) -> bool {
    let letters: Vec<char> = all[at].text.chars().collect();
    let bracketed = text[..all[at].at].ends_with('(') && text[all[at].end()..].starts_with(')');
    let before = at.checked_sub(letters.len()).map(|from| &all[from..at]);
    bracketed
        && before.is_some_and(|before| before.iter().zip(&letters).all(|(word, letter)| word.text.starts_with(*letter)))
}

/// Words before which capital crosses are a number: `Part XX`.
const NUMBERED: &str = "part parts chapter schedule title annex appendix volume louis article articles section size form \
    protocol class";

/// Finds words that are nothing but crosses, `TBC` and its like, and days that were never filled in.
fn crosses(text: &str) -> Vec<Left> {
    let all = words(text);
    let explained =
        |name: &str| all.iter().enumerate().any(|(at, word)| word.text == name && is_initials(text, &all, at));
    let mut found: Vec<Left> = Vec::new();
    for (at, word) in all.iter().enumerate() {
        let before = at.checked_sub(1).map(|at| lower(all[at].text)).unwrap_or_default();
        let next = all.get(at + 1).map_or("", |word| word.text);
        let day = word.text == "DD" && (next == "Month" || month(next).is_some());
        let known = is_among("TBC TBA TBD tbc tba tbd", word.text);
        if is_cross(text, word, &before) || day || word.text == "YYYY" {
            // `xx/xx/2028` is one.
            match found.last_mut().filter(|last| &text[last.range.end..word.at] == "/") {
                Some(last) => last.range.end = word.end(),
                None => found.push(Left { range: word.range(), is_sure: true }),
            }
        } else if known && !explained(word.text) {
            let is_sure = !matches!(before.as_str(), "date" | "dates" | "venue" | "time" | "lead" | "officer");
            found.push(Left { range: word.range(), is_sure });
        }
    }
    found
}

/// Tells whether a word is a cross in the place of a figure or of words.
fn is_cross(text: &str, word: &Word, before: &str) -> bool {
    let is = |sign: char| word.text.len() >= 2 && word.text.chars().all(|letter| letter == sign);
    let year = word.text.len() == 4 && word.text.starts_with("20") && word.text[2..].eq_ignore_ascii_case("xx");
    let pounds = word.text.eq_ignore_ascii_case("x") && text[..word.at].ends_with('£');
    is('x') || is('X') && !is_among(NUMBERED, before) || year || pounds
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<&str> {
        left_behind(text).into_iter().filter(|left| left.is_sure).map(|left| &text[left.range]).collect()
    }

    #[test]
    fn placeholders_are_found() {
        assert_eq!(found("The cost is £XX, TBC."), ["XX", "TBC"]);
        assert_eq!(found("by xx May 20XX"), ["xx", "20XX"]);
        assert_eq!(found("on xx/xx/2028, DD Month 2028 and DD March"), ["xx/xx", "DD", "DD"]);
        assert_eq!(found("[insert name of ward] and [date]"), ["[insert name of ward]", "[date]"]);
        assert_eq!(found("{insert name}, «Name» and [DN: ask]"), ["{insert name}", "«Name»", "[DN: ask]"]);
        assert_eq!(found("see Error! Reference source not found."), ["Error! Reference source not found"]);
        assert_eq!(found("Why ??? and £x, who ??"), ["???", "x", "??"]);
        assert_eq!(found("reported on DD/MM/2028 (Paula to check)"), ["DD/MM/2028", "(Paula to check)"]);
        assert_eq!(found("TODO: ask. Delete as appropriate. ###"), ["TODO", "Delete as appropriate", "###"]);
    }

    #[test]
    fn notes_to_oneself_are_found() {
        for note in [
            "(PC to confirm figure)",
            "(check with Paula)",
            "[Paula to check]",
            "(Paula Cole to add the cost)",
            "(insert name)",
            "(figures to be added)",
            "(to be inserted)",
            "(?)",
            "[to be confirmed]",
            "[FINANCE TO CHECK]",
            "[ASK THE CLERK whether members have seen this before, and what the chair made of it, then send it on]",
        ] {
            assert_eq!(found(&format!("The cost is less {note} than before.")), [note]);
        }
    }

    #[test]
    fn what_may_be_meant_is_a_hint() {
        for text in [
            "the visit (date TBC)",
            "The next meeting (to be confirmed)",
            "the bridge (to be completed)",
            "(NHS to provide funding)",
        ] {
            let all: Vec<bool> = left_behind(text).into_iter().map(|left| left.is_sure).collect();
            assert_eq!(all, [false], "{text}");
        }
    }

    #[test]
    fn what_only_looks_like_one_is_left_alone() {
        for text in [
            "Schedule XX, Part XXX and Chapter XX",
            "Part XX of the Act, Title XX and Articles XX and following",
            "Thornby Borough Council (TBC) was abolished; TBC is no more",
            "The witness, [name redacted], agreed (see the order to check)",
            "(Cabinet to confirm)",
            "(Members to note)",
            "the house (to be let by March) and the school (to be added to the list)",
            "the 4x4, Xavier and xylophone",
            "Why? And how?",
            "[sic], [they] and [dated 5 May]",
            "the [UK GDPR], [NHS England] and [REDACTED]",
            "the letter says […] that",
            "to be confirmed by Council",
            "a named officer",
            "{a set} and «une citation entière»",
            "Bring [ ] or [x] in the box",
            "a DN100 pipe of type SDN: grey",
        ] {
            assert_eq!(left_behind(text), Vec::<Left>::new(), "{text}");
        }
    }
}
