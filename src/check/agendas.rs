//! What every agenda needs, and what two agendas may not share.

use std::collections::{BTreeMap, BTreeSet};

use crate::check::declared::UNKNOWN_NAME;
use crate::finding::{Finding, Log, did_you_mean};
use crate::load::DECLARED_TWICE;
use crate::load::NOT_WITHHELD;
use crate::model::agenda::{Agenda, PaperUse, Wanted};
use crate::model::{Paper, PaperKind, Text, Workspace};
use crate::resolve::{self, Access, Entry, Item, Meeting, ResolvedPaper};

crate::finding::rule! {
    /// An agenda needs at least one item of public business, unless the meeting is cancelled or
    /// postponed. A body can declare the items of an agenda that lists none in its `agenda:`.
    NO_ITEMS = "M0009", Sources, Error, "an agenda without items";
}

/// Finds agendas without items.
pub(super) fn no_items(meetings: &[Meeting], log: &Log) {
    for meeting in meetings.iter().filter(|meeting| meeting.body.is_some()) {
        let only_headings = !meeting.public.iter().any(|entry| matches!(entry, Entry::Item(_)));
        if only_headings && meeting.agenda.status() == "scheduled" {
            log.add(
                Finding::new(&NO_ITEMS, meeting.agenda.place, "the agenda has no items of public business")
                    .help("list them under `public:`, or give the body an `agenda:` of standing items"),
            );
        }
    }
}

/// Finds ids of standing items that neither council nor body has.
pub(super) fn standing_items(workspace: &Workspace, meetings: &[Meeting], log: &Log) {
    let unknown = |text: &Text, body: &str| {
        let help = did_you_mean(&text.value, resolve::standing_ids(workspace, body))
            .unwrap_or_else(|| "declare it under `standing:` in the council's or the body's file".into());
        log.add(
            Finding::new(&UNKNOWN_NAME, text.place, format!("there is no standing item `{}`", text.value)).help(help),
        );
    };
    for meeting in meetings {
        let undeclared = meeting.items().filter(|item| item.undeclared).filter_map(|item| item.standing);
        undeclared.for_each(|id| unknown(id, &meeting.agenda.body));
    }
    for body in workspace.bodies.values() {
        resolve::undeclared(workspace, body).for_each(|id| unknown(id, &body.id));
    }
}

/// Finds two meetings of one body at one time.
pub(super) fn one_at_a_time(workspace: &Workspace, log: &Log) {
    let mut seen: BTreeMap<_, &Agenda> = BTreeMap::new();
    for agenda in workspace.meetings.values() {
        if let Some(first) = seen.insert((&agenda.body, agenda.when.at), agenda) {
            log.add(
                Finding::new(&DECLARED_TWICE, agenda.place, "two meetings of one body are at the same time")
                    .also(first.place, "the other one")
                    .help("correct `meeting:` of one of them"),
            );
        }
    }
}

/// Finds private items that do not say why they are withheld.
pub(super) fn private_items(meetings: &[Meeting], log: &Log) {
    // Of one that nobody declares it is found that it is unknown.
    let private = |item: &&Item| item.private && !item.undeclared;
    for item in meetings.iter().flat_map(Meeting::items).filter(private) {
        let mut papers = item.all_papers().peekable();
        let papers_say = papers.peek().is_some() && papers.all(|paper| paper.access.grounds().is_some());
        if item.access.grounds().is_none() && !papers_say {
            log.add(
                Finding::new(&NOT_WITHHELD, item.place, "the private item does not say why it is withheld")
                    .help("add `withheld: {paragraphs: [3], public_interest: …, decided_by: …}`"),
            );
        }
    }
}

crate::finding::rule! {
    /// One paper stands behind one item of a meeting, so that it has one place and one range of pages.
    /// Refer to it from the other item with a link such as [](#label).
    USED_TWICE = "M0012", Sources, Error, guarded, "a paper is used twice in one meeting";
}

/// Finds papers that stand behind two items of one meeting.
pub(super) fn used_twice(meetings: &[Meeting], log: &Log) {
    for meeting in meetings {
        let mut seen = BTreeMap::new();
        for paper in meeting.papers().map(|paper| paper.named).filter(|paper| !paper.path.is_empty()) {
            if let Some(first) = seen.insert(&paper.path, paper.place) {
                log.add(
                    Finding::new(&USED_TWICE, paper.place, format!("`{}` stands behind two items", paper.file()))
                        .also(first, "used first here")
                        .help("leave it at one item and refer to it from the other"),
                );
            }
        }
    }
}

crate::finding::rule! {
    /// No agenda names this paper, so it will be in no pack. Add it to an item, or remove the file. A PDF or
    /// an office document is added by `file:` and `title:` among the `papers:` of an item.
    NOT_IN_A_MEETING = "M0018", Sources, Warning, "a paper that no meeting uses";
}

/// Finds papers that no agenda names. Minutes wait for the next meeting and are left alone, as are ledgers, which are
/// kept whether or not a meeting looks at them.
///
/// While anything is not understood this waits: an agenda that cannot be read names no papers.
pub(super) fn not_in_a_meeting(workspace: &Workspace, meetings: &[Meeting], log: &Log) {
    let unsure = log.has_causes();
    let used: BTreeSet<&str> =
        meetings.iter().flat_map(Meeting::papers).map(|paper| paper.named.path.as_str()).collect();
    let waits =
        |paper: &&Paper| matches!(paper.kind, PaperKind::Minutes(_) | PaperKind::Ledger(_) | PaperKind::Appended(_));
    let unused = workspace.papers.values().filter(|paper| !used.contains(paper.path.as_str()) && !waits(paper));
    for paper in unused {
        let finding = Finding::new(&NOT_IN_A_MEETING, paper.place, "no agenda names this paper");
        let finding = match (awaiting(meetings, paper), no_agenda(workspace, &paper.path)) {
            (Some(item), _) => {
                let help = "add it to the `papers:` of the item, or say there under `to_follow` that it is to come";
                finding.also(item.place, "this item of the same title has no paper").help(help)
            }
            (None, Some(help)) => finding.help(help),
            (None, None) => finding.help("add it to the `papers:` of an item, or move the file away"),
        };
        log.add(finding.waiting_if(unsure));
    }
    for (path, place) in &workspace.spare {
        let name = path.rsplit('/').next().unwrap_or(path);
        let help = no_agenda(workspace, path).unwrap_or_else(|| {
            format!("add it to the `papers:` of an item by `file: {name}` and a `title:`, or move the file away")
        });
        let finding = Finding::new(&NOT_IN_A_MEETING, *place, "no agenda names this file");
        log.add(finding.help(help).waiting_if(unsure));
    }
}

/// Gives the item of the meeting in whose folder a paper lies that has its title and no paper.
fn awaiting<'a, 'm>(meetings: &'m [Meeting<'a>], paper: &Paper) -> Option<&'m Item<'a>> {
    let folder = meeting_folder(&paper.path)?;
    let meeting = meetings.iter().find(|meeting| meeting.agenda.id == folder)?;
    let title = paper.title()?.trim().to_lowercase();
    let waits = |item: &&Item| {
        let said = [item.to_follow, item.withdrawn, item.separately].iter().any(Option::is_some);
        !said && item.all_papers().next().is_none() && item.title.plain().trim().to_lowercase() == title
    };
    meeting.items().find(waits)
}

/// Says that there is no agenda in the meeting's folder that a path lies in, if so.
fn no_agenda(workspace: &Workspace, path: &str) -> Option<String> {
    let folder = meeting_folder(path).filter(|folder| !workspace.meetings.contains_key(*folder))?;
    Some(format!("the folder has no agenda: write content/bodies/{folder}/agenda.yaml"))
}

/// Finds minutes that hold private business without being withheld.
pub(super) fn private_minutes(workspace: &Workspace, log: &Log) {
    for paper in workspace.papers.values() {
        if let PaperKind::Minutes(minutes) = &paper.kind
            && let Some(first) = minutes.private.first()
            && Access::of_paper(paper).grounds().is_none()
        {
            log.add(
                Finding::new(&NOT_WITHHELD, first.place, "minutes of private business would be published")
                    .help("move them to a file of their own with `withheld: {paragraphs: [3], …}`"),
            );
        }
    }
}

crate::finding::rule! {
    /// The same paper is withheld at one meeting and stands in the public business of another, so building
    /// the other meeting publishes it. If that is a mistake, withhold it there too. If the paper is to be
    /// released, this warning can be passed over.
    CROSSED = "M0020", Sources, Warning, guarded, "withheld at one meeting, published at another";
}

/// Finds papers that are withheld at one meeting and published at another, or at the same one under
/// another title.
pub(super) fn crossed(meetings: &[Meeting], log: &Log) {
    let mut withheld: BTreeMap<&str, Vec<(&PaperUse, &str)>> = BTreeMap::new();
    let mut public: Vec<(&PaperUse, &str)> = Vec::new();
    for meeting in meetings {
        let id = meeting.agenda.id.as_str();
        for ResolvedPaper { named, access, .. } in meeting.papers().filter(|paper| !paper.named.path.is_empty()) {
            if access.is_public() {
                public.push((named, id));
            } else {
                withheld.entry(named.file()).or_default().push((named, id));
            }
        }
    }
    for (paper, meeting) in public {
        let others = withheld.get(paper.file()).map(Vec::as_slice).unwrap_or_default();
        if let Some((other, at)) = others.iter().rfind(|(other, _)| shares_pages(paper, other)) {
            let there = if *at == meeting { "behind another item" } else { "at another meeting" };
            let message = format!("`{}` is published here but withheld {there}", paper.file());
            log.add(
                Finding::new(&CROSSED, paper.place, message)
                    .also(other.place, "withheld here")
                    .help("withhold it here too, unless it is to be released"),
            );
        }
    }
}

/// Tells whether two uses of one file may show the same pages.
fn shares_pages(one: &PaperUse, other: &PaperUse) -> bool {
    match (&one.wanted, &other.wanted) {
        (Wanted::File(one), Wanted::File(other)) => one.shares_pages(other),
        _ => true,
    }
}

/// Gives the meeting's folder that a path lies in, such as `scrutiny/2026-09-16`.
fn meeting_folder(path: &str) -> Option<&str> {
    let below = path.strip_prefix("content/bodies/")?;
    let end = below.match_indices('/').nth(1)?.0;
    Some(&below[..end])
}

crate::finding::rule! {
    /// Two items, minutes or paragraphs of one document carry the same number. Numbers are generated;
    /// where one is pinned with `number:` it must be free.
    NUMBER_TWICE = "M0016", Sources, Error, "a number is used twice";
}

/// Finds two papers of one item that are the same appendix.
pub(super) fn number_twice(meetings: &[Meeting], log: &Log) {
    for item in meetings.iter().flat_map(Meeting::items) {
        let mut seen = BTreeMap::new();
        for appendix in item.all_papers().filter_map(|paper| paper.named.appendix.as_ref()) {
            if let Some(first) = seen.insert(&appendix.value, appendix.place) {
                log.add(
                    Finding::new(&NUMBER_TWICE, appendix.place, format!("two papers are Appendix {}", appendix.value))
                        .also(first, "the first one")
                        .help("give each appendix of an item its own number"),
                );
            }
        }
    }
}
