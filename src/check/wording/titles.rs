//! Whether two titles mean the same business, written at different times by different people.
//!
//! A programme says "Ofsted outcomes and action plan", the agenda "Children's services Ofsted visit outcome and action
//! plan progress". Titles are compared by their significant words, cut to their stems; words that half of a council's
//! papers bear (report, update, service) and those of the body's own name weigh little.

use std::collections::BTreeSet;

use super::dates::year;
use super::words::{Word, is_among, lower, runs, singular, words};
use crate::model::dates::MONTHS;
use crate::model::{Body, Council};

/// From how much of the shorter title on two are taken to mean the same.
const ALIKE: f64 = 0.6;

/// The same where they share one telling word only: what they do not share must say little.
const ALIKE_BY_ONE: f64 = 0.8;

/// Weight of a word that says little.
const WEAK: f64 = 0.35;

/// Words that carry no meaning in a title.
const STOP: &str = "a an and any are as at be been by for from had has have how i ii iii in including into is it its iv of on or \
    our re regarding s that the their them these this those to up via was were what who will with";

/// Words that many titles of a council have.
const COMMON: &str = "action agreed ahead annual board briefing cabinet city committee consideration council current detail \
    discussion draft executive final first further general impact information introduction issue item joint \
    meeting monitoring new note outcome overview panel paper people performance plan presentation programme \
    progress proposal public pupil quarterly recommendation report response result review school scrutiny second \
    service strategy summary update work working year young";

/// Titles of what stands on every agenda, or of what is done there without papers.
const PROCEDURE: &str = "apolog|substitut|declaration|interests|minutes of|matters arising|urgent|any other|other business|\
    exclu|press and public|announcement|communications|welcome|introductions|date of next|close of|\
    questions from|public questions|petition|notices of motion|chair's remarks|work programme|forward plan";

/// What is known of the words of a body's titles.
#[derive(Debug, Default)]
pub(in crate::check) struct Wording {
    weak: BTreeSet<String>,
}

/// The significant words of a title.
#[derive(Debug, Clone, Default)]
pub(in crate::check) struct Title {
    words: Vec<(String, f64)>,
    /// Years and months: what tells one of a series from the next.
    years: BTreeSet<String>,
    months: BTreeSet<String>,
}

impl Wording {
    /// Knows no words that weigh little.
    pub(in crate::check) const fn none() -> Self {
        Self { weak: BTreeSet::new() }
    }

    /// Learns which words weigh little in the titles of a council's body.
    pub(in crate::check) fn of(council: &Council, body: &Body) -> Self {
        let names = [&council.name.value, &body.name.value].map(|name| tokens(name));
        let own = names.iter().flatten().map(String::as_str);
        Self { weak: COMMON.split(' ').chain(own).map(stem).collect() }
    }

    /// Takes a title apart.
    pub(in crate::check) fn title(&self, words: &str) -> Title {
        let mut title = Title::default();
        let mut last_year = None;
        for token in tokens(words) {
            let year = year(&token);
            // The end of 2026-27 or 2026-29.
            let end = token.parse::<i32>().ok().filter(|_| token.len() == 2);
            let ends = |year: i32| end.is_some_and(|end| (year % 100 + 1..year % 100 + 11).contains(&end));
            let is_end = last_year.is_some_and(ends);
            last_year = year;
            if is_end {
                continue;
            }
            if year.is_some() {
                title.years.insert(token);
            } else if MONTHS.iter().any(|month| month.eq_ignore_ascii_case(&token)) {
                title.months.insert(token);
            } else if !is_among(STOP, &token) {
                let stem = stem(&token);
                let digits = stem.bytes().all(|byte| byte.is_ascii_digit());
                let weight = if digits || self.weak.contains(&stem) { WEAK } else { 1.0 };
                if !title.words.iter().any(|(word, _)| *word == stem) {
                    title.words.push((stem, weight));
                }
            }
        }
        title.words.sort_by(|one, other| one.0.cmp(&other.0));
        title
    }

    /// Tells whether two titles mean the same business.
    pub(in crate::check) fn alike(&self, one: &str, other: &str) -> bool {
        self.title(one).is_like(&self.title(other))
    }

    /// Tells whether a sentence speaks of what a title names. Its years and months may be those of an Act.
    pub(in crate::check) fn speaks_of(&self, sentence: &str, title: &str) -> bool {
        self.title(sentence).shares_with(&self.title(title))
    }
}

impl Title {
    /// Tells whether nothing in it says what it is about.
    pub(in crate::check) fn is_vague(&self) -> bool {
        self.weight() < 1.0
    }

    /// Tells whether two titles mean the same business: whether one has most of what the other says. Two of a series,
    /// such as the budget reports of two quarters, do not.
    pub(in crate::check) fn is_like(&self, other: &Self) -> bool {
        let apart =
            |one: &BTreeSet<String>, two: &BTreeSet<String>| !one.is_empty() && !two.is_empty() && one.is_disjoint(two);
        !apart(&self.years, &other.years) && !apart(&self.months, &other.months) && self.shares_with(other)
    }

    /// Tells whether one of two titles has most of what the other says.
    fn shares_with(&self, other: &Self) -> bool {
        if self.words.is_empty() || self.words == other.words {
            return !self.words.is_empty();
        }
        let has = |word: &str| other.words.binary_search_by(|(stem, _)| stem.as_str().cmp(word)).is_ok();
        let shared = || self.words.iter().filter(|(word, _)| has(word)).map(|(_, weight)| *weight);
        // A title of common words only is found in one that has them all: "The draft Children and Young People's Plan".
        let common = self.words.len().min(other.words.len());
        if common >= 3 && shared().count() == common {
            return true;
        }
        let telling = shared().filter(|weight| *weight > WEAK).count();
        let part = shared().sum::<f64>() / self.weight().min(other.weight());
        telling > 0 && part >= if telling == 1 { ALIKE_BY_ONE } else { ALIKE }
    }

    fn weight(&self) -> f64 {
        self.words.iter().map(|(_, weight)| weight).sum()
    }
}

/// Tells whether a title is that of a usual step of a meeting rather than of a subject.
pub(in crate::check) fn is_procedure(title: &str) -> bool {
    let title = title.trim().to_lowercase().replace('’', "'");
    ["minutes", "private minutes", "interests"].contains(&title.as_str())
        || PROCEDURE.split('|').any(|words| title.contains(words))
}

/// Gives the words of a text in small letters, without the genitive's s; `Young People's` gives `young`, `people`.
fn tokens(text: &str) -> Vec<String> {
    let bare = |word: &Word| lower(word.text).trim_end_matches("'s").replace('\'', "");
    words(text).iter().flat_map(|word| runs(&bare(word)).collect::<Vec<_>>()).collect()
}

/// Cuts a word to what its forms have in common: `planning` to `plan`, `inequalities` to `inequal`.
pub(in crate::check) fn stem(word: &str) -> String {
    const ENDINGS: [&str; 12] = ["ity", "ment", "ing", "ion", "ial", "al", "er", "ied", "ed", "at", "e", "y"];
    const LEFT: usize = 4;
    if word == "child" {
        return "children".to_owned();
    }
    let mut stem = singular(word);
    while let Some(end) = ENDINGS.iter().find(|end| stem.ends_with(**end) && stem.len() >= end.len() + LEFT) {
        stem.truncate(stem.len() - end.len());
    }
    // Planning, committed: the letter that was doubled before the ending.
    let mut back = stem.chars().rev();
    if stem.len() > LEFT && stem != word && back.next() == back.next() && !stem.ends_with("ss") {
        stem.pop();
    }
    stem
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Text;

    fn board() -> Wording {
        let name = |value: &str| Text { value: value.into(), ..Text::default() };
        let council = Council { name: name("Coventry City Council"), ..Council::default() };
        let name = name("Education and Children's Services Scrutiny Board (2)");
        Wording::of(&council, &Body { name, ..Body::default() })
    }

    #[track_caller]
    fn alike(one: &str, other: &str) {
        let (one, other) = (board().title(one), board().title(other));
        assert!(one.is_like(&other), "{one:?} {other:?}");
        assert!(other.is_like(&one));
    }

    #[track_caller]
    fn different(one: &str, other: &str) {
        let (one, other) = (board().title(one), board().title(other));
        assert!(!one.is_like(&other), "{one:?} {other:?}");
        assert!(!other.is_like(&one));
    }

    #[test]
    fn titles_of_one_matter_are_alike_however_they_are_put() {
        alike("Ofsted Outcomes and Action Plan", "Children's Services Ofsted Visit Outcome and Action Plan Progress");
        alike(
            "Criminal and sexual exploitation of Children",
            "Criminal, sexual exploitation of children and Young People",
        );
        alike(
            "Children withdrawn from school to be home schooled",
            "Children withdrawn from School to be home-schooled",
        );
        alike("Outcome of the focused visit", "Children's services: outcome of the focused visit");
        alike("Access to NHS dentists", "Access to dentists");
        alike("SEND, employment and post-16 opportunities", "SEND employment & opportunities, post 16");
        alike("Apprenticeships (with Scrutiny Board 3)", "Apprenticeships (with Scrutiny Board 1&3)");
        alike("The Board’s recommendations", "The Board's recommendations");
        alike("Isolated families", "Isolation of a family");
    }

    #[test]
    fn titles_that_share_only_what_all_titles_have_are_not() {
        different("Briefing on support for self-isolating families", "Children's Services Ofsted Visit Outcome");
        different("Adoption Service Annual Report", "Fostering Service Annual Report");
        different("School results", "School attendance");
        different("Work programme", "Action plan progress");
        different("School results", "Marlpit School");
        different("Children and Young People's Plan", "Young people not in education, employment or training");
        different("Breakfast clubs and school meals", "School results");
        different("Youth Provision in Coventry", "Library provision");
        different("", "Fostering");
    }

    #[test]
    fn two_of_a_series_are_told_apart_by_year_and_month() {
        different("Budget monitoring, April to June 2026", "Budget monitoring, July to September 2026");
        different("School results 2025", "School results 2026");
        alike("Children and Young People's Plan 2026-2029", "The draft Children and Young People's Plan 2026-29");
        alike("Work programme 2026-27: travel", "Travel 2026/27");
    }

    #[test]
    fn business_is_known_on_the_agenda_in_the_minutes_and_in_private() {
        alike("Disposal of the former Tannery Lane depot", "Tannery Lane depot: disposal");
        alike("Private minutes", "Minutes");
        different("Riverside Leisure Centre", "Disposal of the former Tannery Lane depot");
        different("Secondary school places", "School transport for older pupils");
        let sentence = "that the public be excluded from the item on school meals under the Act of 1972";
        assert!(board().speaks_of(sentence, "School meals 2026-27"));
        assert!(!board().speaks_of(sentence, "Fostering"));
    }

    #[test]
    fn stems_bring_the_forms_of_a_word_together() {
        for (one, other) in [
            ("plan", "planning"),
            ("family", "families"),
            ("isolating", "isolation"),
            ("outcome", "outcomes"),
            ("educational", "education"),
            ("inequality", "inequalities"),
            ("exploited", "exploitation"),
            ("recovery", "recover"),
            ("develop", "development"),
            ("service", "services"),
            ("child", "children"),
        ] {
            assert_eq!(stem(one), stem(other), "{one} {other}");
        }
        assert_ne!(stem("care"), stem("carer"));
        assert_ne!(stem("community"), stem("communication"));
    }

    #[test]
    fn steps_of_a_meeting_are_no_subjects() {
        for title in ["Apologies and Substitutions", "Declarations of Interests", "Minutes", "Any Other Business"] {
            assert!(is_procedure(title), "{title}");
        }
        for title in ["Ten-minute neighbourhoods", "The public interest test"] {
            assert!(!is_procedure(title), "{title}");
        }
    }
}
