//! PowerPoint presentations: fields for the day, the author and the file keep what they showed.

use super::Parts;
use super::edits::{Edits, escaped};
use super::fields::last_of_path;
use crate::appended::office::failure::OfficeFailure;
use crate::appended::office::xml::{Met, visit};

/// Folders of the parts that are printed.
const PRINTED: &[&str] = &["slides", "slideLayouts", "slideMasters"];

pub(super) fn prepare(parts: &mut Parts) -> Result<(), OfficeFailure> {
    for part in parts.package.names() {
        let mut path = part.rsplit('/');
        let is_xml = path.next().is_some_and(|name| name.to_lowercase().ends_with(".xml"));
        if is_xml && path.next().is_some_and(|folder| PRINTED.contains(&folder)) {
            parts.edit(&part, plan)?;
        }
    }
    Ok(())
}

/// Makes plain runs of all fields but the number of the slide.
fn plan(text: &str) -> Option<Edits> {
    let mut edits = Edits::default();
    let mut words = String::new();
    let mut start = 0..0;
    let whole = visit(text.as_bytes(), |open, met, at| {
        let field = open.iter().rev().find(|tag| tag.name == "fld");
        let Some((tag, field)) = open.last().zip(field.filter(|field| !field.is("type", "slidenum"))) else { return };
        match (met, tag.name.as_str()) {
            (Met::Open, "fld") => start = at,
            (Met::Close, "fld") if at.is_empty() => edits.drop(tag.start..at.end),
            (Met::Close, "fld") => {
                edits.replace(start.clone(), format!("<{}r>", tag.prefix));
                edits.replace(at, format!("</{}r>", tag.prefix));
            }
            (Met::Close, "pPr") => edits.drop(tag.start..at.end),
            (Met::Open, "t") => words.clear(),
            (Met::Text(text), "t") => words.push_str(text),
            (Met::Close, "t") if field.get("type").is_some_and(|kind| kind.starts_with("file")) => {
                if let Some(name) = last_of_path(&words) {
                    edits.replace(tag.start..at.end, format!("<{0}t>{1}</{0}t>", tag.prefix, escaped(name)));
                }
            }
            _ => {}
        }
    });
    whole.then_some(edits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_but_the_number_keep_what_they_showed() {
        let text = "<p><a:fld id='1' type='datetime1'><a:rPr/><a:pPr><a:x/></a:pPr><a:t>1/2</a:t></a:fld>\
                    <a:fld type='file'><a:t>C:\\a\\b.pptx</a:t></a:fld><a:fld type='slidenum'><a:t>4</a:t></a:fld>\
                    <a:fld type='author'/></p>";
        let edited = plan(text).expect("it can be read").apply(text);
        let expected = "<p><a:r><a:rPr/><a:t>1/2</a:t></a:r><a:r><a:t>b.pptx</a:t></a:r>\
                        <a:fld type='slidenum'><a:t>4</a:t></a:fld></p>";
        assert_eq!(edited.as_deref(), Some(expected));
    }
}
