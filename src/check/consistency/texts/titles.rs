//! Names of bodies and posts that are written nearly, but not quite, as they are.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use crate::check::passages::Passage;
use crate::check::reading::Reading;
use crate::check::wording::words::{Word, gap, lower, singular, words};
use crate::finding::{Confidence, Finding, Log, Severity, rules};
use crate::model::Workspace;

/// Small words inside names, which do not count.
const SMALL: [&str; 6] = ["and", "of", "for", "the", "on", "to"];

/// What a name is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Body,
    Post,
}

/// A name as it should be.
struct Name<'a> {
    kind: Kind,
    written: &'a str,
    /// Its words that count, in small letters.
    tokens: Vec<String>,
    /// The number behind it: that of `Scrutiny Board (2)`.
    number: Option<String>,
}

/// The names of a council's bodies and posts.
pub(super) struct Titles<'a> {
    names: Vec<Name<'a>>,
    /// Names by the stems of their words.
    by_stem: HashMap<String, Vec<usize>>,
}

/// A run of capitalised words.
pub(super) struct Run {
    /// Its words that count, in small letters.
    pub(super) tokens: Vec<String>,
    /// Where each of them stands.
    pub(super) places: Vec<Range<usize>>,
    /// The number behind the last token, and where it ends.
    number: Option<(String, usize)>,
}

impl Run {
    /// Takes the possessive from the last word: `the Board's view` is about the Board.
    fn without_owner(&mut self, text: &str) {
        let (Some(token), Some(place)) = (self.tokens.last_mut(), self.places.last_mut()) else { return };
        let Some(owner) = token.strip_suffix("'s").map(str::to_owned) else { return };
        let written = &text[place.clone()];
        place.end -= written.len() - written.trim_end_matches(['s', '\'', '’']).len();
        *token = owner;
    }
}

/// How well a run fits a name.
struct Fit {
    name: usize,
    cost: f64,
    range: Range<usize>,
}

impl<'a> Titles<'a> {
    /// Gathers the names of a workspace.
    pub(super) fn of(workspace: &'a Workspace) -> Self {
        let bodies = workspace.bodies.values().flat_map(|body| std::iter::once(&body.name).chain(&body.short));
        let bodies = bodies.map(|name| (Kind::Body, name.value.as_str()));
        let posts = workspace.people.posts.values().map(|post| (Kind::Post, post.title.value.as_str()));
        let mut titles = Self { names: Vec::new(), by_stem: HashMap::new() };
        for (kind, name) in bodies.chain(posts) {
            let words = words(name);
            let (numbers, tokens): (Vec<&Word>, Vec<&Word>) = words.iter().partition(|word| is_number(word.text));
            let tokens: Vec<String> =
                tokens.iter().map(|word| lower(word.text)).filter(|word| !SMALL.contains(&word.as_str())).collect();
            let number = numbers.last().map(|word| word.text.to_owned());
            for token in &tokens {
                let known = titles.by_stem.entry(singular(token)).or_default();
                if known.last() != Some(&titles.names.len()) {
                    known.push(titles.names.len());
                }
            }
            titles.names.push(Name { kind, written: name, tokens, number });
        }
        titles
    }

    /// Tells whether a text begins with a name that is not written as it should be.
    pub(super) fn tells_of(&self, text: &str) -> bool {
        runs(text).first().is_some_and(|run| self.nearly(run).is_some())
    }

    /// Gives the name that a run means, if it is not written as it should be.
    fn nearly(&self, run: &Run) -> Option<(&Name<'a>, Fit)> {
        let mut shared: BTreeMap<usize, usize> = BTreeMap::new();
        for token in &run.tokens {
            for name in self.by_stem.get(&singular(token)).into_iter().flatten() {
                *shared.entry(*name).or_default() += 1;
            }
        }
        let likely = shared.into_iter().filter(|(name, shared)| {
            let tokens = self.names[*name].tokens.len();
            tokens >= 3 && *shared >= 2 && shared + 2 >= tokens
        });
        let fits = likely.filter_map(|(name, _)| fit(name, &self.names[name], run));
        let best = fits.min_by(|a, b| a.cost.total_cmp(&b.cost))?;
        let name = &self.names[best.name];
        let bodies_number =
            name.number.as_ref().map(|number| run.number.as_ref().map(|(written, _)| written == number));
        let allowed = match (name.kind, bodies_number) {
            // The number tells the body: a word may be missing, or another.
            (Kind::Body, Some(Some(true))) => 1.65,
            (Kind::Body, Some(None)) if name.tokens.len() >= 5 => 1.35,
            (Kind::Body, Some(Some(false))) => 0.0,
            _ => 0.65,
        };
        let wrong_number = bodies_number == Some(Some(false)) && best.cost < 0.01 && name.tokens.len() >= 4;
        ((best.cost > 0.0 && best.cost <= allowed) || wrong_number).then_some((name, best))
    }
}

fn is_number(word: &str) -> bool {
    word.len() <= 2 && word.bytes().all(|byte| byte.is_ascii_digit())
}

/// Gives how far apart two words are: 0 when equal, a third when only the ending or a letter differs.
fn apart(a: &str, b: &str) -> f64 {
    if a == b {
        0.0
    } else if singular(a) == singular(b) || (a.len().min(b.len()) >= 5 && strsim::damerau_levenshtein(a, b) == 1) {
        0.3
    } else {
        1.0
    }
}

/// Gives the least that it takes to change some words into others.
fn distance(a: &[String], b: &[String]) -> f64 {
    #[allow(clippy::cast_precision_loss)] // names have few words
    let mut row: Vec<f64> = (0..=b.len()).map(|n| n as f64).collect();
    for one in a {
        let mut diagonal = row[0];
        row[0] += 1.0;
        for (index, other) in b.iter().enumerate() {
            let changed = (diagonal + apart(one, other)).min(row[index] + 1.0).min(row[index + 1] + 1.0);
            diagonal = std::mem::replace(&mut row[index + 1], changed);
        }
    }
    row.last().copied().unwrap_or_default()
}

/// Fits a name to the best part of a run.
fn fit(index: usize, name: &Name, run: &Run) -> Option<Fit> {
    let wanted = name.tokens.len();
    let mut best: Option<Fit> = None;
    for start in 0..run.tokens.len() {
        for length in wanted - 1..=wanted + 1 {
            let Some(part) = run.tokens.get(start..start + length) else { continue };
            let cost = distance(&name.tokens, part);
            if best.as_ref().is_none_or(|best| cost < best.cost) {
                let last = start + length == run.tokens.len();
                let end =
                    run.number.as_ref().filter(|_| last).map_or(run.places[start + length - 1].end, |(_, end)| *end);
                best = Some(Fit { name: index, cost, range: run.places[start].start..end });
            }
        }
    }
    best
}

/// Gives the runs of capitalised words, with the small words between them: `Board of Health and Care (2)`.
pub(super) fn runs(text: &str) -> Vec<Run> {
    let all = words(text);
    let mut found = Vec::new();
    let mut at = 0;
    while at < all.len() {
        if !all[at].is_capital() {
            at += 1;
            continue;
        }
        let mut run = Run { tokens: Vec::new(), places: Vec::new(), number: None };
        let mut end = at;
        loop {
            let token = lower(all[end].text);
            if !SMALL.contains(&token.as_str()) {
                run.tokens.push(token);
                run.places.push(all[end].range());
            }
            let small = |word: &Word| SMALL[..4].contains(&word.text);
            let mut next = end + 1;
            // `the Board and the Panel` are two names.
            let two = |at: usize| at > end + 1 && all[at - 1].text == "and";
            while next < all.len() && small(&all[next]) && !two(next) && matches!(gap(text, &all, next - 1), "" | "&") {
                next += 1;
            }
            let joined = next < all.len() && all[next].is_capital() && matches!(gap(text, &all, next - 1), "" | "&");
            if !joined {
                break;
            }
            end = next;
        }
        let behind = all.get(end + 1).filter(|word| is_number(word.text) && matches!(gap(text, &all, end), "(" | ""));
        run.number = behind.map(|word| {
            let closed = text[word.end()..].starts_with(')') && gap(text, &all, end) == "(";
            (word.text.to_owned(), word.end() + usize::from(closed))
        });
        if run.number.is_none() {
            run.without_owner(text);
        }
        at = end + 1;
        found.push(run);
    }
    found
}

/// The runs of capitalised words of a passage.
pub(super) type Runs<'r> = (&'r Passage, Vec<Run>);

/// Finds names that are not written as they should be, or in two ways.
pub(super) fn names(reading: &Reading, titles: &Titles, log: &Log) {
    let all: Vec<Runs> = reading.passages.iter().map(|passage| (passage, runs(&passage.words))).collect();
    nearly(reading, &all, titles, log);
    super::forms::two_forms(reading, &all, titles, log);
}

/// Finds names of bodies and posts that are nearly right.
fn nearly(reading: &Reading, all: &[Runs], titles: &Titles, log: &Log) {
    for (passage, runs) in all {
        for run in runs.iter().filter(|run| run.tokens.len() >= 2) {
            let Some((name, fit)) = titles.nearly(run) else { continue };
            let written = &passage.words[fit.range.clone()];
            if written.replace('’', "'") == name.written.replace('’', "'") {
                continue;
            }
            let what = if name.kind == Kind::Body { "body" } else { "post" };
            let message = format!("`{written}` is nearly, but not quite, the {what} `{}`", name.written);
            let finding = Finding::new(&rules::NAME_NEARLY, reading.place(passage, fit.range.clone()), message)
                .help(format!("write `{}`, or refer to it as `[]({what}:…)`", name.written));
            let doubtful = run.number.is_none() && fit.cost >= 1.0;
            log.add(if doubtful {
                finding.weighing(Severity::Info).confidence(Confidence::Possible)
            } else {
                finding.confidence(Confidence::Likely)
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::people::Post;
    use crate::model::{Body, Text};

    fn text(value: &str) -> Text {
        Text { value: value.into(), ..Text::default() }
    }

    fn workspace() -> Workspace {
        let mut workspace = Workspace::default();
        for (id, name, short) in [
            ("education", "Education and Children's Services Scrutiny Board (2)", "Scrutiny Board 2"),
            ("health", "Health and Adult Social Care Scrutiny Board (5)", "Scrutiny Board 5"),
            ("cabinet", "Cabinet", "Cabinet"),
            ("planning", "Planning Committee", "Planning"),
        ] {
            let body = Body { id: id.into(), name: text(name), short: Some(text(short)), ..Body::default() };
            workspace.bodies.insert(id.into(), body);
        }
        for (id, title) in [("children", "Director of Children's Services"), ("exec", "Executive Director, Resources")]
        {
            workspace.people.posts.insert(id.into(), Post { title: text(title), ..Post::default() });
        }
        workspace
    }

    /// Gives the words that are nearly a name, with the name.
    fn found(text: &str) -> Vec<(String, String)> {
        let workspace = workspace();
        let titles = Titles::of(&workspace);
        let near =
            |run: &Run| titles.nearly(run).map(|(name, fit)| (text[fit.range].to_owned(), name.written.to_owned()));
        runs(text).iter().filter_map(near).collect()
    }

    #[test]
    fn names_that_are_nearly_right_are_found() {
        for (written, name) in [
            (
                "Education and Children Service Scrutiny Board (2)",
                "Education and Children's Services Scrutiny Board (2)",
            ),
            ("Education and Children's Scrutiny Board (2)", "Education and Children's Services Scrutiny Board (2)"),
            (
                "Education and Children's Services Scrutiny Board (3)",
                "Education and Children's Services Scrutiny Board (2)",
            ),
            ("Health and Social Care Scrutiny Board (5)", "Health and Adult Social Care Scrutiny Board (5)"),
            ("Director of Children's Service", "Director of Children's Services"),
            ("Executive Director Resource", "Executive Director, Resources"),
        ] {
            let sentence = format!("The {written} met on Monday.");
            assert_eq!(found(&sentence), [(written.to_owned(), name.to_owned())], "{written}");
        }
    }

    #[test]
    fn right_names_short_names_and_other_bodies_are_left_alone() {
        for text in [
            "The Education and Children’s Services Scrutiny Board (2) met.",
            "Members of the Education & Children's Services Scrutiny Board (2) and the Health and Adult Social Care Scrutiny Board (5)",
            "Scrutiny Board 3 and Scrutiny Board (1) and Scrutiny Board 2",
            "the Adoption Panel, the Licensing Committee and the Planning Committee's view",
            "Director of Adult Services, and the Director of Children's Services and Education",
            "the Executive Director for Resources",
            "the Children's Services Improvement Board",
            "the Cabinet Member for Education",
        ] {
            assert_eq!(found(text), [], "{text}");
        }
    }
}
