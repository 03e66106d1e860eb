//! What the front sheet tells the public, and the order of its first items.

use super::days::published;
use crate::check::passages;
use crate::check::reading::{Reading, Source};
use crate::finding::{Finding, Log};
use crate::model::PaperKind;
use crate::model::body::Regime;
use crate::resolve::{Front, Item, Meeting, ResolvedPaper};

crate::finding::rule! {
    /// Members declare their interests before the business in which they have them. An item with “interests” or
    /// “declaration” in its title stands before the first item that has papers other than minutes.
    INTERESTS_FIRST = "N0027", Law, Warning, "declarations of interests that are missing or come late";
    "IN1: practice; Localism Act 2011, section 31"
}

/// IN1: an item on declarations of interests stands before the first item with papers other than minutes (practice;
/// Localism Act 2011, section 31).
pub(in crate::check) fn interests_first(meetings: &[Meeting], log: &Log) {
    for (meeting, ..) in published(meetings) {
        let all: Vec<&Item> = meeting.items().collect();
        let business = all.iter().position(|item| has_business(item));
        let declares = |title: &str| ["interests", "declar", "disclos"].iter().any(|word| title.contains(word));
        let declared = all.iter().position(|item| declares(&item.title.plain().to_lowercase()));
        let finding = match (declared, business) {
            (None, _) => {
                let place = all.first().map_or(meeting.agenda.place, |item| item.place);
                Finding::new(&INTERESTS_FIRST, place, "the agenda has no item on declarations of interests")
            }
            (Some(declared), Some(business)) if declared > business => {
                let message = "declarations of interests come after the first business";
                Finding::new(&INTERESTS_FIRST, all[declared].place, message)
                    .also(all[business].place, "the first business")
            }
            _ => continue,
        };
        log.add(finding.help("put an item `Declarations of interests` before all business"));
    }
}

/// Tells whether an item has papers other than minutes.
fn has_business(item: &Item) -> bool {
    let is_minutes =
        |paper: &ResolvedPaper| paper.paper.is_some_and(|paper| matches!(paper.kind, PaperKind::Minutes(_)));
    item.all_papers().any(|paper| !is_minutes(paper))
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

crate::finding::rule! {
    /// Anybody may film, record and report a public meeting. Notes, notices or access paragraphs say so, and tell of
    /// the hearing loop and of other formats and languages; and `contact` names somebody to ask. It is enough to say
    /// each once in the council's file. A body or an agenda with `access` of its own repeats what it replaces.
    PUBLIC_NOT_TOLD = "N0030", Law, Warning, "a front sheet that leaves the public without something to know";
    "OP1 and AC5: SI 2014/2095 (openness of local government bodies); Equality Act 2010, section 20"
}

/// OP1 and AC5: notes, notices and access tell of filming (SI 2014/2095; Local Government Act 1972, section 100A(7A)),
/// of the hearing loop, of other formats and languages, and there is somebody to ask. Each is missed once where it
/// would have to stand.
pub(in crate::check) fn public_not_told(reading: &Reading, meetings: &[Meeting], log: &Log) {
    let Source::Agenda(agenda) = reading.source else { return };
    for (Meeting { front, .. }, body, _) in published(meetings).filter(|(meeting, ..)| meeting.agenda.id == agenda.id) {
        let told = told(front);
        for (what, words, help) in TOLD {
            let elsewhere = what.starts_with("filming") && body.regime == Regime::Wales;
            if !elsewhere && !words.iter().any(|word| told.contains(word)) {
                let message = format!("the front sheet does not tell of {what}");
                log.add(
                    Finding::new(&PUBLIC_NOT_TOLD, front.access_place, message)
                        .help(format!("{help}, in `access:` or `notes:`")),
                );
            }
        }
        if front.contact.is_none() {
            log.add(
                Finding::new(&PUBLIC_NOT_TOLD, reading.workspace.council.place, "the front sheet names nobody to ask")
                    .help("add `contact:` with the id of a person to the council's or the body's file"),
            );
        }
    }
}

/// Gives the words of notes, notices and access of a meeting, in small letters.
fn told(front: &Front) -> String {
    let texts = front.notices.iter().chain(front.access.iter().map(|(_, text)| text));
    let lines = front.access.iter().map(|(title, _)| title).chain(&front.notes);
    let passages = texts.flat_map(|text| passages::of_blocks(&text.blocks)).map(|passage| passage.words);
    passages.chain(lines.map(|line| line.plain())).collect::<Vec<_>>().join(" ").to_lowercase()
}
