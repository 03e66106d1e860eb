//! Members out of a table (CSV) that another program wrote, and the ids that sources call people by.

use std::collections::BTreeSet;

use serde::Serialize;

use super::NewFailure;
use super::names::slug;
use crate::model::people::Registry;

/// Words before a name that say what somebody is, not who.
const OFFICES: [&str; 4] = ["councillor", "cllr", "cllr.", "y"];

/// Words before a name that stay before its initials.
const TITLES: [&str; 12] =
    ["mr", "mrs", "ms", "miss", "mx", "dr", "sir", "dame", "lord", "lady", "professor", "reverend"];

/// A member as a table has them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Member {
    pub(crate) name: String,
    pub(crate) short: Option<String>,
    pub(crate) role: Option<String>,
    pub(crate) post: Option<String>,
    pub(crate) email: Option<String>,
    pub(crate) phone: Option<String>,
    /// What else the table says, such as party and ward: sources have no fields for it, so it is kept as a note.
    pub(crate) note: String,
}

/// Somebody who is to be declared, as templates have them.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct Person {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) short: Option<String>,
    pub(crate) post: Option<String>,
    pub(crate) email: Option<String>,
    pub(crate) phone: Option<String>,
    pub(crate) note: String,
    /// Whether they stand below `councillors:`.
    pub(crate) councillor: bool,
}

/// Somebody of a membership, as templates have them.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct InRole {
    pub(crate) id: String,
    pub(crate) role: Option<String>,
}

/// Reads a table: a line of headings, then a line for each member.
pub(crate) fn read(bytes: &[u8], file: &str) -> Result<Vec<Member>, NewFailure> {
    let text = std::str::from_utf8(bytes).map_err(|_| {
        NewFailure::unusable(format!("`{file}` is not UTF-8 text"), "in Excel: Save as, CSV UTF-8 (comma delimited)")
    })?;
    let text = text.trim_start_matches('\u{feff}');
    let head = text.lines().next().unwrap_or_default();
    let delimiter = [b',', b';', b'\t'].into_iter().max_by_key(|sign| head.bytes().filter(|byte| byte == sign).count());
    let mut table = csv::ReaderBuilder::new();
    let table = table.delimiter(delimiter.unwrap_or(b',')).trim(csv::Trim::All).flexible(true);
    let mut table = table.from_reader(text.as_bytes());
    let unreadable = |error: csv::Error| {
        NewFailure::unusable(format!("`{file}` cannot be read as a table: {error}"), "save it again as CSV")
    };
    let headings: Vec<String> = table.headers().map_err(unreadable)?.iter().map(str::to_lowercase).collect();
    let mut members: Vec<Member> = Vec::new();
    for row in table.records() {
        let row = row.map_err(unreadable)?;
        let line = row.position().map_or(0, csv::Position::line);
        let cells: Vec<(&str, &str)> =
            headings.iter().map(String::as_str).zip(row.iter()).filter(|(_, cell)| !cell.is_empty()).collect();
        if cells.is_empty() {
            continue;
        }
        let member = member(&cells).ok_or_else(|| no_name(file, line, &headings))?;
        if members.iter().any(|other| other.name == member.name) {
            let what = format!("`{}` stands in `{file}` twice, again in line {line}", member.name);
            return Err(NewFailure::unusable(what, "take one of the two lines away"));
        }
        members.push(member);
    }
    if members.is_empty() {
        return Err(NewFailure::unusable(
            format!("`{file}` names no members"),
            "its first line has the headings `name` and `role`, and each further line a member",
        ));
    }
    Ok(members)
}

fn no_name(file: &str, line: u64, headings: &[String]) -> NewFailure {
    let known = headings.iter().any(|heading| matches!(heading.as_str(), "name" | "surname" | "last name"));
    let what = format!("line {line} of `{file}` has no name");
    let help =
        if known { "write it, or take the line away" } else { "call the column of names `name`, in the first line" };
    NewFailure::unusable(what, help)
}

/// Headings of columns that sources have fields for.
const USED: [&str; 16] = [
    "name",
    "member",
    "full name",
    "title",
    "forename",
    "first name",
    "surname",
    "last name",
    "short",
    "role",
    "position",
    "post",
    "email",
    "e-mail",
    "phone",
    "telephone",
];

fn member(cells: &[(&str, &str)]) -> Option<Member> {
    let get = |names: &[&str]| {
        let cell = names.iter().find_map(|name| cells.iter().find(|(heading, _)| heading == name));
        cell.map(|(_, words)| words.split_whitespace().collect::<Vec<_>>().join(" "))
    };
    let parts = [&["title"][..], &["forename", "first name"], &["surname", "last name"]];
    let whole = || {
        let has_surname = get(parts[2]).is_some();
        let words: Vec<String> = parts.iter().filter_map(|names| get(names)).collect();
        has_surname.then(|| words.join(" "))
    };
    let name = get(&["name", "member", "full name"]).or_else(whole)?;
    let rest = cells.iter().filter(|(heading, _)| !USED.contains(heading));
    Some(Member {
        short: get(&["short"]).or_else(|| short(&name)),
        role: get(&["role", "position"]).filter(|role| !role.eq_ignore_ascii_case("member")),
        post: get(&["post"]),
        email: get(&["email", "e-mail"]),
        phone: get(&["phone", "telephone"]),
        note: rest.map(|(_, words)| *words).collect::<Vec<_>>().join(", "),
        name,
    })
}

/// Gives the name as memberships print it: `J Moss` for Councillor Jenny Moss.
fn short(name: &str) -> Option<String> {
    let words: Vec<&str> = name.split(' ').skip_while(|word| is_among(&OFFICES, word)).collect();
    let (surname, before) = words.split_last()?;
    let mut short: Vec<String> = Vec::new();
    for word in before {
        let keep = is_among(&TITLES, word) || word.starts_with(char::is_lowercase);
        let initial = word.chars().next().filter(|_| !keep);
        short.push(initial.map_or_else(|| (*word).to_owned(), String::from));
    }
    (!before.is_empty()).then(|| [short, vec![(*surname).to_owned()]].concat().join(" "))
}

fn is_among(words: &[&str], word: &str) -> bool {
    words.contains(&word.to_lowercase().trim_end_matches('.'))
}

/// Gives people ids, and tells those who are declared already from those who are to be.
pub(crate) struct Ids<'a> {
    known: &'a Registry,
    taken: BTreeSet<String>,
    /// Those who are to be declared.
    pub(crate) new: Vec<Person>,
}

impl<'a> Ids<'a> {
    pub(crate) fn of(known: &'a Registry) -> Self {
        Self { known, taken: known.people.keys().cloned().collect(), new: Vec::new() }
    }

    /// Gives the id of a member.
    pub(crate) fn member(&mut self, member: &Member) -> String {
        let role = member.role.as_deref().unwrap_or_default().to_lowercase();
        let councillor = !["co-opt", "coopt", "independent", "invit", "officer"].iter().any(|word| role.contains(word));
        let Member { name, short, post, email, phone, note, .. } = member.clone();
        self.id(Person { id: String::new(), name, short, post, email, phone, note, councillor })
    }

    /// Gives the id of somebody: the one that they have, or a new one from their surname.
    pub(crate) fn id(&mut self, person: Person) -> String {
        let declared = self.known.people.iter().find(|(_, known)| known.name.value == person.name);
        if let Some((id, _)) = declared {
            return id.clone();
        }
        if let Some(new) = self.new.iter().find(|new| new.name == person.name) {
            return new.id.clone();
        }
        let id = self.free(&person.name);
        self.taken.insert(id.clone());
        self.new.push(Person { id: id.clone(), ..person });
        id
    }

    fn free(&self, name: &str) -> String {
        let words: Vec<String> = name.split(' ').map(slug).filter(|word| !word.is_empty()).collect();
        let last = words.last().cloned().unwrap_or_else(|| "member".to_owned());
        let forename = words.len().checked_sub(2).map(|at| format!("{last}-{}", words[at]));
        let counted = (2..).map(|count| format!("{last}-{count}"));
        let mut ids = std::iter::once(last.clone()).chain(forename).chain(counted);
        ids.find(|id| !self.taken.contains(id)).unwrap_or(last)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_of_other_programs_are_read() {
        let table = "\u{feff}Title;Forename;Surname;Role;Party;Ward\n\
                     Councillor;Jenny;Moss;Chair;Independent;Harbour\n\
                     Councillor;Wei Ling;Tan;;;\n;;;;;\n";
        let members = read(table.as_bytes(), "m.csv").expect("a table");
        assert_eq!(members.len(), 2);
        assert_eq!(members[0].name, "Councillor Jenny Moss");
        assert_eq!(members[0].short.as_deref(), Some("J Moss"));
        assert_eq!((members[0].role.as_deref(), members[0].note.as_str()), (Some("Chair"), "Independent, Harbour"));
        assert_eq!(members[1].short.as_deref(), Some("W L Tan"));
        let quoted = read(b"Name,Role\n\"Moss, Jenny\",Member\n", "m.csv").expect("a table");
        assert_eq!((quoted[0].name.as_str(), quoted[0].role.as_deref()), ("Moss, Jenny", None));
    }

    #[test]
    fn what_is_wrong_with_a_table_is_told() {
        for (table, words) in [
            (&b"role\nChair\n"[..], "line 2 of `m.csv` has no name"),
            (b"name\nA B\nA B\n", "`A B` stands in `m.csv` twice, again in line 3"),
            (b"name,role\n", "names no members"),
            (b"name\n\xe9\n", "not UTF-8"),
        ] {
            let failure = read(table, "m.csv").expect_err("it is refused");
            assert!(failure.to_string().contains(words), "{failure}");
        }
    }

    #[test]
    fn everybody_has_an_id_of_their_own() {
        let registry = Registry::default();
        let mut ids = Ids::of(&registry);
        let of = |name: &str| Member { name: name.to_owned(), ..Member::default() };
        let all =
            ["Councillor Jenny Moss", "Peter Moss", "Councillor Peter Moss", "Zoë Vašková", "Councillor Jenny Moss"];
        let all: Vec<String> = all.iter().map(|name| ids.member(&of(name))).collect();
        assert_eq!(all, ["moss", "moss-peter", "moss-2", "vaskova", "moss"]);
    }
}
