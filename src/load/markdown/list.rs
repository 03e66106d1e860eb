//! Lists: their numbers as they were typed, and lines that only their first sign has made a list.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::Reader;
use crate::model::text::Block;

/// From here on a number at the start of a line is rather a year, or the end of a sentence.
const TOO_HIGH: u64 = 1_000;

crate::finding::rule! {
    /// The entries of a list print the numbers that were typed. Where all begin with `1. `, they are counted.
    ENTRY_TWICE = "T0023", Text, Warning, "a number that is written twice in a list";
}

impl Reader<'_> {
    /// Reads a list, whose start was just read.
    pub(super) fn list(&mut self, numbered: bool, range: &Range<usize>) -> Option<Block> {
        let goes_on = self.depth == 0 && self.goes_on_with_text(range);
        let before = self.last_number;
        self.deeper(range, |reader| {
            let (mut items, mut typed) = (Vec::new(), Vec::new());
            while let Some((Event::Start(Tag::Item), at)) = reader.events.get(reader.at).cloned() {
                reader.at += 1;
                let blocks = reader.blocks();
                if blocks.is_empty() {
                    reader.doubt(&at, "this entry of a list is empty", "write its words, or delete the line");
                }
                items.push(blocks);
                typed.push((reader.number_at(&at), at));
            }
            reader.at += 1;
            if let [(number, only)] = &typed[..] {
                let is_out_of_turn = numbered && (2..TOO_HIGH).contains(number) && *number != before + 1;
                reader.lone_entry(only, goes_on, is_out_of_turn);
            }
            if let Some((number, _)) = typed.last().filter(|_| numbered) {
                reader.last_number = *number;
            }
            Block::List { numbers: if numbered { reader.numbers(&typed) } else { Vec::new() }, items }
        })
    }

    /// Tells whether the list begins on the line below a text that does not lead to it.
    fn goes_on_with_text(&self, range: &Range<usize>) -> bool {
        let above = self.at.checked_sub(2).and_then(|at| self.events.get(at));
        let text = self.text[..range.start].trim_end_matches([' ', '\t']);
        let line = text.strip_suffix('\n').map(|text| text.rsplit('\n').next().unwrap_or_default().trim());
        matches!(above, Some((Event::End(TagEnd::Paragraph), _)))
            && line.is_some_and(|line| !line.is_empty() && !line.ends_with([':', ';']))
    }

    /// Records a list of one entry whose sign may be meant as text: it goes on with a text, or its number is
    /// neither the first of a list nor the next after the list before, as with the day of a date.
    fn lone_entry(&self, at: &Range<usize>, goes_on: bool, is_out_of_turn: bool) {
        let written = self.text[at.clone()].trim_start();
        let Some(sign) = written.chars().next() else { return };
        if !goes_on && !is_out_of_turn && !matches!(sign, '*' | '+') {
            return;
        }
        let (shown, escaped) = match written.find(['.', ')']).filter(|_| sign.is_ascii_digit()) {
            Some(end) => (written[..=end].to_owned(), format!("{}\\{}", &written[..end], &written[end..=end])),
            None => (sign.to_string(), format!("\\{sign}")),
        };
        let help = if is_out_of_turn {
            format!("write {escaped} if the number is a part of the text, such as the day of a date")
        } else {
            format!("put an empty line above it if it is one; write {escaped} if the sign is a part of the text")
        };
        self.doubt(at, &format!("`{shown}` at the start of this line makes a list of it"), &help);
    }

    fn number_at(&self, at: &Range<usize>) -> u64 {
        let written = self.text[at.clone()].trim_start();
        let digits = written.bytes().take_while(u8::is_ascii_digit).count();
        written[..digits].parse().unwrap_or(0)
    }

    /// Gives the number of each entry: as typed, unless each begins with `1.`, which leaves the counting to the program.
    fn numbers(&self, typed: &[(u64, Range<usize>)]) -> Vec<u64> {
        if typed.iter().all(|(number, _)| *number == 1) {
            return (1..).take(typed.len()).collect();
        }
        for (index, (number, at)) in typed.iter().enumerate() {
            if *number >= TOO_HIGH {
                let message = format!("`{number}` at the start of this line is taken for the number of an entry");
                self.doubt(at, &message, &format!("write {number}\\. with a backslash if it is a part of the text"));
            }
            if typed[..index].iter().any(|(earlier, _)| earlier == number) {
                let message = format!("number {number} is written twice in this list");
                let help = "give each entry its own number, or write `1. ` before all of them to have them counted";
                self.cx.log.add(self.finding(&ENTRY_TWICE, at, message).help(help));
            }
        }
        typed.iter().map(|(number, _)| *number).collect()
    }
}
