//! Which elements may stand within which (ISO 14289-1, 7.2), and headings (7.4).

use super::{Element, Tree};
use crate::appended::conformance::faults::Faults;
use crate::appended::facts::Subject;

impl<'a> Tree<'a> {
    /// Gives the kept children of an element, those of transparent children in their place.
    pub(super) fn kids(&self, number: usize) -> Vec<usize> {
        let mut found = Vec::new();
        let mut waiting: Vec<usize> = self.elements.get(number).map_or(Vec::new(), |e| e.children.clone());
        waiting.reverse();
        while let Some(number) = waiting.pop() {
            let Some(element) = self.elements.get(number).filter(|element| element.kept) else { continue };
            if element.role.is_transparent() {
                waiting.extend(element.children.iter().rev());
            } else {
                found.push(number);
            }
        }
        found
    }

    pub(super) fn role(&self, number: usize) -> &'static str {
        self.elements.get(number).map_or("", |element| element.role.name())
    }

    /// Gives the type of the nearest element above that is not transparent.
    fn above(&self, element: &Element<'a>) -> &'static str {
        let mut at = element.parent;
        while let Some(parent) = at.and_then(|number| self.elements.get(number)) {
            if !parent.role.is_transparent() {
                return parent.role.name();
            }
            at = parent.parent;
        }
        ""
    }

    /// Checks tables, lists and tables of contents.
    pub(super) fn check_nesting(&self, faults: &mut Faults) {
        for (number, element) in self.elements.iter().enumerate().filter(|(_, element)| element.kept) {
            let above = || self.above(element);
            let fault = match element.role.name() {
                "TR" if !matches!(above(), "Table" | "THead" | "TBody" | "TFoot") => Some("a row is not in a table"),
                "THead" | "TBody" | "TFoot" if above() != "Table" => Some("a part of a table is not in a table"),
                "TH" | "TD" if above() != "TR" => Some("a cell of a table is not in a row"),
                "LI" if above() != "L" => Some("an item of a list is not in a list"),
                "LBody" if above() != "LI" => Some("the text of a list item is not in an item"),
                "TOCI" if above() != "TOC" => Some("an entry of a table of contents is not in one"),
                _ => None,
            };
            for fault in fault.into_iter().chain(self.wrong_kids(number, element.role.name())) {
                faults.add_at(Subject::Accessibility, element.page, format!("{fault}: its tags are wrong"));
            }
        }
    }

    fn wrong_kids(&self, number: usize, role: &str) -> Vec<&'static str> {
        if !matches!(role, "Table" | "TR" | "THead" | "TBody" | "TFoot" | "L" | "LI" | "TOC") {
            return Vec::new();
        }
        let kids: Vec<&str> =
            self.kids(number).into_iter().map(|kid| self.role(kid)).filter(|kid| !kid.is_empty()).collect();
        let only = |allowed: &[&str]| kids.iter().all(|kid| allowed.contains(kid));
        let count = |name: &str| kids.iter().filter(|kid| **kid == name).count();
        let late_caption = kids.iter().skip(1).any(|kid| *kid == "Caption");
        let mut faults = Vec::new();
        match role {
            "Table" => {
                if !only(&["TR", "THead", "TBody", "TFoot", "Caption"]) {
                    faults.push("a table has something other than rows and a caption");
                }
                if count("THead") > 1 || count("TFoot") > 1 || count("Caption") > 1 {
                    faults.push("a table has two heads, feet or captions");
                }
                if count("TBody") == 0 && count("THead") + count("TFoot") > 0 {
                    faults.push("a table has a head or foot without a body");
                }
                let inner = kids.len().checked_sub(1).and_then(|last| kids.get(1..last)).unwrap_or_default();
                if inner.contains(&"Caption") {
                    faults.push("a table has its caption in the middle");
                }
            }
            "TR" if !only(&["TH", "TD"]) => faults.push("a row has something other than cells"),
            "THead" | "TBody" | "TFoot" if !only(&["TR"]) => {
                faults.push("a part of a table has something other than rows");
            }
            "L" if !only(&["L", "LI", "Caption"]) => faults.push("a list has something other than items"),
            "LI" if !only(&["Lbl", "LBody"]) => {
                faults.push("an item of a list has something other than a label and text");
            }
            "TOC" if !only(&["TOC", "TOCI", "Caption"]) => {
                faults.push("a table of contents has something other than entries");
            }
            _ => {}
        }
        if matches!(role, "L" | "TOC") && late_caption {
            faults.push("a list has its caption not at its top");
        }
        faults
    }

    /// Checks that headings go down one level at a time, from the first.
    pub(super) fn check_headings(&self, faults: &mut Faults) {
        let mut last = 0;
        for element in self.elements.iter().filter(|element| element.kept) {
            let role = element.role.name();
            let level = role.strip_prefix('H').and_then(|level| level.parse::<u32>().ok());
            if role == "H" {
                let message = "its headings have no levels, as those of the pack have: tag them H1, H2 and so on";
                faults.add_at(Subject::Accessibility, element.page, message);
            }
            let Some(level) = level else { continue };
            if level > last + 1 {
                let message = if last == 0 {
                    super::super::first_heading_of(level)
                } else {
                    format!("a heading of level {level} follows one of level {last}")
                };
                faults.add_at(Subject::Accessibility, element.page, message);
            }
            last = level;
        }
    }
}
