//! Every rule that a finding can be raised under: its code, weight and explanation.
//!
//! Codes are stable. `F` is about files and YAML, `M` about what the sources say, `T` about
//! text, `P` about the composed pack, `L` about layouts, `A` about appended files,
//! `N` about notice and the law of meetings.

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

/// What an error stands in the way of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stops {
    /// Building a pack.
    Build,
    /// Issuing it: drafts are built before they are lawful.
    Issue,
}

impl Rule {
    /// Tells what an error under the rule stands in the way of: those of law only of the issue.
    pub fn stops(&self) -> Stops {
        if self.code.starts_with('N') { Stops::Issue } else { Stops::Build }
    }
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
        "No agenda names this paper, so it will be in no pack. Add it to an item, or remove the file. A PDF or\n\
         an office document is added by `file:` and `title:` among the `papers:` of an item.";
    WRONG_FOLDER = "M0019", Error, "a file in the wrong folder",
        "Files of a body lie in content/bodies/BODY/, those of a meeting in a folder below it. The folder\n\
         gives the body and the name of the meeting.";
    OTHER_DATE = "M0021", Error, "the folder says another date than the file",
        "The folder of a meeting is named by its date, and the output takes its name from there. The date in\n\
         `meeting:` must be the same.";
    NOT_READ = "M0022", Warning, "a file that is not read",
        "Sources are files ending in .yaml. PDF files, pictures and office documents are read where an agenda\n\
         appends them, pictures also where a text names them. This file is none of these, so nothing of it will\n\
         be in any pack. Some editors add .txt to names: rename the file.";
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
         JPEG, TIFF, SVG, GIF and WebP can; so must pictures inside drawings. Animations print their first\n\
         picture.";
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
    COARSE_PICTURE = "T0018", Warning, "a picture too coarse for print",
        "At fewer than 100 dots to the inch the dots of a picture can be seen, and small print in it cannot be\n\
         read. Photographs want 150 or more, scans of text 200.";
    CHANGED_PICTURE = "T0019", Warning, "a picture that does not print as it was saved",
        "Packs keep all colours in RGB, so that every screen and printer shows them alike (PDF/A-2). Pictures\n\
         saved for a printing press, in CMYK, are turned into RGB, and may come out more vivid.";
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
    UNUSABLE_FILE = "A0001", Error, "a file that cannot be appended",
        "The file is not what its ending says, is cut short or damaged beyond mending, or has no pages. Open it\n\
         in the program that it was made with and save it as PDF again, or ask its author for another copy.";
    LOCKED_FILE = "A0002", Error, "a file that is locked by a password",
        "The file can only be opened with a password. Set the environment variable BOARDPACK_PDF_PASSWORD to it\n\
         before you build, or ask for a file without protection. A password must not be written into a source.";
    TOO_MUCH = "A0003", Error, "a file that is too large or takes too much work",
        "The file may have 512 MB, and 5,000 pages of it can be appended; reading it may take only so much time\n\
         and memory. Files beyond this are rarely what a pack needs. Name the pages that are wanted by `pages:`\n\
         in a copy that has only them, or have it saved smaller.";
    NO_SUCH_PAGE = "A0004", Error, "a page that the file does not have",
        "`pages:` names a page beyond the last of the file. Pages are counted from 1 as they lie in the file,\n\
         whatever numbers are printed on them.";
    MENDED = "A0005", Warning, "a damaged file that was mended",
        "Parts of the file were damaged and have been put right as well as could be. Look at its pages in the pack,\n\
         or ask its author for another copy.";
    UNTAGGED = "A0006", Warning, "a file that is not tagged",
        "Without tags a screen reader cannot tell headings, paragraphs and tables of the file, so each of its pages\n\
         becomes one picture with a description: the `description:` in the agenda, or else the title. Ask for a\n\
         tagged PDF; in an office program, `Save as PDF` has a box for it. Required of councils by the Public\n\
         Sector Bodies Accessibility Regulations 2018 (WCAG 1.3.1).";
    SCANNED = "A0007", Warning, "pages that are pictures of text",
        "The pages were scanned, so their words cannot be searched, copied or read aloud. Ask for the file from\n\
         which the paper was printed, or run text recognition on the scan.";
    BLANK = "A0008", Warning, "pages with nothing on them",
        "The pages show nothing. They stay in the pack, as papers may have blank pages. Leave them out with\n\
         `pages:`, or look whether something of the file is missing.";
    NOT_ACCESSIBLE = "A0009", Warning, "a file that cannot be in a PDF/UA-1 pack",
        "Something in the file breaks PDF/UA-1, the standard for accessible PDF (ISO 14289-1). So the pack does\n\
         not claim to meet it, nor does the paper's own PDF; everything else of the pack is as accessible as\n\
         before. The message says what it is. Ask for an accessible PDF, or have the file saved anew.";
    NOT_ARCHIVAL = "A0010", Warning, "a file that cannot be in a PDF/A-2 pack",
        "Something in the file breaks PDF/A-2, the standard for keeping PDF (ISO 19005-2), such as a font that is\n\
         not in the file. So the pack claims a lower level of it, or none. The message says what it is. Have\n\
         the file saved anew, with its fonts embedded.";
    DROPPED = "A0011", Warning, "contents of a file that were left out",
        "Scripts, attachments, films, sounds and buttons have no place in a pack and were left out; the pages\n\
         look as they did. Where an attachment matters, append it as a file of its own.";
    COVERED_TEXT = "A0012", Warning, "text that is only covered",
        "Text lies under a filled box or a picture: it does not show, but anyone can copy it out of the PDF.\n\
         If it was meant to be blacked out, have it removed from the file before anything is published.";
    HIDDEN_LAYER = "A0013", Warning, "layers that do not show",
        "The file has layers that are switched off. They were left out of the pack. If they should show, switch\n\
         them on and save the file again.";
    COMMENTS = "A0014", Warning, "comments in a file",
        "Comments, highlights and other marks of readers show on the pages, and will in the pack. Remove them\n\
         in the file if they are not meant for everybody.";
    EMPTY_FIELDS = "A0015", Warning, "form fields that cannot be shown",
        "What was filled into the form is kept in a way that cannot be printed. Print the form to PDF from the\n\
         program in which it was filled in, and append that.";
    UNFINISHED = "A0016", Warning, "an office document that is not finished",
        "The document holds tracked changes, comments, or sheets and slides that are hidden. Accept or reject the\n\
         changes, and remove what is not for the reader, so that the pack shows what was agreed.";
    COARSE = "A0017", Warning, "pictures that are too coarse for print",
        "On paper the pictures will be blurred: they have fewer than 100 dots to the inch in the size in which\n\
         they are shown. Ask for them in a better quality.";
    PERSONAL = "A0018", Warning, "names or addresses in a file",
        "The pages show what may belong to a private person, such as a mobile number, a date of birth, a National\n\
         Insurance number or an e-mail address at a private provider; or an office document prints the name of\n\
         whoever wrote it. The message says what and where. If it may not be published, have it removed from the\n\
         file, or withhold the paper. (Properties of the file, such as its author, never come into a pack.)";
    SMALL_PRINT = "A0019", Warning, "a page that is reduced much",
        "The page is larger than the largest sheet, or the layout leaves too little room for it, so that it is set\n\
         at less than 70 % of its size and may be hard to read. Ask for it on a smaller sheet, or in parts.";
    NO_OFFICE = "A0020", Error, "the office program is not there",
        "Office documents are made into PDF by LibreOffice, which was not found. Install it, or save the document\n\
         as PDF yourself and append that.";
    NOT_CONVERTED = "A0021", Error, "an office document that could not be made into PDF",
        "LibreOffice could not open the document, or took too long. Save it as PDF in the program that it was\n\
         written with, and append that.";
    FONT_REPLACED = "A0022", Warning, "a font of an office document that is not there",
        "Office documents do not hold their fonts. Where one is missing, LibreOffice takes another, so lines and\n\
         pages may break elsewhere than the author saw them. Look at the pages in the pack. Lay the font into the\n\
         workspace's folder fonts/ and delete the conversion kept in content/.converted/, or ask for a PDF.";
    NOT_ASSEMBLED = "A0023", Error, "appended pages that could not be put into the pack",
        "The file was read, but its pages could not be put into the typeset pack. This is a fault of the program:\n\
         please report it. Until then, leave the paper out, or have the file saved anew by another program.";
    HOLIDAYS_UNKNOWN = "N0001", Warning, "bank holidays that are not known",
        "Clear days cannot be counted in a year of which the bank holidays are not known: they may be fewer than it\n\
         seems. List the year in layouts/holidays.yaml of the workspace, below the council's nation, each line a\n\
         date and a name: `2031-01-01: New Year's Day`.";
    SHORT_NOTICE = "N0002", Error, "an agenda that is out too late",
        "Public notice of a meeting is given five clear days before it, and the agenda and each report are open to\n\
         inspection for five clear days, in Wales three (Local Government Act 1972, sections 100A(6) and 100B(3)).\n\
         Clear days are working days between publication (`issued`) and meeting, neither counted: no Saturdays,\n\
         Sundays, bank holidays, or days on which the council is closed. Publish earlier, or meet later. A meeting\n\
         convened at shorter notice says why in `short_notice`, which makes this a warning. `notice` in the\n\
         council's or the body's file sets other numbers of days. The error lets a draft be built, but not be\n\
         issued. (Rules CD1 and CD2.)";
    RULE_SOFTENED = "N0003", Info, "a rule of law that the council has softened or switched off",
        "`rules` in the council's file gives a rule of law another weight, or switches it off, with the reason.\n\
         Each is listed here whenever the sources are checked, so that nobody forgets it.";
    REQUISITION = "N0004", Error, "a requisition with too few members",
        "Five members of the council can require an extraordinary meeting (Local Government Act 1972, Schedule 12,\n\
         paragraph 3). The agenda of a meeting that was required so names them, each once. Where the chair called\n\
         the meeting without a requisition, leave `requisition` out. (Rule SU2.)";
    NO_EXCLUSION = "N0005", Error, "private business without an item on the exclusion of the public",
        "The public can only be excluded by a resolution which names the business and the paragraphs of Schedule 12A\n\
         (Local Government Act 1972, section 100A(4) and (5)); for confidential information the law itself excludes\n\
         them (section 100A(2)), and the item says so. Put an item `Exclusion of the press and public` into the\n\
         public business. (Rules NP6 and NP7.)";
    EXECUTIVE_NOTICE = "N0006", Error, "private business of an executive without notice",
        "Before an executive meets in private, notice is given at least 28 clear days before, and again at least\n\
         five (SI 2012/2089, regulation 5). For the first, every day of the week counts; for the second only working\n\
         days. Give both days in `private_notice` of the agenda. Where notice could not be given in time, the\n\
         regulation asks for the agreement of the chair of the scrutiny committee or those in its place: then give\n\
         the rule another weight in the council's file, with that reason. (Rule NP10.)";
    VOTE_NOT_NAMED = "N0007", Warning, "a recorded vote that does not name everybody",
        "Where a vote is recorded, the minutes say who voted for and against and who abstained (SI 1993/202). Name them\n\
         on each side, or write 0. (Rule MN3.)";
}
