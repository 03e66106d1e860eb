//! Templates of new files filled in: built in, or a council's own below `layouts/new/`, which are used with bounds.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

use minijinja::syntax::SyntaxConfig;
use minijinja::value::Serde;
use minijinja::{Environment, Error, ErrorKind, Output, State, UndefinedBehavior, Value};

use super::NewFailure;
use super::scalar::{block, note, scalar};
use crate::bounded::{self, Bounds, GIGABYTE};
use crate::fs;
use crate::layouts::{NEW, is_of_new};
use crate::load::unfilled::MARK;

/// Name of the hidden verb in whose process a council's own templates are filled in.
pub(crate) const VERB: &str = "fill-new";

/// What filling in one of a council's own templates may take.
const BOUNDS: Bounds = Bounds { memory: GIGABYTE, seconds: 10 };

/// Steps that filling a template in may take.
const STEPS: u64 = 1_000_000;

/// Bytes that it may give: a source may have no more.
const MOST_TEXT: usize = 4 * 1024 * 1024;

/// The templates of new files.
pub(crate) struct Templates {
    texts: BTreeMap<String, String>,
    /// Names of those that are the council's own.
    own: Vec<String>,
    /// The program in whose processes those are used.
    program: Option<PathBuf>,
}

impl Templates {
    /// Gives those that are built in, and in their place those of a workspace.
    pub(crate) fn of(root: &Path, program: Option<&Path>) -> Result<Self, NewFailure> {
        let (files, problems) = fs::read_folder(root, "layouts/new", is_of_new);
        if let Some(problem) = problems.into_iter().next() {
            return Err(NewFailure::unusable(problem.message, problem.help));
        }
        let mut texts: BTreeMap<String, String> =
            NEW.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect();
        let mut own = Vec::new();
        for (path, bytes) in files {
            let name = path.trim_start_matches("layouts/").to_owned();
            let text = String::from_utf8(bytes).map_err(|_| {
                NewFailure::unusable(format!("`{path}` is not UTF-8 text"), "save it as UTF-8, or remove it")
            })?;
            if texts.get(&name) != Some(&text) {
                own.push(name.clone());
            }
            texts.insert(name, text);
        }
        Ok(Self { texts, own, program: program.map(Path::to_owned) })
    }

    /// Fills in the template of a file, such as `agenda`.
    pub(crate) fn fill(&self, name: &str, values: &serde_json::Value) -> Result<String, NewFailure> {
        let file = format!("new/{name}.yaml.jinja");
        let filled = match self.program.as_deref().filter(|_| !self.own.is_empty()) {
            Some(program) => bounded::ask(program, VERB, BOUNDS, &(&self.texts, &file, values), &[])
                .map_or_else(|stopped| Err(format!("it takes {stopped}")), |(answer, _)| answer),
            None => filled(&self.texts, &file, values),
        };
        filled.map_err(|why| {
            NewFailure::unusable(
                format!("the template `layouts/{file}` cannot be used: {why}"),
                "mend it, or remove the file to have the built-in template again",
            )
        })
    }
}

/// Answers an order: what the process of [`VERB`] does.
pub(crate) fn serve() -> io::Result<()> {
    bounded::serve(|(texts, file, values): (BTreeMap<String, String>, String, serde_json::Value), _| {
        (filled(&texts, &file, &values), Vec::new())
    })
}

fn filled(texts: &BTreeMap<String, String>, file: &str, values: &serde_json::Value) -> Result<String, String> {
    let mut environment = Environment::new();
    // A field that a value lacks can be asked for with `if`, but not be written.
    environment.set_undefined_behavior(UndefinedBehavior::SemiStrict);
    let mut syntax = SyntaxConfig::builder();
    let syntax = syntax.trim_blocks(true).lstrip_blocks(true).keep_trailing_newline(true).build();
    environment.set_syntax(syntax.map_err(|error| why(&error))?);
    environment.set_formatter(write);
    environment.set_fuel(Some(STEPS));
    environment.add_filter("block", |text: &str, indent: usize| Value::from_safe_string(block(text, indent)));
    environment.add_filter("note", |words: &str| Value::from_safe_string(note(words)));
    environment.add_global("TO_BE_FILLED_IN", Value::from_safe_string(MARK.to_owned()));
    let text = texts.get(file).ok_or("there is no such template")?;
    let template = environment.template_from_named_str(file, text).map_err(|error| why(&error))?;
    let text = template.render(Value::from(Serde(values))).map_err(|error| why(&error))?;
    if text.len() > MOST_TEXT {
        return Err("it gives more than 4 MB".to_owned());
    }
    Ok(text)
}

/// Writes a value so that YAML reads it back as it is.
fn write(out: &mut Output, _: &mut State, value: &Value) -> Result<(), Error> {
    match value.as_str() {
        Some(text) if value.is_safe() => Ok(out.write_str(text)?),
        Some(text) => Ok(out.write_str(&scalar(text))?),
        None if value.is_number() || value.kind() == minijinja::value::ValueKind::Bool => {
            Ok(out.write_str(&value.to_string())?)
        }
        None => Err(Error::new(ErrorKind::InvalidOperation, "only words and numbers can be written")),
    }
}

fn why(error: &Error) -> String {
    let line = error.line().map(|line| format!(", in line {line}")).unwrap_or_default();
    let what = match error.kind() {
        ErrorKind::OutOfFuel => "filling it in takes more than a million steps".to_owned(),
        kind => error.detail().map_or_else(|| kind.to_string(), ToOwned::to_owned),
    };
    format!("{what}{line}")
}
