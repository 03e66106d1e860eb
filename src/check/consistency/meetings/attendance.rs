//! Who was at a meeting, and as what, against the body's members and the council's posts.

use super::diary::Diary;
use crate::check::wording::names::{agree, folded, is_honour, is_title};
use crate::check::wording::words::words;
use crate::finding::{Confidence, Finding, Log, Place};
use crate::model::minutes::Minutes;
use crate::model::people::{InRole, PersonRef, Registry};
use crate::model::visit::{Visit, Visitor};
use crate::model::{Body, PaperKind};

crate::finding::rule! {
    /// Some members of the body are neither among those present nor among the apologies, and nobody stood in for
    /// them. Their attendance counts: who attends nothing for six months leaves office (Local Government Act
    /// 1972, section 85). Looked at are formal meetings of the municipal year in which the body last met, by the
    /// membership of the agenda or else of the body; people by invitation, observers and advisers are left out.
    UNACCOUNTED = "C0012", Consistency, Warning, "members of whom the minutes do not say whether they came";
    "practice"
}

/// Finds minutes that do not account for members of the body: they were neither present nor sent apologies.
pub(in crate::check) fn unaccounted(diary: &Diary, log: &Log) {
    let registry = &diary.workspace.people;
    for (body, minutes, membership) in formal(diary) {
        let named: Vec<&InRole> =
            minutes.present.iter().flat_map(|group| &group.people).chain(&minutes.apologies).collect();
        let stands_in = |name: &str| {
            named.iter().filter_map(|person| person.role.as_ref()).any(|role| role.value.contains(surname(name)))
        };
        let away: Vec<(&str, &InRole)> = (membership.iter().filter(|member| is_member(member)))
            .map(|member| (registry.name_of(&member.person), member))
            .filter(|(name, member)| {
                !named.iter().any(|one| is_same(registry, &one.person, &member.person)) && !stands_in(name)
            })
            .collect();
        let Some((_, first)) = away.first() else { continue };
        let names: Vec<&str> = away.iter().map(|(name, _)| *name).collect();
        let message = format!("the minutes do not say whether {} came", listed(&names));
        let place = minutes.present.first().map_or(minutes.place, |group| group.name.place);
        log.add(
            Finding::new(&UNACCOUNTED, place, message)
                .also(place_of(&first.person).unwrap_or(body.place), "a member of the body")
                .help("name them under `present` or `apologies`, or in a group such as `Absent`"),
        );
    }
}

/// Gives minutes that name who was present, with the members as they were: of formal meetings in the municipal year
/// in which the body last met, since members change from year to year.
fn formal<'a>(diary: &Diary<'a>) -> impl Iterator<Item = (&'a Body, &'a Minutes, &'a [InRole])> {
    let council = &diary.workspace.council;
    diary.meetings().flat_map(move |(id, day, meeting)| {
        let last = diary.meetings_of(id).next_back().map(|(last, _)| council.municipal_year(last));
        let body = diary.workspace.bodies.get(id).filter(|_| last == Some(council.municipal_year(day)));
        let minutes = meeting.minutes.iter().filter(|(_, minutes)| !minutes.present.is_empty());
        let public = minutes.filter(|(_, minutes)| !minutes.items.is_empty()).map(|(_, minutes)| *minutes);
        let body = body.map(|body| (body, diary.members(body, meeting)));
        let all = body.map(|(body, members)| public.map(move |minutes| (body, minutes, members)));
        all.into_iter().flatten().collect::<Vec<_>>()
    })
}

/// Tells whether somebody of a membership list is expected at every meeting.
fn is_member(member: &InRole) -> bool {
    let role = member.role.as_ref().map(|role| role.value.to_lowercase()).unwrap_or_default();
    !["invitation", "observer", "attendance", "substitute", "adviser", "advisor"].iter().any(|word| role.contains(word))
}

crate::finding::rule! {
    /// The minutes, or a list of authors, contributors or approvers, give a person a post that is not the one in
    /// the file of people; or the minutes call somebody the chair who is not, while the chair was there.
    /// Directorates are left alone, and so are papers of more than two municipal years ago. Write posts by their
    /// ids; where people have changed posts since, the older paper may be right.
    OTHER_POST = "C0015", Consistency, Info, "a person in another post or role than is declared";
    "practice"
}

/// Finds somebody named as chair who is not, while the chair was there.
pub(in crate::check) fn chairs(diary: &Diary, log: &Log) {
    let registry = &diary.workspace.people;
    let chairs = |person: &&InRole| {
        person.role.as_ref().is_some_and(|role| ["chair", "in the chair"].contains(&role.value.to_lowercase().as_str()))
    };
    for (body, minutes, membership) in formal(diary) {
        let present: Vec<&InRole> = minutes.present.iter().flat_map(|group| &group.people).collect();
        let Some(chair) = membership.iter().find(chairs) else { continue };
        let Some(there) = present.iter().find(|one| is_same(registry, &one.person, &chair.person)) else { continue };
        for other in present.iter().filter(|one| chairs(one) && !is_same(registry, &one.person, &chair.person)) {
            let message = format!(
                "`{}` is named as chair, but the body's is `{}`, who was present",
                registry.name_of(&other.person),
                registry.name_of(&chair.person)
            );
            log.add(
                Finding::new(&OTHER_POST, place_of(&other.person).unwrap_or(minutes.place), message)
                    .also(place_of(&there.person).unwrap_or(body.place), "present here")
                    .help("correct the role, or record in the minutes why another person took the chair")
                    .confidence(Confidence::Possible),
            );
        }
    }
}

/// Finds people who are given another post than the one that they are declared with.
pub(in crate::check) fn posts(diary: &Diary, log: &Log) {
    let workspace = diary.workspace;
    for paper in workspace.papers.values() {
        let used = diary.uses.get(paper.path.as_str()).and_then(|uses| uses.first());
        let day = match &paper.kind {
            PaperKind::Minutes(minutes) => Some(minutes.when.date()),
            _ => used.map(|(agenda, _)| agenda.when.date()),
        };
        if !day.is_none_or(|day| diary.is_recent(day)) {
            continue;
        }
        let mut given: Vec<(&PersonRef, &crate::model::Text)> = Vec::new();
        if let PaperKind::Minutes(minutes) = &paper.kind {
            let named = minutes.present.iter().flat_map(|group| &group.people).chain(&minutes.apologies);
            given.extend(named.filter_map(|one| Some((&one.person, one.post.as_ref()?))));
        }
        let mut written = Written(Vec::new());
        paper.visit(&mut written);
        given.extend(written.0);
        for (person, post) in given {
            other_post(&workspace.people, person, post, log);
        }
    }
}

/// Gathers people who are written out with a post.
struct Written<'a>(Vec<(&'a PersonRef, &'a crate::model::Text)>);

impl<'a> Visitor<'a> for Written<'a> {
    fn person(&mut self, person: &'a PersonRef) {
        if let PersonRef::Written(of) = person
            && let Some(post) = &of.post
        {
            self.0.push((person, post));
        }
    }
}

fn other_post(registry: &Registry, person: &PersonRef, post: &crate::model::Text, log: &Log) {
    let known = registry.people.iter().find(|(id, known)| match person {
        PersonRef::Named(text) if registry.people.contains_key(&text.value) => text.value == **id,
        _ => same_name(registry.name_of(person), &known.name.value),
    });
    let Some((_, known)) = known else { return };
    let Some(own) = &known.post else { return };
    let (own_title, given) = (registry.post_title(&own.value), registry.post_title(&post.value));
    // A shortened post, "Executive Director", is a matter of style when the directorate stands beside it.
    let whole = |title: &str| title.to_lowercase().replace('’', "'");
    let (own_words, words) = (whole(own_title), whole(given));
    if own_words == words || !is_post(&words) || own_words.starts_with(&format!("{words},")) {
        return;
    }
    let message = format!("`{}` is given as `{given}`, but declared as `{own_title}`", known.name.value);
    log.add(
        Finding::new(&OTHER_POST, post.place, message)
            .also(own.place, "declared here")
            .help("write the post by its id, or correct it")
            .confidence(Confidence::Possible),
    );
}

/// Tells whether words name a post rather than a directorate.
fn is_post(words: &str) -> bool {
    const POSTS: [&str; 9] =
        ["director ", "head ", "cabinet member", "chief ", "leader", "executive ", "lord mayor", "manager", "officer"];
    POSTS.iter().any(|post| words.starts_with(post) || (post.len() > 6 && words.ends_with(post.trim())))
}

/// Tells whether two references mean one person: by id, or by surname and initial.
pub(crate) fn is_same(registry: &Registry, one: &PersonRef, other: &PersonRef) -> bool {
    match (one, other) {
        (PersonRef::Named(one), PersonRef::Named(other))
            if registry.people.contains_key(&one.value) && registry.people.contains_key(&other.value) =>
        {
            one.value == other.value
        }
        _ => same_name(registry.name_of(one), registry.name_of(other)),
    }
}

/// Tells whether two names may be those of one person: `J Gregg` and `John Gregg`, `Mrs Jones` and `Kellie Jones`.
fn same_name(one: &str, other: &str) -> bool {
    let (one, other) = (given_names(one), given_names(other));
    let (Some((surname, first)), Some((other_surname, other_first))) = (one.split_last(), other.split_last()) else {
        return false;
    };
    surname == other_surname && agree(first, other_first)
}

/// Gives the parts of a name in small letters, without titles.
pub(super) fn given_names(name: &str) -> Vec<String> {
    words(name).iter().filter(|part| !is_title(part.text)).map(|part| folded(part.text)).collect()
}

/// Gives the last name, without honours behind it.
pub(super) fn surname(name: &str) -> &str {
    let parts = name.rsplit(' ').map(|part| part.trim_end_matches(','));
    parts.into_iter().find(|part| !is_honour(part)).unwrap_or(name)
}

/// Gives where a reference to a person stands.
pub(super) fn place_of(person: &PersonRef) -> Option<Place> {
    Some(person.name_place()).filter(|place| *place != Place::default())
}

/// Joins names with commas and "and".
pub(super) fn listed(names: &[&str]) -> String {
    match names.split_last() {
        Some((last, [])) => (*last).to_owned(),
        Some((last, first)) => format!("{} and {last}", first.join(", ")),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_one_person_s_when_surname_and_initial_agree() {
        assert!(same_name("J Gregg", "John Gregg"));
        assert!(same_name("Councillor S Hanson", "Mrs S Hanson"));
        assert!(same_name("Councillor Jones", "Kellie Jones"));
        assert!(same_name("Councillor Kellie Jones OBE", "Cllr K Jones, JP"));
        assert_eq!((surname("Councillor Kellie Jones, OBE"), surname("Jones")), ("Jones", "Jones"));
        assert!(!same_name("Councillor N Akhtar", "Councillor P Akhtar"));
        assert!(!same_name("John Gregg", "Jane Gregg"));
        assert!(!same_name("", "Jane Gregg"));
    }

    #[test]
    fn a_directorate_is_no_post() {
        assert!(is_post("director of children") && is_post("governance services officer"));
        assert!(!is_post("law and governance") && !is_post("education and skills"));
    }
}
