//! Contents of pages: balanced, without hidden layers, every page marked for its tags.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::ops::Range;

use lopdf::{Dictionary, Document, Object, ObjectId, Stream};

use super::annotations::{self, Drawn};
use super::copy::Copier;
use super::destinations::Targets;
use super::layers::Hidden;
use super::pages::Page;
use super::structure::Tree;
use super::used::Used;
use super::{Facts, Notes, Refusal, Subject};
use crate::pdf::content::{Operand, Operation, operations};
use crate::pdf::objects::{dictionary, get_dictionary, real, rect, resolve};
use crate::pdf::streams;

/// Everything that work on one page needs.
pub(super) struct PageWork<'w, 'a> {
    pub page: &'w Page,
    pub copier: &'w mut Copier<'a>,
    pub hidden: &'w Hidden,
    pub targets: &'w Targets<'w>,
    pub structure: &'w mut Tree,
    /// Marks that the structure tree names, by page.
    pub marks: &'w BTreeMap<ObjectId, BTreeSet<i64>>,
    pub notes: &'w mut Notes,
    pub facts: &'w mut Facts,
}

impl PageWork<'_, '_> {
    /// Makes the page.
    pub(super) fn page(&mut self, parent: ObjectId) -> Result<Dictionary, Refusal> {
        let pdf = self.copier.from;
        let (parts, mut bytes) = self.read()?;
        let resources = &self.page.resources;
        let named = self.marks.get(&self.page.id);
        let hides = |property: &Operand| hides(pdf, resources, self.hidden, property);
        let mcid = |property: &Operand| mcid(pdf, resources, property);
        let mut scan = Scan::of(&bytes, &hides, &mcid, false);
        let artifacts_only = self.structure.is_tagged() && !scan.paints_unmarked && scan.marks.is_empty();
        // Tags that leave out most of the words would hide them from screen readers.
        let mostly_lost = scan.words_unmarked > scan.words_marked && !self.structure.has_marks_in_forms(self.page.id);
        let named = named.is_some_and(|named| !named.is_disjoint(&scan.marks));
        let tagged = (named && !mostly_lost) || artifacts_only;
        if !tagged {
            self.structure.forget_marks(self.page.id, &scan.marks);
            scan = Scan::of(&bytes, &hides, &mcid, true);
        }
        self.structure.forget_marks(self.page.id, &scan.hidden_marks);
        if let Some(list) = scan.used.lost(pdf, resources) {
            let what = if list == b"Font" { "a font" } else { "a picture or drawing" };
            return Err(Refusal::Damaged { why: format!("{what} of page {} cannot be read", self.page.number) });
        }
        scan.used.follow(pdf, resources);
        let free = scan.marks.last().map_or(0, |last| last.saturating_add(1)).max(0);
        let drawn = annotations::draw(self);
        let links = annotations::links(self);
        let has_look = scan.paints || !drawn.is_empty();
        let mut prefix = String::new();
        let mut suffix = format!("\n{}", scan.closing());
        if !drawn.is_empty() {
            prefix.push_str("q\n");
            suffix.push_str("Q\n");
        }
        let mut resources = self.copier.dictionary(&scan.used.prune(pdf, resources));
        if !drawn.is_empty() {
            name_drawn(&mut resources, &drawn);
        }
        if tagged {
            for (offset, one) in (0_i64..).zip(&drawn) {
                let mark = free.saturating_add(offset);
                let _ = write!(suffix, "/Span <</MCID {mark}>> BDC\n{}EMC\n", one.operators());
                self.structure.mark_drawn(self.page.id, mark, one);
            }
        } else {
            suffix.extend(drawn.iter().map(Drawn::operators));
            if has_look {
                prefix.insert_str(0, "/Figure <</MCID 0>> BDC\n");
                suffix.push_str("EMC\n");
                self.structure.add_figure(self.page.id);
                let subject = Subject::Untagged;
                self.notes.page(
                    subject,
                    self.page.number,
                    "it has no tags, so screen readers find one picture in place of its text",
                );
            }
        }
        let contents = if scan.edits.is_empty() && parts.len() == parts.iter().flatten().count() {
            let middle = parts.into_iter().flatten().map(|id| Object::Reference(self.copier.reference(id)));
            let middle: Vec<Object> = middle.collect();
            self.around(&prefix, middle, &suffix)
        } else {
            bytes = edited(&bytes, scan.edits);
            let mut all = prefix.into_bytes();
            all.append(&mut bytes);
            all.extend(suffix.into_bytes());
            let stream = streams::compressed(Dictionary::new(), all);
            Object::Reference(self.copier.add(Object::Stream(stream)))
        };

        let mut dict = Dictionary::new();
        dict.set("Type", Object::Name(b"Page".to_vec()));
        dict.set("Parent", Object::Reference(parent));
        dict.set("MediaBox", rect(self.page.shown));
        dict.set("Rotate", Object::Integer(i64::from(self.page.rotate)));
        if (self.page.unit - 1.0).abs() > f64::EPSILON {
            dict.set("UserUnit", real(self.page.unit));
        }
        if let Ok(group) = self.page.dict.get(b"Group") {
            let group = self.copier.object(group);
            dict.set("Group", group);
        }
        dict.set("Resources", Object::Dictionary(resources));
        dict.set("Contents", contents);
        if !links.is_empty() {
            dict.set("Annots", Object::Array(links.into_iter().map(Object::Reference).collect()));
        }
        Ok(dict)
    }

    fn lost(&self, how: &str) -> Refusal {
        Refusal::Damaged { why: format!("parts of page {} {how}", self.page.number) }
    }

    /// Reads the page's contents: ids of its streams, and all of them decoded.
    fn read(&self) -> Result<(Vec<Option<ObjectId>>, Vec<u8>), Refusal> {
        let pdf = self.copier.from;
        let mut parts = Vec::new();
        let mut bytes = Vec::new();
        let contents = self.page.dict.get(b"Contents").ok();
        let entries: Vec<&Object> = match contents.and_then(|contents| resolve(pdf, contents)) {
            Some(Object::Array(items)) => items.iter().collect(),
            Some(Object::Stream(_)) => contents.into_iter().collect(),
            _ => Vec::new(),
        };
        for entry in entries {
            let stream = match resolve(pdf, entry) {
                Some(Object::Stream(stream)) => stream,
                Some(_) => continue,
                None => return Err(self.lost("are missing")),
            };
            match streams::decode(pdf, stream) {
                Some(decoded) if bytes.len().saturating_add(decoded.len()) <= streams::LARGEST => {
                    bytes.extend(decoded);
                    bytes.push(b'\n');
                    parts.push(entry.as_reference().ok());
                }
                _ => return Err(self.lost("are damaged, or too large to be read")),
            }
        }
        Ok((parts, bytes))
    }

    fn around(&mut self, prefix: &str, mut middle: Vec<Object>, suffix: &str) -> Object {
        let plain = |text: &str| Object::Stream(Stream::new(Dictionary::new(), text.as_bytes().to_vec()));
        if !prefix.is_empty() {
            let id = self.copier.add(plain(prefix));
            middle.insert(0, Object::Reference(id));
        }
        if !suffix.trim().is_empty() {
            let id = self.copier.add(plain(suffix));
            middle.push(Object::Reference(id));
        }
        Object::Array(middle)
    }
}

fn name_drawn(resources: &mut Dictionary, drawn: &[Drawn]) {
    let mut objects = match resources.remove(b"XObject") {
        Some(Object::Dictionary(objects)) => objects,
        _ => Dictionary::new(),
    };
    for one in drawn {
        objects.set(one.name.clone(), Object::Reference(one.form));
    }
    resources.set("XObject", Object::Dictionary(objects));
}

/// Gives a form's contents without what hidden layers show, and in a file without tags without
/// marks; nothing when they may stay as they are.
pub(super) fn form(pdf: &Document, form: &Stream, hidden: &Hidden, tagged: bool) -> Result<Option<Vec<u8>>, ()> {
    let none = Dictionary::new();
    let resources = get_dictionary(pdf, &form.dict, b"Resources").unwrap_or(&none);
    let layers = !hidden.is_empty() && resources.has(b"Properties");
    if !layers && tagged {
        return Ok(None);
    }
    let Some(bytes) = streams::decode(pdf, form) else { return if layers { Err(()) } else { Ok(None) } };
    let hides = |property: &Operand| hides(pdf, resources, hidden, property);
    let scan = Scan::of(&bytes, &hides, &|property| mcid(pdf, resources, property), !tagged);
    Ok((!scan.edits.is_empty()).then(|| edited(&bytes, scan.edits)))
}

fn property<'a>(pdf: &'a Document, resources: &'a Dictionary, operand: &Operand) -> Option<&'a Object> {
    get_dictionary(pdf, resources, b"Properties")?.get(operand.name()?).ok()
}

fn hides(pdf: &Document, resources: &Dictionary, hidden: &Hidden, operand: &Operand) -> bool {
    property(pdf, resources, operand).is_some_and(|property| hidden.is_hidden(pdf, property))
}

fn mcid(pdf: &Document, resources: &Dictionary, operand: &Operand) -> Option<i64> {
    #[expect(clippy::cast_possible_truncation, reason = "casts of floats to integers saturate")]
    if let Some(number) = operand.get(b"MCID").and_then(Operand::number) {
        return Some(number as i64);
    }
    crate::pdf::objects::get_integer(pdf, dictionary(pdf, property(pdf, resources, operand)?)?, b"MCID")
}

/// A marked-content sequence that is open.
#[expect(clippy::struct_excessive_bools, reason = "each says something of its own")]
struct Mark {
    artifact: bool,
    tagged: bool,
    hidden: bool,
    removed: bool,
}

/// What a look through contents gave.
#[derive(Debug, Default)]
struct Scan {
    edits: Vec<(Range<usize>, &'static str)>,
    open_states: usize,
    open_marks: usize,
    in_text: bool,
    paints: bool,
    paints_unmarked: bool,
    /// How often words are shown within tags or as decoration, and outside of both.
    words_marked: usize,
    words_unmarked: usize,
    marks: BTreeSet<i64>,
    hidden_marks: BTreeSet<i64>,
    used: Used,
}

impl Scan {
    fn of(
        bytes: &[u8],
        hides: &dyn Fn(&Operand) -> bool,
        mcid: &dyn Fn(&Operand) -> Option<i64>,
        without_marks: bool,
    ) -> Self {
        let mut scan = Self::default();
        let mut stack: Vec<Mark> = Vec::new();
        for operation in operations(bytes) {
            if !stack.last().is_some_and(|mark| mark.hidden) {
                scan.used.note(&operation);
            }
            match operation.operator {
                b"q" => scan.open_states += 1,
                b"Q" if scan.open_states == 0 => scan.edits.push((operation.range, "")),
                b"Q" => scan.open_states -= 1,
                b"BT" => scan.in_text = true,
                b"ET" => scan.in_text = false,
                b"BMC" | b"BDC" => {
                    let mark = scan.begin(&operation, stack.last(), hides, mcid, without_marks);
                    if mark.removed {
                        scan.edits.push((operation.range, ""));
                    }
                    stack.push(mark);
                }
                b"EMC" => {
                    if stack.pop().is_none_or(|mark| mark.removed) {
                        scan.edits.push((operation.range, ""));
                    }
                }
                b"MP" | b"DP" if without_marks => scan.edits.push((operation.range, "")),
                operator => {
                    let Some(instead) = painting(operator) else { continue };
                    if stack.last().is_some_and(|mark| mark.hidden) {
                        scan.edits.push((operation.range, instead));
                        continue;
                    }
                    scan.paints = true;
                    let marked = stack.last().is_some_and(|mark| mark.artifact || mark.tagged);
                    scan.paints_unmarked |= !marked;
                    if matches!(operator, b"Tj" | b"TJ" | b"'" | b"\"") {
                        *(if marked { &mut scan.words_marked } else { &mut scan.words_unmarked }) += 1;
                    }
                }
            }
        }
        scan.open_marks = stack.iter().filter(|mark| !mark.removed).count();
        scan
    }

    fn begin(
        &mut self,
        operation: &Operation,
        outer: Option<&Mark>,
        hides: &dyn Fn(&Operand) -> bool,
        mcid: &dyn Fn(&Operand) -> Option<i64>,
        without_marks: bool,
    ) -> Mark {
        let layer = operation.name(0) == Some(b"OC");
        let inside = |what: fn(&Mark) -> bool| outer.is_some_and(what);
        let inside_hidden = inside(|mark| mark.hidden);
        let property = operation.operands.get(1);
        let mark = property.filter(|_| !layer).and_then(mcid);
        if let Some(mark) = mark {
            if inside_hidden {
                self.hidden_marks.insert(mark)
            } else {
                self.marks.insert(mark)
            };
        }
        Mark {
            artifact: inside(|mark| mark.artifact) || operation.name(0) == Some(b"Artifact"),
            tagged: inside(|mark| mark.tagged) || mark.is_some(),
            hidden: inside_hidden || (layer && property.is_some_and(hides)),
            removed: layer || without_marks || (inside_hidden && mark.is_some()),
        }
    }

    /// Gives the operators that close what the contents leave open.
    fn closing(&self) -> String {
        let text = if self.in_text { "ET\n" } else { "" };
        format!("{text}{}{}", "EMC\n".repeat(self.open_marks), "Q\n".repeat(self.open_states))
    }
}

/// Gives, for an operator that paints, what stands in its place where it must not.
fn painting(operator: &[u8]) -> Option<&'static str> {
    match operator {
        b"S" | b"s" | b"f" | b"F" | b"f*" | b"B" | b"B*" | b"b" | b"b*" => Some("n"),
        b"'" | b"\"" => Some("T*"),
        b"Tj" | b"TJ" | b"Do" | b"sh" | b"BI" => Some(""),
        _ => None,
    }
}

fn edited(bytes: &[u8], edits: Vec<(Range<usize>, &'static str)>) -> Vec<u8> {
    let mut result = Vec::with_capacity(bytes.len());
    let mut at = 0;
    for (range, instead) in edits {
        result.extend_from_slice(&bytes[at..range.start.max(at)]);
        result.extend_from_slice(instead.as_bytes());
        at = range.end.max(at);
    }
    result.extend_from_slice(&bytes[at..]);
    result
}

#[cfg(test)]
mod tests {
    use super::{Scan, edited};
    use crate::pdf::content::Operand;

    fn without_layers(bytes: &[u8]) -> String {
        let hides = |property: &Operand| property.name() == Some(b"Off");
        let mcid = |property: &Operand| property.get(b"MCID").and_then(Operand::number).map(|_| 0);
        let scan = Scan::of(bytes, &hides, &mcid, false);
        let closing = scan.closing();
        format!("{}{closing}", String::from_utf8_lossy(&edited(bytes, scan.edits)))
    }

    #[test]
    fn takes_hidden_layers_out_and_keeps_the_graphics_state() {
        let shown = without_layers(b"/OC /Off BDC 1 0 0 RG 0 0 m 9 9 l S (a) Tj EMC /OC /On BDC (b) Tj EMC");
        assert_eq!(shown, " 1 0 0 RG 0 0 m 9 9 l n    (b) Tj ");
    }

    #[test]
    fn counts_words_outside_of_tags() {
        let mcid = |property: &Operand| property.get(b"MCID").and_then(Operand::number).map(|_| 0);
        let bytes = b"/P <</MCID 0>> BDC (a) Tj EMC /Artifact BMC (b) Tj EMC (c) Tj [(d)] TJ (e) ' 0 0 m 9 0 l S";
        let scan = Scan::of(bytes, &|_| false, &mcid, false);
        assert_eq!((scan.words_marked, scan.words_unmarked), (2, 3));
    }

    #[test]
    fn balances_what_is_left_open() {
        assert_eq!(without_layers(b"Q q BT (a) Tj"), " q BT (a) TjET\nQ\n");
        assert_eq!(without_layers(b"/P <</MCID 0>> BDC EMC EMC"), "/P <</MCID 0>> BDC EMC ");
    }
}
