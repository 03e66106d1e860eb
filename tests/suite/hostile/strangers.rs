//! Drawings, layouts and fonts of strangers: each that asks for too much is told of, by name.

use super::{AGENDA, FOLDER, NOTE, assert_found};
use crate::sandbox::{Outcome, Sandbox, repository};

/// Appends a drawing, then shows it in a text: both tell the same.
#[track_caller]
fn refused(drawing: &str, words: &str) {
    let sandbox = Sandbox::base();
    sandbox.write(&format!("{FOLDER}/plan.svg"), drawing);
    let papers = "papers: [note.yaml, {file: plan.svg, title: Plan, description: A plan}]";
    sandbox.edit(AGENDA, "papers: [note.yaml]", papers);
    let outcome = sandbox.run(&["build", "--format", "concise"]);
    assert_found(&outcome, "A0001");
    assert!(outcome.stdout.contains(words), "no `{words}` in {}", outcome.stdout);

    let sandbox = Sandbox::base();
    sandbox.write(&format!("{FOLDER}/plan.svg"), drawing);
    sandbox.edit(NOTE, "To tell", "![A plan](plan.svg)\n\n  To tell");
    let outcome = sandbox.run(&["check", "--fast", "--format", "concise"]);
    assert_found(&outcome, "T0004");
    assert!(outcome.stdout.contains(words), "no `{words}` in {}", outcome.stdout);
}

fn svg(inner: &str) -> String {
    format!("<svg xmlns='http://www.w3.org/2000/svg' width='2000' height='2000'>{inner}</svg>")
}

#[test]
fn drawings_that_ask_for_too_much() {
    let letters = "a".repeat(10_000);
    let grown = svg(&format!("<text>{}</text>", "&a;".repeat(5000)));
    refused(&format!("<!DOCTYPE svg [<!ENTITY a '{letters}'>]>{grown}"), "declares abbreviations");
    refused(&svg(&format!("<text>{}</text>", letters.repeat(100))), "100,000 letters");
    refused(&svg(&format!("<text>{letters}</text>")), "a text of 5,000 letters");
    let blurs = "<feGaussianBlur stdDeviation='300'/>".repeat(50);
    let shape = "<rect width='2000' height='2000' filter='url(#f)'/>";
    refused(&svg(&format!("<filter id='f'>{blurs}</filter>{shape}")), "blurs, shadows");
    refused(&svg(&format!("{}{}", "<g>".repeat(50_000), "</g>".repeat(50_000))), "too deep");
    // Each is shown ten times by the next.
    let shows = |n: usize| format!("<use href='#g{n}'/>").repeat(10);
    let groups: String = (0..8).map(|n| format!("<g id='g{}'>{}</g>", n + 1, shows(n))).collect();
    refused(&svg(&format!("<defs><rect id='g0' width='9' height='9'/>{groups}</defs><use href='#g8'/>")), "a million");
}

fn with_layout(name: &str, text: &str) -> Outcome {
    let sandbox = Sandbox::base();
    sandbox.write(&format!("layouts/{name}"), text);
    let mut command = sandbox.command(&["build", "--format", "concise"]);
    let outcome = Outcome::of(command.env("BOARDPACK_LAYOUT_SECONDS", "2"));
    outcome.assert_no_crash(name);
    outcome
}

#[test]
fn layouts_that_ask_for_too_much() {
    let typst = |code: &str| format!("#import \"parts.typ\": *\n#let briefing-note(paper) = {{\n{code}\n}}\n");
    for code in [
        "for a in range(100000) { for b in range(100000) { } }",
        "range(1000000000).len()",
        "let a = \"a\"; for b in range(40) { a = a + a }; a",
        "for a in range(200000) { pagebreak() }",
    ] {
        let outcome = with_layout("briefing-note.typ", &typst(code));
        assert_found(&outcome, "L0001");
        let told = "layouts/briefing-note.typ:1:1: error[L0001]: with `layouts/briefing-note.typ`, setting the pages takes \
                    more than";
        assert!(outcome.stdout.contains(told), "{code}: {}", outcome.stdout);
    }
    let grows =
        "{% set ns = namespace(a=\"aaaaaaaa\") %}{% for b in range(60) %}{% set ns.a = ns.a ~ ns.a %}{% endfor %}";
    for template in [grows, "{{ \"a\" * 10000000000 }}"] {
        let outcome = with_layout("briefing-note.typ.jinja", template);
        assert_found(&outcome, "L0001");
        assert!(outcome.stdout.contains("layouts/briefing-note.typ.jinja"), "{}", outcome.stdout);
    }
}

#[test]
fn layouts_and_fonts_of_a_workspace_give_the_same_pack_as_those_built_in() {
    let sandbox = Sandbox::base();
    sandbox.succeed(&["build"]);
    let built_in = sandbox.files("out");
    let layout = std::fs::read_to_string(repository("layouts/briefing-note.typ")).expect("a layout");
    sandbox.write("layouts/briefing-note.typ", format!("{layout}\n// Ours.\n"));
    sandbox.write("fonts/Brand.ttf", repeated_font());
    sandbox.succeed(&["build"]);
    let own = sandbox.files("out");
    for (path, bytes) in built_in.iter().filter(|(path, _)| path.ends_with(".pdf")) {
        assert!(own[path] == *bytes, "{path} differs");
    }
}

/// Gives a font of another name than those built in: no text asks for it.
fn repeated_font() -> Vec<u8> {
    let font = std::fs::read(repository("fonts/noto-sans/NotoSansSymbols2-Regular.ttf")).expect("a font");
    [font, b"ours".to_vec()].concat()
}

/// Gives a font that says it has all signs that there can be.
fn greedy_font() -> Vec<u8> {
    let mut font = std::fs::read(repository("fonts/source-sans-pro/SourceSansPro-Regular.ttf")).expect("a font");
    // One table of four-byte signs (format 12), with one run from the first to the last.
    let numbers: [u32; 10] = [1, 0x0003_000A, 12, 12 << 16, 28, 0, 1, 0, 0xFFFF_FFFE, 1];
    let table: Vec<u8> = numbers.iter().flat_map(|number| number.to_be_bytes()).collect();
    let record = font.windows(4).position(|four| four == b"cmap").expect("a table of signs");
    let at = u32::try_from(font.len()).expect("a small font");
    font[record + 8..record + 12].copy_from_slice(&at.to_be_bytes());
    font[record + 12..record + 16].copy_from_slice(&u32::try_from(table.len()).expect("small").to_be_bytes());
    font.extend(table);
    font
}

#[test]
fn fonts_that_cannot_be_used_are_named() {
    let whole = std::fs::read(repository("fonts/source-sans-pro/SourceSansPro-Regular.ttf")).expect("a font");
    for (font, words) in [
        (&whole[..whole.len() / 2], "it is cut short"),
        (b"PK", "it is not a font"),
        (&greedy_font(), "it is damaged: reading it takes more than"),
    ] {
        let sandbox = Sandbox::base();
        sandbox.write("fonts/Brand.ttf", font);
        let outcome = sandbox.run(&["build", "--format", "concise"]);
        outcome.assert_no_crash(words);
        assert_found(&outcome, "F0009");
        assert!(outcome.stdout.contains(&format!("`fonts/Brand.ttf` cannot be used: {words}")), "{}", outcome.stdout);
    }
}
