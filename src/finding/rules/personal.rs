//! Personal data: `D`.

super::rules! { PERSONAL_DATA, PersonalData: issue;
    PRIVATE_EMAIL = "D0001", Warning gate, "an e-mail address of a private person",
        "A paper prints an e-mail address at a provider where private people have theirs, or one that names somebody\n\
         outside the council. Those of people.yaml, of the council's own domain, of public bodies (.gov.uk, .nhs.uk,\n\
         .police.uk and the like) and of offices (`info@`) are left alone. Take it out, withhold the paper, or ask\n\
         whether it may be printed and accept the finding in the paper with the reason. An address that belongs to\n\
         an office goes into `public_contacts` in the council's file, which lets all papers print it. (Rule DP2.)",
        "UK GDPR, article 5(1)(c): no more personal data than is needed";
    PRIVATE_PHONE = "D0002", Warning gate, "a telephone number of a private person",
        "A paper prints a mobile number, or the number of a place that is nobody's in people.yaml nor on the front\n\
         sheets. Numbers that begin with 03, 08 or 09 belong to organisations and are left alone, and so are\n\
         those of services, switchboards and offices. Take it out, or accept the finding in the paper with the\n\
         reason. A number that belongs to an office goes into `public_contacts` in the council's file, which lets\n\
         all papers print it. (Rule DP2.)",
        "UK GDPR, article 5(1)(c): no more personal data than is needed";
    HOME_ADDRESS = "D0003", Warning gate, "an address where somebody may live",
        "A paper gives a house number and street with a postcode, puts one to the name of somebody (`Mrs Ward of 14\n\
         Harbour Street`), or says where somebody lives. Addresses of places\n\
         of work, and those of the council and where it meets, are left alone. Name the street or the ward alone.\n\
         Accept the finding in the paper where the address is what the paper is about. The address of an office goes\n\
         into `public_contacts` in the council's file, which lets all papers print it. (Rule DP2.)",
        "UK GDPR, article 5(1)(c): no more personal data than is needed";
    IDENTITY = "D0004", Warning gate, "a National Insurance number or a bank account",
        "What stands there lets others take somebody's place. It is never needed in a paper for a meeting: take it\n\
         out. (Rule DP2.)",
        "UK GDPR, article 5(1)(c) and (f): no more than is needed, and kept secure";
    BIRTH = "D0005", Warning gate, "a date of birth",
        "A full date of birth helps others to take somebody's place. Give the age or the year, if anything. (Rule DP2.)",
        "UK GDPR, article 5(1)(c): no more personal data than is needed";
    SIGNATURE = "D0006", Warning, "a signature",
        "A picture, or an appended file, is named or described as a signature or as signed. A picture of a signature\n\
         can be copied onto anything. Print the name alone. Of files, see whether they show a signature; if so,\n\
         have it removed, or accept the finding. (Rule DP2.)",
        "UK GDPR, article 5(1)(c) and (f): no more than is needed, and kept secure";
    CHILD = "D0007", Warning, "a child who may be named",
        "The words around a name say that it is a child's: `his daughter Emma`, `Tom Ward, aged 9`, `the nine-year-old\n\
         Emma`. Children merit specific protection. Leave the name out, or write `Child A`. (Rule DP2.)",
        "UK GDPR, recital 38 and article 5(1)(c)";
}
