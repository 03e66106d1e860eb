//! Which words of a resolution ask for a report to come, about what, and to which meeting.

use chrono::{Datelike, NaiveDate};

use crate::check::wording::dates::{self, Mention};
use crate::check::wording::words::{Word, gap, is_among, lower, words};
use crate::model::dates::MONTHS;

/// Tells whether words open a list of what goes into the work programme.
pub(super) fn adds_subjects(words: &str) -> bool {
    let words = words.to_lowercase();
    let adds = ["add", "includ", "place", "additional"].iter().any(|word| words.contains(word));
    words.trim_end().ends_with(':') && words.contains("work programme") && adds
}

/// Gives the subject that words say was added to the programme: "agreed to add an item on …".
pub(super) fn added(words: &str) -> Option<std::ops::Range<usize>> {
    const ADDS: [&str; 4] = ["add an item on ", "added an item on ", "adding an item on ", "add a report on "];
    let start = ADDS.iter().find_map(|adds| Some(words.find(adds)? + adds.len()))?;
    let end = words[start..].find(['.', ';', ',']).map_or(words.len(), |end| start + end);
    Some(start..end)
}

/// What is asked for.
const NOUNS: &str = "report reports briefing update updates presentation paper";

/// What is done when it is asked for.
const VERBS: &str = "receive receives received ask asks asked request requests requested require requires invite invites \
    bring brought submit submitted come consider";

/// What goes to members between meetings is no business of the programme's.
const OUTSIDE: &str = "circulate circulated publish published writing email e-mail send noted";

/// Gives the words of a sentence that ask for a report to come, and what it is to be about.
pub(super) fn asked(sentence: &str) -> Option<(std::ops::Range<usize>, &str)> {
    let words: Vec<(usize, String)> = words(sentence).iter().map(|word| (word.at, lower(word.text))).collect();
    if words.iter().any(|(_, word)| is_among(OUTSIDE, word)) {
        return None;
    }
    let is_verb = |(_, word): &(usize, String)| is_among(VERBS, word);
    let noun = (0..words.len()).find(|noun| {
        let back = words.get(noun + 1).is_some_and(|(_, word)| word == "back");
        let before = words[noun.saturating_sub(6)..*noun].iter().rev().map(|(_, word)| word.as_str());
        let article = before
            .map_while(|word| match word {
                "a" | "an" | "further" | "another" | "regular" => Some(true),
                "the" | "this" | "that" | "its" | "their" | "of" | "in" | "to" | "for" | "and" => None,
                _ => Some(false),
            })
            .any(|is_article| is_article);
        let told = is_told_to_report(&words, *noun);
        is_among(NOUNS, &words[*noun].1) && (back || told || (article && words.iter().any(is_verb)))
    })?;
    let verb = words.iter().take(noun).rposition(is_verb).unwrap_or(noun);
    // The verb of a clause that has ended says nothing here: "agree the work asked for, and a report on …".
    let article =
        (0..noun).rev().find(|at| ["a", "an", "further", "another", "regular"].contains(&words[*at].1.as_str()));
    let ended = sentence[words[verb].0..words[noun].0].contains(',');
    let first = if ended { article.unwrap_or(noun) } else { verb };
    let (start, end) = (words[first].0, sentence.trim_end_matches([' ', '.', ';']).len());
    Some((start..end, subject(sentence, &words[noun + 1..])))
}

/// Tells whether somebody is asked to report: "ask the Director to report in March on …".
fn is_told_to_report(words: &[(usize, String)], noun: usize) -> bool {
    const TELLS: &str = "ask asks asked request requests requested require requires required invite invites invited";
    let word = |at: usize| words.get(at).map_or("", |(_, word)| word.as_str());
    let addressed = matches!(word(noun + 1), "in" | "on" | "again")
        || (word(noun + 1) == "to"
            && matches!(word(noun + 2), "the" | "its" | "this" | "a")
            && matches!(word(noun + 3), "board" | "committee" | "cabinet" | "council" | "panel" | "next" | "meeting"));
    let to = noun.checked_sub(1).is_some_and(|before| word(before) == "to");
    to && word(noun) == "report" && addressed && words[..noun].iter().any(|(_, word)| is_among(TELLS, word))
}

/// Gives what a report is to be about: what follows "on" or "about", as far as "at a meeting" or "in June".
fn subject<'s>(sentence: &'s str, behind: &[(usize, String)]) -> &'s str {
    const STOPS: &str = ",|;|.|:| at a | at the | at its | to a | to the | to this | in the | later | within | before |\
        \x20by | be | when | in six | in three | next ";
    let at = |prepositions: &[&str]| behind.iter().position(|(_, word)| prepositions.contains(&word.as_str()));
    let Some(about) = at(&["on", "about", "regarding", "concerning", "into"]).or_else(|| at(&["of"])) else {
        return "";
    };
    let Some((start, _)) = behind.get(about + 1) else { return "" };
    let rest = &sentence[*start..];
    let end = STOPS.split('|').filter_map(|stop| rest.find(stop)).min().unwrap_or(rest.len());
    let about = rest[..end].trim();
    // "the ambulance service in March 2028" is about the service.
    let all = words(about);
    let year = all.last().is_some_and(|last| dates::year(last.text).is_some());
    let month = all.len().checked_sub(if year { 2 } else { 1 });
    let month = month.filter(|at| *at > 1 && dates::month(all[*at].text).is_some() && all[*at - 1].text == "in");
    month.map_or(about, |at| about[..all[at - 1].at].trim())
}

/// When something is wanted: on a day, or in a month.
pub(super) struct When {
    mention: Mention,
    /// Whether the words leave no doubt that it is then wanted.
    pub(super) is_sure: bool,
}

impl When {
    /// Tells whether a meeting on a day is what is wanted.
    pub(super) fn is(&self, day: NaiveDate) -> bool {
        let month = self.mention.month == day.month() && self.mention.year.is_none_or(|year| year == day.year());
        if self.mention.day.is_some() { self.mention.is(day) } else { month }
    }

    /// Gives the month, where no day is named.
    pub(super) fn month(&self) -> Option<String> {
        let name = MONTHS[self.mention.month as usize - 1];
        let year = self.mention.year.map_or_else(String::new, |year| format!(" {year}"));
        self.mention.day.is_none().then(|| format!("{name}{year}"))
    }
}

/// Gives the day of the meeting that a request names: "at the meeting on 24 November"; or else its month.
pub(super) fn meeting_day(sentence: &str) -> Option<When> {
    const NEAR: usize = 40;
    let day = dates::days(sentence).into_iter().find(|day| {
        let start = sentence.char_indices().map(|(at, _)| at).find(|at| at + NEAR >= day.range.start).unwrap_or(0);
        let before = sentence[start..day.range.start].to_lowercase();
        before.contains("meeting") && !before.contains("since") && !before.contains("held")
    });
    day.map(|mention| When { mention, is_sure: true }).or_else(|| meeting_month(sentence))
}

/// Words behind which "in March" says when something comes.
const COMING: &str = "report reports reported back meeting board committee cabinet council panel members again it later \
    presented submitted brought received considered";

/// Gives the month in which a request wants something: "to report back in March 2028", "to its March meeting".
fn meeting_month(sentence: &str) -> Option<When> {
    let all = words(sentence);
    let joined = |at: usize| gap(sentence, &all, at).is_empty();
    (1..all.len()).find_map(|at| {
        let month = dates::month(all[at].text)?;
        let is_day = |word: &Word| word.text.starts_with(|letter: char| letter.is_ascii_digit());
        let year = all.get(at + 1).filter(|_| joined(at)).and_then(|next| dates::year(next.text));
        let last = at + usize::from(year.is_some());
        let numbered =
            is_day(&all[at - 1]) || (year.is_none() && all.get(at + 1).is_some_and(|next| joined(at) && is_day(next)));
        if numbered || !joined(at - 1) {
            return None;
        }
        let meeting = all.get(last + 1).is_some_and(|word| word.text == "meeting") && joined(last);
        let inside = matches!(all[at - 1].text, "in" | "In");
        let coming = inside && at >= 2 && joined(at - 2) && is_among(COMING, &lower(all[at - 2].text));
        let ends = !gap(sentence, &all, last).is_empty() || last + 1 == all.len();
        let is_sure = meeting || coming;
        let mention =
            Mention { range: all[at].at..all[last].end(), weekday: None, day: None, month, year, joined: false };
        (is_sure || (inside && ends && year.is_some())).then_some(When { mention, is_sure })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn subject_of(sentence: &str) -> &str {
        asked(sentence).map_or("-", |(_, subject)| subject)
    }

    #[test]
    fn requests_are_told_from_reports_that_are_only_noted() {
        assert_eq!(subject_of("Receive a report on the new contracts in the winter."), "the new contracts");
        assert_eq!(
            subject_of("Agreed to receive a feedback report on the programme later in the year."),
            "the programme"
        );
        assert_eq!(
            subject_of("Ask for a further update on library provision to the next meeting"),
            "library provision"
        );
        assert_eq!(subject_of("that a report on fostering be submitted to the Board"), "fostering");
        assert_eq!(subject_of("Report back on the Holiday Activity Fund"), "the Holiday Activity Fund");
        assert_eq!(
            subject_of("agree the work asked for, and a report on school transport for 16-year-olds"),
            "school transport for 16-year-olds"
        );
        assert_eq!(subject_of("ask for a report of the director on buses"), "buses");
        assert_eq!(subject_of("ask the Director to report in March 2028 on buses"), "buses");
        assert_eq!(subject_of("request the Director to report on buses in March 2028"), "buses");
        for sentence in [
            "Note the report on fostering.",
            "that the report be received",
            "Ask each director for a plan by 20 October 2026.",
            "Ask for a list of the organisations that were funded.",
            "Ask that a briefing note be circulated to members",
            "ask residents to report potholes",
            "ask schools to report to the police",
        ] {
            assert_eq!(subject_of(sentence), "-", "{sentence}");
        }
    }

    #[test]
    fn the_day_of_a_meeting_is_told_from_other_days() {
        assert!(meeting_day("Ask for a report on fostering to the meeting on 24 November").is_some());
        assert!(meeting_day("Ask for a report on the flood of 3 May").is_none());
        let wanted = |sentence: &str| meeting_day(sentence).and_then(|when| Some((when.month()?, when.is_sure)));
        for (sentence, month, sure) in [
            ("ask the Director to report in March 2028 on buses", "March 2028", true),
            ("that a report on buses be brought back in March", "March", true),
            ("ask for a report on buses at the March 2028 meeting", "March 2028", true),
            ("Receive a report on buses in March 2028.", "March 2028", false),
        ] {
            assert_eq!(wanted(sentence), Some((month.to_owned(), sure)), "{sentence}");
        }
        for sentence in [
            "Receive a report on spending in March",
            "Ask for a report on the May elections",
            "ask for a report by March 2028",
            "a report on spending in March 2028 and after",
            "report on the 3 March decision",
        ] {
            assert_eq!(wanted(sentence), None, "{sentence}");
        }
    }

    #[test]
    fn a_list_of_additions_is_known_by_its_opening() {
        let words = "The Board agreed to add an item on elective home education. It is new.";
        assert_eq!(added(words).map(|range| &words[range]), Some("elective home education"));
        assert!(adds_subjects("Agreed to add the following to the Work Programme:"));
        assert!(!adds_subjects("that the Board note the work programme, with these comments:"));
    }
}
