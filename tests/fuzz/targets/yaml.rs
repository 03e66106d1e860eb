//! Any text is read as YAML, or is a finding.

#![no_main]

use std::cell::RefCell;

use boardpack::load::{Context, yaml};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let log = boardpack::rules::log();
    let wanted = RefCell::default();
    let cx = Context { source: 0, path: "content/x.yaml", text, log: &log, wanted: &wanted };
    if yaml::parse(cx).is_none() {
        assert!(!log.sorted().is_empty(), "what cannot be read is a finding");
    }
});
