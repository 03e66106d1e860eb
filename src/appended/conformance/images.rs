//! Pictures: what PDF/A does not allow in their dictionaries (ISO 19005-2, 6.2.8).

use std::collections::HashMap;

use lopdf::Stream;

use super::colour::Colours;
use super::faults::Faults;
use super::scope::Scope;
use crate::pdf::content::Operand;
use crate::pdf::reader::{PdfReader, place};

/// Pictures checked so far.
#[derive(Default)]
pub(crate) struct Images {
    known: HashMap<(usize, usize), Vec<usize>>,
}

impl Images {
    /// Checks a picture and its masks.
    pub(crate) fn check<'a>(
        &mut self,
        reader: &PdfReader<'a>,
        faults: &mut Faults,
        colours: &mut Colours,
        image: &'a Stream,
        scope: &Scope<'a>,
    ) {
        let key = (place(image), scope.place());
        if let Some(reasons) = self.known.get(&key) {
            faults.again(reasons);
            return;
        }
        faults.begin();
        one(reader, faults, colours, image, scope, false);
        for key in [&b"SMask"[..], b"Mask"] {
            if let Some(mask) = reader.stream(&image.dict, key) {
                one(reader, faults, colours, mask, scope, key == b"Mask");
            }
        }
        let reasons = faults.end();
        self.known.insert(key, reasons);
    }
}

fn one<'a>(
    reader: &PdfReader<'a>,
    faults: &mut Faults,
    colours: &mut Colours,
    image: &'a Stream,
    scope: &Scope<'a>,
    stencil: bool,
) {
    let dict = &image.dict;
    if reader.truth(dict, b"Interpolate") == Some(true) {
        faults.archiving("it has a picture that viewers are to smooth");
    }
    if reader.key(dict, b"Alternates").is_some() {
        faults.archiving("it has a picture with other versions of it for print");
    }
    if reader.key(dict, b"OPI").is_some() {
        faults.archiving("it has a picture that stands for another file");
    }
    if let Some(intent) = reader.name(dict, b"Intent") {
        intent_allowed(faults, intent);
    }
    let mask = reader.truth(dict, b"ImageMask") == Some(true);
    let bits = reader.key(dict, b"BitsPerComponent");
    let jpx = reader.filters(dict).iter().any(|filter| filter == b"JPXDecode");
    let depth = bits.and_then(|bits| bits.as_i64().ok());
    let allowed = if mask || stencil { &[1][..] } else { &[1, 2, 4, 8, 16] };
    if bits.is_some() && !jpx && !depth.is_some_and(|depth| allowed.contains(&depth)) {
        faults.archiving("it has a picture with a number of bits a colour that is not allowed");
    }
    let space = reader.key(dict, b"ColorSpace");
    if let Some(space) = space.filter(|_| !mask) {
        colours.object(reader, faults, space, scope);
    }
    if jpx {
        jpeg_2000(reader, faults, image, space.is_some());
    }
}

fn jpeg_2000<'a>(reader: &PdfReader<'a>, faults: &mut Faults, image: &'a Stream, coloured: bool) {
    if reader.filters(&image.dict).len() == 1 {
        super::jpx::check(faults, &image.content, coloured);
    } else {
        faults.archiving("it has a JPEG 2000 picture that is packed twice, which cannot be checked");
    }
}

/// Checks the name of a rendering intent (6.2.6).
pub(crate) fn intent_allowed(faults: &mut Faults, name: &[u8]) {
    if !matches!(name, b"RelativeColorimetric" | b"AbsoluteColorimetric" | b"Perceptual" | b"Saturation") {
        faults.archiving("it asks for a way of showing colours that is not known");
    }
}

/// Checks an inline image (6.1.10, 6.2.8).
pub(crate) fn inline<'a>(
    reader: &PdfReader<'a>,
    faults: &mut Faults,
    colours: &mut Colours,
    dict: &Operand,
    scope: &Scope<'a>,
) {
    let key = |short: &[u8], long: &[u8]| dict.get(short).or_else(|| dict.get(long));
    let filters = match key(b"F", b"Filter") {
        Some(Operand::Array(list)) => list.as_slice(),
        Some(one) => std::slice::from_ref(one),
        None => &[],
    };
    let allowed: [&[u8]; 12] = [
        b"ASCIIHexDecode",
        b"ASCII85Decode",
        b"FlateDecode",
        b"RunLengthDecode",
        b"CCITTFaxDecode",
        b"DCTDecode",
        b"AHx",
        b"A85",
        b"Fl",
        b"RL",
        b"CCF",
        b"DCT",
    ];
    if !filters.iter().all(|filter| filter.name().is_some_and(|name| allowed.contains(&name))) {
        faults.archiving("it has a small picture packed in a way that is not allowed");
    }
    if key(b"I", b"Interpolate") == Some(&Operand::Boolean(true)) {
        faults.archiving("it has a picture that viewers are to smooth");
    }
    if let Some(intent) = dict.get(b"Intent").and_then(Operand::name) {
        intent_allowed(faults, intent);
    }
    let mask = key(b"IM", b"ImageMask") == Some(&Operand::Boolean(true));
    match key(b"CS", b"ColorSpace") {
        Some(Operand::Name(name)) if !mask => {
            colours.named(reader, faults, name, scope);
        }
        Some(Operand::Array(list)) if !mask => {
            if let Some(base) = list.get(1).and_then(Operand::name) {
                colours.named(reader, faults, base, scope);
            }
        }
        _ => {}
    }
}
