//! Names of bodies and posts that are written nearly, but not quite, as they are.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Range;

use super::capitals::{Run, Runs, SMALL, is_number, runs};
use crate::check::reading::Reading;
use crate::check::wording::titles::stem;
use crate::check::wording::words::{Word, is_among, lower, singular, words};
use crate::finding::{Confidence, Finding, Log, Place, Severity, rules};
use crate::model::Workspace;

mod another;

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
pub(super) struct Names<'a> {
    all: Vec<Name<'a>>,
    /// Names by the stems of their words.
    by_stem: HashMap<String, Vec<usize>>,
    /// The words of the council's own name.
    own: BTreeSet<String>,
}

/// How well a run fits a name.
struct Fit {
    name: usize,
    cost: f64,
    range: Range<usize>,
}

impl<'a> Names<'a> {
    /// Gathers the names of a workspace.
    pub(super) fn of(workspace: &'a Workspace) -> Self {
        let bodies = workspace.bodies.values().flat_map(|body| std::iter::once(&body.name).chain(&body.short));
        let bodies = bodies.map(|name| (Kind::Body, name.value.as_str()));
        let posts = workspace.people.posts.values().map(|post| (Kind::Post, post.title.value.as_str()));
        let own = words(&workspace.council.name.value).iter().map(|word| lower(word.text)).collect();
        let mut names = Self { all: Vec::new(), by_stem: HashMap::new(), own };
        for (kind, name) in bodies.chain(posts) {
            let words = words(name);
            let (numbers, tokens): (Vec<&Word>, Vec<&Word>) = words.iter().partition(|word| is_number(word.text));
            let tokens: Vec<String> =
                tokens.iter().map(|word| lower(word.text)).filter(|word| !SMALL.contains(&word.as_str())).collect();
            let number = numbers.last().map(|word| word.text.to_owned());
            for token in &tokens {
                let known = names.by_stem.entry(stem(token)).or_default();
                if known.last() != Some(&names.all.len()) {
                    known.push(names.all.len());
                }
            }
            names.all.push(Name { kind, written: name, tokens, number });
        }
        names
    }

    /// Tells whether a text begins with a name that is not written as it should be.
    pub(super) fn tells_of(&self, text: &str) -> bool {
        runs(text).first().is_some_and(|run| self.nearly(run).is_some())
    }

    /// Gives the name that a run means, if it is not written as it should be.
    fn nearly(&self, run: &Run) -> Option<(&Name<'a>, Fit)> {
        let mut shared: BTreeMap<usize, usize> = BTreeMap::new();
        for token in &run.tokens {
            for name in self.by_stem.get(&stem(token)).into_iter().flatten() {
                *shared.entry(*name).or_default() += 1;
            }
        }
        let likely = shared.into_iter().filter(|(name, shared)| {
            let tokens = self.all[*name].tokens.len();
            tokens >= 3 && *shared >= 2 && shared + 2 >= tokens
        });
        let fits = likely.filter_map(|(name, _)| fit(name, &self.all[name], run));
        let best = fits.min_by(|a, b| a.cost.total_cmp(&b.cost))?;
        let name = &self.all[best.name];
        let bodies_number =
            name.number.as_ref().map(|number| run.number.as_ref().map(|(written, _)| written == number));
        let allowed = match (name.kind, bodies_number) {
            // The number tells the body: a word may be missing, or another.
            (Kind::Body, Some(Some(true))) => 1.65,
            (Kind::Body, Some(None)) if name.tokens.len() >= 5 => 1.35,
            (Kind::Body, Some(Some(false))) => 0.0,
            (Kind::Body, None) => 0.95,
            _ => 0.65,
        };
        let wrong_number = bodies_number == Some(Some(false)) && best.cost < 0.01 && name.tokens.len() >= 4;
        ((best.cost > 0.0 && best.cost <= allowed) || wrong_number).then_some((name, best))
    }
}

/// Kinds of body: one called by another kind may be another body.
const KINDS: &str = "board committee panel group commission forum sub-committee subcommittee";

/// Words that sound alike, which a spelling checker lets stand.
const ALIKE: [(&str, &str); 3] = [("principal", "principle"), ("council", "counsel"), ("complement", "compliment")];

/// Gives how far apart two words are: 0 when equal, a third when only the ending or a letter differs, half when they
/// are two forms of one word, as `Finance` and `Financial` are.
fn apart(a: &str, b: &str) -> f64 {
    let sound = ALIKE.iter().any(|pair| *pair == (a, b) || *pair == (b, a));
    if a == b {
        0.0
    } else if sound
        || singular(a) == singular(b)
        || (a.len().min(b.len()) >= 5 && strsim::damerau_levenshtein(a, b) == 1)
    {
        0.3
    } else if stem(a) == stem(b) {
        0.5
    } else if is_among(KINDS, a) && is_among(KINDS, b) {
        0.9
    } else {
        1.0
    }
}

/// Tells whether two names have the same words in another order: `Governance and Audit`, `Audit and Governance`.
fn is_turned(a: &[String], b: &[String]) -> bool {
    let sorted = |words: &[String]| {
        let mut words = words.to_vec();
        words.sort();
        words
    };
    a != b && sorted(a) == sorted(b)
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
            let cost = if is_turned(&name.tokens, part) { 0.5 } else { distance(&name.tokens, part) };
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

/// Finds names of bodies and posts that are not written as they should be, and names that are written in two ways.
pub(super) fn names(reading: &Reading, names: &Names, log: &Log) {
    let all: Vec<Runs> = reading.passages.iter().map(|passage| (passage, runs(&passage.words))).collect();
    for (passage, runs) in &all {
        for run in runs.iter().filter(|run| run.tokens.len() >= 2) {
            let Some((name, fit)) = names.nearly(run) else { continue };
            let written = &passage.words[fit.range.clone()];
            let same = written.replace('’', "'") == name.written.replace('’', "'");
            if same || another::is_anothers(&passage.words, run, &fit.range, &names.own) {
                continue;
            }
            log.add(nearly(reading.place(passage, fit.range.clone()), written, name, run.number.is_some(), fit.cost));
        }
    }
    super::forms::two_forms(reading, &all, names, log);
}

fn nearly(place: Place, written: &str, name: &Name, numbered: bool, cost: f64) -> Finding {
    let what = if name.kind == Kind::Body { "body" } else { "post" };
    let message = format!("`{written}` is nearly, but not quite, the {what} `{}`", name.written);
    let finding = Finding::new(&rules::NAME_NEARLY, place, message)
        .help(format!("write `{}`, or refer to it as `[]({what}:…)`", name.written));
    if !numbered && cost >= 0.9 {
        finding.weighing(Severity::Info).confidence(Confidence::Possible)
    } else {
        finding.confidence(Confidence::Likely)
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
        workspace.council.name = text("Aldermere City Council");
        for (id, name, short) in [
            ("education", "Education and Children's Services Scrutiny Board (2)", "Scrutiny Board 2"),
            ("health", "Health and Adult Social Care Scrutiny Board (5)", "Scrutiny Board 5"),
            ("cabinet", "Cabinet", "Cabinet"),
            ("planning", "Planning Committee", "Planning"),
            ("audit", "Audit and Governance Committee", "Audit"),
        ] {
            let body = Body { id: id.into(), name: text(name), short: Some(text(short)), ..Body::default() };
            workspace.bodies.insert(id.into(), body);
        }
        for (id, title) in [
            ("children", "Director of Children's Services"),
            ("exec", "Executive Director, Resources"),
            ("finance", "Chief Finance Officer"),
            ("conservation", "Principal Conservation Officer"),
        ] {
            workspace.people.posts.insert(id.into(), Post { title: text(title), ..Post::default() });
        }
        workspace
    }

    /// Gives the words that are nearly a name, with the name.
    fn found(text: &str) -> Vec<(String, String)> {
        let workspace = workspace();
        let names = Names::of(&workspace);
        let near = |run: &Run| {
            let (name, fit) = names.nearly(run)?;
            let own = !another::is_anothers(text, run, &fit.range, &names.own);
            own.then(|| (text[fit.range].to_owned(), name.written.to_owned()))
        };
        runs(text).iter().filter_map(near).collect()
    }

    #[test]
    fn names_that_are_nearly_right_are_found() {
        for written in
            ["the Council's Chief Financial Officer", "the Chief Financial Officer of Aldermere City Council"]
        {
            assert_eq!(found(written).len(), 1, "{written}");
        }
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
            ("Chief Financial Officer", "Chief Finance Officer"),
            ("Principle Conservation Officer", "Principal Conservation Officer"),
            ("Governance and Audit Committee", "Audit and Governance Committee"),
            ("Audit and Governance Board", "Audit and Governance Committee"),
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
            "the Chief Financial Officer of the Integrated Care Board",
            "the Trust's Chief Financial Officer, and Thornby Borough Council's Chief Financial Officer",
            "the Chief Financial Officer, Fenlands NHS Trust",
            "its Chief Financial Officer",
            "Fenland Council's Governance and Audit Committee and the Standards Committee",
            "the Governance and Audit Committee of Thornby Borough Council",
            "the Chief Fire Officer",
            "the Children's Services Improvement Board",
            "the Cabinet Member for Education",
        ] {
            assert_eq!(found(text), [], "{text}");
        }
    }
}
