//! What was left empty: labels with nothing behind them, and headings without text.

use super::blocks::{Texts, numbered};
use crate::check::passages::{Kind, Passage, of_parts};
use crate::check::reading::{Reading, Source};
use crate::check::wording::words::{Word, gap, words};
use crate::finding::{Confidence, Finding, Log, Severity, rules};
use crate::model::text::{Block, Inline};
use crate::model::{Paper, PaperKind};

/// Labels of forms, behind which something of its own stands.
const LABELS: [&str; 22] = [
    "contact",
    "contacts",
    "tel",
    "telephone",
    "phone",
    "mobile",
    "email",
    "e-mail",
    "fax",
    "web",
    "website",
    "name",
    "date",
    "time",
    "place",
    "venue",
    "author",
    "authors",
    "post",
    "address",
    "from",
    "directorate",
];

/// Finds labels and sentences that end in a colon with nothing behind them.
pub(super) fn labels(reading: &Reading, log: &Log) {
    let ends = endings(reading);
    let texts = Texts::of(reading);
    for blocks in texts.each() {
        for (at, block) in blocks.iter().enumerate() {
            let Block::Paragraph { content, .. } = block else { continue };
            let next = blocks.get(at + 1);
            let ended = next.is_none() && !ends.iter().any(|end| std::ptr::eq(*end, block));
            let headed = matches!(next, Some(Block::Heading { .. }));
            let passage = of_parts(content);
            if !passage.words.trim_end().ends_with(':') {
                continue;
            }
            let listed = matches!(next, Some(Block::Paragraph { .. }))
                && is_list_lead(reading, blocks, &passage)
                && !next.is_some_and(is_typed_entry);
            let labelled = is_label(block) && next.is_some_and(is_label);
            // `is summarised below:` before further headings means what stands below those.
            let doubtful = listed || (headed && announces(&passage));
            if doubtful {
                log.add(empty(reading, &passage).weighing(Severity::Info).confidence(Confidence::Possible));
            } else if ended || headed || labelled {
                log.add(empty(reading, &passage));
            }
        }
        for block in blocks {
            if let Block::Table(table) = block {
                table.rows.iter().for_each(|row| cells(reading, row, log));
            }
        }
    }
    for passage in &reading.passages {
        label_before_label(reading, passage, log);
    }
    if let Source::Paper(Paper { kind: PaperKind::Report(report), .. }) = reading.source {
        for field in report.fields.iter().filter(|field| field.text.blocks.is_empty() && !field.label.is_empty()) {
            log.add(empty(reading, &of_parts(&field.label.content)));
        }
    }
}

/// Tells whether a paragraph begins like a list's entry that was typed: `(a) Nine`, `ii) …`.
fn is_typed_entry(block: &Block) -> bool {
    let Block::Paragraph { content, .. } = block else { return false };
    let words = of_parts(content).words;
    let Some((mark, _)) = words.trim_start().split_once([')', '.']) else {
        return matches!(words.chars().next(), Some('•' | '–' | '-'));
    };
    let mark = mark.strip_prefix('(').unwrap_or(mark);
    let roman = mark.len() <= 4 && mark.bytes().all(|byte| matches!(byte, b'i' | b'v' | b'x'));
    let single = mark.len() == 1 && mark.bytes().all(|byte| byte.is_ascii_alphanumeric());
    !mark.is_empty() && (roman || single)
}

/// Tells whether a paragraph is nothing but a label in bold that ends in a colon.
fn is_label(block: &Block) -> bool {
    let Block::Paragraph { content, .. } = block else { return false };
    let bold = content.iter().all(|part| match part {
        Inline::Strong(_) => true,
        Inline::Text(text) => matches!(text.value.trim(), "" | ":"),
        _ => false,
    });
    bold && of_parts(content).words.trim_end().ends_with(':')
}

/// Tells whether a paragraph announces a list, while only numbered paragraphs follow.
fn is_list_lead(reading: &Reading, blocks: &[Block], passage: &Passage) -> bool {
    let none_listed = !blocks.iter().any(|block| matches!(block, Block::List { .. }));
    let is_numbered = numbered(reading).is_some_and(|own| std::ptr::eq(own, blocks));
    is_numbered && announces(passage) && none_listed
}

/// Tells whether a sentence says that something follows below.
fn announces(passage: &Passage) -> bool {
    let says = |word: &Word| {
        matches!(word.text, "following" | "follows" | "below" | "included" | "include" | "includes" | "were" | "are")
    };
    words(&passage.words).iter().rev().take(4).any(says)
}

fn empty(reading: &Reading, passage: &Passage) -> Finding {
    let label = passage.words.trim();
    let end: Vec<&str> = label.split(' ').rev().take(6).collect();
    let shown = if label.split(' ').count() > 6 {
        format!("… {}", end.into_iter().rev().collect::<Vec<_>>().join(" "))
    } else {
        label.to_owned()
    };
    let from = passage.words.find(label).unwrap_or(0);
    let place = reading.place(passage, from..from + label.len());
    Finding::new(&rules::EMPTY_LABEL, place, format!("nothing follows `{shown}`"))
        .confidence(Confidence::Likely)
        .help("write what belongs behind it, `None` if there is nothing, or take it away")
}

/// Gives the last paragraphs of texts that go on elsewhere: a minute's before its parts and its resolution, an item's
/// before its papers and parts.
fn endings<'a>(reading: &Reading<'a>) -> Vec<&'a Block> {
    let mut ends = Vec::new();
    match reading.source {
        Source::Paper(Paper { kind: PaperKind::Minutes(minutes), .. }) => {
            for minute in minutes.all() {
                let records = minute.records();
                for (at, record) in records.enumerate() {
                    let parts = at == 0 && !minute.parts.is_empty();
                    if parts || record.resolved.is_some() || record.vote.is_some() {
                        ends.extend(record.text.iter().filter_map(|text| text.blocks.last()));
                    }
                    if parts {
                        ends.extend(record.resolved.iter().filter_map(|text| text.blocks.last()));
                    }
                }
            }
        }
        Source::Agenda(agenda) => {
            let items =
                agenda.items().map(|(item, _)| item).filter(|item| !item.parts.is_empty() || !item.papers.is_empty());
            ends.extend(items.filter_map(|item| item.text.as_ref()?.blocks.last()));
            for entry in agenda.public.iter().chain(&agenda.private) {
                if let crate::model::agenda::Entry::Heading { text: Some(text), .. } = entry {
                    ends.extend(text.blocks.last());
                }
            }
        }
        Source::Paper(Paper { kind: PaperKind::ActionPlan(plan), .. }) => {
            ends.extend(plan.introduction.iter().filter_map(|text| text.blocks.last()));
        }
        Source::Paper(Paper { kind: PaperKind::WorkProgramme(programme), .. }) => {
            ends.extend(programme.introduction.iter().filter_map(|text| text.blocks.last()));
        }
        Source::Paper(_) => {}
    }
    ends
}

/// Finds a label in a row with an empty cell behind it.
fn cells(reading: &Reading, row: &[Vec<Inline>], log: &Log) {
    for (at, cell) in row.iter().enumerate() {
        let passage = of_parts(cell);
        let text = passage.words.trim();
        let next = row.get(at + 1).map(|next| of_parts(next).words.trim().is_empty());
        if text.ends_with(':') && next != Some(false) {
            log.add(empty(reading, &passage));
        }
    }
}

/// Finds a label of a form that is followed by another, or by nothing, in one line: `Contact: Tel: 01632 960 123`.
fn label_before_label(reading: &Reading, passage: &Passage, log: &Log) {
    let text = &passage.words;
    if matches!(passage.kind, Kind::Cell | Kind::Header) || !text.contains(':') {
        return;
    }
    let all = words(text);
    let label = |at: usize| {
        let known = all
            .get(at)
            .is_some_and(|word: &Word| word.is_capital() && LABELS.contains(&word.text.to_lowercase().as_str()));
        known && gap(text, &all, at).starts_with(':')
    };
    for at in 0..all.len() {
        if !label(at) || gap(text, &all, at) != ":" {
            continue;
        }
        // The last one of a paragraph is told of as its end.
        if label(at + 1) {
            let written = format!("{}:", all[at].text);
            let range = all[at].at..all[at].end() + 1;
            log.add(
                Finding::new(
                    &rules::EMPTY_LABEL,
                    reading.place(passage, range),
                    format!("nothing follows `{written}`"),
                )
                .confidence(Confidence::Likely)
                .help("write what belongs behind it, or take it away"),
            );
        }
    }
}

/// Finds headings with no text below them.
pub(super) fn headings(reading: &Reading, log: &Log) {
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
                let finding = Finding::new(&rules::EMPTY_SECTION, *place, message)
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
