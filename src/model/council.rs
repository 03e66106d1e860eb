//! The council: its name, look, formats and what all of its bodies have in common.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};

use super::agenda::Item;
use super::dates::Formats;
use super::front::Front;
use super::notice::{ClosedDays, Nation, NoticeDays};
use super::orders::StandingOrders;
use super::{Line, Text, Written};
use crate::finding::{Place, Rule, Severity};

/// The council's own file.
#[derive(Debug, Clone, Default)]
pub struct Council {
    /// Name as printed.
    pub name: Text,
    /// Web address.
    pub website: Option<Text>,
    /// Postal address.
    pub address: Option<Text>,
    /// Language tag such as `en-GB`.
    pub language: String,
    /// Colours, fonts and logo.
    pub look: Look,
    /// How dates, times and numbers are printed.
    pub formats: Formats,
    /// Month in which the municipal year starts, 1 to 12.
    pub year_starts: u32,
    /// Nation whose bank holidays it keeps.
    pub nation: Nation,
    /// Days on which its offices are closed besides.
    pub closed_days: Vec<ClosedDays>,
    /// How much notice it gives.
    pub notice: NoticeDays,
    /// Rules that it has given another weight or switched off.
    pub rules: Vec<RuleChange>,
    /// Its standing orders, as far as they can be checked.
    pub orders: StandingOrders,
    /// Standing matter of every front sheet.
    pub front: Written<Front>,
    /// Standing items by id.
    pub standing: Written<BTreeMap<String, Item>>,
    /// Rating scale of action plans.
    pub ratings: Vec<Rating>,
    /// Fixed words that replace those of `layouts/phrases.yaml`.
    pub phrases: BTreeMap<String, Text>,
    /// Words that it uses besides those of the dictionary.
    pub words: Vec<Text>,
    /// What its abbreviations stand for; readers are taken to know them.
    pub abbreviations: BTreeMap<String, Text>,
    /// Flesch reading ease below which a paper is said to be hard to read.
    pub reading_ease: Option<u32>,
    /// E-mail addresses, telephone numbers and postal addresses that may be printed besides those of people.yaml.
    pub public_contacts: Vec<Text>,
    /// Where declared.
    pub place: Place,
}

impl Council {
    /// Gives the calendar year in which the municipal year of a day began.
    pub(crate) fn municipal_year(&self, day: NaiveDate) -> i32 {
        if day.month() >= self.year_starts { day.year() } else { day.year() - 1 }
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

/// The look of the papers.
#[derive(Debug, Clone)]
pub struct Look {
    /// Path of the logo below the workspace.
    pub logo: Option<Text>,
    /// Its alternative text.
    pub logo_text: Option<Text>,
    /// Colour of rules and headings, as `#rrggbb`.
    pub accent: String,
    /// First font family.
    pub font: Option<Text>,
    /// Body size in points.
    pub size: f64,
}

impl Default for Look {
    fn default() -> Self {
        Self { logo: None, logo_text: None, accent: "#1d4f63".into(), font: None, size: 12.0 }
    }
}

/// One step of a rating scale: a word, a shape and a colour, so that colour never stands alone.
#[derive(Debug, Clone, Default)]
pub struct Rating {
    /// Id used in cells.
    pub id: String,
    /// Word printed in the cell.
    pub word: Text,
    /// What it means, printed in the key.
    pub meaning: Line,
    /// Name of the shape.
    pub shape: String,
    /// Colour as `#rrggbb`.
    pub colour: String,
}
