//! How long work tells what it is at, without knowing who listens.

/// Told what is being worked on.
pub trait Progress: Sync {
    /// Says what is worked on now, such as `scrutiny/2026-09-16: public pack`.
    fn step(&self, what: &str);
}

/// Tells nobody.
#[derive(Debug, Clone, Copy, Default)]
pub struct Quiet;

impl Progress for Quiet {
    fn step(&self, _what: &str) {}
}
