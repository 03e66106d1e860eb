//! Everything that a meeting's build makes: packs, papers one by one, and the pack file.
//!
//! Outputs are made in memory and written all or nothing by [`crate::fs::replace_folder`].

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::appended::Receiver;
use crate::compose::{self, Document, Edition, Pack, PageMap, Role, labels};
use crate::finding::{Finding, Log, rules};
use crate::fonts::Fonts;
use crate::fs::{self, WriteFailure};
use crate::layouts::{Layouts, Phrases};
use crate::load;
use crate::model::agenda::Agenda;
use crate::model::{Paper, Workspace};
use crate::notice::Calendar;
use crate::progress::Progress;
use crate::render;
use crate::typeset::{self, AppendedPage, Press};

mod assembled;
mod inspect;
mod names;
pub mod pack_file;
mod receive;
mod scope;
mod workers;

pub use inspect::inspect;

use workers::side_by_side;

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
    press: Press,
}

/// What a meeting's build has made.
#[derive(Debug)]
pub struct Output {
    /// Id of the meeting, which is also its folder.
    pub meeting: String,
    /// Files by path below the meeting's folder.
    pub files: BTreeMap<String, Vec<u8>>,
    /// Number of the last page of the pack, blanks included.
    pub last_page: u32,
    /// How many papers are withheld from the public edition.
    pub withheld: usize,
}

/// Reads and checks a workspace; findings go to the log.
pub fn open(root: &Path, receiver: Receiver, log: &Log) -> Project {
    let (layout_files, layout_problems) = fs::read_folder(root, "layouts");
    let (font_files, font_problems) = fs::read_folder(root, "fonts");
    let mut workspace = load::workspace(root, log);
    for problem in layout_problems.into_iter().chain(font_problems) {
        let source = workspace.sources.add(problem.path, String::new());
        let place = crate::finding::Place { source, start: 0, end: 0 };
        log.add(Finding::new(problem.rule, place, problem.message).help(problem.help));
    }
    let own_layouts: BTreeMap<String, Vec<u8>> =
        layout_files.into_iter().filter(|(path, _)| scope::is_layout(path)).collect();
    let own_fonts: BTreeMap<String, Vec<u8>> =
        font_files.into_iter().filter(|(path, _)| scope::is_font(path)).collect();
    let own_files =
        own_layouts.iter().chain(&own_fonts).map(|(path, bytes)| (path.clone(), fs::sha256(bytes))).collect();
    let layouts = Layouts::with(&own_layouts, &mut workspace.sources);
    scope::unknown_layouts(&layouts, log);
    let phrases = Phrases::with(&layouts, &workspace.council.phrases, log);
    let fonts = Fonts::with(&scope::beyond_built_in(own_fonts));
    let calendar = Calendar::of(&workspace.council, &layouts, log);
    crate::check::workspace(&workspace, &fonts, &calendar, log);
    let press = Press::new(&fonts, &layouts);
    Project { root: root.to_owned(), receiver, workspace, layouts, phrases, calendar, own_files, press }
}

impl Project {
    /// Makes a meeting's packs without keeping them: for their findings.
    pub fn check(&self, agenda: &Agenda, log: &Log, progress: &dyn Progress) {
        if let Some(pack) = compose::meeting(&self.workspace, agenda, &self.phrases, log) {
            self.making(agenda, &pack, log, progress).and_then(|mut making| making.packs(&pack));
        }
        typeset::forget();
    }

    /// Receives the appended files of a meeting, so that its packs can be made.
    fn making<'a>(
        &'a self,
        agenda: &'a Agenda,
        whole: &Pack,
        log: &'a Log,
        progress: &'a dyn Progress,
    ) -> Option<Making<'a>> {
        let appended = receive::files(&self.receiver, &self.root, whole, log, progress)?;
        let (files, papers) = (BTreeMap::new(), BTreeMap::new());
        Some(Making { project: self, agenda, log, progress, appended, files, papers })
    }

    /// Composes a meeting's pack for its findings about numbers and references.
    pub fn compose<'a>(&'a self, agenda: &'a Agenda, log: &Log) -> Option<Pack<'a>> {
        compose::meeting(&self.workspace, agenda, &self.phrases, log)
    }

    /// Makes all outputs of a meeting. Gives nothing when something stands in the way, which is
    /// then in the log.
    pub fn build(&self, agenda: &Agenda, log: &Log, progress: &dyn Progress) -> Option<Output> {
        let whole = compose::meeting(&self.workspace, agenda, &self.phrases, log)?;
        let mut making = self.making(agenda, &whole, log, progress)?;
        let pages = making.editions(&whole)?;
        let output = Output {
            meeting: agenda.id.clone(),
            last_page: pages.last_page(),
            withheld: whole.documents.iter().filter(|document| document.withheld.is_some()).count(),
            files: making.files,
        };
        typeset::forget();
        Some(output)
    }
}

struct Making<'a> {
    project: &'a Project,
    agenda: &'a Agenda,
    log: &'a Log,
    progress: &'a dyn Progress,
    /// The appended files.
    appended: receive::Files,
    files: BTreeMap<String, Vec<u8>>,
    /// File names of single papers by document id and edition.
    papers: BTreeMap<String, String>,
}

impl Making<'_> {
    fn typeset(
        &self,
        pack: &Pack,
        edition: Edition,
        only: Option<&str>,
        pages: Option<&PageMap>,
    ) -> Option<typeset::Pack> {
        let Project { layouts, phrases, press, .. } = self.project;
        let appended = &self.appended.received;
        let rendered = match render::edition(&render::Job { pack, edition, only, pages, layouts, phrases, appended }) {
            Ok(rendered) => rendered,
            Err(finding) => {
                self.log.add(*finding);
                return None;
            }
        };
        match press.typeset(rendered.files) {
            Ok(typeset) => {
                let overflows = if only.is_none() { typeset.overflows() } else { Vec::new() };
                let fits = overflows.is_empty();
                self.log.extend(overflows);
                fits.then_some(typeset)
            }
            Err(findings) => {
                self.log.extend(findings);
                None
            }
        }
    }

    /// Makes everything.
    fn editions(&mut self, whole: &Pack) -> Option<PageMap> {
        let (public, pages) = self.packs(whole)?;
        self.singles(whole, &public, &pages)?;
        self.pack_files(whole, &public, &pages);
        Some(pages)
    }

    /// Makes the packs: the whole one, which gives the page numbers, and where something is
    /// withheld the public one, which is held to them.
    fn packs<'p>(&mut self, whole: &Pack<'p>) -> Option<(Pack<'p>, PageMap)> {
        let private = whole.has_withheld();
        let edition = if private { Edition::Private } else { Edition::Public };
        self.progress.step(&format!("{}: {} pack", self.agenda.id, edition.word()));
        let typeset = self.typeset(whole, edition, None, None)?;
        let pages = typeset.page_map(whole.labels.all().keys());
        self.small_print(whole, &typeset);
        self.keep_pack(whole, &typeset, edition)?;
        drop(typeset);
        let public = whole.public();
        if private {
            self.progress.step(&format!("{}: public pack", self.agenda.id));
            let typeset = self.typeset(&public, Edition::Public, None, Some(&pages))?;
            self.agree(&public, &pages, &typeset.page_map([]))?;
            self.keep_pack(&public, &typeset, Edition::Public)?;
        }
        Some((public, pages))
    }

    /// Makes every paper as a PDF of its own.
    fn singles(&mut self, whole: &Pack, public: &Pack, pages: &PageMap) -> Option<()> {
        let of_public = public.documents.iter().filter(|document| !matches!(document.role, Role::Placeholder(_)));
        let withheld = whole.documents.iter().filter(|document| document.withheld.is_some());
        let mut singles: Vec<Single> = Vec::new();
        for (pack, document, edition) in of_public
            .map(|document| (public, document, Edition::Public))
            .chain(withheld.map(|document| (whole, document, Edition::Private)))
        {
            singles.push(self.single(pack, document, edition, &singles)?);
        }
        let pdfs: Option<Vec<Vec<u8>>> = side_by_side(&singles, |single| self.single_pdf(single, pages));
        for (single, pdf) in singles.iter().zip(pdfs?) {
            self.papers.insert(single.document.id.clone(), single.path());
            self.files.insert(format!("{}/{}", single.edition.word(), single.path()), pdf);
        }
        Some(())
    }

    fn keep_pack(&mut self, pack: &Pack, typeset: &typeset::Pack, edition: Edition) -> Option<()> {
        let name = names::pack(self.agenda, edition);
        let pdf = self.pdf(pack, typeset, &name)?;
        self.files.insert(format!("{}/{name}", edition.word()), pdf);
        Some(())
    }

    fn pdf(&self, pack: &Pack, typeset: &typeset::Pack, name: &str) -> Option<Vec<u8>> {
        let identity = format!("{}/{name}", self.agenda.id);
        match typeset.pdf(&identity) {
            Ok(shell) => self.assembled(&shell, pack, typeset),
            Err(findings) => {
                self.log.extend(findings);
                None
            }
        }
    }

    /// Puts the pages of appended PDFs into the places that the layout has left for them.
    fn assembled(&self, shell: &[u8], pack: &Pack, typeset: &typeset::Pack) -> Option<Vec<u8>> {
        let appended = self.appended.in_pack(pack);
        match assembled::pdf(shell, &typeset.appended(), &appended, &self.project.phrases) {
            Ok(pdf) => Some(pdf),
            Err(failure) => {
                self.log.add(
                    Finding::new(&rules::NOT_ASSEMBLED, self.agenda.place, failure.to_string())
                        .help("leave out the paper that it names, if it names one, and report the fault"),
                );
                None
            }
        }
    }

    /// Finds appended pages that the layout has left too little room for.
    fn small_print(&self, whole: &Pack, typeset: &typeset::Pack) {
        let pages = typeset.appended();
        for (document, one) in self.appended.in_pack(whole) {
            let scale = |page: &AppendedPage| {
                let face = one.received.faces.get(page.page.checked_sub(1)?)?;
                Some((face.number, (page.width / face.width).min(page.height / face.height)))
            };
            let scales: Vec<(u32, f64)> =
                pages.iter().filter(|page| page.document == document).filter_map(scale).collect();
            crate::check::appended::small_print(one.appended, &scales, one.place, self.log);
        }
    }

    /// Both editions must give every page its number.
    fn agree(&self, public: &Pack, whole: &PageMap, map: &PageMap) -> Option<()> {
        for document in &public.documents {
            let finding = match &document.role {
                Role::Placeholder(ids) => {
                    let (paper, placeholder) = (whole.range(ids), map.get(&document.id));
                    let fits = paper.zip(placeholder).is_some_and(|((_, last), own)| own.last_with_blank() <= last);
                    if fits {
                        continue;
                    }
                    let place = document.withheld.as_ref().map_or(self.agenda.place, |withheld| withheld.place);
                    let item = document.item.as_deref().unwrap_or_default();
                    let message =
                        format!("the grounds of item {item} take more pages than the paper that they stand for");
                    Finding::new(&rules::PLACEHOLDER_LONG, place, message)
                        .help("shorten `public_interest` or `confidential`")
                }
                _ if whole.get(&document.id) == map.get(&document.id) => continue,
                role => {
                    let what = match role {
                        Role::Paper(path) => public.workspace.papers.get(path).map_or(path.as_str(), Paper::source),
                        _ => "the front sheet",
                    };
                    let message = format!("{what} has other pages in the public edition than in the private one");
                    Finding::new(&rules::EDITIONS_DIFFER, self.agenda.place, message)
                        .help("let the layouts set the same pages in both editions")
                }
            };
            self.log.add(finding);
            return None;
        }
        Some(())
    }

    /// Gives a document that gets a PDF of its own, with a name that no earlier one has.
    fn single<'p>(
        &self,
        pack: &'p Pack<'p>,
        document: &'p Document,
        edition: Edition,
        earlier: &[Single],
    ) -> Option<Single<'p>> {
        let title = match &document.role {
            Role::Paper(path) => {
                let paper = self.project.workspace.papers.get(path)?;
                labels::title(paper, pack, &self.project.phrases)
            }
            _ => self.project.phrases.get("agenda").to_owned(),
        };
        let taken = |name: &str| earlier.iter().any(|other| other.edition == edition && other.name == name);
        Some(Single { pack, document, edition, name: names::paper(document, &title, taken) })
    }

    fn single_pdf(&self, single: &Single, pages: &PageMap) -> Option<Vec<u8>> {
        self.progress.step(&format!("{}: {}", self.agenda.id, single.name));
        let only = Some(single.document.id.as_str());
        let typeset = self.typeset(single.pack, Edition::Single, only, Some(pages))?;
        self.pdf(single.pack, &typeset, &single.name)
    }

    fn pack_files(&mut self, whole: &Pack, public: &Pack, pages: &PageMap) {
        let describe = |pack, edition| pack_file::Description {
            project: self.project,
            pack,
            edition,
            pages,
            papers: &self.papers,
            appended: &self.appended,
            files: &self.files,
        };
        let public_file = describe(public, Edition::Public).to_json(self.log);
        let private_file = whole.has_withheld().then(|| describe(whole, Edition::Private).to_json(self.log));
        self.files.insert("public/pack.json".into(), public_file);
        if let Some(file) = private_file {
            self.files.insert("private/pack.json".into(), file);
        }
    }
}

/// A document that gets a PDF of its own.
struct Single<'a> {
    pack: &'a Pack<'a>,
    document: &'a Document,
    edition: Edition,
    name: String,
}

impl Single<'_> {
    fn path(&self) -> String {
        format!("papers/{}", self.name)
    }
}

impl Output {
    /// Writes the outputs below a folder, in the place of those of the last build.
    pub fn write(&self, out: &Path) -> Result<(), WriteFailure> {
        fs::replace_folder(&out.join(&self.meeting), &self.files)
    }
}

impl Project {
    /// Tells whether a finding concerns a meeting, so that it stops its build.
    pub fn concerns(&self, finding: &Finding, agenda: &Agenda) -> bool {
        scope::concerns(&self.workspace, finding, agenda)
    }

    pub(crate) fn own_files(&self) -> &BTreeMap<String, String> {
        &self.own_files
    }
}
