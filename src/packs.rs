//! Everything that a meeting's build makes: packs, papers one by one, and the pack file.
//!
//! Outputs are made in memory and written all or nothing by [`crate::fs::replace_folder`].

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use crate::appended::Receiver;
use crate::check::Scope;
use crate::compose::{self, Kept, Pack};
use crate::finding::{Finding, Log, Place, Stage};
use crate::fonts::Fonts;
use crate::fs::cache::Cache;
use crate::fs::{self, Readers, WriteFailure};
use crate::layouts::{Layouts, Phrases};
use crate::load;
use crate::model::Workspace;
use crate::model::agenda::Agenda;
use crate::notice::Calendar;
use crate::progress::Progress;
use crate::record::Record;
use crate::resolve::{self, Published};
use crate::secrets::Secrets;
use crate::typeset::{self, Press};

mod assembled;
mod guard;
mod inputs;
mod inspect;
mod making;
mod names;
pub(crate) mod pack_file;
mod receive;
mod record;
mod scope;
mod waiting;
mod weight;
mod workers;

pub(crate) use guard::told;
pub(crate) use inspect::{Inspected, inspect};

use making::Making;

pub(crate) use making::NOT_ASSEMBLED;

/// The rules that this room raises.
pub(crate) static RULES: &[&crate::finding::Rule] = &[
    &receive::UNUSABLE_FILE,
    &receive::LOCKED_FILE,
    &receive::NO_SUCH_PAGE,
    &receive::NO_OFFICE,
    &receive::NOT_CONVERTED,
    &making::NOT_ASSEMBLED,
    &guard::unread::NOT_SEARCHED,
    &scope::FONT_REFUSED,
    &scope::FONT_UNUSED,
    &weight::TOO_HEAVY,
    &scope::LAYOUT_UNKNOWN,
    &making::EDITIONS_DIFFER,
    &making::PLACEHOLDER_LONG,
];

/// Folder of the public papers as data in an issue.
pub(crate) const MODELS: &str = "public/models/";

/// A workspace with all that is needed to build from it.
pub struct Project {
    /// Folder of the workspace, where appended files are read when a meeting needs them.
    root: PathBuf,
    receiver: Receiver,
    /// What was read.
    pub workspace: Workspace,
    /// Layouts, the workspace's own in place of built-in ones.
    pub layouts: Layouts,
    /// Fixed words.
    pub phrases: Phrases,
    /// The council's working days.
    pub calendar: Calendar,
    /// Hashes of the workspace's own layouts and fonts, by path.
    own_files: BTreeMap<String, String>,
    fonts: Fonts,
    press: Press,
    /// What some meeting publishes, and what something withholds.
    published: Published,
    /// Words that nothing public may hold.
    secrets: Secrets,
    /// What was made before.
    cache: Option<Cache>,
}

/// What a meeting's build has made.
#[derive(Debug)]
pub struct Output {
    /// Id of the meeting, which is also its folder.
    pub meeting: String,
    /// Files by path below the meeting's folder.
    pub files: BTreeMap<String, Vec<u8>>,
    /// Public papers as data, which issues keep, by path below the meeting's folder.
    pub(crate) models: BTreeMap<String, Vec<u8>>,
    /// Number of the last page of the pack, blanks included.
    pub last_page: u32,
    /// How many papers are withheld from the public edition.
    pub withheld: usize,
    /// What the public pack holds.
    pub public: Record,
    /// What the private pack holds, where something is withheld.
    pub private: Option<Record>,
    /// How many pages the front sheet of a supplement has, a blank one included; 0 without one.
    pub sheet_pages: u32,
}

/// Reads and checks a workspace; findings go to the log.
pub fn open(root: &Path, receiver: Receiver, log: &Log) -> Project {
    let project = read(root, receiver, log);
    let Project { workspace, phrases, fonts, calendar, .. } = &project;
    log.at(Stage::Naming);
    crate::check::workspace(workspace, &resolve::meetings(workspace), phrases, fonts, calendar, log);
    log.hold(waiting::of(workspace, log));
    project
}

/// Reads a workspace without checking it: what was checked before, and copied.
pub(crate) fn read(root: &Path, receiver: Receiver, log: &Log) -> Project {
    let (own_layouts, layout_problems) = fs::read_folder(root, "layouts", scope::is_layout);
    let (own_fonts, font_problems) = fs::read_folder(root, "fonts", scope::is_font);
    let mut workspace = load::workspace(root, receiver.reader(), log);
    log.at(Stage::Reading);
    for problem in layout_problems.into_iter().chain(font_problems) {
        let source = workspace.sources.add(problem.path, String::new());
        let place = Place { source, start: 0, end: 0 };
        log.add(Finding::new(problem.rule, place, problem.message).help(problem.help));
    }
    let own_paths: Vec<&str> = own_layouts.keys().chain(own_fonts.keys()).map(String::as_str).collect();
    load::names::of_files(&own_paths, &mut workspace.sources, log);
    scope::unused_fonts(&fs::list(root, "fonts").files, &mut workspace.sources, log);
    let own_files =
        own_layouts.iter().chain(&own_fonts).map(|(path, bytes)| (path.clone(), fs::sha256(bytes))).collect();
    let layouts = Layouts::with(&own_layouts, &mut workspace.sources).used_by(receiver.reader().program());
    scope::unknown_layouts(&layouts, log);
    let phrases = Phrases::with(&layouts, &workspace.council.phrases, log);
    log.at(Stage::Reading);
    let own_fonts = scope::beyond_built_in(own_fonts);
    let fonts = Fonts::with(&scope::usable(own_fonts, receiver.reader(), &mut workspace.sources, log));
    let calendar = Calendar::of(&workspace.council, &layouts, log);
    let meetings = resolve::meetings(&workspace);
    let press = Press::new(&fonts, &layouts);
    let (secrets, published) = (Secrets::of(&workspace, &meetings), Published::of(&workspace, &meetings));
    Project {
        root: root.to_owned(),
        receiver,
        workspace,
        layouts,
        phrases,
        calendar,
        own_files,
        fonts,
        press,
        published,
        secrets,
        cache: None,
    }
}

impl Project {
    /// Lets packs, papers and appended files that do not differ from an earlier run be taken from a folder; `program`
    /// sets this program apart from others, whose making may differ.
    #[must_use]
    pub fn with_cache(self, folder: &Path, program: &str) -> Self {
        let cache = Cache::at(folder, program);
        Self { receiver: self.receiver.with_cache(&cache), cache: Some(cache), ..self }
    }

    /// Looks for further words that nothing public may hold: those of the workspace of which this is a part.
    #[must_use]
    pub(crate) fn with_secrets(self, further: &Secrets) -> Self {
        Self { secrets: self.secrets.with(further), ..self }
    }

    /// Looks for no secrets: what was published long ago is made again as it was.
    #[must_use]
    pub(crate) fn without_secrets(self) -> Self {
        Self { secrets: Secrets::default(), ..self }
    }

    /// Gives the words that nothing public may hold.
    pub fn secrets(&self) -> &Secrets {
        &self.secrets
    }

    /// Tells whether no public file, of those by their paths below a meeting's folder, holds what withheld papers
    /// protect; where one does, the log says so. Papers that have been released protect nothing.
    pub(crate) fn keeps_secrets(
        &self,
        agenda: &Agenda,
        files: &BTreeMap<String, Vec<u8>>,
        released: &BTreeSet<String>,
        log: &Log,
    ) -> bool {
        guard::keeps_secrets(self, agenda, files, released, log)
    }

    /// Makes a meeting's packs without keeping them: for their findings.
    pub fn check(&self, agenda: &Agenda, log: &Log, progress: &dyn Progress) {
        let kept = Kept::default();
        if let Some(pack) = self.compose(agenda, log) {
            Making::begin(self, agenda, &pack, &kept, log, progress).and_then(|making| making.check(&pack));
        }
        typeset::forget();
    }

    /// Composes a meeting's pack for its findings about numbers and references.
    pub fn compose<'a>(&'a self, agenda: &'a Agenda, log: &Log) -> Option<Pack<'a>> {
        compose::meeting(&self.workspace, &self.published, agenda, &self.phrases, &Kept::default(), log)
    }

    /// Receives the appended files of a meeting, so that office documents among them are converted.
    pub(crate) fn receive(&self, agenda: &Agenda, log: &Log, progress: &dyn Progress) -> bool {
        let pack = self.compose(agenda, log);
        pack.is_some_and(|pack| receive::files(&self.receiver, &self.root, &pack, log, progress).is_some())
    }

    /// Makes the whole pack of a meeting only to see what is on its pages; where it is not `for_good` without a PDF.
    pub(crate) fn measure(
        &self,
        agenda: &Agenda,
        kept: &Kept,
        for_good: bool,
        log: &Log,
        progress: &dyn Progress,
    ) -> Option<Record> {
        let whole = compose::meeting(&self.workspace, &self.published, agenda, &self.phrases, kept, log)?;
        let making = Making::begin(self, agenda, &whole, kept, log, progress)?;
        making.measure(&whole, for_good && self.cache.is_some())
    }

    /// Makes all outputs of a meeting, held to what earlier issues have fixed. Gives nothing when
    /// something stands in the way, which is then in the log.
    pub fn build(&self, agenda: &Agenda, kept: &Kept, log: &Log, progress: &dyn Progress) -> Option<Output> {
        self.output(agenda, kept, false, log, progress)
    }

    /// Makes all outputs of a meeting, and its public papers as data beside them, to be issued.
    pub(crate) fn build_issue(
        &self,
        agenda: &Agenda,
        kept: &Kept,
        log: &Log,
        progress: &dyn Progress,
    ) -> Option<Output> {
        self.output(agenda, kept, true, log, progress)
    }

    fn output(&self, agenda: &Agenda, kept: &Kept, models: bool, log: &Log, progress: &dyn Progress) -> Option<Output> {
        let whole = compose::meeting(&self.workspace, &self.published, agenda, &self.phrases, kept, log)?;
        let making = Making::begin(self, agenda, &whole, kept, log, progress)?;
        let output = making.output(&whole, models)?;
        typeset::forget();
        Some(output)
    }
}

/// Says who may read a file of a meeting's outputs: everybody what lies below `public/`.
pub(crate) fn readers(path: &str) -> Readers {
    if path.starts_with("public/") { Readers::Everybody } else { Readers::Owner }
}

impl Output {
    /// Writes the outputs below a folder, in the place of those of the last build.
    pub(crate) fn write(&self, out: &Path) -> Result<(), WriteFailure> {
        fs::replace_folder(&out.join(&self.meeting), &self.files, readers)
    }
}

impl Project {
    /// Applies the rules about what is written.
    pub fn check_texts(&self, scope: Scope, log: &Log) {
        crate::check::texts(&self.workspace, &resolve::meetings(&self.workspace), scope, log);
    }

    /// Tells whether a finding concerns a meeting, so that it stops its build.
    pub fn concerns(&self, finding: &Finding, agenda: &Agenda) -> bool {
        scope::concerns(&self.workspace, finding, agenda)
    }

    /// Tells whether a finding concerns a meeting of which no agenda could be read.
    pub(crate) fn concerns_unread(&self, finding: &Finding, meeting: &str) -> bool {
        scope::concerns_unread(&self.workspace, finding, meeting)
    }

    /// Gives what says that sources which a meeting stands on could not be read, in whole or in part.
    pub(crate) fn unread(&self, agenda: &Agenda, log: &Log) -> Vec<Finding> {
        let unread = log.sorted().into_iter().filter(Finding::says_unread);
        unread.filter(|finding| self.concerns(finding, agenda)).collect()
    }

    /// Gives a place by the name of its file and its line, such as `agenda.yaml line 16`.
    pub(crate) fn line(&self, place: Place) -> String {
        let sources = &self.workspace.sources;
        let name = sources.path(place).rsplit('/').next().unwrap_or_default();
        let has_lines = sources.get(place.source).is_some_and(|file| !file.text.is_empty());
        if has_lines { format!("{name} line {}", sources.position(place).line) } else { name.to_owned() }
    }

    /// Gives the fonts.
    pub(crate) fn fonts(&self) -> &Fonts {
        &self.fonts
    }

    /// Gives what receives appended files.
    pub(crate) fn receiver(&self) -> &Receiver {
        &self.receiver
    }

    /// Gives what typesets.
    pub(crate) fn press(&self) -> &Press {
        &self.press
    }

    pub(crate) fn own_files(&self) -> &BTreeMap<String, String> {
        &self.own_files
    }
}
