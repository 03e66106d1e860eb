//! Reads people, posts and those named in papers.

use super::Context;
use super::fields::{Fields, Read, written};
use super::yaml::{Field, Node, Value};
use crate::finding::{Finding, Log, Place};
use crate::load::walk::DECLARED_TWICE;
use crate::model::Text;
use crate::model::people::{InRole, Person, PersonRef, Post, Registry};

impl Read for Person {
    fn read(node: &Node, cx: Context) -> Option<Self> {
        let fields = Fields::open(node, "a person", cx)?;
        let person = Self {
            name: fields.need("name"),
            short: fields.get("short"),
            post: fields.get("post"),
            email: fields.get("email"),
            phone: fields.get("phone"),
            councillor: false.into(),
            place: fields.place(),
        };
        fields.close();
        Some(person)
    }
}

impl Read for Post {
    fn read(node: &Node, cx: Context) -> Option<Self> {
        if let Value::Text(_) = node.value {
            return Some(Self { title: Text::read(node, cx)?, holder: None, place: node.place });
        }
        let fields = Fields::open(node, "a post", cx)?;
        let post = Self { title: fields.need("title"), holder: fields.get("holder"), place: fields.place() };
        fields.close();
        Some(post)
    }
}

impl Read for PersonRef {
    fn read(node: &Node, cx: Context) -> Option<Self> {
        match &node.value {
            Value::Fields(_) => Some(Self::Written(Box::new(Person::read(node, cx)?))),
            _ => {
                let value = written(node, "a person", cx)?.to_owned();
                Some(Self::Named(Text { value, place: node.place }))
            }
        }
    }
}

impl Read for InRole {
    fn read(node: &Node, cx: Context) -> Option<Self> {
        let Value::Fields(fields) = &node.value else {
            return Some(Self { person: PersonRef::read(node, cx)?, role: None, post: None });
        };
        if !fields.iter().any(|field| field.name == "person") {
            return written_in_role(node, fields, cx);
        }
        let fields = Fields::open(node, "a person in a role", cx)?;
        let in_role = Self { person: fields.need("person"), role: fields.get("role"), post: fields.get("post") };
        fields.close();
        Some(in_role)
    }
}

/// Reads somebody who is given by fields rather than by an id, with a role or post among them that is printed here.
fn written_in_role(node: &Node, fields: &[Field], cx: Context) -> Option<InRole> {
    let is_here = |field: &&Field| matches!(field.name.as_str(), "role" | "post");
    let (here, own): (Vec<&Field>, Vec<&Field>) = fields.iter().partition(is_here);
    let own = Node { place: node.place, value: Value::Fields(own.into_iter().cloned().collect()) };
    let read = |name: &str| here.iter().find(|field| field.name == name).and_then(|field| Text::read(&field.node, cx));
    Some(InRole { person: PersonRef::read(&own, cx)?, role: read("role"), post: read("post") })
}

/// What one file declares, with the id of each.
#[derive(Default)]
pub(super) struct Declared {
    people: Vec<(Text, Person)>,
    posts: Vec<(Text, Post)>,
}

/// Reads a file of `kind: people`.
pub(super) fn read(fields: &Fields, cx: Context) -> Declared {
    let mut people = each(fields, "people", cx);
    let councillor = |(id, person)| (id, Person { councillor: true.into(), ..person });
    people.extend(each(fields, "councillors", cx).into_iter().map(councillor));
    Declared { people, posts: each(fields, "posts", cx) }
}

fn each<T: Read>(fields: &Fields, what: &'static str, cx: Context) -> Vec<(Text, T)> {
    let entries = fields.node(what).and_then(|node| Fields::open(node, what, cx));
    let entries = entries.iter().flat_map(Fields::entries);
    let read =
        |field: &Field| Some((Text { value: field.name.clone(), place: field.place }, T::read(&field.node, cx)?));
    entries.filter_map(read).collect()
}

/// Takes what a file declares into the registry.
pub(super) fn join(declared: Declared, registry: &mut Registry, log: &Log) {
    for (id, person) in declared.people {
        if let Some(first) = registry.people.insert(id.value.clone(), person) {
            log.add(twice("person", &id, first.place));
        }
    }
    for (id, post) in declared.posts {
        if let Some(first) = registry.posts.insert(id.value.clone(), post) {
            log.add(twice("post", &id, first.place));
        }
    }
}

fn twice(what: &str, id: &Text, first: Place) -> Finding {
    Finding::new(&DECLARED_TWICE, id.place, format!("{what} `{}` is declared twice", id.value))
        .also(first, "first declared here")
        .help("keep one, or give the other its own id")
}
