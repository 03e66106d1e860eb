//! Briefing notes and plain papers.

use chrono::NaiveDate;

use super::declare::record;
use super::people::PersonRef;
use super::text::{LinesOrNone, PaperText};
use super::{Line, Text};

record! {
    /// A briefing note.
    pub struct BriefingNote: "the briefing note" {
        /// The subject.
        title: Line,
        /// The body that it is for: its id, or words, or a list of them. The body of the meeting, when left out.
        to: Vec<Text> as body,
        /// Who sends it: a line, or the id of a person or post.
        from: Option<Line> as name,
        /// Its date, such as 2026-09-16; that of the meeting when left out.
        date: Option<NaiveDate>,
        /// The note, behind `|`, with `# Section` headings.
        body["text"]: PaperText,
        /// Who wrote it; posts, telephones and e-mail addresses are printed.
        authors: Vec<PersonRef>,
        /// Appendices, listed at the end.
        appendices: LinesOrNone = LinesOrNone::default(),
        /// Background papers (section 100D), or `None`.
        background["background_papers"]: Option<LinesOrNone>,
    }
}

record! {
    /// A paper of no special kind.
    pub struct PlainPaper: "the paper" {
        /// The title.
        title: Line,
        /// A line below the title.
        subtitle: Option<Line>,
        /// Its date, such as 2026-09-16.
        date: Option<NaiveDate>,
        /// Who wrote it.
        authors: Vec<PersonRef>,
        /// `true` numbers its paragraphs.
        numbered: bool = false,
        /// `true` turns its pages, for wide tables.
        landscape: bool = false,
        /// The paper, behind `|`.
        body["text"]: PaperText,
    }
}
