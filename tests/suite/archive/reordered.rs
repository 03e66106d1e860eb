//! A power cut on a disk that writes names in whatever order it likes: every state that the flushes allow.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use boardpack::archive::Archive;

use super::kills::{Verb, issues};
use super::memory::Memory;
use super::{MEETING, assert_issue, assert_whole, issue};

/// Up to how many uncertain calls all that can be left of them is tried; of more, so many sets by chance.
const ALL: usize = 5;
const BY_CHANCE: usize = 10;

/// Numbers by chance, the same at each run (xorshift).
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    /// Gives sets of so many calls: all there are, or none, all, and some.
    fn sets(&mut self, count: usize) -> Vec<Vec<bool>> {
        if count <= ALL {
            return (0..1u32 << count).map(|set| (0..count).map(|at| set >> at & 1 == 1).collect()).collect();
        }
        let mut sets = vec![vec![false; count], vec![true; count]];
        for _ in 0..BY_CHANCE {
            // Sets with many calls and with few.
            let of_eight = self.next() % 7 + 1;
            sets.push((0..count).map(|_| self.next() % 8 < of_eight).collect());
        }
        sets
    }
}

/// Recovers what a power cut has left, and looks whether all is there that must be.
fn recovers(left: Memory, verb: Verb, is_done: bool, what: &str) {
    let (old, new) = (verb.before(), verb.after());
    let left = Arc::new(left);
    let mut writer = Archive::write_in(left.clone()).unwrap_or_else(|failure| panic!("{what}: {failure}"));
    let archive = writer.archive().clone();
    let after = issues(&archive);
    assert!(after == new || (after == old && !is_done), "{what}: {after} issues");
    (0..after).for_each(|number| assert_issue(&archive, MEETING, number, what));
    if after == old {
        verb.run(&mut writer).unwrap_or_else(|failure| panic!("{what}, again: {failure}"));
    }
    drop(writer);
    (0..new).for_each(|number| assert_issue(&archive, MEETING, number, what));
    assert_whole(&archive.verify().unwrap(), what);
    assert!(!archive.is_unfinished().unwrap(), "{what}");
}

fn replay(verb: Verb, exchanges: bool, locks: &Path) -> usize {
    let before = Memory::new(locks, exchanges);
    let disk = Arc::new(before);
    if verb != Verb::First {
        let mut writer = Archive::write_in(disk.clone()).unwrap();
        (0..verb.before()).for_each(|after| assert_eq!(writer.add(MEETING, issue(after)).unwrap(), after + 1));
    }
    let disk = Arc::new(disk.settled(locks));
    let mut writer = Archive::write_in(disk.clone()).unwrap();
    verb.run(&mut writer).unwrap();
    drop(writer);
    let mut chance = Chance(0x2026_0916);
    let mut seen = BTreeSet::new();
    for at in 0..=disk.calls() {
        let is_done = at == disk.calls();
        for left in disk.after_a_cut(at, locks, &mut |count| chance.sets(count)) {
            if seen.insert((is_done, left.files())) {
                recovers(left, verb, is_done, &format!("{verb:?}, exchange {exchanges}, cut before call {at}"));
            }
        }
    }
    seen.len()
}

#[test]
fn a_power_cut_on_a_disk_that_reorders_leaves_earlier_issues_whole() {
    let locks = tempfile::tempdir().unwrap();
    // A first issue exchanges nothing.
    for (verb, exchanges) in
        [(Verb::First, true), (Verb::Second, true), (Verb::Second, false), (Verb::Remove, true), (Verb::Remove, false)]
    {
        let states = replay(verb, exchanges, locks.path());
        eprintln!("{verb:?}, exchange {exchanges}: {states} states");
        assert!(states > 50, "{verb:?}, exchange {exchanges}: only {states} states");
    }
}
