//! The appendices that a paper lists, against those that stand beside it.

use super::diary::Diary;
use crate::check::passages::{self, Passage};
use crate::check::wording::titles::Wording;
use crate::finding::{Confidence, Finding, Log, Place};
use crate::model::agenda::PaperUse;
use crate::model::{Line, Paper, PaperKind};
use crate::resolve::{Item, Meeting, ResolvedPaper};

crate::finding::rule! {
    /// A note or report lists its appendices, and those behind its item are others. They are compared by label,
    /// by number or by title. Appendices that the list calls private or not for publication may stand elsewhere,
    /// and are left alone where they do not stand behind the item.
    OTHER_APPENDICES = "C0017", Consistency, Warning,
    "appendices that are listed and not there, or there and not listed";
    "practice"
}

/// Finds appendices that a note or report lists and that do not stand behind its item, and those that stand there and
/// are not listed.
pub(in crate::check) fn other_appendices(diary: &Diary, log: &Log) {
    for meeting in diary.resolved() {
        for item in meeting.items() {
            let mut listing = item.all_papers().filter_map(|used| list(used.paper?));
            // Of two notes with lists of their own nobody can say which has what.
            let (Some((list, place)), None) = (listing.next(), listing.next()) else { continue };
            let behind: Vec<_> = item.all_papers().filter(|used| used.named.appendix.is_some()).collect();
            let wording = diary.wording(&meeting.agenda.body);
            for line in list {
                if !behind.iter().any(|used| means(wording, line, used)) {
                    absent(diary, meeting, item, line, log);
                }
            }
            for used in behind.iter().filter(|used| !list.iter().any(|line| means(wording, line, used))) {
                let number = used.named.appendix.as_ref().map_or("", |number| number.value.as_str());
                let called = list.iter().find_map(|line| called(&line.plain())).unwrap_or("appendix");
                let message = format!("{called} {number} stands behind the item, but its paper does not list it");
                log.add(
                    Finding::new(&OTHER_APPENDICES, used.named.place, message)
                        .also(place, "the list")
                        .help("add it to `appendices` of the paper"),
                );
            }
        }
    }
}

/// Gives the list of appendices that a paper has, and where it is.
fn list(paper: &Paper) -> Option<(&[Line], Place)> {
    let (list, place) = match &paper.kind {
        PaperKind::BriefingNote(note) => (note.appendices.as_slice(), note.title.place),
        PaperKind::Report(report) => (report.appendices.as_ref()?.as_slice(), report.title.place),
        _ => return None,
    };
    let first = list.first().map_or(place, |line| line.place);
    // A note that says nothing of appendices has no list; a report says `None`.
    (!list.is_empty() || matches!(paper.kind, PaperKind::Report(_))).then_some((list, first))
}

/// Tells whether a line of the list means a paper: by its label, its number or its title.
fn means(wording: &Wording, line: &Line, used: &ResolvedPaper) -> bool {
    let passage = passages::of_parts(&line.content);
    let label = used.paper.and_then(|paper| paper.label.as_ref());
    if !passage.labels.is_empty() {
        return label.is_some_and(|label| passage.labels.contains(&label.value));
    }
    match (number(&passage), &used.named.appendix) {
        (Some(number), Some(appendix)) => number == appendix.value,
        _ => used
            .paper
            .and_then(Paper::title)
            .is_some_and(|title| wording.title(&title).is_like(&wording.title(&passage.words))),
    }
}

/// Gives what a line calls an appendix, in small letters.
fn called(line: &str) -> Option<&'static str> {
    [("Appendix ", "appendix"), ("Annex ", "annex"), ("Annexe ", "annexe")]
        .into_iter()
        .find_map(|(word, called)| line.starts_with(word).then_some(called))
}

/// Gives the number that a line names: `Appendix 3: Risk grades`.
fn number(passage: &Passage) -> Option<&str> {
    let rest = ["Appendix ", "Annex ", "Annexe "].iter().find_map(|word| passage.words.strip_prefix(word))?;
    rest.split(|letter: char| !letter.is_alphanumeric() && letter != '.')
        .next()
        .map(|number| number.trim_end_matches('.'))
}

/// Tells of a listed appendix that does not stand behind the item.
fn absent(diary: &Diary, meeting: &Meeting, item: &Item, line: &Line, log: &Log) {
    let passage = passages::of_parts(&line.content);
    let lower = passage.words.to_lowercase();
    // It may stand behind the private item, or be no paper of this meeting.
    let private = ["private", "not for publication", "exempt", "confidential", "link", "http", "available"];
    // Listed by title, it may be a paper of the item that is no appendix by number.
    let wording = diary.wording(&meeting.agenda.body);
    let beside = meeting.papers().any(|used| used.named.appendix.is_none() && means(wording, line, used));
    if private.iter().any(|word| lower.contains(word)) || beside {
        return;
    }
    let what = match (passage.labels.first(), number(&passage)) {
        (Some(label), _) => format!("the paper `{label}`"),
        (None, Some(number)) => format!("{} {number}", called(&passage.words).unwrap_or("appendix")),
        (None, None) => format!("`{}`", passage.words.trim()),
    };
    let message = format!("{what} is listed among the appendices, but no appendix of the item is that");
    log.add(
        Finding::new(&OTHER_APPENDICES, line.place, message)
            .also(item.place, "the item")
            .help("add it to the item as `{paper: …, appendix: \"1\"}`, or take it from the list")
            .confidence(if passage.labels.is_empty() { Confidence::Likely } else { Confidence::Certain }),
    );
}

/// Finds public papers that call an appendix attached which is withheld.
pub(in crate::check) fn attached_but_withheld(diary: &Diary, log: &Log) {
    for item in diary.resolved().flat_map(Meeting::items) {
        let (open, held): (Vec<&ResolvedPaper>, Vec<&ResolvedPaper>) =
            item.all_papers().partition(|used| used.access.is_public());
        let withheld: Vec<&PaperUse> =
            held.iter().map(|used| used.named).filter(|named| named.appendix.is_some()).collect();
        if withheld.is_empty() {
            continue;
        }
        for passage in open.iter().filter_map(|used| used.paper).flat_map(passages::of_paper) {
            for held in &withheld {
                calls_attached(diary, &passage, held, log);
            }
        }
    }
}

crate::finding::rule! {
    /// Readers of the public pack look for an appendix that the paper calls attached and find a page that says
    /// it is restricted. Say beside the reference that it is not for publication.
    ATTACHED_BUT_WITHHELD = "C0018", Consistency, Info, guarded,
    "a withheld appendix that a public paper calls attached";
    "practice"
}

fn calls_attached(diary: &Diary, passage: &Passage, withheld: &PaperUse, log: &Log) {
    let Some(appendix) = &withheld.appendix else { return };
    let names = ["Appendix", "Annex", "Annexe"].map(|word| format!("{word} {}", appendix.value));
    let Some((at, name)) = names.iter().find_map(|name| Some((passage.words.find(name)?, name))) else { return };
    let behind = passage.words[at + name.len()..].chars().next();
    let lower = passage.words.to_lowercase();
    let says = ["attached", "enclosed", "appended"].iter().any(|word| lower.contains(word));
    let told = ["not for publication", "private", "exempt", "confidential", "withheld", "restricted"];
    if !says || behind.is_some_and(char::is_alphanumeric) || told.iter().any(|word| lower.contains(word)) {
        return;
    }
    let message = format!("a public paper calls {name} attached, but it is withheld");
    log.add(
        Finding::new(&ATTACHED_BUT_WITHHELD, passage.place(at..at + name.len(), &diary.workspace.sources), message)
            .also(withheld.place, "withheld here")
            .help("say that it is not for publication")
            .confidence(Confidence::Possible),
    );
}
