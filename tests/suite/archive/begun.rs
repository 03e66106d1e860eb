//! An archive that a killed first run has left in whatever state.

use std::fs;
use std::path::Path;

use boardpack::archive::{Archive, ArchiveFailure, Finished};

use super::{MEETING, assert_issue, assert_whole, issue};

/// Makes a state that a first run may leave behind.
type Make = fn(&Path);

fn states() -> Vec<(&'static str, Make)> {
    fn lock(folder: &Path) {
        fs::write(folder.join(".lock"), "").unwrap();
    }
    fn writing(folder: &Path) {
        fs::create_dir(folder.join(".writing")).unwrap();
    }
    fn half_a_root(folder: &Path) {
        lock(folder);
        fs::create_dir_all(folder.join(".writing/whole")).unwrap();
        fs::write(folder.join(".writing/whole/0=ocfl_1.1"), "ocfl").unwrap();
    }
    fn only(folder: &Path, gone: &str) {
        drop(Archive::write(folder).unwrap());
        fs::remove_dir_all(folder.join(gone)).unwrap();
    }
    vec![
        ("empty", |_| ()),
        ("only `.lock`", lock),
        ("only `.writing`", writing),
        ("half a root", half_a_root),
        ("only `whole`", |folder| only(folder, "public")),
        ("only `public`", |folder| only(folder, "whole")),
        ("both roots", |folder| drop(Archive::write(folder).unwrap())),
    ]
}

#[test]
fn what_a_killed_first_run_left_is_read_as_nothing_and_finished_by_the_next() {
    for (what, make) in states() {
        let folder = tempfile::tempdir().unwrap();
        make(folder.path());
        let before = crate::sandbox::files(folder.path());
        let archive = Archive::open(folder.path()).unwrap_or_else(|failure| panic!("{what}: {failure}"));
        assert!(archive.meetings(boardpack::archive::Side::Whole).unwrap().is_empty(), "{what}");
        assert!(archive.meeting(boardpack::archive::Side::Whole, MEETING).unwrap().is_none(), "{what}");
        assert_eq!(archive.is_unfinished().unwrap(), !["empty", "both roots"].contains(&what), "{what}");
        assert!(archive.lost().unwrap().is_empty(), "{what}");
        for fault in archive.verify().unwrap().faults {
            assert!(fault.remedy.contains("boardpack archive repair"), "{what}: {fault:?}");
        }
        assert_eq!(before, crate::sandbox::files(folder.path()), "{what}: reading writes nothing");
        let mut writer = Archive::write(folder.path()).unwrap_or_else(|failure| panic!("{what}: {failure}"));
        let begun = if what == "both roots" { &[][..] } else { &[Finished::Begun][..] };
        assert_eq!(writer.finished(), begun, "{what}");
        writer.add(MEETING, issue(0)).unwrap_or_else(|failure| panic!("{what}: {failure}"));
        drop(writer);
        assert_issue(&archive, MEETING, 0, what);
        assert_whole(&archive.verify().unwrap(), what);
        assert!(!archive.is_unfinished().unwrap(), "{what}");
    }
}

#[test]
fn somebody_elses_folder_is_still_refused() {
    for others in ["notes.txt", ".writing.txt", "whole.zip"] {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join(".lock"), "").unwrap();
        fs::write(folder.path().join(others), "").unwrap();
        assert!(matches!(Archive::write(folder.path()), Err(ArchiveFailure::NotAnArchive { .. })), "{others}");
        assert!(matches!(Archive::open(folder.path()), Err(ArchiveFailure::NotAnArchive { .. })), "{others}");
        assert!(!folder.path().join("whole").exists(), "{others}");
    }
}
