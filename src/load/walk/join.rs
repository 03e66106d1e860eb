//! Joins what was read file by file: pictures to texts, papers to agendas, minutes to each other.

use std::collections::BTreeMap;
use std::path::Path;

use chrono::NaiveDate;

use super::missing::Missing;
use crate::appended::Reader;
use crate::appended::drawing::{Drawn, Printed};
use crate::finding::{Finding, Log, Place};
use crate::fs;
use crate::model::agenda::{Agenda, Entry, Item, PaperUse, Wanted};
use crate::model::body::MinuteNumbers;
use crate::model::{Illustration, PaperKind, Workspace};
use crate::pictures::{Picture, Sharpness};
use crate::resolve::Access;

/// Width of a text in points, as usual layouts set it: pictures are set no wider.
const TEXT_WIDTH: f64 = 480.0;

/// Width in points up to which a picture is a mark or a sign, whose dots do not matter.
const SMALL: f64 = 115.0;

crate::finding::rule! {
    /// The picture does not exist, lies outside content/, or is of a kind that cannot be printed. PNG,
    /// JPEG, TIFF, SVG, GIF and WebP can; so must pictures inside drawings. Animations print their first
    /// picture.
    NO_PICTURE = "T0004", Text, Error, guarded, "a picture that cannot be used";
}

/// Reads the pictures that texts name.
pub(super) fn files(root: &Path, workspace: &mut Workspace, wanted: Vec<(String, Place)>, reader: &Reader, log: &Log) {
    for (path, place) in wanted {
        if workspace.pictures.contains_key(&path) {
            continue;
        }
        match fs::read_bytes(root, &path) {
            Ok(bytes) => match one_picture(reader, &path, &bytes) {
                Ok(drawn) => {
                    of_print(&path, place, &drawn, log);
                    let Picture { ending, bytes: printed, .. } = drawn.picture;
                    let picture = Illustration { ending, bytes: printed, source: fs::sha256(&bytes) };
                    workspace.pictures.insert(path, picture);
                }
                Err((why, help)) => {
                    let message = format!("the picture `{path}` cannot be used: {why}");
                    log.add(Finding::new(&NO_PICTURE, place, message).help(help));
                }
            },
            Err(problem) => log.add(Finding::new(&NO_PICTURE, place, problem.message).help(problem.help)),
        }
    }
}

/// Prepares a picture for print; otherwise gives why it cannot be used, and what to do.
fn one_picture(reader: &Reader, path: &str, bytes: &[u8]) -> Result<Drawn, (String, String)> {
    let pages = reader.pictures(path, bytes, Printed::InText);
    let mut pages = pages.map_err(|why| (why.to_string(), why.help()))?;
    match (pages.pop(), pages.is_empty()) {
        (Some(picture), true) => Ok(picture),
        _ => Err((
            "it has several pages".to_owned(),
            "append it to the item with `file:`, or save the page as a picture of its own".to_owned(),
        )),
    }
}

crate::finding::rule! {
    /// Text or part of a picture lies under a box, a pen or another picture, has no colour of its own, or is cut
    /// off: it does not show, but anyone can take it out of the PDF. The message says where it is. If it was meant
    /// to be blacked out, have it removed from the file itself before anything is published: a scan is best blacked
    /// out on paper and scanned again, other papers in a program that says that it removes what is under the boxes.
    COVERED_TEXT = "A0012", Appended, Warning, pages, gate, "text or pictures that are only covered or cut off";
}

crate::finding::rule! {
    /// At fewer than 100 dots to the inch the dots of a picture can be seen, and small print in it cannot be
    /// read. Photographs want 150 or more, scans of text 200.
    COARSE_PICTURE = "T0018", Text, Warning, "a picture too coarse for print";
}

crate::finding::rule! {
    /// Packs keep all colours in RGB, so that every screen and printer shows them alike (PDF/A-2). Pictures
    /// saved for a printing press, in CMYK, are turned into RGB, and may come out more vivid.
    CHANGED_PICTURE = "T0019", Text, Warning, "a picture that does not print as it was saved";
}

/// Finds pictures that will not print as their author saw them.
fn of_print(path: &str, place: Place, Drawn { picture, remarks }: &Drawn, log: &Log) {
    let width = picture.natural_width().min(TEXT_WIDTH);
    if let (Sharpness::Coarse, Some(dots)) = (picture.sharpness(width), picture.dots_per_inch(width))
        && width > SMALL
    {
        let message = format!("the picture `{path}` prints with {dots:.0} dots to the inch");
        log.add(Finding::new(&COARSE_PICTURE, place, message).help("ask for it in a better quality"));
    }
    for remark in remarks {
        let message = format!("the picture `{path}`: {}", remark.message);
        log.add(
            Finding::new(&COVERED_TEXT, place, message)
                .help("have it removed from the drawing itself, if it is not to be published"),
        );
    }
    for change in &picture.changed {
        let message = format!("the picture `{path}`: {change}");
        log.add(Finding::new(&CHANGED_PICTURE, place, message).help("look at it in the pack, or save it in RGB"));
    }
}

crate::finding::rule! {
    /// An agenda asks for minutes of a meeting of which there is no minutes file. Write it, or correct the
    /// date.
    NO_SUCH_MINUTES = "M0013", Sources, Error, guarded, "no minutes of that meeting";
}

/// Finds the paper that each agenda means, and gives those that are not there.
pub(super) fn papers(workspace: &mut Workspace, log: &Log) -> Vec<Missing> {
    let mut minutes: BTreeMap<(String, NaiveDate), String> = BTreeMap::new();
    for paper in workspace.papers.values() {
        if let PaperKind::Minutes(of) = &paper.kind {
            let key = (of.body.clone(), of.when.date());
            // Private minutes may be a file of their own: the public one is meant.
            if Access::of_paper(paper).is_public() {
                minutes.insert(key, paper.path.clone());
            } else {
                minutes.entry(key).or_insert_with(|| paper.path.clone());
            }
        }
    }
    let known: Vec<String> = workspace.papers.keys().cloned().collect();
    // A file that could not be read is reported as that, not as missing.
    let unread = &workspace.unread;
    let undated = undated_minutes(workspace);
    let mut missing = Vec::new();
    for agenda in workspace.meetings.values_mut() {
        let body = agenda.body.clone();
        let from = agenda.path.clone();
        for paper in papers_of(agenda) {
            match &mut paper.wanted {
                Wanted::File(_) => {}
                Wanted::Path if known.contains(&paper.path) || unread.contains(&paper.path) => {}
                Wanted::Path => {
                    let path = std::mem::take(&mut paper.path);
                    missing.push(Missing { from: from.clone(), path, is_file: false, place: paper.place });
                }
                Wanted::Minutes { body: wanted, date } => {
                    if wanted.is_empty() {
                        wanted.clone_from(&body);
                    }
                    let key = (wanted.clone(), *date);
                    let found = minutes.get(&key).or_else(|| of_day(&undated, &key.0, *date));
                    if let Some(path) = found {
                        paper.path.clone_from(path);
                    } else {
                        log.add(
                            Finding::new(
                                &NO_SUCH_MINUTES,
                                paper.place,
                                format!("there are no minutes of {} on {}", key.0, key.1),
                            )
                            .help(format!(
                                "write them at content/bodies/{}/{}/minutes.yaml, or correct the date",
                                key.0, key.1
                            )),
                        );
                    }
                }
            }
        }
    }
    missing
}

/// Gives the paths of minutes of which not even the day is known.
fn undated_minutes(workspace: &Workspace) -> Vec<String> {
    let undated = |paper: &&crate::model::Paper| match &paper.kind {
        PaperKind::Minutes(minutes) => minutes.when.date() == NaiveDate::default(),
        _ => false,
    };
    let name = |path: &str| path.rsplit('/').next().unwrap_or_default().to_ascii_lowercase();
    let unread = workspace.unread.iter().filter(|path| name(path).contains("minutes")).cloned();
    unread.chain(workspace.papers.values().filter(undated).map(|paper| paper.path.clone())).collect()
}

/// Gives the minutes of a body that lie in the folder of a day, or may be those of any.
fn of_day<'a>(undated: &'a [String], body: &str, date: NaiveDate) -> Option<&'a String> {
    let (of_body, of_day) = (format!("content/bodies/{body}/"), date.to_string());
    let folder =
        |path: &str| path.strip_prefix(&of_body).map(|rest| rest.split('/').next().unwrap_or_default().to_owned());
    let dated = |folder: &str| folder.get(..10).is_some_and(|day| NaiveDate::parse_from_str(day, "%Y-%m-%d").is_ok());
    undated
        .iter()
        .find(|path| folder(path).is_some_and(|folder| folder.starts_with(&of_day)))
        .or_else(|| undated.iter().find(|path| folder(path).is_some_and(|folder| !dated(&folder))))
}

pub(super) fn papers_of(agenda: &mut Agenda) -> impl Iterator<Item = &mut PaperUse> {
    agenda
        .public
        .iter_mut()
        .chain(&mut agenda.private)
        .filter_map(|entry| match entry {
            Entry::Item(item) => Some(&mut **item),
            Entry::Heading { .. } => None,
        })
        .flat_map(Item::all_papers_mut)
}

/// Lets minute numbers run on through the municipal year.
pub(super) fn minute_numbers(workspace: &mut Workspace) {
    // Minutes of private business follow the public ones of their meeting.
    let mut order: Vec<(String, i32, chrono::NaiveDateTime, bool, String)> = (workspace.papers.values())
        .filter_map(|paper| match &paper.kind {
            PaperKind::Minutes(minutes) => {
                let year = workspace.council.municipal_year(minutes.when.date());
                Some((minutes.body.clone(), year, minutes.when.at, minutes.items.is_empty(), paper.path.clone()))
            }
            _ => None,
        })
        .collect();
    order.sort();
    let mut next: BTreeMap<(String, i32), u32> = BTreeMap::new();
    for (body, year, _, _, path) in order {
        let continues = workspace.bodies.get(&body).is_none_or(|body| body.minute_numbers == MinuteNumbers::Continue);
        let Some(PaperKind::Minutes(minutes)) = workspace.papers.get_mut(&path).map(|paper| &mut paper.kind) else {
            continue;
        };
        let number = next.entry((body, year)).or_insert(1);
        if continues {
            minutes.continues_from = *number;
        }
        let mut last = minutes.first_number.unwrap_or(minutes.continues_from).saturating_sub(1);
        for minute in minutes.all() {
            let pinned = minute.number.as_ref().and_then(|number| number.value.parse().ok());
            last = pinned.unwrap_or_else(|| last.saturating_add(1));
        }
        *number = last.saturating_add(1);
    }
}
