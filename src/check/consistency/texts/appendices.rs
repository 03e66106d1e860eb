//! Appendices that texts cite, against those that the item and the paper have.

use std::collections::BTreeSet;
use std::ops::Range;

use super::foreign::{DOCUMENTS, held_by, is_on_file, of_another, owned};
use crate::check::passages::{Kind, Passage, of_parts};
use crate::check::reading::{Reading, Source};
use crate::check::wording::words::{Word, gap, lower, words};
use crate::finding::{Confidence, Finding, Log, Place};
use crate::model::agenda::{Agenda, PaperUse};
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

/// An appendix that there is.
struct Known {
    label: String,
    called: &'static str,
    place: Place,
}

/// The appendices that a text can mean.
#[derive(Default)]
struct Appendices {
    /// Their letters or numbers, with where they are said.
    known: Vec<Known>,
    /// How many entries of a list have no number of their own.
    unnumbered: usize,
    /// Whether there is an item, or a list, that says what there is.
    is_told: bool,
}

impl Appendices {
    fn of(reading: &Reading) -> Self {
        let mut appendices = Self::default();
        match reading.source {
            Source::Agenda(agenda) => appendices.add_uses(agenda.papers()),
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
                let Cited { label, called, .. } = cited;
                appendices.known.push(Known { label, called, place: passage.whole() });
            }
        }
        appendices
    }

    fn add_uses<'a>(&mut self, uses: impl Iterator<Item = &'a PaperUse>) {
        for label in uses.filter_map(|one| one.appendix.as_ref()) {
            let own = label.value.split_once(' ').and_then(|(word, rest)| Some((called(word)?.0, rest)));
            let (called, number) = own.unwrap_or(("Appendix", &label.value));
            self.known.push(Known { label: number.to_uppercase(), called, place: label.place });
        }
    }

    /// Takes the lines of a paper's own list: `Appendix 3: Risk grades`, `Terms of reference`, or a reference.
    fn add_list(&mut self, lines: Option<&[Line]>) {
        for line in lines.into_iter().flatten() {
            self.is_told = true;
            let passage = of_parts(&line.content);
            let generated = line.content.iter().any(|part| match part {
                Inline::Link(link) => matches!(link.target, Target::Label(_)) && link.content.is_empty(),
                _ => false,
            });
            match cited(&passage).into_iter().next().filter(|cited| cited.words.start == 0) {
                Some(Cited { label, called, .. }) => self.known.push(Known { label, called, place: line.place }),
                None if !generated => self.unnumbered += 1,
                None => {}
            }
        }
    }

    fn has(&self, label: &str) -> bool {
        let position = position(label);
        self.known.iter().any(|known| known.label == label) || position.is_some_and(|at| at <= self.unnumbered)
    }

    /// Gives the appendix that has the same place in the other way of counting: 1 for A.
    fn other_way(&self, label: &str) -> Option<&Known> {
        self.known.iter().find(|known| is_other_way(&known.label, label))
    }
}

fn is_other_way(one: &str, other: &str) -> bool {
    position(one) == position(other) && is_letter(one) != is_letter(other)
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
        PaperKind::Report(report) => report.appendices.as_ref().map(|lines| lines.as_slice()),
        _ => None,
    }
}

/// Gives what one appendix is called where the word is this one, in capitals or not, or of several.
fn called(word: &str) -> Option<(&'static str, bool)> {
    match word {
        "Appendix" | "appendix" | "APPENDIX" => Some(("Appendix", false)),
        "Appendices" | "appendices" | "APPENDICES" => Some(("Appendix", true)),
        "Annex" | "annex" | "ANNEX" => Some(("Annex", false)),
        "Annexes" | "annexes" | "ANNEXES" => Some(("Annex", true)),
        "Annexe" | "annexe" | "ANNEXE" => Some(("Annexe", false)),
        _ => None,
    }
}

/// Tells whether the passage has spoken of another document's appendices: `the appendices in the Progress Report`.
fn speaks_of_others(text: &str, all: &[Word], at: usize) -> bool {
    let speaks = |before: usize| {
        let is = |word: &&str| word.eq_ignore_ascii_case(all[before].text);
        let named = ["appendix", "appendices", "annexes"].iter().any(is);
        let labelled = all.get(before + 1).is_some_and(|next| label(next.text).is_some());
        let paper = |word: &Word| DOCUMENTS.contains(&lower(word.text).as_str());
        named && !labelled && of_another(text, all, before) && all[before..at].iter().take(10).any(paper)
    };
    (0..at).any(speaks)
}

/// Finds the appendices that a passage cites: `Appendix A`, `Appendices 1 and 2`.
fn cited(passage: &Passage) -> Vec<Cited<'_>> {
    let text = &passage.words;
    if !["ppendi", "PPENDI", "nnex", "NNEX"].iter().any(|sign| text.contains(sign)) {
        return Vec::new();
    }
    let all = words(text);
    let mut found = Vec::new();
    for (at, word) in all.iter().enumerate() {
        let Some((called, several)) = called(word.text) else { continue };
        let (mut next, mut first) = (at + 1, true);
        let mut labels = Vec::new();
        while let Some(found) = all.get(next).and_then(|word| label(word.text)) {
            let joined = gap(text, &all, next - 1);
            if !(joined.is_empty() || (!first && matches!(joined, "," | "&" | "-" | "–"))) {
                break;
            }
            labels.push((found, if first { word.at } else { all[next].at }..all[next].end()));
            first = false;
            let joins = |word: &Word| matches!(word.text, "and" | "or") || (several && word.text == "to");
            let more = all.get(next + 2).is_some_and(|word| label(word.text).is_some());
            next += if more && all.get(next + 1).is_some_and(joins) { 2 } else { 1 };
        }
        if labels.is_empty() {
            continue;
        }
        let others = of_another(text, &all, next - 1) || owned(text, &all, at) || speaks_of_others(text, &all, at);
        if others || held_by(text, &all, at, several) || is_on_file(text, word.at) {
            continue;
        }
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
pub(in crate::check) fn cited_without(reading: &Reading, log: &Log) {
    let past =
        matches!(reading.paper().map(|paper| &paper.kind), Some(PaperKind::Minutes(_) | PaperKind::WorkProgramme(_)));
    let background: Vec<Place> = background(reading).map(|line| of_parts(&line.content).whole()).collect();
    let own = |passage: &&Passage| !background.contains(&passage.whole());
    let all: Vec<Cited> = reading.passages.iter().filter(own).flat_map(cited).collect();
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
        let twin = all.iter().find(|other| is_other_way(&other.label, &one.label));
        told.extend(twin.map(|twin| twin.label.as_str()));
        let twin = twin.map(|twin| Known {
            label: twin.label.clone(),
            called: twin.called,
            place: reading.place(twin.passage, twin.words.clone()),
        });
        let place = reading.place(one.passage, one.words.clone());
        log.add(match known.other_way(&one.label).or(twin.as_ref()) {
            Some(other) => two_ways(one, place, other),
            None => without(one, place),
        });
    }
}

/// Gives the background papers, which have appendices of their own.
fn background<'a>(reading: &Reading<'a>) -> impl Iterator<Item = &'a Line> {
    let lines = reading.paper().and_then(|paper| match &paper.kind {
        PaperKind::BriefingNote(note) => note.background.as_ref(),
        PaperKind::Report(report) => report.background.as_ref(),
        _ => None,
    });
    lines.into_iter().flat_map(|lines| lines.iter())
}

crate::finding::rule! {
    /// Readers look for Appendix A and for Appendix 1 as for two papers. Call each appendix by one name. A
    /// reference [](#label) prints the one that the agenda gives it.
    APPENDIX_TWO_WAYS = "C0021", Consistency, Warning,
    "an appendix that is called by a letter here and by a number there";
}

fn two_ways(one: &Cited, place: Place, other: &Known) -> Finding {
    let elsewhere = format!("{} {}", other.called, other.label);
    let message = format!("`{} {}` seems to be what is `{elsewhere}` elsewhere", one.called, one.label);
    Finding::new(&APPENDIX_TWO_WAYS, place, message)
        .also(other.place, format!("`{elsewhere}` here"))
        .help("call the appendix by one name; with `appendix:` and `label` in the agenda, `[](#label)` prints it")
        .confidence(Confidence::Likely)
}

crate::finding::rule! {
    /// The text cites an appendix that neither the agenda item nor the paper's own list has. Add the paper with
    /// `appendix:` to the item, or correct the number. Better, give the appendix a `label` and refer to it as
    /// [](#label): the number is then always right.
    UNKNOWN_APPENDIX = "C0020", Consistency, Warning, "an appendix that nobody has";
}

fn without(one: &Cited, place: Place) -> Finding {
    let message = format!("neither the item nor the paper has `{} {}`", one.called, one.label);
    Finding::new(&UNKNOWN_APPENDIX, place, message)
        .help("add it to the item with `appendix:`, correct the reference, or name the document that it is of")
        .confidence(Confidence::Likely)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Text;

    fn cites(text: &str) -> Vec<String> {
        let passage = of_parts(&[Inline::Text(Text { value: text.into(), place: Place::default() })]);
        cited(&passage).into_iter().map(|cited| format!("{} {}", cited.called, cited.label)).collect()
    }

    #[test]
    fn appendices_are_called_as_the_paper_calls_them() {
        assert_eq!(cites("The costs are in Appendices 6 and 7."), ["Appendix 6", "Appendix 7"]);
        assert_eq!(cites("see Annex B, and Annexes C and D"), ["Annex B", "Annex C", "Annex D"]);
        assert_eq!(cites("(see Annexe 2)"), ["Annexe 2"]);
        assert_eq!(
            cites("Appendices 1 to 3 and Appendix 4 to this report"),
            ["Appendix 1", "Appendix 3", "Appendix 4"]
        );
        assert_eq!(cites("The report of the Director is at Appendix 2"), ["Appendix 2"]);
        assert_eq!(cites("The draft strategy (Appendix 2) was amended"), ["Appendix 2"]);
        assert_eq!(cites("The costs and this report to Cabinet, with Appendix 2, show"), ["Appendix 2"]);
    }

    #[test]
    fn those_of_other_documents_are_left_alone() {
        for text in [
            "Appendices 6 and 7 of the report to Cabinet on 12 January 2026 are on file.",
            "Appendices 6 and 7 to that report can be had from the library",
            "The report to Cabinet of 12 January 2026 (Appendices 6 and 7) is on file.",
            "The report to Cabinet of 12 January 2026, with its Appendices 6 and 7, gives the figures",
            "Report of the Director of Finance, 12 January 2026, Appendices 6 and 7",
            "Appendices 6 and 7 are held on file by the solicitor",
            "Appendices 6 and 7, which were published with the budget report, set this out",
            "The Inspector's report (Annex 3)",
            "the budget report (Appendices 2 and 3)",
            "Annexes 1 to 4 of the Code",
        ] {
            assert_eq!(cites(text), Vec::<String>::new(), "{text}");
        }
    }
}
