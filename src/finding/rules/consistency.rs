//! Papers and meetings that disagree with each other or with themselves: `C`.

super::rules! { CONSISTENCY;
    UNKNOWN_APPENDIX = "C0020", Warning, "an appendix that nobody has",
        "The text cites an appendix that neither the agenda item nor the paper's own list has. Add the paper with\n\
         `appendix:` to the item, or correct the number. Better, give the appendix a `label` and refer to it as\n\
         [](#label): the number is then always right.";
    APPENDIX_TWO_WAYS = "C0021", Warning, "an appendix that is called by a letter here and by a number there",
        "Readers look for Appendix A and for Appendix 1 as for two papers. Call each appendix by one name. A\n\
         reference [](#label) prints the one that the agenda gives it.";
    NO_SUCH_PARAGRAPH = "C0022", Warning, "a reference to a paragraph that the paper does not have",
        "Paragraphs are numbered by the program, and a number typed into the text goes wrong when one is put in or\n\
         taken out. Name the paragraph with {#label}, and refer to it as [](#label). Paragraphs of Acts, schedules\n\
         and other papers are not meant.";
    NAME_NEARLY = "C0023", Warning, "a body or post whose name is not quite right",
        "The name is nearly, but not exactly, that of a body or post of the council, or is written in two ways in one\n\
         paper. Write it as it is declared, or refer to it as [](body:id) or [](post:id).";
    PERSON_NEARLY = "C0024", Warning, "a person whose name is spelt in two ways",
        "The name is nearly that of a person in people.yaml, or is spelt otherwise elsewhere in the papers of the\n\
         meeting. Write it as it is declared, or refer to the person as [](person:id).";
    WRONG_WEEKDAY = "C0025", Warning, "a weekday that does not fit the date",
        "Day of the week and date are of two different days, and nobody can tell which of them is right.";
    NO_SUCH_DAY = "C0026", Warning, "a day that no calendar has",
        "The month has no such day.";
    NO_SUCH_MEETING = "C0027", Warning, "a meeting on a day on which the body has none",
        "The text speaks of a meeting of a body on a day for which the sources have no agenda, no minutes and no row of\n\
         a work programme, while the body meets some days before or after.";
    TWO_DATES = "C0028", Warning, "two dates for what seems one event",
        "The same words stand with two dates that lie close together, in one paper or in the papers of one meeting.\n\
         One of them may be mistyped.";
    WRONG_TENSE = "C0029", Warning, "a tense that does not fit the date",
        "The text says that something was done on a day which is still to come when the paper is read, or will be done\n\
         on one that has gone by. The date is mistyped, or the text was written for another meeting.";
    QUOTED_TWO_WAYS = "C0030", Warning, "words that are quoted in two ways",
        "The same words stand in two places with small differences, in one paper or in the papers of one meeting. What\n\
         is quoted is quoted exactly.";
    DOUBLED_LEAD = "C0031", Warning, "a list whose entries repeat the words that lead to it",
        "The entries go on from the words before the list, and begin with the same words again: `recommended to: 1. To\n\
         note`, `RESOLVED that the Board: 1. That the Board note`. Take them away in one of the two places.";
    MIXED_ENTRIES = "C0032", Info, "a list whose entries begin in different forms",
        "Entries that go on from the same words have the same form: `that the Board: 1. Note …, 2. Agree …`, not `1. Note\n\
         …, 2. Agreed …`.";
    EMPTY_LABEL = "C0033", Warning, "a label with nothing behind it",
        "A label or a sentence ends with a colon, and what it announces does not follow. Write it, or take the label\n\
         away.";
    EMPTY_SECTION = "C0034", Warning, "a heading without text",
        "Nothing stands between the heading and the next one, or the end. Readers, and those who hear the paper, wait\n\
         for text that does not come.";
    PLACEHOLDER = "C0035", Warning, "a placeholder that was left behind",
        "The text holds a mark for something that was to be filled in: TBC, XX, [insert …], ???, or what a word\n\
         processor prints where a reference is lost.";
    TYPED_NUMBER = "C0036", Warning, "a typed number at the head of a numbered paragraph",
        "Sections and paragraphs are numbered by the program, so a number that was pasted along is printed beside its own.\n\
         Take it away, or pin it with {number=5.3} where it must stay.";
    WRONG_TOTAL = "C0037", Warning, "a total that is not the sum of its table",
        "The figures of the column or row do not add up to what the total says.";
    COLOUR_ALONE = "C0038", Info, "text that leans on colour alone",
        "Those who cannot see the colour, or read a copy in black and white, do not know what is meant. Say it in words\n\
         too: `marked with a cross`, `in the last column`. (Rule AC2.)", "WCAG 2.2, 1.4.1";
    CLEARANCE = "C0040", Warning, "a report that was not approved as it stands",
        "The table at the end of a report says who contributed and who approved, and when. Answers come after the\n\
         report was sent, approvals after the last contribution and before the agenda is issued, and not from whoever\n\
         wrote the report.",
        "practice";
    LEAD = "C0041", Warning, "a lead line that promises another kind of paper",
        "The line below an item's title says what members will find behind it. It says `Briefing note of` or `Report\n\
         of`, but no paper of that kind is there: either it was forgotten, or the line is left over.",
        "practice";
}
