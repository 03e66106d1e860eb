//! Lists and the words that lead to them.

use super::blocks::{Texts, led};
use crate::check::passages::{Passage, of_parts};
use crate::check::reading::Reading;
use crate::check::wording::words::{gap, lower, words};
use crate::finding::{Confidence, Finding, Log};
use crate::model::text::Block;

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

crate::finding::rule! {
    /// The entries go on from the words before the list, and begin with the same words again: `recommended to:
    /// 1. To note`, `RESOLVED that the Board: 1. That the Board note`. Take them away in one of the two places.
    DOUBLED_LEAD = "C0031", Consistency, Warning, "a list whose entries repeat the words that lead to it";
}

/// Finds entries that begin with the words that lead to them.
pub(in crate::check) fn doubled_lead(reading: &Reading, log: &Log) {
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
                    Finding::new(&DOUBLED_LEAD, reading.place(entry, range), message)
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
                    &DOUBLED_LEAD,
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
}
