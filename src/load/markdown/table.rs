//! Tables.

use std::ops::Range;

use pulldown_cmark::{Alignment, Event, Tag};

use super::Reader;
use crate::load::tables::check_row;
use crate::model::text::{Align, Block, Inline, Table};

crate::finding::rule! {
    /// Each row of a table needs as many cells as its header. Markdown would drop or invent cells
    /// silently. Write \| for a bar that is part of the text.
    RAGGED_TABLE = "T0006", Text, Error, guarded, "a table row with too many or too few cells";
}

impl Reader<'_> {
    pub(super) fn table(&mut self, columns: &[Alignment], range: &Range<usize>) -> Block {
        let align = |column: &Alignment| match column {
            Alignment::Center => Align::Centre,
            Alignment::Right => Align::Right,
            Alignment::None | Alignment::Left => Align::Left,
        };
        let mut header = Vec::new();
        let mut rows = Vec::new();
        while let Some((Event::Start(tag), row_range)) = self.events.get(self.at).cloned() {
            self.at += 1;
            let cells = self.row();
            if matches!(tag, Tag::TableHead) {
                header = cells;
            } else {
                if let Some(message) = check_row(&self.text[row_range.clone()], columns.len()) {
                    self.cx.log.add(
                        self.finding(&RAGGED_TABLE, &row_range, message)
                            .help("give each row as many cells as the header; write \\| for a bar in the text"),
                    );
                }
                rows.push(cells);
            }
        }
        self.at += 1;
        rows.shrink_to_fit();
        Block::Table(Table { columns: columns.iter().map(align).collect(), header, rows, place: self.place(range) })
    }

    fn row(&mut self) -> Vec<Vec<Inline>> {
        let mut cells = Vec::new();
        while let Some((Event::Start(Tag::TableCell), _)) = self.events.get(self.at) {
            self.at += 1;
            let cell = self.inlines();
            cells.push(self.without_pictures(cell));
            self.at += 1;
        }
        self.at += 1;
        cells.shrink_to_fit();
        cells
    }
}
