//! Exclusions of the public that go beyond what is withheld: left over when a paper or an item was withdrawn.

use std::collections::BTreeSet;

use super::super::days::published;
use super::super::shown::Shown;
use super::{at_once, excluding, is_secret, numbers, paragraphs, unnamed};
use crate::finding::{Finding, Log, Severity};
use crate::resolve::{Item, Meeting};

/// What an exclusion names.
struct Named<'a, 'm> {
    items: Vec<&'m Item<'a>>,
    paragraphs: BTreeSet<u8>,
    /// All private business at once.
    at_once: bool,
}

crate::finding::rule! {
    /// The public is excluded where exempt or confidential information would be disclosed, and from nothing else.
    /// An item on exclusion was left over: nothing of the meeting is withheld any more, such as when the last
    /// exempt paper was withdrawn. Withdraw the item on exclusion too, or take it off the agenda. A warning where
    /// something is withheld, but nothing of an item that the exclusion names; and where it names no item and no
    /// paragraph.
    EXCLUDED_NEEDLESSLY = "N0042", Law, Error, issue, "an exclusion of the public from what is not withheld";
    "NP6: Local Government Act 1972, section 100A(2), (4) and (5); SI 2012/2089, regulation 4"
}

/// NP6: the public is excluded from what would disclose exempt or confidential information, and from nothing else
/// (Local Government Act 1972, section 100A(2), (4) and (5)).
pub(in crate::check) fn beyond_withheld(meetings: &[Meeting], log: &Log) {
    for (meeting, ..) in published(meetings) {
        let excluding = excluding(meeting);
        let Some(first) = excluding.first() else { continue };
        let named = named(meeting, &excluding);
        if !meeting.items().any(has_secrets) {
            log.extend(of_nothing(first, &named).filter(|_| !meeting.items().any(is_awaited)));
            continue;
        }
        for open in named.items.iter().filter(|item| !has_secrets(item) && !is_awaited(item)) {
            let why = if open.withdrawn.is_some() { "which is withdrawn" } else { "of which nothing is withheld" };
            let message = format!("the exclusion of the public names `{}`, {why}", open.title.plain());
            log.add(
                Finding::new(&EXCLUDED_NEEDLESSLY, first.place, message)
                    .also(open.place, "the item that is named")
                    .help("take it out of the text; where something of it is withheld, say so in `withheld` there")
                    .weighing(Severity::Warning),
            );
        }
        // A paragraph that is missing is likely the one that another stands for.
        let is_unsure = |item: &Item| is_awaited(item) || !unnamed(item, &named.paragraphs).is_empty();
        if !meeting.items().any(is_unsure) {
            log.extend(idle_paragraphs(meeting, first, &named));
        }
    }
}

/// Tells whether something of an item is withheld.
fn has_secrets(item: &Item) -> bool {
    is_secret(item) || !item.grounds().is_empty()
}

/// Tells whether papers of an item are to come, or come to members by themselves: those may be the exempt ones.
fn is_awaited(item: &Item) -> bool {
    item.withdrawn.is_none() && (item.to_follow.is_some() || item.separately.is_some())
}

/// Gives what the items on exclusion name.
fn named<'a, 'm>(meeting: &'m Meeting<'a>, excluding: &[&Item]) -> Named<'a, 'm> {
    let words = excluding.iter().map(|item| item.words()).collect::<Vec<_>>().join(" ");
    let (labels, by_number): (BTreeSet<String>, _) =
        (excluding.iter().flat_map(|item| item.references()).collect(), numbers(&words));
    let is_named = |item: &&Item| !item.is_exclusion() && (item.is_among(&labels) || by_number.contains(&item.number));
    Named {
        items: meeting.items().filter(is_named).collect(),
        paragraphs: paragraphs(&words),
        at_once: at_once(&words),
    }
}

/// Finds an exclusion of a meeting at which nothing is withheld. What stands on every agenda and names nothing is no
/// more than a reminder.
fn of_nothing(first: &Item, named: &Named) -> Option<Finding> {
    let names = !named.items.is_empty() || !named.paragraphs.is_empty();
    if !names && !named.at_once && first.standing.is_some() {
        return None;
    }
    let message = "the public is to be excluded, but nothing of this meeting is withheld";
    let finding = Finding::new(&EXCLUDED_NEEDLESSLY, first.place, message)
        .help("mark the item on exclusion `withdrawn`, or take it away; where something is withheld, give its grounds");
    let finding = named.items.iter().fold(finding, |finding, open| finding.also(open.place, "named there"));
    Some(if names { finding } else { finding.weighing(Severity::Warning) })
}

crate::finding::rule! {
    /// The resolution states the description of the exempt information in terms of Schedule 12A. A paragraph on
    /// which no private item and no withheld paper relies was left over, or is missing in the grounds.
    IDLE_PARAGRAPH = "N0043", Law, Warning, "a paragraph in the exclusion of the public on which nothing relies";
    "NP6: Local Government Act 1972, section 100A(5)(b)"
}

/// Finds paragraphs that the exclusion names and on which nothing relies.
fn idle_paragraphs(meeting: &Meeting, first: &Item, named: &Named) -> Option<Finding> {
    let grounds = meeting.items().flat_map(Shown::grounds);
    let relied_on: BTreeSet<u8> = grounds.flat_map(|grounds| &grounds.withheld.paragraphs).copied().collect();
    let idle: Vec<String> = named.paragraphs.difference(&relied_on).map(u8::to_string).collect();
    let what = match &idle[..] {
        [] => return None,
        [one] => format!("paragraph {one}"),
        [others @ .., last] => format!("paragraphs {} and {last}", others.join(", ")),
    };
    let message = format!("the exclusion of the public names {what} of Schedule 12A, on which nothing relies");
    Some(
        Finding::new(&IDLE_PARAGRAPH, first.place, message)
            .help("take it out of the text, or name it in the grounds of the paper that relies on it"),
    )
}
