//! ZIP packages: the parts of an Office Open XML or OpenDocument file, read within bounds.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, BufReader, Cursor, Read, Write};

use zip::write::{SimpleFileOptions, ZipWriter};
use zip::{CompressionMethod, ZipArchive};

use super::failure::OfficeFailure;
use super::kind::{Build, Family, Kind};
use super::xml::{self, Met, Tag};

/// How much one part may unpack to when it is read for its words.
const LARGEST_PART: u64 = 64 * 1024 * 1024;
/// How much is unpacked of one file when it is read for its words.
const LARGEST_READING: u64 = 512 * 1024 * 1024;
/// How much a file may unpack to in all.
const LARGEST_FILE: u64 = 1024 * 1024 * 1024;
/// How many parts a file may have.
const MOST_PARTS: usize = 50_000;

/// An opened package.
pub(crate) struct Package<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    left: u64,
    /// Parts that could not be read.
    pub(crate) unread: BTreeSet<String>,
}

/// A link from one part to another, or out of the file.
#[derive(Debug, Clone)]
pub(crate) struct Relation {
    /// Name by which the part refers to it.
    pub(crate) id: String,
    /// Last part of the type's address, such as `image`.
    pub(crate) kind: String,
    /// Path of a part, or an address when external.
    pub(crate) target: String,
    /// Whether it leads out of the file.
    pub(crate) external: bool,
}

impl<'a> Package<'a> {
    /// Opens a package.
    pub(crate) fn open(bytes: &'a [u8]) -> Option<Self> {
        let archive = ZipArchive::new(Cursor::new(bytes)).ok()?;
        Some(Self { archive, left: LARGEST_READING, unread: BTreeSet::new() })
    }

    /// Gives the paths of all parts.
    pub(crate) fn names(&self) -> Vec<String> {
        self.archive.file_names().flatten().map(std::borrow::Cow::into_owned).collect()
    }

    /// Tells whether there is a part.
    pub(crate) fn has(&self, part: &str) -> bool {
        self.archive.index_for_name(part).is_some()
    }

    /// Unpacks everything into nothing, so that a bomb or a damaged part is met here.
    pub(crate) fn weigh(&mut self) -> Result<(), OfficeFailure> {
        let too_large = || OfficeFailure::TooLarge { megabytes: LARGEST_FILE / 1_048_576 };
        if self.archive.len() > MOST_PARTS {
            return Err(too_large());
        }
        let mut left = LARGEST_FILE;
        for index in 0..self.archive.len() {
            let part = self.archive.by_index(index).map_err(|error| match error {
                zip::result::ZipError::UnsupportedArchive(_) | zip::result::ZipError::InvalidPassword => {
                    OfficeFailure::Encrypted
                }
                _ => OfficeFailure::Damaged,
            })?;
            let size = io::copy(&mut part.take(left + 1), &mut io::sink()).map_err(|_| OfficeFailure::Damaged)?;
            left = left.checked_sub(size).ok_or_else(too_large)?;
        }
        Ok(())
    }

    /// Walks through a part; a part that is not there is empty.
    pub(crate) fn walk(&mut self, part: &str, see: impl FnMut(&[Tag], Met)) {
        let Some(index) = self.archive.index_for_name(part) else { return };
        let limit = LARGEST_PART.min(self.left);
        let Ok(entry) = self.archive.by_index(index) else {
            self.unread.insert(part.to_owned());
            return;
        };
        let mut source = BufReader::new(entry.take(limit));
        let whole = xml::walk(&mut source, see);
        self.left -= limit - source.get_ref().limit();
        if !whole {
            self.unread.insert(part.to_owned());
        }
    }

    /// Gives the text of a part; none when it is not there, too large, or not in UTF-8.
    pub(crate) fn text(&mut self, part: &str) -> Option<String> {
        let limit = LARGEST_PART.min(self.left);
        let mut text = String::new();
        let entry = self.archive.by_name(part).ok()?;
        let read = entry.take(limit + 1).read_to_string(&mut text).ok()? as u64;
        self.left = self.left.checked_sub(read).filter(|_| read <= limit)?;
        Some(text)
    }

    /// Gives the file with other texts in the place of those of some parts, all else as it was.
    pub(crate) fn with(&mut self, parts: &BTreeMap<String, String>) -> Option<Vec<u8>> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
        for index in 0..self.archive.len() {
            let entry = self.archive.by_index_raw(index).ok()?;
            let name = entry.name().ok()?.into_owned();
            match parts.get(&name) {
                Some(text) => {
                    writer.start_file(name, options).ok()?;
                    writer.write_all(text.as_bytes()).ok()?;
                }
                None => writer.raw_copy_file(entry).ok()?,
            }
        }
        Some(writer.finish().ok()?.into_inner())
    }

    /// Gives what a part of an Office Open XML file refers to; the file itself for the empty path.
    pub(crate) fn relations(&mut self, part: &str) -> Vec<Relation> {
        let (folder, name) = part.rsplit_once('/').unwrap_or(("", part));
        let mut found = Vec::new();
        self.walk(&joined(folder, &format!("_rels/{name}.rels")), |open, met| {
            let Some(tag) = open.last().filter(|tag| met == Met::Open && tag.name == "Relationship") else { return };
            let target = tag.get("Target").unwrap_or_default();
            let external = tag.is("TargetMode", "External");
            found.push(Relation {
                id: tag.get("Id").unwrap_or_default().to_owned(),
                kind: tag.get("Type").unwrap_or_default().rsplit('/').next().unwrap_or_default().to_owned(),
                target: if external { target.to_owned() } else { joined(folder, target) },
                external,
            });
        });
        found
    }

    /// Gives the path of an Office Open XML file's main part.
    pub(crate) fn main_part(&mut self) -> Option<String> {
        self.relations("").into_iter().find(|link| link.kind == "officeDocument").map(|link| link.target)
    }

    /// Tells whether parts are encrypted, as OpenDocument does it (part 2, section 3.4).
    pub(crate) fn is_encrypted(&mut self) -> bool {
        let mut encrypted = false;
        self.walk("META-INF/manifest.xml", |open, _| {
            encrypted |= open.last().is_some_and(|tag| tag.name == "encryption-data");
        });
        encrypted
    }

    /// Gives the kind that the package says it is.
    pub(crate) fn kind(&mut self) -> Option<Kind> {
        if self.has("[Content_Types].xml")
            && let Some(main) = self.main_part()
        {
            let mut kind = None;
            self.walk("[Content_Types].xml", |open, met| {
                let Some(tag) = open.last().filter(|_| met == Met::Open) else { return };
                if tag.get("PartName").is_some_and(|name| name.trim_start_matches('/') == main) {
                    kind = kind_of_type(tag.get("ContentType").unwrap_or_default(), Build::Ooxml);
                }
            });
            return kind;
        }
        let mut text = String::new();
        let index = self.archive.index_for_name("mimetype")?;
        self.archive.by_index(index).ok()?.take(200).read_to_string(&mut text).ok()?;
        kind_of_type(text.trim(), Build::Odf)
    }
}

fn kind_of_type(text: &str, build: Build) -> Option<Kind> {
    // Templates, shows and files with macros are built as the plain kinds are.
    let is = |names: [&str; 2]| text.ends_with(".main+xml") && names.iter().any(|name| text.contains(name));
    let family = match build {
        Build::Odf => match text.strip_prefix("application/vnd.oasis.opendocument.")?.trim_end_matches("-template") {
            "text" => Family::Text,
            "spreadsheet" => Family::Sheets,
            "presentation" => Family::Slides,
            _ => return None,
        },
        _ if is(["wordprocessingml.", "ms-word."]) => Family::Text,
        _ if is(["spreadsheetml.", "ms-excel."]) => Family::Sheets,
        _ if is(["presentationml.", "ms-powerpoint."]) => Family::Slides,
        _ => return None,
    };
    Some(match (build, family) {
        (Build::Odf, Family::Text) => Kind::Odt,
        (Build::Odf, Family::Sheets) => Kind::Ods,
        (Build::Odf, Family::Slides) => Kind::Odp,
        (_, Family::Text) => Kind::Docx,
        (_, Family::Sheets) => Kind::Xlsx,
        (_, Family::Slides) => Kind::Pptx,
    })
}

/// Gives the path of a part from the folder it is named in.
fn joined(folder: &str, target: &str) -> String {
    let mut parts: Vec<&str> = if target.starts_with('/') { Vec::new() } else { folder.split('/').collect() };
    for part in target.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            name => parts.push(name),
        }
    }
    parts.retain(|part| !part.is_empty());
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn templates_and_files_with_macros_are_known() {
        let kind = |text| kind_of_type(text, Build::Ooxml);
        assert_eq!(kind("application/vnd.ms-word.document.macroEnabled.main+xml"), Some(Kind::Docx));
        assert_eq!(kind("application/vnd.ms-excel.template.macroEnabled.main+xml"), Some(Kind::Xlsx));
        let show = "application/vnd.openxmlformats-officedocument.presentationml.slideshow.main+xml";
        assert_eq!(kind(show), Some(Kind::Pptx));
        assert_eq!(kind("application/vnd.ms-excel.sheet.binary.macroEnabled.main"), None);
        let template = "application/vnd.oasis.opendocument.text-template";
        assert_eq!(kind_of_type(template, Build::Odf), Some(Kind::Odt));
    }

    #[test]
    fn targets_are_found_from_their_folder() {
        assert_eq!(joined("xl/worksheets", "../comments1.xml"), "xl/comments1.xml");
        assert_eq!(joined("xl", "/xl/worksheets/a.xml"), "xl/worksheets/a.xml");
        assert_eq!(joined("", "_rels/.rels"), "_rels/.rels");
    }
}
