//! Which items are new, gone, or otherwise than before.

use std::collections::{BTreeMap, BTreeSet};

use super::{ItemChange, ItemKind, ItemName};
use crate::record::{Item, Record};

/// Gives the items that changed.
pub(super) fn changed(old: &Record, new: &Record) -> Vec<ItemChange> {
    let before: BTreeMap<&str, &Item> = old.items.iter().map(|item| (item.key.as_str(), item)).collect();
    let now: BTreeSet<&str> = new.items.iter().map(|item| item.key.as_str()).collect();
    let moved = moved(old, new);
    let mut changes: Vec<ItemChange> = Vec::new();
    for item in &new.items {
        let was = before.get(item.key.as_str()).copied();
        changes.extend(change(was, item, moved.contains(item.key.as_str())));
    }
    let gone = old.items.iter().filter(|item| !now.contains(item.key.as_str()) && item.withdrawn.is_none());
    changes.extend(gone.map(|item| ItemChange {
        item: name(item),
        old_number: None,
        old_title: None,
        note: None,
        kinds: vec![ItemKind::Withdrawn],
    }));
    changes
}

/// Gives what an item is called.
pub(super) fn name(item: &Item) -> ItemName {
    ItemName { key: item.key.clone(), number: item.number.clone(), title: item.title.clone() }
}

fn change(was: Option<&Item>, item: &Item, moved: bool) -> Option<ItemChange> {
    let mut change = ItemChange {
        item: name(item),
        old_number: None,
        old_title: None,
        note: item.withdrawn.clone().or_else(|| item.to_follow.clone()),
        kinds: Vec::new(),
    };
    let Some(was) = was else {
        // An item that is added only to say that it is withdrawn is no business.
        change.kinds.push(if item.withdrawn.is_some() { ItemKind::Withdrawn } else { ItemKind::Added });
        return Some(change);
    };
    let mut when = |holds: bool, kind: ItemKind| {
        if holds {
            change.kinds.push(kind);
        }
    };
    when(was.withdrawn.is_none() && item.withdrawn.is_some(), ItemKind::Withdrawn);
    when(was.withdrawn.is_some() && item.withdrawn.is_none(), ItemKind::Reinstated);
    when(was.title != item.title, ItemKind::Retitled);
    when(moved, ItemKind::Moved);
    when(!was.private && item.private, ItemKind::Private);
    when(was.private && !item.private, ItemKind::Public);
    when(item.to_follow.is_some() && was.to_follow != item.to_follow, ItemKind::ToFollow);
    when(was.to_follow.is_some() && item.to_follow.is_none(), ItemKind::Followed);
    when(was.number != item.number, ItemKind::Renumbered);
    change.old_title = (was.title != item.title).then(|| was.title.clone());
    change.old_number = (was.number != item.number).then(|| was.number.clone());
    (!change.kinds.is_empty()).then_some(change)
}

/// Gives the fewest items that must be taken out so that the others stand in the same order.
fn moved<'a>(old: &Record, new: &'a Record) -> BTreeSet<&'a str> {
    let place: BTreeMap<&str, usize> = old.items.iter().enumerate().map(|(at, item)| (item.key.as_str(), at)).collect();
    let both: Vec<(usize, &str)> =
        new.items.iter().filter_map(|item| Some((*place.get(item.key.as_str())?, item.key.as_str()))).collect();
    let kept: BTreeSet<usize> = longest_rise(&both.iter().map(|(at, _)| *at).collect::<Vec<_>>());
    both.iter().filter(|(at, _)| !kept.contains(at)).map(|(_, key)| *key).collect()
}

/// Gives the longest of the parts of a list that rise, by patience sorting.
fn longest_rise(values: &[usize]) -> BTreeSet<usize> {
    let mut ends: Vec<usize> = Vec::new();
    let mut previous: Vec<Option<usize>> = Vec::with_capacity(values.len());
    for (at, value) in values.iter().enumerate() {
        let pile = ends.partition_point(|end| values[*end] < *value);
        previous.push(pile.checked_sub(1).map(|pile| ends[pile]));
        if pile == ends.len() {
            ends.push(at);
        } else {
            ends[pile] = at;
        }
    }
    let mut rise = BTreeSet::new();
    let mut next = ends.last().copied();
    while let Some(at) = next {
        rise.insert(values[at]);
        next = previous[at];
    }
    rise
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_moved_is_taken_out_of_the_order() {
        assert_eq!(longest_rise(&[1, 2, 3, 0]), BTreeSet::from([1, 2, 3]));
        assert_eq!(longest_rise(&[3, 0, 1, 2]), BTreeSet::from([0, 1, 2]));
        assert_eq!(longest_rise(&[]), BTreeSet::new());
    }
}
