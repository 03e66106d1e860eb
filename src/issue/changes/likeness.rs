//! How alike two documents are, told cheaply: by a sample of their runs of words.

use std::collections::BTreeSet;
use std::hash::{DefaultHasher, Hash, Hasher};

use super::words::{self, Word};
use crate::record::Page;

/// How many runs of words the sample holds.
const SAMPLE: usize = 256;
/// Runs of words below which nothing can be told.
const FEWEST: usize = 8;

/// Words in a run by which a document under another name is found.
const SHORT_RUN: usize = 3;
/// Words in a run by which it is told whether comparing word by word is worth while: papers of few words,
/// such as tables of figures, have all of their short runs in common.
const LONG_RUN: usize = 24;

/// The smallest hashes of all runs of words.
pub(super) struct Sketch(BTreeSet<u64>);

impl Sketch {
    fn of(words: &[Word], run: usize) -> Self {
        let hashes: Vec<u64> = words.iter().map(|word| hash(&word.key())).collect();
        let mut sample = BTreeSet::new();
        for run in hashes.windows(run) {
            sample.insert(hash(run));
            if sample.len() > SAMPLE {
                sample.pop_last();
            }
        }
        Self(sample)
    }

    /// Makes the sketch of a document.
    pub(super) fn of_pages(pages: &[Page]) -> Self {
        Self::of(&words::words(pages, &[]), SHORT_RUN)
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

fn hash<T: Hash + ?Sized>(value: &T) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

/// Gives about which share of their long runs of words both have.
pub(super) fn of_words(old: &[Word], new: &[Word]) -> f64 {
    Sketch::of(old, LONG_RUN).likeness(&Sketch::of(new, LONG_RUN))
}
