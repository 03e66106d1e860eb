//! The packs of a meeting in the making: typeset, held to each other, assembled, and named.

use std::collections::BTreeMap;

use super::guard::Guard;
use super::receive::InPack;
use super::workers::side_by_side;
use super::{MODELS, Output, Project, assembled, names, pack_file, receive, record, weight};
use crate::appended::Content;
use crate::compose::{self, Document, Edition, Kept, Pack, PageMap, Role, labels};
use crate::finding::{Finding, Log};
use crate::fs::cache::{Cache, Key, Shelf};
use crate::model::Paper;
use crate::model::agenda::Agenda;
use crate::progress::Progress;
use crate::record::Record;
use crate::render;
use crate::typeset::{self, AppendedPage, Wanted};

/// A meeting's packs in the making.
pub(super) struct Making<'a> {
    project: &'a Project,
    agenda: &'a Agenda,
    kept: &'a Kept,
    log: &'a Log,
    progress: &'a dyn Progress,
    /// The appended files.
    appended: receive::Files,
    files: BTreeMap<String, Vec<u8>>,
    /// Public papers as data, with the pictures in them.
    models: BTreeMap<String, Vec<u8>>,
    /// File names of single papers by document id and edition.
    papers: BTreeMap<String, String>,
    /// What the packs hold: of the whole one, then of the public one where it is another.
    records: Vec<Record>,
    /// How many pages the front sheet of a supplement has.
    sheet_pages: u32,
    /// Number in the whole pack of each page of the public one.
    public_numbers: Vec<u32>,
}

impl<'a> Making<'a> {
    /// Receives the appended files of a meeting, so that its packs can be made.
    pub(super) fn begin(
        project: &'a Project,
        agenda: &'a Agenda,
        whole: &Pack,
        kept: &'a Kept,
        log: &'a Log,
        progress: &'a dyn Progress,
    ) -> Option<Self> {
        let appended = receive::files(&project.receiver, &project.root, whole, log, progress)?;
        let (files, papers) = (BTreeMap::new(), BTreeMap::new());
        Some(Self {
            project,
            agenda,
            kept,
            log,
            progress,
            appended,
            files,
            papers,
            models: BTreeMap::new(),
            records: Vec::new(),
            sheet_pages: 0,
            public_numbers: Vec::new(),
        })
    }
}

crate::finding::rule! {
    /// The file was read, but its pages could not be put into the typeset pack. This is a fault of the program:
    /// please report it. Until then, leave the paper out, or have the file saved anew by another program.
    NOT_ASSEMBLED = "A0023", Appended, Error, pages, guarded, "appended pages that could not be put into the pack";
}

crate::finding::rule! {
    /// The public and the private edition must give every page the same number. They do by
    /// construction; should a layout override make a page depend on the edition, nothing is written.
    /// Make the layout set the same pages in both editions.
    EDITIONS_DIFFER = "P0001", Packs, Error, pages, guarded, "the editions do not agree on page numbers";
}

crate::finding::rule! {
    /// In the public pack a page with the grounds stands in the place of a withheld paper. It must not take
    /// more pages than the paper itself, or the numbers of the two editions would not agree. Shorten
    /// `public_interest` or `confidential`.
    PLACEHOLDER_LONG = "P0002", Packs, Error, pages, guarded, "the grounds take more pages than the withheld paper";
}

impl Making<'_> {
    /// Makes a PDF of an edition or, for a single paper, `only` that, unless it was made before: with what is known of
    /// its pages. Where no PDF is wanted, it is empty.
    fn made(
        &self,
        pack: &Pack,
        edition: Edition,
        only: Option<&str>,
        pages: Option<&PageMap>,
        wanted: &Wanted,
    ) -> Option<(typeset::Pack, Vec<u8>)> {
        let rendered = self.rendered(pack, edition, only, pages)?;
        let kept = self.project.cache.as_ref();
        let kept = kept.map(|cache| (cache, self.key(cache, pack, edition, only, (&rendered, wanted))));
        if let Some(made) = kept.as_ref().and_then(|(cache, key)| cache.get(key)) {
            return Some(made);
        }
        let typeset = self.set(rendered, wanted)?;
        // Headings of appended files stand below that of their item, if there is one.
        let below = u8::from(only.is_none());
        let pdf = if wanted.identity.is_some() { self.assembled(pack, &typeset, below)? } else { Vec::new() };
        if let Some((cache, key)) = kept {
            cache.put(&key, &typeset, &pdf);
        }
        Some((typeset, pdf))
    }

    /// Gives what something made is known by: everything that goes into it.
    fn key(
        &self,
        cache: &Cache,
        pack: &Pack,
        edition: Edition,
        only: Option<&str>,
        (rendered, wanted): (&render::Rendered, &Wanted),
    ) -> Key {
        let shelf = if edition == Edition::Public { Shelf::Public } else { Shelf::Private };
        let json = |value: serde_json::Result<Vec<u8>>| value.unwrap_or_default();
        let mut facts = vec![json(serde_json::to_vec(&(wanted, &self.project.own_files)))];
        let mut parts: Vec<&[u8]> = Vec::new();
        for (path, bytes) in &rendered.files {
            parts.extend([path.as_bytes(), bytes]);
        }
        let in_pack = self.appended.in_pack(pack);
        for (id, InPack { appended, received, .. }) in &in_pack {
            if let (true, Content::Pdf(pdf)) = (only.is_none_or(|only| only == id), &received.content) {
                let description = appended.description.as_ref().map(|text| &text.value);
                let words = (id, appended.title.plain(), description);
                facts.push(json(serde_json::to_vec(&(words, &received.facts, &received.faces))));
                parts.push(pdf);
            }
        }
        cache.key(shelf, parts.into_iter().chain(facts.iter().map(Vec::as_slice)))
    }

    /// Makes a pack, with the pages of all labels where these are not known yet.
    fn pack(&self, pack: &Pack, edition: Edition, pages: Option<&PageMap>) -> Option<(typeset::Pack, Vec<u8>)> {
        let labels = if pages.is_none() { pack.labels.all().keys().cloned().collect() } else { Vec::new() };
        let identity = Some(self.identity(&names::pack(pack, edition)));
        self.made(pack, edition, None, pages, &Wanted { identity, labels, is_pack: true })
    }

    fn identity(&self, name: &str) -> String {
        format!("{}/{name}", self.agenda.id)
    }

    fn rendered(
        &self,
        pack: &Pack,
        edition: Edition,
        only: Option<&str>,
        pages: Option<&PageMap>,
    ) -> Option<render::Rendered> {
        let Project { layouts, phrases, .. } = self.project;
        let appended = &self.appended.received;
        let edition = if only.is_some() { Edition::Single } else { edition };
        match render::edition(&render::Job { pack, edition, only, pages, layouts, phrases, appended }) {
            Ok(rendered) => weight::fits(pack, &rendered, self.progress, self.log).then_some(rendered),
            Err(finding) => {
                self.log.add(*finding);
                None
            }
        }
    }

    fn set(&self, rendered: render::Rendered, wanted: &Wanted) -> Option<typeset::Pack> {
        match self.project.press.typeset(rendered.files, wanted) {
            Ok(typeset) => {
                self.log.extend(typeset.overflows().iter().cloned());
                typeset.overflows().is_empty().then_some(typeset)
            }
            Err(findings) => {
                self.log.extend(findings);
                None
            }
        }
    }

    /// Makes everything; public papers as data only where they are wanted.
    pub(super) fn output(mut self, whole: &Pack, models: bool) -> Option<Output> {
        let (public, pages) = self.packs(whole)?;
        self.singles(whole, &public, &pages, models)?;
        self.supplements(whole, &public, &pages)?;
        self.pack_files(whole, &public, &pages);
        if !self.passes(&public, &pages) {
            return None;
        }
        let mut records = self.records.into_iter();
        let (public, private) = match (records.next(), records.next()) {
            (Some(private), Some(public)) => (public, Some(private)),
            (public, _) => (public.unwrap_or_default(), None),
        };
        Some(Output {
            meeting: self.agenda.id.clone(),
            last_page: pages.last_page(),
            withheld: whole.documents.iter().filter(|document| document.withheld.is_some()).count(),
            files: self.files,
            models: self.models,
            sheet_pages: self.sheet_pages,
            public,
            private,
        })
    }

    /// Makes the packs only for what is found in them.
    pub(super) fn check(mut self, whole: &Pack) -> Option<()> {
        let (public, pages) = self.packs(whole)?;
        self.pack_files(whole, &public, &pages);
        self.passes(&public, &pages).then_some(())
    }

    /// Tells whether nothing that the public gets holds a secret.
    fn passes(&self, public: &Pack, pages: &PageMap) -> bool {
        let Self { project, agenda, appended, log, kept, public_numbers, .. } = self;
        let guard = Guard {
            project,
            agenda,
            pack: public,
            pages,
            numbers: public_numbers,
            appended,
            released: &kept.released,
            log,
        };
        guard.passes(&self.files)
    }

    /// Makes the whole pack only to see what is on its pages: with its PDF, where it may be taken up `for_good`.
    pub(super) fn measure(&self, whole: &Pack, for_good: bool) -> Option<Record> {
        let edition = whole.edition();
        let (typeset, _) = if for_good {
            self.pack(whole, edition, None)?
        } else {
            self.made(whole, edition, None, None, &Wanted { is_pack: true, ..Wanted::default() })?
        };
        Some(self.record(whole, edition, &typeset))
    }

    /// Makes the packs: the whole one, which gives the page numbers, and where something is
    /// withheld the public one, which is held to them.
    pub(super) fn packs<'p>(&mut self, whole: &Pack<'p>) -> Option<(Pack<'p>, PageMap)> {
        let edition = whole.edition();
        self.progress.step(&format!("{}: {} pack", self.agenda.id, edition.word()));
        let (typeset, pdf) = self.pack(whole, edition, None)?;
        let pages = typeset.page_map().clone();
        self.small_print(whole, &typeset);
        self.lengths(whole, &pages);
        self.keep_pack(whole, edition, pdf);
        self.records.push(self.record(whole, edition, &typeset));
        self.public_numbers = typeset.numbers().to_vec();
        drop(typeset);
        let public = whole.public();
        if edition == Edition::Private {
            self.progress.step(&format!("{}: public pack", self.agenda.id));
            let (typeset, pdf) = self.pack(&public, Edition::Public, Some(&pages))?;
            self.public_numbers = typeset.numbers().to_vec();
            self.agree(&public, &pages, typeset.page_map())?;
            self.keep_pack(&public, Edition::Public, pdf);
            self.records.push(self.record(&public, Edition::Public, &typeset));
        }
        Some((public, pages))
    }

    /// Makes the late papers by themselves, where this issue is a supplement.
    fn supplements(&mut self, whole: &Pack, public: &Pack, pages: &PageMap) -> Option<()> {
        let Some(supplement) = &self.kept.supplement else { return Some(()) };
        let (late, pages) = (whole.late(supplement), pages.of_supplement());
        let private = whole.supplement(supplement, &late);
        let mut packs = vec![(public.supplement(supplement, &late), Edition::Public)];
        if private.has_withheld() {
            packs.push((private, Edition::Private));
        }
        for (pack, edition) in packs {
            let (typeset, pdf) = self.pack(&pack, edition, Some(&pages))?;
            self.sheet_pages = typeset
                .page_map()
                .get(compose::supplement::SHEET)
                .map_or(0, |sheet| sheet.last_with_blank() + 1 - sheet.first);
            self.keep_pack(&pack, edition, pdf);
        }
        Some(())
    }

    fn record(&self, pack: &Pack, edition: Edition, typeset: &typeset::Pack) -> Record {
        let (pages, contents) = (typeset.page_map(), typeset.contents());
        let (phrases, appended) = (&self.project.phrases, &self.appended);
        record::Made { pack, edition, phrases, appended, pages, contents }.record()
    }

    /// Makes every paper as a PDF of its own.
    fn singles(&mut self, whole: &Pack, public: &Pack, pages: &PageMap, models: bool) -> Option<()> {
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
            if models && single.edition == Edition::Public {
                self.models.extend(self.model(single, pages));
            }
            let tables = single
                .pack
                .paper(single.document)
                .and_then(|paper| render::tables(single.pack, &self.project.phrases, paper));
            for (ending, bytes) in tables.into_iter().flatten() {
                let path = single.path();
                let stem = path.trim_end_matches(".pdf");
                self.files.insert(format!("{}/{stem}.{ending}", single.edition.word()), bytes);
            }
            self.papers.insert(single.document.id.clone(), single.path());
            self.files.insert(format!("{}/{}", single.edition.word(), single.path()), pdf);
        }
        Some(())
    }

    /// Gives a public paper as data, and the pictures in it, by path below the meeting's folder.
    fn model(&self, single: &Single, pages: &PageMap) -> BTreeMap<String, Vec<u8>> {
        let Project { layouts, phrases, .. } = self.project;
        let Single { pack, document, edition, .. } = *single;
        let (only, appended) = (None, &self.appended.received);
        let job = render::Job { pack, edition, only, pages: Some(pages), layouts, phrases, appended };
        let model = render::model(&job, document, &single.path());
        let mut json = serde_json::to_vec_pretty(&model.json).unwrap_or_default();
        json.push(b'\n');
        let pictures = model.pictures.into_iter().map(|(name, bytes)| (format!("{MODELS}{name}"), bytes));
        let stem = single.name.trim_end_matches(".pdf");
        pictures.chain([(format!("{MODELS}{stem}.json"), json)]).collect()
    }

    fn keep_pack(&mut self, pack: &Pack, edition: Edition, pdf: Vec<u8>) {
        self.files.insert(format!("{}/{}", edition.word(), names::pack(pack, edition)), pdf);
    }

    /// Puts the pages of appended PDFs into the places that the layout has left for them.
    fn assembled(&self, pack: &Pack, typeset: &typeset::Pack, below: u8) -> Option<Vec<u8>> {
        let appended = self.appended.in_pack(pack);
        let numbers = &pack.numbers;
        let labels: Option<Vec<String>> =
            (!numbers.is_plain()).then(|| typeset.numbers().iter().map(|number| numbers.print(*number)).collect());
        match assembled::pdf(
            typeset.pdf(),
            typeset.appended(),
            &appended,
            &self.project.phrases,
            numbers,
            labels.as_deref(),
            below,
        ) {
            Ok(pdf) => Some(pdf),
            Err(failure) => {
                self.log.add(
                    Finding::new(&NOT_ASSEMBLED, self.agenda.place, failure.to_string())
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

    /// Finds papers that are longer than standing orders allow.
    fn lengths(&self, whole: &Pack, pages: &PageMap) {
        for document in &whole.documents {
            if let (Some(paper), Some(range)) = (whole.paper(document), pages.get(&document.id)) {
                let pages = range.last + 1 - range.first;
                crate::check::orders::length(&self.project.workspace, self.agenda, paper, pages, self.log);
            }
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
                    Finding::new(&PLACEHOLDER_LONG, place, message).help("shorten `public_interest` or `confidential`")
                }
                _ if whole.get(&document.id) == map.get(&document.id) => continue,
                role => {
                    let what = match role {
                        Role::Paper(path) => public.workspace.papers.get(path).map_or(path.as_str(), Paper::source),
                        _ => "the front sheet",
                    };
                    let message = format!("{what} has other pages in the public edition than in the private one");
                    Finding::new(&EDITIONS_DIFFER, self.agenda.place, message)
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
        let (only, wanted) = (Some(single.document.id.as_str()), Wanted::pdf(&self.identity(&single.name)));
        self.made(single.pack, single.edition, only, Some(pages), &wanted).map(|(_, pdf)| pdf)
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
