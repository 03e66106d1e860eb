//! Pictures and drawings that content draws by name.

use lopdf::{Object, Stream};

use super::{Marks, Stage, State, Walker};
use crate::appended::conformance::scope::Scope;
use crate::pdf::content::Operand;
use crate::pdf::reader::place;

impl<'a> Walker<'_, 'a> {
    /// Draws a picture or a form.
    pub(super) fn draw(&mut self, stage: &Stage<'a>, operands: &[Operand]) {
        let name = operands.last().and_then(Operand::name).unwrap_or_default();
        let found = stage.scope.find(self.reader, &mut self.faults, b"XObject", name);
        let Some(Object::Stream(stream)) = found else { return };
        match self.reader.name(&stream.dict, b"Subtype") {
            Some(b"Image") => {
                if self.reader.truth(&stream.dict, b"ImageMask") == Some(true) {
                    self.overprinted(stage.state.fill, stage.state.over_fill, stage.state.over_mode);
                }
                self.images.check(self.reader, &mut self.faults, &mut self.colours, stream, &stage.scope);
                self.item(stage);
            }
            Some(b"Form") => self.form(stream, &stage.scope, stage.state, stage.current()),
            Some(b"PS") => self.faults.archiving("it has a drawing in PostScript"),
            _ => self.faults.archiving("it has a drawing of a kind that is not known"),
        }
    }

    /// Reads a form.
    pub(super) fn form(&mut self, form: &'a Stream, outer: &Scope<'a>, state: State, marks: Marks) {
        let dict = &form.dict;
        if self.reader.name(dict, b"Subtype2") == Some(b"PS") || dict.has(b"PS") || dict.has(b"OPI") {
            self.faults.archiving("it has a drawing that stands for something outside the file");
        }
        if dict.has(b"Ref") {
            self.faults.archiving("it has a drawing that refers to another file");
            self.faults.accessibility("it has a drawing that refers to another file");
        }
        let structured = self.tree.is_some() && self.reader.key(dict, b"StructParents").is_some();
        if structured && !self.semantic.insert(place(form)) {
            self.faults.accessibility("a tagged drawing is used more than once");
        }
        let scope = outer.within(self.reader.dict(dict, b"Resources"));
        self.group(dict, &scope);
        self.within(form, scope, state, marks);
    }
}
