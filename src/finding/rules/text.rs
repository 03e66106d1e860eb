//! Text: `T`.

super::rules! { TEXT, Text;
    HTML = "T0001", Error guarded, "HTML in text",
        "Text is Markdown without HTML. Use *emphasis*, **strong**, lists and tables; write `&lt;` or a\n\
         backslash before `<` to print the sign itself.";
    UNRESOLVED = "T0002", Error guarded, "a reference that leads nowhere",
        "A link of the form [](#label) must name a label that exists in the papers of the meeting or in\n\
         minutes of the workspace. Labels are given by `label:` or by {#label} at the start of a\n\
         paragraph or the end of a heading.";
    LABEL_TWICE = "T0003", Error guarded, "a label is used twice",
        "A label names one thing. Two things that can be referred to from one pack carry the same one.";
    NO_PICTURE = "T0004", Error guarded, "a picture that cannot be used",
        "The picture does not exist, lies outside content/, or is of a kind that cannot be printed. PNG,\n\
         JPEG, TIFF, SVG, GIF and WebP can; so must pictures inside drawings. Animations print their first\n\
         picture.";
    NO_ALTERNATIVE = "T0005", Error guarded, "a picture without alternative text",
        "Every picture needs words for those who cannot see it: ![What it shows](file.png). Required by the\n\
         Public Sector Bodies Accessibility Regulations 2018 (WCAG 1.1.1).";
    RAGGED_TABLE = "T0006", Error guarded, "a table row with too many or too few cells",
        "Each row of a table needs as many cells as its header. Markdown would drop or invent cells\n\
         silently. Write \\| for a bar that is part of the text.";
    MISPLACED_BLOCK = "T0007", Error guarded, "text of a kind that cannot stand here",
        "The place takes one paragraph, or text without headings. Headings belong in the text of papers.";
    NO_GLYPH = "T0008", Error guarded, "a character that the fonts do not have",
        "The built-in fonts have no shape for the character, and an empty box must not be printed. Write it\n\
         otherwise, or add a font that has it to the workspace's fonts/ folder.";
    REFERS_TO_WITHHELD = "T0009", Error guarded, "a public paper refers into a withheld one",
        "A reference from public text would print a number or title of a withheld paper. Refer to the\n\
         agenda item instead.";
    BAD_FOOTNOTE = "T0010", Error guarded, "a footnote without its text or its mark",
        "Every mark [^1] needs its text [^1]: ..., and every text its mark, in the same field.";
    BAD_LINK = "T0012", Error guarded, "a link to an address that cannot be followed",
        "Links lead to https:, http:, mailto: or tel: addresses, to a #label, or to person:, post: and\n\
         body: ids.";
    BAD_NUMBERING = "T0013", Error guarded, "attributes that cannot be read",
        "Attributes in braces are {#label}, {number=4.2}, {.numbered} for headings and {.unnumbered} for\n\
         paragraphs.";
    TOO_LONG = "T0014", Error guarded, "a paragraph that is too long",
        "A paragraph of more than 20,000 characters is a mistake of pasting, not a paragraph.";
    TOO_DEEP = "T0015", Error guarded, "text nested too deep",
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
    MARKUP_LEFT = "T0020", Warning, "mark-up that would be printed as it stands",
        "Signs of a link, a picture, a name in braces or an emphasis stand in words that are none: a space is in the\n\
         wrong place, or the field is printed as it is written. Write it as the help says; put a backslash before\n\
         the sign if it is meant to be printed.";
    TAKEN_FOR_MARKUP = "T0021", Warning, "a sign that changes what stands around it",
        "A hyphen, a number with a point, `>` or a row of hyphens at the start of a line makes a list, a quotation or a\n\
         heading. In the place shown it may have come there by chance, such as by a line that was broken before it.\n\
         Put a backslash before the sign if it is a part of the text.";
    EMPTY_HEADING = "T0022", Error, "a heading without words",
        "A heading is a bookmark of the pack, and what screen readers jump to, so it needs words (PDF/UA-1, 7.4.2).";
    ENTRY_TWICE = "T0023", Warning, "a number that is written twice in a list",
        "The entries of a list print the numbers that were typed. Where all begin with `1. `, they are counted.";
}
