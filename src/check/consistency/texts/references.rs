//! References that were typed: to paragraphs, sections and pages.

use std::collections::BTreeSet;
use std::ops::Range;

use super::foreign::{of_another, owned};
use crate::check::reading::Reading;
use crate::check::wording::sentences::clause;
use crate::check::wording::words::{Word, gap, lower, words};
use crate::finding::{Confidence, Finding, Log, Severity};
use crate::model::numbering::{Numbered, number};
use crate::model::{Paper, PaperKind};

/// The numbers of a text's sections and paragraphs.
struct Numbers {
    all: BTreeSet<String>,
    sections: u32,
}

fn numbers(paper: &Paper) -> Option<Numbers> {
    let (blocks, numbered) = match &paper.kind {
        PaperKind::BriefingNote(note) => (&note.body.blocks, true),
        PaperKind::Report(report) => (&report.body.blocks, true),
        PaperKind::Plain(plain) => (&plain.body.blocks, plain.numbered),
        _ => return None,
    };
    let mut numbers = Numbers { all: BTreeSet::new(), sections: 0 };
    for block in number(blocks, numbered) {
        match block {
            Numbered::Section { number: Some(number), .. } => {
                numbers.sections = numbers.sections.max(number.parse().unwrap_or(0));
                numbers.all.insert(number);
            }
            Numbered::Subheading { number: Some(number), .. } | Numbered::Paragraph { number, .. } => {
                numbers.all.insert(number);
            }
            _ => {}
        }
    }
    (!numbers.all.is_empty()).then_some(numbers)
}

/// Words beside which a number is that of a law or of another document.
const LAWS: [&str; 16] = [
    "act",
    "acts",
    "schedule",
    "regulation",
    "regulations",
    "order",
    "part",
    "code",
    "constitution",
    "framework",
    "nppf",
    "directive",
    "agreement",
    "orders",
    "guidance",
    "policy",
];

crate::finding::rule! {
    /// Paragraphs are numbered by the program, and a number typed into the text goes wrong when one is put in
    /// or taken out. Name the paragraph with {#label}, and refer to it as [](#label). Paragraphs of Acts,
    /// schedules and other papers are not meant.
    NO_SUCH_PARAGRAPH = "C0022", Consistency, Warning, "a reference to a paragraph that the paper does not have";
}

/// Finds typed references to paragraphs and sections that the paper does not have.
pub(in crate::check) fn no_such_paragraph(reading: &Reading, log: &Log) {
    let Some(numbers) = reading.paper().and_then(numbers) else { return };
    for passage in &reading.passages {
        let text = &passage.words;
        let has = |word: &str| text.contains(word);
        if !(has("aragraph") || has("ection") || has("para ") || has("paras ")) {
            continue;
        }
        let all = words(text);
        for (at, word) in all.iter().enumerate() {
            let kind = lower(word.text);
            let paragraph = matches!(kind.as_str(), "paragraph" | "paragraphs" | "para" | "paras");
            if !paragraph && !matches!(kind.as_str(), "section" | "sections") {
                continue;
            }
            // "A new paragraph 8.9 has been added" speaks of another document.
            if at.checked_sub(1).is_some_and(|before| matches!(lower(all[before].text).as_str(), "new" | "former")) {
                continue;
            }
            for (cited, range) in typed(text, &all, at) {
                if !numbers.all.contains(&cited) && is_own(text, &all, at, paragraph, &cited, &numbers) {
                    let what = if paragraph { "paragraph" } else { "section" };
                    let message = format!("there is no {what} {cited} in this paper");
                    let finding = Finding::new(&NO_SUCH_PARAGRAPH, reading.place(passage, range), message)
                        .confidence(Confidence::Likely)
                        .help(format!(
                            "name the {what} with `{{#name}}` and refer to it as `[](#name)`, \
                             or name the document that it is of"
                        ));
                    log.add(finding);
                }
            }
        }
    }
}

/// Gives the numbers behind `paragraph` or `sections`, with where they stand.
fn typed(text: &str, all: &[Word], at: usize) -> Vec<(String, Range<usize>)> {
    let mut found = Vec::new();
    let mut next = at + 1;
    while let Some(word) = all.get(next) {
        let joined = gap(text, all, next - 1);
        let number = word.text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.') && word.text.len() <= 6;
        if !number || !(joined.is_empty() || (next > at + 1 && matches!(joined, "," | "-" | "–" | "&"))) {
            break;
        }
        found.push((word.text.to_owned(), word.range()));
        let and = all.get(next + 1).is_some_and(|word| matches!(word.text, "and" | "to" | "or"));
        next += if and { 2 } else { 1 };
    }
    found
}

/// Tells whether a number is meant to be one of the paper's own.
fn is_own(text: &str, all: &[Word], at: usize, paragraph: bool, cited: &str, numbers: &Numbers) -> bool {
    let around = clause(text, all[at].at);
    let law = words(&text[around]).iter().any(|word| LAWS.contains(&lower(word.text).as_str()));
    let mut last = at + typed(text, all, at).len();
    while all.get(last + 1).is_some_and(|word| word.text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')) {
        last += 1;
    }
    let word = |index: usize| all.get(index).map_or("", |word| word.text);
    let here = matches!(word(last + 1), "above" | "below") || (word(last + 1) == "of" && word(last + 2) == "this");
    if law || ((of_another(text, all, last) || owned(text, all, at)) && !here) {
        return false;
    }
    let small = cited.parse::<u32>().is_ok_and(|number| number <= numbers.sections + 5);
    // `section 47 enquiries` are those of an Act that everybody knows.
    here || (paragraph && cited.contains('.'))
        || (!paragraph
            && !cited.contains('.')
            && small
            && matches!(word(at.wrapping_sub(1)), "in" | "see" | "In" | "See"))
}

/// Finds references to pages, which nobody can type rightly: the pack has numbers of its own.
pub(in crate::check) fn no_such_page(reading: &Reading, log: &Log) {
    for passage in &reading.passages {
        let text = &passage.words;
        if !text.contains("page ") {
            continue;
        }
        let all = words(text);
        for at in 1..all.len().saturating_sub(1) {
            let number = all[at + 1].text.bytes().all(|byte| byte.is_ascii_digit());
            let leads = matches!(lower(all[at - 1].text).as_str(), "see" | "on" | "from" | "to");
            let joined = gap(text, &all, at).is_empty() && gap(text, &all, at - 1).is_empty();
            if all[at].text == "page" && number && leads && joined && !of_another(text, &all, at + 1) {
                let range = all[at].at..all[at + 1].end();
                let finding = Finding::new(
                    &NO_SUCH_PARAGRAPH,
                    reading.place(passage, range),
                    format!(
                        "`page {}` is typed, but the pages of a pack are numbered by the program",
                        all[at + 1].text
                    ),
                )
                .weighing(Severity::Info)
                .confidence(Confidence::Possible)
                .help("give what is meant a label, and refer to it as `[](#label)`");
                log.add(finding);
            }
        }
    }
}
