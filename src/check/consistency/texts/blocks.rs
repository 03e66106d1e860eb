//! Every text of a source as blocks, with what it is that they belong to.

use crate::check::reading::{Reading, Source};
use crate::model::text::Block;
use crate::model::visit::Visitor;
use crate::model::{Line, Paper, PaperKind, Prose};

/// Texts of blocks.
#[derive(Default)]
pub(super) struct Texts<'a> {
    pub(super) blocks: Vec<&'a [Block]>,
}

impl<'a> Visitor<'a> for Texts<'a> {
    fn blocks(&mut self, blocks: &'a [Block]) {
        self.blocks.push(blocks);
    }
}

impl<'a> Texts<'a> {
    /// Gathers those of a reading.
    pub(super) fn of(reading: &Reading<'a>) -> Self {
        let mut texts = Self::default();
        reading.visit(&mut texts);
        texts
    }

    /// Gives every list of blocks, those inside lists and quotations as well.
    pub(super) fn each(&self) -> Vec<&'a [Block]> {
        let mut all = Vec::new();
        self.blocks.iter().for_each(|blocks| inside(blocks, &mut all));
        all
    }
}

fn inside<'a>(blocks: &'a [Block], all: &mut Vec<&'a [Block]>) {
    all.push(blocks);
    for block in blocks {
        match block {
            Block::List { items, .. } => items.iter().for_each(|item| inside(item, all)),
            Block::Quote(inner) => inside(inner, all),
            _ => {}
        }
    }
}

/// Gives the texts of a paper that go on from a line of their own: recommendations, and what is resolved.
pub(super) fn led<'a>(reading: &Reading<'a>) -> Vec<(Option<&'a Line>, &'a Prose)> {
    match reading.source {
        Source::Paper(Paper { kind: PaperKind::Report(report), .. }) => {
            report.recommendations.iter().map(|one| (one.to.as_ref(), &one.text)).collect()
        }
        Source::Paper(Paper { kind: PaperKind::Minutes(minutes), .. }) => {
            minutes.records().filter_map(|record| Some((None, record.resolved.as_ref()?))).collect()
        }
        _ => Vec::new(),
    }
}

/// Gives the blocks of a paper whose paragraphs are numbered.
pub(super) fn numbered<'a>(reading: &Reading<'a>) -> Option<&'a [Block]> {
    match reading.source {
        Source::Paper(Paper { kind: PaperKind::BriefingNote(note), .. }) => Some(&note.body.blocks),
        Source::Paper(Paper { kind: PaperKind::Report(report), .. }) => Some(&report.body.blocks),
        Source::Paper(Paper { kind: PaperKind::Plain(plain), .. }) => plain.numbered.then_some(&plain.body.blocks),
        _ => None,
    }
}
