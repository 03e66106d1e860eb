//! The same sources give the same bytes, in any folder, time zone and language, on any day, with
//! any number of threads, and with the line ends of any system.

use std::collections::BTreeMap;
use std::time::{Duration, SystemTime};

use crate::sample;
use crate::sandbox::{Outcome, Sandbox};

fn assert_same(one: &BTreeMap<String, Vec<u8>>, other: &BTreeMap<String, Vec<u8>>) {
    assert_eq!(one.keys().collect::<Vec<_>>(), other.keys().collect::<Vec<_>>());
    let changed: Vec<&String> =
        one.iter().filter(|(path, bytes)| other[*path] != **bytes).map(|(path, _)| path).collect();
    assert!(changed.is_empty(), "these differ: {changed:?}");
}

#[test]
fn two_builds_in_different_surroundings_give_the_same_bytes() {
    for (zone, language, threads) in [("Pacific/Kiritimati", "ar_EG.UTF-8", "1"), ("America/New_York", "C", "4")] {
        let sandbox = Sandbox::empty();
        let inside = format!("a folder for {threads} – ä");
        sandbox.add("content", &format!("{inside}/content"));
        let long_ago = SystemTime::UNIX_EPOCH + Duration::from_hours(24 * 365);
        for path in sandbox.files(&inside).keys() {
            let file =
                std::fs::File::options().write(true).open(sandbox.path(&format!("{inside}/{path}"))).expect("a file");
            file.set_modified(long_ago).expect("the time can be set");
        }
        let mut command = sandbox.command(&["--workspace", &inside, "build", "--out", "elsewhere/out"]);
        command.env("TZ", zone).env("LANG", language).env("LC_ALL", language).env("RAYON_NUM_THREADS", threads);
        let outcome = Outcome::of(&mut command);
        assert_eq!(outcome.code, Some(0), "{}", outcome.stderr);
        assert_same(sample::outputs(), &sandbox.files(&format!("{inside}/elsewhere/out")));
    }
}

#[test]
fn one_meeting_built_alone_gives_the_same_bytes() {
    let sandbox = Sandbox::empty();
    sandbox.add("content", "content");
    sandbox.succeed(&["build", "cabinet/2026-10-06"]);
    let expected: BTreeMap<String, Vec<u8>> = sample::outputs()
        .iter()
        .filter(|(path, _)| path.starts_with("cabinet/2026-10-06/"))
        .map(|(path, bytes)| (path.clone(), bytes.clone()))
        .collect();
    assert_same(&expected, &sandbox.files("out"));
}

/// Takes the hashes of the inputs out of pack files, which tell one writing of a source from another.
fn without_inputs(outputs: BTreeMap<String, Vec<u8>>) -> BTreeMap<String, Vec<u8>> {
    let strip = |(path, bytes): (String, Vec<u8>)| {
        if !path.ends_with("pack.json") {
            return (path, bytes);
        }
        let mut file: serde_json::Value = serde_json::from_slice(&bytes).expect("JSON");
        file.as_object_mut().expect("fields").remove("inputs");
        (path, file.to_string().into_bytes())
    };
    outputs.into_iter().map(strip).collect()
}

#[test]
fn byte_order_marks_and_other_line_ends_change_nothing_in_print() {
    let plain = Sandbox::empty();
    plain.add("content", "content");
    plain.succeed(&["build", "health-scrutiny/2026-09-23"]);
    let expected = without_inputs(plain.files("out"));
    for (mark, end) in [("\u{feff}", "\n"), ("", "\r\n"), ("\u{feff}", "\r\n")] {
        let sandbox = Sandbox::empty();
        sandbox.add("content", "content");
        for path in sandbox.files("content").keys().filter(|path| path.ends_with(".yaml")) {
            let path = format!("content/{path}");
            let text = sandbox.read(&path);
            sandbox.write(&path, format!("{mark}{}", text.replace('\n', end)));
        }
        let outcome = sandbox.run(&["build", "health-scrutiny/2026-09-23"]);
        assert_eq!(outcome.code, Some(0), "{}", outcome.stderr);
        assert_same(&expected, &without_inputs(sandbox.files("out")));
    }
}

#[test]
fn what_is_taken_from_an_earlier_run_is_what_would_be_made() {
    let note = "content/bodies/health-scrutiny/2026-09-23/home-care-measures.yaml";
    let meeting = "health-scrutiny/2026-09-23";
    let sandbox = Sandbox::empty();
    sandbox.add("content", "content");
    let kept = || sandbox.files(".boardpack/papers").len();
    sandbox.succeed(&["build", meeting]);
    let (first, made) = (kept(), sandbox.files("out"));
    let shelved = |shelf| sandbox.files(".boardpack/papers").keys().filter(|name| name.starts_with(shelf)).count();
    for (shelf, least) in [("file-", 1), ("private-", 2), ("public-", 5)] {
        assert!(shelved(shelf) >= least, "{} are kept of {shelf}", shelved(shelf));
    }
    sandbox.succeed(&["build", meeting]);
    assert_eq!(kept(), first, "nothing is made twice");
    assert_same(&made, &sandbox.files("out"));
    sandbox.edit(note, "text: |\n", "text: |\n  # One word more\n\n  Words.\n\n");
    // What is damaged where it is kept is made again.
    for any in sandbox.files(".boardpack/papers").into_keys().step_by(2) {
        sandbox.write(&format!(".boardpack/papers/{any}"), "damaged");
    }
    sandbox.succeed(&["build", meeting, "--out", "warm"]);
    std::fs::remove_dir_all(sandbox.path(".boardpack")).expect("the folder can be removed");
    sandbox.succeed(&["build", meeting, "--out", "cold"]);
    assert_same(&sandbox.files("cold"), &sandbox.files("warm"));
}
