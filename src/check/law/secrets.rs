//! Words that the grounds of a withheld paper protect, in what the sources let the public read.
//!
//! What appended files hold, and whatever else is in a finished pack, is searched when it is made.

use rayon::prelude::*;

use crate::check::passages::{self, Passage};
use crate::check::reading::{self, Source};
use crate::finding::{Finding, Log, Place};
use crate::layouts::Phrases;
use crate::model::visit::Visit;
use crate::model::{PaperKind, Workspace};
use crate::resolve::{self, Meeting};
use crate::secrets::{Form, Secret, Secrets};

impl Secrets {
    /// Gathers them from all grounds on which anything is withheld.
    pub(crate) fn of(workspace: &Workspace, meetings: &[Meeting]) -> Self {
        let files = workspace.sources.all().iter().map(|source| (source.path.as_str(), source.text.as_str()));
        let files = files.filter(|(path, _)| path.starts_with("content/"));
        Self::gathered(resolve::access::all_grounds(workspace, meetings).into_iter().flat_map(|(grounds, papers)| {
            let papers: Vec<String> = papers.into_iter().map(str::to_owned).collect();
            grounds.secrets.iter().map(move |text| {
                Secret::new(&text.value, text.place, workspace.sources.path(text.place), papers.clone())
            })
        }))
        .listed_in(files)
    }
}

/// NP8: what the grounds protect stands nowhere in public.
pub(in crate::check) fn secret_told(workspace: &Workspace, meetings: &[Meeting], phrases: &Phrases, log: &Log) {
    let secrets = Secrets::of(workspace, meetings);
    too_short(&secrets, log);
    if secrets.all().is_empty() {
        return;
    }
    let (uses, sources) = (reading::uses(meetings), reading::sources(workspace, None));
    let telling = Telling { workspace, secrets: &secrets, log };
    sources.into_par_iter().for_each(|source| {
        let withheld = reading::read(workspace, source, &uses).withheld;
        telling.passages(&of_source(source, withheld));
    });
    telling.passages(&passages::everything(|visitor| workspace.council.visit(visitor)));
    for body in workspace.bodies.values() {
        telling.passages(&passages::everything(|visitor| body.visit(visitor)));
    }
    telling.phrases(phrases);
    telling.names(meetings);
    if let Some(logo) = &workspace.council.look.logo {
        telling.drawing(&logo.value, logo.place);
    }
}

/// Gives all that a source lets the public read: of a withheld paper its grounds.
fn of_source(source: Source, withheld: bool) -> Vec<Passage> {
    match source {
        Source::Agenda(agenda) => passages::everything(|visitor| agenda.visit(visitor)),
        Source::Paper(paper) if withheld => passages::everything(|visitor| paper.withheld.visit(visitor)),
        Source::Paper(paper) => passages::everything(|visitor| {
            paper.visit(visitor);
            if let PaperKind::Appended(appended) = &paper.kind
                && let Some(description) = &appended.description
            {
                visitor.text(description);
            }
        }),
    }
}

crate::finding::rule! {
    /// Words listed under `secrets` are looked for in everything public (N0036). One or two letters or digits are
    /// found everywhere and protect nothing. Write them with the words around them, as they would stand in print:
    /// not `3` but `3 bids`, not `£5` but `£5 a head`. Where a file that lists `secrets` could not be read,
    /// whichever meeting it belongs to, nobody knows what it protects, and no meeting is issued: mend that file.
    NOT_LOOKED_FOR = "N0040", Law, Error, issue, guarded, "a secret that cannot be looked for";
    "NP8: practice"
}

/// Finds words that are protected but too short to be looked for.
fn too_short(secrets: &Secrets, log: &Log) {
    for secret in secrets.all().iter().filter(|secret| secret.is_too_short()) {
        let message = format!("`{}` is too short to be looked for: it would be found everywhere", secret.words);
        log.add(
            Finding::new(&NOT_LOOKED_FOR, secret.place, message)
                .help("write it with the words around it, as they would stand in print, such as `3 bids`"),
        );
    }
}

/// What is told where.
struct Telling<'a> {
    workspace: &'a Workspace,
    secrets: &'a Secrets,
    log: &'a Log,
}

crate::finding::rule! {
    /// Grounds for withholding can list under `secrets` the words that they protect: the name of a bidder, a price,
    /// an address. None of them may stand in anything public, at this meeting or any other: agendas, papers and what
    /// all bodies share; appended files with their bookmarks, alternative texts, links and all else that they carry;
    /// names of files; and the finished public pack is searched before it is written. It does not matter how they
    /// are typed: case, accents, spaces, hyphens, words broken over lines, letters that look alike. Whole words are
    /// looked for, and long ones also within others. Figures are compared as they are written, but for the commas
    /// between thousands: `£1,250,000` is not found where somebody writes `£1.25 million`; list both. While the
    /// public pack holds a secret, not even a draft is written. Take a word out of the list when it becomes public.
    SECRET_TOLD = "N0036", Law, Error, writing, guarded, "a secret in what the public reads";
    "NP8: practice; Local Government Act 1972, section 100B(2)"
}

impl Telling<'_> {
    fn passages(&self, passages: &[Passage]) {
        for passage in passages {
            self.drawing(&passage.words, passage.whole());
            let form = Form::of(&passage.words);
            for secret in self.secrets.all() {
                if let Some(range) = secret.find(&form) {
                    let message = format!("the public reads `{}`, which a withheld paper protects", secret.words);
                    self.tell(secret, passage.place(range, &self.workspace.sources), message);
                }
            }
        }
    }

    /// Looks into a picture of this path, if it is a drawing that has words: print shows their outlines only.
    fn drawing(&self, path: &str, place: Place) {
        let drawing = self.workspace.pictures.get(path).filter(|picture| picture.ending == "svg");
        let Some(drawing) = drawing else { return };
        if let Some(secret) = self.secrets.said_in(&crate::pictures::words_of_drawing(&drawing.bytes)) {
            let message = format!("the drawing says `{}`, which a withheld paper protects", secret.words);
            self.tell(secret, place, message);
        }
    }

    /// Looks into fixed words that the council words itself.
    fn phrases(&self, phrases: &Phrases) {
        for (key, words) in phrases.all() {
            let Some(place) = phrases.place(key) else { continue };
            if let Some(secret) = self.secrets.said_in(words) {
                let message = format!("the public reads `{}`, which a withheld paper protects", secret.words);
                self.tell(secret, place, message);
            }
        }
    }

    /// Looks into names of files that the public gets to know: those of papers.
    fn names(&self, meetings: &[Meeting]) {
        for used in
            meetings.iter().flat_map(Meeting::papers).filter(|used| used.access.is_public()).map(|used| used.named)
        {
            if let Some(secret) = self.secrets.said_in(used.file()) {
                let message = format!(
                    "the name of the file says `{}`, which a withheld paper protects; the public pack names its files",
                    secret.words
                );
                self.tell(secret, used.place, message);
            }
        }
    }

    fn tell(&self, secret: &Secret, place: Place, message: String) {
        let help = "say it in the withheld paper alone; once it is public, take it out of `secrets`";
        self.log.add(Finding::new(&SECRET_TOLD, place, message).also(secret.place, "protected here").help(help));
    }
}
