//! Personal data of private people in what is published. (UK GDPR, article 5.)

use super::passages::{Kind, Passage};
use super::reading::{Reading, Source};
use crate::finding::{Confidence, Finding, Log, Place, Rule, Severity, rules};
use crate::model::text::Block;
use crate::model::visit::Visitor;
use crate::model::{Agenda, Paper, PaperKind};
use crate::personal;
use crate::personal::births::masked;
use crate::personal::emails::Email;
use crate::personal::links::written_to;
use crate::personal::numbers::{Line, masked_insurance};
use crate::personal::offices::is_of_an_office;

mod public;

pub(super) use public::Public;

/// What says that an address is that of a place of work or of the public, not a home.
const PLACES: [&str; 40] = [
    "academy",
    "agent",
    "building",
    "business",
    "café",
    "centre",
    "chapel",
    "church",
    "clinic",
    "college",
    "company",
    "depot",
    "developer",
    "garage",
    "gallery",
    "guildhall",
    "hall",
    "hospital",
    "hotel",
    "library",
    "licence",
    "limited",
    "ltd",
    "market",
    "mosque",
    "museum",
    "nursery",
    "office",
    "plc",
    "practice",
    "premises",
    "pub",
    "restaurant",
    "school",
    "shop",
    "site",
    "station",
    "store",
    "surgery",
    "theatre",
];
/// What says that a person is meant.
const PEOPLE: [&str; 8] = ["mr", "mrs", "ms", "miss", "resident", "tenant", "householder", "neighbour"];
/// What pictures and files of signatures are called.
const SIGNATURES: [&str; 3] = ["signature", "signed", "autograph"];

/// What to do about an e-mail address or a telephone.
const CONTACT_HELP: &str = "take it out, or accept the finding in the paper with the reason; if it belongs to an office, \
                            put it into `public_contacts` in the council's file";

/// Applies the rules about personal data to one agenda or paper.
pub(super) fn reading(reading: &Reading, public: &Public, log: &Log) {
    let own = match reading.source {
        Source::Agenda(Agenda { place, .. }) | Source::Paper(Paper { place, .. }) => place.source,
    };
    let found = Found { reading, public, log };
    for passage in reading.passages.iter().filter(|passage| passage.whole().source == own) {
        found.contacts(passage);
        found.links(passage);
        found.homes(passage);
        found.identities(passage);
        found.children(passage);
    }
    if let Some(paper) = reading.paper() {
        found.signatures(paper);
    }
}

/// One reading whose personal data is recorded.
struct Found<'a> {
    reading: &'a Reading<'a>,
    public: &'a Public,
    log: &'a Log,
}

impl Found<'_> {
    /// Records a finding: what is withheld is not published, and is only told of.
    fn add(&self, rule: &'static Rule, place: Place, message: String, sure: bool, help: &str) {
        let confidence = if sure { Confidence::Likely } else { Confidence::Possible };
        let finding = Finding::new(rule, place, message).confidence(confidence).help(help);
        let withheld = self.reading.withheld;
        self.log.add(if withheld { finding.weighing(Severity::Info) } else { finding });
    }

    /// E-mail addresses and telephones.
    fn contacts(&self, passage: &Passage) {
        let (public, emails): (Vec<_>, Vec<_>) =
            personal::emails(&passage.words).into_iter().partition(|email| self.public.has_email(email));
        for email in emails {
            let private = email.is_of_a_provider();
            if !private && !email.names_a_person() {
                continue;
            }
            let whose = if private { "of a private person" } else { "of somebody outside the council" };
            let message = format!("an e-mail address {whose}: `{}`", email.masked());
            self.add(&rules::PRIVATE_EMAIL, self.reading.place(passage, email.range), message, private, CONTACT_HELP);
        }
        for phone in personal::phones(&passage.words).into_iter().filter(|phone| !self.public.has_phone(phone)) {
            let what = match phone.line {
                Line::Mobile => "a mobile telephone number",
                // The number of somebody whose address may be printed.
                Line::Place if !public.is_empty() || is_of_an_office(&passage.words, &phone.range) => continue,
                Line::Place => "a telephone number that is nobody's in people.yaml",
                Line::Organisation => continue,
            };
            let message = format!("{what}: `{}`", phone.masked());
            let sure = phone.line == Line::Mobile;
            self.add(&rules::PRIVATE_PHONE, self.reading.place(passage, phone.range), message, sure, CONTACT_HELP);
        }
    }

    /// E-mail addresses of links that their words do not show.
    fn links(&self, passage: &Passage) {
        let shown = personal::emails(&passage.words);
        let is_shown =
            |email: &Email| shown.iter().any(|shown| (&shown.local, &shown.domain) == (&email.local, &email.domain));
        for (address, place) in &passage.addresses {
            for email in written_to(address).into_iter().filter(|email| !self.public.has_email(email)) {
                let private = email.is_of_a_provider();
                if is_shown(&email) || !private && !email.names_a_person() {
                    continue;
                }
                let whose = if private { "of a private person" } else { "of somebody outside the council" };
                let message = format!("a link holds an e-mail address {whose}: `{}`", email.masked());
                self.add(&rules::PRIVATE_EMAIL, *place, message, private, CONTACT_HELP);
            }
        }
    }

    /// Addresses of houses, unless something says that nobody lives there.
    fn homes(&self, passage: &Passage) {
        let lower = passage.words.to_lowercase();
        for home in personal::homes(&passage.words) {
            let known = home.postcode.as_deref().is_some_and(|code| self.public.has_postcode(code));
            let place_of_all = !home.lived_in && names_one(&lower, &PLACES);
            if known || place_of_all {
                continue;
            }
            let sure = home.lived_in || names_one(&lower, &PEOPLE);
            let message = format!("an address where somebody may live: `{}`", home.masked(&passage.words));
            let help = "name the street or the ward alone, or accept the finding in the paper with the reason; if it is \
                        the address of an office, put it into `public_contacts` in the council's file";
            self.add(&rules::HOME_ADDRESS, self.reading.place(passage, home.range), message, sure, help);
        }
    }

    /// National Insurance numbers, bank accounts and dates of birth.
    fn identities(&self, passage: &Passage) {
        let at = |range| self.reading.place(passage, range);
        for range in personal::insurances(&passage.words) {
            let message = format!("a National Insurance number: `{}`", masked_insurance(&passage.words[range.clone()]));
            self.add(&rules::IDENTITY, at(range), message, true, "take it out");
        }
        for range in personal::accounts(&passage.words) {
            let message = "a sort code with the number of an account".to_owned();
            self.add(&rules::IDENTITY, at(range), message, false, "take it out, unless it is the council's own");
        }
        for range in personal::births(&passage.words) {
            let message = format!("a date of birth: `{}`", masked(&passage.words, &range));
            self.add(&rules::BIRTH, at(range), message, true, "take it out, or give the age or the year alone");
        }
    }

    /// Children who are named.
    fn children(&self, passage: &Passage) {
        if passage.kind == Kind::Plain {
            return;
        }
        for child in personal::children(&passage.words) {
            if self.public.has_name(&passage.words[child.range.clone()]) {
                continue;
            }
            let message = "a child who may be named".to_owned();
            let help = "leave the name out, or write `Child A`";
            self.add(&rules::CHILD, self.reading.place(passage, child.range), message, child.sure, help);
        }
    }

    /// Pictures and files that show a signature.
    fn signatures(&self, paper: &Paper) {
        const HELP: &str = "leave it out, and print the name alone: a picture of a signature can be copied";
        if let PaperKind::Appended(appended) = &paper.kind {
            let says = says_signature(appended.name()) || says_signature(&appended.title.plain());
            if says {
                let message = format!("`{}` may show a signature", appended.name());
                self.add(
                    &rules::SIGNATURE,
                    paper.place,
                    message,
                    false,
                    "see whether it shows one, and have it removed",
                );
            }
            return;
        }
        let mut pictures = Pictures::default();
        paper.visit(&mut pictures);
        for place in pictures.signatures {
            self.add(&rules::SIGNATURE, place, "a picture of a signature".to_owned(), true, HELP);
        }
    }
}

/// Tells whether words name a signature.
fn says_signature(words: &str) -> bool {
    names_one(&words.to_lowercase(), &SIGNATURES)
}

/// Tells whether one of some words, or its plural, stands in a text in small letters.
fn names_one(lower: &str, words: &[&str]) -> bool {
    let mut parts = lower.split(|char: char| !char.is_alphabetic());
    parts.any(|part| words.contains(&part) || words.contains(&part.strip_suffix('s').unwrap_or(part)))
}

/// Finds pictures whose names or descriptions say that they are signatures.
#[derive(Default)]
struct Pictures {
    signatures: Vec<Place>,
}

impl Pictures {
    fn look(&mut self, blocks: &[Block]) {
        for block in blocks {
            match block {
                Block::Picture { path, alternative, .. } => {
                    let name = path.value.rsplit('/').next().unwrap_or_default();
                    if says_signature(name) || says_signature(&alternative.value) {
                        self.signatures.push(path.place);
                    }
                }
                Block::Quote(inner) => self.look(inner),
                Block::List { items, .. } => items.iter().for_each(|item| self.look(item)),
                _ => {}
            }
        }
    }
}

impl<'a> Visitor<'a> for Pictures {
    fn blocks(&mut self, blocks: &'a [Block]) {
        self.look(blocks);
    }
}

#[cfg(test)]
mod tests {
    use super::says_signature;

    #[test]
    fn signatures_are_told_by_their_names() {
        assert!(
            ["chair-signature.png", "Signature of the Chair", "letter (signed).pdf", "signatures.jpg"]
                .iter()
                .all(|name| says_signature(name))
        );
        assert!(!["design.png", "signage.pdf", "assigned.pdf", "Signatory"].iter().any(|name| says_signature(name)));
    }
}
