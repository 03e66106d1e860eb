//! The texts that were read, in which findings have their places.

use std::sync::{Arc, OnceLock};

use super::Place;

/// How many bytes of a text lie between two points whose line and column are kept: with thousands of findings in a
/// text, none is counted from its start.
const STRETCH: usize = 1024;

/// One file that was read, kept for showing its lines.
#[derive(Debug, Clone)]
pub struct Source {
    /// Path below the workspace, with `/` between its parts.
    pub path: String,
    /// Text as read; empty when the file could not be read.
    pub text: String,
    /// Bytes of the text with their lines and columns, from its start on.
    points: OnceLock<Vec<(usize, LineColumn)>>,
}

/// Every file that was read, in the order of reading.
#[derive(Debug, Clone, Default)]
pub struct Sources {
    /// Shared, so that whoever keeps findings can keep the texts with them.
    files: Arc<Vec<Source>>,
}

/// A line and column, both counted from 1; the column counts characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LineColumn {
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
}

impl LineColumn {
    const START: Self = Self { line: 1, column: 1 };

    /// Gives what comes behind a character.
    fn behind(self, character: char) -> Self {
        match character {
            '\n' => Self { line: self.line + 1, column: 1 },
            // A byte order mark is not seen.
            '\u{feff}' if self.column == 1 => self,
            _ => Self { column: self.column + 1, ..self },
        }
    }
}

impl Source {
    fn position(&self, at: usize) -> LineColumn {
        let at = self.text.floor_char_boundary(at);
        let points = self.points.get_or_init(|| {
            let mut points = vec![(0, LineColumn::START)];
            let mut position = LineColumn::START;
            for (start, character) in self.text.char_indices() {
                if start >= points.len() * STRETCH {
                    points.push((start, position));
                }
                position = position.behind(character);
            }
            points
        });
        let before = points.partition_point(|(point, _)| *point <= at);
        let (point, position) = before.checked_sub(1).map_or((0, LineColumn::START), |index| points[index]);
        self.text[point..at].chars().fold(position, LineColumn::behind)
    }
}

impl Sources {
    /// Adds a file and gives its index.
    pub(crate) fn add(&mut self, path: String, text: String) -> u32 {
        Arc::make_mut(&mut self.files).push(Source { path, text, points: OnceLock::new() });
        u32::try_from(self.files.len() - 1).unwrap_or(u32::MAX)
    }

    /// Gives the file of an index.
    pub fn get(&self, source: u32) -> Option<&Source> {
        self.files.get(source as usize)
    }

    /// Gives all files in the order of reading.
    pub(crate) fn all(&self) -> &[Source] {
        &self.files
    }

    /// Gives the path of the file that a place lies in.
    pub fn path(&self, place: Place) -> &str {
        self.get(place.source).map_or("", |file| &file.path)
    }

    /// Gives line and column of a place's end: of what comes behind its last character.
    pub(crate) fn end(&self, place: Place) -> LineColumn {
        self.position(Place { start: place.end.max(place.start), ..place })
    }

    /// Gives line and column of a place's first byte.
    pub fn position(&self, place: Place) -> LineColumn {
        self.get(place.source).map_or(LineColumn::START, |file| file.position(place.start as usize))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_counted_in_lines_and_characters() {
        let text = format!("\u{feff}kind: paper\n{}é end\n\u{feff}x\r\n", "long é words ".repeat(500));
        let mut sources = Sources::default();
        let source = sources.add("a.yaml".into(), text.clone());
        for at in 0..=text.len() + 5 {
            let before = &text[..text.floor_char_boundary(at)];
            let line = before.rsplit('\n').next().expect("a line");
            let expected = LineColumn {
                line: before.matches('\n').count() + 1,
                column: line.trim_start_matches('\u{feff}').chars().count() + 1,
            };
            let start = u32::try_from(at).expect("short");
            assert_eq!(sources.position(Place { source, start, end: start }), expected, "{at}");
        }
    }
}
