//! Names of people as they are written: title, first names or initials, last name.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::words::{Word, gap, is_among, without_possessive, words};

/// A name, taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::check) struct Spelt {
    /// The kind of title before it.
    pub(in crate::check) title: Option<Title>,
    /// First names or initials, as they are written.
    pub(in crate::check) given: Vec<String>,
    /// Last name, as it is written.
    pub(in crate::check) last: String,
}

/// Kinds of title.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::check) enum Title {
    /// Councillor, Cllr.
    Councillor,
    /// Mr, Dr and the like.
    Other,
}

/// Gives the kind of a title, and whether several names follow it.
fn title(word: &str) -> Option<(Title, bool)> {
    match word {
        "Councillor" | "Cllr" => Some((Title::Councillor, false)),
        "Councillors" | "Cllrs" => Some((Title::Councillor, true)),
        "Mr" | "Mrs" | "Ms" | "Miss" | "Dr" | "Professor" | "Prof" | "Sir" | "Dame" | "Rev" | "Revd" | "Reverend"
        | "Canon" | "Alderman" => Some((Title::Other, false)),
        _ => None,
    }
}

/// Letters behind a name: honours, offices and degrees.
const HONOURS: &str = "OBE MBE CBE KBE DBE GBE BEM KCB DCB CB CMG CVO LVO MVO CH OM KC QC QPM KPM QFSM KFSM QAM JP DL VL \
    MP MEP MSP MS MLA AM TD VR RD DSO DFC MC GM PC PhD DPhil MD MBA MPA MA MSc BA BSc BEd LLB LLM FRSA FCCA ACCA FCA \
    ACA CPFA CIPFA FRICS MRICS MRTPI FRTPI FCIPD MCIPD FRCN RGN FRCP MRCP FRCS CEng MICE FICE Esq";

/// What is said of somebody behind the name, and is no part of it: `Councillor Moss Cabinet Member`.
const OFFICES: &str = "Cabinet Chair Chairman Chairwoman Chairperson Vice-Chair Vice-Chairman Deputy Leader Member Members \
    Portfolio Mayor Councillor Councillors Cllr";

/// Tells whether a part of a name is a title, or stands behind it as an honour does.
pub(in crate::check) fn is_title(part: &str) -> bool {
    title(part).is_some() || is_honour(part)
}

/// Tells whether a word stands behind a name without being one: `OBE`, `JP`.
pub(in crate::check) fn is_honour(word: &str) -> bool {
    is_among(HONOURS, word)
}

/// Gives a name without accents, apostrophes and hyphens, in small letters, to be compared.
pub(in crate::check) fn folded(name: &str) -> String {
    let plain = name.nfd().filter(|letter| !is_combining_mark(*letter) && letter.is_alphabetic());
    plain.flat_map(char::to_lowercase).map(unmarked).collect()
}

/// Gives the letter that a barred or joined one is often written as.
fn unmarked(letter: char) -> char {
    match letter {
        'ł' => 'l',
        'ø' => 'o',
        'đ' => 'd',
        'ı' => 'i',
        'æ' => 'a',
        other => other,
    }
}

/// Tells whether a part of a name is an initial.
pub(in crate::check) fn is_initial(part: &str) -> bool {
    part.chars().count() == 1
}

/// Takes a name apart that stands by itself: `Councillor Jenny Moss`, `Dr I Lacey`, `Hetherton`. Words that are no
/// name of one person give nothing: `Chris West/Ann Bell`, `Six people who receive care`.
pub(in crate::check) fn spelt(name: &str) -> Option<Spelt> {
    let mut all = words(name);
    while all.len() > 1 && all.last().is_some_and(|word| is_honour(word.text)) {
        all.pop();
    }
    let (mut found, mut given) = (None, Vec::new());
    for (at, word) in all.iter().enumerate() {
        let between = if at + 1 < all.len() { gap(name, &all, at) } else { "" };
        if !matches!(between, "" | ".") || !word.is_capital() || word.text.len() > 24 {
            return None;
        }
        match title(word.text) {
            Some((kind, _)) if given.is_empty() => found = found.or(Some(kind)),
            _ => given.push(without_possessive(word.text).to_owned()),
        }
    }
    let last = given.pop().filter(|last| !is_initial(last))?;
    (given.len() <= 4).then_some(Spelt { title: found, given, last })
}

/// A name that stands in a passage.
pub(in crate::check) struct Seen {
    /// The name.
    pub(in crate::check) spelt: Spelt,
    /// Where, with its title.
    pub(in crate::check) range: Range<usize>,
}

/// Gives the names behind titles in a passage: `Councillor J Moss`, `Councillors F Abbott, P Akhtar and J Blundell`.
/// `known` tells last names, so that `Councillor Sandhu Cabinet Member` ends in the right place.
pub(in crate::check) fn titled(text: &str, known: &dyn Fn(&str) -> bool) -> Vec<Seen> {
    const SIGNS: [&str; 12] =
        ["ouncillor", "Cllr", "Mr", "Ms", "Miss", "Dr", "Prof", "Sir ", "Dame ", "Rev", "Canon ", "Alderman "];
    if !SIGNS.iter().any(|sign| text.contains(sign)) {
        return Vec::new();
    }
    let all = words(text);
    let mut found = Vec::new();
    let mut at = 0;
    while at < all.len() {
        let Some((kind, several)) = title(all[at].text) else {
            at += 1;
            continue;
        };
        let mut start = all[at].at;
        let mut next = at + 1;
        while matches!(gap(text, &all, next - 1), "" | ".")
            && all.get(next).is_some_and(|word| title(word.text).is_some())
        {
            next += 1;
        }
        while let Some((spelt, end)) = name_at(text, &all, next, kind, known) {
            found.push(Seen { spelt, range: start..all[end - 1].end() });
            let end = behind_honours(text, &all, end);
            let and = all.get(end).is_some_and(|word| word.text == "and") && gap(text, &all, end - 1).is_empty();
            let comma = gap(text, &all, end - 1) == ",";
            next = if and { end + 1 } else { end };
            let titled = all.get(next).is_some_and(|word| title(word.text).is_some());
            if !several || !(and || comma) || titled {
                break;
            }
            start = all.get(next).map_or(start, |word| word.at);
        }
        at = next.max(at + 1);
    }
    found
}

/// Gives the index behind the honours that stand at an index: `Councillor Moss, OBE, JP`.
fn behind_honours(text: &str, all: &[Word], mut end: usize) -> usize {
    while all.get(end).is_some_and(|word| is_honour(word.text)) && matches!(gap(text, all, end - 1), "" | ",") {
        end += 1;
    }
    end
}

/// Reads a name from a word on: gives it with the index behind it.
fn name_at(text: &str, all: &[Word], from: usize, kind: Title, known: &dyn Fn(&str) -> bool) -> Option<(Spelt, usize)> {
    if from > 0 && !matches!(gap(text, all, from - 1), "" | "." | ",") {
        return None;
    }
    let mut parts: Vec<&str> = Vec::new();
    let mut at = from;
    let is_part = |word: &&Word, parts: &[&str]| {
        let ended = !parts.is_empty() && (is_honour(word.text) || is_among(OFFICES, word.text));
        word.is_capital() && parts.len() < 4 && !ended
    };
    while let Some(word) = all.get(at).filter(|word| is_part(word, &parts)) {
        let own = without_possessive(word.text);
        parts.push(own);
        at += 1;
        let between = gap(text, all, at - 1);
        let initial = is_initial(own);
        if own.len() < word.text.len() || !(between.is_empty() || (initial && between == ".")) {
            break;
        }
        let next_known = all.get(at).is_some_and(|next| next.is_capital() && known(next.text));
        // With an initial before it, or known by itself, the name ends here.
        let led = parts.len() > 1 && parts[..parts.len() - 1].iter().all(|part| is_initial(part));
        if !initial && (led || known(own)) && !next_known {
            break;
        }
    }
    let last = parts.pop().filter(|last| !is_initial(last) && last.chars().count() >= 2)?;
    // Two words that nobody knows may be a first and a last name, or a last name and something else.
    let given: Vec<String> = parts.iter().map(|part| (*part).to_owned()).collect();
    (given.len() <= 3).then(|| (Spelt { title: Some(kind), given, last: last.to_owned() }, at))
}

/// Gives pairs of capitalised words that have no title: `Jenny Moss`.
pub(in crate::check) fn pairs(text: &str) -> Vec<(Word<'_>, Word<'_>)> {
    let all = words(text);
    let both = |at: &usize| {
        let (first, second) = (all[*at], all[at + 1]);
        let long = first.text.len() >= 3 && second.text.len() >= 3 && title(first.text).is_none();
        long && first.is_capital() && second.is_capital() && gap(text, &all, *at).is_empty()
    };
    let pair = |at: usize| {
        let second = Word { text: without_possessive(all[at + 1].text), ..all[at + 1] };
        (all[at], second)
    };
    (0..all.len().saturating_sub(1)).filter(both).map(pair).collect()
}

/// Tells whether two last names are one that is spelt in two ways.
pub(in crate::check) fn nearly(a: &str, b: &str) -> bool {
    let same_start = a.chars().next() == b.chars().next();
    let short = a.chars().count().min(b.chars().count());
    let scots = |name: &str| name.strip_prefix("mac").map_or_else(|| name.to_owned(), |rest| format!("mc{rest}"));
    if a == b || !same_start || short < 3 {
        return false;
    }
    let edits = strsim::damerau_levenshtein(a, b);
    scots(a) == scots(b) || edits == 1 || (short >= 8 && edits <= 3 && strsim::jaro_winkler(a, b) > 0.92)
}

/// Tells whether first names, or initials, can be those of one person.
pub(in crate::check) fn agree(a: &[String], b: &[String]) -> bool {
    let (Some(first), Some(second)) = (a.first(), b.first()) else { return true };
    let (first, second) = (folded(first), folded(second));
    if is_initial(&first) || is_initial(&second) {
        return first.chars().next() == second.chars().next();
    }
    first == second || first.starts_with(&second) || second.starts_with(&first)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn show(spelt: &Spelt) -> String {
        format!("{} {}", spelt.given.join(" "), spelt.last).trim().to_owned()
    }

    fn found(text: &str) -> Vec<String> {
        titled(text, &|name| matches!(name, "Sandhu" | "Moss")).iter().map(|seen| show(&seen.spelt)).collect()
    }

    #[test]
    fn names_by_themselves_are_taken_apart() {
        let parts = |name: &str| spelt(name).map(|spelt| show(&spelt));
        assert_eq!(parts("Councillor Jenny Moss").as_deref(), Some("Jenny Moss"));
        assert_eq!(parts("Dr I. Lacey").as_deref(), Some("I Lacey"));
        assert_eq!(parts("Hetherton").as_deref(), Some("Hetherton"));
        assert_eq!(parts("Councillor Dr Ann Facey, OBE JP").as_deref(), Some("Ann Facey"));
        assert_eq!(parts("The Reverend Ann Facey").as_deref(), Some("The Reverend Ann Facey"));
        assert_eq!(parts("Rev. Ann Facey MBE").as_deref(), Some("Ann Facey"));
        assert_eq!(parts("Councillor Fionnuala O'Callaghan").as_deref(), Some("Fionnuala O'Callaghan"));
        for name in ["Six people who receive care", "Chris West/Ann Bell", "NHS Aldermere and Fenlands", "A", ""] {
            assert_eq!(parts(name), None, "{name}");
        }
    }

    #[test]
    fn names_behind_titles_are_found_in_text() {
        assert_eq!(found("In reply to Councillor J Mos, Cllr Macleod said"), ["J Mos", "Macleod"]);
        assert_eq!(
            found("Councillors F Abbott, P Akhtar and J Blundell spoke"),
            ["F Abbott", "P Akhtar", "J Blundell"]
        );
        assert_eq!(found("Councillor Sandhu Cabinet Member"), ["Sandhu"]);
        assert_eq!(found("Councillor Sandu Cabinet Member, Cllr Facy OBE and Cllr Moss JP"), ["Sandu", "Facy", "Moss"]);
        assert_eq!(found("Councillors Facy MBE, Sandhu and Dr Lacy"), ["Facy", "Sandhu", "Lacy"]);
        assert_eq!(found("Dr. I. Lacey and Councillor Moss's letter"), ["I Lacey", "Moss"]);
        assert_eq!(found("each councillor, and Councillors were told"), Vec::<String>::new());
    }

    #[test]
    fn near_names_are_those_of_one_person() {
        for (a, b) in [("moss", "mos"), ("macleod", "mcleod"), ("hetherton", "hetherington"), ("nawaz", "nawas")] {
            assert!(nearly(a, b), "{a} {b}");
        }
        for (a, b) in
            [("innes", "jones"), ("khan", "kahn x"), ("lyle", "tyle"), ("thomas", "thompson"), ("ali", "alison")]
        {
            assert!(!nearly(a, b), "{a} {b}");
        }
        assert_eq!(folded("O’Callaghan-Vašková Łø"), "ocallaghanvaskovalo");
    }
}
