//! People as authors, contacts and in tables.

use super::Job;
use super::literal::Data;
use super::markdown::plain_content;
use super::words::Words;
use crate::model::Text;
use crate::model::people::PersonRef;
use crate::model::text::typographic;

/// Gives several people.
pub(super) fn people(job: &Job, references: &[PersonRef]) -> Data {
    Data::list(references, |reference| person(job, reference))
}

/// Gives a person with the post and ways to reach them.
pub(super) fn person(job: &Job, reference: &PersonRef) -> Data {
    let words = job.words();
    let person = words.person(reference);
    let text = |text: &Text| Data::Text(typographic(&text.value), text.place);
    let post = person.post.as_ref().map(|post| Data::Text(words.post_title(&post.value), post.place));
    Data::fields([
        ("name", text(&person.name)),
        ("post", post.unwrap_or(Data::None)),
        ("phone", Data::option(person.phone.as_ref(), text)),
        ("email", Data::option(person.email.as_ref(), Data::text)),
    ])
}

/// Gives a person named in a list, as content at its place.
pub(super) fn named(reference: &PersonRef, words: &Words) -> Data {
    let person = words.person(reference);
    plain_content(&person.name.value, reference.place())
}
