//! Reads people, posts and those named in papers.

use super::Context;
use super::fields::{Fields, Read, written};
use super::yaml::record::{self, Record, Slot};
use super::yaml::schema::{self, Definitions, Object, Schema};
use super::yaml::{Field, Node, Value};
use crate::finding::{Finding, Log, Place};
use crate::load::walk::DECLARED_TWICE;
use crate::model::Text;
use crate::model::people::{InRole, Person, PersonRef, Post, Registry};

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

    fn schema(definitions: &mut Definitions) -> Schema {
        schema::any([schema::text(), Person::schema(definitions)])
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
        record::read(node, cx)
    }

    fn schema(definitions: &mut Definitions) -> Schema {
        let written = definitions.refer("PersonInRole", |definitions| {
            let mut object = Object::new(definitions);
            <Person as Record>::declare(&mut object);
            object.may::<Text>("role", "The role, printed in brackets: Chair, co-opted.");
            object.finish(None)
        });
        schema::any([schema::text(), record::schema::<Self>(definitions), written])
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

crate::model::declare::record! {
    /// What one file declares.
    pub(super) struct Declared: "the people" {
        /// Officers and everybody else who is no councillor, each with an id.
        people: ById<Person> as silent,
        /// Councillors, each with an id.
        councillors: ById<Person> as silent,
        /// Posts, each with an id.
        posts: ById<Post> as silent,
    }
}

/// What a file declares of a sort, with the id of each.
#[derive(Debug, Clone)]
pub(super) struct ById<T>(Vec<(Text, T)>);

impl<T> Default for ById<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T: Read> Slot for ById<T> {
    fn ask(fields: &Fields, name: &'static str) -> Self {
        let cx = fields.context();
        let entries = fields.node(name).and_then(|node| Fields::open(node, name, cx));
        let entries = entries.iter().flat_map(Fields::entries);
        let read =
            |field: &Field| Some((Text { value: field.name.clone(), place: field.place }, T::read(&field.node, cx)?));
        Self(entries.filter_map(read).collect())
    }

    fn declare(object: &mut Object, name: &'static str, about: &str) {
        object.by_id::<T>(name, about);
    }
}

/// Takes what a file declares into the registry.
pub(super) fn join(declared: Declared, registry: &mut Registry, log: &Log) {
    let councillor = |(id, person)| (id, Person { councillor: true.into(), ..person });
    for (id, person) in declared.people.0.into_iter().chain(declared.councillors.0.into_iter().map(councillor)) {
        if let Some(first) = registry.people.insert(id.value.clone(), person) {
            log.add(twice("person", &id, first.place));
        }
    }
    for (id, post) in declared.posts.0 {
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
