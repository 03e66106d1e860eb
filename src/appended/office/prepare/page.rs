//! The page that a sheet is printed on where its author set none up.

/// Width of A4 between margins of 2 cm, upright, in points.
const UPRIGHT: f64 = 480.0;
/// The same, lying.
const LYING: f64 = 730.0;
/// The least size at which a sheet is printed on A4 rather than on A3.
const LEAST: f64 = 0.7;

/// A sheet's page: always one page wide, and as many high as it needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Page {
    /// A4, upright.
    Upright,
    /// A4, lying.
    Lying,
    /// A3, lying.
    LyingA3,
}

impl Page {
    /// Gives the page on which cells of this width in points are largest without being small on it.
    pub(crate) fn fitting(width: f64) -> Self {
        if width <= UPRIGHT {
            Self::Upright
        } else if LYING / width >= LEAST {
            Self::Lying
        } else {
            Self::LyingA3
        }
    }

    /// Gives the attributes of `pageSetup` (ECMA-376, part 1, 18.3.1.63).
    pub(crate) fn excel(self) -> String {
        let (paper, orientation) = match self {
            Self::Upright => (9, "portrait"),
            Self::Lying => (9, "landscape"),
            Self::LyingA3 => (8, "landscape"),
        };
        format!("paperSize=\"{paper}\" orientation=\"{orientation}\" fitToWidth=\"1\" fitToHeight=\"0\"")
    }

    /// Gives width, height and orientation as OpenDocument has them.
    pub(crate) fn opendocument(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Self::Upright => ("21cm", "29.7cm", "portrait"),
            Self::Lying => ("29.7cm", "21cm", "landscape"),
            Self::LyingA3 => ("42cm", "29.7cm", "landscape"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wider_sheets_get_wider_pages() {
        assert_eq!(Page::fitting(300.0), Page::Upright);
        assert_eq!(Page::fitting(900.0), Page::Lying);
        assert_eq!(Page::fitting(2000.0), Page::LyingA3);
    }
}
