//! How people and machines find their way: bookmarks, links, titles, languages and claims.

use std::fmt::Write;

use crate::pdf::{Aim, Pdf};
use crate::sample::{Pack, outputs, packs};

fn pack(name: &str) -> &'static Pack {
    packs().iter().find(|pack| pack.name == name).unwrap_or_else(|| panic!("no pack {name}"))
}

#[test]
fn bookmarks_lead_from_items_to_papers_to_sections() {
    let pack = pack("education-scrutiny/2026-09-16/public");
    let bookmarks = Pdf::read(&pack.bytes).bookmarks();
    for item in pack.items().filter(|item| !item["pages"].is_null()) {
        let title =
            format!("{}. {}", item["number"].as_str().expect("a number"), item["title"].as_str().expect("a title"));
        let at = bookmarks.iter().position(|bookmark| bookmark.depth == 0 && bookmark.title == title);
        let at = at.unwrap_or_else(|| panic!("no bookmark for {title}"));
        assert_eq!(pack.labels[bookmarks[at].page], item["pages"]["first"].to_string(), "{title}");
        let papers =
            bookmarks[at + 1..].iter().take_while(|bookmark| bookmark.depth > 0).filter(|bookmark| bookmark.depth == 1);
        assert_eq!(papers.count(), item["documents"].as_array().expect("documents").len(), "papers below {title}");
    }
    let mut tree = String::new();
    for bookmark in bookmarks {
        let indent = "  ".repeat(bookmark.depth);
        let _ = writeln!(tree, "{indent}{} .. {}", bookmark.title, pack.labels[bookmark.page]);
    }
    insta::assert_snapshot!("bookmarks", tree);
}

#[test]
fn no_bookmark_skips_a_level() {
    for pack in packs() {
        let mut last = None;
        for bookmark in Pdf::read(&pack.bytes).bookmarks() {
            let deepest = last.map_or(0, |depth: usize| depth + 1);
            assert!(bookmark.depth <= deepest, "{}: {}", pack.name, bookmark.title);
            last = Some(bookmark.depth);
        }
    }
}

#[test]
fn links_lead_from_items_to_their_papers_and_back() {
    for pack in packs() {
        let links = Pdf::read(&pack.bytes).links();
        let front = pack.documents().next().expect("a front sheet");
        let is_front = |page: usize| {
            pack.labels[page].parse::<u64>().expect("a number") <= front["last_page"].as_u64().expect("a number")
        };
        for item in pack.items().filter(|item| !item["pages"].is_null()) {
            let first = item["pages"]["first"].to_string();
            let page = pack.labels.iter().position(|label| *label == first).expect("the item's first page");
            let there = links.iter().any(|link| is_front(link.from) && link.to == Aim::Page(page));
            assert!(there, "{}: the front sheet does not link to page {first}", pack.name);
            let back = links.iter().any(|link| link.from == page && matches!(link.to, Aim::Page(aim) if is_front(aim)));
            assert!(back, "{}: page {first} does not link back to the agenda", pack.name);
        }
    }
}

#[test]
fn links_go_only_to_web_and_e_mail_addresses_and_pages() {
    for (path, bytes) in outputs().iter().filter(|(path, _)| path.ends_with(".pdf")) {
        for link in Pdf::read(bytes).links() {
            if let Aim::Address(address) = link.to {
                let known = ["https://", "http://", "mailto:", "tel:"].iter().any(|scheme| address.starts_with(scheme));
                assert!(known, "{path}: {address}");
            }
        }
    }
}

#[test]
fn every_pdf_has_title_author_language_and_tags() {
    for (path, bytes) in outputs().iter().filter(|(path, _)| path.ends_with(".pdf")) {
        let pdf = Pdf::read(bytes);
        let title = pdf.information("Title").unwrap_or_default();
        let year = path.split('/').nth(1).expect("a meeting").split('-').next().expect("a year");
        assert!(title.contains(year), "{path}: title {title}");
        assert_eq!(pdf.information("Author").as_deref(), Some("Aldermere City Council"), "{path}");
        assert_eq!(pdf.language().as_deref(), Some("en-GB"), "{path}");
        assert!(pdf.is_tagged(), "{path}");
        let xmp = pdf.xmp().replace("&apos;", "'").replace("&quot;", "\"").replace("&amp;", "&");
        assert!(xmp.contains(&format!(">{title}<")), "{path}: XMP has another title than {title}");
    }
}

/// PDFs with a document of which LibreOffice leaves lines untagged: they do not claim PDF/UA-1.
const NOT_ACCESSIBLE: [&str; 3] = [
    "council/2026-10-08/private/2026-10-08-council-agenda-pack-private.pdf",
    "council/2026-10-08/public/2026-10-08-council-agenda-pack.pdf",
    "council/2026-10-08/public/papers/item-5-lorries-without-cloth-bridge-parking-and-loading.pdf",
];

#[test]
fn every_pdf_claims_ua_1_and_a_2a_unless_an_appended_file_breaks_them() {
    for (path, bytes) in outputs().iter().filter(|(path, _)| path.ends_with(".pdf")) {
        let xmp = Pdf::read(bytes).xmp();
        for claim in ["<pdfaid:part>2<", "<pdfaid:conformance>A<"] {
            assert!(xmp.contains(claim), "{path}: {claim} is not in\n{xmp}");
        }
        let accessible = !NOT_ACCESSIBLE.contains(&path.as_str());
        assert_eq!(xmp.contains("<pdfuaid:part>1<"), accessible, "{path}: {xmp}");
        assert!(bytes.starts_with(b"%PDF-1.7"), "{path}");
    }
}
