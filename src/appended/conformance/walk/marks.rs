//! Marked content: what is tagged, what is decoration, and what is neither (ISO 14289-1, 7.1).

use lopdf::{Dictionary, Object};

use super::{Stage, Walker};
use crate::appended::conformance::tree::is_language;
use crate::appended::facts::Subject;
use crate::pdf::content::Operand;
use crate::pdf::reader::dict_of;

/// What content stands within.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
#[allow(clippy::struct_excessive_bools)]
pub(crate) struct Marks {
    /// Whether it must be tagged at all.
    real: bool,
    tagged: bool,
    artifact: bool,
    /// Whether other text stands for it.
    pub(crate) replaced: bool,
}

impl Marks {
    /// Begins a page.
    pub(crate) fn page(tagged: bool) -> Self {
        Self { real: tagged, ..Self::default() }
    }

    /// What patterns, masks and annotations are drawn within, which need no tags.
    pub(crate) fn unreal() -> Self {
        Self::default()
    }

    /// What the drawings of glyphs stand within.
    pub(crate) fn within_glyph(self) -> Self {
        Self { replaced: self.replaced, ..Self::default() }
    }
}

/// What matters of the properties of marked content.
#[derive(Default)]
struct Properties {
    number: Option<i64>,
    replaced: bool,
    language: Option<Vec<u8>>,
}

impl<'a> Walker<'_, 'a> {
    /// Opens or closes marked content.
    pub(super) fn mark(&mut self, stage: &mut Stage<'a>, operator: &[u8], operands: &[Operand]) {
        if operator == b"EMC" {
            stage.marks.pop();
            return;
        }
        let with = operator == b"BDC";
        let mut marks = stage.current();
        let properties = if with { self.properties(stage, operands.last()) } else { Properties::default() };
        marks.replaced |= properties.replaced;
        if let Some(language) = properties.language.filter(|language| !is_language(language)) {
            let message = "the language of a text is given in a way that is not known";
            self.faults.accessibility(message);
            if !language.is_empty() {
                self.faults.add(Subject::Unicode, message);
            }
        }
        let element = properties.number.and_then(|number| self.tree?.element_of(stage.owner, number));
        if let Some(element) = element {
            marks.tagged = true;
            marks.replaced |= element.replaced;
        }
        let place = operands.len().checked_sub(if with { 2 } else { 1 });
        let tag = place.and_then(|place| operands.get(place)).and_then(Operand::name).unwrap_or_default();
        if tag == b"Artifact" {
            if marks.real && marks.tagged {
                self.faults.accessibility("content is marked as decoration within tagged content");
            }
            marks.artifact = true;
        } else if marks.real && marks.tagged && marks.artifact {
            self.faults.accessibility("tagged content stands within content that is marked as decoration");
        }
        if stage.marks.len() < 4096 {
            stage.marks.push(marks);
        } else {
            self.too_large();
        }
    }

    /// Notes that something is drawn, which must be tagged or be marked as decoration.
    pub(super) fn item(&mut self, stage: &Stage<'a>) {
        let marks = stage.current();
        if marks.real && !marks.tagged && !marks.artifact {
            self.faults.accessibility("it has content that is neither tagged nor marked as decoration");
        }
    }

    fn properties(&mut self, stage: &Stage<'a>, operand: Option<&Operand>) -> Properties {
        match operand {
            Some(dict @ Operand::Dictionary(_)) => {
                #[allow(clippy::cast_possible_truncation)]
                let number = dict.get(b"MCID").and_then(Operand::number).map(|number| number as i64);
                let language = match dict.get(b"Lang") {
                    Some(Operand::String(language)) => Some(language.clone()),
                    _ => None,
                };
                Properties { number, replaced: matches!(dict.get(b"ActualText"), Some(Operand::String(_))), language }
            }
            Some(Operand::Name(name)) => {
                let object = stage.scope.find(self.reader, &mut self.faults, b"Properties", name);
                object.and_then(dict_of).map(|dict| self.named(dict)).unwrap_or_default()
            }
            _ => Properties::default(),
        }
    }

    fn named(&self, dict: &'a Dictionary) -> Properties {
        Properties {
            number: self.reader.int(dict, b"MCID"),
            replaced: matches!(self.reader.key(dict, b"ActualText"), Some(Object::String(..))),
            language: self.reader.text(dict, b"Lang").map(<[u8]>::to_vec),
        }
    }
}

impl Stage<'_> {
    /// What content stands within at this point.
    pub(super) fn current(&self) -> Marks {
        self.marks.last().copied().unwrap_or(self.outer)
    }
}
