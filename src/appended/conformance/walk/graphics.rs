//! Operators of colour and of the graphics state (ISO 19005-2, 6.2.4, 6.2.5 and 6.2.10).

use lopdf::{Dictionary, Object};

use super::{Marks, Stage, State, Walker};
use crate::appended::conformance::colour::Paint;
use crate::appended::conformance::images::intent_allowed;
use crate::pdf::content::Operand;
use crate::pdf::reader::{PdfReader, dict_of};

const BLENDS: [&[u8]; 17] = [
    b"Normal",
    b"Compatible",
    b"Multiply",
    b"Screen",
    b"Overlay",
    b"Darken",
    b"Lighten",
    b"ColorDodge",
    b"ColorBurn",
    b"HardLight",
    b"SoftLight",
    b"Difference",
    b"Exclusion",
    b"Hue",
    b"Saturation",
    b"Color",
    b"Luminosity",
];

impl<'a> Walker<'_, 'a> {
    /// Carries out an operator of colour or of the graphics state.
    pub(super) fn graphics(&mut self, stage: &mut Stage<'a>, operator: &[u8], operands: &[Operand]) {
        let name = operands.last().and_then(Operand::name);
        match operator {
            b"gs" => {
                let found = stage.scope.find(self.reader, &mut self.faults, b"ExtGState", name.unwrap_or_default());
                if let Some(dict) = found.and_then(dict_of) {
                    self.settings(stage, dict);
                }
            }
            _ if stage.colourless => {}
            b"ri" => intent_allowed(&mut self.faults, name.unwrap_or_default()),
            b"sh" => {
                let found = stage.scope.find(self.reader, &mut self.faults, b"Shading", name.unwrap_or_default());
                if let Some(dict) = found.and_then(dict_of) {
                    self.shading(stage, dict);
                }
                self.item(stage);
            }
            b"scn" | b"SCN" => {
                let paint = if operator == b"SCN" { stage.state.stroke } else { stage.state.fill };
                if let Some(name) = name.filter(|_| paint.pattern) {
                    self.pattern(stage, name);
                }
            }
            _ => self.colour(stage, operator, name.unwrap_or_default()),
        }
    }

    fn colour(&mut self, stage: &mut Stage<'a>, operator: &[u8], name: &[u8]) {
        let space: &[u8] = match operator {
            b"g" | b"G" => b"DeviceGray",
            b"rg" | b"RG" => b"DeviceRGB",
            b"k" | b"K" => b"DeviceCMYK",
            _ => name,
        };
        let paint = self.colours.named(self.reader, &mut self.faults, space, &stage.scope);
        if operator.iter().all(u8::is_ascii_uppercase) {
            stage.state.stroke = paint;
        } else {
            stage.state.fill = paint;
        }
    }

    /// Paints a path.
    pub(super) fn paint(&mut self, stage: &Stage<'a>, operator: &[u8]) {
        let now = stage.state;
        if !matches!(operator, b"S" | b"s") {
            self.overprinted(now.fill, now.over_fill, now.over_mode);
        }
        if matches!(operator, b"S" | b"s" | b"B" | b"B*" | b"b" | b"b*") {
            self.overprinted(now.stroke, now.over_stroke, now.over_mode);
        }
        self.item(stage);
    }

    /// Overprinting inks by an ICC profile needs mode 0 (6.2.4.2).
    pub(super) fn overprinted(&mut self, paint: Paint, over: bool, mode: bool) {
        if paint.profiled_cmyk && over && mode {
            self.faults.archiving("it prints inks over each other in a way that is not allowed");
        }
    }

    fn settings(&mut self, stage: &mut Stage<'a>, dict: &'a Dictionary) {
        let reader = self.reader;
        let transfer = reader.key(dict, b"TR2").is_some_and(|value| value.as_name().ok() != Some(b"Default"));
        if dict.has(b"TR") || transfer {
            self.faults.archiving("it changes how dark colours are printed");
        }
        if dict.has(b"HTP") {
            self.faults.archiving("it moves the dots of a printed page");
        }
        if let Some(halftone) = reader.dict(dict, b"HT")
            && !halftone_allowed(reader, halftone, None, 4)
        {
            self.faults.archiving("it sets the dots of a printed page in a way that is not allowed");
        }
        if let Some(intent) = reader.name(dict, b"RI") {
            intent_allowed(&mut self.faults, intent);
        }
        let blends: Vec<&Object> = match reader.key(dict, b"BM") {
            Some(Object::Array(list)) => list.iter().take(64).map(|name| reader.get(name)).collect(),
            Some(one) => vec![one],
            None => Vec::new(),
        };
        if !blends.iter().all(|blend| blend.as_name().is_ok_and(|name| BLENDS.contains(&name))) {
            self.faults.archiving("it mixes colours in a way that is not known");
        }
        let both = reader.truth(dict, b"OP");
        stage.state.over_stroke = both.unwrap_or(stage.state.over_stroke);
        stage.state.over_fill = reader.truth(dict, b"op").or(both).unwrap_or(stage.state.over_fill);
        stage.state.over_mode = reader.int(dict, b"OPM").map_or(stage.state.over_mode, |mode| mode != 0);
        if let Some(font) = reader.array(dict, b"Font").and_then(|list| list.first()) {
            self.take_font(stage, Some(font));
        }
        if let Some(mask) = reader.dict(dict, b"SMask").and_then(|mask| reader.stream(mask, b"G")) {
            self.form(mask, &stage.scope.clone(), State::default(), Marks::unreal());
        }
    }

    fn shading(&mut self, stage: &Stage<'a>, dict: &'a Dictionary) {
        match self.reader.key(dict, b"ColorSpace") {
            Some(space) => {
                self.colours.object(self.reader, &mut self.faults, space, &stage.scope);
            }
            None => self.faults.archiving("it has a colour gradient without a colour space"),
        }
    }

    fn pattern(&mut self, stage: &mut Stage<'a>, name: &[u8]) {
        let Some(pattern) = stage.scope.find(self.reader, &mut self.faults, b"Pattern", name) else { return };
        if let Object::Stream(tile) = pattern {
            let scope = stage.scope.within(self.reader.dict(&tile.dict, b"Resources"));
            self.within(tile, scope, State::default(), Marks::unreal());
            return;
        }
        let Some(dict) = dict_of(pattern) else { return };
        if let Some(shading) = self.reader.dict(dict, b"Shading") {
            self.shading(stage, shading);
        }
        if let Some(settings) = self.reader.dict(dict, b"ExtGState") {
            let before = stage.state;
            self.settings(stage, settings);
            stage.state = before;
        }
    }
}

/// Checks a halftone (6.2.5).
fn halftone_allowed<'a>(reader: &PdfReader<'a>, dict: &'a Dictionary, colorant: Option<&[u8]>, depth: usize) -> bool {
    let transfer = dict.has(b"TransferFunction");
    let primary = matches!(colorant, None | Some(b"Cyan" | b"Magenta" | b"Yellow" | b"Black"));
    let function = colorant == Some(b"Default") || (primary != transfer);
    let allowed = matches!(reader.int(dict, b"HalftoneType"), Some(1 | 5)) && !dict.has(b"HalftoneName");
    depth > 0
        && function
        && allowed
        && dict.iter().take(64).all(|(key, value)| {
            let inner = dict_of(reader.get(value)).filter(|inner| inner.has(b"HalftoneType"));
            inner.is_none_or(|inner| halftone_allowed(reader, inner, Some(key), depth - 1))
        })
}
