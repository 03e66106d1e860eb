//! What happened when: meetings with their agendas and minutes, and work programmes, by body and day.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::check::reading::{self, Uses};
use crate::check::wording::titles::{Title, Wording};
use crate::model::agenda::Agenda;
use crate::model::minutes::{Minute, Minutes};
use crate::model::people::InRole;
use crate::model::programme::ProgrammeItem;
use crate::model::{Body, Paper, PaperKind, WorkProgramme, Workspace};
use crate::resolve::{self, Item};

/// Days after which a meeting is past, when anything else has been issued: drafts name their day of issue before it
/// comes.
const LONG: i64 = 28;

/// All meetings and programmes, so that no rule looks through every paper.
pub(in crate::check) struct Diary<'a> {
    pub(super) workspace: &'a Workspace,
    /// What each meeting is, by its id.
    resolved: BTreeMap<&'a str, &'a resolve::Meeting<'a>>,
    /// Where each paper is used.
    pub(super) uses: Uses<'a>,
    meetings: BTreeMap<(&'a str, NaiveDate), Meeting<'a>>,
    programmes: BTreeMap<&'a str, Vec<Programme<'a>>>,
    wordings: BTreeMap<&'a str, Wording>,
    /// Last day on which an agenda was issued.
    latest: Option<NaiveDate>,
    /// Last day of a meeting.
    last: Option<NaiveDate>,
}

/// What there is of one meeting, or of those that a body holds on one day.
#[derive(Default)]
pub(super) struct Meeting<'a> {
    /// Its agenda.
    pub(super) agendas: Vec<&'a Agenda>,
    /// Its minutes; private ones may be a paper of their own.
    pub(super) minutes: Vec<(&'a Paper, &'a Minutes)>,
    /// A meeting of another day that was put off to this one.
    pub(super) moved_here: bool,
}

/// A version of a body's work programme.
pub(super) struct Programme<'a> {
    pub(super) paper: &'a Paper,
    pub(super) plan: &'a WorkProgramme,
    /// Day that it shows the state of: of its last change, else of the first meeting that takes it.
    pub(super) state: Option<NaiveDate>,
    /// Last day on which it was in use.
    pub(super) until: Option<NaiveDate>,
}

/// Something that an agenda or minutes are about.
pub(super) struct Subject<'a> {
    pub(super) title: Title,
    /// The item of an agenda that it belongs to.
    pub(super) item: Option<&'a Item<'a>>,
}

impl<'a> Programme<'a> {
    /// Gives every row with its day, those without one last.
    pub(super) fn rows(&self) -> impl Iterator<Item = (Option<NaiveDate>, &'a ProgrammeItem)> + use<'a> {
        let placed = self.plan.meetings.iter();
        let placed = placed.flat_map(|meeting| meeting.items.iter().map(|row| (Some(meeting.date), row)));
        placed.chain(self.plan.unplaced.iter().map(|row| (None, row)))
    }
}

impl<'a> Diary<'a> {
    /// Goes through a workspace once.
    pub(in crate::check) fn of(workspace: &'a Workspace, resolved: &'a [resolve::Meeting<'a>]) -> Self {
        let mut diary = Self {
            workspace,
            resolved: resolved.iter().map(|meeting| (meeting.agenda.id.as_str(), meeting)).collect(),
            uses: reading::uses(resolved),
            meetings: BTreeMap::new(),
            programmes: BTreeMap::new(),
            wordings: (workspace.bodies.iter())
                .map(|(id, body)| (id.as_str(), Wording::of(&workspace.council, body)))
                .collect(),
            latest: workspace.meetings.values().filter_map(|agenda| agenda.issued).max(),
            last: None,
        };
        for agenda in workspace.meetings.values() {
            diary.meetings.entry((&agenda.body, agenda.when.date())).or_default().agendas.push(agenda);
            if let Some(to) = agenda.postponed.as_ref().and_then(|postponed| postponed.to) {
                diary.meetings.entry((&agenda.body, to.date())).or_default().moved_here = true;
            }
        }
        workspace.papers.values().for_each(|paper| diary.add(paper));
        diary.last = diary.meetings.keys().map(|(_, day)| *day).max();
        diary
            .programmes
            .values_mut()
            .for_each(|versions| versions.sort_by_key(|version| (version.state, version.until)));
        diary
    }

    fn add(&mut self, paper: &'a Paper) {
        match &paper.kind {
            PaperKind::Minutes(minutes) => {
                let key = (minutes.body.as_str(), minutes.when.date());
                self.meetings.entry(key).or_default().minutes.push((paper, minutes));
            }
            PaperKind::WorkProgramme(plan) => {
                let taken = |(agenda, _): &(&Agenda, bool)| agenda.when.date();
                let uses = self.uses.get(paper.path.as_str());
                let state = plan.updated.or_else(|| uses.and_then(|uses| uses.first()).map(taken));
                let until = uses.and_then(|uses| uses.last()).map(taken).max(plan.updated);
                self.programmes.entry(&plan.body).or_default().push(Programme { paper, plan, state, until });
            }
            _ => {}
        }
    }

    /// Gives a body's meeting of a day.
    pub(super) fn meeting(&self, body: &str, day: NaiveDate) -> Option<&Meeting<'a>> {
        // The key borrows for as long as the workspace, so the body's own id stands in for the one given.
        let (id, _) = self.workspace.bodies.get_key_value(body)?;
        self.meetings.get(&(id.as_str(), day))
    }

    /// Gives all meetings with their bodies and days.
    pub(super) fn meetings(&self) -> impl Iterator<Item = (&'a str, NaiveDate, &Meeting<'a>)> {
        self.meetings.iter().map(|((body, day), meeting)| (*body, *day, meeting))
    }

    /// Gives a body's meetings by day.
    pub(super) fn meetings_of(&self, body: &str) -> impl DoubleEndedIterator<Item = (NaiveDate, &Meeting<'a>)> {
        let id = self.workspace.bodies.get_key_value(body).map_or("", |(id, _)| id.as_str());
        let range = (id, NaiveDate::MIN)..=(id, NaiveDate::MAX);
        self.meetings.range(range).map(|((_, day), meeting)| (*day, meeting))
    }

    /// Gives a body's programmes, the oldest state first.
    pub(super) fn programmes_of(&self, body: &str) -> &[Programme<'a>] {
        self.programmes.get(body).map_or(&[], Vec::as_slice)
    }

    /// Gives all programmes that no later one of the same year replaces, with the rows' year.
    pub(super) fn current_programmes(&self) -> impl Iterator<Item = (&Programme<'a>, i32)> {
        self.programmes.values().flat_map(|versions| {
            let by_year = versions.iter().flat_map(|version| self.years(version).map(move |year| (year, version)));
            by_year.collect::<BTreeMap<_, _>>().into_iter().map(|(year, version)| (version, year))
        })
    }

    /// Gives the programme that tells what a body planned for a day, as it stood then.
    pub(super) fn programme_for(&self, body: &str, day: NaiveDate) -> Option<&Programme<'a>> {
        let covers = |version: &&Programme| version.plan.meetings.iter().any(|meeting| meeting.date == day);
        let versions = self.programmes_of(body);
        let then = versions.iter().rev().filter(covers).find(|version| version.state.is_none_or(|state| state <= day));
        then.or_else(|| versions.iter().find(covers))
    }

    fn years(&self, version: &Programme<'a>) -> impl Iterator<Item = i32> + use<'a, '_> {
        let council = &self.workspace.council;
        version.plan.meetings.iter().map(|meeting| council.municipal_year(meeting.date))
    }

    /// Gives the words that weigh little in the titles of a body.
    pub(super) fn wording(&self, body: &str) -> &Wording {
        const NONE: &Wording = &Wording::none();
        self.wordings.get(body).unwrap_or(NONE)
    }

    /// Tells whether a meeting is past: its minutes exist, or a later agenda has been issued.
    pub(super) fn is_past(&self, body: &str, day: NaiveDate) -> bool {
        let minuted = self.meeting(body, day).is_some_and(|meeting| !meeting.minutes.is_empty());
        let mut later = self.meetings_of(body).rev().take_while(|(other, _)| *other > day);
        let issued = |agenda: &&Agenda| agenda.issued.is_some_and(|issued| issued > day);
        minuted
            || later.any(|(_, meeting)| meeting.agendas.iter().any(issued))
            || self.latest.is_some_and(|latest| (latest - day).num_days() > LONG)
    }

    /// Tells whether what is declared of people can be expected to have been true on a day: in the municipal year of
    /// the last meeting, and the two before.
    pub(super) fn is_recent(&self, day: NaiveDate) -> bool {
        let year = |day| self.workspace.council.municipal_year(day);
        self.last.is_some_and(|last| year(day) + 2 >= year(last))
    }

    /// Gives every meeting that has an agenda, as it is resolved.
    pub(super) fn resolved(&self) -> impl Iterator<Item = &'a resolve::Meeting<'a>> {
        self.resolved.values().copied()
    }

    /// Gives the items of an agenda.
    pub(super) fn items(&self, agenda: &Agenda) -> impl Iterator<Item = &'a Item<'a>> {
        self.resolved.get(agenda.id.as_str()).into_iter().flat_map(|meeting| meeting.items())
    }

    /// Gives the members of a body at a meeting; of one without an agenda those that the body has.
    pub(super) fn members(&self, body: &'a Body, meeting: &Meeting<'a>) -> &'a [InRole] {
        let resolved = meeting.agendas.first().and_then(|agenda| self.resolved.get(agenda.id.as_str()));
        resolved.map_or(&body.membership, |meeting| meeting.members)
    }

    /// Gives what an agenda is about: its items, their parts, the papers behind them.
    pub(super) fn subjects(&self, agenda: &Agenda) -> Vec<Subject<'a>> {
        let wording = self.wording(&agenda.body);
        let mut subjects = Vec::new();
        for item in self.items(agenda) {
            let mut add = |words: &str| subjects.push(Subject { title: wording.title(words), item: Some(item) });
            add(&item.title.plain());
            item.parts.iter().for_each(|part| add(&part.text.plain()));
            item.all_papers().filter_map(|used| used.paper?.title()).for_each(|title| add(&title));
        }
        subjects
    }

    /// Gives what a minute is about: its title and those of its parts.
    pub(super) fn subjects_of(&self, body: &str, minute: &Minute) -> Vec<Subject<'a>> {
        let wording = self.wording(body);
        let records = minute.records();
        let titles = records.filter_map(|record| record.title.as_ref());
        titles.map(|title| Subject { title: wording.title(&title.plain()), item: None }).collect()
    }
}
