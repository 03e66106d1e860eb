//! Whether there is memory enough for typesetting, asked before it begins.

use crate::compose::{Document, Pack};
use crate::finding::{Finding, Log};
use crate::progress::Progress;
use crate::render::Rendered;

/// Bytes of memory that typesetting takes at least for a byte of what papers are rendered to. Plain text takes 217 for
/// one compilation and 470 with its PDFs, packs of text, lists and small tables 1,200 to 1,300, footnotes 1,400, tables
/// 2,200: what fits is never refused, and what is not foreseen meets the watch over the run.
const LEAST: u64 = 200;

const MEGABYTE: u64 = 1024 * 1024;

crate::finding::rule! {
    /// Typesetting takes memory: 2 to 4 MB for a page of a pack, more for long tables and thousands of footnotes.
    /// Of what the machine has free a run takes nine tenths at most, so that the system does not end it without a
    /// word. Split the paper that is named, append its long tables as a PDF, or build on a machine with more
    /// memory. How many megabytes a run may hold is set by the environment variable BOARDPACK_MEMORY_MB.
    TOO_HEAVY = "F0015", Files, Error, guarded, pages, "a pack for which there is too little memory";
}

/// Tells whether the memory suffices by all that can be known before; where it does not, the log says so, and which
/// paper takes most of it.
pub(super) fn fits(pack: &Pack, rendered: &Rendered, progress: &dyn Progress, log: &Log) -> bool {
    let size = |document: &Document| rendered.files.get(&format!("papers/{}.typ", document.id)).map_or(0, Vec::len);
    let paper = pack.documents.iter().max_by_key(|document| size(document)).and_then(|document| pack.paper(document));
    let (largest, place) =
        paper.map_or((pack.agenda.path.as_str(), pack.agenda.place), |paper| (paper.source(), paper.place));
    progress.largest(largest);
    let bytes: usize = pack.documents.iter().map(size).sum();
    let needed = u64::try_from(bytes).unwrap_or(u64::MAX).saturating_mul(LEAST);
    let Some(left) = progress.memory_left().filter(|left| *left < needed) else { return true };
    let message = format!(
        "typesetting `{}` takes {} MB of memory or more, and {} MB are left: most of it is for `{largest}`",
        pack.agenda.id,
        needed.div_ceil(MEGABYTE),
        left / MEGABYTE
    );
    let help =
        "split the paper, append its long tables as a PDF, or set BOARDPACK_MEMORY_MB to more where the machine has it";
    log.add(Finding::new(&TOO_HEAVY, place, message).help(help));
    false
}
