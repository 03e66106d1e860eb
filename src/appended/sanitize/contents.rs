//! Contents of pages and forms, looked through: balanced, without hidden layers and marks.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::ops::Range;

use lopdf::{Dictionary, Document, Object, Stream};

use super::layers::Hidden;
use super::used::Used;
use crate::pdf::content::{Operand, Operation, operations, superfluous};
use crate::pdf::objects::{dictionary, get_dictionary, hexadecimal};
use crate::pdf::streams;

/// Gives the contents of a form, or of what is drawn like one, without what draws nothing and what hidden layers
/// show, and in a file without tags without marks; nothing when they may stay as they are.
pub(super) fn form(pdf: &Document, form: &Stream, hidden: &Hidden, tagged: bool) -> Result<Option<Vec<u8>>, ()> {
    let none = Dictionary::new();
    let resources = get_dictionary(pdf, &form.dict, b"Resources").unwrap_or(&none);
    let layers = !hidden.is_empty() && resources.has(b"Properties");
    let Some(bytes) = streams::decode(pdf, form) else { return if layers { Err(()) } else { Ok(None) } };
    let hides = |property: &Operand| hides(pdf, resources, hidden, property);
    let marks = Marks {
        hides: &hides,
        mcid: &|property| mcid(pdf, resources, property),
        instead: &|property| replacement(pdf, resources, property),
        without: !tagged,
    };
    let scan = Scan::of(&bytes, &marks);
    Ok((!scan.edits.is_empty()).then(|| edited(&bytes, scan.edits)))
}

fn property<'a>(pdf: &'a Document, resources: &'a Dictionary, operand: &Operand) -> Option<&'a Object> {
    get_dictionary(pdf, resources, b"Properties")?.get(operand.name()?).ok()
}

pub(super) fn hides(pdf: &Document, resources: &Dictionary, hidden: &Hidden, operand: &Operand) -> bool {
    property(pdf, resources, operand).is_some_and(|property| hidden.is_hidden(pdf, property))
}

pub(super) fn mcid(pdf: &Document, resources: &Dictionary, operand: &Operand) -> Option<i64> {
    #[expect(clippy::cast_possible_truncation, reason = "casts of floats to integers saturate")]
    if let Some(number) = operand.get(b"MCID").and_then(Operand::number) {
        return Some(number as i64);
    }
    crate::pdf::objects::get_integer(pdf, dictionary(pdf, property(pdf, resources, operand)?)?, b"MCID")
}

/// Gives the text that stands for marked contents, where their properties give one.
pub(super) fn replacement(pdf: &Document, resources: &Dictionary, operand: &Operand) -> Option<Vec<u8>> {
    if let Some(Operand::String(text)) = operand.get(b"ActualText") {
        return Some(text.clone());
    }
    match crate::pdf::objects::get(pdf, dictionary(pdf, property(pdf, resources, operand)?)?, b"ActualText")? {
        Object::String(text, _) => Some(text.clone()),
        _ => None,
    }
}

/// What marks of contents mean.
pub(super) struct Marks<'a> {
    /// Whether a mark belongs to a layer that does not show.
    pub(super) hides: &'a dyn Fn(&Operand) -> bool,
    /// The number by which tags name a mark.
    pub(super) mcid: &'a dyn Fn(&Operand) -> Option<i64>,
    /// The text that stands in the place of what is marked.
    pub(super) instead: &'a dyn Fn(&Operand) -> Option<Vec<u8>>,
    /// Whether no tags name any mark, so that only replacement texts are kept.
    pub(super) without: bool,
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
pub(super) struct Scan {
    pub(super) edits: Vec<(Range<usize>, Cow<'static, str>)>,
    pub(super) open_states: usize,
    pub(super) open_marks: usize,
    pub(super) in_text: bool,
    pub(super) paints: bool,
    pub(super) paints_unmarked: bool,
    /// How often words are shown within tags or as decoration, and outside of both.
    pub(super) words_marked: usize,
    pub(super) words_unmarked: usize,
    pub(super) marks: BTreeSet<i64>,
    pub(super) hidden_marks: BTreeSet<i64>,
    pub(super) used: Used,
}

impl Scan {
    pub(super) fn of(bytes: &[u8], marks: &Marks) -> Self {
        let mut scan = Self::default();
        let mut stack: Vec<Mark> = Vec::new();
        let mut end = 0;
        let mut all = operations(bytes);
        for operation in all.by_ref() {
            end = operation.range.end;
            if !operation.closed {
                scan.edits.push((operation.range, "".into()));
                continue;
            }
            if !stack.last().is_some_and(|mark| mark.hidden) {
                scan.used.note(&operation);
            }
            let left_out = superfluous(bytes, &operation);
            let draws = left_out.first() != Some(&operation.range);
            scan.edits.extend(left_out.into_iter().map(|range| (range, "".into())));
            match operation.operator {
                _ if !draws => {}
                b"q" => scan.open_states += 1,
                b"Q" if scan.open_states == 0 => scan.edits.push((operation.range, "".into())),
                b"Q" => scan.open_states -= 1,
                b"BT" => scan.in_text = true,
                b"ET" => scan.in_text = false,
                b"BMC" | b"BDC" => {
                    let (mark, instead) = scan.begin(&operation, stack.last(), marks);
                    match instead {
                        Some(text) => scan.edits.push((operation.range, text.into())),
                        None if mark.removed => scan.edits.push((operation.range, "".into())),
                        None => {}
                    }
                    stack.push(mark);
                }
                b"EMC" => {
                    if stack.pop().is_none_or(|mark| mark.removed) {
                        scan.edits.push((operation.range, "".into()));
                    }
                }
                b"MP" | b"DP" if marks.without => scan.edits.push((operation.range, "".into())),
                operator => {
                    let Some(instead) = painting(operator) else { continue };
                    if stack.last().is_some_and(|mark| mark.hidden) {
                        scan.edits.push((operation.range, instead.into()));
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
        // Nobody sees comments, and anyone can read them.
        scan.edits.extend(all.passed_over().into_iter().map(|range| (range, "".into())));
        // What breaks off would take what is put after it, such as the stamps, for a part of it.
        if bytes[end..].iter().any(|byte| !byte.is_ascii_whitespace()) {
            scan.edits.push((end..bytes.len(), "".into()));
        }
        // Of two that begin at one place, the longer one holds the other.
        scan.edits.sort_by_key(|(range, _)| (range.start, std::cmp::Reverse(range.end)));
        scan.open_marks = stack.iter().filter(|mark| !mark.removed).count();
        scan
    }

    /// Begins a mark; with it what is written in its place, if anything else than it or nothing.
    fn begin(&mut self, operation: &Operation, outer: Option<&Mark>, marks: &Marks) -> (Mark, Option<String>) {
        let layer = operation.name(0) == Some(b"OC");
        let inside = |what: fn(&Mark) -> bool| outer.is_some_and(what);
        let inside_hidden = inside(|mark| mark.hidden);
        let property = operation.operands.get(1);
        let mark = property.filter(|_| !layer).and_then(marks.mcid);
        if let Some(mark) = mark {
            if inside_hidden {
                self.hidden_marks.insert(mark)
            } else {
                self.marks.insert(mark)
            };
        }
        let text = property.filter(|_| marks.without && !layer && !inside_hidden).and_then(marks.instead);
        let instead = text.map(|text| format!("/Span <</ActualText <{}>>> BDC", hexadecimal(&text)));
        let mark = Mark {
            artifact: inside(|mark| mark.artifact) || operation.name(0) == Some(b"Artifact"),
            tagged: inside(|mark| mark.tagged) || mark.is_some(),
            hidden: inside_hidden || (layer && property.is_some_and(marks.hides)),
            // What a hidden mark says in its properties is as hidden as what it holds.
            removed: layer || inside_hidden || (marks.without && instead.is_none()),
        };
        (mark, instead)
    }

    /// Gives the operators that close what the contents leave open.
    pub(super) fn closing(&self) -> String {
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

pub(super) fn edited(bytes: &[u8], edits: Vec<(Range<usize>, Cow<'static, str>)>) -> Vec<u8> {
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
    use super::{Marks, Scan, edited};
    use crate::pdf::content::Operand;

    fn scan(bytes: &[u8], without: bool) -> Scan {
        let hides = |property: &Operand| property.name() == Some(b"Off");
        let mcid = |property: &Operand| property.get(b"MCID").and_then(Operand::number).map(|_| 0);
        let instead = |property: &Operand| match property.get(b"ActualText") {
            Some(Operand::String(text)) => Some(text.clone()),
            _ => None,
        };
        Scan::of(bytes, &Marks { hides: &hides, mcid: &mcid, instead: &instead, without })
    }

    fn without_layers(bytes: &[u8]) -> String {
        let scan = scan(bytes, false);
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
        let bytes = b"/P <</MCID 0>> BDC (a) Tj EMC /Artifact BMC (b) Tj EMC (c) Tj [(d)] TJ (e) ' 0 0 m 9 0 l S";
        let scan = scan(bytes, false);
        assert_eq!((scan.words_marked, scan.words_unmarked), (2, 3));
    }

    #[test]
    fn keeps_replacement_text_where_nothing_is_tagged() {
        let kept = |bytes: &[u8]| String::from_utf8_lossy(&edited(bytes, scan(bytes, true).edits)).into_owned();
        let bytes = b"/P <</MCID 0>> BDC /Span <</MCID 1 /ActualText (ffi)>> BDC (*) Tj EMC EMC";
        assert_eq!(kept(bytes), " /Span <</ActualText <666669>>> BDC (*) Tj EMC ");
        let bytes = b"/OC /Off BDC /Span <</ActualText (a name)>> BDC (*) Tj EMC EMC";
        assert!(!kept(bytes).contains("ActualText") && !without_layers(bytes).contains("ActualText"));
    }

    #[test]
    fn balances_what_is_left_open() {
        assert_eq!(without_layers(b"Q q BT (a) Tj"), " q BT (a) TjET\nQ\n");
        assert_eq!(without_layers(b"/P <</MCID 0>> BDC EMC EMC"), "/P <</MCID 0>> BDC EMC ");
    }

    #[test]
    fn takes_out_what_nobody_sees() {
        for (bytes, seen) in [
            ("% for Ann\nq (a) Tj Q % Ann", "q (a) Tj Q"),
            ("[(a) % Ann\r(b % c)] TJ", "[(a) (b % c)] TJ"),
            ("/Span << % Ann\n/MCID 0 >> BDC (a) Tj EMC", "/Span << /MCID 0 >> BDC (a) Tj EMC"),
            ("q {Ann} (Ann) note (a) Tj Q ) % Ann", "q (a) Tj Q"),
            ("(Ann) q (a) Tj Q", "q (a) Tj Q"),
            ("/OC /Off BDC % Ann\n(a) Tj % Ann\nEMC", ""),
            ("q BI /W 1 /H 1 /BPC 8 /CS /G ID % EI Q", "q BI /W 1 /H 1 /BPC 8 /CS /G ID % EI Q"),
        ] {
            let words: Vec<String> = without_layers(bytes.as_bytes()).split_whitespace().map(str::to_owned).collect();
            assert_eq!(words.join(" "), seen, "{bytes}");
        }
    }

    #[test]
    fn takes_out_what_would_swallow_the_rest() {
        for open in ["(b", "<62", "BI /W 1 /H 1 ID b", "/P <</MCID 0 BDC", "[(b) TJ"] {
            let closed = without_layers(format!("(a) Tj q {open}").as_bytes());
            assert_eq!(closed.split_whitespace().collect::<String>(), "(a)TjqQ", "{open}");
        }
    }
}
