//! People whose names are not spelt as in the list of people.

use std::collections::{BTreeSet, HashMap};

use crate::check::passages::{Kind, Passage};
use crate::check::reading::Reading;
use crate::check::wording::names::{Spelt, Title, agree, folded, is_initial, nearly, pairs, spelt, titled};
use crate::finding::{Confidence, Finding, Log, Place, Severity};
use crate::model::Workspace;
use crate::model::people::PersonRef;
use crate::model::visit::Visitor;

/// Somebody whose name is known.
struct Known {
    spelt: Spelt,
    /// The name as it is printed.
    shown: String,
    place: Place,
}

/// People by their names.
#[derive(Default)]
pub(in crate::check) struct People {
    known: Vec<Known>,
    by_last: HashMap<String, Vec<usize>>,
    by_first: HashMap<String, Vec<usize>>,
    /// Last names by their first letter.
    by_letter: HashMap<char, Vec<String>>,
}

/// What is wrong with a name.
struct Wrong<'k> {
    known: &'k Known,
    sure: bool,
    /// Whether only first names or initials differ.
    other_person: bool,
}

impl People {
    /// Gathers those of the registry.
    pub(in crate::check) fn of(workspace: &Workspace) -> Self {
        let mut people = Self::default();
        let bodies = workspace.bodies.values().flat_map(|body| &body.membership);
        let members: BTreeSet<&str> = bodies
            .filter_map(|member| match &member.person {
                PersonRef::Named(id) => Some(id.value.as_str()),
                PersonRef::Written(_) => None,
            })
            .collect();
        for (id, person) in &workspace.people.people {
            // A member may stand in the registry without a title.
            let title = members.contains(id.as_str()).then_some(Title::Councillor);
            people.add(&person.name.value, person.name.place, title);
        }
        people
    }

    /// Adds somebody, with the title that a name without one is understood to have.
    fn add(&mut self, shown: &str, place: Place, title: Option<Title>) {
        let Some(mut spelt) = spelt(shown) else { return };
        spelt.title = spelt.title.or(title);
        let (index, last) = (self.known.len(), folded(&spelt.last));
        let Some(letter) = last.chars().next() else { return };
        let same = self.by_last.entry(last.clone()).or_default();
        if same.is_empty() {
            self.by_letter.entry(letter).or_default().push(last);
        }
        same.push(index);
        if let Some(first) = spelt.given.first().filter(|first| !is_initial(first)) {
            self.by_first.entry(folded(first)).or_default().push(index);
        }
        self.known.push(Known { spelt, shown: shown.to_owned(), place });
    }

    fn knows(&self, last: &str) -> bool {
        self.by_last.contains_key(&folded(last))
    }

    /// Says what is wrong with a name; `alone` when it stands where a person of the council must.
    fn wrong(&self, name: &Spelt, alone: bool) -> Option<Wrong<'_>> {
        let last = folded(&name.last);
        match self.by_last.get(&last) {
            Some(same) => self.wrong_first(name, same),
            None => self.wrong_last(name, &last, alone),
        }
    }

    /// Looks at the first names of people with the same last name.
    fn wrong_first(&self, name: &Spelt, same: &[usize]) -> Option<Wrong<'_>> {
        let same: Vec<&Known> = same.iter().map(|index| &self.known[*index]).collect();
        if let Some(known) = same.iter().find(|known| agree(&name.given, &known.spelt.given)) {
            let accents = |name: &str| name.replace('’', "'").to_lowercase();
            let bare = accents(&known.spelt.last) != accents(&name.last)
                && !same.iter().any(|known| accents(&known.spelt.last) == accents(&name.last));
            return bare.then_some(Wrong { known, sure: false, other_person: false });
        }
        let first = folded(name.given.first()?);
        let near = same
            .iter()
            .find(|known| known.spelt.given.first().is_some_and(|given| is_near_first(&first, &folded(given))));
        if let Some(known) = near {
            return Some(Wrong { known, sure: true, other_person: false });
        }
        let councillors = |known: &&&Known| known.spelt.title == Some(Title::Councillor);
        let known = same.iter().find(councillors).filter(|_| name.title == Some(Title::Councillor))?;
        Some(Wrong { known, sure: false, other_person: true })
    }

    /// Looks for people with nearly the same last name.
    fn wrong_last(&self, name: &Spelt, last: &str, alone: bool) -> Option<Wrong<'_>> {
        let names = self.by_letter.get(&last.chars().next()?)?;
        let near = names.iter().filter(|known| nearly(last, known)).flat_map(|known| &self.by_last[known]);
        let titles =
            |known: &Known| (known.spelt.title == Some(Title::Councillor)) == (name.title == Some(Title::Councillor));
        let fits = |known: &&Known| {
            let told = !name.given.is_empty() && !known.spelt.given.is_empty();
            let enough = if told {
                agree(&name.given, &known.spelt.given)
            } else {
                name.title == Some(Title::Councillor) || alone
            };
            enough && (titles(known) || alone || name.title.is_none()) && (told || last.len() >= 4)
        };
        let known = near.map(|index| &self.known[*index]).find(fits)?;
        Some(Wrong { known, sure: true, other_person: false })
    }

    /// Looks at two words that may be a first and a last name.
    fn wrong_pair(&self, first: &str, second: &str) -> Option<Wrong<'_>> {
        let (first, last) = (folded(first), folded(second));
        if let Some(same) = self.by_last.get(&last) {
            let given = |known: &&Known| known.spelt.given.first().map(|given| folded(given));
            let same: Vec<&Known> = same.iter().map(|index| &self.known[*index]).collect();
            if same.iter().any(|known| given(known).is_some_and(|given| given == first)) {
                return None;
            }
            let known =
                same.into_iter().find(|known| given(known).is_some_and(|given| is_near_first(&first, &given)))?;
            return Some(Wrong { known, sure: true, other_person: false });
        }
        let same = self.by_first.get(&first)?;
        let known = same.iter().map(|index| &self.known[*index]).find(|known| {
            let known = folded(&known.spelt.last);
            known.len() >= 5 && last.len() >= 4 && nearly(&last, &known)
        })?;
        Some(Wrong { known, sure: true, other_person: false })
    }
}

/// Tells whether two first names are one that is mistyped.
fn is_near_first(a: &str, b: &str) -> bool {
    let short = a.chars().count().min(b.chars().count());
    let edits = strsim::damerau_levenshtein(a, b);
    a.chars().next() == b.chars().next() && short >= 4 && (edits == 1 || (short >= 7 && edits == 2))
}

/// The people that a source names in fields of their own.
#[derive(Default)]
struct Fields<'a>(Vec<(&'a str, Place)>);

impl<'a> Visitor<'a> for Fields<'a> {
    fn person(&mut self, person: &'a PersonRef) {
        match person {
            PersonRef::Named(name) => self.0.push((&name.value, name.place)),
            PersonRef::Written(person) => self.0.push((&person.name.value, person.name.place)),
        }
    }
}

/// Finds names that are nearly those of the registry.
pub(in crate::check) fn person_nearly(reading: &Reading, people: &People, log: &Log) {
    let mut fields = Fields::default();
    reading.visit(&mut fields);
    for (written, place) in fields.0 {
        let Some(name) = spelt(written) else { continue };
        if let Some(wrong) = people.wrong(&name, true).filter(|wrong| !wrong.other_person) {
            log.add(found(written, place, &wrong));
        }
    }
    for passage in texts(&reading.passages) {
        for (written, range, wrong) in in_passage(passage, people) {
            log.add(found(&written, reading.place(passage, range), &wrong));
        }
    }
}

/// Gives passages of running text: names in fields of their own are looked at as such.
fn texts(passages: &[Passage]) -> impl Iterator<Item = &Passage> {
    passages.iter().filter(|passage| passage.kind != Kind::Plain)
}

fn in_passage<'k>(passage: &Passage, people: &'k People) -> Vec<(String, std::ops::Range<usize>, Wrong<'k>)> {
    let text = &passage.words;
    let mut all = Vec::new();
    for seen in titled(text, &|last| people.knows(last)) {
        if let Some(wrong) = people.wrong(&seen.spelt, false) {
            all.push((text[seen.range.clone()].to_owned(), seen.range, wrong));
        }
    }
    for (first, second) in pairs(text) {
        let range = first.at..second.end();
        let told = all.iter().any(|(_, other, _)| other.start <= range.start && range.end <= other.end);
        if let Some(wrong) = (!told).then(|| people.wrong_pair(first.text, second.text)).flatten() {
            all.push((text[range.clone()].to_owned(), range, wrong));
        }
    }
    all
}

crate::finding::rule! {
    /// The name is nearly that of a person in people.yaml. Write it as it is declared, or refer to the person as
    /// [](person:id).
    PERSON_NEARLY = "C0024", Consistency, Warning, "a person whose name is not spelt as it is declared";
}

fn found(written: &str, place: Place, wrong: &Wrong) -> Finding {
    let shown = &wrong.known.shown;
    let message = if wrong.other_person {
        format!("there is no `{written}`, but a `{shown}`")
    } else {
        format!("`{written}` seems to be `{shown}`")
    };
    let finding = Finding::new(&PERSON_NEARLY, place, message)
        .also(wrong.known.place, format!("`{shown}` in people.yaml"))
        .help("write the name in one way, or refer to the person as `[](person:…)`");
    if wrong.sure {
        finding.confidence(Confidence::Likely)
    } else {
        finding.weighing(Severity::Info).confidence(Confidence::Possible)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn people() -> People {
        let mut people = People::default();
        for name in [
            "Councillor Jenny Moss",
            "Councillor Zoë Baptiste",
            "Councillor P Hetherington",
            "Sarfraz Nawaz",
            "Dana Harrow",
            "Dr Ifeoma Lacey",
            "Councillor Fionnuala O'Callaghan",
            "Councillor J Mutton",
            "Councillor M Mutton",
            "Councillor Dame Ann Facey OBE JP",
            "Dr Tom Ridley MBE",
        ] {
            people.add(name, Place::default(), None);
        }
        people
    }

    /// Gives the name that a text seems to mean, with an asterisk where it may be another person.
    fn meant(text: &str) -> Vec<String> {
        let people = people();
        let parts =
            [crate::model::text::Inline::Text(crate::model::Text { value: text.into(), place: Place::default() })];
        let passage = crate::check::passages::of_parts(&parts);
        let all = in_passage(&passage, &people);
        all.iter()
            .map(|(_, _, wrong)| format!("{}{}", wrong.known.shown, if wrong.other_person { "*" } else { "" }))
            .collect()
    }

    #[test]
    fn misspelt_names_are_found() {
        assert_eq!(meant("Councillor J Mos spoke"), ["Councillor Jenny Moss"]);
        assert_eq!(meant("Cllr Hetherton spoke"), ["Councillor P Hetherington"]);
        assert_eq!(meant("Ask Sarfaz Nawaz"), ["Sarfraz Nawaz"]);
        assert_eq!(meant("by Dana Harow"), ["Dana Harrow"]);
        assert_eq!(meant("Councillor B Moss spoke"), ["Councillor Jenny Moss*"]);
        for text in
            ["Cllr Facy asked", "Cllr Facy OBE asked", "Councillors Moss and Facy", "Councillor Facy, JP, asked"]
        {
            assert_eq!(meant(text), ["Councillor Dame Ann Facey OBE JP"], "{text}");
        }
        assert_eq!(meant("Dr Tom Ridly and Tom Riddley MBE"), ["Dr Tom Ridley MBE", "Dr Tom Ridley MBE"]);
    }

    #[test]
    fn names_as_they_are_and_other_people_are_left_alone() {
        for text in [
            "Councillor Moss, Cllr J Moss, Councillor Jenny Moss and Councillor Jen Moss",
            "Councillor Fionnuala O’Callaghan and Councillor M Mutton",
            "Cllr Facey OBE, Councillor Ann Facey JP, Dame Ann Facey and Cllr A Facey MBE",
            "Tom Ridley, Dr Ridley MBE and Dr T Ridley, MBE, JP",
            "Cllr Moss JP and Councillor Dr Baptiste OBE",
            "Mr Facy of Mill Road",
            "Mrs Moss of Mill Road",
            "Kate Moss and Dana Scott",
            "Dr I Lacey, Dr Lacey",
            "Councillor Morris and Mr Ross",
            "Jenny Lind",
            "Moss Lane, Harrow Road",
        ] {
            assert_eq!(meant(text), Vec::<String>::new(), "{text}");
        }
    }
}
