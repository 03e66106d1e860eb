//! The parent tree: from marks on pages and from annotations back to their elements.

use std::collections::BTreeMap;

use lopdf::{Dictionary, Document, Object, ObjectId};

use crate::pdf::objects::MOST_MARKS;
use crate::pdf::objects::get_reference;

/// What leads back to elements.
#[derive(Debug, Default)]
pub(in crate::appended::sanitize) struct Parents {
    /// Elements of marks, by page or form.
    marks: BTreeMap<ObjectId, BTreeMap<usize, ObjectId>>,
    annotations: BTreeMap<ObjectId, ObjectId>,
}

impl Parents {
    /// Notes the element of a mark, given the reference to it.
    pub(super) fn mark(&mut self, reference: &Dictionary, mark: i64, element: ObjectId) {
        let holder = get_reference(reference, b"Stm").or_else(|| get_reference(reference, b"Pg"));
        let mark = usize::try_from(mark).ok().filter(|mark| *mark <= MOST_MARKS);
        if let (Some(holder), Some(mark)) = (holder, mark) {
            self.marks.entry(holder).or_default().insert(mark, element);
        }
    }

    /// Notes the element of an annotation.
    pub(super) fn annotation(&mut self, annotation: ObjectId, element: ObjectId) {
        self.annotations.insert(annotation, element);
    }

    /// Writes the tree into a file whose objects are all there.
    pub(in crate::appended::sanitize) fn write(self, pdf: &mut Document, root: ObjectId) {
        let mut entries: Vec<Object> = Vec::new();
        let mut key = 0;
        for (holder, marks) in self.marks {
            let length = marks.last_key_value().map_or(0, |(last, _)| last + 1);
            let mut list = vec![Object::Null; length];
            for (mark, id) in marks {
                list[mark] = Object::Reference(id);
            }
            match pdf.objects.get_mut(&holder) {
                Some(Object::Dictionary(dict)) => dict.set("StructParents", Object::Integer(key)),
                Some(Object::Stream(stream)) => stream.dict.set("StructParents", Object::Integer(key)),
                _ => continue,
            }
            let list = pdf.add_object(Object::Array(list));
            entries.extend([Object::Integer(key), Object::Reference(list)]);
            key += 1;
        }
        for (annotation, element) in self.annotations {
            if let Ok(dict) = pdf.get_dictionary_mut(annotation) {
                dict.set("StructParent", Object::Integer(key));
                entries.extend([Object::Integer(key), Object::Reference(element)]);
                key += 1;
            }
        }
        let mut tree = Dictionary::new();
        tree.set("Nums", Object::Array(entries));
        let tree = pdf.add_object(tree);
        if let Ok(dict) = pdf.get_dictionary_mut(root) {
            dict.set("ParentTree", Object::Reference(tree));
            dict.set("ParentTreeNextKey", Object::Integer(key));
        }
    }
}
