//! PowerPoint presentations (Office Open XML, part 1: PresentationML).

use std::collections::BTreeMap;

use super::{Notes, Tally, quoted, several};
use crate::appended::Subject;
use crate::appended::office::package::Package;
use crate::appended::office::xml::{Met, Tag, within};

/// Looks through a presentation.
pub(crate) fn look(package: &mut Package, main: &str, notes: &mut Notes) {
    let links: BTreeMap<String, String> =
        package.relations(main).into_iter().map(|link| (link.id, link.target)).collect();
    let mut slides = Vec::new();
    package.walk(main, |open, met| {
        if let (Some(tag), Met::Open) = (open.last(), met)
            && tag.name == "sldId"
            && let Some(part) = relation_id(tag).and_then(|id| links.get(id))
        {
            slides.push(part.clone());
        }
    });
    let mut show = Show::default();
    let mut linked = Tally::default();
    for (index, part) in slides.iter().enumerate() {
        let number = index + 1;
        package.walk(part, |open, met| {
            let (Some(tag), Met::Open) = (open.last(), met) else { return };
            match tag.name.as_str() {
                "sld" if matches!(tag.get("show"), Some("0" | "false")) => show.hide(number),
                "cNvPr" if matches!(tag.get("hidden"), Some("1" | "true")) => {
                    show.hidden_objects.add("", tag.get("name").unwrap_or_default());
                }
                _ => {}
            }
        });
        for link in package.relations(part) {
            match link.kind.as_str() {
                "notesSlide" => package_notes(package, &link.target, number, &mut show),
                "comments" => package_comments(package, &link.target, &mut show),
                "image" | "oleObject" if link.external => linked.add("", &link.target),
                _ => {}
            }
        }
    }
    show.tell(notes);
    notes.linked(&linked);
}

/// Gives the `r:id` of a slide, which has an `id` of its own beside it.
fn relation_id(tag: &Tag) -> Option<&str> {
    tag.all("id").find(|value| !value.chars().all(|char| char.is_ascii_digit()))
}

fn package_notes(package: &mut Package, part: &str, number: usize, show: &mut Show) {
    let mut words = String::new();
    let mut is_notes = false;
    package.walk(part, |open, met| match (open.last(), met) {
        (Some(tag), Met::Open) if tag.name == "sp" => is_notes = false,
        (Some(tag), Met::Open) if tag.name == "ph" => is_notes = tag.is("type", "body"),
        (Some(tag), Met::Close) if tag.name == "p" => words.push(' '),
        (Some(tag), Met::Text(text)) if tag.name == "t" && is_notes => words.push_str(text),
        _ => {}
    });
    show.note(number, &words);
}

fn package_comments(package: &mut Package, part: &str, show: &mut Show) {
    let mut words = String::new();
    package.walk(part, |open, met| match (open.last(), met) {
        (Some(tag), Met::Close) if matches!(tag.name.as_str(), "cm" | "reply") => {
            show.comments.add("", &std::mem::take(&mut words));
        }
        (Some(tag), Met::Text(text)) if tag.name == "t" || (tag.name == "text" && within(open, "cm")) => {
            words.push_str(text);
        }
        _ => {}
    });
}

/// What is found in a presentation of either build.
#[derive(Debug, Default)]
pub(crate) struct Show {
    hidden: Vec<usize>,
    notes: Vec<usize>,
    first_note: String,
    /// Objects on slides that do not show.
    pub(crate) hidden_objects: Tally,
    /// Comments.
    pub(crate) comments: Tally,
}

impl Show {
    /// Counts a hidden slide by its number from 1.
    pub(crate) fn hide(&mut self, number: usize) {
        self.hidden.push(number);
    }

    /// Counts a slide with these notes for the speaker, if there are words in them.
    pub(crate) fn note(&mut self, number: usize, words: &str) {
        if !words.trim().is_empty() {
            if self.notes.is_empty() {
                words.clone_into(&mut self.first_note);
            }
            self.notes.push(number);
        }
    }

    /// Makes remarks of it.
    pub(crate) fn tell(&self, notes: &mut Notes) {
        if !self.hidden.is_empty() {
            let slides = several(self.hidden.len(), "hidden slide", "hidden slides");
            notes.say(Subject::Unshown, format!("it has {slides}, not printed: {}", numbers(&self.hidden)));
        }
        if !self.notes.is_empty() {
            let slides = several(self.notes.len(), "slide", "slides");
            notes.say(
                Subject::Spoken,
                format!(
                    "it has notes for the speaker on {slides}, not printed: {} ({})",
                    numbers(&self.notes),
                    quoted(&self.first_note)
                ),
            );
        }
        if self.hidden_objects.count > 0 {
            let objects = several(self.hidden_objects.count, "hidden object", "hidden objects");
            let first = self.hidden_objects.first();
            notes.say(Subject::Unshown, format!("it has {objects} on its slides, not printed{first}"));
        }
        notes.comments(&self.comments);
    }
}

fn numbers(list: &[usize]) -> String {
    let texts: Vec<String> = list.iter().take(12).map(ToString::to_string).collect();
    let more = if list.len() > 12 { format!(" and {} more", list.len() - 12) } else { String::new() };
    format!("{}{more}", texts.join(", "))
}
