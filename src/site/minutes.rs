//! Minutes of a meeting, wherever they were published: who was there, what was decided and how it was voted, and which
//! minute is of which item.

use minijinja::{Value, context};
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use super::address;
use super::facts::MinutesRef;
use super::pages::MeetingPages;
use super::rich::{Rich, plain};

/// Gives the minutes that are not those of private business of a model.
fn all(model: &Json) -> impl Iterator<Item = &Json> {
    ["items", "private"].into_iter().flat_map(|part| model["paper"][part].as_array().into_iter().flatten())
}

/// Gives words as they are compared: letters and digits in lower case.
fn folded(words: &str) -> String {
    words.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

fn rows(of: &MinutesRef) -> Value {
    context! { title => &of.title, draft => &of.draft, href => format!("{}/{}/", address::meeting(&of.host), of.address) }
}

/// Gives the minutes of an item, from the minutes that were published last.
pub(super) fn of_item(pages: &MeetingPages, page: &str, title: &str) -> Option<Value> {
    let (of, model) = pages.minutes.last()?;
    let minute = all(model).find(|minute| folded(&plain(&minute["title"])) == folded(title))?;
    let minute = with_rich(pages, page, |rich| rich.field(minute));
    Some(context! { minute, ..rows(of) })
}

/// Works with what writes rich text of minutes on another page than their own: references lead to nothing there.
fn with_rich<T>(pages: &MeetingPages, page: &str, work: impl FnOnce(&Rich) -> T) -> T {
    pages.with_rich(page, None, |rich| work(&Rich { label: &|_| None, picture: rich.picture }))
}

/// Gives what the page of a meeting says of its minutes.
pub(super) fn of_meeting(pages: &MeetingPages, page: &str) -> Option<Value> {
    let (_, model) = pages.minutes.last()?;
    let published: Vec<Value> = pages.minutes.iter().map(|(of, _)| rows(of)).collect();
    let fields = with_rich(pages, page, |rich| rich.field(&model["paper"]));
    let decisions: Vec<Value> = all(model).flat_map(|minute| decided(pages, page, minute)).collect();
    Some(context! { published, paper => fields, decisions })
}

/// What was resolved: the number of the minute, its title, the words, and the vote on them.
type Resolution<'a> = (String, String, &'a Json, Option<&'a Json>);

/// Gives what was resolved in a minute and its parts.
fn resolutions(minute: &Json) -> Vec<Resolution<'_>> {
    let parts = minute["parts"].as_array().into_iter().flatten();
    let of_parts = parts.map(|part| (part, plain(&minute["number"]) + &plain(&part["number"]), &part["body"]));
    let of_whole = |name: &str| (minute, plain(&minute["number"]), &minute[name]);
    let mut resolutions = Vec::new();
    for (record, number, blocks) in std::iter::once(of_whole("body")).chain(of_parts).chain([of_whole("after")]) {
        let blocks: Vec<&Json> = blocks.as_array().into_iter().flatten().collect();
        for (index, block) in blocks.iter().enumerate().filter(|(_, block)| block["type"] == "resolved") {
            let vote = blocks.get(index + 1).copied().filter(|next| next["type"] == "vote");
            let title = Some(plain(&record["title"])).filter(|title| !title.is_empty());
            let title = title.unwrap_or_else(|| plain(&minute["title"]));
            resolutions.push((number.clone(), title, *block, vote));
        }
    }
    resolutions
}

fn decided(pages: &MeetingPages, page: &str, minute: &Json) -> Vec<Value> {
    let told = |(number, title, block, vote): Resolution| {
        with_rich(pages, page, |rich| {
            context! { number, title, block => rich.field(block), vote => vote.map(|vote| rich.field(vote)) }
        })
    };
    resolutions(minute).into_iter().map(told).collect()
}

/// What minutes record, for tables.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Recorded {
    /// Group and name of each who was present, or sent apologies.
    pub(super) present: Vec<[String; 2]>,
    pub(super) decisions: Vec<Decision>,
}

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Decision {
    pub(super) number: String,
    pub(super) title: String,
    pub(super) words: String,
    /// Word, count, and names where they were recorded.
    pub(super) votes: Vec<[String; 3]>,
}

impl Recorded {
    pub(super) fn of(model: &Json) -> Self {
        let list = |value: &Json| value.as_array().cloned().unwrap_or_default();
        let paper = &model["paper"];
        let named = |group: &str, people: &Json| {
            list(people).iter().map(|name| [group.to_owned(), plain(name)]).collect::<Vec<_>>()
        };
        let mut present: Vec<[String; 2]> =
            list(&paper["present"]).iter().flat_map(|of| named(&plain(&of["group"]), &of["people"])).collect();
        present.extend(named("Apologies", &paper["apologies"]));
        let cell = |value: &Json| value.as_u64().map_or_else(|| plain(value), |count| count.to_string());
        let vote = |row: &Json| [cell(&row["label"]), cell(&row["count"]), cell(&row["names"])];
        let decision = |(number, title, block, votes): Resolution| Decision {
            number,
            title,
            words: plain(&block["text"]).split_whitespace().collect::<Vec<_>>().join(" "),
            votes: votes.map(|votes| list(&votes["rows"]).iter().map(vote).collect()).unwrap_or_default(),
        };
        Self { present, decisions: all(model).flat_map(resolutions).map(decision).collect() }
    }
}
