//! Cells of a Markdown table row, counted as they are written.

/// Tells what is wrong with a row that has another number of cells than the header.
pub(super) fn check_row(row: &str, columns: usize) -> Option<String> {
    let written = cells(row);
    let plural = if written == 1 { "" } else { "s" };
    (written != columns).then(|| format!("this row has {written} cell{plural}, but the header has {columns}"))
}

fn cells(row: &str) -> usize {
    let row = row.trim();
    let row = row.strip_prefix('|').unwrap_or(row);
    let mut bars = 0;
    let mut escaped = false;
    let mut ends_with_bar = false;
    for character in row.chars() {
        ends_with_bar = character == '|' && !escaped;
        bars += usize::from(ends_with_bar);
        escaped = character == '\\' && !escaped;
    }
    bars + usize::from(!ends_with_bar)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_cells_as_written() {
        for (row, count) in
            [("| a | b |", 2), ("a | b", 2), ("| a |", 1), ("| a \\| b | c |", 2), ("| a | |", 2), ("a", 1)]
        {
            assert_eq!(cells(row), count, "{row}");
        }
    }
}
