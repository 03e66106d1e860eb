//! Fixed words in print: `layouts/phrases.yaml`, and what a council puts in their place.

use std::collections::BTreeMap;

use super::Layouts;
use crate::finding::{Finding, Log, Place, Stage, did_you_mean};
use crate::layouts::foreign::LAYOUT_BROKEN;
use crate::model::Text;

/// All fixed words by key.
#[derive(Debug, Clone, Default)]
pub struct Phrases {
    words: BTreeMap<String, String>,
    /// Where a council writes those that it words itself.
    places: BTreeMap<String, Place>,
}

crate::finding::rule! {
    /// `phrases` in the council's file replaces fixed words by their key, and phrases and notes may hold
    /// the placeholders that belong there. Keys are written with hyphens or underscores. The help says what is
    /// nearest to what was written; the usual words of a phrase show the placeholders that it has.
    UNKNOWN_PHRASE = "M0017", Sources, Error, guarded, "unknown phrase or placeholder";
}

impl Phrases {
    /// Gives the phrases of the layouts with a council's own; its unknown keys are findings.
    pub fn with(layouts: &Layouts, own: &BTreeMap<String, Text>, log: &Log) -> Self {
        let (mut words, mut places) = (built_in(), BTreeMap::new());
        if layouts.own().contains_key("phrases.yaml") {
            let own = of_workspace(layouts, &words, log);
            places.extend(own.keys().filter_map(|key| Some((key.clone(), place_in(layouts, key)?))));
            words.extend(own);
        }
        // Nothing else stands on a key that there is not.
        log.at(Stage::Naming);
        for (key, text) in own {
            let key = key.replace('_', "-");
            let Some(usual) = words.get(&key) else {
                let help = did_you_mean(&key, words.keys().map(String::as_str))
                    .unwrap_or_else(|| "the phrases and their keys are listed in layouts/phrases.yaml".into());
                log.add(Finding::new(&UNKNOWN_PHRASE, text.place, format!("there is no phrase `{key}`")).help(help));
                continue;
            };
            let allowed = placeholders(usual);
            for name in placeholders(&text.value).into_iter().filter(|name| !allowed.contains(name)) {
                log.add(
                    Finding::new(
                        &UNKNOWN_PHRASE,
                        text.place,
                        format!("the phrase `{key}` has no placeholder `{{{name}}}`"),
                    )
                    .help(format!("the usual words are: {usual}")),
                );
            }
            places.insert(key.clone(), text.place);
            words.insert(key, text.value.clone());
        }
        Self { words, places }
    }

    /// Gives the phrases as they are built in.
    pub(crate) fn built_in() -> Self {
        Self { words: built_in(), places: BTreeMap::new() }
    }

    /// Gives a phrase; its key when there is none.
    pub(crate) fn get<'a>(&'a self, key: &'a str) -> &'a str {
        self.words.get(key).map_or(key, String::as_str)
    }

    /// Gives where a council writes a phrase in its own words.
    pub(crate) fn place(&self, key: &str) -> Option<Place> {
        self.places.get(key).copied()
    }

    /// Gives a phrase with its placeholders filled in.
    pub(crate) fn fill(&self, key: &str, values: &[(&str, &str)]) -> String {
        let mut words = self.get(key).to_owned();
        for (name, value) in values {
            words = words.replace(&format!("{{{name}}}"), value);
        }
        words
    }

    /// Gives all phrases by key.
    pub(crate) fn all(&self) -> &BTreeMap<String, String> {
        &self.words
    }

    /// Gives the phrases that a council words itself.
    pub(crate) fn own(&self) -> BTreeMap<&str, &str> {
        self.places.keys().map(|key| (key.as_str(), self.get(key))).collect()
    }

    /// Gives the built-in phrases with words that a council has put in the place of some.
    pub(crate) fn worded(own: BTreeMap<String, String>) -> Self {
        let mut words = built_in();
        words.extend(own.into_iter().filter(|(key, _)| words.contains_key(key)).collect::<Vec<_>>());
        Self { words, places: BTreeMap::new() }
    }

    /// Joins words to a list in a sentence: "a, b and c".
    pub(crate) fn list(&self, words: &[String]) -> String {
        match words {
            [] => String::new(),
            [only] => only.clone(),
            [first @ .., last] => format!("{} {} {last}", first.join(", "), self.get("and")),
        }
    }
}

/// Gives where the workspace's own `layouts/phrases.yaml` has a key.
fn place_in(layouts: &Layouts, key: &str) -> Option<Place> {
    let text = layouts.text("phrases.yaml")?;
    let lines = text.split_inclusive('\n').scan(0, |at, line| {
        let start = *at;
        *at += line.len();
        Some((start, line))
    });
    let is_key = |line: &str| {
        line.trim_start_matches(['"', '\''])
            .strip_prefix(key)
            .is_some_and(|rest| rest.trim_start_matches(['"', '\'', ' ']).starts_with(':'))
    };
    let (start, line) = lines.into_iter().find(|(_, line)| is_key(line))?;
    layouts.place("phrases.yaml", start..start + line.trim_end().len())
}

/// Reads the workspace's own `layouts/phrases.yaml`.
fn of_workspace(layouts: &Layouts, known: &BTreeMap<String, String>, log: &Log) -> BTreeMap<String, String> {
    let text = layouts.text("phrases.yaml").unwrap_or_default();
    let (range, message) = match serde_yaml::from_str::<BTreeMap<String, String>>(text) {
        Ok(own) => match own.keys().find(|key| !known.contains_key(*key)) {
            None => return own,
            Some(key) => {
                (text.find(key.as_str()).map_or(0..0, |at| at..at + key.len()), format!("there is no phrase `{key}`"))
            }
        },
        Err(error) => {
            let at = error.location().and_then(|at| at.span().byte_offset()).and_then(|at| usize::try_from(at).ok());
            (at.map_or(0..0, |at| at..at), "the phrases cannot be read from here on".to_owned())
        }
    };
    let place = layouts.place("phrases.yaml", range).unwrap_or_default();
    log.add(
        Finding::new(&LAYOUT_BROKEN, place, message)
            .help("each line is `key: \"words\"`, with a key of the built-in file"),
    );
    BTreeMap::new()
}

fn built_in() -> BTreeMap<String, String> {
    let text = super::BUILT_IN.iter().find(|(name, _)| *name == "phrases.yaml").map_or("", |(_, text)| text);
    serde_yaml::from_str(text).unwrap_or_default()
}

/// Gives the names in braces in a text.
pub(crate) fn placeholders(text: &str) -> Vec<&str> {
    let mut names = Vec::new();
    let mut rest = text;
    while let Some((_, after)) = rest.split_once('{') {
        let Some((name, after)) = after.split_once('}') else { break };
        if !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_lowercase() || matches!(byte, b'_' | b'.' | b'-'))
        {
            names.push(name);
        }
        rest = after;
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn built_in_phrases_are_all_there_and_fill() {
        let layouts = Layouts::with(&BTreeMap::new(), &mut crate::finding::Sources::default());
        let phrases = Phrases::with(&layouts, &BTreeMap::new(), &Log::default());
        assert!(phrases.all().len() > 100, "{} phrases", phrases.all().len());
        assert_eq!(phrases.fill("page", &[("page", "7")]), "Page 7");
        assert_eq!(phrases.list(&["a".into(), "b".into(), "c".into()]), "a, b and c");
    }

    #[test]
    fn finds_placeholders() {
        assert_eq!(placeholders("a {b} {C} {d.e} {"), ["b", "d.e"]);
    }
}
