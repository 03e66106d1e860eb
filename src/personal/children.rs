//! Children who are named. "Child A" is not a name, nor is "Pupil Premium".

use std::ops::Range;

use chrono::Month;

use super::MOST;
use super::words::{Word, words};

mod grown_up;

/// What a child is to somebody.
const KIN: [&str; 12] = [
    "baby",
    "child",
    "daughter",
    "granddaughter",
    "grandson",
    "nephew",
    "niece",
    "son",
    "stepdaughter",
    "stepson",
    "toddler",
    "twins",
];
/// What several are.
const KIN_OF_SEVERAL: [&str; 9] =
    ["children", "daughters", "granddaughters", "grandchildren", "grandsons", "nephews", "nieces", "sons", "twins"];
/// What follows the age of somebody who does something: "Jade, 15, who is".
const BEHIND_AGE: [&str; 13] =
    ["asked", "from", "had", "has", "is", "lives", "said", "spoke", "told", "was", "who", "whose", "wrote"];
/// Whose.
const WHOSE: [&str; 8] = ["his", "her", "their", "my", "our", "whose", "your", "the"];
/// What a child is.
const CHILD: [&str; 9] =
    ["boy", "child", "girl", "pupil", "schoolboy", "schoolgirl", "schoolchild", "teenager", "toddler"];
/// What stands with a capital behind such a word and is no name.
const NO_NAMES: [&str; 28] = [
    "Benefit",
    "Board",
    "Care",
    "Centre",
    "Charter",
    "Commission",
    "Council",
    "Councillor",
    "Death",
    "Dr",
    "Fund",
    "Health",
    "In",
    "Miss",
    "Mr",
    "Mrs",
    "Ms",
    "Parliament",
    "Place",
    "Poverty",
    "Premium",
    "Protection",
    "Referral",
    "Scheme",
    "Service",
    "Services",
    "Support",
    "Voice",
];
/// Ages of children in words.
const YOUNG: [&str; 17] = [
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
];
/// Age from which on nobody is a child.
const GROWN_UP: u32 = 18;

/// A child who may be named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Child {
    /// Where the name stands.
    pub(crate) range: Range<usize>,
    /// Whether the text leaves little doubt.
    pub(crate) sure: bool,
}

/// Finds names of children in a text.
pub(crate) fn children(text: &str) -> Vec<Child> {
    let words = words(text);
    let mut found: Vec<Child> = Vec::new();
    for index in 0..words.len() {
        let child = of_kin(text, &words, index)
            .or_else(|| by_age_before(text, &words, index))
            .or_else(|| by_age_behind(text, &words, index))
            .or_else(|| by_bare_age(text, &words, index))
            .or_else(|| by_noun(text, &words, index));
        found.extend(child.filter(|child| found.last().is_none_or(|last| last.range.end <= child.range.start)));
    }
    found.truncate(MOST);
    found
}

/// Gives the name that begins with a word: it and the capitalised words behind it.
fn name(text: &str, words: &[Word], first: usize) -> Option<Range<usize>> {
    let start = words.get(first).filter(|word| word.is_name() && !NO_NAMES.contains(&word.text))?;
    let mut end = start.range.end;
    for word in &words[first + 1..] {
        if &text[end..word.range.start] != " " || !word.is_name() {
            break;
        }
        end = word.range.end;
    }
    Some(start.range.start..end)
}

/// "his daughter Emma", "Mr Ward's son, Tom".
fn of_kin(text: &str, words: &[Word], index: usize) -> Option<Child> {
    let word = &words[index];
    let before = index.checked_sub(1).map(|before| words[before].text)?;
    let several = KIN_OF_SEVERAL.contains(&word.text) && !before.eq_ignore_ascii_case("the");
    if !several && !KIN.contains(&word.text) {
        return None;
    }
    let belongs = WHOSE.contains(&before.to_lowercase().as_str()) || before.ends_with("'s") || before.ends_with("’s");
    let next = words.get(index + 1)?;
    let between = &text[word.range.end..next.range.start];
    let gap = between == " " || between == ", ";
    // "the" is anybody's.
    let near = !before.eq_ignore_ascii_case("the") || between == " ";
    let first = (belongs && gap && near).then(|| name(text, words, index + 1))??;
    let range = if several { with_others(text, words, first) } else { first };
    let adult = grown_up::is_grown_up(&text[range.end..]);
    (!adult).then_some(Child { range, sure: !before.eq_ignore_ascii_case("the") })
}

/// Gives names and those that follow: "Ben and Toby", "Ben, Toby and Jo".
fn with_others(text: &str, words: &[Word], mut range: Range<usize>) -> Range<usize> {
    while let Some(next) = words.iter().position(|word| word.range.start >= range.end) {
        let and = words[next].text == "and" && &text[range.end..words[next].range.start] == " ";
        let first = if and { next + 1 } else { next };
        let joint = words.get(first).map(|word| &text[range.end..word.range.start]);
        match name(text, words, first).filter(|_| matches!(joint, Some(", " | " and " | ", and "))) {
            Some(other) => range.end = other.end,
            None => break,
        }
    }
    range
}

/// "Jade, 15, who is a member of".
fn by_bare_age(text: &str, words: &[Word], index: usize) -> Option<Child> {
    let (age, next) = (words.get(index + 1)?, words.get(index + 2)?);
    let young = age.text.len() <= 2 && age.text.parse::<u32>().is_ok_and(|age| (1..GROWN_UP).contains(&age));
    let apart = |left: &Word, right: &Word| &text[left.range.end..right.range.start] == ", ";
    let name = words[index].is_name() && !NO_NAMES.contains(&words[index].text) && !is_month(words[index].text);
    if !(young && name && apart(&words[index], age) && apart(age, next) && BEHIND_AGE.contains(&next.text)) {
        return None;
    }
    let range = whole_name(text, words, index);
    Some(Child { range, sure: true })
}

/// Tells whether a word is a month, behind which a number is a day.
fn is_month(word: &str) -> bool {
    (1..=12).filter_map(|number| Month::try_from(number).ok()).any(|month| month.name() == word)
}

/// Gives the name that ends with a word: it and the capitalised words before it.
fn whole_name(text: &str, words: &[Word], last: usize) -> Range<usize> {
    let mut first = last;
    while first > 0 && words[first - 1].is_name() && &text[words[first - 1].range.end..words[first].range.start] == " "
    {
        first -= 1;
    }
    words[first].range.start..words[last].range.end
}

/// "nine-year-old Emma".
fn by_age_before(text: &str, words: &[Word], index: usize) -> Option<Child> {
    let age = words[index].text.strip_suffix("-year-old").or_else(|| words[index].text.strip_suffix("-month-old"))?;
    let young = age.parse::<u32>().map_or_else(|_| YOUNG.contains(&age), |age| age < GROWN_UP);
    let range = young.then(|| name(text, words, index + 1))??;
    let direct = text[words[index].range.end..range.start] == *" ";
    direct.then_some(Child { range, sure: true })
}

/// "Emma Ward, aged 9", but not "schools in Saltgate, aged 9 to 11".
fn by_age_behind(text: &str, words: &[Word], index: usize) -> Option<Child> {
    let aged = words.get(index + 1).filter(|word| matches!(word.text, "aged" | "age"))?;
    let age = words.get(index + 2)?;
    let young = age.text.parse::<u32>().is_ok_and(|age| age < GROWN_UP);
    let between = &text[words[index].range.end..aged.range.start];
    let rest = text[age.range.end..].trim_start();
    let range_of_ages = ["to ", "and ", "or ", "-", "–", "+", "/"].iter().any(|more| rest.starts_with(more));
    if !words[index].is_name() || !young || range_of_ages || !matches!(between, " " | ", " | " (") {
        return None;
    }
    let range = whole_name(text, words, index);
    let sure = range.start < words[index].range.start;
    (!NO_NAMES.contains(&words[index].text)).then_some(Child { range, sure })
}

/// "pupil Jane Smith".
fn by_noun(text: &str, words: &[Word], index: usize) -> Option<Child> {
    let word = &words[index];
    let next = words.get(index + 1)?;
    let direct = CHILD.contains(&word.text) && &text[word.range.end..next.range.start] == " ";
    let range = direct.then(|| name(text, words, index + 1))??;
    // One capital word alone is more often the name of a thing.
    let two = text[range.clone()].contains(' ');
    let things = text[range.clone()].split(' ').any(|part| NO_NAMES.contains(&part));
    (two && !things).then_some(Child { range, sure: false })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<(&str, bool)> {
        children(text).into_iter().map(|child| (&text[child.range], child.sure)).collect()
    }

    #[test]
    fn children_who_are_named_are_found() {
        for (text, name, sure) in [
            ("Mr Ward and his daughter Emma spoke.", "Emma", true),
            ("Mrs Ward’s son, Tom Ward, said", "Tom Ward", true),
            ("Emma Ward, aged 9, asked", "Emma Ward", true),
            ("a letter of Emma (aged 9)", "Emma", false),
            ("nine-year-old Emma asked", "Emma", true),
            ("the 14-year-old Tom Ward", "Tom Ward", true),
            ("a pupil Jane Smith asked", "Jane Smith", false),
            ("Jade, 15, who is a member of the youth council", "Jade", true),
            ("Mrs Hocken and her sons Ben and Toby (7 and 4) were taken out", "Ben and Toby", true),
            ("his children, Ann, Ben and Jo, came", "Ann, Ben and Jo", true),
            ("his daughter Emma is a pupil of the head teacher", "Emma", true),
            ("her son Tom, a patient of the doctor", "Tom", true),
        ] {
            assert_eq!(found(text), [(name, sure)], "{text}");
        }
    }

    #[test]
    fn others_are_not() {
        for text in [
            "Child A and his sister, Child B; pupil B said",
            "children aged 5 to 11 in Saltgate, aged 9 to 11",
            "his son, Councillor Ward",
            "each child Protection Plan; the child Poverty Strategy",
            "Pupil Premium and pupil Referral Unit",
            "her daughter. Emma is a street",
            "two-year-olds in Harbour ward, aged 20",
            "five-year-old. The",
            "Emma Ward, aged 19",
            "their child in Year 9",
            "Mrs Evans's daughter Helen, who is the head teacher, and her son David, a solicitor, were trustees",
            "Councillor Joan Carr's daughter Ruth has opened a shop",
            "his son Tom works for the council; his daughter Ann (34) does not; her sons Ben and Toby (27 and 24)",
            "her son David, aged 45; our daughter Jo, director of Jo's Ltd",
            "On 5 March, 15, who; the children Act; Jade, 19, who",
        ] {
            assert!(found(text).is_empty(), "{text}: {:?}", found(text));
        }
    }
}
