//! Text of a page. (ISO 32000-1, 9.)

use std::rc::Rc;

use lopdf::Dictionary;

use super::colour::{Colour, Texture};
use super::font::Font;
use super::page::{Follower, matrix};
use super::scene::{Glyph, Style};
use crate::pdf::content::{Operand, Operation};
use crate::pdf::geometry::Matrix;
use crate::pdf::objects::get_dictionary;

impl<'a> Follower<'a> {
    /// Does what an operation of text does; others do nothing.
    pub(super) fn run_text(&mut self, operation: &Operation<'_>, resources: Option<&'a Dictionary>) {
        let number = operation.number(0);
        let text = &mut self.state.text;
        match operation.operator {
            b"BT" => (self.line, self.cursor) = (Matrix::IDENTITY, Matrix::IDENTITY),
            b"ET" => {
                // What is painted from now on shows only within letters.
                self.state.clip.unsure |= std::mem::take(&mut self.clips_to_text);
                self.style = None;
            }
            b"Tc" => text.spacing = number.unwrap_or(0.0),
            b"Tw" => text.word_spacing = number.unwrap_or(0.0),
            b"Tz" => text.stretch = number.unwrap_or(100.0) / 100.0,
            b"TL" => text.leading = number.unwrap_or(0.0),
            b"Ts" => text.rise = number.unwrap_or(0.0),
            b"Tr" => self.set_mode(number),
            b"Tf" => {
                let pdf = self.pdf;
                let fonts = resources.and_then(|resources| get_dictionary(pdf, resources, b"Font"));
                let font = fonts.zip(operation.name(0)).and_then(|(fonts, name)| fonts.get(name).ok());
                self.set_font(font, operation.number(1).unwrap_or(0.0));
            }
            b"Td" => self.move_line(number, operation.number(1)),
            b"TD" => {
                text.leading = -operation.number(1).unwrap_or(0.0);
                self.move_line(number, operation.number(1));
            }
            b"Tm" => {
                if let Some(matrix) = matrix(operation) {
                    (self.line, self.cursor) = (matrix, matrix);
                }
            }
            b"T*" => self.next_line(),
            b"Tj" | b"TJ" => self.show(operation.operands.last()),
            b"'" => {
                self.next_line();
                self.show(operation.operands.last());
            }
            b"\"" => {
                text.word_spacing = number.unwrap_or(0.0);
                text.spacing = operation.number(1).unwrap_or(0.0);
                self.next_line();
                self.show(operation.operands.last());
            }
            _ => {}
        }
    }

    fn set_mode(&mut self, number: Option<f64>) {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped just before")]
        let mode = number.unwrap_or(0.0).clamp(0.0, 7.0) as u8;
        self.state.text.mode = mode;
        self.style = None;
    }

    fn move_line(&mut self, x: Option<f64>, y: Option<f64>) {
        self.line = Matrix::shift(x.unwrap_or(0.0), y.unwrap_or(0.0)).then(self.line);
        self.cursor = self.line;
    }

    fn next_line(&mut self) {
        let leading = self.state.text.leading;
        self.move_line(None, Some(-leading));
    }

    fn show(&mut self, operand: Option<&Operand>) {
        match operand {
            Some(Operand::String(bytes)) => self.show_string(bytes),
            Some(Operand::Array(items)) => {
                for item in items {
                    match item {
                        Operand::String(bytes) => self.show_string(bytes),
                        Operand::Number(back) => self.advance(-back / 1000.0 * self.state.text.size),
                        _ => {}
                    }
                }
            }
            _ => {}
        }
    }

    fn advance(&mut self, way: f64) {
        let text = &self.state.text;
        let vertical = text.font.as_ref().is_some_and(|font| font.vertical);
        let shift = if vertical { Matrix::shift(0.0, way) } else { Matrix::shift(way * text.stretch, 0.0) };
        self.cursor = shift.then(self.cursor);
    }

    fn show_string(&mut self, bytes: &[u8]) {
        if bytes.is_empty() {
            return;
        }
        // Viewers show text without a font in one of their own.
        let font = self.state.text.font.clone().unwrap_or_else(|| {
            let font = Font::read(self.pdf, &lopdf::dictionary! { "BaseFont" => "Helvetica" }, self.budget);
            Rc::clone(self.state.text.font.insert(Rc::new(font)))
        });
        let style = self.style();
        for shown in font.glyphs(bytes) {
            let text = &self.state.text;
            let size = Matrix([text.size * text.stretch, 0.0, 0.0, text.size * font.height, 0.0, text.rise]);
            let place = size.then(self.cursor).then(self.state.matrix);
            let begin = if font.vertical { (-shown.width / 2.0, -0.88) } else { (0.0, 0.0) };
            let origin = place.point(begin);
            let [a, b, c, d, ..] = place.0;
            let glyph = Glyph {
                order: 0,
                style,
                word: 0,
                char: shown.text.as_ref().and_then(|text| text.chars().next()),
                origin,
                along: (a * shown.width, b * shown.width),
                up: (c, d),
                text: 0..0,
            };
            let spaces = text.spacing + if shown.space { text.word_spacing } else { 0.0 };
            let way = if font.vertical { spaces - text.size } else { shown.width * text.size + spaces };
            self.scene.show(glyph, shown.text.as_deref());
            if self.scene.cut {
                return;
            }
            self.advance(way);
        }
        self.clips_to_text |= self.state.text.mode >= 4;
    }

    fn style(&mut self) -> u32 {
        if let Some(style) = self.style {
            return style;
        }
        let state = &self.state;
        let drawn = state.text.font.as_ref().is_some_and(|font| font.drawn);
        let paint = match state.text.mode {
            1 | 5 => &state.stroke,
            _ => &state.fill,
        };
        let both = matches!(state.text.mode, 2 | 6) && !state.fill.colour.is_like(state.stroke.colour);
        let plain = paint.texture == Texture::Plain && !drawn && !both && !state.is_mixing() && !state.is_masked();
        let style = Style {
            colour: if plain { paint.colour } else { Colour::Varied },
            mode: if drawn { 0 } else { state.text.mode },
            alpha: if state.is_masked() { 1.0 } else { state.alpha() },
            clip: state.clip.clone(),
        };
        let index = u32::try_from(self.scene.styles.len()).unwrap_or(u32::MAX);
        self.scene.styles.push(style);
        self.style = Some(index);
        index
    }
}
