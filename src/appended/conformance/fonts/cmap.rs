//! Character maps of composite fonts, and maps to Unicode.

use hayro_cmap::{BfString, CMap, CMapName, WritingMode, load_embedded};
use lopdf::{Dictionary, Object};

use crate::pdf::content::{Operand, operations};
use crate::pdf::reader::PdfReader;

/// Character maps that need not be in the file (ISO 32000-1, table 118).
const PREDEFINED: &str = "Identity-H Identity-V GB-EUC-H GB-EUC-V GBpc-EUC-H GBpc-EUC-V GBK-EUC-H GBK-EUC-V \
    GBKp-EUC-H GBKp-EUC-V GBK2K-H GBK2K-V UniGB-UCS2-H UniGB-UCS2-V UniGB-UTF16-H UniGB-UTF16-V B5pc-H B5pc-V \
    HKscs-B5-H HKscs-B5-V ETen-B5-H ETen-B5-V ETenms-B5-H ETenms-B5-V CNS-EUC-H CNS-EUC-V UniCNS-UCS2-H \
    UniCNS-UCS2-V UniCNS-UTF16-H UniCNS-UTF16-V 83pv-RKSJ-H 90ms-RKSJ-H 90ms-RKSJ-V 90msp-RKSJ-H 90msp-RKSJ-V \
    90pv-RKSJ-H Add-RKSJ-H Add-RKSJ-V EUC-H EUC-V Ext-RKSJ-H Ext-RKSJ-V H V UniJIS-UCS2-H UniJIS-UCS2-V \
    UniJIS-UCS2-HW-H UniJIS-UCS2-HW-V UniJIS-UTF16-H UniJIS-UTF16-V KSC-EUC-H KSC-EUC-V KSCms-UHC-H KSCms-UHC-V \
    KSCms-UHC-HW-H KSCms-UHC-HW-V KSCpc-EUC-H UniKS-UCS2-H UniKS-UCS2-V UniKS-UTF16-H UniKS-UTF16-V";

/// Most code space ranges of a map.
const SPACES: usize = 32;

/// How codes of a composite font become CIDs.
pub(crate) struct Codes {
    map: Option<CMap>,
    /// Code spaces of an embedded map: lowest and highest bytes.
    spaces: Vec<(Vec<u8>, Vec<u8>)>,
    /// Whether codes are CIDs of two bytes.
    pub(crate) identity: bool,
    /// Registry, ordering and supplement that the map is for.
    pub(crate) collection: Option<(Vec<u8>, Vec<u8>, i64)>,
    /// What is wrong with the map, in plain words.
    pub(crate) faults: Vec<&'static str>,
}

/// A code of a string.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Code {
    /// Its number.
    pub(crate) number: u32,
    /// Its length in bytes.
    pub(crate) length: usize,
    /// The CID of it.
    pub(crate) cid: Option<u32>,
}

impl Codes {
    /// Reads the `Encoding` of a composite font.
    pub(crate) fn read<'a>(reader: &PdfReader<'a>, encoding: Option<&'a Object>) -> Self {
        let mut codes = Self { map: None, spaces: Vec::new(), identity: false, collection: None, faults: Vec::new() };
        match encoding {
            Some(Object::Name(name)) => codes.named(name),
            Some(Object::Stream(stream)) => {
                codes.check_dict(reader, &stream.dict);
                match reader.decode(stream) {
                    Ok(data) => codes.embedded(&data, reader.int(&stream.dict, b"WMode").unwrap_or(0)),
                    Err(_) => codes.faults.push("has a map of its codes that is too large to be checked"),
                }
            }
            _ => codes.faults.push("has no map of its codes"),
        }
        codes
    }

    fn named(&mut self, name: &[u8]) {
        if matches!(name, b"Identity-H" | b"Identity-V") {
            self.identity = true;
            return;
        }
        if !is_predefined(name) {
            self.faults.push("uses a map of its codes that is not in the file");
        }
        self.map = load_embedded(CMapName::from_bytes(name)).and_then(|data| CMap::parse(data, load_embedded));
        let collection = self.map.as_ref().and_then(|map| map.metadata().character_collection.as_ref());
        self.collection = collection.map(|found| {
            let (registry, ordering) = family(name);
            (registry.to_vec(), ordering.to_vec(), i64::from(found.supplement))
        });
        if self.map.is_none() {
            self.faults.push("uses a map of its codes that cannot be checked");
        }
    }

    fn check_dict<'a>(&mut self, reader: &PdfReader<'a>, dict: &'a Dictionary) {
        let other = match reader.key(dict, b"UseCMap") {
            None => None,
            Some(Object::Name(name)) => Some(name.as_slice()),
            Some(Object::Stream(stream)) => reader.name(&stream.dict, b"CMapName").or(Some(b"")),
            Some(_) => Some(&b""[..]),
        };
        if other.is_some_and(|name| !is_predefined(name)) {
            self.faults.push("builds its map of codes on one that is not allowed");
        }
        self.collection = collection(reader, dict);
        self.identity =
            matches!(reader.name(dict, b"CMapName"), Some(b"Identity-H" | b"Identity-V")) && self.collection.is_none();
    }

    fn embedded(&mut self, data: &[u8], mode: i64) {
        self.identity = false;
        self.map = CMap::parse(data, load_embedded);
        let vertical = self.map.as_ref().and_then(|map| map.metadata().writing_mode) == Some(WritingMode::Vertical);
        if vertical != (mode == 1) {
            self.faults.push("has a map of its codes whose writing direction is given in two ways");
        }
        if self.map.is_none() {
            self.faults.push("has a damaged map of its codes");
        }
        for operation in operations(data) {
            let operands = &operation.operands;
            match operation.operator {
                b"endcodespacerange" => self.spaces(operands),
                b"endcidrange" if operands.chunks_exact(3).any(|part| beyond(&part[0], &part[1], &part[2])) => {
                    self.faults.push("has a map of its codes with numbers that are too high");
                }
                b"endcidchar" if operands.chunks_exact(2).any(|part| part[1].number() > Some(65535.0)) => {
                    self.faults.push("has a map of its codes with numbers that are too high");
                }
                _ => {}
            }
        }
    }

    fn spaces(&mut self, operands: &[Operand]) {
        for pair in operands.chunks_exact(2) {
            if let [Operand::String(low), Operand::String(high)] = pair
                && (1..=4).contains(&low.len())
                && low.len() == high.len()
                && self.spaces.len() < SPACES
            {
                self.spaces.push((low.clone(), high.clone()));
            }
        }
    }

    /// Gives the first code of a string that is not empty.
    pub(crate) fn first(&self, text: &[u8]) -> Code {
        let number = |length: usize| text.iter().take(length).fold(0_u32, |sum, byte| sum << 8 | u32::from(*byte));
        if self.identity {
            let code = if text.len() < 2 { number(1) << 8 } else { number(2) };
            return Code { number: code, length: 2, cid: Some(code) };
        }
        let in_space = |length: usize| {
            self.spaces.iter().any(|(low, high)| {
                low.len() == length
                    && text.len() >= length
                    && text.iter().zip(low.iter().zip(high)).all(|(byte, (low, high))| (low..=high).contains(&byte))
            })
        };
        let look = |length: usize| {
            self.map.as_ref()?.lookup_cid_code(number(length), u8::try_from(length).ok()?).filter(|cid| *cid < 1 << 24)
        };
        if self.spaces.is_empty() {
            let known = (1..=4.min(text.len())).find_map(|length| Some((length, look(length)?)));
            let (length, cid) = known.map_or((2, None), |(length, cid)| (length, Some(cid)));
            return Code { number: number(length), length, cid };
        }
        match (1..=4).find(|length| in_space(*length)) {
            Some(length) => Code { number: number(length), length, cid: look(length) },
            None => {
                let length = self.spaces.iter().map(|(low, _)| low.len()).min().unwrap_or(1);
                Code { number: 0, length, cid: None }
            }
        }
    }
}

/// A map of codes to text.
pub(crate) enum Unicode {
    /// There is none.
    None,
    /// Codes are UTF-16 as they are.
    Identity,
    /// A map in the file, and whether it has as many entries as it says.
    Map(Box<CMap>, bool),
}

impl Unicode {
    /// Reads `ToUnicode`.
    pub(crate) fn read<'a>(reader: &PdfReader<'a>, font: &'a Dictionary) -> Self {
        match reader.key(font, b"ToUnicode") {
            Some(Object::Name(name)) if name.starts_with(b"Identity-") => Self::Identity,
            Some(Object::Name(name)) => load_embedded(CMapName::from_bytes(name))
                .and_then(|data| CMap::parse(data, load_embedded))
                .map_or(Self::None, |map| Self::Map(Box::new(map), true)),
            Some(Object::Stream(stream)) => {
                let data = reader.decode(stream).unwrap_or_default();
                // Other maps count only where the dictionary names them, too.
                let builds = stream.dict.has(b"UseCMap");
                let other = move |name: CMapName<'_>| if builds { load_embedded(name) } else { None };
                CMap::parse(&data, other).map_or(Self::None, |map| Self::Map(Box::new(map), counts_true(&data)))
            }
            _ => Self::None,
        }
    }

    /// Gives the text of a code as every reader finds it.
    pub(crate) fn text(&self, code: u32) -> Option<String> {
        self.text_somewhere(code).filter(|_| !matches!(self, Self::Map(_, false)))
    }

    /// Gives the text of a code as some reader may find it.
    pub(crate) fn text_somewhere(&self, code: u32) -> Option<String> {
        match self {
            Self::None => None,
            Self::Identity => Some(char::from_u32(code).unwrap_or('\0').to_string()),
            Self::Map(map, _) => map.lookup_bf_string(code).map(string),
        }
    }
}

/// Gives the text of an entry of a map.
pub(crate) fn string(entry: BfString) -> String {
    match entry {
        BfString::Char(found) => found.to_string(),
        BfString::String(found) => found,
    }
}

/// Gives the map from CIDs to text of a character collection.
pub(crate) fn collection_text(registry: &[u8], ordering: &[u8]) -> Option<CMap> {
    let known = matches!(ordering, b"Japan1" | b"CNS1" | b"GB1" | b"Korea1" | b"KR");
    if registry != b"Adobe" || !known {
        return None;
    }
    let name = hayro_cmap::CidFamily::from_registry_ordering(registry, ordering).ucs2_cmap()?;
    CMap::parse(load_embedded(name)?, load_embedded)
}

/// Reads `CIDSystemInfo`.
pub(crate) fn collection<'a>(reader: &PdfReader<'a>, dict: &'a Dictionary) -> Option<(Vec<u8>, Vec<u8>, i64)> {
    let info = match reader.key(dict, b"CIDSystemInfo")? {
        Object::Array(list) => reader.get(list.first()?).as_dict().ok()?,
        other => other.as_dict().ok()?,
    };
    let registry = reader.text(info, b"Registry")?.to_vec();
    let ordering = reader.text(info, b"Ordering")?.to_vec();
    Some((registry, ordering, reader.int(info, b"Supplement")?))
}

fn is_predefined(name: &[u8]) -> bool {
    PREDEFINED.split_ascii_whitespace().any(|known| known.as_bytes() == name)
}

/// Gives registry and ordering of a predefined map by its name.
fn family(name: &[u8]) -> (&'static [u8], &'static [u8]) {
    let name = String::from_utf8_lossy(name);
    let has = |parts: &[&str]| parts.iter().any(|part| name.contains(part));
    let ordering: &[u8] = if has(&["GB"]) {
        b"GB1"
    } else if has(&["B5", "CNS"]) {
        b"CNS1"
    } else if has(&["KS"]) && !has(&["RKSJ"]) {
        b"Korea1"
    } else {
        b"Japan1"
    };
    (b"Adobe", ordering)
}

fn beyond(low: &Operand, high: &Operand, cid: &Operand) -> bool {
    let number = |operand: &Operand| match operand {
        Operand::String(bytes) => bytes.iter().take(4).fold(0.0, |sum, byte| sum * 256.0 + f64::from(*byte)),
        _ => 0.0,
    };
    cid.number().is_some_and(|cid| cid + number(high) - number(low) > 65535.0)
}

/// Whether a map to Unicode has as many entries as it says, without which readers lose some of them.
fn counts_true(data: &[u8]) -> bool {
    let mut said = None;
    for operation in operations(data) {
        let operands = operation.operands;
        let each = match operation.operator {
            b"beginbfchar" | b"beginbfrange" => {
                said = operands.last().and_then(Operand::number);
                continue;
            }
            b"endbfchar" => 2.0,
            b"endbfrange" => 3.0,
            _ => continue,
        };
        let count = u32::try_from(operands.len()).map_or(f64::MAX, f64::from);
        if said.take().is_some_and(|said| (said * each - count).abs() > 0.5) {
            return false;
        }
    }
    true
}
