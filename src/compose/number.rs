//! Numbers as they are printed on pages and items, in their order: 10, 10A, 10B, 11.

use std::fmt;

/// A printed number: a whole one, and letters behind it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub(crate) struct Number {
    /// The whole number.
    pub(crate) whole: u32,
    letters: String,
}

impl Number {
    /// Reads a number; what does not begin with digits counts as 0 with that behind it.
    pub(crate) fn of(printed: &str) -> Self {
        let digits = printed.len() - printed.trim_start_matches(|letter: char| letter.is_ascii_digit()).len();
        Self { whole: printed[..digits].parse().unwrap_or(0), letters: printed[digits..].to_owned() }
    }

    /// Gives a number without letters.
    pub(crate) fn whole(whole: u32) -> Self {
        Self { whole, letters: String::new() }
    }

    /// Gives the number that is put in behind this one: 10 gives 10A, 10Z gives 10AA.
    #[must_use]
    pub(crate) fn with_next_letter(&self) -> Self {
        let mut letters: Vec<u8> = self.letters.bytes().filter(u8::is_ascii_uppercase).collect();
        let mut at = letters.len();
        loop {
            if at == 0 {
                letters.insert(0, b'A');
                break;
            }
            at -= 1;
            if letters[at] < b'Z' {
                letters[at] += 1;
                break;
            }
            letters[at] = b'A';
        }
        Self { whole: self.whole, letters: letters.into_iter().map(char::from).collect() }
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        // A letter without a number would be taken for an appendix.
        write!(f, "{}{}", self.whole, self.letters)
    }
}

impl Ord for Number {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        let key = |number: &Self| (number.whole, number.letters.len(), number.letters.clone());
        key(self).cmp(&key(other))
    }
}

impl PartialOrd for Number {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

/// Puts numbers in order into runs from a first to a last: 35, 36 and 40 are 35 to 36, and 40.
pub(crate) fn runs(numbers: &[String]) -> Vec<(String, String)> {
    let mut runs: Vec<(Number, Number)> = Vec::new();
    for number in numbers.iter().map(|number| Number::of(number)) {
        match runs.last_mut() {
            Some((_, last)) if follows(last, &number) => *last = number,
            _ => runs.push((number.clone(), number)),
        }
    }
    runs.into_iter().map(|(first, last)| (first.to_string(), last.to_string())).collect()
}

/// Tells whether nothing can lie between two numbers but pages put in later.
fn follows(last: &Number, next: &Number) -> bool {
    *next == last.with_next_letter() || (next.letters.is_empty() && next.whole == last.whole + 1)
}

/// Gives the positions at which the printed numbers of pages do not run on: where numbers are left out, a
/// page that bears a number between the two stands elsewhere, or the order goes back.
pub(crate) fn breaks(printed: &[String]) -> Vec<usize> {
    let numbers: Vec<Number> = printed.iter().map(|number| Number::of(number)).collect();
    let mut sorted: Vec<&Number> = numbers.iter().collect();
    sorted.sort();
    let place = |number: &Number| sorted.partition_point(|other| *other < number);
    let pairs = numbers.windows(2).enumerate();
    let runs_on = |pair: &[Number]| follows(&pair[0], &pair[1]) && place(&pair[1]) == place(&pair[0]) + 1;
    pairs.filter(|(_, pair)| !runs_on(pair)).map(|(index, _)| index + 1).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_put_in_come_between() {
        assert_eq!(Number::of("10").with_next_letter().to_string(), "10A");
        assert_eq!(Number::of("10Z").with_next_letter().to_string(), "10AA");
        assert_eq!(Number::of("10AZ").with_next_letter().to_string(), "10BA");
        let mut numbers = ["11", "10B", "10AA", "10", "9"].map(Number::of);
        numbers.sort();
        assert_eq!(numbers.map(|number| number.to_string()), ["9", "10", "10B", "10AA", "11"]);
    }

    #[test]
    fn numbers_in_a_row_are_a_run() {
        let words = |all: &[&str]| all.iter().map(|one| (*one).to_owned()).collect::<Vec<_>>();
        let run = |first: &str, last: &str| (first.to_owned(), last.to_owned());
        assert_eq!(
            runs(&words(&["7", "8", "8A", "8B", "9", "12", "20", "21"])),
            [run("7", "9"), run("12", "12"), run("20", "21")]
        );
        assert_eq!(breaks(&words(&["1", "2", "61", "62", "3", "4", "9", "10"])), [2, 4, 6]);
    }
}
