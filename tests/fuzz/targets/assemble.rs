//! Whatever is taken of any bytes goes into a pack, which has its pages, each with its stamps.

#![no_main]

use boardpack::appended::{Content, Order, Reader};
use boardpack::assemble::{self, Appended, Claims, Frame, Spot};
use libfuzzer_sys::fuzz_target;
use lopdf::{Document, Object, Stream, dictionary};

/// Most pages tried.
const MOST: usize = 16;

/// A pack with pages for those of a file, tagged.
fn shell(pages: usize) -> Vec<u8> {
    let mut pdf = Document::with_version("1.7");
    let (tree, root, document) = (pdf.new_object_id(), pdf.new_object_id(), pdf.new_object_id());
    let mut kids: Vec<Object> = Vec::new();
    for _ in 0..pages {
        let stamps = b"/Artifact BMC 0 0 9 9 re f EMC".to_vec();
        let contents = pdf.add_object(Stream::new(dictionary! {}, stamps));
        let page = dictionary! {
            "Type" => "Page",
            "Parent" => tree,
            "MediaBox" => vec![0.into(), 0.into(), 595.into(), 842.into()],
            "Resources" => dictionary! {},
            "Contents" => contents,
        };
        kids.push(pdf.add_object(page).into());
    }
    let count = i64::try_from(kids.len()).expect("few pages");
    pdf.objects.insert(tree, dictionary! { "Type" => "Pages", "Kids" => kids, "Count" => count }.into());
    let element = dictionary! { "S" => "Document", "P" => root, "K" => Vec::<Object>::new() };
    pdf.objects.insert(document, element.into());
    let tags = dictionary! { "Type" => "StructTreeRoot", "K" => vec![document.into()] };
    pdf.objects.insert(root, tags.into());
    let catalog = pdf.add_object(dictionary! { "Type" => "Catalog", "Pages" => tree, "StructTreeRoot" => root });
    pdf.trailer.set("Root", catalog);
    let mut bytes = Vec::new();
    pdf.save_to(&mut bytes).expect("memory can be written to");
    bytes
}

fuzz_target!(|bytes: &[u8]| {
    let Ok(received) = Reader::default().read(bytes, &Order::default()) else { return };
    let (Content::Pdf(pdf), pages) = (received.content, received.faces.len()) else { return };
    if pages > MOST {
        return;
    }
    let spot = |page| Spot {
        page,
        frame: Frame { x: 14.0, y: 37.0, width: 567.0, height: 774.0 },
        words: format!("Page {page}"),
        alternative: "A page".to_owned(),
    };
    let appended = Appended { pdf: &pdf, title: "Paper", below: 0, spots: (0..pages).map(spot).collect() };
    let pack = assemble::pack(&shell(pages), &[appended], Claims::ALL, None).expect("a cleaned file goes into a pack");
    let pack = Document::load_mem(&pack).expect("a pack can be read");
    assert_eq!(pack.page_iter().count(), pages);
    for page in pack.page_iter() {
        let resources = pack.get_dictionary(page).and_then(|page| page.get(b"Resources")?.as_dict());
        let forms = resources.and_then(|resources| resources.get(b"XObject")?.as_dict()).expect("a page has forms");
        assert!(forms.iter().any(|(name, _)| name.starts_with(b"BoardpackStamps")), "stamps are missing");
    }
});
