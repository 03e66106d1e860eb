//! Widths of the fonts that every viewer has, for files that leave them out.
//! (ISO 32000-1, 9.6.2.2; widths as in Adobe's metrics of the 14 standard fonts.)

/// A line each of the widths of the characters from space to tilde, in thousandths of an em: Helvetica, its bold, Times,
/// its italic, bold and bold italic.
static WIDTHS: &str = include_str!("widths.txt");

/// Gives the width of a character of a standard font in em, by the name of the font.
pub(crate) fn width(font: &[u8], char: char) -> Option<f64> {
    let name = String::from_utf8_lossy(font);
    let (bold, slanted) = (name.contains("Bold"), name.contains("Italic") || name.contains("Oblique"));
    let line = if name.contains("Courier") {
        return Some(0.6);
    } else if name.contains("Helvetica") || name.contains("Arial") {
        usize::from(bold)
    } else if name.contains("Times") {
        2 + usize::from(slanted) + 2 * usize::from(bold)
    } else {
        return None;
    };
    let place = usize::try_from(u32::from(char).checked_sub(32)?).ok()?;
    let width: u16 = WIDTHS.lines().nth(line)?.split(' ').nth(place)?.parse().ok()?;
    Some(f64::from(width) / 1000.0)
}

#[cfg(test)]
mod tests {
    use super::width;

    #[test]
    fn knows_standard_fonts() {
        assert_eq!(width(b"Helvetica", 'A'), Some(0.667));
        assert_eq!(width(b"Times-BoldItalic", '~'), Some(0.57));
        assert_eq!([width(b"Courier", 'x'), width(b"Symbol", 'x'), width(b"Arial", '\n')], [Some(0.6), None, None]);
    }
}
