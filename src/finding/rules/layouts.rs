//! Layouts: `L`.

super::rules! { LAYOUTS, Layouts: pages;
    LAYOUT_BROKEN = "L0001", Error guarded, "a layout cannot be used",
        "A file of the workspace's layouts/ replaces the built-in file of that name. It has an error at the\n\
         place shown. Mend it, or remove the file to have the built-in layout again.";
    LAYOUT_UNKNOWN = "L0002", Warning, "a layout that replaces nothing",
        "No built-in layout has this name, so the file is only used when another layout imports it.";
    NOT_TYPESET = "L0003", Error guarded, "text that cannot be typeset",
        "The typesetter refused the text at the place shown; its own words are in the message.";
    OVERFLOW = "L0004", Error guarded, "a cell or line that does not fit",
        "A word is wider than the column it stands in. Break the word, or give the column more width with\n\
         `columns`.";
}
