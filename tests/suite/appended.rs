//! What is promised of appended files: they look as before, say the same in the same order, lead to
//! the same places, keep their tags, leak nothing, and can do no harm.
//!
//! Packs are read here by another library than the one that makes them: hayro.
//!
//! - [`made`]: PDFs made for a test
//! - [`other`]: what the other library reads: objects, letters, pixels

use std::collections::BTreeMap;
use std::sync::OnceLock;

use serde_json::Value;

use crate::sandbox::{Outcome, Sandbox, repository};
use other::Book;

mod made;
mod other;

mod claims;
mod forms;
mod hidden;
mod hostile;
mod leaks;
mod looks;
mod navigation;
mod order;
mod secrets;
mod tags;
mod words;

/// Folder of the meeting.
const FOLDER: &str = "content/bodies/board/2026-09-16";

/// Points in a millimetre.
const MM: f64 = 72.0 / 25.4;

/// Makes a workspace with files in the meeting's folder, and items with these papers.
fn workspace(files: &[(&str, Vec<u8>)], items: &[&[&str]]) -> Sandbox {
    let sandbox = Sandbox::base();
    std::fs::remove_file(sandbox.path(&format!("{FOLDER}/note.yaml"))).expect("the base has a note");
    for (name, bytes) in files {
        sandbox.write(&format!("{FOLDER}/{name}"), bytes);
    }
    agenda(&sandbox, items);
    // Its tabs stand beside appended pages, which are looked at here.
    let council = sandbox.read("content/council.yaml");
    sandbox.write("content/council.yaml", format!("{council}look: {{thumb_index: false}}\n"));
    sandbox
}

/// Writes the agenda anew.
fn agenda(sandbox: &Sandbox, items: &[&[&str]]) {
    let mut text = "kind: agenda\nmeeting: 2026-09-16 10:30\npublic:\n".to_owned();
    for (index, papers) in items.iter().enumerate() {
        text += &format!("  - title: Business {}\n    papers:\n", index + 1);
        papers.iter().for_each(|paper| text += &format!("      - {paper}\n"));
    }
    sandbox.write(&format!("{FOLDER}/agenda.yaml"), text);
}

/// Gives a file of the sample council.
fn sample(path: &str) -> Vec<u8> {
    std::fs::read(repository(&format!("content/bodies/{path}"))).expect("the sample file is there")
}

const ANNUAL_REPORT: &str = "education-scrutiny/2026-09-16/safeguarding-annual-report.pdf";
const LETTER: &str = "education-scrutiny/2026-09-16/inspection-letter.pdf";
const SLIDES: &str = "health-scrutiny/2026-09-23/partner-slides.pdf";
const FORM: &str = "cabinet/2026-10-06/consultation-form.pdf";
const SCAN: &str = "cabinet/2026-10-06/scanned-letter.pdf";
const PLAN: &str = "cabinet/2026-10-06/site-plan-a3.pdf";

/// The samples that are PDFs.
const SAMPLES: [&str; 6] = [ANNUAL_REPORT, LETTER, SLIDES, FORM, SCAN, PLAN];

/// The samples in one pack, an item for each, in the order of [`SAMPLES`].
fn samples() -> &'static Built {
    static BUILT: OnceLock<Built> = OnceLock::new();
    BUILT.get_or_init(|| {
        let name = |path: &str| path.rsplit('/').next().expect("a name").to_owned();
        let names = SAMPLES.map(name);
        let files: Vec<(&str, Vec<u8>)> =
            names.iter().zip(SAMPLES).map(|(name, path)| (name.as_str(), sample(path))).collect();
        let papers: Vec<[String; 1]> =
            names.iter().map(|name| [format!("{{file: {name}, title: Sample {name}}}")]).collect();
        let items: Vec<[&str; 1]> = papers.iter().map(|[paper]| [paper.as_str()]).collect();
        let items: Vec<&[&str]> = items.iter().map(|item| &item[..]).collect();
        build(&workspace(&files, &items))
    })
}

/// What a build has made.
struct Built {
    files: BTreeMap<String, Vec<u8>>,
    findings: String,
}

/// Builds a workspace, which must succeed.
fn build(sandbox: &Sandbox) -> Built {
    let outcome = run(sandbox, "build");
    assert_eq!(outcome.code, Some(0), "{}{}", outcome.stdout, outcome.stderr);
    Built { files: sandbox.files("out/board/2026-09-16"), findings: outcome.stdout }
}

/// Runs a verb, which must not crash; findings are on standard output.
fn run(sandbox: &Sandbox, verb: &str) -> Outcome {
    let outcome = sandbox.run(&[verb, "--format", "concise"]);
    outcome.assert_no_crash(verb);
    outcome
}

impl Built {
    /// Gives the bytes of an edition's pack.
    fn bytes(&self, edition: &str) -> &[u8] {
        let is_pack = |path: &str| {
            path.strip_prefix(edition).is_some_and(|rest| rest.ends_with(".pdf") && rest.matches('/').count() == 1)
        };
        self.files.iter().find(|(path, _)| is_pack(path)).map(|(_, bytes)| bytes).expect("there is a pack")
    }

    /// Reads the public pack.
    fn pack(&self) -> Book {
        Book::read(self.bytes("public"))
    }

    /// Gives the documents of an edition's pack file.
    fn documents(&self, edition: &str) -> Vec<Value> {
        let file: Value = serde_json::from_slice(&self.files[&format!("{edition}/pack.json")]).expect("it is JSON");
        file["documents"].as_array().expect("a list").clone()
    }

    /// Gives the index in the pack of the first page of each appended paper, in order.
    fn first_pages(&self) -> Vec<usize> {
        let documents = self.documents("public").into_iter().filter(|document| document["kind"] == "appended");
        let first = |document: Value| document["first_page"].as_u64().expect("a number");
        documents.map(|document| usize::try_from(first(document) - 1).expect("small")).collect()
    }
}

/// Where a page must lie on its sheet, by the rule in content/README.md: a head of 14 mm, a foot of
/// 14 mm, sides of 5 mm, all grown on sheets beyond A3; in the middle, and never enlarged.
#[derive(Debug, Clone, Copy)]
struct Place {
    left: f64,
    top: f64,
    scale: f64,
}

impl Place {
    /// Gives the place of a page of this size, both in points.
    fn of((width, height): (f64, f64), sheet: (f64, f64)) -> Self {
        let growth = (sheet.0.min(sheet.1) / (297.0 * MM)).max(1.0);
        let frame = (sheet.0 - 10.0 * MM * growth, sheet.1 - 28.0 * MM * growth);
        let scale = (frame.0 / width).min(frame.1 / height).min(1.0);
        Self {
            left: 5.0 * MM * growth + (frame.0 - width * scale) / 2.0,
            top: 14.0 * MM * growth + (frame.1 - height * scale) / 2.0,
            scale,
        }
    }
}
