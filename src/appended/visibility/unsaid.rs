//! Finds words that a file says without showing them: in texts that stand for others, and in bookmarks.
//!
//! Who blacks out a name on the page often leaves it there: search, copying and screen readers still give it.

use std::collections::{BTreeMap, BTreeSet};

use lopdf::{Dictionary, Document, Object, ObjectId};
use unicode_normalization::UnicodeNormalization as _;

use super::marks::Marked;
use crate::appended::FIGURE;
use crate::pdf::objects::{dictionary, get, get_array, get_dictionary, get_name, get_text};

/// Fewest letters of a word that is looked for.
const FEWEST: usize = 3;
/// Letters from which a word may also stand within another, or run over the end of a line.
const LONG: usize = 5;
/// Elements and bookmarks looked at.
const MOST: usize = 200_000;
/// How deep elements and bookmarks are followed.
const DEEPEST: u32 = 130;

/// Elements whose texts describe what is no text, or a whole of many parts.
const DESCRIBED: [&[u8]; 21] = [
    b"Figure",
    b"Formula",
    b"Form",
    b"Link",
    b"Annot",
    b"Table",
    b"TR",
    b"THead",
    b"TBody",
    b"TFoot",
    b"L",
    b"TOC",
    b"TOCI",
    b"Document",
    b"Part",
    b"Art",
    b"Sect",
    b"Div",
    b"NonStruct",
    b"Private",
    b"Caption",
];

/// The words that the pages of a file show.
#[derive(Debug, Default)]
pub(crate) struct Shown {
    words: BTreeSet<String>,
    letters: String,
    /// Whether some of it cannot be read.
    unclear: bool,
}

impl Shown {
    /// Adds the text of a page.
    pub(crate) fn add(&mut self, text: &str) {
        self.words.extend(words(text).map(folded));
        self.letters.extend(folded(text).chars().filter(|char| char.is_alphanumeric()));
        let unknown = text.chars().filter(|char| is_unknown(*char)).count();
        self.unclear |= unknown * 50 > text.chars().count();
    }

    /// Gives the words of a text that no page shows, in its order.
    fn missing(&self, text: &str) -> Vec<String> {
        let letters = |word: &str| word.chars().filter(|char| char.is_alphabetic()).count();
        let shown = |word: &str| {
            self.words.contains(word)
                || letters(word) < FEWEST
                || word.chars().count() >= LONG && self.letters.contains(word)
                || self.is_like_one(word)
        };
        words(text).filter(|word| !shown(&folded(word))).map(str::to_owned).collect()
    }

    /// Tells whether a word of the pages begins like this one and differs in its ending.
    fn is_like_one(&self, word: &str) -> bool {
        let length = word.chars().count();
        if length < LONG {
            return false;
        }
        let stem: String = word.chars().take((length * 2 / 3).max(LONG - 1)).collect();
        let from = stem.clone()..;
        let near = self.words.range(from).take_while(|other| other.starts_with(&stem));
        near.take(50).any(|other| other.chars().count() <= length + 3)
    }
}

/// Gives the words of a text.
fn words(text: &str) -> impl Iterator<Item = &str> {
    // What never shows may stand within a word.
    let within = |char: char| char.is_alphanumeric() || is_unseen(char);
    text.split(move |char: char| !within(char)).filter(|word| word.chars().any(char::is_alphanumeric))
}

/// Gives a word as it is compared: alike however it is written.
fn folded(text: &str) -> String {
    text.nfkd().filter(|char| !is_unseen(*char)).flat_map(char::to_lowercase).collect()
}

/// Tells whether a character never shows by itself: soft hyphens, joiners, accents that stand alone.
fn is_unseen(char: char) -> bool {
    matches!(char, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{300}'..='\u{36F}')
}

fn is_unknown(char: char) -> bool {
    matches!(char, '\u{FFFD}' | '\u{E000}'..='\u{F8FF}')
}

/// What a page's marks hold: by their number, the text and whether something is drawn there.
pub(crate) type Numbered = BTreeMap<(ObjectId, i64), (String, bool)>;

/// Takes the marks of a page in: those that tags name; gives the texts that its contents put in the place of others.
pub(crate) fn marked(
    page: ObjectId,
    text: &str,
    marks: &[Marked],
    numbered: &mut Numbered,
) -> Vec<(String, String, bool)> {
    let mut instead = Vec::new();
    for mark in marks {
        let range = mark.range.start.min(text.len())..mark.range.end.min(text.len());
        let shown = text.get(range).unwrap_or_default();
        if let Some(number) = mark.number
            && numbered.len() < MOST
        {
            let (all, pictured) = numbered.entry((page, number)).or_default();
            all.push_str(shown);
            *pictured |= mark.pictured;
        }
        if let Some(text) = &mark.instead {
            instead.push((text.clone(), shown.to_owned(), mark.pictured));
        }
    }
    instead
}

/// Gives the words that stand for others and are shown nowhere: the text, and what it stands for.
pub(crate) fn of_replacement(shown: &Shown, text: &str, stands_for: &str, pictured: bool) -> Vec<String> {
    // Letters that cannot be read are what such texts are for; so are letters that are drawn.
    let nothing = !stands_for.chars().any(char::is_alphanumeric);
    if stands_for.chars().any(is_unknown) || pictured && nothing {
        return Vec::new();
    }
    // A part of a word, such as letters that are joined into one.
    if text.trim().chars().count() <= FEWEST && !stands_for.trim().is_empty() {
        return Vec::new();
    }
    shown.missing(text)
}

/// A text of the tags that stands for others, or describes them.
pub(crate) struct Told {
    /// The text.
    pub(crate) text: String,
    /// What it stands for, as far as it is text.
    pub(crate) stands_for: String,
    /// Whether something is drawn there.
    pub(crate) pictured: bool,
    /// Pages that it is on, by their objects.
    pub(crate) pages: BTreeSet<ObjectId>,
}

/// Gives the texts of the tags that stand for others.
pub(crate) fn tags(pdf: &Document, numbered: &Numbered) -> Vec<Told> {
    let root = pdf.catalog().ok().and_then(|catalog| get_dictionary(pdf, catalog, b"StructTreeRoot"));
    let Some(root) = root else { return Vec::new() };
    let mut walk = Walk { pdf, numbered, roles: get_dictionary(pdf, root, b"RoleMap"), found: Vec::new(), left: MOST };
    let mut all = Told { text: String::new(), stands_for: String::new(), pictured: false, pages: BTreeSet::new() };
    walk.kids(root, None, 0, &mut all);
    walk.found
}

struct Walk<'a> {
    pdf: &'a Document,
    numbered: &'a Numbered,
    roles: Option<&'a Dictionary>,
    found: Vec<Told>,
    left: usize,
}

impl<'a> Walk<'a> {
    fn kids(&mut self, element: &'a Dictionary, page: Option<ObjectId>, depth: u32, around: &mut Told) {
        let kids = match get(self.pdf, element, b"K") {
            Some(Object::Array(items)) => items.iter().collect(),
            Some(_) => element.get(b"K").into_iter().collect(),
            None => Vec::new(),
        };
        for kid in kids {
            let Some(left) = self.left.checked_sub(1).filter(|_| depth < DEEPEST) else { return };
            self.left = left;
            let Some(kid) = dictionary(self.pdf, kid) else { continue };
            let page = kid.get(b"Pg").and_then(Object::as_reference).ok().or(page);
            if let (Some(number), Some(page)) = (crate::pdf::objects::get_integer(self.pdf, kid, b"MCID"), page) {
                around.pages.insert(page);
                if let Some((text, pictured)) = self.numbered.get(&(page, number)) {
                    around.stands_for.push_str(text);
                    around.stands_for.push(' ');
                    around.pictured |= pictured;
                }
            } else if kid.has(b"S") {
                self.element(kid, page, depth, around);
            }
        }
    }

    fn element(&mut self, element: &'a Dictionary, page: Option<ObjectId>, depth: u32, around: &mut Told) {
        let mut own = Told { text: String::new(), stands_for: String::new(), pictured: false, pages: BTreeSet::new() };
        self.kids(element, page, depth + 1, &mut own);
        let kind = get_name(self.pdf, element, b"S").unwrap_or_default();
        let kind = self.roles.and_then(|roles| get_name(self.pdf, roles, kind)).unwrap_or(kind);
        if !DESCRIBED.contains(&kind) && !element.has(FIGURE.as_bytes()) {
            let texts = [&b"ActualText"[..], b"Alt"].into_iter().filter_map(|key| get_text(self.pdf, element, key));
            own.text = texts.collect::<Vec<_>>().join(" ");
        }
        around.stands_for.push_str(&own.stands_for);
        around.pictured |= own.pictured;
        around.pages.extend(own.pages.iter().copied());
        if !own.text.is_empty() {
            self.found.push(own);
        }
    }
}

/// Gives the bookmarks that say words which no page shows; those that lead to pages without text cannot be judged.
pub(crate) fn bookmarks(
    pdf: &Document,
    shown: &Shown,
    with_text: &BTreeSet<ObjectId>,
) -> Vec<(String, Option<ObjectId>)> {
    let mut found = Vec::new();
    let outlines = pdf.catalog().ok().and_then(|catalog| get_dictionary(pdf, catalog, b"Outlines"));
    let mut pending: Vec<Option<ObjectId>> =
        vec![outlines.and_then(|root| root.get(b"First").and_then(Object::as_reference).ok())];
    let mut seen = BTreeSet::new();
    while let Some(next) = pending.pop() {
        let Some(id) = next.filter(|id| !shown.unclear && seen.len() < MOST && seen.insert(*id)) else { continue };
        let Some(Object::Dictionary(entry)) = pdf.objects.get(&id) else { continue };
        for key in [&b"Next"[..], b"First"] {
            pending.push(entry.get(key).and_then(Object::as_reference).ok());
        }
        let aim = get_array(pdf, entry, b"Dest").and_then(<[Object]>::first).and_then(|page| page.as_reference().ok());
        let title = get_text(pdf, entry, b"Title").unwrap_or_default();
        if aim.is_none_or(|page| with_text.contains(&page)) && !shown.missing(&title).is_empty() {
            found.push((title, aim));
        }
    }
    // “Slide 1”, “Slide 2”: names that count, and say nothing.
    let counted = |title: &str| {
        let bare: String = title.chars().filter(|char| !char.is_numeric()).collect();
        (bare.len() < title.len()).then_some(bare)
    };
    let mut often: BTreeMap<String, usize> = BTreeMap::new();
    for bare in found.iter().filter_map(|(title, _)| counted(title)) {
        *often.entry(bare).or_default() += 1;
    }
    found.retain(|(title, _)| counted(title).is_none_or(|bare| often[&bare] < 2));
    found
}

#[cfg(test)]
mod tests {
    use super::{Shown, of_replacement};

    fn shown(text: &str) -> Shown {
        let mut shown = Shown::default();
        shown.add(text);
        shown
    }

    #[test]
    fn finds_words_that_no_page_shows() {
        let shown = shown("The claim was made by and settled in May.\nInfor-\nmation on e\u{FB03}cient Finance");
        for (text, missing) in [
            ("Orlando Wetherby", &["Orlando", "Wetherby"][..]),
            ("The claim of Wetherby", &["Wetherby"]),
            ("claim made by Ian", &["Ian"]),
            ("Infor\u{AD}mation", &[]),
            ("efficient financial claims", &[]),
            ("4.2 of 2027", &[]),
        ] {
            let expected: Vec<String> = missing.iter().map(|word| (*word).to_owned()).collect();
            assert_eq!(shown.missing(text), expected, "{text}");
        }
    }

    #[test]
    fn leaves_texts_that_make_letters_readable() {
        let shown = shown("A plan \u{FFFD}\u{FFFD}");
        assert!(of_replacement(&shown, "Wetherby", "\u{FFFD}\u{FFFD}", false).is_empty());
        assert!(of_replacement(&shown, "Wetherby", "", true).is_empty());
        assert!(of_replacement(&shown, "ffi", "*", false).is_empty());
        assert_eq!(of_replacement(&shown, "Wetherby", "", false), ["Wetherby"]);
    }
}
