//! Totals of tables.

use super::blocks::Texts;
use crate::check::passages::of_parts;
use crate::check::reading::Reading;
use crate::finding::{Confidence, Finding, Log};
use crate::model::text::{Block, Inline, Table};

mod across;
mod figures;
mod readings;

use figures::{Figure, ONE, Unit, figure, is_written, printed};
use readings::{Row, Sum, look, named};

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
pub(in crate::check) fn wrong_total(reading: &Reading, log: &Log) {
    for blocks in Texts::of(reading).each() {
        for block in blocks {
            if let Block::Table(table) = block {
                let cells = Cells::of(table);
                let across = across::wrongs(&cells.header, &cells.rows);
                for one in &across {
                    if let Some(cell) = table.rows[one.row].get(one.column) {
                        log.add(wrong(reading, cell, &cells.rows[one.row][one.column], one.sum, "row"));
                    }
                }
                cells.columns(reading, table, &across, log);
                cells.first_row(reading, table, log);
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
        balances(&rows, &mut kinds);
        // Rows that stand out in print are totals, unless most do.
        let apart = |row: &Vec<Vec<Inline>>| row.iter().filter(|cell| !cell.is_empty()).all(|cell| is_apart(cell));
        let printed: Vec<bool> = table.rows.iter().map(apart).collect();
        if printed.iter().filter(|apart| **apart).count() * 2 < rows.len() {
            let parts = kinds.iter_mut().zip(&printed).filter(|(kind, apart)| **kind == Row::Part && **apart);
            parts.for_each(|(kind, _)| *kind = Row::Unnamed);
        }
        Self { header, rows, kinds }
    }

    /// Tells whether the figures of a column may be added up: as figures, or as shares where they make a whole.
    fn unit_of_sum(&self, column: usize, total: &str) -> Option<Unit> {
        let heading = self.header.get(column).map(|heading| heading.to_lowercase()).unwrap_or_default();
        let mut words = heading.split(|sign: char| !sign.is_alphanumeric());
        let barred = heading.contains('%') || heading == "year" || words.any(|word| NO_SUM.contains(&word));
        let unit = figure(total)?.unit;
        if barred || unit == Unit::Percent {
            return (self.whole(column, total) || self.are_shares(column, total)).then_some(Unit::Percent);
        }
        Some(unit)
    }

    /// Tells whether the parts of a column come to 100, and its total is more than any of them, as no average is.
    fn are_shares(&self, column: usize, total: &str) -> bool {
        let parts = self.rows.iter().zip(&self.kinds).filter(|(_, kind)| **kind == Row::Part);
        let parts = parts.filter_map(|(row, _)| figure(row.get(column)?)).filter(|part| part.step > 1);
        let values: Vec<i128> = parts.map(|part| part.value).collect();
        let off = (values.iter().sum::<i128>() - 100 * ONE).abs();
        let more = figure(total).is_some_and(|total| values.iter().all(|value| *value < total.value));
        values.len() > 2 && off <= ONE && more && values.iter().all(|value| *value >= 0)
    }

    /// Tells whether a total is a whole of 100 that no average of the figures above can be.
    fn whole(&self, column: usize, total: &str) -> bool {
        let hundred = figure(total).is_some_and(|figure| figure.value == 100 * ONE);
        let parts = self.rows.iter().zip(&self.kinds).filter(|(_, kind)| **kind == Row::Part);
        let mut figures = parts.filter_map(|(row, _)| figure(row.get(column)?));
        hundred && figures.all(|figure| (0..100 * ONE).contains(&figure.value))
    }

    /// Looks at every row that is a total.
    fn columns(&self, reading: &Reading, table: &Table, across: &[across::Wrong], log: &Log) {
        for (at, kind) in self.kinds.iter().enumerate() {
            let (bare, net) = match kind {
                Row::Total { bare, net } => (*bare, *net),
                Row::Unnamed => (false, true),
                _ => continue,
            };
            // The figure of something else may stand below a total, with nothing in between to be added up.
            let above = at.checked_sub(1).map(|above| self.kinds[above]);
            if net && !bare && matches!(above, Some(Row::Total { .. } | Row::Unnamed)) {
                continue;
            }
            let row = &self.rows[at];
            // A figure that its row shows to be wrong makes the total of its column wrong, too.
            let told = |column: &usize| across.iter().any(|one| one.column == *column && one.row <= at);
            let found: Vec<(usize, i128, Sum)> = (1..row.len())
                .filter(|column| !told(column))
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
                // What is left over is no average.
                let left = matches!(kind, Row::Total { net: true, .. });
                if !bare && !left && self.may_be_average(at, *column, *total) {
                    continue;
                }
                if bare && !whole || near || (right > 0 && right * 2 >= found.len()) {
                    log.add(wrong(reading, &table.rows[at][*column], &row[*column], *sum, "column"));
                }
            }
        }
    }

    /// Looks at a total that stands above its parts, where most of its columns are their sums.
    fn first_row(&self, reading: &Reading, table: &Table, log: &Log) {
        let Some(at) = self.kinds.iter().position(|kind| *kind != Row::Heading) else { return };
        let parts = &self.kinds[at + 1..];
        if !matches!(self.kinds[at], Row::Total { net: false, .. }) || parts.iter().any(|kind| *kind != Row::Part) {
            return;
        }
        let below = |column: usize| -> Option<(Vec<(Row, Figure)>, Figure)> {
            let total = self.rows[at].get(column)?;
            let unit = self.unit_of_sum(column, total).filter(|unit| is_written(total) && *unit != Unit::Percent)?;
            let cells = self.rows[at + 1..].iter().map(|row| Some((Row::Part, figure(row.get(column)?)?)));
            Some((cells.collect::<Option<_>>()?, Figure { unit, ..figure(total)? }))
        };
        let columns = (1..self.rows[at].len()).filter_map(|column| {
            let (parts, wanted) = below(column)?;
            Some((column, look(&parts, false, &wanted)?))
        });
        let found: Vec<(usize, Sum)> = columns.collect();
        let right = found.iter().filter(|(_, sum)| *sum == Sum::Right).count();
        for (column, sum) in &found {
            if let Sum::Wrong(sum) = sum
                && right * 2 > found.len()
            {
                log.add(wrong(reading, &table.rows[at][*column], &self.rows[at][*column], *sum, "column"));
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
        let unit = self.unit_of_sum(column, total).filter(|_| is_written(total))?;
        let shares = unit == Unit::Percent;
        let wanted = Figure { unit, ..figure(total)? };
        let empty = String::new();
        let cells = self.rows[..at].iter().map(|row| row.get(column).unwrap_or(&empty));
        let above: Vec<(Row, Figure)> =
            cells.zip(&self.kinds).map(|(cell, kind)| Some((*kind, figure(cell)?))).collect::<Option<_>>()?;
        let mixed = above.iter().any(|(_, part)| part.step > 1 && part.unit == Unit::Percent) && !shares;
        if mixed {
            return None;
        }
        look(&above, net, &wanted)
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

/// Marks the rows that say what is left of what an earlier one began with.
fn balances(rows: &[Vec<String>], kinds: &mut [Row]) {
    let label = |row: &Vec<String>| row.first().map(|label| label.to_lowercase()).unwrap_or_default();
    let opens =
        |label: &str| ["opening", "brought forward", "balance at 1 april"].iter().any(|words| label.contains(words));
    let closes =
        |label: &str| ["closing", "carried forward", "balance at 31 march"].iter().any(|words| label.contains(words));
    let mut open = false;
    for (row, kind) in rows.iter().zip(kinds) {
        let label = label(row);
        if open && *kind == Row::Part && closes(&label) {
            *kind = Row::Total { bare: false, net: true };
        }
        open |= opens(&label);
    }
}

/// Tells whether all of a cell is printed in italics or bold.
fn is_apart(cell: &[Inline]) -> bool {
    matches!(cell, [Inline::Emphasis(_) | Inline::Strong(_)])
}

crate::finding::rule! {
    /// The figures of the column or row do not add up to what the total says; or a variance, a closing balance or a
    /// year is not what its row gives, as it is in most rows.
    WRONG_TOTAL = "C0037", Consistency, Warning, "a total that is not the sum of its table";
}

fn wrong(reading: &Reading, cell: &[Inline], total: &str, sum: i128, what: &str) -> Finding {
    let passage = of_parts(cell);
    let place = reading.place(&passage, 0..passage.words.len());
    let sum = figure(total).map_or_else(|| sum.to_string(), |like| printed(sum, &like, total));
    let message = match what {
        "row" => format!("this is `{total}`, but the row gives {sum}"),
        _ => format!("the total is `{total}`, but the {what} adds up to {sum}"),
    };
    Finding::new(&WRONG_TOTAL, place, message)
        .confidence(Confidence::Likely)
        .help("add up again, and correct the total or the figure that is wrong")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Reads a table: a line for each row, cells parted by strokes, headings first.
    pub(super) fn read(table: &str) -> (Vec<String>, Vec<Vec<String>>) {
        let mut rows: Vec<Vec<String>> =
            table.lines().map(|line| line.split('|').map(|cell| cell.trim().to_owned()).collect()).collect();
        let header = rows.remove(0);
        (header, rows)
    }

    fn wrongs(table: &str) -> Vec<String> {
        let (header, rows) = read(table);
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
}
