//! Every flipped bit, missing file and extra file is found.

use std::fs;

use boardpack::archive::Archive;

use super::{assert_whole, make};

fn places(folder: &std::path::Path) -> Vec<String> {
    let archive = Archive::open(folder).unwrap();
    archive.verify().unwrap().faults.into_iter().map(|fault| fault.place).collect()
}

#[test]
fn a_flipped_bit_in_any_file_is_found() {
    let folder = tempfile::tempdir().unwrap();
    make(folder.path(), 2);
    for (path, bytes) in crate::sandbox::files(folder.path()).into_iter().filter(|(path, _)| path != ".lock") {
        // All bits of small files, and one bit here and there of larger ones.
        let step = bytes.len() / 6 + 1;
        for at in (0..bytes.len()).step_by(step) {
            let mut flipped = bytes.clone();
            flipped[at] ^= 1 << (at % 8);
            fs::write(folder.path().join(&path), flipped).unwrap();
            assert!(!places(folder.path()).is_empty(), "{path}, byte {at}");
        }
        fs::remove_file(folder.path().join(&path)).unwrap();
        assert!(!places(folder.path()).is_empty(), "{path} is missing");
        fs::write(folder.path().join(&path), bytes).unwrap();
    }
    assert_whole(&Archive::open(folder.path()).unwrap().verify().unwrap(), "mended");
}

#[test]
fn an_extra_file_in_any_folder_is_found() {
    let folder = tempfile::tempdir().unwrap();
    make(folder.path(), 2);
    for side in ["public", "whole"] {
        for entry in walkdir::WalkDir::new(folder.path().join(side)) {
            let entry = entry.unwrap();
            if entry.file_type().is_dir() {
                let extra = entry.path().join("extra");
                fs::write(&extra, "x").unwrap();
                assert!(places(folder.path()).iter().any(|place| place.ends_with("/extra")), "{}", extra.display());
                fs::remove_file(&extra).unwrap();
                fs::create_dir(&extra).unwrap();
                assert!(!places(folder.path()).is_empty(), "{}", extra.display());
                fs::remove_dir(&extra).unwrap();
            }
        }
    }
}

#[test]
fn a_root_or_meeting_that_is_missing_is_found() {
    for gone in
        ["public", "public/board.x", "public/education-scrutiny.2026-09-16", "whole/education-scrutiny.2026-09-16"]
    {
        let folder = tempfile::tempdir().unwrap();
        make(folder.path(), 1);
        let gone = if gone == "public/board.x" { "public/board..x.2026-10-01" } else { gone };
        fs::remove_dir_all(folder.path().join(gone)).unwrap();
        assert!(!places(folder.path()).is_empty(), "{gone}");
    }
}
