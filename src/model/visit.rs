//! Goes through every text and every person that a source names.

use super::action_plan::ActionPlan;
use super::agenda::{Agenda, Entry, Item};
use super::council::{Council, Rating};
use super::front::{Front, Signatory};
use super::minutes::{Minute, Minutes, Record, Votes};
use super::people::{InRole, Person, PersonRef};
use super::programme::ProgrammeItem;
use super::report::{Clearance, Report};
use super::text::{Block, Inline};
use super::{Body, Line, Paper, PaperKind, Prose, Text, Withheld, Written};

/// Is shown every text and person.
pub(crate) trait Visitor<'a> {
    /// Is shown plain text that is printed.
    fn text(&mut self, _text: &'a Text) {}
    /// Is shown the parts of a line.
    fn inlines(&mut self, _content: &'a [Inline]) {}
    /// Is shown blocks.
    fn blocks(&mut self, _blocks: &'a [Block]) {}
    /// Is shown a reference to a person.
    fn person(&mut self, _person: &'a PersonRef) {}
    /// Is shown a reference to a post, or a post in words.
    fn post(&mut self, _post: &'a Text) {}
    /// Is shown a reference to a body, or a body in words.
    fn body(&mut self, _body: &'a Text) {}
    /// Is shown a line that may be the id of a person or post, after its parts.
    fn name_line(&mut self, _line: &'a Line) {}
    /// Is shown a rating given.
    fn rating(&mut self, _rating: &'a Text) {}
}

fn line<'a>(line: Option<&'a Line>, v: &mut dyn Visitor<'a>) {
    if let Some(line) = line {
        v.inlines(&line.content);
    }
}

fn lines<'a>(lines: &'a [Line], v: &mut dyn Visitor<'a>) {
    for line in lines {
        v.inlines(&line.content);
    }
}

fn prose<'a>(prose: Option<&'a Prose>, v: &mut dyn Visitor<'a>) {
    if let Some(prose) = prose {
        v.blocks(&prose.blocks);
    }
}

fn text<'a>(text: Option<&'a Text>, v: &mut dyn Visitor<'a>) {
    if let Some(text) = text {
        v.text(text);
    }
}

fn person<'a>(reference: &'a PersonRef, v: &mut dyn Visitor<'a>) {
    v.person(reference);
    if let PersonRef::Written(person) = reference {
        written_person(person, v);
    }
}

/// Shows the texts of a person.
pub(crate) fn written_person<'a>(person: &'a Person, v: &mut dyn Visitor<'a>) {
    v.text(&person.name);
    for part in [&person.short, &person.email, &person.phone] {
        text(part.as_ref(), v);
    }
    if let Some(post) = &person.post {
        v.post(post);
    }
}

fn people<'a>(references: impl IntoIterator<Item = &'a PersonRef>, v: &mut dyn Visitor<'a>) {
    references.into_iter().for_each(|reference| person(reference, v));
}

fn in_roles<'a>(members: &'a [InRole], v: &mut dyn Visitor<'a>) {
    for member in members {
        person(&member.person, v);
        text(member.role.as_ref(), v);
        if let Some(post) = &member.post {
            v.post(post);
        }
    }
}

/// Shows what is printed of grounds for withholding.
pub(crate) fn withheld<'a>(withheld: &'a Written<Option<Withheld>>, v: &mut dyn Visitor<'a>) {
    if let Some(withheld) = withheld.as_written() {
        prose(withheld.public_interest.as_ref(), v);
        prose(withheld.confidential.as_ref(), v);
        if let Some(post) = &withheld.decided_by {
            v.post(post);
        }
    }
}

/// Shows what stands around the items of a front sheet.
pub(crate) fn front<'a>(front: &'a Front, v: &mut dyn Visitor<'a>) {
    people(&front.contact, v);
    for notice in &front.notices {
        v.blocks(&notice.blocks);
    }
    lines(front.notes.as_deref().unwrap_or_default(), v);
    lines(&front.notes_add, v);
    for access in front.access.iter().flatten() {
        v.inlines(&access.title.content);
        v.blocks(&access.text.blocks);
    }
    match &front.signatory {
        Some(Signatory::Post(post)) => v.post(post),
        Some(Signatory::Written { name, post, address }) => {
            v.text(name);
            text(address.as_ref(), v);
            if let Some(post) = post {
                v.post(post);
            }
        }
        None => {}
    }
}

/// Shows a rating scale.
pub(crate) fn scale<'a>(ratings: &'a [Rating], v: &mut dyn Visitor<'a>) {
    for rating in ratings {
        v.text(&rating.word);
        v.inlines(&rating.meaning.content);
    }
}

/// Shows an item of business, its papers' grounds included.
pub(crate) fn item<'a>(item: &'a Item, v: &mut dyn Visitor<'a>) {
    v.inlines(&item.title.content);
    line(item.lead.as_ref(), v);
    prose(item.text.as_ref(), v);
    for part in &item.parts {
        v.inlines(&part.text.content);
        people(&part.requisition, v);
    }
    people(&item.requisition, v);
    people(&item.listing_officer, v);
    line(item.separately.as_ref(), v);
    line(item.to_follow.as_ref(), v);
    line(item.withdrawn.as_ref(), v);
    if let Some(urgent) = &item.urgent {
        line(urgent.circumstances.as_ref(), v);
        line(urgent.chair.as_ref(), v);
        urgent.chair.iter().for_each(|chair| v.name_line(chair));
    }
    line(item.no_public_report.as_ref(), v);
    withheld(&item.withheld, v);
    for paper in item.all_papers() {
        text(paper.appendix.as_ref(), v);
        withheld(&paper.withheld, v);
    }
}

impl Agenda {
    /// Shows every text of the agenda.
    pub(crate) fn visit<'a>(&'a self, v: &mut dyn Visitor<'a>) {
        line(self.title.as_ref(), v);
        line(self.meeting_place.as_ref(), v);
        prose(self.cancelled.as_ref(), v);
        prose(self.postponed.as_ref().and_then(|postponed| postponed.reason.as_ref()), v);
        front(self.front.as_written(), v);
        in_roles(self.membership.as_written().as_deref().unwrap_or_default(), v);
        for entry in self.public.iter().chain(&self.private) {
            match entry {
                Entry::Item(inner) => item(inner, v),
                Entry::Heading { title, text } => {
                    v.inlines(&title.content);
                    prose(text.as_ref(), v);
                }
            }
        }
    }
}

impl Council {
    /// Shows every text of the council's file.
    pub(crate) fn visit<'a>(&'a self, v: &mut dyn Visitor<'a>) {
        v.text(&self.name);
        for part in [&self.website, &self.address, &self.look.logo_text] {
            text(part.as_ref(), v);
        }
        front(self.front.as_written(), v);
        self.standing.as_written().values().for_each(|standing| item(standing, v));
        scale(&self.ratings, v);
        self.phrases.values().for_each(|phrase| v.text(phrase));
    }
}

impl Body {
    /// Shows every text of the body's file.
    pub(crate) fn visit<'a>(&'a self, v: &mut dyn Visitor<'a>) {
        v.text(&self.name);
        text(self.short.as_ref(), v);
        text(self.called.as_ref(), v);
        line(self.meeting_place.as_ref(), v);
        in_roles(&self.membership, v);
        front(self.front.as_written(), v);
        self.standing.as_written().values().for_each(|standing| item(standing, v));
    }
}

impl Paper {
    /// Shows every text of the paper.
    pub(crate) fn visit<'a>(&'a self, v: &mut dyn Visitor<'a>) {
        withheld(&self.withheld, v);
        match &self.kind {
            PaperKind::Minutes(paper) => minutes(paper, v),
            PaperKind::BriefingNote(paper) => {
                v.inlines(&paper.title.content);
                paper.to.iter().for_each(|to| v.body(to));
                line(paper.from.as_ref(), v);
                paper.from.iter().for_each(|from| v.name_line(from));
                v.blocks(&paper.body.blocks);
                people(&paper.authors, v);
                lines(&paper.appendices, v);
                lines(paper.background.as_deref().unwrap_or_default(), v);
            }
            PaperKind::Report(paper) => report(paper, v),
            PaperKind::ActionPlan(paper) => action_plan(paper, v),
            PaperKind::WorkProgramme(paper) => {
                line(paper.title.as_ref(), v);
                text(paper.year.as_ref(), v);
                prose(paper.introduction.as_ref(), v);
                let placed = paper.meetings.iter().flat_map(|meeting| &meeting.items);
                placed.chain(&paper.unplaced).for_each(|item| programme_item(item, v));
            }
            PaperKind::Plain(paper) => {
                v.inlines(&paper.title.content);
                line(paper.subtitle.as_ref(), v);
                people(&paper.authors, v);
                v.blocks(&paper.body.blocks);
            }
            // The description is heard, not seen: it needs no shapes.
            PaperKind::Appended(paper) => v.inlines(&paper.title.content),
        }
    }
}

fn programme_item<'a>(item: &'a ProgrammeItem, v: &mut dyn Visitor<'a>) {
    v.inlines(&item.title.content);
    prose(item.detail.as_ref(), v);
    lines(&item.lead, v);
    item.lead.iter().for_each(|lead| v.name_line(lead));
}

fn minutes<'a>(paper: &'a Minutes, v: &mut dyn Visitor<'a>) {
    line(paper.title.as_ref(), v);
    line(paper.meeting_place.as_ref(), v);
    prose(paper.note.as_ref(), v);
    for group in &paper.present {
        v.inlines(&group.name.content);
        in_roles(&group.people, v);
    }
    in_roles(&paper.apologies, v);
    paper.all().for_each(|one| minute(one, v));
}

fn minute<'a>(minute: &'a Minute, v: &mut dyn Visitor<'a>) {
    line(minute.lead.as_ref(), v);
    record(&minute.record, v);
    minute.parts.iter().for_each(|part| record(part, v));
    prose(minute.after.as_ref(), v);
}

fn record<'a>(record: &'a Record, v: &mut dyn Visitor<'a>) {
    line(record.title.as_ref(), v);
    prose(record.text.as_ref(), v);
    for interest in &record.interests {
        person(&interest.person, v);
        text(interest.nature.as_ref(), v);
    }
    people(&record.moved, v);
    people(&record.seconded, v);
    prose(record.resolved.as_ref(), v);
    if let Some(vote) = &record.vote {
        for votes in [&vote.in_favour, &vote.against, &vote.abstained].into_iter().flatten() {
            if let Votes::Names(names) = votes {
                people(names, v);
            }
        }
    }
    prose(record.after.as_ref(), v);
}

fn report<'a>(paper: &'a Report, v: &mut dyn Visitor<'a>) {
    v.inlines(&paper.title.content);
    paper.to.iter().for_each(|to| v.body(&to.body));
    prose(paper.privacy.as_ref(), v);
    for field in [
        &paper.cabinet_member,
        &paper.director,
        &paper.wards,
        &paper.key_decision,
        &paper.scrutiny,
        &paper.other_bodies,
        &paper.council,
        &paper.web_note,
    ] {
        line(field.as_ref(), v);
    }
    [&paper.cabinet_member, &paper.director].into_iter().flatten().for_each(|line| v.name_line(line));
    prose(paper.summary.as_ref(), v);
    for recommendation in &paper.recommendations {
        line(recommendation.to.as_ref(), v);
        v.blocks(&recommendation.text.blocks);
    }
    lines(paper.appendices.as_deref().unwrap_or_default(), v);
    lines(paper.background.as_deref().unwrap_or_default(), v);
    for field in &paper.fields {
        v.inlines(&field.label.content);
        v.blocks(&field.text.blocks);
    }
    v.blocks(&paper.body.blocks);
    people(&paper.authors, v);
    text(paper.directorate.as_ref(), v);
    paper.contributors.iter().chain(&paper.approvers).for_each(|row| clearance(row, v));
}

fn clearance<'a>(row: &'a Clearance, v: &mut dyn Visitor<'a>) {
    person(&row.person, v);
    if let Some(post) = &row.post {
        v.post(post);
    }
    text(row.directorate.as_ref(), v);
}

fn action_plan<'a>(plan: &'a ActionPlan, v: &mut dyn Visitor<'a>) {
    v.inlines(&plan.title.content);
    line(plan.subtitle.as_ref(), v);
    prose(plan.introduction.as_ref(), v);
    scale(&plan.ratings, v);
    plan.columns.iter().for_each(|column| line(column.title.as_ref(), v));
    for theme in &plan.themes {
        line(theme.title.as_ref(), v);
        for objective in &theme.objectives {
            line(objective.area.as_ref(), v);
            line(objective.objective.as_ref(), v);
            for action in &objective.actions {
                v.blocks(&action.action.blocks);
                lines(&action.lead, v);
                action.lead.iter().for_each(|lead| v.name_line(lead));
                for cell in [&action.by, &action.measure, &action.impact, &action.progress] {
                    prose(cell.as_ref(), v);
                }
                [&action.complete, &action.rating].into_iter().flatten().for_each(|rating| v.rating(rating));
            }
        }
    }
}
