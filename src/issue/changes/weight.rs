//! How much changes weigh: whether what was given notice of is still what will be done.
//!
//! Public notice is of time and place, and an item is considered only when the agenda that has it was open for five
//! clear days (Local Government Act 1972, sections 100A(6) and 100B(3) and (4)). A late paper to an item of the agenda
//! does not touch that; nor does an item that is withdrawn, or taken earlier or later, since nobody was without notice
//! of what is considered.

use serde::{Deserialize, Serialize};

use super::{Changes, DocumentKind, Fact, ItemChange, ItemKind};

/// How much a change weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Weight {
    /// A correction, a withdrawal, another order, a late paper to an item of the agenda, another membership.
    Minor,
    /// Other business, or another time or place: the notice must be checked again.
    Major,
}

/// What makes changes weigh as they do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Reason {
    /// How much it weighs.
    pub weight: Weight,
    /// The reason in words.
    pub words: String,
    /// Number of the item that it is about.
    #[serde(skip)]
    pub item: Option<String>,
}

/// Gives the reasons, the heaviest first.
pub(super) fn reasons(changes: &Changes) -> Vec<Reason> {
    let mut reasons: Vec<Reason> = Vec::new();
    let mut add = |weight, words: String| reasons.push(Reason { weight, words, item: None });
    for change in &changes.facts {
        match change.fact {
            Fact::Title => add(Weight::Minor, "the meeting has another title".into()),
            Fact::Date => add(Weight::Major, "the meeting has another date".into()),
            Fact::Time => add(Weight::Major, "the meeting has another time".into()),
            Fact::Place => add(Weight::Major, "the meeting has another place".into()),
            Fact::Status => {
                let status = change.new.as_deref().unwrap_or_default();
                add(Weight::Major, format!("the meeting is {status}"));
            }
        }
    }
    of_documents(changes, &mut add);
    if !changes.joined.is_empty() || !changes.left.is_empty() {
        add(Weight::Minor, "the membership is another".into());
    }
    let of_items = changes.items.iter().flat_map(|item| item.kinds.iter().filter_map(|kind| of_item(item, *kind)));
    let at = changes.facts.len();
    reasons.splice(at..at, of_items);
    reasons.sort_by_key(|reason| std::cmp::Reverse(reason.weight));
    reasons
}

fn of_item(change: &ItemChange, kind: ItemKind) -> Option<Reason> {
    let number = &change.item.number;
    let (weight, words) = match kind {
        ItemKind::Added => (Weight::Major, format!("item {number} is new")),
        ItemKind::Withdrawn => (Weight::Minor, format!("item {number} is withdrawn")),
        ItemKind::Reinstated => (Weight::Major, format!("item {number} is not withdrawn any more")),
        ItemKind::Retitled => (Weight::Major, format!("item {number} has another title")),
        ItemKind::Moved => (Weight::Minor, format!("item {number} stands elsewhere in the order")),
        ItemKind::Private => (Weight::Major, format!("item {number} has become private")),
        ItemKind::Public => (Weight::Major, format!("item {number} has become public")),
        ItemKind::ToFollow => (Weight::Minor, format!("papers of item {number} are to follow")),
        ItemKind::Followed => (Weight::Minor, format!("nothing of item {number} is to follow any more")),
        // It follows from another change.
        ItemKind::Renumbered => return None,
    };
    // What is withdrawn is not considered, whatever else became of it.
    let weight = if change.kinds.contains(&ItemKind::Withdrawn) { Weight::Minor } else { weight };
    Some(Reason { weight, words, item: Some(number.clone()) })
}

fn of_documents(changes: &Changes, add: &mut impl FnMut(Weight, String)) {
    let is = |item: &str, kinds: &[ItemKind]| {
        let change = changes.items.iter().find(|change| change.item.key == item);
        change.is_some_and(|change| change.kinds.iter().any(|kind| kinds.contains(kind)))
    };
    if changes.documents.iter().any(|document| document.kinds.contains(&DocumentKind::Looks)) {
        add(Weight::Minor, "the look of papers is another".into());
    }
    for document in &changes.documents {
        let item = document.item.as_ref().map_or("", |item| item.key.as_str());
        let behind = document.item.as_ref().map_or_else(String::new, |item| format!(" of item {}", item.number));
        let title = &document.title;
        for kind in &document.kinds {
            match kind {
                DocumentKind::Added if !is(item, &[ItemKind::Added]) => {
                    add(Weight::Minor, format!("`{title}`{behind} is a late paper"));
                }
                DocumentKind::Withdrawn if !is(item, &[ItemKind::Withdrawn]) => {
                    add(Weight::Minor, format!("`{title}`{behind} is withdrawn"));
                }
                DocumentKind::NowPublic => add(Weight::Minor, format!("`{title}`{behind} is now public")),
                DocumentKind::NowWithheld => add(Weight::Major, format!("`{title}`{behind} is now withheld")),
                // The front sheet repeats what is said of the meeting and the items.
                DocumentKind::Replaced if document.kind != "front-sheet" => {
                    add(Weight::Minor, format!("`{title}`{behind} is corrected"));
                }
                DocumentKind::OnScreen => add(Weight::Minor, format!("links or tags of `{title}`{behind} are others")),
                DocumentKind::Moved => add(Weight::Minor, format!("`{title}` has moved to another item")),
                DocumentKind::Retitled => add(Weight::Minor, format!("`{title}`{behind} has another title")),
                _ => {}
            }
        }
    }
}
