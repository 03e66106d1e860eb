//! Takes a YAML tree apart, field by field, recording all that is wrong on the way.

use std::cell::RefCell;

use super::schema::{self, Definitions};
use super::{Context, Field, Node, Value};
use crate::finding::{Finding, Place, did_you_mean};
use crate::yaml::dropped::READ_OTHERWISE;

crate::finding::rule! {
    /// The field is not one of those that this place has. Nothing that is written may be dropped
    /// silently, so a misspelt field stops the build.
    UNKNOWN_FIELD = "M0002", Sources, Error, guarded, "unknown field";
}

crate::finding::rule! {
    /// The field must be there and must not be empty.
    MISSING_FIELD = "M0003", Sources, Error, guarded, "a field is missing";
}

crate::finding::rule! {
    /// A text was found where a list or fields are expected, or the other way round.
    /// Items of a list begin with `- `; fields are written `name: value`.
    WRONG_SHAPE = "M0004", Sources, Error, guarded, "not the shape that is expected";
}

crate::finding::rule! {
    /// The field is written but has no value, so it is as if it were not there. A value that begins with #
    /// must stand in quotes, or it is taken for a note.
    EMPTY_FIELD = "M0023", Sources, Warning, "an empty field";
}

crate::finding::rule! {
    /// The field takes only certain values; the message lists them.
    BAD_VALUE = "M0006", Sources, Error, guarded, "not one of the values allowed";
}

/// Something that can be read from a YAML value.
pub(crate) trait Read: Sized {
    /// Reads the value; records what is wrong and then may give nothing.
    fn read(node: &Node, cx: Context) -> Option<Self>;

    /// Gives the JSON Schema of what is read; what is said there and what `read` takes are one.
    fn schema(definitions: &mut Definitions) -> schema::Schema;

    /// Tells whether the value would print nothing.
    fn is_blank(&self) -> bool {
        false
    }
}

/// The fields of one mapping while they are being read.
pub(crate) struct Fields<'a> {
    cx: Context<'a>,
    what: &'a str,
    node: &'a Node,
    place: Place,
    entries: &'a [Field],
    asked: RefCell<Vec<&'static str>>,
    /// Empty fields that were told of already.
    told: RefCell<Vec<&'static str>>,
    /// Fields that must be there and are not.
    missing: RefCell<Vec<(&'static str, Finding)>>,
}

impl<'a> Fields<'a> {
    /// Opens a mapping; `what` names it in messages ("an agenda item").
    pub(crate) fn open(node: &'a Node, what: &'a str, cx: Context<'a>) -> Option<Self> {
        match &node.value {
            Value::Fields(fields) => {
                let place = fields.first().map_or(node.place, |field| field.place);
                Some(Self {
                    cx,
                    what,
                    node,
                    place,
                    entries: fields,
                    asked: RefCell::default(),
                    told: RefCell::default(),
                    missing: RefCell::default(),
                })
            }
            _ => {
                cx.log.add(
                    Finding::new(
                        &WRONG_SHAPE,
                        node.place,
                        format!("{what} needs fields, but {} stands here", shape(node)),
                    )
                    .help("write `name: value`, each field on a line of its own"),
                );
                None
            }
        }
    }

    /// Gives what is needed while the file is read.
    pub(crate) fn context(&self) -> Context<'a> {
        self.cx
    }

    /// Gives the place from the first byte to the last of all fields.
    pub(crate) fn extent(&self) -> Place {
        self.node.extent()
    }

    /// Gives the place of a field's value, when it is written and not empty.
    pub(crate) fn place_of(&self, name: &'static str) -> Option<Place> {
        self.node(name).map(|node| node.place)
    }

    /// Gives the place of the first field.
    pub(crate) fn place(&self) -> Place {
        self.place
    }

    /// Gives a field's value as it stands, when it is written and not empty.
    pub(crate) fn node(&self, name: &'static str) -> Option<&'a Node> {
        self.asked.borrow_mut().push(name);
        let field = self.entries.iter().find(|field| field.name == name)?;
        if !is_empty(&field.node) {
            return Some(&field.node);
        }
        if !self.told.borrow_mut().contains(&name) {
            self.told.borrow_mut().push(name);
            self.cx.log.add(
                Finding::new(&EMPTY_FIELD, field.place, format!("`{name}` has no value"))
                    .help("write a value, or remove the field; put a value that begins with # in quotes"),
            );
        }
        None
    }

    /// Tells whether a field is written, even when it is empty.
    pub(crate) fn has(&self, name: &'static str) -> bool {
        self.asked.borrow_mut().push(name);
        self.entries.iter().any(|field| field.name == name)
    }

    /// Reads a field that may be left out.
    pub(crate) fn get<T: Read>(&self, name: &'static str) -> Option<T> {
        T::read(self.node(name)?, self.cx)
    }

    /// Reads a field that may stand empty, waiting to be filled.
    pub(crate) fn cell<T: Read>(&self, name: &'static str) -> Option<T> {
        self.told.borrow_mut().push(name);
        self.get(name)
    }

    /// Reads a field that may be left out, with a default.
    pub(crate) fn or_default<T: Read + Default>(&self, name: &'static str) -> T {
        self.get(name).unwrap_or_default()
    }

    /// Reads a field that must be there.
    pub(crate) fn need<T: Read + Default>(&self, name: &'static str) -> T {
        self.told.borrow_mut().push(name);
        if let Some(node) = self.node(name) {
            let before = self.cx.log.count();
            let value = T::read(node, self.cx).unwrap_or_default();
            if value.is_blank() && self.cx.log.count() == before {
                self.cx.log.add(
                    Finding::new(&MISSING_FIELD, node.place, format!("`{name}` of {} prints nothing", self.what))
                        .help("write words that can be seen"),
                );
            }
            return value;
        }
        // A colon or comma in a text has made a field of it: that is the cause, and told by `close`.
        let misread =
            |field: &Field| is_prose(&field.name) || field.name.eq_ignore_ascii_case(name) && field.name != name;
        if self.entries.iter().any(misread) {
            return T::default();
        }
        let place = self.entries.iter().find(|field| field.name == name).map_or(self.place, |field| field.place);
        let missing = Finding::new(&MISSING_FIELD, place, format!("{} has no `{name}`", self.what))
            .help(format!("add `{name}: …`"));
        self.missing.borrow_mut().push((name, missing));
        T::default()
    }

    /// Reads a field that must be there where another one is not.
    pub(crate) fn need_unless<T: Read + Default>(&self, other: &'static str, name: &'static str) -> T {
        if self.node(other).is_some() && !self.has(name) { T::default() } else { self.need(name) }
    }

    /// Reads a list; a single value stands for a list of one.
    pub(crate) fn list<T: Read>(&self, name: &'static str) -> Vec<T> {
        self.node(name).map(|node| listed(node, self.cx)).unwrap_or_default()
    }

    /// Gives all fields of a mapping whose keys are free, such as people by id.
    pub(crate) fn entries(&self) -> &'a [Field] {
        self.asked.borrow_mut().push("*");
        self.entries
    }

    /// Records every field that nobody asked for.
    pub(crate) fn close(self) {
        let asked = self.asked.take();
        if asked.contains(&"*") {
            return;
        }
        for field in self.entries.iter().filter(|field| !asked.contains(&field.name.as_str())) {
            if let Some(finding) = taken_for_field(field, self.cx) {
                self.cx.log.add(finding);
                continue;
            }
            // What is misspelt is not missing as well.
            self.missing.borrow_mut().retain(|(name, _)| did_you_mean(&field.name, [*name]).is_none());
            let message = format!("unknown field `{}` in {}", field.name, self.what);
            let unused = asked.iter().copied().filter(|name| !self.entries.iter().any(|field| field.name == *name));
            let help = did_you_mean(&field.name, unused).unwrap_or_else(|| {
                let mut known = asked.clone();
                known.sort_unstable();
                known.dedup();
                known.retain(|name| *name != "kind");
                format!("the fields here are: {}", known.join(", "))
            });
            self.cx.log.add(Finding::new(&UNKNOWN_FIELD, field.place, message).help(help));
        }
    }
}

/// Tells whether a field's name is rather a piece of text.
fn is_prose(name: &str) -> bool {
    name.contains(|c: char| c.is_whitespace() || c == ':')
}

/// Records a piece of text that a colon or a comma has made a field of.
fn taken_for_field(field: &Field, cx: Context) -> Option<Finding> {
    let name = &field.name;
    if let Some((known, value)) = name.split_once(':').filter(|(known, _)| !is_prose(known)) {
        let message = format!("a space is missing behind `{known}:`");
        return Some(Finding::new(&UNKNOWN_FIELD, field.place, message).help(format!("write `{known}: {value}`")));
    }
    if !is_prose(name) {
        return None;
    }
    let before = cx.text.get(..field.place.start as usize).unwrap_or_default().trim_end();
    if before.ends_with([',', '{']) && matches!(field.node.value, Value::Nothing) {
        let message = format!("`{name}` is taken for a field: a comma ends the value before it inside `{{…}}`");
        let help = "put the whole value with the comma in quotes: \"…\"";
        return Some(Finding::new(&UNKNOWN_FIELD, field.place, message).help(help));
    }
    let message = format!("`{name}` is taken for the name of a field, because of the colon behind it");
    let digits = name.bytes().take_while(u8::is_ascii_digit).count();
    if digits > 0 && [". ", ") "].iter().any(|mark| name[digits..].starts_with(mark)) {
        let help = "begin the entries of a list with `- `, without numbers";
        return Some(Finding::new(&UNKNOWN_FIELD, field.place, message).help(help));
    }
    let whole = cx.text.get(field.place.start as usize..field.node.extent().end as usize).unwrap_or_default();
    let short = whole.len() < 90 && !whole.contains(['"', '\n']);
    let help = if short { format!("put the whole text in quotes: \"{whole}\"") } else { IN_QUOTES.to_owned() };
    Some(Finding::new(&UNKNOWN_FIELD, field.place, message).help(help))
}

const IN_QUOTES: &str = "put the whole text in quotes: \"…\"";

impl Drop for Fields<'_> {
    fn drop(&mut self) {
        self.cx.log.extend(self.missing.take().into_iter().map(|(_, missing)| missing));
    }
}

/// Tells whether a value is several lines below its field, without quotes or `|`, which YAML joins.
fn joins_lines(node: &Node, cx: Context) -> bool {
    let (start, end) = (node.place.start as usize, node.place.end as usize);
    let (Some(before), Some(written)) = (cx.text.get(..start), cx.text.get(start..end)) else { return false };
    let Value::Text(text) = &node.value else { return false };
    let below = before.trim_end_matches([' ', '\t']).ends_with('\n') && before.trim_end().ends_with(':');
    below && !text.contains('\n') && written.trim_end().contains('\n') && !written.starts_with(['"', '\'', '|', '>'])
}

fn is_empty(node: &Node) -> bool {
    match &node.value {
        Value::Nothing => true,
        Value::Text(text) => text.is_empty(),
        _ => false,
    }
}

/// Reads a list that is a field of its own, and warns of lines that were meant as its entries.
pub(crate) fn listed<T: Read>(node: &Node, cx: Context) -> Vec<T> {
    if joins_lines(node, cx) {
        cx.log.add(
            Finding::new(&READ_OTHERWISE, node.place, "these lines are joined to one entry")
                .help("begin each entry of the list with `- `"),
        );
    }
    list(node, cx)
}

/// Reads a list; a single value stands for a list of one.
pub(crate) fn list<T: Read>(node: &Node, cx: Context) -> Vec<T> {
    match &node.value {
        Value::List(items) => items.iter().filter_map(|item| T::read(item, cx)).collect(),
        Value::Nothing => Vec::new(),
        _ => T::read(node, cx).into_iter().collect(),
    }
}

/// Names the shape of a value in messages.
pub(crate) fn shape(node: &Node) -> &'static str {
    match node.value {
        Value::Nothing => "nothing",
        Value::Text(_) => "text",
        Value::List(_) => "a list",
        Value::Fields(_) => "a set of fields",
    }
}

/// Gives the text of a value, or records that something else stands there.
pub(crate) fn written<'a>(node: &'a Node, what: &str, cx: Context) -> Option<&'a str> {
    match &node.value {
        Value::Text(text) => Some(text),
        value => {
            if let Value::Fields(fields) = value
                && let Some(finding) = fields.first().and_then(|field| taken_for_field(field, cx))
            {
                cx.log.add(finding);
                return None;
            }
            let in_brackets = cx.text.get(node.place.start as usize..).is_some_and(|text| text.starts_with(['[', '{']));
            let help = if in_brackets {
                "put text that begins with a bracket in quotes: \"[…] …\""
            } else {
                "write the text on one line, or behind `|` on the lines below"
            };
            let message = format!("{what} is expected, but {} stands here", shape(node));
            cx.log.add(Finding::new(&WRONG_SHAPE, node.place, message).help(help));
            None
        }
    }
}

/// Reads one of several words.
pub(crate) fn one_of<T: Copy>(node: &Node, words: &[(&'static str, T)], cx: Context) -> Option<T> {
    let word = written(node, "a word", cx)?;
    if let Some((_, value)) = words.iter().find(|(name, _)| *name == word) {
        return Some(*value);
    }
    let names: Vec<&str> = words.iter().map(|(name, _)| *name).collect();
    let help =
        did_you_mean(word, names.iter().copied()).unwrap_or_else(|| format!("write one of: {}", names.join(", ")));
    cx.log.add(
        Finding::new(&BAD_VALUE, node.place, format!("`{word}` is not one of the values allowed here")).help(help),
    );
    None
}
