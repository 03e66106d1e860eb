//! The archive: issues are there wholly or not at all, whatever fails, and every flipped bit is found.

mod begun;
mod causes;
mod damage;
mod faulty;
mod kills;
mod lost;
mod memory;
mod newer;
mod refusals;
mod reordered;
mod taken;
mod validators;

use std::collections::BTreeMap;
use std::path::Path;

use boardpack::archive::{Archive, NewIssue, Removal, Side, User, Verification};

pub const MEETING: &str = "education-scrutiny/2026-09-16";

pub fn user(name: &str) -> User {
    User { name: name.into(), address: Some(format!("mailto:{name}@example.org")) }
}

/// Gives an issue after so many others; file names and bytes differ in part from issue to issue.
pub fn issue(after: u32) -> NewIssue {
    let mut files = BTreeMap::new();
    files.insert("public/pack.pdf".into(), format!("public pack {after}").into_bytes());
    files.insert("public/papers/same.txt".into(), b"the same in every issue".to_vec());
    files.insert("whole/pack.pdf".into(), format!("secret pack {after}").into_bytes());
    files.insert("whole/secret-name.txt".into(), b"secret".to_vec());
    files.insert("whole/papers/same.txt".into(), b"the same in every issue".to_vec());
    NewIssue {
        created: format!("2026-09-0{}T10:00:00Z", after + 1),
        message: format!("secret message {after}"),
        public_message: format!("Issue {}", after + 1),
        user: user("secret-clerk"),
        public_user: user("council"),
        files,
        expected_version: after,
    }
}

pub fn removal() -> Removal {
    Removal {
        reason: "secret reason".into(),
        public_reason: "six years are over".into(),
        when: "2033-01-01T00:00:00Z".into(),
        given_time: None,
        who: user("secret-clerk"),
        public_who: user("council"),
    }
}

pub fn assert_whole(verification: &Verification, what: &str) {
    assert!(verification.faults.is_empty(), "{what}: {:#?}", verification.faults);
}

/// Asserts that an issue holds exactly what was given, in both roots.
pub fn assert_issue(archive: &Archive, meeting: &str, after: u32, what: &str) {
    let given = issue(after).files;
    for side in [Side::Whole, Side::Public] {
        let expected: BTreeMap<String, Vec<u8>> = match side {
            Side::Whole => given.clone(),
            Side::Public => {
                let published = given.iter().filter_map(|(path, bytes)| Some((path.strip_prefix("public/")?, bytes)));
                published.map(|(path, bytes)| (path.to_owned(), bytes.clone())).collect()
            }
        };
        let listed = archive.files(side, meeting, after + 1).unwrap_or_else(|failure| panic!("{what}: {failure}"));
        let found: BTreeMap<String, Vec<u8>> = listed
            .iter()
            .map(|file| {
                let bytes = archive.read(side, meeting, after + 1, &file.path).expect("the file can be read");
                assert_eq!(bytes.len() as u64, file.size, "{what}");
                (file.path.clone(), bytes)
            })
            .collect();
        assert_eq!(found, expected, "{what}, {side:?}");
    }
}

/// Makes an archive of one meeting with so many issues, another meeting, and a removed one.
pub fn make(folder: &Path, issues: u32) {
    let mut writer = Archive::write(folder).expect("an archive begins");
    for after in 0..issues {
        assert_eq!(writer.add(MEETING, issue(after)).expect("an issue is added"), after + 1);
    }
    writer.add("board.x/2026-10-01", issue(0)).expect("an issue is added");
    for gone in ["board/2020-01-01", "board/2020-02-01"] {
        writer.add(gone, issue(0)).expect("an issue is added");
        writer.remove(gone, &removal()).expect("a meeting is removed");
    }
}

#[test]
fn the_public_root_holds_nothing_of_the_whole_one() {
    let folder = tempfile::tempdir().unwrap();
    make(folder.path(), 3);
    let files = crate::sandbox::files(&folder.path().join("public"));
    assert!(files.len() > 20, "only {} files", files.len());
    for (path, bytes) in files {
        assert!(!path.contains("secret"), "{path}");
        assert!(!String::from_utf8_lossy(&bytes).contains("secret"), "{path}");
    }
    let archive = Archive::open(folder.path()).unwrap();
    assert_whole(&archive.verify().unwrap(), "all");
    (0..3).for_each(|after| assert_issue(&archive, MEETING, after, "reading"));
    let meetings = archive.meetings(Side::Public).unwrap();
    assert_eq!(meetings.iter().map(|meeting| meeting.id.as_str()).collect::<Vec<_>>(), ["board.x/2026-10-01", MEETING]);
    assert_eq!(meetings[1].issues[2].message, "Issue 3");
    for (side, reason) in [(Side::Whole, "secret reason"), (Side::Public, "six years are over")] {
        let stones = archive.tombstones(side).unwrap();
        assert_eq!(stones.iter().filter(|stone| stone.reason == reason).count(), 2);
    }
}

#[test]
fn the_same_calls_give_the_same_bytes() {
    let (one, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    make(one.path(), 2);
    make(other.path(), 2);
    assert_eq!(crate::sandbox::files(one.path()), crate::sandbox::files(other.path()));
}
