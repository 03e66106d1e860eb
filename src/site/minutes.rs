//! Minutes of a meeting, wherever they were published: who was there, what was decided and how it was voted, and which
//! minute is of which item.

use minijinja::{Value, context};
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

/// Gives what was resolved in a minute and its parts, each with its vote.
fn decided(pages: &MeetingPages, page: &str, minute: &Json) -> Vec<Value> {
    let parts = minute["parts"].as_array().into_iter().flatten();
    let of_parts = parts.map(|part| (part, plain(&minute["number"]) + &plain(&part["number"]), &part["body"]));
    let whole = [(minute, plain(&minute["number"]), &minute["body"])];
    let after = [(minute, plain(&minute["number"]), &minute["after"])];
    let mut decisions = Vec::new();
    for (record, number, blocks) in whole.into_iter().chain(of_parts).chain(after) {
        let blocks: Vec<&Json> = blocks.as_array().into_iter().flatten().collect();
        for (index, block) in blocks.iter().enumerate().filter(|(_, block)| block["type"] == "resolved") {
            let vote = blocks.get(index + 1).filter(|next| next["type"] == "vote");
            let title = Some(plain(&record["title"])).filter(|title| !title.is_empty());
            decisions.push(with_rich(pages, page, |rich| {
                context! {
                    number => &number, title => title.unwrap_or_else(|| plain(&minute["title"])), block => rich.field(block),
                    vote => vote.map(|vote| rich.field(vote)),
                }
            }));
        }
    }
    decisions
}
