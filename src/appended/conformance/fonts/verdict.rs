//! What is wrong with one glyph that is shown.

/// Faults of a glyph, as bits.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Verdict(u8);

impl Verdict {
    /// The program has no such glyph (ISO 19005-2, 6.2.11.4.1).
    pub(crate) const MISSING: Self = Self(1);
    /// Its width is not that of the program (6.2.11.5).
    pub(crate) const WIDTH: Self = Self(2);
    /// It is the box for glyphs that are not there (6.2.11.8).
    pub(crate) const NOTDEF: Self = Self(4);
    /// It has no text (6.2.11.7.2).
    pub(crate) const SILENT: Self = Self(8);
    /// Its text is one that stands for nothing.
    pub(crate) const WRONG_TEXT: Self = Self(16);
    /// Its text is for private use (6.2.11.7.3).
    pub(crate) const PRIVATE: Self = Self(32);

    /// Adds faults.
    pub(crate) fn add(&mut self, other: Self) {
        self.0 |= other.0;
    }

    /// Adds faults when they are so.
    pub(crate) fn add_if(&mut self, so: bool, other: Self) {
        if so {
            self.add(other);
        }
    }

    /// Whether it has these faults.
    pub(crate) fn has(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// Judges the text of a glyph.
    pub(crate) fn text(&mut self, text: Option<&str>) {
        let Some(text) = text else {
            self.add(Self::SILENT);
            return;
        };
        self.add_if(text.contains(['\0', '\u{FEFF}', '\u{FFFE}']), Self::WRONG_TEXT);
        let private =
            |c: char| matches!(c, '\u{E000}'..='\u{F8FF}' | '\u{F0000}'..='\u{FFFFD}' | '\u{100000}'..='\u{10FFFD}');
        self.add_if(text.contains(private), Self::PRIVATE);
    }

    /// Judges the width in the file against that of the program, in thousandths.
    pub(crate) fn width(&mut self, file: f64, program: f64) {
        self.add_if((file - program).abs() > 1.0, Self::WIDTH);
    }
}
