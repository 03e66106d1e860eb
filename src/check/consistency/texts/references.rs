//! References that were typed: to appendices, and to paragraphs and sections.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::check::passages::{Kind, Passage};
use crate::check::reading::{Reading, Source};
use crate::check::wording::sentences::clause;
use crate::check::wording::words::{Word, gap, lower, words};
use crate::finding::{Confidence, Finding, Log, Place, Severity, rules};
use crate::model::agenda::{Agenda, PaperUse};
use crate::model::numbering::{Numbered, number};
use crate::model::text::{Inline, Target};
use crate::model::{Line, Paper, PaperKind};

/// A reference in a passage.
struct Cited<'r> {
    passage: &'r Passage,
    /// `Appendix A`.
    words: Range<usize>,
    /// `A`.
    label: String,
    /// `Appendix`, or `Annex` where the paper says so.
    called: &'static str,
}

/// The appendices that a text can mean.
#[derive(Default)]
struct Appendices {
    /// Their letters or numbers, with where they are said.
    known: Vec<(String, Place)>,
    /// How many entries of a list have no number of their own.
    unnumbered: usize,
    /// Whether there is an item, or a list, that says what there is.
    is_told: bool,
}

impl Appendices {
    fn of(reading: &Reading) -> Self {
        let mut appendices = Self::default();
        match reading.source {
            Source::Agenda(agenda) => appendices.add_uses(agenda.papers().map(|(paper, _)| paper)),
            Source::Paper(paper) => {
                for agenda in &reading.meetings {
                    appendices.is_told = true;
                    appendices.add_uses(items_with(agenda, &paper.path));
                }
                appendices.add_list(list_of(paper));
            }
        }
        for passage in &reading.passages {
            let is_heading = matches!(passage.kind, Kind::Heading(_) | Kind::Line);
            let leads = |cited: &Cited| {
                // "Annex C. The address is …" begins what it names.
                cited.words.start == 0 && (is_heading || passage.words[cited.words.end..].starts_with(['.', ':']))
            };
            if let Some(cited) = cited(passage).into_iter().find(leads) {
                appendices.known.push((cited.label, passage.whole()));
            }
        }
        appendices
    }

    fn add_uses<'a>(&mut self, uses: impl Iterator<Item = &'a PaperUse>) {
        let labels = uses.filter_map(|one| one.appendix.as_ref());
        self.known
            .extend(labels.map(|label| (label.value.trim_start_matches("Appendix ").to_uppercase(), label.place)));
    }

    /// Takes the lines of a paper's own list: `Appendix 3: Risk grades`, `Terms of reference`, or a reference.
    fn add_list(&mut self, lines: Option<&[Line]>) {
        for line in lines.into_iter().flatten() {
            self.is_told = true;
            let passage = crate::check::passages::of_parts(&line.content);
            let generated = line.content.iter().any(|part| match part {
                Inline::Link(link) => matches!(link.target, Target::Label(_)) && link.content.is_empty(),
                _ => false,
            });
            match cited(&passage).into_iter().next().filter(|cited| cited.words.start == 0) {
                Some(cited) => self.known.push((cited.label, line.place)),
                None if !generated => self.unnumbered += 1,
                None => {}
            }
        }
    }

    fn has(&self, label: &str) -> bool {
        let position = position(label);
        self.known.iter().any(|(known, _)| known == label) || position.is_some_and(|at| at <= self.unnumbered)
    }

    /// Gives the appendix that has the same place in the other way of counting: 1 for A.
    fn other_way(&self, label: &str) -> Option<&(String, Place)> {
        self.known.iter().find(|(known, _)| position(known) == position(label) && is_letter(known) != is_letter(label))
    }
}

fn is_letter(label: &str) -> bool {
    label.starts_with(|letter: char| letter.is_ascii_alphabetic())
}

/// Gives the place of an appendix in the order: 1 for A and for 1.
fn position(label: &str) -> Option<usize> {
    match label.as_bytes() {
        [letter] if letter.is_ascii_uppercase() => Some(usize::from(letter - b'A') + 1),
        _ => label.parse().ok(),
    }
}

fn items_with<'a>(agenda: &'a Agenda, path: &'a str) -> impl Iterator<Item = &'a PaperUse> {
    let items = agenda.items().filter(move |(item, _)| item.all_papers().any(|paper| paper.path == path));
    items.flat_map(|(item, _)| item.all_papers())
}

fn list_of(paper: &Paper) -> Option<&[Line]> {
    match &paper.kind {
        PaperKind::BriefingNote(note) => Some(&note.appendices),
        PaperKind::Report(report) => report.appendices.as_deref(),
        _ => None,
    }
}

/// Tells whether words go on to say that something is of another document: `of the local plan`, `to the Constitution`.
fn of_another(text: &str, all: &[Word], last: usize) -> bool {
    let word = |at: usize| all.get(at).map_or("", |word| word.text);
    let joined = gap(text, all, last).is_empty();
    let other = matches!(word(last + 1), "of" | "to" | "in") && !matches!(word(last + 2), "this" | "these" | "");
    joined
        && other
        && (word(last + 1) == "of" || !all[last + 2].text.starts_with(|letter: char| letter.is_ascii_digit()))
        && (word(last + 1) != "in" || word(last + 2) != "order")
}

/// Kinds of document that somebody else may have written.
const DOCUMENTS: [&str; 14] = [
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
fn owned(text: &str, all: &[Word], at: usize) -> bool {
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

/// Tells whether the passage has spoken of another document's appendices: `the appendices in the Progress Report`.
fn speaks_of_others(text: &str, all: &[Word], at: usize) -> bool {
    let speaks = |before: usize| {
        let named = matches!(lower(all[before].text).as_str(), "appendix" | "appendices" | "annexes");
        let labelled = all.get(before + 1).is_some_and(|next| label(next.text).is_some());
        let paper = |word: &Word| DOCUMENTS.contains(&lower(word.text).as_str());
        named && !labelled && of_another(text, all, before) && all[before..at].iter().take(10).any(paper)
    };
    (0..at).any(speaks)
}

/// Finds the appendices that a passage cites: `Appendix A`, `Appendices 1 and 2`.
fn cited(passage: &Passage) -> Vec<Cited<'_>> {
    let text = &passage.words;
    if !text.contains("ppendi") && !text.contains("nnex") {
        return Vec::new();
    }
    let all = words(text);
    let mut found = Vec::new();
    for (at, word) in all.iter().enumerate() {
        if !matches!(word.text, "Appendix" | "Appendices" | "appendix" | "appendices" | "Annex" | "APPENDIX") {
            continue;
        }
        let (mut next, mut first) = (at + 1, true);
        let mut labels = Vec::new();
        while let Some(label) = all.get(next).and_then(|word| label(word.text)) {
            let joined = gap(text, &all, next - 1);
            if !(joined.is_empty() || (!first && matches!(joined, "," | "&"))) {
                break;
            }
            labels.push((label, if first { word.at } else { all[next].at }..all[next].end()));
            first = false;
            let and = all.get(next + 1).is_some_and(|word| matches!(word.text, "and" | "or"));
            next += if and { 2 } else { 1 };
        }
        let others = of_another(text, &all, next - 1) || owned(text, &all, at) || speaks_of_others(text, &all, at);
        if !labels.is_empty() && others {
            continue;
        }
        let called = if word.text == "Annex" { "Annex" } else { "Appendix" };
        found.extend(labels.into_iter().map(|(label, words)| Cited { passage, words, label, called }));
    }
    found
}

/// Gives the letter or number of an appendix.
fn label(word: &str) -> Option<String> {
    let digits = word.trim_end_matches(|letter: char| letter.is_ascii_lowercase());
    let number = (1..=2).contains(&digits.len())
        && digits.bytes().all(|byte| byte.is_ascii_digit())
        && word.len() <= digits.len() + 1;
    let letter = word.len() == 1 && word.bytes().all(|byte| byte.is_ascii_uppercase());
    (number || letter).then(|| word.to_uppercase())
}

/// Finds references to appendices that neither the item nor the paper has, and letters mixed with numbers.
pub(super) fn appendices(reading: &Reading, log: &Log) {
    let past =
        matches!(reading.paper().map(|paper| &paper.kind), Some(PaperKind::Minutes(_) | PaperKind::WorkProgramme(_)));
    let all: Vec<Cited> = reading.passages.iter().flat_map(cited).collect();
    if past || all.is_empty() {
        return;
    }
    let known = Appendices::of(reading);
    if !known.is_told && known.known.is_empty() && matches!(reading.source, Source::Paper(_)) {
        return;
    }
    let mut told: BTreeSet<&str> = BTreeSet::new();
    for one in &all {
        if known.has(&one.label) || !told.insert(&one.label) {
            continue;
        }
        let place = reading.place(one.passage, one.words.clone());
        let twin = all.iter().find(|other| {
            position(&other.label) == position(&one.label) && is_letter(&other.label) != is_letter(&one.label)
        });
        told.extend(twin.map(|twin| twin.label.as_str()));
        let other = known.other_way(&one.label).map(|(label, place)| (label.as_str(), *place));
        let other =
            other.or_else(|| twin.map(|twin| (twin.label.as_str(), reading.place(twin.passage, twin.words.clone()))));
        log.add(
            match other {
                Some((label, there)) => Finding::new(
                    &rules::APPENDIX_TWO_WAYS,
                    place,
                    format!("`{} {}` seems to be what is `Appendix {label}` elsewhere", one.called, one.label),
                )
                .also(there, format!("`Appendix {label}` here"))
                .help(
                    "call the appendix by one name; with `appendix:` and `label` in the agenda, `[](#label)` prints it",
                ),
                None => Finding::new(
                    &rules::UNKNOWN_APPENDIX,
                    place,
                    format!("neither the item nor the paper has `{} {}`", one.called, one.label),
                )
                .help("add it to the item with `appendix:`, correct the reference, or name the document that it is of"),
            }
            .confidence(Confidence::Likely),
        );
    }
}

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

/// Finds typed references to paragraphs and sections that the paper does not have.
pub(super) fn paragraphs(reading: &Reading, log: &Log) {
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
                    let finding = Finding::new(&rules::NO_SUCH_PARAGRAPH, reading.place(passage, range), message)
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
pub(super) fn pages(reading: &Reading, log: &Log) {
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
                    &rules::NO_SUCH_PARAGRAPH,
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
