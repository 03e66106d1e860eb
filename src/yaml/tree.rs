//! The parser's events to the tree of values.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use granit_parser::{Event, Options, Parser, ScalarStyle, ScanError, StrInput};

use super::{Context, Field, Node, Value, broken, dropped, place, signs, syntax};
use crate::finding::{Finding, Place};

/// How deep lists and fields may be nested.
const DEEPEST: usize = 60;
/// How many values a file may have.
const MOST_VALUES: usize = 250_000;

/// What stops the reading of a file.
pub(super) type Stop = Box<Finding>;

pub(super) struct Builder<'a> {
    cx: Context<'a>,
    parser: Parser<'a, StrInput<'a>>,
    values: usize,
    /// Values that are no text below `|`, by the byte at which they end: the byte at which they begin.
    short: BTreeMap<usize, usize>,
    comments: Vec<Range<usize>>,
    /// Signs before values that would not be printed; told of where nothing worse is found.
    refused: Vec<Finding>,
}

impl<'a> Builder<'a> {
    pub(super) fn new(cx: Context<'a>) -> Self {
        let mut options = Options::default();
        options.strict_indentation = true;
        options.emit_unresolved_aliases = true;
        options.bom_inside_document_as_content = true;
        options.block_nesting_limit = DEEPEST;
        options.flow_nesting_limit = DEEPEST;
        options.max_buffered_comment_events = usize::MAX;
        let parser = Parser::new_from_str_with_options(cx.text, options);
        Self { cx, parser, values: 0, short: BTreeMap::new(), comments: Vec::new(), refused: Vec::new() }
    }

    /// Reads the whole file.
    pub(super) fn root(mut self) -> Result<Node, Stop> {
        let mut root = None;
        while let Some((event, range)) = self.next()? {
            match event {
                Event::DocumentStart(..) if root.is_some() => {
                    let finding = broken(place(&range, self.cx), "a line of `---` or `...` parts the file in two");
                    return Err(Box::new(finding.help("remove the line; one file holds one thing")));
                }
                Event::StreamStart | Event::StreamEnd | Event::DocumentStart(..) | Event::DocumentEnd => {}
                event => root = Some(self.node(event, range)?),
            }
        }
        self.refused.drain(..).for_each(|finding| self.cx.log.add(finding));
        dropped::report(&self.short, &self.comments, self.cx);
        let nothing = Node { place: place(&(0..0), self.cx), value: Value::Nothing };
        Ok(root.unwrap_or(nothing))
    }

    /// Gives the next event that is no comment.
    fn next(&mut self) -> Result<Option<(Event<'a>, Range<usize>)>, Stop> {
        while let Some(step) = self.parser.next() {
            let (event, span) = step.map_err(|error| Box::new(self.broken_by(&error)))?;
            let range = span.byte_range().unwrap_or(0..0);
            match event {
                Event::Comment(..) => self.comments.push(range),
                event => return Ok(Some((event, range))),
            }
        }
        Ok(None)
    }

    fn next_within(&mut self) -> Result<(Event<'a>, Range<usize>), Stop> {
        if let Some(event) = self.next()? {
            return Ok(event);
        }
        let end = self.cx.text.len();
        let finding = broken(place(&(end..end), self.cx), "the file ends too early");
        Err(Box::new(finding.help("look at its last lines: something that was begun there is not ended")))
    }

    fn broken_by(&self, error: &ScanError) -> Finding {
        let at = error.marker().byte_offset().unwrap_or(0).min(self.cx.text.len());
        let trouble = syntax::explain(error.kind(), self.cx.text, at);
        broken(place(&trouble.range, self.cx), trouble.message).help(trouble.help)
    }

    fn node(&mut self, event: Event<'a>, range: Range<usize>) -> Result<Node, Stop> {
        let here = place(&range, self.cx);
        self.values += 1;
        if self.values > MOST_VALUES {
            let finding = broken(here, format!("the file has more than {MOST_VALUES} values"));
            return Err(Box::new(finding.help("part it into several files")));
        }
        let value = match event {
            Event::Scalar(text, style, anchor, tag) => {
                self.refuse_marks(anchor != 0, tag.is_some(), &range);
                self.scalar(&text, style, &range)
            }
            Event::SequenceStart(_, anchor, tag) => {
                self.refuse_marks(anchor != 0, tag.is_some(), &range);
                self.list()?
            }
            Event::MappingStart(_, anchor, tag) => {
                self.refuse_marks(anchor != 0, tag.is_some(), &range);
                self.fields()?
            }
            // An alias stands for what it points to; to the writer it is text.
            _ => {
                let written: &'a str = self.cx.text.get(range.clone()).unwrap_or_default();
                self.refuse(written, &range);
                Value::Text(written.to_owned())
            }
        };
        Ok(Node { place: here, value })
    }

    fn scalar(&mut self, text: &str, style: ScalarStyle, range: &Range<usize>) -> Value {
        if style == ScalarStyle::Plain && matches!(text, "" | "~" | "null") {
            return Value::Nothing;
        }
        if matches!(style, ScalarStyle::Plain | ScalarStyle::DoubleQuoted | ScalarStyle::SingleQuoted) {
            self.short.insert(range.end, range.start);
        }
        let mut text = text.replace('\r', "");
        if style == ScalarStyle::Plain && text.contains('\u{a0}') {
            // Spaces at the ends cannot be seen; the parser takes the usual ones away.
            text.truncate(text.trim_end_matches('\u{a0}').len());
        }
        dropped::report_value(&text, style, range, self.cx);
        Value::Text(signs::visible(text, place(range, self.cx), self.cx))
    }

    fn list(&mut self) -> Result<Value, Stop> {
        let mut items = Vec::new();
        loop {
            match self.next_within()? {
                (Event::SequenceEnd, _) => return Ok(Value::List(items)),
                (event, range) => items.push(self.node(event, range)?),
            }
        }
    }

    fn fields(&mut self) -> Result<Value, Stop> {
        let mut fields: Vec<Field> = Vec::new();
        let mut seen: BTreeMap<String, Place> = BTreeMap::new();
        let mut twice = BTreeSet::new();
        loop {
            let (event, range) = match self.next_within()? {
                (Event::MappingEnd, _) => return Ok(Value::Fields(fields)),
                next => next,
            };
            let place = place(&range, self.cx);
            let name = self.name(event, range)?;
            let (event, range) = self.next_within()?;
            let node = self.node(event, range)?;
            if let Some(first) = seen.get(&name) {
                if twice.insert(name.clone()) {
                    let finding = broken(place, format!("field `{name}` is written twice"));
                    let help = "keep one of the two; a new entry of a list begins with `- `";
                    self.cx.log.add(finding.also(*first, "first written here").help(help));
                }
                continue;
            }
            seen.insert(name.clone(), place);
            fields.push(Field { name, place, node });
        }
    }

    /// Reads the name of a field.
    fn name(&mut self, event: Event<'a>, range: Range<usize>) -> Result<String, Stop> {
        let here = place(&range, self.cx);
        let refuse = |what: &str| {
            let finding = broken(here, format!("{what} stands where the name of a field belongs"));
            Err(Box::new(
                finding.help("write `name: value`, and put text that begins with a bracket or a star in quotes: \"…\""),
            ))
        };
        match event {
            Event::Scalar(text, style, anchor, tag) => {
                self.refuse_marks(anchor != 0, tag.is_some(), &range);
                if style == ScalarStyle::Plain && matches!(&*text, "" | "~") {
                    return refuse("nothing");
                }
                if text.contains('\u{a0}') && text.trim() != text {
                    let finding = broken(here, "a non-breaking space stands where a space is needed");
                    return Err(Box::new(finding.help("delete it and type a space")));
                }
                Ok(signs::visible(text.into_owned(), here, self.cx))
            }
            Event::SequenceStart(..) => refuse("a list"),
            Event::MappingStart(..) => refuse("a set of fields"),
            _ => {
                let written: &'a str = self.cx.text.get(range.clone()).unwrap_or_default();
                self.refuse(written, &range);
                Ok(written.to_owned())
            }
        }
    }

    /// Records `&name` and `!name` before a value, which would not be printed.
    fn refuse_marks(&mut self, anchor: bool, tag: bool, range: &Range<usize>) {
        let before: &'a str = &self.cx.text[..range.start.min(self.cx.text.len())];
        for sign in [('&', anchor), ('!', tag)].into_iter().filter_map(|(sign, there)| there.then_some(sign)) {
            let Some(start) = before.rfind(sign).map(|at| before[..=at].trim_end_matches(sign).len()) else {
                continue;
            };
            let length = before[start..].find(char::is_whitespace).unwrap_or(before.len() - start);
            self.refuse(&before[start..start + length], &(start..start + length));
        }
    }

    fn refuse(&mut self, written: &str, range: &Range<usize>) {
        let message = format!("`{written}` at the start of a value would not be printed");
        let help = "put the whole value in quotes: \"…\"";
        self.refused.push(broken(place(range, self.cx), message).help(help));
    }
}
