//! What differs between two issues of a pack: told of made records, in words, as JSON and as a PDF.

use std::collections::BTreeMap;

use boardpack::finding::Sources;
use boardpack::fonts::Fonts;
use boardpack::issue::changes::{self, Changes, DocumentKind, Fact, ItemKind, ReportFacts, Weight};
use boardpack::issue::document::Workshop;
use boardpack::layouts::{Layouts, Phrases};
use boardpack::model::Workspace;
use boardpack::record::{Document, Item, Meeting, Page, Record};
use boardpack::typeset::Press;

use crate::pdf::{Pdf, squeeze};

fn pages(first: usize, texts: &[&str]) -> Vec<Page> {
    let page = |(index, text): (usize, &&str)| Page {
        number: (first + index).to_string(),
        blank: text.is_empty(),
        content: (*text).to_owned(),
        text: (*text).to_owned(),
        ..Page::default()
    };
    texts.iter().enumerate().map(page).collect()
}

fn document(key: &str, title: &str, item: Option<&str>, first: usize, texts: &[&str]) -> Document {
    Document {
        key: key.into(),
        kind: if item.is_none() { "front-sheet" } else { "report" }.into(),
        title: title.into(),
        item: item.map(Into::into),
        pages: pages(first, texts),
        ..Document::default()
    }
}

fn item(key: &str, number: &str, title: &str) -> Item {
    Item { key: key.into(), number: number.into(), title: title.into(), ..Item::default() }
}

const BUDGET: &str = "1.1 The consultation closed on 31 March 2027 and 412 people answered.\n\n1.2 The school’s \
                      new hall costs £1,250.50 a day, which is more than was planned.\n\n1.3 Members are asked to \
                      note the report.";

fn record() -> Record {
    Record {
        schema_version: 1,
        edition: "public".into(),
        meeting: Meeting {
            id: "scrutiny/2026-09-16".into(),
            body: "Scrutiny Board".into(),
            title: "Scrutiny Board".into(),
            date: "2026-09-16".into(),
            time: Some("10:30".into()),
            place: Some("Guildhall".into()),
            membership: vec!["Councillor Moss (Chair)".into(), "Councillor Baptiste".into()],
            status: "scheduled".into(),
        },
        items: vec![
            item("apologies", "1", "Apologies"),
            item("declarations", "2", "Declarations of interests"),
            item("budget", "3", "School budgets"),
            item("plan", "4", "Work programme"),
        ],
        documents: vec![
            document("front", "Agenda", None, 1, &["Agenda. School budgets (Pages 3 - 6)", ""]),
            document("budget.yaml", "School budgets", Some("budget"), 3, &[BUDGET, ""]),
            document("letter.pdf", "Letter of the head", Some("budget"), 5, &["Dear Chair, the roof leaks.", ""]),
            document("plan.yaml", "Work programme", Some("plan"), 7, &["Nothing is placed yet in this year.", ""]),
        ],
    }
}

fn told(change: impl FnOnce(&mut Record)) -> Changes {
    let old = record();
    let mut new = record();
    change(&mut new);
    changes::between(&old, &new)
}

fn item_kinds(changes: &Changes, key: &str) -> Vec<ItemKind> {
    changes.items.iter().find(|change| change.item.key == key).map(|change| change.kinds.clone()).unwrap_or_default()
}

fn kinds(changes: &Changes, key: &str) -> Vec<DocumentKind> {
    changes.documents.iter().find(|change| change.key == key).map(|change| change.kinds.clone()).unwrap_or_default()
}

#[test]
fn nothing_differs_from_itself() {
    let changes = told(|_| {});
    assert!(changes.is_empty() && changes.reasons.is_empty());
    assert_eq!(changes.weight(), Weight::Minor);
    assert!(changes::text(&changes).ends_with("nothing has changed\n"));
}

#[test]
fn another_time_place_date_or_status_weighs_heavily_and_membership_does_not() {
    let changes = told(|new| {
        new.meeting.time = Some("11:00".into());
        new.meeting.place = None;
        new.meeting.date = "2026-09-17".into();
        new.meeting.status = "postponed".into();
    });
    let facts: Vec<Fact> = changes.facts.iter().map(|change| change.fact).collect();
    assert_eq!(facts, [Fact::Date, Fact::Time, Fact::Place, Fact::Status]);
    assert_eq!((changes.weight(), changes.reasons.len()), (Weight::Major, 4));
    let changes = told(|new| new.meeting.membership[1] = "Councillor Shah".into());
    assert_eq!((changes.joined.len(), changes.left.len(), changes.weight()), (1, 1, Weight::Minor));
    assert!(!changes.is_empty());
}

#[test]
fn each_change_of_an_item_is_told() {
    let added = told(|new| {
        new.items.insert(2, item("urgent", "3", "Urgent business"));
        new.items[3].number = "4".into();
        new.items[4].number = "5".into();
    });
    assert_eq!(item_kinds(&added, "urgent"), [ItemKind::Added]);
    assert_eq!(item_kinds(&added, "plan"), [ItemKind::Renumbered]);
    assert_eq!(added.weight(), Weight::Major);
    assert_eq!(added.reasons.len(), 1, "that others get new numbers follows");

    let gone = told(|new| drop(new.items.remove(2)));
    assert_eq!(item_kinds(&gone, "budget"), [ItemKind::Withdrawn]);
    let marked = told(|new| new.items[2].withdrawn = Some("The figures are not ready".into()));
    assert_eq!(item_kinds(&marked, "budget"), [ItemKind::Withdrawn]);
    assert_eq!(marked.items[0].note.as_deref(), Some("The figures are not ready"));
    assert_eq!((gone.weight(), marked.weight()), (Weight::Minor, Weight::Minor), "nobody lacked notice");

    let retitled = told(|new| new.items[2].title = "Budgets of schools".into());
    assert_eq!(item_kinds(&retitled, "budget"), [ItemKind::Retitled]);
    assert_eq!(retitled.weight(), Weight::Major);
    let moved = told(|new| new.items.swap(1, 2));
    assert_eq!(moved.items.len(), 1, "one item moved, not two");
    assert_eq!(moved.items[0].kinds, [ItemKind::Moved]);
    assert_eq!(moved.weight(), Weight::Minor, "the order is not what notice is given of");
    let private = told(|new| new.items[2].private = true);
    assert_eq!((item_kinds(&private, "budget"), private.weight()), (vec![ItemKind::Private], Weight::Major));
}

#[test]
fn papers_that_were_to_follow_come_as_late_papers() {
    let mut old = record();
    old.items[3].to_follow = Some("To follow.".into());
    old.documents.pop();
    let changes = changes::between(&old, &record());
    assert_eq!(item_kinds(&changes, "plan"), [ItemKind::Followed]);
    assert_eq!(kinds(&changes, "plan.yaml"), [DocumentKind::Added]);
    assert_eq!(changes.weight(), Weight::Minor);
    let back = changes::between(&record(), &old);
    assert_eq!(item_kinds(&back, "plan"), [ItemKind::ToFollow]);
    assert_eq!(kinds(&back, "plan.yaml"), [DocumentKind::Withdrawn]);
}

#[test]
fn a_corrected_paper_shows_its_words_and_is_minor() {
    let changes = told(|new| {
        let text = BUDGET.replace("31 March", "30 April").replace("£1,250.50", "£1,350.50");
        new.documents[1].pages = pages(3, &[&text, ""]);
    });
    assert_eq!(kinds(&changes, "budget.yaml"), [DocumentKind::Replaced]);
    assert_eq!(changes.weight(), Weight::Minor);
    let text = changes::text(&changes);
    let flat = text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(flat.contains("closed on [-31 March-] {+30 April+} 2027 and 412"), "{text}");
    assert!(flat.contains("hall costs [-£1,250.50-] {+£1,350.50+} a day, which is"), "{text}");
    assert!(text.lines().all(|line| line.chars().count() <= 100), "{text}");
}

#[test]
fn pages_that_shift_are_renumbered_only() {
    let changes = told(|new| {
        new.documents[1].pages = pages(5, &[BUDGET, ""]);
        let (first, second) = BUDGET.split_at(40);
        let second = second.replace(' ', "\n");
        new.documents[3].pages = pages(9, &["Nothing is\nplaced", "yet in this\nyear.", ""]);
        new.documents[1].pages = pages(5, &[first, &second]);
        new.documents[0].pages = pages(1, &["Agenda. School budgets (Pages 5 - 8)", ""]);
    });
    assert_eq!(kinds(&changes, "budget.yaml"), [DocumentKind::Renumbered]);
    assert_eq!(kinds(&changes, "plan.yaml"), [DocumentKind::Renumbered]);
    assert_eq!(kinds(&changes, "front"), [DocumentKind::References]);
    assert!(changes.reasons.is_empty(), "{:?}", changes.reasons);
}

#[test]
fn papers_keep_their_identity_under_other_names_and_items() {
    let changes = told(|new| {
        new.documents[1].key = "budget-v2.yaml".into();
        new.documents[2].key = "scan0001.pdf".into();
        new.documents[2].title = "From the head".into();
        new.documents[3].item = Some("budget".into());
    });
    assert_eq!(kinds(&changes, "budget-v2.yaml"), [], "the title is the same");
    assert_eq!(kinds(&changes, "scan0001.pdf"), [DocumentKind::Retitled], "the pages are the same");
    assert_eq!(kinds(&changes, "plan.yaml"), [DocumentKind::Moved]);
    let changes = told(|new| {
        new.documents[1].key = "new.yaml".into();
        new.documents[1].title = "Budgets".into();
        new.documents[1].pages = pages(3, &[&BUDGET.replace("note", "welcome"), ""]);
    });
    assert_eq!(kinds(&changes, "new.yaml"), [DocumentKind::Replaced, DocumentKind::Retitled]);
}

/// A public record with a placeholder behind the item of budgets.
fn with_placeholder(pages: Vec<Page>) -> Record {
    let mut record = record();
    record.documents[2] = Document {
        key: "d3-withheld".into(),
        kind: "placeholder".into(),
        title: "School budgets".into(),
        item: Some("budget".into()),
        withheld: true,
        pages,
        ..Document::default()
    };
    record
}

#[test]
fn nothing_is_told_of_withheld_papers() {
    let old = with_placeholder(pages(5, &["Document is restricted SECRET-ONE", ""]));
    let mut new = with_placeholder(pages(5, &["Document is restricted SECRET-TWO", "x", "y", ""]));
    let changes = changes::between(&old, &new);
    assert!(changes.is_empty(), "{}", changes::text(&changes));
    new.documents[2].key = "d4-withheld".into();
    assert!(changes::between(&old, &new).is_empty(), "another placeholder behind the item is the same");

    let released = changes::between(&old, &record());
    assert_eq!(kinds(&released, "letter.pdf"), [DocumentKind::NowPublic]);
    assert_eq!(released.documents.len(), 1);
    let hidden = changes::between(&record(), &new);
    assert_eq!(kinds(&hidden, "d4-withheld"), [DocumentKind::NowWithheld]);
    assert_eq!(hidden.weight(), Weight::Major);
    for changes in [released, hidden] {
        let json = serde_json::to_string(&changes).expect("JSON");
        for secret in ["SECRET", "restricted", "roof leaks"] {
            assert!(!json.contains(secret) && !changes::text(&changes).contains(secret), "{json}");
        }
    }
}

#[test]
fn the_private_edition_compares_withheld_papers_too() {
    let mut old = with_placeholder(pages(5, &["The offer is £5,000 for the land.", ""]));
    old.edition = "private".into();
    let mut new = old.clone();
    new.documents[2].pages = pages(5, &["The offer is £6,000 for the land.", ""]);
    assert_eq!(kinds(&changes::between(&old, &new), "d3-withheld"), [DocumentKind::Replaced]);
}

#[test]
fn controls_of_terminals_do_not_pass() {
    let changes = told(|new| {
        new.items[2].title = "Budgets\u{1b}[31m".into();
        new.documents[1].pages = pages(3, &["\u{1b}]0;title\u{7} other words", ""]);
    });
    let text = changes::text(&changes);
    assert!(text.chars().all(|letter| letter == '\n' || !letter.is_control()), "{text:?}");
}

#[test]
fn newer_and_plain_records_are_read() {
    let mut json = serde_json::to_value(record()).expect("JSON");
    json["later"] = "field".into();
    let read: Record = serde_json::from_value(json).expect("a record");
    assert_eq!(read, record());
    let changes = serde_json::to_value(told(|new| new.meeting.time = None)).expect("JSON");
    assert_eq!(changes["schema_version"], 1);
    assert_eq!((&changes["weight"], &changes["facts"][0]["fact"]), (&"major".into(), &"time".into()));
}

/// Changes of every kind.
fn rich() -> Changes {
    let mut old = record();
    old.items[3].to_follow = Some("To follow.".into());
    old.items.push(item("land", "5", "Sale of land at Mill Lane"));
    old.items.push(item("visit", "6", "Visit to the depot"));
    old.documents.push(document("land.yaml", "Sale of land", Some("land"), 9, &["Words of the sale.", ""]));
    old.documents.push(document("map.png", "Map of the depot", Some("visit"), 11, &["map"]));
    let mut new = old.clone();
    new.meeting.time = Some("11:00".into());
    new.meeting.membership[1] = "Councillor Shah".into();
    new.items[3].to_follow = None;
    new.items[4].withdrawn = Some("The buyer has withdrawn the offer.".into());
    new.items.insert(2, item("urgent", "3", "Flooding in Lower Street"));
    new.items[3].number = "4".into();
    new.items[4].number = "5".into();
    new.items[5].number = "6".into();
    new.items[6].number = "7".into();
    let long = "These words are new and many of them follow each other without an end in sight. ".repeat(12);
    let text = BUDGET.replace("31 March", "30 April").replace("1.3 Members", "1.3 \u{1f600} Members") + "\n\n" + &long;
    new.documents[1].pages = pages(5, &[&text, ""]);
    new.documents[1].pages[0].number = "4A".into();
    new.documents.remove(4);
    new.documents[4].pages[0].content = "another map".into();
    new.documents.insert(1, document("flood.pdf", "Flooding", Some("urgent"), 3, &["Water #[came] $in.", ""]));
    changes::between(&old, &new)
}

#[test]
fn text_is_as_reviewed() {
    insta::assert_snapshot!("changes_text", changes::text(&rich()));
}

fn report(changes: &Changes) -> Vec<u8> {
    let layouts = Layouts::with(&BTreeMap::new(), &mut Sources::default());
    let phrases = Phrases::with(&layouts, &BTreeMap::new(), &boardpack::rules::log());
    let fonts = Fonts::with(&BTreeMap::new());
    let mut workspace = Workspace::default();
    workspace.council.name.value = "Aldermere City Council".into();
    let facts = ReportFacts {
        old_issue: "1",
        new_issue: "2",
        when: "10.30 am on Wednesday, 16 September 2026",
        reason: Some("a late paper on flooding, and corrections"),
        date: chrono::NaiveDate::from_ymd_opt(2026, 9, 14).expect("a date"),
    };
    let press = Press::new(&fonts, &layouts);
    let workshop =
        Workshop { workspace: &workspace, layouts: &layouts, phrases: &phrases, fonts: &fonts, press: &press };
    changes::report(changes, &facts, &workshop).unwrap_or_else(|all| {
        panic!("{}", all.iter().map(|finding| finding.message.as_str()).collect::<Vec<_>>().join("; "))
    })
}

#[test]
fn the_report_announces_what_is_new_and_gone() {
    let bytes = report(&rich());
    assert_eq!(bytes, report(&rich()), "the same changes give the same bytes");
    if let Some(folder) = std::env::var_os("BOARDPACK_KEEP") {
        std::fs::write(std::path::Path::new(&folder).join("changes.pdf"), &bytes).expect("the report is kept");
    }
    let text = squeeze(&Pdf::read(&bytes).pages().join(" "));
    for words in ["Changes since issue 1", "deleted: 31 March", "inserted: 30 April", "Map of the depot"] {
        assert!(text.contains(&squeeze(words)), "{words}: {text}");
    }
    assert!(!text.contains("came"), "a new paper is named, not shown");
}

#[test]
fn hostile_words_are_set_as_they_are_and_within_the_page() {
    let hostile = "\"#[panic()] \\ $ /*@1:2-3*/ <b> \u{7} \u{1f600} \u{5e9}\u{5dc}\u{5d5}\u{5dd}";
    let endless = "x".repeat(300);
    let changes = told(|new| {
        new.meeting.place = Some(format!("{hostile} {endless}"));
        new.items[2].title = format!("{hostile} {endless}");
        new.items[3].withdrawn = Some(hostile.into());
        new.documents[1].title = hostile.repeat(3);
        new.documents[1].pages = pages(3, &[&format!("{BUDGET} {hostile} {endless} {hostile}"), ""]);
        new.documents[1].pages[0].number = hostile.into();
    });
    let pdf = Pdf::read(&report(&changes));
    assert!(pdf.squeezed().contains("#[panic()]"), "{}", pdf.squeezed());
    assert_eq!(pdf.beyond_the_page(), Vec::<String>::new());
}

#[test]
fn a_report_without_changes_says_so() {
    assert!(Pdf::read(&report(&told(|_| {}))).squeezed().contains("Nothinghaschanged."));
}
