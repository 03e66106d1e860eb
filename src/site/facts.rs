//! What lists, feeds and tables need of a meeting: small, and kept from run to run, so that one more issue asks for no
//! other meeting to be read again.

use minijinja::Value;
use minijinja::value::Serde;
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use super::minutes::Recorded;
use super::public::{Issue, Meeting, Paper};
use super::rich::plain;

/// A meeting in short.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Facts {
    pub(super) id: String,
    pub(super) body: String,
    pub(super) body_name: String,
    pub(super) council: String,
    pub(super) language: String,
    pub(super) title: String,
    pub(super) date: String,
    pub(super) time: Option<String>,
    pub(super) place: Option<String>,
    /// `scheduled`, `cancelled`, `postponed`; `minutes` where there is no agenda, `unreadable` where it is damaged.
    pub(super) status: String,
    pub(super) issues: Vec<IssueFacts>,
    pub(super) items: Vec<ItemFacts>,
    pub(super) papers: Vec<PaperFacts>,
    pub(super) membership: Vec<String>,
    /// Words that the council puts in the place of fixed ones.
    pub(super) phrases: std::collections::BTreeMap<String, String>,
}

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct IssueFacts {
    pub(super) number: u32,
    pub(super) kind: String,
    pub(super) issued: String,
    pub(super) given_time: Option<String>,
    pub(super) reason: Option<String>,
}

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct ItemFacts {
    pub(super) number: String,
    pub(super) title: String,
    pub(super) private: bool,
    pub(super) withheld: bool,
    pub(super) paragraphs: Vec<u8>,
    pub(super) confidential: bool,
}

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct PaperFacts {
    pub(super) address: String,
    pub(super) title: String,
    pub(super) kind: String,
    pub(super) item: Option<String>,
    pub(super) withheld: bool,
    /// The last issue that has it.
    pub(super) issue: u32,
    pub(super) model: Option<String>,
    /// The meeting whose minutes it is.
    pub(super) minutes_of: Option<String>,
    /// What they record.
    pub(super) recorded: Option<Recorded>,
    /// Whether those are not agreed yet.
    pub(super) draft: bool,
}

/// Facts are values of templates as they are.
macro_rules! values {
    ($($kind:ty),*) => {$(
        impl From<&$kind> for Value {
            fn from(facts: &$kind) -> Self {
                Self::from(Serde(facts))
            }
        }
    )*};
}

values!(Facts, IssueFacts, ItemFacts);

/// Gives the body of a meeting's id, and its day.
pub(super) fn parts(id: &str) -> (&str, &str) {
    id.rsplit_once('/').unwrap_or((id, ""))
}

/// Gives each paper of a meeting as the last issue that has it says, with the number of that issue.
pub(super) fn papers(meeting: &Meeting) -> Vec<(u32, &Paper)> {
    let mut papers: Vec<(u32, &Paper)> = Vec::new();
    for issue in &meeting.issues {
        for paper in &issue.papers {
            match papers.iter_mut().find(|(_, known)| known.address == paper.address) {
                Some(known) => *known = (issue.number, paper),
                None => papers.push((issue.number, paper)),
            }
        }
    }
    papers
}

/// Gives what is known of a meeting; `minutes` gives the facts of minutes by issue and path of their model.
pub(super) fn of(meeting: &Meeting, minutes: impl Fn(u32, &str) -> Option<Json>) -> Facts {
    let (body, day) = parts(&meeting.id);
    let mut facts = Facts {
        id: meeting.id.clone(),
        body: body.to_owned(),
        date: day.get(..10).unwrap_or(day).to_owned(),
        status: "unreadable".to_owned(),
        language: "en-GB".to_owned(),
        issues: meeting.issues.iter().map(issue).collect(),
        ..Facts::default()
    };
    // What a later issue lacks, because it was taken back or is damaged, an earlier one may say.
    for issue in &meeting.issues {
        if let Some(sheet) = &issue.sheet {
            facts.council = plain(&sheet["paper"]["council"]);
            sheet["language"].as_str().unwrap_or("en-GB").clone_into(&mut facts.language);
            facts.body_name = plain(&sheet["paper"]["body"]);
            facts.title = plain(&sheet["paper"]["heading"]);
            facts.phrases = serde_json::from_value(sheet["phrases"].clone()).unwrap_or_default();
            "scheduled".clone_into(&mut facts.status);
        }
        let Some(pack) = &issue.pack else { continue };
        let about = pack.meeting.clone();
        (facts.body_name, facts.title, facts.date) = (about.body_name, about.title, about.date);
        (facts.time, facts.place, facts.status) = (about.time, about.place, about.status);
        facts.membership.clone_from(&issue.membership);
        facts.items = pack.items.iter().map(item).collect();
    }
    facts.papers = papers(meeting).into_iter().map(|(number, paper)| self::paper(number, paper, &minutes)).collect();
    facts
}

fn issue(issue: &Issue) -> IssueFacts {
    let about = &issue.about;
    IssueFacts {
        number: issue.number,
        kind: about.kind.clone(),
        issued: about.issued.clone(),
        given_time: about.given_time.clone(),
        reason: about.reason.clone(),
    }
}

fn item(item: &super::public::Item) -> ItemFacts {
    let grounds = item.withheld.as_ref();
    ItemFacts {
        number: item.number.clone(),
        title: item.title.clone(),
        private: item.private,
        withheld: grounds.is_some(),
        paragraphs: grounds.map(|grounds| grounds.paragraphs.clone()).unwrap_or_default(),
        confidential: grounds.is_some_and(|grounds| grounds.confidential),
    }
}

fn paper(issue: u32, paper: &Paper, minutes: &impl Fn(u32, &str) -> Option<Json>) -> PaperFacts {
    let model = paper.model.as_deref().filter(|_| paper.kind == "minutes").and_then(|path| minutes(issue, path));
    let told = model.as_ref().and_then(|model| {
        let of = &model["minutes_of"];
        Some(format!("{}/{}", of["body"].as_str()?, of["date"].as_str()?))
    });
    // The folder sets two meetings of one day apart.
    let in_folder = paper.minutes_of.clone().filter(|folder| told.as_ref().is_none_or(|told| folder.starts_with(told)));
    PaperFacts {
        address: paper.address.clone(),
        title: paper.title.clone(),
        kind: paper.kind.clone(),
        item: paper.item.clone(),
        withheld: paper.withheld,
        issue,
        model: paper.model.clone(),
        minutes_of: in_folder.or(told),
        recorded: model.as_ref().map(Recorded::of),
        draft: model.is_some_and(|model| model["paper"]["draft"] == true),
    }
}

/// Minutes of a meeting, as they stand among the papers of another.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct MinutesRef {
    /// The meeting with whose papers they were published.
    pub(super) host: String,
    pub(super) date: String,
    pub(super) address: String,
    pub(super) title: String,
    pub(super) draft: bool,
    issue: u32,
    model: String,
}

impl MinutesRef {
    /// Gives those among the papers of a meeting, each with the meeting whose minutes they are.
    pub(super) fn among(facts: &Facts) -> impl Iterator<Item = (String, Self)> {
        facts.papers.iter().filter(|paper| !paper.withheld).filter_map(|paper| {
            let of = Self {
                host: facts.id.clone(),
                date: facts.date.clone(),
                address: paper.address.clone(),
                title: paper.title.clone(),
                draft: paper.draft,
                issue: paper.issue,
                model: paper.model.clone()?,
            };
            Some((paper.minutes_of.clone()?, of))
        })
    }

    /// Reads them.
    pub(super) fn read(&self, archive: &crate::archive::Archive) -> Option<Json> {
        super::public::model(archive, &self.host, self.issue, &self.model)
    }
}
