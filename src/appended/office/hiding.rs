//! What a Word document hides: by a style, by a run, by the settings of a shape or a row.

use std::collections::BTreeMap;

use super::package::Package;
use super::xml::{Met, Tag};

/// How many styles may be based on each other.
const DEEPEST: usize = 32;

/// The styles of a document by whether they hide text.
#[derive(Debug, Default)]
pub(crate) struct Styles {
    /// What a style says itself, and what it is based on.
    styles: BTreeMap<String, (Option<bool>, Option<String>)>,
}

impl Styles {
    /// Reads the styles that a document's main part refers to.
    pub(crate) fn of(package: &mut Package, main: &str) -> Self {
        let mut found = Self::default();
        for link in package.relations(main).iter().filter(|link| link.kind == "styles") {
            let mut id = String::new();
            package.walk(&link.target, |open, met| found.meet(&mut id, open, met));
        }
        found
    }

    fn meet(&mut self, id: &mut String, open: &[Tag], met: Met) {
        let (Some(tag), Met::Open) = (open.last(), met) else { return };
        match (tag.name.as_str(), open) {
            ("style", _) => {
                tag.get("styleId").unwrap_or_default().clone_into(id);
                self.styles.entry(id.clone()).or_default();
            }
            ("basedOn", [.., style, _]) if style.name == "style" => {
                self.styles.entry(id.clone()).or_default().1 = tag.get("val").map(str::to_owned);
            }
            ("vanish", [.., style, properties, _]) if style.name == "style" && properties.name == "rPr" => {
                self.styles.entry(id.clone()).or_default().0 = Some(tag.is_on());
            }
            _ => {}
        }
    }

    /// Tells whether the style that a tag such as `w:pStyle` names hides text.
    pub(crate) fn hide(&self, tag: &Tag) -> bool {
        let mut id = tag.get("val");
        for _ in 0..DEEPEST {
            let Some((own, base)) = id.and_then(|id| self.styles.get(id)) else { return false };
            if let Some(own) = own {
                return *own;
            }
            id = base.as_deref();
        }
        false
    }
}

/// Follows whether the run that is open is hidden.
#[derive(Debug, Default)]
pub(crate) struct Run {
    /// Whether each paragraph that is open hides its text.
    paragraphs: Vec<bool>,
    /// Whether it is.
    pub(crate) hidden: bool,
}

impl Run {
    /// Takes note of a tag that opens.
    pub(crate) fn open(&mut self, open: &[Tag], styles: &Styles) {
        let Some(tag) = open.last() else { return };
        match tag.name.as_str() {
            "p" => self.paragraphs.push(false),
            "pStyle" => {
                if let Some(paragraph) = self.paragraphs.last_mut() {
                    *paragraph = styles.hide(tag);
                }
            }
            "r" => self.hidden = self.paragraphs.last().copied().unwrap_or_default(),
            "rStyle" if within_run(open) => self.hidden |= styles.hide(tag),
            "vanish" if within_run(open) => self.hidden = tag.is_on(),
            _ => {}
        }
    }

    /// Takes note of a paragraph that ends, which may stand within another.
    pub(crate) fn end_paragraph(&mut self) {
        self.paragraphs.pop();
    }
}

/// Tells whether the last tag says something of a run of text, not of a paragraph's end or a change.
fn within_run(open: &[Tag]) -> bool {
    matches!(open, [.., run, properties, _] if properties.name == "rPr" && run.name == "r")
}

/// Tells whether a shape is hidden by its settings: of DrawingML, or of VML in its style.
pub(crate) fn is_hidden_shape(tag: &Tag) -> bool {
    match tag.name.as_str() {
        "docPr" | "cNvPr" => matches!(tag.get("hidden"), Some("1" | "true" | "on")),
        "shape" | "rect" | "oval" | "line" | "group" | "roundrect" | "polyline" | "arc" | "curve" | "image" => {
            let style = tag.get("style").unwrap_or_default();
            style.split(';').any(|rule| {
                rule.split_once(':').is_some_and(|(name, value)| {
                    name.trim().eq_ignore_ascii_case("visibility") && value.trim().eq_ignore_ascii_case("hidden")
                })
            })
        }
        _ => false,
    }
}
