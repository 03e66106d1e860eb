//! Counts of what was met, and the sentences made of them.

use std::collections::BTreeSet;

use crate::appended::{Remark, Subject};

/// How many characters of a file's words are shown.
const SHOWN: usize = 60;
/// How many names are listed.
const LISTED: usize = 4;

/// Things of one kind: how many, whose, and the words of the first.
#[derive(Debug, Default, Clone)]
pub(crate) struct Tally {
    /// How many.
    pub(crate) count: usize,
    who: BTreeSet<String>,
    first: String,
    deed: &'static str,
}

impl Tally {
    /// Counts one more, with its author and words where there are any.
    pub(crate) fn add(&mut self, who: &str, words: &str) {
        self.count += 1;
        let who = cut(who);
        if !who.is_empty() {
            self.who.insert(who);
        }
        if self.first.is_empty() {
            self.first = cut(words);
        }
    }

    /// Counts one more change, and what it does to its words, such as "inserts".
    pub(crate) fn add_change(&mut self, who: &str, deed: &'static str, words: &str) {
        if self.first.is_empty() {
            self.deed = deed;
        }
        self.add(who, words);
    }

    /// Counts something by the place where it is.
    pub(crate) fn add_at(&mut self, count: usize, place: &str) {
        self.count = self.count.saturating_add(count);
        if count > 0 {
            self.who.insert(place.to_owned());
        }
    }

    /// Gives " by `A` and `B`", or nothing.
    pub(crate) fn by(&self) -> String {
        self.named(" by ")
    }

    /// Gives the names after a word, or nothing.
    pub(crate) fn named(&self, before: &str) -> String {
        if self.who.is_empty() { String::new() } else { format!("{before}{}", listed(self.who.iter())) }
    }

    /// Gives ": `words of the first`", or nothing.
    pub(crate) fn first(&self) -> String {
        if self.first.is_empty() { String::new() } else { format!(": {}", quoted(&self.first)) }
    }
}

/// What becomes of fields in a file as its author saved it.
pub(crate) const AS_SAVED: &str = "printed as they were when it was last saved";

/// Remarks as they come up.
#[derive(Debug, Default)]
pub(crate) struct Notes {
    remarks: Vec<Remark>,
}

impl Notes {
    /// Adds a remark on the whole file.
    pub(crate) fn say(&mut self, subject: Subject, message: String) {
        self.remarks.push(Remark { subject, pages: Vec::new(), message });
    }

    /// Adds a remark on tracked changes.
    pub(crate) fn changes(&mut self, tally: &Tally) {
        if tally.count > 0 {
            let changes = several(tally.count, "tracked change", "tracked changes");
            let first = if tally.first.is_empty() {
                String::new()
            } else {
                let which = if tally.count == 1 { "which" } else { "one of which" };
                format!(", {which} {} {}", tally.deed, quoted(&tally.first))
            };
            let marks = if tally.count == 1 { "its marks" } else { "their marks" };
            self.say(Subject::Unfinished, format!("it has {changes}{}, printed with {marks}{first}", tally.by()));
        }
    }

    /// Adds a remark on comments.
    pub(crate) fn comments(&mut self, tally: &Tally) {
        if tally.count > 0 {
            let comments = several(tally.count, "comment", "comments");
            let verb = if tally.count == 1 { "is" } else { "are" };
            self.say(
                Subject::Commented,
                format!("it has {comments}{}, which {verb} not printed{}", tally.by(), tally.first()),
            );
        }
    }

    /// Adds a remark on hidden text.
    pub(crate) fn hidden_text(&mut self, tally: &Tally) {
        if tally.count > 0 {
            let passages = several(tally.count, "passage", "passages");
            self.say(Subject::Unshown, format!("it has {passages} of hidden text, not printed{}", tally.first()));
        }
    }

    /// Adds a remark on pictures and texts that are not in the file.
    pub(crate) fn linked(&mut self, tally: &Tally) {
        if tally.count > 0 {
            let things = several(tally.count, "picture, object or figure", "pictures, objects or figures");
            let verb = if tally.count == 1 { "is" } else { "are" };
            self.say(Subject::Dropped, format!("{things} {verb} linked from elsewhere and left out{}", tally.first()));
        }
    }

    /// Adds a remark on fields that show a name: of the author, of the user.
    pub(crate) fn names(&mut self, tally: &Tally) {
        if tally.count > 0 {
            let fields = several(tally.count, "field", "fields");
            self.say(
                Subject::Personal,
                format!(
                    "it has {fields} for the name or address of its author or user, which may be printed{}",
                    tally.named(": ")
                ),
            );
        }
    }

    /// Adds a remark on shapes and rows that are hidden in a text.
    pub(crate) fn hidden_shapes(&mut self, count: usize) {
        if count > 0 {
            let shapes = several(count, "hidden picture, text box or row", "hidden pictures, text boxes or rows");
            self.say(Subject::Unshown, format!("it has {shapes}, not printed"));
        }
    }

    /// Adds a remark on fields that show something else on the day and place of conversion.
    pub(crate) fn changing(&mut self, tally: &Tally, fate: &str) {
        if tally.count > 0 {
            let fields = several(tally.count, "field", "fields");
            let names = tally.named(": ");
            self.say(Subject::Reckoned, format!("it has {fields} for today's date or the file's name, {fate}{names}"));
        }
    }

    /// Gives all remarks, sorted, equal ones once.
    pub(crate) fn remarks(mut self) -> Vec<Remark> {
        self.remarks.sort();
        self.remarks.dedup();
        self.remarks
    }
}

/// Gives "1 row" or "3 rows".
pub(crate) fn several(count: usize, one: &str, more: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { more })
}

/// Gives the first names, and how many more there are.
pub(crate) fn listed<'a>(names: impl ExactSizeIterator<Item = &'a String>) -> String {
    let count = names.len();
    let mut shown: Vec<String> = names.take(LISTED).map(|name| quoted(name)).collect();
    let last = if count > LISTED { Some(format!("{} more", count - LISTED)) } else { shown.pop() };
    match (shown.is_empty(), last) {
        (true, last) => last.unwrap_or_default(),
        (false, last) => format!("{} and {}", shown.join(", "), last.unwrap_or_default()),
    }
}

/// Gives words of a file between backticks.
pub(crate) fn quoted(words: &str) -> String {
    format!("`{}`", cut(words))
}

/// Gives the beginning of words on one line, without what would disturb a terminal or its order.
fn cut(words: &str) -> String {
    let harmless = |char: &char| !matches!(*char, '`' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}');
    let clean: String = words
        .chars()
        .take(SHOWN * 20)
        .map(|char| if char.is_control() { ' ' } else { char })
        .filter(harmless)
        .collect();
    let clean = clean.split_whitespace().collect::<Vec<_>>().join(" ");
    match clean.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", clean[..end].trim_end()),
        None => clean,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_cut_and_cleaned() {
        assert_eq!(quoted(" a\n`b`\u{202e} c "), "`a b c`");
        assert_eq!(cut(&"ab ".repeat(40)).chars().count(), 60);
    }

    #[test]
    fn names_are_listed() {
        let names = |list: &[&str]| listed(list.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>().iter());
        assert_eq!(names(&["A"]), "`A`");
        assert_eq!(names(&["A", "B"]), "`A` and `B`");
        assert_eq!(names(&["A", "B", "C", "D", "E", "F"]), "`A`, `B`, `C`, `D` and 2 more");
    }
}
