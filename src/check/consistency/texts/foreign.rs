//! References that are to another document than the one that is read.

use crate::check::wording::sentences::clause;
use crate::check::wording::words::{Word, gap, lower};

/// Tells whether words go on to say that something is of another document: `of the local plan`, `to the Constitution`.
pub(super) fn of_another(text: &str, all: &[Word], last: usize) -> bool {
    let word = |at: usize| all.get(at).map_or("", |word| word.text);
    let joined = gap(text, all, last).is_empty();
    let other = matches!(word(last + 1), "of" | "to" | "in") && !matches!(word(last + 2), "this" | "these" | "");
    joined
        && other
        && (word(last + 1) == "of" || !all[last + 2].text.starts_with(|letter: char| letter.is_ascii_digit()))
        && (word(last + 1) != "in" || word(last + 2) != "order")
}

/// Kinds of document that somebody else may have written.
pub(super) const DOCUMENTS: [&str; 14] = [
    "report",
    "letter",
    "decision",
    "opinion",
    "judgment",
    "statement",
    "plan",
    "strategy",
    "response",
    "evidence",
    "notice",
    "submission",
    "review",
    "advice",
];

/// Tells whether the document of somebody is named before: `The Inspector's report (paragraphs 14 and 22)`.
pub(super) fn owned(text: &str, all: &[Word], at: usize) -> bool {
    let mut before = at;
    while let Some(back) = before.checked_sub(1) {
        if !matches!(all[back].text, "at" | "in" | "see" | "its") {
            break;
        }
        before = back;
    }
    let Some(document) = before.checked_sub(1) else { return false };
    let joined = matches!(gap(text, all, document), "" | "(" | ",");
    let known = DOCUMENTS.contains(&lower(all[document].text).as_str());
    let owner = all[document.saturating_sub(4)..document].iter().any(|word| {
        let word = lower(word.text);
        word.ends_with("'s") || matches!(word.as_str(), "his" | "her" | "their")
    });
    joined && known && owner && clause(text, all[at].at).start <= all[document].at
}

/// Words between a document and its parts: `the report, together with its Appendices 6 and 7`.
const JOINING: [&str; 13] =
    ["at", "in", "see", "its", "with", "including", "and", "the", "together", "also", "especially", "notably", "only"];

/// Words that tell which of many documents is meant, or who has it.
const TELLING: [&str; 9] = ["to", "of", "on", "from", "by", "dated", "for", "considered", "submitted"];

/// Tells whether another document is named before as one of many, with what it holds behind it: `the report to Cabinet
/// of 12 January 2026 (Appendices 6 and 7)`, `the Local Plan and its Appendices`. `several` tells that parts are meant
/// that one document has.
pub(super) fn held_by(text: &str, all: &[Word], at: usize, several: bool) -> bool {
    let start = clause(text, all[at].at).start;
    let mut before = at;
    let mut joins = false;
    while let Some(back) = before.checked_sub(1).filter(|back| JOINING.contains(&lower(all[*back].text).as_str())) {
        joins |= matches!(lower(all[back].text).as_str(), "with" | "its" | "including");
        before = back;
    }
    let Some(last) = before.checked_sub(1).filter(|last| all[*last].at >= start) else { return false };
    let bracket = matches!(gap(text, all, last), "(" | ",");
    if !(joins || (several && bracket)) {
        return false;
    }
    let earlier = all[..=last].iter().enumerate().rev().take_while(|(_, word)| word.at >= start).take(14);
    let mut documents = earlier.filter(|(_, word)| DOCUMENTS.contains(&lower(word.text).as_str()));
    documents.any(|(index, _)| {
        let word = |at: usize| all.get(at).map_or(String::new(), |word| lower(word.text));
        let this = index > 0 && matches!(word(index - 1).as_str(), "this" | "present" | "a");
        let that = index > 0 && matches!(word(index - 1).as_str(), "that" | "former" | "previous" | "earlier" | "last");
        // One document in brackets has several appendices: `the budget report (Appendices 2 and 3)`.
        let has_them = several && bracket && index == last;
        let told = that || has_them || (TELLING.contains(&word(index + 1).as_str()) && index < last);
        let verb = |word: &Word| matches!(lower(word.text).as_str(), "is" | "are" | "was" | "were" | "has" | "have");
        !this && told && !all[index..=last].iter().any(verb)
    })
}

/// What is said of papers that are somewhere else than in the pack.
const ON_FILE: [&str; 20] = [
    "on file",
    "on request",
    "on deposit",
    "deposited",
    "not attached",
    "not reprinted",
    "not reproduced",
    "not repeated",
    "not appended",
    "can be inspected",
    "may be inspected",
    "can be viewed",
    "can be found on",
    "were published with",
    "was published with",
    "were circulated with",
    "previously circulated",
    "circulated separately",
    "original report",
    "earlier report",
];

/// Tells whether the clause around a place says that what it speaks of lies elsewhere.
pub(super) fn is_on_file(text: &str, at: usize) -> bool {
    let said = text[clause(text, at)].to_lowercase();
    ON_FILE.iter().any(|words| said.contains(words))
}
