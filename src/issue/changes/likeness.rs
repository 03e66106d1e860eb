//! How alike two documents are, told cheaply: by a sample of their runs of three words.

use std::collections::BTreeSet;
use std::hash::{DefaultHasher, Hash, Hasher};

use super::words::{self, Word};
use crate::issue::record::Page;

/// How many runs of words the sample holds.
const SAMPLE: usize = 256;
/// Runs of words below which nothing can be told.
const FEWEST: usize = 8;

/// The smallest hashes of all runs of three words.
pub(super) struct Sketch(BTreeSet<u64>);

impl Sketch {
    fn of(words: &[Word]) -> Self {
        let mut sample = BTreeSet::new();
        for run in words.windows(3) {
            let mut hasher = DefaultHasher::new();
            run.iter().for_each(|word| word.key().hash(&mut hasher));
            sample.insert(hasher.finish());
            if sample.len() > SAMPLE {
                sample.pop_last();
            }
        }
        Self(sample)
    }

    /// Makes the sketch of a document.
    pub(super) fn of_pages(pages: &[Page]) -> Self {
        Self::of(&words::words(pages, &[]))
    }

    /// Gives about which share of all runs both have, from 0 to 1.
    pub(super) fn likeness(&self, other: &Self) -> f64 {
        let both: Vec<u64> = self.0.union(&other.0).copied().take(SAMPLE).collect();
        if both.len() < FEWEST {
            return 0.0;
        }
        let shared = both.iter().filter(|hash| self.0.contains(hash) && other.0.contains(hash)).count();
        #[expect(clippy::cast_precision_loss, reason = "at most the size of the sample")]
        let share = shared as f64 / both.len() as f64;
        share
    }
}

/// Gives about which share of the runs of words both have.
pub(super) fn of_words(old: &[Word], new: &[Word]) -> f64 {
    Sketch::of(old).likeness(&Sketch::of(new))
}
