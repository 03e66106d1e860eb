//! What stands in an operation and draws nothing, so that no viewer shows it and anyone can read it.

use std::ops::Range;

use super::{Operand, Operation, Token, operations};

/// Operators with the number of their operands, where that is fixed. (ISO 32000-1, annex A.)
const FIXED: [(usize, &[&[u8]]); 6] = [
    (0, &[b"q", b"Q", b"h", b"S", b"s", b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*", b"n", b"W", b"W*"]),
    (0, &[b"BT", b"ET", b"T*", b"EMC", b"BX", b"EX"]),
    (1, &[b"w", b"J", b"j", b"M", b"ri", b"i", b"gs", b"Tc", b"Tw", b"Tz", b"TL", b"Tr", b"Ts", b"Tj", b"TJ", b"'"]),
    (1, &[b"CS", b"cs", b"G", b"g", b"sh", b"Do", b"MP", b"BMC", b"BI"]),
    (2, &[b"d", b"m", b"l", b"Td", b"TD", b"Tf", b"d0", b"DP", b"BDC"]),
    (3, &[b"\"", b"RG", b"rg"]),
];
/// The others of them.
const LONGER: [(usize, &[&[u8]]); 2] = [(4, &[b"v", b"y", b"re", b"K", b"k"]), (6, &[b"cm", b"c", b"Tm", b"d1"])];
/// Operators with as many operands as their colour space asks for.
const OF_COLOURS: [&[u8]; 4] = [b"SC", b"SCN", b"sc", b"scn"];

/// Gives what of an operation draws nothing: all of it where no viewer knows its operator, and operands that the
/// operator does not take.
pub(crate) fn superfluous(bytes: &[u8], operation: &Operation) -> Vec<Range<usize>> {
    let mut fixed = FIXED.iter().chain(&LONGER);
    let taken = fixed.find(|(_, operators)| operators.contains(&operation.operator)).map(|(taken, _)| *taken);
    let operands = &operation.operands;
    let takes_words = matches!(operation.operator, b"Tj" | b"TJ" | b"'" | b"\"" | b"BDC" | b"DP" | b"BI");
    match taken {
        None if !OF_COLOURS.contains(&operation.operator) => vec![operation.range.clone()],
        // The usual case is decided without reading it again.
        _ if operands.len() <= taken.unwrap_or(usize::MAX) && (takes_words || !operands.iter().any(is_words)) => {
            Vec::new()
        }
        _ => {
            let mut all = operands_of(bytes, operation);
            let mut left_out = Vec::new();
            if !takes_words {
                left_out.extend(all.iter().filter(|(_, is_words)| *is_words).map(|(range, _)| range.clone()));
                all.retain(|(_, is_words)| !is_words);
            }
            // Viewers take the last.
            let more = all.len().saturating_sub(taken.unwrap_or(usize::MAX));
            left_out.extend(all.into_iter().take(more).map(|(range, _)| range));
            left_out.sort_by_key(|range| range.start);
            left_out
        }
    }
}

/// Tells whether an operand can hold words.
fn is_words(operand: &Operand) -> bool {
    matches!(operand, Operand::String(_) | Operand::Dictionary(_))
}

/// Gives where the operands of an operation stand, and whether they can hold words.
fn operands_of(bytes: &[u8], operation: &Operation) -> Vec<(Range<usize>, bool)> {
    let mut tokens = operations(&bytes[..operation.range.end]);
    tokens.at = operation.range.start;
    let mut found = Vec::new();
    loop {
        tokens.skip_space();
        let from = tokens.at;
        match tokens.token(0) {
            Some(Token::Operand(operand)) => found.push((from..tokens.at, is_words(&operand))),
            Some(Token::Stray) => {}
            Some(Token::Operator(_)) | None => return found,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn left(bytes: &str) -> String {
        let mut left = bytes.to_owned();
        for operation in operations(bytes.as_bytes()).collect::<Vec<_>>().iter().rev() {
            for range in superfluous(bytes.as_bytes(), operation).into_iter().rev() {
                left.replace_range(range, "");
            }
        }
        left.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn what_draws_nothing_is_found_in_operations() {
        for (bytes, drawn) in [
            ("(Ann) q (b) Tj Q", "q (b) Tj Q"),
            ("(Ann) (b) Tj", "(b) Tj"),
            ("/Ann 1 0 0 1 (Bob) 0 0 cm", "1 0 0 1 0 0 cm"),
            ("(Ann) note 1 w", "1 w"),
            ("/P0 scn <</A (Ann)>> 0.5 0 sc", "/P0 scn 0.5 0 sc"),
            ("/Span <</ActualText (ffi)>> BDC (*) Tj EMC", "/Span <</ActualText (ffi)>> BDC (*) Tj EMC"),
            ("BI /W 1 /H 1 /BPC 8 /CS /G ID x EI", "BI /W 1 /H 1 /BPC 8 /CS /G ID x EI"),
            ("1 2 3 (b) \" [3 1] 0 d", "2 3 (b) \" [3 1] 0 d"),
        ] {
            assert_eq!(left(bytes), drawn, "{bytes}");
        }
    }
}
