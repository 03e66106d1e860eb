//! Any text is read as Markdown; every place lies inside the text.

#![no_main]

use std::cell::RefCell;

use boardpack::finding::{Place};
use boardpack::load::{Context, markdown};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let log = boardpack::rules::log();
    let wanted = RefCell::default();
    let cx = Context { source: 0, path: "content/x.yaml", text, log: &log, wanted: &wanted };
    let Ok(end) = u32::try_from(text.len()) else { return };
    let place = Place { source: 0, start: 0, end };
    let _ = markdown::prose(text, place, cx);
    let _ = markdown::line(text, place, cx);
    for finding in log.sorted() {
        let place = finding.place().expect("Markdown has places");
        assert!(place.start <= place.end && place.end <= end, "{finding:?}");
    }
});
