//! Layers ("optional content"): which do not show when the file is opened on a screen.
//!
//! What does not show is not taken over, as it could be made to show again or be copied out; what
//! shows is taken over without its layer. (ISO 32000-1, 8.11.)

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};

use lopdf::{Dictionary, Document, Object, ObjectId};

use super::{Notes, Subject};
use crate::pdf::objects::{dictionary, get, get_array, get_dictionary, get_name, get_text, resolve};

/// How deep conditions of layers may be nested.
const DEEPEST: u32 = 16;

/// Parts of one condition that are looked at.
const MOST: usize = 10_000;

/// The layers that do not show.
#[derive(Debug, Default)]
pub(super) struct Hidden {
    has_layers: bool,
    layers: BTreeSet<ObjectId>,
    /// Conditions that were asked for, and whether what they are on is hidden.
    known: RefCell<BTreeMap<ObjectId, bool>>,
}

impl Hidden {
    /// Reads which layers of a file are off by default.
    pub(super) fn of(pdf: &Document, notes: &mut Notes) -> Self {
        let Some(properties) = pdf.catalog().ok().and_then(|catalog| get_dictionary(pdf, catalog, b"OCProperties"))
        else {
            return Self::default();
        };
        let ids = |dict: &Dictionary, key: &[u8]| -> Vec<ObjectId> {
            let items = get_array(pdf, dict, key).unwrap_or_default();
            items.iter().filter_map(|item| item.as_reference().ok()).collect()
        };
        let mut layers = BTreeSet::new();
        let all: BTreeSet<ObjectId> = ids(properties, b"OCGs").into_iter().collect();
        if let Some(default) = get_dictionary(pdf, properties, b"D") {
            if get_name(pdf, default, b"BaseState") == Some(b"OFF") {
                layers.extend(&all);
            }
            for on in ids(default, b"ON") {
                layers.remove(&on);
            }
            layers.extend(ids(default, b"OFF"));
            let uses = usages(pdf, default, b"View");
            for (layer, shows) in &uses {
                if *shows {
                    layers.remove(layer);
                } else {
                    layers.insert(*layer);
                }
            }
            // What a layer is meant for decides whether it counts at all.
            layers.retain(|layer| counts(pdf, *layer, default));
            say_other_uses(pdf, default, &all, &layers, &uses, notes);
        }
        if !layers.is_empty() {
            let names = names(pdf, layers.iter());
            let message = match layers.len() {
                1 => format!("a layer of it does not show, and is left out: {names}"),
                number => format!("{number} layers of it do not show, and are left out: {names}"),
            };
            notes.file(Subject::Hidden, message);
        }
        Self { has_layers: true, layers, known: RefCell::default() }
    }

    /// Tells whether the file has no layers.
    pub(super) fn is_empty(&self) -> bool {
        !self.has_layers
    }

    /// Tells whether an object with an `OC` entry does not show.
    pub(super) fn is(&self, pdf: &Document, dict: &Dictionary) -> bool {
        dict.get(b"OC").is_ok_and(|condition| self.is_hidden(pdf, condition))
    }

    /// Tells whether a layer, or a condition over layers, does not show.
    pub(super) fn is_hidden(&self, pdf: &Document, condition: &Object) -> bool {
        let Object::Reference(id) = condition else { return self.hides(pdf, condition) };
        if let Some(known) = self.known.borrow().get(id) {
            return *known;
        }
        let hides = self.layers.contains(id) || self.hides(pdf, condition);
        self.known.borrow_mut().insert(*id, hides);
        hides
    }

    fn hides(&self, pdf: &Document, condition: &Object) -> bool {
        let Some(dict) = dictionary(pdf, condition) else { return false };
        if dict.get(b"Type").and_then(Object::as_name).is_ok_and(|kind| kind != b"OCMD") {
            return false;
        }
        if let Some(expression) = get_array(pdf, dict, b"VE") {
            return !self.holds(pdf, expression, 0, &Cell::new(MOST));
        }
        let members: Vec<ObjectId> = match dict.get(b"OCGs") {
            Ok(Object::Reference(id)) if !matches!(pdf.objects.get(id), Some(Object::Array(_))) => vec![*id],
            Ok(value) => match resolve(pdf, value) {
                Some(Object::Array(items)) => {
                    items.iter().take(MOST).filter_map(|item| item.as_reference().ok()).collect()
                }
                _ => Vec::new(),
            },
            Err(_) => Vec::new(),
        };
        if members.is_empty() {
            return false;
        }
        let on = |id: &ObjectId| !self.layers.contains(id);
        let shows = match get_name(pdf, dict, b"P") {
            Some(b"AllOn") => members.iter().all(on),
            Some(b"AnyOff") => !members.iter().all(on),
            Some(b"AllOff") => !members.iter().any(on),
            _ => members.iter().any(on),
        };
        !shows
    }

    fn holds(&self, pdf: &Document, expression: &[Object], depth: u32, left: &Cell<usize>) -> bool {
        let Some((operator, operands)) = expression.split_first() else { return true };
        if depth > DEEPEST {
            return true;
        }
        let operand = |object: &Object| {
            left.set(left.get().saturating_sub(1));
            match object {
                Object::Reference(id) if self.layers.contains(id) => false,
                _ => match resolve(pdf, object) {
                    Some(Object::Array(inner)) if left.get() > 0 => self.holds(pdf, inner, depth + 1, left),
                    _ => true,
                },
            }
        };
        let operands = &operands[..operands.len().min(left.get())];
        match operator.as_name() {
            Ok(b"And") => operands.iter().all(operand),
            Ok(b"Or") => operands.iter().any(operand),
            Ok(b"Not") => !operands.first().is_some_and(operand),
            _ => true,
        }
    }
}

/// Gives the names of layers, as far as a message holds them.
fn names<'l>(pdf: &Document, layers: impl Iterator<Item = &'l ObjectId>) -> String {
    let name = |id: &ObjectId| get_text(pdf, pdf.get_dictionary(*id).ok()?, b"Name");
    let names: Vec<String> = layers.filter_map(name).take(5).map(|name| format!("“{name}”")).collect();
    names.join(", ")
}

/// Gives, for the layers whose use readers look at on an event, whether they show then. (ISO 32000-1, 8.11.4.4.)
fn usages(pdf: &Document, default: &Dictionary, event: &[u8]) -> BTreeMap<ObjectId, bool> {
    let mut found = BTreeMap::new();
    let applied = get_array(pdf, default, b"AS").unwrap_or_default().iter().filter_map(|item| dictionary(pdf, item));
    for application in applied.filter(|application| get_name(pdf, application, b"Event") == Some(event)) {
        let categories: Vec<&[u8]> = match get(pdf, application, b"Category") {
            Some(Object::Array(names)) => names.iter().filter_map(|name| name.as_name().ok()).collect(),
            Some(Object::Name(name)) => vec![name],
            _ => Vec::new(),
        };
        for layer in get_array(pdf, application, b"OCGs").unwrap_or_default() {
            let Ok(id) = layer.as_reference() else { continue };
            for shows in categories.iter().filter_map(|category| used(pdf, id, category)) {
                *found.entry(id).or_insert(true) &= shows;
            }
        }
    }
    found
}

/// Gives whether a layer says that it shows in one kind of use.
fn used(pdf: &Document, layer: ObjectId, category: &[u8]) -> Option<bool> {
    let usage = get_dictionary(pdf, pdf.get_dictionary(layer).ok()?, b"Usage")?;
    let state: &[u8] = match category {
        b"View" => b"ViewState",
        b"Print" => b"PrintState",
        b"Export" => b"ExportState",
        _ => return None,
    };
    Some(get_name(pdf, get_dictionary(pdf, usage, category)?, state)? != b"OFF")
}

/// Tells whether the way in which a file opens decides on a layer: a layer for designers always shows.
fn counts(pdf: &Document, layer: ObjectId, default: &Dictionary) -> bool {
    let intents = |dict: &Dictionary| -> Vec<Vec<u8>> {
        match get(pdf, dict, b"Intent") {
            Some(Object::Name(name)) => vec![name.clone()],
            Some(Object::Array(items)) => items.iter().filter_map(|item| Some(item.as_name().ok()?.to_vec())).collect(),
            _ => vec![b"View".to_vec()],
        }
    };
    let (wanted, own) = (intents(default), pdf.get_dictionary(layer).map(intents).unwrap_or_default());
    wanted.iter().any(|wanted| wanted == b"All" || own.contains(wanted))
}

/// Says of the layers that show: which readers may leave out, and which are not meant to be printed.
fn say_other_uses(
    pdf: &Document,
    default: &Dictionary,
    all: &BTreeSet<ObjectId>,
    hidden: &BTreeSet<ObjectId>,
    uses: &BTreeMap<ObjectId, bool>,
    notes: &mut Notes,
) {
    let shown = || all.difference(hidden);
    let doubtful: Vec<&ObjectId> =
        shown().filter(|id| !uses.contains_key(id) && used(pdf, **id, b"View") == Some(false)).collect();
    if !doubtful.is_empty() {
        let names = names(pdf, doubtful.into_iter());
        notes.file(Subject::Hidden, format!("some readers show a layer of it and others do not; it stays: {names}"));
    }
    let printed = usages(pdf, default, b"Print");
    let unprinted: Vec<&ObjectId> = shown().filter(|id| printed.get(*id) == Some(&false)).collect();
    if !unprinted.is_empty() {
        let names = names(pdf, unprinted.into_iter());
        notes.file(
            Subject::Hidden,
            format!("a layer of it shows on the screen but is not meant for print; it stays: {names}"),
        );
    }
}
