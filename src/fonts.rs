//! The only fonts that are ever used: those of `fonts/`, built in, and those of a workspace.
//!
//! No font of the machine is looked at, so output is the same everywhere. The order decides which
//! font helps out where another lacks a character.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use typst::foundations::Bytes;
use typst::text::Font;

pub(crate) mod faults;

macro_rules! built_in {
    ($($path:literal),* $(,)?) => {
        &[$(($path, include_bytes!(concat!("../fonts/", $path)))),*]
    };
}

/// Built-in files of `fonts/`, in the order in which they help each other out.
pub(crate) static BUILT_IN: &[(&str, &[u8])] = built_in![
    "source-sans-pro/SourceSansPro-Regular.ttf",
    "source-sans-pro/SourceSansPro-It.ttf",
    "source-sans-pro/SourceSansPro-Semibold.ttf",
    "source-sans-pro/SourceSansPro-SemiboldIt.ttf",
    "source-sans-pro/SourceSansPro-Bold.ttf",
    "source-sans-pro/SourceSansPro-BoldIt.ttf",
    "noto-sans/NotoSans-Regular.ttf",
    "noto-sans/NotoSans-Bold.ttf",
    "noto-sans/NotoSansArabic-Regular.ttf",
    "noto-sans/NotoSansArabic-Bold.ttf",
    "noto-sans/NotoSansHebrew-Regular.ttf",
    "noto-sans/NotoSansHebrew-Bold.ttf",
    "noto-sans/NotoSansDevanagari-Regular.ttf",
    "noto-sans/NotoSansDevanagari-Bold.ttf",
    "noto-sans/NotoSansBengali-Regular.ttf",
    "noto-sans/NotoSansBengali-Bold.ttf",
    "noto-sans/NotoSansGujarati-Regular.ttf",
    "noto-sans/NotoSansGujarati-Bold.ttf",
    "noto-sans/NotoSansGurmukhi-Regular.ttf",
    "noto-sans/NotoSansGurmukhi-Bold.ttf",
    "noto-sans/NotoSansTamil-Regular.ttf",
    "noto-sans/NotoSansTamil-Bold.ttf",
    "noto-sans/NotoSansSymbols2-Regular.ttf",
];

/// Fonts in the order in which they help each other out.
#[derive(Debug, Clone)]
pub struct Fonts {
    fonts: Vec<Font>,
    /// The files of a workspace's fonts.
    own: Vec<Bytes>,
}

impl Fonts {
    /// Gives the built-in fonts and, before them, those of a workspace's `fonts/` folder.
    pub fn with(own: &BTreeMap<String, Vec<u8>>) -> Self {
        Self::with_files(own.values().map(|data| Bytes::new(data.clone())).collect())
    }

    /// Gives the built-in fonts and, before them, those of files.
    pub(crate) fn with_files(own: Vec<Bytes>) -> Self {
        let mut fonts: Vec<Font> = own.iter().flat_map(|data| Font::iter(data.clone())).collect();
        fonts.extend_from_slice(built_in());
        Self { fonts, own }
    }

    /// Gives the files of a workspace's fonts.
    pub(crate) fn own(&self) -> &[Bytes] {
        &self.own
    }

    /// Gives the fonts.
    pub(crate) fn all(&self) -> &[Font] {
        &self.fonts
    }

    /// Tells whether any font has a shape for a character, or needs none.
    pub(crate) fn cover(&self, character: char) -> bool {
        character.is_whitespace()
            || matches!(character, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{ad}')
            || self.fonts.iter().any(|font| font.info().coverage.contains(u32::from(character)))
    }

    /// Tells whether a font family of this name is there.
    pub(crate) fn has_family(&self, family: &str) -> bool {
        self.fonts.iter().any(|font| font.info().family.eq_ignore_ascii_case(family))
    }
}

fn built_in() -> &'static [Font] {
    static FONTS: OnceLock<Vec<Font>> = OnceLock::new();
    FONTS.get_or_init(|| BUILT_IN.iter().filter_map(|(_, data)| Font::new(Bytes::new(*data), 0)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cover_the_scripts_of_a_british_council() {
        let fonts = Fonts::with(&BTreeMap::new());
        assert_eq!(fonts.all().len(), BUILT_IN.len());
        for character in "Siân Łukasz Zoë £ € – ‘’ “” • ਪੰਜਾਬੀ اردو বাংলা ગુજરાતી தமிழ் हिन्दी עברית Ελλάδα Київ".chars()
        {
            assert!(fonts.cover(character), "{character}");
        }
        assert!(!fonts.cover('\u{1f600}'));
        assert!(fonts.has_family("source sans pro"));
    }
}
