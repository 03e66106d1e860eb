//! The web site of what was issued: every link leads somewhere, every printed field is there, nothing withheld is, and it
//! is the same however it came to be.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use icalendar::Component;
use serde_json::Value;

use crate::pdf::Pdf;
use crate::sandbox::{Sandbox, noon};

type Files = BTreeMap<String, Vec<u8>>;

/// Meetings of the case of all kinds, and the day on which each is issued.
const KINDS: [(&str, &str); 8] = [
    ("01-13", "01-05"),
    ("02-10", "02-02"),
    ("03-10", "03-02"),
    ("04-14", "04-06"),
    ("05-12", "05-04"),
    ("06-09", "06-01"),
    ("08-11", "08-03"),
    ("09-08", "08-28"),
];

/// A site of every kind of paper, notice and placeholder, one agenda issued twice.
fn kinds() -> &'static Sandbox {
    static KINDS_SITE: OnceLock<Sandbox> = OnceLock::new();
    KINDS_SITE.get_or_init(|| {
        let sandbox = Sandbox::of("tests/cases/kinds");
        let first = "content/bodies/board/2026-01-13/agenda.yaml";
        let agenda = sandbox.read(first) + "  - title: School places\n    papers: [../2026-02-10/note.yaml]\n";
        sandbox.write(first, agenda);
        let note = "content/bodies/board/2026-02-10/note.yaml";
        sandbox.edit(note, "To tell", "See <https://dentists.example>. To tell");
        for (day, issued) in KINDS {
            does(&sandbox, issued, &["issue", &format!("board/2026-{day}")]);
        }
        sandbox.edit("content/bodies/board/2026-02-10/note.yaml", "To tell", "To say to");
        does(&sandbox, "08-29", &["issue", "board/2026-02-10", "--reason", "a <better> word"]);
        sandbox.succeed(&["site"]);
        sandbox
    })
}

fn does(sandbox: &Sandbox, day: &str, arguments: &[&str]) {
    let outcome = sandbox.at(noon(&format!("2026-{day}")), arguments);
    assert_eq!(outcome.code, Some(0), "{arguments:?}\n{}\n{}", outcome.stdout, outcome.stderr);
}

fn pages(files: &Files) -> impl Iterator<Item = (&String, String)> {
    let pages = files.iter().filter(|(path, _)| path.ends_with(".html"));
    pages.map(|(path, bytes)| (path, String::from_utf8(bytes.clone()).expect("pages are UTF-8")))
}

/// Gives the values of an attribute in a page.
fn attributes<'a>(page: &'a str, name: &'a str) -> impl Iterator<Item = &'a str> {
    let opening = format!(" {name}=\"");
    let values = page.split('<').flat_map(move |tag| {
        let tag = tag.split('>').next().unwrap_or_default();
        tag.split(&opening).skip(1).filter_map(|rest| rest.split('"').next()).collect::<Vec<_>>()
    });
    values.collect::<Vec<_>>().into_iter()
}

/// Gives the words of a page without white space and tags.
fn squeezed(page: &str) -> String {
    let text: String = page.split('<').filter_map(|part| part.split_once('>')).map(|(_, text)| text).collect();
    let text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&#39;", "'");
    text.replace("&amp;", "&").split_whitespace().collect()
}

/// Gives the path of the file that a link leads to, and the place in it.
fn aim(page: &str, link: &str) -> (String, String) {
    let (path, place) = link.split_once('#').unwrap_or((link, ""));
    if path.is_empty() {
        return (page.to_owned(), place.to_owned());
    }
    let mut at: Vec<&str> = page.split('/').collect();
    at.pop();
    for part in path.split('/') {
        match part {
            "." => {}
            ".." => assert!(at.pop().is_some(), "{page}: {link} leads out of the site"),
            part => at.push(part),
        }
    }
    let path = at.join("/");
    let index = if path.is_empty() || path.ends_with('/') { "index.html" } else { "" };
    (path + index, place.to_owned())
}

#[track_caller]
fn assert_links_lead_somewhere(files: &Files) {
    let mut sheets: BTreeMap<&str, usize> = BTreeMap::new();
    for (path, page) in pages(files) {
        for link in attributes(&page, "href").chain(attributes(&page, "src")) {
            if ["https://", "http://", "mailto:", "tel:"].iter().any(|scheme| link.starts_with(scheme)) {
                continue;
            }
            let (file, place) = aim(path, link);
            let Some((file, bytes)) = files.get_key_value(&file) else { panic!("{path}: {link} leads nowhere") };
            if let Some(sheet) = place.strip_prefix("page=") {
                let count = *sheets.entry(file).or_insert_with(|| Pdf::read(bytes).pages().len());
                assert!((1..=count).contains(&sheet.parse().expect("a number")), "{path}: {link} of {count}");
            } else if !place.is_empty() {
                let there = String::from_utf8_lossy(bytes);
                assert!(attributes(&there, "id").any(|id| id == place), "{path}: {link} leads to no place");
            }
        }
    }
}

#[test]
fn every_link_leads_somewhere_and_every_page_is_in_order() {
    let files = kinds().files("site");
    assert_links_lead_somewhere(&files);
    for (path, page) in pages(&files) {
        let ids: Vec<&str> = attributes(&page, "id").collect();
        assert_eq!(ids.len(), ids.iter().collect::<BTreeSet<_>>().len(), "{path}: an id stands twice: {ids:?}");
        let levels = page.match_indices("<h").filter_map(|(at, _)| page[at + 2..].chars().next()?.to_digit(10));
        let levels: Vec<u32> = levels.collect();
        assert!(levels[0] == 1 && levels.iter().filter(|level| **level == 1).count() == 1, "{path}: {levels:?}");
        assert!(levels.windows(2).all(|two| two[1] <= two[0] + 1), "{path}: {levels:?}");
        for table in page.split("<table").skip(1) {
            assert!(table.contains("<caption>") && !table.contains("<caption></caption>"), "{path}: {table}");
            assert!(table.contains("<th scope="), "{path}: {table}");
        }
        assert!(!page.contains("\"></a>"), "{path}: a link says nothing");
        assert!(!page.contains("<caption></caption>") && !page.contains("<script") && page.contains("lang=\"en-GB\""));
        assert!(attributes(&page, "alt").all(|words| !words.is_empty()), "{path}");
    }
}

/// Collects what a model has printed: all words but those by which the program knows things.
fn printed(value: &Value, all: &mut Vec<String>) {
    const UNPRINTED: [&str; 16] = [
        "label", "is", "type", "id", "align", "style", "shape", "colour", "language", "alt", "first", "last", "link",
        "columns", "rating", "complete",
    ];
    match value {
        Value::String(text) => all.push(text.clone()),
        Value::Array(values) => values.iter().for_each(|value| printed(value, all)),
        Value::Object(fields) => {
            for (name, value) in fields.iter().filter(|(name, _)| !UNPRINTED.contains(&name.as_str())) {
                match value {
                    // Of a function by its place only what is a list of words is printed.
                    Value::Array(values) if name == "of" => {
                        values.iter().filter(|value| value.is_array()).for_each(|value| printed(value, all));
                    }
                    value => printed(value, all),
                }
            }
        }
        _ => {}
    }
}

#[test]
fn every_printed_field_of_a_model_is_in_its_page() {
    let (files, root) = (kinds().files("site"), kinds().files("archive/public"));
    let mut kinds = BTreeSet::new();
    for (path, bytes) in root.iter().filter(|(path, _)| path.contains("/models/") && path.ends_with(".json")) {
        let model: Value = serde_json::from_slice(bytes).expect("JSON");
        kinds.insert(model["kind"].as_str().expect("a kind").to_owned());
        let mut all = Vec::new();
        printed(&model["paper"], &mut all);
        let words: Vec<&str> = all.iter().flat_map(|text| text.split_whitespace()).collect();
        let (object, version) = path.split_once("/v").expect("an issue");
        let folder = format!("bodies/{}/", object.replace('.', "/"));
        let missing = |page: String| {
            let page = squeezed(&page);
            words.iter().copied().filter(|word| !page.contains(word)).collect::<Vec<_>>()
        };
        let is_last = !root.keys().any(|other| other.starts_with(&format!("{object}/v2/"))) || version.starts_with('2');
        let of_meeting = pages(&files).filter(|(page, _)| page.starts_with(&folder));
        let best = of_meeting.map(|(page, text)| (missing(text), page)).min_by_key(|(missing, _)| missing.len());
        let (missing, page) = best.expect("the meeting has pages");
        assert!(missing.is_empty() || !is_last, "{path}: {page} lacks {missing:?}");
    }
    assert!(kinds.len() >= 7, "{kinds:?}");
}

#[test]
fn a_page_of_an_item_has_its_minutes_and_papers() {
    let files = kinds().files("site");
    let page = |path: &str| squeezed(&String::from_utf8_lossy(&files[path]));
    let item = page("bodies/board/2026-01-13/item-2/index.html");
    for words in
        ["Schoolplaces", "Minutes", "TheBoardconsideredtheforecast.", "RESOLVED", "For8", "Supportingdocuments"]
    {
        assert!(item.contains(words), "{words}: {item}");
    }
    // The next issue is told of, with what changed and why; the old one keeps its address.
    let meeting = page("bodies/board/2026-02-10/index.html");
    assert!(meeting.contains("a<better>word") && meeting.contains("Issue1"), "{meeting}");
    assert!(page("bodies/board/2026-02-10/issue-1/index.html").contains("alaterone"));
    assert!(page("bodies/board/2026-08-11/index.html").contains("Thereisnobusiness."));
    let of_a = page("a-z/a/index.html");
    assert!(of_a.matches("Accesstodentists").count() == 2 && !files.contains_key("a-z/b/index.html"), "{of_a}");
}

#[test]
fn feeds_calendars_and_tables_are_read_by_others() {
    let files = kinds().files("site");
    let text = |path: &str| String::from_utf8(files[path].clone()).expect("UTF-8");
    for (path, up) in [("feed.xml", ""), ("bodies/board/feed.xml", "../../")] {
        let feed = text(path);
        let feed = roxmltree::Document::parse(&feed).expect("XML");
        let entries: Vec<_> = feed.descendants().filter(|node| node.has_tag_name("entry")).collect();
        assert_eq!(entries.len(), KINDS.len() + 1, "{path}");
        let text = |entry: &roxmltree::Node, name: &str| {
            entry.children().find(|node| node.has_tag_name(name)).and_then(|node| node.text()).expect("text").to_owned()
        };
        assert!(text(&entries[0], "summary").contains("a <better> word"));
        let ids: BTreeSet<String> = entries.iter().map(|entry| text(entry, "id")).collect();
        assert!(ids.len() == entries.len() && ids.iter().all(|id| id.len() == 45), "{ids:?}");
        for link in entries.iter().flat_map(roxmltree::Node::children).filter_map(|node| node.attribute("href")) {
            assert!(link.starts_with(up) && files.contains_key(&aim(path, link).0), "{path}: {link}");
        }
        for day in entries.iter().map(|entry| text(entry, "updated")) {
            chrono::DateTime::parse_from_rfc3339(&day).expect("a time");
        }
    }
    let calendar: icalendar::Calendar = text("bodies/board/meetings.ics").parse().expect("a calendar");
    let events: Vec<&icalendar::Event> = calendar.components.iter().filter_map(|one| one.as_event()).collect();
    assert_eq!(events.len(), KINDS.len());
    let cancelled: Vec<_> = events.iter().filter(|one| one.property_value("STATUS") == Some("CANCELLED")).collect();
    assert_eq!(cancelled.len(), 2);
    let table = |name: &str| {
        let mut reader = csv::Reader::from_reader(&files[&format!("data/{name}.csv")][..]);
        reader
            .records()
            .map(|row| row.expect("a row").iter().map(str::to_owned).collect())
            .collect::<Vec<Vec<String>>>()
    };
    assert!(table("attendance").iter().any(|row| row[4] == "Apologies" && row[5].contains("Harrow")));
    let decisions = table("decisions");
    assert_eq!((decisions.len(), decisions[0][5].as_str()), (1, "School places"));
    assert!(decisions[0][6].ends_with("travel to school, and the cost of classrooms."), "{decisions:?}");
    assert!(table("votes").iter().any(|row| row[6] == "For" && row[7] == "8"), "{:?}", table("votes"));
}

#[test]
fn only_what_differs_is_written_and_the_whole_is_what_a_full_run_makes() {
    let sandbox = Sandbox::of("tests/cases/kinds");
    let told = |outcome: &str| {
        let made: Value = serde_json::from_str(outcome).expect("JSON");
        made["site"]["tally"].clone()
    };
    let site = |out: &str| told(&sandbox.succeed(&["site", "--json", "--out", out]).stdout);
    assert_eq!(sandbox.run(&["site"]).code, Some(3), "nothing has been issued");
    for (day, issued) in &KINDS[1..3] {
        does(&sandbox, issued, &["issue", &format!("board/2026-{day}")]);
        site("site");
    }
    let again = site("site");
    assert!(again["written"] == 0 && again["removed"] == 0, "{again}");
    sandbox.edit("content/bodies/board/2026-02-10/note.yaml", "To tell", "To say to");
    does(&sandbox, "03-03", &["issue", "board/2026-02-10", "--reason", "a better word"]);
    let modified =
        |path: &str| std::fs::metadata(sandbox.path(path)).and_then(|about| about.modified()).expect("a time");
    let other = modified("site/bodies/board/2026-03-10/index.html");
    let more = site("site");
    assert!(more["written"].as_u64() < more["files"].as_u64(), "{more}");
    assert_eq!(modified("site/bodies/board/2026-03-10/index.html"), other);
    site("anew");
    assert!(sandbox.files("site") == sandbox.files("anew"), "not the same bytes");
    // What a killed run left is completed: lost files come back, half a file is made whole.
    sandbox.edit("site/.boardpack-site", "\"unfinished\":false", "\"unfinished\":true");
    std::fs::remove_file(sandbox.path("site/index.html")).expect("it was there");
    sandbox.write("site/new/index.html", "half");
    site("site");
    assert!(sandbox.files("site") == sandbox.files("anew"), "not the same bytes after a kill");
}

#[test]
fn a_folder_of_somebody_else_is_refused_and_so_is_a_second_run() {
    let sandbox = kinds();
    sandbox.write("foreign/letter.txt", "mine");
    let refused = sandbox.run(&["site", "--out", "foreign"]);
    assert_eq!(refused.code, Some(3), "{}", refused.stderr);
    assert!(refused.stderr.contains("letter.txt") && refused.stderr.contains("--out"), "{}", refused.stderr);
    assert_eq!(sandbox.files("foreign").len(), 1);
    let refused = sandbox.run(&["site", "--out", "archive/public/site"]);
    assert!(refused.code == Some(3) && refused.stderr.contains("in the archive"), "{}", refused.stderr);
    sandbox.succeed(&["site", "--out", "locked"]);
    let lock = std::fs::File::options().write(true).open(sandbox.path("locked/.boardpack-site.lock"));
    let lock = lock.expect("a lock");
    lock.lock().expect("it is free");
    let refused = sandbox.run(&["site", "--out", "locked"]);
    assert_eq!(refused.code, Some(3), "{}", refused.stderr);
    assert!(refused.stderr.contains("another boardpack"), "{}", refused.stderr);
}

#[test]
fn nothing_that_is_withheld_is_in_the_site() {
    let sandbox = crate::leaks::workspace();
    // Nothing is published while this, which looks like a placeholder, stands in it.
    let report = "content/bodies/cabinet/2026-09-16/report.yaml";
    sandbox.write(report, sandbox.read(report).replace("{number=9.9}", ""));
    does(&sandbox, "09-08", &["issue", "cabinet/2026-09-16"]);
    sandbox.succeed(&["site"]);
    let files = sandbox.files("site");
    assert!(files.len() > 10);
    assert_links_lead_somewhere(&files);
    for (path, bytes) in files {
        for readable in crate::leaks::readable(&bytes, &path).into_iter().chain([path.clone().into_bytes()]) {
            let text = String::from_utf8_lossy(&readable).to_uppercase();
            assert!(!text.contains("ZQX") && !text.contains("ZQN"), "{path}");
        }
    }
}

#[test]
fn what_was_taken_back_is_gone_and_every_old_address_says_so() {
    let council = crate::withhold::Council::new();
    let sandbox = &council.sandbox;
    sandbox.succeed(&["site"]);
    let before = sandbox.files("site");
    let says = |files: &Files| {
        let all = files.iter().map(|(path, bytes)| (path, crate::leaks::readable(bytes, path).concat()));
        let all = all.filter(|(path, bytes)| {
            path.contains("zqx") || String::from_utf8_lossy(bytes).to_lowercase().contains("zqx")
        });
        all.map(|(path, _)| path.clone()).collect::<Vec<_>>()
    };
    assert!(says(&before).len() > 5);
    assert!(squeezed(&String::from_utf8_lossy(&before["withheld/index.html"])).contains("Exempt:paragraph3"));
    let done = council.withholds(&[]);
    assert_eq!(done.code, Some(0), "{}", done.stderr);
    sandbox.succeed(&["site"]);
    let after = sandbox.files("site");
    assert_eq!(says(&after), Vec::<String>::new());
    assert_links_lead_somewhere(&after);
    for (path, _) in pages(&before) {
        assert!(after.contains_key(path), "{path} was an address, and says nothing now");
    }
    let meeting = squeezed(&String::from_utf8_lossy(&after["bodies/board/2026-09-16/index.html"]));
    assert!(meeting.contains("itnamesachild"), "{meeting}");
    sandbox.succeed(&["site", "--out", "anew"]);
    assert!(after == sandbox.files("anew"), "not the same bytes");
}
