//! What would be issued now: made from the sources as they lie, and compared with the last issue.

use std::collections::BTreeMap;
use std::path::Path;

use super::IssueFailure;
use super::last::Last;
use super::prepare::{Made, Order, Workshop};
use crate::finding::{Finding, Log, Place, Sources};
use crate::fs;
use crate::model::agenda::Agenda;
use crate::packs::Project;

/// What would be issued now.
#[derive(Debug)]
pub(crate) struct Draft {
    /// The files that it is made from, by path below the workspace.
    pub(crate) inputs: BTreeMap<String, Vec<u8>>,
    /// Texts in which the findings of making it have their places.
    pub(crate) sources: Sources,
    /// The issue, unless something stands in its way.
    pub(crate) made: Option<Made>,
}

/// Makes what would be issued now. Problems of the appended files and of typesetting go to the log,
/// with their places in the draft's sources.
pub(crate) fn draft(
    project: &Project,
    root: &Path,
    agenda: &Agenda,
    order: &Order,
    last: Option<&Last>,
    workshop: &Workshop,
    log: &Log,
) -> Result<Draft, IssueFailure> {
    // Office documents are converted in the workspace, where their PDFs are kept.
    let receiving = log.another();
    if !project.receive(agenda, &receiving, workshop.progress) {
        log.extend(receiving.sorted());
        let sources = project.workspace.sources.clone();
        return Ok(Draft { inputs: BTreeMap::new(), sources, made: None });
    }
    let inputs = match fs::read_at_once(root, &project.inputs(agenda)) {
        Ok(inputs) => inputs,
        Err(problems) => {
            let mut sources = project.workspace.sources.clone();
            for problem in problems {
                let place = Place { source: sources.add(problem.path, String::new()), start: 0, end: 0 };
                log.add(Finding::new(problem.rule, place, problem.message).help(problem.help));
            }
            return Ok(Draft { inputs: BTreeMap::new(), sources, made: None });
        }
    };
    let (sources, made) = workshop.make(&inputs, order, last, log)?;
    Ok(Draft { inputs, sources, made })
}
