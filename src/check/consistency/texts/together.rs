//! An agenda with all of its papers, or a paper that no agenda takes: what must agree.

use std::ops::Range;

use crate::check::passages::{self, Passage};
use crate::check::reading::{Reading, Source};
use crate::finding::Place;
use crate::model::visit::Visitor;
use crate::model::{Paper, PaperKind, Workspace};

/// Texts that are read side by side.
pub(super) struct Together<'a> {
    /// Everything else.
    pub(super) workspace: &'a Workspace,
    source: Source<'a>,
    papers: Vec<&'a Paper>,
    /// Passages of the agenda, then those of each paper.
    texts: Vec<Vec<Passage>>,
}

impl<'a> Together<'a> {
    /// Gathers the papers of a reading's agenda; nothing for a paper that will be read with an agenda.
    pub(super) fn of(reading: &Reading<'a>) -> Option<Self> {
        let workspace = reading.workspace;
        let mut papers: Vec<&Paper> = Vec::new();
        match reading.source {
            Source::Agenda(agenda) => {
                for one in agenda.papers() {
                    let known = workspace.papers.get(&one.path);
                    if let Some(paper) = known.filter(|paper| !papers.iter().any(|other| other.path == paper.path)) {
                        papers.push(paper);
                    }
                }
            }
            Source::Paper(_) if reading.meetings.is_empty() => {}
            Source::Paper(_) => return None,
        }
        let texts =
            std::iter::once(reading.passages.clone()).chain(papers.iter().map(|paper| passages::of_paper(paper)));
        Some(Self { workspace, source: reading.source, papers: papers.clone(), texts: texts.collect() })
    }

    /// Gives every passage.
    pub(super) fn passages(&self) -> impl Iterator<Item = &Passage> {
        self.texts.iter().flatten()
    }

    /// Gives the passages of each text, with whether it is minutes of an earlier meeting.
    pub(super) fn each(&self) -> impl Iterator<Item = (&[Passage], bool)> {
        let first = matches!(self.source, Source::Paper(Paper { kind: PaperKind::Minutes(_), .. }));
        let minutes = self.papers.iter().map(|paper| matches!(paper.kind, PaperKind::Minutes(_)));
        self.texts.iter().map(Vec::as_slice).zip(std::iter::once(first).chain(minutes))
    }

    /// Shows every text and person to a visitor.
    pub(super) fn visit(&self, visitor: &mut dyn Visitor<'a>) {
        match self.source {
            Source::Agenda(agenda) => agenda.visit(visitor),
            Source::Paper(paper) => paper.visit(visitor),
        }
        self.papers.iter().for_each(|paper| paper.visit(visitor));
    }

    /// Gives the place of a byte range of a passage's words.
    pub(super) fn place(&self, passage: &Passage, range: Range<usize>) -> Place {
        passage.place(range, &self.workspace.sources)
    }
}
