//! The packs of the sample council in `content/`, built once.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use serde_json::Value;

use crate::pdf::Pdf;
use crate::sandbox::Sandbox;

/// One edition of one meeting's pack.
pub struct Pack {
    /// Meeting and edition, such as `cabinet/2026-10-06/public`.
    pub name: String,
    /// Id of the meeting.
    pub meeting: String,
    /// The pack's PDF.
    pub bytes: Vec<u8>,
    /// Text of its pages.
    pub pages: Vec<String>,
    /// Labels of its pages.
    pub labels: Vec<String>,
    /// The pack file.
    pub file: Value,
}

/// Gives every output of the sample council, by path.
pub fn outputs() -> &'static BTreeMap<String, Vec<u8>> {
    static OUTPUTS: OnceLock<BTreeMap<String, Vec<u8>>> = OnceLock::new();
    OUTPUTS.get_or_init(|| {
        let sandbox = Sandbox::empty();
        sandbox.add("content", "content");
        sandbox.succeed(&["build"]);
        sandbox.files("out")
    })
}

/// Gives every pack of the sample council, in the order of their names.
pub fn packs() -> &'static [Pack] {
    static PACKS: OnceLock<Vec<Pack>> = OnceLock::new();
    PACKS.get_or_init(|| packs_of(outputs()))
}

/// Gives the packs among the outputs of a build.
pub fn packs_of(outputs: &BTreeMap<String, Vec<u8>>) -> Vec<Pack> {
    let read = |(path, json): (&String, &Vec<u8>)| {
        let name = path.strip_suffix("/pack.json")?;
        let (meeting, _) = name.rsplit_once('/')?;
        let is_pack = |path: &str| {
            path.strip_prefix(name).is_some_and(|rest| rest.ends_with(".pdf") && rest.matches('/').count() == 1)
        };
        let bytes =
            outputs.iter().find(|(path, _)| is_pack(path)).map(|(_, bytes)| bytes.clone()).expect("a pack has a PDF");
        let pdf = Pdf::read(&bytes);
        let (pages, labels) = (pdf.pages(), pdf.labels());
        let file = serde_json::from_slice(json).expect("the pack file is JSON");
        Some(Pack { name: name.to_owned(), meeting: meeting.to_owned(), bytes, pages, labels, file })
    };
    outputs.iter().filter_map(read).collect()
}

impl Pack {
    /// Gives the documents of the pack file.
    pub fn documents(&self) -> impl Iterator<Item = &Value> {
        self.file["documents"].as_array().expect("a list of documents").iter()
    }

    /// Gives the items of the pack file.
    pub fn items(&self) -> impl Iterator<Item = &Value> {
        self.file["items"].as_array().expect("a list of items").iter()
    }

    /// Gives the text of the page that bears a number.
    pub fn page(&self, number: u64) -> &str {
        let index = self.labels.iter().position(|label| *label == number.to_string());
        &self.pages[index.unwrap_or_else(|| panic!("{}: no page {number}", self.name))]
    }
}
