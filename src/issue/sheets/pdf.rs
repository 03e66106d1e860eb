//! The PDF of replacement sheets: the instructions, then exactly the leaves to print, as they are in
//! the new pack, in full size and ready for both sides of the paper.

use chrono::NaiveDate;

use super::{Pages, Plan, Side, Step};
use crate::appended::conformance::first_heading_of;
use crate::appended::{Content, Order, PageSize, ReceiveFailure, Received, Receiver, Subject};
use crate::assemble::{self, Appended, AssembleFailure, Claims, Frame, Spot};
use crate::finding::Finding;
use crate::issue::document::{Imprint, Workshop};
use crate::layouts::Phrases;
use crate::model::text::typographic;
use crate::render::literal::Data;
use crate::typeset::AppendedPage;

/// What a page belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Belonging {
    /// Number of the agenda item, if it is behind one.
    pub item: Option<String>,
    /// Title of the paper.
    pub title: String,
}

/// An issue of a pack, as far as replacement sheets need it.
#[derive(Debug, Clone, Copy)]
pub struct Issue<'a> {
    /// Its number.
    pub number: u32,
    /// Its sides.
    pub sides: &'a [Side],
    /// What each side belongs to; a side beyond belongs to nothing that is named.
    pub belongings: &'a [Option<Belonging>],
}

/// What the instructions say besides the steps.
#[derive(Debug, Clone, Copy)]
pub struct Facts<'a> {
    /// Id of the meeting, which gives the PDF its identity.
    pub meeting: &'a str,
    /// Name of the body.
    pub body: &'a str,
    /// Date of the meeting in words.
    pub when: &'a str,
    /// Date of the new issue.
    pub issued: NaiveDate,
    /// Why there is a new issue.
    pub reason: Option<&'a str>,
    /// Whether the pack is the private edition.
    pub private: bool,
}

/// Why replacement sheets cannot be made.
#[derive(Debug, thiserror::Error)]
pub enum SheetsFailure {
    /// The layout of the instructions is at fault; the findings say where.
    #[error("the instructions for replacement sheets cannot be set: {}", .0.first().map_or("", |one| one.message.as_str()))]
    Instructions(Vec<Finding>),
    /// The new pack cannot be read.
    #[error("the new pack {0}")]
    Pack(#[from] ReceiveFailure),
    /// The plan was not made for this pack.
    #[error("the plan names pages that the new pack does not have")]
    OtherPack,
    /// The leaves cannot be put behind the instructions.
    #[error(transparent)]
    Assemble(#[from] AssembleFailure),
}

/// Makes the PDF of replacement sheets from the new pack's PDF, out of which `receiver` takes the pages, and the plan
/// for it.
pub fn make(
    pack: &[u8],
    plan: &Plan,
    old: Issue,
    new: Issue,
    facts: &Facts,
    workshop: &Workshop,
    receiver: &Receiver,
) -> Result<Vec<u8>, SheetsFailure> {
    let sides = plan.sides_to_print();
    let numbers: Option<Vec<&str>> =
        sides.iter().map(|side| new.sides.get(*side)).map(|side| Some(side?.number.as_str())).collect();
    let numbers = numbers.ok_or(SheetsFailure::OtherPack)?;
    let received = leaves(pack, plan, receiver)?;
    let faces = received.as_ref().map(|received| received.faces.as_slice()).unwrap_or_default();
    if faces.len() != sides.len() {
        return Err(SheetsFailure::OtherPack);
    }
    let (data, imprint) = Instructions { plan, old, new, facts, phrases: workshop.phrases }.written(faces);
    let typeset = workshop.typeset("replacement", data, &imprint).map_err(SheetsFailure::Instructions)?;
    let places = typeset.appended();
    let labels = labels(typeset.page_count(), places, &numbers);
    let spots = places.iter().map(|place| spot(place, &numbers, workshop.phrases)).collect();
    let title = workshop.phrases.get("sheets-bookmark");
    let (appended, claims) = match &received {
        Some(Received { content: Content::Pdf(pdf), facts, .. }) => {
            (vec![Appended { pdf, title, below: 0, spots }], claims(facts))
        }
        _ => (Vec::new(), Claims::ALL),
    };
    Ok(assemble::pack(typeset.pdf(), &appended, claims, Some(&labels))?)
}

/// Takes the pages to print out of the new pack; nothing when there are none.
fn leaves(pack: &[u8], plan: &Plan, receiver: &Receiver) -> Result<Option<Received>, SheetsFailure> {
    let number = |index: usize| u32::try_from(index).map_err(|_| SheetsFailure::OtherPack);
    let mut pages = Vec::new();
    for run in plan.steps.iter().filter_map(|step| step.put_in.as_ref()) {
        pages.push((number(run.sides.start + 1)?, Some(number(run.sides.end)?)));
    }
    if pages.is_empty() {
        return Ok(None);
    }
    Ok(Some(receiver.receive("pack.pdf", pack, &Order { pages })?))
}

/// Gives what the sheets may claim: no more than the pages taken out of the pack meet. Two levels of
/// headings stand before them, so that theirs may begin with the third.
fn claims(facts: &crate::appended::Facts) -> Claims {
    let remarks = facts.remarks.iter();
    let remarks = remarks.filter(|remark| ![2, 3].map(first_heading_of).contains(&remark.message));
    let about = |subject: Subject| remarks.clone().any(|remark| remark.subject == subject);
    Claims {
        accessible: ![Subject::Accessibility, Subject::Unicode, Subject::Untagged].into_iter().any(about),
        archival: !about(Subject::Archiving),
        readable: !about(Subject::Unicode),
    }
}

/// Gives what viewers call the pages: those of the instructions in small roman numbers, the others as printed.
fn labels(count: usize, places: &[AppendedPage], numbers: &[&str]) -> Vec<String> {
    let mut labels: Vec<String> = (1..=count).map(roman).collect();
    for place in places {
        let number = place.page.checked_sub(1).and_then(|index| numbers.get(index));
        if let (Some(label), Some(number)) = (labels.get_mut(place.physical), number) {
            (*number).clone_into(label);
        }
    }
    labels
}

fn roman(number: usize) -> String {
    const LETTERS: [(usize, &str); 9] =
        [(100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")];
    let mut rest = number;
    let mut written = String::new();
    for (value, letters) in LETTERS {
        written.push_str(&letters.repeat(rest / value));
        rest %= value;
    }
    written
}

fn spot(place: &AppendedPage, numbers: &[&str], phrases: &Phrases) -> Spot {
    let number = place.page.checked_sub(1).and_then(|index| numbers.get(index)).copied().unwrap_or_default();
    let words = phrases.fill("page", &[("page", number)]);
    Spot {
        page: place.physical,
        frame: Frame { x: place.x, y: place.y, width: place.width, height: place.height },
        alternative: words.clone(),
        words,
    }
}

/// The instructions for one plan.
struct Instructions<'a> {
    plan: &'a Plan,
    old: Issue<'a>,
    new: Issue<'a>,
    facts: &'a Facts<'a>,
    phrases: &'a Phrases,
}

impl Instructions<'_> {
    /// Writes the instructions, with a place for each page to print behind them.
    fn written(&self, faces: &[PageSize]) -> (Data, Imprint) {
        let when = format!("{}, {}", typographic(self.facts.body), self.facts.when);
        let (meeting, old, new) = (self.facts.meeting, self.old.number, self.new.number);
        let imprint = Imprint {
            title: format!("{} – {when}", self.phrases.get("sheets-title")),
            subject: when,
            body: typographic(self.facts.body),
            date: self.facts.issued,
            identity: format!("{meeting}/replacement-sheets-{old}-{new}"),
        };
        (self.data(faces), imprint)
    }

    fn data(&self, faces: &[PageSize]) -> Data {
        let steps = self.plan.steps.iter().enumerate().map(|(index, step)| self.step(index + 1, step));
        Data::fields([
            ("body", Data::string(typographic(self.facts.body))),
            ("when", Data::string(self.facts.when)),
            ("private", Data::Bool(self.facts.private)),
            ("lines", Data::list(self.lines(), Data::string)),
            ("advice", Data::option(self.advice(), Data::string)),
            ("steps", Data::List(steps.collect())),
            ("bookmark", Data::string(self.phrases.get("sheets-bookmark"))),
            ("faces", Data::List(self.faces(faces))),
        ])
    }

    /// Gives the sizes of the pages to print, and which are the first of a leaf.
    fn faces(&self, faces: &[PageSize]) -> Vec<Data> {
        let sides = self.plan.sides_to_print();
        let face = |(face, side): (&PageSize, usize)| {
            Data::fields([
                ("width", Data::Number(face.width)),
                ("height", Data::Number(face.height)),
                ("first", Data::Bool(side % 2 == 0)),
            ])
        };
        faces.iter().zip(sides).map(face).collect()
    }

    fn lines(&self) -> Vec<String> {
        let (old, new) = (self.old.number.to_string(), self.new.number.to_string());
        let mut lines = vec![self.phrases.fill("sheets-issues", &[("old", &old), ("new", &new)])];
        lines.extend(self.facts.reason.map(|reason| self.phrases.fill("sheets-reason", &[("reason", reason)])));
        if self.plan.steps.is_empty() {
            lines.push(self.phrases.get("sheets-nothing").to_owned());
            return lines;
        }
        let leaves = self.plan.leaves_to_print;
        lines.push(match leaves {
            0 => self.phrases.get("sheets-print-none").to_owned(),
            1 => self.phrases.get("sheets-print-one").to_owned(),
            _ => {
                let (leaves, pages) = (leaves.to_string(), self.plan.sides_to_print().len().to_string());
                self.phrases.fill("sheets-print", &[("leaves", &leaves), ("pages", &pages)])
            }
        });
        lines.push(self.phrases.get("sheets-how").to_owned());
        lines
    }

    fn advice(&self) -> Option<String> {
        let (new, all) = (self.plan.leaves_to_print, self.plan.leaves_to_print + self.plan.unchanged_leaves);
        let words = || self.phrases.fill("sheets-whole", &[("leaves", &new.to_string()), ("all", &all.to_string())]);
        self.plan.whole_is_easier.then(words)
    }

    fn step(&self, number: usize, step: &Step) -> Data {
        // What is put in where something was taken out needs no other place.
        let place = (step.take_out.is_none() && step.put_in.is_some()).then(|| match &step.after {
            Some(page) => self.phrases.fill("sheets-after", &[("page", page)]),
            None => self.phrases.get("sheets-front").to_owned(),
        });
        Data::fields([
            ("number", Data::string(number.to_string())),
            ("take-out", Data::option(step.take_out.as_ref(), |pages| Data::string(self.pages(pages)))),
            ("put-in", Data::option(step.put_in.as_ref(), |pages| Data::string(self.pages(pages)))),
            ("place", Data::option(place, Data::string)),
            ("concerns", Data::list(self.concerns(step), Data::string)),
        ])
    }

    fn pages(&self, pages: &Pages) -> String {
        let key = if pages.first == pages.last { "sheets-pages-one" } else { "sheets-pages" };
        self.phrases.fill(key, &[("first", &pages.first), ("last", &pages.last)])
    }

    /// Gives the papers that a step concerns: those put in, then those that are only taken out.
    fn concerns(&self, step: &Step) -> Vec<String> {
        let mut found: Vec<&Belonging> = Vec::new();
        for (pages, issue) in [(&step.put_in, self.new), (&step.take_out, self.old)] {
            let sides = pages.iter().flat_map(|pages| pages.sides.clone());
            for belonging in sides.filter_map(|side| issue.belongings.get(side)?.as_ref()) {
                if !found.contains(&belonging) {
                    found.push(belonging);
                }
            }
        }
        let words = |one: &Belonging| match &one.item {
            Some(item) => self.phrases.fill("sheets-item", &[("number", item), ("title", &one.title)]),
            None => one.title.clone(),
        };
        found.into_iter().map(words).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::roman;

    #[test]
    fn pages_of_instructions_have_roman_numbers() {
        assert_eq!([1, 4, 9, 14, 48].map(roman), ["i", "iv", "ix", "xiv", "xlviii"]);
    }
}
