use std::collections::BTreeMap;

use super::*;
use crate::finding::{Place, Sources};
use crate::model::Text;
use crate::model::notice::Nation;

fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).expect("a day")
}

fn calendar(council: &Council, own: &str) -> (Calendar, Log) {
    let log = Log::default();
    let mut files = BTreeMap::new();
    if !own.is_empty() {
        files.insert("layouts/holidays.yaml".to_owned(), own.as_bytes().to_vec());
    }
    let layouts = Layouts::with(&files, &mut Sources::default());
    (Calendar::of(council, &layouts, &log), log)
}

fn of(nation: Nation) -> Calendar {
    calendar(&Council { nation, ..Council::default() }, "").0
}

/// Gives Easter Sunday by Gauss's rule in the form of Meeus, another than that which made the list.
fn easter(year: i32) -> NaiveDate {
    let (a, b, c) = (year % 19, year % 4, year % 7);
    let d = (19 * a + 24) % 30;
    let e = (2 * b + 4 * c + 6 * d + 5) % 7;
    let late = (d == 29 && e == 6) || (d == 28 && e == 6 && (11 * 25) % 30 < 19);
    let after = 22 + d + e - if late { 7 } else { 0 };
    day(year, 3, 1) + chrono::TimeDelta::days(i64::from(after) - 1)
}

#[test]
fn both_reference_packs_have_exactly_five_clear_days() {
    let calendar = of(Nation::EnglandAndWales);
    assert_eq!(calendar.clear_days(day(2021, 9, 8), day(2021, 9, 16)), 5);
    assert_eq!(calendar.clear_days(day(2014, 4, 2), day(2014, 4, 10)), 5);
    assert_eq!(calendar.latest(day(2021, 9, 16), 5), day(2021, 9, 8));
    assert_eq!(calendar.latest(day(2014, 4, 10), 5), day(2014, 4, 2));
}

#[test]
fn easter_and_closed_days_do_not_count() {
    let calendar = of(Nation::EnglandAndWales);
    // Good Friday and Easter Monday 2026 fall between.
    assert_eq!(calendar.clear_days(day(2026, 3, 31), day(2026, 4, 9)), 4);
    assert_eq!(calendar.latest(day(2026, 4, 9), 5), day(2026, 3, 30));
    assert_eq!(calendar.why_not(day(2026, 4, 3)).as_deref(), Some("Good Friday"));
    assert_eq!(calendar.why_not(day(2026, 4, 5)).as_deref(), Some("a Sunday"));
    let reason = Some(Text { value: "Christmas closing".into(), place: Place::default() });
    let closed = ClosedDays { from: day(2026, 12, 29), to: day(2026, 12, 31), reason, place: Place::default() };
    let council = Council { closed_days: vec![closed], ..Council::default() };
    let (calendar, _) = super::tests::calendar(&council, "");
    assert_eq!(calendar.why_not(day(2026, 12, 30)).as_deref(), Some("Christmas closing"));
    // 24 December, and 4 to 6 January.
    assert_eq!(calendar.clear_days(day(2026, 12, 23), day(2027, 1, 7)), 4);
}

#[test]
fn publication_on_or_after_the_day_gives_no_clear_days() {
    let calendar = of(Nation::EnglandAndWales);
    assert_eq!(calendar.clear_days(day(2026, 9, 16), day(2026, 9, 16)), 0);
    assert_eq!(calendar.clear_days(day(2026, 9, 20), day(2026, 9, 16)), 0);
    assert_eq!(plain_days(day(2026, 9, 16), day(2026, 9, 16)), 0);
    assert_eq!(plain_days(day(2026, 9, 7), day(2026, 10, 6)), 28);
    assert_eq!(calendar.latest_plain(day(2026, 10, 6), 28), day(2026, 9, 7));
}

#[test]
fn the_latest_day_gives_the_days_and_the_day_after_does_not() {
    for nation in [Nation::EnglandAndWales, Nation::Scotland, Nation::NorthernIreland] {
        let calendar = of(nation);
        for meeting in day(2011, 1, 3).iter_days().take(365 * 15) {
            for days in [1, 3, 5] {
                let latest = calendar.latest(meeting, days);
                assert!(calendar.is_working(latest), "{meeting}: {latest}");
                assert!(calendar.clear_days(latest, meeting) >= days, "{meeting}: {latest}");
                let next = latest.iter_days().skip(1).find(|day| calendar.is_working(*day)).expect("a day");
                assert!(calendar.clear_days(next, meeting) < days, "{meeting}: {next}");
            }
        }
    }
}

#[test]
fn the_list_holds_easter_and_one_off_days() {
    let nations = [Nation::EnglandAndWales, Nation::Scotland, Nation::NorthernIreland].map(of);
    for year in 2010..=2030 {
        let sunday = easter(year);
        for (calendar, monday) in nations.iter().zip([true, false, true]) {
            assert_eq!(calendar.holidays[&(sunday - Days::new(2))], "Good Friday", "{year}");
            assert_eq!(calendar.holidays.contains_key(&(sunday + Days::new(1))), monday, "{year}");
        }
    }
    let england = &nations[0];
    let one_off = [(2011, 4, 29), (2012, 6, 4), (2012, 6, 5), (2020, 5, 8), (2022, 6, 2), (2022, 6, 3), (2022, 9, 19)];
    for (year, month, of_month) in one_off.into_iter().chain([(2023, 5, 8), (2021, 12, 27), (2021, 12, 28)]) {
        assert!(!england.is_working(day(year, month, of_month)), "{year}-{month}-{of_month}");
    }
    for (year, month, of_month) in [(2012, 5, 28), (2020, 5, 4), (2022, 5, 30)] {
        assert!(england.is_working(day(year, month, of_month)), "{year}-{month}-{of_month}");
    }
    for (year, count) in [(2011, 9), (2012, 9), (2022, 10), (2023, 9), (2024, 8), (2026, 8)] {
        assert_eq!(england.holidays.keys().filter(|day| day.year() == year).count(), count, "{year}");
    }
    assert_eq!(
        nations.each_ref().map(|nation| (nation.years.first().copied(), nation.years.last().copied())),
        [(Some(2010), Some(2030)); 3]
    );
    assert!(
        nations.iter().flat_map(|calendar| calendar.holidays.keys()).all(|day| day.weekday().number_from_monday() < 6)
    );
}

#[test]
fn a_workspace_puts_years_in_the_place_of_built_in_ones() {
    let own = "england-and-wales:\n  2026-07-07: Founder's Day\n  2031-01-01: New Year's Day\n";
    let (calendar, log) = calendar(&Council::default(), own);
    assert_eq!(log.count(), 0);
    assert!(!calendar.is_working(day(2026, 7, 7)));
    assert!(calendar.is_working(day(2026, 5, 4)));
    assert!(!calendar.is_working(day(2027, 5, 3)));
    assert_eq!(calendar.unknown_year(day(2031, 12, 30), day(2032, 1, 4)), Some(2032));
    assert_eq!(calendar.unknown_year(day(2026, 9, 8), day(2026, 9, 16)), None);
    for (wrong, words) in [
        ("england:\n  2026-07-07: Day\n", "there are no holidays of `england`"),
        ("scotland:\n  2026-02-30: Day\n", "`2026-02-30` is not a day of the calendar"),
        ("scotland: [1]\n", "the holidays cannot be read from line 1 on"),
    ] {
        let (_, log) = super::tests::calendar(&Council::default(), wrong);
        assert!(log.sorted()[0].message.starts_with(words), "{}", log.sorted()[0].message);
    }
}
