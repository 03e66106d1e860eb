//! Hints on language: what a good proofreader would mark, as information only.
//!
//! The parts look at plain text and give ranges of it; here they become findings of a reading.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::ops::Range;

use self::tokens::Split;
use super::passages::{Gather, Kind, Passage};
use super::reading::{Reading, Source};
use crate::finding::{Confidence, Finding, Log, Place, Sources};
use crate::model::people::{Person, PersonRef};
use crate::model::visit::{Visit, Visitor};
use crate::model::{PaperKind, Text, Workspace};

mod abbreviations;
mod dictionary;
mod doubled;
mod ease;
mod spelling;
mod tokens;

/// Fewest words of running text whose reading ease says something.
const ENOUGH_WORDS: usize = 100;
/// Reading ease below which a text is very difficult, where the council says nothing.
const VERY_DIFFICULT: u32 = 30;
/// Misspellings of a paper for which another word is looked for: each takes some milliseconds.
const SUGGESTED: usize = 60;
/// Words of a long sentence that its finding shows.
const SHOWN: usize = 8;

/// The words that a council knows besides those of the dictionary.
pub(super) struct Words {
    /// In small letters.
    known: HashSet<String>,
    /// Abbreviations that it explains itself.
    abbreviations: BTreeSet<String>,
    /// Whether the papers are in British English.
    english: bool,
    /// Reading ease from which on nothing is said.
    limit: f64,
}

impl Words {
    /// Gathers them from a workspace: the council's list, and the names of people, posts and bodies.
    pub(super) fn of(workspace: &Workspace) -> Self {
        let council = &workspace.council;
        let mut names = Names(HashSet::new());
        workspace.people.people.values().for_each(|person| names.of_person(person));
        workspace.people.posts.values().for_each(|post| names.add(&post.title));
        workspace.bodies.values().for_each(|body| {
            names.add(&body.name);
            body.short.iter().chain(&body.called).for_each(|name| names.add(name));
            body.meeting_place.iter().for_each(|place| names.add_words(&place.plain()));
            body.visit(&mut names);
        });
        council.words.iter().chain([&council.name]).chain(&council.address).for_each(|text| names.add(text));
        council.visit(&mut names);
        workspace.meetings.values().for_each(|agenda| agenda.visit(&mut names));
        workspace.papers.values().for_each(|paper| paper.visit(&mut names));
        Self {
            known: names.0,
            abbreviations: council.abbreviations.keys().cloned().collect(),
            english: council.language.0.starts_with("en") && council.language.0 != "en-US",
            limit: f64::from(council.reading_ease.unwrap_or(VERY_DIFFICULT)),
        }
    }
}

/// Gathers the words of names.
struct Names(HashSet<String>);

impl Names {
    fn add(&mut self, text: &Text) {
        self.add_words(&text.value);
    }

    fn add_words(&mut self, text: &str) {
        self.0.extend(tokens::words(text).iter().map(|token| token.word.to_lowercase()));
    }

    fn of_person(&mut self, person: &Person) {
        self.add(&person.name);
        person.short.iter().chain(&person.post).for_each(|text| self.add(text));
    }
}

impl<'a> Visitor<'a> for Names {
    fn person(&mut self, person: &'a PersonRef) {
        match person {
            PersonRef::Named(name) => self.add(name),
            PersonRef::Written(person) => self.of_person(person),
        }
    }

    fn post(&mut self, post: &'a Text) {
        self.add(post);
    }
}

/// Applies the rules about the language of one agenda or paper.
pub(super) fn reading(reading: &Reading, words: &Words, log: &Log) {
    let (own, is_prose) = match reading.source {
        Source::Agenda(agenda) => (agenda.place.source, false),
        Source::Paper(paper) => (paper.place.source, !matches!(paper.kind, PaperKind::Appended(_))),
    };
    // What an agenda takes over from the council's or the body's file is looked at there.
    let passages: Vec<&Passage> = reading.passages.iter().filter(|passage| passage.whole().source == own).collect();
    let proof = Proof::new(&passages, reading.sources(), words);
    proof.marks(log);
    if words.english {
        proof.spelling(log);
        if is_prose {
            proof.abbreviations(log);
            proof.ease(log);
        }
    }
}

/// Applies the rules about language to what stands in the files of the council and its bodies.
pub(super) fn standing(workspace: &Workspace, words: &Words, log: &Log) {
    let mut files: BTreeMap<u32, Vec<Passage>> = BTreeMap::new();
    let mut gather = Gather::default();
    workspace.council.visit(&mut gather);
    workspace.bodies.values().for_each(|body| body.visit(&mut gather));
    for passage in gather.passages {
        files.entry(passage.whole().source).or_default().push(passage);
    }
    for passages in files.values() {
        let passages: Vec<&Passage> = passages.iter().collect();
        let proof = Proof::new(&passages, &workspace.sources, words);
        proof.marks(log);
        if words.english {
            proof.spelling(log);
        }
    }
}

/// One text being read by the proofreader.
struct Proof<'a> {
    passages: Vec<(&'a Passage, Split<'a>)>,
    sources: &'a Sources,
    words: &'a Words,
}

/// A misspelling: where it stands first, how often, and as what.
struct Misspelling {
    first: Place,
    count: usize,
    unknown: spelling::Unknown,
}

crate::finding::rule! {
    /// The same word stands twice in a row, as in `the the`. Take one away.
    DOUBLED_WORD = "H0001", Language, Info, brief, "a word that stands twice";
}

crate::finding::rule! {
    /// Two marks stand where one is meant, as in `,,` or `..`, or a space stands before a comma or a full stop.
    /// Three dots and more are left alone.
    DOUBLED_MARK = "H0002", Language, Info, brief, "punctuation that stands twice, or behind a space";
}

crate::finding::rule! {
    /// Of a paper with 100 words of running text or more, the Flesch reading ease is worked out from the length of
    /// its sentences and words: 60 is plain English, and below 30 a text is hard even for graduates. The place
    /// shown is the longest sentence. Split long sentences, and say things in everyday words. `reading_ease` in
    /// the council's file sets another limit; 0 switches the hint off.
    HARD_TO_READ = "H0004", Language, Info, brief, "a paper that is very hard to read";
}

impl<'a> Proof<'a> {
    fn new(passages: &[&'a Passage], sources: &'a Sources, words: &'a Words) -> Self {
        let passages = passages.iter().map(|passage| (*passage, Split::of(&passage.words))).collect();
        Self { passages, sources, words }
    }

    fn place(&self, passage: &Passage, range: Range<usize>) -> Place {
        passage.place(range, self.sources)
    }

    /// Tells whether a range stands in the file just so: nothing is left out inside it, and none of it is code.
    fn is_written(&self, passage: &Passage, range: &Range<usize>) -> bool {
        let place = self.place(passage, range.clone());
        let file = self.sources.get(place.source).map_or("", |file| &file.text);
        let written = file.get(place.start as usize..place.end as usize).unwrap_or_default();
        is_language(passage, range)
            && !passage.gaps.iter().any(|gap| (range.start..=range.end).contains(gap))
            && written.split_whitespace().eq(passage.words[range.clone()].split_whitespace())
    }

    /// Words and marks that stand twice.
    fn marks(&self, log: &Log) {
        for (passage, _) in self.passages.iter().filter(|(passage, _)| passage.kind != Kind::Plain) {
            let text = &passage.words;
            for range in doubled::words(text).into_iter().filter(|range| self.is_written(passage, range)) {
                let word = text[range.clone()].split_whitespace().next().unwrap_or_default().to_lowercase();
                log.add(
                    Finding::new(&DOUBLED_WORD, self.place(passage, range), format!("the word `{word}` stands twice"))
                        .confidence(Confidence::Likely)
                        .help("take one of the two away"),
                );
            }
            for (range, fault) in doubled::marks(text).into_iter().filter(|(range, _)| self.is_written(passage, range))
            {
                let marks = text[range.clone()].trim();
                let (message, help) = match fault {
                    doubled::Fault::Twice => (format!("`{marks}` where one mark is meant"), "leave one of them"),
                    doubled::Fault::Space => (format!("a space before `{marks}`"), "take the space away"),
                };
                log.add(
                    Finding::new(&DOUBLED_MARK, self.place(passage, range), message)
                        .confidence(Confidence::Likely)
                        .help(help),
                );
            }
        }
    }

    /// Words that the dictionary does not have, each once.
    fn spelling(&self, log: &Log) {
        let mut found: BTreeMap<String, Misspelling> = BTreeMap::new();
        let mut names = HashSet::new();
        for (passage, split) in &self.passages {
            let mut spelling = spelling::spelling(split, passage.kind == Kind::Plain, &self.words.known);
            names.extend(std::mem::take(&mut spelling.names));
            if spelling.is_foreign() {
                continue;
            }
            for unknown in spelling.unknown.into_iter().filter(|unknown| is_language(passage, &unknown.range)) {
                let first = self.place(passage, unknown.range.clone());
                let key = unknown.word.to_lowercase();
                let entry =
                    found.entry(key).or_insert_with(|| Misspelling { first, count: 0, unknown: unknown.clone() });
                entry.count += 1;
                if !unknown.capital {
                    entry.unknown.capital = false;
                }
            }
        }
        let known = found.into_values().filter(|one| !(one.unknown.capital && names.contains(&one.unknown.word)));
        log.extend(known.enumerate().filter_map(|(index, one)| misspelt(&one, index < SUGGESTED)));
    }

    /// Abbreviations that nothing explains, or only later, each once.
    fn abbreviations(&self, log: &Log) {
        let mut first: BTreeMap<String, (usize, Place)> = BTreeMap::new();
        let mut explained: HashMap<String, usize> = HashMap::new();
        for (index, (passage, split)) in self.passages.iter().enumerate() {
            if passage.kind == Kind::Plain {
                continue;
            }
            for range in abbreviations::uses(split) {
                let short = &passage.words[range.clone()];
                if !is_language(passage, &range)
                    || abbreviations::is_common(short)
                    || self.words.abbreviations.contains(short)
                {
                    continue;
                }
                let next = self.passages.get(index + 1).map(|(next, _)| *next);
                if abbreviations::explains(&passage.words, &range) || is_glossary(passage, next, short) {
                    explained.entry(short.to_owned()).or_insert(index);
                }
                // A title may come before the explanation.
                let place = || (index, self.place(passage, range.clone()));
                let in_text = matches!(passage.kind, Kind::Paragraph | Kind::Entry(_) | Kind::Quote);
                let entry = first.entry(short.to_owned()).or_insert_with(place);
                let title = !matches!(self.passages[entry.0].0.kind, Kind::Paragraph | Kind::Entry(_) | Kind::Quote);
                if in_text && title && explained.contains_key(short) {
                    *entry = place();
                }
            }
        }
        for (short, (_, place)) in first.iter().filter(|(short, _)| !explained.contains_key(*short)) {
            log.add(unexplained(short, *place));
        }
    }

    /// Running text that is very hard to read.
    fn ease(&self, log: &Log) {
        let running: Vec<&(&Passage, Split)> = (self.passages.iter())
            .filter(|(passage, _)| matches!(passage.kind, Kind::Paragraph | Kind::Entry(_) | Kind::Quote))
            .collect();
        let Some(ease) = ease::ease(running.iter().map(|(_, split)| split)) else { return };
        if ease.words < ENOUGH_WORDS || ease.score >= self.words.limit {
            return;
        }
        let (passage, range) = (running[ease.longest.text].0, ease.longest.range);
        let shown: usize = passage.words[range.clone()].split_inclusive(' ').take(SHOWN).map(str::len).sum();
        let head = passage.words[range.start..range.start + shown].trim_end().len();
        let message = format!(
            "the text is very hard to read: reading ease {:.0}, with {:.0} words to a sentence; the longest sentence \
             has {} words",
            ease.score, ease.per_sentence, ease.longest.words
        );
        log.add(
            Finding::new(&HARD_TO_READ, self.place(passage, range.start..range.start + head), message)
                .help("split long sentences, and use everyday words"),
        );
    }
}

fn is_language(passage: &Passage, range: &Range<usize>) -> bool {
    !passage.code.iter().any(|code| code.start < range.end && range.start < code.end)
}

/// Tells whether a passage is an abbreviation in a table, with its words in the next cell.
fn is_glossary(passage: &Passage, next: Option<&Passage>, short: &str) -> bool {
    passage.kind == Kind::Cell
        && passage.words.trim() == short
        && next.is_some_and(|next| next.kind == Kind::Cell && abbreviations::spells(short, &next.words))
}

crate::finding::rule! {
    /// The dictionary is British and has -ise and -ize. Names of people, posts and bodies are known by themselves;
    /// capitalised words inside a sentence, abbreviations, addresses, code and other languages are not looked up.
    /// Each word is named once for each paper, where it stands first. Put words that the council uses into
    /// `words` in its file. Where the council's language is not English, nothing is looked up.
    MISSPELT = "H0003", Language, Info, brief, "a word that is not in the dictionary";
}

fn misspelt(found: &Misspelling, suggest: bool) -> Option<Finding> {
    let word = &found.unknown.word;
    let meant = suggest.then(|| spelling::meant(&found.unknown)).flatten();
    if found.unknown.capital && meant.is_none() {
        return None;
    }
    let times = if found.count > 1 { format!(", which stands here {} times,", found.count) } else { String::new() };
    let message = format!("`{word}`{times} is not in the dictionary");
    let sure = if meant.is_some() && !found.unknown.capital { Confidence::Likely } else { Confidence::Possible };
    let help = meant.map_or_else(
        || "see whether it is right; if so, put it into `words` in the council's file".to_owned(),
        |meant| format!("did you mean `{meant}`? If it is right, put it into `words` in the council's file"),
    );
    Some(Finding::new(&MISSPELT, found.first, message).confidence(sure).help(help))
}

crate::finding::rule! {
    /// Members of the public do not know the abbreviations of a service. Write the words out where they are first
    /// used, with the abbreviation in brackets: `Care Quality Commission (CQC)`. Each is named once for each
    /// paper. What everybody knows (NHS, VAT) is left alone; `abbreviations` in the council's file lists more.
    UNEXPLAINED = "H0005", Language, Info, brief, "an abbreviation that is not explained";
}

fn unexplained(short: &str, place: Place) -> Finding {
    let words = abbreviations::words_for(short);
    let help = words.map_or_else(
        || format!("write its words where it is first used, with `({short})` behind them"),
        |words| format!("write `{words} ({short})` where it is first used, if that is meant"),
    );
    let sure = if words.is_some() { Confidence::Likely } else { Confidence::Possible };
    Finding::new(&UNEXPLAINED, place, format!("`{short}` is not explained in this paper"))
        .confidence(sure)
        .help(format!("{help}; or put it into `abbreviations` in the council's file"))
}
