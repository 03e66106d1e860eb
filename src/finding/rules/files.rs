//! Files and YAML: `F`.

super::rules! { FILES, Files: guarded;
    UNREADABLE = "F0001", Error, "a file cannot be read",
        "A file of the workspace could not be opened or read: it may be missing, a folder where a file is\n\
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
    NO_AGENDA = "F0007", Error, "the folder of a meeting without an agenda",
        "A folder that is named by a day is the folder of a meeting, and papers lie in it, but no file of\n\
         `kind: agenda` that could be read. Without its agenda nothing can be built, checked or published of the\n\
         meeting. Look whether the file has another name, such as agenda.yaml.txt, or lies in another folder.";
    NAME_NOT_KEPT = "F0008", Error issue, "a name that cannot be kept",
        "What is issued is kept in an archive that can be read on every system. Some names cannot be kept there: those\n\
         with signs such as `:` or `?`, with more than 200 letters, such as `nul` or `con`, which Windows keeps for\n\
         itself, and two names in one folder that differ only in capital and small letters.";
    FONT_REFUSED = "F0009", Error, "a font that cannot be used",
        "A file of fonts/ is no font, is cut short, or is damaged so that reading it takes more memory or time than any\n\
         font needs. What it was meant for would be set in another font without a word, so nothing is built. Copy the\n\
         font again from where it came, or take it out of fonts/ to have the built-in fonts.";
    FONT_UNUSED = "F0010", Warning, "a font of a kind that is not used",
        "Fonts are used from .ttf, .otf and .ttc files. Those for web pages (.woff, .woff2) and of older systems are\n\
         not read, so what they are meant for is set in another font.";
    NOT_A_FILE = "F0011", Error, "something that is not a file",
        "In the place of a file lies a named pipe, a socket or a device. Reading one may never end, so it is not even\n\
         opened. Remove it from the workspace, or put the file that is meant in its place.";
    LEADS_OUT = "F0012", Error, "a link that leads out of the workspace",
        "A symbolic link leads to a file or folder outside the workspace. What is read is printed and published, and a\n\
         link is easily followed to what nobody meant to publish; nor would a copy of the workspace hold it. Copy the\n\
         file itself into the workspace, in the place of the link. Links within the workspace are followed.";
    TOO_HEAVY = "F0015", Error pages, "a pack for which there is too little memory",
        "Typesetting takes memory: 2 to 4 MB for a page of a pack, more for long tables and thousands of footnotes.\n\
         Of what the machine has free a run takes nine tenths at most, so that the system does not end it without a\n\
         word. Split the paper that is named, append its long tables as a PDF, or build on a machine with more\n\
         memory. How many megabytes a run may hold is set by the environment variable BOARDPACK_MEMORY_MB.";
    UNSEEN_SIGN = "F0013", Info, "a sign that cannot be seen",
        "Copied text often brings soft hyphens, spaces without width and marks of direction. They do not show, but a\n\
         name with one in it is another name to a computer, and is not found by a search. So they are left out; delete\n\
         them where you can. In scripts that need such signs they stay.";
    DAMAGED_LETTERS = "F0014", Warning, "letters that were damaged",
        "When a file is opened or saved in another encoding than its own, `£` becomes `Â£`, and a curly apostrophe\n\
         three letters such as `â€™`. They would be printed like that. Type them anew, and save the file as UTF-8.";
}
