//! The design: Typst functions, templates and fixed words, built in and overridden file by file.

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::{Path, PathBuf};

use crate::finding::{Place, Sources};
use crate::fs::has_ending;

macro_rules! built_in {
    ($($name:literal),* $(,)?) => {
        &[$(($name, include_str!(concat!("../layouts/", $name)))),*]
    };
}

/// Built-in files of `layouts/`.
pub(crate) static BUILT_IN: &[(&str, &str)] = built_in![
    "action-plan.typ",
    "action-plan.typ.jinja",
    "alone.typ",
    "alone.typ.jinja",
    "appended.typ",
    "appended.typ.jinja",
    "briefing-note.typ",
    "briefing-note.typ.jinja",
    "certificate.typ",
    "certificate.typ.jinja",
    "change-report.typ",
    "change-report.typ.jinja",
    "front-sheet.typ",
    "front-sheet.typ.jinja",
    "holidays.yaml",
    "ledger.typ",
    "ledger.typ.jinja",
    "letter.typ",
    "letter.typ.jinja",
    "main.typ.jinja",
    "minutes.typ",
    "minutes.typ.jinja",
    "pack-info.typ.jinja",
    "pack.typ",
    "paper.typ",
    "paper.typ.jinja",
    "parts.typ",
    "patterns.typ",
    "phrases.yaml",
    "placeholder.typ",
    "placeholder.typ.jinja",
    "ratings.typ",
    "references.typ.jinja",
    "replacement.typ",
    "replacement.typ.jinja",
    "report.typ",
    "report.typ.jinja",
    "text.typ",
    "theme.typ",
    "work-programme.typ",
    "work-programme.typ.jinja",
    "year.typ",
    "year.typ.jinja",
];

/// Built-in templates of the files that `boardpack new` writes. They have no part in a pack, so that the archive keeps
/// none of them, and a mistake in one never stops a build.
pub(crate) static NEW: &[(&str, &str)] = built_in![
    "new/action-plan.yaml.jinja",
    "new/agenda.yaml.jinja",
    "new/body.yaml.jinja",
    "new/briefing-note.yaml.jinja",
    "new/council.yaml.jinja",
    "new/ledger.yaml.jinja",
    "new/minutes.yaml.jinja",
    "new/paper.yaml.jinja",
    "new/people.yaml.jinja",
    "new/report.yaml.jinja",
    "new/work-programme.yaml.jinja",
];

/// Tells whether a file of a workspace, by its path, is a template of new files.
pub(crate) fn is_of_new(path: &str) -> bool {
    path.starts_with("layouts/new/")
}

/// Built-in templates and the style of the web site; like those of new files they have no part in a pack.
pub(crate) static SITE: &[(&str, &str)] = built_in![
    "site/a-z.html.jinja",
    "site/accessibility.html.jinja",
    "site/body.html.jinja",
    "site/council.html.jinja",
    "site/data.html.jinja",
    "site/feed.xml.jinja",
    "site/front-sheet.html.jinja",
    "site/issue.html.jinja",
    "site/item.html.jinja",
    "site/kinds.html.jinja",
    "site/macros.html.jinja",
    "site/meeting.html.jinja",
    "site/missing.html.jinja",
    "site/new.html.jinja",
    "site/page.html.jinja",
    "site/paper.html.jinja",
    "site/site.css",
    "site/withheld.html.jinja",
    "site/year.html.jinja",
];

/// Tells whether a file of a workspace, by its path, is one of the web site's.
pub(crate) fn is_of_site(path: &str) -> bool {
    path.starts_with("layouts/site/")
}

/// Layout files by name, those of the workspace in the place of built-in ones.
#[derive(Debug, Clone, Default)]
pub struct Layouts {
    files: BTreeMap<String, Vec<u8>>,
    /// Index in the sources of each of the workspace's own files.
    own: BTreeMap<String, u32>,
    /// The program in whose processes the workspace's own files are used.
    program: Option<PathBuf>,
}

impl Layouts {
    /// Gives the built-in layouts with a workspace's files, by path such as `layouts/pack.typ`.
    /// The workspace's files are added to the sources, so that errors in them can be shown.
    pub fn with(own: &BTreeMap<String, Vec<u8>>, sources: &mut Sources) -> Self {
        let mut files: BTreeMap<String, Vec<u8>> =
            BUILT_IN.iter().map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec())).collect();
        let mut places = BTreeMap::new();
        for (path, bytes) in own {
            let name = path.strip_prefix("layouts/").unwrap_or(path).to_owned();
            let text = String::from_utf8_lossy(bytes).into_owned();
            places.insert(name.clone(), sources.add(path.clone(), text));
            files.insert(name, bytes.clone());
        }
        Self { files, own: places, program: None }
    }

    /// Has the workspace's own layouts used in processes of this program, with bounds.
    #[must_use]
    pub(crate) fn used_by(self, program: Option<&Path>) -> Self {
        Self { program: program.map(Path::to_owned), ..self }
    }

    /// Gives the workspace's own files with these endings, and the program in whose processes they are used. Nothing
    /// when there are none, unless the workspace has fonts, or when there is no program.
    pub(crate) fn foreign(&self, endings: &[&str], has_fonts: bool) -> Option<Foreign> {
        let built_in = |name: &str| BUILT_IN.iter().find(|(built_in, _)| *built_in == name);
        let differs = |name: &str| built_in(name).map(|(_, text)| text.as_bytes()) != self.get(name);
        let own = self.own.keys().filter(|name| has_ending(name, endings) && differs(name));
        let own: Vec<_> = own.filter_map(|name| Some((name.clone(), self.place(name, 0..0)?))).collect();
        let program = self.program.clone().filter(|_| has_fonts || !own.is_empty())?;
        Some(Foreign::new(program, own))
    }

    /// Gives the templates by themselves, as text.
    pub(crate) fn templates(&self) -> BTreeMap<String, String> {
        let text = |name: &String| Some((name.clone(), self.text(name)?.to_owned()));
        self.files.keys().filter(|name| has_ending(name, &["jinja"])).filter_map(text).collect()
    }

    /// Gives a file's bytes.
    pub(crate) fn get(&self, name: &str) -> Option<&[u8]> {
        self.files.get(name).map(Vec::as_slice)
    }

    /// Gives a file as text.
    pub(crate) fn text(&self, name: &str) -> Option<&str> {
        std::str::from_utf8(self.get(name)?).ok()
    }

    /// Gives all files by name.
    pub(crate) fn all(&self) -> &BTreeMap<String, Vec<u8>> {
        &self.files
    }

    /// Gives the workspace's own files: their names and their indices in the sources.
    pub(crate) fn own(&self) -> &BTreeMap<String, u32> {
        &self.own
    }

    /// Gives the place of a byte range in one of the workspace's own files.
    pub(crate) fn place(&self, name: &str, range: Range<usize>) -> Option<Place> {
        let source = *self.own.get(name)?;
        let byte = |at| u32::try_from(at).unwrap_or(u32::MAX);
        Some(Place { source, start: byte(range.start), end: byte(range.end) })
    }

    /// Tells whether a name is that of a built-in file.
    pub(crate) fn is_built_in(name: &str) -> bool {
        BUILT_IN.iter().any(|(built_in, _)| *built_in == name)
    }
}

mod foreign;
pub(crate) mod phrases;

pub(crate) use foreign::Foreign;
pub use phrases::Phrases;

pub(crate) use foreign::LAYOUT_BROKEN;
pub(crate) use phrases::UNKNOWN_PHRASE;

/// The rules that this room raises.
pub(crate) static RULES: &[&crate::finding::Rule] = &[&foreign::LAYOUT_BROKEN, &phrases::UNKNOWN_PHRASE];
