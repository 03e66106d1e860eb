//! Tables: cells that fit together, and header cells for all others (ISO 14289-1, 7.2 and 7.5).

use std::collections::HashSet;

use lopdf::Object;

use super::Tree;
use crate::appended::conformance::faults::Faults;
use crate::pdf::reader::PdfReader;

/// Most cells of one table.
const CELLS: usize = 2_000_000;
/// Most cells of all tables.
const ALL: usize = 20_000_000;

/// Most cells looked at in search of the headers of one table; a table that needs more fails.
const STEPS: usize = 50_000_000;

/// A cell and the columns and rows that it spans.
#[derive(Clone)]
struct Cell {
    number: usize,
    header: bool,
    columns: usize,
    rows: usize,
}

/// Which cells a header is for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Scope {
    Row,
    Column,
    Both,
}

struct Grid {
    cells: Vec<Cell>,
    places: Vec<Option<usize>>,
    rows: usize,
    columns: usize,
}

impl Grid {
    fn at(&self, row: usize, column: usize) -> Option<&Cell> {
        let place = self.places.get(row * self.columns + column).copied().flatten()?;
        self.cells.get(place)
    }
}

impl<'a> Tree<'a> {
    /// Checks all tables.
    pub(super) fn check_tables(&self, reader: &PdfReader<'a>, faults: &mut Faults) {
        let mut room = ALL;
        let is_table = |(_, element): &(usize, &super::Element)| element.kept && element.role.name() == "Table";
        for (table, (number, element)) in (1..).zip(self.elements.iter().enumerate().filter(is_table)) {
            let fault = match self.grid(reader, number, &mut room) {
                Ok(None) => None,
                Ok(Some(grid)) => (!self.has_headers(reader, &grid))
                    .then_some("a table has cells without header cells: mark the headers of its columns and rows"),
                Err(fault) => Some(fault),
            };
            if let Some(fault) = fault {
                faults.of_table(element.page, table, fault);
            }
        }
    }

    /// Lays out a table; nothing when it has no cells.
    fn grid(&self, reader: &PdfReader<'a>, table: usize, room: &mut usize) -> Result<Option<Grid>, &'static str> {
        const UNEVEN: &str = "the rows of a table do not have the same number of cells";
        let rows: Vec<Vec<Cell>> = self.rows(table).into_iter().map(|row| self.cells(reader, row)).collect();
        let columns: usize = rows.first().map_or(0, |row| row.iter().map(|cell| cell.columns).sum());
        let count = count_rows(&rows);
        if count == 0 {
            return Ok(None);
        }
        let size = count.saturating_mul(columns);
        if size > CELLS.min(*room) {
            return Err("a table is too large to be checked");
        }
        *room -= size;
        let mut grid = Grid { cells: Vec::new(), places: vec![None; size], rows: count, columns };
        for (row, cells) in rows.into_iter().enumerate() {
            let mut column = 0;
            for cell in cells {
                while column < columns && row < count && grid.at(row, column).is_some() {
                    column += 1;
                }
                if cell.columns == 0 || cell.rows == 0 || column + cell.columns > columns {
                    return Err(UNEVEN);
                }
                if row + cell.rows > count {
                    return Err("a cell of a table reaches beyond its last row");
                }
                let next = column + cell.columns;
                put(&mut grid, cell, row, column)?;
                column = next;
            }
        }
        if grid.places.contains(&None) { Err(UNEVEN) } else { Ok(Some(grid)) }
    }

    fn rows(&self, table: usize) -> Vec<usize> {
        let mut rows = Vec::new();
        for kid in self.kids(table) {
            match self.role(kid) {
                "TR" => rows.push(kid),
                "THead" | "TBody" | "TFoot" => {
                    rows.extend(self.kids(kid).into_iter().filter(|row| self.role(*row) == "TR"));
                }
                _ => {}
            }
        }
        rows
    }

    fn cells(&self, reader: &PdfReader<'a>, row: usize) -> Vec<Cell> {
        let cells = self.kids(row).into_iter().filter(|cell| matches!(self.role(*cell), "TH" | "TD"));
        let span = |number: usize, key: &[u8]| {
            let element = self.elements.get(number)?;
            let span = self.table_attribute(reader, element.dict, key, |value| value.as_i64().ok());
            usize::try_from(span.unwrap_or(1)).ok().filter(|span| *span <= CELLS)
        };
        cells
            .map(|number| Cell {
                number,
                header: self.role(number) == "TH",
                columns: span(number, b"ColSpan").unwrap_or(0),
                rows: span(number, b"RowSpan").unwrap_or(0),
            })
            .collect()
    }

    fn has_headers(&self, reader: &PdfReader<'a>, grid: &Grid) -> bool {
        let scopes: Vec<Option<Scope>> = grid.cells.iter().map(|cell| self.scope(reader, cell)).collect();
        if grid.cells.iter().zip(&scopes).all(|(cell, scope)| !cell.header || scope.is_some()) {
            return true;
        }
        let headers = grid.cells.iter().filter(|cell| cell.header);
        let ids: HashSet<&[u8]> = headers
            .filter_map(|cell| reader.text(self.elements.get(cell.number)?.dict, b"ID").filter(|id| !id.is_empty()))
            .collect();
        let mut seen = HashSet::new();
        let room = std::cell::Cell::new(STEPS);
        for row in 0..grid.rows {
            for column in 0..grid.columns {
                let Some(cell) = grid.at(row, column) else { continue };
                if cell.header || !seen.insert(cell.number) {
                    continue;
                }
                if !self.names_headers(reader, cell, &ids) && !near_header(grid, &scopes, cell, (row, column), &room) {
                    return false;
                }
            }
        }
        true
    }

    fn scope(&self, reader: &PdfReader<'a>, cell: &Cell) -> Option<Scope> {
        let element = self.elements.get(cell.number).filter(|_| cell.header)?;
        let name = self.table_attribute(reader, element.dict, b"Scope", |value| value.as_name().ok())?;
        match name {
            b"Row" => Some(Scope::Row),
            b"Column" => Some(Scope::Column),
            b"Both" => Some(Scope::Both),
            _ => None,
        }
    }

    /// Whether a cell names header cells of the table, and no others.
    fn names_headers(&self, reader: &PdfReader<'a>, cell: &Cell, ids: &HashSet<&'a [u8]>) -> bool {
        let Some(element) = self.elements.get(cell.number) else { return false };
        let list = self.table_attribute(reader, element.dict, b"Headers", |value| value.as_array().ok());
        let mut named = list.into_iter().flatten().filter_map(|id| match reader.get(id) {
            Object::String(id, _) => Some(ids.contains(id.as_slice())),
            _ => None,
        });
        named.next().is_some_and(|first| first) && named.all(|known| known)
    }
}

/// Goes up and to the left of a cell for a header of its column or row.
fn near_header(
    grid: &Grid,
    scopes: &[Option<Scope>],
    cell: &Cell,
    (row, column): (usize, usize),
    room: &std::cell::Cell<usize>,
) -> bool {
    let search = |mut cells: Box<dyn Iterator<Item = (usize, usize)>>, wanted: Scope| {
        let mut headers = false;
        cells.find_map(|(row, column)| {
            room.set(room.get().checked_sub(1)?);
            let place = grid.places.get(row * grid.columns + column).copied().flatten()?;
            let scope = scopes.get(place).copied().flatten();
            let header = grid.cells.get(place).is_some_and(|cell| cell.header);
            if scope == Some(Scope::Both) || scope == Some(wanted) {
                return Some(true);
            }
            if !header && headers {
                return Some(false);
            }
            headers |= header;
            None
        }) == Some(true)
    };
    (column..column + cell.columns)
        .any(|column| search(Box::new((0..row).rev().map(move |row| (row, column))), Scope::Column))
        || (row..row + cell.rows)
            .any(|row| search(Box::new((0..column).rev().map(move |column| (row, column))), Scope::Row))
}

fn put(grid: &mut Grid, cell: Cell, row: usize, column: usize) -> Result<(), &'static str> {
    let place = grid.cells.len();
    for down in row..row + cell.rows {
        for across in column..column + cell.columns {
            match grid.places.get_mut(down * grid.columns + across) {
                Some(free @ None) => *free = Some(place),
                _ => return Err("two cells of a table lie over each other"),
            }
        }
    }
    grid.cells.push(cell);
    Ok(())
}

/// Counts rows by the first cell of each, as far as it spans.
fn count_rows(rows: &[Vec<Cell>]) -> usize {
    let mut count = 0_usize;
    let mut at = 0;
    while let Some(row) = rows.get(at) {
        let span = row.first().map_or(0, |cell| cell.rows);
        count = count.saturating_add(span);
        at += span.max(1);
    }
    count
}
