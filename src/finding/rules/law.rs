//! Notice and the law of meetings: `N`.

super::rules! { LAW, Law: issue;
    HOLIDAYS_UNKNOWN = "N0001", Warning, "bank holidays that are not known",
        "Clear days cannot be counted in a year of which the bank holidays are not known: they may be fewer than it\n\
         seems. List the year in layouts/holidays.yaml of the workspace, below the council's nation, each line a\n\
         date and a name: `2031-01-01: New Year's Day`.",
        "CD1: Local Government Act 1972, section 100A(6); Banking and Financial Dealings Act 1971";
    SHORT_NOTICE = "N0002", Error, "an agenda that is out too late",
        "Public notice of a meeting is given five clear days before it, and the agenda and each report are open to\n\
         inspection for five clear days, in Wales three (Local Government Act 1972, sections 100A(6) and 100B(3)).\n\
         Clear days are working days between publication (`issued`) and meeting, neither counted: no Saturdays,\n\
         Sundays, bank holidays, or days on which the council is closed. Publish earlier, or meet later. A meeting\n\
         convened at shorter notice says why in `short_notice`, which makes this a warning. `notice` in the\n\
         council's or the body's file sets other numbers of days. The error lets a draft be built, but not be\n\
         issued.",
        "CD1 and CD2: Local Government Act 1972, ss. 100A(6), 100B(3), 100BA(3); SI 2012/2089, regs. 6 and 7";
    RULE_SOFTENED = "N0003", Info, "a rule of law that the council has softened or switched off",
        "`rules` in the council's file gives a rule of law another weight, or switches it off, with the reason.\n\
         Each is listed here whenever the sources are checked, so that nobody forgets it.";
    REQUISITION = "N0004", Error, "a requisition with too few members",
        "Five members of the council can require an extraordinary meeting (Local Government Act 1972, Schedule 12,\n\
         paragraph 3). The agenda of a meeting that was required so names them, each once. Officers, and people\n\
         in no list of members, do not count. Where the chair called the meeting without a requisition, leave\n\
         `requisition` out.",
        "SU2: Local Government Act 1972, Schedule 12, paragraph 3";
    NO_EXCLUSION = "N0005", Error guarded, "private business without an item on the exclusion of the public",
        "The public can only be excluded by a resolution which names the business and the paragraphs of Schedule 12A\n\
         (Local Government Act 1972, section 100A(4) and (5)); for confidential information the law itself excludes\n\
         them (section 100A(2)), and the item says so. Put an item `Exclusion of the press and public` into the\n\
         public business.",
        "NP6: Local Government Act 1972, section 100A(4) and (5); SI 2012/2089, regulation 4";
    EXECUTIVE_NOTICE = "N0006", Error, "private business of an executive without notice",
        "Before an executive meets in private, notice is given at least 28 clear days before, and again at least\n\
         five (SI 2012/2089, regulation 5). For the first, every day of the week counts; for the second only working\n\
         days. Give both days in `private_notice` of the agenda. Where notice could not be given in time, the\n\
         regulation asks for the agreement of the chair of the scrutiny committee or those in its place: then give\n\
         the rule another weight in the council's file, with that reason.",
        "NP10: SI 2012/2089, regulation 5";
    VOTE_NOT_NAMED = "N0007", Warning, "a recorded vote that does not name everybody",
        "Where a vote is recorded, the minutes say who voted for and against and who abstained (SI 1993/202). Name them\n\
         on each side, or write 0.",
        "MN3: SI 1993/202, Schedule 2, paragraph 1";
    OPEN_TOO_LATE = "N0008", Error, "an item that is open too late",
        "An item that is added to a published agenda is open to inspection from when it is added, and can be considered\n\
         only when it has been open for the clear days (five, in Wales three), or when the chair of the meeting is of\n\
         the opinion that it is urgent by reason of special circumstances. `published` says from which day the item\n\
         and its papers are open; without it that is the agenda's `issued`. For an urgent item write\n\
         `urgent: {circumstances: …, chair: …}`: the circumstances, and who in the chair (the id of a person or post,\n\
         or a name). Both are printed below the item. An item that came later than the agenda, but in time, is lawful.",
        "CD3 and CD4: Local Government Act 1972, ss. 100B(3) and (4), 100BA(3) to (6); SI 2012/2089, reg. 7";
    IMPOSSIBLE_DAY = "N0009", Error, "an item that is open before its agenda or after the meeting",
        "`published` is the day from which an item and its papers are open to inspection. No item is open before the\n\
         agenda that names it, and after the meeting it is too late.",
        "CD3: Local Government Act 1972, section 100B(3)";
    URGENCY_NOT_RECORDED = "N0010", Warning, "urgent business of which the minutes do not say why",
        "The special circumstances by reason of which an item was considered as urgent are stated in the minutes. None\n\
         of the minutes of this meeting that has the item's title speaks of urgency or of special circumstances.",
        "CD4: Local Government Act 1972, section 100B(4)(b)";
    TO_FOLLOW = "N0011", Warning, "a report to follow",
        "Reports are open to inspection for as many clear days as the agenda. A report that is to follow comes in a\n\
         supplement before the meeting; say in `published` when. Out later than the latest lawful day, its item needs\n\
         `urgent`. A report that will be in time is told as information only.",
        "CD5: Local Government Act 1972, section 100B(3); SI 2012/2089, regulation 7";
    NOBODY_DECIDED = "N0012", Error guarded, "a withheld paper of which nobody says who decided",
        "Whether a report is likely to be taken in private, and so can be left out of the copies for the public, is\n\
         for the proper officer to decide. `decided_by` of the grounds names the post.",
        "NP1: Local Government Act 1972, section 100B(2) and (5)";
    MISQUOTED = "N0013", Warning guarded, "a paragraph of Schedule 12A in other words than the Act's",
        "A resolution to exclude the public states the description of the exempt information in terms of Schedule 12A,\n\
         and a paper that is withheld is marked with it. Words that are nearly those of a paragraph are meant for\n\
         them; write them as the Act has them, or say only the number. The help gives the Act's words.",
        "NP3: Local Government Act 1972, ss. 100A(5) and 100B(5), Schedule 12A; in Wales also SI 2007/969";
    NO_PUBLIC_INTEREST = "N0014", Warning guarded, "exempt papers without a word on the public interest",
        "Information is exempt only if, and as long as, the public interest in keeping it so outweighs the public\n\
         interest in disclosing it. `public_interest` of the grounds weighs both; it is printed on the page that stands\n\
         in the place of the paper. Confidential papers need none: there the law itself forbids disclosure; nor does\n\
         legal privilege in Wales (paragraph 16).",
        "NP4: Local Government Act 1972, Schedule 12A, paragraph 10; in Wales paragraph 21";
    EXCLUSION_PARAGRAPH = "N0015", Error guarded, "an exclusion of the public that does not name a paragraph",
        "The resolution states the description of the exempt information in terms of Schedule 12A, and so the item\n\
         names each paragraph on which a private item or a withheld paper relies. A paper that is withheld behind a\n\
         public item can have its paragraph named in the text of that item, where it speaks of exclusion.",
        "NP6: Local Government Act 1972, section 100A(5)(b); SI 2012/2089, regulation 4";
    EXCLUSION_ITEM = "N0016", Warning guarded, "an exclusion of the public that does not name an item",
        "The resolution identifies the business to which it applies. The item on exclusion names each private item by a\n\
         reference to its label (best, since the number is then always right), by its number or its title; or it says\n\
         that the public is excluded from all private business.",
        "NP6: Local Government Act 1972, section 100A(5)(a)";
    EXEMPT_AND_CONFIDENTIAL = "N0017", Error guarded, "grounds that are exempt and confidential at once",
        "Confidential is what a government department gave on terms that forbid disclosure, or what an enactment or a\n\
         court forbids to disclose: the law itself excludes the public. Exempt is what a paragraph of Schedule 12A\n\
         describes: there the meeting may exclude the public by a resolution, if it wants to. Grounds are one or the\n\
         other; of two kinds of paper, withhold each by its own grounds.",
        "NP7: Local Government Act 1972, section 100A(2) to (4)";
    CALLED_CONFIDENTIAL = "N0018", Warning guarded, "exempt information that is called confidential",
        "“Confidential” means in law what must not be disclosed, see N0017. What a paragraph of Schedule 12A describes\n\
         is “exempt”. The word stands in what the public reads of an item whose grounds are paragraphs.",
        "NP7: Local Government Act 1972, section 100A(2) to (4)";
    TITLE_DISCLOSES = "N0019", Warning guarded, "a private item that gives its secret away",
        "Title, lead, text and parts of a private item stand on the public front sheet. They were found to name an\n\
         amount of money, a company, an address, or (where paragraph 1 or 2 protects people) a person. Leave that\n\
         to the withheld report. Where the name is public already, accept the finding with that reason.",
        "NP8: practice";
    NO_COUNTERPART = "N0020", Info, "a private item without a public one",
        "What can be said in public is said in public: beside a private item stands a public one on the same\n\
         matter, with a similar title or a reference from one to the other. Where there can be none,\n\
         `no_public_report` says why, and it is printed below the item.",
        "NP9: practice";
    KEY_DECISION = "N0021", Error, "a key decision without notice",
        "A key decision of an executive is announced at least 28 clear days before, every day of the week counted.\n\
         Where that is impracticable, a notice to the chair of scrutiny, open to inspection, does when five clear\n\
         working days have passed (the general exception); and where even that cannot be, the chair of scrutiny, or\n\
         whoever acts for them, agrees that the decision is urgent and cannot reasonably be deferred (special\n\
         urgency). Write in the report `key_decision_notice:` with `{published: …}`, `{general_exception: …}` or\n\
         `{special_urgency: who agreed}`. It is not printed. A report is of a key decision when its `key_decision`\n\
         begins with “Yes”; a private report shares the notice of the public one of the same title.",
        "KD1: SI 2012/2089, regulations 8 to 11";
    NO_BACKGROUND = "N0022", Warning, "a report that does not list its background papers",
        "Each public report lists the documents on which it was based and that its author relied on, other than\n\
         published works. `background_papers: None` says that there are none. Briefing notes are reports too.",
        "BP1: Local Government Act 1972, section 100D(1); SI 2012/2089, regulation 15";
    BACKGROUND_KEPT = "N0023", Info, "how long background papers stay open",
        "The background papers on the list of a report stay open to inspection for four years beginning with the day of\n\
         the meeting. Each meeting that has any is listed here with the last day.",
        "BP2: Local Government Act 1972, section 100D(2); SI 2012/2089, regulation 15";
    MINUTES_NOT_TAKEN = "N0024", Warning, "minutes of the last meeting that are not on the agenda",
        "Minutes are signed at the next suitable meeting, which an extraordinary meeting is not. So the minutes of the\n\
         last formal meeting that was held stand behind an item of the next ordinary agenda. Where none of the body's\n\
         minutes are kept in content/, an item on minutes is enough. Private minutes alone are not, where the\n\
         meeting has public ones too.",
        "MN1: Local Government Act 1972, Schedule 12, paragraph 41; SI 1993/202, Schedule 2, paragraph 2";
    NOBODY_PRESENT = "N0025", Error, "minutes that name nobody present",
        "The names of the members who were present at a meeting are recorded. List them under `present`, by group.",
        "MN2: Local Government Act 1972, Schedule 12, paragraph 40";
    NOT_REQUIRED = "N0026", Warning, "business that was not required at a required meeting",
        "An extraordinary meeting that five members have required has their business, besides apologies,\n\
         declarations and whatever else stands on every agenda. It is a warning only: a chair who calls the meeting\n\
         may add business to it. Then accept the finding with that reason.",
        "SU2: Local Government Act 1972, Schedule 12, paragraphs 3 and 4";
    INTERESTS_FIRST = "N0027", Warning, "declarations of interests that are missing or come late",
        "Members declare their interests before the business in which they have them. An item with “interests” or\n\
         “declaration” in its title stands before the first item that has papers other than minutes.",
        "IN1: practice; Localism Act 2011, section 31";
    INTERESTED = "N0028", Warning, "a member who takes part in spite of an interest",
        "A member with a disclosable pecuniary interest in a matter takes no part in its discussion or in a vote on it,\n\
         unless there is a dispensation. `interests` of the minute declares one, and the same member moves, seconds or\n\
         is named in the vote. Correct whichever is wrong; where there was a dispensation, accept the finding with\n\
         that reason. A hint where the member stayed (`left: false`): the Act forbids taking part, and whether one\n\
         has to leave the room is for standing orders. In Wales, where the interest is a prejudicial one, the code of\n\
         conduct says so itself.",
        "IN2: Localism Act 2011, sections 31(4) and 33; in Wales SI 2008/788, Schedule, paragraph 14";
    ANSWER_DUE = "N0029", Info, "a recommendation of scrutiny that the executive answers",
        "When scrutiny recommends something to the executive and asks it by notice to answer, it answers within two\n\
         months beginning with the day on which it gets the recommendation or, if that is later, the notice. The day\n\
         given here is counted from the meeting. Nothing is said where an agenda of the executive has an item about\n\
         the matter in that time.",
        "SC1: Local Government Act 2000, section 9FE";
    PUBLIC_NOT_TOLD = "N0030", Warning, "a front sheet that leaves the public without something to know",
        "Anybody may film, record and report a public meeting. Notes, notices or access paragraphs say so, and tell of\n\
         the hearing loop and of other formats and languages; and `contact` names somebody to ask. It is enough to say\n\
         each once in the council's file. A body or an agenda with `access` of its own repeats what it replaces.",
        "OP1 and AC5: SI 2014/2095 (openness of local government bodies); Equality Act 2010, section 20";
    NOT_THE_CHAIR = "N0031", Warning, "urgency that somebody else than the chair has agreed",
        "That an item is urgent is the opinion of the chair of the meeting, or of the deputy or vice chair who takes\n\
         the chair. `urgent` names somebody of the people's file whose role in the membership is another. Name the\n\
         chair, or say in words who presides, such as `Councillor J Moss, in the chair`.",
        "CD4: Local Government Act 1972, section 100B(4)(b)";
    NO_EXECUTIVE_REGIME = "N0032", Warning, "a body with the fields of an executive, but not its regime",
        "Executives meet under regulations of their own: they give notice of private business (N0006) and of key\n\
         decisions (N0021), which other bodies do not. An agenda of this body has `private_notice`, or a report to it\n\
         says `key_decision: Yes` or has `key_decision_notice`; but without `regime: exec2012` in the body's file\n\
         neither rule is applied. A cabinet, its committees and cabinet members who decide alone are executives. Full\n\
         council is none, nor are committees such as those for licensing, planning and audit: `regime: lga1972` in\n\
         the body's file says so, and ends the matter, unless an agenda has `private_notice`. Reports that are\n\
         addressed to another body first, or are on the agenda of an executive too, do not count, nor do those before\n\
         a scrutiny board.",
        "NP10 and KD1: SI 2012/2089, regulations 5 and 8 to 11";
    REVIEWED_BEFORE = "N0033", Warning guarded, "grounds for withholding that are reviewed before the meeting",
        "`review` is the day on which somebody looks again at whether the paper is still withheld. A day before the\n\
         meeting was taken over from an earlier paper, or is mistyped.",
        "NP4: practice";
    CLOSED_DAY = "N0034", Info, "a meeting on a day that is not a working day",
        "The day of the meeting is a Saturday, a Sunday, a bank holiday, or one of the council's closed days. It is\n\
         lawful to meet then, but more often the date is mistyped.", "practice";
    OTHER_PART = "N0035", Error guarded, "grounds for withholding that are the law of the other nation",
        "Exempt information is described for England in paragraphs 1 to 7 of Schedule 12A (Part 1), for Wales in\n\
         paragraphs 12 to 18 (Part 4), in the same order. Which of them holds, `regime` of the body says.",
        "NP3: Local Government Act 1972, section 100I and Schedule 12A; SI 2007/969";
    SECRET_TOLD = "N0036", Error guarded writing, "a secret in what the public reads",
        "Grounds for withholding can list under `secrets` the words that they protect: the name of a bidder, a price,\n\
         an address. None of them may stand in anything public, at this meeting or any other: agendas, papers and what\n\
         all bodies share; appended files with their bookmarks, alternative texts, links and all else that they carry;\n\
         names of files; and the finished public pack is searched before it is written. It does not matter how they\n\
         are typed: case, accents, spaces, hyphens, words broken over lines, letters that look alike. Whole words are\n\
         looked for, and long ones also within others. Figures are compared as they are written, but for the commas\n\
         between thousands: `£1,250,000` is not found where somebody writes `£1.25 million`; list both. While the\n\
         public pack holds a secret, not even a draft is written. Take a word out of the list when it becomes public.",
        "NP8: practice; Local Government Act 1972, section 100B(2)";
    NOT_LOOKED_FOR = "N0040", Error guarded, "a secret that cannot be looked for",
        "Words listed under `secrets` are looked for in everything public (N0036). One or two letters or digits are\n\
         found everywhere and protect nothing. Write them with the words around them, as they would stand in print:\n\
         not `3` but `3 bids`, not `£5` but `£5 a head`. Where a file that lists `secrets` could not be read,\n\
         whichever meeting it belongs to, nobody knows what it protects, and no meeting is issued: mend that file.",
        "NP8: practice";
    EXCLUDED_NEEDLESSLY = "N0042", Error, "an exclusion of the public from what is not withheld",
        "The public is excluded where exempt or confidential information would be disclosed, and from nothing else.\n\
         An item on exclusion was left over: nothing of the meeting is withheld any more, such as when the last\n\
         exempt paper was withdrawn. Withdraw the item on exclusion too, or take it off the agenda. A warning where\n\
         something is withheld, but nothing of an item that the exclusion names; and where it names no item and no\n\
         paragraph.",
        "NP6: Local Government Act 1972, section 100A(2), (4) and (5); SI 2012/2089, regulation 4";
    IDLE_PARAGRAPH = "N0043", Warning, "a paragraph in the exclusion of the public on which nothing relies",
        "The resolution states the description of the exempt information in terms of Schedule 12A. A paragraph on\n\
         which no private item and no withheld paper relies was left over, or is missing in the grounds.",
        "NP6: Local Government Act 1972, section 100A(5)(b)";
}
