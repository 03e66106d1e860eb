//! The composed pack: `P`.

super::rules! { PACKS, Packs: pages guarded;
    EDITIONS_DIFFER = "P0001", Error, "the editions do not agree on page numbers",
        "The public and the private edition must give every page the same number. They do by\n\
         construction; should a layout override make a page depend on the edition, nothing is written.\n\
         Make the layout set the same pages in both editions.";
    PLACEHOLDER_LONG = "P0002", Error, "the grounds take more pages than the withheld paper",
        "In the public pack a page with the grounds stands in the place of a withheld paper. It must not take\n\
         more pages than the paper itself, or the numbers of the two editions would not agree. Shorten\n\
         `public_interest` or `confidential`.";
}
