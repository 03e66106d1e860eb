//! What cannot be looked for, since its file was not understood, and pages of appended files that nobody can search.

use std::collections::BTreeMap;

use super::Guard;
use super::search::Searched;
use crate::appended::{Content, Received, Subject};
use crate::check::NOT_LOOKED_FOR;
use crate::check::appended::in_words;
use crate::finding::Finding;
use crate::packs::receive::InPack;
use crate::pictures;

/// Part of a page that pictures fill from which on a few words cannot be all that it says.
const PICTURE: f64 = 0.4;
/// Letters that are a few words.
const FEW: usize = 100;

/// Names the files that list secrets which nobody can look for.
pub(super) fn files(guard: &Guard) {
    for path in guard.project.secrets().unread() {
        let message = format!("`{path}` lists `secrets` that could not be read, so they are not looked for");
        guard.log.add(
            Finding::new(&NOT_LOOKED_FOR, guard.agenda.place, message)
                .help("mend what `boardpack check` says of that file, so that what it protects is not published here"),
        );
    }
}

crate::finding::rule! {
    /// Words that the grounds of withheld papers protect under `secrets` are looked for in every appended file
    /// that is public. Where the text of a page is only a picture or is drawn as shapes, where its font does not say
    /// which letters it shows, or where the page is too complex to be followed, nobody can search it. Each such file
    /// is named once, and only while there are secrets. Look at the pages, then accept the finding with that
    /// reason: `accepted: [{finding: A0040, words: scan.pdf, reason: read on 3 March}]` in the agenda.
    NOT_SEARCHED = "A0040", Appended, Warning, pages, gate, "pages that cannot be searched for secrets";
}

/// Names the pages of each file once.
pub(super) fn pages(guard: &Guard, in_pack: &BTreeMap<String, InPack>, pack: &Searched) {
    for (id, one) in in_pack {
        let first = guard.pages.get(id).map_or(0, |pages| pages.first);
        let said = |index: usize| {
            let number = first + u32::try_from(index).unwrap_or(0);
            pack.pages.get(guard.numbers.iter().position(|other| *other == number)?)
        };
        let faces = one.received.faces.iter().enumerate();
        let unread = faces.filter(|(index, face)| {
            let on_page = said(*index)
                .is_none_or(|said| said.cut || said.pictures >= PICTURE && letters(one.received, *index) < FEW);
            on_page || is_unread(one.received, *index, face.number)
        });
        let numbers: Vec<u32> = unread.map(|(_, face)| face.number).collect();
        if !numbers.is_empty() {
            let message = format!("`{}` cannot be searched for secrets ({})", one.appended.name(), in_words(&numbers));
            guard.log.add(Finding::new(&NOT_SEARCHED, one.place, message).help(
                "look at these pages for the words that `secrets` protect, then accept the finding with that reason; or ask for a file with text",
            ));
        }
    }
}

fn words(received: &Received, index: usize) -> String {
    match &received.content {
        Content::Pdf(_) => received.words.get(index).cloned().unwrap_or_default(),
        Content::Pictures(all) => match all.get(index) {
            Some(("svg", bytes)) => pictures::words_of_drawing(bytes),
            _ => String::new(),
        },
    }
}

fn letters(received: &Received, index: usize) -> usize {
    words(received, index).chars().filter(|letter| letter.is_alphanumeric()).count()
}

/// Tells whether a page has no letters though something is to be seen, or has some of which nobody knows what they are.
fn is_unread(received: &Received, index: usize, number: u32) -> bool {
    let blank = received.facts.remarks.iter().any(|one| one.subject == Subject::Blank && one.pages.contains(&number));
    let words = words(received, index);
    if blank {
        return false;
    }
    let unknown = |letter: char| matches!(letter, '\u{FFFD}' | '\u{E000}'..='\u{F8FF}' | '\u{F_0000}'..);
    // One by itself is a bullet or a mark.
    let in_word = |word: &str| {
        let count = word.chars().filter(|letter| unknown(*letter)).count();
        count > 1 || count == 1 && word.trim_matches(unknown).chars().any(unknown)
    };
    !words.chars().any(char::is_alphanumeric) || words.split_whitespace().any(in_word)
}
