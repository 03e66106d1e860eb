//! Everything that a body has planned and taken, taken apart once: many requests are looked for in it.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use crate::check::consistency::meetings::diary::{Diary, Programme};
use crate::check::passages;
use crate::check::wording::sentences::clauses;
use crate::check::wording::titles::Title;
use crate::model::programme::ProgrammeItem;

/// The plans of a body, and what it took.
pub(super) struct Plans<'a> {
    /// Its rows, those of the newest programme first; one that stands in several, once.
    pub(super) rows: Vec<Row<'a>>,
    /// What was taken, by day.
    taken: Vec<(NaiveDate, Vec<Title>)>,
}

/// A row of a programme.
pub(super) struct Row<'a> {
    /// How many programmes are newer than the newest that has it.
    pub(super) age: usize,
    /// Its day, if it has one.
    pub(super) day: Option<NaiveDate>,
    pub(super) item: &'a ProgrammeItem,
    pub(super) title: Title,
    /// Titles as which the sentences of its detail can be read.
    pub(super) details: Vec<Title>,
    /// Labels of minutes to which its detail refers.
    pub(super) labels: Vec<String>,
    /// Last day on which it was in use.
    until: Option<NaiveDate>,
}

impl<'a> Plans<'a> {
    /// Gathers them.
    pub(super) fn of(diary: &Diary<'a>, body: &str) -> Self {
        let mut rows = Vec::new();
        let mut seen = BTreeSet::new();
        for (age, version) in diary.programmes_of(body).iter().rev().enumerate() {
            for (day, item) in version.rows() {
                if seen.insert((day, item.title.plain())) {
                    rows.push(row(diary, body, age, version, day, item));
                }
            }
        }
        let titles = |agenda| diary.subjects(agenda).into_iter().map(|subject| subject.title);
        let meetings = diary.meetings_of(body);
        let taken =
            meetings.map(|(day, meeting)| (day, meeting.agendas.iter().flat_map(|agenda| titles(agenda)).collect()));
        Self { rows, taken: taken.collect() }
    }

    /// Gives the rows that were planned for later than a day, in programmes that were in use then or later.
    pub(super) fn after(&self, day: NaiveDate) -> impl Iterator<Item = &Row<'a>> {
        let later =
            move |row: &&Row| row.until.is_none_or(|until| until >= day) && row.day.is_none_or(|when| when > day);
        self.rows.iter().filter(later)
    }

    /// Tells whether a later agenda has something of this title.
    pub(super) fn took(&self, title: &Title, day: NaiveDate) -> bool {
        let mut later = self.taken.iter().rev().take_while(|(other, _)| *other > day).flat_map(|(_, taken)| taken);
        later.any(|taken| title.is_like(taken))
    }
}

fn row<'a>(
    diary: &Diary<'a>,
    body: &str,
    age: usize,
    version: &Programme<'a>,
    day: Option<NaiveDate>,
    item: &'a ProgrammeItem,
) -> Row<'a> {
    let wording = diary.wording(body);
    let passages: Vec<_> = item.detail.iter().flat_map(|detail| passages::of_blocks(&detail.blocks)).collect();
    let said =
        passages.iter().flat_map(|passage| clauses(&passage.words).into_iter().map(|range| &passage.words[range]));
    let details = said.map(|words| wording.title(words)).filter(|title| !title.is_vague()).collect();
    let labels = passages.iter().flat_map(|passage| passage.labels.clone()).collect();
    Row { age, day, item, title: wording.title(&item.title.plain()), details, labels, until: version.until }
}
