//! Data of each kind of paper.

use super::Job;
use super::appended;
use super::content;
use super::grounds::grounds;
use super::interests;
use super::ledger;
use super::literal::Data;
use super::markdown::Writer;
use super::node::Call;
use super::people::{named, people};
use crate::check::words_of;
use crate::compose::labels::{action_numbers, objective_numbers};
use crate::compose::moved::{Change, Moved, RowBefore};
use crate::compose::{Document, labels};
use crate::model::action_plan::{Action, ActionPlan, Column};
use crate::model::council::Rating;
use crate::model::minutes::{Group, Minute, Minutes, Record, Vote, Votes};
use crate::model::people::PersonRef;
use crate::model::programme::{ProgrammeItem, WorkProgramme};
use crate::model::report::{Clearance, Report};
use crate::model::text::typographic;
use crate::model::{Line, Paper, PaperKind, Text};
use crate::resolve::minute_numbers;

/// Gives the data of a paper.
pub(super) fn paper(job: &Job, document: &Document, paper: &Paper, pictures: &mut Vec<String>) -> Data {
    let mut writer = Writer { words: job.words(), document: &document.id, pictures };
    let w = &mut writer;
    let data = match &paper.kind {
        PaperKind::Minutes(minutes) => self::minutes(job, minutes, w),
        PaperKind::BriefingNote(note) => briefing_note(job, note, w),
        PaperKind::Report(report) => self::report(job, report, w),
        PaperKind::ActionPlan(plan) => action_plan(job, plan, job.pack.moved.get(&paper.path), w),
        PaperKind::WorkProgramme(programme) => work_programme(job, paper, programme, w),
        PaperKind::Ledger(file) => ledger::ledger(job, paper, file, w),
        PaperKind::Plain(plain) => Data::fields([
            ("title", w.title(&plain.title)),
            ("subtitle", w.maybe_line(plain.subtitle.as_ref())),
            ("date", Data::option(plain.date, |date| content(&w.words.day(date)))),
            ("body", w.numbered(&plain.body, plain.numbered)),
            ("authors", people(job, &plain.authors)),
        ]),
        PaperKind::Appended(appended) => appended::appended(job, document, paper, appended, w),
    };
    data.with("label", Data::option(paper.label.as_ref(), Data::text))
        .with("appendix", Data::option(document.appendix.as_deref(), Data::string))
        .with("withheld", Data::option(document.withheld.as_ref(), |withheld| grounds(withheld, w)))
}

fn minutes(job: &Job, minutes: &Minutes, w: &mut Writer) -> Data {
    let words = job.words();
    let body = words.body_name(&minutes.body);
    let title = minutes
        .title
        .as_ref()
        .map_or_else(|| content(&job.phrases.fill("minutes-of", &[("body", &body)])), |title| w.title(title));
    let formats = &job.pack.workspace.council.formats;
    let (time, date) = (
        formats.time.print(minutes.when.time()),
        formats.minutes.as_ref().unwrap_or(&formats.date).print(minutes.when.date()),
    );
    let held = if minutes.when.has_time {
        content(&job.phrases.fill("minutes-held", &[("time", &time), ("date", &date)]))
    } else {
        content(&date)
    };
    let numbers = minute_numbers(minutes, &job.pack.workspace.council);
    let mut all: Vec<Data> = minutes
        .items
        .iter()
        .chain(&minutes.private)
        .zip(numbers)
        .map(|(minute, number)| self::minute(job, minute, &number, w))
        .collect();
    let private = all.split_off(minutes.items.len());
    let in_roles = |people: &[crate::model::people::InRole]| {
        Data::list(people, |member| Writer::text(&words.in_role(member, false)))
    };
    let closed =
        minutes.closed.map(|time| content(&job.phrases.fill("closed", &[("time", &formats.time.print(time))])));
    let present = minutes
        .present
        .iter()
        .map(|group| Data::fields([("group", w.line(&group.name)), ("people", group_people(job, group))]));
    Data::fields([
        ("council", Data::text(&job.pack.workspace.council.name)),
        ("title", title),
        ("held", held),
        ("present", Data::List(present.collect())),
        ("place", w.maybe_line(minutes.meeting_place.as_ref())),
        ("note", w.maybe_prose(minutes.note.as_ref())),
        ("apologies", in_roles(&minutes.apologies)),
        ("business", Data::string(job.phrases.get("public-business"))),
        ("items", Data::List(all)),
        ("private", Data::List(private)),
        ("closed", closed.unwrap_or(Data::None)),
        ("signature", Data::Bool(minutes.signature)),
        ("draft", Data::Bool(minutes.draft)),
    ])
}

fn minute(job: &Job, minute: &Minute, number: &str, w: &mut Writer) -> Data {
    let parts = minute.parts.iter().zip('a'..).map(|(part, letter)| {
        let mut blocks = record(job, part, w);
        if let Some(after) = &part.after {
            blocks.push(text_block(w.prose(after)));
        }
        Data::fields([
            ("number", Data::string(job.phrases.fill("part-letter", &[("letter", &letter.to_string())]))),
            ("label", Data::option(part.label.as_ref(), Data::text)),
            ("title", w.maybe_title(part.title.as_ref())),
            ("body", Data::List(blocks)),
        ])
    });
    let parts = Data::List(parts.collect());
    // With parts, a resolution of the whole minute comes after them.
    let said = &minute.record;
    let text_only = Record { text: said.text.clone(), interests: said.interests.clone(), ..Record::default() };
    let decided = Record { text: None, interests: Vec::new(), ..said.clone() };
    let body = record(job, &text_only, w);
    let mut after = record(job, &decided, w);
    after.extend(minute.after.as_ref().map(|prose| text_block(w.prose(prose))));
    Data::fields([
        ("number", Data::string(number)),
        ("label", Data::option(minute.record.label.as_ref(), Data::text)),
        ("title", w.maybe_title(minute.record.title.as_ref())),
        ("lead", w.maybe_line(minute.lead.as_ref())),
        ("body", Data::List(body)),
        ("parts", parts),
        ("after", Data::List(after)),
    ])
}

/// Gives the people of a group, one below the other or in one line.
fn group_people(job: &Job, group: &Group) -> Data {
    let words = job.words();
    let names = group.people.iter().map(|member| words.in_role(member, false));
    if group.inline {
        let names: Vec<String> = names.map(|name| name.value).collect();
        return Data::List(vec![content(&job.phrases.list(&names))]);
    }
    Data::list(names, |name| Writer::text(&name))
}

fn text_block(text: Data) -> Data {
    Data::fields([("type", Data::string("text")), ("text", text)])
}

fn record(job: &Job, record: &Record, w: &mut Writer) -> Vec<Data> {
    let mut blocks = Vec::new();
    blocks.extend(record.text.as_ref().map(|prose| text_block(w.prose(prose))));
    if !record.interests.is_empty() {
        blocks.push(text_block(w.prose(&interests::declared(job, &record.interests))));
    }
    let name = |reference: &PersonRef| typographic(&job.words().person(reference).name.value);
    if let Some(mover) = &record.moved {
        let words = match &record.seconded {
            Some(seconder) => {
                job.phrases.fill("moved-and-seconded", &[("mover", &name(mover)), ("seconder", &name(seconder))])
            }
            None => job.phrases.fill("moved", &[("mover", &name(mover))]),
        };
        blocks.push(Data::fields([("type", Data::string("motion")), ("text", content(&words))]));
    }
    blocks.extend(record.resolved.as_ref().map(|prose| {
        Data::fields([
            ("type", Data::string("resolved")),
            ("word", Data::string(job.phrases.get("resolved"))),
            ("text", w.resolution(prose)),
        ])
    }));
    blocks.extend(record.vote.as_ref().map(|vote| self::vote(job, vote)));
    blocks
}

fn vote(job: &Job, vote: &Vote) -> Data {
    let sides = [("vote-for", &vote.in_favour), ("vote-against", &vote.against), ("vote-abstained", &vote.abstained)];
    let rows = sides.into_iter().filter_map(|(key, votes)| {
        let (count, names) = match votes.as_ref()? {
            Votes::Count(count) => (i64::from(*count), Data::None),
            Votes::Names(names) => (i64::try_from(names.len()).unwrap_or(0), content(&job.words().names(names))),
        };
        Some(Data::fields([
            ("label", content(job.phrases.get(key))),
            ("count", Data::Integer(count)),
            ("names", names),
        ]))
    });
    Data::fields([("type", Data::string("vote")), ("rows", Data::List(rows.collect()))])
}

fn briefing_note(job: &Job, note: &crate::model::BriefingNote, w: &mut Writer) -> Data {
    let to = if note.to.is_empty() { std::slice::from_ref(&job.pack.body.name) } else { &note.to[..] };
    let date = note.date.unwrap_or_else(|| job.pack.agenda.when.date());
    Data::fields([
        ("council", Data::text(&job.pack.workspace.council.name)),
        ("heading", Data::string(job.phrases.get("briefing-note"))),
        ("title", w.title(&note.title)),
        ("to", Data::list(to, |to| addressee(to, w))),
        (
            "from",
            note.from.as_ref().map_or(Data::None, |line| {
                let line = w.words.line_or_name(line);
                w.line(&line)
            }),
        ),
        ("date", content(&w.words.note_date(date))),
        ("body", w.numbered(&note.body, true)),
        ("appendices", lines(&note.appendices, w)),
        ("background", note.background.as_ref().map_or(Data::None, |list| lines(list, w))),
        ("authors", people(job, &note.authors)),
    ])
}

fn addressee(to: &Text, w: &Writer) -> Data {
    Writer::text(&Text { value: w.words.body_name(&to.value), place: to.place })
}

fn lines(list: &[Line], w: &mut Writer) -> Data {
    Data::List(list.iter().map(|line| w.line(line)).collect())
}

fn report(job: &Job, report: &Report, w: &mut Writer) -> Data {
    let to = report.to.iter().map(|to| {
        Data::fields([
            ("body", addressee(&to.body, w)),
            ("date", Data::option(to.date, |date| content(&w.words.day(date)))),
        ])
    });
    let to = Data::List(to.collect());
    let field = |key: &str, line: Option<&Line>, w: &mut Writer| {
        line.map(|line| {
            let line = w.words.line_or_name(line);
            Data::fields([("label", content(job.phrases.get(key))), ("text", w.line(&line))])
        })
    };
    let listed = |key: &str, list: Option<&Vec<Line>>, w: &mut Writer| {
        list.map(|list| {
            let text = if list.is_empty() { content(job.phrases.get("none")) } else { lines(list, w) };
            Data::fields([("label", content(job.phrases.get(key))), ("text", text)])
        })
    };
    let before = [
        field("cabinet-member", report.cabinet_member.as_ref(), w),
        field("director", report.director.as_ref(), w),
        field("wards", report.wards.as_ref(), w),
    ];
    let mut after = vec![
        listed("report-appendices", report.appendices.as_deref(), w),
        listed("report-background-papers", report.background.as_deref(), w),
        field("report-scrutiny", report.scrutiny.as_ref(), w),
        field("report-other-bodies", report.other_bodies.as_ref(), w),
        field("report-council", report.council.as_ref(), w),
    ];
    after.extend(
        report
            .fields
            .iter()
            .map(|field| Some(Data::fields([("label", w.line(&field.label)), ("text", w.prose(&field.text))]))),
    );
    let recommendations = report
        .recommendations
        .iter()
        .map(|one| Data::fields([("lead", w.maybe_line(one.to.as_ref())), ("text", w.resolution(&one.text))]));
    let recommendations = Data::List(recommendations.collect());
    Data::fields([
        ("council", Data::text(&job.pack.workspace.council.name)),
        ("privacy", w.maybe_prose(report.privacy.as_ref())),
        ("to", to),
        ("title", w.title(&report.title)),
        ("fields", Data::List(before.into_iter().flatten().collect())),
        ("key-decision", w.maybe_line(report.key_decision.as_ref())),
        ("summary", w.maybe_prose(report.summary.as_ref())),
        ("recommendations", recommendations),
        ("fields-after", Data::List(after.into_iter().flatten().collect())),
        ("report-title", w.line(&report.title)),
        ("body", w.numbered(&report.body, true)),
        ("authors", people(job, &report.authors)),
        ("directorate", Data::option(report.directorate.as_ref(), Data::text)),
        ("contributors", clearances(job, &report.contributors)),
        ("approvers", clearances(job, &report.approvers)),
        ("web-note", w.maybe_line(report.web_note.as_ref())),
    ])
}

fn clearances(job: &Job, rows: &[Clearance]) -> Data {
    let words = job.words();
    Data::list(rows, |row| {
        let person = words.person(&row.person);
        let post = row
            .post
            .as_ref()
            .or(person.post.as_ref())
            .map(|post| Text { value: words.post_title(&post.value), place: post.place });
        let date = |date: Option<chrono::NaiveDate>| Data::option(date, |date| content(&words.compact(date)));
        Data::fields([
            ("name", named(&row.person, &words)),
            ("post", Data::option(post.as_ref(), Writer::text)),
            ("directorate", Data::option(row.directorate.as_ref(), Writer::text)),
            ("sent", date(row.sent)),
            ("received", date(row.received)),
        ])
    })
}

fn action_plan(job: &Job, plan: &ActionPlan, moved: Option<&Moved>, w: &mut Writer) -> Data {
    let scale = if plan.ratings.is_empty() { &job.pack.workspace.council.ratings } else { &plan.ratings };
    let scale = Data::list(&scale.0, |rating: &Rating| {
        Data::fields([
            ("id", Data::string(&rating.id)),
            ("word", Data::text(&rating.word)),
            ("meaning", w.line(&rating.meaning)),
            ("shape", Data::string(rating.shape.word())),
            ("colour", Data::string(&rating.colour.0)),
        ])
    });
    let columns = Data::List(plan.columns.iter().map(|column| self::column(job, column, plan, w)).collect());
    let mut numbers = objective_numbers(plan).into_iter();
    let mut themes = Vec::new();
    for theme in plan.themes.iter() {
        let mut objectives = Vec::new();
        for objective in &theme.objectives {
            let number = numbers.next().unwrap_or_default();
            let actions = objective.actions.iter().zip(action_numbers(objective, &number)).map(|(action, number)| {
                let change = moved.and_then(|moved| moved.rows.get(&number));
                self::action(action, &number, w).with("moved", Data::option(change, |one| Data::string(one.word())))
            });
            objectives.push(Data::fields([
                ("actions", Data::List(actions.collect())),
                ("number", Data::string(number)),
                ("label", Data::option(objective.label.as_ref(), Data::text)),
                ("area", w.maybe_line(objective.area.as_ref())),
                ("objective", w.maybe_line(objective.objective.as_ref())),
            ]));
        }
        themes.push(Data::fields([
            ("title", w.maybe_title(theme.title.as_ref())),
            ("objectives", Data::List(objectives)),
        ]));
    }
    Data::fields([
        ("title", w.title(&plan.title)),
        ("subtitle", w.maybe_line(plan.subtitle.as_ref())),
        ("introduction", w.maybe_prose(plan.introduction.as_ref())),
        ("scale", scale),
        ("columns", columns),
        ("themes", Data::List(themes)),
        ("moved", Data::option(moved, |moved| content(&moved_sum(job, moved)))),
        ("dropped", Data::List(moved.iter().flat_map(|moved| &moved.dropped).map(dropped).collect())),
    ])
}

/// Says how much has moved in a plan since the public last saw it.
fn moved_sum(job: &Job, moved: &Moved) -> String {
    let count = |word: &str, count: usize| {
        (count > 0).then(|| job.phrases.fill(&format!("plan-moved-count-{word}"), &[("count", &count.to_string())]))
    };
    let of = |change: &Change| moved.rows.values().filter(|one| *one == change).count();
    let counts = Change::ALL.iter().map(|change| count(change.word(), of(change)));
    let counts: Vec<String> = counts.chain([count("dropped", moved.dropped.len())]).flatten().collect();
    let counts = if counts.is_empty() { job.phrases.get("plan-unmoved").to_owned() } else { counts.join(", ") };
    job.phrases.fill("plan-moved", &[("date", &job.words().day(moved.since)), ("counts", &counts)])
}

fn dropped(row: &RowBefore) -> Data {
    Data::fields([("number", Data::string(&row.number)), ("text", content(&row.text))])
}

fn column(job: &Job, column: &Column, plan: &ActionPlan, w: &mut Writer) -> Data {
    let measured = plan.columns.iter().any(|other| matches!(other.id.0.as_str(), "measure" | "impact"));
    let id = if column.id.0 == "rating" && !measured { "rating-alone" } else { column.id.0.as_str() };
    let title =
        column.title.as_ref().map_or_else(|| content(job.phrases.get(&format!("column-{id}"))), |title| w.line(title));
    Data::fields([
        ("id", Data::string(&column.id.0)),
        ("title", title),
        ("width", Data::option(column.width, Data::Number)),
    ])
}

fn action(action: &Action, number: &str, w: &mut Writer) -> Data {
    let by = match (&action.by, action.due) {
        (None, Some(due)) => content(&w.words.day(due)),
        (by, _) => w.maybe_prose(by.as_ref()),
    };
    let mut leads = action.lead.iter().map(|lead| {
        let lead = w.words.line_or_name(lead);
        w.content(&lead.content)
    });
    let lead = match (leads.next(), leads.collect::<Vec<_>>()) {
        (None, _) => Data::None,
        (Some(only), others) if others.is_empty() => Data::Content(only),
        (Some(first), others) => {
            let lines = std::iter::once(first).chain(others);
            Data::Content(lines.map(|line| Call::of("line-of-list").around(line).into()).collect())
        }
    };
    Data::fields([
        ("number", Data::string(number)),
        ("label", Data::option(action.label.as_ref(), Data::text)),
        // What the next plan is compared with.
        ("words", Data::string(words_of(&action.action))),
        (
            "cells",
            Data::fields([
                ("action", w.prose(&action.action)),
                ("complete", Data::option(action.complete.as_ref(), Data::text)),
                ("by", by),
                ("lead", lead),
                ("measure", w.maybe_prose(action.measure.as_ref())),
                ("impact", w.maybe_prose(action.impact.as_ref())),
                ("rating", Data::option(action.rating.as_ref(), Data::text)),
                ("progress", w.maybe_prose(action.progress.as_ref())),
            ]),
        ),
    ])
}

fn work_programme(job: &Job, paper: &Paper, programme: &WorkProgramme, w: &mut Writer) -> Data {
    let words = job.words();
    let title = programme
        .title
        .as_ref()
        .map_or_else(|| content(&labels::title(paper, job.pack, job.phrases)), |title| w.title(title));
    let body = words.body_name(&programme.body);
    let meetings = programme.meetings.iter().map(|meeting| {
        let date =
            meeting.shown.as_ref().map_or_else(|| words.programme_date(meeting.date), |shown| shown.value.clone());
        let date = if meeting.tbc { format!("{date} {}", job.phrases.get("tbc")) } else { date };
        let items = meeting.items.iter().map(|item| programme_item(item, w));
        Data::fields([("items", Data::List(items.collect())), ("date", content(&date))])
    });
    let meetings = Data::List(meetings.collect());
    Data::fields([
        ("body", content(&body)),
        ("title", title),
        ("year", Data::string(programme.year.as_ref().map_or("", |year| &year.value))),
        ("updated", Data::option(programme.updated, |date| content(&words.compact(date)))),
        ("introduction", w.maybe_prose(programme.introduction.as_ref())),
        ("meetings", meetings),
        ("unplaced", Data::List(programme.unplaced.iter().map(|item| programme_item(item, w)).collect())),
    ])
}

fn programme_item(item: &ProgrammeItem, w: &mut Writer) -> Data {
    let leads = item.lead.iter().map(|lead| {
        let lead = w.words.line_or_name(lead);
        w.line(&lead)
    });
    let leads: Vec<Data> = leads.collect();
    Data::fields([
        ("title", w.line(&item.title)),
        ("detail", w.maybe_prose(item.detail.as_ref())),
        ("lead", if leads.is_empty() { Data::None } else { Data::List(leads) }),
        ("label", Data::option(item.label.as_ref(), Data::text)),
    ])
}
