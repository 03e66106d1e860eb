//! Places that `boardpack new` has left to an officer to fill in.

use super::Context;
use super::yaml::{Node, Value};
use crate::finding::{Finding, Place};

crate::finding::rule! {
    /// `boardpack new` writes TO BE FILLED IN where only an officer knows what belongs there, and says behind it what
    /// is wanted. Write that in the place of the words; take the whole field away where it is not needed. A draft
    /// can be built meanwhile, but nothing is issued, and this can be neither accepted nor overridden: the words are
    /// never meant to be read by members.
    TO_FILL_IN = "M0041", Sources, Warning, gate, firm, "a place that is still to be filled in";
}

/// What marks them. No text that is meant to be read holds these words in capitals.
pub(crate) const MARK: &str = "TO BE FILLED IN";

/// How much of what is wanted there is told in a message.
const TOLD: usize = 60;

/// Finds them in the values of a file, however their lines are broken: notes behind `#` are not printed.
pub(super) fn report(node: &Node, cx: Context) {
    match &node.value {
        Value::Nothing => {}
        Value::Text(text) => in_text(text, node.place, cx),
        Value::List(items) => items.iter().for_each(|item| report(item, cx)),
        Value::Fields(fields) => fields.iter().for_each(|field| report(&field.node, cx)),
    }
}

fn in_text(text: &str, place: Place, cx: Context) {
    let shown = cx.text.get(place.start as usize..place.end as usize).unwrap_or_default();
    let mut written = shown.match_indices(MARK).map(|(at, _)| place.start + u32::try_from(at).unwrap_or(0));
    for paragraph in text.split("\n\n") {
        let words = paragraph.split_whitespace().collect::<Vec<_>>().join(" ");
        for (at, _) in words.match_indices(MARK) {
            let here = written.next().map(|start| {
                let length = u32::try_from(MARK.len()).unwrap_or(0);
                Place { start, end: start + length, ..place }
            });
            let wanted = wanted(&words[at + MARK.len()..]);
            let what = if wanted.is_empty() { String::new() } else { format!(": {wanted}") };
            log(here.unwrap_or(place), &what, cx);
        }
    }
}

fn log(place: Place, what: &str, cx: Context) {
    let help = "write it in the place of these words, or take the field away where it is not needed";
    cx.log.add(Finding::new(&TO_FILL_IN, place, format!("this is still to be filled in{what}")).help(help));
}

/// Gives what the words behind a mark say is wanted: up to the end of their sentence.
fn wanted(rest: &str) -> String {
    let rest = rest.strip_prefix(':').unwrap_or_default().trim_start();
    let end = rest.find([';', '.', '|']).unwrap_or(rest.len());
    let wanted = rest[..end].trim();
    match wanted.char_indices().nth(TOLD) {
        Some((cut, _)) => format!("{} …", wanted[..cut].rsplit_once(' ').map_or(&wanted[..cut], |(whole, _)| whole)),
        None => wanted.to_owned(),
    }
}
