//! Language: `H`, hints only.

super::rules! { LANGUAGE, Language: issue brief;
    DOUBLED_WORD = "H0001", Info, "a word that stands twice",
        "The same word stands twice in a row, as in `the the`. Take one away.";
    DOUBLED_MARK = "H0002", Info, "punctuation that stands twice, or behind a space",
        "Two marks stand where one is meant, as in `,,` or `..`, or a space stands before a comma or a full stop.\n\
         Three dots and more are left alone.";
    MISSPELT = "H0003", Info, "a word that is not in the dictionary",
        "The dictionary is British and has -ise and -ize. Names of people, posts and bodies are known by themselves;\n\
         capitalised words inside a sentence, abbreviations, addresses, code and other languages are not looked up.\n\
         Each word is named once for each paper, where it stands first. Put words that the council uses into\n\
         `words` in its file. Where the council's language is not English, nothing is looked up.";
    HARD_TO_READ = "H0004", Info, "a paper that is very hard to read",
        "Of a paper with 100 words of running text or more, the Flesch reading ease is worked out from the length of\n\
         its sentences and words: 60 is plain English, and below 30 a text is hard even for graduates. The place\n\
         shown is the longest sentence. Split long sentences, and say things in everyday words. `reading_ease` in\n\
         the council's file sets another limit; 0 switches the hint off.";
    UNEXPLAINED = "H0005", Info, "an abbreviation that is not explained",
        "Members of the public do not know the abbreviations of a service. Write the words out where they are first\n\
         used, with the abbreviation in brackets: `Care Quality Commission (CQC)`. Each is named once for each\n\
         paper. What everybody knows (NHS, VAT) is left alone; `abbreviations` in the council's file lists more.";
}
