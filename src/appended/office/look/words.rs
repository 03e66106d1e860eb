//! Word documents (Office Open XML, part 1: WordprocessingML).

use std::collections::BTreeSet;

use super::tally::AS_SAVED;
use super::{Notes, Tally, several};
use crate::appended::Subject;
use crate::appended::office::hiding::{Run, Styles, is_hidden_shape};
use crate::appended::office::package::Package;
use crate::appended::office::xml::{Met, Tag};

/// Parts with text that are found from the main part.
const TEXTS: &[&str] = &["header", "footer", "footnotes", "endnotes"];
/// Fields that show a person's name or address.
const NAMES: &[&str] = &["AUTHOR", "LASTSAVEDBY", "USERNAME", "USERINITIALS", "USERADDRESS"];
/// Fields that show something else on another day or machine.
const CHANGING: &[&str] = &["DATE", "TIME", "PRINTDATE", "FILENAME", "TEMPLATE"];

/// Looks through a document.
pub(crate) fn look(package: &mut Package, main: &str, notes: &mut Notes) {
    let mut document = Document { styles: Styles::of(package, main), ..Document::default() };
    let relations = package.relations(main);
    let texts = relations.iter().filter(|link| !link.external && TEXTS.contains(&link.kind.as_str()));
    let parts: BTreeSet<&str> = texts.map(|link| link.target.as_str()).collect();
    for part in std::iter::once(main).chain(parts) {
        package.walk(part, |open, met| document.meet(open, met));
        for link in package.relations(part).iter().filter(|link| link.external) {
            if matches!(link.kind.as_str(), "image" | "oleObject" | "subDocument" | "frame" | "video" | "audio") {
                document.linked.add("", &link.target);
            }
        }
        for link in package.relations(part).iter().filter(|link| link.kind == "aFChunk") {
            document.apart.add("", &link.target);
        }
    }
    let mut comments = Tally::default();
    for link in relations.iter().filter(|link| link.kind == "comments") {
        let (mut who, mut words) = (String::new(), String::new());
        package.walk(&link.target, |open, met| match (open.last(), met) {
            (Some(tag), Met::Open) if tag.name == "comment" => {
                tag.get("author").unwrap_or_default().clone_into(&mut who);
                words.clear();
            }
            (Some(tag), Met::Close) if tag.name == "comment" => comments.add(&who, &words),
            (Some(tag), Met::Close) if tag.name == "p" => words.push(' '),
            (Some(tag), Met::Text(text)) if tag.name == "t" => words.push_str(text),
            _ => {}
        });
    }
    document.tell(&comments, notes);
}

#[derive(Default)]
struct Document {
    styles: Styles,
    changes: Tally,
    /// Changes of format and of the ends of paragraphs, which have no words.
    wordless: Tally,
    change: Option<(String, usize, String)>,
    hidden: Tally,
    hidden_words: String,
    run: Run,
    /// Shapes and rows that do not show.
    shapes: usize,
    placeholders: usize,
    instruction: Vec<String>,
    names: Tally,
    changing: Tally,
    linked: Tally,
    /// Parts that another system laid into the document, each a file of its own.
    apart: Tally,
}

impl Document {
    fn meet(&mut self, open: &[Tag], met: Met) {
        let Some(tag) = open.last() else { return };
        match met {
            Met::Open => self.open(open, tag),
            Met::Close => self.close(open, tag),
            Met::Text(text) => self.text(tag, text),
        }
    }

    fn open(&mut self, open: &[Tag], tag: &Tag) {
        self.run.open(open, &self.styles);
        let parent = open.len().checked_sub(2).map_or("", |index| open[index].name.as_str());
        match tag.name.as_str() {
            "ins" | "del" | "moveFrom" if matches!(parent, "rPr" | "trPr" | "numPr") => self.wordless(tag),
            "ins" | "del" | "moveFrom" if self.change.is_none() => {
                let who = tag.get("author").unwrap_or_default().to_owned();
                self.change = Some((who, open.len(), String::new()));
            }
            "cellIns" | "cellDel" | "cellMerge" => self.wordless(tag),
            name if name.ends_with("PrChange") => self.wordless(tag),
            "hidden" if parent == "trPr" && tag.is_on() => self.shapes += 1,
            _ if is_hidden_shape(tag) => self.shapes += 1,
            "showingPlcHdr" if tag.is_on() => self.placeholders += 1,
            "fldSimple" => self.field(tag.get("instr").unwrap_or_default()),
            "fldChar" if tag.is("fldCharType", "begin") => self.instruction.push(String::new()),
            "fldChar" if tag.is("fldCharType", "end") => {
                let instruction = self.instruction.pop().unwrap_or_default();
                self.field(&instruction);
            }
            _ => {}
        }
    }

    fn close(&mut self, open: &[Tag], tag: &Tag) {
        match tag.name.as_str() {
            "ins" | "del" | "moveFrom" => {
                if self.change.as_ref().is_some_and(|(_, depth, _)| *depth == open.len())
                    && let Some((who, _, words)) = self.change.take()
                {
                    let deed = match tag.name.as_str() {
                        "ins" => "inserts",
                        "del" => "deletes",
                        _ => "moves",
                    };
                    self.changes.add_change(&who, deed, &words);
                }
            }
            "p" => {
                self.run.end_paragraph();
                self.end_hidden();
            }
            _ => {}
        }
    }

    fn text(&mut self, tag: &Tag, text: &str) {
        match tag.name.as_str() {
            "t" | "delText" => {
                if let Some((_, _, words)) = &mut self.change {
                    words.push_str(text);
                }
                if self.run.hidden {
                    self.hidden_words.push_str(text);
                } else if !text.trim().is_empty() {
                    self.end_hidden();
                }
            }
            "instrText" => {
                if let Some(instruction) = self.instruction.last_mut() {
                    instruction.push_str(text);
                }
            }
            _ => {}
        }
    }

    fn end_hidden(&mut self) {
        let words = std::mem::take(&mut self.hidden_words);
        if !words.trim().is_empty() {
            self.hidden.add("", &words);
        }
    }

    fn wordless(&mut self, tag: &Tag) {
        self.wordless.add(tag.get("author").unwrap_or_default(), "");
    }

    fn field(&mut self, instruction: &str) {
        let name = instruction.split_whitespace().next().unwrap_or_default().to_uppercase();
        if NAMES.contains(&name.as_str()) {
            self.names.add(&name, "");
        } else if CHANGING.contains(&name.as_str()) {
            self.changing.add(&name, "");
        }
    }

    fn tell(self, comments: &Tally, notes: &mut Notes) {
        notes.changes(&self.changes);
        if self.wordless.count > 0 {
            let changes = several(self.wordless.count, "tracked change", "tracked changes");
            notes.say(
                Subject::Unfinished,
                format!("it has {changes}{} of format, paragraphs or tables", self.wordless.by()),
            );
        }
        notes.comments(comments);
        notes.hidden_text(&self.hidden);
        notes.names(&self.names);
        notes.changing(&self.changing, AS_SAVED);
        notes.hidden_shapes(self.shapes);
        notes.linked(&self.linked);
        if self.apart.count > 0 {
            let (parts, verb) =
                (several(self.apart.count, "part", "parts"), if self.apart.count == 1 { "is" } else { "are" });
            let message =
                format!("{parts} of it that another system laid in {verb} not on its pages{}", self.apart.first());
            notes.say(Subject::Lost, message);
        }
        if self.placeholders > 0 {
            let fields = several(self.placeholders, "field", "fields");
            notes.say(Subject::Unfinished, format!("{fields} to be filled in still print their placeholder"));
        }
    }
}
