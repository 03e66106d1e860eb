//! What was taken back: files of issues that the public root, or with erasure both, no longer hold.
//!
//! A record of it is a version of the object of the tombstones, and is written before anything goes: its private part
//! names every file, so that whoever opens the archive next finishes what was cut off. The objects are then written
//! anew without the files in any version, as OCFL's implementation notes have it for purging, and exchanged whole.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::failure::ArchiveFailure;
use super::files::Files;
use super::inventory::{Inventory, User, Version};
use super::names;
use super::roots::{NOTE, Note, PUBLIC, WHOLE, WRITING};
use super::tombstones::{self, OBJECT};
use super::verify::Gap;

/// Folder of the public records, and that of the private ones, in the whole object of the tombstones.
pub(super) const RECORDS: [&str; 2] = ["public/withheld/", "private/withheld/"];
/// What a version says of itself whose words were taken back.
const MESSAGE: &str = "withheld";
/// Version of the schema; grows when a field changes its meaning or goes away.
const SCHEMA_VERSION: u32 = 1;

/// A file of an issue that was taken back.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Hole {
    /// Id of the meeting.
    pub meeting: String,
    /// Number of the issue.
    pub issue: u32,
    /// Logical path in the whole root.
    pub path: String,
    /// SHA-512 of the file in hexadecimal digits.
    pub sha512: String,
    /// SHA-512 of what stands in its place; none where nothing does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub instead: Option<String>,
}

/// What is to be taken back.
#[derive(Debug, Clone)]
pub struct TakingBack {
    /// When, by RFC 3339.
    pub when: String,
    /// Who takes it back, for staff.
    pub who: User,
    /// Who takes it back, for everyone.
    pub public_who: User,
    /// The files that go, with those that stand in their place.
    pub holes: Vec<(Hole, Option<Vec<u8>>)>,
    /// Whether they go from the whole root too.
    pub erase: bool,
    /// The record for everyone.
    pub public: Vec<u8>,
    /// What else the record for staff says.
    pub private: Value,
}

/// The record for staff of something that was taken back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Withheld {
    schema_version: u32,
    /// Number of the record, from 1.
    pub number: u32,
    /// When it was taken back, by RFC 3339.
    pub when: String,
    /// Whether the whole root no longer holds it either.
    pub erased: bool,
    /// The files.
    pub holes: Vec<Hole>,
    /// What else is recorded.
    pub record: Value,
}

/// Gives the path of the logical file of an issue that stands for what its version says of itself.
pub fn note() -> &'static str {
    NOTE
}

impl Withheld {
    /// Gives how much of which issues it is.
    pub(crate) fn gaps(&self) -> Vec<Gap> {
        let mut gaps: BTreeMap<(&str, u32), u64> = BTreeMap::new();
        for hole in &self.holes {
            *gaps.entry((&hole.meeting, hole.issue)).or_default() += 1;
        }
        let gap = |((meeting, issue), files): ((&str, u32), u64)| Gap {
            meeting: meeting.to_owned(),
            issue,
            since: self.when.clone(),
            record: self.number,
            files,
            erased: self.erased,
        };
        gaps.into_iter().map(gap).collect()
    }
}

impl TakingBack {
    /// Gives what the object of the tombstones gets: logical paths with their bytes.
    pub(super) fn files(&self, number: u32) -> Vec<(String, Vec<u8>)> {
        let [public, private] = RECORDS;
        let mut files = vec![(format!("{public}{number}.json"), self.public.clone())];
        let mut holes = Vec::new();
        for (hole, instead) in &self.holes {
            let note = || plain(&Note { message: MESSAGE.into(), user: self.public_who.clone() });
            let instead = if hole.path == NOTE { Some(note()) } else { instead.clone() };
            let digest = instead.as_deref().map(super::digest::sha512);
            holes.push(Hole { instead: digest.clone(), ..hole.clone() });
            files.extend(digest.zip(instead).map(|(digest, bytes)| (format!("{private}instead/{digest}"), bytes)));
        }
        holes.sort();
        let record = Withheld {
            schema_version: SCHEMA_VERSION,
            number,
            when: self.when.clone(),
            erased: self.erase,
            holes,
            record: self.private.clone(),
        };
        files.push((format!("{private}{number}.json"), plain(&record)));
        files
    }
}

fn plain(value: &impl Serialize) -> Vec<u8> {
    let mut bytes = serde_json::to_vec_pretty(value).expect("a record is plain data");
    bytes.push(b'\n');
    bytes
}

/// The files of an object that were taken back, by version and logical path in the whole root; with whether that lost
/// the file as well.
type HolesOf = BTreeMap<(u32, String), (Hole, bool)>;

/// All files that were taken back.
#[derive(Default)]
pub(super) struct Holes {
    /// By object.
    all: BTreeMap<String, HolesOf>,
    /// Where in the archive the bytes lie that stand in the place of files.
    instead: BTreeMap<String, String>,
}

impl Holes {
    /// Gives the objects that have lost files, in either root.
    pub(super) fn objects(&self) -> impl Iterator<Item = &str> {
        self.all.keys().map(String::as_str)
    }

    /// Gives the digest that a file of an object has after everything was taken back; none where it is gone.
    fn left<'a>(&'a self, object: &str, version: u32, path: &str, digest: &'a str, erased: bool) -> Option<&'a str> {
        let found = self.all.get(object).and_then(|holes| holes.get(&(version, path.to_owned())));
        match found.filter(|(_, is_erased)| *is_erased || !erased) {
            Some((hole, _)) => hole.instead.as_deref(),
            None => Some(digest),
        }
    }

    /// Gives the files of a version that are left, by path.
    pub(super) fn files<'a>(
        &'a self,
        object: &str,
        (number, version): (u32, &'a Version),
        erased: bool,
    ) -> BTreeMap<&'a str, &'a str> {
        let files = version.files().into_iter();
        files.filter_map(|(path, digest)| Some((path, self.left(object, number, path, digest, erased)?))).collect()
    }

    /// Gives where the bytes lie that stand in the place of a file.
    pub(super) fn content(&self, digest: &str) -> Option<&str> {
        self.instead.get(digest).map(String::as_str)
    }

    /// Tells whether what a version of an object says of itself was taken back.
    fn is_silent(&self, object: &str, version: u32, erased: bool) -> bool {
        self.left(object, version, NOTE, "", erased) != Some("")
    }

    /// Gives a whole object without what was erased.
    pub(super) fn erased(&self, whole: &Inventory) -> Inventory {
        let mut left = Inventory::empty(&whole.id);
        for (number, version) in &whole.versions {
            let files = self.files(&whole.id, (number.0, version), true);
            let files = files.into_iter().map(|(path, digest)| (path.to_owned(), digest.to_owned())).collect();
            let silent = self.is_silent(&whole.id, number.0, true);
            let message = if silent { MESSAGE } else { &version.message };
            left.push(&version.created, message, &version.user, &files);
        }
        left
    }

    /// Tells whether a public object still holds what was taken back.
    pub(super) fn stand_in(&self, public: &Inventory) -> bool {
        let Some(holes) = self.all.get(&public.id) else { return false };
        holes.iter().any(|((number, path), (hole, _))| {
            let Some(version) = public.version(*number) else { return false };
            match path.strip_prefix("public/") {
                Some(path) => {
                    let found = version.files().get(path).copied();
                    found.is_some() && found != hole.instead.as_deref()
                }
                None => path == NOTE && version.message != MESSAGE,
            }
        })
    }
}

impl Files {
    /// Reads the records of what was taken back.
    pub(super) fn withheld(&self) -> Result<Vec<Withheld>, ArchiveFailure> {
        if !self.has("", WHOLE)? || !self.has(WHOLE, OBJECT)? {
            return Ok(Vec::new());
        }
        let inventory = self.inventory(WHOLE, OBJECT)?;
        let mut records = Vec::new();
        for (path, digest) in inventory.version(inventory.head()).map(Version::files).unwrap_or_default() {
            if path.strip_prefix(RECORDS[1]).and_then(tombstones::removed_in).is_some() {
                let place = format!("{WHOLE}/{OBJECT}/{}", inventory.content(digest).unwrap_or_default());
                let bytes = self.read_checked(&place, digest)?;
                let record: Withheld =
                    serde_json::from_slice(&bytes).map_err(|error| self.damaged(&place, error.to_string()))?;
                if record.schema_version > SCHEMA_VERSION {
                    let found = format!("schema_version {}", record.schema_version);
                    let place = self.store.place(&place);
                    return Err(ArchiveFailure::OtherFormat { place, found, known: "schema_version 1" });
                }
                records.push(record);
            }
        }
        records.sort_by_key(|record| record.number);
        Ok(records)
    }

    /// Gathers all that was taken back.
    pub(super) fn holes(&self) -> Result<Holes, ArchiveFailure> {
        let mut holes = Holes::default();
        let records = self.withheld()?;
        if records.is_empty() {
            return Ok(holes);
        }
        for record in records {
            for hole in record.holes {
                let of_object = holes.all.entry(names::object(&hole.meeting)?).or_default();
                let key = (hole.issue, hole.path.clone());
                let erased = record.erased || of_object.get(&key).is_some_and(|(_, erased)| *erased);
                of_object.insert(key, (hole, erased));
            }
        }
        let inventory = self.inventory(WHOLE, OBJECT)?;
        let content = |(path, digest): (&str, &str)| (digest.to_owned(), format!("{WHOLE}/{OBJECT}/{path}"));
        holes.instead = inventory.contents().map(content).collect();
        Ok(holes)
    }

    /// Takes away from both roots what the records say was taken back, the public root first, and tells whether anything
    /// was still there.
    pub(super) fn take_back(&self, holes: &Holes) -> Result<bool, ArchiveFailure> {
        let mut was_there = false;
        for object in holes.objects() {
            if self.has(WHOLE, object)? && self.has(PUBLIC, object)? && self.stands(object, holes)? {
                self.roll_forward(object, holes)?;
                was_there = true;
            }
        }
        self.clean()?;
        for object in holes.objects() {
            if !self.has(WHOLE, object)? {
                continue;
            }
            let whole = self.inventory(WHOLE, object)?;
            let left = holes.erased(&whole);
            if left == whole {
                continue;
            }
            let new = self.written_anew(WHOLE, &left, Some(&whole), &whole, holes)?;
            self.put_in_place(WHOLE, object, &new, true)?;
            self.settle(WHOLE)?;
            was_there = true;
        }
        self.clean()?;
        Ok(was_there)
    }

    fn stands(&self, object: &str, holes: &Holes) -> Result<bool, ArchiveFailure> {
        Ok(holes.stand_in(&self.inventory(PUBLIC, object)?))
    }

    /// Tells whether either root holds what was taken back from it.
    pub(super) fn holds_what_was_taken_back(&self, holes: &Holes) -> Result<bool, ArchiveFailure> {
        for object in holes.objects() {
            if self.has(PUBLIC, object)? && self.stands(object, holes)? {
                return Ok(true);
            }
            if self.has(WHOLE, object)? {
                let whole = self.inventory(WHOLE, object)?;
                if holes.erased(&whole) != whole {
                    return Ok(true);
                }
            }
        }
        Ok(false)
    }

    /// Writes a public object anew, and puts it in the place of one that holds what was taken back, which is never put
    /// back again.
    pub(super) fn replace_public(
        &self,
        public: &Inventory,
        old: Option<&Inventory>,
        whole: &Inventory,
        holes: &Holes,
    ) -> Result<(), ArchiveFailure> {
        let new = self.written_anew(PUBLIC, public, old, whole, holes)?;
        let place = format!("{PUBLIC}/{}", public.id);
        match self.store.exchange(&new, &place) {
            Err(error) if error.kind() == std::io::ErrorKind::Unsupported => {
                self.rename(&place, &format!("{WRITING}/{PUBLIC}+{}+gone", public.id))?;
                self.rename(&new, &place)?;
            }
            done => done.map_err(|error| self.failure("put in its place", &place, &error))?,
        }
        self.settle(PUBLIC)
    }

    /// Makes an object with all of its versions aside; files that it had before are linked and not copied.
    fn written_anew(
        &self,
        side: &str,
        inventory: &Inventory,
        old: Option<&Inventory>,
        whole: &Inventory,
        holes: &Holes,
    ) -> Result<String, ArchiveFailure> {
        self.stage(side, inventory, 0, &|digest, to| {
            if let Some(path) = old.and_then(|old| old.content(digest)) {
                let from = format!("{side}/{}/{path}", inventory.id);
                if self.store.link_or_copy(&from, to).is_ok() {
                    return Ok(());
                }
            }
            self.write(to, &self.bytes_of(whole, holes, digest)?)
        })
    }

    /// Reads the bytes of a digest from a whole object, or from where what stands in the place of a file is kept.
    pub(super) fn bytes_of(&self, whole: &Inventory, holes: &Holes, digest: &str) -> Result<Vec<u8>, ArchiveFailure> {
        let own = whole.content(digest).map(|path| format!("{WHOLE}/{}/{path}", whole.id));
        let lacks = || self.damaged(&format!("{WHOLE}/{}", whole.id), "does not say where the bytes of a file lie");
        let path = own.or_else(|| holes.content(digest).map(str::to_owned)).ok_or_else(lacks)?;
        self.read_checked(&path, digest)
    }
}
