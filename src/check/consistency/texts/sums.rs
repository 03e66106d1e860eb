//! Totals of tables.

use super::blocks::Texts;
use crate::check::passages::of_parts;
use crate::check::reading::Reading;
use crate::finding::{Confidence, Finding, Log, rules};
use crate::model::text::{Block, Table};

/// A figure of a table, in millionths, so that sums are exact.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Figure {
    value: i128,
    /// The last place that is written, in the same units.
    step: i128,
    /// What stands around it: pounds, millions, per cent.
    unit: Unit,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Unit {
    Plain,
    Money,
    Percent,
}

const ONE: i128 = 1_000_000;

/// Reads a cell: `1,870`, `£1.92m`, `(£45,000)`, `-3`, `96%`. A dash and nothing are 0.
fn figure(cell: &str) -> Option<Figure> {
    let text = cell.trim();
    if matches!(text, "" | "-" | "–" | "—" | "nil" | "Nil") {
        return Some(Figure { value: 0, step: 1, unit: Unit::Plain });
    }
    let inside = text.strip_prefix('(').and_then(|rest| rest.strip_suffix(')'));
    let text = inside.unwrap_or(text);
    let (minus, text) = match text.strip_prefix(['-', '–', '−']) {
        Some(rest) => (true, rest),
        None => (inside.is_some(), text.strip_prefix('+').unwrap_or(text)),
    };
    let money = text.starts_with(['£', '€']);
    let text = text.trim_start_matches(['£', '€', '-']);
    let end = text.find(|letter: char| !(letter.is_ascii_digit() || matches!(letter, ',' | '.'))).unwrap_or(text.len());
    let (scale, percent) = match text[end..].trim().to_lowercase().as_str() {
        "" => (ONE, false),
        "%" => (ONE, true),
        "k" => (1_000 * ONE, false),
        "m" | "million" => (1_000_000 * ONE, false),
        _ => return None,
    };
    let digits = text[..end].replace(',', "");
    let (whole, part) = digits.split_once('.').unwrap_or((&digits, ""));
    if whole.is_empty() || whole.len() > 12 || part.len() > 4 || !part.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let step = scale / 10_i128.pow(u32::try_from(part.len()).ok()?);
    let parts = if part.is_empty() { 0 } else { part.parse::<i128>().ok()? * step };
    let value = whole.parse::<i128>().ok()? * scale + parts;
    let unit = if percent {
        Unit::Percent
    } else if money || scale > ONE {
        Unit::Money
    } else {
        Unit::Plain
    };
    Some(Figure { value: if minus { -value } else { value }, step, unit })
}

/// Prints a sum with as many places as the total has.
fn printed(value: i128, like: &Figure, total: &str) -> String {
    let million = like.step * 10_000 >= 1_000_000 * ONE && total.to_lowercase().contains('m');
    let scale = if million { 1_000_000 * ONE } else { ONE };
    let places = (0..=4).find(|places| like.step * 10_i128.pow(*places) >= scale).unwrap_or(0);
    let unit = scale / 10_i128.pow(places);
    let rounded = (value.abs() + unit / 2) / unit;
    let whole = (rounded / 10_i128.pow(places)).to_string();
    let grouped: Vec<&str> =
        whole.as_bytes().rchunks(3).rev().map(|group| std::str::from_utf8(group).unwrap_or("")).collect();
    let rest = if places > 0 {
        format!(".{:0width$}", rounded % 10_i128.pow(places), width = usize::try_from(places).unwrap_or(0))
    } else {
        String::new()
    };
    format!("{}{}{rest}", if value < 0 { "-" } else { "" }, grouped.join(","))
}

/// Words of a heading whose figures are no sums of others.
const NO_SUM: [&str; 18] = [
    "%",
    "per ",
    "rate",
    "average",
    "mean",
    "median",
    "score",
    "rank",
    "change",
    "ratio",
    "share",
    "year",
    "age",
    "no.",
    "percentage",
    "waiting",
    "time",
    "target",
];

/// Finds totals that are not the sums of their columns or rows.
pub(super) fn totals(reading: &Reading, log: &Log) {
    for blocks in Texts::of(reading).each() {
        for block in blocks {
            if let Block::Table(table) = block {
                let cells = Cells::of(table);
                cells.columns(reading, table, log);
                cells.rows(reading, table, log);
            }
        }
    }
}

struct Cells {
    header: Vec<String>,
    rows: Vec<Vec<String>>,
}

impl Cells {
    fn of(table: &Table) -> Self {
        let words = |cell: &Vec<crate::model::text::Inline>| of_parts(cell).words.trim().to_owned();
        let header = table.header.iter().map(words).collect();
        Self { header, rows: table.rows.iter().map(|row| row.iter().map(words).collect()).collect() }
    }

    fn sums(&self, column: usize) -> bool {
        let heading = self.header.get(column).map(|heading| heading.to_lowercase()).unwrap_or_default();
        !NO_SUM.iter().any(|word| heading.contains(word))
    }

    /// Looks at the last row where it is a total.
    fn columns(&self, reading: &Reading, table: &Table, log: &Log) {
        let Some((total, parts)) = self.rows.split_last().filter(|(_, parts)| parts.len() >= 2) else { return };
        let label = |row: &Vec<String>| row.first().map(|label| label.to_lowercase()).unwrap_or_default();
        let is_total = matches!(
            label(total).trim_end_matches(':'),
            "total" | "totals" | "all" | "sum" | "grand total" | "overall total"
        );
        if !is_total || parts.iter().any(|row| label(row).contains("total")) {
            return;
        }
        let checked = |column: &usize| {
            self.sums(*column)
                .then(|| {
                    let cells: Vec<&str> =
                        parts.iter().filter_map(|row| row.get(*column)).map(String::as_str).collect();
                    added(&cells, total.get(*column)?).map(|wrong| (*column, wrong))
                })
                .flatten()
        };
        let found: Vec<(usize, Sum)> = (1..total.len()).filter_map(|column| checked(&column)).collect();
        // `All` may stand for averages: then no column adds up.
        let right = found.iter().filter(|(_, wrong)| *wrong == Sum::Right).count();
        if label(total).starts_with("all") && right * 2 < found.len() {
            return;
        }
        for (column, sum) in found {
            if let (Sum::Wrong(sum), Some(cell)) = (sum, table.rows.last().and_then(|row| row.get(column))) {
                log.add(wrong(reading, cell, &total[column], &sum, "column"));
            }
        }
    }

    /// Looks at the last column where its heading says that it is a total.
    fn rows(&self, reading: &Reading, table: &Table, log: &Log) {
        let Some(heading) = self.header.last().map(|heading| heading.to_lowercase()) else { return };
        if !matches!(heading.as_str(), "total" | "all" | "totals") || self.header.len() < 4 {
            return;
        }
        let last = self.header.len() - 1;
        let checked = |row: &Vec<String>| {
            let cells: Vec<&str> = row.get(1..last)?.iter().map(String::as_str).collect();
            added(&cells, row.get(last)?)
        };
        let found: Vec<Option<Sum>> = self.rows.iter().map(checked).collect();
        let right = found.iter().filter(|one| matches!(one, Some(Sum::Right))).count();
        let wrongs = found.iter().filter(|one| matches!(one, Some(Sum::Wrong(_)))).count();
        if right < wrongs || right == 0 {
            return;
        }
        for (row, sum) in found.into_iter().enumerate() {
            if let (Some(Sum::Wrong(sum)), Some(cell)) = (sum, table.rows[row].get(last)) {
                log.add(wrong(reading, cell, &self.rows[row][last], &sum, "row"));
            }
        }
    }
}

fn wrong(reading: &Reading, cell: &[crate::model::text::Inline], total: &str, sum: &str, what: &str) -> Finding {
    let passage = of_parts(cell);
    let place = reading.place(&passage, 0..passage.words.len());
    Finding::new(&rules::WRONG_TOTAL, place, format!("the total is `{total}`, but the {what} adds up to {sum}"))
        .confidence(Confidence::Likely)
        .help("add up again, and correct the total or the figure that is wrong")
}

/// What adding up gives.
#[derive(Debug, PartialEq, Eq)]
enum Sum {
    /// The total.
    Right,
    /// Something else.
    Wrong(String),
}

/// Adds up; nothing where the cells are no figures, or no parts of the total.
fn added(cells: &[&str], total: &str) -> Option<Sum> {
    let wanted = figure(total).filter(|_| total.contains(|letter: char| letter.is_ascii_digit()))?;
    let figures: Vec<Figure> = cells.iter().map(|cell| figure(cell)).collect::<Option<_>>()?;
    let written: Vec<&Figure> = figures
        .iter()
        .zip(cells)
        .filter(|(_, cell)| cell.contains(|letter: char| letter.is_ascii_digit()))
        .map(|(figure, _)| figure)
        .collect();
    if written.len() < 2 || wanted.unit == Unit::Percent && wanted.value != 100 * ONE {
        return None;
    }
    if written.iter().any(|figure| (figure.unit == Unit::Percent) != (wanted.unit == Unit::Percent)) {
        return None;
    }
    let sum: i128 = figures.iter().map(|figure| figure.value).sum();
    let coarse = written.iter().map(|figure| figure.step).max().unwrap_or(1).max(wanted.step);
    let rounded = wanted.unit != Unit::Plain || coarse < ONE;
    let allowed = match wanted.unit {
        Unit::Percent => coarse.max(ONE) * i128::try_from(written.len()).unwrap_or(1) / 2,
        _ if rounded && coarse != ONE => coarse * (1 + i128::try_from(written.len()).unwrap_or(0) / 6),
        _ if rounded => ONE,
        _ => 0,
    };
    let right = (sum - wanted.value).abs() <= allowed;
    Some(if right { Sum::Right } else { Sum::Wrong(printed(sum, &wanted, total)) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_read_as_they_are_printed() {
        let value = |cell: &str| figure(cell).map(|figure| figure.value);
        assert_eq!(value("1,870"), Some(1_870 * ONE));
        assert_eq!(value("£1.92m"), Some(1_920_000 * ONE));
        assert_eq!(value("(£45,000)"), Some(-45_000 * ONE));
        assert_eq!(value("–3"), Some(-3 * ONE));
        assert_eq!(value("96%"), Some(96 * ONE));
        assert_eq!(value("–"), Some(0));
        assert_eq!(value("about 5"), None);
        assert_eq!(value("30 June"), None);
    }

    #[test]
    fn totals_that_do_not_add_up_are_found() {
        assert_eq!(added(&["88", "39", "19"], "147"), Some(Sum::Wrong("146".into())));
        assert_eq!(added(&["£1.2m", "£2.5m"], "£4.1m"), Some(Sum::Wrong("3.7".into())));
        assert_eq!(added(&["1,200", "800"], "2,100"), Some(Sum::Wrong("2,000".into())));
        assert_eq!(added(&["45%", "30%"], "100%"), Some(Sum::Wrong("75".into())));
    }

    #[test]
    fn totals_that_add_up_or_are_no_sums_are_left_alone() {
        for (cells, total) in [
            (&["88", "39", "19"][..], "146"),
            (&["£1.25m", "£2.5m"], "£3.8m"),
            (&["£120", "(£20)"], "£100"),
            (&["33%", "33%", "33%"], "100%"),
            (&["10", "–", ""], "11"),
            (&["82%", "86%"], "84%"),
            (&["5", "yes"], "6"),
            (&["5", "6"], "see below"),
        ] {
            assert!(!matches!(added(cells, total), Some(Sum::Wrong(_))), "{cells:?} {total}");
        }
    }
}
