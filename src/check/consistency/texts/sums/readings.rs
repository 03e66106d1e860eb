//! What a total of a column may be the sum of.

use super::figures::{Figure, ONE, Unit};

/// What a row of a table is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Row {
    /// One of the parts.
    Part,
    /// `of which`: counted already in another row.
    Within,
    /// A heading between rows.
    Heading,
    /// A total that its label calls so.
    Total {
        /// Whether the label says nothing else: `Total`, `Sub-total (£000)`.
        bare: bool,
        /// Whether it may be a difference: `Net deficit`.
        net: bool,
    },
    /// A total by its print or its figures alone.
    Unnamed,
}

impl Row {
    fn is_total(self) -> bool {
        matches!(self, Self::Total { .. } | Self::Unnamed)
    }
}

/// Words that make a difference of a total.
const NET: [&str; 10] =
    ["net", "surplus", "deficit", "difference", "balance", "gap", "variance", "remaining", "shortfall", "change"];
/// Words of labels whose figures are no sums of the rows above.
const NO_TOTAL: [&str; 12] = [
    "average",
    "mean",
    "median",
    "including",
    "excluding",
    "rate",
    "per",
    "both",
    "population",
    "less",
    "excl",
    "incl",
];

/// Tells what a row is from its label, before figures are looked at.
pub(super) fn named(label: &str) -> Row {
    let outside = label.split('(').next().unwrap_or_default();
    let outside = if outside.trim().is_empty() { label } else { outside };
    let small = outside.to_lowercase().replace("sub-total", "subtotal").replace("sub total", "subtotal");
    let words: Vec<&str> = small.split(|sign: char| !sign.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    if matches!(
        words[..],
        ["of", "which" | "this" | "these", ..] | ["including" | "includes" | "memo" | "memorandum", ..]
    ) {
        return Row::Within;
    }
    let sum = |word: &&str| {
        matches!(*word, "total" | "totals" | "subtotal" | "subtotals" | "all" | "net" | "overall" | "sum")
    };
    let ends = words.first().is_some_and(sum)
        || words.last().is_some_and(|word| sum(word) && !matches!(*word, "all" | "sum" | "net"));
    let every = label.to_lowercase();
    let barred = every.split(|sign: char| !sign.is_alphanumeric()).any(|word| NO_TOTAL.contains(&word));
    if !ends || barred || words.starts_with(&["all", "other"]) {
        return Row::Part;
    }
    let bare = words.iter().all(|word| sum(word) && !matches!(*word, "all" | "net") || *word == "grand");
    Row::Total { bare, net: words.iter().any(|word| NET.contains(word)) }
}

/// What looking at one total gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sum {
    /// A reading fits.
    Right,
    /// None does; this one is the nearest.
    Wrong(i128),
}

/// One way to add up: what is added, each with its sign.
type Terms = Vec<Figure>;

fn minus(figure: &Figure) -> Figure {
    Figure { value: -figure.value, ..*figure }
}

/// Tells whether figures come to a total, up to rounding.
pub(super) fn fits(terms: &[Figure], wanted: &Figure) -> bool {
    let written = terms.iter().filter(|figure| figure.step > 1);
    let coarse = written.clone().map(|figure| figure.step).max().unwrap_or(1).max(wanted.step);
    let count = i128::try_from(written.count()).unwrap_or(1);
    let rounded = wanted.unit != Unit::Plain || coarse < ONE;
    let allowed = match wanted.unit {
        Unit::Percent => coarse.max(ONE) * count / 2,
        _ if rounded && coarse != ONE => coarse * (1 + count / 6),
        _ if rounded => ONE,
        _ => 0,
    };
    (sum(terms) - wanted.value).abs() <= allowed
}

/// Adds up.
pub(super) fn sum(terms: &[Figure]) -> i128 {
    terms.iter().map(|figure| figure.value).sum()
}

/// Looks at the total of a column that stands in the last of its rows.
pub(super) fn look(above: &[(Row, Figure)], net: bool, wanted: &Figure) -> Option<Sum> {
    let natural = natural(above);
    if natural.iter().all(|terms| terms.iter().filter(|figure| figure.step > 1).count() < 2) {
        return None;
    }
    let fit = |all: &[Terms]| all.iter().any(|terms| !terms.is_empty() && fits(terms, wanted));
    if fit(&natural) || fit(&of_totals(above, net)) {
        return Some(Sum::Right);
    }
    let marked = marked(above);
    if marked != above && (fit(&self::natural(&marked)) || fit(&of_totals(&marked, net))) {
        return Some(Sum::Right);
    }
    // Of a total that may be a difference, what its totals give is nearer than all of the rows.
    let totals = of_totals(&marked, net)
        .into_iter()
        .filter(|_| net && marked.iter().filter(|(row, _)| row.is_total()).count() > 1);
    let two = |terms: &Terms| terms.iter().filter(|figure| figure.step > 1).count() >= 2;
    let nearest = natural
        .into_iter()
        .chain(totals)
        .filter(two)
        .map(|terms| sum(&terms))
        .min_by_key(|sum| (sum - wanted.value).abs())?;
    Some(Sum::Wrong(nearest))
}

/// Marks the rows that are totals by their figures alone: the sum of two or more before.
fn marked(above: &[(Row, Figure)]) -> Vec<(Row, Figure)> {
    let mut all: Vec<(Row, Figure)> = Vec::new();
    let (mut since, mut count) = (0, 0);
    for (row, figure) in above {
        let mut row = *row;
        if row == Row::Part && count >= 2 && figure.value == since && since != 0 {
            row = Row::Unnamed;
        }
        if row == Row::Part {
            since += figure.value;
            count += 1;
        } else if row != Row::Within {
            (since, count) = (0, 0);
        }
        all.push((row, *figure));
    }
    all
}

/// Gives the sums of rows: since each total or heading, with and without what is counted already.
fn natural(above: &[(Row, Figure)]) -> Vec<Terms> {
    let edge = |(at, (row, _)): (usize, &(Row, Figure))| (row.is_total() || *row == Row::Heading).then_some(at + 1);
    let starts = std::iter::once(0).chain(above.iter().enumerate().filter_map(edge));
    let mut all = Vec::new();
    for start in starts {
        for counted in [&[Row::Part][..], &[Row::Part, Row::Within], &[Row::Part, Row::Unnamed]] {
            let terms = above[start..].iter().filter(|(row, _)| counted.contains(row));
            all.push(terms.map(|(_, figure)| *figure).collect());
        }
        // A running total: the one before, and what has come since.
        if let Some((row, figure)) = start.checked_sub(1).map(|before| above[before])
            && row.is_total()
        {
            let since = above[start..].iter().filter(|(row, _)| *row == Row::Part).map(|(_, figure)| *figure);
            all.push(std::iter::once(figure).chain(since).collect());
        }
    }
    all
}

/// Gives the sums of totals, and the differences where the total may be one, with and without the rows since the last.
fn of_totals(above: &[(Row, Figure)], net: bool) -> Vec<Terms> {
    let totals: Vec<Figure> =
        above.iter().rev().filter(|(row, _)| row.is_total()).map(|(_, figure)| *figure).take(5).collect();
    let last = above.iter().rposition(|(row, _)| row.is_total() || *row == Row::Heading).map_or(0, |at| at + 1);
    let since: Terms = above[last..].iter().filter(|(row, _)| *row == Row::Part).map(|(_, figure)| *figure).collect();
    let mut all: Vec<Terms> = vec![Vec::new()];
    for total in &totals {
        let mut more: Vec<Terms> = Vec::new();
        for terms in &all {
            let with = |figure: Figure| terms.iter().copied().chain([figure]).collect::<Terms>();
            more.push(with(*total));
            if net {
                more.push(with(minus(total)));
            }
        }
        all.extend(more);
    }
    let mut joined: Vec<Terms> =
        all.iter().map(|terms| terms.iter().chain(&since).copied().collect::<Terms>()).collect();
    if net {
        joined.extend(all.iter().map(|terms| terms.iter().copied().chain(since.iter().map(minus)).collect::<Terms>()));
        joined.extend(signed(&since));
        // Spending, less what comes in.
        if let Some((first, others)) = since.split_first() {
            joined.push(std::iter::once(*first).chain(others.iter().map(minus)).collect());
            joined.push(std::iter::once(minus(first)).chain(others.iter().copied()).collect());
        }
    }
    all.extend(joined);
    all
}

/// Gives the sums of few rows in which some are taken away, though no figure says so: `Less: used | 2,200`.
fn signed(rows: &[Figure]) -> Vec<Terms> {
    const MOST: usize = 6;
    let shown = rows.iter().any(|figure| figure.value < 0);
    let Some((first, others)) = rows.split_first().filter(|_| rows.len() <= MOST && !shown) else { return Vec::new() };
    let choices = 0..1_u32 << others.len();
    let taken = |choice: u32, at: usize| choice >> at & 1 == 1;
    let terms = |choice| {
        let others = others.iter().enumerate();
        let others = others.map(|(at, other)| if taken(choice, at) { minus(other) } else { *other });
        std::iter::once(*first).chain(others).collect()
    };
    choices.map(terms).collect()
}

#[cfg(test)]
mod tests {
    use super::super::figures::figure;
    use super::*;

    /// Looks at the last of the rows, each a label and a figure.
    fn last(rows: &[(&str, &str)]) -> Option<Sum> {
        let all: Vec<(Row, Figure)> =
            rows.iter().map(|(label, cell)| (named(label), figure(cell).expect("a figure"))).collect();
        let ((row, wanted), above) = all.split_last().expect("rows");
        look(above, matches!(row, Row::Total { net: true, .. }), wanted)
    }

    #[test]
    fn totals_are_known_by_their_labels() {
        let bare = Row::Total { bare: true, net: false };
        for label in ["Total", "Total (£000)", "Sub-total", "Subtotal:", "Grand total", "TOTAL", "Overall total"] {
            assert_eq!(named(label), bare, "{label}");
        }
        for label in ["Total cost", "All schemes", "All", "Total equities", "Programme total"] {
            assert_eq!(named(label), Row::Total { bare: false, net: false }, "{label}");
        }
        for label in ["Net cost of services", "Net deficit", "Total net change"] {
            assert_eq!(named(label), Row::Total { bare: false, net: true }, "{label}");
        }
        for label in
            ["Total / average", "Overall rate", "Total in borough, including clubs", "All other services", "Allotments"]
        {
            assert_eq!(named(label), Row::Part, "{label}");
        }
        assert_eq!(named("of which grant"), Row::Within);
    }

    #[test]
    fn any_reading_that_fits_is_accepted() {
        for rows in [
            &[("One", "100"), ("Two", "150"), ("Sub-total", "250"), ("Three", "300"), ("Total", "550")][..],
            &[("A", "1"), ("B", "2"), ("Sub-total", "3"), ("C", "4"), ("D", "5"), ("Sub-total", "9"), ("Total", "12")],
            &[("Staff", "500"), ("Rent", "100"), ("Total cost", "600"), ("Income", "(450)"), ("Net deficit", "150")],
            &[("Pay", "5"), ("Rent", "6"), ("Cost of services", "11"), ("Interest", "2"), ("Total", "13")],
            &[("Spending", "500"), ("Income", "450"), ("Net cost", "50")],
            &[
                ("Fees", "60"),
                ("Grant", "20"),
                ("Total income", "80"),
                ("Pay", "50"),
                ("Rent", "20"),
                ("Total spending", "70"),
                ("Net", "10"),
            ],
            &[("Council", "212"), ("of which clubs", "45"), ("Lottery", "60"), ("Total", "272")],
        ] {
            assert_eq!(last(rows), Some(Sum::Right), "{rows:?}");
        }
    }

    #[test]
    fn totals_that_no_reading_gives_are_wrong() {
        let wrong = |value: i128| Some(Sum::Wrong(value * ONE));
        assert_eq!(last(&[("One", "100"), ("Two", "150"), ("Sub-total", "260")]), wrong(250));
        assert_eq!(last(&[("One", "100"), ("Two", "150"), ("Total (£000)", "240")]), wrong(250));
        assert_eq!(last(&[("In", "1.2m"), ("Out", "0.8m"), ("Total", "2.3m")]), wrong(2_000_000));
        assert_eq!(
            last(&[("A", "10"), ("B", "20"), ("Total income", "30"), ("C", "4"), ("D", "5"), ("Total payments", "8")]),
            wrong(9)
        );
        assert_eq!(last(&[("Total income", "61")]), None);
    }
}
