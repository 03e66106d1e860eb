//! Makes of an office file one that prints nothing but what its author would see printed.
//!
//! LibreOffice prints hidden sheets that have a print area, hidden text boxes and rows, the path of the
//! file and the hour of the conversion. So the file is written anew before LibreOffice sees it: what is
//! hidden is taken out, and what would be reckoned on this machine stays as it was when it was last saved.

use std::collections::BTreeMap;

use super::failure::OfficeFailure;
use super::kind::{Build, Family, Kind};
use super::package::Package;
use edits::Edits;
pub(crate) use odf::Styles as OdfStyles;

mod edits;
mod fields;
mod odf;
mod page;
mod sheets;
mod slides;
mod words;

/// The parts of a package that are to be written anew.
struct Parts<'p, 'b> {
    package: &'p mut Package<'b>,
    texts: BTreeMap<String, String>,
}

impl Parts<'_, '_> {
    /// Edits a part; one that is not there stays away, one that cannot be read stops the work.
    fn edit(&mut self, part: &str, plan: impl FnOnce(&str) -> Option<Edits>) -> Result<(), OfficeFailure> {
        if !self.package.has(part) {
            return Ok(());
        }
        let unreadable = || OfficeFailure::Unreadable { part: part.to_owned() };
        let edited = self.texts.remove(part);
        let text = edited.clone().or_else(|| self.package.text(part)).ok_or_else(unreadable)?;
        let edits = plan(&text).ok_or_else(unreadable)?;
        if let Some(edited) = edits.apply(&text).or(edited) {
            self.texts.insert(part.to_owned(), edited);
        }
        Ok(())
    }
}

/// How a file came to be, which tells what its fields hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Origin {
    /// As its author saved it.
    Author,
    /// Just written by LibreOffice, which filled its fields in with the day and the folder of the work.
    Rewritten,
}

/// Gives the file to be printed in the place of an Office Open XML or OpenDocument file.
pub(crate) fn prepared(kind: Kind, bytes: &[u8], origin: Origin) -> Result<Vec<u8>, OfficeFailure> {
    let mut package = Package::open(bytes).ok_or(OfficeFailure::Damaged)?;
    let mut parts = Parts { package: &mut package, texts: BTreeMap::new() };
    match (kind.build(), kind.family()) {
        (Build::Odf, family) => odf::prepare(&mut parts, family, origin)?,
        (_, Family::Text) => words::prepare(&mut parts)?,
        (_, Family::Sheets) => sheets::prepare(&mut parts)?,
        (_, Family::Slides) => slides::prepare(&mut parts)?,
    }
    let texts = parts.texts;
    if texts.is_empty() {
        return Ok(bytes.to_vec());
    }
    package.with(&texts).ok_or(OfficeFailure::Damaged)
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Write};

    use zip::write::{SimpleFileOptions, ZipWriter};

    use super::*;

    fn package(parts: &[(&str, &str)]) -> Vec<u8> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, text) in parts {
            writer.start_file(*name, SimpleFileOptions::default()).expect("a part");
            writer.write_all(text.as_bytes()).expect("its text");
        }
        writer.finish().expect("a package").into_inner()
    }

    fn part(bytes: &[u8], name: &str) -> String {
        Package::open(bytes).and_then(|mut package| package.text(name)).expect("the part")
    }

    #[test]
    fn what_one_plan_edits_stays_when_another_has_nothing_to_do() {
        let styles = "<s><st:master-page st:name='M'><st:header><t:p>x<t:file-name>???</t:file-name></t:p></st:header>\
                      </st:master-page></s>";
        let bytes = package(&[("mimetype", "x"), ("styles.xml", styles), ("content.xml", "<c/>")]);
        let prepared = prepared(Kind::Ods, &bytes, Origin::Author).expect("it can be prepared");
        assert_eq!(part(&prepared, "styles.xml"), styles.replace("<t:file-name>???</t:file-name>", ""));
        assert_eq!(part(&prepared, "mimetype"), "x");
    }

    #[test]
    fn a_part_that_cannot_be_read_stops_the_work() {
        let bytes = package(&[("content.xml", "<c><d></c>")]);
        let failure = prepared(Kind::Odt, &bytes, Origin::Author).expect_err("it cannot be read");
        assert!(matches!(failure, OfficeFailure::Unreadable { part } if part == "content.xml"));
    }

    #[test]
    fn a_file_with_nothing_to_take_out_stays_as_it_is() {
        let bytes = package(&[("content.xml", "<c/>")]);
        assert_eq!(prepared(Kind::Odt, &bytes, Origin::Author).ok(), Some(bytes));
    }
}
