//! Why a paper is withheld, as the front sheet, the placeholder and the paper itself print it.

use super::content;
use super::literal::Data;
use super::markdown::Writer;
use crate::model::withheld::part_of;
use crate::model::{Text, Withheld};

/// Gives the line under a withheld item on the front sheet.
pub(super) fn exempt_line(withheld: &Withheld, w: &Writer) -> String {
    if let Some(words) = &withheld.taken_back {
        words.clone()
    } else if withheld.paragraphs.is_empty() {
        w.words.phrases.get("confidential-line").to_owned()
    } else {
        by_virtue("exempt-line", withheld, w)
    }
}

/// Fills a phrase about paragraphs, with the singular or plural in the place of "paragraph(s)".
fn by_virtue(phrase: &str, withheld: &Withheld, w: &Writer) -> String {
    let part = withheld.paragraphs.first().map_or(1, |first| part_of(*first)).to_string();
    let words = w.words.phrases.fill(phrase, &[("paragraphs", &paragraphs(withheld, w)), ("part", &part)]);
    words.replace("(s)", if withheld.paragraphs.len() == 1 { "" } else { "s" })
}

fn paragraphs(withheld: &Withheld, w: &Writer) -> String {
    let numbers: Vec<String> = withheld.paragraphs.iter().map(ToString::to_string).collect();
    w.words.phrases.list(&numbers)
}

pub(super) fn descriptions(withheld: &Withheld, w: &Writer) -> Data {
    Data::list(&withheld.paragraphs, |number| {
        let description = w.words.phrases.get(&format!("schedule-12a-{number}")).to_owned();
        content(
            &w.words
                .phrases
                .fill("exempt-description", &[("number", &number.to_string()), ("description", &description)]),
        )
    })
}

pub(super) fn statement(withheld: &Withheld, w: &Writer) -> String {
    if let Some(words) = &withheld.taken_back {
        words.clone()
    } else if withheld.paragraphs.is_empty() {
        w.words.phrases.get("confidential-statement").to_owned()
    } else {
        by_virtue("exempt-statement", withheld, w)
    }
}

pub(super) fn decided_by(withheld: &Withheld, w: &Writer) -> Data {
    Data::option(withheld.decided_by.as_ref(), |by| {
        Writer::text(&Text { value: w.words.post_title(&by.value), place: by.place })
    })
}

/// Gives the grounds as they stand on a withheld paper itself (section 100B(5)).
pub(super) fn grounds(withheld: &Withheld, w: &mut Writer) -> Data {
    let review = withheld.review.map(|date| w.words.phrases.fill("review-on", &[("date", &w.words.day(date))]));
    let short = withheld.taken_back.as_ref().map(|_| w.words.phrases.get("not-for-publication").to_owned());
    Data::fields([
        ("short", Data::option(short, |words| content(&words))),
        ("paragraphs", Data::list(&withheld.paragraphs, |number| Data::Integer(i64::from(*number)))),
        ("marking", content(&statement(withheld, w))),
        ("description", descriptions(withheld, w)),
        ("review", Data::option(review, |review| content(&review))),
    ])
}
