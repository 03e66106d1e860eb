//! A letter of one page that says how anybody can check a published file without this program.

use chrono::NaiveDate;

use super::document::{Imprint, Workshop};
use super::proof::{Proof, ProvedFile};
use crate::finding::Finding;
use crate::fs::has_ending;
use crate::render::literal::Data;

/// How many files there is room for.
const ROWS: usize = 4;
/// Reports beside the packs, which are no packs.
const REPORTS: [&str; 2] = ["changes.pdf", "replacement-sheets.pdf"];

/// What the letter says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Letter {
    /// Id of the meeting.
    pub(crate) meeting: String,
    /// Name of the body.
    pub(crate) body: String,
    /// Date of the meeting as printed.
    pub(crate) when: String,
    /// Number of the issue.
    pub(crate) issue: u32,
    /// Day of the issue as printed.
    pub(crate) issued: String,
    /// The packs, with their hashes.
    pub(crate) files: Vec<ProvedFile>,
    /// Path of the proof below the public root.
    pub(crate) proof: String,
    /// The council's key in hexadecimal and the path of its record below the public root; none where the issue is not signed.
    pub(crate) key: Option<(String, String)>,
}

/// A step of checking: what to read, and what to type on which system.
struct Step {
    title: String,
    paragraphs: Vec<String>,
    commands: Vec<(String, String)>,
}

/// Gives the packs that a proof names, as far as there is room for them.
pub(super) fn packs(proof: &Proof) -> Vec<ProvedFile> {
    let is_pack = |file: &&ProvedFile| {
        let path = file.path.as_str();
        !path.contains('/') && has_ending(path, &["pdf"]) && !REPORTS.contains(&path)
    };
    proof.files.iter().filter(is_pack).take(ROWS).cloned().collect()
}

impl Letter {
    fn steps(&self, workshop: &Workshop) -> [Step; 3] {
        let phrase = |key: &str, values: &[(&str, &str)]| workshop.phrases.fill(key, values);
        let title = |key: &str| phrase(key, &[]);
        let name = self.files.first().map_or("pack.pdf", |file| file.path.as_str());
        let command = |key: &str, command: String| (title(key), command);
        let commands = vec![
            command("letter-powershell", format!("Get-FileHash {name}")),
            command("letter-prompt", format!("certutil -hashfile {name} SHA256")),
            command("letter-macos", format!("shasum -a 256 {name}")),
            command("letter-linux", format!("sha256sum {name}")),
        ];
        let mut proof = vec![phrase("letter-proof", &[("path", &self.proof)])];
        match &self.key {
            Some((_, path)) => proof.push(phrase("letter-signed", &[("path", path)])),
            None => proof.push(title("letter-unsigned")),
        }
        let step = |key: &str, paragraphs, commands| Step { title: title(key), paragraphs, commands };
        [
            step("letter-work-out", vec![title("letter-how")], commands),
            step("letter-compare", vec![title("letter-same")], Vec::new()),
            step("letter-where", proof, Vec::new()),
        ]
    }

    fn about(&self, workshop: &Workshop) -> String {
        let number = self.issue.to_string();
        workshop.phrases.fill("letter-about", &[("issue", &number), ("date", &self.issued)])
    }

    /// Makes the PDF.
    pub(crate) fn pdf(&self, date: NaiveDate, workshop: &Workshop) -> Result<Vec<u8>, Vec<Finding>> {
        let words = |words: &str| Data::string(workshop.plain(words));
        let pair = |(label, value): &(String, String)| Data::fields([("label", words(label)), ("value", words(value))]);
        let file = |file: &ProvedFile| pair(&(file.path.clone(), file.sha256.clone()));
        let steps = self.steps(workshop);
        let data = Data::fields([
            ("body", words(&self.body)),
            ("when", words(&self.when)),
            ("about", words(&self.about(workshop))),
            ("files", Data::list(&self.files, file)),
            (
                "steps",
                Data::list(&steps, |Step { title, paragraphs, commands }| {
                    Data::fields([
                        ("title", words(title)),
                        ("paragraphs", Data::list(paragraphs, |one| words(one))),
                        ("commands", Data::list(commands, pair)),
                    ])
                }),
            ),
            ("key", Data::option(self.key.as_ref(), |(key, _)| words(key))),
        ]);
        let imprint = Imprint {
            title: format!("{} – {}, {}", workshop.phrases.get("letter-title"), self.body, self.when),
            subject: workshop.phrases.get("letter-subject").to_owned(),
            body: self.body.clone(),
            date,
            identity: format!("{}/letter-{}", self.meeting, self.issue),
        };
        workshop.pdf("letter", data, &imprint)
    }

    /// Gives the same as plain text, from which numbers can be copied.
    pub(crate) fn text(&self, workshop: &Workshop) -> String {
        let phrase = |key: &str| workshop.phrases.get(key).to_owned();
        let council = workshop.workspace.council.name.value.as_str();
        let mut lines = vec![
            format!("{}: {}", council, phrase("letter-title")),
            format!("{}, {}. {}", self.body, self.when, self.about(workshop)),
            String::new(),
            phrase("letter-intro"),
            String::new(),
        ];
        lines.extend(self.files.iter().map(|file| format!("{}\n    {}", file.path, file.sha256)));
        for Step { title, paragraphs, commands } in self.steps(workshop) {
            lines.extend([String::new(), title]);
            lines.extend(paragraphs);
            lines.extend(commands.iter().map(|(label, command)| format!("    {label}: {command}")));
        }
        lines.extend(self.key.iter().map(|(key, _)| format!("    {key}")));
        lines.extend([String::new(), phrase("letter-limits")]);
        lines.join("\n") + "\n"
    }
}
