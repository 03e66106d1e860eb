//! Joins files to the agendas that append them: a paper for each way in which a file is used.

use std::collections::{BTreeMap, BTreeSet};

use super::join::papers_of;
use super::{is_hidden, paths};
use crate::finding::{Finding, Log, Place, rules};
use crate::fs::has_ending;
use crate::model::agenda::{Agenda, PaperUse, Wanted};
use crate::model::appended::is_appendable;
use crate::model::{Appended, Paper, PaperKind, Workspace};

/// Pictures that texts can name: they lie about until one does, so nothing is said of them.
const FOR_TEXTS: [&str; 8] = ["png", "jpg", "jpeg", "tif", "tiff", "gif", "webp", "svg"];

/// Makes a paper of each use of a file, and records files that are not there.
///
/// The files themselves are not read here: a council may have thousands, and a build needs a few.
pub(super) fn papers(workspace: &mut Workspace, files: &[String], pictures: &[(String, Place)], log: &Log) {
    let secret = withheld(workspace);
    let in_texts: BTreeSet<&str> = pictures.iter().map(|(path, _)| path.as_str()).collect();
    // A withheld file is never suggested, nor a picture of a text, which may be withheld itself.
    let known = files
        .iter()
        .map(String::as_str)
        .filter(|path| is_appendable(path) && !is_hidden(path) && !secret.contains(*path) && !in_texts.contains(path));
    let all: BTreeSet<&str> = files.iter().map(String::as_str).collect();
    let mut papers: BTreeMap<String, Paper> = BTreeMap::new();
    for (from, use_) in uses(workspace) {
        let Wanted::File(appended) = &use_.wanted else { continue };
        if !is_appendable(&appended.file) {
            use_.path.clear();
        } else if all.contains(appended.file.as_str()) {
            use_.path = add(&mut papers, appended, use_.place);
        } else {
            let help = paths::nearest(&appended.file, &from, known.clone()).unwrap_or_else(|| {
                "paths are written from the folder of the agenda; the file must be in content/".into()
            });
            let message = format!("there is no file at `{}`", appended.file);
            log.add(Finding::new(&rules::NO_SUCH_PAPER, use_.place, message).help(help));
            use_.path.clear();
        }
    }
    let used: BTreeSet<String> = papers.values().map(|paper| paper.source().to_owned()).collect();
    workspace.papers.extend(papers);
    let spare = files.iter().filter(|path| {
        is_appendable(path) && !is_hidden(path) && !used.contains(*path) && !has_ending(path, &FOR_TEXTS)
    });
    for path in spare {
        let source = workspace.sources.add(path.clone(), String::new());
        workspace.spare.insert(path.clone(), Place { source, start: 0, end: 0 });
    }
}

/// Gives every use of a paper with the path of the file that says so, those in standing items included.
fn uses(workspace: &mut Workspace) -> Vec<(String, &mut PaperUse)> {
    let mut uses: Vec<(String, &mut PaperUse)> = Vec::new();
    let sources = &workspace.sources;
    for agenda in workspace.meetings.values_mut() {
        let path = agenda.path.clone();
        uses.extend(papers_of(agenda).map(|use_| (path.clone(), use_)));
    }
    let bodies = workspace.bodies.values_mut().flat_map(|body| body.standing.values_mut());
    for item in workspace.council.standing.values_mut().chain(bodies) {
        let path = sources.path(item.place).to_owned();
        uses.extend(item.all_papers_mut().map(|use_| (path.clone(), use_)));
    }
    uses
}

/// Adds a use under a key that is its own, or that of an equal use; gives the key.
fn add(papers: &mut BTreeMap<String, Paper>, appended: &Appended, place: Place) -> String {
    let mut key = appended.file.clone();
    let mut count = 1;
    while let Some(paper) = papers.get(&key) {
        if matches!(&paper.kind, PaperKind::Appended(other) if other.is_same(appended)) {
            return key;
        }
        count += 1;
        key = format!("{}#{count}", appended.file);
    }
    let paper = Paper {
        path: key.clone(),
        place,
        label: appended.label.clone(),
        withheld: None,
        body: paths::body_of(&appended.file).map(str::to_owned),
        kind: PaperKind::Appended(Box::new(appended.clone())),
    };
    papers.insert(key.clone(), paper);
    key
}

/// Gives the files that any agenda withholds.
fn withheld(workspace: &Workspace) -> BTreeSet<String> {
    let bodies = workspace.bodies.values().flat_map(|body| body.standing.values());
    let standing = workspace.council.standing.values().chain(bodies);
    let standing = standing
        .flat_map(|item| item.all_papers().map(|use_| (use_, item.withheld.is_some() || use_.withheld.is_some())));
    let all = workspace.meetings.values().flat_map(Agenda::papers).chain(standing);
    let held = all.filter(|(use_, withheld)| *withheld && matches!(use_.wanted, Wanted::File(_)));
    held.map(|(use_, _)| use_.file().to_owned()).collect()
}
