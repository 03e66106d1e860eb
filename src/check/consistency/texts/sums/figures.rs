//! Figures of tables as they are printed.

/// A figure of a table, in millionths, so that sums are exact.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Figure {
    /// Its value.
    pub(super) value: i128,
    /// The last place that is written, in the same units.
    pub(super) step: i128,
    /// What stands around it: pounds, millions, per cent.
    pub(super) unit: Unit,
}

/// What a figure counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    /// Nothing that is said.
    Plain,
    /// Pounds, or thousands and millions.
    Money,
    /// Hundredths.
    Percent,
}

/// One, in millionths.
pub(super) const ONE: i128 = 1_000_000;

/// Reads a cell: `1,870`, `£1.92m`, `(£45,000)`, `-3`, `96%`. A dash and nothing are 0.
pub(super) fn figure(cell: &str) -> Option<Figure> {
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

/// Prints a sum as the total is printed: with as many places, and what stands around it.
pub(super) fn printed(value: i128, like: &Figure, total: &str) -> String {
    let digits = |letter: char| letter.is_ascii_digit();
    let (first, last) = (total.find(digits).unwrap_or(0), total.rfind(digits).map_or(total.len(), |at| at + 1));
    let before = total[..first].trim_start_matches(['(', '-', '–', '−', '+', ' ']);
    let behind = total[last..].trim_end_matches([')', ' ']);
    let scale = match behind.trim().to_lowercase().as_str() {
        "k" => 1_000 * ONE,
        "m" | "million" => 1_000_000 * ONE,
        _ => ONE,
    };
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
    format!("{}{before}{}{rest}{behind}", if value < 0 { "-" } else { "" }, grouped.join(","))
}

/// Tells whether a cell says a figure, not only a dash or nothing.
pub(super) fn is_written(cell: &str) -> bool {
    cell.contains(|letter: char| letter.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_are_printed_as_the_total_is() {
        let print = |value: i128, total: &str| printed(value, &figure(total).expect("a figure"), total);
        assert_eq!(print(2_000_000 * ONE, "£2.4m"), "£2.0m");
        assert_eq!(print(1_234_567 * ONE, "1,300,000"), "1,234,567");
        assert_eq!(print(-400 * ONE, "(£4,000)"), "-£400");
        assert_eq!(print(90 * ONE, "100%"), "90%");
        assert_eq!(print(450_000 * ONE, "£500k"), "£450k");
    }

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
}
