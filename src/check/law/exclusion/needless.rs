//! Exclusions of the public that go beyond what is withheld: left over when a paper or an item was withdrawn.

use std::collections::BTreeSet;

use super::super::days::published;
use super::super::shown::{Shown, items};
use super::{at_once, excluding, is_secret, numbers, paragraphs, unnamed};
use crate::finding::{Finding, Log, Severity, rules};
use crate::model::Workspace;

/// What an exclusion names.
struct Named<'a> {
    items: Vec<&'a Shown<'a>>,
    paragraphs: BTreeSet<u8>,
    /// All private business at once.
    at_once: bool,
}

/// NP6: the public is excluded from what would disclose exempt or confidential information, and from nothing else
/// (Local Government Act 1972, section 100A(2), (4) and (5)).
pub(in super::super) fn beyond_withheld(workspace: &Workspace, log: &Log) {
    for (agenda, body, _) in published(workspace) {
        let all = items(workspace, agenda, body);
        let excluding = excluding(&all);
        let Some(first) = excluding.first() else { continue };
        let named = named(&all, &excluding);
        if !all.iter().any(|shown| has_secrets(workspace, shown)) {
            log.extend(of_nothing(first, &named).filter(|_| !all.iter().any(is_awaited)));
            continue;
        }
        for open in named.items.iter().filter(|shown| !has_secrets(workspace, shown) && !is_awaited(shown)) {
            let why = if open.item.withdrawn.is_some() { "which is withdrawn" } else { "of which nothing is withheld" };
            let message = format!("the exclusion of the public names `{}`, {why}", open.title());
            log.add(
                Finding::new(&rules::EXCLUDED_NEEDLESSLY, first.place, message)
                    .also(open.place, "the item that is named")
                    .help("take it out of the text; where something of it is withheld, say so in `withheld` there")
                    .weighing(Severity::Warning),
            );
        }
        // A paragraph that is missing is likely the one that another stands for.
        if !all.iter().any(is_awaited)
            && !all.iter().any(|shown| unnamed(workspace, shown, &named.paragraphs).next().is_some())
        {
            log.extend(idle_paragraphs(workspace, &all, first, &named));
        }
    }
}

/// Tells whether something of an item is withheld.
fn has_secrets(workspace: &Workspace, shown: &Shown) -> bool {
    is_secret(shown) || !shown.grounds(workspace).is_empty()
}

/// Tells whether papers of an item are to come, or come to members by themselves: those may be the exempt ones.
fn is_awaited(shown: &Shown) -> bool {
    let item = shown.item;
    item.withdrawn.is_none() && (item.to_follow.is_some() || item.separately.is_some())
}

/// Gives what the items on exclusion name.
fn named<'a>(all: &'a [Shown<'a>], excluding: &[&'a Shown<'a>]) -> Named<'a> {
    let words = excluding.iter().map(|shown| shown.words()).collect::<Vec<_>>().join(" ");
    let (labels, by_number): (BTreeSet<String>, _) =
        (excluding.iter().flat_map(|shown| shown.references()).collect(), numbers(&words));
    let is_named = |shown: &&Shown| {
        !shown.is_exclusion()
            && (shown.label().is_some_and(|label| labels.contains(label)) || by_number.contains(&shown.number))
    };
    Named { items: all.iter().filter(is_named).collect(), paragraphs: paragraphs(&words), at_once: at_once(&words) }
}

/// Finds an exclusion of a meeting at which nothing is withheld. What stands on every agenda and names nothing is no
/// more than a reminder.
fn of_nothing(first: &Shown, named: &Named) -> Option<Finding> {
    let names = !named.items.is_empty() || !named.paragraphs.is_empty();
    if !names && !named.at_once && first.item.standing.is_some() {
        return None;
    }
    let message = "the public is to be excluded, but nothing of this meeting is withheld";
    let finding = Finding::new(&rules::EXCLUDED_NEEDLESSLY, first.place, message)
        .help("mark the item on exclusion `withdrawn`, or take it away; where something is withheld, give its grounds");
    let finding = named.items.iter().fold(finding, |finding, open| finding.also(open.place, "named there"));
    Some(if names { finding } else { finding.weighing(Severity::Warning) })
}

/// Finds paragraphs that the exclusion names and on which nothing relies.
fn idle_paragraphs(workspace: &Workspace, all: &[Shown], first: &Shown, named: &Named) -> Option<Finding> {
    let grounds: Vec<_> = all.iter().flat_map(|shown| shown.grounds(workspace)).collect();
    let relied_on: BTreeSet<u8> = grounds.iter().flat_map(|grounds| grounds.withheld.paragraphs.clone()).collect();
    let idle: Vec<String> = named.paragraphs.difference(&relied_on).map(u8::to_string).collect();
    let what = match &idle[..] {
        [] => return None,
        [one] => format!("paragraph {one}"),
        [others @ .., last] => format!("paragraphs {} and {last}", others.join(", ")),
    };
    let message = format!("the exclusion of the public names {what} of Schedule 12A, on which nothing relies");
    Some(
        Finding::new(&rules::IDLE_PARAGRAPH, first.place, message)
            .help("take it out of the text, or name it in the grounds of the paper that relies on it"),
    )
}
