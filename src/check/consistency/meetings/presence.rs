//! Who was there, and what minutes say against it.

use chrono::Timelike;

use super::attendance::{given_names, is_same, place_of, surname};
use super::diary::{Diary, Meeting};
use crate::check::wording::names::spelt;
use crate::finding::{Confidence, Finding, Log};
use crate::model::Workspace;
use crate::model::minutes::{Group, Minutes};
use crate::model::people::{InRole, PersonRef, Registry};

/// Who was at a meeting, as all of its minutes tell: those of private business may name nobody again.
pub(super) struct Presence<'a> {
    registry: &'a Registry,
    present: Vec<(&'a Group, &'a InRole)>,
    apologies: Vec<&'a InRole>,
    /// Paragraphs, as written, that tell of people who came later.
    came: Vec<&'a str>,
}

impl<'a> Presence<'a> {
    /// Reads the minutes of a meeting.
    pub(super) fn of(workspace: &'a Workspace, meeting: &Meeting<'a>) -> Self {
        let all = || meeting.minutes.iter().map(|(_, minutes)| *minutes);
        let groups = all().flat_map(|minutes| &minutes.present);
        let present = groups.flat_map(|group| group.people.iter().map(move |one| (group, one))).collect();
        let came = all().flat_map(|minutes| paragraphs(workspace, minutes)).filter(|words| tells_of_coming(words));
        Self {
            registry: &workspace.people,
            present,
            apologies: all().flat_map(|minutes| &minutes.apologies).collect(),
            came: came.collect(),
        }
    }

    /// Tells whether the minutes name those present one by one: not "All members of the Council".
    pub(super) fn is_known(&self) -> bool {
        !self.present.is_empty() && !self.present.iter().any(|(group, one)| is_member_group(group) && !self.is_one(one))
    }

    fn is_one(&self, one: &InRole) -> bool {
        spelt(self.registry.name_of(&one.person)).is_some()
    }

    /// Gives how somebody is named among those present.
    pub(super) fn named(&self, person: &PersonRef) -> Option<(&'a Group, &'a InRole)> {
        self.present.iter().copied().find(|(_, one)| is_same(self.registry, &one.person, person))
    }

    /// Tells whether somebody was there, or may have come later.
    pub(super) fn was_there(&self, person: &PersonRef) -> bool {
        let full = self.registry.name_of(person);
        let reference = match person {
            PersonRef::Named(id) => format!("(person:{})", id.value),
            PersonRef::Written(_) => full.to_owned(),
        };
        let told = |words: &&str| words.contains(surname(full)) || words.contains(&reference);
        self.named(person).is_some() || self.came.iter().any(told)
    }

    /// Gives the apologies that somebody sent.
    pub(super) fn apology(&self, person: &PersonRef) -> Option<&'a InRole> {
        self.apologies.iter().copied().find(|one| is_same(self.registry, &one.person, person))
    }

    /// Counts those present who may have voted: members by the body's list, and whoever is named in a group of
    /// members. Gives nothing where no group is one of members.
    pub(super) fn voters(&self, membership: &[InRole]) -> Option<usize> {
        let listed = |one: &InRole| membership.iter().any(|member| is_same(self.registry, &member.person, &one.person));
        let counted = self.present.iter().filter(|(group, one)| is_member_group(group) || listed(one)).count();
        (self.is_known() && self.came.is_empty() && counted > 0).then_some(counted)
    }
}

/// Tells whether a group is one of members of the body: not "Other members".
fn is_member_group(group: &Group) -> bool {
    let label = group.name.plain().to_lowercase();
    ["member", "councillor", "substitut", "co-opt"].iter().any(|word| label.contains(word))
        && !["other", "invit", "attendance", "observ"].iter().any(|word| label.contains(word))
}

/// Tells whether a passage speaks of somebody who came in the course of the meeting.
fn tells_of_coming(words: &str) -> bool {
    ["joined", "arriv", "entered", "returned"].iter().any(|word| words.contains(word))
}

/// Gives the paragraphs of minutes as they are written, with the references in them.
fn paragraphs<'a>(workspace: &'a Workspace, minutes: &'a Minutes) -> impl Iterator<Item = &'a str> {
    let texts = minutes.records().flat_map(|record| [&record.text, &record.resolved, &record.after]);
    let ends = minutes.all().map(|minute| &minute.after);
    texts.chain(ends).chain([&minutes.note]).flatten().flat_map(|prose| {
        let file = workspace.sources.get(prose.place.source);
        let text = file.and_then(|file| file.text.get(prose.place.start as usize..prose.place.end as usize));
        text.unwrap_or_default().split("\n\n")
    })
}

/// Finds people who are present twice or sent apologies as well, interests of people who were not there, and meetings
/// that closed before they began.
pub(in crate::check) fn presence_contradicted(diary: &Diary, log: &Log) {
    let registry = &diary.workspace.people;
    for (_, _, meeting) in diary.meetings() {
        let presence = Presence::of(diary.workspace, meeting);
        for (_, minutes) in &meeting.minutes {
            named_twice(registry, minutes, log);
            absent_interests(registry, &presence, minutes, log);
            closed_early(minutes, log);
        }
    }
}

crate::finding::rule! {
    /// Somebody is named as present twice, or as present and under `apologies`; somebody who was not there declares
    /// an interest; or the meeting closed before it began. Somebody who came late or left early is named once, under
    /// `present`, with a role that says so. A meeting that goes on after midnight is left alone.
    PRESENCE_CONTRADICTED = "C0040", Consistency, Warning,
    "minutes that contradict themselves about who was there, or until when";
    "practice"
}

fn named_twice(registry: &Registry, minutes: &Minutes, log: &Log) {
    let present: Vec<&InRole> = minutes.present.iter().flat_map(|group| &group.people).collect();
    let all = present.iter().map(|one| (*one, "is named as present twice"));
    let all = all.chain(minutes.apologies.iter().map(|one| (one, "is present and sent apologies")));
    for (at, (one, what)) in all.enumerate() {
        let earlier = &present[..at.min(present.len())];
        let clash =
            |other: &&&InRole| is_surely(registry, &other.person, &one.person) && !in_part(one) && !in_part(other);
        let Some(first) = earlier.iter().find(clash) else { continue };
        let message = format!("`{}` {what}", registry.name_of(&one.person));
        log.add(
            Finding::new(&PRESENCE_CONTRADICTED, place_of(&one.person).unwrap_or(minutes.place), message)
                .also(place_of(&first.person).unwrap_or(minutes.place), "present here")
                .help("keep the name in one place; who came late or left early is present, with a role that says so"),
        );
    }
}

/// Tells whether somebody is said to have been there for a part of the meeting only.
fn in_part(one: &InRole) -> bool {
    const SIGNS: [&str; 12] =
        ["late", "part", "until", "from", "left", "early", "arriv", "join", "item", "minute", "remote", "virtual"];
    let said = [&one.role, &one.post].into_iter().flatten().any(|words| {
        let words = words.value.to_lowercase();
        SIGNS
            .iter()
            .any(|sign| words.split(|letter: char| !letter.is_alphanumeric()).any(|word| word.starts_with(sign)))
    });
    said && one.role.is_some()
}

/// Tells whether two references mean one person beyond doubt: by id, or by a whole name with its first part.
fn is_surely(registry: &Registry, one: &PersonRef, other: &PersonRef) -> bool {
    let names = |person: &PersonRef| {
        let short = registry.person(person).short.as_ref().map(|short| given_names(&short.value));
        std::iter::once(given_names(registry.name_of(person))).chain(short).collect::<Vec<_>>()
    };
    let other_names = names(other);
    is_same(registry, one, other) && names(one).iter().any(|own| own.len() > 1 && other_names.contains(own))
}

fn absent_interests(registry: &Registry, presence: &Presence, minutes: &Minutes, log: &Log) {
    if !presence.is_known() {
        return;
    }
    for record in minutes.records() {
        for interest in record.interests.iter().filter(|interest| !presence.was_there(&interest.person)) {
            let message =
                format!("`{}` declares an interest, but is not named as present", registry.name_of(&interest.person));
            let place = place_of(&interest.person).unwrap_or(interest.place);
            let mut finding = Finding::new(&PRESENCE_CONTRADICTED, place, message);
            if let Some(place) = presence.apology(&interest.person).and_then(|one| place_of(&one.person)) {
                finding = finding.also(place, "sent apologies");
            }
            log.add(
                finding.help("name them under `present`, or take the interest away").confidence(Confidence::Likely),
            );
        }
    }
}

fn closed_early(minutes: &Minutes, log: &Log) {
    let Some(closed) = minutes.closed.filter(|_| minutes.when.has_time) else { return };
    let began = minutes.when.time();
    let after_midnight = closed.hour() < 5 && began.hour() >= 12;
    if closed >= began || after_midnight {
        return;
    }
    let message = format!("the meeting closed at {}, before it began", closed.format("%H:%M"));
    log.add(
        Finding::new(&PRESENCE_CONTRADICTED, minutes.closed_place.unwrap_or(minutes.place), message)
            .help(format!("write `closed` by the clock of 24 hours: the meeting began at {}", began.format("%H:%M"))),
    );
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Place;
    use crate::model::{Line, Text};

    fn text(value: &str) -> Text {
        Text { value: value.into(), place: Place::default() }
    }

    #[test]
    fn groups_of_members_are_told_from_others() {
        let group = |label: &str| Group { name: Line::from_text(text(label)), ..Group::default() };
        for label in ["Members", "Cabinet members", "Co-opted member", "Councillors", "Substitutes"] {
            assert!(is_member_group(&group(label)), "{label}");
        }
        for label in ["Other members", "Employees (by directorate)", "NHS", "Members in attendance", "Guests"] {
            assert!(!is_member_group(&group(label)), "{label}");
        }
    }

    #[test]
    fn a_role_can_say_that_somebody_was_there_in_part() {
        let with = |role: &str| InRole { role: Some(text(role)), ..InRole::default() };
        assert!(in_part(&with("from 10.40 am")) && in_part(&with("for lateness")) && in_part(&with("left at 11 am")));
        assert!(!in_part(&with("Chair")) && !in_part(&with("Department of Health")) && !in_part(&InRole::default()));
    }

    #[test]
    fn names_are_surely_one_only_with_a_first_name() {
        let registry = Registry::default();
        let named = |name: &str| PersonRef::Named(text(name));
        assert!(is_surely(&registry, &named("Councillor J Moss"), &named("J Moss")));
        assert!(!is_surely(&registry, &named("Councillor Moss"), &named("Jenny Moss")));
        assert!(!is_surely(&registry, &named("Moss"), &named("Moss")));
    }
}
