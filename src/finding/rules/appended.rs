//! Appended files: `A`.

super::rules! { APPENDED, Appended: pages;
    UNUSABLE_FILE = "A0001", Error guarded, "a file that cannot be appended",
        "The file is not what its ending says, is cut short or damaged beyond mending, or has no pages. Open it\n\
         in the program that it was made with and save it as PDF again, or ask its author for another copy.";
    LOCKED_FILE = "A0002", Error guarded, "a file that is locked by a password",
        "The file can only be opened with a password. Set the environment variable BOARDPACK_PDF_PASSWORD to it\n\
         before you build, or ask for a file without protection. A password must not be written into a source.";
    TOO_MUCH = "A0003", Error guarded, "a file that is too large or takes too much work",
        "The file may have 512 MB, and 5,000 pages of it can be appended; reading it may take only so much time\n\
         and memory. Files beyond this are rarely what a pack needs. Name the pages that are wanted by `pages:`\n\
         in a copy that has only them, or have it saved smaller.";
    NO_SUCH_PAGE = "A0004", Error guarded, "a page that the file does not have",
        "`pages:` names a page beyond the last of the file. Pages are counted from 1 as they lie in the file,\n\
         whatever numbers are printed on them.";
    MENDED = "A0005", Warning gate, "a damaged file that was mended",
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
    COVERED_TEXT = "A0012", Warning gate, "text or pictures that are only covered or cut off",
        "Text or part of a picture lies under a box, a pen or another picture, has no colour of its own, or is cut\n\
         off: it does not show, but anyone can take it out of the PDF. The message says where it is. If it was meant\n\
         to be blacked out, have it removed from the file itself before anything is published: a scan is best blacked\n\
         out on paper and scanned again, other papers in a program that says that it removes what is under the boxes.";
    HIDDEN_LAYER = "A0013", Warning, "layers that do not show",
        "The file has layers that are switched off. They were left out of the pack. If they should show, switch\n\
         them on and save the file again.";
    COMMENTS = "A0014", Warning gate, "comments in a file",
        "Comments, highlights and other marks of readers show on the pages, and will in the pack. Remove them\n\
         in the file if they are not meant for everybody.";
    EMPTY_FIELDS = "A0015", Warning gate, "form fields that cannot be shown",
        "What was filled into the form is kept in a way that cannot be printed. Print the form to PDF from the\n\
         program in which it was filled in, and append that.";
    UNFINISHED = "A0016", Warning gate, "an office document that is not finished",
        "The document holds tracked changes or fields that were not filled in, which are printed; or comments,\n\
         notes, hidden sheets, slides, rows and words, which are not; or fields and formulas for the day, the author\n\
         or the file's name, which print what they showed when it was last saved. Have the changes accepted or\n\
         rejected, so that the pack shows what was agreed, and remove what is not for the reader.";
    COARSE = "A0017", Warning, "pictures that are too coarse for print",
        "On paper the pictures will be blurred: they have fewer than 100 dots to the inch in the size in which\n\
         they are shown. Ask for them in a better quality.";
    PERSONAL = "A0018", Warning gate, "names or addresses in a file",
        "The pages show what may belong to a private person, such as a mobile number, a date of birth, a National\n\
         Insurance number or an e-mail address at a private provider; or an office document prints the name of\n\
         whoever wrote it. The message says what and where. If it may not be published, have it removed from the\n\
         file, or withhold the paper. (Properties of the file, such as its author, never come into a pack.)";
    SMALL_PRINT = "A0019", Warning, "a page that is reduced much",
        "The page is larger than the largest sheet, or the layout leaves too little room for it, so that it is set\n\
         at less than 70 % of its size and may be hard to read. Ask for it on a smaller sheet, or in parts.";
    NO_OFFICE = "A0020", Error guarded, "the office program is not there",
        "Office documents are made into PDF by LibreOffice, which was not found. Install it, or save the document\n\
         as PDF yourself and append that.";
    NOT_CONVERTED = "A0021", Error guarded, "an office document that could not be made into PDF",
        "LibreOffice could not open the document, or took too long, or a page would print the folder in which it was\n\
         converted. Save it as PDF in the program that it was written with, and append that. How many seconds\n\
         LibreOffice may work for one document is set by the environment variable BOARDPACK_SOFFICE_SECONDS.";
    FONT_REPLACED = "A0022", Warning, "a font of an office document that is not there",
        "Office documents do not hold their fonts. Where one is missing, LibreOffice takes another, so lines and\n\
         pages may break elsewhere than the author saw them. Look at the pages in the pack. Lay the font into the\n\
         workspace's folder fonts/ and delete the conversion kept in content/.converted/, or ask for a PDF.";
    NOT_ASSEMBLED = "A0023", Error guarded, "appended pages that could not be put into the pack",
        "The file was read, but its pages could not be put into the typeset pack. This is a fault of the program:\n\
         please report it. Until then, leave the paper out, or have the file saved anew by another program.";
    FIELDS_REDRAWN = "A0024", Warning gate, "form fields that were drawn anew",
        "The form keeps what was filled in, but its pictures of the fields are empty or show something older, as\n\
         programs that fill forms in leave the drawing to whoever opens the file. The pack shows what was filled\n\
         in. Compare it with the form as its author sees it.";
    UNSAID = "A0025", Warning gate, "words in a file that no page shows",
        "A PDF can hold text that stands for other text, for copying and for screen readers, and bookmarks. Here they\n\
         say words that no page of the file shows. That is so where a name was blacked out on the page alone. See what\n\
         the words are (copy the text, or listen to it), and have the file made anew without them.";
    LOST = "A0030", Warning gate, "a part of an office document that is not on its pages",
        "The document shows words, or holds a part, that LibreOffice has not put onto the pages: text that another\n\
         system laid into it, a diagram or chart of a new kind. So the pack would say less than the document does.\n\
         Export the document as PDF in the program that it was written with, and append that.";
    NOT_SEARCHED = "A0040", Warning gate, "pages that cannot be searched for secrets",
        "Words that the grounds of withheld papers protect under `secrets` are looked for in every appended file\n\
         that is public. Where the text of a page is only a picture or is drawn as shapes, where its font does not say\n\
         which letters it shows, or where the page is too complex to be followed, nobody can search it. Each such file\n\
         is named once, and only while there are secrets. Look at the pages, then accept the finding with that\n\
         reason: `accepted: [{finding: A0040, words: scan.pdf, reason: read on 3 March}]` in the agenda.";
    OFFICE_ERROR = "A0042", Warning gate, "an error that an office program printed on a page",
        "A page shows what a spreadsheet or a word processor prints where a figure, a name or a reference is lost, such\n\
         as `#REF!`, `#DIV/0!`, `Err:502` or `Error! Reference source not found`, or `####` where a figure is too wide\n\
         for its cell. Mend it in the program that the file was made with, and save it again.";
    MACHINE_PATH = "A0043", Warning gate, "a path of somebody's machine on a page",
        "A page shows where a file lies on somebody's machine or on a drive of the council, such as `C:\\Users\\...`,\n\
         `\\\\server\\share` or `file:///...`. It tells names that nobody needs, and readers cannot follow it. Headers and\n\
         footers often hold one. Have it taken out of the file.";
    PLACEHOLDER_PRINTED = "A0044", Warning gate, "a placeholder on a page of a file",
        "A page shows what looks like a placeholder or a note to oneself that was left behind, such as `[insert name]`,\n\
         `XX` or `(Paula to check)`. Of what the council writes, C0035 tells the same. Have the file finished, or\n\
         accept the finding where the words are meant so.";
    LINKED_INSIDE = "A0048", Warning gate, "a link into somebody's network or folder",
        "A link on a page leads to a machine that only somebody's own network knows, into the folder of one person,\n\
         or to what a key in the address opens. Whoever points at the link reads the address: it tells names that\n\
         nobody needs, and may open what is not published. Have the link taken out of the file.";
}
