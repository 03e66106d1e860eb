//! Makes a page of the cleaned file: contents marked for its tags, annotations drawn, links kept.

use std::fmt::Write;

use lopdf::{Dictionary, Object, ObjectId, Stream};

use super::annotations::{self, Drawn};
use super::contents::{Marks, Scan, edited, hides, mcid, replacement};
use super::work::PageWork;
use super::{Refusal, Subject, damage};
use crate::pdf::content::Operand;
use crate::pdf::objects::{contents, real, rect, resolve};
use crate::pdf::streams;

impl PageWork<'_, '_> {
    /// Makes the page.
    pub(super) fn page(&mut self, parent: ObjectId) -> Result<Dictionary, Refusal> {
        let pdf = self.copier.from;
        let (parts, mut bytes) = self.read()?;
        let resources = &self.page.resources;
        let hides = |property: &Operand| hides(pdf, resources, self.hidden, property);
        let mcid = |property: &Operand| mcid(pdf, resources, property);
        let instead = |property: &Operand| replacement(pdf, resources, property);
        let marks = |without| Marks { hides: &hides, mcid: &mcid, instead: &instead, without };
        // Where the file has no tags at all, one look is enough.
        let has_tags = self.structure.is_tagged();
        let mut scan = Scan::of(&bytes, &marks(!has_tags));
        let artifacts_only = has_tags && !scan.paints_unmarked && scan.marks.is_empty();
        // Tags that leave out most of the words would hide them from screen readers.
        let mostly_lost = scan.words_unmarked > scan.words_marked && !self.structure.has_marks_in_forms(self.page.id);
        let named = self.structure.names_any(self.page.id, &scan.marks);
        let tagged = has_tags && (named && !mostly_lost) || artifacts_only;
        if has_tags && !tagged {
            self.structure.forget_marks(self.page.id, &scan.marks);
            scan = Scan::of(&bytes, &marks(true));
        }
        self.structure.forget_marks(self.page.id, &scan.hidden_marks);
        let fonts = self.lost_fonts(&scan)?;
        scan.used.follow(pdf, resources);
        let free = scan.marks.last().map_or(0, |last| last.saturating_add(1)).max(0);
        let drawn = annotations::draw(self);
        let links = annotations::links(self);
        let has_look = scan.paints || !drawn.is_empty();
        let mut prefix = String::new();
        let mut suffix = format!("\n{}", scan.closing());
        if !drawn.is_empty() {
            prefix.push_str("q\n");
            suffix.push_str("Q\n");
        }
        let mut resources = self.copier.dictionary(&scan.used.prune(pdf, resources));
        if !drawn.is_empty() {
            name_drawn(&mut resources, &drawn);
        }
        stand_in(&mut resources, fonts);
        if tagged {
            for (offset, one) in (0_i64..).zip(&drawn) {
                let mark = free.saturating_add(offset);
                let _ = write!(suffix, "/Span <</MCID {mark}>> BDC\n{}EMC\n", one.operators());
                self.structure.mark_drawn(self.page.id, mark, one.annotation, one.description.as_deref());
            }
        } else {
            suffix.extend(drawn.iter().map(Drawn::operators));
            if has_look {
                prefix.insert_str(0, "/Figure <</MCID 0>> BDC\n");
                suffix.push_str("EMC\n");
                self.structure.add_figure(self.page.id);
                let subject = Subject::Untagged;
                self.notes.page(
                    subject,
                    self.page.number,
                    "it has no tags, so screen readers find one picture in place of its text",
                );
            }
        }
        let contents = if scan.edits.is_empty() && parts.len() == parts.iter().flatten().count() {
            let middle = parts.into_iter().flatten().map(|id| Object::Reference(self.copier.reference(id)));
            let middle: Vec<Object> = middle.collect();
            self.around(&prefix, middle, &suffix)
        } else {
            bytes = edited(&bytes, scan.edits);
            let mut all = prefix.into_bytes();
            all.append(&mut bytes);
            all.extend(suffix.into_bytes());
            let stream = streams::compressed(Dictionary::new(), all);
            Object::Reference(self.copier.add(Object::Stream(stream)))
        };

        let mut dict = Dictionary::new();
        dict.set("Type", Object::Name(b"Page".to_vec()));
        dict.set("Parent", Object::Reference(parent));
        dict.set("MediaBox", rect(self.page.shown));
        dict.set("Rotate", Object::Integer(i64::from(self.page.rotate)));
        if (self.page.unit - 1.0).abs() > f64::EPSILON {
            dict.set("UserUnit", real(self.page.unit));
        }
        if let Ok(group) = self.page.dict.get(b"Group") {
            let group = self.copier.object(group);
            dict.set("Group", group);
        }
        dict.set("Resources", Object::Dictionary(resources));
        dict.set("Contents", contents);
        if !links.is_empty() {
            dict.set("Annots", Object::Array(links.into_iter().map(Object::Reference).collect()));
        }
        Ok(dict)
    }

    fn lost(&self, how: &str) -> Refusal {
        Refusal::Damaged { why: format!("parts of page {} {how}", self.page.number) }
    }

    /// Gives the fonts that the page uses and that are not in the file; pictures and drawings cannot do without.
    fn lost_fonts(&mut self, scan: &Scan) -> Result<Vec<Vec<u8>>, Refusal> {
        let lost = |list| scan.used.lost(self.copier.from, &self.page.resources, list);
        let (fonts, drawings) = (lost(b"Font"), lost(b"XObject"));
        if self.copier.way.is_doubtful() && !(fonts.is_empty() && drawings.is_empty()) {
            self.lost.insert(self.page.number);
            return Ok(Vec::new());
        }
        if !drawings.is_empty() {
            let why = format!("a picture or drawing of page {} is not in the file", self.page.number);
            return Err(Refusal::Damaged { why });
        }
        if !fonts.is_empty() {
            let message = "a font of the page is not in the file, and another stands in for it";
            self.notes.page(Subject::Mended, self.page.number, message);
        }
        Ok(fonts)
    }

    /// Reads the page's contents: ids of its streams, and all of them decoded. What is lost is noted.
    fn read(&mut self) -> Result<(Vec<Option<ObjectId>>, Vec<u8>), Refusal> {
        let pdf = self.copier.from;
        let mut parts = Vec::new();
        let mut bytes = Vec::new();
        let (mut damaged, mut broken) = (false, false);
        let entries = contents(pdf, self.page.dict);
        let named =
            matches!(self.page.dict.get(b"Contents"), Ok(Object::Reference(id)) if !pdf.objects.contains_key(id));
        let mut lost = named;
        for entry in entries {
            let stream = match resolve(pdf, entry) {
                Some(Object::Stream(stream)) => stream,
                Some(_) => continue,
                None => {
                    lost = true;
                    continue;
                }
            };
            // What comes after contents that break off does not mend them.
            lost |= broken;
            match streams::decode(pdf, stream) {
                Some(decoded) if bytes.len().saturating_add(decoded.len()) <= streams::LARGEST => {
                    bytes.extend(decoded);
                    bytes.push(b'\n');
                    // What breaks off is written anew, as far as it goes.
                    let whole = streams::is_whole(pdf, stream);
                    parts.push(entry.as_reference().ok().filter(|_| whole));
                    damaged |= !whole;
                    broken |= !whole && streams::breaks_off(pdf, stream);
                }
                _ if self.copier.way.is_doubtful() => lost = true,
                _ => return Err(self.lost("are damaged, or too large to be read")),
            }
        }
        if lost || broken && !damage::end_well(&bytes) {
            self.lost.insert(self.page.number);
        } else if damaged {
            let message = "parts of the page are damaged, and show only as far as they can be read";
            self.notes.page(Subject::Mended, self.page.number, message);
        }
        Ok((parts, bytes))
    }

    fn around(&mut self, prefix: &str, mut middle: Vec<Object>, suffix: &str) -> Object {
        let plain = |text: &str| Object::Stream(Stream::new(Dictionary::new(), text.as_bytes().to_vec()));
        if !prefix.is_empty() {
            let id = self.copier.add(plain(prefix));
            middle.insert(0, Object::Reference(id));
        }
        if !suffix.trim().is_empty() {
            let id = self.copier.add(plain(suffix));
            middle.push(Object::Reference(id));
        }
        Object::Array(middle)
    }
}

/// Puts a usual font in the place of those that are not in the file, as viewers do.
fn stand_in(resources: &mut Dictionary, lost: Vec<Vec<u8>>) {
    if lost.is_empty() {
        return;
    }
    let mut fonts = match resources.remove(b"Font") {
        Some(Object::Dictionary(fonts)) => fonts,
        _ => Dictionary::new(),
    };
    let name = |text: &str| Object::Name(text.as_bytes().to_vec());
    for lost in lost {
        let usual = [("Type", name("Font")), ("Subtype", name("Type1")), ("BaseFont", name("Helvetica"))];
        fonts.set(lost, Object::Dictionary(usual.into_iter().collect()));
    }
    resources.set("Font", Object::Dictionary(fonts));
}

fn name_drawn(resources: &mut Dictionary, drawn: &[Drawn]) {
    let mut objects = match resources.remove(b"XObject") {
        Some(Object::Dictionary(objects)) => objects,
        _ => Dictionary::new(),
    };
    for one in drawn {
        objects.set(one.name.clone(), Object::Reference(one.form));
    }
    resources.set("XObject", Object::Dictionary(objects));
}
