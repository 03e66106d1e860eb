//! Pages as fax machines pack them (CCITT T.4, one-dimensional), which the reader of TIFF leaves out.

use fax::decoder::decode_g3;

use super::super::Unusable;
use super::colours::Read;
use super::directory::{Directory, Page};

/// End of a line (T.4, 4.1.2), for the last line of a strip, which often has none.
const END_OF_LINE: [u8; 2] = [0x00, 0x01];

/// Unpacks a page into bits, black as 0.
pub(super) fn read(bytes: &[u8], page: &Page, directory: &Directory) -> Result<Read, Unusable> {
    if page.fax_options & 1 != 0 {
        return Err(Unusable::Packing("CCITT group 3, two-dimensional".into()));
    }
    let width = u16::try_from(page.width).map_err(|_| Unusable::Damaged)?;
    let stride = usize::from(width).div_ceil(8);
    let height = page.height as usize;
    let mut bits = vec![0xFF; stride * height];
    let strips = directory.strips(bytes);
    // Strips that lie over each other would be read without end.
    if strips.iter().map(|(_, length)| length).sum::<usize>() > bytes.len() {
        return Err(Unusable::Damaged);
    }
    let rows_per_strip = (page.rows_per_strip as usize).clamp(1, height);
    if strips.len() < height.div_ceil(rows_per_strip) {
        return Err(Unusable::CutOff);
    }
    for (strip, rows) in strips.into_iter().zip(bits.chunks_mut(stride * rows_per_strip)) {
        let (offset, length) = strip;
        let strip = bytes.get(offset..offset.saturating_add(length)).ok_or(Unusable::CutOff)?;
        let mut rows = rows.chunks_mut(stride);
        decode_g3(strip.iter().copied().chain(END_OF_LINE), |line| {
            if let Some(row) = rows.next() {
                draw(line, width, row);
            }
        });
        if rows.next().is_some() {
            return Err(Unusable::CutOff);
        }
    }
    if !page.inverted {
        // The file says that 0 is black, and fax calls black 1: what it calls black is white.
        bits = bits.into_iter().map(|byte| !byte).collect();
    }
    Ok(Read::Bits(bits))
}

/// Draws a line of which the places are given where its colour changes, from white.
fn draw(line: &[u16], width: u16, row: &mut [u8]) {
    for run in line.chunks(2) {
        let end = run.get(1).map_or(width, |end| *end).min(width);
        for at in run[0]..end {
            row[usize::from(at) / 8] &= !(0x80 >> (at % 8));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::draw;

    #[test]
    fn runs_of_black_are_drawn() {
        let mut row = [0xFF; 2];
        draw(&[1, 3, 7, 9, 11], 12, &mut row);
        assert_eq!(row, [0b1001_1110, 0b0110_1111]);
    }
}
