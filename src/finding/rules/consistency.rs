//! Papers and meetings that disagree with each other or with themselves: `C`.

super::rules! { CONSISTENCY;
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
