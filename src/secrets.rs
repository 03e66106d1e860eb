//! Words that the grounds of withheld papers protect, and how they are found in what the public gets.
//!
//! Text and secret are compared in a form (`form`) in which it does not matter how either is typed: large or small
//! letters, ligatures, accents, letters of other scripts that look alike, marks that cannot be seen, kinds of spaces,
//! quotation marks and dashes, words broken at a line's end or spaced out. Whole words are looked for; long ones
//! also within others, such as an address. Figures are compared as they are written, but for the signs between their
//! thousands: `1,250,000` is `1250000`, and neither is `1.25 million`.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::finding::Place;

mod form;
mod letters;
mod wanted;

pub(crate) use form::Form;
use wanted::Wanted;

/// Letters, digits and signs below which words would be found everywhere.
const SHORTEST: usize = 3;

/// Words that nothing public may hold.
#[derive(Debug, Clone)]
pub(crate) struct Secret {
    /// The words as they are written.
    pub(crate) words: String,
    /// Where they are written.
    pub(crate) place: Place,
    /// File in which they are written.
    pub(crate) path: String,
    /// The papers whose grounds they are: once these are released, so are they. None of an item's grounds.
    pub(crate) papers: Vec<String>,
    wanted: Wanted,
}

impl Secret {
    /// Takes words as they are written in a file.
    pub(crate) fn new(words: &str, place: Place, path: &str, papers: Vec<String>) -> Self {
        let wanted = Wanted::of(words);
        Self { words: words.trim().to_owned(), place, path: path.to_owned(), papers, wanted }
    }

    /// Tells whether there is too little of it to be looked for.
    pub(crate) fn is_too_short(&self) -> bool {
        self.wanted.length() < SHORTEST
    }

    /// Gives the first range of bytes of a text that says it.
    pub(crate) fn find(&self, text: &Form) -> Option<Range<usize>> {
        if self.is_too_short() { None } else { self.wanted.find(text) }
    }
}

/// The words that nothing public may hold.
#[derive(Debug, Clone, Default)]
pub struct Secrets {
    all: Vec<Secret>,
    /// Files that list some and were not understood.
    unread: BTreeSet<String>,
}

impl Secrets {
    /// Gathers secrets; those written twice in one place count once.
    pub(crate) fn gathered(all: impl IntoIterator<Item = Secret>) -> Self {
        let mut secrets: Vec<Secret> = Vec::new();
        for secret in all {
            let same = |other: &&mut Secret| {
                (&other.path, other.place, &other.words) == (&secret.path, secret.place, &secret.words)
            };
            match secrets.iter_mut().find(same) {
                Some(known) => known.papers.extend(secret.papers),
                None => secrets.push(secret),
            }
        }
        Self { all: secrets, unread: BTreeSet::new() }
    }

    /// Notes those files that list secrets, by the looks of their texts, of which none was understood.
    #[must_use]
    pub(crate) fn listed_in<'a>(mut self, files: impl Iterator<Item = (&'a str, &'a str)>) -> Self {
        let lists = |line: &str| {
            let line = line.trim_start_matches(['-', ' ', '\t', '{', '\u{FEFF}']);
            let value = line.strip_prefix("secrets").map(|rest| rest.trim_start_matches(['"', '\'', ' ']));
            value.is_some_and(|rest| rest.starts_with(':') && !matches!(rest[1..].trim(), "[]" | "~" | "null"))
        };
        let is_understood = |path: &str| self.all.iter().any(|secret| secret.path == path);
        let unread: BTreeSet<String> = files
            .filter(|(path, text)| text.split(['\n', '{', ',']).any(lists) && !is_understood(path))
            .map(|(path, _)| path.to_owned())
            .collect();
        self.unread = unread;
        self
    }

    /// Gives the files that list secrets and were not understood.
    pub(crate) fn unread(&self) -> &BTreeSet<String> {
        &self.unread
    }

    /// Gives these and others: those of the same words in the same file are the same.
    #[must_use]
    pub(crate) fn with(mut self, others: &Self) -> Self {
        let known: BTreeSet<(String, String)> =
            self.all.iter().map(|secret| (secret.path.clone(), secret.words.clone())).collect();
        let further = others.all.iter().filter(|other| !known.contains(&(other.path.clone(), other.words.clone())));
        // Their places lie in other sources.
        self.all.extend(further.map(|other| Secret { place: Place::default(), ..other.clone() }));
        self.unread.extend(others.unread.iter().cloned());
        self
    }

    /// Gives all of them.
    pub(crate) fn all(&self) -> &[Secret] {
        &self.all
    }

    /// Gives those that can be looked for and are not only grounds of papers that have been released.
    pub(crate) fn kept<'a>(&'a self, released: &'a BTreeSet<String>) -> impl Iterator<Item = &'a Secret> {
        let is_free =
            |secret: &Secret| !secret.papers.is_empty() && secret.papers.iter().all(|paper| released.contains(paper));
        self.all.iter().filter(move |secret| !secret.is_too_short() && !is_free(secret))
    }

    /// Gives those that are kept when these papers have been released.
    #[must_use]
    pub(crate) fn beyond(&self, released: &BTreeSet<String>) -> Self {
        Self { all: self.kept(released).cloned().collect(), unread: self.unread.clone() }
    }

    /// Gives the first of them that a text says.
    pub(crate) fn said_in(&self, text: &str) -> Option<&Secret> {
        let form = Form::of(text);
        self.all.iter().find(|secret| secret.find(&form).is_some())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found<'a>(secret: &str, text: &'a str) -> Option<&'a str> {
        let secret = Secret::new(secret, Place::default(), "", Vec::new());
        secret.find(&Form::of(text)).map(|range| &text[range])
    }

    #[track_caller]
    fn told(secret: &str, texts: &[&str]) {
        for text in texts {
            assert!(found(secret, text).is_some(), "`{secret}` is not found in `{text}`");
        }
    }

    #[track_caller]
    fn kept(secret: &str, texts: &[&str]) {
        for text in texts {
            assert_eq!(found(secret, text), None, "`{secret}` in `{text}`");
        }
    }

    #[test]
    fn words_are_found_however_they_are_typed() {
        told(
            "Marlowfield Homes",
            &[
                "from MARLOWFIELD HOMES today",
                "from Marlowfield\u{A0}Homes",
                "Marlowfield\u{2009}\u{200B}Homes",
                "Marlow\u{AD}field Homes",
                "Marlow\u{200B}field Homes",
                "\u{202A}Marlowfield\u{202C} \u{2067}Homes\u{2069}",
                "Marlow-\nfield\nHomes",
                "Marlow\u{2010}field Homes",
                "Marlowﬁeld Homes",
                "M a r l o w f i e l d  H o m e s",
                "Marlowfield-Homes",
                "Marlowfield\r\n   Homes",
                "marlowfieldhomes",
                "Marlowfield Homes’",
                "Marlowfield “Homes”",
                "Mаrlоwfiеld Hоmеs",
                "Ｍａｒｌｏｗｆｉｅｌｄ Ｈｏｍｅｓ",
                "𝐌𝐚𝐫𝐥𝐨𝐰𝐟𝐢𝐞𝐥𝐝 𝐇𝐨𝐦𝐞𝐬",
                "Márlowfield Hömes",
                "Ma\u{301}rlowfield Homes",
                "Marlow field Homes",
                "Marlow\nfield Homes",
                "Marlowfield, Homes",
                "Marlowfield Homes Ltd, Marlowfield Homes™",
                "the Marlowfield Homes¹ bid",
                "MarlowfieldHomesLtd",
                "Marl\u{2060}owf\u{FE0F}ield Ho\u{E0041}mes",
            ],
        );
        told("Côte d’Or", &["Cote d'Or", "CÔTE D`OR", "Co\u{302}te d\u{2032}Or", "cote d or"]);
        told("O'Hara", &["O’Hara", "O‘Hara", "OHara", "o hara"]);
        told("Weiß & Söhne", &["WEISS & SOHNE", "Weiss, Söhne", "Weiß\u{A0}&\u{A0}Söhne"]);
        told("Иванов", &["ИВАНОВ", "Иванова Иванов"]);
        told("Ельцов", &["ЕЛЬЦОВ"]);
        told("田中", &["これは田中さんの手紙"]);
        told("ஆனந்தன்", &["திரு ஆனந்தன் அவர்கள்"]);
    }

    #[test]
    fn owners_and_families_are_told_of_as_well() {
        told("Ashgrove", &["Ashgrove's offer", "Ashgrove’s", "the Ashgroves", "ASHGROVE.", "(Ashgrove)"]);
        told("Rose", &["Rose's"]);
        kept("Rose", &["the roses", "Roseland", "prose", "Ambrose", "r\no\ns e"]);
    }

    #[test]
    fn parts_of_other_words_are_no_secret() {
        kept("Anderson", &["Sanderson", "Andersonville"]);
        kept("Fenmarsh Homes", &["Fenmarsh Homestead", "the Outerfenmarsh Homes"]);
        kept("Donald", &["McDonald", "Donaldson"]);
        kept("Hampton", &["Southampton"]);
        kept("Green Lane", &["the hall is green. Lane closures follow", "greenish lane", "Green the Lane"]);
        kept("Alder", &["al der", "Alderman", "Calder"]);
        told("St Anne", &["St. Anne"]);
        told("J Moss", &["J. Moss"]);
        told("Anderson", &["LeeAnderson"]);
    }

    #[test]
    fn figures_are_compared_whole() {
        told(
            "£1,250,000",
            &["1250000", "£1 250 000", "GBP 1,250,000", "£1\u{202F}250\u{202F}000", "£1,250,000.", "1’250’000"],
        );
        kept("£1,250,000", &["£11,250,000", "£1,250,0001", "£1,250,000.5", "£1.25 million", "2,1,250,000,5"]);
        told("£1.42 million", &["£1.42 million", "£1.42\nmillion", "1.42million", "£1·42 million"]);
        kept("£1.42 million", &["£142 million", "£11.42 million", "£1.4 million"]);
        told("£50", &["£50", "£ 50", "£50."]);
        kept("£50", &["50", "£500", "£50,000", "£50.20", "£150"]);
        told("12%", &["12%", "12 %"]);
        kept("12%", &["12", "112%"]);
        told("01632 960 123", &["01632960123", "01632-960-123", "(01632) 960123"]);
        told("14 Mill Lane", &["14, Mill Lane", "14 Mill\nLane"]);
        kept("14 Mill Lane", &["114 Mill Lane", "1.14 Mill Lane", "14A Mill Lane"]);
    }

    #[test]
    fn what_is_too_short_is_not_looked_for() {
        for short in ["3", "£5", "a", "of", "-", "—", "", "é!", "“A B”"] {
            assert!(Secret::new(short, Place::default(), "", Vec::new()).is_too_short(), "{short}");
        }
        for long in ["£50", "Ash", "A B C", "12%", "田中"] {
            assert!(!Secret::new(long, Place::default(), "", Vec::new()).is_too_short(), "{long}");
        }
    }

    #[test]
    fn addresses_run_words_together() {
        let addresses = [
            "see https://www.ashgrovehomes.example/a today",
            "mail@theashgrove.example",
            "ashgrove-letter.pdf",
            "bids/theashgrove_bid.docx",
            "https://www.example.org/%41shgr%6Fve",
        ];
        told("Ashgrove", &addresses);
        told("Ashgrove Homes", &["https://www.example.org/Ashgrove%20Homes", "https://example.org/?q=ashgrove+homes"]);
        told("Côte d’Or", &["https://www.example.org/C%C3%B4te%20d%E2%80%99Or"]);
        kept("Ashgrove", &["theashgrove", "ashgrover. It", "www.example.org/ash-hill/grove"]);
        kept("Rose", &["www.roseland.example"]);
    }

    #[test]
    fn a_find_gives_the_words_as_they_stand() {
        assert_eq!(found("Ashgrove", "to “ash-\ngrove”, he"), Some("ash-\ngrove"));
        assert_eq!(found("£1,250,000", "to £1,250,000,"), Some("£1,250,000"));
        assert_eq!(found("O’Hara", "é OʼHará."), Some("OʼHará"));
    }
}
