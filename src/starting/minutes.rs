//! New minutes from an agenda: every item in order, for the officer to say what was done.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::behind::{self, Named};
use super::fill::Templates;
use super::held;
pub(crate) use super::held::Issued;
use super::scalar::as_markdown;
use super::{New, NewFailure};
use crate::load::unfilled::MARK;
use crate::model::people::{InRole, Registry};
use crate::model::{Agenda, Paper, PaperKind, Workspace};
use crate::resolve::{Item, Meeting};

/// Gives the minutes of a meeting, from its agenda as it was issued or else as it stands; what is private in a file of
/// its own.
pub(crate) fn files(
    now: &Workspace,
    agenda: &Agenda,
    issued: Option<&Issued>,
    templates: &Templates,
) -> Result<New, NewFailure> {
    let then = issued.and_then(|issued| issued.meeting(&agenda.id));
    let (then, meeting) = then.unwrap_or_else(|| (now, held::drafted(now, agenda)));
    if let Some(why) = off(&meeting) {
        let help =
            "minutes are of meetings that were held; take `cancelled` or `postponed` out of the agenda if it was";
        return Err(NewFailure::named(format!("{} was {why}", agenda.id), help));
    }
    let writer = Writer { now, then, meeting: &meeting };
    let from =
        issued.map_or_else(|| "the agenda".to_owned(), |issued| format!("issue {} of the agenda", issued.number));
    let folder = format!("content/bodies/{}", agenda.id);
    let (private, public): (Vec<&Item>, Vec<&Item>) = meeting.items().partition(|item| item.private);
    let mut files = BTreeMap::new();
    let whole = writer.file(&from, &public, None);
    files.insert(format!("{folder}/minutes.yaml"), templates.fill("minutes", &whole)?);
    let mut told = Vec::new();
    if !private.is_empty() {
        let withheld = writer.file(&from, &private, Some(&grounds(&private)));
        files.insert(format!("{folder}/minutes-private.yaml"), templates.fill("minutes", &withheld)?);
        told.push("what was done in private goes into minutes-private.yaml alone, which no public pack has".to_owned());
    }
    let grown = next(now, agenda);
    if let Some((path, ..)) = &grown {
        told.push(format!("the next agenda, {path}, has them behind its item on minutes"));
    }
    Ok(New { files, grown, told })
}

/// Gives the next agenda of the body with these minutes behind its item, where it says that they are to follow.
fn next(now: &Workspace, agenda: &Agenda) -> Option<(String, String, String)> {
    let later = now.meetings.values().filter(|other| other.body == agenda.body && other.when > agenda.when);
    let next = later.min_by_key(|other| other.when)?;
    let awaits = |item: &&crate::model::agenda::Item| {
        let id = crate::resolve::standing_of(item).unwrap_or_default();
        let words = format!("{id} {}", item.title.plain()).to_lowercase();
        item.to_follow.is_some() && item.papers.is_empty() && words.contains("minutes")
    };
    let item = next.items().map(|(item, _)| item).find(awaits)?;
    let text = &now.sources.get(next.place.source)?.text;
    let day = agenda.when.date().to_string();
    let grown =
        behind::with_paper(text, next, Some(item), "", &Named { written: format!("{{minutes: {day}}}"), read: day })?;
    Some((next.path.clone(), text.clone(), grown))
}

fn off(meeting: &Meeting) -> Option<&'static str> {
    Some(meeting.agenda.status()).filter(|status| *status != "scheduled")
}

struct Writer<'a> {
    /// The workspace as it is, and as it was when the agenda was issued.
    now: &'a Workspace,
    then: &'a Workspace,
    meeting: &'a Meeting<'a>,
}

impl Writer<'_> {
    fn file(&self, from: &str, items: &[&Item], withheld: Option<&Value>) -> Value {
        let Meeting { agenda, body, place, .. } = self.meeting;
        let format = if agenda.when.has_time { "%Y-%m-%d %H:%M" } else { "%Y-%m-%d" };
        let name = body.map_or("", |body| body.name.value.as_str());
        json!({
            "from": from, "body": name, "id": agenda.id,
            "meeting": agenda.when.format(format).to_string(),
            "place": place.map(|place| held::written(self.then, self.meeting, place)),
            "title": withheld.map(|_| format!("Private minutes of {name}")),
            "withheld": withheld, "groups": self.groups(),
            "items": items.iter().map(|item| self.minute(item)).collect::<Vec<_>>(),
        })
    }

    /// Gives the members by the part that they have, all of them as present.
    fn groups(&self) -> Vec<Value> {
        let mut groups = [("Members", Vec::new()), ("Co-opted members", Vec::new()), ("Others", Vec::new())];
        for member in self.meeting.members {
            let role = member.role.as_ref().map_or("", |role| role.value.as_str()).to_lowercase();
            let group = if role.contains("opt") {
                1
            } else {
                usize::from(role.contains("invit") || role.contains("attendance")) * 2
            };
            groups[group].1.push(self.member(member, group != 1));
        }
        let some = groups.into_iter().filter(|(_, people)| !people.is_empty());
        some.map(|(group, people)| json!({"group": group, "people": people})).collect()
    }

    fn member(&self, member: &InRole, with_role: bool) -> Value {
        let role = member.role.as_ref().filter(|_| with_role).map(|role| role.value.clone());
        json!({"person": held::person(&self.then.people, &self.now.people, &member.person), "role": role})
    }

    fn minute(&self, item: &Item) -> Value {
        let line = |line| held::written(self.then, self.meeting, line);
        let parts = if item.withdrawn.is_some() { &[][..] } else { &item.parts };
        let part = |text: String| json!({"title": text, "text": format!("{MARK}: what was said and done")});
        let is_minutes = kind(item) == Kind::Minutes;
        let (text, resolved) = self.words(item);
        json!({
            "number": item.number, "title": line(item.title),
            "label": item.label.map(|label| label.value.clone()),
            "lead": item.lead.and_then(|lead| held::whole(self.then, self.meeting, lead)),
            "text": text, "decides": resolved.is_some() && kind(item) == Kind::Business, "resolved": resolved,
            "open": self.open(item),
            "parts": if is_minutes { Vec::new() } else {
                parts.iter().map(|one| part(line(one.text))).collect::<Vec<_>>()
            },
        })
    }

    /// Gives what was open in the ledger that stands behind an item, for the minute to close.
    fn open(&self, item: &Item) -> Vec<String> {
        let is_ledger = |paper: &Paper| matches!(paper.kind, PaperKind::Ledger(_));
        let has_ledger = item.all_papers().any(|used| used.paper.is_some_and(is_ledger));
        let (Some(body), true) = (self.meeting.body, has_ledger) else { return Vec::new() };
        let promised = super::meeting::promised(self.now, body, self.meeting.agenda.when.date());
        promised.into_iter().filter(|one| one.is_open).map(|one| one.id).collect()
    }

    /// Gives the text of a minute and what was resolved.
    fn words(&self, item: &Item) -> (String, Option<String>) {
        if let Some(why) = item.withdrawn {
            let why = held::written(self.then, self.meeting, why);
            return (format!("This item was withdrawn: {}", sentence(&why)), None);
        }
        let text = match kind(item) {
            Kind::Apologies => "Apologies for absence are recorded above.".to_owned(),
            Kind::Interests => {
                format!("{MARK}: who declared what interest; or keep: There were no declarations of interests.")
            }
            Kind::Minutes => {
                let held = self.minutes_taken(item);
                format!("{MARK}: corrections; or keep: {held} agreed as a true record.")
            }
            Kind::Urgent => format!("{MARK}: what was raised; or keep: There was no urgent business."),
            Kind::Exclusion => {
                return (format!("{MARK}: who moved it; or take this line away"), Some(exclusion(self.meeting)));
            }
            Kind::Business => format!("{}{MARK}: what was considered and said", self.urgency(item)),
        };
        let decides = kind(item) == Kind::Business && item.parts.is_empty();
        (text, decides.then(|| format!("{MARK}: what was resolved; take `resolved` away where nothing was")))
    }

    /// Says which minutes were agreed.
    fn minutes_taken(&self, item: &Item) -> String {
        use crate::model::agenda::Wanted;

        let days: BTreeSet<_> = (item.all_papers())
            .filter_map(|paper| match &paper.named.wanted {
                Wanted::Minutes { date, .. } => Some(*date),
                _ => None,
            })
            .collect();
        let formats = &self.then.council.formats;
        let days: Vec<String> = days.into_iter().map(|day| formats.day.print(day)).collect();
        match days.as_slice() {
            [] => "The minutes of the last meeting were".to_owned(),
            [day] => format!("The minutes of the meeting held on {day} were"),
            days => format!("The minutes of the meetings held on {} were", days.join(" and ")),
        }
    }

    /// States why an urgent item was taken, as section 100B(4)(b) of the Act of 1972 wants it in the minutes.
    fn urgency(&self, item: &Item) -> String {
        let Some(urgent) = item.urgent else { return String::new() };
        let line = |line| held::written(self.then, self.meeting, line);
        let words = urgent.circumstances.as_ref().map(line).unwrap_or_default();
        let chair = urgent.chair.as_ref().map_or_else(|| "the Chair".to_owned(), |chair| self.named(&chair.plain()));
        let chair = if chair.starts_with("the ") { chair.replacen('t', "T", 1) } else { chair };
        format!(
            "{chair} was of the opinion that the item should be considered as a matter of urgency, by reason of \
             special circumstances: {}\n\n",
            sentence(&words)
        )
    }

    /// Gives a person or a post by its id, or the words themselves.
    fn named(&self, words: &str) -> String {
        let Registry { people, posts } = &self.then.people;
        let person = people.get(words).map(|person| &person.name.value);
        let post = posts.get(words).map(|post| format!("the {}", post.title.value));
        person.map(|name| as_markdown(name)).or(post).unwrap_or_else(|| as_markdown(words))
    }
}

fn sentence(words: &str) -> String {
    if words.ends_with(['.', '!', '?']) { words.to_owned() } else { format!("{words}.") }
}

/// What is usually done under an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Apologies,
    Interests,
    Minutes,
    Urgent,
    Exclusion,
    Business,
}

fn kind(item: &Item) -> Kind {
    let id = item.standing.map_or("", |id| id.value.as_str());
    let words = format!("{id} {}", item.title.plain()).to_lowercase();
    let is = |some: &[&str]| some.iter().any(|word| words.contains(word));
    let has_own =
        item.all_papers().any(|paper| !matches!(paper.named.wanted, crate::model::agenda::Wanted::Minutes { .. }));
    match () {
        () if has_own || item.private => Kind::Business,
        () if is(&["apolog"]) => Kind::Apologies,
        () if is(&["interests", "declaration"]) => Kind::Interests,
        () if is(&["minutes"]) => Kind::Minutes,
        () if is(&["exclusion of", "exclude the"]) => Kind::Exclusion,
        () if is(&["urgent", "any other business", "other business"]) => Kind::Urgent,
        () => Kind::Business,
    }
}

/// Gives the paragraphs of Schedule 12A on which private items rely.
fn paragraphs(items: &[&Item]) -> BTreeSet<u8> {
    let papers = items.iter().flat_map(|item| item.all_papers()).map(|paper| paper.access.grounds());
    let grounds = papers.chain(items.iter().map(|item| item.access.grounds())).flatten();
    grounds.flat_map(|grounds| grounds.paragraphs.iter().copied()).collect()
}

fn exclusion(meeting: &Meeting) -> String {
    let private: Vec<&Item> = meeting.items().filter(|item| item.private).collect();
    let paragraphs: Vec<String> = paragraphs(&private).iter().map(u8::to_string).collect();
    let which = match paragraphs.as_slice() {
        [] => format!("paragraph {MARK}: which paragraphs"),
        [one] => format!("paragraph {one}"),
        many => format!("paragraphs {}", many.join(" and ")),
    };
    let part = if paragraphs.iter().any(|one| one.len() > 1) { 4 } else { 1 };
    format!(
        "{MARK}: whether it was resolved; keep the rest if so: that the press and public be excluded from the private \
         items, because they contain exempt information within {which} of Part {part} of Schedule 12A to the Local \
         Government Act 1972."
    )
}

/// Gives the grounds of private minutes: those of the items.
fn grounds(items: &[&Item]) -> Value {
    let decided = items.iter().filter_map(|item| item.access.grounds()).find_map(|one| one.decided_by.as_ref());
    let paragraphs: Vec<u8> = paragraphs(items).into_iter().collect();
    json!({
        "paragraphs": paragraphs,
        "public_interest": format!("{MARK}: why withholding these minutes outweighs disclosing them"),
        "decided_by": decided.map_or_else(|| format!("{MARK}: who decided, the id of a post or words"), |one| one.value.clone()),
    })
}
