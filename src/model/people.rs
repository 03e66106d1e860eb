//! People and posts, declared once and referred to by id.

use std::collections::BTreeMap;

use super::declare::record;
use super::{Text, Written};
use crate::finding::Place;

record! {
    /// A person of the registry, or one written out where it is used.
    pub struct Person: "a person" {
        /// The full name, as minutes and authors print it.
        name: Text,
        /// The name as memberships, requisitions and recorded votes print it; the full name when left out.
        short: Option<Text>,
        /// The id of a post, or the post in words.
        post: Option<Text> as post,
        /// E-mail address.
        email: Option<Text>,
        /// Telephone number, as printed.
        phone: Option<Text>,
    }
    besides |read| {
        /// Whether it stands among the councillors.
        councillor: Written<bool> = false.into(),
        /// Where declared.
        place: Place = read.place(),
    }
}

impl Person {
    /// Gives the name for lists of members.
    pub(crate) fn short_name(&self) -> &str {
        self.short.as_ref().map_or(&self.name.value, |short| &short.value)
    }
}

record! {
    /// A post that somebody holds.
    pub struct Post: "a post" or "title" {
        /// The title, as printed.
        title: Text,
        /// The id of the person who holds it.
        holder: Option<Text> as silent,
    }
    besides |read| {
        /// Where declared.
        place: Place = read.place(),
    }
}

/// All people and posts.
#[derive(Debug, Clone, Default)]
pub struct Registry {
    /// People by id.
    pub people: BTreeMap<String, Person>,
    /// Posts by id.
    pub posts: BTreeMap<String, Post>,
}

impl PersonRef {
    /// Gives where it stands.
    pub(crate) fn place(&self) -> Place {
        match self {
            Self::Named(text) => text.place,
            Self::Written(person) => person.place,
        }
    }

    /// Gives where the id or the name stands.
    pub(crate) fn name_place(&self) -> Place {
        match self {
            Self::Named(text) => text.place,
            Self::Written(person) => person.name.place,
        }
    }
}

impl Registry {
    /// Gives the person that a reference means.
    pub(crate) fn person<'a>(&'a self, reference: &'a PersonRef) -> &'a Person {
        match reference {
            PersonRef::Written(person) => person,
            PersonRef::Named(text) => self.people.get(&text.value).unwrap_or(const { &Person::EMPTY }),
        }
    }

    /// Gives a person's full name: declared, written out, or the words that stand for it.
    pub(crate) fn name_of<'a>(&'a self, reference: &'a PersonRef) -> &'a str {
        match reference {
            PersonRef::Named(text) if !self.people.contains_key(&text.value) => &text.value,
            _ => &self.person(reference).name.value,
        }
    }

    /// Gives the title of a post by id, or the words themselves.
    pub(crate) fn post_title<'a>(&'a self, post: &'a str) -> &'a str {
        self.posts.get(post).map_or(post, |post| &post.title.value)
    }
}

impl Person {
    const EMPTY: Self = Self {
        name: Text { value: String::new(), place: Place { source: 0, start: 0, end: 0 } },
        short: None,
        post: None,
        email: None,
        phone: None,
        councillor: Written::new(false),
        place: Place { source: 0, start: 0, end: 0 },
    };
}

/// Somebody named in a paper.
#[derive(Debug, Clone)]
pub enum PersonRef {
    /// By the id of the registry.
    Named(Text),
    /// Written out.
    Written(Box<Person>),
}

impl Default for PersonRef {
    fn default() -> Self {
        Self::Written(Box::default())
    }
}

record! {
    /// A person in a role: a chair, a co-opted member, an officer of a directorate.
    pub struct InRole: "a person in a role" [own] {
        /// The id of a person, or a name.
        person: PersonRef,
        /// The role, printed in brackets: Chair, co-opted.
        role: Option<Text>,
        /// The post or service, printed behind a comma.
        post: Option<Text> as post,
    }
}
