//! Whether a name belongs to another council or body, whose posts and bodies may well be called so.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::check::consistency::texts::capitals::{Run, is_number};
use crate::check::wording::words::{Word, gap, is_among, lower, words};

/// Words in the names of bodies that have posts and committees of their own.
const ORGANISATIONS: &str = "council trust nhs authority police university college ltd limited plc association ofsted \
    commission hospital hospitals constabulary combined icb academy partnership government ministry department agency \
    company union school society institute lga cipfa homes diocese";

/// Words before a name by which it is somebody else's.
const OTHERS: &str = "its their his her another neighbouring other each every any";

/// Tells whether what stands in a range of a text is said to be of another body: `the Trust's Chief Financial Officer`,
/// `the Audit Committee of Thornby Council`. `own` are the words of the council's name, in small letters.
pub(super) fn is_anothers(text: &str, run: &Run, range: &Range<usize>, own: &BTreeSet<String>) -> bool {
    let is_own = |word: &str| own.contains(word.trim_end_matches("'s")) || matches!(word, "council's" | "authority's");
    let inside = run.tokens.iter().zip(&run.places);
    let mut before = inside.clone().filter(|(_, place)| place.end <= range.start).map(|(token, _)| token);
    let owner = |token: &String| token.ends_with("'s") || token.ends_with("s'") || is_organisation(token);
    if before.clone().any(owner) && !before.all(|token| is_own(token)) {
        return true;
    }
    let all = words(text);
    let at = all.iter().position(|word| word.at >= range.start).unwrap_or(0);
    let last = at.checked_sub(1).map_or(String::new(), |last| lower(all[last].text));
    if is_among(OTHERS, &last) || (last.ends_with("'s") && !is_own(&last)) {
        return true;
    }
    let end = all.iter().position(|word| word.at >= range.end).unwrap_or(all.len());
    follows_another(text, &all, end, &is_own)
}

fn is_organisation(word: &str) -> bool {
    is_among(ORGANISATIONS, word.trim_end_matches("'s"))
}

/// Tells whether another body is named behind: `of the Integrated Care Board`, `, Fenlands NHS Trust`.
fn follows_another(text: &str, all: &[Word], end: usize, is_own: &dyn Fn(&str) -> bool) -> bool {
    let Some(last) = end.checked_sub(1) else { return false };
    let of = matches!(gap(text, all, last), "")
        && all.get(end).is_some_and(|word| matches!(word.text, "of" | "for" | "at" | "with"));
    let mut next = if of { end + 1 } else { end };
    if !of && !matches!(gap(text, all, last), "," | "(" | "") {
        return false;
    }
    next += usize::from(all.get(next).is_some_and(|word| word.text == "the"));
    let mut named = Vec::new();
    while let Some(word) = all.get(next).filter(|word| word.is_capital() || matches!(word.text, "of" | "and")) {
        named.push(lower(word.text));
        if !gap(text, all, next).is_empty() {
            break;
        }
        next += 1;
    }
    let strange = named.iter().any(|word| !is_own(word) && !matches!(word.as_str(), "of" | "and") && !is_number(word));
    let capital = all.get(next.saturating_sub(named.len())).is_some_and(Word::is_capital);
    strange && capital && (of || named.iter().any(|word| is_organisation(word)))
}
