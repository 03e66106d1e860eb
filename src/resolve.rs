//! What a meeting is: what council, body, agenda, item and paper each say of it, put together once.
//!
//! Standing items are filled in, front matter and membership inherited, items numbered, and of every item and paper it is
//! decided whether it is public or withheld, and on which grounds ([`access`]). Nothing else decides any of that: rules,
//! packs and certificates stand on [`Meeting`], and what [`crate::model`] holds as it was written is read here alone.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use crate::finding::Place;
use crate::model::agenda::{self, Agenda, PaperUse, Urgent};
use crate::model::front::Signatory;
use crate::model::people::{InRole, PersonRef, Registry};
use crate::model::{Body, Line, Paper, Prose, Text, Withheld, Workspace};

pub(crate) mod access;
mod items;
pub mod ledger;
mod numbers;
pub(crate) mod placeholders;

pub use access::{Access, Published};
pub(crate) use numbers::minute_numbers;
pub(crate) use placeholders::Values;

/// A meeting.
#[derive(Debug, Clone)]
pub struct Meeting<'a> {
    /// Its agenda.
    pub agenda: &'a Agenda,
    /// The body that meets; none where it is not declared.
    pub body: Option<&'a Body>,
    /// Where it meets.
    pub place: Option<&'a Line>,
    /// Who belongs to the body at this meeting.
    pub members: &'a [InRole],
    /// What stands around the items.
    pub front: Front<'a>,
    /// Public business.
    pub public: Vec<Entry<'a>>,
    /// Private business.
    pub private: Vec<Entry<'a>>,
}

/// What the front sheet prints around its items.
#[derive(Debug, Clone)]
pub struct Front<'a> {
    /// Who signs the agenda.
    pub signatory: Option<&'a Signatory>,
    /// Whom to ask.
    pub contact: Option<&'a PersonRef>,
    /// Boxed notices, those of the council first.
    pub notices: Vec<Cow<'a, Prose>>,
    /// Numbered notes.
    pub notes: Vec<Cow<'a, Line>>,
    /// Titled paragraphs on access.
    pub access: Vec<(Cow<'a, Line>, Cow<'a, Prose>)>,
    /// The file in which something about access would have to stand: the nearest that says anything of it.
    pub access_place: Place,
}

/// A line of the agenda.
#[derive(Debug, Clone)]
pub enum Entry<'a, I = Item<'a>> {
    /// An item of business.
    Item(Box<I>),
    /// A heading between items.
    Heading {
        /** Title. */
        title: &'a Line,
        /** Text below it. */
        text: Option<&'a Prose>,
    },
}

/// An item of business, with what the standing item that it is adds.
#[derive(Debug, Clone)]
pub struct Item<'a> {
    /// What it is known by from one issue to the next: its label, standing item or title.
    pub key: String,
    /// Number as printed, such as `4` or `5A`.
    pub number: String,
    /// Whether it is private business.
    pub private: bool,
    /// Who may read it.
    pub access: Access<'a>,
    /// Id of the standing item that it is.
    pub standing: Option<&'a Text>,
    /// Whether nobody declares that standing item.
    pub undeclared: bool,
    /// Title.
    pub title: &'a Line,
    /// Title of the standing item that it is, whether or not it has its own.
    pub usual_title: Option<&'a Line>,
    /// The number that is pinned.
    pub pinned: Option<&'a Text>,
    /// Label for references.
    pub label: Option<&'a Text>,
    /// Line below the title.
    pub lead: Option<&'a Line>,
    /// Further text.
    pub text: Option<&'a Prose>,
    /// Sub-items.
    pub parts: Vec<Part<'a>>,
    /// Members who required the meeting.
    pub requisition: &'a [PersonRef],
    /// Officer to ask about the item.
    pub listing_officer: Option<&'a PersonRef>,
    /// What will be circulated separately.
    pub separately: Option<&'a Line>,
    /// That the report is to follow, and why.
    pub to_follow: Option<&'a Line>,
    /// That the item is withdrawn, and why.
    pub withdrawn: Option<&'a Line>,
    /// Day from which its papers are open, where that is not the agenda's day of issue, and where it stands.
    pub published: Option<(chrono::NaiveDate, Place)>,
    /// Why it is taken at shorter notice than the law's.
    pub urgent: Option<&'a Urgent>,
    /// Why a private item has no public report beside it.
    pub no_public_report: Option<&'a Line>,
    /// Papers behind the item itself.
    pub papers: Vec<ResolvedPaper<'a>>,
    /// Where the agenda, or the body's list, names it.
    pub place: Place,
}

/// A sub-item.
#[derive(Debug, Clone)]
pub struct Part<'a> {
    /// Text.
    pub text: &'a Line,
    /// Numbered 4.1 rather than (a).
    pub numbered: bool,
    /// Members who required it.
    pub requisition: &'a [PersonRef],
    /// Papers behind the sub-item.
    pub papers: Vec<ResolvedPaper<'a>>,
}

/// A paper behind an item.
#[derive(Debug, Clone, Copy)]
pub struct ResolvedPaper<'a> {
    /// How the agenda names it.
    pub named: &'a PaperUse,
    /// The paper; none where it could not be found or read.
    pub paper: Option<&'a Paper>,
    /// Who may read it.
    pub access: Access<'a>,
    /// Grounds of its own, besides those of the item.
    pub own_grounds: Option<&'a Withheld>,
}

impl<I> Entry<'_, I> {
    /// Gives the item, where it is one.
    pub(crate) fn item(&self) -> Option<&I> {
        match self {
            Self::Item(item) => Some(item),
            Self::Heading { .. } => None,
        }
    }
}

impl<'a> Meeting<'a> {
    /// Gives all items, public ones first.
    pub(crate) fn items(&self) -> impl Iterator<Item = &Item<'a>> {
        self.public.iter().chain(&self.private).filter_map(Entry::item)
    }

    /// Gives every paper behind the items, public items first.
    pub fn papers(&self) -> impl Iterator<Item = &ResolvedPaper<'a>> {
        self.items().flat_map(Item::all_papers)
    }
}

impl<'a> Item<'a> {
    /// Gives every paper of the item in order: those of its parts, then its own.
    pub(crate) fn all_papers(&self) -> impl Iterator<Item = &ResolvedPaper<'a>> {
        self.parts.iter().flat_map(|part| &part.papers).chain(&self.papers)
    }
}

impl<'a> Front<'a> {
    /// Gathers it: the agenda's own stands before the body's, and that before the council's.
    fn of(workspace: &'a Workspace, agenda: &'a Agenda, body: Option<&'a Body>) -> Self {
        let council = &workspace.council;
        let mut fronts = vec![(agenda.front.as_written(), agenda.place)];
        fronts.extend(body.map(|body| (body.front.as_written(), body.place)));
        fronts.push((council.front.as_written(), council.place));
        let first_notes = fronts.iter().position(|(front, _)| front.notes.is_some());
        let (mut notes, mut until) = (Vec::new(), fronts.len());
        if let Some(first) = first_notes {
            notes.extend(fronts[first].0.notes.iter().flatten());
            until = first + 1;
        }
        notes.extend(fronts[..until].iter().rev().flat_map(|(front, _)| &front.notes_add));
        let access = fronts.iter().find_map(|(front, place)| Some((front.access.as_deref()?, *place)));
        let (access, access_place): (&[_], _) = access.unwrap_or((&[], council.place));
        Self {
            signatory: fronts.iter().find_map(|(front, _)| front.signatory.as_ref()),
            contact: fronts.iter().find_map(|(front, _)| front.contact.as_ref()),
            notices: fronts.iter().rev().flat_map(|(front, _)| &front.notices).map(Cow::Borrowed).collect(),
            notes: notes.into_iter().map(Cow::Borrowed).collect(),
            access: access.iter().map(|one| (Cow::Borrowed(&one.title), Cow::Borrowed(&one.text))).collect(),
            access_place,
        }
    }
}

/// Gives every meeting of a workspace, in the order of their ids.
pub fn meetings(workspace: &Workspace) -> Vec<Meeting<'_>> {
    let (numbers, released) = (BTreeMap::new(), BTreeSet::new());
    workspace.meetings.values().map(|agenda| meeting(workspace, agenda, &numbers, &released)).collect()
}

/// Gives a meeting, with the numbers of items, by their keys, that earlier issues have fixed, and with the papers that
/// have been released to the public since they were withheld.
pub fn meeting<'a>(
    workspace: &'a Workspace,
    agenda: &'a Agenda,
    numbers: &BTreeMap<String, String>,
    released: &BTreeSet<String>,
) -> Meeting<'a> {
    let body = workspace.bodies.get(&agenda.body);
    let members = agenda.membership.as_written().as_deref().or(body.map(|body| body.membership.as_slice()));
    let mut meeting = Meeting {
        agenda,
        body,
        place: agenda.meeting_place.as_ref().or(body.and_then(|body| body.meeting_place.as_ref())),
        members: members.unwrap_or_default(),
        front: Front::of(workspace, agenda, body),
        public: Vec::new(),
        private: Vec::new(),
    };
    let mut items = items::Items::new(workspace, &meeting, numbers, released);
    let off = agenda.cancelled.is_some() || agenda.postponed.is_some();
    let public = match body {
        Some(body) if agenda.public.is_empty() && !off => items.inherited(body.agenda.as_written()),
        _ => items.entries(&agenda.public, false),
    };
    let private = items.entries(&agenda.private, true);
    (meeting.public, meeting.private) = (public, private);
    meeting
}

/// Tells whether a member is a councillor: one who is declared as that, or whose name says so in English.
pub(crate) fn is_councillor(people: &Registry, member: &InRole) -> bool {
    let is_declared = people.person(&member.person).councillor.as_written();
    *is_declared || people.name_of(&member.person).starts_with("Councillor ")
}

/// Gives a standing item: the body's own, or the council's.
fn standing<'a>(workspace: &'a Workspace, body: &str, id: &str) -> Option<&'a agenda::Item> {
    let own = workspace.bodies.get(body).and_then(|body| body.standing.as_written().get(id));
    own.or_else(|| workspace.council.standing.as_written().get(id))
}

/// Gives the ids of all standing items that a body can name: the council's and its own.
pub(crate) fn standing_ids<'a>(workspace: &'a Workspace, body: &str) -> BTreeSet<&'a str> {
    let own = workspace.bodies.get(body).into_iter().flat_map(|body| body.standing.as_written().keys());
    workspace.council.standing.as_written().keys().chain(own).map(String::as_str).collect()
}

/// Gives the title of a standing item that a body can name.
pub(crate) fn standing_title(workspace: &Workspace, body: &str, id: &str) -> Option<String> {
    standing(workspace, body, id).map(|item| item.title.plain())
}

/// Gives the ids of the standing items that a body's agendas have.
pub(crate) fn listed(body: &Body) -> impl Iterator<Item = &str> {
    body.agenda.as_written().iter().map(|id| id.value.as_str())
}

/// Gives the id of the standing item that an item of an agenda is.
pub(crate) fn standing_of(item: &agenda::Item) -> Option<&str> {
    item.standing.as_written().as_ref().map(|id| id.value.as_str())
}

/// Gives the ids in a body's list of items that no standing item has.
pub(crate) fn undeclared<'a>(workspace: &'a Workspace, body: &'a Body) -> impl Iterator<Item = &'a Text> {
    body.agenda.as_written().iter().filter(|id| standing(workspace, &body.id, &id.value).is_none())
}
