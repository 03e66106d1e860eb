//! What the archive refuses, and what it says.

use std::fs;

use boardpack::archive::{Archive, ArchiveFailure};

use super::{MEETING, issue, make, removal};

fn refused(meeting: &str, change: impl FnOnce(&mut boardpack::archive::NewIssue)) -> String {
    let folder = tempfile::tempdir().unwrap();
    make(folder.path(), 2);
    let before = crate::sandbox::files(folder.path());
    let mut new = issue(0);
    change(&mut new);
    let mut writer = Archive::write(folder.path()).unwrap();
    let failure = writer.add(meeting, new).expect_err("it is refused");
    assert_eq!(before, crate::sandbox::files(folder.path()));
    format!("{failure}: {}", failure.help())
}

#[test]
fn what_cannot_be_kept_apart_or_was_there_is_refused() {
    assert!(refused("Board.x/2026-10-01", |_| {}).contains("not every disk keeps the two apart"));
    assert!(refused(MEETING, |_| {}).contains("has 2 issues in the archive, not no issue; nothing was written"));
    assert!(refused("board/2020-01-01", |_| {}).contains("was removed"));
    let put = |path: String| refused("x/y", |new| drop(new.files.insert(path, Vec::new())));
    assert!(put(format!("whole/{}", "x/".repeat(250) + "y")).contains("may have 400"));
    assert!(put("x".repeat(201)).contains("more than 200 bytes"));
    assert!(put("../x".into()).contains("full stop"));
    assert!(put("public.json".into()).contains("keeps that name"));
    assert!(put("Public/a".into()).contains("not every disk"));
    assert!(refused("x/y", |new| new.created = "2026-09-16 10:00:00Z".into()).contains("is not a time"));
}

#[test]
fn two_writers_keep_out_of_each_other_s_way() {
    let folder = tempfile::tempdir().unwrap();
    let writer = Archive::write(folder.path()).unwrap();
    let failure = Archive::write(folder.path()).err().expect("it is refused");
    assert!(failure.to_string().starts_with("another boardpack is writing"), "{failure}");
    assert!(failure.help().contains("try again"));
    assert!(matches!(writer.archive().verify(), Err(ArchiveFailure::Busy { .. })));
    drop(writer);
    Archive::write(folder.path()).expect("the lock is free");
}

#[test]
fn other_folders_and_formats_are_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("x"), "").unwrap();
    assert!(matches!(Archive::write(folder.path()), Err(ArchiveFailure::NotAnArchive { .. })));
    assert!(matches!(Archive::open(folder.path()), Err(ArchiveFailure::NotAnArchive { .. })));
    let folder = tempfile::tempdir().unwrap();
    make(folder.path(), 1);
    let whole = folder.path().join("whole");
    fs::rename(whole.join("0=ocfl_1.1"), whole.join("0=ocfl_2.0")).unwrap();
    assert!(matches!(Archive::write(folder.path()), Err(ArchiveFailure::OtherFormat { .. })));
    assert!(matches!(Archive::open(folder.path()), Err(ArchiveFailure::OtherFormat { .. })));
    fs::remove_file(whole.join("0=ocfl_2.0")).unwrap();
    assert!(!Archive::open(folder.path()).unwrap().verify().unwrap().faults.is_empty());
}

#[test]
fn nothing_is_issued_onto_damage() {
    let folder = tempfile::tempdir().unwrap();
    make(folder.path(), 1);
    fs::write(folder.path().join("whole/education-scrutiny.2026-09-16/v1/content/whole/secret-name.txt"), "x").unwrap();
    let mut writer = Archive::write(folder.path()).unwrap();
    let failure = writer.add(MEETING, issue(1)).expect_err("it is refused");
    assert!(failure.to_string().contains("was not written; issue 1 is as it was: the archive is damaged"), "{failure}");
    writer.remove(MEETING, &removal()).expect("a damaged meeting can be removed");
}
