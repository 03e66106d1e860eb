//! Interests that members declared in a matter, as minutes print them.

use super::Job;
use crate::finding::Place;
use crate::model::minutes::{Bar, Interest};
use crate::model::text::{Attributes, Block, Inline, typographic};
use crate::model::{Prose, Text};

/// Gives a paragraph for each interest: who declared what, and whether the member left.
pub(super) fn declared(job: &Job, interests: &[Interest]) -> Prose {
    let paragraph = |interest: &Interest| {
        let place = interest.person.place();
        let text = Text { value: sentence(job, interest), place };
        Block::Paragraph { attributes: Attributes::default(), content: vec![Inline::Text(text)], place }
    };
    Prose { blocks: interests.iter().map(paragraph).collect(), place: Place::default() }
}

fn sentence(job: &Job, interest: &Interest) -> String {
    let name = typographic(&job.words().person(&interest.person).name.value);
    let key = match interest.bar() {
        Some(Bar::Pecuniary) => "interest-pecuniary",
        Some(Bar::Prejudicial) => "interest-prejudicial",
        None => "interest",
    };
    let mut words = match &interest.nature {
        Some(nature) => {
            let nature = typographic(nature.value.trim().trim_end_matches('.'));
            job.phrases.fill(&format!("{key}-nature"), &[("name", &name), ("nature", &nature)])
        }
        None => job.phrases.fill(key, &[("name", &name)]),
    };
    if let Some(left) = interest.left {
        words.push(' ');
        words.push_str(job.phrases.get(if left { "interest-left" } else { "interest-stayed" }));
    }
    words
}
