//! What PDF/A asks of how contents are spelt. (ISO 19005-2, 6.1.6 and 6.1.13.)

/// What the spelling of contents breaks.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each says something of its own")]
pub(crate) struct Spelling {
    /// A hexadecimal string with an odd number of digits, or with other characters.
    pub(crate) bad_hex: bool,
    /// A string over 32767 bytes.
    pub(crate) long_text: bool,
    /// A name over 127 bytes.
    pub(crate) long_name: bool,
    /// A number out of range.
    pub(crate) number: bool,
    /// Something that is not closed, nested too deep, or that viewers read in ways of their own.
    pub(crate) broken: bool,
}

impl Spelling {
    /// Takes note of a number, and of the byte after it.
    pub(super) fn number(&mut self, written: &str, value: f64, next: Option<u8>) {
        self.number |= if written.contains('.') {
            value.abs() > 3.403e38 || (value != 0.0 && value.abs() < 1.175e-38)
        } else {
            !(-2_147_483_648.0..=2_147_483_647.0).contains(&value)
        };
        let has_digit = written.bytes().any(|byte| byte.is_ascii_digit());
        self.broken |= !has_digit || next.is_some_and(super::is_regular);
    }
}

#[cfg(test)]
mod tests {
    use super::Spelling;
    use crate::pdf::content::operations;

    fn spelling(bytes: &[u8]) -> Spelling {
        let mut all = operations(bytes);
        all.by_ref().for_each(drop);
        all.spelling()
    }

    #[test]
    fn finds_what_pdf_a_does_not_allow() {
        let fine = Spelling::default();
        let broken = Spelling { broken: true, ..fine };
        let bad_hex = Spelling { bad_hex: true, ..fine };
        let number = Spelling { number: true, ..fine };
        for (bytes, expected) in [
            (&b"q 1 -.5 +3 0 0 0 cm [(a) -250.5 <4A 4b>] TJ BI /W 1 ID x EI Q % (a"[..], fine),
            (b"/P <</MCID 0 /A [1 [2]]>> BDC EMC", fine),
            (b"<4> Tj", bad_hex),
            (b"<4g4> Tj", bad_hex),
            (b"3000000000 w", number),
            (b"0.000000000000000000000000000000000000000001 w", number),
            (b"12x w", broken),
            (b"- w", broken),
            (b"[(a) Tj", broken),
            (b"<< /A 1 > BDC", broken),
            (b"(a", broken),
            (b"<4a", broken),
            (b") q", broken),
            (b"BI /W 1 ID x", broken),
            (b"BI /W 1", broken),
            (b"[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]] d", broken),
        ] {
            assert_eq!(spelling(bytes), expected, "{}", String::from_utf8_lossy(bytes));
        }
        let long = |open: &str, close: &str| spelling(format!("{open}{}{close} x", "a".repeat(40_000)).as_bytes());
        assert_eq!(long("(", ")"), Spelling { long_text: true, ..fine });
        assert_eq!(long("/", ""), Spelling { long_name: true, ..fine });
    }
}
