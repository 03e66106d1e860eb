//! What was left empty: headings without text.

use super::blocks::{Texts, numbered};
use crate::check::passages::of_parts;
use crate::check::reading::Reading;
use crate::finding::{Confidence, Finding, Log, Severity};
use crate::model::text::Block;

crate::finding::rule! {
    /// Nothing stands between the heading and the next one, or the end. Readers, and those who hear the paper,
    /// wait for text that does not come.
    EMPTY_SECTION = "C0034", Consistency, Warning, "a heading without text";
}

/// Finds headings with no text below them.
pub(in crate::check) fn empty_section(reading: &Reading, log: &Log) {
    for blocks in Texts::of(reading).blocks {
        for (at, block) in blocks.iter().enumerate() {
            let Block::Heading { level, content, place, .. } = block else { continue };
            let (bare, next_alike) = match blocks.get(at + 1) {
                None => (true, false),
                Some(Block::Heading { level: next, .. }) => (next <= level, next == level),
                Some(_) => (false, false),
            };
            if bare {
                let message = format!("nothing stands below the heading `{}`", of_parts(content).words.trim());
                let finding = Finding::new(&EMPTY_SECTION, *place, message)
                    .help("write the text, `None` if there is nothing to say, or take the heading away");
                // Where headings have no numbers, people put a title and its subtitle on one level.
                let section = *level == 1 && numbered(reading).is_some_and(|own| std::ptr::eq(own, blocks));
                log.add(if next_alike && !section {
                    finding.weighing(Severity::Info).confidence(Confidence::Possible)
                } else {
                    finding
                });
            }
        }
    }
}
