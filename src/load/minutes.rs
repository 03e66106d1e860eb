//! Reads minutes.

use super::Context;
use super::fields::{Fields, Read};
use super::text::When;
use super::yaml::{Node, Value};
use crate::finding::{Finding, Place};
use crate::load::fields::{BAD_VALUE, WRONG_SHAPE};
use crate::model::Text;
use crate::model::minutes::{Ask, Bar, Group, Interest, Minute, Minutes, Record, Vote, Votes};

/// Reads the file of `kind: minutes` of a body.
pub(super) fn read(body: String, fields: &Fields, cx: Context) -> Minutes {
    let when: When = fields.need("meeting");
    Minutes {
        body,
        when: when.at,
        has_time: when.has_time,
        title: fields.get("title"),
        meeting_place: fields.get("place"),
        note: fields.get("note"),
        first_number: first_number(fields, cx),
        continues_from: 1,
        present: fields.list("present"),
        apologies: fields.list("apologies"),
        items: fields.list("items"),
        private: fields.list("private"),
        closed: fields.get("closed"),
        closed_place: fields.node("closed").map(|node| node.place),
        signature: fields.get("signature").unwrap_or(true),
        draft: fields.or_default("draft"),
        place: fields.place(),
    }
}

fn first_number(fields: &Fields, cx: Context) -> Option<u32> {
    let node = fields.node("first_number")?;
    let number = u32::read(node, cx)?;
    if number == 0 {
        cx.log.add(Finding::new(&BAD_VALUE, node.place, "minutes are numbered from 1").help("write 1 or more"));
    }
    Some(number.max(1))
}

impl Read for Group {
    fn read(node: &Node, cx: Context) -> Option<Self> {
        let fields = Fields::open(node, "a group of those present", cx)?;
        let group =
            Self { name: fields.need("group"), people: fields.list("people"), inline: fields.or_default("inline") };
        fields.close();
        Some(group)
    }
}

impl Read for Minute {
    fn read(node: &Node, cx: Context) -> Option<Self> {
        let fields = Fields::open(node, "a minute", cx)?;
        let mut minute = Self {
            number: fields.get("number"),
            label: None,
            lead: fields.get("lead"),
            parts: fields.list("parts"),
            record: record(&fields),
            after: None,
            place: fields.place(),
        };
        minute.record.title = Some(fields.need("title"));
        minute.after = minute.record.after.take();
        minute.label = minute.record.label.take();
        fields.close();
        Some(minute)
    }
}

impl Read for Record {
    fn read(node: &Node, cx: Context) -> Option<Self> {
        let fields = Fields::open(node, "a part of a minute", cx)?;
        let record = record(&fields);
        fields.close();
        Some(record)
    }
}

fn record(fields: &Fields) -> Record {
    Record {
        label: fields.get("label"),
        title: fields.get("title"),
        text: fields.get("text"),
        interests: fields.list("interests"),
        moved: fields.get("moved"),
        seconded: fields.get("seconded"),
        resolved: fields.get("resolved"),
        asks: fields.list("asks"),
        vote: fields.get("vote"),
        after: fields.get("after"),
    }
}

impl Read for Ask {
    fn read(node: &Node, cx: Context) -> Option<Self> {
        if let Value::Text(_) = node.value {
            return Some(Self { report: Text::read(node, cx)?, day: None });
        }
        let fields = Fields::open(node, "what is asked for", cx)?;
        let ask = Self { report: fields.need("report"), day: fields.get("for") };
        fields.close();
        Some(ask)
    }
}

impl Read for Interest {
    fn read(node: &Node, cx: Context) -> Option<Self> {
        let fields = Fields::open(node, "an interest", cx)?;
        let is = |name| fields.or_default::<bool>(name);
        let (pecuniary, prejudicial) = (is("pecuniary"), is("prejudicial"));
        let interest = Self {
            person: fields.need("person"),
            bar: pecuniary.then_some(Bar::Pecuniary).or(prejudicial.then_some(Bar::Prejudicial)),
            nature: fields.get("nature"),
            left: fields.get("left"),
            place: fields.place(),
        };
        fields.close();
        Some(interest)
    }
}

impl Read for Vote {
    fn read(node: &Node, cx: Context) -> Option<Self> {
        if let Value::Text(text) = &node.value {
            cx.log.add(vote_in_words(text, node.place));
            return None;
        }
        let fields = Fields::open(node, "a vote", cx)?;
        let vote = Self {
            in_favour: fields.get("for"),
            against: fields.get("against"),
            abstained: fields.get("abstained"),
            place: fields.place(),
        };
        fields.close();
        Some(vote)
    }
}

fn vote_in_words(text: &str, place: Place) -> Finding {
    let figures: Vec<&str> = text.split(|c: char| !c.is_ascii_digit()).filter(|figure| !figure.is_empty()).collect();
    let [first, against, abstained] = match figures[..] {
        [first, against] => [first, against, "0"],
        [first, against, abstained] => [first, against, abstained],
        _ => ["5", "2", "0"],
    };
    Finding::new(&WRONG_SHAPE, place, format!("`{text}` does not say how many were for, against or abstained"))
        .help(format!("write `vote: {{for: {first}, against: {against}, abstained: {abstained}}}`"))
}

impl Read for Votes {
    fn read(node: &Node, cx: Context) -> Option<Self> {
        match &node.value {
            Value::Text(text) if text.parse::<u32>().is_ok() => u32::read(node, cx).map(Self::Count),
            Value::Text(text) if ["none", "nil"].contains(&text.to_ascii_lowercase().as_str()) => Some(Self::Count(0)),
            _ => Some(Self::Names(super::fields::list(node, cx))),
        }
    }
}
