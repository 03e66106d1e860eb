//! Operators of text.

use lopdf::Object;

use super::{Stage, State, Walker};
use crate::appended::conformance::fonts::Showing;
use crate::pdf::content::Operand;
use crate::pdf::reader::{dict_of, place};

impl<'a> Walker<'_, 'a> {
    /// Carries out an operator of text.
    pub(super) fn text(&mut self, stage: &mut Stage<'a>, operator: &[u8], operands: &[Operand]) {
        match operator {
            b"Tf" => {
                let name = operands.first().and_then(Operand::name).unwrap_or_default();
                let found = stage.scope.find(self.reader, &mut self.faults, b"Font", name);
                self.take_font(stage, found);
            }
            b"Tr" => {
                #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
                let mode = operands.first().and_then(Operand::number).unwrap_or(0.0).clamp(0.0, 255.0) as u8;
                stage.state.mode = if mode > 7 { 0 } else { mode };
            }
            _ => self.show(stage, operands),
        }
    }

    /// Makes a font the current one.
    pub(super) fn take_font(&mut self, stage: &mut Stage<'a>, object: Option<&'a Object>) {
        stage.state.font = None;
        let Some(dict) = object.and_then(|object| dict_of(self.reader.get(object))) else { return };
        let key = place(dict);
        let font = self.fonts.get(self.reader, dict);
        self.used.insert(key, font);
        stage.state.font = Some(key);
    }

    fn show(&mut self, stage: &Stage<'a>, operands: &[Operand]) {
        self.item(stage);
        let now = stage.state;
        if matches!(now.mode, 0 | 2 | 4 | 6) {
            self.overprinted(now.fill, now.over_fill, now.over_mode);
        }
        if matches!(now.mode, 1 | 2 | 5 | 6) {
            self.overprinted(now.stroke, now.over_stroke, now.over_mode);
        }
        let Some(font) = now.font.and_then(|font| self.used.get(&font)).cloned() else {
            self.faults.archiving("it has text without a font");
            return;
        };
        let showing = Showing { visible: now.mode != 3, replaced: stage.current().replaced };
        match operands.last() {
            Some(Operand::String(text)) => font.show(&mut self.faults, text, showing),
            Some(Operand::Array(parts)) => {
                for part in parts {
                    if let Operand::String(text) = part {
                        font.show(&mut self.faults, text, showing);
                    }
                }
            }
            _ => {}
        }
        let Some((drawings, resources)) = font.drawings() else { return };
        let scope = stage.scope.within(resources);
        let marks = stage.current().within_glyph();
        let inherited = State { font: None, mode: 0, ..now };
        for drawing in drawings {
            let own = self.reader.dict(&drawing.dict, b"Resources");
            self.within(drawing, if own.is_some() { scope.within(own) } else { scope }, inherited, marks);
        }
    }
}
