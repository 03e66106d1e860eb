//! What the shelf does with proofs: the council's key, the head of the chain, letters, and files that somebody holds.

use super::Shelf;
use crate::archive::{Archive, ArchiveFailure, Side, Whereabouts};
use crate::issue::IssueFailure;
use crate::issue::chain;
use crate::issue::chain::head;
use crate::issue::chain::keys::{self, Change, KeyRecord};
use crate::issue::contents::{PROOFS, PUBLIC, PUBLIC_FOLDER};
use crate::issue::letter::{self, Letter};
use crate::issue::proof::Proof;
use crate::issue::proof::signing::PrivateKey;
use crate::issue::time::Time;
use crate::model::dates::Formats;
use crate::record;

use super::PROGRAMS;

impl Shelf {
    /// Gives the archive, which must be there.
    fn opened(&self) -> Result<Archive, IssueFailure> {
        Ok(self.archive()?.ok_or_else(|| ArchiveFailure::NotAnArchive {
            place: self.folder.display().to_string(),
            why: "nothing has been issued into it".to_owned(),
        })?)
    }

    /// Gives which files of which issues have these bytes. Of a copy of the public root, only public ones are known.
    pub(crate) fn find(&self, bytes: &[u8]) -> Result<Vec<Whereabouts>, IssueFailure> {
        let archive = self.opened()?;
        let side = if archive.has_root(Side::Whole)? { Side::Whole } else { Side::Public };
        let found = archive.find(side, bytes)?.into_iter().filter(|one| !one.meeting.starts_with(PROGRAMS));
        let public = |one: Whereabouts| match side {
            Side::Public => Whereabouts { path: format!("{PUBLIC_FOLDER}{}", one.path), ..one },
            Side::Whole => one,
        };
        Ok(found.map(public).collect())
    }

    /// Makes sure that something is signed as the council signs: with its key, or not at all while it has none.
    pub(crate) fn may_sign(&self, key: Option<&PrivateKey>) -> Result<(), IssueFailure> {
        self.archive()?.map_or(Ok(()), |archive| keys::may_sign(&archive, key))
    }

    /// Gives the records of the council's keys, the first first; none where the council does not sign.
    pub(crate) fn council_keys(&self) -> Result<Vec<KeyRecord>, IssueFailure> {
        self.archive()?.map_or(Ok(Vec::new()), |archive| keys::records(&archive))
    }

    /// Makes another key the council's.
    pub(crate) fn change_key(&self, key: &PrivateKey, change: &Change, time: &Time) -> Result<(), IssueFailure> {
        if self.council_keys()?.is_empty() {
            return Err(IssueFailure::NoCouncilKey);
        }
        let mut writer = Archive::write(&self.folder)?;
        let mut standing = chain::noted_or_found(writer.archive())?;
        standing.key = Some(keys::keep(&mut writer, key, change, (&time.stamp(), time.given.as_ref()))?);
        standing.note(&mut writer);
        Ok(())
    }

    /// Gives a letter that says how anybody can check the packs of an issue.
    pub(crate) fn letter(&self, meeting: &str, number: u32, formats: &Formats) -> Result<Letter, IssueFailure> {
        let archive = self.of(meeting)?;
        let manifest = self.manifest_of(meeting, number)?;
        let record: record::Record = self.json(meeting, number, PUBLIC)?;
        let proof = Proof::read(&self.file(meeting, number, PROOFS[1])?)?;
        let place = |meeting: &str, number, path: &str| {
            let place = archive.place(Side::Public, meeting, number, path)?;
            Ok::<_, IssueFailure>(place.strip_prefix(PUBLIC_FOLDER).unwrap_or(&place).to_owned())
        };
        let day = |date: &str| date.get(..10).and_then(|date| date.parse().ok()).unwrap_or_default();
        let key = match proof.key() {
            Some(key) => {
                let records = keys::records(&archive)?;
                let at = records.iter().position(|record| record.key() == Ok(key)).unwrap_or_default();
                let version = u32::try_from(at + 1).unwrap_or(1);
                Some((key.hexadecimal(), place(keys::OBJECT, version, keys::FILES[1])?))
            }
            None => None,
        };
        Ok(Letter {
            meeting: meeting.to_owned(),
            body: record.meeting.body,
            when: formats.date.print(day(&record.meeting.date)),
            issue: number,
            issued: formats.day.print(day(&manifest.issued)),
            files: letter::packs(&proof),
            proof: place(meeting, number, "proof.json")?,
            key,
        })
    }

    /// Makes the head of the chain, and gives its file.
    pub(crate) fn head(&self, key: Option<&PrivateKey>, time: &Time) -> Result<Vec<u8>, IssueFailure> {
        self.opened()?;
        self.may_sign(key)?;
        let mut writer = Archive::write(&self.folder)?;
        head::keep(&mut writer, key, (&time.stamp(), time.given.as_ref()))
    }

    /// Gives the files of the heads that were made, the first first.
    pub(crate) fn heads(&self) -> Result<Vec<Vec<u8>>, IssueFailure> {
        self.archive()?.map_or(Ok(Vec::new()), |archive| head::files(&archive))
    }
}
