//! What the whole root has lost is known from the public one, and no number is given twice.

use std::fs;
use std::path::Path;

use boardpack::archive::{Archive, ArchiveFailure, Side};

use super::{MEETING, assert_issue, assert_whole, issue, make, removal};

const OBJECT: &str = "whole/education-scrutiny.2026-09-16";

/// Takes the meeting away, or brings back what it was at its first issue.
fn lose(folder: &Path, kept: u32) {
    let backup = tempfile::tempdir().unwrap();
    make(backup.path(), 1);
    fs::remove_dir_all(folder.join(OBJECT)).unwrap();
    if kept > 0 {
        crate::sandbox::copy(&backup.path().join(OBJECT), &folder.join(OBJECT));
    }
}

#[test]
fn a_meeting_that_is_lost_or_older_than_the_public_one_is_not_added_to() {
    for kept in [0, 1] {
        let folder = tempfile::tempdir().unwrap();
        make(folder.path(), 2);
        let (whole, spare) = (crate::sandbox::files(folder.path()), tempfile::tempdir().unwrap());
        crate::sandbox::copy(folder.path(), spare.path());
        lose(folder.path(), kept);
        let archive = Archive::open(folder.path()).unwrap();
        let lost = archive.lost().unwrap();
        let [ArchiveFailure::Lost { whole: 0..=1, public: 2, .. }] = lost[..] else { panic!("{lost:?}") };
        let faults = archive.verify().unwrap().faults;
        let [fault] = &faults[..] else { panic!("{faults:?}") };
        assert_eq!((fault.place.as_str(), fault.remedy.as_str()), (OBJECT, "restore it from a backup"));
        assert!(!archive.is_unfinished().unwrap(), "there is nothing that a writer could finish");
        let public = crate::sandbox::files(&folder.path().join("public"));
        let mut writer = Archive::write(folder.path()).unwrap();
        let added = writer.add(MEETING, issue(kept)).expect_err("no number is given twice");
        assert!(matches!(added, ArchiveFailure::Lost { .. }), "{added}");
        let removed = writer.remove(MEETING, &removal()).expect_err("a removal would count its issues wrong");
        assert!(matches!(removed, ArchiveFailure::Lost { .. }), "{removed}");
        // Others are none the worse.
        writer.add("board/2026-11-01", issue(0)).unwrap();
        drop(writer);
        for (path, bytes) in public {
            assert_eq!(fs::read(folder.path().join("public").join(&path)).unwrap(), bytes, "{path}");
        }
        let _ = fs::remove_dir_all(folder.path().join(OBJECT));
        crate::sandbox::copy(&spare.path().join(OBJECT), &folder.path().join(OBJECT));
        assert_whole(&archive.verify().unwrap(), "restored");
        (0..2).for_each(|after| assert_issue(&archive, MEETING, after, "restored"));
        assert!(whole.keys().all(|path| folder.path().join(path).exists()));
    }
}

#[test]
fn lost_tombstones_bring_no_meeting_back() {
    let folder = tempfile::tempdir().unwrap();
    make(folder.path(), 1);
    fs::remove_dir_all(folder.path().join("whole/tombstones")).unwrap();
    let mut writer = Archive::write(folder.path()).unwrap();
    let failure = writer.add("board/2020-01-01", issue(0)).expect_err("it was removed");
    assert!(matches!(failure, ArchiveFailure::Lost { .. }), "{failure}");
}

#[test]
fn a_whole_root_that_is_lost_is_not_begun_anew() {
    let folder = tempfile::tempdir().unwrap();
    make(folder.path(), 1);
    fs::remove_dir_all(folder.path().join("whole")).unwrap();
    let archive = Archive::open(folder.path()).unwrap();
    assert!(archive.meetings(Side::Whole).unwrap().is_empty());
    assert!(archive.lost().unwrap().len() > 2);
    assert!(archive.verify().unwrap().faults.iter().any(|fault| fault.remedy.contains("backup")));
    let failure = Archive::write(folder.path()).err().expect("it is refused");
    assert!(matches!(failure, ArchiveFailure::Damaged { .. }), "{failure}");
    assert!(!folder.path().join("whole").exists());
}

#[test]
fn the_public_root_is_made_again_from_the_whole_one() {
    for gone in ["public", "public/education-scrutiny.2026-09-16"] {
        let folder = tempfile::tempdir().unwrap();
        make(folder.path(), 2);
        let before = crate::sandbox::files(folder.path());
        fs::remove_dir_all(folder.path().join(gone)).unwrap();
        let archive = Archive::open(folder.path()).unwrap();
        assert!(archive.is_unfinished().unwrap(), "{gone}");
        for fault in archive.verify().unwrap().faults {
            assert!(fault.remedy.contains("boardpack archive repair"), "{gone}: {fault:?}");
        }
        drop(Archive::write(folder.path()).unwrap());
        assert!(before == crate::sandbox::files(folder.path()), "{gone}");
    }
}

#[test]
fn no_record_is_older_than_the_one_before_it() {
    let folder = tempfile::tempdir().unwrap();
    make(folder.path(), 2);
    let mut writer = Archive::write(folder.path()).unwrap();
    let mut early = issue(2);
    early.created = "2026-09-01T09:59:59Z".into();
    let failure = writer.add(MEETING, early).expect_err("the clock was set back");
    assert!(failure.to_string().contains("is before 2026-09-02T10:00:00Z"), "{failure}");
    assert!(failure.help().starts_with("set the clock right"), "{}", failure.help());
    let mut early = removal();
    early.when = "2032-12-31T23:59:59Z".into();
    let failure = writer.remove(MEETING, &early).expect_err("other removals are later");
    assert!(failure.to_string().contains("set back") || failure.to_string().contains("is before"), "{failure}");
    drop(writer);
    assert_whole(&Archive::open(folder.path()).unwrap().verify().unwrap(), "nothing was written");
}
