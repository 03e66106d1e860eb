//! Lists and the words that lead to them.

use super::blocks::{Texts, led};
use crate::check::passages::{Passage, of_parts};
use crate::check::reading::Reading;
use crate::check::wording::words::{Word, gap, lower, words};
use crate::finding::{Confidence, Finding, Log, rules};
use crate::model::text::Block;

/// Verbs with which entries of resolutions and recommendations begin: the plain form, that of `Notes`, that of `Noted`.
const VERBS: [[&str; 3]; 32] = [
    ["accept", "accepts", "accepted"],
    ["add", "adds", "added"],
    ["adopt", "adopts", "adopted"],
    ["agree", "agrees", "agreed"],
    ["appoint", "appoints", "appointed"],
    ["approve", "approves", "approved"],
    ["ask", "asks", "asked"],
    ["authorise", "authorises", "authorised"],
    ["comment", "comments", "commented"],
    ["confirm", "confirms", "confirmed"],
    ["consider", "considers", "considered"],
    ["delegate", "delegates", "delegated"],
    ["endorse", "endorses", "endorsed"],
    ["ensure", "ensures", "ensured"],
    ["establish", "establishes", "established"],
    ["extend", "extends", "extended"],
    ["identify", "identifies", "identified"],
    ["include", "includes", "included"],
    ["instruct", "instructs", "instructed"],
    ["invite", "invites", "invited"],
    ["note", "notes", "noted"],
    ["oppose", "opposes", "opposed"],
    ["receive", "receives", "received"],
    ["recommend", "recommends", "recommended"],
    ["refer", "refers", "referred"],
    ["reject", "rejects", "rejected"],
    ["remove", "removes", "removed"],
    ["request", "requests", "requested"],
    ["review", "reviews", "reviewed"],
    ["support", "supports", "supported"],
    ["thank", "thanks", "thanked"],
    ["welcome", "welcomes", "welcomed"],
];

/// Nouns with which entries begin that should begin with a verb: `Approval of the accounts`.
const NOUNS: [&str; 14] = [
    "acceptance",
    "adoption",
    "agreement",
    "appointment",
    "approval",
    "authorisation",
    "confirmation",
    "consideration",
    "delegation",
    "endorsement",
    "establishment",
    "receipt",
    "referral",
    "rejection",
];

/// Words that lead to a list, and the first paragraphs of its entries.
struct List {
    lead: Passage,
    entries: Vec<Passage>,
}

/// Gives every list with the words that lead to it.
fn lists(reading: &Reading) -> Vec<List> {
    let texts = Texts::of(reading).each();
    let inside = texts.iter().flat_map(|blocks| blocks.windows(2)).filter_map(|pair| match pair {
        [Block::Paragraph { content, .. }, list @ Block::List { .. }] => {
            Some(List { lead: of_parts(content), entries: entries(list) })
        }
        _ => None,
    });
    let led = led(reading).into_iter().filter_map(|(line, prose)| {
        let list = prose.blocks.first().filter(|block| matches!(block, Block::List { .. }))?;
        Some(List { lead: of_parts(&line?.content), entries: entries(list) })
    });
    inside.chain(led).collect()
}

fn entries(list: &Block) -> Vec<Passage> {
    let Block::List { items, .. } = list else { return Vec::new() };
    let first = |item: &Vec<Block>| match item.first() {
        Some(Block::Paragraph { content, .. }) => Some(of_parts(content)),
        _ => None,
    };
    items.iter().filter_map(first).collect()
}

/// Finds entries that begin with the words that lead to them.
pub(super) fn doubled(reading: &Reading, log: &Log) {
    for List { lead, entries } in lists(reading) {
        let Some(said) = repeated(&lead.words) else { continue };
        for entry in &entries {
            let all = words(&entry.words);
            let begins = said.len() < all.len() && said.iter().zip(&all).all(|(said, word)| *said == lower(word.text));
            // `to: To Cabinet` and `to: Tom` are something else.
            let verb = all.get(said.len()).is_some_and(|word| !word.is_capital());
            if begins && (verb || said[0] == "that") {
                let range = 0..all[said.len() - 1].end();
                let written = &entry.words[range.clone()];
                let led = &lead.words[lead.words.len().saturating_sub(24)..].trim();
                let led = led.split_once(' ').map_or(*led, |(_, rest)| rest);
                let message = format!("the entry begins with `{written}`, which the words before the list say already");
                log.add(
                    Finding::new(&rules::DOUBLED_LEAD, reading.place(entry, range), message)
                        .also(lead.whole(), format!("`… {led}` leads to the list"))
                        .confidence(Confidence::Likely)
                        .help(format!("take `{written}` away, or end the words before the list without it")),
                );
                // The others of the list are mended with it.
                break;
            }
        }
    }
    for (_, prose) in led(reading) {
        let Some(Block::Paragraph { content, .. }) = prose.blocks.first() else { continue };
        let passage = of_parts(content);
        if words(&passage.words).first().is_some_and(|word| word.text == "RESOLVED") {
            log.add(
                Finding::new(
                    &rules::DOUBLED_LEAD,
                    reading.place(&passage, 0.."RESOLVED".len()),
                    "`RESOLVED` is printed by the program",
                )
                .help("take `RESOLVED` away, and begin with what follows it"),
            );
        }
    }
}

/// Gives the words at the end of a lead that an entry must not begin with: `to`, or `that` and what follows it.
fn repeated(lead: &str) -> Option<Vec<String>> {
    let all = words(lead);
    let last = all.last()?;
    if !matches!(gap(lead, &all, all.len() - 1), ":" | "" | ":-" | "–") {
        return None;
    }
    if lower(last.text) == "to" {
        return Some(vec!["to".into()]);
    }
    let that = all.iter().rposition(|word| lower(word.text) == "that").filter(|at| all.len() - at <= 12)?;
    let end = text_between(lead, all[that].at);
    (!end.contains(['.', ';', ',']))
        .then(|| all[that..].iter().map(|word| lower(word.text)).collect())
        .filter(|words: &Vec<String>| words.len() > 1 || gap(lead, &all, all.len() - 1).starts_with(':'))
}

fn text_between(text: &str, from: usize) -> &str {
    text[from..].trim_end_matches([':', ' ', '-', '–'])
}

/// Finds lists whose entries begin with verbs in different forms.
pub(super) fn mixed(reading: &Reading, log: &Log) {
    for List { lead, entries } in lists(reading) {
        let mut forms = entries.iter().filter_map(|entry| Some((entry, form(&entry.words)?)));
        let Some((usual, first)) = forms.next() else { continue };
        let all = words(&lead.words);
        let leads = all.iter().rev().take(12).any(|word| matches!(lower(word.text).as_str(), "that" | "to"));
        let rest: Vec<(&Passage, usize)> = forms.collect();
        let Some(at) = rest.iter().position(|(_, form)| *form != first).filter(|_| leads) else { continue };
        // Where the first stands alone, it is the odd one.
        let alone = at == 0 && rest.len() >= 2 && rest.iter().all(|(_, form)| *form == rest[0].1);
        let (usual, other) = if alone { (rest[0].0, usual) } else { (usual, rest[at].0) };
        let start = |entry: &Passage| words(&entry.words).first().map_or(0..0, Word::range);
        let (range, there) = (start(other), start(usual));
        let (this, that) = (&other.words[range.clone()], &usual.words[there.clone()]);
        let message = format!("this entry begins with `{this}`, another with `{that}`, which is another form");
        log.add(
            Finding::new(&rules::MIXED_ENTRIES, reading.place(other, range), message)
                .also(reading.place(usual, there), "the other form")
                .confidence(Confidence::Possible)
                .help("begin all entries in one form, the one that goes on from the words before the list"),
        );
    }
}

/// The form of `approving`.
const GERUND: usize = 3;
/// The form of `approval of`.
const NOUN: usize = 4;

/// Gives which form of a verb an entry begins with.
fn form(entry: &str) -> Option<usize> {
    let all = words(entry);
    let first = all.first().map(|word| lower(word.text))?;
    let of = all.get(1).is_some_and(|next| next.text == "of");
    if of && NOUNS.contains(&first.as_str()) {
        return Some(NOUN);
    }
    let form = VERBS.iter().find_map(|forms| {
        let gerund = || format!("{}ing", forms[0].strip_suffix('e').unwrap_or(forms[0]));
        forms.iter().position(|form| *form == first).or_else(|| {
            let doubled = matches!(forms[0], "refer").then(|| format!("{}ring", forms[0]));
            let same = matches!(forms[0], "agree").then(|| format!("{}ing", forms[0]));
            (doubled.or(same).unwrap_or_else(gerund) == first).then_some(GERUND)
        })
    })?;
    // `Reviews of children in care` is a noun.
    let object = |next: &Word| matches!(next.text, "the" | "a" | "that" | "to" | "its" | "an") || next.is_capital();
    (!matches!(form, 1 | GERUND) || all.get(1).is_some_and(object)).then_some(form)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn leads_tell_what_an_entry_must_not_repeat() {
        assert_eq!(repeated("The Board are recommended to:"), Some(vec!["to".to_owned()]));
        let words = |text: &str| text.split(' ').map(str::to_owned).collect::<Vec<_>>();
        assert_eq!(repeated("RESOLVED that the Board:"), Some(words("that the board")));
        assert_eq!(repeated("Members noted that:"), Some(words("that")));
        assert_eq!(repeated("The visit had three subjects:"), None);
        assert_eq!(repeated("He said that it rained, and that was all. The rest:"), None);
    }

    #[test]
    fn forms_of_verbs_are_told_apart() {
        assert_eq!(form("Note the report"), Some(0));
        assert_eq!(form("Notes the report"), Some(1));
        assert_eq!(form("Agreed to add it"), Some(2));
        assert_eq!(form("Reviews of children in care"), None);
        assert_eq!(form("The report"), None);
        assert_eq!(form("approving the statement of accounts"), Some(GERUND));
        assert_eq!(form("Agreeing the plan"), Some(GERUND));
        assert_eq!(form("Approval of the accounts"), Some(NOUN));
        assert_eq!(form("Approval was given"), None);
        assert_eq!(form("Reviewing officers met"), None);
    }
}
