//! What the front sheet tells the public, and the order of its first items.

use super::days::published;
use super::shown::items;
use crate::check::passages;
use crate::finding::{Finding, Log, Place, rules};
use crate::model::agenda::{Agenda, Item};
use crate::model::body::Regime;
use crate::model::front::Front;
use crate::model::{Body, PaperKind, Workspace};

/// IN1: an item on declarations of interests stands before the first item with papers other than minutes (practice;
/// Localism Act 2011, section 31).
pub(super) fn interests_first(workspace: &Workspace, log: &Log) {
    for (agenda, body, _) in published(workspace) {
        let all = items(workspace, agenda, body);
        let business = all.iter().position(|shown| has_business(workspace, shown.item));
        let declares = |title: &str| ["interests", "declar", "disclos"].iter().any(|word| title.contains(word));
        let declared = all.iter().position(|shown| declares(&shown.title().to_lowercase()));
        let finding = match (declared, business) {
            (None, _) => {
                let place = all.first().map_or(agenda.place, |shown| shown.place);
                Finding::new(&rules::INTERESTS_FIRST, place, "the agenda has no item on declarations of interests")
            }
            (Some(declared), Some(business)) if declared > business => {
                let message = "declarations of interests come after the first business";
                Finding::new(&rules::INTERESTS_FIRST, all[declared].place, message)
                    .also(all[business].place, "the first business")
            }
            _ => continue,
        };
        log.add(finding.help("put an item `Declarations of interests` before all business"));
    }
}

/// Tells whether an item has papers other than minutes.
fn has_business(workspace: &Workspace, item: &Item) -> bool {
    item.all_papers().any(|paper| {
        !workspace.papers.get(&paper.path).is_some_and(|paper| matches!(paper.kind, PaperKind::Minutes(_)))
    })
}

/// What the public is told, with the words by which it is known.
const TOLD: [(&str, &[&str], &str); 3] = [
    (
        "filming and recording",
        &["film", "photograph", "recording", "webcast", "broadcast"],
        "say that the meeting may be filmed and recorded",
    ),
    (
        "a hearing loop",
        &["loop", "hearing aid", "infrared"],
        "say whether the room has a hearing loop, or what else helps those who hear badly",
    ),
    (
        "other formats and languages",
        &[
            "large print",
            "braille",
            "other format",
            "another format",
            "another language",
            "other language",
            "interpreter",
        ],
        "say how to get the papers in large print, Braille or another language",
    ),
];

/// OP1 and AC5: notes, notices and access tell of filming (SI 2014/2095; Local Government Act 1972, section 100A(7A)),
/// of the hearing loop, of other formats and languages, and there is somebody to ask. Each is missed once where it
/// would have to stand.
pub(super) fn public_told(workspace: &Workspace, only: Option<&Agenda>, log: &Log) {
    let wanted = |agenda: &Agenda| only.is_none_or(|only| only.id == agenda.id);
    for (agenda, body, _) in published(workspace).filter(|(agenda, ..)| wanted(agenda)) {
        let told = told(workspace, agenda, body);
        for (what, words, help) in TOLD {
            let elsewhere = what.starts_with("filming") && body.regime == Regime::Wales;
            if !elsewhere && !words.iter().any(|word| told.contains(word)) {
                let place = home(workspace, agenda, body);
                log.add(
                    Finding::new(&rules::PUBLIC_NOT_TOLD, place, format!("the front sheet does not tell of {what}"))
                        .help(format!("{help}, in `access:` or `notes:`")),
                );
            }
        }
        let fronts = [&agenda.front, &body.front, &workspace.council.front];
        if fronts.iter().all(|front| front.contact.is_none()) {
            log.add(
                Finding::new(&rules::PUBLIC_NOT_TOLD, workspace.council.place, "the front sheet names nobody to ask")
                    .help("add `contact:` with the id of a person to the council's or the body's file"),
            );
        }
    }
}

/// Gives the words of notes, notices and access of a meeting, in small letters.
fn told(workspace: &Workspace, agenda: &Agenda, body: &Body) -> String {
    let fronts = [&agenda.front, &body.front, &workspace.council.front];
    let until = |has: fn(&Front) -> bool| fronts.iter().position(|front| has(front)).map_or(fronts.len(), |at| at + 1);
    let mut words: Vec<String> = Vec::new();
    let mut add = |blocks| words.extend(passages::of_blocks(blocks).into_iter().map(|passage| passage.words));
    fronts.iter().flat_map(|front| &front.notices).for_each(|notice| add(&notice.blocks));
    let access = fronts[..until(|front| front.access.is_some())].iter().flat_map(|front| front.access.iter().flatten());
    access.clone().for_each(|one| add(&one.text.blocks));
    words.extend(access.map(|one| one.title.plain()));
    let noted = &fronts[..until(|front| front.notes.is_some())];
    let notes = noted.iter().flat_map(|front| front.notes.iter().flatten().chain(&front.notes_add));
    words.extend(notes.map(crate::model::Line::plain));
    words.join(" ").to_lowercase()
}

/// Gives the file in which what is missed would have to stand: the nearest that says anything in its own words.
fn home(workspace: &Workspace, agenda: &Agenda, body: &Body) -> Place {
    let own = |front: &Front| front.access.is_some();
    if own(&agenda.front) {
        agenda.place
    } else if own(&body.front) {
        body.place
    } else {
        workspace.council.place
    }
}
