//! What was found in appended files, said to the officer who appends them.

use crate::appended::{Facts, Remark, Subject};
use crate::finding::{Finding, Log, Place, Rule};
use crate::load::COVERED_TEXT;
use crate::model::Appended;

pub(crate) mod pages;

/// Share of its size below which a page is hard to read.
const HARD_TO_READ: f64 = 0.70;
/// How many pages and ranges a message names.
const MOST_NAMED: usize = 12;

/// Makes a finding of each remark; `place` is where the agenda names the file. Personal data of what is `withheld` is
/// only told of: it is not published.
pub(crate) fn remarks(appended: &Appended, facts: &Facts, place: Place, withheld: bool, log: &Log) {
    for remark in once(facts) {
        let message = format!("`{}`: {}", appended.name(), words(remark));
        log.add(finding(remark, message, place, appended.description.is_some(), withheld).about(&appended.file));
    }
}

/// Makes a finding of each remark on a file that no agenda names; `place` is the file itself.
pub(crate) fn remarks_of_file(facts: &Facts, place: Place, log: &Log) {
    once(facts).for_each(|remark| log.add(finding(remark, words(remark), place, false, false)));
}

fn finding(remark: &Remark, message: String, place: Place, described: bool, withheld: bool) -> Finding {
    let finding = Finding::new(rule(remark.subject), place, message).help(help(remark.subject, described));
    let passes = match remark.subject {
        Subject::Commented
        | Subject::Unshown
        | Subject::Spoken
        | Subject::Reckoned
        | Subject::Recoloured
        | Subject::Redrawn
        | Subject::Cropped => true,
        Subject::Personal | Subject::LinkedInside => withheld,
        _ => false,
    };
    if passes { finding.passing() } else { finding }
}

/// Gives the remarks of a file; what breaks both standards is said once.
fn once(facts: &Facts) -> impl Iterator<Item = &Remark> {
    let archival = |remark: &Remark| {
        let same = |other: &Remark| other.subject == Subject::Archiving && other.message == remark.message;
        facts.remarks.iter().any(same)
    };
    facts.remarks.iter().filter(move |remark| {
        !(matches!(remark.subject, Subject::Accessibility | Subject::Unicode) && archival(remark))
    })
}

/// Gives what a remark says, with its pages.
pub(crate) fn words(remark: &Remark) -> String {
    let on = if remark.pages.is_empty() { String::new() } else { format!(" ({})", in_words(&remark.pages)) };
    format!("{}{on}", remark.message)
}

crate::finding::rule! {
    /// The page is larger than the largest sheet, or the layout leaves too little room for it, so that it is set
    /// at less than 70 % of its size and may be hard to read. Ask for it on a smaller sheet, or in parts.
    SMALL_PRINT = "A0019", Appended, Warning, pages, "a page that is reduced much";
}

/// Finds pages that are reduced so much that they are hard to read: the number of each in its file,
/// and the scale at which it is set.
pub(crate) fn small_print(appended: &Appended, scales: &[(u32, f64)], place: Place, log: &Log) {
    let small: Vec<&(u32, f64)> = scales.iter().filter(|(_, scale)| *scale < HARD_TO_READ).collect();
    let Some(least) = small.iter().map(|(_, scale)| *scale).min_by(f64::total_cmp) else { return };
    let pages: Vec<u32> = small.iter().map(|(page, _)| *page).collect();
    let message =
        format!("`{}` is reduced to {:.0} % of its size ({})", appended.name(), least * 100.0, in_words(&pages));
    log.add(
        Finding::new(&SMALL_PRINT, place, message)
            .help("ask for the pages on smaller sheets, or in parts, unless they can be read as they are"),
    );
}

crate::finding::rule! {
    /// Parts of the file were damaged and have been put right as well as could be. Look at its pages in the pack,
    /// or ask its author for another copy.
    MENDED = "A0005", Appended, Warning, pages, gate, "a damaged file that was mended";
}

crate::finding::rule! {
    /// Without tags a screen reader cannot tell headings, paragraphs and tables of the file, so each of its pages
    /// becomes one picture with a description: the `description:` in the agenda, or else the title. Ask for a
    /// tagged PDF; in an office program, `Save as PDF` has a box for it. Required of councils by the Public
    /// Sector Bodies Accessibility Regulations 2018 (WCAG 1.3.1).
    UNTAGGED = "A0006", Appended, Warning, pages, "a file that is not tagged";
}

crate::finding::rule! {
    /// The pages were scanned, so their words cannot be searched, copied or read aloud. Ask for the file from
    /// which the paper was printed, or run text recognition on the scan.
    SCANNED = "A0007", Appended, Warning, pages, "pages that are pictures of text";
}

crate::finding::rule! {
    /// The pages show nothing. They stay in the pack, as papers may have blank pages. Leave them out with
    /// `pages:`, or look whether something of the file is missing.
    BLANK = "A0008", Appended, Warning, pages, "pages with nothing on them";
}

crate::finding::rule! {
    /// Something in the file breaks PDF/UA-1, the standard for accessible PDF (ISO 14289-1). So the pack does
    /// not claim to meet it, nor does the paper's own PDF; everything else of the pack is as accessible as
    /// before. The message says what it is. Ask for an accessible PDF, or have the file saved anew.
    NOT_ACCESSIBLE = "A0009", Appended, Warning, pages, "a file that cannot be in a PDF/UA-1 pack";
}

crate::finding::rule! {
    /// Something in the file breaks PDF/A-2, the standard for keeping PDF (ISO 19005-2), such as a font that is
    /// not in the file. So the pack claims a lower level of it, or none. The message says what it is. Have
    /// the file saved anew, with its fonts embedded.
    NOT_ARCHIVAL = "A0010", Appended, Warning, pages, "a file that cannot be in a PDF/A-2 pack";
}

crate::finding::rule! {
    /// Scripts, attachments, films, sounds and buttons have no place in a pack and were left out; the pages
    /// look as they did. Where an attachment matters, append it as a file of its own.
    DROPPED = "A0011", Appended, Warning, pages, "contents of a file that were left out";
}

crate::finding::rule! {
    /// The file has layers that are switched off. They were left out of the pack. If they should show, switch
    /// them on and save the file again.
    HIDDEN_LAYER = "A0013", Appended, Warning, pages, "layers that do not show";
}

crate::finding::rule! {
    /// Comments, highlights and other marks of readers show on the pages, and will in the pack. Remove them
    /// in the file if they are not meant for everybody.
    COMMENTS = "A0014", Appended, Warning, pages, gate, "comments in a file";
}

crate::finding::rule! {
    /// What was filled into the form is kept in a way that cannot be printed. Print the form to PDF from the
    /// program in which it was filled in, and append that.
    EMPTY_FIELDS = "A0015", Appended, Warning, pages, gate, "form fields that cannot be shown";
}

crate::finding::rule! {
    /// The document holds tracked changes or fields that were not filled in, which are printed; or comments,
    /// notes, hidden sheets, slides, rows and words, which are not; or fields and formulas for the day, the author
    /// or the file's name, which print what they showed when it was last saved. Have the changes accepted or
    /// rejected, so that the pack shows what was agreed, and remove what is not for the reader.
    UNFINISHED = "A0016", Appended, Warning, pages, gate, "an office document that is not finished";
}

crate::finding::rule! {
    /// On paper the pictures will be blurred: they have fewer than 100 dots to the inch in the size in which
    /// they are shown. Ask for them in a better quality.
    COARSE = "A0017", Appended, Warning, pages, "pictures that are too coarse for print";
}

crate::finding::rule! {
    /// The pages show what may belong to a private person, such as a mobile number, a date of birth, a National
    /// Insurance number or an e-mail address at a private provider; or an office document prints the name of
    /// whoever wrote it. The message says what and where. If it may not be published, have it removed from the
    /// file, or withhold the paper. (Properties of the file, such as its author, never come into a pack.)
    PERSONAL = "A0018", Appended, Warning, pages, gate, "names or addresses in a file";
}

crate::finding::rule! {
    /// Office documents do not hold their fonts. Where one is missing, LibreOffice takes another, so lines and
    /// pages may break elsewhere than the author saw them. Look at the pages in the pack. Lay the font into the
    /// workspace's folder fonts/ and delete the conversion kept in content/.converted/, or ask for a PDF.
    FONT_REPLACED = "A0022", Appended, Warning, pages, "a font of an office document that is not there";
}

crate::finding::rule! {
    /// The form keeps what was filled in, but its pictures of the fields are empty or show something older, as
    /// programs that fill forms in leave the drawing to whoever opens the file. The pack shows what was filled
    /// in. Compare it with the form as its author sees it.
    FIELDS_REDRAWN = "A0024", Appended, Warning, pages, gate, "form fields that were drawn anew";
}

crate::finding::rule! {
    /// A PDF can hold text that stands for other text, for copying and for screen readers, and bookmarks. Here they
    /// say words that no page of the file shows. That is so where a name was blacked out on the page alone. See what
    /// the words are (copy the text, or listen to it), and have the file made anew without them.
    UNSAID = "A0025", Appended, Warning, pages, gate, "words in a file that no page shows";
}

crate::finding::rule! {
    /// The document shows words, or holds a part, that LibreOffice has not put onto the pages: text that another
    /// system laid into it, a diagram or chart of a new kind. So the pack would say less than the document does.
    /// Export the document as PDF in the program that it was written with, and append that.
    LOST = "A0030", Appended, Warning, pages, gate, "a part of an office document that is not on its pages";
}

crate::finding::rule! {
    /// A link on a page leads to a machine that only somebody's own network knows, into the folder of one person,
    /// or to what a key in the address opens. Whoever points at the link reads the address: it tells names that
    /// nobody needs, and may open what is not published. Have the link taken out of the file.
    LINKED_INSIDE = "A0048", Appended, Warning, pages, gate, "a link into somebody's network or folder";
}

fn rule(subject: Subject) -> &'static Rule {
    match subject {
        Subject::Mended | Subject::Recoloured => &MENDED,
        Subject::Untagged => &UNTAGGED,
        Subject::Scanned => &SCANNED,
        Subject::Blank => &BLANK,
        Subject::Accessibility => &NOT_ACCESSIBLE,
        Subject::Archiving | Subject::Unicode => &NOT_ARCHIVAL,
        Subject::Dropped => &DROPPED,
        Subject::Covered | Subject::CutOff | Subject::Cropped => &COVERED_TEXT,
        Subject::Unsaid => &UNSAID,
        Subject::Hidden => &HIDDEN_LAYER,
        Subject::Comments => &COMMENTS,
        Subject::Fields => &EMPTY_FIELDS,
        Subject::Redrawn | Subject::Stale => &FIELDS_REDRAWN,
        Subject::Unfinished | Subject::Commented | Subject::Unshown | Subject::Spoken | Subject::Reckoned => {
            &UNFINISHED
        }
        Subject::Lost => &LOST,
        Subject::Substituted => &FONT_REPLACED,
        Subject::Coarse => &COARSE,
        Subject::Personal => &PERSONAL,
        Subject::LinkedInside => &LINKED_INSIDE,
    }
}

fn help(subject: Subject, described: bool) -> &'static str {
    match subject {
        Subject::Mended | Subject::Recoloured => "look at its pages in the pack, or ask for another copy",
        Subject::Untagged if !described => {
            "ask for a tagged PDF; until then write `description:` with what the pages say, for those who cannot see them"
        }
        Subject::Untagged => "ask for a tagged PDF; until then its pages are read out as the `description:` says",
        Subject::Scanned => "ask for the file that was printed, or run text recognition on the scan",
        Subject::Blank => "leave the pages out with `pages:`, or see whether something is missing",
        Subject::Accessibility => "ask for an accessible PDF; the pack does not claim PDF/UA-1 with this one",
        Subject::Archiving => "have the PDF saved anew as PDF/A; the pack does not claim PDF/A-2 with this one",
        Subject::Unicode => "have the PDF saved anew as PDF/A; the pack claims a lower level of PDF/A-2 with this one",
        Subject::Dropped => "see whether anything is missing; append what matters as a file of its own",
        Subject::Covered => "have it removed from the file itself, not only covered, if it is not to be published",
        Subject::CutOff | Subject::Cropped => {
            "have it removed from the file itself, not only cut off, if it is not to be published"
        }
        Subject::Unsaid => "have it removed from the file's tags or bookmarks if it is not to be published",
        Subject::Hidden => "switch the layers on in the file if they are to show",
        Subject::Comments => "have it removed from the file, unless it is meant for everybody",
        Subject::Fields => "print the form to PDF from the program in which it was filled in, and append that",
        Subject::Redrawn | Subject::Stale => "compare the fields in the pack with the form as its author sees it",
        Subject::Unfinished => "accept or reject the changes, fill in what is open, and save the file again",
        Subject::Lost => "export it as PDF in the program that it was written with, and append that",
        Subject::Commented => "see whether they are settled, and delete them in the file",
        Subject::Unshown => "show it in the file if it is for the reader; if not, it can stay, or be deleted there",
        Subject::Spoken => "nothing need be done, unless the notes are for the reader",
        Subject::Reckoned => "see whether what is printed is right, or write it into the file as plain text",
        Subject::Substituted => "look at its pages in the pack; lay the font into the folder fonts/, or ask for a PDF",
        Subject::LinkedInside => "have the link taken out of the file, or let it lead to what everybody may read",
        Subject::Coarse => "ask for the pictures in a better quality",
        Subject::Personal => {
            "see whether it may be published; if not, have it removed from the file, or withhold the paper"
        }
    }
}

/// Names pages in words: "page 3", "pages 3, 7 to 9".
pub(crate) fn in_words(pages: &[u32]) -> String {
    let mut sorted = pages.to_vec();
    sorted.sort_unstable();
    sorted.dedup();
    let mut ranges: Vec<(u32, u32)> = Vec::new();
    for page in sorted {
        match ranges.last_mut() {
            Some((_, last)) if *last + 1 == page => *last = page,
            _ => ranges.push((page, page)),
        }
    }
    let word = if matches!(ranges[..], [(first, last)] if first == last) { "page" } else { "pages" };
    let more = ranges.len().saturating_sub(MOST_NAMED);
    let names: Vec<String> = ranges
        .iter()
        .take(MOST_NAMED)
        .map(|(first, last)| match last - first {
            0 => first.to_string(),
            1 => format!("{first}, {last}"),
            _ => format!("{first} to {last}"),
        })
        .collect();
    let rest = if more == 0 { "" } else { " and others" };
    format!("{word} {}{rest}", names.join(", "))
}

#[cfg(test)]
mod tests {
    use super::in_words;

    #[test]
    fn pages_are_named_in_ranges() {
        assert_eq!(in_words(&[3]), "page 3");
        assert_eq!(in_words(&[9, 3, 7, 8]), "pages 3, 7 to 9");
        assert_eq!(in_words(&[1, 2]), "pages 1, 2");
        let many: Vec<u32> = (0..30).map(|page| page * 2 + 1).collect();
        assert!(in_words(&many).ends_with("23 and others"), "{}", in_words(&many));
    }
}
