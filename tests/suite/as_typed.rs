//! Words are printed as they were typed, or the writer is told.

use std::cell::RefCell;

use boardpack::finding::Place;
use boardpack::load::{self, Context};

use crate::pdf::Pdf;
use crate::sandbox::Sandbox;

const MEETING: &str = "content/bodies/board/2026-09-16";

/// Builds a pack whose note has this text and gives what is printed, each space once.
fn printed(title: &str, text: &str) -> String {
    let sandbox = Sandbox::base();
    let indented: String = text.lines().map(|line| format!("  {line}\n")).collect();
    let quoted = serde_json::to_string(title).expect("a title");
    let note = format!("kind: briefing-note\ntitle: {quoted}\nbackground_papers: None\ntext: |\n{indented}");
    sandbox.write(&format!("{MEETING}/note.yaml"), note);
    sandbox.succeed(&["build"]);
    let pack = std::fs::read(sandbox.path("out/board/2026-09-16/public/2026-09-16-board-agenda-pack.pdf"));
    let pages = Pdf::read(&pack.expect("the pack")).pages().join(" ");
    pages.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Gives the codes that reading a text of a paper raises.
fn codes(text: &str) -> Vec<String> {
    let (log, wanted) = (boardpack::rules::log(), RefCell::default());
    let cx = Context { source: 0, path: "content/x.yaml", text, log: &log, wanted: &wanted };
    let place = Place { source: 0, start: 0, end: u32::try_from(text.len()).expect("short") };
    let _ = load::markdown::paper(text, place, cx);
    log.sorted().iter().map(|finding| finding.rule.code.to_owned()).collect()
}

#[test]
fn signs_within_words_are_printed_as_they_were_typed() {
    let text = "Twelve had A*A*A or better, thirty A*AA, two A**B**C and one (A*).\n\n\
        | Pupils | A*A*A* | A*A*B* |\n|:--|--:|--:|\n| Quay | 3 | 12 |\n\n\
        From ~5 to ~10 per cent, £5m~£6m, snake_case_name, 2*3*4, H~2~O, x^2^, the Council`s and the Board`s.\n\n\
        Name: ------ or .......... and the '90s; words  with   spaces, #5 and $5 $6.\n\n\
        - [ ] open\n- [x] done\n\nYes [x] No [ ]\n\n\
        See \\\\server\\plans and S:\\Plans\\x.";
    let printed = printed("Grades A*A*A", text);
    for words in [
        "Grades A*A*A",
        "A*A*A or better, thirty A*AA, two A**B**C and one (A*).",
        "A*A*A* A*A*B*",
        "From ~5 to ~10 per cent, £5m~£6m, snake_case_name, 2*3*4, H~2~O, x^2^, the Council`s and the Board`s.",
        "Name: ------ or .......... and the ’90s; words with spaces, #5 and $5 $6.",
        "☐ open",
        "☑ done",
        "Yes ☑ No ☐",
        "See \\\\server\\plans and S:\\Plans\\x.",
    ] {
        assert!(printed.contains(words), "`{words}` is not in: {printed}");
    }
}

#[test]
fn numbers_of_entries_are_printed_as_they_were_typed() {
    let text = "# Open\n\n4. Publish the times.\n\n7. Write to them.\n\n9. Report.\n\n# Counted\n\n1. One\n1. Two\n\n\
        # From three\n\n3. Three\n4. Four\n\n# Backwards\n\n5. Five\n2. Two below";
    let printed = printed("Entries", text);
    for words in
        ["4) Publish", "7) Write", "9) Report", "1) One", "2) Two", "3) Three", "4) Four", "5) Five", "2) Two below"]
    {
        assert!(printed.contains(words), "`{words}` is not in: {printed}");
    }
}

#[test]
fn one_line_keeps_its_first_sign_and_the_mark_up_behind_it() {
    for (title, words) in [
        ("1. The *Quay* plan", "1. The Quay plan"),
        ("- The **Quay** plan", "- The Quay plan"),
        ("# 5 Quay Street", "# 5 Quay Street"),
        ("> 5 % growth", "> 5 % growth"),
        ("2026. The plan", "2026. The plan"),
    ] {
        let printed = printed(title, "# Why\n\nWords.");
        assert!(printed.contains(words), "`{words}` is not in: {printed}");
    }
}

#[test]
fn headings_may_be_references() {
    let text = "# Purpose {#purpose}\n\nTo tell.\n\n# [](#purpose)\n\nWords.\n\n## [the purpose](#purpose)\n\nWords.\n\n\
        ## *[](#purpose)*\n\nWords.\n\n# [](person:moss)\n\nWords.";
    let printed = printed("Headings", text);
    for words in ["section 1", "the purpose", "Councillor Jenny Moss"] {
        assert!(printed.contains(words), "`{words}` is not in: {printed}");
    }
}

#[test]
fn titles_may_be_references() {
    let sandbox = Sandbox::base();
    let note = "kind: briefing-note\nlabel: note\ntitle: \"[](#aim)\"\nbackground_papers: None\nsections:\n  - {title: Aim, label: aim, text: x}\n  - {title: \"[](#aim)\", text: x}\n";
    sandbox.write(&format!("{MEETING}/note.yaml"), note);
    sandbox.write(
        &format!("{MEETING}/agenda.yaml"),
        "kind: agenda\nmeeting: 2026-09-16 10:30\npublic:\n  - heading: \"[](#note)\"\n  - title: \"[](#note)\"\n    papers: [note.yaml, plan.yaml, programme.yaml, minutes.yaml]\n",
    );
    sandbox.write(&format!("{MEETING}/plan.yaml"), "kind: action-plan\ntitle: \"[](#aim)\"\nsubtitle: \"[](#aim)\"\nthemes:\n  - title: \"[](#aim)\"\n    objectives: [{objective: x, actions: [{action: y}]}]\n");
    sandbox.write(
        &format!("{MEETING}/programme.yaml"),
        "kind: work-programme\ntitle: \"[](#aim)\"\nmeetings: [{date: 2026-09-16, items: [\"[](#aim)\"]}]\n",
    );
    sandbox.write(&format!("{MEETING}/minutes.yaml"), "kind: minutes\nmeeting: 2026-09-16 10:30\ntitle: \"[](#aim)\"\npresent: [{group: Members, people: [moss]}]\nitems: [{title: \"[](#aim)\", text: x}]\n");
    sandbox.succeed(&["build"]);
}

#[test]
fn what_may_not_be_meant_is_told() {
    for (text, code) in [
        ("See [website] (https://x.example)", "T0020"),
        ("See [w](https://x.example/a b)", "T0020"),
        ("![Chart] (chart.png)", "T0020"),
        ("Words {#name} in the middle", "T0020"),
        ("Words ==marked== here", "T0020"),
        ("Words ** bold ** here", "T0020"),
        ("The cost of it\n- about £5m -\nwas high", "T0021"),
        ("As was said in minute\n1. The Board", "T0021"),
        ("2026. The Board met", "T0021"),
        ("* Provisional figures", "T0021"),
        ("+ 5 per cent", "T0021"),
        ("- one\n-\n- two", "T0021"),
        (">5 per cent", "T0021"),
        ("> 5 per cent", "T0021"),
        ("The Board\n---\nnotes", "T0021"),
        ("Total\n===", "T0021"),
        ("One line  \nanother", "T0021"),
        ("# Platform ##", "T0021"),
        ("#", "T0022"),
        ("{#name}\n\nWords", "T0013"),
        ("10.30 Coffee\n11.00 Talk", "T0016"),
        ("# ", "T0022"),
        ("## &nbsp;", "T0022"),
        ("1. one\n2. two\n2. three", "T0023"),
        ("4. one\n4. two", "T0023"),
        ("**Findings**\n\nWords", "T0016"),
        ("**Findings**\nWords", "T0016"),
        ("a) one\nb) two", "T0016"),
        ("i. one\nii. two", "T0016"),
        ("-one\n-two", "T0016"),
        ("Ward\tHomes\nQuay\t88", "T0016"),
        ("Words\n| a | b |\n| c | d |", "T0016"),
        ("1.1 One\n1.2 Two", "T0016"),
        ("o\tone\no\ttwo", "T0016"),
        ("\u{f0a7} one", "T0016"),
        ("<insert name>", "T0001"),
        ("A &#x202e;turned&#x202c; word", "F0005"),
        ("A soft&shy;hyphen", "F0013"),
        ("Words [^1]", "T0010"),
        ("[1]: https://x.example", "T0012"),
        ("![Chart](no such chart.png)", "T0004"),
    ] {
        // The picture is looked for when all files are read.
        if code != "T0004" {
            assert_eq!(codes(text).first().map(String::as_str), Some(code), "{text}");
        }
    }
}

#[test]
fn what_is_meant_is_not_told() {
    for text in [
        "The Board asks for:\n- one\n- two",
        "Words.\n- one\n- two",
        "- one\n  - only\n- two",
        "1. one\n\n   more\n2. two",
        "> A quotation\n> over two lines",
        "Words {number} and f(x) = [a](b)",
        "**Bold** words, and *slanted* ones, A* and B**",
        "**Withdrawn.**",
        "Ward A** and Ward B** differ",
        "\\* Provisional figures",
        "\\[words\\](https://x.example)",
        "{#name .unnumbered} Words",
        "# Findings {#findings}",
        "# Findings #",
        "---",
        "One line\\\nanother",
        "`code` and ``more``",
        "a -- b ... \"c\" 'd' the Board's",
        "R&D, AT&T, 5 < 6 > 4, a | b, c:\\x, 50% @ £5 ^ #5",
        "Councillor O\u{2019}Hara\u{a0}said",
        "https://x.example/a_b_c*d and a@b.example",
        "See [1] and [sic] and [insert]",
        "- [ ] open\n- [x] done",
        "The '90s and 5' 6\"",
    ] {
        let codes = codes(text);
        assert!(codes.is_empty() || text.contains("[a](b)"), "{text}: {codes:?}");
    }
}

#[test]
fn pictures_may_have_spaces_in_their_names() {
    let sandbox = Sandbox::base();
    let picture =
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"90\" height=\"40\"><rect width=\"90\" height=\"40\"/></svg>";
    sandbox.write(&format!("{MEETING}/Chart 1 trams.svg"), picture);
    let note = "kind: briefing-note\ntitle: Trams\nbackground_papers: None\ntext: |\n  # Why\n\n  ![Trams by year](Chart 1 trams.svg “Trams”)\n";
    sandbox.write(&format!("{MEETING}/note.yaml"), note);
    sandbox.succeed(&["build"]);
    sandbox.edit(&format!("{MEETING}/note.yaml"), "Chart 1", "Chart 2");
    let outcome = sandbox.run(&["check", "--format", "concise"]);
    assert!(outcome.stdout.contains("[T0004]"), "{}", outcome.stdout);
}

#[test]
fn posts_beside_people_are_printed() {
    let sandbox = Sandbox::base();
    let report = "kind: report\ntitle: Trams\ntext: x\nbackground_papers: None\napprovers:\n  - {person: moss, post: Acting Head of Trams}\n  - {name: Wynn Ames, post: Tram Engineer}\n";
    sandbox.write(&format!("{MEETING}/note.yaml"), report);
    sandbox.succeed(&["build"]);
    let pack = std::fs::read(sandbox.path("out/board/2026-09-16/public/2026-09-16-board-agenda-pack.pdf"));
    let printed = Pdf::read(&pack.expect("the pack")).squeezed();
    for words in ["ActingHeadofTrams", "TramEngineer"] {
        assert!(printed.contains(words), "{printed}");
    }
}

#[test]
fn what_cannot_be_seen_changes_no_meaning() {
    let sandbox = Sandbox::base();
    sandbox.write(
        &format!("{MEETING}/agenda.yaml"),
        "kind: agenda\nmeeting: 2026\u{2011}09\u{2011}16 10:30\nmembership: [{person: moss\u{a0}, role: Chair}]\npublic:\n  - title: Trams\u{a0}\n    papers: [note.yaml]\n",
    );
    let outcome = sandbox.run(&["check", "--format", "concise"]);
    assert!(!outcome.stdout.contains("agenda.yaml") || !outcome.stdout.contains("error["), "{}", outcome.stdout);
    sandbox.succeed(&["build"]);
    let pack = std::fs::read(sandbox.path("out/board/2026-09-16/public/2026-09-16-board-agenda-pack.pdf"));
    let printed = Pdf::read(&pack.expect("the pack")).squeezed();
    assert!(printed.contains("CouncillorJMoss(Chair)"), "{printed}");
}

#[test]
fn ratings_have_a_heading_of_their_own_where_no_measure_stands() {
    let sandbox = Sandbox::base();
    sandbox.edit(
        "content/council.yaml",
        "name: Testford Council",
        "name: Testford Council\nratings: {red: {word: Late, meaning: Late., shape: circle, colour: \"#aa0000\"}}",
    );
    let plan = |columns: &str| {
        format!(
            "kind: action-plan\ntitle: Plan\ncolumns: [{columns}]\nthemes:\n  - objectives: [{{objective: x, actions: [{{action: y, rating: red, measure: z}}]}}]\n"
        )
    };
    for (columns, own) in [("number, action, rating", true), ("number, action, measure, rating", false)] {
        sandbox.write(&format!("{MEETING}/note.yaml"), plan(columns));
        sandbox.succeed(&["build"]);
        let pack = std::fs::read(sandbox.path("out/board/2026-09-16/public/2026-09-16-board-agenda-pack.pdf"));
        let printed = Pdf::read(&pack.expect("the pack")).squeezed();
        assert_eq!(printed.contains("Measureandimpact"), !own, "{printed}");
    }
}
