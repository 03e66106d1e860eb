//! Work done side by side, on threads of our own.
//!
//! Typst lays out pages on rayon's threads. Were whole compilations put there too, a thread that
//! waits for its pages could take up a further compilation on top of the first, and so on until
//! its stack is full (seen with 220 papers). So compilations get threads of their own.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread;

/// Stack of a thread, in bytes: Typst recurses as deep as texts are nested.
const STACK: usize = 32 * 1024 * 1024;

/// Does `work` on every item and gives the results in order, or nothing once any gives nothing.
pub(super) fn side_by_side<T: Sync, R: Send>(items: &[T], work: impl Fn(&T) -> Option<R> + Sync) -> Option<Vec<R>> {
    let next = AtomicUsize::new(0);
    let failed = AtomicBool::new(false);
    let results: Mutex<Vec<(usize, R)>> = Mutex::default();
    let run = || {
        while let Some((index, item)) = {
            let index = next.fetch_add(1, Ordering::Relaxed);
            items.get(index).map(|item| (index, item))
        } {
            match work(item) {
                Some(result) => results.lock().unwrap_or_else(PoisonError::into_inner).push((index, result)),
                None => failed.store(true, Ordering::Relaxed),
            }
        }
    };
    let threads = thread::available_parallelism().map_or(1, usize::from).min(items.len());
    thread::scope(|scope| {
        let started =
            (0..threads).filter(|_| thread::Builder::new().stack_size(STACK).spawn_scoped(scope, run).is_ok()).count();
        if started == 0 {
            run();
        }
    });
    if failed.into_inner() {
        return None;
    }
    let mut results = results.into_inner().unwrap_or_else(PoisonError::into_inner);
    results.sort_by_key(|(index, _)| *index);
    Some(results.into_iter().map(|(_, result)| result).collect())
}

#[cfg(test)]
mod tests {
    use super::side_by_side;

    #[test]
    fn keeps_the_order_and_reports_failure() {
        let items: Vec<u32> = (0..50).collect();
        assert_eq!(side_by_side(&items, |item| Some(item * 2)), Some(items.iter().map(|item| item * 2).collect()));
        assert_eq!(side_by_side(&items, |item| (*item != 30).then_some(())), None);
    }
}
