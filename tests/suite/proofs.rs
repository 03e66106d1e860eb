//! Proofs that prove: what was exchanged, cut off or forged in an archive is found, with a key and without.

mod forged;

use std::process::Command;

use boardpack::issue::proof::Proof;
use boardpack::issue::proof::signing::PrivateKey;
use serde_json::Value;

use crate::sandbox::{Outcome, Sandbox};
use forged::{ROOTS, cut_off, lose, published, replace, replace_in};

const FOLDER: &str = "content/bodies/board/2026-09-16";
const MEETING: &str = "board/2026-09-16";
const PACK: &str = "2026-09-16-board-agenda-pack.pdf";

/// A council of one board, some days before its meeting.
struct Council(Sandbox);

impl Council {
    fn new() -> Self {
        Self(Sandbox::base())
    }

    fn run(&self, arguments: &[&str]) -> Outcome {
        self.0.at(1_788_000_000, arguments)
    }

    fn does(&self, arguments: &[&str]) -> String {
        let outcome = self.run(arguments);
        assert_eq!(outcome.code, Some(0), "{arguments:?}\n{}\n{}", outcome.stdout, outcome.stderr);
        outcome.stdout
    }

    fn refuses(&self, arguments: &[&str]) -> String {
        let outcome = self.run(arguments);
        assert_eq!(outcome.code, Some(3), "{arguments:?}\n{}\n{}", outcome.stdout, outcome.stderr);
        assert!(outcome.stderr.contains("= help: "), "{}", outcome.stderr);
        outcome.stderr
    }

    /// Issues the meeting for the first time, or after a change.
    fn issue(&self, number: u32, more: &[&str]) {
        self.does(&[&self.next(number)[..], more].concat());
    }

    /// Changes a paper, and gives the command that issues it.
    fn next(&self, number: u32) -> Vec<&'static str> {
        if number == 1 {
            return vec!["issue", MEETING];
        }
        let note = format!("{FOLDER}/note.yaml");
        self.0
            .write(&note, format!("{}\n  {}.\n", self.0.read(&note).replace("background_papers: None\n", ""), "More"));
        vec!["issue", MEETING, "--reason", "more was added"]
    }

    /// Gives what `archive verify` finds: places and what is wrong with them.
    fn faults(&self) -> Vec<(String, String)> {
        let outcome = self.run(&["archive", "verify", "--json"]);
        let report: Value = serde_json::from_str(&outcome.stdout).expect("JSON");
        let text = |fault: &Value, field: &str| fault[field].as_str().expect("text").to_owned();
        let faults = report["faults"].as_array().expect("faults");
        let faults: Vec<_> = faults.iter().map(|fault| (text(fault, "place"), text(fault, "wrong"))).collect();
        assert_eq!(outcome.code, Some(if faults.is_empty() { 0 } else { 4 }), "{faults:?}");
        faults
    }

    fn assert_found(&self, place: &str, wrong: &str) {
        let faults = self.faults();
        let is_it = |(at, what): &(String, String)| at.contains(place) && what.contains(wrong);
        assert!(faults.iter().any(is_it), "{faults:#?}");
    }

    fn proof(&self, issue: u32) -> Proof {
        Proof::read(&published(&self.0, MEETING, issue, "proof.json")).expect("a proof")
    }

    /// Signs with another key, or not at all, the proofs of an issue in both roots.
    fn forge(&self, issue: u32, key: Option<&PrivateKey>) {
        let sign = |mut proof: Proof| {
            proof.signature = None;
            if let Some(key) = key {
                proof.sign(key);
            }
            proof.to_json()
        };
        replace(&self.0, MEETING, issue, "proof.json", &sign(self.proof(issue)));
    }
}

#[test]
fn an_exchanged_pack_is_found_though_all_hashes_of_the_archive_are_right() {
    for sign in [&[][..], &["--sign", "key.pem"]] {
        let council = Council::new();
        council.does(&["archive", "key", "key.pem"]);
        council.issue(1, sign);
        assert!(council.faults().is_empty());
        replace(&council.0, MEETING, 1, PACK, b"%PDF-1.7 another");
        for root in ROOTS {
            council.assert_found(&format!("{root}, {MEETING}, issue 1, "), "is not the file that was issued");
        }
        replace_in(&council.0, "whole", MEETING, (1, "sources/content/council.yaml"), b"kind: council\nname: Other\n");
        council.assert_found("sources/content/council.yaml", "is not the file that was issued");
    }
}

#[test]
fn a_last_issue_that_was_cut_off_is_missed_and_its_number_not_given_again() {
    let council = Council::new();
    council.issue(1, &[]);
    council.issue(2, &[]);
    assert!(council.faults().is_empty());
    cut_off(&council.0, MEETING);
    council.assert_found(MEETING, "lacks issue 2");
    let said = council.refuses(&council.next(2));
    assert!(said.contains("had 2 issues"), "{said}");
    lose(&council.0, MEETING);
    council.assert_found(MEETING, "is missing");
}

#[test]
fn an_issue_that_does_not_follow_the_one_before_it_is_found() {
    let (council, other) = (Council::new(), Council::new());
    for one in [&council, &other] {
        one.issue(1, &[]);
        one.issue(2, &[]);
    }
    // The first issue of another archive, of the same files.
    replace(&council.0, MEETING, 1, "proof.json", &other.proof(1).to_json());
    council.assert_found("public, board/2026-09-16, issue 2", "does not follow");
}

#[test]
fn where_the_council_signs_everything_is_signed_with_its_key() {
    let council = Council::new();
    council.does(&["archive", "key", "key.pem"]);
    council.does(&["archive", "key", "other.pem"]);
    council.0.write(&format!("{FOLDER}/deal.yaml"), "kind: paper\ntitle: A deal\nwithheld: {paragraphs: [3], public_interest: It would harm the price., decided_by: director}\ntext: |\n  Words.\n");
    council.0.edit(&format!("{FOLDER}/agenda.yaml"), "[note.yaml]", "[note.yaml, deal.yaml]");
    council.refuses(&["archive", "key"]);
    council.issue(1, &["--sign", "key.pem"]);
    let key = council.proof(1).key().expect("a key").hexadecimal();
    let said = council.does(&["archive", "verify"]);
    assert!(said.contains(&format!("signed by the council's key {key}")), "{said}");
    let said = council.does(&["archive", "key"]);
    assert!(said.contains(&key) && said.contains("BEGIN PUBLIC KEY") && said.contains("SHA256:"), "{said}");
    let pem = published(&council.0, "boardpack/council-key", 1, "council-key.pem");
    assert!(said.contains(std::str::from_utf8(&pem).expect("text").trim_end()));

    // Whoever forgets the key, or takes another, is told which it is.
    let release = ["archive", "release", MEETING, "deal.yaml", "--reason", "sold"];
    let remove = ["archive", "remove", MEETING, "--reason", "old"];
    for command in [&council.next(2)[..], &release, &remove] {
        let said = council.refuses(command);
        assert!(said.contains(&key), "{said}");
        let said = council.refuses(&[command, &["--sign", "other.pem"]].concat());
        assert!(said.contains("is not the council's"), "{said}");
    }
    council.does(&[&release[..], &["--sign", "key.pem"]].concat());
    assert!(council.faults().is_empty());

    // What is removed leaves a tombstone that is signed as well.
    council.0.add("tests/invalid/base/content/bodies/board/2026-09-16", "content/bodies/board/2019-09-18");
    council.0.edit("content/bodies/board/2019-09-18/agenda.yaml", "2026-09-16", "2019-09-18");
    let old = "board/2019-09-18";
    let at = |time: i64, command: &[&str]| {
        let outcome = council.0.at(time, &[command, &["--sign", "key.pem"]].concat());
        assert_eq!(outcome.code, Some(0), "{}", outcome.stderr);
    };
    at(1_567_500_000, &["issue", old]);
    at(1_788_000_000, &["archive", "remove", old, "--reason", "its time is over"]);
    assert!(council.faults().is_empty(), "{:?}", council.faults());
    let stone = published(&council.0, "tombstones", 1, "board.2019-09-18.json");
    let mut plain: Value = serde_json::from_slice(&stone).expect("JSON");
    plain.as_object_mut().expect("an object").remove("signature").expect("a signature");
    replace(&council.0, "tombstones", 1, "board.2019-09-18.json", plain.to_string().as_bytes());
    council.assert_found("tombstones", "number 1 is not signed with the council's key");
    replace(&council.0, "tombstones", 1, "board.2019-09-18.json", &stone);

    // Forged with the hashes of the inventories right, and in both roots.
    council.forge(2, None);
    council.assert_found("public, board/2026-09-16, issue 2", "is not signed");
    council.forge(2, Some(&PrivateKey::read(&council.0.read("other.pem")).expect("a key")));
    council.assert_found("public, board/2026-09-16, issue 2", "another key than the council's");
    for name in ["council-key", "council-key/v1"] {
        let _ = std::fs::remove_dir_all(council.0.path(&format!("archive/whole/boardpack.{name}")));
        let _ = std::fs::remove_dir_all(council.0.path(&format!("archive/public/boardpack.{name}")));
    }
    council.assert_found("public, board/2026-09-16, issue 1", "a key that the archive does not publish");
    council.assert_found("boardpack/council-key", "lacks the key that the note of the last write names");
}

#[test]
fn what_was_issued_before_the_council_signed_is_sealed_by_its_first_signature() {
    let (council, other) = (Council::new(), Council::new());
    for one in [&council, &other] {
        one.does(&["archive", "key", "key.pem"]);
        one.issue(1, &[]);
        assert!(one.does(&["archive", "verify"]).contains("all as they were issued, unsigned, chained"));
        one.issue(2, &["--sign", "key.pem"]);
        assert!(one.does(&["archive", "verify"]).contains("(1 earlier issue unsigned, chained)"));
    }
    replace(&council.0, MEETING, 1, "proof.json", &other.proof(1).to_json());
    council.assert_found(MEETING, "has another issue 1 than the record of the council's key");
}

#[test]
fn a_key_is_changed_by_the_old_one_or_with_a_reason_that_stays() {
    let council = Council::new();
    for key in ["first.pem", "stranger.pem"] {
        council.does(&["archive", "key", key]);
    }
    let given = ["--given-time", "a test"];
    let change = |arguments: &[&str]| council.run(&[&["archive", "key"], arguments, &given].concat());
    assert_eq!(change(&["second.pem", "--replace", "first.pem"]).code, Some(3));
    council.issue(1, &["--sign", "first.pem"]);
    assert_eq!(change(&["second.pem", "--replace", "stranger.pem"]).code, Some(3));
    let changed = change(&["second.pem", "--replace", "first.pem"]);
    assert_eq!(changed.code, Some(0), "{}", changed.stderr);
    council.refuses(&[&council.next(2)[..], &["--sign", "first.pem"]].concat());
    council.issue(2, &["--sign", "second.pem"]);
    assert!(council.faults().is_empty());
    let changed = change(&["third.pem", "--old-key-lost", "the safe was flooded"]);
    assert_eq!(changed.code, Some(0), "{}", changed.stderr);
    council.issue(3, &["--sign", "third.pem"]);
    let said = council.does(&["archive", "verify"]);
    assert!(said.contains("without the old one: the safe was flooded"), "{said}");
    // An issue of the time of the first key cannot be signed with the last one.
    council.forge(1, Some(&PrivateKey::read(&council.0.read("third.pem")).expect("a key")));
    council.assert_found("public, board/2026-09-16, issue 1", "another key than the council's");
}

/// Runs OpenSSL in a workspace; none where there is none on this machine.
fn openssl(sandbox: &Sandbox, arguments: &[&str]) -> Option<Outcome> {
    let mut command = Command::new("openssl");
    if Command::new("openssl").arg("version").output().is_err() {
        eprintln!("not checked by openssl, which is not on this machine");
        return None;
    }
    Some(Outcome::of(command.args(arguments).current_dir(sandbox.root())))
}

#[test]
fn openssl_reads_the_keys_and_finds_the_signature_right() {
    let council = Council::new();
    council.does(&["archive", "key", "key.pem"]);
    council.issue(1, &["--sign", "key.pem"]);
    council.0.write("public.pem", published(&council.0, "boardpack/council-key", 1, "council-key.pem"));
    let Some(public) = openssl(&council.0, &["pkey", "-in", "key.pem", "-pubout"]) else { return };
    assert_eq!(public.stdout, council.0.read("public.pem"), "{}", public.stderr);
    // As anybody would do it who has only the proof: `jq -cj .statement proof.json`.
    let json = published(&council.0, MEETING, 1, "proof.json");
    let proof = council.proof(1);
    let compact = proof.statement.bytes();
    let written: Value = serde_json::from_slice(&json).expect("JSON");
    assert_eq!(serde_json::from_slice::<Value>(&compact).expect("JSON"), written["statement"]);
    council.0.write("statement.json", &compact);
    let signature = proof.signature.expect("a signature").signature;
    let pairs = (0..signature.len() / 2).map(|at| u8::from_str_radix(&signature[2 * at..2 * at + 2], 16).expect("hex"));
    council.0.write("signature.bin", pairs.collect::<Vec<_>>());
    let verify = "pkeyutl -verify -pubin -inkey public.pem -rawin -in statement.json -sigfile signature.bin";
    let verified = openssl(&council.0, &verify.split(' ').collect::<Vec<_>>()).expect("openssl");
    assert_eq!(verified.code, Some(0), "{}{}", verified.stdout, verified.stderr);
}

#[test]
fn every_file_of_an_issue_is_made_again_and_compared() {
    let council = Council::new();
    for number in 1..=3 {
        council.issue(number, if number == 3 { &["--look-too", "--numbering", "renumber"] } else { &[] });
    }
    let rebuilt = council.does(&["archive", "rebuild"]);
    for (issue, line) in (1..).zip(rebuilt.lines()) {
        let show: Value =
            serde_json::from_str(&council.does(&["archive", "show", MEETING, "--issue", &issue.to_string(), "--json"]))
                .expect("JSON");
        let paths = show["files"].as_array().expect("files").iter().map(|file| file["path"].as_str().expect("a path"));
        let files = paths.filter(|path| !path.starts_with("sources/")).count();
        assert_eq!(line, format!("{MEETING}, issue {issue}: {files} of {files} files, every byte the same"));
        // Of a change there are reports as well.
        assert!(if issue == 1 { files > 8 } else { files > 12 }, "{line}");
    }
    let report = published(&council.0, MEETING, 2, "changes.json");
    let altered = String::from_utf8(report).expect("text").replace("More", "Less");
    replace(&council.0, MEETING, 2, "changes.json", altered.as_bytes());
    let outcome = council.run(&["archive", "rebuild", MEETING, "--issue", "2"]);
    assert_eq!(outcome.code, Some(4), "{}", outcome.stdout);
    assert!(outcome.stdout.contains("public/changes.json has other bytes"), "{}", outcome.stdout);
}

#[test]
fn a_file_of_any_name_is_found_in_the_issues() {
    let council = Council::new();
    council.0.write("held.pdf", b"%PDF");
    council.refuses(&["archive", "find", "held.pdf"]);
    council.issue(1, &[]);
    council.issue(2, &[]);
    council.0.write("held.pdf", published(&council.0, MEETING, 1, PACK));
    let said = council.does(&["archive", "find", "held.pdf"]);
    assert_eq!(said, format!("held.pdf: {MEETING}, issue 1 of 2: {PACK}\n"));
    // A council that has only a copy of what was published finds it as well.
    std::fs::remove_dir_all(council.0.path("archive/whole")).expect("the whole root goes");
    assert_eq!(council.does(&["archive", "find", "held.pdf"]), said);
    council.0.write("held.pdf", b"%PDF");
    let outcome = council.run(&["archive", "find", "held.pdf"]);
    assert_eq!((outcome.code, outcome.stdout.as_str()), (Some(4), "held.pdf: is in no issue, or was altered\n"));
}

#[test]
fn a_proof_is_held_against_the_key_that_is_named_or_published() {
    let council = Council::new();
    for key in ["key.pem", "other.pem"] {
        council.does(&["archive", "key", key]);
    }
    council.issue(1, &["--sign", "key.pem"]);
    let key = council.proof(1).key().expect("a key").hexadecimal();
    council.0.write("held.pdf", published(&council.0, MEETING, 1, PACK));
    let verify = |proof: &Proof, more: &[&str]| {
        council.0.write("held.json", proof.to_json());
        let outcome = council.run(&[&["archive", "verify", "--proof", "held.json", "held.pdf"], more].concat());
        (outcome.code, outcome.stdout)
    };
    let elsewhere = ["--archive", "nowhere"];
    let (good, mut forged) = (council.proof(1), council.proof(1));
    assert_eq!(verify(&good, &[]).0, Some(0));
    assert_eq!(verify(&good, &["--key", &key, "--archive", "nowhere"]).0, Some(0));
    let (code, said) = verify(&good, &elsewhere);
    assert!(code == Some(0) && said.contains("name the council's with --key"), "{said}");
    forged.sign(&PrivateKey::read(&council.0.read("other.pem")).expect("a key"));
    for more in [&[][..], &["--key", &key, "--archive", "nowhere"]] {
        let (code, said) = verify(&forged, more);
        assert!(code == Some(4) && said.contains("is not the council's key"), "{said}");
    }
    forged.signature = None;
    let (code, said) = verify(&forged, &[]);
    assert!(code == Some(4) && said.contains("not signed, though the council signs"), "{said}");
    let (code, said) = verify(&forged, &elsewhere);
    assert!(code == Some(0) && said.contains("unsigned, chained"), "{said}");
}

#[test]
fn whoever_holds_the_head_of_the_chain_misses_what_was_cut_off_or_made_anew() {
    let (council, neighbour) = (Council::new(), Sandbox::empty());
    let given = ["--given-time", "a test"];
    let run = |arguments: &[&str]| council.run(&[arguments, &given].concat());
    council.does(&["archive", "key", "neighbour.pem"]);
    council.refuses(&["archive", "head", "head.json", "--given-time", "a test"]);
    council.issue(1, &[]);
    council.issue(2, &[]);
    assert_eq!(run(&["archive", "head", "head.json"]).code, Some(0));
    let head = council.0.read("head.json");
    // Nothing is new: the head is the same one.
    assert_eq!(run(&["archive", "head", "head.json"]).code, Some(0));
    assert_eq!(council.0.read("head.json"), head);
    neighbour.write("head.json", &head);
    neighbour.write("key.pem", council.0.read("neighbour.pem"));
    let sign = ["archive", "countersign", "head.json", "--sign", "key.pem", "--by", "Testford Town Council"];
    let signed = neighbour.at(1_788_000_000, &[&sign[..], &["--out", "signed.json"], &given].concat());
    assert_eq!(signed.code, Some(0), "{}", signed.stderr);
    council.0.write("signed.json", neighbour.read("signed.json"));
    let verify = ["archive", "verify", "--countersigned", "signed.json", "--countersigned", "head.json"];
    let said = council.does(&verify);
    assert!(said.contains("countersigned by Testford Town Council on 2026-08-29T10:40:00Z with the key"), "{said}");
    council.issue(3, &[]);
    council.does(&verify);
    council.0.edit("signed.json", "Testford Town", "Nowhere");
    assert_eq!(council.run(&verify).code, Some(3));
    council.0.write("signed.json", neighbour.read("signed.json"));

    // All that could tell within the archive is cut off with the issues.
    for _ in 2..=3 {
        cut_off(&council.0, MEETING);
    }
    std::fs::remove_file(council.0.path("archive/.last-proofs.json")).expect("the note goes");
    council.assert_found(MEETING, "lacks issue 2, which the head of 2026-08-29T10:40:00Z names");
    lose(&council.0, "boardpack/head");
    assert!(council.faults().is_empty());
    let outcome = council.run(&verify);
    assert_eq!(outcome.code, Some(4));
    assert!(outcome.stderr.contains("countersigned by Testford Town Council, names"), "{}", outcome.stderr);
}

#[test]
fn a_head_is_stamped_with_the_time_by_an_authority() {
    let council = Council::new();
    council.issue(1, &[]);
    let request = ["archive", "head", "head.json", "--timestamp-request", "head.tsq", "--given-time", "a test"];
    council.does(&request);
    council.0.write("tsa.cnf", "[tsa]\ndefault_tsa = one\n[one]\nserial = ./serial\nsigner_cert = tsa.pem\nsigner_key = tsa.key\nsigner_digest = sha256\ndefault_policy = 1.2.3.4.1\ndigests = sha256\ntsa_name = yes\n");
    council.0.write("serial", "01\n");
    let run = |arguments: &str| openssl(&council.0, &arguments.split(' ').collect::<Vec<_>>());
    let make = "req -x509 -newkey rsa:2048 -nodes -keyout tsa.key -out tsa.pem -subj /CN=Stamps -addext extendedKeyUsage=critical,timeStamping -addext keyUsage=critical,digitalSignature";
    let Some(made) = run(make) else { return };
    assert_eq!(made.code, Some(0), "{}", made.stderr);
    let reply = run("ts -reply -queryfile head.tsq -config tsa.cnf -out head.tsr").expect("openssl");
    assert_eq!(reply.code, Some(0), "{}", reply.stderr);
    let verified = run("ts -verify -data head.json -in head.tsr -CAfile tsa.pem").expect("openssl");
    assert_eq!(verified.code, Some(0), "{}{}", verified.stdout, verified.stderr);
    let verify = ["archive", "verify", "--timestamp", "head.tsr"];
    let said = council.does(&verify);
    assert!(
        said.contains("the head of 2026-08-29T10:40:00Z was stamped at 20") && said.contains("by CN=Stamps"),
        "{said}"
    );
    // A stamp of something else says nothing of the archive.
    council.0.write("other.tsq", boardpack::issue::chain::timestamp::request(b"other").expect("a request"));
    run("ts -reply -queryfile other.tsq -config tsa.cnf -out head.tsr").expect("openssl");
    assert_eq!(council.run(&verify).code, Some(4));
}

#[test]
fn a_letter_of_one_page_says_how_to_check_a_pack_without_this_program() {
    for sign in [&[][..], &["--sign", "key.pem"]] {
        let council = Council::new();
        council.does(&["archive", "key", "key.pem"]);
        council.issue(1, sign);
        council.issue(2, sign);
        for file in ["letter.pdf", "letter.txt"] {
            council.does(&["archive", "letter", MEETING, "--issue", "1", "--out", file]);
        }
        let pdf = crate::pdf::Pdf::read(&std::fs::read(council.0.path("letter.pdf")).expect("the letter"));
        let text = council.0.read("letter.txt");
        assert_eq!(pdf.pages().len(), 1);
        let proof = council.proof(1);
        let pack = proof.files.iter().find(|file| file.path == PACK).expect("the pack");
        let key = proof.key().map(|key| key.hexadecimal());
        let place = text.lines().find_map(|line| line.split("this is the file ").nth(1)).expect("where the proof is");
        let place = place.trim_end_matches('.');
        assert_eq!(
            std::fs::read(council.0.path(&format!("archive/public/{place}"))).expect("a proof"),
            proof.to_json()
        );
        for words in
            ["certutil -hashfile", "Get-FileHash", "shasum -a 256", &pack.sha256].into_iter().chain(key.as_deref())
        {
            let squeezed: String = words.split_whitespace().collect();
            assert!(text.contains(words) && pdf.squeezed().contains(&squeezed), "{words}\n{text}");
        }
        assert_eq!(text.contains("The proof is not signed."), sign.is_empty());
    }
}
