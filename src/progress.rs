//! How long work tells what it is at, and asks what it may take, without knowing who listens.

/// Told what is being worked on.
pub trait Progress: Sync {
    /// Says what is worked on now, such as `scrutiny/2026-09-16: public pack`.
    fn step(&self, what: &str);

    /// Says that the work is done.
    fn finish(&self) {}

    /// Says which paper most of the memory of what follows goes to.
    fn largest(&self, _paper: &str) {}

    /// Gives how many bytes of memory the work may take besides those that it holds; none where nobody can tell.
    fn memory_left(&self) -> Option<u64> {
        None
    }
}

/// Tells nobody.
#[derive(Debug, Clone, Copy, Default)]
pub struct Quiet;

impl Progress for Quiet {
    fn step(&self, _what: &str) {}
}
