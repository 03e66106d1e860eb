//! The resources that a content stream may name (ISO 19005-2, 6.2.2).

use lopdf::{Dictionary, Object};

use super::faults::{Faults, shown};
use crate::pdf::reader::{PdfReader, place};

/// Resources of a content stream.
#[derive(Clone, Copy)]
pub(crate) struct Scope<'a> {
    dict: Option<&'a Dictionary>,
    inherited: bool,
}

impl<'a> Scope<'a> {
    /// Takes the resources of a page.
    pub(crate) fn page(dict: Option<&'a Dictionary>) -> Self {
        Self { dict, inherited: false }
    }

    /// Takes the resources of a form, pattern or font within this stream.
    pub(crate) fn within(&self, dict: Option<&'a Dictionary>) -> Self {
        match dict {
            Some(_) => Self { dict, inherited: false },
            None => Self { dict: self.dict, inherited: true },
        }
    }

    /// Tells these resources from all others.
    pub(crate) fn place(&self) -> usize {
        self.dict.map_or(0, place) ^ usize::from(self.inherited)
    }

    /// Gives a resource, without complaint when there is none.
    pub(crate) fn own(&self, reader: &PdfReader<'a>, kind: &[u8], name: &[u8]) -> Option<&'a Object> {
        if self.inherited {
            return None;
        }
        reader.key(reader.dict(self.dict?, kind)?, name)
    }

    /// Gives a resource; complains when there is none, or when it is not that of the stream itself.
    pub(crate) fn find(
        &self,
        reader: &PdfReader<'a>,
        faults: &mut Faults,
        kind: &[u8],
        name: &[u8],
    ) -> Option<&'a Object> {
        let found = self.dict.and_then(|dict| reader.dict(dict, kind)).and_then(|dict| reader.key(dict, name));
        if found.is_none() && kind != b"Properties" {
            faults.archiving(format!("its content names something that is not in the file ({})", shown(name)));
        } else if found.is_some() && self.inherited {
            faults.archiving("a drawing within a page uses fonts, pictures or colours without declaring them");
        }
        found
    }
}
