//! Joins files to the agendas that append them: a paper for each way in which a file is used.

use std::collections::{BTreeMap, BTreeSet};

use super::join::papers_of;
use super::missing::Missing;
use super::{is_hidden, paths};
use crate::appended::is_appendable;
use crate::finding::Place;
use crate::fs::has_ending;
use crate::model::agenda::{PaperUse, Wanted};
use crate::model::{Appended, Paper, PaperKind, Workspace};

/// Pictures that texts can name: they lie about until one does, so nothing is said of them.
const FOR_TEXTS: [&str; 8] = ["png", "jpg", "jpeg", "tif", "tiff", "gif", "webp", "svg"];

/// Makes a paper of each use of a file, and gives the files that are not there.
///
/// The files themselves are not read here: a council may have thousands, and a build needs a few.
pub(super) fn papers(workspace: &mut Workspace, files: &[String]) -> Vec<Missing> {
    let mut missing = Vec::new();
    let all: BTreeSet<&str> = files.iter().map(String::as_str).collect();
    let mut papers: BTreeMap<String, Paper> = BTreeMap::new();
    for (from, use_) in uses(workspace) {
        let Wanted::File(appended) = &use_.wanted else { continue };
        if !is_appendable(&appended.file) {
            use_.path.clear();
        } else if all.contains(appended.file.as_str()) {
            use_.path = add(&mut papers, appended, use_.place);
        } else {
            missing.push(Missing { from, path: appended.file.clone(), is_file: true, place: use_.place });
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
    missing
}

/// Gives the files that can be suggested: none that is a picture of a text, which may be withheld itself.
pub(super) fn suggestible<'a>(files: &'a [String], pictures: &[(String, Place)]) -> Vec<&'a str> {
    let in_texts: BTreeSet<&str> = pictures.iter().map(|(path, _)| path.as_str()).collect();
    let known = files.iter().map(String::as_str);
    known.filter(|path| is_appendable(path) && !is_hidden(path) && !in_texts.contains(path)).collect()
}

/// Gives every use of a paper with the path of the file that says so, those in standing items included.
fn uses(workspace: &mut Workspace) -> Vec<(String, &mut PaperUse)> {
    let mut uses: Vec<(String, &mut PaperUse)> = Vec::new();
    let sources = &workspace.sources;
    for agenda in workspace.meetings.values_mut() {
        let path = agenda.path.clone();
        uses.extend(papers_of(agenda).map(|use_| (path.clone(), use_)));
    }
    let bodies = workspace.bodies.values_mut().flat_map(|body| body.standing.as_written_mut().values_mut());
    for item in workspace.council.standing.as_written_mut().values_mut().chain(bodies) {
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
        withheld: None.into(),
        body: paths::body_of(&appended.file).map(str::to_owned),
        kind: PaperKind::Appended(Box::new(appended.clone())),
    };
    papers.insert(key.clone(), paper);
    key
}
