//! Ids of people, posts, bodies and ratings must be declared.

use std::collections::{BTreeMap, BTreeSet};

use crate::finding::{Finding, Log, Place, did_you_mean};
use crate::fonts::Fonts;
use crate::load::WRONG_SHAPE;
use crate::model::people::{Person, PersonRef};
use crate::model::text::{Block, Inline, Target, each_inline, each_part};
use crate::model::visit::{Visit, Visitor};
use crate::model::{Line, Paper, PaperKind, Text, Workspace};
use crate::resolve::{Meeting, is_councillor};

/// Shows every text of the workspace to a visitor.
pub(super) fn everything<'a>(workspace: &'a Workspace, visitor: &mut dyn Visitor<'a>) {
    workspace.council.visit(visitor);
    for person in workspace.people.people.values() {
        person.visit(visitor);
    }
    for post in workspace.people.posts.values() {
        visitor.text(&post.title);
    }
    workspace.bodies.values().for_each(|body| body.visit(visitor));
    workspace.meetings.values().for_each(|agenda| agenda.visit(visitor));
    workspace.papers.values().for_each(|paper| paper.visit(visitor));
}

crate::finding::rule! {
    /// The front sheet prints councillors before the other members. They are those whom a file of people declares
    /// below `councillors:`, and those whose names begin with `Councillor`. The name of this member says otherwise
    /// that they are one, as in `Cllr Ann Ward` or `Y Cynghorydd Siân Jones`: declare them below `councillors:`,
    /// with a `short` name to stand behind the word `Councillors`.
    COUNCILLOR_NOT_DECLARED = "M0040", Sources, Warning, "a councillor who is printed among the officers";
}

/// Finds members who are printed as no councillors though their names say that they are.
pub(super) fn councillor_not_declared(workspace: &Workspace, meetings: &[Meeting], log: &Log) {
    let people = &workspace.people;
    let says = |word: &str| ["Councillor", "Cllr", "Cynghorydd", "Cyng"].contains(&word.trim_end_matches('.'));
    let other = meetings.iter().flat_map(|meeting| meeting.members).filter(|member| !is_councillor(people, member));
    let named: BTreeMap<&str, Place> =
        other.map(|member| (people.name_of(&member.person), member.person.name_place())).collect();
    for (name, place) in named.into_iter().filter(|(name, _)| name.split_whitespace().any(says)) {
        let message = format!("`{name}` is printed among the officers: nothing declares a councillor of this name");
        let help = format!("write below `councillors:` in people.yaml: `ID: {{name: {name}, short: …}}`");
        log.add(Finding::new(&COUNCILLOR_NOT_DECLARED, place, message).help(help));
    }
}

struct Names<'a> {
    workspace: &'a Workspace,
    log: &'a Log,
}

crate::finding::rule! {
    /// The id is not declared. People and posts are declared in files of `kind: people`, bodies by their
    /// body.yaml, ratings and standing items in the council's or the body's file. Fonts are never those of the
    /// machine: a family is there when its files (.ttf, .otf) are in the folder fonts/ beside content/.
    UNKNOWN_NAME = "M0007", Sources, Error, guarded, "unknown person, post, body, rating, standing item or font";
}

impl Names<'_> {
    fn unknown<'k>(&self, what: &str, id: &str, place: Place, known: impl IntoIterator<Item = &'k String>) {
        let help = did_you_mean(id, known.into_iter().map(String::as_str))
            .unwrap_or_else(|| format!("declare the {what}, or write the name out"));
        self.log.add(Finding::new(&UNKNOWN_NAME, place, format!("there is no {what} `{id}`")).help(help));
    }

    fn unknown_body(&self, id: &str, place: Place) {
        let help = did_you_mean(id, self.workspace.bodies.keys().map(String::as_str))
            .unwrap_or_else(|| format!("make content/bodies/{id}/body.yaml with `kind: body` and `name:`"));
        self.log.add(Finding::new(&UNKNOWN_NAME, place, format!("there is no body `{id}`")).help(help));
    }

    /// Looks at a line that may be nothing but the id of a person or post.
    fn name_or_words(&self, line: &Line) {
        let [Inline::Text(text)] = &line.content[..] else { return };
        let people = &self.workspace.people;
        let known = people.people.contains_key(&text.value) || people.posts.contains_key(&text.value);
        if looks_like_an_id(&text.value) && text.value.contains('-') && !known {
            self.unknown("person or post", &text.value, text.place, people.people.keys().chain(people.posts.keys()));
        }
    }

    fn part(&self, part: &Inline) {
        let Inline::Link(link) = part else { return };
        let (target, place) = (&link.target, link.place);
        let people = &self.workspace.people;
        match target {
            Target::Person(id) if !people.people.contains_key(id) => {
                self.unknown("person", id, place, people.people.keys());
            }
            Target::Post(id) if !people.posts.contains_key(id) => self.unknown("post", id, place, people.posts.keys()),
            Target::Body(id) if !self.workspace.bodies.contains_key(id) => {
                self.unknown("body", id, place, self.workspace.bodies.keys());
            }
            _ => {}
        }
    }
}

/// Tells whether a word is written like an id rather than like a name.
fn looks_like_an_id(word: &str) -> bool {
    !word.is_empty()
        && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'-' | b'_'))
}

/// Gives the ids of several people who stand in one text, when all of them are declared.
fn several<'k>(words: &str, people: &'k BTreeMap<String, Person>) -> Option<Vec<&'k str>> {
    let words = words.replace(" and ", ",").replace(" & ", ",");
    let parts: Vec<&str> = words.split([',', ';', '/']).map(str::trim).filter(|part| !part.is_empty()).collect();
    let last = |name: &str| name.split_whitespace().next_back().map(str::to_lowercase);
    let known = |part: &&str| {
        let is = |(id, person): &(&'k String, &Person)| *id == *part || last(&person.name.value) == last(part);
        people.iter().find(is).map(|(id, _)| id.as_str())
    };
    let ids: Vec<&str> = parts.iter().filter_map(known).collect();
    (parts.len() > 1 && ids.len() == parts.len() && ids[0] != ids[1]).then_some(ids)
}

impl<'a> Visitor<'a> for Names<'_> {
    fn inlines(&mut self, content: &'a [Inline]) {
        each_part(content, &mut |part| self.part(part));
    }

    fn blocks(&mut self, blocks: &'a [Block]) {
        each_inline(blocks, &mut |part| self.part(part));
    }

    fn person(&mut self, person: &'a PersonRef) {
        let PersonRef::Named(text) = person else { return };
        let people = &self.workspace.people.people;
        if looks_like_an_id(&text.value) && !people.contains_key(&text.value) {
            self.unknown("person", &text.value, text.place, people.keys());
        } else if let Some(ids) = several(&text.value, people) {
            let message = format!("`{}` is taken for the name of one person", text.value);
            let help = format!("write a list: [{}]", ids.join(", "));
            self.log.add(Finding::new(&WRONG_SHAPE, text.place, message).help(help));
        }
    }

    fn name_line(&mut self, line: &'a Line) {
        self.name_or_words(line);
    }

    fn post(&mut self, post: &'a Text) {
        let posts = &self.workspace.people.posts;
        if looks_like_an_id(&post.value) && !posts.contains_key(&post.value) {
            self.unknown("post", &post.value, post.place, posts.keys());
        }
    }

    fn body(&mut self, body: &'a Text) {
        let bodies = &self.workspace.bodies;
        if looks_like_an_id(&body.value) && !bodies.contains_key(&body.value) {
            self.unknown("body", &body.value, body.place, bodies.keys());
        }
    }
}

/// Finds ids of people and posts that are not declared.
pub(super) fn people_and_posts(workspace: &Workspace, log: &Log) {
    let mut names = Names { workspace, log };
    everything(workspace, &mut names);
    for post in workspace.people.posts.values() {
        if let Some(holder) = post.holder.as_ref().filter(|holder| !workspace.people.people.contains_key(&holder.value))
        {
            names.unknown("person", &holder.value, holder.place, workspace.people.people.keys());
        }
    }
    for person in workspace.people.people.values() {
        check_post(&names, person);
    }
}

fn check_post(names: &Names, person: &Person) {
    let posts = &names.workspace.people.posts;
    if let Some(post) =
        person.post.as_ref().filter(|post| looks_like_an_id(&post.value) && !posts.contains_key(&post.value))
    {
        names.unknown("post", &post.value, post.place, posts.keys());
    }
}

/// Finds bodies that are not declared, of which there are agendas, minutes, programmes or ledgers.
pub(super) fn bodies(workspace: &Workspace, log: &Log) {
    let names = Names { workspace, log };
    let known = |id: &str| workspace.bodies.contains_key(id);
    for agenda in workspace.meetings.values().filter(|agenda| !known(&agenda.body)) {
        names.unknown_body(&agenda.body, agenda.place);
    }
    for former in workspace.bodies.values().flat_map(|body| &body.formerly).filter(|id| !known(&id.value)) {
        names.unknown_body(&former.value, former.place);
    }
    for paper in workspace.papers.values() {
        let body = match &paper.kind {
            PaperKind::Minutes(minutes) => &minutes.body,
            PaperKind::WorkProgramme(programme) => &programme.body,
            PaperKind::Ledger(ledger) => &ledger.body,
            _ => continue,
        };
        if !known(body) {
            names.unknown_body(body, paper.place);
        }
    }
}

/// Finds ratings that no scale has.
pub(super) fn ratings(workspace: &Workspace, log: &Log) {
    struct Given<'a>(Vec<&'a Text>);
    impl<'a> Visitor<'a> for Given<'a> {
        fn rating(&mut self, rating: &'a Text) {
            self.0.push(rating);
        }
    }
    let plans = workspace.papers.values().filter_map(|paper: &Paper| match &paper.kind {
        PaperKind::ActionPlan(plan) => Some((paper, plan)),
        _ => None,
    });
    for (paper, plan) in plans {
        let scale = if plan.ratings.is_empty() { &workspace.council.ratings } else { &plan.ratings };
        let known: BTreeSet<&str> = scale.iter().map(|rating| rating.id.as_str()).collect();
        let mut given = Given(Vec::new());
        paper.visit(&mut given);
        for rating in given.0.into_iter().filter(|rating| !known.contains(rating.value.as_str())) {
            let help = did_you_mean(&rating.value, known.iter().copied()).unwrap_or_else(|| {
                if known.is_empty() {
                    "declare the scale as `ratings` in the council's file or in the plan".into()
                } else {
                    format!("the ratings are: {}", known.iter().copied().collect::<Vec<_>>().join(", "))
                }
            });
            log.add(
                Finding::new(&UNKNOWN_NAME, rating.place, format!("there is no rating `{}`", rating.value)).help(help),
            );
        }
    }
}

/// Finds a font family that is not there.
pub(super) fn font(workspace: &Workspace, fonts: &Fonts, log: &Log) {
    if let Some(font) = workspace.council.look.font.as_ref().filter(|font| !fonts.has_family(&font.value)) {
        log.add(
            Finding::new(&UNKNOWN_NAME, font.place, format!("there is no font `{}`", font.value))
                .help("put its files into the folder fonts/ of the workspace, or use Source Sans Pro or Noto Sans"),
        );
    }
}
