//! People and posts, declared once and referred to by id.

use std::collections::BTreeMap;

use super::{Text, Written};
use crate::finding::Place;

/// A person of the registry, or one written out where it is used.
#[derive(Debug, Clone, Default)]
pub struct Person {
    /// Full name, as minutes and authors print it.
    pub name: Text,
    /// Short name, as memberships print it.
    pub short: Option<Text>,
    /// Id of a post, or the post in words.
    pub post: Option<Text>,
    /// E-mail address.
    pub email: Option<Text>,
    /// Telephone number as printed.
    pub phone: Option<Text>,
    /// Whether it stands among the councillors.
    pub councillor: Written<bool>,
    /// Where declared.
    pub place: Place,
}

impl Person {
    /// Gives the name for lists of members.
    pub(crate) fn short_name(&self) -> &str {
        self.short.as_ref().map_or(&self.name.value, |short| &short.value)
    }
}

/// A post that somebody holds.
#[derive(Debug, Clone, Default)]
pub struct Post {
    /// Title as printed.
    pub title: Text,
    /// Id of the person who holds it.
    pub holder: Option<Text>,
    /// Where declared.
    pub place: Place,
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

/// A person in a role: a chair, a co-opted member, an officer of a directorate.
#[derive(Debug, Clone, Default)]
pub struct InRole {
    /// Who.
    pub person: PersonRef,
    /// Role, printed in brackets.
    pub role: Option<Text>,
    /// Post or service, printed behind a comma.
    pub post: Option<Text>,
}
