//! What was published is taken back, and no byte of it is public any more, whatever is done next.
//!
//! A paper with marks in its title, its text and the name of its file is issued twice, and once at another meeting. Then
//! every public byte is searched for the marks, and for the hashes of all that is gone: packs can be made again byte
//! for byte, so that a hash lets anybody test a guess.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;
use sha2::{Digest, Sha256, Sha512};

use crate::leaks::readable;
use crate::pdf::Pdf;
use crate::sandbox::{Outcome, Sandbox, noon};

const FIRST: &str = "board/2026-09-16";
const SECOND: &str = "board/2026-10-07";
const PACK: &str = "2026-09-16-board-agenda-pack.pdf";

pub struct Council {
    pub sandbox: Sandbox,
}

impl Council {
    pub fn new() -> Self {
        Self::issuing(&[])
    }

    /// Makes a council whose board has issued the paper twice, and again at its next meeting.
    fn issuing(more: &[&str]) -> Self {
        let sandbox = Sandbox::base();
        if !more.is_empty() {
            sandbox.succeed(&["archive", "key", "key.pem"]);
        }
        let folder = |meeting: &str| format!("content/bodies/{meeting}");
        sandbox.write(
            &format!("{}/zqx-case.yaml", folder(FIRST)),
            "kind: paper\ntitle: A review of Zqx Marlow\nlabel: zqx-review\ntext: |\n  # Zqx Marlow's school\n\n  Words about Zqx Marlow.\n",
        );
        sandbox.write(
            &format!("{}/agenda.yaml", folder(FIRST)),
            "kind: agenda\nmeeting: 2026-09-16 10:30\npublic:\n  - title: Access to dentists\n    papers: [note.yaml]\n  \
             - title: Reviews\n    papers: [zqx-case.yaml]\n  - title: Plans\n    papers: [plans.yaml]\n",
        );
        sandbox.write(
            &format!("{}/plans.yaml", folder(FIRST)),
            "kind: paper\ntitle: Plans\nwithheld:\n  paragraphs: [3]\n  public_interest: Prices are still agreed.\ntext: |\n  # Prices\n\n  Words.\n",
        );
        sandbox.write(
            &format!("{}/agenda.yaml", folder(SECOND)),
            "kind: agenda\nmeeting: 2026-10-07 10:30\npublic:\n  - title: Reviews again\n    \
             papers: [../2026-09-16/zqx-case.yaml]\n  - title: Letters\n    papers: [letter.yaml]\n",
        );
        sandbox.write(
            &format!("{}/letter.yaml", folder(SECOND)),
            "kind: paper\ntitle: A letter\ntext: |\n  # Letter\n\n  It is from Zqy Underhill.\n",
        );
        sandbox.edit(&format!("{}/note.yaml", folder(FIRST)), "new patients.", "new patients; see [](#zqx-review).");
        let council = Self { sandbox };
        council.does("2026-09-07", &[&["issue", FIRST], more].concat());
        council.sandbox.edit("content/bodies/board/2026-09-16/note.yaml", "To tell", "To say to");
        council.does("2026-09-08", &[&["issue", FIRST, "--reason", "a better word"], more].concat());
        council.does("2026-09-09", &[&["issue", SECOND], more].concat());
        council.does("2026-09-09", &["build"]);
        council
    }

    fn at(&self, day: &str, arguments: &[&str]) -> Outcome {
        self.sandbox.at(noon(day), arguments)
    }

    fn does(&self, day: &str, arguments: &[&str]) -> Outcome {
        let outcome = self.at(day, arguments);
        assert_eq!(outcome.code, Some(0), "{arguments:?}\n{}\n{}", outcome.stdout, outcome.stderr);
        outcome
    }

    pub fn withholds(&self, more: &[&str]) -> Outcome {
        let verb = ["archive", "withhold", FIRST, "zqx-case.yaml", "--reason", "it names a child"];
        self.at("2026-09-10", &[&verb, more].concat())
    }

    /// Gives everything that the public can have: the public root, the public outputs, and what is kept between runs.
    fn public(&self) -> BTreeMap<String, Vec<u8>> {
        let outputs = self.sandbox.files("out").into_iter().filter(|(path, _)| path.contains("/public/"));
        let mut files: BTreeMap<String, Vec<u8>> =
            outputs.map(|(path, bytes)| (format!("out/{path}"), bytes)).collect();
        let root = self.sandbox.files("archive/public");
        files.extend(root.into_iter().map(|(path, bytes)| (format!("archive/public/{path}"), bytes)));
        files
    }

    /// Asserts that nothing public says these words, nor has a hash of what is gone.
    #[track_caller]
    fn is_clean(&self, words: &[&str], gone: &BTreeSet<String>, when: &str) {
        for (path, bytes) in self.public() {
            let told = told(&path, &bytes, words);
            assert!(told.is_empty(), "{when}: {path} says {told:?}");
            let text = String::from_utf8_lossy(&bytes);
            let hash = gone.iter().find(|hash| text.contains(hash.as_str()));
            assert!(hash.is_none(), "{when}: {path} has {hash:?}");
        }
    }

    fn verifies(&self, day: &str) -> Value {
        let outcome = self.does(day, &["archive", "verify", "--json"]);
        serde_json::from_str(&outcome.stdout).expect("JSON")
    }

    fn pack(&self, meeting: &str, issue: u32, name: &str) -> Pdf {
        let number = issue.to_string();
        let folder = format!("got-{}-{number}", meeting.replace('/', "-"));
        self.does("2026-12-01", &["archive", "get", meeting, "--issue", &number, "--out", &folder]);
        Pdf::read(&std::fs::read(self.sandbox.path(&format!("{folder}/{name}"))).expect("the pack"))
    }
}

/// Gives which of these words a file says, in its bytes, its name or anything that a PDF carries.
fn told<'a>(path: &str, bytes: &[u8], words: &[&'a str]) -> Vec<&'a str> {
    let mut pieces = readable(bytes, path);
    pieces.push(path.as_bytes().to_vec());
    let texts: Vec<String> = (pieces.into_iter())
        .map(|piece| piece.into_iter().filter(|byte| *byte != 0).collect::<Vec<u8>>().to_ascii_lowercase())
        .map(|piece| String::from_utf8_lossy(&piece).into_owned())
        .collect();
    words.iter().copied().filter(|word| texts.iter().any(|text| text.contains(&word.to_lowercase()))).collect()
}

/// Gives the hashes of every file that says one of the words, but for proofs, of which the next one has the hash.
fn hashes(files: &BTreeMap<String, Vec<u8>>, words: &[&str]) -> BTreeSet<String> {
    let hexadecimal = |bytes: &[u8]| bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    let gone = files.iter().filter(|(path, bytes)| {
        !path.ends_with("proof.json") && !path.contains("inventory.json") && !told(path, bytes, words).is_empty()
    });
    gone.flat_map(|(_, bytes)| [hexadecimal(&Sha256::digest(bytes)), hexadecimal(&Sha512::digest(bytes))]).collect()
}

#[test]
fn what_was_taken_back_is_in_no_public_byte_whatever_is_done_next() {
    let council = Council::new();
    let (before, words) = (council.public(), ["zqx"]);
    let says = before.iter().filter(|(path, bytes)| !told(path, bytes, &words).is_empty()).count();
    assert!(says > 15, "{says} public files say it");
    let gone = hashes(&before, &words);
    let labels = council.pack(FIRST, 2, PACK).labels();

    let plan = council.withholds(&["--dry-run"]);
    assert!(plan.code == Some(0) && council.public() == before, "{}", plan.stderr);
    let done = council.withholds(&["--json"]);
    assert_eq!(done.code, Some(0), "{}\n{}", done.stdout, done.stderr);
    let report: Value = serde_json::from_str(&done.stdout).expect("JSON");
    assert_eq!(report["record"], 1);
    let issued: Vec<&Value> = report["issued"].as_array().expect("issues").iter().map(|one| &one["issue"]).collect();
    assert_eq!(issued, [3, 2]);
    council.is_clean(&words, &gone, "at once");
    // What the report lists is what a copy of the public root must lose.
    for path in report["deleted"].as_array().expect("paths") {
        let path = path.as_str().expect("a path");
        assert!(
            before.contains_key(&format!("archive/{path}"))
                && !council.sandbox.path(&format!("archive/{path}")).exists()
        );
    }
    assert!(!council.sandbox.path(".boardpack").exists());

    // The next issue has the same pages, and says why one is not there.
    let third = council.pack(FIRST, 3, PACK);
    assert_eq!(third.labels(), labels);
    let text = third.pages().concat().split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(text.contains("taken back on 10 September 2026: it names a child"), "{text}");
    let private = council.sandbox.files("out/board/2026-09-16/private");
    assert!(private.iter().any(|(path, bytes)| !told(path, bytes, &words).is_empty()), "members still have it");

    // Single papers of others stay where they were; the holes are known.
    let left = council.sandbox.files("archive/public/board.2026-09-16/v1/content/papers");
    assert!(left.keys().any(|path| path.contains("agenda")), "{:?}", left.keys());
    // One that names the paper goes, and comes again without its name.
    assert!(!left.keys().any(|path| path.contains("dentists")), "{:?}", left.keys());
    assert!(text.contains("see a paper that was taken back"), "{text}");
    let verified = council.verifies("2026-09-10");
    assert_eq!(verified["withheld"].as_array().map(Vec::len), Some(3), "{verified}");

    // Nothing brings it back.
    council.sandbox.edit("content/bodies/board/2026-09-16/note.yaml", "To say to", "To tell");
    let later = council.does("2026-09-11", &["issue", FIRST, "--reason", "the old word"]);
    assert!(later.stderr.contains("M0033"), "{}", later.stderr);
    council.does("2026-09-11", &["build"]);
    council.does("2026-09-11", &["archive", "repair"]);
    council.does("2026-09-12", &["archive", "release", FIRST, "plans.yaml", "--reason", "the prices are agreed"]);
    council.does("2026-09-12", &["changes", FIRST]);
    council.does("2026-09-12", &["status"]);
    let shown = council.does("2026-09-12", &["archive", "show", FIRST, "--issue", "1"]);
    assert!(shown.stdout.contains("withheld  since 2026-09-10"), "{}", shown.stdout);
    council.does("2026-09-12", &["archive", "get", FIRST, "--issue", "1", "--out", "first"]);
    for (path, bytes) in council.sandbox.files("first") {
        assert!(told(&path, &bytes, &words).is_empty(), "{path}");
    }
    let rebuilt = council.does("2026-09-12", &["archive", "rebuild"]);
    assert!(rebuilt.stdout.contains("withheld"), "{}", rebuilt.stdout);
    council.is_clean(&words, &gone, "after all of that");
    council.verifies("2026-09-12");
    // The whole root keeps it, and says that it is restricted.
    let whole = council.does("2026-09-12", &["archive", "get", FIRST, "--issue", "1", "--whole", "--out", "whole"]);
    assert!(whole.stderr.contains("restricted"), "{}", whole.stderr);
    assert!(council.sandbox.files("whole").iter().any(|(path, bytes)| !told(path, bytes, &words).is_empty()));

    // The same bytes under another name are refused.
    let folder = "content/bodies/board/2026-09-16";
    let case = council.sandbox.read(&format!("{folder}/zqx-case.yaml"));
    council.sandbox.write(&format!("{folder}/other.yaml"), case);
    council.sandbox.edit(&format!("{folder}/agenda.yaml"), "[zqx-case.yaml]", "[zqx-case.yaml, other.yaml]");
    let refused = council.at("2026-09-13", &["issue", FIRST, "--reason", "again"]);
    assert!(refused.code == Some(1) && refused.stderr.contains("M0034"), "{}", refused.stderr);
}

#[test]
fn it_can_be_published_again_where_that_is_decided() {
    let council = Council::new();
    let done = council.withholds(&[]);
    assert_eq!(done.code, Some(0), "{}", done.stderr);
    let again = council.withholds(&[]);
    assert_eq!(again.code, Some(0), "{}", again.stderr);
    assert!(again.stdout.contains("Nothing of it was public any more"), "{}", again.stdout);
    council.does("2026-09-11", &["archive", "release", FIRST, "zqx-case.yaml", "--reason", "the parents agreed"]);
    assert!(council.pack(FIRST, 4, PACK).pages().concat().contains("Zqx"));
    council.does("2026-09-12", &["build", FIRST]);
    council.verifies("2026-09-12");
    // It is taken back once more.
    let verb = ["archive", "withhold", FIRST, "zqx-case.yaml", "--reason", "they did not"];
    council.does("2026-09-13", &verb);
    council.is_clean(&["zqx"], &BTreeSet::new(), "a second time");
    council.verifies("2026-09-13");
}

#[test]
fn a_council_that_signs_takes_back_at_once_and_signs_later() {
    let council = Council::issuing(&["--sign", "key.pem"]);
    let before = council.public();
    let refused = council.withholds(&[]);
    assert!(refused.code == Some(3) && council.public() == before, "{}", refused.stderr);
    assert!(refused.stderr.contains("--unsigned-now"), "{}", refused.stderr);
    let done = council.withholds(&["--unsigned-now"]);
    assert_eq!(done.code, Some(1), "{}", done.stderr);
    council.is_clean(&["zqx"], &BTreeSet::new(), "unsigned");
    let faults = council.at("2026-09-10", &["archive", "verify"]);
    assert!(faults.code == Some(4) && faults.stderr.contains("is not signed with the council"), "{}", faults.stderr);
    let signed = council.withholds(&["--sign", "key.pem"]);
    assert_eq!(signed.code, Some(0), "{}\n{}", signed.stdout, signed.stderr);
    council.is_clean(&["zqx"], &BTreeSet::new(), "signed");
    council.verifies("2026-09-10");
    // An altered record is found.
    let stone = "archive/public/tombstones/v1/content/withheld/1.json";
    council.sandbox.edit(stone, "it names a child", "it was too long");
    assert_eq!(council.at("2026-09-10", &["archive", "verify"]).code, Some(4));
}

#[test]
fn words_go_from_all_meetings_and_stay_away() {
    let council = Council::new();
    let (before, words) = (council.public(), ["zqx", "underhill"]);
    let gone = hashes(&before, &words);
    let said = council.withholds(&["--words", "names a child"]);
    assert_eq!(said.code, Some(2), "{}", said.stderr);
    let said = council.withholds(&["--words", "Z"]);
    assert!(said.code == Some(2) && council.public() == before, "{}", said.stderr);
    let done = council.withholds(&["--words", "Zqy  underhill"]);
    // The letter of the other meeting still says it: its next issue cannot be made.
    assert_eq!(done.code, Some(1), "{}\n{}", done.stdout, done.stderr);
    assert!(done.stderr.contains("board/2026-10-07 has NO PUBLIC PACK now"), "{}", done.stderr);
    council.is_clean(&words, &gone, "at once");
    let refused = council.at("2026-09-11", &["issue", SECOND, "--reason", "again"]);
    assert!(refused.code == Some(1) && refused.stderr.contains("underhill"), "{}", refused.stderr);
    council.sandbox.edit("content/bodies/board/2026-10-07/letter.yaml", "Zqy Underhill", "a resident");
    council.sandbox.edit(
        "content/bodies/board/2026-10-07/agenda.yaml",
        "papers: [../2026-09-16/zqx-case.yaml]",
        "papers: [{paper: ../2026-09-16/zqx-case.yaml, withheld: {paragraphs: [1], public_interest: It names a child.}}]",
    );
    council.does("2026-09-11", &["issue", SECOND, "--reason", "a letter without a name"]);
    council.is_clean(&words, &gone, "after the next issue");
    council.verifies("2026-09-11");
}

#[test]
fn what_is_taken_back_twice_of_an_issue_adds_up() {
    let council = Council::new();
    assert_eq!(council.withholds(&[]).code, Some(0));
    let words = ["archive", "withhold", FIRST, "--words", "Access to dentists", "--reason", "it was wrong"];
    let done = council.at("2026-09-11", &words);
    assert!(done.stderr.contains("board/2026-09-16 has NO PUBLIC PACK now"), "{}\n{}", done.stdout, done.stderr);
    council.is_clean(&["zqx", "dentists"], &BTreeSet::new(), "after the second");
    council.verifies("2026-09-11");
    let law = ["--erase", "UK GDPR, Article 17(1)(d)", "--no-request-open", "asked the information team"];
    council.at("2026-09-12", &[&words[..], &law].concat());
    council.is_clean(&["zqx", "dentists"], &BTreeSet::new(), "after it was erased");
    council.verifies("2026-09-12");
}

#[test]
fn what_is_erased_is_in_neither_root() {
    let council = Council::new();
    let erase = ["--erase", "UK GDPR, Article 17(1)(d)"];
    assert_eq!(council.withholds(&erase).code, Some(2), "somebody must have looked for requests");
    let erase = [&erase[..], &["--no-request-open", "asked the information team on 10 September"]].concat();
    let done = council.withholds(&erase);
    assert_eq!(done.code, Some(0), "{}\n{}", done.stdout, done.stderr);
    council.is_clean(&["zqx"], &BTreeSet::new(), "at once");
    for (path, bytes) in council.sandbox.files("archive/whole") {
        // The records say which files they were.
        if !path.starts_with("tombstones/") {
            assert_eq!(told(&path, &bytes, &["marlow"]), Vec::<&str>::new(), "{path}");
        }
    }
    for (path, bytes) in council.sandbox.files("out") {
        assert!(told(&path, &bytes, &["zqx"]).is_empty(), "{path}");
    }
    let verified = council.verifies("2026-09-10");
    assert!(verified["withheld"].as_array().expect("gaps").iter().any(|gap| gap["erased"] == true), "{verified}");
    council.does("2026-09-11", &["archive", "list"]);
    council.does("2026-09-11", &["status"]);
    let refused = council.at("2026-09-11", &["issue", FIRST, "--reason", "again"]);
    assert!(refused.code == Some(1) && refused.stderr.contains("M0034"), "{}", refused.stderr);
    let agenda = "content/bodies/board/2026-09-16/agenda.yaml";
    council.sandbox.edit(agenda, "  - title: Reviews\n    papers: [zqx-case.yaml]\n", "");
    council.sandbox.edit("content/bodies/board/2026-09-16/note.yaml", "; see [](#zqx-review)", "");
    std::fs::remove_file(council.sandbox.path("content/bodies/board/2026-09-16/zqx-case.yaml")).expect("it goes");
    council.does("2026-09-11", &["issue", FIRST, "--reason", "without the review"]);
    council.is_clean(&["zqx"], &BTreeSet::new(), "after the next issue");
    council.verifies("2026-09-11");
}
