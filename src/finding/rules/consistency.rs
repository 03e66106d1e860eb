//! Papers and meetings that disagree with each other or with themselves: `C`.

super::rules! { CONSISTENCY, Consistency: issue;
    PLANNED_NOT_TAKEN = "C0001", Warning, "an item that is planned for a meeting and not on its agenda",
        "The work programme has an item for a day on which the body meets, and nothing on the agenda of that day\n\
         (or, where there is no agenda, in the minutes) has a title like it. Put it on the agenda, or move it to\n\
         another meeting in the programme, so that it is not lost. Titles are compared by their significant words;\n\
         where the two only have other names, give them the same one.", "practice";
    TAKEN_NOT_PLANNED = "C0002", Info, "an item that the work programme does not have",
        "The agenda has an item with papers of its own, and the work programme has nothing like it for that day,\n\
         though it covers it. Standing, private, urgent and withdrawn items are left alone. Members use the\n\
         programme to see what the year was spent on: add the item, or move it there from another day.", "practice";
    ASKED_NOT_PLANNED = "C0003", Warning, "a report that was asked for and is planned nowhere",
        "`asks` of a minute or a part of one says what a resolution wants to see at a meeting: `asks: [{report: School\n\
         meals, for: 2027-02-11}]`. No programme since then has a row like it, and no later agenda took it: it is\n\
         about to be forgotten. Add it, with or without a day. The words of the resolution itself are not read. Where\n\
         only the detail of another row mentions it, this is a hint: check that the row covers what was asked. A row\n\
         that refers to the minute by its label covers it, where `asks` has no words of its own on the subject.", "practice";
    PLANNED_OTHERWISE = "C0004", Warning, "a report or subject that is planned otherwise than was resolved",
        "`for` under `asks` of a minute is the day of the meeting at which a report is wanted, and the work programme\n\
         has it for another day or for none. Plan it for the day that was resolved; where that cannot be, tell the\n\
         members.", "practice";
    NO_MEETING_THEN = "C0005", Warning, "items that are planned for a day without a meeting",
        "The work programme has items for a day on which the body does not meet: the meeting was cancelled or\n\
         postponed, or there is none, though others of that municipal year are held before and after it. Days to\n\
         be confirmed are left alone. Move the items to a meeting that is held.", "practice";
    PLANNED_TWICE = "C0006", Info, "a subject that has a day and still stands among those without one",
        "A subject has been given a meeting, and something like it is still listed under `unplaced`. Take it away\n\
         there, or say in the details how the two differ.", "practice";
    OVERDUE = "C0007", Warning, "an action that is past its day, and of which nothing is said",
        "The day of the action (`due`, or what `by` says in words: \"July-August 2021\" is the end of August) is\n\
         before the meeting that takes the plan. The action is not rated as finished, and there is nothing under\n\
         `progress`. Members will ask. Say what has been done, or give a new day and the reason.", "practice";
    TWO_DEADLINES = "C0008", Warning, "an action with days that contradict each other",
        "`due` and the words in `by` give different days; or the words of the action name the same day of another\n\
         month or year than its deadline (\"launch at the workshop on 3 July\", by 3 August), which is mostly a\n\
         slip.", "practice";
    NEVER_CAME = "C0009", Warning, "a paper that was announced and never came",
        "An item says that its report is to follow, the meeting is past, and there is still no report behind it. A\n\
         meeting is past when its minutes exist, when a later agenda of the body is issued, or when any other\n\
         agenda is issued more than four weeks after it. Reports must be open to inspection (Local Government Act\n\
         1972, section 100B) and stay so for six years (section 100C): add the report, or withdraw the item.\n\
         Papers that were \"circulated separately\" belong to the record too; of these this is a hint, because\n\
         nobody can tell whether they are here under another name.", "Local Government Act 1972, sections 100B and 100C";
    NOT_MINUTED = "C0010", Warning, "an item of the agenda that the minutes do not have",
        "The meeting has an agenda and minutes, and no minute has a title like that of the item, of its parts or\n\
         of its papers. Record what became of it, if only that it was not reached. Apologies, announcements and\n\
         other steps of a meeting are left alone, as are private items while there are no private minutes. A hint\n\
         while the minutes are a draft.", "practice";
    NOT_ON_AGENDA = "C0011", Warning, "a minute of something that was not on the agenda",
        "Nothing on the agenda has a title like that of the minute. Business that was not on the agenda can only\n\
         be taken as urgent, by reason of special circumstances which the minutes state (Local Government Act\n\
         1972, section 100B(4)(b)): a minute that speaks of urgency is left alone.", "Local Government Act 1972, section 100B(4)(b)";
    UNACCOUNTED = "C0012", Warning, "members of whom the minutes do not say whether they came",
        "Some members of the body are neither among those present nor among the apologies, and nobody stood in for\n\
         them. Their attendance counts: who attends nothing for six months leaves office (Local Government Act\n\
         1972, section 85). Looked at are formal meetings of the municipal year in which the body last met, by the\n\
         membership of the agenda or else of the body; people by invitation, observers and advisers are left out.", "practice";
    OTHER_MINUTES = "C0013", Warning, "minutes of another meeting than the words name",
        "An item asks members to agree the minutes of one day, and those of another stand behind it; or the\n\
         minutes of the meeting say that others were agreed than the agenda had. Name the same meeting in both\n\
         places.", "practice";
    OTHER_JOURNEY = "C0014", Warning, "a report that does not go where it says",
        "The form of a report names the bodies that take it with their days (`to`, and the answers under\n\
         `scrutiny`, `other_bodies` and `council`). The agenda of such a day does not have the report, or the body\n\
         does not meet then; or an agenda has it that the form does not name. The bodies stand in the order in\n\
         which they take the report: a later one with an earlier day is wrong, and one on the same day is a hint,\n\
         because it needs the recommendation of the one before.", "practice";
    OTHER_POST = "C0015", Info, "a person in another post or role than is declared",
        "The minutes, or a list of authors, contributors or approvers, give a person a post that is not the one in\n\
         the file of people; or the minutes call somebody the chair who is not, while the chair was there.\n\
         Directorates are left alone, and so are papers of more than two municipal years ago. Write posts by their\n\
         ids; where people have changed posts since, the older paper may be right.", "practice";
    CLEARED_TOO_SOON = "C0016", Warning, "a report that was cleared before it was finished",
        "The table at the end of a report shows when each contributor and approver was sent it and answered. An\n\
         answer cannot be older than the sending, and an approval that is older than the last contribution\n\
         approved another text. A hint where an author is also an approver.", "practice";
    OTHER_APPENDICES = "C0017", Warning, "appendices that are listed and not there, or there and not listed",
        "A note or report lists its appendices, and those behind its item are others. They are compared by label,\n\
         by number or by title. Appendices that the list calls private or not for publication may stand elsewhere,\n\
         and are left alone where they do not stand behind the item.", "practice";
    ATTACHED_BUT_WITHHELD = "C0018", Info guarded, "a withheld appendix that a public paper calls attached",
        "Readers of the public pack look for an appendix that the paper calls attached and find a page that says\n\
         it is restricted. Say beside the reference that it is not for publication.", "practice";
    UNKNOWN_APPENDIX = "C0020", Warning, "an appendix that nobody has",
        "The text cites an appendix that neither the agenda item nor the paper's own list has. Add the paper with\n\
         `appendix:` to the item, or correct the number. Better, give the appendix a `label` and refer to it as\n\
         [](#label): the number is then always right.";
    APPENDIX_TWO_WAYS = "C0021", Warning, "an appendix that is called by a letter here and by a number there",
        "Readers look for Appendix A and for Appendix 1 as for two papers. Call each appendix by one name. A\n\
         reference [](#label) prints the one that the agenda gives it.";
    NO_SUCH_PARAGRAPH = "C0022", Warning, "a reference to a paragraph that the paper does not have",
        "Paragraphs are numbered by the program, and a number typed into the text goes wrong when one is put in\n\
         or taken out. Name the paragraph with {#label}, and refer to it as [](#label). Paragraphs of Acts,\n\
         schedules and other papers are not meant.";
    PERSON_NEARLY = "C0024", Warning, "a person whose name is not spelt as it is declared",
        "The name is nearly that of a person in people.yaml. Write it as it is declared, or refer to the person as\n\
         [](person:id).";
    WRONG_WEEKDAY = "C0025", Warning, "a weekday that does not fit the date",
        "Day of the week and date are of two different days, and nobody can tell which of them is right.";
    NO_SUCH_DAY = "C0026", Warning, "a day that no calendar has",
        "The month has no such day, or the year no 29 February. Nobody can tell which day is meant: look it up\n\
         where the date comes from.";
    NO_SUCH_MEETING = "C0027", Warning, "a meeting on a day on which the body has none",
        "The text speaks of a meeting of a body on a day for which the sources have no agenda, no minutes and no\n\
         row of a work programme, while the body meets some days before or after.";
    DOUBLED_LEAD = "C0031", Warning, "a list whose entries repeat the words that lead to it",
        "The entries go on from the words before the list, and begin with the same words again: `recommended to:\n\
         1. To note`, `RESOLVED that the Board: 1. That the Board note`. Take them away in one of the two places.";
    EMPTY_SECTION = "C0034", Warning, "a heading without text",
        "Nothing stands between the heading and the next one, or the end. Readers, and those who hear the paper,\n\
         wait for text that does not come.";
    PLACEHOLDER = "C0035", Warning gate, "a placeholder that was left behind",
        "The text holds a mark for something that was to be filled in: TBC, XX, [insert …], ???, or what a word\n\
         processor prints where a reference is lost.";
    TYPED_NUMBER = "C0036", Warning, "a typed number at the head of a numbered paragraph",
        "Sections and paragraphs are numbered by the program, so a number that was pasted along is printed beside\n\
         its own. Take it away, or pin it with {number=5.3} where it must stay.";
    WRONG_TOTAL = "C0037", Warning, "a total that is not the sum of its table",
        "The figures of the column or row do not add up to what the total says; or a variance, a closing balance or a\n\
         year is not what its row gives, as it is in most rows.";
    VOTE_AGAINST_PRESENCE = "C0039", Warning, "a vote, a mover or a seconder that does not agree with who was present",
        "Only members of the body who are present move, second and vote, each on one side and once; nobody seconds\n\
         their own motion; and no more votes are counted than members were present. One of the two lists is wrong:\n\
         correct the vote, or `present`. Somebody who came later is named under `present` with a role, such as\n\
         `from 10.40 am`. Members are compared with the body's list for the municipal year of its last meeting only.",
        "practice; Local Government Act 1972, Schedule 12, paragraphs 39 and 40";
    PRESENCE_CONTRADICTED = "C0040", Warning, "minutes that contradict themselves about who was there, or until when",
        "Somebody is named as present twice, or as present and under `apologies`; somebody who was not there declares\n\
         an interest; or the meeting closed before it began. Somebody who came late or left early is named once, under\n\
         `present`, with a role that says so. A meeting that goes on after midnight is left alone.", "practice";
}
