//! The last pass over a page: levels of headings without gaps, notes numbered and gathered, tables called by what they
//! stand under.

use std::fmt::Write;

use super::rich::NOTE;

/// Where a template wants the notes.
const NOTES: &str = "<!--notes-->";
const NO_CAPTION: &str = "<caption></caption>";

/// A page that is being finished.
#[derive(Default)]
struct Finish {
    out: String,
    /// The levels that the open headings were written with.
    levels: Vec<u8>,
    notes: Vec<String>,
    tables: u32,
    /// Where the words of the last heading begin and end in what is out.
    heading: (usize, usize),
    /// How many notes led to each of the last text, so that a note is known by its page.
    level: u8,
}

/// Finishes a page.
pub(super) fn finish(page: &str) -> String {
    let mut finish = Finish { out: String::with_capacity(page.len() + page.len() / 8), ..Finish::default() };
    finish.text(page);
    finish.out
}

impl Finish {
    fn text(&mut self, mut rest: &str) {
        while let Some(at) = rest.find(['<', NOTE[0]]) {
            self.out.push_str(&rest[..at]);
            rest = &rest[at..];
            let taken = self.one(rest);
            rest = &rest[taken..];
        }
        self.out.push_str(rest);
    }

    /// Takes what begins with a tag or a note, and gives how many bytes it was.
    fn one(&mut self, rest: &str) -> usize {
        if let Some(note) = rest.strip_prefix(NOTE[0]) {
            let end = note.find(NOTE[1]).unwrap_or(note.len());
            self.notes.push(note[..end].to_owned());
            let number = self.notes.len();
            let _ = write!(
                self.out,
                "<sup class=\"note\"><a href=\"#note-{number}\" id=\"note-at-{number}\" role=\"doc-noteref\" \
                 aria-label=\"Note {number}\">{number}</a></sup>"
            );
            return (NOTE[0].len_utf8() + end + NOTE[1].len_utf8()).min(rest.len());
        }
        if rest.starts_with(NOTES) {
            self.gather();
            return NOTES.len();
        }
        if rest.starts_with(NO_CAPTION) {
            self.tables += 1;
            let (start, end) = self.heading;
            let heading = without_tags(&self.out[start..end]);
            let _ = write!(self.out, "<caption>Table {}: {heading}</caption>", self.tables);
            return NO_CAPTION.len();
        }
        let bytes = rest.as_bytes();
        match bytes {
            [b'<', b'h', level @ b'1'..=b'6', b' ' | b'>', ..] => {
                while self.levels.last().is_some_and(|open| open >= level) {
                    self.levels.pop();
                }
                self.levels.push(*level);
                self.level = u8::try_from(self.levels.len().min(6)).unwrap_or(6);
                let _ = write!(self.out, "<h{}", self.level);
                let open = rest.find('>').unwrap_or(3);
                self.out.push_str(&rest[3..=open]);
                self.heading = (self.out.len(), self.out.len());
                open + 1
            }
            [b'<', b'/', b'h', b'1'..=b'6', b'>', ..] => {
                self.heading.1 = self.out.len();
                let _ = write!(self.out, "</h{}>", self.level);
                5
            }
            _ => {
                self.out.push('<');
                1
            }
        }
    }

    fn gather(&mut self) {
        if self.notes.is_empty() {
            return;
        }
        self.out.push_str("<section class=\"notes\"><h2>Notes</h2>\n<ol>\n");
        for (index, note) in std::mem::take(&mut self.notes).iter().enumerate() {
            let number = index + 1;
            let _ = writeln!(
                self.out,
                "<li id=\"note-{number}\">{note} <a href=\"#note-at-{number}\" role=\"doc-backlink\" \
                 aria-label=\"Back to where note {number} stands\">Back</a></li>"
            );
        }
        self.out.push_str("</ol></section>\n");
    }
}

fn without_tags(html: &str) -> String {
    let mut words = String::new();
    let mut inside = false;
    for letter in html.chars() {
        match letter {
            '<' => inside = true,
            '>' => inside = false,
            letter if !inside => words.push(letter),
            _ => {}
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::finish;

    #[test]
    fn headings_leave_no_level_out_and_brothers_stay_brothers() {
        let page = finish("<h1>a</h1><h3 id=\"x\">b</h3><h3>c</h3><h2>d</h2><h5>e</h5>");
        assert_eq!(page, "<h1>a</h1><h2 id=\"x\">b</h2><h2>c</h2><h2>d</h2><h3>e</h3>");
    }

    #[test]
    fn notes_lead_there_and_back_and_tables_are_called_by_their_heading() {
        let page = finish("<h1>A <b>b</b></h1>x\u{f0000}one\u{f0001}<caption></caption><!--notes-->");
        assert!(page.contains("href=\"#note-1\"") && page.contains("<li id=\"note-1\">one"), "{page}");
        assert!(page.contains("<caption>Table 1: A b</caption>"), "{page}");
    }
}
