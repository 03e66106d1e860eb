//! Which words of a resolution ask for a report to come, and about what: where it does not say so in `asks`.

use crate::check::wording::dates;
use crate::check::wording::words::{is_among, lower, words};

/// Tells whether words open a list of what goes into the work programme.
pub(super) fn adds_subjects(words: &str) -> bool {
    let words = words.to_lowercase();
    let adds = ["add", "includ", "place", "additional"].iter().any(|word| words.contains(word));
    words.trim_end().ends_with(':') && words.contains("work programme") && adds
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
    fn a_list_of_additions_is_known_by_its_opening() {
        assert!(adds_subjects("Agreed to add the following to the Work Programme:"));
        assert!(!adds_subjects("that the Board note the work programme, with these comments:"));
    }
}
