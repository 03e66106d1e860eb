//! The process killed, or the disk full, at every call that changes something.

use std::path::Path;
use std::sync::Arc;

use boardpack::archive::{Archive, ArchiveFailure, Side, Writer};

use super::faulty::{Fails, Faulty};
use super::{MEETING, assert_issue, assert_whole, issue, removal};

/// What is cut off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verb {
    First,
    Second,
    Remove,
}

impl Verb {
    /// Gives how many issues there are before.
    pub fn before(self) -> u32 {
        match self {
            Self::First => 0,
            Self::Second => 1,
            Self::Remove => 2,
        }
    }

    /// Gives how many issues there are afterwards.
    pub fn after(self) -> u32 {
        if self == Self::Remove { 0 } else { self.before() + 1 }
    }

    pub fn run(self, writer: &mut Writer) -> Result<(), ArchiveFailure> {
        match self {
            Self::First | Self::Second => writer.add(MEETING, issue(self.before())).map(|_| ()),
            Self::Remove => writer.remove(MEETING, &removal()),
        }
    }
}

pub fn issues(archive: &Archive) -> u32 {
    let meeting = archive.meeting(Side::Whole, MEETING).expect("the archive can be listed");
    meeting.map_or(0, |meeting| u32::try_from(meeting.issues.len()).unwrap())
}

/// Does it with the n-th call failing, and tells whether there was one.
fn cut(folder: &Path, verb: Verb, at: usize, fails: Fails, exchanges: bool) -> bool {
    let what = format!("{verb:?} cut at {at}, {fails:?}, {exchanges}");
    if verb != Verb::First {
        let mut writer = Archive::write_in(Arc::new(Faulty::healthy(folder))).unwrap();
        for after in 0..verb.before() {
            writer.add(MEETING, issue(after)).unwrap();
        }
    }
    let store = Arc::new(Faulty::new(folder, at, fails, exchanges));
    let mut opened = Archive::write_in(store.clone());
    let done = opened.as_mut().map_or(Ok(false), |writer| verb.run(writer).map(|()| true));
    if let Err(failure) = &done {
        assert!(!failure.help().is_empty(), "{what}");
    }
    if fails == Fails::Full
        && store.struck()
        && let Ok(writer) = &mut opened
    {
        // The process lives on, and the same writer must be able to go on.
        if done.is_err() && !matches!(done, Err(ArchiveFailure::Unfinished { .. })) {
            let again = verb.run(writer);
            let gone = matches!(again, Err(ArchiveFailure::NoMeeting { .. } | ArchiveFailure::Taken { .. }));
            assert!(again.is_ok() || gone, "{what}: {}", again.unwrap_err());
        }
    }
    drop(opened);
    let struck = store.struck();
    let mut writer = writer_of(folder, &what);
    let archive = writer.archive().clone();
    let after = issues(&archive);
    for number in 0..after {
        assert_issue(&archive, MEETING, number, &what);
    }
    drop(writer);
    assert_whole(&archive.verify().unwrap(), &what);
    assert!(std::fs::read_dir(folder.join(".writing")).unwrap().next().is_none(), "{what}: leftovers");
    let (old, new) = (verb.before(), verb.after());
    assert!(after == old || after == new, "{what}: {after} issues");
    if matches!(done, Ok(true)) {
        assert_eq!(after, new, "{what}: said to be done");
    }
    if after == old {
        writer = writer_of(folder, &what);
        verb.run(&mut writer).unwrap_or_else(|failure| panic!("{what}, again: {failure}"));
        drop(writer);
        assert_eq!(issues(&archive), new, "{what}, again");
        assert_whole(&archive.verify().unwrap(), &what);
    }
    struck
}

/// Opens an archive for writing. A process that another test starts holds what is open here until it runs, a lock too.
fn writer_of(folder: &Path, what: &str) -> Writer {
    for _ in 0..250 {
        match Archive::write_in(Arc::new(Faulty::healthy(folder))) {
            Err(ArchiveFailure::Busy { .. }) => std::thread::sleep(std::time::Duration::from_millis(20)),
            opened => return opened.unwrap_or_else(|failure| panic!("{what}: {failure}")),
        }
    }
    panic!("{what}: the archive stays locked")
}

fn cut_everywhere(fails: Fails, exchanges: bool) {
    for verb in [Verb::First, Verb::Second, Verb::Remove] {
        let mut at = 0;
        loop {
            let folder = tempfile::tempdir().unwrap();
            if !cut(folder.path(), verb, at, fails, exchanges) {
                break;
            }
            at += 1;
        }
        assert!(at > 15, "{verb:?} has only {at} calls");
    }
}

#[test]
fn a_kill_leaves_an_issue_there_wholly_or_not_at_all() {
    cut_everywhere(Fails::Killed, true);
}

#[test]
fn so_it_does_where_folders_cannot_be_exchanged() {
    cut_everywhere(Fails::Killed, false);
}

#[test]
fn a_full_disk_leaves_the_archive_whole_and_the_writer_able() {
    cut_everywhere(Fails::Full, true);
}

#[test]
fn a_disk_that_turns_read_only_leaves_the_archive_whole() {
    cut_everywhere(Fails::ReadOnly, true);
}
