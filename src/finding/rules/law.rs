//! Notice and the law of meetings: `N`.

super::rules! { LAW;
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
