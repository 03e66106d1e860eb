//! Keeps hostile files from costing more time and memory than a page deserves.

/// Operations that one page may take.
const PAGE: u64 = 2_000_000;
/// Operations that one file may take.
const FILE: u64 = 20_000_000;
/// Comparisons of glyphs with shapes that one page may take.
const TESTS: u64 = 100_000_000;
/// Comparisons of glyphs with shapes that one file may take.
const FILE_TESTS: u64 = 1_000_000_000;
/// Dots of pictures that one file may take to unpack: 230 sheets of A4 at 300 dots to the inch.
const DOTS: u64 = 2_000_000_000;
/// Bytes of a stream that count as one operation.
const BYTES: u64 = 64;

/// Most bytes of a stream, unpacked.
pub(crate) const LARGEST_STREAM: usize = 64 << 20;

/// What may still be spent.
#[derive(Debug)]
pub(crate) struct Budget {
    page: u64,
    file: u64,
    tests: u64,
    file_tests: u64,
    dots: u64,
}

impl Budget {
    /// Gives what a file may cost.
    pub(crate) fn new() -> Self {
        Self { page: PAGE, file: FILE, tests: TESTS, file_tests: FILE_TESTS, dots: DOTS }
    }

    /// Begins a page.
    pub(crate) fn turn_page(&mut self) {
        self.page = PAGE.min(self.file);
        self.tests = TESTS.min(self.file_tests);
    }

    /// Takes operations from what is left, and tells whether there was enough.
    pub(crate) fn spend(&mut self, operations: u64) -> bool {
        let enough = operations <= self.page;
        self.file = self.file.saturating_sub(operations);
        self.page = self.page.saturating_sub(operations);
        enough
    }

    /// Takes the price of reading so many bytes.
    pub(crate) fn spend_bytes(&mut self, bytes: usize) -> bool {
        self.spend(u64::try_from(bytes).unwrap_or(u64::MAX) / BYTES + 1)
    }

    /// Takes the price of unpacking so many dots of a picture, and tells whether there was enough.
    pub(crate) fn unpack(&mut self, dots: usize) -> bool {
        let dots = u64::try_from(dots).unwrap_or(u64::MAX);
        let enough = dots <= self.dots;
        self.dots = self.dots.saturating_sub(dots);
        enough
    }

    /// Tells whether nothing is left for unpacking pictures.
    pub(crate) fn is_out_of_dots(&self) -> bool {
        self.dots == 0
    }

    /// Takes comparisons from what is left, and tells whether there was enough.
    pub(crate) fn compare(&mut self, tests: usize) -> bool {
        let tests = u64::try_from(tests).unwrap_or(u64::MAX);
        let enough = tests <= self.tests;
        self.file_tests = self.file_tests.saturating_sub(tests);
        self.tests = self.tests.saturating_sub(tests);
        enough
    }
}

#[cfg(test)]
mod tests {
    use super::{Budget, FILE, PAGE};

    #[test]
    fn ends_with_the_page_and_with_the_file() {
        let mut budget = Budget::new();
        assert!(budget.spend(PAGE));
        assert!(!budget.spend(1));
        for _ in 0..FILE / PAGE {
            budget.turn_page();
            budget.spend(PAGE);
        }
        budget.turn_page();
        assert!(!budget.spend(1));
    }
}
