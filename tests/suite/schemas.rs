//! Are the JSON Schemas and the readers of one mind? For every source of the sample and of the cases, as it is written
//! and with each of its values changed: the schema takes what the reader takes, and refuses what it refuses, but for
//! what a schema cannot say. And does content/README.md name every field?

use std::collections::{BTreeMap, BTreeSet};

use boardpack::finding::Finding;
use boardpack::load::{self, schema};
use boardpack::rules;
use regex::Regex;
use serde_json::{Map, Value, json};

use crate::sandbox::{files, repository};

/// Rules about the shape of what is written.
const SHAPE: [&str; 10] = ["M0001", "M0002", "M0003", "M0004", "M0005", "M0006", "M0014", "M0015", "M0023", "M0024"];

/// Messages about what a schema cannot say, with the reason.
const CANNOT_SAY: [(&str, &str); 8] = [
    ("is not the code of a finding", "the catalogue of rules is above the readers"),
    ("was withdrawn", "the catalogue of rules is above the readers"),
    ("is not an example that a format can be learnt from", "dates are written out in very many forms"),
    ("is not a time of day", "12.35 is a number to YAML, and a schema does not see how a number is written"),
    ("is not a file that can be appended", "39 endings, each in letters of either case"),
    ("to 2026-", "it is one date held against another"),
    ("the days end on", "it is one date held against another"),
    ("the grounds name neither", "`paragraphs: []` is right beside `confidential`, and nowhere else"),
];

/// A schema of draft 7, as far as `boardpack schema` uses it. The validators that there are would have Typst compiled
/// anew for features of what it depends on.
struct Schema {
    whole: Value,
    patterns: BTreeMap<String, Regex>,
}

impl Schema {
    fn of(kind: &str) -> Self {
        let whole = schema::of_kind(kind).expect("a kind");
        let mut patterns = BTreeMap::new();
        gather(&whole, &mut patterns);
        Self { whole, patterns }
    }

    fn takes(&self, value: &Value) -> bool {
        self.part(&self.whole, value)
    }

    fn part(&self, schema: &Value, value: &Value) -> bool {
        let rules = schema.as_object().expect("a schema is an object");
        if let Some(name) = rules.get("$ref") {
            let name = name.as_str().and_then(|name| name.strip_prefix("#/definitions/")).expect("a definition");
            return self.part(&self.whole["definitions"][name], value);
        }
        rules.iter().all(|(rule, wants)| self.keeps(rule, wants, rules, value))
    }

    fn keeps(&self, rule: &str, wants: &Value, rules: &Map<String, Value>, value: &Value) -> bool {
        let several = || wants.as_array().expect("a list");
        let number =
            |held: fn(f64, f64) -> bool| value.as_f64().is_none_or(|is| held(is, wants.as_f64().expect("a number")));
        match rule {
            "$schema" | "title" | "description" | "definitions" => true,
            "type" => match wants {
                Value::Array(names) => names.iter().any(|name| is_of(value, name)),
                name => is_of(value, name),
            },
            "enum" => several().contains(value),
            "const" => value == wants,
            "anyOf" => several().iter().any(|one| self.part(one, value)),
            "allOf" => several().iter().all(|one| self.part(one, value)),
            "not" => !self.part(wants, value),
            "minimum" => number(|is, least| is >= least),
            "maximum" => number(|is, most| is <= most),
            "pattern" => {
                value.as_str().is_none_or(|text| self.patterns[wants.as_str().expect("a pattern")].is_match(text))
            }
            "minLength" => {
                value.as_str().is_none_or(|text| text.chars().count() as u64 >= wants.as_u64().expect("a number"))
            }
            "minItems" => value.as_array().is_none_or(|list| list.len() as u64 >= wants.as_u64().expect("a number")),
            "items" => value.as_array().is_none_or(|list| list.iter().all(|one| self.part(wants, one))),
            "required" => value
                .as_object()
                .is_none_or(|fields| several().iter().all(|name| fields.contains_key(name.as_str().expect("a name")))),
            "properties" => value.as_object().is_none_or(|fields| {
                fields.iter().all(|(name, one)| wants.get(name).is_none_or(|schema| self.part(schema, one)))
            }),
            "additionalProperties" => value.as_object().is_none_or(|fields| {
                let named = |name: &str| rules.get("properties").is_some_and(|all| all.get(name).is_some());
                let mut others = fields.iter().filter(|(name, _)| !named(name));
                others.all(|(_, one)| wants.as_bool().unwrap_or_else(|| self.part(wants, one)))
            }),
            _ => panic!("`{rule}` is not known here: say what it means"),
        }
    }
}

fn gather(schema: &Value, patterns: &mut BTreeMap<String, Regex>) {
    if let Some(Value::String(pattern)) = schema.get("pattern") {
        patterns.entry(pattern.clone()).or_insert_with(|| Regex::new(pattern).expect("a pattern"));
    }
    match schema {
        Value::Object(parts) => parts.values().for_each(|part| gather(part, patterns)),
        Value::Array(parts) => parts.iter().for_each(|part| gather(part, patterns)),
        _ => {}
    }
}

fn is_of(value: &Value, name: &Value) -> bool {
    match name.as_str() {
        Some("null") => value.is_null(),
        Some("boolean") => value.is_boolean(),
        Some("string") => value.is_string(),
        Some("number") => value.is_number(),
        Some("integer") => value.is_u64() || value.is_i64(),
        Some("array") => value.is_array(),
        Some("object") => value.is_object(),
        _ => panic!("`{name}` is not a type"),
    }
}

/// Gives every source that an editor can read, with its path from its workspace.
fn sources() -> Vec<(String, Value)> {
    let all = ["content", "tests/cases", "tests/invalid"].map(|folder| (folder, files(&repository(folder))));
    let all = all
        .into_iter()
        .flat_map(|(folder, files)| files.into_iter().map(move |(path, bytes)| (format!("{folder}/{path}"), bytes)));
    let yaml = all.filter(|(path, _)| path.ends_with(".yaml") && path.contains("content/"));
    let mut all: Vec<_> = yaml.filter_map(|(path, bytes)| Some((path, as_an_editor(&bytes)?))).collect();
    // What short ones hold need not be changed in long ones again.
    all.sort_by_key(|(_, source)| source.to_string().len());
    all
}

/// Reads a source by YAML 1.2, as editors do.
fn as_an_editor(bytes: &[u8]) -> Option<Value> {
    let options = serde_yaml::options! { strict_booleans: true };
    serde_yaml::from_slice_with_options(bytes, options).ok()
}

/// Gives what the reader has against the shape of a source.
fn refusals(path: &str, text: String) -> Vec<Finding> {
    let inner = &path[path.find("content/").expect("a workspace")..];
    let mut found = load::alone(inner, text, rules::log());
    found.retain(|finding| SHAPE.contains(&finding.rule.code));
    found
}

/// Says how schema and reader differ over a source; what the schema cannot say is crossed off.
fn differ(schema: &Schema, path: &str, value: &Value, text: String, unsaid: &mut BTreeSet<&str>) -> Option<String> {
    let mut found = refusals(path, text);
    match (schema.takes(value), found.is_empty()) {
        (true, false) => {
            found.retain(|one| match CANNOT_SAY.iter().find(|(words, _)| one.message.contains(words)) {
                Some((words, _)) => {
                    unsaid.remove(words);
                    false
                }
                None => true,
            });
            let said: Vec<String> = found.iter().map(|one| format!("{}: {}", one.rule.code, one.message)).collect();
            (!said.is_empty()).then(|| format!("the schema takes what the reader refuses: {}", said.join("; ")))
        }
        (false, true) => Some("the schema refuses what the reader takes".to_owned()),
        _ => None,
    }
}

/// Gives the place of every value, by the names of the fields and numbers of the entries above it.
fn places(value: &Value, above: &str, all: &mut Vec<String>) {
    all.push(above.to_owned());
    match value {
        Value::Object(fields) => fields.iter().for_each(|(name, value)| {
            places(value, &format!("{above}/{}", name.replace('~', "~0").replace('/', "~1")), all);
        }),
        Value::Array(entries) => {
            entries.iter().enumerate().for_each(|(at, value)| places(value, &format!("{above}/{at}"), all));
        }
        _ => {}
    }
}

/// What is put in the place of a value.
fn others() -> Vec<Value> {
    let words = [
        "",
        " ",
        "words",
        "none",
        "3",
        "3.5",
        "yes",
        "2026-09-16",
        "2026-02-30",
        "2026-09-16 10:30",
        "12:35",
        "1-4, 7",
        "#1d4f63",
    ];
    let mut all: Vec<Value> = words.map(Value::from).to_vec();
    all.extend([json!(null), json!(true), json!(0), json!(3), json!(-1), json!(2.5), json!([]), json!([null])]);
    all.extend([json!(["words"]), json!([["words"]]), json!([{}]), json!({}), json!({ "unknown": 1 })]);
    all
}

/// Gives a source with a value replaced, removed, and with another field beside it.
fn changed(source: &Value, at: &str) -> Vec<(String, Value)> {
    let mut all: Vec<(String, Value)> = Vec::new();
    let mut with = |what: String, change: &dyn Fn(&mut Value)| {
        let mut copy = source.clone();
        change(copy.pointer_mut(at).expect("it was there"));
        all.push((format!("{at} {what}"), copy));
    };
    for other in others() {
        with(format!("is {other}"), &|value| *value = other.clone());
    }
    if let Some(Value::Object(fields)) = source.pointer(at) {
        with("has another field".to_owned(), &|value| value["unknown"] = "words".into());
        for name in fields.keys().filter(|name| *name != "kind") {
            with(format!("has no {name}"), &|value| drop(value.as_object_mut().expect("fields").remove(name)));
        }
    }
    all
}

#[test]
fn schemas_and_readers_take_the_same() {
    let schemas: BTreeMap<&str, Schema> = schema::kinds().iter().map(|kind| (*kind, Schema::of(kind))).collect();
    let chosen = "/([0-9]+|(?<of>standing|ratings|people|councillors|posts|phrases|abbreviations|rules)/[^/0-9][^/]*)";
    let chosen = Regex::new(chosen).expect("a pattern");
    let mut wrong: Vec<String> = Vec::new();
    let mut seen = BTreeSet::new();
    let mut unsaid: BTreeSet<&str> = CANNOT_SAY.iter().map(|(words, _)| *words).collect();
    for (path, source) in sources() {
        let Some((kind, schema)) = source["kind"].as_str().and_then(|kind| schemas.get_key_value(kind)) else {
            continue;
        };
        let mut differ = |what: &str, value: &Value, text: String| {
            let why = differ(schema, &path, value, text, &mut unsaid);
            wrong.extend(why.map(|why| format!("{path} {what}: {why}")));
        };
        differ("as it is", &source, std::fs::read_to_string(repository(&path)).expect("a source"));
        let mut all = Vec::new();
        places(&source, "", &mut all);
        for at in all.iter().skip(1).filter(|at| *at != "/kind") {
            if seen.insert(format!("{kind}{}", chosen.replace_all(at, "/$of*"))) {
                for (what, value) in changed(&source, at) {
                    differ(&what, &value, value.to_string());
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{} times:\n{}", wrong.len(), wrong.join("\n"));
    assert!(unsaid.is_empty(), "no source shows any more that a schema cannot say: {unsaid:?}");
    assert!(seen.len() > 400, "only {} places were changed", seen.len());
}

/// Headings of content/README.md, and whose fields stand there: those of a kind of file, or of a definition in it. What
/// stands in the table is the first one's.
const TOLD: [(&str, &str, &[&str]); 13] = [
    ("The council", "council", &["", "Look", "NoticeDays", "Rating", "Access"]),
    ("Standing orders", "council", &["StandingOrders"]),
    ("People and posts", "people", &["", "Person", "Post"]),
    ("A body", "body", &[""]),
    ("An agenda", "agenda", &["", "Postponed"]),
    ("Items", "agenda", &["Item", "Part", "Requisition", "Urgent", "Heading", "SourceUse", "MinutesUse"]),
    ("Other people's files", "agenda", &["FileUse"]),
    ("Minutes", "minutes", &["", "Group", "Minute", "Record", "Ask", "Vote", "Interest"]),
    ("A briefing note", "briefing-note", &["", "Section"]),
    ("A report", "report", &["", "Addressee", "KeyDecisionNotice", "Recommendation", "Field", "Clearance"]),
    ("An action plan", "action-plan", &["", "Column", "Theme", "Objective", "Action"]),
    ("A work programme", "work-programme", &["", "ProgrammeMeeting", "ProgrammeItem"]),
    ("Any other paper", "paper", &[""]),
];

/// Fields of every file, which have sections of their own.
const EVERYWHERE: [&str; 4] = ["kind", "accepted", "label", "withheld"];

/// Gives the fields of a kind of file, or of a definition in it, with whether they must be there, and what they are.
fn fields(schema: &Value, definition: &str) -> BTreeMap<String, (bool, String)> {
    let whole = if definition.is_empty() { schema } else { &schema["definitions"][definition] };
    let is_record = |part: &&Value| part.get("properties").is_some();
    let record = is_record(&whole).then_some(whole).or_else(|| whole["anyOf"].as_array()?.iter().find(is_record));
    let record = record.unwrap_or_else(|| panic!("`{definition}` is not there"));
    let must = |name: &str| record["required"].as_array().is_some_and(|all| all.contains(&name.into()));
    let named = record["properties"].as_object().expect("fields").iter();
    named
        .map(|(name, one)| (name.clone(), (must(name), one["description"].as_str().unwrap_or("").to_owned())))
        .collect()
}

#[test]
fn every_field_stands_in_the_readme() {
    let readme = std::fs::read_to_string(repository("content/README.md")).expect("the README");
    let ticked = Regex::new("`([^`]+)`( •)?").expect("a pattern");
    let word = Regex::new("[a-z_0-9]+").expect("a pattern");
    let mut wrong = Vec::new();
    for (heading, kind, definitions) in TOLD {
        let begins = format!("# {heading}\n");
        let section =
            &readme[readme.find(&begins).unwrap_or_else(|| panic!("no section `{heading}`")) + begins.len()..];
        let section = &section[..section.find("\n#").unwrap_or(section.len())];
        let schema = schema::of_kind(kind).expect("a kind");
        // In tables and text in backticks, and in examples.
        let named: BTreeSet<&str> = word.find_iter(section).map(|found| found.as_str()).collect();
        for definition in definitions {
            for (name, (_, about)) in fields(&schema, definition) {
                if !named.contains(name.as_str()) && !EVERYWHERE.contains(&name.as_str()) {
                    wrong.push(format!("{heading}: `{name}` is missing; write | `{name}` | {about} |"));
                }
            }
        }
        let known = fields(&schema, definitions[0]);
        let table = section.lines().skip_while(|line| !line.starts_with("| Field |")).skip(2);
        for row in table.take_while(|line| line.starts_with('|')) {
            let cell = row.split('|').nth(1).expect("a cell");
            for found in ticked.captures_iter(cell) {
                match (known.get(&found[1]), found.get(2).is_some()) {
                    (None, _) => wrong.push(format!("{heading}: there is no field `{}`", &found[1])),
                    (Some((true, _)), false) => wrong.push(format!("{heading}: `{}` must be there: •", &found[1])),
                    _ => {}
                }
            }
        }
    }
    assert!(wrong.is_empty(), "content/README.md:\n{}", wrong.join("\n"));
}
