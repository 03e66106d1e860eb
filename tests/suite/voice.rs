//! What a voice says of pages of the sample council, as a text to be reviewed line by line.

use std::collections::BTreeSet;
use std::fmt::Write;

use crate::pdf::Pdf;
use crate::sample::packs;

/// Packs, and the numbers of pages in them: one of each kind that differs to the ear.
const PAGES: [(&str, &[&str]); 4] = [
    ("education-scrutiny/2026-09-16/public", &["1", "2", "5", "9", "17", "31", "35", "36"]),
    ("cabinet/2026-10-06/private", &["5", "10", "15", "21"]),
    ("cabinet/2026-10-06/public", &["21"]),
    ("health-scrutiny/2026-09-23/public", &["17"]),
];

#[test]
fn a_voice_says_of_chosen_pages_what_was_reviewed() {
    let mut said = String::new();
    for (name, labels) in PAGES {
        let pack = packs().iter().find(|pack| pack.name == name).unwrap_or_else(|| panic!("no pack {name}"));
        let pdf = Pdf::read(&pack.bytes);
        for label in labels {
            let index = pack.labels.iter().position(|own| own == label).expect("the page is in the pack");
            let _ = writeln!(said, "[{name}, page {label}]");
            for line in pdf.spoken(&BTreeSet::from([index])) {
                let _ = writeln!(said, "{line}");
            }
            said.push('\n');
        }
    }
    insta::assert_snapshot!("voice", said);
}
