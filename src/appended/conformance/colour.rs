//! Colour spaces: what an output intent of sRGB does not cover, and ICC profiles (ISO 19005-2, 6.2.4).

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use lopdf::{Dictionary, Object};

use super::faults::{Faults, shown};
use super::scope::Scope;
use crate::pdf::reader::{PdfReader, place};

const CMYK: &str = "it has colours for printing ink (CMYK), which have no defined look on a screen: \
                    export it in RGB, or with a colour profile";

/// Deepest nesting of colour spaces.
const DEPTH: usize = 8;

/// What a painting operator must know of a colour space.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub(crate) struct Paint {
    /// Whether the space is CMYK by an ICC profile, which overprinting limits.
    pub(crate) profiled_cmyk: bool,
    /// Whether colours of the space are patterns.
    pub(crate) pattern: bool,
}

/// Colour spaces checked so far.
#[derive(Default)]
pub(crate) struct Colours {
    known: HashMap<(usize, usize), (Paint, Vec<usize>)>,
    spots: HashMap<Vec<u8>, u64>,
}

impl Colours {
    /// Checks a colour space given as a name by an operator or by an inline image.
    pub(crate) fn named<'a>(
        &mut self,
        reader: &PdfReader<'a>,
        faults: &mut Faults,
        name: &[u8],
        scope: &Scope<'a>,
    ) -> Paint {
        if let Some(paint) = self.device(reader, faults, name, scope, DEPTH) {
            return paint;
        }
        match scope.find(reader, faults, b"ColorSpace", name) {
            Some(space) => self.space(reader, faults, space, scope, DEPTH),
            None => Paint::default(),
        }
    }

    /// Checks a colour space given as an object.
    pub(crate) fn object<'a>(
        &mut self,
        reader: &PdfReader<'a>,
        faults: &mut Faults,
        object: &'a Object,
        scope: &Scope<'a>,
    ) -> Paint {
        self.space(reader, faults, object, scope, DEPTH)
    }

    fn device<'a>(
        &mut self,
        reader: &PdfReader<'a>,
        faults: &mut Faults,
        name: &[u8],
        scope: &Scope<'a>,
        depth: usize,
    ) -> Option<Paint> {
        let default: &[u8] = match name {
            b"DeviceCMYK" | b"CMYK" => b"DefaultCMYK",
            b"DeviceRGB" | b"RGB" => b"DefaultRGB",
            b"DeviceGray" | b"G" => b"DefaultGray",
            b"Pattern" => return Some(Paint { pattern: true, ..Paint::default() }),
            _ => return None,
        };
        match scope.own(reader, b"ColorSpace", default) {
            Some(space) if depth == DEPTH => Some(self.space(reader, faults, space, scope, depth - 1)),
            _ => {
                if default == b"DefaultCMYK" {
                    faults.archiving(CMYK);
                }
                Some(Paint::default())
            }
        }
    }

    fn space<'a>(
        &mut self,
        reader: &PdfReader<'a>,
        faults: &mut Faults,
        object: &'a Object,
        scope: &Scope<'a>,
        depth: usize,
    ) -> Paint {
        let object = reader.get(object);
        let list = match object {
            Object::Name(name) => {
                return self.device(reader, faults, name, scope, depth).unwrap_or_else(|| unknown(faults, name));
            }
            Object::Array(list) => list,
            _ => return unknown(faults, b""),
        };
        let key = (place(object), scope.place());
        if let Some((paint, reasons)) = self.known.get(&key) {
            faults.again(reasons);
            return *paint;
        }
        if depth == 0 {
            faults.archiving("it has colour spaces nested too deep to be checked");
            return Paint::default();
        }
        faults.begin();
        let paint = self.array(reader, faults, list, scope, depth);
        let reasons = faults.end();
        self.known.insert(key, (paint, reasons));
        paint
    }

    fn array<'a>(
        &mut self,
        reader: &PdfReader<'a>,
        faults: &mut Faults,
        list: &'a [Object],
        scope: &Scope<'a>,
        depth: usize,
    ) -> Paint {
        let family = list.first().and_then(|name| reader.get(name).as_name().ok()).unwrap_or_default();
        match family {
            b"CalGray" | b"CalRGB" | b"Lab" => Paint::default(),
            b"ICCBased" => profile(reader, faults, list.get(1)),
            b"Indexed" | b"I" => {
                self.inner(reader, faults, list.get(1), scope, depth);
                Paint::default()
            }
            b"Pattern" => {
                let under = match list.get(1) {
                    Some(under) => self.space(reader, faults, under, scope, depth - 1),
                    None => Paint::default(),
                };
                Paint { pattern: true, profiled_cmyk: under.profiled_cmyk }
            }
            b"Separation" => {
                self.spot(reader, faults, list);
                self.inner(reader, faults, list.get(2), scope, depth);
                Paint::default()
            }
            b"DeviceN" => {
                self.inks(reader, faults, list, scope, depth);
                Paint::default()
            }
            name if list.len() == 1 => {
                self.device(reader, faults, name, scope, depth).unwrap_or_else(|| unknown(faults, name))
            }
            name => unknown(faults, name),
        }
    }

    fn inner<'a>(
        &mut self,
        reader: &PdfReader<'a>,
        faults: &mut Faults,
        object: Option<&'a Object>,
        scope: &Scope<'a>,
        depth: usize,
    ) {
        match object {
            Some(object) => {
                self.space(reader, faults, object, scope, depth - 1);
            }
            None => {
                unknown(faults, b"");
            }
        }
    }

    /// A spot colour must be the same everywhere (6.2.4.4).
    fn spot<'a>(&mut self, reader: &PdfReader<'a>, faults: &mut Faults, list: &'a [Object]) {
        let name = list.get(1).and_then(|name| reader.get(name).as_name().ok()).unwrap_or_default();
        if std::str::from_utf8(name).is_err() {
            faults.archiving("the name of a spot colour has characters that cannot be read");
        }
        let mut hasher = DefaultHasher::new();
        let mut room = 20_000;
        for part in list.iter().skip(2).take(2) {
            digest(reader, part, &mut hasher, &mut room, 8);
        }
        let print = hasher.finish();
        if *self.spots.entry(name.to_vec()).or_insert(print) != print {
            faults.archiving(format!("the spot colour {} is defined in two ways", shown(name)));
        }
    }

    fn inks<'a>(
        &mut self,
        reader: &PdfReader<'a>,
        faults: &mut Faults,
        list: &'a [Object],
        scope: &Scope<'a>,
        depth: usize,
    ) {
        let names = list.get(1).and_then(|names| reader.get(names).as_array().ok()).map_or(&[][..], Vec::as_slice);
        if names.len() > 32 {
            faults.archiving("it has a colour of more than 32 inks");
        }
        let attributes = list.get(4).and_then(|dict| crate::pdf::reader::dict_of(reader.get(dict)));
        let colorants = attributes.and_then(|dict| reader.dict(dict, b"Colorants"));
        let process = attributes.and_then(|dict| reader.dict(dict, b"Process"));
        let components = process.and_then(|dict| reader.array(dict, b"Components")).unwrap_or_default();
        for name in names.iter().take(64).filter_map(|name| reader.get(name).as_name().ok()) {
            let usual = matches!(name, b"None" | b"Cyan" | b"Magenta" | b"Yellow" | b"Black");
            let described = colorants.is_some_and(|dict| dict.has(name))
                || components.iter().any(|part| reader.get(part).as_name().is_ok_and(|part| part == name));
            if !usual && !described {
                faults.archiving(format!("the ink {} of a colour is not described", shown(name)));
            }
        }
        self.inner(reader, faults, list.get(2), scope, depth);
        if let Some(space) = process.and_then(|dict| reader.key(dict, b"ColorSpace")) {
            self.space(reader, faults, space, scope, depth - 1);
        }
        for (_, space) in colorants.into_iter().flat_map(Dictionary::iter).take(64) {
            self.space(reader, faults, space, scope, depth - 1);
        }
    }
}

fn unknown(faults: &mut Faults, name: &[u8]) -> Paint {
    faults.archiving(format!("it has a colour space that is not known: {}", shown(name)));
    Paint::default()
}

/// Reads the header of an ICC profile (6.2.4.2).
fn profile<'a>(reader: &PdfReader<'a>, faults: &mut Faults, object: Option<&'a Object>) -> Paint {
    let Some(stream) = object.and_then(|object| reader.get(object).as_stream().ok()) else {
        return unknown(faults, b"ICCBased");
    };
    let Ok(data) = reader.decode(stream) else {
        faults.archiving("it has a colour profile that is too large or too damaged to be checked");
        return Paint::default();
    };
    let space = data.get(16..20).unwrap_or_default();
    let class = data.get(12..16).unwrap_or_default();
    let channels = match space {
        b"GRAY" => 1,
        b"RGB " | b"Lab " => 3,
        b"CMYK" => 4,
        _ => 0,
    };
    let sound = matches!(class, b"prtr" | b"mntr" | b"scnr" | b"spac")
        && data.get(8).is_some_and(|version| *version < 5)
        && data.get(36..40) == Some(b"acsp")
        && channels != 0
        && reader.int(&stream.dict, b"N") == Some(channels);
    if !sound {
        faults.archiving("it has a colour profile that is damaged or of a kind that is not allowed");
    }
    Paint { profiled_cmyk: space == b"CMYK" || reader.int(&stream.dict, b"N") == Some(4), pattern: false }
}

/// Hashes what an object holds, in a bounded way.
fn digest<'a>(reader: &PdfReader<'a>, object: &'a Object, hasher: &mut DefaultHasher, room: &mut usize, depth: usize) {
    if *room == 0 || depth == 0 {
        return;
    }
    *room -= 1;
    let object = reader.get(object);
    std::mem::discriminant(object).hash(hasher);
    match object {
        Object::Name(bytes) | Object::String(bytes, _) => bytes.hash(hasher),
        Object::Integer(value) => value.hash(hasher),
        Object::Real(value) => value.to_bits().hash(hasher),
        Object::Boolean(value) => value.hash(hasher),
        Object::Array(list) => list.iter().for_each(|item| digest(reader, item, hasher, room, depth - 1)),
        Object::Dictionary(dict) => digest_dict(reader, dict, hasher, room, depth),
        Object::Stream(stream) => {
            digest_dict(reader, &stream.dict, hasher, room, depth);
            stream.content.hash(hasher);
        }
        Object::Null | Object::Reference(_) => {}
    }
}

fn digest_dict<'a>(
    reader: &PdfReader<'a>,
    dict: &'a Dictionary,
    hasher: &mut DefaultHasher,
    room: &mut usize,
    depth: usize,
) {
    let mut keys: Vec<_> = dict.iter().filter(|(key, _)| key.as_slice() != b"Length").collect();
    keys.sort_by(|a, b| a.0.cmp(b.0));
    for (key, value) in keys {
        key.hash(hasher);
        digest(reader, value, hasher, room, depth - 1);
    }
}
