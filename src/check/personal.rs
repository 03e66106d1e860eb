//! Personal data of private people in what is published. (UK GDPR, article 5.)

use super::passages::{Kind, Passage};
use super::reading::{Reading, Source};
use crate::finding::{Confidence, Finding, Log, Place, Rule, Severity};
use crate::model::text::Block;
use crate::model::visit::{Visit, Visitor};
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

crate::finding::rule! {
    /// A paper prints an e-mail address at a provider where private people have theirs, or one that names somebody
    /// outside the council. Those of people.yaml, of the council's own domain, of public bodies (.gov.uk, .nhs.uk,
    /// .police.uk and the like) and of offices (`info@`) are left alone. Take it out, withhold the paper, or ask
    /// whether it may be printed and accept the finding in the paper with the reason. An address that belongs to
    /// an office goes into `public_contacts` in the council's file, which lets all papers print it. (Rule DP2.)
    PRIVATE_EMAIL = "D0001", PersonalData, Warning, gate, "an e-mail address of a private person";
    "UK GDPR, article 5(1)(c): no more personal data than is needed"
}

crate::finding::rule! {
    /// A paper prints a mobile number, or the number of a place that is nobody's in people.yaml nor on the front
    /// sheets. Numbers that begin with 03, 08 or 09 belong to organisations and are left alone, and so are
    /// those of services, switchboards and offices. Take it out, or accept the finding in the paper with the
    /// reason. A number that belongs to an office goes into `public_contacts` in the council's file, which lets
    /// all papers print it. (Rule DP2.)
    PRIVATE_PHONE = "D0002", PersonalData, Warning, gate, "a telephone number of a private person";
    "UK GDPR, article 5(1)(c): no more personal data than is needed"
}

crate::finding::rule! {
    /// A paper gives a house number and street with a postcode, puts one to the name of somebody (`Mrs Ward of 14
    /// Harbour Street`), or says where somebody lives. Addresses of places
    /// of work, and those of the council and where it meets, are left alone. Name the street or the ward alone.
    /// Accept the finding in the paper where the address is what the paper is about. The address of an office goes
    /// into `public_contacts` in the council's file, which lets all papers print it. (Rule DP2.)
    HOME_ADDRESS = "D0003", PersonalData, Warning, gate, "an address where somebody may live";
    "UK GDPR, article 5(1)(c): no more personal data than is needed"
}

crate::finding::rule! {
    /// What stands there lets others take somebody's place. It is never needed in a paper for a meeting: take it
    /// out. (Rule DP2.)
    IDENTITY = "D0004", PersonalData, Warning, gate, "a National Insurance number or a bank account";
    "UK GDPR, article 5(1)(c) and (f): no more than is needed, and kept secure"
}

crate::finding::rule! {
    /// A full date of birth helps others to take somebody's place. Give the age or the year, if anything. (Rule DP2.)
    BIRTH = "D0005", PersonalData, Warning, gate, "a date of birth";
    "UK GDPR, article 5(1)(c): no more personal data than is needed"
}

crate::finding::rule! {
    /// A picture, or an appended file, is named or described as a signature or as signed. A picture of a signature
    /// can be copied onto anything. Print the name alone. Of files, see whether they show a signature; if so,
    /// have it removed, or accept the finding. (Rule DP2.)
    SIGNATURE = "D0006", PersonalData, Warning, "a signature";
    "UK GDPR, article 5(1)(c) and (f): no more than is needed, and kept secure"
}

crate::finding::rule! {
    /// The words around a name say that it is a child's: `his daughter Emma`, `Tom Ward, aged 9`, `the nine-year-old
    /// Emma`. Children merit specific protection. Leave the name out, or write `Child A`. (Rule DP2.)
    CHILD = "D0007", PersonalData, Warning, "a child who may be named";
    "UK GDPR, recital 38 and article 5(1)(c)"
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
            self.add(&PRIVATE_EMAIL, self.reading.place(passage, email.range), message, private, CONTACT_HELP);
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
            self.add(&PRIVATE_PHONE, self.reading.place(passage, phone.range), message, sure, CONTACT_HELP);
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
                self.add(&PRIVATE_EMAIL, *place, message, private, CONTACT_HELP);
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
            self.add(&HOME_ADDRESS, self.reading.place(passage, home.range), message, sure, help);
        }
    }

    /// National Insurance numbers, bank accounts and dates of birth.
    fn identities(&self, passage: &Passage) {
        let at = |range| self.reading.place(passage, range);
        for range in personal::insurances(&passage.words) {
            let message = format!("a National Insurance number: `{}`", masked_insurance(&passage.words[range.clone()]));
            self.add(&IDENTITY, at(range), message, true, "take it out");
        }
        for range in personal::accounts(&passage.words) {
            let message = "a sort code with the number of an account".to_owned();
            self.add(&IDENTITY, at(range), message, false, "take it out, unless it is the council's own");
        }
        for range in personal::births(&passage.words) {
            let message = format!("a date of birth: `{}`", masked(&passage.words, &range));
            self.add(&BIRTH, at(range), message, true, "take it out, or give the age or the year alone");
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
            self.add(&CHILD, self.reading.place(passage, child.range), message, child.sure, help);
        }
    }

    /// Pictures and files that show a signature.
    fn signatures(&self, paper: &Paper) {
        const HELP: &str = "leave it out, and print the name alone: a picture of a signature can be copied";
        if let PaperKind::Appended(appended) = &paper.kind {
            let says = says_signature(appended.name()) || says_signature(&appended.title.plain());
            if says {
                let message = format!("`{}` may show a signature", appended.name());
                self.add(&SIGNATURE, paper.place, message, false, "see whether it shows one, and have it removed");
            }
            return;
        }
        let mut pictures = Pictures::default();
        paper.visit(&mut pictures);
        for place in pictures.signatures {
            self.add(&SIGNATURE, place, "a picture of a signature".to_owned(), true, HELP);
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
