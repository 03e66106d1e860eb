//! Which foreign page goes where in a pack, what it is called, and what the pack may claim with it.

use std::collections::BTreeMap;

use super::receive::InPack;
use crate::appended::{Content, Facts, Subject};
use crate::assemble::{self, Appended, AssembleFailure, Claims, Frame, Spot};
use crate::compose::PageNumbers;
use crate::layouts::Phrases;
use crate::typeset::AppendedPage;

/// Makes the final PDF of what the typesetter has made; headings of appended files go down by `below` levels.
pub(super) fn pdf(
    shell: &[u8],
    pages: &[AppendedPage],
    in_pack: &BTreeMap<String, InPack>,
    phrases: &Phrases,
    numbers: &PageNumbers,
    labels: Option<&[String]>,
    below: u8,
) -> Result<Vec<u8>, AssembleFailure> {
    let mut appended = Vec::new();
    let mut claims = Claims::ALL;
    let titles: BTreeMap<&str, String> =
        in_pack.iter().map(|(id, one)| (id.as_str(), one.appended.title.plain())).collect();
    for (id, one) in in_pack {
        let Content::Pdf(pdf) = &one.received.content else { continue };
        let own: Vec<&AppendedPage> = pages.iter().filter(|page| page.document == *id).collect();
        if own.is_empty() {
            continue;
        }
        let title = titles.get(id.as_str()).map_or("", String::as_str);
        let spots = own.into_iter().map(|page| spot(page, one, title, phrases, numbers)).collect();
        appended.push(Appended { pdf, title, below, spots });
        claims = with(claims, &one.received.facts, one.appended.description.is_some());
    }
    // In the order of pages, which is that in which tags and links are numbered.
    appended.sort_by_key(|one| one.spots.first().map(|spot| spot.page));
    assemble::pack(shell, &appended, claims, labels)
}

fn spot(page: &AppendedPage, one: &InPack, title: &str, phrases: &Phrases, numbers: &PageNumbers) -> Spot {
    let number = page.page.checked_sub(1).and_then(|index| one.received.faces.get(index)).map_or(1, |face| face.number);
    let words = one.appended.description.as_ref().map_or(title, |description| &description.value);
    let alternative =
        [("description", words), ("page", &number.to_string()), ("pages", &one.received.facts.pages.to_string())];
    Spot {
        page: page.physical,
        frame: Frame { x: page.x, y: page.y, width: page.width, height: page.height },
        words: phrases.fill("page", &[("page", &numbers.print(page.printed))]),
        alternative: phrases.fill("appended-alternative", &alternative),
    }
}

/// Takes back what a pack cannot claim with this file in it; `described` tells whether the agenda describes it.
pub(super) fn with(claims: Claims, facts: &Facts, described: bool) -> Claims {
    let about = |subject: Subject| facts.remarks.iter().any(|remark| remark.subject == subject);
    let figures = about(Subject::Untagged) && !described;
    Claims {
        accessible: claims.accessible && !about(Subject::Accessibility) && !about(Subject::Unicode) && !figures,
        archival: claims.archival && !about(Subject::Archiving),
        readable: claims.readable && !about(Subject::Unicode),
    }
}
