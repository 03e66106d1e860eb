//! Addresses of a page's links, of which the page itself shows nothing.

use std::collections::BTreeSet;

use lopdf::{Document, Object, ObjectId};

use crate::pdf::objects::{get_array, get_dictionary, get_text, resolve};
use crate::personal;
use crate::personal::links::{Inside, inside, written_to};

/// What a link gives away.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Tells {
    /// An e-mail address, masked, and whether it is at a provider for private persons.
    Email(String, bool),
    /// The host of an address that is not for everybody, and why it is not.
    Inside(String, Inside),
}

/// Gives what the links of a page give away that its text does not show.
pub(crate) fn told(pdf: &Document, page: ObjectId, text: &str) -> BTreeSet<Tells> {
    let Ok(page) = pdf.get_dictionary(page) else { return BTreeSet::new() };
    let shown: Vec<String> =
        personal::emails(text).into_iter().map(|email| format!("{}@{}", email.local, email.domain)).collect();
    let address = |item: &Object| match resolve(pdf, item)? {
        Object::Dictionary(link) => get_text(pdf, get_dictionary(pdf, link, b"A")?, b"URI"),
        _ => None,
    };
    let mut told = BTreeSet::new();
    for address in get_array(pdf, page, b"Annots").unwrap_or_default().iter().filter_map(address) {
        for email in written_to(&address) {
            let private = email.is_of_a_provider();
            let of_a_person = private || (email.names_a_person() && !email.is_of_a_public_body());
            if of_a_person && !shown.contains(&format!("{}@{}", email.local, email.domain)) {
                told.insert(Tells::Email(email.masked(), private));
            }
        }
        told.extend(inside(&address).map(|(host, why)| Tells::Inside(host, why)));
    }
    told
}
