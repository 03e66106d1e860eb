//! OCFL's inventory of an object: which files every version has, and where their bytes lie.
//!
//! Written as <https://ocfl.io/1.1/spec/#inventory> says, with all keys sorted, so that the same
//! issues always give the same bytes.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use serde::{Deserialize, Serialize};

use super::digest::sha512;
use super::names;

/// Name of the inventory's file.
pub(super) const NAME: &str = "inventory.json";

/// Name of the file with the inventory's digest.
pub(super) const SIDECAR: &str = "inventory.json.sha512";

/// What the inventory says it is.
pub(super) const TYPE: &str = "https://ocfl.io/1.1/spec/#inventory";

const ALGORITHM: &str = "sha512";
const CONTENT: &str = "content";

/// Who made a version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct User {
    /// Readable name.
    pub name: String,
    /// URI, such as `mailto:clerk@example.org`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
}

/// Number of a version, written `v1`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub(super) struct Number(pub(crate) u32);

impl fmt::Display for Number {
    fn fmt(&self, out: &mut fmt::Formatter) -> fmt::Result {
        write!(out, "v{}", self.0)
    }
}

impl From<Number> for String {
    fn from(number: Number) -> Self {
        number.to_string()
    }
}

impl TryFrom<String> for Number {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let number = text.strip_prefix('v').and_then(|digits| digits.parse().ok()).map(Number);
        number
            .filter(|number| number.0 > 0 && number.to_string() == text)
            .ok_or_else(|| format!("`{text}` is no version such as `v1`"))
    }
}

/// One version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Version {
    pub(crate) created: String,
    pub(crate) message: String,
    /// Logical paths by digest.
    pub(crate) state: BTreeMap<String, Vec<String>>,
    pub(crate) user: User,
}

impl Version {
    /// Gives the digest of each logical path.
    pub(crate) fn files(&self) -> BTreeMap<&str, &str> {
        let pairs = self.state.iter();
        pairs.flat_map(|(digest, paths)| paths.iter().map(move |path| (path.as_str(), digest.as_str()))).collect()
    }
}

/// The inventory of an object; one without versions is never written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(super) struct Inventory {
    content_directory: String,
    digest_algorithm: String,
    head: Number,
    pub(crate) id: String,
    /// Content paths by digest.
    pub(crate) manifest: BTreeMap<String, Vec<String>>,
    #[serde(rename = "type")]
    kind: String,
    pub(crate) versions: BTreeMap<Number, Version>,
}

/// Why an inventory could not be understood.
pub(super) enum Misread {
    /// It says that it is in another format.
    Format(String),
    /// It is not an inventory.
    Broken(String),
}

impl Inventory {
    /// Begins an object that has no version yet.
    pub(crate) fn empty(id: &str) -> Self {
        Self {
            content_directory: CONTENT.into(),
            digest_algorithm: ALGORITHM.into(),
            head: Number(0),
            id: id.into(),
            manifest: BTreeMap::new(),
            kind: TYPE.into(),
            versions: BTreeMap::new(),
        }
    }

    /// Gives the number of the last version, which is how many there are.
    pub(crate) fn head(&self) -> u32 {
        self.head.0
    }

    /// Adds a version of files with these digests by logical path.
    ///
    /// Bytes that an earlier version or another file of this one has are not stored again.
    pub(crate) fn push(&mut self, created: &str, message: &str, user: &User, files: &BTreeMap<String, String>) {
        self.head = Number(self.head.0 + 1);
        let mut state: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (path, digest) in files {
            state.entry(digest.clone()).or_default().push(path.clone());
        }
        for (digest, paths) in &state {
            let content = || vec![format!("{}/{CONTENT}/{}", self.head, paths[0])];
            self.manifest.entry(digest.clone()).or_insert_with(content);
        }
        let version = Version { created: created.into(), message: message.into(), state, user: user.clone() };
        self.versions.insert(self.head, version);
    }

    /// Gives the inventory as it was at an earlier version.
    pub(crate) fn until(&self, head: u32) -> Self {
        let mut earlier = self.clone();
        earlier.head = Number(head);
        earlier.versions.retain(|number, _| number.0 <= head);
        earlier.manifest.retain(|_, paths| {
            paths.retain(|path| version_of(path).is_some_and(|number| number.0 <= head));
            !paths.is_empty()
        });
        earlier
    }

    /// Gives a version by its number.
    pub(crate) fn version(&self, number: u32) -> Option<&Version> {
        self.versions.get(&Number(number))
    }

    /// Gives the versions that say that they were made before the one before them, each with that one.
    pub(crate) fn set_back(&self) -> impl Iterator<Item = [(&Number, &Version); 2]> {
        let pairs = self.versions.iter().zip(self.versions.iter().skip(1));
        pairs
            .map(|(before, version)| [before, version])
            .filter(|[before, version]| is_before(&version.1.created, &before.1.created))
    }

    /// Gives where the bytes of a digest lie in the object.
    pub(crate) fn content(&self, digest: &str) -> Option<&str> {
        self.manifest.get(digest).and_then(|paths| paths.first()).map(String::as_str)
    }

    /// Gives the digest of each content path.
    pub(crate) fn contents(&self) -> impl Iterator<Item = (&str, &str)> {
        self.manifest.iter().flat_map(|(digest, paths)| paths.iter().map(move |path| (path.as_str(), digest.as_str())))
    }

    /// Gives the content paths that a version brought, with their digests.
    pub(crate) fn brought(&self, number: u32) -> impl Iterator<Item = (&str, &str)> {
        self.contents().filter(move |(path, _)| version_of(path) == Some(Number(number)))
    }

    /// Gives the bytes of the inventory's file.
    pub(crate) fn bytes(&self) -> Vec<u8> {
        let mut bytes = serde_json::to_vec_pretty(self).expect("an inventory is plain data");
        bytes.push(b'\n');
        bytes
    }

    /// Reads an inventory.
    pub(crate) fn read(bytes: &[u8]) -> Result<Self, Misread> {
        #[derive(Deserialize)]
        struct Typed {
            #[serde(rename = "type")]
            kind: String,
        }
        let broken = |error: serde_json::Error| Misread::Broken(format!("is no inventory: {error}"));
        let typed: Typed = serde_json::from_slice(bytes).map_err(broken)?;
        if typed.kind != TYPE {
            return Err(Misread::Format(typed.kind));
        }
        serde_json::from_slice(bytes).map_err(broken)
    }

    /// Gives what in the inventory does not fit together.
    pub(crate) fn faults(&self, id: &str) -> Vec<String> {
        let mut faults = Vec::new();
        if self.id != id {
            faults.push(format!("is that of `{}`", self.id));
        }
        if self.digest_algorithm != ALGORITHM || self.content_directory != CONTENT {
            faults.push("names files by other digests or folders than boardpack does".into());
        }
        if self.head.0 == 0 || !self.versions.keys().map(|number| number.0).eq(1..=self.head.0) {
            faults.push(format!("does not have every version up to `{}`", self.head));
        }
        let mut used = BTreeSet::new();
        for (number, version) in &self.versions {
            used.extend(version.state.keys());
            faults.extend(bad_paths(version.state.values().flatten()).map(|why| format!("has in `{number}` {why}")));
        }
        for digest in used.iter().filter(|digest| !self.manifest.contains_key(**digest)) {
            faults.push(format!("does not say where the bytes of `{}...` lie", short(digest)));
        }
        for (digest, paths) in &self.manifest {
            let well_formed = digest.len() == 128 && digest.bytes().all(|digit| b"0123456789abcdef".contains(&digit));
            if !well_formed || paths.is_empty() || !used.contains(digest) {
                faults.push(format!("lists bytes of no file, `{}...`", short(digest)));
            }
            let astray = |path: &&String| version_of(path).is_none_or(|number| number > self.head);
            faults.extend(paths.iter().filter(astray).map(|path| format!("puts bytes at `{path}`")));
        }
        faults.extend(bad_paths(self.manifest.values().flatten()).map(|why| format!("stores {why}")));
        faults
    }
}

/// Tells whether a time of RFC 3339 is before another.
pub(super) fn is_before(one: &str, other: &str) -> bool {
    let time = |text: &str| chrono::DateTime::parse_from_rfc3339(text).ok();
    time(one).zip(time(other)).is_some_and(|(one, other)| one < other)
}

fn short(digest: &str) -> String {
    digest.chars().take(12).collect()
}

fn bad_paths<'a>(paths: impl Iterator<Item = &'a String> + Clone) -> impl Iterator<Item = String> {
    let unsafe_ones = paths.clone().filter_map(|path| names::unsafe_parts(path).map(|why| format!("`{path}`: {why}")));
    let clash = names::clash(paths.map(String::as_str)).map(|(one, other)| format!("both `{one}` and `{other}`"));
    unsafe_ones.chain(clash).collect::<Vec<_>>().into_iter()
}

/// Gives the version that brought a content path.
fn version_of(path: &str) -> Option<Number> {
    let (version, rest) = path.split_once('/')?;
    rest.strip_prefix(CONTENT)?.strip_prefix('/')?;
    Number::try_from(version.to_owned()).ok()
}

/// Gives the bytes of the file with an inventory's digest.
pub(super) fn sidecar(inventory: &[u8]) -> String {
    format!("{} {NAME}\n", sha512(inventory))
}
