//! Slips that people make who do not program: each is told at the line where it is, in words of its own.

use boardpack::appended::Reader;
use boardpack::finding::Finding;
use boardpack::load;

use crate::sandbox::{Sandbox, repository};

const AGENDA: &str = "content/bodies/board/2026-09-16/agenda.yaml";

/// What stands before each slip: five lines.
const HEAD: &str = "kind: agenda\nmeeting: 2026-09-16 10:30\nissued: 2026-09-07\npublic:\n  - title: Apologies\n";

/// Words of parsers, of Rust and of the grammar of YAML, which say nothing to an officer.
const FORBIDDEN: [&str; 48] = [
    "scalar",
    "mapping",
    "mappings",
    "sequence",
    "sequences",
    "block",
    "flow",
    "simple",
    "anchor",
    "anchors",
    "alias",
    "aliases",
    "token",
    "tokens",
    "budget",
    "breached",
    "option",
    "string",
    "str",
    "serde",
    "deserialize",
    "parse",
    "parser",
    "parsing",
    "scanning",
    "scanner",
    "unexpected",
    "null",
    "tag",
    "tags",
    "eof",
    "stream",
    "directive",
    "directives",
    "indicator",
    "escape",
    "surrogate",
    "recursion",
    "invalid",
    "illegal",
    "syntax",
    "node",
    "struct",
    "enum",
    "variant",
    "collection",
    "merge",
    "buffered",
];

/// A slip behind [`HEAD`], the line that it is told at, and words of the message or the help.
const SLIPS: &[(&str, usize, &str)] = &[
    ("  - title:Ferry times\n    papers: [note.yaml]\n", 6, "write `title: Ferry times`"),
    ("  - title: Ferries\n    papers:[note.yaml]\n", 7, "write `papers: [note.yaml]`"),
    ("  - title:#5\n", 6, "write `title: …`"),
    ("  - title: Ferries: an update\n    papers: [note.yaml]\n", 6, "title: \"Ferries: an update\""),
    ("  - title: Ferries\n    lead: Report: by the Head: of Law\n", 7, "lead: \"Report: by the Head: of Law\""),
    ("  - title: The Board notes:\n    papers: [note.yaml]\n", 6, "\"The Board notes:\""),
    ("  - title: At 10.30: coffee\n", 6, "title: \"At 10.30: coffee\""),
    ("  - title: Minutes\n    parts:\n      - To agree: the minutes\n", 8, "\"To agree: the minutes\""),
    ("  * title: Ferries\n", 6, "type a hyphen"),
    ("  + title: Ferries\n", 6, "type a hyphen"),
    ("  - title: Ferries\n    parts:\n      To agree\n      To note\n", 8, "begin each entry of the list"),
    ("  - title: \"Ferry\" #5\n", 6, "put the whole value in quotes"),
    ("  - title: 'Tis the season\n    papers: [note.yaml]\n", 6, "in double quotes"),
    ("  - title: Ferries\n    text: The Board is asked to:\n      - note\n", 7, "put `|` in the place"),
    ("  - title: Ferries\n    text: |\n      Words\n     papers: [note.yaml]\n", 9, "begin it in column 5"),
    ("  - Title: Ferries\n", 6, "did you mean `title`?"),
    ("  1. title: Ferries\n", 6, "type a hyphen"),
    ("  - title: “Ferries: an update”\n", 6, "curly quotes do not count"),
    ("  - title： Ferries\n", 6, "write `title: …`"),
    ("  - title; Ferries\n    papers: [note.yaml]\n", 6, "write `title: …`"),
    ("  - title = Ferries\n    papers: [note.yaml]\n", 6, "write `title: …`"),
    ("  - title Ferries\n    papers: [note.yaml]\n", 6, "neither a field nor an entry"),
    ("  - title: Ferries\n    lead Report of the Head\n    papers: [note.yaml]\n", 7, "write `name: value`"),
    ("  - title: Ferries\n    text:\n      The Board asked.\n\n      It notes: this.\n", 7, "write `text: |`"),
    ("  - title: Ferries\n    text:\n    The Board asked for it.\n    papers: [note.yaml]\n", 7, "write `text: |`"),
    (
        "  - title: Ferries\n    text:\n      # Why\n\n      Words.\n\n      # How\n\n      More.\n",
        7,
        "write `text: |`",
    ),
    ("  - title: Ferries\n    text:\n      # Why\n\n      Words.\n", 8, "put `|` behind the colon"),
    ("  - title: Ferries\n    text: | The Board notes it.\n    papers: [note.yaml]\n", 7, "on the lines below"),
    ("  - title: Ferries\n    text: > The Board notes it.\n    papers: [note.yaml]\n", 7, "on the lines below"),
    ("  - title: >5 % growth\n    papers: [note.yaml]\n", 6, "`>`"),
    ("  - title: Ferries\n    text:|\n      Words\n", 7, "write `text: |`"),
    ("  - title: Ferries\n    text: |\n    The Board notes it.\n    papers: [note.yaml]\n", 8, "indent it by 6 spaces"),
    ("  - title: Ferries\n    text: |\n        The Board.\n      Notes it.\n    lead: x\n", 9, "indent it by 8 spaces"),
    ("  - title: Ferries\n    text: |\n      The Board.\n\n  Notes it.\n    lead: x\n", 10, "indent it by 6 spaces"),
    ("  - title: Ferries\n    text: |\n          \n      Words\n    lead: x\n", 8, "delete the spaces"),
    ("  - title: Ferries\n    text: |\n\t  Words\n", 8, "indent with spaces"),
    ("  - title: Ferries\n    text: First\n      # a note\n      goes on\n", 8, "begins with `#` is a note"),
    ("  - title: [Draft] Ferries\n    papers: [note.yaml]\n", 6, "title: \"[Draft] Ferries\""),
    ("  - title: {Draft} Ferries\n    papers: [note.yaml]\n", 6, "title: \"{Draft} Ferries\""),
    ("  - title: [Draft]\n    papers: [note.yaml]\n", 6, "begins with a bracket in quotes"),
    ("  - title: Ferries\n    papers: [note.yaml\n  - title: Next\n", 7, "add `]`"),
    ("  - title: Ferries\n    papers:\n      - {paper: note.yaml\n  - title: Next\n", 8, "add `}`"),
    ("  - title: Ferries\n    papers: [note.yaml}\n", 7, "write `]`"),
    ("  - title: Ferries\n    papers:\n      - {paper: note.yaml appendix: 1}\n", 8, "a comma is missing"),
    ("  - title: Ferries\n    papers:\n      - {paper:note.yaml}\n", 8, "write `paper: note.yaml`"),
    ("  - {title: Ferries, trams and buses, lead: x}\n", 6, "a comma ends the value"),
    ("  - title: Ferries\n    papers: [note.yaml],\n", 7, "take the comma away"),
    ("  - title: \"Ferries\",\n    papers: [note.yaml]\n", 6, "take the comma away"),
    ("  - title: Ferries\n    papers: [- note.yaml]\n", 7, "hyphen"),
    ("  - title: Ferries\n    parts: [Room #3, Hall]\n", 7, "is a note"),
    ("  - title: Hall #3, Quay Street\n    papers: [note.yaml]\n", 6, "write \"Hall #3, Quay Street\""),
    ("  - title: Hall # 3, Quay Street\n", 6, "write \"Hall # 3, Quay Street\""),
    ("  - title: The #WeCare week\n", 6, "write \"The #WeCare week\""),
    ("  - title: *Urgent* business\n    papers: [note.yaml]\n", 6, "title: \"*Urgent* business\""),
    ("  - title: **Urgent**\n    papers: [note.yaml]\n", 6, "put the whole value in quotes"),
    ("  - title: *x\n", 6, "put the whole value in quotes"),
    ("  - title: &Partners report\n    papers: [note.yaml]\n", 6, "`&Partners` at the start"),
    ("  - &first title: x\n", 6, "`&first` at the start"),
    ("  - title: !Important notice\n    papers: [note.yaml]\n", 6, "`!Important` at the start"),
    ("  - title: !!binary aGk=\n", 6, "`!!binary` at the start"),
    ("  - <<: *x\n    title: b\n", 6, "`*x` at the start"),
    ("  - title: @Home strategy\n    papers: [note.yaml]\n", 6, "title: \"@Home strategy\""),
    ("  - title: `Home` strategy\n    papers: [note.yaml]\n", 6, "backtick"),
    ("  - title: %age of pupils\n    papers: [note.yaml]\n", 6, "title: \"%age of pupils\""),
    ("  - title: , and so on\n    papers: [note.yaml]\n", 6, "title: \", and so on\""),
    ("  - title: ] and so on\n    papers: [note.yaml]\n", 6, "title: \"] and so on\""),
    ("  - title: - Ferries\n    papers: [note.yaml]\n", 6, "each behind `- `"),
    ("  - title: ? What\n    papers: [note.yaml]\n", 6, "title: \"? What\""),
    ("  - title: Ferries\n    papers: - note.yaml\n", 7, "each behind `- `"),
    ("  - title: \"Ferries\" for 2027\n    papers: [note.yaml]\n", 6, "title: '\"Ferries\" for 2027'"),
    ("  - title: \"The \"Green\" Book\"\n    papers: [note.yaml]\n", 6, "title: '\"The \"Green\" Book\"'"),
    ("  - title: \"Ferries for 2027\n    papers: [note.yaml]\n  - title: Next\n", 6, "is not closed"),
    (
        "  - title: \"Ferries\n    papers: [note.yaml]\n  - title: \"Next\"\n    papers: [note.yaml]\n",
        6,
        "is not closed",
    ),
    ("  - title: 'Ferries for 2027\n    papers: [note.yaml]\n", 6, "is not closed"),
    ("  - title: 'Children's services'\n    papers: [note.yaml]\n", 6, "\"Children's services\""),
    ("  - title: \"Y:\\Plans\\Queue\"\n    papers: [note.yaml]\n", 6, "single quotes"),
    ("  - title: \"Y:\\train plans\"\n    papers: [note.yaml]\n", 6, "single quotes"),
    ("  - title: \"Plan of\n  the council\"\n    papers: [note.yaml]\n", 7, "indent it by two spaces more"),
    ("\t- title: Ferries\n", 6, "indent with spaces"),
    ("  - title: Ferries\n\tpapers: [note.yaml]\n", 7, "indent with spaces"),
    ("  - title: Ferries\n\u{a0}   papers: [note.yaml]\n", 7, "type a space"),
    ("  - title:\u{a0}Ferries\n    papers: [note.yaml]\n", 6, "type a space"),
    ("  -\u{a0}title: Ferries\n    papers: [note.yaml]\n", 6, "type a space"),
    ("  -title: Ferries\n    papers: [note.yaml]\n", 6, "write `- `"),
    ("  – title: Ferries\n    papers: [note.yaml]\n", 6, "type a hyphen"),
    ("  • title: Ferries\n    papers: [note.yaml]\n", 6, "type a hyphen"),
    ("  - title: Ferries\n    title: Trams\n    papers: [note.yaml]\n", 7, "keep one of the two"),
    ("    title: Trams\n    papers: [note.yaml]\n", 6, "a new entry of a list begins with `- `"),
    ("  - title: Ferries\n   papers: [note.yaml]\n", 7, "below each other"),
    ("  - title: Ferries\n     papers: [note.yaml]\n", 7, "begin it in column 5"),
    ("  - title: Ferries\n  papers: [note.yaml]\n", 7, "or write `- ` before it"),
    ("    - title: Ferries\n      papers: [note.yaml]\n", 6, "begin the entries of a list below each other"),
    (" - title: Ferries\n   papers: [note.yaml]\n", 6, "begin the entries of a list below each other"),
    ("  - title: Ferries of the\n  council\n    papers: [note.yaml]\n", 7, "indent it by two spaces more"),
    ("  - title: Ferries of the\ncouncil\n", 7, "indent it by two spaces more"),
    ("---\n  - title: Ferries\n", 6, "one file holds one thing"),
    ("...\nmore: x\n", 7, "one file holds one thing"),
    ("  - : x\n", 6, "write `name: value`"),
    ("  - [a]: x\n", 6, "a list stands where"),
    ("  - {a: b}: x\n", 6, "a set of fields stands where"),
    ("  - title: Ferries\n    text: >\n      - one\n      - two\n", 8, "put `|` behind the colon"),
    ("  - title: Ferries\n    text: To note\n      1. one\n      2. two\n", 7, "put `|` behind the colon"),
    ("    papers: [note.yaml]\npublished_on: 2026-09-01\n", 7, "the fields here are"),
    ("  - title: Ferries\n    papers: [Y:\\Plans\\note.yaml]\n", 7, "copy the file into content/"),
    ("  - title: Ferries\n    published: “2026-09-01”\n", 7, "take the curly quotes away: 2026-09-01"),
    ("  - title: Fer\u{200b}ries\n", 6, "delete it"),
    ("  - title: The council\u{e2}\u{20ac}\u{2122}s ferries\n", 6, "type the letter anew"),
    ("  - title: \"Ferries\\LTrams\"\n", 6, "cannot be printed"),
    ("  - title: Ferries \u{fffc}\n", 6, "append the picture"),
];

/// Gives what is found in an agenda: line, message and help.
fn findings(agenda: &str) -> Vec<(usize, String, String)> {
    let sandbox = Sandbox::base();
    sandbox.write(AGENDA, agenda);
    let log = boardpack::rules::log();
    let sources = load::workspace(sandbox.root(), &Reader::default(), &log).sources;
    let of_agenda = |finding: &Finding| finding.place().filter(|place| sources.path(*place) == AGENDA);
    let found = log.sorted().into_iter().filter_map(|finding| {
        let line = sources.position(of_agenda(&finding)?).line;
        Some((line, finding.message, finding.help.unwrap_or_default()))
    });
    found.collect()
}

/// Gives a word that nobody but a programmer knows; what the message quotes does not count.
fn forbidden(message: &str) -> Option<&'static str> {
    let plain: String = message.split('`').step_by(2).collect();
    let plain: String = plain.split('"').step_by(2).collect();
    let words: Vec<String> = plain.split(|c: char| !c.is_alphanumeric()).map(str::to_lowercase).collect();
    FORBIDDEN.into_iter().find(|word| words.iter().any(|other| other == word))
}

#[test]
fn each_slip_is_told_where_it_is_and_how_it_is_written() {
    let mut wrong = String::new();
    for (slip, line, words) in SLIPS {
        let found = findings(&format!("{HEAD}{slip}"));
        let told =
            found.iter().any(|(at, message, help)| at == line && (message.contains(words) || help.contains(words)));
        if !told {
            wrong += &format!("\n{slip}expected line {line}: {words}\n  got {found:#?}\n");
        }
        // The cause comes alone, or first.
        if found.first().is_some_and(|(at, ..)| at != line) {
            wrong += &format!("\n{slip}first told is another line than {line}: {found:#?}\n");
        }
        for (_, message, help) in &found {
            let word = forbidden(message).or_else(|| forbidden(help));
            assert_eq!(word, None, "{slip}{message} / {help}");
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn files_that_are_something_else_are_told_in_plain_words() {
    for text in [
        "kind agenda\nmeeting: 2026-09-16\n",
        "Dear all,\n\nplease find the agenda: attached.\n",
        "{\"kind\": \"agenda\", \"public\": [{\"title\": \"x\"}]\n",
        "<html><body>\nagenda: x\n",
        "title,lead\nFerries,Head\n",
        "%YAML 9.9\n---\nkind: agenda\n",
        "%TAG ! x\n---\nkind: agenda\n",
        "public: [\na,\n]\n",
        "- a\n- b\n",
        "? x\n? y\n",
        "!!null",
        "&a",
        "kind: agenda\npublic: yes\n  - title: x\n",
    ] {
        let found = findings(text);
        assert!(!found.is_empty(), "{text}");
        for (_, message, help) in &found {
            assert_eq!(forbidden(message).or_else(|| forbidden(help)), None, "{text}{message} / {help}");
        }
    }
    let deep = findings(&format!("kind: {}x{}", "[".repeat(300), "]".repeat(300)));
    assert!(deep[0].1.contains("nested too deep"), "{deep:?}");
}

/// Signs that a slip of the finger puts in or takes away.
const SIGNS: [&str; 24] = [
    ":", ": ", " #", "\"", "'", "[", "]", "{", "}", ",", "- ", "-", "|", ">", "*x ", "&x ", "!x ", "%", "@", "`", "\t",
    "\n", "? ", "---\n",
];

#[test]
fn mutated_sources_are_told_in_plain_words() {
    let mut told = 0;
    for (path, bytes) in crate::sandbox::files(&repository("content")) {
        let Some(text) = path.ends_with(".yaml").then(|| String::from_utf8_lossy(&bytes).into_owned()) else {
            continue;
        };
        for (index, sign) in SIGNS.iter().enumerate() {
            let mut at = (text.len() * (index + 1)) / (SIGNS.len() + 1);
            while !text.is_char_boundary(at) {
                at += 1;
            }
            let line_start = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
            let value = text[line_start..].find(": ").map_or(at, |colon| line_start + colon + 2);
            for at in [at, line_start, value] {
                let (before, after) = text.split_at(at);
                let without = after.char_indices().nth(1).map_or("", |(next, _)| &after[next..]);
                for mutated in [format!("{before}{sign}{after}"), format!("{before}{without}")] {
                    told += parsed(&path, &mutated);
                }
            }
        }
    }
    assert!(told > 500, "{told}");
}

/// Reads a source and gives how many findings there were, each of them in plain words and at a place of the file.
fn parsed(path: &str, text: &str) -> usize {
    let (log, wanted) = (boardpack::rules::log(), std::cell::RefCell::default());
    let cx = load::Context { source: 0, path, text, log: &log, wanted: &wanted };
    let read = load::yaml::parse(cx);
    let found = log.sorted();
    assert!(read.is_some() || !found.is_empty(), "{path}: nothing is read and nothing told\n{text}");
    for finding in &found {
        let help = finding.help.as_deref().expect("help");
        assert_eq!(forbidden(&finding.message).or_else(|| forbidden(help)), None, "{} / {help}", finding.message);
        let place = finding.place().expect("a place");
        assert!(text.get(place.start as usize..place.end as usize).is_some(), "{}: {place:?}", finding.message);
    }
    found.len()
}

#[test]
fn a_paper_that_no_agenda_names_leads_to_the_item_that_waits_for_it() {
    let sandbox = crate::invalid::workspace("M0018-item");
    let leads = |sandbox: &Sandbox| {
        let told = sandbox.run(&["check", "--format", "json"]).stdout;
        told.contains("this item of the same title has no paper")
    };
    assert!(leads(&sandbox));
    let agenda = "content/bodies/board/2026-09-16/agenda.yaml";
    let text = sandbox.read(agenda);
    for line in ["to_follow: The figures came late.", "papers: [lanes.yaml]", "withdrawn: It is settled."] {
        sandbox.write(agenda, text.replace("Bus lanes\n", &format!("Bus lanes\n    {line}\n")));
        assert!(!leads(&sandbox), "{line}");
    }
}

#[test]
fn a_rule_that_is_not_softened_says_what_it_is_about() {
    let sandbox = Sandbox::base();
    for (code, about) in [
        ("T0008", "what would be printed wrongly"),
        ("F0002", "could not be read"),
        ("N0012", "guards what is withheld"),
        ("A0002", "missing from the pack"),
        ("D0002", "accepted one by one"),
    ] {
        let rule = format!("kind: council\nname: Testford\nrules:\n  {code}: {{severity: off, reason: No.}}\n");
        sandbox.write("content/council.yaml", rule);
        let told = sandbox.run(&["check", "--format", "json"]).stdout;
        assert!(told.contains("take the line away; ") && told.contains(about), "{code}: {told}");
    }
}
