//! Totals and differences that stand in a column of their own, for each row.

use super::figures::{Figure, Unit, figure, is_written};
use super::readings::{Row, fits, named, sum};

/// A figure that is not what its row gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Wrong {
    pub(super) row: usize,
    pub(super) column: usize,
    pub(super) sum: i128,
}

/// What the figures of a column are, by its heading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Made {
    /// The sum of others.
    Total,
    /// The sum of a year's quarters or months.
    Year,
    /// What is left at the end of what began with another.
    Closing,
    /// The difference of two others.
    Difference,
}

/// One way in which the figures of a column may be made: of which columns, and whether each is taken away.
type Reading = Vec<(usize, bool)>;

/// What the rows of a column say to one reading: nothing, that it fits, or what it gives.
type Verdicts = Vec<Option<Result<(), i128>>>;

/// Finds the figures that are not what the columns before give, where these do for most rows.
pub(super) fn wrongs(header: &[String], rows: &[Vec<String>]) -> Vec<Wrong> {
    let mut all = Vec::new();
    for column in 2..header.len() {
        let Some(made) = made(&header[column], &header[..column]) else { continue };
        let verdicts = readings(made, header, rows, column).into_iter().map(|reading| judge(rows, column, &reading));
        let right = |verdicts: &Verdicts| verdicts.iter().filter(|one| matches!(one, Some(Ok(())))).count();
        let wrong = |verdicts: &Verdicts| verdicts.iter().filter(|one| matches!(one, Some(Err(_)))).count();
        let Some(best) = verdicts.max_by_key(|verdicts| (right(verdicts), std::cmp::Reverse(wrong(verdicts)))) else {
            continue;
        };
        let (borne_out, against) = (right(&best), wrong(&best));
        let enough = match made {
            Made::Total => borne_out > 0 && borne_out >= against,
            // One of three rows, or one of four in a longer table; zeros bear out anything.
            _ => telling(&best, rows, column) > 1 && borne_out > against && (against == 1 || borne_out >= 3 * against),
        };
        if enough {
            let found = best.into_iter().enumerate().filter_map(|(row, one)| Some((row, one?.err()?)));
            all.extend(found.map(|(row, sum)| Wrong { row, column, sum }));
        }
    }
    all
}

/// Counts the rows that bear a reading out with a figure other than zero.
fn telling(verdicts: &Verdicts, rows: &[Vec<String>], column: usize) -> usize {
    let says =
        |row: &Vec<String>| row.get(column).and_then(|cell| figure(cell)).is_some_and(|figure| figure.value != 0);
    verdicts.iter().zip(rows).filter(|(one, row)| matches!(one, Some(Ok(()))) && says(row)).count()
}

/// Tells what a column is made of, from its heading and those before.
fn made(heading: &str, before: &[String]) -> Option<Made> {
    let small = heading.to_lowercase();
    let words: Vec<&str> = small.split(|sign: char| !sign.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    if matches!(named(heading), Row::Total { net: false, .. }) {
        return Some(Made::Total);
    }
    if small.contains('%') {
        return None;
    }
    let opens = |heading: &String| heading.to_lowercase().contains("opening");
    match words[..] {
        ["closing", ..] if before.iter().any(opens) => Some(Made::Closing),
        ["year" | "annual"] | ["full", "year"] | ["year", "total"] => Some(Made::Year),
        _ if words.iter().any(|word| is_difference(word)) => Some(Made::Difference),
        _ => None,
    }
}

fn is_difference(word: &str) -> bool {
    matches!(
        word,
        "variance"
            | "difference"
            | "net"
            | "change"
            | "increase"
            | "decrease"
            | "overspend"
            | "underspend"
            | "shortfall"
            | "surplus"
            | "remaining"
    )
}

/// Gives the ways in which a column may be made.
fn readings(made: Made, header: &[String], rows: &[Vec<String>], column: usize) -> Vec<Reading> {
    let has_figures = |at: &usize| {
        let cells = rows.iter().filter_map(|row| row.get(*at));
        cells.filter(|cell| figure(cell).is_some_and(|figure| is_written(cell) && figure.unit != Unit::Percent)).count()
            > 1
    };
    let is_total = |at: usize| matches!(named(&header[at]), Row::Total { .. });
    let before: Vec<usize> = (1..column).filter(has_figures).collect();
    let plus = |columns: &[usize]| columns.iter().map(|at| (*at, false)).collect::<Reading>();
    match made {
        Made::Total | Made::Year => {
            let since = (1..column).rev().find(|at| is_total(*at)).map_or(1, |at| at + 1);
            let parts: Vec<usize> = (1..column).filter(|at| !is_total(*at)).collect();
            let totals: Vec<usize> = (1..column).filter(|at| is_total(*at)).collect();
            let all = [(since..column).collect(), parts, totals, before];
            all.iter().filter(|columns| columns.len() > 1).map(|columns| plus(columns)).collect()
        }
        Made::Closing => {
            let from = (1..column).rev().find(|at| header[*at].to_lowercase().contains("opening")).unwrap_or(1);
            let columns: Vec<usize> = before.into_iter().filter(|at| *at >= from).collect();
            let taken = |columns: &[usize], less: &dyn Fn(usize) -> bool| {
                columns.iter().map(|at| (*at, less(*at))).collect::<Reading>()
            };
            let last = columns.last().copied();
            vec![plus(&columns), taken(&columns, &|at| Some(at) == last), taken(&columns, &|at| at != from)]
        }
        Made::Difference => {
            // Of two next to each other, and of the two before.
            let pairs = before.iter().flat_map(|one| before.iter().map(move |other| (*one, *other)));
            let pairs = pairs.filter(|(one, other)| one < other);
            pairs
                .flat_map(|(one, other)| {
                    [vec![(one, false), (other, true)], vec![(one, true), (other, false)], plus(&[one, other])]
                })
                .collect()
        }
    }
}

fn judge(rows: &[Vec<String>], column: usize, reading: &Reading) -> Verdicts {
    rows.iter().map(|row| across(row, column, reading)).collect()
}

/// Adds up cells of a row; nothing where they are no figures, or fewer than two.
fn across(row: &[String], column: usize, reading: &Reading) -> Option<Result<(), i128>> {
    let total = row.get(column)?;
    let wanted = figure(total).filter(|wanted| is_written(total) && wanted.unit != Unit::Percent)?;
    let cells: Vec<(&String, bool)> =
        reading.iter().map(|(at, less)| Some((row.get(*at)?, *less))).collect::<Option<_>>()?;
    let written = cells.iter().filter(|(cell, _)| is_written(cell)).count();
    let terms: Vec<Figure> = cells
        .iter()
        .map(|(cell, less)| {
            let figure = figure(cell).filter(|figure| figure.unit != Unit::Percent)?;
            Some(Figure { value: if *less { -figure.value } else { figure.value }, ..figure })
        })
        .collect::<Option<_>>()?;
    if written < 2 {
        return None;
    }
    Some(if fits(&terms, &wanted) { Ok(()) } else { Err(sum(&terms)) })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(table: &str) -> Vec<String> {
        let (header, rows) = super::super::tests::read(table);
        wrongs(&header, &rows).into_iter().map(|wrong| rows[wrong.row][wrong.column].clone()).collect()
    }

    #[test]
    fn columns_of_totals_years_and_differences_are_added_up() {
        assert_eq!(found("Ward|2026|2027|Total\nA|100|200|310\nB|1|2|3"), ["310"]);
        assert_eq!(found("T|Q1|Q2|Half-year total|Q3|Q4|Total\nA|1|2|3|4|5|13\nB|1|1|2|1|1|4"), ["13"]);
        assert_eq!(found("M|Q1|Q2|Year\nA|10|20|31\nB|1|2|3\nC|4|5|9"), ["31"]);
        assert_eq!(found("F|Opening|Used|Closing\nA|100|(20)|90\nB|50|(5)|45\nC|9|0|9"), ["90"]);
        assert_eq!(found("F|Opening|Added|Used|Closing\nA|100|10|20|95\nB|50|5|5|50\nC|9|0|3|6"), ["95"]);
        assert_eq!(found("S|Budget|Outturn|Variance\nA|50|60|10\nB|40|30|10\nC|7|9|2"), ["10"]);
    }

    #[test]
    fn columns_that_most_rows_do_not_bear_out_are_left_alone() {
        for table in [
            "S|Budget|Outturn|Variance\nA|50|60|(10)\nB|40|30|10\nC|7|9|(2)",
            "S|Gross|Income|Net\nA|80|(28)|52\nB|60|(19)|41",
            "S|Gross|Income|Net\nA|80|28|52\nB|60|19|41",
            "M|Q1|Q2|Year\nCalls|91|93|92\nDays|8|9|8.5\nStaff|120|118|119",
            "Y|Number|Change\n2024|610|\n2025|633|23\n2026|625|-8",
            "A|Opening balance|Closing balance\nX|50|40\nY|9|8",
            "A|Trust|Share|Total\nX|yes|20|80",
        ] {
            assert_eq!(found(table), Vec::<String>::new(), "{table}");
        }
    }
}
