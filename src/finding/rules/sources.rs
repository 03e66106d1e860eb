//! What the sources say: `M`.

super::rules! { SOURCES, Sources;
    UNKNOWN_KIND = "M0001", Error guarded, "unknown kind of file",
        "Every file says in `kind:` what it is: council, people, body, agenda, minutes, briefing-note,\n\
         report, action-plan, work-programme or paper.";
    UNKNOWN_FIELD = "M0002", Error guarded, "unknown field",
        "The field is not one of those that this place has. Nothing that is written may be dropped\n\
         silently, so a misspelt field stops the build.";
    MISSING_FIELD = "M0003", Error guarded, "a field is missing",
        "The field must be there and must not be empty.";
    WRONG_SHAPE = "M0004", Error guarded, "not the shape that is expected",
        "A text was found where a list or fields are expected, or the other way round.\n\
         Items of a list begin with `- `; fields are written `name: value`.";
    BAD_DATE = "M0005", Error guarded, "not a date",
        "Dates are written year first, 2026-09-16, and with a time 2026-09-16 10:30. How they are printed\n\
         is set by `formats` in the council's file.";
    BAD_VALUE = "M0006", Error guarded, "not one of the values allowed",
        "The field takes only certain values; the message lists them.";
    UNKNOWN_NAME = "M0007", Error guarded, "unknown person, post, body, rating, standing item or font",
        "The id is not declared. People and posts are declared in files of `kind: people`, bodies by their\n\
         body.yaml, ratings and standing items in the council's or the body's file. Fonts are never those of the\n\
         machine: a family is there when its files (.ttf, .otf) are in the folder fonts/ beside content/.";
    DECLARED_TWICE = "M0008", Error guarded, "declared twice",
        "The same thing is declared in two places: two councils, two people with one id, or two meetings\n\
         of one body at one time.";
    NO_ITEMS = "M0009", Error, "an agenda without items",
        "An agenda needs at least one item of public business, unless the meeting is cancelled or\n\
         postponed. A body can declare the items of an agenda that lists none in its `agenda:`.";
    NO_SUCH_PAPER = "M0010", Error guarded, "no such paper",
        "The path does not lead to a paper. Paths are written from the folder of the file that names them.";
    OUTSIDE = "M0011", Error guarded, "a path leads outside content/",
        "Sources may only name files below content/, so that what a pack is made from can be archived and\n\
         checked as a whole.";
    USED_TWICE = "M0012", Error guarded, "a paper is used twice in one meeting",
        "One paper stands behind one item of a meeting, so that it has one place and one range of pages.\n\
         Refer to it from the other item with a link such as [](#label).";
    NO_SUCH_MINUTES = "M0013", Error guarded, "no minutes of that meeting",
        "An agenda asks for minutes of a meeting of which there is no minutes file. Write it, or correct the\n\
         date.";
    NOT_WITHHELD = "M0014", Error guarded, "a private item without grounds",
        "Everything under `private:` is kept out of the public pack and must say by what right: `withheld:`\n\
         with the paragraphs of Schedule 12A to the Local Government Act 1972, or `confidential:`\n\
         with the reason (section 100A(3)).";
    BAD_GROUNDS = "M0015", Error guarded, "grounds for withholding that do not exist",
        "Exempt information is described in paragraphs 1 to 7 of Schedule 12A to the Local Government Act 1972\n\
         (Part 1), and for Wales in paragraphs 12 to 18 (Part 4).";
    NUMBER_TWICE = "M0016", Error, "a number is used twice",
        "Two items, minutes or paragraphs of one document carry the same number. Numbers are generated;\n\
         where one is pinned with `number:` it must be free.";
    UNKNOWN_PHRASE = "M0017", Error guarded, "unknown phrase or placeholder",
        "`phrases` in the council's file replaces fixed words by their key, and phrases and notes may hold\n\
         the placeholders that belong there. Keys are written with hyphens or underscores. The help says what is\n\
         nearest to what was written; the usual words of a phrase show the placeholders that it has.";
    NOT_IN_A_MEETING = "M0018", Warning, "a paper that no meeting uses",
        "No agenda names this paper, so it will be in no pack. Add it to an item, or remove the file. A PDF or\n\
         an office document is added by `file:` and `title:` among the `papers:` of an item.";
    WRONG_FOLDER = "M0019", Error guarded, "a file in the wrong folder",
        "Files of a body lie in content/bodies/BODY/, those of a meeting in a folder below it. The folder\n\
         gives the body and the name of the meeting.";
    CROSSED = "M0020", Warning guarded, "withheld at one meeting, published at another",
        "The same paper is withheld at one meeting and stands in the public business of another, so building\n\
         the other meeting publishes it. If that is a mistake, withhold it there too. If the paper is to be\n\
         released, this warning can be passed over.";
    OTHER_DATE = "M0021", Error, "the folder says another date than the file",
        "The folder of a meeting is named by its date, year first as in 2026-09-16, and the output takes its name\n\
         from there. The date in `meeting:` must be the same.";
    NOT_READ = "M0022", Warning guarded, "a file that is not read",
        "Sources are files ending in .yaml. PDF files, pictures and office documents are read where an agenda\n\
         appends them, pictures also where a text names them. This file is none of these, so nothing of it will\n\
         be in any pack. Some editors add .txt to names: rename the file.";
    EMPTY_FIELD = "M0023", Warning, "an empty field",
        "The field is written but has no value, so it is as if it were not there. A value that begins with #\n\
         must stand in quotes, or it is taken for a note.";
    STALE = "M0024", Warning, "an accepted finding that is no longer found",
        "`accepted:` in a file names findings that were looked at and may stand, each with the reason. Nothing that\n\
         this line covers was found any more, so it would only hide what comes later: take it away. Lines about a\n\
         rule that was withdrawn, here or under the council's `rules`, are told of as well.";
    PATH_TYPED = "M0027", Warning gate, "a path of somebody's machine in a text",
        "The text says where a file lies on somebody's machine or on a drive of the council, such as `C:\\Users\\...`,\n\
         `\\\\server\\share` or `file:///...`; or a link leads to a machine that only one network knows, into the\n\
         folder of one person, or carries a key. It was probably pasted by mistake: it tells names that nobody\n\
         needs, and readers cannot follow it. Take it out, or name the document instead.";
    READ_OTHERWISE = "M0030", Warning, "words that are read otherwise than they were typed",
        "YAML gives some signs a meaning: what follows ` #` is a note, `\\` in double quotes changes the letter behind\n\
         it, and lines that do not stand below `|` are joined to one. Where that looks as if it was not meant, the\n\
         message says what would be lost. Put the value in quotes, or the text below `|`.";
    TAKEN_BACK = "M0033", Warning, "a paper that was taken back and is public in the sources",
        "The paper was published and then taken back with `boardpack archive withhold`. It stays withheld in every\n\
         later issue, whatever the sources say. So that they say the same, write the grounds into the paper or behind\n\
         its name in the agenda: the paragraph of Schedule 12A, or why it is confidential. Until then the public reads\n\
         in its place only why it was taken back. A mended version is issued first, and then published with\n\
         `boardpack archive release`.";
    TAKEN_BACK_AGAIN = "M0034", Error, "the bytes of a paper that was taken back",
        "A public paper is, byte for byte, one that was taken back from the archive, under another name or at another\n\
         meeting; or it was erased from the archive and still lies in content/. Withhold it here too, or take it out\n\
         of the agenda. If it may be published again, run `boardpack archive release` where it was taken back.";
    COUNCILLOR_NOT_DECLARED = "M0040", Warning, "a councillor who is printed among the officers",
        "The front sheet prints councillors before the other members. They are those whom a file of people declares\n\
         below `councillors:`, and those whose names begin with `Councillor`. The name of this member says otherwise\n\
         that they are one, as in `Cllr Ann Ward` or `Y Cynghorydd Siân Jones`: declare them below `councillors:`,\n\
         with a `short` name to stand behind the word `Councillors`.";
}
