//! What holds for any text and any agenda.

use std::collections::BTreeMap;
use std::fmt::Write;

use boardpack::appended::office::Office;
use boardpack::appended::{Reader, Receiver};
use boardpack::compose::Kept;
use boardpack::finding::{Log, Place};
use boardpack::fonts::Fonts;
use boardpack::layouts::Layouts;
use boardpack::packs::{self, Output};
use boardpack::progress::Quiet;
use boardpack::render::literal;
use boardpack::typeset::{Press, Wanted};
use proptest::prelude::*;
use proptest::test_runner::{Config, RngSeed};

use crate::pdf::{Pdf, squeeze};
use crate::sample::{Pack, packs_of};
use crate::sandbox::Sandbox;

/// Runs this many cases, the same ones every time. With `BOARDPACK_CASES=20` in the environment runs
/// twenty times as many, and other ones every time.
pub fn cases(count: u32) -> Config {
    let times = std::env::var("BOARDPACK_CASES").ok().and_then(|times| times.parse::<u32>().ok());
    Config {
        cases: count * times.unwrap_or(1),
        failure_persistence: None,
        max_shrink_iters: 100,
        rng_seed: if times.is_some() { RngSeed::Random } else { RngSeed::Fixed(20_260_916) },
        ..Config::default()
    }
}

/// Characters that mean something to YAML, Markdown, Typst or PDF, and letters around them.
fn hostile_text() -> impl Strategy<Value = String> {
    let parts = prop_oneof![
        4 => "[ -~]{1,12}",
        3 => r#"[#$*_`<>@\[\](){}\\/"'|~^&%=+:;.,!?-]{1,6}"#,
        1 => "[äßéłŁ£€–—‘’“”•Ωя]{1,4}",
        1 => Just("/*@1:2-3*/".to_owned()),
        1 => Just("\n\n".to_owned()),
        1 => any::<char>().prop_map(String::from),
    ];
    prop::collection::vec(parts, 1..12).prop_map(|parts| parts.concat())
}

/// Text that any reader of a PDF gives back as it was: no marks that join letters or turn them.
fn printable_text() -> impl Strategy<Value = String> {
    prop::collection::vec(prop_oneof![8 => "[ -~]", 1 => "[äßéłŁ£€–—‘’“”•ΩяЖ]"], 1..200)
        .prop_map(|parts| parts.concat())
}

/// Receives appended files in this process.
fn receiver() -> Receiver {
    Receiver::new(Reader::default(), Office::new(std::path::Path::new("."), None))
}

/// Builds the base workspace with these files over it.
pub fn build(files: &[(&str, String)]) -> (Option<Output>, Vec<String>) {
    let sandbox = Sandbox::base();
    for (path, text) in files {
        sandbox.write(path, text);
    }
    let log = boardpack::rules::log();
    let project = packs::open(sandbox.root(), receiver(), &log);
    let found = |log: &Log| -> Vec<String> {
        let line = |finding: &boardpack::finding::Finding| format!("{}: {}", finding.rule.code, finding.message);
        log.sorted().iter().filter(|finding| finding.is_error()).map(line).collect()
    };
    let Some(agenda) = project.workspace.meetings.values().next() else { return (None, found(&log)) };
    project.compose(agenda, &log);
    if !found(&log).is_empty() {
        return (None, found(&log));
    }
    let output = project.build(agenda, &Kept::default(), &log, &Quiet);
    (output, found(&log))
}

const AGENDA: &str = "content/bodies/board/2026-09-16/agenda.yaml";
const NOTE: &str = "content/bodies/board/2026-09-16/note.yaml";

/// Writes a text as YAML in double quotes.
fn quoted(text: &str) -> String {
    serde_json::to_string(text).expect("a string").replace('\u{7f}', "\\u007f")
}

proptest! {
    #![proptest_config(cases(60))]

    #[test]
    fn any_text_is_built_or_found_and_never_blamed_on_a_layout(title in hostile_text(), text in hostile_text()) {
        let note = format!("kind: briefing-note\ntitle: {}\ntext: {}\n", quoted(&title), quoted(&text));
        prop_assume!(!title.trim().is_empty());
        let (output, findings) = build(&[(NOTE, note)]);
        prop_assert!(output.is_some() == findings.is_empty(), "{findings:?}");
        prop_assert!(!findings.iter().any(|finding| finding.starts_with("L0001")), "{findings:?}");
    }
}

/// Words at which the rules about texts look more closely, with marks, letters and digits of all sorts between.
fn tempting_text() -> impl Strategy<Value = String> {
    let tempting = prop::sample::select(vec![
        "the the ",
        "Councillor Jenny Mos",
        "Cllr J. Möss",
        "31 June 2026",
        "Thursday, 16th September, 2026",
        "07/09/21",
        "12 and 13 May",
        "2nd July",
        "13 June – 1 July",
        "the Scrutiny Bord",
        "Scrutiny Board (2)",
        "Appendix A",
        "Appendix 1",
        "paragraph 4.7",
        "section 9",
        "“the price of the land in the ward”",
        "'the price of land in the ward'",
        "recommended to:",
        "To note",
        "Contact:",
        "TBC",
        "[insert]",
        "XX",
        "CQC",
        "Care Quality Commission (CQC)",
        "£1,234.50",
        "(£7)",
        "Total",
        "12%",
        "07700 900 123",
        "a@b.example",
        "12 High Street, TE5 7ST",
        "QQ 12 34 56 C",
        "aged 9",
        "his daughter Émilie",
        "was held on",
        "will be",
        "paragraph 3 of Part 1 of Schedule 12A",
        "Information relating to any individual",
        "shown in red",
        "İstanbul",
        "ﬀ",
        "e\u{301}",
        "\u{a0}",
        "’s",
        "…",
        "—",
    ]);
    let parts = prop_oneof![5 => tempting.prop_map(str::to_owned), 2 => hostile_text(), 2 => Just(" ".to_owned())];
    prop::collection::vec(parts, 1..14).prop_map(|parts| parts.concat())
}

proptest! {
    #![proptest_config(cases(150))]

    #[test]
    fn any_text_is_checked_and_every_place_can_be_shown(text in tempting_text(), other in tempting_text()) {
        let sandbox = Sandbox::base();
        let (text, other) = (quoted(&text), quoted(&other));
        let at = "content/bodies/board/2026-09-16";
        sandbox.write(&format!("{at}/note.yaml"), format!("kind: briefing-note\ntitle: {other}\ntext: {text}\n"));
        sandbox.write(&format!("{at}/minutes.yaml"), format!(
            "kind: minutes\nmeeting: 2026-09-16 10:30\npresent: [{{group: Members, people: [moss]}}]\nitems:\n  - {{title: {other}, text: {text}, resolved: {other}}}\n"
        ));
        sandbox.write(&format!("{at}/agenda.yaml"), format!(
            "kind: agenda\nmeeting: 2026-09-16 10:30\nissued: 2026-09-01\npublic:\n  - {{title: {other}, text: {text}, papers: [note.yaml]}}\n"
        ));
        let log = boardpack::rules::log();
        let project = packs::open(sandbox.root(), receiver(), &log);
        project.check_texts(boardpack::check::Scope { only: None, hints: true }, &log);
        for finding in log.sorted() {
            for label in &finding.labels {
                let file = project.workspace.sources.get(label.place.source).expect("a file");
                let words = file.text.get(label.place.start as usize..label.place.end as usize);
                prop_assert!(words.is_some(), "{}: {:?} of {}", finding.message, label.place, file.path);
            }
        }
    }
}

proptest! {
    #![proptest_config(cases(200))]

    #[test]
    fn any_bytes_are_read_or_found(bytes in prop::collection::vec(any::<u8>(), 0..200), kind in "(agenda|body|council|people|minutes|report|action-plan|work-programme|paper|nothing)") {
        let sandbox = Sandbox::base();
        let head = format!("kind: {kind}\n").into_bytes();
        sandbox.write("content/bodies/board/2026-10-14/any.yaml", [head, bytes].concat());
        let log = boardpack::rules::log();
        let _ = packs::open(sandbox.root(), receiver(), &log);
    }

    #[test]
    fn any_text_is_markdown(text in hostile_text()) {
        let log = boardpack::rules::log();
        let wanted = std::cell::RefCell::default();
        let cx = boardpack::load::Context { source: 0, path: "content/x.yaml", text: &text, log: &log, wanted: &wanted };
        let place = Place { source: 0, start: 0, end: u32::try_from(text.len()).expect("short") };
        let _ = boardpack::load::markdown::prose(&text, place, cx);
        let _ = boardpack::load::markdown::line(&text, place, cx);
        for finding in log.sorted() {
            let place = finding.place().expect("a place");
            prop_assert!(place.end as usize <= text.len() && place.start <= place.end, "{finding:?}");
        }
    }
}

proptest! {
    #![proptest_config(cases(40))]

    #[test]
    fn a_literal_is_typeset_as_it_was_written(text in printable_text()) {
        let mut code = String::from("#set document(title: \"t\", date: datetime(year: 2026, month: 9, day: 16))\n#set text(hyphenate: false)\n#");
        literal::string(&text, Place { source: 1, start: 2, end: 3 }, &mut code);
        // The comment with the place may not stand between the sign and the literal.
        let code = code.replacen("#/*@1:2-3*/", "/*@1:2-3*/#", 1);
        let press = Press::new(&Fonts::with(&BTreeMap::new()), &Layouts::default());
        let pack = press.typeset(BTreeMap::from([("main.typ".to_owned(), code.into_bytes())]), &Wanted::pdf("t"));
        let bytes = pack.map_err(|findings| TestCaseError::fail(format!("{findings:?}")))?.pdf().to_vec();
        prop_assert_eq!(Pdf::read(&bytes).squeezed(), squeeze(&text));
    }
}

/// Markdown with a word of its own (`@`) at each place that can hold one.
fn markdown() -> impl Strategy<Value = String> {
    let line = prop::sample::select(vec![
        "@ @",
        "*@* @",
        "**@** ~~@~~",
        "`@`",
        "# @",
        "## @ {.numbered}",
        "- @\n- @\n  - @",
        "1. @\n   1. @",
        "> @\n> @",
        "[@]: @",
        "[@]: https://x.example",
        "[@](https://x.example/@)",
        "[@]",
        "[@][@]",
        "![@](@.svg)",
        "@[^1]\n\n[^1]: @\n\n    - @",
        "| @ | @ |\n|--|--|\n| @ | @ |",
        "|@|\n|-|\n|@|@|",
        "    @ @",
        "```@\n@\n```",
        "@  \n@",
        "@ <b>@</b>",
        "<!-- @ -->",
        "*_*_*_*_*_*_*_*_@_*_*_*_*_*_*_*_*",
        "{#@} @",
        "{.unnumbered} @",
        "{@} @",
        "@ {number=4}",
        "[](#@)",
        "***\n@",
        "@\n===",
        "@\n---",
        "+ @\n\n      @",
        "<https://x.example/@>",
        "https://x.example/@",
        "@ @@x.example",
        "[@](person:moss)",
        "\\@ &@;",
        "[@](<https://x.example> \"@\")",
        "* @\n\n  > @\n  > - @",
        "{@",
        "[^@]",
        "[^@]: @",
        "1) @\n2) @",
        "-   \n    @",
        "#",
        "# @ ##",
        "## <br>",
        "# *@*",
        "# `@`",
        "# [@](https://x.example)",
        "4. @\n7. @\n9. @",
        "2. @\n2. @",
        "2026. @",
        "@*@*@ @**@**@",
        "~@~ @`@`@",
        "@\n- @ -\n@",
        "+ @",
        ">@ @",
        "[ ] @ [x] @",
        "![@](@ @.svg \"@\")",
        "[@] (https://x.example)",
        "==@== ** @ **",
        "**@**\n@",
        "a) @\nb) @",
        "@\t@\n@\t@",
        "@\u{ad}@ @\u{200b}@ @\u{a0}\u{a0}@",
        "@ ---- @ .... @",
        "&nbsp; @ &shy;@",
        "[](person:moss) @",
        "\\\\@\\@",
    ]);
    prop::collection::vec(line, 1..5).prop_map(|lines| lines.join("\n\n"))
}

proptest! {
    #![proptest_config(cases(60))]

    #[test]
    fn no_word_is_dropped_silently(pattern in markdown()) {
        let parts: Vec<&str> = pattern.split('@').collect();
        let words: Vec<String> = (1..parts.len()).map(|number| format!("w{number:03}w")).collect();
        let text: String = parts.iter().zip(words.iter().map(String::as_str).chain([""])).flat_map(|(part, word)| [*part, word]).collect();
        let note = format!("kind: briefing-note\ntitle: Title\ntext: {}\n", quoted(&format!("Before\n\n{text}\n\nAfter")));
        let (output, findings) = build(&[(NOTE, note)]);
        prop_assert!(output.is_some() == findings.is_empty(), "{findings:?}");
        prop_assert!(!findings.iter().any(|finding| finding.starts_with('L')), "{findings:?} of\n{text}");
        if let Some(output) = output {
            let bytes = output.files.iter().find(|(path, _)| path.ends_with("agenda-pack.pdf")).map(|(_, bytes)| bytes);
            let pdf = Pdf::read(bytes.expect("a pack"));
            let beside: Vec<u8> = pdf.everything().concat();
            let all = pdf.squeezed() + &String::from_utf8_lossy(&beside);
            // What names a thing is not printed, nor is the language of code.
            let named = |word: &str| text.contains(&format!("{{#{word}}}")) || text.contains(&format!("```{word}"));
            let dropped: Vec<&String> = words.iter().filter(|word| !all.contains(word.as_str()) && !named(word)).collect();
            prop_assert!(dropped.is_empty(), "{dropped:?} of\n{text}");
        }
    }
}

/// A paper of a generated agenda.
#[derive(Debug, Clone)]
struct Paper {
    /// How many paragraphs; about nine fill a page.
    paragraphs: usize,
    withheld: bool,
}

fn items() -> impl Strategy<Value = Vec<Vec<Paper>>> {
    let paper =
        (1usize..32, prop::bool::weighted(0.3)).prop_map(|(paragraphs, withheld)| Paper { paragraphs, withheld });
    prop::collection::vec(prop::collection::vec(paper, 0..3), 1..=6)
}

/// Writes an agenda and its papers; `reason` is why papers are withheld.
fn sources(items: &[Vec<Paper>], reason: &str) -> Vec<(String, String)> {
    let mut agenda = String::from("kind: agenda\nmeeting: 2026-09-16 10:30\npublic:\n");
    let mut files = Vec::new();
    for (index, papers) in items.iter().enumerate() {
        let _ = writeln!(agenda, "  - title: Item {index}\n    papers:");
        for paper in papers {
            let name = format!("p{}.yaml", files.len());
            let withheld = if paper.withheld {
                format!(", withheld: {{paragraphs: [3], public_interest: {reason}}}")
            } else {
                String::new()
            };
            let _ = writeln!(agenda, "      - {{paper: {name}{withheld}}}");
            let text = "  Words and words and words and words and words and words and words and words.\n\n"
                .repeat(paper.paragraphs);
            files.push((
                format!("content/bodies/board/2026-09-16/{name}"),
                format!("kind: paper\ntitle: Paper {name}\ntext: |\n{text}"),
            ));
        }
    }
    files.push((AGENDA.to_owned(), agenda));
    files.push((NOTE.to_owned(), "kind: paper\ntitle: Spare\ntext: x\n".to_owned()));
    files
}

/// Builds an agenda and gives its packs.
fn packs(items: &[Vec<Paper>], reason: &str) -> Result<Vec<Pack>, String> {
    let files = sources(items, reason);
    let files: Vec<(&str, String)> = files.iter().map(|(path, text)| (path.as_str(), text.clone())).collect();
    let (output, findings) = build(&files);
    let output = output.ok_or_else(|| format!("{findings:?}"))?;
    let outputs = output.files.into_iter().map(|(path, bytes)| (format!("{}/{path}", output.meeting), bytes)).collect();
    Ok(packs_of(&outputs))
}

/// Tells what is wrong with the numbers of the packs of one meeting.
fn wrong_numbers(packs: &[Pack]) -> Option<String> {
    let number = |value: &serde_json::Value| value.as_u64().expect("a number");
    for pack in packs {
        let labels: Vec<u64> = pack.labels.iter().map(|label| label.parse().expect("a number")).collect();
        if !labels.is_sorted_by(|a, b| a < b)
            || labels.iter().enumerate().any(|(index, label)| label % 2 == (index % 2) as u64)
        {
            return Some(format!("{}: labels {labels:?}", pack.name));
        }
        if labels.last().is_none_or(|last| *last > number(&pack.file["last_page"])) {
            return Some(format!("{}: labels {labels:?} beyond the last page", pack.name));
        }
        for (label, text) in labels.iter().zip(&pack.pages) {
            if !text.lines().any(|line| line == format!("Page {label}")) {
                return Some(format!("{}: page {label} says\n{text}", pack.name));
            }
        }
        if let Some(document) = pack.documents().find(|document| number(&document["first_page"]) % 2 == 0) {
            return Some(format!("{}: starts even: {document}", pack.name));
        }
        let mut items = pack.items().filter(|item| !item["pages"].is_null());
        if let Some(item) =
            items.find(|item| number(&item["pages"]["first"]) % 2 == 0 || number(&item["pages"]["last"]) % 2 == 1)
        {
            return Some(format!("{}: range of {item}", pack.name));
        }
    }
    let pages = |pack: &Pack| pack.items().map(|item| item["pages"].clone()).collect::<Vec<_>>();
    packs
        .windows(2)
        .find(|pair| pages(&pair[0]) != pages(&pair[1]))
        .map(|_| "the editions give items other pages".to_owned())
}

proptest! {
    #![proptest_config(cases(12))]

    #[test]
    fn any_agenda_has_one_numbering_in_both_editions(items in items()) {
        let packs = packs(&items, "It would harm the price.").map_err(TestCaseError::fail)?;
        let withheld = items.iter().flatten().any(|paper| paper.withheld);
        prop_assert_eq!(packs.len(), 1 + usize::from(withheld));
        prop_assert_eq!(wrong_numbers(&packs), None);
    }
}

#[test]
fn a_front_sheet_of_any_length_has_the_same_pages_in_both_editions() {
    for count in 1..=16 {
        let mut items = vec![Vec::new(); count];
        items[0].push(Paper { paragraphs: 1, withheld: true });
        let packs =
            packs(&items, "It would harm the price.").unwrap_or_else(|findings| panic!("{count} items: {findings}"));
        assert_eq!(wrong_numbers(&packs), None, "{count} items");
    }
}

#[test]
fn a_placeholder_longer_than_its_paper_does_not_repeat_page_numbers() {
    let paper = |withheld| vec![Paper { paragraphs: 1, withheld }];
    let reason = "It would harm the price that the council can get from those who bid for the land. ".repeat(60);
    match packs(&[paper(true), paper(false)], reason.trim()) {
        Ok(packs) => assert_eq!(wrong_numbers(&packs), None),
        Err(findings) => assert!(findings.contains("public_interest") || findings.contains("P00"), "{findings}"),
    }
}
