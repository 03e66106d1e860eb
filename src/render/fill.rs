//! Templates filled in with data; in a process with bounds where they are a workspace's own.

use std::collections::BTreeMap;
use std::io;

use minijinja::{Environment, ErrorKind, UndefinedBehavior, Value};
use serde::{Deserialize, Serialize};

use super::literal::{self, Data};
use crate::bounded;
use crate::finding::{Finding, Place, Sent};
use crate::layouts::LAYOUT_BROKEN;
use crate::layouts::Layouts;

/// Name of the hidden verb that the process is started with.
pub(crate) const VERB: &str = "fill-templates";

/// Steps that filling a template in may take; those that are built in take some thousands.
const STEPS: u64 = 10_000_000;

/// Bytes that a template may give.
const MOST_TEXT: usize = 64 * 1024 * 1024;

/// A file to be made from a template, and what the template is called with. Words at the top are given as words of
/// the template's own language, all else as values that are only written.
#[derive(Serialize, Deserialize)]
pub(super) struct Form {
    pub(super) file: String,
    pub(super) template: String,
    pub(super) values: Vec<(String, Data)>,
}

impl Form {
    /// Makes a form for a file, from a template without its ending.
    pub(super) fn new<const N: usize>(file: &str, template: &str, values: [(&str, Data); N]) -> Self {
        Self {
            file: file.to_owned(),
            template: format!("{template}.typ.jinja"),
            values: values.into_iter().map(|(name, value)| (name.to_owned(), value)).collect(),
        }
    }
}

/// Fills forms in. A template that cannot be used is a finding.
pub(super) fn files(layouts: &Layouts, forms: Vec<Form>) -> Result<BTreeMap<String, Vec<u8>>, Box<Finding>> {
    let filled = match layouts.foreign(&["jinja"], false) {
        Some(foreign) => {
            let order = (layouts.templates(), layouts.own(), forms);
            let answer = foreign.ask::<Answer>(VERB, "filling in the templates", &order, &[])?.0;
            answer.map_err(|sent| Box::new(sent.received(&LAYOUT_BROKEN, &[])))
        }
        None => filled(layouts.templates(), layouts.own(), forms),
    };
    Ok(filled?.into_iter().map(|(file, source)| (file, source.into_bytes())).collect())
}

/// Answers an order: what the process of [`VERB`] does.
pub(crate) fn serve() -> io::Result<()> {
    bounded::serve(|(templates, own, forms): (_, _, _), _| {
        let answer: Answer = filled(templates, &own, forms).map_err(|finding| Sent::from(*finding));
        (answer, Vec::new())
    })
}

/// What the process answers: files by name.
type Answer = Result<BTreeMap<String, String>, Sent>;

/// Index in the sources of each of the workspace's own layouts, by name.
type Own = BTreeMap<String, u32>;

fn filled(
    templates: BTreeMap<String, String>,
    own: &Own,
    forms: Vec<Form>,
) -> Result<BTreeMap<String, String>, Box<Finding>> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_formatter(literal::format);
    environment.set_fuel(Some(STEPS));
    for (name, text) in templates {
        environment.add_template_owned(name.clone(), text).map_err(|error| broken(&name, &error, own))?;
    }
    let mut files = BTreeMap::new();
    for Form { file, template: name, values } in forms {
        let value = |(name, data)| match data {
            Data::Text(text, _) => (name, Value::from(text)),
            data => (name, Value::from_object(data)),
        };
        let values: BTreeMap<String, Value> = values.into_iter().map(value).collect();
        let template = environment.get_template(&name).map_err(|error| broken(&name, &error, own))?;
        let text = template.render(values).map_err(|error| broken(&name, &error, own))?;
        if text.len() > MOST_TEXT {
            return Err(unusable(&name, "it gives more than 64 MB", 0..0, own));
        }
        files.insert(file, text);
    }
    Ok(files)
}

#[expect(clippy::unnecessary_box_returns, reason = "callers put it into an error")]
fn broken(name: &str, error: &minijinja::Error, own: &Own) -> Box<Finding> {
    let detail = match error.kind() {
        ErrorKind::OutOfFuel => "filling it in takes more than 10 million steps".to_owned(),
        kind => error.detail().map_or_else(|| kind.to_string(), ToOwned::to_owned),
    };
    unusable(name, &detail, error.range().unwrap_or(0..0), own)
}

#[expect(clippy::unnecessary_box_returns, reason = "callers put it into an error")]
fn unusable(name: &str, why: &str, range: std::ops::Range<usize>, own: &Own) -> Box<Finding> {
    let byte = |at| u32::try_from(at).unwrap_or(u32::MAX);
    let place = own.get(name).map(|source| Place { source: *source, start: byte(range.start), end: byte(range.end) });
    let message = format!("the template layouts/{name} cannot be used: {why}");
    let mut finding = Finding::new(&LAYOUT_BROKEN, place.unwrap_or_default(), message)
        .help("mend it, or remove the file to have the built-in template again");
    if place.is_none() {
        finding.labels.clear();
    }
    Box::new(finding)
}
