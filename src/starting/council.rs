//! A new council, and new bodies of it.

use std::collections::BTreeMap;

use serde_json::json;

use super::fill::Templates;
use super::members::{Ids, InRole, Member, Person};
use super::scalar::as_markdown;
use super::{New, NewFailure, names};
use crate::model::Workspace;
use crate::model::people::Registry;

/// What a new council is told of.
#[derive(Debug, Default)]
pub(crate) struct NewCouncil {
    pub(crate) name: String,
    pub(crate) website: Option<String>,
    pub(crate) address: Option<String>,
    /// Whom the public asks about meetings.
    pub(crate) contact: String,
    pub(crate) post: Option<String>,
    pub(crate) email: String,
    pub(crate) phone: Option<String>,
    pub(crate) nation: String,
    pub(crate) members: Vec<Member>,
}

impl NewCouncil {
    /// Gives its files.
    pub(crate) fn files(&self, templates: &Templates) -> Result<New, NewFailure> {
        let nobody = Registry::default();
        let mut ids = Ids::of(&nobody);
        let contact = ids.id(Person {
            name: self.contact.clone(),
            email: Some(self.email.clone()),
            phone: self.phone.clone(),
            post: self.post.as_ref().map(|_| "contact-officer".to_owned()),
            ..Person::default()
        });
        for member in &self.members {
            ids.member(member);
        }
        let values = json!({
            "name": self.name, "website": self.website, "address": self.address, "nation": self.nation,
            "contact": contact, "has_post": self.post.is_some(), "has_phone": self.phone.is_some(),
        });
        let council = templates.fill("council", &values)?;
        let posts = self.post.iter().map(|post| json!({"id": "contact-officer", "title": post, "holder": contact}));
        let people = people(templates, &self.name, &ids.new, &posts.collect::<Vec<_>>())?;
        let files = [("content/council.yaml", council), ("content/people.yaml", people)];
        Ok(New { files: files.map(|(path, text)| (path.to_owned(), text)).into(), ..New::default() })
    }
}

fn people(templates: &Templates, of: &str, all: &[Person], posts: &[serde_json::Value]) -> Result<String, NewFailure> {
    let (councillors, others): (Vec<&Person>, Vec<&Person>) = all.iter().partition(|person| person.councillor);
    templates.fill("people", &json!({"of": of, "councillors": councillors, "people": others, "posts": posts}))
}

/// What a new body is told of.
#[derive(Debug, Default)]
pub(crate) struct NewBody {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) called: Option<String>,
    pub(crate) place: Option<String>,
    /// The law that it meets under, where it is said.
    pub(crate) regime: Option<String>,
    pub(crate) members: Vec<Member>,
}

impl NewBody {
    /// Gives its files: its own, and one that declares those members whom nobody has declared yet.
    pub(crate) fn files(&self, workspace: &Workspace, templates: &Templates) -> Result<New, NewFailure> {
        names::id(&self.id, "a body")?;
        if workspace.bodies.contains_key(&self.id) {
            let help = format!("see content/bodies/{}/, or give the new body another id", self.id);
            return Err(NewFailure::There { path: format!("content/bodies/{}", self.id), help });
        }
        let mut ids = Ids::of(&workspace.people);
        let member = |member: &Member| InRole { id: ids.member(member), role: member.role.clone() };
        let members: Vec<InRole> = self.members.iter().map(member).collect();
        let standing = crate::resolve::standing_ids(workspace, &self.id);
        let usual = ["apologies", "interests", "minutes", "urgent"];
        let items: Vec<&str> = usual.into_iter().filter(|id| standing.contains(id)).collect();
        let values = json!({
            "name": self.name, "called": self.called.clone().or_else(|| called(&self.name)),
            "place": self.place.as_deref().map(as_markdown), "members": members, "agenda": items,
            "regime": self.regime.clone().unwrap_or_else(|| regime(&self.name).to_owned()),
        });
        let body = templates.fill("body", &values)?;
        let folder = format!("content/bodies/{}", self.id);
        let mut files = BTreeMap::from([(format!("{folder}/body.yaml"), body)]);
        files.insert(format!("{folder}/ledger.yaml"), ledger(templates, &self.id, &self.name)?);
        if !ids.new.is_empty() {
            let text = people(templates, &self.name, &ids.new, &[])?;
            files.insert(format!("content/members-{}.yaml", self.id), text);
        }
        Ok(New { files, ..New::default() })
    }
}

/// Gives a ledger without entries.
pub(super) fn ledger(templates: &Templates, id: &str, name: &str) -> Result<String, NewFailure> {
    templates.fill("ledger", &json!({"id": id, "body": name}))
}

/// Gives what a body is called in a sentence, by the last word of its name that says what it is.
fn called(name: &str) -> Option<String> {
    let words = ["Board", "Committee", "Panel", "Forum", "Commission", "Group"];
    let what = name.split(|sign: char| !sign.is_alphanumeric()).rfind(|word| words.contains(word));
    let itself = ["Cabinet", "Council"].into_iter().find(|word| name == *word);
    what.map(|word| format!("the {word}")).or(itself.map(str::to_owned))
}

/// Gives the law that a body of this name meets under: an executive's, where its name is that of one.
fn regime(name: &str) -> &'static str {
    let is_executive =
        matches!(name.to_lowercase().as_str(), "cabinet" | "executive" | "the cabinet" | "the executive");
    if is_executive { "exec2012" } else { "lga1972" }
}
