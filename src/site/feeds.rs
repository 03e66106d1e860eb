//! Feeds and calendars that other programs read, for each body and for all: issues and what was taken back as Atom
//! (RFC 4287), meetings as iCalendar (RFC 5545).

use chrono::{DateTime, Utc};
use minijinja::context;

use super::facts::Facts;
use super::{Making, SiteFailure, address};
use crate::fs;
use crate::notice::deadlines::{calendar_line, calendar_text};

/// How many issues a feed tells of.
const ENTRIES: usize = 50;

/// Gives what names something for ever, whatever it is called later (RFC 9562, version 8).
pub(super) fn urn(of: &str) -> String {
    let hash = fs::sha256(of.as_bytes());
    format!("urn:uuid:{}-{}-8{}-8{}-{}", &hash[..8], &hash[8..12], &hash[13..16], &hash[17..20], &hash[20..32])
}

impl Making<'_> {
    /// Makes all of them.
    pub(super) fn feeds(&mut self) -> Result<(), SiteFailure> {
        self.feed(None)?;
        self.bodies().iter().try_for_each(|body| self.feed(Some(body)))
    }

    fn feed(&mut self, body: Option<&str>) -> Result<(), SiteFailure> {
        let path = body.map(|body| format!("{}/", address::body(body))).unwrap_or_default();
        let name = body.map_or_else(String::new, |body| format!("{}, ", self.body_name(body)));
        let entries = self.news(ENTRIES, body);
        let atom = self.templates.fill(
            "feed.xml",
            context! {
                id => urn(&format!("feed {path}")), title => format!("{name}{}", self.council.name), entries,
                root => address::up(&path), council => &self.council.name, language => &self.council.language,
            },
        )?;
        self.tree.put(&format!("{path}feed.xml"), atom.trim_start().as_bytes())?;
        let calendar = self.calendar(body, &format!("{name}{}", self.council.name));
        Ok(self.tree.put(&format!("{path}meetings.ics"), calendar.as_bytes())?)
    }

    fn calendar(&self, body: Option<&str>, name: &str) -> String {
        let mut lines = vec![
            "BEGIN:VCALENDAR".to_owned(),
            "VERSION:2.0".to_owned(),
            "PRODID:-//boardpack//meetings//EN".to_owned(),
            "CALSCALE:GREGORIAN".to_owned(),
            format!("X-WR-CALNAME:{}", calendar_text(name)),
        ];
        let of_body = self.all().filter(|facts| body.is_none_or(|body| facts.body == body));
        of_body.filter_map(event).for_each(|event| lines.extend(event));
        lines.push("END:VCALENDAR".to_owned());
        lines.iter().map(|line| calendar_line(line)).collect()
    }
}

/// Gives the lines of a meeting; nothing of one whose agenda is not there to say whether it takes place.
fn event(facts: &Facts) -> Option<Vec<String>> {
    let (word, status) = match facts.status.as_str() {
        "scheduled" => ("", "CONFIRMED"),
        "cancelled" => ("Cancelled: ", "CANCELLED"),
        "postponed" => ("Postponed: ", "CANCELLED"),
        _ => return None,
    };
    let issued = facts.issues.last().and_then(|issue| DateTime::parse_from_rfc3339(&issue.issued).ok());
    let stamp = issued.map_or_else(DateTime::<Utc>::default, |issued| issued.to_utc()).format("%Y%m%dT%H%M%SZ");
    let day = facts.date.replace('-', "");
    // The clock on the wall of the room: no public record says in which zone that is.
    let start = match facts.time.as_deref().filter(|time| time.len() == 5) {
        Some(time) => format!("DTSTART:{day}T{}00", time.replace(':', "")),
        None => format!("DTSTART;VALUE=DATE:{day}"),
    };
    let mut lines = vec![
        "BEGIN:VEVENT".to_owned(),
        format!("UID:{}", urn(&facts.id)),
        format!("DTSTAMP:{stamp}"),
        format!("SEQUENCE:{}", facts.issues.len().saturating_sub(1)),
        start,
        format!("SUMMARY:{}", calendar_text(&format!("{word}{}", facts.title))),
        format!("STATUS:{status}"),
    ];
    lines.extend(facts.place.as_ref().map(|place| format!("LOCATION:{}", calendar_text(place))));
    lines.push("END:VEVENT".to_owned());
    Some(lines)
}
