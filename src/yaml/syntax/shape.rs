//! Lines that stand where they cannot belong to anything: text without `|`, and indentation that does not fit.

use granit_parser::ErrorKind;

use super::Trouble;
use super::lines::{Line, Lines};

/// Finds out what a line was meant to belong to.
pub(super) fn misplaced(kind: &ErrorKind, lines: &Lines, here: usize) -> Option<Trouble> {
    if matches!(kind, ErrorKind::RecursionLimitExceeded | ErrorKind::DocumentIndicatorInQuotedScalar) {
        return None;
    }
    let index = (0..=here).rev().find(|index| !lines.all[*index].is_blank())?;
    let line = &lines.all[index];
    if line.in_text {
        return None;
    }
    let is_bare = |line: &Line| {
        line.name.is_none() && !line.value.is_empty() && !line.value.starts_with(['"', '\'', '[', '{', '|', '>'])
    };
    below_bar(lines, index).or_else(|| without_bar(lines, index)).or_else(|| match lines.above(index).next() {
        // What stands below a line without a colon is read as more of it, up to the next colon.
        Some(above) if line.field().is_some() && is_bare(above) => without_colon(above, lines.above(index).nth(1)),
        Some(above) if line.field().is_some() || line.is_entry() => unaligned(lines, index, line, above),
        above => without_colon(line, above),
    })
}

/// Lines that go on with something above, but further to the left; and what stands between.
pub(super) fn indented_otherwise(kind: &ErrorKind, lines: &Lines, here: usize) -> Option<Trouble> {
    let line = lines.all.get(here)?;
    match kind {
        ErrorKind::InvalidFlowScalarIndent | ErrorKind::InvalidQuotedScalarIndent => Some(Trouble::new(
            line.whole(),
            "this line begins too far to the left for the brackets or quotes that it goes on with",
            "indent it by two spaces more than the field it belongs to",
        )),
        _ if note_between(kind, lines, here) => {
            let note = lines.all[..here].iter().rev().find(|line| line.is_note()).unwrap_or(line);
            let message = "a line that begins with `#` is a note, and cuts the text around it in two";
            let help = "put `|` behind the colon of the field, and its text on the lines below; or move the note away";
            Some(Trouble::new(note.whole(), message, help))
        }
        ErrorKind::InvalidBlockScalarIndent => {
            let blank = lines.all[..here].iter().rev().find(|line| line.is_blank() && !line.text.is_empty())?;
            let message = "this empty line has more spaces than the text below it is indented by";
            Some(Trouble::new(blank.range(0..blank.text.len()), message, "delete the spaces"))
        }
        _ => None,
    }
}

/// Tells whether a note has ended a text that goes on behind it; text without `|` is another matter.
fn note_between(kind: &ErrorKind, lines: &Lines, here: usize) -> bool {
    let line = &lines.all[here];
    let above = lines.all[..here].iter().rev().find(|line| !line.is_blank());
    let goes_on = line.field().is_none() && !line.is_entry() && !line.in_text && above.is_some_and(Line::is_note);
    (goes_on || matches!(kind, ErrorKind::CommentInterceptedScalar)) && without_bar(lines, here).is_none()
}

/// Text below `|` that is not indented, or less than its first line.
fn below_bar(lines: &Lines, index: usize) -> Option<Trouble> {
    let line = &lines.all[index];
    let above = lines.all[..index].iter().rev().find(|line| !line.is_blank())?;
    let opener = lines.all[..index].iter().rev().find(|line| !line.in_text && !line.is_blank())?;
    let is_field = line.field().is_some_and(|name| name.starts_with(|c: char| c.is_ascii_lowercase()));
    if !opener.opens_text() || is_field {
        return None;
    }
    let wanted = lines.all[..index].iter().rev().take_while(|line| line.in_text || line.is_blank());
    let first = wanted.filter(|line| !line.is_blank()).last();
    let spaces = first.map_or(opener.body_at + 2, |first| first.indent);
    let message = if above.in_text {
        "this line of text begins further to the left than the text above it"
    } else {
        "the text below `|` is not indented"
    };
    Some(Trouble::new(line.whole(), message, format!("indent it by {spaces} spaces")))
}

/// Long text whose field has no `|`.
pub(super) fn without_bar(lines: &Lines, index: usize) -> Option<Trouble> {
    let line = &lines.all[index];
    let is_prose = |line: &Line| line.field().is_none() && !line.is_entry();
    let mut some_prose = is_prose(line);
    for above in lines.above(index) {
        if let Some(name) = above.field().filter(|_| above.value.is_empty() || above.value.starts_with('#')) {
            let at = above.body_at;
            let range = above.range(at..at + name.len() + 1);
            let below = (line.indent > above.indent || line.field().is_none()) && some_prose;
            return below.then(|| {
                let message = format!("long text needs `|` behind `{name}:`");
                Trouble::new(
                    range,
                    message,
                    format!("write `{name}: |`, and indent the text below it by two spaces more"),
                )
            });
        }
        if above.field().is_some() || above.is_entry() {
            return None;
        }
        some_prose |= is_prose(above);
    }
    None
}

/// A field or entry whose column fits nothing above it.
fn unaligned(lines: &Lines, index: usize, line: &Line, above: &Line) -> Option<Trouble> {
    let range = line.whole();
    let what = line.name.map_or_else(|| "`- `".to_owned(), |name| format!("`{name}:`"));
    if line.is_entry() {
        return Some(stray_entry(lines, index, line, above));
    }
    if line.column() > above.column() && above.name.is_some() && !above.value.is_empty() {
        let name = above.name.unwrap_or_default();
        let message = format!("{what} is indented further than `{name}:` above it, which has a value already");
        return Some(Trouble::new(range, message, format!("begin it in column {}, as `{name}:`", above.column())));
    }
    if above.is_entry() && line.indent == above.indent {
        let message = format!("{what} stands where an entry of the list above is expected");
        let help = "indent it by two spaces more if it belongs to the entry above, or write `- ` before it";
        return Some(Trouble::new(range, message, help));
    }
    let sibling = lines.above(index).find(|other| other.field().is_some())?;
    let message =
        format!("{what} begins in column {}, but the field above it in column {}", line.column(), sibling.column());
    (line.column() != sibling.column())
        .then(|| Trouble::new(range, message, "begin the fields that belong together below each other"))
}

fn stray_entry(lines: &Lines, index: usize, line: &Line, above: &Line) -> Trouble {
    let column = |line: &Line| line.text[..line.indent].chars().count() + 1;
    let range = line.whole();
    if let Some(name) = above.field().filter(|_| !above.value.is_empty() && !above.is_entry()) {
        let message = format!("an entry of a list stands below `{name}:`, which has a value already");
        return Trouble::new(range, message, format!("take away what stands behind `{name}:`, or the hyphen here"));
    }
    match lines.above(index).find(|line| line.is_entry()) {
        Some(other) if column(line) != column(other) => {
            let (here, there) = (column(line), column(other));
            let message = format!("this entry begins in column {here}, but the one above it in column {there}");
            Trouble::new(range, message, "begin the entries of a list below each other")
        }
        _ => Trouble::new(
            range,
            "an entry of a list stands where a field is expected",
            "indent the list below the field that it belongs to",
        ),
    }
}

/// A line without a colon.
fn without_colon(line: &Line, above: Option<&Line>) -> Option<Trouble> {
    if line.field().is_some() || line.opens_text() {
        return None;
    }
    let goes_on = above.is_some_and(|above| above.field().is_some() && !above.value.is_empty());
    let help = if goes_on {
        "indent it by two spaces more if it goes on with the line above, or write `name: value`"
    } else {
        "write `name: value`, or begin an entry of a list with `- `"
    };
    Some(Trouble::new(line.whole(), "this line is neither a field nor an entry of a list", help))
}
