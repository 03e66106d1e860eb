//! Votes, movers and seconders against who was at the meeting.

use super::attendance::{is_same, listed, place_of};
use super::diary::Diary;
use super::presence::Presence;
use crate::finding::{Confidence, Finding, Log, Place};
use crate::model::minutes::{Record, Vote, Votes};
use crate::model::people::{InRole, PersonRef, Registry};

/// What one resolution is held against.
struct Against<'a> {
    registry: &'a Registry,
    presence: Presence<'a>,
    /// The body's members, where the list can be expected to hold for the day; else empty.
    members: &'a [InRole],
}

/// Somebody who moves, seconds or votes.
type Act<'a> = (&'a PersonRef, &'static str);

/// Finds votes, movers and seconders that do not agree with who was present: one finding for each vote and fault.
pub(in crate::check) fn vote_against_presence(diary: &Diary, log: &Log) {
    let workspace = diary.workspace;
    let year = |day| workspace.council.municipal_year(day);
    for (id, day, meeting) in diary.meetings() {
        let last = diary.meetings_of(id).next_back().map(|(last, _)| year(last));
        let body = workspace.bodies.get(id).filter(|_| last == Some(year(day)));
        let against = Against {
            registry: &workspace.people,
            presence: Presence::of(workspace, meeting),
            members: body.map_or(&[], |body| diary.members(body, meeting)),
        };
        for record in meeting.minutes.iter().flat_map(|(_, minutes)| minutes.records()) {
            against.look_at(record, log);
        }
    }
}

crate::finding::rule! {
    /// Only members of the body who are present move, second and vote, each on one side and once; nobody seconds
    /// their own motion; and no more votes are counted than members were present. One of the two lists is wrong:
    /// correct the vote, or `present`. Somebody who came later is named under `present` with a role, such as
    /// `from 10.40 am`. Members are compared with the body's list for the municipal year of its last meeting only.
    VOTE_AGAINST_PRESENCE = "C0039", Consistency, Warning,
    "a vote, a mover or a seconder that does not agree with who was present";
    "practice; Local Government Act 1972, Schedule 12, paragraphs 39 and 40"
}

impl Against<'_> {
    fn look_at(&self, record: &Record, log: &Log) {
        let votes: Vec<&Vec<PersonRef>> = record.vote.iter().flat_map(Vote::named).collect();
        let acts = record.acts();
        let absent = self.absent(&acts);
        let strangers = self.strangers(&acts);
        let all_there = absent.is_none() && strangers.is_none();
        let found = [absent, strangers, self.own_motion(record), self.two_sides(&votes)];
        found.into_iter().flatten().for_each(|finding| log.add(finding));
        if let Some(vote) = record.vote.as_ref().filter(|_| all_there) {
            self.too_many(vote).into_iter().for_each(|finding| log.add(finding));
        }
    }

    fn absent(&self, acts: &[Act]) -> Option<Finding> {
        let away = self.each_once(acts, |person| !self.presence.was_there(person));
        let (first, _) = away.first().filter(|_| self.presence.is_known())?;
        let them = if away.len() == 1 { "is" } else { "are" };
        let message = format!("{}, but {them} not named as present", self.what(&away));
        let finding = Finding::new(&VOTE_AGAINST_PRESENCE, at(first), message);
        let apology = self.presence.apology(first).and_then(|one| place_of(&one.person));
        let finding = match apology {
            Some(place) => finding.also(place, "sent apologies"),
            None => finding,
        };
        Some(finding.help("correct the name, or name them under `present`"))
    }

    fn strangers(&self, acts: &[Act]) -> Option<Finding> {
        let strange = |person: &PersonRef| {
            self.presence.named(person).is_some_and(|(group, one)| {
                let words = group.name.plain() + " " + one.role.as_ref().map_or("", |role| role.value.as_str());
                let words = words.to_lowercase();
                !["substitut", "co-opt"].iter().any(|word| words.contains(word))
                    && !self.members.iter().any(|member| is_same(self.registry, &member.person, person))
            })
        };
        let strangers = self.each_once(acts, strange);
        let (first, _) = strangers.first().filter(|_| !self.members.is_empty())?;
        let whom = if strangers.len() == 1 { "is not a member" } else { "are not members" };
        let message = format!("{}, but {whom} of the body", self.what(&strangers));
        Some(
            Finding::new(&VOTE_AGAINST_PRESENCE, at(first), message)
                .help("correct the name; where they stood in for a member, say so in their role under `present`")
                .confidence(Confidence::Likely),
        )
    }

    fn own_motion(&self, record: &Record) -> Option<Finding> {
        let (moved, seconded) = (record.moved.as_ref()?, record.seconded.as_ref()?);
        is_same(self.registry, moved, seconded).then(|| {
            let message = format!("`{}` moves and seconds one motion", self.registry.name_of(moved));
            Finding::new(&VOTE_AGAINST_PRESENCE, at(seconded), message)
                .also(at(moved), "moved here")
                .help("name another member under `seconded`")
        })
    }

    fn two_sides(&self, sides: &[&Vec<PersonRef>]) -> Option<Finding> {
        let all: Vec<&PersonRef> = sides.iter().copied().flatten().collect();
        let twice = all.iter().enumerate().find_map(|(index, person)| {
            let first = all[..index].iter().find(|one| is_same(self.registry, one, person))?;
            Some((*first, *person))
        });
        let (first, again) = twice?;
        let message = format!("`{}` is named twice in one vote", self.registry.name_of(again));
        Some(
            Finding::new(&VOTE_AGAINST_PRESENCE, at(again), message)
                .also(at(first), "named here first")
                .help("keep the name on the side that the member took"),
        )
    }

    fn too_many(&self, vote: &Vote) -> Option<Finding> {
        let sides = [&vote.in_favour, &vote.against, &vote.abstained];
        let count = |side: &Option<Votes>| match side {
            Some(Votes::Count(count)) => *count as usize,
            Some(Votes::Names(names)) => names.len(),
            None => 0,
        };
        let counted: usize = sides.iter().map(|side| count(side)).sum();
        let numbers = sides.iter().any(|side| matches!(side, Some(Votes::Count(count)) if *count > 0));
        let voters = self.presence.voters(self.members).filter(|voters| numbers && counted > *voters)?;
        let were = if voters == 1 { "member was" } else { "members were" };
        let message = format!("{counted} votes are counted, but {voters} {were} present");
        Some(
            Finding::new(&VOTE_AGAINST_PRESENCE, vote.place, message)
                .help("correct the count, or name everybody who was there under `present`"),
        )
    }

    /// Gives those to whom something applies, each once, with what they do first.
    fn each_once<'b>(&self, acts: &[Act<'b>], applies: impl Fn(&PersonRef) -> bool) -> Vec<Act<'b>> {
        let mut found: Vec<Act> = Vec::new();
        for (person, does) in acts.iter().filter(|(person, _)| applies(person)) {
            if !found.iter().any(|(other, _)| is_same(self.registry, other, person)) {
                found.push((person, does));
            }
        }
        found
    }

    /// Says who does what: "`A` moves and `B` votes".
    fn what(&self, acts: &[Act]) -> String {
        let each: Vec<String> =
            acts.iter().map(|(person, does)| format!("`{}` {does}", self.registry.name_of(person))).collect();
        listed(&each.iter().map(String::as_str).collect::<Vec<_>>())
    }
}

fn at(person: &PersonRef) -> Place {
    place_of(person).unwrap_or_default()
}
