//! Minutes against the agenda of their meeting, and agendas against the minutes behind them.

use chrono::NaiveDate;

use super::diary::{Diary, Meeting, Subject};
use crate::check::passages::{self, Passage};
use crate::check::wording::dates::{self, Mention, printed};
use crate::check::wording::titles::is_procedure;
use crate::finding::{Confidence, Finding, Log, Severity};
use crate::model::agenda::{Agenda, Wanted};
use crate::model::minutes::Minute;
use crate::resolve::{Access, Item, ResolvedPaper};

crate::finding::rule! {
    /// Nothing on the agenda has a title like that of the minute. Business that was not on the agenda can only
    /// be taken as urgent, by reason of special circumstances which the minutes state (Local Government Act
    /// 1972, section 100B(4)(b)): a minute that speaks of urgency is left alone.
    NOT_ON_AGENDA = "C0011", Consistency, Warning, "a minute of something that was not on the agenda";
    "Local Government Act 1972, section 100B(4)(b)"
}

/// Finds items of an agenda that the minutes of the meeting do not have, and minutes of what was not on the agenda.
pub(in crate::check) fn of_their_agenda(diary: &Diary, log: &Log) {
    for (body, day, meeting) in diary.meetings() {
        let [agenda] = meeting.agendas[..] else { continue };
        if meeting.minutes.is_empty() || agenda.public.is_empty() || agenda.status() != "scheduled" {
            continue;
        }
        let items = diary.subjects(agenda);
        let minutes: Vec<&Minute> = all(meeting).collect();
        let minuted: Vec<Subject> = minutes.iter().flat_map(|minute| diary.subjects_of(body, minute)).collect();
        not_minuted(diary, meeting, agenda, &items, &minuted, log);
        for minute in minutes {
            let titles = diary.subjects_of(body, minute);
            let Some(title) = minute.record.title.as_ref() else { continue };
            let planned = titles.iter().any(|title| items.iter().any(|item| item.title.is_like(&title.title)));
            let vague = titles.iter().all(|title| title.title.is_vague());
            if planned || vague || is_procedure(&title.plain()) || is_urgent(minute) {
                continue;
            }
            let message = format!("`{}` was minuted, but is not on the agenda of {}", title.plain(), printed(day));
            log.add(
                Finding::new(&NOT_ON_AGENDA, title.place, message)
                    .also(agenda.place, "the agenda")
                    .help("give both the same title; of urgent business, record why it was urgent")
                    .confidence(Confidence::Likely),
            );
        }
    }
}

/// Gives every minute of a meeting.
fn all<'a>(meeting: &Meeting<'a>) -> impl Iterator<Item = &'a Minute> {
    meeting.minutes.iter().flat_map(|(_, minutes)| minutes.all())
}

/// Tells whether a minute says that the matter was urgent, and so could be taken without being on the agenda.
fn is_urgent(minute: &Minute) -> bool {
    let texts = [&minute.record.text, &minute.record.resolved, &minute.after];
    let blocks = texts.into_iter().flatten().flat_map(|text| passages::of_blocks(&text.blocks));
    let lead = minute.lead.iter().map(|lead| passages::of_parts(&lead.content));
    blocks.chain(lead).any(|passage| passage.words.to_lowercase().contains("urgen"))
}

crate::finding::rule! {
    /// The meeting has an agenda and minutes, and no minute has a title like that of the item, of its parts or
    /// of its papers. Record what became of it, if only that it was not reached. Apologies, announcements and
    /// other steps of a meeting are left alone, as are private items while there are no private minutes. A hint
    /// while the minutes are a draft.
    NOT_MINUTED = "C0010", Consistency, Warning, "an item of the agenda that the minutes do not have";
    "practice"
}

/// Finds items that no minute is about. Private ones are left alone while there are no private minutes, and so is
/// what is always there: its minutes have no papers or names of their own.
fn not_minuted(diary: &Diary, meeting: &Meeting, agenda: &Agenda, items: &[Subject], minuted: &[Subject], log: &Log) {
    let has_private = meeting.minutes.iter().any(|(paper, _)| !Access::of_paper(paper).is_public());
    let has_public = meeting.minutes.iter().any(|(_, minutes)| !minutes.items.is_empty());
    let draft = meeting.minutes.iter().any(|(_, minutes)| minutes.draft);
    let Some((_, first)) = meeting.minutes.first() else { return };
    for item in diary.items(agenda) {
        let title = item.title.plain();
        let wanted = if item.private { has_private } else { has_public };
        if !wanted || item.standing.is_some() || item.withdrawn.is_some() || is_procedure(&title) {
            continue;
        }
        let own: Vec<&Subject> = items.iter().filter(|s| s.item.is_some_and(|of| std::ptr::eq(of, item))).collect();
        if own
            .iter()
            .all(|subject| subject.title.is_vague() && !minuted.iter().any(|m| m.title.is_like(&subject.title)))
            || own.iter().any(|subject| minuted.iter().any(|minute| minute.title.is_like(&subject.title)))
        {
            continue;
        }
        let message =
            format!("`{title}` was on the agenda of {}, but no minute is about it", printed(agenda.when.date()));
        let severity = if draft { Severity::Info } else { Severity::Warning };
        log.add(
            Finding::new(&NOT_MINUTED, item.title.place, message)
                .also(
                    first.items.first().or(first.private.first()).map_or(first.place, |minute| minute.place),
                    "the minutes",
                )
                .help("add a minute, if only to say that the item was not reached; or give both the same title")
                .weighing(severity)
                .confidence(Confidence::Likely),
        );
    }
}

/// Finds minutes behind an item that names the meeting of another day, and minutes whose own item on the last minutes
/// does.
pub(in crate::check) fn other_minutes(diary: &Diary, log: &Log) {
    for resolved in diary.resolved() {
        let agenda = resolved.agenda;
        let mut behind: Vec<NaiveDate> = Vec::new();
        for item in resolved.items() {
            behind.extend(item.all_papers().filter_map(day_of));
            let split = item.parts.iter().any(|part| part.papers.iter().any(|paper| day_of(paper).is_some()));
            if split {
                for part in &item.parts {
                    let words = [passages::of_parts(&part.text.content)];
                    compare(diary, &words, &part.papers.iter().collect::<Vec<_>>(), log);
                }
            } else {
                compare(diary, &texts(item), &item.all_papers().collect::<Vec<_>>(), log);
            }
        }
        let own = diary.meeting(&agenda.body, agenda.when.date()).into_iter().flat_map(all);
        for minute in own.filter(|_| !behind.is_empty()) {
            agreed_others(diary, agenda, minute, &behind, log);
        }
    }
}

/// Gives the day of the meeting of which a use wants the minutes.
fn day_of(paper: &ResolvedPaper) -> Option<NaiveDate> {
    match &paper.named.wanted {
        Wanted::Minutes { date, .. } => Some(*date),
        _ => None,
    }
}

/// Gives what an item says in its title, text and parts.
fn texts(item: &Item) -> Vec<Passage> {
    let lines = std::iter::once(item.title).chain(item.lead).chain(item.parts.iter().map(|part| part.text));
    let lines = lines.map(|line| passages::of_parts(&line.content));
    lines.chain(item.text.iter().flat_map(|text| passages::of_blocks(&text.blocks))).collect()
}

/// Gives the days of meetings that a passage on minutes names.
fn meeting_days(passage: &Passage) -> Vec<Mention> {
    let lower = passage.words.to_lowercase();
    let speaks = ["minutes", "meeting", "record"].iter().any(|word| lower.contains(word));
    if speaks { dates::days(&passage.words) } else { Vec::new() }
}

crate::finding::rule! {
    /// An item asks members to agree the minutes of one day, and those of another stand behind it; or the
    /// minutes of the meeting say that others were agreed than the agenda had. Name the same meeting in both
    /// places.
    OTHER_MINUTES = "C0013", Consistency, Warning, "minutes of another meeting than the words name";
    "practice"
}

/// Compares the days that texts name with those of the minutes beside them.
fn compare(diary: &Diary, texts: &[Passage], papers: &[&ResolvedPaper], log: &Log) {
    let minutes: Vec<(&ResolvedPaper, NaiveDate)> =
        papers.iter().filter_map(|paper| Some((*paper, day_of(paper)?))).collect();
    let named: Vec<(&Passage, Mention)> =
        texts.iter().flat_map(|text| meeting_days(text).into_iter().map(move |day| (text, day))).collect();
    if minutes.is_empty() || named.is_empty() {
        return;
    }
    let sources = &diary.workspace.sources;
    let missing = named.iter().find(|(_, day)| !minutes.iter().any(|(_, date)| day.is(*date)));
    let odd = minutes.iter().find(|(_, date)| !named.iter().any(|(_, day)| day.is(*date)));
    let finding = |place, message| {
        Finding::new(&OTHER_MINUTES, place, message)
            .help("name the same meeting in the words and under `minutes`")
            .confidence(Confidence::Likely)
    };
    match (missing, odd) {
        (Some((text, day)), Some((paper, date))) => {
            let words = &text.words[day.range.clone()];
            let message = format!("the minutes of {} stand behind an item that names {words}", printed(*date));
            log.add(
                finding(paper.named.place, message).also(text.place(day.range.clone(), sources), "the item's words"),
            );
        }
        (Some((text, day)), None) => {
            let words = &text.words[day.range.clone()];
            let message = format!("the item names the meeting of {words}, but its minutes are not behind it");
            log.add(finding(text.place(day.range.clone(), sources), message));
        }
        _ => {}
    }
}

/// Finds a minute that agrees the minutes of another meeting than the agenda had.
fn agreed_others(diary: &Diary, agenda: &Agenda, minute: &Minute, behind: &[NaiveDate], log: &Log) {
    let is_minutes = minute.record.title.as_ref().is_some_and(|title| {
        ["minutes", "private minutes", "minutes of the last meeting"].contains(&title.plain().to_lowercase().as_str())
    });
    let Some(text) = minute.record.text.as_ref().filter(|_| is_minutes) else { return };
    for passage in passages::of_blocks(&text.blocks).iter().take(1) {
        let days = dates::days(&passage.words);
        let Some(day) = days.iter().find(|day| !behind.iter().any(|date| day.is(*date))) else { continue };
        let message = format!(
            "the minutes of {} were agreed, but the agenda had those of {}",
            &passage.words[day.range.clone()],
            printed(behind[0])
        );
        log.add(
            Finding::new(&OTHER_MINUTES, passage.place(day.range.clone(), &diary.workspace.sources), message)
                .also(agenda.place, "the agenda")
                .help("name the same meeting in the minutes and on the agenda")
                .confidence(Confidence::Likely),
        );
    }
}
