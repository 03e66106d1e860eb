//! Types of elements and the map of other names to them (ISO 14289-1, 7.1).

use std::collections::HashSet;

use lopdf::Dictionary;

use super::Tree;
use crate::appended::conformance::faults::{Faults, shown};
use crate::appended::facts::Subject;
use crate::pdf::reader::PdfReader;
use crate::pdf::tags::standard_type;

/// Most names followed from one type to the next.
const HOPS: usize = 64;

/// The role map.
pub(crate) struct Roles<'a> {
    map: Option<&'a Dictionary>,
}

/// The type of an element.
#[derive(Debug, Clone, Default)]
pub(crate) struct Role {
    standard: Option<&'static str>,
    own: Vec<u8>,
    circular: bool,
    remapped: bool,
}

impl Role {
    /// Gives the standard type; empty when there is none.
    pub(crate) fn name(&self) -> &'static str {
        self.standard.unwrap_or_default()
    }

    /// Whether the element is looked through when nesting is judged.
    pub(crate) fn is_transparent(&self) -> bool {
        matches!(self.name(), "NonStruct" | "Div" | "Part")
    }
}

impl<'a> Roles<'a> {
    /// Reads the role map of the root.
    pub(crate) fn read(reader: &PdfReader<'a>, root: &'a Dictionary) -> Self {
        Self { map: reader.dict(root, b"RoleMap") }
    }

    /// Gives the type of an element.
    pub(crate) fn of(&self, reader: &PdfReader<'a>, element: &'a Dictionary) -> Role {
        let own = reader.name(element, b"S").unwrap_or_default();
        let (standard, circular) = self.followed(reader, own);
        let second = standard.and_then(|name| self.followed(reader, name.as_bytes()).0);
        let remapped = standard.is_some()
            && (second != standard || (standard_type(own).is_some() && standard_type(own) != standard));
        Role { standard, own: own.to_vec(), circular, remapped }
    }

    fn next(&self, reader: &PdfReader<'a>, name: &[u8]) -> Option<&'a [u8]> {
        reader.name(self.map?, name)
    }

    fn followed(&self, reader: &PdfReader<'a>, name: &[u8]) -> (Option<&'static str>, bool) {
        let mut seen: HashSet<&[u8]> = HashSet::from([name]);
        let mut found = None;
        let mut next = self.next(reader, name);
        if next.is_none_or(|next| next == name) {
            found = standard_type(name);
        }
        while let Some(name) = next {
            if !seen.insert(name) || seen.len() > HOPS {
                return (found, true);
            }
            found = found.or_else(|| standard_type(name));
            next = self.next(reader, name);
        }
        (found, false)
    }
}

impl Tree<'_> {
    /// Checks the types of all elements.
    pub(super) fn check_roles(&self, faults: &mut Faults) {
        for element in self.elements.iter().filter(|element| element.kept) {
            let role = &element.role;
            let name = shown(&role.own);
            if !element.dict.has(b"P") {
                faults.add_at(Subject::Accessibility, element.page, "a tag does not say what it is part of");
            }
            let fault = if std::str::from_utf8(&role.own).is_err() {
                Some("a tag has a name that cannot be read".to_owned())
            } else if role.circular {
                Some(format!("the tag {name} is explained by itself"))
            } else if role.standard.is_none() {
                Some(format!("the tag {name} is not a standard one, and not explained by one"))
            } else if role.remapped {
                Some(format!("the standard tag {name} is given another meaning"))
            } else {
                None
            };
            if let Some(fault) = fault {
                faults.add_at(Subject::Accessibility, element.page, fault.clone());
                if role.standard.is_none() {
                    faults.add_at(Subject::Unicode, element.page, fault);
                }
            }
        }
    }
}
