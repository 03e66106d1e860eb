//! Reads texts, dates, numbers and truth values.

use chrono::{NaiveDate, NaiveTime};
use serde_json::json;

use super::Context;
use super::fields::{Read, one_of, written};
use super::markdown;
use super::yaml::Node;
use super::yaml::schema::{self, Definitions, Schema};
use crate::finding::{Finding, Place};
use crate::load::markdown::MISPLACED_BLOCK;
use crate::model::dates::When;
use crate::model::text::{Block, Inline};
use crate::model::{Line, Prose, Text};
use crate::yaml::fields::BAD_VALUE;

crate::finding::rule! {
    /// Dates are written year first, 2026-09-16, and with a time 2026-09-16 10:30. How they are printed
    /// is set by `formats` in the council's file.
    BAD_DATE = "M0005", Sources, Error, guarded, "not a date";
}

impl Read for Text {
    fn read(node: &Node, cx: Context) -> Option<Self> {
        let text = Self { value: written(node, "text", cx)?.to_owned(), place: node.place };
        markdown::left::report_plain(&text, cx);
        Some(text)
    }

    fn schema(_: &mut Definitions) -> Schema {
        schema::text()
    }

    fn is_blank(&self) -> bool {
        self.value.trim().is_empty()
    }
}

impl Read for Line {
    fn read(node: &Node, cx: Context) -> Option<Self> {
        written(node, "text", cx).map(|text| markdown::line(text, node.place, cx))
    }

    fn schema(_: &mut Definitions) -> Schema {
        schema::text()
    }

    fn is_blank(&self) -> bool {
        let links = |part: &Inline| matches!(part, Inline::Link(_));
        self.plain().trim().is_empty() && !self.content.iter().any(links)
    }
}

impl Read for Prose {
    fn read(node: &Node, cx: Context) -> Option<Self> {
        let prose = written(node, "text", cx).map(|text| markdown::prose(text, node.place, cx))?;
        report_headings(&prose.blocks, true, cx);
        Some(prose)
    }

    fn schema(_: &mut Definitions) -> Schema {
        schema::text()
    }

    fn is_blank(&self) -> bool {
        self.blocks.is_empty()
    }
}

/// The text of a paper, in which headings may stand.
#[derive(Debug, Clone, Default)]
pub(crate) struct WithHeadings(pub(crate) Prose);

impl Read for WithHeadings {
    fn read(node: &Node, cx: Context) -> Option<Self> {
        let prose = written(node, "text", cx).map(|text| markdown::paper(text, node.place, cx))?;
        report_headings(&prose.blocks, false, cx);
        Some(Self(prose))
    }

    fn schema(_: &mut Definitions) -> Schema {
        schema::text()
    }
}

/// Records headings where none can stand: inside lists and quotes, and here when `here` is set.
fn report_headings(blocks: &[Block], here: bool, cx: Context) {
    for block in blocks {
        match block {
            Block::Heading { place, .. } if here => cx
                .log
                .add(Finding::new(&MISPLACED_BLOCK, *place, "a heading cannot stand here").help(
                    "headings belong in the `text:` of papers; write **bold** for emphasis, or \\# for the sign",
                )),
            Block::List { items, .. } => items.iter().for_each(|item| report_headings(item, true, cx)),
            Block::Quote(inner) => report_headings(inner, true, cx),
            _ => {}
        }
    }
}

impl Read for bool {
    fn read(node: &Node, cx: Context) -> Option<Self> {
        one_of(node, &[("true", true), ("false", false), ("yes", true), ("no", false)], cx)
    }

    fn schema(_: &mut Definitions) -> Schema {
        json!({ "enum": [true, false, "true", "false", "yes", "no"] })
    }
}

impl Read for u32 {
    fn read(node: &Node, cx: Context) -> Option<Self> {
        number(node, "a whole number", cx)
    }

    fn schema(_: &mut Definitions) -> Schema {
        schema::whole(0, u32::MAX)
    }
}

impl Read for u8 {
    fn read(node: &Node, cx: Context) -> Option<Self> {
        number(node, "a whole number", cx)
    }

    fn schema(_: &mut Definitions) -> Schema {
        schema::whole(0, u8::MAX.into())
    }
}

impl Read for f64 {
    fn read(node: &Node, cx: Context) -> Option<Self> {
        number(node, "a number", cx).filter(|number: &f64| number.is_finite())
    }

    fn schema(_: &mut Definitions) -> Schema {
        schema::pattern("^[-+]?([0-9]+[.]?[0-9]*|[.][0-9]+)$")
    }
}

fn number<T: std::str::FromStr>(node: &Node, what: &str, cx: Context) -> Option<T> {
    let text = written(node, what, cx)?;
    let parsed = text.parse().ok();
    if parsed.is_none() {
        cx.log.add(Finding::new(&BAD_VALUE, node.place, format!("`{text}` is not {what}")).help("write digits only"));
    }
    parsed
}

impl Read for NaiveDate {
    fn read(node: &Node, cx: Context) -> Option<Self> {
        let text = &with_hyphens(written(node, "a date", cx)?);
        let date = Self::parse_from_str(text, "%Y-%m-%d").ok().filter(|_| text.len() == 10);
        if date.is_none() {
            cx.log.add(bad_date(text, node.place, "2026-09-16"));
        }
        date
    }

    fn schema(_: &mut Definitions) -> Schema {
        json!({ "type": "string", "pattern": format!("^{}$", day()) })
    }
}

const CURLY: [char; 4] = ['“', '”', '‘', '’'];

/// Puts hyphens in the place of the dashes that look like them, and which word processors put for them.
fn with_hyphens(text: &str) -> String {
    text.replace(['‐', '‑', '‒', '–', '−'], "-").replace('\u{a0}', " ")
}

/// Gives a day of the calendar for schemas, with any of the signs that are taken for hyphens.
fn day() -> String {
    let leap = "([0-9]{2}(0[48]|[2468][048]|[13579][26])|([02468][048]|[13579][26])00)";
    let long = "((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)";
    format!("([0-9]{{4}}-{long}|02-(0[1-9]|1[0-9]|2[0-8]))|{leap}-02-29)").replace("-(", "[-‐‑‒–−](")
}

/// A time of day in schemas.
const TIME: &str = "([01]?[0-9]|2[0-3])([:.][0-5]?[0-9]|:[0-5]?[0-9]:[0-5]?[0-9])";

impl Read for When {
    fn read(node: &Node, cx: Context) -> Option<Self> {
        let text = with_hyphens(written(node, "a date and time", cx)?);
        let text = text.as_str();
        let (day, time) = text.split_once([' ', 'T']).map_or((text, None), |(day, time)| (day, Some(time)));
        let date = NaiveDate::parse_from_str(day, "%Y-%m-%d").ok().filter(|_| day.len() == 10);
        let parsed = match (date, time.map(|time| parse_time(time.trim()))) {
            (Some(date), Some(Some(time))) => Some(Self { at: date.and_time(time), has_time: true }),
            (Some(date), None) => Some(Self { at: date.and_time(NaiveTime::MIN), has_time: false }),
            _ => None,
        };
        if parsed.is_none() {
            cx.log.add(match (date, time) {
                (Some(_), Some(time)) => {
                    Finding::new(&BAD_DATE, node.place, format!("`{}` is not a time of day", time.trim()))
                        .help("write hours and minutes of the 24-hour clock, such as 2026-09-16 18:00")
                }
                _ => bad_date(text, node.place, "2026-09-16 10:30"),
            });
        }
        parsed
    }

    fn schema(_: &mut Definitions) -> Schema {
        json!({ "type": "string", "pattern": format!("^{}([ T\u{a0}] *{TIME} *)?$", day()) })
    }
}

impl Read for NaiveTime {
    fn read(node: &Node, cx: Context) -> Option<Self> {
        let text = written(node, "a time", cx)?;
        let time = parse_time(text);
        if time.is_none() {
            cx.log.add(
                Finding::new(&BAD_DATE, node.place, format!("`{text}` is not a time of day"))
                    .help("write hours and minutes, such as 12:35"),
            );
        }
        time
    }

    fn schema(_: &mut Definitions) -> Schema {
        schema::pattern(&format!("^{TIME}$"))
    }
}

fn parse_time(text: &str) -> Option<NaiveTime> {
    NaiveTime::parse_from_str(text, "%H:%M")
        .or_else(|_| NaiveTime::parse_from_str(text, "%H.%M"))
        .or_else(|_| NaiveTime::parse_from_str(text, "%H:%M:%S"))
        .ok()
}

fn bad_date(text: &str, place: Place, example: &str) -> Finding {
    if text.starts_with(CURLY) || text.ends_with(CURLY) {
        let message = format!("`{text}` is not a date as sources write it");
        let help = format!("take the curly quotes away: {}", text.trim_matches(CURLY));
        return Finding::new(&BAD_DATE, place, message).help(help);
    }
    let shape_is_right = text.len() >= 10 && text.as_bytes()[4] == b'-' && text.as_bytes()[7] == b'-';
    let message = if shape_is_right {
        format!("`{text}` is not a day of the calendar")
    } else {
        format!("`{text}` is not a date as sources write it")
    };
    Finding::new(&BAD_DATE, place, message).help(format!("write year, month and day, such as {example}"))
}
