//! Records: sets of fields that the model declares once, read and described alike.

use std::collections::BTreeMap;
use std::ops::Deref;

use super::fields::{Fields, Read, list, written};
use super::schema::{self, Definitions, Object, Schema};
use super::{Context, Field, Node, Value};

/// A set of fields, as `record!` of the model declares it.
pub(crate) trait Record: Sized {
    /// Names it in schemas.
    const NAME: &'static str;
    /// Names it in messages, with its article.
    const WHAT: &'static str;
    /// The field for which a text can stand in place of the record.
    const SHORT: Option<&'static str>;

    /// Reads the fields.
    fn of(fields: &Fields) -> Self;

    /// Describes the fields.
    fn declare(object: &mut Object);
}

/// What the form of a record's fields does not say of it.
pub(crate) trait Checked: Sized {
    /// Looks at what was read, and records what is wrong with it.
    fn checked(self, _fields: &Fields) -> Option<Self> {
        Some(self)
    }

    /// Describes as much of that as a schema can.
    fn refine(_object: &mut Object) {}
}

/// Something that a field can hold: its type says whether the field may be left out.
pub(crate) trait Slot: Sized {
    /// Reads it from the field of this name.
    fn ask(fields: &Fields, name: &'static str) -> Self;

    /// Describes the field.
    fn declare(object: &mut Object, name: &'static str, about: &str);
}

impl<T: Read + Default> Slot for T {
    fn ask(fields: &Fields, name: &'static str) -> Self {
        fields.need(name)
    }

    fn declare(object: &mut Object, name: &'static str, about: &str) {
        object.need::<T>(name, about);
    }
}

impl<T: Read> Slot for Option<T> {
    fn ask(fields: &Fields, name: &'static str) -> Self {
        fields.get(name)
    }

    fn declare(object: &mut Object, name: &'static str, about: &str) {
        object.may::<T>(name, about);
    }
}

impl<T: Read> Slot for Vec<T> {
    fn ask(fields: &Fields, name: &'static str) -> Self {
        fields.list(name)
    }

    fn declare(object: &mut Object, name: &'static str, about: &str) {
        object.list::<T>(name, about);
    }
}

/// A list that says something also when it is empty.
impl<T: Read> Slot for Option<Vec<T>> {
    fn ask(fields: &Fields, name: &'static str) -> Self {
        fields.has(name).then(|| fields.list(name))
    }

    fn declare(object: &mut Object, name: &'static str, about: &str) {
        object.list::<T>(name, about);
    }
}

impl<T: Read> Slot for BTreeMap<String, T> {
    fn ask(fields: &Fields, name: &'static str) -> Self {
        let Some(node) = fields.node(name) else { return Self::new() };
        let (what, cx) = (format!("`{name}`"), fields.context());
        let Some(inner) = Fields::open(node, &what, cx) else { return Self::new() };
        inner.entries().iter().filter_map(|field| Some((field.name.clone(), T::read(&field.node, cx)?))).collect()
    }

    fn declare(object: &mut Object, name: &'static str, about: &str) {
        object.by_id::<T>(name, about);
    }
}

/// A list that must be there.
#[derive(Debug, Clone, Default)]
pub struct Several<T>(pub Vec<T>);

impl<T> Deref for Several<T> {
    type Target = Vec<T>;

    fn deref(&self) -> &Vec<T> {
        &self.0
    }
}

impl<T: Read> Read for Several<T> {
    fn read(node: &Node, cx: Context) -> Option<Self> {
        match node.value {
            Value::Nothing => written(node, "text", cx).map(|_| Self(Vec::new())),
            _ => Some(Self(list(node, cx))),
        }
    }

    fn schema(definitions: &mut Definitions) -> Schema {
        schema::list(T::schema(definitions))
    }
}

/// Reads a record, or the text that stands for it.
pub(crate) fn read<T: Record + Checked>(node: &Node, cx: Context) -> Option<T> {
    let lone;
    let node = match (&node.value, T::SHORT) {
        (Value::Text(_), Some(name)) => {
            let field = Field { name: name.to_owned(), place: node.place, node: node.clone() };
            lone = Node { place: node.place, value: Value::Fields(vec![field]) };
            &lone
        }
        _ => node,
    };
    let fields = Fields::open(node, T::WHAT, cx)?;
    let record = T::of(&fields).checked(&fields);
    fields.close();
    record
}

/// Gives the schema of a record.
pub(crate) fn schema<T: Record>(definitions: &mut Definitions) -> Schema {
    definitions.refer(T::NAME, |definitions| {
        let mut object = Object::new(definitions);
        T::declare(&mut object);
        object.finish(T::SHORT)
    })
}
