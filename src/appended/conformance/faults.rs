//! Gathers what is wrong, each reason once with the pages that it concerns.

use std::collections::{BTreeMap, BTreeSet};

use crate::appended::facts::{Remark, Subject};

/// Most different reasons kept; a file made to be slow cannot grow the list beyond it.
const MOST: usize = 400;

/// Fonts and tables that one reason names.
const NAMED: usize = 8;

/// Reasons found so far.
///
/// Reasons found while a stream is read go into the innermost open frame, so that a form used
/// again can give the same reasons without being read again.
#[derive(Default)]
pub(crate) struct Faults {
    reasons: Vec<(Subject, String)>,
    numbers: BTreeMap<(Subject, String), usize>,
    pages: BTreeMap<usize, BTreeSet<u32>>,
    /// What a reason is true of, where it is true of several things: their names in the place of `{names}`.
    names: BTreeMap<usize, Vec<String>>,
    frames: Vec<BTreeSet<usize>>,
}

impl Faults {
    /// Notes a reason in the innermost frame.
    pub(crate) fn add(&mut self, subject: Subject, message: impl Into<String>) {
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

    /// Notes a reason that is true of a font: `{font}` in it stands for all fonts of which it is, `{is}` for `is` or `are`.
    pub(crate) fn of_font(&mut self, subject: Subject, font: &str, reason: &str) {
        let number = self.number(subject, reason.to_owned());
        let names = self.names.entry(number).or_default();
        if !names.iter().any(|name| name == font) && names.len() < MOST {
            names.push(font.to_owned());
        }
        self.add(subject, reason);
    }

    /// Notes a reason that is true of a table: after it, all tables are named of which it is.
    pub(crate) fn of_table(&mut self, page: Option<u32>, table: usize, reason: &str) {
        let reason = format!("{reason}: {{tables}}");
        let number = self.number(Subject::Accessibility, reason.clone());
        let place = page.map_or_else(|| format!("table {table}"), |page| format!("table {table} on page {page}"));
        self.names.entry(number).or_default().push(place);
        self.add_at(Subject::Accessibility, page, reason);
    }

    /// Notes what breaks PDF/A-2b.
    pub(crate) fn archiving(&mut self, message: impl Into<String>) {
        self.add(Subject::Archiving, message);
    }

    /// Notes what breaks PDF/UA-1.
    pub(crate) fn accessibility(&mut self, message: impl Into<String>) {
        self.add(Subject::Accessibility, message);
    }

    /// Notes a reason for one page, or for the file when the page is not known.
    pub(crate) fn add_at(&mut self, subject: Subject, page: Option<u32>, message: impl Into<String>) {
        let number = self.number(subject, message.into());
        self.pages.entry(number).or_default().extend(page);
    }

    /// Opens a frame.
    pub(crate) fn begin(&mut self) {
        self.frames.push(BTreeSet::new());
    }

    /// Closes the innermost frame; what it holds is also in the one around it.
    pub(crate) fn end(&mut self) -> Vec<usize> {
        let frame: Vec<usize> = self.frames.pop().unwrap_or_default().into_iter().collect();
        self.again(&frame);
        frame
    }

    /// Notes reasons again that a frame held.
    pub(crate) fn again(&mut self, reasons: &[usize]) {
        if let Some(outer) = self.frames.last_mut() {
            outer.extend(reasons);
        }
    }

    /// Closes the frame of a page.
    pub(crate) fn end_page(&mut self, page: u32) {
        for number in self.frames.pop().unwrap_or_default() {
            self.pages.entry(number).or_default().insert(page);
        }
    }

    /// Gives all reasons, each with its pages in order.
    pub(crate) fn into_remarks(self) -> Vec<Remark> {
        let mut remarks: Vec<Remark> = self
            .pages
            .into_iter()
            .filter_map(|(number, pages)| {
                let (subject, message) = self.reasons.get(number)?.clone();
                let message = match self.names.get(&number) {
                    Some(names) => named(&message, names),
                    None => message,
                };
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

/// Puts names into a reason.
fn named(reason: &str, names: &[String]) -> String {
    let mut sorted = names.to_vec();
    if reason.contains("{font}") {
        sorted.sort();
    }
    let more = sorted.len().saturating_sub(NAMED);
    sorted.truncate(NAMED);
    let list = match (&sorted[..], more) {
        ([one], 0) => one.clone(),
        ([first @ .., last], 0) => format!("{} and {last}", first.join(", ")),
        (some, more) => format!("{} and {more} more", some.join(", ")),
    };
    let (is, font) = if names.len() == 1 { ("is", "font") } else { ("are", "fonts") };
    reason.replace("{is}", is).replace("{font}", &format!("{font} {list}")).replace("{tables}", &list)
}

/// Gives a name out of a file as it can stand in a message: printable, and not too long.
pub(crate) fn shown(name: &[u8]) -> String {
    let text: String =
        String::from_utf8_lossy(name).chars().map(|c| if c.is_control() { '?' } else { c }).take(60).collect();
    if text.is_empty() { "without a name".to_owned() } else { text }
}

#[cfg(test)]
mod tests {
    use super::Faults;
    use crate::appended::facts::Subject;

    #[test]
    fn one_reason_names_all_that_it_is_true_of() {
        let mut faults = Faults::default();
        faults.begin();
        for font in ["Calibri", "Arial", "Arial"] {
            faults.of_font(Subject::Archiving, font, "the {font} {is} not embedded");
        }
        faults.end_page(3);
        faults.of_table(Some(4), 2, "a table has no rows");
        faults.of_table(Some(9), 5, "a table has no rows");
        let remarks = faults.into_remarks();
        let messages: Vec<&str> = remarks.iter().map(|remark| remark.message.as_str()).collect();
        let expected = [
            "a table has no rows: table 2 on page 4 and table 5 on page 9",
            "the fonts Arial and Calibri are not embedded",
        ];
        assert_eq!(messages, expected);
        assert_eq!(remarks[1].pages, [3]);
    }
}
