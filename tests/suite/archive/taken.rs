//! Files taken back from issues: gone from every version of the public root, or with erasure of both, all or nothing.

use std::path::Path;
use std::sync::Arc;

use boardpack::archive::{Archive, ArchiveFailure, Hole, Side, TakingBack, note};
use sha2::{Digest, Sha512};

use super::faulty::{Fails, Faulty};
use super::{MEETING, assert_whole, issue, make, user};

/// What no public byte may hold afterwards: words of the files, and of what is said of the issue.
const GONE: [&str; 2] = ["public pack 0", "Issue 1\""];

/// Takes back from the first issue its pack, a file that later issues have too, and what is said of it; and puts
/// something else in the place of a file of the second.
fn order(erase: bool) -> TakingBack {
    let hole = |number: u32, path: &str, instead: Option<&str>| {
        let files = issue(number - 1).files;
        let digest = files
            .get(path)
            .map_or_else(String::new, |bytes| Sha512::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect());
        let hole = Hole { meeting: MEETING.into(), issue: number, path: path.into(), sha512: digest, instead: None };
        (hole, instead.map(|words| words.as_bytes().to_vec()))
    };
    TakingBack {
        when: "2033-09-20T10:00:00Z".into(),
        who: user("secret-clerk"),
        public_who: user("council"),
        holes: vec![
            hole(1, "public/pack.pdf", None),
            hole(1, "public/papers/same.txt", None),
            hole(1, note(), None),
            hole(2, "public/pack.pdf", Some("in its place")),
        ],
        erase,
        public: b"{\"what\": \"something\"}\n".to_vec(),
        private: serde_json::json!({ "secret": "reason" }),
    }
}

/// Tells whether a root holds something of the meeting, in any byte of any file.
fn holds(folder: &Path, side: &str, words: &str) -> bool {
    let files = crate::sandbox::files(&folder.join(side).join("education-scrutiny.2026-09-16"));
    files.values().any(|bytes| String::from_utf8_lossy(bytes).contains(words))
}

/// Asserts that the public root is as before, or has lost everything.
fn all_or_nothing(folder: &Path, archive: &Archive, what: &str) -> bool {
    let done = !archive.withheld().expect("the records can be read").is_empty();
    for words in GONE.into_iter().chain(["public pack 1"]) {
        assert_eq!(holds(folder, "public", words), !done, "{what}: {words}");
    }
    // A process that another test starts may hold the lock for a moment.
    let verified = loop {
        match archive.verify() {
            Err(ArchiveFailure::Busy { .. }) => std::thread::yield_now(),
            verified => break verified.expect("it can be verified"),
        }
    };
    assert_whole(&verified, what);
    done
}

#[test]
fn files_go_from_every_version_of_the_public_root_alone() {
    let folder = tempfile::tempdir().unwrap();
    make(folder.path(), 3);
    let whole = crate::sandbox::files(&folder.path().join("whole"));
    let mut writer = Archive::write(folder.path()).unwrap();
    assert_eq!(writer.take_back(&order(false)).unwrap(), 1);
    let archive = writer.archive().clone();
    drop(writer);
    assert!(all_or_nothing(folder.path(), &archive, "done"));
    let paths = |side, number| {
        let files = archive.files(side, MEETING, number).unwrap();
        files.into_iter().map(|file| file.path).collect::<Vec<_>>()
    };
    assert_eq!(paths(Side::Public, 1), Vec::<String>::new());
    assert_eq!(paths(Side::Public, 2), ["pack.pdf", "papers/same.txt"]);
    assert_eq!(archive.read(Side::Public, MEETING, 2, "pack.pdf").unwrap(), b"in its place");
    assert_eq!(archive.read(Side::Public, MEETING, 2, "papers/same.txt").unwrap(), b"the same in every issue");
    assert_eq!(archive.read_public(MEETING, 2).unwrap()["pack.pdf"], b"in its place");
    assert_eq!(archive.meeting(Side::Public, MEETING).unwrap().unwrap().issues[0].message, "withheld");
    // The whole root has all that it had, and the record beside it.
    let after = crate::sandbox::files(&folder.path().join("whole"));
    assert!(whole.iter().all(|(path, bytes)| path.starts_with("tombstones/") || after[path] == *bytes));
    // Later issues are added, removed meetings stay so, and nothing comes back.
    let mut writer = Archive::write(folder.path()).unwrap();
    writer.add(MEETING, issue(3)).unwrap();
    assert!(writer.add("board/2020-01-01", issue(0)).is_err());
    drop(writer);
    assert!(all_or_nothing(folder.path(), &archive, "after another issue"));
    assert_eq!(archive.tombstones(Side::Public).unwrap().len(), 2);
    assert_eq!(
        archive.verify().unwrap().withheld.iter().map(|gap| (gap.issue, gap.files)).collect::<Vec<_>>(),
        [(1, 3), (2, 1)]
    );
}

#[test]
fn erased_files_go_from_both_roots() {
    let folder = tempfile::tempdir().unwrap();
    make(folder.path(), 2);
    let mut writer = Archive::write(folder.path()).unwrap();
    writer.take_back(&order(false)).unwrap();
    assert_eq!(writer.take_back(&order(true)).unwrap(), 2);
    let archive = writer.archive().clone();
    assert_eq!(writer.add(MEETING, issue(2)).unwrap(), 3);
    drop(writer);
    assert!(all_or_nothing(folder.path(), &archive, "erased"));
    for words in ["public pack 0", "public pack 1", "\"Issue 1\""] {
        assert!(!holds(folder.path(), "whole", words), "{words}");
    }
    assert_eq!(archive.read(Side::Whole, MEETING, 2, "whole/pack.pdf").unwrap(), b"secret pack 1");
}

#[test]
fn what_stands_where_it_was_taken_back_is_the_worst_fault() {
    let folder = tempfile::tempdir().unwrap();
    make(folder.path(), 2);
    let public = folder.path().join("public").join("education-scrutiny.2026-09-16");
    let aside = folder.path().join("aside");
    crate::sandbox::copy(&public, &aside);
    Archive::write(folder.path()).unwrap().take_back(&order(false)).unwrap();
    // Somebody copies the old folder back.
    std::fs::remove_dir_all(&public).unwrap();
    std::fs::rename(&aside, &public).unwrap();
    let archive = Archive::open(folder.path()).unwrap();
    let faults = archive.verify().unwrap().faults;
    assert!(faults.iter().any(|fault| fault.wrong.contains("STILL HOLDS WHAT WAS TAKEN BACK")), "{faults:?}");
    drop(Archive::write(folder.path()).unwrap());
    assert!(all_or_nothing(folder.path(), &archive, "taken away again"));
    // A file that is only lost is lost.
    std::fs::remove_file(public.join("v2/content/papers/same.txt")).unwrap();
    let faults = archive.verify().unwrap().faults;
    assert!(faults.iter().any(|fault| fault.wrong == "is missing") && faults.len() == 2, "{faults:?}");
}

/// Takes back with the n-th call failing, and tells whether there was one.
fn cut(folder: &Path, at: usize, erase: bool, fails: Fails, exchanges: bool) -> bool {
    let what = format!("erase {erase}, cut at {at}, {fails:?}, {exchanges}");
    let mut writer = Archive::write_in(Arc::new(Faulty::healthy(folder))).unwrap();
    for after in 0..2 {
        writer.add(MEETING, issue(after)).unwrap();
    }
    drop(writer);
    let (store, opened) = loop {
        let store = Arc::new(Faulty::new(folder, at, fails, exchanges));
        let opened = Archive::write_in(store.clone());
        if !matches!(opened, Err(ArchiveFailure::Busy { .. })) {
            break (store, opened);
        }
    };
    let done = opened.and_then(|mut writer| writer.take_back(&order(erase)));
    // A process that another test starts may hold the lock for a moment.
    let again = || loop {
        match Archive::write_in(Arc::new(Faulty::healthy(folder))) {
            Err(ArchiveFailure::Busy { .. }) => std::thread::yield_now(),
            writer => break writer.unwrap_or_else(|why| panic!("{what}: {why}")),
        }
    };
    let mut writer = again();
    let archive = writer.archive().clone();
    let records = archive.withheld().unwrap().len();
    assert!(done.is_err() || records == 1, "{what}: said to be done");
    if records == 0 {
        drop(writer);
        assert!(!all_or_nothing(folder, &archive, &what));
        writer = again();
        writer.take_back(&order(erase)).unwrap_or_else(|why| panic!("{what}, again: {why}"));
    }
    drop(writer);
    assert!(all_or_nothing(folder, &archive, &what));
    assert_eq!(holds(folder, "whole", "public pack 0"), !erase, "{what}");
    assert!(std::fs::read_dir(folder.join(".writing")).unwrap().next().is_none(), "{what}: leftovers");
    store.struck()
}

#[test]
fn a_kill_or_a_full_disk_leaves_all_of_it_or_nothing() {
    let scenes = [(Fails::Killed, true, true), (Fails::Killed, false, true), (Fails::Full, true, false)];
    for (fails, exchanges, erase) in scenes {
        let mut at = 0;
        while cut(tempfile::tempdir().unwrap().path(), at, erase, fails, exchanges) {
            at += 1;
        }
        assert!(at > 40, "{at} calls");
    }
}
