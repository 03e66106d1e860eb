//! Totals of tables.

use super::blocks::Texts;
use crate::check::passages::of_parts;
use crate::check::reading::Reading;
use crate::finding::{Confidence, Finding, Log, rules};
use crate::model::text::{Block, Inline, Table};

mod figures;
mod readings;

use figures::{Figure, ONE, Unit, figure, is_written, printed};
use readings::{Row, Sum, fits, look, named, sum};

/// Words of a column's heading whose figures are no sums of others.
const NO_SUM: [&str; 20] = [
    "rate",
    "rates",
    "average",
    "mean",
    "median",
    "score",
    "scores",
    "rank",
    "change",
    "ratio",
    "share",
    "age",
    "no",
    "per",
    "percentage",
    "waiting",
    "time",
    "times",
    "target",
    "cumulative",
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
    /// What each row is, from its label and its print.
    kinds: Vec<Row>,
}

impl Cells {
    fn of(table: &Table) -> Self {
        let words = |cell: &Vec<Inline>| of_parts(cell).words.trim().to_owned();
        let header = table.header.iter().map(words).collect();
        let rows: Vec<Vec<String>> = table.rows.iter().map(|row| row.iter().map(words).collect()).collect();
        let mut kinds: Vec<Row> = rows.iter().map(|row| kind(row)).collect();
        // Rows that stand out in print are totals, unless most do.
        let apart = |row: &Vec<Vec<Inline>>| row.iter().filter(|cell| !cell.is_empty()).all(|cell| is_apart(cell));
        let printed: Vec<bool> = table.rows.iter().map(apart).collect();
        if printed.iter().filter(|apart| **apart).count() * 2 < rows.len() {
            let parts = kinds.iter_mut().zip(&printed).filter(|(kind, apart)| **kind == Row::Part && **apart);
            parts.for_each(|(kind, _)| *kind = Row::Unnamed);
        }
        Self { header, rows, kinds }
    }

    /// Tells whether the figures of a column may be added up; shares may where they are said to make a whole.
    fn sums(&self, column: usize, total: &str) -> bool {
        let heading = self.header.get(column).map(|heading| heading.to_lowercase()).unwrap_or_default();
        let mut words = heading.split(|sign: char| !sign.is_alphanumeric());
        let barred = heading.contains('%') || heading == "year" || words.any(|word| NO_SUM.contains(&word));
        !barred || self.whole(column, total)
    }

    /// Tells whether a total is a whole of 100 that no average of the figures above can be.
    fn whole(&self, column: usize, total: &str) -> bool {
        let hundred = figure(total).is_some_and(|figure| figure.value == 100 * ONE);
        let parts = self.rows.iter().zip(&self.kinds).filter(|(_, kind)| **kind == Row::Part);
        let mut figures = parts.filter_map(|(row, _)| figure(row.get(column)?));
        hundred && figures.all(|figure| (0..100 * ONE).contains(&figure.value))
    }

    /// Looks at every row that is a total.
    fn columns(&self, reading: &Reading, table: &Table, log: &Log) {
        for (at, kind) in self.kinds.iter().enumerate() {
            let (bare, net) = match kind {
                Row::Total { bare, net } => (*bare, *net),
                Row::Unnamed => (false, true),
                _ => continue,
            };
            let row = &self.rows[at];
            let found: Vec<(usize, i128, Sum)> = (1..row.len())
                .filter_map(|column| {
                    let total = figure(&row[column])?;
                    Some((column, total.value, self.column(at, column, net)?))
                })
                .collect();
            // Other labels than `Total` may stand for averages or for something else: then no column comes near.
            let right = found.iter().filter(|(_, _, sum)| *sum == Sum::Right).count();
            for (column, total, found_sum) in &found {
                let Sum::Wrong(sum) = found_sum else { continue };
                let near = (sum - total).abs() * 5 <= total.abs();
                let whole = self.whole(*column, &row[*column]);
                if !bare && self.may_be_average(at, *column, *total) {
                    continue;
                }
                if bare && !whole || near || (right > 0 && right * 2 >= found.len()) {
                    log.add(wrong(reading, &table.rows[at][*column], &row[*column], *sum, "column"));
                }
            }
        }
    }

    /// Tells whether a figure lies between those above it, as an average does and a sum of several does not.
    fn may_be_average(&self, at: usize, column: usize, total: i128) -> bool {
        let parts = self.rows[..at].iter().filter_map(|row| figure(row.get(column)?)).map(|part| part.value);
        let all: Vec<i128> = parts.collect();
        all.len() > 1 && all.iter().min() <= Some(&total) && all.iter().max() >= Some(&total)
    }

    /// Looks at one figure of a total; nothing where it is no sum.
    fn column(&self, at: usize, column: usize, net: bool) -> Option<Sum> {
        let total = self.rows[at].get(column)?;
        let wanted = figure(total).filter(|_| is_written(total) && self.sums(column, total))?;
        let empty = String::new();
        let cells = self.rows[..at].iter().map(|row| row.get(column).unwrap_or(&empty));
        let above: Vec<(Row, Figure)> =
            cells.zip(&self.kinds).map(|(cell, kind)| Some((*kind, figure(cell)?))).collect::<Option<_>>()?;
        let mixed = above.iter().any(|(_, part)| part.step > 1 && other_unit(part, &wanted));
        if mixed || wanted.unit == Unit::Percent && !self.whole(column, total) {
            return None;
        }
        look(&above, net, &wanted)
    }

    /// Looks at the columns whose headings say that they are totals of those before.
    fn rows(&self, reading: &Reading, table: &Table, log: &Log) {
        let mut from = 1;
        for (column, heading) in self.header.iter().enumerate().skip(1) {
            if !matches!(named(heading), Row::Total { .. }) {
                continue;
            }
            let found: Vec<Option<Sum>> = self.rows.iter().map(|row| across(row, from, column)).collect();
            from = column + 1;
            let right = found.iter().filter(|one| matches!(one, Some(Sum::Right))).count();
            let wrongs = found.iter().filter(|one| matches!(one, Some(Sum::Wrong(_)))).count();
            if right < wrongs || right == 0 {
                continue;
            }
            for (row, sum) in found.into_iter().enumerate() {
                if let (Some(Sum::Wrong(sum)), Some(cell)) = (sum, table.rows[row].get(column)) {
                    log.add(wrong(reading, cell, &self.rows[row][column], sum, "row"));
                }
            }
        }
    }
}

/// Tells what a row is: its label is the first cell that says anything.
fn kind(row: &[String]) -> Row {
    let label = row.iter().find(|cell| !cell.is_empty()).map_or("", String::as_str);
    if row.len() > 1 && !row[1..].iter().any(|cell| is_written(cell) || matches!(cell.as_str(), "-" | "–" | "—")) {
        return Row::Heading;
    }
    if is_written(label) && figure(label).is_some() { Row::Part } else { named(label) }
}

/// Tells whether all of a cell is printed in italics or bold.
fn is_apart(cell: &[Inline]) -> bool {
    matches!(cell, [Inline::Emphasis(_) | Inline::Strong(_)])
}

fn other_unit(part: &Figure, wanted: &Figure) -> bool {
    (part.unit == Unit::Percent) != (wanted.unit == Unit::Percent)
}

/// Adds up the cells of a row before a total; nothing where they are no figures, or no parts of it.
fn across(row: &[String], from: usize, column: usize) -> Option<Sum> {
    let (cells, total) = (row.get(from..column)?, row.get(column)?);
    let wanted = figure(total).filter(|wanted| is_written(total) && wanted.unit != Unit::Percent)?;
    let figures: Vec<Figure> = cells.iter().map(|cell| figure(cell)).collect::<Option<_>>()?;
    let written = figures.iter().zip(cells).filter(|(_, cell)| is_written(cell));
    if written.clone().count() < 2 || written.clone().any(|(part, _)| other_unit(part, &wanted)) {
        return None;
    }
    Some(if fits(&figures, &wanted) { Sum::Right } else { Sum::Wrong(sum(&figures)) })
}

fn wrong(reading: &Reading, cell: &[Inline], total: &str, sum: i128, what: &str) -> Finding {
    let passage = of_parts(cell);
    let place = reading.place(&passage, 0..passage.words.len());
    let sum = figure(total).map_or_else(|| sum.to_string(), |like| printed(sum, &like, total));
    Finding::new(&rules::WRONG_TOTAL, place, format!("the total is `{total}`, but the {what} adds up to {sum}"))
        .confidence(Confidence::Likely)
        .help("add up again, and correct the total or the figure that is wrong")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Looks at a table: a line for each row, cells parted by strokes, headings first.
    fn wrongs(table: &str) -> Vec<String> {
        let mut rows: Vec<Vec<String>> =
            table.lines().map(|line| line.split('|').map(|cell| cell.trim().to_owned()).collect()).collect();
        let header = rows.remove(0);
        let kinds = rows.iter().map(|row| kind(row)).collect();
        let cells = Cells { header, rows, kinds };
        let mut found = Vec::new();
        for (at, _) in cells.kinds.iter().enumerate().filter(|(_, kind)| matches!(kind, Row::Total { .. })) {
            for column in 1..cells.rows[at].len() {
                if let Some(Sum::Wrong(sum)) = cells.column(at, column, false) {
                    found.push(format!("{} {}", cells.rows[at][column], sum / ONE));
                }
            }
        }
        found
    }

    #[test]
    fn totals_that_do_not_add_up_are_found() {
        assert_eq!(wrongs("Ward|Homes\nA|88\nB|39\nC|19\nTotal|147"), ["147 146"]);
        assert_eq!(wrongs("Ward|Cost\nA|£1.2m\nB|£2.5m\nAll wards|£4.1m"), ["£4.1m 3700000"]);
        assert_eq!(wrongs("Reply|%\nYes|61%\nNo|30%\nUnsure|19%\nTotal|100%"), ["100% 110"]);
        assert_eq!(wrongs("Ward|Year to date\nA|1,200\nB|800\nTotal|2,100"), ["2,100 2000"]);
    }

    #[test]
    fn totals_that_add_up_or_are_no_sums_are_left_alone() {
        for table in [
            "Ward|Cost\nA|£1.25m\nB|£2.5m\nTotal|£3.8m",
            "Ward|Share\nA|33%\nB|33%\nC|33%\nTotal|100%",
            "Ward|Within time (%)\nA|100\nB|100\nTotal|100",
            "Ward|%\nA|82%\nB|86%\nTotal|84%",
            "Ward|Homes\nA|5\nB|yes\nTotal|6",
            "Ward|Homes\nA|5\nB|6\nTotal|see below",
            "Year|Number|Year\nA|10|2024\nB|–|2025\nTotal|10|2025",
        ] {
            assert_eq!(wrongs(table), Vec::<String>::new(), "{table}");
        }
    }

    #[test]
    fn rows_are_added_up_across() {
        let row = |cells: &[&str]| cells.iter().map(|cell| (*cell).to_owned()).collect::<Vec<_>>();
        assert_eq!(across(&row(&["A", "100", "200", "310"]), 1, 3), Some(Sum::Wrong(300 * ONE)));
        assert_eq!(across(&row(&["A", "100", "(20)", "80"]), 1, 3), Some(Sum::Right));
        assert_eq!(across(&row(&["A", "Trust", "20", "80"]), 1, 3), None);
    }
}
