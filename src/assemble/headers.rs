//! Which header cells the cells of a table name: those of their own column, of their bands and of their row.
//!
//! The typesetter lets a band over all columns name every column title, and the cells below it name the band alone: a
//! voice would read all titles before each cell, or none. What cells name beats their places (ISO 32000-1, table 349).
//! The header of a row names its bands only, so that its own column's title is not read before every cell of the row.

use std::collections::BTreeMap;
use std::ops::Range;

use lopdf::{Dictionary, Document, Object, ObjectId, StringFormat};

use crate::pdf::objects::{get, get_array, get_integer, get_name, resolve};

/// Lets each cell of every table with bands name its own column title, its bands and its row.
pub(super) fn mend(pack: &mut Document) {
    let is_table = |object: &Object| object.as_dict().is_ok_and(|dict| get_name(pack, dict, b"S") == Some(b"Table"));
    let tables: Vec<ObjectId> = pack.objects.iter().filter(|(_, object)| is_table(object)).map(|(id, _)| *id).collect();
    for table in tables {
        for (cell, headers) in Table::read(pack, table).mended() {
            write(pack, cell, headers);
        }
    }
}

/// A cell as far as headers go.
struct Cell {
    element: ObjectId,
    columns: Range<usize>,
    name: Option<Vec<u8>>,
    names_row: bool,
    headers: Vec<Vec<u8>>,
}

struct Table {
    cells: Vec<Cell>,
    width: usize,
    by_name: BTreeMap<Vec<u8>, usize>,
}

impl Table {
    fn read(pack: &Document, table: ObjectId) -> Self {
        let mut cells = Vec::new();
        let mut rows = Vec::new();
        for kid in kids(pack, table) {
            match kind(pack, kid) {
                Some(b"TR") => rows.push(kid),
                Some(b"THead" | b"TBody" | b"TFoot") => rows.extend(kids(pack, kid)),
                _ => {}
            }
        }
        for row in rows {
            let mut column = 0;
            for element in kids(pack, row) {
                let Ok(dict) = pack.get_dictionary(element) else { continue };
                let attributes = attributes(pack, dict);
                let span = attributes.as_ref().and_then(|all| get_integer(pack, all, b"ColSpan"));
                let span = span.and_then(|span| usize::try_from(span).ok()).unwrap_or(1).max(1);
                let headers = attributes.as_ref().and_then(|all| get_array(pack, all, b"Headers")).unwrap_or_default();
                cells.push(Cell {
                    element,
                    columns: column..column + span,
                    name: dict.get(b"ID").and_then(Object::as_str).ok().map(<[u8]>::to_vec),
                    names_row: attributes.as_ref().and_then(|all| get_name(pack, all, b"Scope")) == Some(b"Row"),
                    headers: headers.iter().filter_map(|one| one.as_str().ok().map(<[u8]>::to_vec)).collect(),
                });
                column += span;
            }
        }
        let width = cells.iter().map(|cell| cell.columns.end).max().unwrap_or(0);
        let names = cells.iter().enumerate().filter_map(|(index, cell)| Some((cell.name.clone()?, index)));
        let by_name = names.collect();
        Self { cells, width, by_name }
    }

    /// Tells whether a header cell is a band: over all columns of a table that has several.
    fn is_band(&self, cell: &Cell) -> bool {
        self.width > 1 && cell.columns.len() == self.width
    }

    /// Gives the header cells that each cell should name, where it names others.
    fn mended(&self) -> Vec<(ObjectId, Vec<Vec<u8>>)> {
        let mut mended = Vec::new();
        for cell in &self.cells {
            let mut chain = Vec::new();
            self.gather(&cell.headers, &mut chain, 0);
            let own = |index: &&usize| {
                let header = &self.cells[**index];
                let overlaps = header.columns.start < cell.columns.end && cell.columns.start < header.columns.end;
                header.names_row || self.is_band(header) || (overlaps && !self.is_band(cell) && !cell.names_row)
            };
            let headers: Vec<Vec<u8>> =
                chain.iter().filter(own).filter_map(|index| self.cells[*index].name.clone()).collect();
            if headers != cell.headers {
                mended.push((cell.element, headers));
            }
        }
        mended
    }

    /// Follows header cells to those that they name themselves; the outermost come first.
    fn gather(&self, names: &[Vec<u8>], chain: &mut Vec<usize>, depth: usize) {
        for index in names.iter().filter_map(|name| self.by_name.get(name)) {
            if !chain.contains(index) && depth < 8 {
                self.gather(&self.cells[*index].headers, chain, depth + 1);
                chain.push(*index);
            }
        }
    }
}

fn kids(pack: &Document, element: ObjectId) -> Vec<ObjectId> {
    let Ok(dict) = pack.get_dictionary(element) else { return Vec::new() };
    match get(pack, dict, b"K") {
        Some(Object::Array(items)) => items.iter().filter_map(|item| item.as_reference().ok()).collect(),
        _ => dict.get(b"K").and_then(Object::as_reference).into_iter().collect(),
    }
}

fn kind(pack: &Document, element: ObjectId) -> Option<&[u8]> {
    get_name(pack, pack.get_dictionary(element).ok()?, b"S")
}

fn is_of_table(pack: &Document, attributes: &Dictionary) -> bool {
    get_name(pack, attributes, b"O") == Some(b"Table")
}

/// Gives the attributes that a cell has as a cell.
fn attributes(pack: &Document, cell: &Dictionary) -> Option<Dictionary> {
    let all = match get(pack, cell, b"A")? {
        Object::Array(items) => items.iter().filter_map(|item| resolve(pack, item)?.as_dict().ok()).collect(),
        one => vec![one.as_dict().ok()?],
    };
    all.into_iter().find(|one| is_of_table(pack, one)).cloned()
}

fn write(pack: &mut Document, cell: ObjectId, headers: Vec<Vec<u8>>) {
    let Some(mut own) = pack.get_dictionary(cell).ok().and_then(|dict| attributes(pack, dict)) else { return };
    let names = headers.into_iter().map(|name| Object::String(name, StringFormat::Literal));
    own.set("Headers", Object::Array(names.collect()));
    let own = Object::Dictionary(own);
    let others: Option<Vec<Object>> = pack.get_dictionary(cell).ok().and_then(|dict| match get(pack, dict, b"A") {
        Some(Object::Array(items)) => {
            let other = |item: &&Object| {
                resolve(pack, item).and_then(|item| item.as_dict().ok()).is_none_or(|one| !is_of_table(pack, one))
            };
            Some(items.iter().filter(other).cloned().collect())
        }
        _ => None,
    });
    if let Ok(dict) = pack.get_dictionary_mut(cell) {
        let all = others.map(|others| Object::Array(others.into_iter().chain([own.clone()]).collect()));
        dict.set("A", all.unwrap_or(own));
    }
}
