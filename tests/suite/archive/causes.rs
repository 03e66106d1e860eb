//! What the archive says names the cause that it can see.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use boardpack::archive::{Archive, ArchiveFailure, Fault};

use super::faulty::{Fails, Faulty};
use super::{MEETING, issue, make};

/// Has reading below a folder fail in a way, and gives what is found wrong.
fn found(folder: &Path, below: &str, number: i32) -> Vec<Fault> {
    // A process that another test starts holds what is open here until it runs, a lock too.
    for _ in 0..100 {
        let store = Faulty::healthy(folder).unreadable(below, number);
        match Archive::open_in(Arc::new(store)).unwrap().verify() {
            Err(ArchiveFailure::Busy { .. }) => std::thread::sleep(std::time::Duration::from_millis(20)),
            verification => return verification.unwrap().faults,
        }
    }
    panic!("the archive stays locked")
}

#[test]
#[cfg(unix)]
fn what_cannot_be_read_is_not_told_to_be_lost() {
    let folder = tempfile::tempdir().unwrap();
    make(folder.path(), 2);
    let public = "public/education-scrutiny.2026-09-16";
    for below in ["whole", "whole/education-scrutiny.2026-09-16", public, &format!("{public}/v1/content/pack.pdf")] {
        for (number, wrong, remedy) in [
            (13, "cannot be read: you are not allowed to; it belongs to `", "work as its owner"),
            (24, "cannot be read: this program has as many files open as it may", "let programs open more files"),
            (5, "cannot be read: the disk reports a fault", "copy what is there to another disk"),
        ] {
            let faults = found(folder.path(), below, number);
            assert!(!faults.is_empty(), "{below}, {number}");
            for fault in &faults {
                let both = [wrong, remedy].map(|words| fault.wrong.contains(words) || fault.remedy.contains(words));
                assert_eq!(both, [true, true], "{below}, {number}: {fault:?}");
                assert!(!fault.remedy.contains("backup"), "{below}, {number}: {fault:?}");
            }
        }
    }
}

#[test]
fn a_failure_to_write_tells_what_would_help() {
    for (fails, cause, remedy) in [
        (Fails::Full, "the disk is full", "make room on the disk"),
        (Fails::ReadOnly, "the disk is read-only", "have the disk made writable"),
    ] {
        for at in [0, 4, 9, 30] {
            let folder = tempfile::tempdir().unwrap();
            let store = Arc::new(Faulty::new(folder.path(), at, fails, true));
            let failure = match Archive::write_in(store) {
                Ok(mut writer) => writer.add(MEETING, issue(0)).expect_err("it fails"),
                Err(failure) => failure,
            };
            assert!(failure.to_string().contains(cause), "{failure}");
            assert!(failure.help().contains(remedy), "{failure}: {}", failure.help());
        }
    }
}

/// A pipe would keep whoever opens it waiting.
#[test]
#[cfg(unix)]
fn pipes_and_links_are_faults_and_are_not_opened() {
    let kinds: [fn(&Path); 2] = [
        |at| {
            let made = std::process::Command::new("mkfifo").arg(at).status();
            // Where there are no pipes, a link to a device that never ends does as well.
            if !made.is_ok_and(|status| status.success()) {
                crate::sandbox::link(Path::new("/dev/zero"), at);
            }
        },
        |at| crate::sandbox::link(Path::new("/dev/zero"), at),
    ];
    for kind in kinds {
        let folder = tempfile::tempdir().unwrap();
        make(folder.path(), 1);
        for path in crate::sandbox::files(folder.path()).into_keys() {
            let (place, spare) = (folder.path().join(&path), tempfile::tempdir().unwrap());
            let aside = spare.path().join("aside");
            fs::rename(&place, &aside).unwrap();
            kind(&place);
            let archive = Archive::open(folder.path()).unwrap();
            let faults = archive.verify().unwrap().faults;
            let told = |fault: &Fault| fault.place == path && fault.wrong.starts_with("is a link, a pipe or a device");
            assert!(path == ".lock" || faults.iter().any(told), "{path}: {faults:#?}");
            assert!(faults.iter().filter(|fault| fault.place == path).count() <= 1, "{path}: {faults:#?}");
            if path == ".lock" {
                let failure = Archive::write(folder.path()).err().expect("it is refused");
                assert!(failure.to_string().ends_with(", not a file"), "{failure}");
            }
            fs::remove_file(&place).unwrap();
            fs::rename(&aside, &place).unwrap();
        }
    }
}

#[test]
fn a_folder_that_is_a_file_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().join("archive");
    fs::write(&place, "").unwrap();
    for failure in [Archive::open(&place).err(), Archive::write(&place).err()] {
        let failure = failure.expect("it is refused");
        assert!(matches!(failure, ArchiveFailure::Disk { .. }), "{failure}");
        assert!(failure.to_string().contains("not a directory"), "{failure}");
    }
}
