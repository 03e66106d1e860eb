//! Tags of appended files hang in the pack's, and every one of them names what it stands for.

use std::collections::{BTreeMap, BTreeSet};

use super::made::{Made, size};
use super::other::{Book, Entries, Item};
use super::{SAMPLES, build, samples, workspace};

/// An element of the structure tree.
struct Element {
    number: i32,
    entries: Entries,
    /// Elements that it stands in, the outermost first.
    above: Vec<i32>,
    /// Its marks: the page or form that holds each, and its number there.
    marks: Vec<(i32, i64)>,
    /// Annotations that it stands for.
    annotations: Vec<i32>,
    /// The page that its marks or it itself name.
    page: Option<i32>,
}

/// Gives all elements, in the order in which they are read.
fn elements(book: &Book) -> Vec<Element> {
    let root = book.entry(&book.catalog(), "StructTreeRoot").entries();
    let mut found = Vec::new();
    let kids = match root["K"].clone() {
        Item::Ref(kid) => vec![Item::Ref(kid)],
        other => other.list(),
    };
    for kid in &kids {
        gather(book, kid, &mut Vec::new(), &mut found);
    }
    found
}

fn gather(book: &Book, kid: &Item, above: &mut Vec<i32>, found: &mut Vec<Element>) {
    let Item::Ref(number) = kid else { panic!("elements are referred to: {kid:?}") };
    let entries = book.object(*number).entries();
    let own = match entries.get("Pg") {
        Some(Item::Ref(page)) => Some(*page),
        _ => None,
    };
    let mut element = Element {
        number: *number,
        entries: entries.clone(),
        above: above.clone(),
        marks: Vec::new(),
        annotations: Vec::new(),
        page: own,
    };
    let mut below = Vec::new();
    let kids = match entries.get("K") {
        Some(Item::Ref(kid)) => match book.object(*kid) {
            Item::List(kids) => kids,
            _ => vec![Item::Ref(*kid)],
        },
        Some(other) => other.clone().list(),
        None => Vec::new(),
    };
    for kid in kids {
        let inner = match &kid {
            Item::Number(_) => {
                element.marks.push((own.expect("a mark is on a page"), kid.integer()));
                continue;
            }
            other => book.follow(other).entries(),
        };
        let reference = |key: &str| match inner.get(key) {
            Some(Item::Ref(number)) => Some(*number),
            _ => None,
        };
        if let Some(mark) = inner.get("MCID") {
            element.page = element.page.or(reference("Pg"));
            let holder = reference("Stm").or(reference("Pg")).or(own).expect("a mark is on a page");
            element.marks.push((holder, mark.integer()));
        } else if inner.get("Type").is_some_and(|kind| kind.name() == "OBJR") {
            element.annotations.push(reference("Obj").expect("an annotation"));
        } else {
            below.push(kid);
        }
    }
    found.push(element);
    above.push(*number);
    for kid in &below {
        gather(book, kid, above, found);
    }
    above.pop();
}

/// Gives the parent tree: by number, the elements of marks or the element of an annotation.
fn parents(book: &Book) -> BTreeMap<i64, Item> {
    let root = book.entry(&book.catalog(), "StructTreeRoot").entries();
    let pairs = book.tree(&root["ParentTree"], "Nums");
    let count = pairs.len();
    let parents: BTreeMap<i64, Item> = pairs.into_iter().map(|(key, value)| (key.integer(), value)).collect();
    assert_eq!(parents.len(), count, "a number stands in the parent tree twice");
    assert!(parents.keys().all(|key| *key < root["ParentTreeNextKey"].integer()), "the next number is free");
    parents
}

/// Gives the pages and forms with marks: object number and entries.
fn holders(book: &Book) -> Vec<(i32, Item)> {
    let mut found: BTreeMap<i32, Item> = BTreeMap::new();
    let mut pending: Vec<i32> = book.page_numbers();
    while let Some(number) = pending.pop() {
        let holder = book.object(number);
        if found.contains_key(&number) {
            continue;
        }
        let entries = holder.clone().entries();
        let resources = book.entry(&entries, "Resources").entries();
        for inner in book.entry(&resources, "XObject").entries().into_values() {
            if let Item::Ref(inner) = inner
                && book.object(inner).entries().get("Subtype").is_some_and(|kind| kind.name() == "Form")
            {
                pending.push(inner);
            }
        }
        found.insert(number, holder);
    }
    found.into_iter().collect()
}

/// Asserts that tree, parent tree and contents name the same marks and annotations.
fn assert_marks_agree(book: &Book, what: &str) {
    let (elements, parents) = (elements(book), parents(book));
    let mut named: BTreeMap<i32, BTreeMap<i64, i32>> = BTreeMap::new();
    for element in &elements {
        for (holder, mark) in &element.marks {
            let before = named.entry(*holder).or_default().insert(*mark, element.number);
            assert!(before.is_none(), "{what}: mark {mark} of object {holder} stands in two elements");
        }
    }
    let mut keys = BTreeSet::new();
    for (number, holder) in holders(book) {
        let entries = holder.clone().entries();
        let marks = book.marks(&holder);
        let once: BTreeSet<i64> = marks.iter().copied().collect();
        let in_tree = named.remove(&number).unwrap_or_default();
        assert_eq!(once, in_tree.keys().copied().collect(), "{what}: marks of object {number} and those of the tree");
        let Some(key) = entries.get("StructParents").map(Item::integer) else {
            assert!(once.is_empty(), "{what}: object {number} has marks, but no place in the parent tree");
            continue;
        };
        assert!(keys.insert(key), "{what}: {key} is used twice");
        let list = book.follow(parents.get(&key).unwrap_or_else(|| panic!("{what}: nothing at {key}"))).list();
        let listed: BTreeMap<i64, i32> = (0..)
            .zip(&list)
            .filter_map(|(mark, element)| match element {
                Item::Ref(element) => Some((mark, *element)),
                _ => None,
            })
            .collect();
        assert_eq!(listed, in_tree, "{what}: the parent tree of object {number}");
    }
    assert!(named.is_empty(), "{what}: marks in objects that are not shown: {named:?}");
    for element in &elements {
        for annotation in &element.annotations {
            let key = book.object(*annotation).entries()["StructParent"].integer();
            assert!(keys.insert(key), "{what}: {key} is used twice");
            assert_eq!(parents[&key], Item::Ref(element.number), "{what}: the element of annotation {annotation}");
        }
    }
    let all: BTreeSet<i64> = parents.keys().copied().collect();
    assert_eq!(keys, all, "{what}: what the parent tree names");
}

/// Asserts that each link is in the tags, as PDF/UA asks for.
fn assert_links_are_tagged(book: &Book, what: &str) {
    let tagged: BTreeSet<i32> =
        elements(book).into_iter().flat_map(|element| element.annotations.into_iter()).collect();
    for page in book.page_numbers() {
        for link in book.entry(&book.object(page).entries(), "Annots").list() {
            let Item::Ref(number) = link else { panic!("{what}: links are referred to") };
            assert!(tagged.contains(&number), "{what}: link {number} is in no tag");
        }
    }
}

#[test]
fn marks_of_the_samples_are_those_of_their_tags() {
    for (path, bytes) in samples().files.iter().filter(|(path, _)| path.ends_with(".pdf")) {
        let book = Book::read(bytes);
        assert_marks_agree(&book, path);
        assert_links_are_tagged(&book, path);
    }
}

#[test]
fn each_file_is_a_part_in_the_order_of_pages() {
    let book = samples().pack();
    let pages = book.page_numbers();
    let elements = elements(&book);
    let index_of = |page: i32| pages.iter().position(|other| *other == page).expect("it is a page");
    // What is read first stands first: no element at the top begins before the one before it.
    let mut last = 0;
    for top in elements.iter().filter(|element| element.above.len() == 1) {
        let inside =
            elements.iter().filter(|other| other.number == top.number || other.above.get(1) == Some(&top.number));
        if let Some(first) = inside.filter_map(|other| other.page).map(index_of).min() {
            assert!(first >= last, "page {first} is read after page {last}");
            last = first;
        }
    }
    let firsts = samples().first_pages();
    for (path, first) in SAMPLES.iter().zip(firsts) {
        let title = format!("Sample {}", path.rsplit('/').next().expect("a name"));
        let part = elements.iter().filter(|element| {
            element.entries["S"].name() == "Part" && book.entry(&element.entries, "T").words() == title
        });
        let part: Vec<&Element> = part.collect();
        assert_eq!(part.len(), 1, "{path}: parts");
        assert_eq!(part[0].above.len(), 1, "{path}: the part stands at the top");
        let mut inside = BTreeSet::new();
        for element in elements.iter().filter(|element| element.above.contains(&part[0].number)) {
            inside.extend(element.marks.iter().filter_map(|(holder, _)| pages.iter().position(|page| page == holder)));
        }
        let count = Book::read(&super::sample(path)).len();
        assert!(inside.iter().all(|page| (first..first + count).contains(page)), "{path}: {inside:?}");
        // All marks of its pages stand in the part.
        for element in elements.iter().filter(|element| !element.above.contains(&part[0].number)) {
            let strays = element.marks.iter().filter(|(holder, _)| pages[first..first + count].contains(holder));
            assert_eq!(strays.count(), 0, "{path}: marks outside its part");
        }
    }
}

#[test]
fn roles_are_known_and_header_cells_are_found() {
    let book = samples().pack();
    let root = book.entry(&book.catalog(), "StructTreeRoot").entries();
    let roles = book.entry(&root, "RoleMap").entries();
    let ids = book.tree(&root["IDTree"], "Names");
    let sorted = ids.iter().map(|(key, _)| key.words()).collect::<Vec<_>>();
    assert!(sorted.is_sorted() && sorted.len() > 10, "{sorted:?}");
    let standard: BTreeSet<&str> = "Document Part Art Sect Div BlockQuote Caption TOC TOCI Index NonStruct Private P H H1 H2 H3 \
        H4 H5 H6 L LI Lbl LBody Table TR TH TD THead TBody TFoot Span Quote Note Reference BibEntry Code Link Annot Ruby \
        Warichu RB RT RP WT WP Figure Formula Form"
        .split_whitespace()
        .collect();
    let mut headers = 0;
    for element in elements(&book) {
        let mut kind = element.entries["S"].name().to_owned();
        for _ in 0..8 {
            if let (false, Some(role)) = (standard.contains(kind.as_str()), roles.get(&kind)) {
                kind = role.name().to_owned();
            }
        }
        assert!(standard.contains(kind.as_str()), "{kind} is no type");
        assert!(element.entries.contains_key("P"), "{kind} does not say what it is part of");
        if let Some(id) = element.entries.get("ID") {
            let named = ids.iter().find(|(key, _)| key == id);
            assert_eq!(named.map(|(_, value)| value.clone()), Some(Item::Ref(element.number)), "{id:?}");
        }
        for attributes in book.entry(&element.entries, "A").list() {
            let Item::Dict(attributes) = book.follow(&attributes) else { continue };
            for header in book.entry(&attributes, "Headers").list() {
                headers += 1;
                let found = ids.iter().find(|(key, _)| *key == header);
                let Some((_, cell)) = found else { panic!("no header cell {header:?}") };
                assert_eq!(book.follow(cell).entries()["S"].name(), "TH");
            }
        }
    }
    assert!(headers > 10, "{headers} cells name their headers");
}

#[test]
fn pages_without_tags_are_figures_that_say_what_is_on_them() {
    let mut made = Made::default();
    for _ in 0..2 {
        made.page(&size(200, 140), "0 0 9 9 re f");
    }
    let entry = "{file: a.pdf, title: The site, description: Two boxes}";
    let book = build(&workspace(&[("a.pdf", made.bytes())], &[&[entry]])).pack();
    let figures: Vec<String> = elements(&book)
        .iter()
        .filter(|element| element.entries["S"].name() == "Figure")
        .map(|element| book.entry(&element.entries, "Alt").words())
        .collect();
    assert_eq!(figures, ["Two boxes (page 1 of 2)", "Two boxes (page 2 of 2)"]);
    assert_marks_agree(&book, "figures");
}

/// Makes a page with tags: a paragraph with a mark, one in a form, and one in a layer that does not show.
fn tagged(role: &str) -> Vec<u8> {
    let mut made = Made::default();
    let form = made.stream(
        "/Type /XObject /Subtype /Form /BBox [0 0 200 140] /StructParents 7",
        b"/P << /MCID 0 >> BDC 50 50 9 9 re f EMC",
    );
    let layer = made.add("<< /Type /OCG /Name (Off) >>");
    let page = made.page(
        &format!(
            "/MediaBox [0 0 200 140] /StructParents 4 /Resources << /XObject << /F {form} 0 R >> \
             /Properties << /L {layer} 0 R /M << /MCID 5 >> >> >>"
        ),
        "/P << /MCID 3 >> BDC 9 9 9 9 re f EMC /F Do /P /M BDC 80 80 9 9 re f EMC \
         /OC /L BDC /P << /MCID 6 >> BDC 20 20 9 9 re f EMC EMC",
    );
    let root = made.next();
    let (document, first, second) = (root + 1, root + 2, root + 3);
    made.add(format!(
        "<< /Type /StructTreeRoot /K {document} 0 R /RoleMap << /Body /{role} >> \
         /ParentTree << /Nums [4 [null null null {first} 0 R null {first} 0 R {first} 0 R] 7 [{second} 0 R]] >> >>"
    ));
    made.add(format!("<< /Type /StructElem /S /Document /P {root} 0 R /K [{first} 0 R {second} 0 R] >>"));
    made.add(format!("<< /Type /StructElem /S /Body /P {document} 0 R /Pg {page} 0 R /K [3 5 6] /ID (one) >>"));
    made.add(format!(
        "<< /Type /StructElem /S /P /P {document} 0 R \
         /K << /Type /MCR /Pg {page} 0 R /Stm {form} 0 R /MCID 0 >> >>"
    ));
    made.catalog = format!(
        "/MarkInfo << /Marked true >> /Lang (cy) /StructTreeRoot {root} 0 R \
         /OCProperties << /OCGs [{layer} 0 R] /D << /OFF [{layer} 0 R] >> >>"
    );
    made.bytes()
}

#[test]
fn marks_in_forms_and_layers_and_types_of_their_own_come_together() {
    let files = [("a.pdf", tagged("P")), ("b.pdf", tagged("H1"))];
    let items: [&[&str]; 2] = [&["{file: a.pdf, title: A}"], &["{file: b.pdf, title: B}", "{file: a.pdf, title: C}"]];
    let book = build(&workspace(&files, &items)).pack();
    assert_marks_agree(&book, "made by hand");
    let root = book.entry(&book.catalog(), "StructTreeRoot").entries();
    let roles = book.entry(&root, "RoleMap").entries();
    let elements = elements(&book);
    let mut kinds = Vec::new();
    for part in elements.iter().filter(|element| element.entries["S"].name() == "Part") {
        assert_eq!(book.entry(&part.entries, "Lang").words(), "cy", "a file keeps its language");
        let body = elements.iter().find(|element| element.above.last() == Some(&part.number)).expect("a paragraph");
        kinds.push(roles[body.entries["S"].name()].name().to_owned());
    }
    assert_eq!(kinds, ["P", "H1", "P"], "the same name stands for something else in another file");
    let ids: BTreeSet<String> = book.tree(&root["IDTree"], "Names").iter().map(|(key, _)| key.words()).collect();
    let own = ids.iter().filter(|id| id.ends_with("one")).count();
    assert_eq!(own, 3, "ids of several files are kept apart: {ids:?}");
}
