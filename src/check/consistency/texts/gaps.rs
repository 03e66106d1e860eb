//! What was left empty: labels with nothing behind them, headings without text, placeholders.

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
        for table in blocks.iter().filter_map(|block| match block {
            Block::Table(table) => Some(table),
            _ => None,
        }) {
            table.rows.iter().for_each(|row| cells(reading, row, log));
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
            for minute in minutes.items.iter().chain(&minutes.private) {
                let records = std::iter::once(&minute.record).chain(&minute.parts);
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

/// What word processors print where a reference is lost, and what forms say before they are filled in.
const LEFT: [&str; 9] = [
    "Error! Reference source not found",
    "Error! Bookmark not defined",
    "Error! No text of specified style",
    "lorem ipsum",
    "Lorem ipsum",
    "Click or tap here to enter text",
    "Click here to enter text",
    "DD/MM/YYYY",
    "dd/mm/yyyy",
];
/// Beginnings of dates whose day and month were never filled in, though the year was.
const OPEN_DATES: [&str; 4] = ["DD/MM/", "dd/mm/", "DD.MM.", "DD-MM-"];
/// First words of what stands in square brackets to be filled in.
const TO_FILL: [&str; 12] =
    ["insert", "add", "name", "date", "tbc", "tba", "tbd", "xx", "enter", "number", "amount", "title"];

/// Finds placeholders that were left behind.
pub(super) fn placeholders(reading: &Reading, log: &Log) {
    let programme = matches!(reading.paper().map(|paper| &paper.kind), Some(PaperKind::WorkProgramme(_)));
    for passage in &reading.passages {
        for range in left_behind(&passage.words) {
            let written = &passage.words[range.clone()];
            // Dates of a programme may be open.
            if programme && written.eq_ignore_ascii_case("tbc") {
                continue;
            }
            log.add(
                Finding::new(
                    &rules::PLACEHOLDER,
                    reading.place(passage, range.clone()),
                    format!("`{written}` looks like a placeholder that was left behind"),
                )
                .confidence(Confidence::Likely)
                .help("write what belongs there, or say in words that it is not known yet"),
            );
        }
    }
}

fn left_behind(text: &str) -> Vec<std::ops::Range<usize>> {
    let mut found: Vec<std::ops::Range<usize>> = Vec::new();
    for mark in LEFT {
        found.extend(text.match_indices(mark).map(|(at, mark)| at..at + mark.len()));
    }
    for mark in OPEN_DATES {
        let digits = |from: usize| text[from..].bytes().take_while(u8::is_ascii_digit).count();
        let dates = text.match_indices(mark).map(|(at, mark)| at..at + mark.len() + digits(at + mark.len()));
        found.extend(dates.filter(|range| range.len() > mark.len()));
    }
    found.extend(to_do(text));
    for (at, _) in text.match_indices('[') {
        let Some(end) = text[at..].find(']').map(|end| at + end + 1).filter(|end| end - at <= 60) else { continue };
        let inside = text[at + 1..end - 1].trim().to_lowercase();
        let blank = !inside.is_empty() && inside.chars().all(|sign| matches!(sign, '_' | '?' | '•' | ' '));
        let first = inside.split(' ').next().unwrap_or_default();
        // `[name redacted]` is left out on purpose.
        let hidden =
            ["redacted", "withheld", "removed", "omitted", "supplied"].iter().any(|word| inside.ends_with(word));
        if !hidden && (blank || TO_FILL.contains(&first) || inside.starts_with("to be ")) {
            found.push(at..end);
        }
    }
    if text.contains("??") {
        let at = text.find("??").unwrap_or(0);
        let end = at + text[at..].len() - text[at..].trim_start_matches('?').len();
        found.push(at..end);
    }
    if text.contains(['X', 'x']) || text.contains("TB") || text.contains("tb") {
        found.extend(crosses(text));
    }
    found.sort_by_key(|range| (range.start, std::cmp::Reverse(range.end)));
    let mut last = 0;
    found.retain(|range| {
        let kept = range.start >= last;
        last = last.max(range.end);
        kept
    });
    found
}

/// Finds notes to oneself in brackets: `(Paula to check)`, `(to be checked)`.
fn to_do(text: &str) -> Vec<std::ops::Range<usize>> {
    let mut found = Vec::new();
    for (at, _) in text.match_indices('(') {
        let Some(end) = text[at..].find(')').map(|end| at + end + 1) else { continue };
        let all = words(&text[at + 1..end - 1]);
        let verb = |word: &Word| {
            matches!(
                word.text,
                "check" | "confirm" | "add" | "update" | "complete" | "insert" | "amend" | "provide" | "advise"
            )
        };
        let note = match all.as_slice() {
            [name, to, last] | [name, _, to, last] => name.is_capital() && to.text == "to" && verb(last),
            _ => false,
        };
        // `(Council to confirm)` may be an action that the text gives.
        let body = all
            .first()
            .is_some_and(|word| matches!(word.text, "Council" | "Cabinet" | "Committee" | "Board" | "Members"));
        if note && !body {
            found.push(at..end);
        }
    }
    found
}

/// Tells whether capitals in brackets are the initials of the words before: `Thornby Borough Council (TBC)`.
fn is_initials(text: &str, all: &[Word], at: usize) -> bool {
    let letters: Vec<char> = all[at].text.chars().collect();
    let bracketed = text[..all[at].at].ends_with('(') && text[all[at].end()..].starts_with(')');
    let before = at.checked_sub(letters.len()).map(|from| &all[from..at]);
    bracketed
        && before.is_some_and(|before| before.iter().zip(&letters).all(|(word, letter)| word.text.starts_with(*letter)))
}

/// Finds words that are nothing but crosses, and `TBC`.
fn crosses(text: &str) -> Vec<std::ops::Range<usize>> {
    let all = words(text);
    let roman = [
        "part", "parts", "chapter", "schedule", "title", "annex", "appendix", "volume", "louis", "article", "articles",
        "section", "size", "form", "protocol", "class",
    ];
    let explained =
        |name: &str| all.iter().enumerate().any(|(at, word)| word.text == name && is_initials(text, &all, at));
    let mut found = Vec::new();
    for (at, word) in all.iter().enumerate() {
        let is = |sign: char| word.text.len() >= 2 && word.text.chars().all(|letter| letter == sign);
        let before = at.checked_sub(1).map(|at| all[at].text.to_lowercase()).unwrap_or_default();
        let cross = is('x') || is('X') && !roman.contains(&before.as_str());
        let year = word.text.len() == 4 && word.text.starts_with("20") && word.text[2..].eq_ignore_ascii_case("xx");
        let pounds = word.text.eq_ignore_ascii_case("x") && text[..word.at].ends_with('£');
        let confirmed = matches!(word.text, "TBC" | "TBA" | "TBD" | "tbc") && !explained(word.text);
        if cross || year || pounds || confirmed {
            found.push(word.range());
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<&str> {
        left_behind(text).into_iter().map(|range| &text[range]).collect()
    }

    #[test]
    fn placeholders_are_found() {
        assert_eq!(found("The cost is £XX, TBC."), ["XX", "TBC"]);
        assert_eq!(found("by xx May 20XX"), ["xx", "20XX"]);
        assert_eq!(found("[insert name of ward] and [date]"), ["[insert name of ward]", "[date]"]);
        assert_eq!(found("see Error! Reference source not found."), ["Error! Reference source not found"]);
        assert_eq!(found("Why ??? and £x"), ["???", "x"]);
        assert_eq!(found("reported on DD/MM/2028 (Paula to check)"), ["DD/MM/2028", "(Paula to check)"]);
    }

    #[test]
    fn what_only_looks_like_one_is_left_alone() {
        for text in [
            "Schedule XX, Part XXX and Chapter XX",
            "Part XX of the Act, Title XX and Articles XX and following",
            "Thornby Borough Council (TBC) was abolished; TBC is no more",
            "The witness, [name redacted], agreed (see the order to check)",
            "(Cabinet to confirm)",
            "the 4x4, Xavier and xylophone",
            "Why? And how?",
            "[sic], [they] and [dated 5 May]",
            "the letter says […] that",
            "to be confirmed by Council",
            "a named officer",
        ] {
            assert_eq!(found(text), Vec::<&str>::new(), "{text}");
        }
    }
}
