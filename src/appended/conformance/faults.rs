//! Gathers what is wrong, each reason once with the pages that it concerns.

use std::collections::{BTreeMap, BTreeSet};

use crate::appended::facts::{Remark, Subject};

/// Most different reasons kept; a file made to be slow cannot grow the list beyond it.
const MOST: usize = 400;

/// Reasons found so far.
///
/// Reasons found while a stream is read go into the innermost open frame, so that a form used
/// again can give the same reasons without being read again.
#[derive(Default)]
pub struct Faults {
    reasons: Vec<(Subject, String)>,
    numbers: BTreeMap<(Subject, String), usize>,
    pages: BTreeMap<usize, BTreeSet<u32>>,
    frames: Vec<BTreeSet<usize>>,
}

impl Faults {
    /// Notes a reason in the innermost frame.
    pub fn add(&mut self, subject: Subject, message: impl Into<String>) {
        let number = self.number(subject, message.into());
        match self.frames.last_mut() {
            Some(frame) => {
                frame.insert(number);
            }
            None => {
                self.pages.entry(number).or_default();
            }
        }
    }

    /// Notes what breaks PDF/A-2b.
    pub fn archiving(&mut self, message: impl Into<String>) {
        self.add(Subject::Archiving, message);
    }

    /// Notes what breaks PDF/UA-1.
    pub fn accessibility(&mut self, message: impl Into<String>) {
        self.add(Subject::Accessibility, message);
    }

    /// Notes a reason for one page, or for the file when the page is not known.
    pub fn add_at(&mut self, subject: Subject, page: Option<u32>, message: impl Into<String>) {
        let number = self.number(subject, message.into());
        self.pages.entry(number).or_default().extend(page);
    }

    /// Opens a frame.
    pub fn begin(&mut self) {
        self.frames.push(BTreeSet::new());
    }

    /// Closes the innermost frame; what it holds is also in the one around it.
    pub fn end(&mut self) -> Vec<usize> {
        let frame: Vec<usize> = self.frames.pop().unwrap_or_default().into_iter().collect();
        self.again(&frame);
        frame
    }

    /// Notes reasons again that a frame held.
    pub fn again(&mut self, reasons: &[usize]) {
        if let Some(outer) = self.frames.last_mut() {
            outer.extend(reasons);
        }
    }

    /// Closes the frame of a page.
    pub fn end_page(&mut self, page: u32) {
        for number in self.frames.pop().unwrap_or_default() {
            self.pages.entry(number).or_default().insert(page);
        }
    }

    /// Gives all reasons, each with its pages in order.
    pub fn into_remarks(self) -> Vec<Remark> {
        let mut remarks: Vec<Remark> = self
            .pages
            .into_iter()
            .filter_map(|(number, pages)| {
                let (subject, message) = self.reasons.get(number)?.clone();
                Some(Remark { subject, pages: pages.into_iter().collect(), message })
            })
            .collect();
        remarks.sort();
        remarks
    }

    fn number(&mut self, subject: Subject, message: String) -> usize {
        let key = (subject, message);
        if let Some(number) = self.numbers.get(&key) {
            return *number;
        }
        let key = if self.reasons.len() >= MOST {
            (subject, "there are more faults than can be listed".to_owned())
        } else {
            key
        };
        if let Some(number) = self.numbers.get(&key) {
            return *number;
        }
        let number = self.reasons.len();
        self.reasons.push(key.clone());
        self.numbers.insert(key, number);
        number
    }
}

/// Gives a name out of a file as it can stand in a message: printable, and not too long.
pub fn shown(name: &[u8]) -> String {
    let text: String =
        String::from_utf8_lossy(name).chars().map(|c| if c.is_control() { '?' } else { c }).take(60).collect();
    if text.is_empty() { "without a name".to_owned() } else { text }
}
