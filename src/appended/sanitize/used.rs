//! Which resources contents use. Only those are taken over: files keep one list for all pages, and
//! what is shown on pages that are not wanted must not come along.

use std::collections::BTreeSet;

use lopdf::{Dictionary, Document, Object, ObjectId, Stream};

use crate::pdf::content::{Operand, Operation, operations};
use crate::pdf::objects::{get_dictionary, get_name, resolve};
use crate::pdf::streams;

/// Lists of resources whose entries contents name (ISO 32000-1, 7.8.3).
const LISTS: [&[u8]; 7] = [b"Font", b"XObject", b"ExtGState", b"Shading", b"ColorSpace", b"Pattern", b"Properties"];

/// Forms within forms that take their resources from the page.
const DEEPEST: u32 = 8;

/// Names of resources that contents use, by list.
#[derive(Debug, Default)]
pub(super) struct Used {
    names: BTreeSet<(&'static [u8], Vec<u8>)>,
    /// Whether anything may use anything.
    all: bool,
}

impl Used {
    /// Gives what contents use.
    pub(super) fn of(bytes: &[u8]) -> Self {
        let mut used = Self::default();
        operations(bytes).for_each(|operation| used.note(&operation));
        used
    }

    /// Takes note of what an operation uses.
    pub(super) fn note(&mut self, operation: &Operation) {
        let list: &'static [u8] = match operation.operator {
            b"Tf" => b"Font",
            b"Do" => b"XObject",
            b"gs" => b"ExtGState",
            b"sh" => b"Shading",
            b"cs" | b"CS" | b"BI" => b"ColorSpace",
            b"scn" | b"SCN" => b"Pattern",
            b"BDC" | b"DP" => b"Properties",
            _ => return,
        };
        let name = match (operation.operator, &operation.operands[..]) {
            (b"BI", [image]) => image.get(b"CS").or_else(|| image.get(b"ColorSpace")).and_then(Operand::name),
            (b"BDC" | b"DP", [_, property]) => property.name(),
            (b"scn" | b"SCN", [.., last]) => last.name(),
            (_, [first, ..]) => first.name(),
            _ => None,
        };
        if let Some(name) = name {
            self.names.insert((list, name.to_vec()));
        }
    }

    /// Gives the names in a list that are used, that resources have, and that lead to nothing in the file.
    pub(super) fn lost(&self, pdf: &Document, resources: &Dictionary, list: &[u8]) -> Vec<Vec<u8>> {
        let Some(entries) = get_dictionary(pdf, resources, list) else { return Vec::new() };
        let is_lost =
            |name: &Vec<u8>| matches!(entries.get(name), Ok(Object::Reference(id)) if !pdf.objects.contains_key(id));
        let names = self.names.iter().filter(|(other, _)| *other == list).map(|(_, name)| name);
        names.filter(|name| is_lost(name)).cloned().collect()
    }

    /// Adds what forms and glyphs use that have no resources of their own.
    pub(super) fn follow(&mut self, pdf: &Document, resources: &Dictionary) {
        self.follow_to(pdf, resources, &mut BTreeSet::new(), 0);
    }

    fn follow_to(&mut self, pdf: &Document, resources: &Dictionary, seen: &mut BTreeSet<ObjectId>, depth: u32) {
        let named = |list: &[u8]| -> Vec<&Object> {
            let Some(entries) = get_dictionary(pdf, resources, list) else { return Vec::new() };
            let names = self.names.iter().filter(|(other, _)| *other == list);
            names.filter_map(|(_, name)| entries.get(name).ok()).collect()
        };
        let glyphs = |font: &&Object| {
            let dict = crate::pdf::objects::dictionary(pdf, font);
            dict.is_some_and(|dict| get_name(pdf, dict, b"Subtype") == Some(b"Type3") && !dict.has(b"Resources"))
        };
        let all = named(b"Font").iter().any(glyphs);
        let mut forms: Vec<&Stream> = Vec::new();
        for object in named(b"XObject") {
            if object.as_reference().is_ok_and(|id| !seen.insert(id)) {
                continue;
            }
            if let Some(Object::Stream(stream)) = resolve(pdf, object)
                && get_name(pdf, &stream.dict, b"Subtype") == Some(b"Form")
                && !stream.dict.has(b"Resources")
            {
                forms.push(stream);
            }
        }
        self.all |= all || (depth >= DEEPEST && !forms.is_empty());
        if self.all || forms.is_empty() {
            return;
        }
        for form in forms {
            match streams::decode(pdf, form) {
                Some(bytes) => operations(&bytes).for_each(|operation| self.note(&operation)),
                None => self.all = true,
            }
        }
        self.follow_to(pdf, resources, seen, depth + 1);
    }

    /// Gives resources with the entries that are used.
    pub(super) fn prune(&self, pdf: &Document, resources: &Dictionary) -> Dictionary {
        if self.all {
            return resources.clone();
        }
        let mut kept = Dictionary::new();
        for (key, value) in resources {
            let Some(list) = LISTS.into_iter().find(|list| list == key) else {
                kept.set(key.clone(), value.clone());
                continue;
            };
            let Some(Object::Dictionary(entries)) = resolve(pdf, value) else { continue };
            let mut own = Dictionary::new();
            let names = self.names.iter().filter(|(other, _)| *other == list).map(|(_, name)| name);
            let usual: &[&[u8]] =
                if list == b"ColorSpace" { &[b"DefaultGray", b"DefaultRGB", b"DefaultCMYK"] } else { &[] };
            for name in names.map(Vec::as_slice).chain(usual.iter().copied()) {
                if let Ok(entry) = entries.get(name) {
                    own.set(name.to_vec(), entry.clone());
                }
            }
            if !own.is_empty() {
                kept.set(key.clone(), Object::Dictionary(own));
            }
        }
        kept
    }
}

#[cfg(test)]
mod tests {
    use lopdf::{Document, Object, dictionary};

    use super::Used;

    #[test]
    fn keeps_what_is_used() {
        let resources = dictionary! {
            "Font" => dictionary! { "F1" => 1, "F2" => 2 },
            "XObject" => dictionary! { "Im1" => 1, "Im2" => 2 },
            "ColorSpace" => dictionary! { "DefaultRGB" => 1, "C1" => 2 },
            "ProcSet" => Object::Array(Vec::new()),
        };
        let used = Used::of(b"/F2 12 Tf /Im1 Do /P1 scn /OC /Off BDC EMC");
        let kept = used.prune(&Document::new(), &resources);
        let names = |list: &[u8]| -> Vec<String> {
            let dict = kept.get(list).and_then(Object::as_dict).expect("a list");
            dict.iter().map(|(name, _)| String::from_utf8_lossy(name).into_owned()).collect()
        };
        assert_eq!(names(b"Font"), ["F2"]);
        assert_eq!(names(b"XObject"), ["Im1"]);
        assert_eq!(names(b"ColorSpace"), ["DefaultRGB"]);
        assert!(kept.has(b"ProcSet"));
    }
}
