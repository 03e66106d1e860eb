//! The year of a body as a page of PDF.

use super::{Year, YearMeeting};
use crate::finding::Finding;
use crate::issue::document::{Imprint, Workshop};
use crate::render::literal::Data;

/// Makes the PDF.
pub(super) fn pdf(year: &Year, workshop: &Workshop) -> Result<Vec<u8>, Vec<Finding>> {
    let title = workshop.phrases.fill("year-title", &[("year", &year.year)]);
    let name = workshop.plain(&year.name);
    let until = day(year.until);
    let meetings = Data::list(&year.meetings, |meeting| row(meeting, workshop));
    let data = Data::fields([
        ("title", Data::string(&title)),
        ("body", Data::string(&name)),
        ("until", Data::string(workshop.phrases.fill("year-until", &[("date", &until)]))),
        (
            "sums",
            Data::List(
                sums(year, workshop)
                    .into_iter()
                    .map(|(label, value)| {
                        Data::fields([
                            ("label", Data::string(workshop.phrases.get(label))),
                            ("value", Data::string(value)),
                        ])
                    })
                    .collect(),
            ),
        ),
        ("meetings", meetings),
    ]);
    let imprint = Imprint {
        title: format!("{title} – {name}"),
        subject: workshop.phrases.get("year-subject").to_owned(),
        body: name,
        date: year.until,
        identity: format!("{}/year-{}-{}", year.body, year.year, year.until),
    };
    workshop.pdf("year", data, &imprint)
}

fn day(day: chrono::NaiveDate) -> String {
    day.format("%-d %B %Y").to_string()
}

/// Gives the sums, each behind the key of its name.
fn sums(year: &Year, workshop: &Workshop) -> Vec<(&'static str, String)> {
    let fill = |key: &str, values: &[(&str, usize)]| {
        let values: Vec<(&str, String)> = values.iter().map(|(name, value)| (*name, value.to_string())).collect();
        let values: Vec<(&str, &str)> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
        workshop.phrases.fill(key, &values)
    };
    let meetings = &year.meetings;
    let count = |is: fn(&&YearMeeting) -> bool| meetings.iter().filter(is).count();
    let sum = |of: fn(&YearMeeting) -> usize| meetings.iter().map(of).sum::<usize>();
    let told: Vec<&YearMeeting> = meetings.iter().filter(|one| one.present.is_some()).collect();
    let (present, members) =
        (told.iter().filter_map(|one| one.present).sum::<usize>(), told.iter().map(|one| one.members).sum::<usize>());
    let kinds = year.withheld.iter().map(|(kind, count)| match kind.as_str() {
        "confidential" => fill("year-confidential", &[("count", *count)]),
        paragraph => {
            workshop.phrases.fill("year-paragraph", &[("paragraph", paragraph), ("count", &count.to_string())])
        }
    });
    let kinds: Vec<String> = kinds.collect();
    let withheld = if kinds.is_empty() { "0".to_owned() } else { kinds.join(", ") };
    let promises = &year.promises;
    let mut sums = vec![
        (
            "year-meetings",
            fill(
                "year-meetings-sum",
                &[("held", count(|one| one.status == "scheduled")), ("off", count(|one| one.status != "scheduled"))],
            ),
        ),
        (
            "year-notice",
            fill(
                "year-notice-sum",
                &[
                    ("in-time", count(|one| one.in_time == Some(true))),
                    ("late", count(|one| one.in_time == Some(false))),
                ],
            ),
        ),
        (
            "year-items",
            fill(
                "year-items-sum",
                &[
                    ("urgent", sum(|one| one.urgent)),
                    ("follow", sum(|one| one.to_follow)),
                    ("withdrawn", sum(|one| one.withdrawn)),
                ],
            ),
        ),
        ("year-withheld", withheld),
        ("year-reviews", fill("year-reviews-sum", &[("dated", year.reviews.dated), ("past", year.reviews.past)])),
        (
            "year-promises",
            fill(
                "year-promises-sum",
                &[
                    ("made", promises.made),
                    ("closed", promises.closed),
                    ("kept", promises.kept),
                    ("open", promises.open),
                    ("overdue", promises.overdue),
                ],
            ),
        ),
        (
            "year-attendance",
            fill(
                "year-attendance-sum",
                &[
                    ("present", present),
                    ("members", members),
                    ("percent", (100 * present + members / 2).checked_div(members).unwrap_or(0)),
                ],
            ),
        ),
        ("year-pages", sum(|one| one.pages).to_string()),
    ];
    sums.retain(|(label, _)| *label != "year-reviews" || year.reviews.dated > 0);
    sums
}

fn row(one: &YearMeeting, workshop: &Workshop) -> Data {
    let number = |number: usize| Data::string(if number == 0 { "–".to_owned() } else { number.to_string() });
    let state = match (one.status, one.issued, one.in_time) {
        ("scheduled", None, _) => "year-not-issued",
        ("scheduled", _, Some(false)) => "year-late",
        ("scheduled", ..) => "year-in-time",
        ("cancelled", ..) => "year-cancelled",
        _ => "year-postponed",
    };
    let days = one.clear_days.filter(|_| one.in_time.is_some());
    let clear = days.map_or("–".to_owned(), |days| {
        workshop.phrases.fill("year-clear", &[("days", &days.to_string()), ("needed", &one.needed.to_string())])
    });
    let present = one.present.map_or("–".to_owned(), |present| {
        workshop
            .phrases
            .fill("year-present", &[("present", &present.to_string()), ("members", &one.members.to_string())])
    });
    Data::fields([
        ("date", Data::string(day(one.date))),
        ("state", Data::string(workshop.phrases.get(state))),
        ("late", Data::Bool(state == "year-late")),
        ("clear", Data::string(clear)),
        ("issues", number(one.issues as usize)),
        ("urgent", number(one.urgent)),
        ("follow", number(one.to_follow)),
        ("withheld", number(one.withheld)),
        ("pages", number(one.pages)),
        ("present", Data::string(present)),
    ])
}
