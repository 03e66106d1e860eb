//! The council: its name, look, formats and what all of its bodies have in common.

use std::collections::BTreeMap;
use std::ops::Deref;

use chrono::{Datelike, NaiveDate};

use super::agenda::Item;
use super::dates::Formats;
use super::declare::{record, words};
use super::front::Front;
use super::notice::{ClosedDays, Nation, NoticeDays};
use super::orders::StandingOrders;
use super::{Line, Text, Written};
use crate::finding::{Place, Rule, Severity};

record! {
    /// The council's own file.
    pub struct Council: "the council" [checked] {
        /// The council's name.
        name: Text,
        /// Web address, printed where notes say `{website}`.
        website: Option<Text>,
        /// Postal address, printed where notes say `{address}`, and behind the signatory.
        address: Option<Text>,
        /// Language of the papers; `en-GB` when left out.
        language: Language = Language::default(),
        /// Logo, colour and fonts of the papers.
        look: Look = Look::default(),
        /// How the council writes dates, times and minute numbers, by example.
        formats: Formats = Formats::default(),
        /// The month in which minute numbers begin again; `May` when left out.
        year_starts["municipal_year_starts"]: Month = Month(5),
        /// Whose bank holidays the council keeps.
        nation: Nation = Nation::default(),
        /// Other days on which the offices are closed and which do not count as clear days.
        closed_days: Vec<ClosedDays> as silent,
        /// How many clear days of notice to give, where not those of the law.
        notice: NoticeDays = NoticeDays::default(),
        /// Rules to which you give another weight, by their codes, each with a reason.
        rules: RuleChanges as silent,
        /// What your standing orders ask of papers.
        orders["standing_orders"]: StandingOrders as silent = StandingOrders::default(),
        /// Standing matter of every front sheet.
        front: Written<Front>,
        /// Agenda items used again and again, each with an id: `apologies: {title: Apologies}`.
        standing: Written<BTreeMap<String, Item>>,
        /// The scale for action plans: an id for each step.
        ratings: Scale = Scale::default(),
        /// Other words for fixed phrases; `layouts/phrases.yaml` lists them all.
        phrases: BTreeMap<String, Text>,
        /// Words that the dictionary lacks, such as names of places and services.
        words: Vec<Text> as silent,
        /// What your abbreviations stand for, where readers can be taken to know them.
        abbreviations: BTreeMap<String, Text> as silent,
        /// The Flesch reading ease below which a paper is said to be hard to read; 30 when left out, 0 for never.
        reading_ease: Option<u32>,
        /// E-mail addresses, telephone numbers and postal addresses that may be printed besides those of people.yaml.
        public_contacts: Vec<Text> as silent,
    }
    besides |read| {
        /// Where declared.
        place: Place = read.place(),
    }
}

impl Council {
    /// Gives the calendar year in which the municipal year of a day began.
    pub(crate) fn municipal_year(&self, day: NaiveDate) -> i32 {
        if day.month() >= self.year_starts.0 { day.year() } else { day.year() - 1 }
    }
}

/// Another weight for a rule, with the reason.
#[derive(Debug, Clone)]
pub struct RuleChange {
    /// The rule.
    pub rule: &'static Rule,
    /// Its weight; none when it is switched off.
    pub severity: Option<Severity>,
    /// Why.
    pub reason: Text,
    /// Where declared.
    pub place: Place,
}

/// Another weight for some rules.
#[derive(Debug, Clone, Default)]
pub struct RuleChanges(pub Vec<RuleChange>);

/// A language tag such as `en-GB`.
#[derive(Debug, Clone)]
pub struct Language(pub String);

/// A month, 1 to 12.
#[derive(Debug, Clone, Copy)]
pub struct Month(pub u32);

/// A size of letters in points.
#[derive(Debug, Clone, Copy)]
pub struct Points(pub f64);

/// A colour as `#rrggbb`.
#[derive(Debug, Clone)]
pub struct Colour(pub String);

/// A rating scale, in its order.
#[derive(Debug, Clone, Default)]
pub struct Scale(pub Vec<Rating>);

impl Default for Language {
    fn default() -> Self {
        Self("en-GB".to_owned())
    }
}

impl Deref for Scale {
    type Target = Vec<Rating>;

    fn deref(&self) -> &Vec<Rating> {
        &self.0
    }
}

record! {
    /// The look of the papers.
    pub struct Look: "`look`" [checked] {
        /// The logo: a picture beside the file.
        logo: Option<Text> as silent,
        /// What the logo shows, for those who cannot see it.
        logo_text: Option<Text>,
        /// Colour of rules and headings, in quotes: `"#1d4f63"`.
        accent: Colour = Colour("#1d4f63".to_owned()),
        /// The font, one of those in `fonts/`.
        font: Option<Text> as silent,
        /// Size of body text, 8 to 24 points.
        size: Points = Points(12.0),
        /// Whether the outer edges of pages have tabs with the numbers of the items.
        thumb_index: bool = true,
        /// Whether builds that are not issued yet say on each page that they are drafts.
        mark_drafts: bool = false,
    }
}

words! {
    /// Shapes that a rating can have.
    pub enum Shape {
        /// A disc.
        #[default]
        Circle = "circle",
        /// A square.
        Square = "square",
        /// A triangle.
        Triangle = "triangle",
        /// A diamond.
        Diamond = "diamond",
        /// A cross.
        Cross = "cross",
        /// A ring.
        Ring = "ring",
    }
}

record! {
    /// One step of a rating scale: a word, a shape and a colour, so that colour never stands alone.
    pub struct Rating: "a rating" {
        /// The word printed in the cell.
        word: Text,
        /// What it means, printed in the key.
        meaning: Line = Line::default(),
        /// Its shape.
        shape: Shape = Shape::default(),
        /// Its colour, in quotes: `"#3f7d20"`.
        colour: Colour = Colour("#5a5a5a".to_owned()),
    }
    besides |read| {
        /// Id used in cells.
        id: String = String::new(),
    }
}
