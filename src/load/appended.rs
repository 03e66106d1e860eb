//! Reads how an agenda uses a file: `file:` with its title, pages and description.

use serde_json::json;

use super::Context;
use super::fields::{Fields, Read, written};
use super::walk::paths;
use super::yaml::schema::{self, Object};
use super::yaml::{Node, Value};
use crate::appended::{MOST_PAGES, is_appendable};
use crate::finding::{Finding, Place};
use crate::fs::TOO_MUCH;
use crate::fs::has_ending;
use crate::load::markdown::NO_ALTERNATIVE;
use crate::model::agenda::{PaperUse, Wanted};
use crate::model::appended::{Appended, PageSpan};
use crate::model::{Line, Text};
use crate::pictures;
use crate::yaml::fields::{BAD_VALUE, WRONG_SHAPE};

/// Reads the use of a file; the fields shared with other papers are there already.
pub(super) fn read(fields: &Fields, use_: PaperUse, cx: Context) -> Option<PaperUse> {
    let title_written = match fields.node("title").map(|node| &node.value) {
        Some(Value::Text(text)) => text.clone(),
        _ => String::new(),
    };
    let title = fields.need("title");
    let pages = fields.node("pages");
    let description = fields.get("description").filter(|description: &Text| !description.is_blank());
    let label = fields.get("label");
    let named: Text = fields.need("file");
    if named.value.trim().is_empty() {
        return None;
    }
    let (name, place) = (&named.value, named.place);
    let file = paths::resolve(cx, name, place)?;
    check_kind(&file, place, cx);
    if description.is_none() && pictures::Kind::of_path(&file).is_some() {
        let message = format!("the picture `{name}` has no description");
        let help = "add `description:` with what it shows, for those who cannot see it";
        cx.log.add(Finding::new(&NO_ALTERNATIVE, place, message).help(help));
    }
    let appended = Appended {
        file: file.clone(),
        title,
        written: title_written,
        pages_place: pages.map_or(place, |pages| pages.place),
        pages: pages.map(|node| spans(node, cx)).unwrap_or_default(),
        description,
        label,
        extent: use_.extent,
    };
    Some(PaperUse { path: file, wanted: Wanted::File(Box::new(appended)), place, ..use_ })
}

/// Describes the use of a file.
pub(super) fn declare(object: &mut Object) {
    object.need::<Text>("file", "The file: a PDF, a picture or an office document, from this folder.");
    object.need::<Line>("title", "Its name in bookmarks, in references and at the head of each of its pages.");
    let page = "0*[1-9][0-9]*";
    let span = format!(" *{page} *([-–] *({page})? *)?");
    let pages = json!({ "type": "string", "pattern": format!("^{span}(,{span})*$") });
    let pages = schema::any([schema::whole(1, u32::MAX), pages]);
    let about = "Which pages, in the order in which they are to stand: `1-4, 7`, or `3-` for page 3 to the last.";
    object.put("pages", schema::list(pages), about);
    object.may::<Text>("description", "What is to be seen, read to those who cannot see it.");
    object.may::<Text>("label", "A name by which texts can refer to the file.");
}

/// Records a file that is named like a source, as if it had a title and a kind of its own.
pub(super) fn needs_fields(path: &str, place: Place, cx: Context) {
    let name = path.rsplit('/').next().unwrap_or(path);
    cx.log.add(
        Finding::new(&WRONG_SHAPE, place, format!("`{name}` needs a title"))
            .help(format!("write it as `- file: {path}`, and below, two spaces further in, `title: …`")),
    );
}

fn check_kind(file: &str, place: Place, cx: Context) {
    if is_appendable(file) {
        return;
    }
    let name = file.rsplit('/').next().unwrap_or(file);
    let help = if has_ending(file, &["yaml", "yml"]) {
        "name sources by `paper:`, or as `- name.yaml`"
    } else {
        "save it as PDF, and name that"
    };
    let message = format!("`{name}` is not a file that can be appended");
    cx.log.add(Finding::new(&BAD_VALUE, place, message).help(help));
}

/// Reads `1-4, 7`, `3-` or a list of such.
fn spans(node: &Node, cx: Context) -> Vec<PageSpan> {
    let mut spans: Vec<PageSpan> = Vec::new();
    let parts: Vec<&Node> = if let Value::List(items) = &node.value { items.iter().collect() } else { vec![node] };
    for node in parts {
        let Some(text) = written(node, "pages such as `1-4, 7`", cx) else { continue };
        for part in text.split(',') {
            match span(part.trim()) {
                Ok(span) if spans.iter().any(|other| other.overlaps(span)) => {
                    let message = format!("`{}` names a page for the second time", part.trim());
                    cx.log.add(
                        Finding::new(&BAD_VALUE, node.place, message)
                            .help("name each page of the file once, in the order in which they are to stand"),
                    );
                }
                Ok(span) => spans.push(span),
                Err((message, help)) => {
                    cx.log.add(Finding::new(&BAD_VALUE, node.place, message).help(help));
                }
            }
        }
    }
    let count = spans.iter().filter_map(|span| Some(u64::from(span.last?) - u64::from(span.first) + 1)).sum::<u64>();
    if count > MOST_PAGES as u64 {
        cx.log.add(
            Finding::new(&TOO_MUCH, node.place, format!("{count} pages are wanted of one file"))
                .help(format!("append {MOST_PAGES} pages at most")),
        );
        return Vec::new();
    }
    spans
}

/// Reads a page or a range of pages, or says what is wrong with it and what to do.
fn span(part: &str) -> Result<PageSpan, (String, String)> {
    let number = |text: &str| -> Option<u32> {
        let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        digits.then(|| text.parse().ok()).flatten()
    };
    let (first, last) = match part.split_once(['-', '–']) {
        None => (number(part), number(part).map(Some)),
        Some((first, "")) => (number(first.trim()), Some(None)),
        Some((first, last)) => (number(first.trim()), number(last.trim()).map(Some)),
    };
    let (Some(first), Some(last)) = (first, last) else {
        let help = "write single pages and ranges as in `1-4, 7`; `3-` means from page 3 to the last".to_owned();
        return Err((format!("`{part}` is neither a page nor a range of pages"), help));
    };
    if first == 0 || last == Some(0) {
        let help = "the first page of the file is page 1, whatever number is printed on it".to_owned();
        return Err(("there is no page 0".to_owned(), help));
    }
    match last {
        Some(last) if last < first => {
            Err((format!("the range `{part}` runs backwards"), format!("write `{last}-{first}`")))
        }
        _ => Ok(PageSpan { first, last }),
    }
}

#[cfg(test)]
mod tests {
    use super::span;
    use crate::model::appended::PageSpan;

    #[test]
    fn reads_pages_and_ranges() {
        assert_eq!(span("7"), Ok(PageSpan { first: 7, last: Some(7) }));
        assert_eq!(span("1 – 4"), Ok(PageSpan { first: 1, last: Some(4) }));
        assert_eq!(span("3-"), Ok(PageSpan { first: 3, last: None }));
        for wrong in ["", "-", "-3", "0", "0-2", "7-4", "1-2-3", "+1", "iv", "99999999999"] {
            assert!(span(wrong).is_err(), "{wrong}");
        }
    }
}
