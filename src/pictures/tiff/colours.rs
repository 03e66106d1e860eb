//! From the numbers of a TIFF page to colours.

use image::{DynamicImage, GrayAlphaImage, GrayImage, RgbImage, RgbaImage};
use tiff::ColorType;

use super::super::{Unusable, unpack};
use super::directory::Page;

/// A page as it was read.
pub(super) enum Read {
    /// One bit a dot, black as 0, lines beginning at whole bytes.
    Bits(Vec<u8>),
    /// Dots of 8 bits a channel.
    Image(DynamicImage),
    /// Dots that were inks.
    FromCmyk(DynamicImage),
}

/// Makes a picture of numbers of 8 bits, or of bits when it has fewer.
pub(super) fn read(
    mut samples: Vec<u8>,
    planes: Option<usize>,
    kind: ColorType,
    page: &Page,
) -> Result<Read, Unusable> {
    let (width, height) = (page.width, page.height);
    let dots = width as usize * height as usize;
    if let ColorType::Gray(depth @ (1 | 2 | 4)) = kind {
        if page.inverted {
            samples = samples.into_iter().map(|byte| !byte).collect();
        }
        if depth == 1 && page.palette.is_none() {
            return Ok(Read::Bits(samples));
        }
        let numbers = unpack(&samples, (width as usize, height as usize), depth.into());
        return match &page.palette {
            Some(palette) => painted(&numbers, palette, page),
            None => {
                let step = u8::MAX / ((1 << depth) - 1);
                let grey = numbers.into_iter().map(|number| number * step).collect();
                image(GrayImage::from_raw(width, height, grey).map(Into::into)).map(Read::Image)
            }
        };
    }
    let channels = usize::from(kind.num_samples());
    if let Some(plane) = planes {
        samples = (0..dots)
            .flat_map(|dot| (0..channels).map(move |channel| channel * plane + dot))
            .map(|at| samples.get(at).copied().ok_or(Unusable::CutOff))
            .collect::<Result<_, _>>()?;
    }
    if samples.len() < dots * channels {
        return Err(Unusable::CutOff);
    }
    samples.truncate(dots * channels);
    if page.inverted && channels == 1 {
        samples = samples.into_iter().map(|sample| !sample).collect();
    }
    Ok(Read::Image(image(match kind {
        ColorType::Gray(8) if page.palette.is_some() => {
            return painted(&samples, page.palette.as_deref().unwrap_or_default(), page);
        }
        ColorType::Gray(8 | 16) => GrayImage::from_raw(width, height, samples).map(Into::into),
        ColorType::GrayA(8 | 16) | ColorType::Multiband { bit_depth: 8 | 16, num_samples: 2 } => {
            GrayAlphaImage::from_raw(width, height, samples).map(Into::into)
        }
        ColorType::RGB(8 | 16) => RgbImage::from_raw(width, height, samples).map(Into::into),
        ColorType::RGBA(8 | 16) => RgbaImage::from_raw(width, height, samples).map(Into::into),
        ColorType::YCbCr(8) => {
            let rgb = samples.chunks_exact(3).flat_map(|dot| from_ycc([dot[0], dot[1], dot[2]])).collect();
            RgbImage::from_raw(width, height, rgb).map(Into::into)
        }
        ColorType::CMYK(8 | 16) | ColorType::CMYKA(8 | 16) => {
            let rgb = samples.chunks_exact(channels).flat_map(|dot| from_cmyk([dot[0], dot[1], dot[2], dot[3]]));
            let rgb = RgbImage::from_raw(width, height, rgb.collect()).map(Into::into);
            return image(rgb).map(Read::FromCmyk);
        }
        _ => return Err(Unusable::Packing("TIFF with rare colours".into())),
    })?))
}

/// Makes a grey picture of bits.
pub(super) fn grey(bits: &[u8], width: u32, height: u32) -> Result<DynamicImage, Unusable> {
    let dots = unpack(bits, (width as usize, height as usize), 1).into_iter().map(|bit| bit * u8::MAX).collect();
    image(GrayImage::from_raw(width, height, dots).map(Into::into))
}

fn image(image: Option<DynamicImage>) -> Result<DynamicImage, Unusable> {
    image.ok_or(Unusable::CutOff)
}

fn painted(numbers: &[u8], palette: &[[u8; 3]], page: &Page) -> Result<Read, Unusable> {
    let colour = |number: &u8| palette.get(usize::from(*number)).copied().unwrap_or_default();
    let rgb = numbers.iter().flat_map(colour).collect();
    image(RgbImage::from_raw(page.width, page.height, rgb).map(Into::into)).map(Read::Image)
}

/// Turns inks into light without regard to the printing press.
#[allow(clippy::cast_possible_truncation)] // The quotient is at most 255.
fn from_cmyk([cyan, magenta, yellow, black]: [u8; 4]) -> [u8; 3] {
    let light = |ink: u8| (u32::from(u8::MAX - ink) * u32::from(u8::MAX - black) / 255) as u8;
    [light(cyan), light(magenta), light(yellow)]
}

/// Turns luminance and colour differences into light (TIFF 6.0, section 21, with its usual coefficients).
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // Held between 0 and 255.
fn from_ycc([luma, blue, red]: [u8; 3]) -> [u8; 3] {
    let (luma, blue, red) = (i32::from(luma) << 16, i32::from(blue) - 128, i32::from(red) - 128);
    let byte = |value: i32| ((value + (1 << 15)) >> 16).clamp(0, 255) as u8;
    [byte(luma + 91_881 * red), byte(luma - 22_554 * blue - 46_802 * red), byte(luma + 116_130 * blue)]
}

#[cfg(test)]
mod tests {
    use super::{from_cmyk, from_ycc};

    #[test]
    fn inks_become_light() {
        assert_eq!(from_cmyk([0, 0, 0, 0]), [255, 255, 255]);
        assert_eq!(from_cmyk([255, 0, 0, 0]), [0, 255, 255]);
        assert_eq!(from_cmyk([9, 9, 9, 255]), [0, 0, 0]);
        assert_eq!(from_ycc([76, 85, 255]), [254, 0, 0]);
        assert_eq!(from_ycc([255, 128, 128]), [255, 255, 255]);
    }
}
