//! Names that one paper writes in two ways, whatever they are of.

use std::collections::BTreeMap;
use std::ops::Range;

use super::bodies_and_posts::Names;
use super::capitals::Runs;
use crate::check::passages::Passage;
use crate::check::reading::Reading;
use crate::check::wording::words::{lower, singular};
use crate::finding::{Confidence, Finding, Log, Severity, rules};

/// Things of which there are several as well as one.
const COUNTED: [&str; 18] = [
    "board",
    "committee",
    "panel",
    "group",
    "plan",
    "member",
    "council",
    "report",
    "scheme",
    "strategy",
    "officer",
    "director",
    "team",
    "meeting",
    "partnership",
    "councillor",
    "school",
    "act",
];

/// Where one form of a name stands first, and how often it is there.
struct Form<'r> {
    passage: &'r Passage,
    range: Range<usize>,
    count: usize,
}

/// Finds names of three words or more that one paper writes in two ways: `Children's Service Improvement Board` among
/// `Children's Services Improvement Board`.
pub(super) fn two_forms(reading: &Reading, all: &[Runs], known: &Names, log: &Log) {
    let mut names: BTreeMap<String, BTreeMap<String, Form>> = BTreeMap::new();
    for (passage, runs) in all {
        for run in runs {
            let first = run
                .tokens
                .iter()
                .position(|token| !matches!(token.as_str(), "a" | "an" | "this" | "our" | "its"))
                .unwrap_or(0);
            let tokens = &run.tokens[first..];
            if tokens.len() < 3 || tokens.iter().any(|token| token.chars().count() < 2) {
                continue;
            }
            let stems: Vec<String> = tokens.iter().map(|token| singular(token)).collect();
            let range = run.places[first].start..run.places.last().map_or(0, |place| place.end);
            let form = names.entry(stems.join(" ")).or_default().entry(tokens.join(" "));
            form.and_modify(|form| form.count += 1).or_insert(Form { passage, range, count: 1 });
        }
    }
    for forms in names.values().filter(|forms| forms.len() > 1) {
        let Some(usual) = forms.values().max_by_key(|form| form.count) else { continue };
        for form in forms.values().filter(|form| !std::ptr::eq(*form, usual)) {
            two_forms_found(reading, known, form, usual, log);
        }
    }
}

fn two_forms_found(reading: &Reading, known: &Names, form: &Form, usual: &Form, log: &Log) {
    let written = &form.passage.words[form.range.clone()];
    let other = &usual.passage.words[usual.range.clone()];
    // A name of the council is told of as such.
    if known.tells_of(written) {
        return;
    }
    let last = |words: &str| lower(words.rsplit(' ').next().unwrap_or_default());
    // One board and several boards are no two forms; Service and Services may be.
    let plural = last(written) != last(other);
    if plural && COUNTED.contains(&singular(&last(written)).as_str()) {
        return;
    }
    let sure = form.count == 1 && usual.count >= 3 && !plural;
    let finding = Finding::new(
        &rules::NAME_NEARLY,
        reading.place(form.passage, form.range.clone()),
        format!("`{written}` is `{other}` elsewhere in this paper"),
    )
    .also(reading.place(usual.passage, usual.range.clone()), format!("`{other}` here"))
    .help("write the name in one way");
    log.add(if sure {
        finding.confidence(Confidence::Likely)
    } else {
        finding.weighing(Severity::Info).confidence(Confidence::Possible)
    });
}
