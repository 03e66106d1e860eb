//! Days in the words against the days that fields give for the same: notices, what is to follow, the meeting itself.

use std::ops::Range;

use chrono::NaiveDate;

use super::dated::Dated;
use crate::check::passages::{Kind, Passage, of_blocks, of_parts};
use crate::check::reading::Source;
use crate::check::wording::dates::{Mention, printed};
use crate::check::wording::sentences::sentences;
use crate::check::wording::words::lower;
use crate::finding::{Confidence, Finding, Log, Place, rules};
use crate::model::PaperKind;
use crate::model::agenda::{Agenda, Item};
use crate::model::report::Report;

/// A day that a field gives, and where.
type Declared = (NaiveDate, Place);

/// A day in a sentence.
struct Said<'r, 's> {
    passage: &'r Passage,
    date: &'s Mention,
    /// The sentence, in small letters.
    sentence: String,
    /// What stands in it before the day, in small letters.
    before: String,
    /// The other days of the sentence.
    others: Vec<&'s Mention>,
}

/// Finds days that are not those of the field that says the same.
pub(super) fn disagree(dated: &Dated, log: &Log) {
    let report = dated.reading.paper().and_then(|paper| match &paper.kind {
        PaperKind::Report(report) => Some(&**report),
        _ => None,
    });
    let minutes = matches!(dated.reading.paper().map(|paper| &paper.kind), Some(PaperKind::Minutes(_)));
    if minutes {
        return;
    }
    for (passage, dates) in &dated.passages {
        for said in said(passage, dates) {
            of_notice(dated, report, &said, log);
            of_meeting(dated, &said, log);
            if let Source::Agenda(agenda) = dated.reading.source {
                of_issue(dated, agenda, &said, log);
            }
        }
    }
    if let Source::Agenda(agenda) = dated.reading.source {
        for (item, _) in agenda.items() {
            to_follow(dated, agenda, item, log);
        }
    }
}

/// Gives the days of a passage with their sentences.
fn said<'r, 's>(passage: &'r Passage, dates: &'s [Mention]) -> Vec<Said<'r, 's>> {
    let text = &passage.words;
    let all = sentences(text);
    let around = |range: &Range<usize>| all.iter().find(|sentence| sentence.contains(&range.start)).cloned();
    let days = dates.iter().filter(|date| date.day.is_some());
    days.filter_map(|date| {
        let sentence = around(&date.range)?;
        let others = dates.iter().filter(|other| *other != date && sentence.contains(&other.range.start)).collect();
        let before = lower(&text[sentence.start..date.range.start]);
        Some(Said { passage, date, sentence: lower(&text[sentence]), before, others })
    })
    .collect()
}

impl Said<'_, '_> {
    /// Tells whether the sentence has said before the day that something is given or published.
    fn is_given(&self, what: &str) -> bool {
        let behind = self.before.find(what).map(|at| &self.before[at..]);
        let given = |behind: &str| ["given", "published", "issued"].iter().any(|verb| behind.contains(verb));
        let other = ["not ", "will be", "must be", "could", "next "];
        let whole = |behind: &str| !other.iter().any(|words| behind.contains(words));
        behind.is_some_and(|behind| given(behind) && whole(behind)) && !self.sentence.contains("no notice")
    }
}

/// Compares a day of notice with `private_notice` of the meetings and `key_decision_notice` of the report.
fn of_notice(dated: &Dated, report: Option<&Report>, said: &Said, log: &Log) {
    if !said.is_given("notice") {
        return;
    }
    let form = report
        .and_then(|report| report.key_decision.as_ref())
        .is_some_and(|line| line.place.holds(said.passage.whole()));
    let key = said.sentence.contains("key decision") || form;
    let private = said.sentence.contains("private");
    let meetings = dated.reading.meetings.iter();
    let of_private = meetings.clone().flat_map(|agenda| agenda.private_notice.iter().map(|day| (*day, agenda.place)));
    let of_private: Vec<Declared> = of_private.filter(|_| private).collect();
    let notice = report.and_then(|report| report.key_decision_notice.as_ref()).filter(|_| key);
    let of_key = notice.into_iter().flat_map(|notice| {
        [notice.published, notice.general_exception].into_iter().flatten().map(|day| (day, notice.place))
    });
    let of_key: Vec<Declared> = of_key.collect();
    // Where both kinds are spoken of and one is not declared, nobody can tell which day is meant.
    if (key && of_key.is_empty()) || (private && of_private.is_empty()) {
        return;
    }
    let field = if of_private.is_empty() { "key_decision_notice" } else { "private_notice" };
    let declared: Vec<Declared> = of_private.into_iter().chain(of_key).collect();
    // A sentence with the day of another meeting is about the notice of that.
    let known = |other: &Mention| {
        let days = declared.iter().map(|(day, _)| *day);
        days.chain(meetings.clone().map(|agenda| agenda.when.date())).any(|day| other.is(day))
    };
    if said.others.iter().all(|other| known(other)) {
        compare(dated, said, field, &declared, log);
    }
}

/// Compares the day of a meeting that is called this one with that of the agenda.
fn of_meeting(dated: &Dated, said: &Said, log: &Log) {
    const THIS: [&str; 4] = ["this meeting", "today's meeting", "tonight's meeting", "the present meeting"];
    const BETWEEN: [&str; 9] = [" on", " of", " held", " to be", " is", " being", ",", " (", " -"];
    const FORM: [&str; 4] = ["date of meeting:", "date of the meeting:", "meeting date:", "date of this meeting:"];
    let mut before = said.before.trim_end();
    let form = FORM.contains(&before);
    while let Some(rest) = BETWEEN.iter().find_map(|words| before.strip_suffix(words)) {
        before = rest.trim_end();
    }
    if form || THIS.iter().any(|words| before.ends_with(words)) && before.len() < said.before.trim_end().len() {
        let meetings = dated.reading.meetings.iter();
        let moved = |agenda: &&&Agenda| agenda.postponed.is_none() && agenda.cancelled.is_none();
        let declared: Vec<Declared> = meetings
            .filter(moved)
            .map(|agenda| (agenda.when.date(), agenda.when_place.unwrap_or(agenda.place)))
            .collect();
        compare(dated, said, "meeting", &declared, log);
    }
}

/// Compares the day on which the agenda says that it is published with `issued`.
fn of_issue(dated: &Dated, agenda: &Agenda, said: &Said, log: &Log) {
    let own = ["this agenda was", "this agenda is", "the agenda was", "agenda published", "agenda issued"];
    let speaks =
        own.iter().any(|words| said.before.contains(words)) && said.is_given("agenda") && said.others.is_empty();
    if let Some(issued) = agenda.issued.filter(|_| speaks) {
        compare(dated, said, "issued", &[(issued, agenda.issued_place.unwrap_or(agenda.place))], log);
    }
}

/// Compares the day on which an item's words say that its report follows with `published`, and with the meeting.
fn to_follow(dated: &Dated, agenda: &Agenda, item: &Item, log: &Log) {
    let Some(follows) = &item.to_follow else { return };
    let text = item.text.iter().flat_map(|text| of_blocks(&text.blocks));
    let lines = [Some(follows), item.lead.as_ref()].into_iter().flatten().map(|line| of_parts(&line.content));
    for (at, passage) in lines.chain(text).enumerate() {
        let dates = crate::check::wording::dates::days(&passage.words);
        let says = |words: &str| at == 0 || words.contains("to follow") || words.contains("will follow");
        let coming = ["follow", "publish", "circulat", "available", "issued", "sent", "out ", "ready", "by ", "on "];
        let due = |said: &Said| coming.iter().any(|word| said.before.contains(word) || said.before.is_empty());
        for said in said(&passage, &dates).into_iter().filter(|said| says(&said.sentence) && due(said)) {
            let past = ["meeting", "decid", "agreed", "deferred", "since", "after", "until", "considered"];
            if past.iter().any(|word| said.before.contains(word)) || !said.others.is_empty() {
                continue;
            }
            let meeting = agenda.when.date();
            let day = dated.around.map_or_else(|| said.date.date(None), |around| said.date.nearest(around));
            match item.published {
                Some(day) => {
                    compare(dated, &said, "published", &[(day, item.published_place.unwrap_or(item.place))], log);
                }
                None if day.is_some_and(|day| day > meeting) => {
                    log.add(too_late(dated, &said, agenda));
                }
                None => {}
            }
        }
    }
}

fn too_late(dated: &Dated, said: &Said, agenda: &Agenda) -> Finding {
    let written = &said.passage.words[said.date.range.clone()];
    let message = format!("the report follows on `{written}`, after the meeting of {}", printed(agenda.when.date()));
    Finding::new(&rules::OTHER_DAY, dated.reading.place(said.passage, said.date.range.clone()), message)
        .also(agenda.when_place.unwrap_or(agenda.place), "the meeting")
        .help("correct the day, or take the item at a later meeting")
        .confidence(Confidence::Likely)
}

/// Tells of a day that is none of those that a field gives.
fn compare(dated: &Dated, said: &Said, field: &str, declared: &[Declared], log: &Log) {
    let Some((nearest, place)) = declared.first() else { return };
    if declared.iter().any(|(day, _)| said.date.is(*day)) || matches!(said.passage.kind, Kind::Plain) {
        return;
    }
    let written = &said.passage.words[said.date.range.clone()];
    let message = format!("the words say `{written}`, but `{field}` is {}", printed(*nearest));
    log.add(
        Finding::new(&rules::OTHER_DAY, dated.reading.place(said.passage, said.date.range.clone()), message)
            .also(*place, format!("`{field}` here"))
            .help("find out which of the two is right, and correct the other")
            .confidence(Confidence::Likely),
    );
}
