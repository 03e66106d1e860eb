//! How much a drawing grows when its parts are drawn wherever others name them: by `use`, and as patterns, masks and
//! clips. Counted before the typesetter's reader writes it all out.

use std::collections::HashMap;

use roxmltree::{Node, NodeId};

use super::{MOST_LETTERS, Unusable, XLINK, names};

/// Elements that a drawing may have, those that are used again counted each time.
const MOST_ELEMENTS: u64 = 1_000_000;
/// Elements that may lie inside each other or name each other in a row.
const DEEPEST: usize = 1_000;

/// Refuses a drawing that grows beyond measure.
pub(super) fn bounded(root: Node) -> Result<(), Unusable> {
    let ids = root.descendants().filter_map(|node| Some((node.attribute("id")?, node))).collect();
    let count = Counter { ids, known: HashMap::new() }.count(root, 1)?;
    if count.elements > MOST_ELEMENTS {
        return Err(Unusable::TooMuch("a million elements or more, each counted as often as it is drawn".into()));
    }
    if count.letters > MOST_LETTERS as u64 {
        return Err(Unusable::TooMuch("100,000 letters or more, each counted as often as it is drawn".into()));
    }
    Ok(())
}

#[derive(Clone, Copy, Default)]
struct Count {
    elements: u64,
    letters: u64,
}

impl Count {
    fn add(&mut self, other: Self, times: u64) {
        self.elements = self.elements.saturating_add(other.elements.saturating_mul(times));
        self.letters = self.letters.saturating_add(other.letters.saturating_mul(times));
    }
}

struct Counter<'d> {
    ids: HashMap<&'d str, Node<'d, 'd>>,
    /// What was counted before; nothing of those in which the count is now.
    known: HashMap<NodeId, Count>,
}

impl<'d> Counter<'d> {
    fn count(&mut self, node: Node<'d, 'd>, depth: usize) -> Result<Count, Unusable> {
        if depth > DEEPEST {
            return Err(Unusable::TooMuch("elements too deep inside each other".into()));
        }
        if let Some(known) = self.known.get(&node.id()) {
            return Ok(*known);
        }
        self.known.insert(node.id(), Count::default());
        let mut count = Count { elements: 1, letters: 0 };
        for child in node.children() {
            if child.is_element() {
                count.add(self.count(child, depth + 1)?, 1);
            } else if names::holds_text(node.tag_name().name()) {
                count.letters += child.text().map_or(0, |text| text.len() as u64);
            }
        }
        let below = count.elements;
        for (id, is_inherited) in named(node) {
            let Some(target) = self.ids.get(id).copied() else { continue };
            // Each shape of a group has its own paint; what has no shapes costs nothing.
            let times = if is_inherited { below } else { 1 };
            if !matches!(target.tag_name().name(), "linearGradient" | "radialGradient" | "filter") {
                count.add(self.count(target, depth + 1)?, times);
            }
        }
        self.known.insert(node.id(), count);
        Ok(count)
    }
}

/// Gives the ids that an element names, and whether all shapes in it name them too.
fn named<'d>(node: Node<'d, 'd>) -> Vec<(&'d str, bool)> {
    let href = node.attribute("href").or_else(|| node.attribute((XLINK, "href")));
    let mut named: Vec<_> =
        href.and_then(|href| href.trim().strip_prefix('#')).map(|id| (id, false)).into_iter().collect();
    for attribute in node.attributes() {
        let mut before = attribute.name();
        for part in attribute.value().split(';') {
            let (property, value) = part.split_once(':').unwrap_or((before, part));
            before = property;
            let is_inherited = ["fill", "stroke", "marker"].iter().any(|paint| property.trim().starts_with(paint));
            let ids = value.split("url(").skip(1).filter_map(|rest| rest.split(')').next());
            let ids = ids.map(|id| id.trim_matches([' ', '"', '\'']).trim_start_matches('#'));
            named.extend(ids.map(|id| (id, is_inherited)));
        }
    }
    named
}
