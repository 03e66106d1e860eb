//! What may be printed of people: what the council says of those in its service, and its own addresses.

use std::collections::{BTreeSet, HashSet};

use crate::check::passages::Gather;
use crate::model::people::{Person, PersonRef};
use crate::model::visit::{Visit, Visitor};
use crate::model::{Text, Workspace};
use crate::personal;
use crate::personal::emails::{Email, is_below};
use crate::personal::numbers::Phone;

/// Contacts and names that may be printed.
#[derive(Default)]
pub(in crate::check) struct Public {
    /// In small letters.
    emails: HashSet<String>,
    /// The council's own.
    domains: BTreeSet<String>,
    /// Digits as dialled within the country.
    phones: HashSet<String>,
    /// In capitals, without spaces.
    postcodes: HashSet<String>,
    /// In small letters.
    names: Vec<String>,
}

impl Public {
    /// Gathers it from a workspace: people.yaml and the people written out elsewhere, what the council and its bodies
    /// print on every front sheet, where they meet, and the council's list.
    pub(in crate::check) fn of(workspace: &Workspace) -> Self {
        let mut public = Self::default();
        let council = &workspace.council;
        let mut gather = Gather::default();
        council.visit(&mut gather);
        workspace.bodies.values().for_each(|body| body.visit(&mut gather));
        gather.passages.iter().for_each(|passage| public.add_all(&passage.words));
        for place in workspace.meetings.values().filter_map(|agenda| agenda.meeting_place.as_ref()) {
            public.add_all(&place.plain());
        }
        council.website.iter().for_each(|website| public.add_domain(host(&website.value)));
        workspace.people.people.values().for_each(|person| {
            public.add_person(person);
            person.email.iter().for_each(|email| public.add_domain_of(&email.value));
        });
        workspace.bodies.values().for_each(|body| body.visit(&mut public));
        workspace.meetings.values().for_each(|agenda| agenda.visit(&mut public));
        workspace.papers.values().for_each(|paper| paper.visit(&mut public));
        council.public_contacts.iter().for_each(|text| public.add_all(&text.value));
        public
    }

    fn add_all(&mut self, text: &str) {
        self.emails.extend(personal::emails(text).iter().map(full));
        self.phones.extend(personal::phones(text).into_iter().map(|phone| phone.digits));
        let codes = personal::postcodes(text).into_iter().map(|range| text[range].replace(' ', ""));
        self.postcodes.extend(codes);
    }

    fn add_person(&mut self, person: &Person) {
        let contacts: [&Option<Text>; 2] = [&person.email, &person.phone];
        contacts.into_iter().flatten().for_each(|text| self.add_all(&text.value));
        self.names.push(person.name.value.to_lowercase());
    }

    fn add_domain_of(&mut self, email: &str) {
        for email in personal::emails(email).into_iter().filter(|email| !email.is_of_a_provider()) {
            self.domains.insert(email.domain);
        }
    }

    fn add_domain(&mut self, host: &str) {
        if host.contains('.') {
            self.domains.insert(host.to_ascii_lowercase());
        }
    }

    /// Tells whether an address may be printed: a known one, one of the council's own, or of a public body.
    pub(super) fn has_email(&self, email: &Email) -> bool {
        self.emails.contains(&full(email))
            || self.domains.iter().any(|domain| is_below(&email.domain, domain))
            || email.is_of_a_public_body()
    }

    /// Tells whether a number may be printed.
    pub(super) fn has_phone(&self, phone: &Phone) -> bool {
        self.phones.contains(&phone.digits)
    }

    /// Tells whether a postcode, in capitals and without its space, is that of a place of the council.
    pub(super) fn has_postcode(&self, code: &str) -> bool {
        self.postcodes.contains(code)
    }

    /// Tells whether a name is that of somebody whom the council names itself.
    pub(super) fn has_name(&self, name: &str) -> bool {
        let name = name.to_lowercase();
        self.names.iter().any(|known| known.contains(&name))
    }
}

impl<'a> Visitor<'a> for Public {
    fn person(&mut self, person: &'a PersonRef) {
        if let PersonRef::Written(person) = person {
            self.add_person(person);
        }
    }
}

fn full(email: &Email) -> String {
    format!("{}@{}", email.local, email.domain)
}

/// Gives the host of a web address, without `www`.
fn host(address: &str) -> &str {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    let host = rest.split(['/', ':', '?']).next().unwrap_or_default();
    host.strip_prefix("www.").unwrap_or(host)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Council;

    fn public() -> Public {
        let text = |value: &str| Text { value: value.into(), ..Text::default() };
        let council = Council {
            website: Some(text("https://www.aldermere.example/meetings")),
            address: Some(text("Guildhall, Aldermere AD1 2GH")),
            public_contacts: vec![text("jo@gmail.com"), text("07700 900 123"), text("9 Mill Lane, AD3 4XY")],
            ..Council::default()
        };
        let mut workspace = Workspace { council, ..Workspace::default() };
        let moss = Person { name: text("Jenny Moss"), phone: Some(text("01632 960 100")), ..Person::default() };
        workspace.people.people.insert("moss".into(), moss);
        Public::of(&workspace)
    }

    #[test]
    fn what_the_council_prints_itself_is_public() {
        let public = public();
        let email = |text| public.has_email(&personal::emails(text)[0]);
        assert!(
            ["JO@gmail.com", "a.b@aldermere.example", "c@m.aldermere.example", "d@x.gov.uk"]
                .iter()
                .all(|text| email(text))
        );
        assert!(!email("ann@gmail.com") && !email("a.b@notaldermere.example"));
        assert!(public.has_phone(&personal::phones("+44 1632 960100")[0]));
        assert!(public.has_phone(&personal::phones("07700 900123")[0]));
        assert!(public.has_postcode("AD12GH") && public.has_postcode("AD34XY") && !public.has_postcode("AD34XZ"));
        assert!(public.has_name("Moss") && !public.has_name("Emma"));
    }
}
