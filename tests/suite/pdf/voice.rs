//! What a voice says of pages: tags in their order, and header cells as a screen reader resolves them.

use std::collections::{BTreeMap, BTreeSet};

use lopdf::{Dictionary, Object, ObjectId};

use super::{Pdf, text};

/// Words of marked contents, by page or form, and number.
type Marks = BTreeMap<(ObjectId, i64), String>;

impl Pdf {
    /// Tells what a voice says of some pages, by their indexes from 0: one line for each heading, paragraph, entry of a
    /// list, picture and cell.
    pub fn spoken(&self, pages: &BTreeSet<usize>) -> Vec<String> {
        let mut reader = text::Reader::new(&self.document);
        let mut marks = Marks::new();
        let mut wanted = BTreeSet::new();
        for (index, page) in self.pages.iter().enumerate() {
            if pages.contains(&index) {
                wanted.insert(*page);
            }
            for run in reader.runs(*page) {
                if let Some(mark) = run.mark {
                    marks.entry((run.form.unwrap_or(*page), mark)).or_default().push_str(&run.words);
                }
            }
        }
        let Some(Object::Dictionary(root)) = self.get(self.catalog(), "StructTreeRoot") else { return Vec::new() };
        let mut voice = Voice { pdf: self, marks, wanted, lines: Vec::new(), cells: BTreeMap::new(), language: None };
        voice.gather_cells();
        voice.kids(root, None);
        voice.lines
    }
}

struct Voice<'a> {
    pdf: &'a Pdf,
    marks: Marks,
    wanted: BTreeSet<ObjectId>,
    lines: Vec<String>,
    /// Header cells by their names.
    cells: BTreeMap<Vec<u8>, &'a Dictionary>,
    language: Option<String>,
}

/// Types whose words are said in one breath.
const BLOCKS: [&str; 13] = ["H1", "H2", "H3", "H4", "H5", "H6", "P", "Lbl", "LBody", "Caption", "TH", "TD", "Note"];

impl<'a> Voice<'a> {
    fn gather_cells(&mut self) {
        for object in self.pdf.document.objects.values() {
            if let Object::Dictionary(dict) = object
                && let Ok(Object::String(name, _)) = dict.get(b"ID")
            {
                self.cells.insert(name.clone(), dict);
            }
        }
    }

    fn kids(&mut self, element: &'a Dictionary, page: Option<ObjectId>) {
        for (kid, page) in self.below(element, page) {
            if let Kid::Element(kid) = kid {
                self.element(kid, page);
            }
        }
    }

    fn element(&mut self, element: &'a Dictionary, page: Option<ObjectId>) {
        let Some(Object::Name(kind)) = self.pdf.get(element, "S") else { return };
        let kind = String::from_utf8_lossy(kind).into_owned();
        let outer = self.language.clone();
        if let Some(language) = self.pdf.words(element, "Lang") {
            self.language = Some(language);
        }
        let is_loose = !BLOCKS.contains(&kind.as_str())
            && self.below(element, page).iter().any(|(kid, _)| matches!(kid, Kid::Mark(..)));
        if BLOCKS.contains(&kind.as_str()) || is_loose || self.pdf.words(element, "Alt").is_some() {
            self.say(&kind, element, page);
        } else {
            if matches!(kind.as_str(), "Table" | "L") && self.is_on(element, page) {
                self.lines.push(format!("({})", if kind == "L" { "list" } else { "table" }));
            }
            self.kids(element, page);
        }
        self.language = outer;
    }

    fn say(&mut self, kind: &str, element: &'a Dictionary, page: Option<ObjectId>) {
        if !self.is_on(element, page) {
            return;
        }
        let mut words = String::new();
        let mut blocks = Vec::new();
        self.words(element, page, &mut words, &mut blocks);
        let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
        if words.is_empty() && kind != "TD" {
            for (block, page) in blocks {
                self.element(block, page);
            }
            return;
        }
        let headers = self.headers(element);
        let language = match (&self.language, self.pdf.language()) {
            (Some(own), Some(whole)) if *own != whole => format!(" in {own}"),
            _ => String::new(),
        };
        let line = match kind {
            "TD" => format!("{}: {}", headers.join("; "), if words.is_empty() { "(empty)" } else { &words }),
            "TH" if headers.is_empty() => format!("header: {words}"),
            "TH" => format!("header: {words} ({})", headers.join("; ")),
            "Figure" => format!("picture: {words}"),
            _ if kind.len() == 2 && kind.starts_with('H') => format!("heading {}: {words}", &kind[1..]),
            _ => words,
        };
        self.lines.push(format!("{line}{language}"));
        for (block, page) in blocks {
            self.element(block, page);
        }
    }

    /// Gives the words of the header cells that a cell names, and those that these name in their turn.
    fn headers(&self, cell: &'a Dictionary) -> Vec<String> {
        let mut all = Vec::new();
        let mut seen = BTreeSet::new();
        self.follow(cell, &mut seen, &mut all);
        all
    }

    fn follow(&self, cell: &'a Dictionary, seen: &mut BTreeSet<Vec<u8>>, all: &mut Vec<String>) {
        for name in self.names(cell) {
            let Some(header) = self.cells.get(&name) else { continue };
            if !seen.insert(name) {
                continue;
            }
            self.follow(header, seen, all);
            let mut words = String::new();
            self.words(header, None, &mut words, &mut Vec::new());
            all.push(words.split_whitespace().collect::<Vec<_>>().join(" "));
        }
    }

    fn names(&self, cell: &'a Dictionary) -> Vec<Vec<u8>> {
        let attributes = match self.pdf.get(cell, "A") {
            Some(Object::Array(items)) => items.iter().map(|item| self.pdf.follow(item)).collect(),
            Some(one) => vec![one],
            None => Vec::new(),
        };
        let of_cell = attributes.into_iter().filter_map(|one| one.as_dict().ok());
        let headers = of_cell.filter_map(|one| self.pdf.get(one, "Headers")?.as_array().ok());
        headers.flatten().filter_map(|name| name.as_str().ok().map(<[u8]>::to_vec)).collect()
    }

    /// Gathers the words of an element; blocks inside it that are said by themselves, such as lists, are put aside.
    fn words(
        &self,
        element: &'a Dictionary,
        page: Option<ObjectId>,
        words: &mut String,
        blocks: &mut Vec<(&'a Dictionary, Option<ObjectId>)>,
    ) {
        if let Some(alternative) = self.pdf.words(element, "Alt") {
            words.push_str(&alternative);
            return;
        }
        for (kid, page) in self.below(element, page) {
            match kid {
                Kid::Mark(mark, form) => {
                    if let Some(said) = form.or(page).and_then(|holder| self.marks.get(&(holder, mark))) {
                        words.push_str(said);
                        words.push(' ');
                    }
                }
                Kid::Element(kid) => match self.pdf.get(kid, "S").and_then(|kind| kind.as_name().ok()) {
                    Some(b"L" | b"Table") => blocks.push((kid, page)),
                    _ => self.words(kid, page, words, blocks),
                },
            }
        }
    }

    fn is_on(&self, element: &'a Dictionary, page: Option<ObjectId>) -> bool {
        self.below(element, page).into_iter().any(|(kid, page)| match kid {
            Kid::Mark(..) => page.is_some_and(|page| self.wanted.contains(&page)),
            Kid::Element(kid) => self.is_on(kid, page),
        })
    }

    /// Gives what an element holds, each with its page.
    fn below(&self, element: &'a Dictionary, page: Option<ObjectId>) -> Vec<(Kid<'a>, Option<ObjectId>)> {
        let page = element.get(b"Pg").ok().and_then(|page| page.as_reference().ok()).or(page);
        let kids = match self.pdf.get(element, "K") {
            Some(Object::Array(kids)) => kids.iter().collect(),
            Some(_) => element.get(b"K").into_iter().collect(),
            None => Vec::new(),
        };
        let kid = |kid: &'a Object| match self.pdf.follow(kid) {
            Object::Integer(mark) => Some((Kid::Mark(*mark, None), page)),
            Object::Dictionary(dict) => {
                let own = dict.get(b"Pg").ok().and_then(|page| page.as_reference().ok()).or(page);
                match dict.get(b"MCID").and_then(Object::as_i64) {
                    Ok(mark) => {
                        let form = dict.get(b"Stm").ok().and_then(|form| form.as_reference().ok());
                        Some((Kid::Mark(mark, form), own))
                    }
                    Err(_) => dict.has(b"S").then_some((Kid::Element(dict), page)),
                }
            }
            _ => None,
        };
        kids.into_iter().filter_map(kid).collect()
    }
}

enum Kid<'a> {
    /// The number of a marked content, and the form that it stands in.
    Mark(i64, Option<ObjectId>),
    Element(&'a Dictionary),
}
