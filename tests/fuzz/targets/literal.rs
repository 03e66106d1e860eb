//! Any text written as a Typst literal is one string of that very text to Typst's parser.

#![no_main]

use boardpack::finding::Place;
use boardpack::render::literal;
use libfuzzer_sys::fuzz_target;
use typst_syntax::ast::Str;

fuzz_target!(|text: &str| {
    let mut code = String::new();
    literal::bare_string(text, &mut code);
    let root = typst_syntax::parse_code(&code);
    assert!(root.errors_and_warnings().0.is_empty(), "{code}");
    let strings: Vec<Str> = root.children().filter_map(|node| node.cast()).collect();
    assert_eq!(root.children().len(), 1, "{code}");
    assert_eq!(strings[0].get(), text);
    let place = Place { source: 1, start: 2, end: 3 };
    let mut placed = String::new();
    literal::string(text, place, &mut placed);
    assert_eq!(literal::place_before(&placed, placed.len()), Some(place));
});
