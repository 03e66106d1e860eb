//! What is read, as JSON Schema (draft 7, from which editors complete).

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::fields::Read;

/// A schema, or a part of one.
pub(crate) type Schema = Value;

/// Records that are used in more than one place, each written down once.
#[derive(Default)]
pub(crate) struct Definitions(BTreeMap<&'static str, Schema>);

impl Definitions {
    /// Gives a reference to a record, which is written down when it is first asked for.
    pub(crate) fn refer(&mut self, name: &'static str, make: impl FnOnce(&mut Self) -> Schema) -> Schema {
        if !self.0.contains_key(name) {
            // A record may hold itself.
            self.0.insert(name, Value::Null);
            let made = make(self);
            self.0.insert(name, made);
        }
        json!({ "$ref": format!("#/definitions/{name}") })
    }
}

/// The fields of a record while its schema is made.
pub(crate) struct Object<'a> {
    definitions: &'a mut Definitions,
    properties: Map<String, Schema>,
    required: Vec<&'static str>,
    either: Vec<Schema>,
}

impl<'a> Object<'a> {
    /// Begins a record without fields.
    pub(crate) fn new(definitions: &'a mut Definitions) -> Self {
        Self { definitions, properties: Map::new(), required: Vec::new(), either: Vec::new() }
    }

    /// Adds a field that may be left out.
    pub(crate) fn may<T: Read>(&mut self, name: &'static str, about: &str) {
        let schema = T::schema(self.definitions);
        self.put(name, schema, about);
    }

    /// Adds a field that must be there.
    pub(crate) fn need<T: Read>(&mut self, name: &'static str, about: &str) {
        self.may::<T>(name, about);
        self.require(name);
    }

    /// Adds a field that is a list, or one entry of it.
    pub(crate) fn list<T: Read>(&mut self, name: &'static str, about: &str) {
        let schema = list(T::schema(self.definitions));
        self.put(name, schema, about);
    }

    /// Adds a field that holds records by their ids.
    pub(crate) fn by_id<T: Read>(&mut self, name: &'static str, about: &str) {
        let schema = by_id(&T::schema(self.definitions));
        self.put(name, schema, about);
    }

    /// Adds a field that holds a value for each of some words.
    pub(crate) fn of_each<T: Read>(&mut self, name: &'static str, words: &[&str], about: &str) {
        let schema = of_each(&T::schema(self.definitions), words);
        self.put(name, schema, about);
    }

    /// Adds a field with a schema of its own.
    pub(crate) fn put(&mut self, name: &'static str, mut schema: Schema, about: &str) {
        not_empty(&mut schema);
        if let (Some(schema), false) = (schema.as_object_mut(), about.is_empty()) {
            schema.insert("description".to_owned(), about.trim().into());
        }
        self.properties.insert(name.to_owned(), schema);
    }

    /// Gives the schema of a record that stands in one place only.
    pub(crate) fn record(&mut self, short: Option<&str>, make: impl FnOnce(&mut Object)) -> Schema {
        let mut object = Object::new(self.definitions);
        make(&mut object);
        object.finish(short)
    }

    /// Puts a narrower schema in the place of a field's.
    pub(crate) fn narrow(&mut self, name: &'static str, schema: Schema) {
        let about = self.properties.get(name).and_then(|schema| schema["description"].as_str()).map(str::to_owned);
        self.put(name, schema, &about.unwrap_or_default());
    }

    /// Bounds the numbers that a field takes.
    pub(crate) fn within(&mut self, name: &str, least: u32, most: u32) {
        if let Some(schema) = self.properties.get_mut(name) {
            schema["minimum"] = least.into();
            schema["maximum"] = most.into();
        }
    }

    /// Lets a field stand empty.
    pub(crate) fn or_nothing(&mut self, name: &'static str) {
        if let Some(schema) = self.properties.get_mut(name) {
            let about = schema.get("description").cloned();
            *schema = json!({ "anyOf": [{ "enum": [null, ""] }, schema.take()], "description": about });
        }
    }

    /// Wants at least one of some fields.
    pub(crate) fn either(&mut self, names: &[&'static str]) {
        self.required.retain(|name| !names.contains(name));
        self.either.push(names.iter().map(|name| json!({ "required": [name] })).collect());
    }

    /// Wants a field, and something in it that can be seen.
    pub(crate) fn require(&mut self, name: &'static str) {
        if let Some(schema) = self.properties.get_mut(name).filter(|schema| schema.get("minLength").is_some()) {
            schema["pattern"] = "\\S".into();
        }
        self.required.push(name);
    }

    /// Takes some words out of those that a field takes.
    pub(crate) fn except(&mut self, name: &str, words: &Value) {
        if let Some(schema) = self.properties.get_mut(name) {
            schema["not"] = json!({ "enum": words });
        }
    }

    /// Ends the record; with a short form, a text in its place stands for that field.
    pub(crate) fn finish(self, short: Option<&str>) -> Schema {
        let mut lone = short.and_then(|short| self.properties.get(short)).cloned();
        lone.as_mut().and_then(Value::as_object_mut).map(|lone| lone.remove("description"));
        let mut object = json!({ "type": "object", "additionalProperties": false, "properties": self.properties });
        if !self.required.is_empty() {
            object["required"] = self.required.into();
        }
        match <[Schema; 1]>::try_from(self.either) {
            Ok([either]) => object["anyOf"] = either,
            Err(several) if several.is_empty() => {}
            Err(several) => {
                object["allOf"] = several.into_iter().map(|either| json!({ "anyOf": either })).collect();
            }
        }
        match lone {
            Some(lone) => any([lone, object]),
            None => object,
        }
    }
}

/// Refuses empty text, which is as if the field were not there.
fn not_empty(schema: &mut Schema) {
    let takes_text = schema["type"].as_array().is_some_and(|types| types.contains(&"string".into()));
    if takes_text && schema.get("pattern").is_none() {
        schema["minLength"] = 1.into();
    }
    schema.get_mut("anyOf").and_then(Value::as_array_mut).into_iter().flatten().for_each(not_empty);
}

/// Gives the schema of a whole file.
pub(crate) fn file(title: &str, make: impl FnOnce(&mut Object)) -> Schema {
    let mut definitions = Definitions::default();
    let mut object = Object::new(&mut definitions);
    make(&mut object);
    let mut schema = object.finish(None);
    schema["$schema"] = "http://json-schema.org/draft-07/schema#".into();
    schema["title"] = title.into();
    schema["definitions"] = definitions.0.into_iter().map(|(name, made)| (name.to_owned(), made)).collect();
    schema
}

/// Takes text of any form: what YAML takes for a number or a truth value is text here.
pub(crate) fn text() -> Schema {
    json!({ "type": ["string", "number", "boolean"] })
}

/// Takes text of a form that YAML may take for a number.
pub(crate) fn pattern(pattern: &str) -> Schema {
    json!({ "type": ["string", "number"], "pattern": pattern })
}

/// Takes one word.
pub(crate) fn only(word: &str) -> Schema {
    json!({ "const": word })
}

/// Takes one of several words.
pub(crate) fn words<'a>(words: impl IntoIterator<Item = &'a str>) -> Schema {
    json!({ "enum": words.into_iter().collect::<Vec<_>>() })
}

/// Takes a whole number, also in quotes.
pub(crate) fn whole(least: u32, most: u32) -> Schema {
    json!({ "type": ["integer", "string"], "pattern": "^[+]?[0-9]+$", "minimum": least, "maximum": most })
}

/// Takes what any of several schemas takes.
pub(crate) fn any(schemas: impl IntoIterator<Item = Schema>) -> Schema {
    json!({ "anyOf": schemas.into_iter().collect::<Vec<_>>() })
}

/// Takes a list, or one entry of it.
pub(crate) fn list(entry: Schema) -> Schema {
    let array = json!({ "type": "array", "items": entry });
    any([entry, array])
}

/// Takes values by ids that the writer is free to choose.
pub(crate) fn by_id(value: &Schema) -> Schema {
    json!({ "type": "object", "additionalProperties": value })
}

/// Takes a value for each of some words.
pub(crate) fn of_each(value: &Schema, words: &[&str]) -> Schema {
    let each: Map<String, Schema> = words.iter().map(|word| ((*word).to_owned(), value.clone())).collect();
    json!({ "type": "object", "additionalProperties": false, "properties": each })
}
