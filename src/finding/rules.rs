//! Every rule that a finding can be raised under: its code, weight and explanation.
//!
//! Codes are stable. `F` is about files and YAML, `M` about what the sources say, `T` about
//! text, `P` about the composed pack, `L` about layouts.

use super::Severity;

/// One rule, with the page that `boardpack explain CODE` prints.
#[derive(Debug, PartialEq, Eq)]
pub struct Rule {
    /// Stable code such as `M0002`.
    pub code: &'static str,
    /// Weight of its findings.
    pub severity: Severity,
    /// A few words that name the rule.
    pub title: &'static str,
    /// What the rule is for and how to satisfy it.
    pub explanation: &'static str,
}

/// Gives the rule of a code, in any case.
pub fn find(code: &str) -> Option<&'static Rule> {
    ALL.iter().find(|rule| rule.code.eq_ignore_ascii_case(code)).copied()
}

macro_rules! rules {
    ($($name:ident = $code:literal, $severity:ident, $title:literal, $explanation:literal;)*) => {
        $(
            #[doc = $title]
            pub static $name: Rule = Rule {
                code: $code,
                severity: Severity::$severity,
                title: $title,
                explanation: $explanation,
            };
        )*
        /// All rules, by code.
        pub static ALL: &[&Rule] = &[$(&$name),*];
    };
}

rules! {
    UNREADABLE = "F0001", Error, "a file cannot be read",
        "A file below content/ could not be opened or read: it may be missing, a folder where a file is\n\
         expected, a link that leads round in a circle, or closed to you. Nothing is built from a workspace\n\
         that cannot be read whole, because a pack must never leave a paper out silently.";
    NOT_UTF8 = "F0002", Error, "a file is not UTF-8",
        "Sources are read as UTF-8, with or without a byte order mark. Files saved by older programs may be\n\
         in another encoding, such as Windows-1252. Open the file in your editor and save it as UTF-8.";
    BAD_YAML = "F0003", Error, "the YAML cannot be read",
        "The file breaks the rules of YAML at the place shown, so nothing after it could be understood.\n\
         The usual causes: a colon followed by a space inside text (put the text in quotes), a tab used for\n\
         indentation, a list that is not indented evenly, a quote that is never closed, or the same key\n\
         written twice.";
    TOO_LARGE = "F0004", Error, "a file is too large",
        "A source may have 4 MB. Papers are far smaller; a file of this size is nearly always\n\
         something else with the ending .yaml.";
    CONTROL_CHARACTER = "F0005", Error, "a control character",
        "The text holds a character that cannot be printed, such as one that a copy from another program\n\
         has left behind. Delete it at the place shown.";
    NO_COUNCIL = "F0006", Error, "no council file",
        "A workspace needs one content/council.yaml with `kind: council`: the council's name, look, formats\n\
         and standing notes come from it.";
    UNKNOWN_KIND = "M0001", Error, "unknown kind of file",
        "Every file says in `kind:` what it is: council, people, body, agenda, minutes, briefing-note,\n\
         report, action-plan, work-programme or paper.";
    UNKNOWN_FIELD = "M0002", Error, "unknown field",
        "The field is not one of those that this place has. Nothing that is written may be dropped\n\
         silently, so a misspelt field stops the build.";
    MISSING_FIELD = "M0003", Error, "a field is missing",
        "The field must be there and must not be empty.";
    WRONG_SHAPE = "M0004", Error, "not the shape that is expected",
        "A text was found where a list or fields are expected, or the other way round.\n\
         Items of a list begin with `- `; fields are written `name: value`.";
    BAD_DATE = "M0005", Error, "not a date",
        "Dates are written year first, 2026-09-16, and with a time 2026-09-16 10:30. How they are printed\n\
         is set by `formats` in the council's file.";
    BAD_VALUE = "M0006", Error, "not one of the values allowed",
        "The field takes only certain values; the message lists them.";
    UNKNOWN_NAME = "M0007", Error, "unknown person, post, body, rating or standing item",
        "The id is not declared. People and posts are declared in files of `kind: people`, bodies by their\n\
         body.yaml, ratings and standing items in the council's or the body's file.";
    DECLARED_TWICE = "M0008", Error, "declared twice",
        "The same thing is declared in two places: two councils, two people with one id, or two meetings\n\
         of one body at one time.";
    NO_ITEMS = "M0009", Error, "an agenda without items",
        "An agenda needs at least one item of public business, unless the meeting is cancelled or\n\
         postponed. A body can declare the items of an agenda that lists none in its `agenda:`.";
    NO_SUCH_PAPER = "M0010", Error, "no such paper",
        "The path does not lead to a paper. Paths are written from the folder of the file that names them.";
    OUTSIDE = "M0011", Error, "a path leads outside content/",
        "Sources may only name files below content/, so that what a pack is made from can be archived and\n\
         checked as a whole.";
    USED_TWICE = "M0012", Error, "a paper is used twice in one meeting",
        "One paper stands behind one item of a meeting, so that it has one place and one range of pages.\n\
         Refer to it from the other item with a link such as [](#label).";
    NO_SUCH_MINUTES = "M0013", Error, "no minutes of that meeting",
        "An agenda asks for minutes of a meeting of which there is no minutes file. Write it, or correct the\n\
         date.";
    NOT_WITHHELD = "M0014", Error, "a private item without grounds",
        "Everything under `private:` is kept out of the public pack and must say by what right: `withheld:`\n\
         with the paragraphs of Part 1 of Schedule 12A to the Local Government Act 1972, or `confidential:`\n\
         with the reason (section 100A(3)).";
    BAD_GROUNDS = "M0015", Error, "grounds for withholding that do not exist",
        "Part 1 of Schedule 12A to the Local Government Act 1972 has the paragraphs 1 to 7.";
    NUMBER_TWICE = "M0016", Error, "a number is used twice",
        "Two items, minutes or paragraphs of one document carry the same number. Numbers are generated;\n\
         where one is pinned with `number:` it must be free.";
    UNKNOWN_PHRASE = "M0017", Error, "unknown phrase or placeholder",
        "`phrases` in the council's file replaces fixed words by their key, and phrases and notes may hold\n\
         the placeholders that belong there. The message names those that exist.";
    NOT_IN_A_MEETING = "M0018", Warning, "a paper that no meeting uses",
        "No agenda names this paper, so it will be in no pack. Add it to an item, or remove the file.";
    WRONG_FOLDER = "M0019", Error, "a file in the wrong folder",
        "Files of a body lie in content/bodies/BODY/, those of a meeting in a folder below it. The folder\n\
         gives the body and the name of the meeting.";
    OTHER_DATE = "M0021", Error, "the folder says another date than the file",
        "The folder of a meeting is named by its date, and the output takes its name from there. The date in\n\
         `meeting:` must be the same.";
    NOT_READ = "M0022", Warning, "a file that is not read",
        "Sources are files ending in .yaml; pictures are read where a text names them. This file is neither, so\n\
         nothing of it will be in any pack. Some editors add .txt to names: rename the file.";
    EMPTY_FIELD = "M0023", Warning, "an empty field",
        "The field is written but has no value, so it is as if it were not there. A value that begins with #\n\
         must stand in quotes, or it is taken for a note.";
    HTML = "T0001", Error, "HTML in text",
        "Text is Markdown without HTML. Use *emphasis*, **strong**, lists and tables; write `&lt;` or a\n\
         backslash before `<` to print the sign itself.";
    UNRESOLVED = "T0002", Error, "a reference that leads nowhere",
        "A link of the form [](#label) must name a label that exists in the papers of the meeting or in\n\
         minutes of the workspace. Labels are given by `label:` or by {#label} at the start of a\n\
         paragraph or the end of a heading.";
    LABEL_TWICE = "T0003", Error, "a label is used twice",
        "A label names one thing. Two things that can be referred to from one pack carry the same one.";
    NO_PICTURE = "T0004", Error, "a picture that cannot be used",
        "The picture does not exist, lies outside content/, or is of a kind that cannot be printed. PNG,\n\
         JPEG, SVG, GIF and WebP can.";
    NO_ALTERNATIVE = "T0005", Error, "a picture without alternative text",
        "Every picture needs words for those who cannot see it: ![What it shows](file.png). Required by the\n\
         Public Sector Bodies Accessibility Regulations 2018 (WCAG 1.1.1).";
    RAGGED_TABLE = "T0006", Error, "a table row with too many or too few cells",
        "Each row of a table needs as many cells as its header. Markdown would drop or invent cells\n\
         silently. Write \\| for a bar that is part of the text.";
    MISPLACED_BLOCK = "T0007", Error, "text of a kind that cannot stand here",
        "The place takes one paragraph, or text without headings. Headings belong in the text of papers.";
    NO_GLYPH = "T0008", Error, "a character that the fonts do not have",
        "The built-in fonts have no shape for the character, and an empty box must not be printed. Write it\n\
         otherwise, or add a font that has it to the workspace's fonts/ folder.";
    REFERS_TO_WITHHELD = "T0009", Error, "a public paper refers into a withheld one",
        "A reference from public text would print a number or title of a withheld paper. Refer to the\n\
         agenda item instead.";
    BAD_FOOTNOTE = "T0010", Error, "a footnote without its text or its mark",
        "Every mark [^1] needs its text [^1]: ..., and every text its mark, in the same field.";
    BAD_LINK = "T0012", Error, "a link to an address that cannot be followed",
        "Links lead to https:, http:, mailto: or tel: addresses, to a #label, or to person:, post: and\n\
         body: ids.";
    BAD_NUMBERING = "T0013", Error, "attributes that cannot be read",
        "Attributes in braces are {#label}, {number=4.2}, {.numbered} for headings and {.unnumbered} for\n\
         paragraphs.";
    TOO_LONG = "T0014", Error, "a paragraph that is too long",
        "A paragraph of more than 20,000 characters is a mistake of pasting, not a paragraph.";
    TOO_DEEP = "T0015", Error, "text nested too deep",
        "Lists and quotes can be nested six deep.";
    LOOKS_LIKE = "T0016", Warning, "text that looks like a list, a table or a heading, but is none",
        "Text pasted from elsewhere often brings bullets, letters or bars of its own, which would be printed as\n\
         they stand, run together in one paragraph. Begin the entries of a list with `- ` or `1. `, give a\n\
         table a second line such as |---|---|, and put a space behind the # of a heading.";
    INDENTED = "T0017", Error, "text that would be printed as code",
        "A paragraph that is indented by four spaces more than its neighbours is code to Markdown: links and\n\
         emphasis in it are not read. Take the indentation away, or put ``` above and below it.";
    EDITIONS_DIFFER = "P0001", Error, "the editions do not agree on page numbers",
        "The public and the private edition must give every page the same number. They do by\n\
         construction; should a layout override make a page depend on the edition, nothing is written.\n\
         Make the layout set the same pages in both editions.";
    PLACEHOLDER_LONG = "P0002", Error, "the grounds take more pages than the withheld paper",
        "In the public pack a page with the grounds stands in the place of a withheld paper. It must not take\n\
         more pages than the paper itself, or the numbers of the two editions would not agree. Shorten\n\
         `public_interest` or `confidential`.";
    CROSSED = "M0020", Warning, "withheld at one meeting, published at another",
        "The same paper is withheld at one meeting and stands in the public business of another, so building\n\
         the other meeting publishes it. If that is a mistake, withhold it there too. If the paper is to be\n\
         released, this warning can be passed over.";
    LAYOUT_BROKEN = "L0001", Error, "a layout cannot be used",
        "A file of the workspace's layouts/ replaces the built-in file of that name. It has an error at the\n\
         place shown. Mend it, or remove the file to have the built-in layout again.";
    LAYOUT_UNKNOWN = "L0002", Warning, "a layout that replaces nothing",
        "No built-in layout has this name, so the file is only used when another layout imports it.";
    NOT_TYPESET = "L0003", Error, "text that cannot be typeset",
        "The typesetter refused the text at the place shown; its own words are in the message.";
    OVERFLOW = "L0004", Error, "a cell or line that does not fit",
        "A word is wider than the column it stands in. Break the word, or give the column more width with\n\
         `columns`.";
}
