//! An archive as somebody would leave it who may write to the disk and knows how it is made: all hashes of its
//! inventories are right afterwards.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;
use sha2::{Digest, Sha512};

use crate::sandbox::Sandbox;

/// The roots of an archive.
pub const ROOTS: [&str; 2] = ["whole", "public"];

fn object(sandbox: &Sandbox, root: &str, meeting: &str) -> PathBuf {
    sandbox.path(&format!("archive/{root}/{}", meeting.replace('/', ".")))
}

fn sha512(bytes: &[u8]) -> String {
    Sha512::digest(bytes).iter().fold(String::new(), |digits, byte| format!("{digits}{byte:02x}"))
}

fn write_inventory(folder: &Path, text: &str) {
    fs::write(folder.join("inventory.json"), text).expect("the inventory");
    let sum = format!("{} inventory.json\n", sha512(text.as_bytes()));
    fs::write(folder.join("inventory.json.sha512"), sum).expect("its digest");
}

fn inventory(folder: &Path) -> (String, Value) {
    let text = fs::read_to_string(folder.join("inventory.json")).expect("an inventory");
    let value = serde_json::from_str(&text).expect("JSON");
    (text, value)
}

/// Gives the digest of a file of an issue, and where its bytes lie.
fn found(folder: &Path, issue: u32, path: &str) -> (String, PathBuf) {
    let (_, inventory) = inventory(folder);
    let state = inventory["versions"][format!("v{issue}")]["state"].as_object().expect("a state").clone();
    let holds = |paths: &Value| paths.as_array().expect("paths").iter().any(|one| one == path);
    let (digest, _) = state.into_iter().find(|(_, paths)| holds(paths)).unwrap_or_else(|| panic!("no {path}"));
    let content = inventory["manifest"][&digest][0].as_str().expect("a content path").to_owned();
    (digest, folder.join(content))
}

/// Reads a file of an issue from the public root.
pub fn published(sandbox: &Sandbox, meeting: &str, issue: u32, path: &str) -> Vec<u8> {
    fs::read(found(&object(sandbox, "public", meeting), issue, path).1).expect("the file")
}

/// Puts other bytes in the place of a public file of an issue, in both roots.
pub fn replace(sandbox: &Sandbox, meeting: &str, issue: u32, path: &str, bytes: &[u8]) {
    replace_in(sandbox, "public", meeting, (issue, path), bytes);
    replace_in(sandbox, "whole", meeting, (issue, &format!("public/{path}")), bytes);
}

/// Puts other bytes in the place of a file of an issue, in one root.
pub fn replace_in(sandbox: &Sandbox, root: &str, meeting: &str, (issue, path): (u32, &str), bytes: &[u8]) {
    let folder = object(sandbox, root, meeting);
    let (digest, content) = found(&folder, issue, path);
    fs::write(content, bytes).expect("the file");
    for folder in folders(&folder) {
        let (text, _) = inventory(&folder);
        write_inventory(&folder, &text.replace(&digest, &sha512(bytes)));
    }
}

/// Gives the folders of an object that have an inventory.
fn folders(object: &Path) -> Vec<PathBuf> {
    let below = fs::read_dir(object).expect("an object").flatten().map(|entry| entry.path());
    below.filter(|path| path.join("inventory.json").is_file()).chain([object.to_owned()]).collect()
}

/// Takes the last issue of a meeting away from both roots, as if it had never been.
pub fn cut_off(sandbox: &Sandbox, meeting: &str) {
    for root in ROOTS {
        let folder = object(sandbox, root, meeting);
        let last = inventory(&folder).1["head"].as_str().expect("a head").to_owned();
        let before = last[1..].parse::<u32>().expect("a number") - 1;
        fs::remove_dir_all(folder.join(last)).expect("the last version goes");
        let (text, _) = inventory(&folder.join(format!("v{before}")));
        write_inventory(&folder, &text);
    }
}

/// Takes a meeting away from both roots.
pub fn lose(sandbox: &Sandbox, meeting: &str) {
    for root in ROOTS {
        fs::remove_dir_all(object(sandbox, root, meeting)).expect("the meeting goes");
    }
}
