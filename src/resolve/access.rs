//! Whether a paper or an item is public or withheld, and on which grounds: nothing else decides that.
//!
//! The strictest word holds: grounds of the use, of the paper itself, of the item, and of the standing item of the
//! council or the body that the item is. What is not known to be public is withheld: a paper that cannot be found or
//! read, a standing item that nobody declares, a file that no agenda names.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::Meeting;
use crate::finding::Place;
use crate::model::agenda::Item;
use crate::model::{Paper, PaperKind, Withheld, Workspace};

/// Who may read something.
#[derive(Debug, Clone, Copy)]
pub enum Access<'a> {
    /// Everybody.
    Public,
    /// Members and officers alone; without grounds where nothing gives any.
    Withheld(Option<&'a Withheld>),
}

impl<'a> Access<'a> {
    /// Tells whether everybody may read it.
    pub fn is_public(self) -> bool {
        matches!(self, Self::Public)
    }

    /// Gives the grounds for withholding it, where it is withheld and some are given.
    pub(crate) fn grounds(self) -> Option<&'a Withheld> {
        match self {
            Self::Public => None,
            Self::Withheld(grounds) => grounds,
        }
    }

    /// Gives the access to a paper as far as its own file says it. Minutes of private business are withheld even where
    /// they do not say so.
    pub(crate) fn of_paper(paper: &'a Paper) -> Self {
        match &paper.kind {
            PaperKind::Minutes(minutes) if !minutes.private.is_empty() => {
                Self::Withheld(paper.withheld.as_written().as_ref())
            }
            _ => Self::on(paper.withheld.as_written().as_ref()),
        }
    }

    /// Gives the access to an item: `closed` when it is withheld even without grounds.
    pub(super) fn of_item(grounds: Option<&'a Withheld>, closed: bool) -> Self {
        if closed { Self::Withheld(grounds) } else { Self::on(grounds) }
    }

    pub(super) fn on(grounds: Option<&'a Withheld>) -> Self {
        grounds.map_or(Self::Public, |grounds| Self::Withheld(Some(grounds)))
    }

    /// Gives the stricter of two, with the first grounds that there are.
    pub(super) fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::Public, Self::Public) => Self::Public,
            (one, other) => Self::Withheld(one.grounds().or(other.grounds())),
        }
    }
}

/// Gives the standing items of the council and of all bodies.
fn standing_items(workspace: &Workspace) -> impl Iterator<Item = &Item> {
    workspace
        .council
        .standing
        .as_written()
        .values()
        .chain(workspace.bodies.values().flat_map(|body| body.standing.as_written().values()))
}

/// Gives all that is written of standing items that are not public, or of papers that they name: none of these can be.
pub(crate) fn withheld_standing_items(workspace: &Workspace) -> impl Iterator<Item = Place> {
    let names_papers = |item: &Item| item.all_papers().next().is_some();
    let withheld = move |item: &&Item| {
        item.withheld.as_written().is_some() || item.standing.as_written().is_some() || names_papers(item)
    };
    standing_items(workspace).filter(withheld).map(|item| item.extent)
}

/// Gives all grounds on which anything is withheld, each with the keys of the papers that are withheld on it: those
/// of papers, uses of papers, items, and standing items whether or not an agenda has them.
pub(crate) fn all_grounds<'a>(workspace: &'a Workspace, meetings: &[Meeting<'a>]) -> Vec<(&'a Withheld, Vec<&'a str>)> {
    let mut all = Vec::new();
    for item in standing_items(workspace) {
        all.extend(item.withheld.as_written().as_ref().map(|grounds| (grounds, None)));
    }
    for item in meetings.iter().flat_map(Meeting::items) {
        let of_item = item.access.grounds();
        all.extend(of_item.map(|grounds| (grounds, None)));
        for paper in item.all_papers() {
            let grounds = paper.named.withheld.as_written().iter().chain(of_item);
            all.extend(grounds.map(|grounds| (grounds, Some(paper.named.path.as_str()))));
        }
    }
    for paper in workspace.papers.values() {
        all.extend(paper.withheld.as_written().as_ref().map(|grounds| (grounds, Some(paper.path.as_str()))));
    }
    let mut gathered: Vec<(&Withheld, Vec<&str>)> = Vec::new();
    for (grounds, path) in all {
        match gathered.iter_mut().find(|(known, _)| std::ptr::eq(*known, grounds)) {
            Some((_, paths)) => paths.extend(path),
            None => gathered.push((grounds, path.into_iter().collect())),
        }
    }
    gathered
}

/// The papers and files of a workspace that some meeting publishes, and those that something withholds.
#[derive(Debug, Default)]
pub struct Published {
    /// With the day of the first meeting that publishes it.
    public: BTreeMap<String, NaiveDate>,
    withheld: BTreeSet<String>,
}

impl Published {
    /// Gathers them from all agendas and papers. Papers are known by their key and by their file.
    pub fn of(workspace: &Workspace, meetings: &[Meeting]) -> Self {
        let mut published = Self::default();
        let items = meetings.iter().flat_map(|meeting| meeting.items().map(move |item| (meeting, item)));
        for (meeting, item) in items {
            let day = meeting.agenda.when.date();
            // The papers of a withdrawn item are in no pack: they are as if no agenda named them.
            for used in item.all_papers().filter(|used| item.withdrawn.is_none() || !used.access.is_public()) {
                published.add([&used.named.path, used.named.file()], used.access, day);
            }
        }
        for named in standing_items(workspace).flat_map(Item::all_papers) {
            // A standing item has no papers of its own: nobody publishes what is named there.
            published.add([&named.path, named.file()], Access::Withheld(None), NaiveDate::MAX);
        }
        for paper in workspace.papers.values().filter(|paper| !Access::of_paper(paper).is_public()) {
            published.add([&paper.path, paper.source()], Access::of_paper(paper), NaiveDate::MAX);
        }
        published
    }

    fn add(&mut self, paths: [&str; 2], access: Access, day: NaiveDate) {
        for path in paths.into_iter().filter(|path| !path.is_empty()).map(str::to_owned) {
            if access.is_public() {
                let first = self.public.entry(path).or_insert(day);
                *first = day.min(*first);
            } else {
                self.withheld.insert(path);
            }
        }
    }

    /// Tells whether a paper is public at some meeting up to a day, and withheld nowhere.
    pub(crate) fn has_by(&self, path: &str, day: NaiveDate) -> bool {
        self.public.get(path).is_some_and(|first| *first <= day) && !self.withheld.contains(path)
    }

    /// Tells whether a paper or file is public at some meeting and withheld nowhere.
    pub(crate) fn has(&self, path: &str) -> bool {
        self.public.contains_key(path) && !self.withheld.contains(path)
    }

    /// Tells whether something withholds a paper or file.
    pub(crate) fn withholds(&self, path: &str) -> bool {
        self.withheld.contains(path)
    }
}

#[cfg(test)]
mod tests {
    use super::super::meetings;
    use super::*;
    use crate::model::agenda::{Agenda, Entry, PaperUse};
    use crate::model::{Minutes, PlainPaper, Text, Written};

    const PAPER: &str = "content/bodies/b/2026-09-16/a.yaml";

    fn grounds(paragraph: u8) -> Withheld {
        Withheld { paragraphs: vec![paragraph], ..Withheld::default() }
    }

    fn standing() -> Text {
        Text { value: "deals".into(), ..Text::default() }
    }

    fn paper() -> Paper {
        let kind = PaperKind::Plain(Box::<PlainPaper>::default());
        Paper {
            path: PAPER.into(),
            place: crate::finding::Place::default(),
            label: None,
            withheld: None.into(),
            body: None,
            kind,
        }
    }

    /// A workspace with one paper behind one item, once `edit` has changed it.
    fn workspace(private: bool, edit: impl FnOnce(&mut Workspace, &mut Item, &mut Paper)) -> Workspace {
        let mut workspace = Workspace::default();
        workspace.bodies.insert("b".into(), crate::model::Body { id: "b".into(), ..crate::model::Body::default() });
        let named = PaperUse { path: PAPER.into(), ..PaperUse::default() };
        let (mut item, mut paper) = (Item { papers: vec![named], ..Item::default() }, paper());
        edit(&mut workspace, &mut item, &mut paper);
        let entries = vec![Entry::Item(Box::new(item))];
        let mut agenda = Agenda { id: "b/2026-09-16".into(), body: "b".into(), ..Agenda::default() };
        if private {
            agenda.private = entries;
        } else {
            agenda.public = entries;
        }
        workspace.meetings.insert(agenda.id.clone(), agenda);
        workspace.papers.entry(PAPER.into()).or_insert(paper);
        workspace
    }

    fn published(workspace: &Workspace) -> Published {
        Published::of(workspace, &meetings(workspace))
    }

    /// Gives whether the paper is public, and the paragraphs on which it is withheld.
    fn access(workspace: &Workspace) -> (bool, Vec<u8>) {
        let meetings = meetings(workspace);
        let used = meetings[0].papers().next().expect("a paper");
        let paragraphs = used.access.grounds().map(|grounds| grounds.paragraphs.clone()).unwrap_or_default();
        assert_eq!(used.access.is_public(), published(workspace).has(PAPER));
        let all = all_grounds(workspace, &meetings);
        assert!(paragraphs.iter().all(|_| all.iter().any(|(_, papers)| papers == &[PAPER])));
        (used.access.is_public(), paragraphs)
    }

    #[test]
    fn the_strictest_word_holds_wherever_it_stands() {
        let of_standing = |withheld| Item { withheld: Written::from(withheld), ..Item::default() };
        assert_eq!(access(&workspace(false, |_, _, _| {})), (true, vec![]));
        assert_eq!(
            access(&workspace(false, |_, item, _| item.papers[0].withheld = Some(grounds(1)).into())),
            (false, vec![1])
        );
        assert_eq!(access(&workspace(false, |_, _, paper| paper.withheld = Some(grounds(2)).into())), (false, vec![2]));
        assert_eq!(access(&workspace(false, |_, item, _| item.withheld = Some(grounds(3)).into())), (false, vec![3]));
        assert_eq!(access(&workspace(true, |_, _, _| {})), (false, vec![]));
        for of_body in [true, false] {
            let declared = |workspace: &mut Workspace, item: &mut Item, _: &mut Paper| {
                item.standing = Some(standing()).into();
                let own = workspace.bodies.get_mut("b").map(|body| body.standing.as_written_mut());
                let all = if of_body { own.expect("the body") } else { workspace.council.standing.as_written_mut() };
                all.insert("deals".into(), of_standing(Some(grounds(4))));
            };
            assert_eq!(access(&workspace(false, declared)), (false, vec![4]));
            assert_eq!(access(&workspace(true, declared)), (false, vec![4]));
        }
        // The body's own standing item stands in the place of the council's.
        let own = workspace(false, |workspace, item, _| {
            item.standing = Some(standing()).into();
            workspace.council.standing.as_written_mut().insert("deals".into(), of_standing(Some(grounds(4))));
            workspace
                .bodies
                .get_mut("b")
                .expect("it")
                .standing
                .as_written_mut()
                .insert("deals".into(), of_standing(None));
        });
        assert!(access(&own).0);
    }

    #[test]
    fn what_is_not_known_to_be_public_is_withheld() {
        assert!(
            !access(&workspace(false, |_, item, _| item.standing = Some(standing()).into())).0,
            "nobody declares the item"
        );
        let private = |_: &mut Workspace, _: &mut Item, paper: &mut Paper| {
            let minute = crate::model::minutes::Minute::default();
            paper.kind = PaperKind::Minutes(Box::new(Minutes { private: vec![minute], ..Minutes::default() }));
        };
        assert!(!access(&workspace(false, private)).0, "the minutes hold private business");
        let mut missing = workspace(false, |_, _, _| {});
        missing.papers.clear();
        assert!(!access(&missing).0, "the paper is missing");
        let mut unnamed = workspace(false, |_, _, _| {});
        unnamed.meetings.clear();
        assert!(!published(&unnamed).has(PAPER), "no agenda names it");
        let withdrawn = workspace(false, |_, item, _| item.withdrawn = Some(crate::model::Line::default()));
        assert!(!published(&withdrawn).has(PAPER), "its item is withdrawn");
    }
}
