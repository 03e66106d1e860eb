//! Numbers that were typed where the program sets them, and paragraphs out of the numbering.

use super::blocks::numbered;
use crate::check::passages::of_parts;
use crate::check::reading::Reading;
use crate::finding::{Confidence, Finding, Log, Severity};
use crate::model::numbering::{Numbered, number};
use crate::model::text::{Block, Inline};

crate::finding::rule! {
    /// Sections and paragraphs are numbered by the program, so a number that was pasted along is printed beside
    /// its own. Take it away, or pin it with {number=5.3} where it must stay.
    TYPED_NUMBER = "C0036", Consistency, Warning, "a typed number at the head of a numbered paragraph";
}

/// Finds numbers typed at the head of sections and paragraphs that the program numbers.
pub(in crate::check) fn typed_number(reading: &Reading, log: &Log) {
    let Some(blocks) = numbered(reading) else { return };
    let all = number(blocks, true);
    let sections = all.iter().filter(|block| matches!(block, Numbered::Section { .. })).count();
    let mut found = Vec::new();
    for block in &all {
        let (content, printed) = match block {
            Numbered::Section { number, content, .. } | Numbered::Subheading { number, content, .. } => {
                (*content, number.as_deref())
            }
            Numbered::Paragraph { number, content, .. } => (*content, Some(number.as_str())),
            Numbered::Under(Block::Paragraph { content, .. }) => (content.as_slice(), None),
            Numbered::Under(_) | Numbered::Plain(_) => continue,
        };
        let heading = matches!(block, Numbered::Section { .. } | Numbered::Subheading { .. });
        let passage = of_parts(content);
        if let Some(typed) = typed(&passage.words, heading, printed, sections).map(str::to_owned) {
            found.push((typed, heading, printed, passage));
        }
    }
    let numbers: Vec<&str> = found.iter().map(|(typed, ..)| typed.trim_end_matches('.')).collect();
    let own = found.iter().any(|(_, heading, ..)| *heading) || numbers.len() < 2 || run_on(&numbers);
    for (typed, _, printed, passage) in &found {
        let digits = typed.trim_end_matches('.');
        // Numbers that do not run on are those of something else, such as indicators.
        if !own && Some(digits) != *printed {
            continue;
        }
        let message = format!(
            "`{typed}` is typed before what the program numbers{}",
            printed.map_or_else(String::new, |printed| format!(" {printed}"))
        );
        log.add(
            Finding::new(&TYPED_NUMBER, reading.place(passage, 0..typed.len()), message)
                .confidence(Confidence::Likely)
                .help(format!("take `{typed}` away, or write `{{number={digits}}}` to keep it")),
        );
    }
}

/// Tells whether of numbers such as `2.1` and `2.2` any follows another.
fn run_on(numbers: &[&str]) -> bool {
    let parts = |number: &str| number.split('.').map(str::parse).collect::<Result<Vec<u32>, _>>().unwrap_or_default();
    numbers.windows(2).any(|pair| {
        let (mut one, next) = (parts(pair[0]), parts(pair[1]));
        one.last_mut().into_iter().for_each(|last| *last += 1);
        one == next
    })
}

/// Gives the number that a text begins with, if it was typed as a number of the paper.
fn typed<'t>(text: &'t str, heading: bool, printed: Option<&str>, sections: usize) -> Option<&'t str> {
    let end = text.find(' ')?;
    let first = &text[..end];
    let digits = first.trim_end_matches('.');
    let dotted = digits.contains('.');
    let sound = !digits.is_empty()
        && digits
            .split('.')
            .all(|part| (1..=2).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit()));
    let capital = text[end..].trim_start().chars().next().is_some_and(char::is_uppercase);
    let section: usize = digits.split('.').next()?.parse().ok()?;
    // `12 recommendations`, `4.2 million` and `10.30 Welcome` are no numbers of paragraphs.
    let likely = if heading {
        Some(digits) == printed || (dotted && section <= sections)
    } else {
        dotted && section <= sections + 2 && section > 0
    };
    (sound && capital && likely).then_some(first)
}

/// Finds sections that consist of paragraphs without numbers among sections that have them.
pub(in crate::check) fn unnumbered(reading: &Reading, log: &Log) {
    let Some(blocks) = numbered(reading) else { return };
    let mut sections: Vec<(bool, Vec<&[Inline]>)> = Vec::new();
    for block in number(blocks, true) {
        match block {
            Numbered::Section { number, .. } => sections.push((number.is_none(), Vec::new())),
            Numbered::Subheading { number: Some(_), .. } | Numbered::Paragraph { .. } => {
                sections.last_mut().into_iter().for_each(|section| section.0 = true);
            }
            Numbered::Under(Block::Paragraph { content, .. }) => {
                sections.last_mut().into_iter().for_each(|section| section.1.push(content));
            }
            _ => {}
        }
    }
    let with = sections.iter().filter(|(has, _)| *has).count();
    for (_, paragraphs) in sections.iter().filter(|(has, paragraphs)| !has && !paragraphs.is_empty()) {
        if with >= 2 {
            let passage = of_parts(paragraphs[0]);
            let finding = Finding::new(
                &TYPED_NUMBER,
                passage.whole(),
                "no paragraph of this section has a number, while those of others have",
            )
            .weighing(Severity::Info)
            .confidence(Confidence::Possible)
            .help("take `{.unnumbered}` away, unless it is meant");
            log.add(finding);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typed_numbers_are_told_from_other_figures() {
        assert_eq!(typed("5.3 The figures rose", false, Some("5.3"), 6), Some("5.3"));
        assert_eq!(typed("2. Background", true, Some("2"), 6), Some("2."));
        assert_eq!(typed("6.1 How is risk managed?", true, None, 6), Some("6.1"));
        for (text, heading) in [
            ("4.2 million pounds", false),
            ("12 Recommendations", true),
            ("10.30 Welcome", false),
            ("2026 Budget", true),
            ("2 Members asked", false),
            ("Figures 2.1", false),
        ] {
            assert_eq!(typed(text, heading, Some("1"), 6), None, "{text}");
        }
    }
}
