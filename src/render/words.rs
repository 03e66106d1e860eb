//! Names, dates and fixed words as a pack prints them.

use chrono::NaiveDate;

use crate::compose::Pack;
use crate::layouts::Phrases;
use crate::model::dates::When;
use crate::model::people::{InRole, Person, PersonRef};
use crate::model::text::{Inline, Target, typographic};
use crate::model::{Line, Text};

/// What is needed for printing names and dates.
#[derive(Clone, Copy)]
pub(crate) struct Words<'a> {
    /// The pack, for its people, bodies and labels.
    pub(crate) pack: &'a Pack<'a>,
    /// Fixed words.
    pub(crate) phrases: &'a Phrases,
}

impl Words<'_> {
    /// Prints a date without the day of the week.
    pub(crate) fn day(&self, date: NaiveDate) -> String {
        self.pack.workspace.council.formats.day.print(date)
    }

    /// Prints a date with the day of the week.
    pub(crate) fn date(&self, date: NaiveDate) -> String {
        self.pack.workspace.council.formats.date.print(date)
    }

    /// Prints the day of issue.
    pub(crate) fn issued(&self, date: NaiveDate) -> String {
        let formats = &self.pack.workspace.council.formats;
        formats.issued.as_ref().unwrap_or(&formats.date).print(date)
    }

    /// Prints the date of a briefing note.
    pub(crate) fn note_date(&self, date: NaiveDate) -> String {
        let formats = &self.pack.workspace.council.formats;
        formats.briefing_note.as_ref().unwrap_or(&formats.day).print(date)
    }

    /// Prints the date of a meeting in a work programme.
    pub(crate) fn programme_date(&self, date: NaiveDate) -> String {
        let formats = &self.pack.workspace.council.formats;
        formats.work_programme.as_ref().unwrap_or(&formats.day).print(date)
    }

    /// Prints a date short.
    pub(crate) fn compact(&self, date: NaiveDate) -> String {
        self.pack.workspace.council.formats.compact.print(date)
    }

    /// Prints a date with its time, when it has one.
    pub(crate) fn when(&self, when: When) -> String {
        let date = self.date(when.date());
        if !when.has_time {
            return date;
        }
        let time = self.pack.workspace.council.formats.time.print(when.time());
        self.phrases.fill("when", &[("time", &time), ("date", &date)])
    }

    /// Gives a declared person's name.
    pub(crate) fn person_name(&self, id: &str) -> String {
        let person = self.pack.workspace.people.people.get(id);
        person.map_or_else(|| id.to_owned(), |person| typographic(&person.name.value))
    }

    /// Gives the person that a reference means: declared, or the words as a name.
    pub(crate) fn person(&self, reference: &PersonRef) -> Person {
        match reference {
            PersonRef::Written(person) => (**person).clone(),
            PersonRef::Named(text) => match self.pack.workspace.people.people.get(&text.value) {
                Some(person) => person.clone(),
                None => Person { name: text.clone(), place: text.place, ..Person::default() },
            },
        }
    }

    /// Gives a post's title, or the words themselves.
    pub(crate) fn post_title(&self, post: &str) -> String {
        typographic(self.pack.workspace.people.post_title(post))
    }

    /// Gives a body's name, or the words themselves.
    pub(crate) fn body_name(&self, body: &str) -> String {
        typographic(self.pack.workspace.bodies.get(body).map_or(body, |body| &body.name.value))
    }

    /// Gives a line that may be nothing but the id of a person or post as their name.
    pub(crate) fn line_or_name(&self, line: &Line) -> Line {
        let [Inline::Text(text)] = &line.content[..] else { return line.clone() };
        let people = &self.pack.workspace.people;
        let target = if people.people.contains_key(&text.value) {
            Target::Person(text.value.clone())
        } else if people.posts.contains_key(&text.value) {
            Target::Post(text.value.clone())
        } else {
            return line.clone();
        };
        Line { content: vec![Inline::link(target, Vec::new(), text.place)], place: line.place }
    }

    /// Prints a person with the role in brackets.
    pub(crate) fn in_role(&self, member: &InRole, short: bool) -> Text {
        let person = self.person(&member.person);
        let name = if short { bare_name(&person) } else { &person.name.value };
        let name = match &member.role {
            Some(role) => self.phrases.fill("with-role", &[("name", name), ("role", &role.value)]),
            None => name.to_owned(),
        };
        let name = match &member.post {
            Some(post) => self.phrases.fill("with-post", &[("name", &name), ("post", &self.post_title(&post.value))]),
            None => name,
        };
        Text { value: typographic(&name), place: member.person.place() }
    }

    /// Prints names in a list, in their short form without the title of councillor.
    pub(crate) fn names(&self, people: &[PersonRef]) -> String {
        let names: Vec<String> =
            people.iter().map(|reference| typographic(bare_name(&self.person(reference)))).collect();
        self.phrases.list(&names)
    }
}

/// Gives a name for a list that begins with "Councillors".
fn bare_name(person: &Person) -> &str {
    let name = person.short_name();
    name.strip_prefix("Councillor ").unwrap_or(name)
}
