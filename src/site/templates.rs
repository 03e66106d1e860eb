//! The templates of pages, built in or a council's own, filled in with what is escaped on the way.

use std::collections::BTreeMap;
use std::path::Path;

use chrono::NaiveDate;
use minijinja::syntax::SyntaxConfig;
use minijinja::value::Kwargs;
use minijinja::{Environment, Error, ErrorKind, Output, State, UndefinedBehavior, Value};

use super::rich::{anchor, escaped};
use super::{SiteFailure, address};
use crate::fs;
use crate::layouts::{self, Phrases};

/// Steps that filling in one page may take; an action plan of 400 rows takes about 200,000.
const STEPS: u64 = 50_000_000;

/// Templates and other files of the site's design.
pub(crate) struct Templates {
    environment: Environment<'static>,
    /// Files that pages link to, by name.
    pub(super) files: BTreeMap<String, Vec<u8>>,
    /// What sets this design apart from others.
    pub(super) hash: String,
}

impl Templates {
    /// Gives the built-in ones, and in their place those of a workspace.
    pub(crate) fn of(root: &Path) -> Result<Self, SiteFailure> {
        let (own, problems) = fs::read_folder(root, "layouts/site", layouts::is_of_site);
        if let Some(problem) = problems.into_iter().next() {
            return Err(SiteFailure::Template { file: problem.path, why: problem.message });
        }
        let mut all: BTreeMap<String, Vec<u8>> =
            layouts::SITE.iter().map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec())).collect();
        all.extend(own.into_iter().map(|(path, bytes)| (path.trim_start_matches("layouts/").to_owned(), bytes)));
        let mut environment = Environment::new();
        environment.set_undefined_behavior(UndefinedBehavior::SemiStrict);
        environment.set_formatter(write);
        environment.set_fuel(Some(STEPS));
        let syntax = SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build();
        environment.set_syntax(syntax.map_err(|error| broken("page", &error))?);
        add_filters(&mut environment);
        let mut hash = concat!("boardpack ", env!("CARGO_PKG_VERSION")).to_owned();
        let mut files = BTreeMap::new();
        for (name, bytes) in all {
            hash = fs::sha256([hash.as_bytes(), name.as_bytes(), &bytes].concat().as_slice());
            let Some(template) = name.strip_suffix(".jinja") else {
                files.insert(name.trim_start_matches("site/").to_owned(), bytes);
                continue;
            };
            let text = String::from_utf8(bytes)
                .map_err(|_| SiteFailure::Template { file: name.clone(), why: "it is not UTF-8 text".to_owned() })?;
            let template = template.trim_start_matches("site/").to_owned();
            environment.add_template_owned(template, text).map_err(|error| broken(&name, &error))?;
        }
        Ok(Self { environment, files, hash })
    }

    /// Has templates print fixed words as a council words them.
    pub(super) fn word(&mut self, phrases: Phrases) {
        self.environment.add_function("phrase", move |key: &str, values: Kwargs| {
            let mut words = escaped(phrases.get(key));
            for name in values.args() {
                let value: Value = values.get(name)?;
                words = words.replace(&format!("{{{name}}}"), &html(&value));
            }
            Ok::<Value, Error>(Value::from_safe_string(words))
        });
    }

    /// Fills in the template of a page.
    pub(super) fn fill(&self, name: &str, values: Value) -> Result<String, SiteFailure> {
        let template = self.environment.get_template(name).map_err(|error| broken(name, &error))?;
        template.render(values).map_err(|error| broken(name, &error))
    }
}

fn broken(name: &str, error: &Error) -> SiteFailure {
    let line = error.line().map(|line| format!(", in line {line}")).unwrap_or_default();
    let what = match error.kind() {
        ErrorKind::OutOfFuel => "filling it in takes more than 50 million steps".to_owned(),
        kind => error.detail().map_or_else(|| kind.to_string(), ToOwned::to_owned),
    };
    let file = error.name().unwrap_or(name).trim_start_matches("site/").trim_end_matches(".jinja");
    let ending = if file.contains('.') { ".jinja" } else { "" };
    SiteFailure::Template { file: format!("layouts/site/{file}{ending}"), why: format!("{what}{line}") }
}

/// Gives a value as HTML: escaped unless it is HTML already.
fn html(value: &Value) -> String {
    match value.as_str() {
        Some(text) if value.is_safe() => text.to_owned(),
        Some(text) => escaped(text),
        None if value.is_none() => String::new(),
        None => escaped(&value.to_string()),
    }
}

fn write(out: &mut Output, _: &mut State, value: &Value) -> Result<(), Error> {
    if value.is_undefined() {
        return Err(Error::from(ErrorKind::UndefinedError));
    }
    Ok(out.write_str(&html(value))?)
}

/// Tells whether HTML begins with a block.
fn begins_with_block(html: &str) -> bool {
    let blocks = ["<p", "<ul", "<ol", "<div", "<h", "<figure", "<blockquote", "<table"];
    blocks.iter().any(|block| html.starts_with(block))
}

fn add_filters(environment: &mut Environment) {
    // Words alone become a paragraph, blocks stay as they are.
    environment.add_filter("block", |value: &Value| {
        let html = html(value);
        let as_block = if html.is_empty() || begins_with_block(&html) { html } else { format!("<p>{html}</p>\n") };
        Value::from_safe_string(as_block)
    });
    // A word in bold that the text runs on from.
    environment.add_filter("run_in", |value: &Value, word: &Value| {
        let (html, word) = (html(value), format!("<strong>{}</strong>", self::html(word)));
        let run = match html.strip_prefix("<p>") {
            Some(rest) => format!("<p>{word} {rest}"),
            None if begins_with_block(&html) => format!("<p>{word}</p>{html}"),
            None => format!("<p>{word} {html}</p>\n"),
        };
        Value::from_safe_string(run)
    });
    environment.add_filter("anchor", |label: &str| anchor(label));
    environment.add_filter("href", |path: &str| Value::from_safe_string(address::link(path)));
    environment.add_filter("day", |day: &str| {
        day.get(..10).and_then(|day| day.parse::<NaiveDate>().ok()).map_or_else(|| day.to_owned(), long)
    });
    environment.add_filter("size", |bytes: u64| match bytes {
        0..1_000_000 => format!("{} kB", bytes.div_ceil(1000)),
        _ => format!("{}.{} MB", bytes / 1_000_000, bytes % 1_000_000 / 100_000),
    });
}

/// Gives a day in words.
pub(super) fn long(day: NaiveDate) -> String {
    day.format("%A %-d %B %Y").to_string()
}
