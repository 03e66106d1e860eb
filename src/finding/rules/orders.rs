//! The council's standing orders: `O`.

super::rules! { ORDERS, Orders: issue;
    TOO_MANY_PAGES = "O0001", Warning pages, "a paper with more pages than standing orders allow",
        "`longest` below `standing_orders` in the council's or the body's file says how many pages a paper of each\n\
         kind may have. Blank pages at its end and appendices are not counted. It is only found when the pack is\n\
         typeset, so not by `check --fast`.",
        "standing orders";
    FILE_NAME = "O0002", Warning, "a paper whose file is not called as standing orders require",
        "`file_names` below `standing_orders` says what the files of each kind are called, without their ending;\n\
         * stands for anything. Rename the file, and its line in the agenda.",
        "standing orders";
    ITEM_REQUIRED = "O0003", Warning, "an agenda without an item that standing orders require",
        "`required_items` below `standing_orders` lists the items of every ordinary meeting, by the ids of standing\n\
         items or by their titles. Meetings of other types, and those that are off, need none of them.",
        "standing orders";
    PART_REQUIRED = "O0004", Warning, "a paper without a section or field that standing orders require",
        "`required_sections` and `required_fields` below `standing_orders` say which headings and fields papers of\n\
         each kind must have.",
        "standing orders";
}
