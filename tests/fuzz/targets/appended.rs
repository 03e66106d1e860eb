//! Any bytes are read as an appended PDF or refused; what is taken has its pages, and nothing in it
//! leads nowhere.

#![no_main]

use boardpack::appended::{Content, Order, Reader};
use libfuzzer_sys::fuzz_target;
use lopdf::{Document, Object, ObjectId};

fn references(object: &Object, found: &mut Vec<ObjectId>) {
    match object {
        Object::Reference(id) => found.push(*id),
        Object::Array(items) => items.iter().for_each(|item| references(item, found)),
        Object::Dictionary(dict) => dict.iter().for_each(|(_, value)| references(value, found)),
        Object::Stream(stream) => stream.dict.iter().for_each(|(_, value)| references(value, found)),
        _ => {}
    }
}

fuzz_target!(|bytes: &[u8]| {
    let Ok(received) = Reader::default().read(bytes, &Order::default()) else { return };
    let Content::Pdf(pdf) = received.content else { panic!("a PDF is not a picture") };
    let pdf = Document::load_mem(&pdf).expect("a cleaned file can be read");
    assert_eq!(pdf.page_iter().count(), received.faces.len());
    let mut found = Vec::new();
    pdf.objects.values().for_each(|object| references(object, &mut found));
    assert!(found.iter().all(|id| pdf.objects.contains_key(id)), "a reference leads nowhere");
});
