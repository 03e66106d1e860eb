//! Issues made in memory: numbers that stay, supplements, releases.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use boardpack::appended::office::Office;
use boardpack::appended::{Reader, Receiver};
use boardpack::compose::Kept;
use boardpack::fs;
use boardpack::issue::IssueFailure;
use boardpack::issue::changes::DocumentKind;
use boardpack::issue::last::Last;
use boardpack::issue::manifest::{Choice, Kind};
use boardpack::issue::prepare::{Made, Order, Workshop};
use boardpack::issue::time::Time;
use boardpack::packs;
use boardpack::progress::Quiet;
use boardpack::record::Record;
use chrono::DateTime;

use crate::sandbox::Sandbox;

const MEETING: &str = "education-scrutiny/2026-09-16";
const FOLDER: &str = "content/bodies/education-scrutiny/2026-09-16";

fn receiver(root: &std::path::Path) -> Receiver {
    Receiver::new(Reader::default(), Office::new(root, Some("/nonexistent/soffice".into())))
}

fn sample() -> Sandbox {
    let sandbox = Sandbox::empty();
    sandbox.add("content", "content");
    sandbox
}

/// The clock's time in all of these tests.
static TIME: LazyLock<Time> =
    LazyLock::new(|| Time { at: DateTime::from_timestamp(1_789_000_000, 0).expect("a time"), given: None });

fn order(kind: Kind) -> Order<'static> {
    Order {
        meeting: MEETING,
        kind,
        numbering: Choice::Keep,
        reason: Some("a corrected report"),
        overrides: &[],
        urgent: None,
        release: BTreeSet::new(),
        withhold: BTreeSet::new(),
        plans: None,
        time: &TIME,
        reports: true,
        look_too: false,
    }
}

fn make(sandbox: &Sandbox, order: &Order, last: Option<&Last>) -> Result<Made, IssueFailure> {
    let log = boardpack::rules::log();
    let project = packs::open(sandbox.root(), receiver(sandbox.root()), &log);
    let agenda = &project.workspace.meetings[order.meeting];
    let inputs = fs::read_at_once(sandbox.root(), &project.inputs(agenda)).expect("inputs");
    let workshop = Workshop { receiver: &receiver, progress: &Quiet, cache: None, secrets: project.secrets() };
    let made = workshop.make(&inputs, order, last, &log).map(|(_, made)| made);
    let found: Vec<String> =
        log.sorted().iter().filter(|finding| finding.is_error()).map(|finding| finding.message.clone()).collect();
    made.map(|made| made.unwrap_or_else(|| panic!("{found:?}")))
}

fn last(made: &Made) -> Last {
    Last {
        manifest: made.manifest.clone(),
        whole: made.whole().clone(),
        public: made.output.public.clone(),
        ..Last::default()
    }
}

fn numbers(record: &Record, key: &str) -> String {
    let document = record.documents.iter().find(|document| document.key.ends_with(key)).expect("the document");
    let numbers: Vec<&str> = document.pages.iter().map(|page| page.number.as_str()).collect();
    format!("{} - {}", numbers[0], numbers[numbers.len() - 1])
}

/// Writes an issue where it can be looked at.
fn show(made: &Made, folder: &str) {
    let Some(root) = std::env::var_os("BOARDPACK_SHOW") else { return };
    for (path, bytes) in made.output.files.iter().chain(&made.reports) {
        let path = std::path::Path::new(&root).join(folder).join(path);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("the folder");
        std::fs::write(path, bytes).expect("the file");
    }
}

#[test]
fn a_first_issue_is_what_is_built_and_tells_only_of_a_time_that_was_given() {
    let sandbox = sample();
    let first = make(&sandbox, &order(Kind::Pack), None).expect("the first issue");
    let log = boardpack::rules::log();
    let project = packs::open(sandbox.root(), receiver(sandbox.root()), &log);
    let agenda = &project.workspace.meetings[MEETING];
    let built = project.build(agenda, &Kept::default(), &log, &Quiet).expect("a build");
    assert!(first.output.files == built.files, "the first issue is not what is built");
    let given = Time { given: Some("the old archive is entered".into()), ..TIME.clone() };
    let given = make(&sandbox, &Order { time: &given, ..order(Kind::Pack) }, None).expect("the first issue");
    let line = "Issue 1, 10 September 2026 (date given by hand, not by the clock: the old archive is entered)";
    assert_eq!(given.manifest.kept.issue, [line]);
    assert_eq!(given.manifest.given_time.as_deref(), Some("the old archive is entered"));
    // Later issues go on telling of it.
    sandbox.edit(&format!("{FOLDER}/agenda.yaml"), "24 June 2026", "25 June 2026");
    let second = make(&sandbox, &order(Kind::Pack), Some(&last(&given))).expect("the second issue");
    assert_eq!(second.manifest.kept.issue, [line, "Issue 2, 10 September 2026: a corrected report"]);
}

const LATE: &str = "kind: paper\ntitle: A late matter\ntext: |\n  # Why it is late\n\n  Words.\n";

fn add_late_item(sandbox: &Sandbox) {
    let item = "  - title: Late matter\n    papers: [late.yaml]\n\n  - title: Work programme";
    sandbox.edit(&format!("{FOLDER}/agenda.yaml"), "  - title: Work programme", item);
    sandbox.write(&format!("{FOLDER}/late.yaml"), LATE);
}

#[test]
fn a_late_item_and_a_longer_paper_leave_the_numbers_of_other_pages_alone() {
    let sandbox = sample();
    let before = last(&make(&sandbox, &order(Kind::Pack), None).expect("the first issue"));
    add_late_item(&sandbox);
    let more = "\n\n  A paragraph that came late, and is long enough to fill some lines of a page.".repeat(60);
    sandbox.edit(&format!("{FOLDER}/focused-visit.yaml"), "text: |\n", &format!("text: |\n  # Late words{more}\n\n"));
    let second = make(&sandbox, &order(Kind::Pack), Some(&before)).expect("the second issue");
    show(&second, "second");
    let record = second.whole();
    for same in ["minutes.yaml", "action-plan.yaml", "inspection-letter.pdf", "work-programme.yaml"] {
        assert_eq!(numbers(record, same), numbers(&before.whole, same), "{same}");
    }
    assert_eq!(numbers(record, "late.yaml"), "34A - 34B");
    assert_eq!(numbers(record, "focused-visit.yaml"), "9 - 14B");
    let item = |key: &str| record.item(key).expect("the item").number.clone();
    assert_eq!((item("late matter"), item("work programme")), ("4A".to_owned(), "5".to_owned()));
    // A third issue without the item leaves its numbers, and gives them to nobody else.
    sandbox.edit(&format!("{FOLDER}/agenda.yaml"), "  - title: Late matter\n    papers: [late.yaml]\n", "");
    let third = make(&sandbox, &order(Kind::Pack), Some(&last(&second))).expect("the third issue");
    show(&third, "third");
    assert_eq!(third.manifest.retired, ["34A", "34B"]);
    assert_eq!(third.manifest.kept.issue.last().map(String::as_str), Some("Pages 34A - 34B are not used"));
}

#[test]
fn a_supplement_goes_on_from_the_last_page_and_is_in_the_whole_pack() {
    let sandbox = sample();
    let first = make(&sandbox, &order(Kind::Pack), None).expect("the first issue");
    let before = last(&first);
    let nothing = make(&sandbox, &order(Kind::Supplement), Some(&before));
    assert!(matches!(nothing, Err(IssueFailure::NothingLate { .. })));
    add_late_item(&sandbox);
    let second = make(&sandbox, &order(Kind::Supplement), Some(&before)).expect("the supplement");
    show(&second, "supplement");
    assert_eq!(numbers(second.whole(), "late.yaml"), "79 - 80");
    assert_eq!(numbers(second.whole(), "work-programme.yaml"), numbers(&before.whole, "work-programme.yaml"));
    let name = "public/2026-09-16-education-scrutiny-supplement-1.pdf";
    let pdf = crate::pdf::Pdf::read(&second.output.files[name]);
    assert_eq!(pdf.labels(), ["77", "78", "79", "80"]);
    assert!(pdf.pages()[0].contains("Supplement 1") && pdf.pages()[2].contains("Why it is late"));
    // Beside a supplement nothing else may change.
    sandbox.edit(&format!("{FOLDER}/focused-visit.yaml"), "text: |\n", "text: |\n  # Late words\n\n  Words.\n\n");
    let other = make(&sandbox, &order(Kind::Supplement), Some(&before));
    assert!(matches!(other, Err(IssueFailure::AlsoChanged { .. })));
}

#[test]
fn a_released_paper_is_public_with_its_own_page_numbers() {
    let sandbox = sample();
    let cabinet = Order { meeting: "cabinet/2026-10-06", ..order(Kind::Pack) };
    let first = make(&sandbox, &cabinet, None).expect("the first issue");
    let before = last(&first);
    let key = "content/bodies/cabinet/2026-10-06/tannery-lane-private.yaml";
    assert!(before.public.document(key).is_none());
    let order = Order { kind: Kind::Release, release: BTreeSet::from([key.to_owned()]), ..cabinet };
    let second = make(&sandbox, &order, Some(&before)).expect("the release");
    show(&second, "release");
    assert!(second.output.public.document(key).is_some());
    assert_eq!(numbers(second.whole(), "private.yaml"), numbers(&before.whole, "private.yaml"));
}

#[test]
fn another_file_name_or_title_makes_nothing_new() {
    let sandbox = sample();
    let before = last(&make(&sandbox, &order(Kind::Pack), None).expect("the first issue"));
    std::fs::rename(
        sandbox.path(&format!("{FOLDER}/action-plan.yaml")),
        sandbox.path(&format!("{FOLDER}/plan-of-action.yaml")),
    )
    .expect("the file can be renamed");
    sandbox.edit(&format!("{FOLDER}/agenda.yaml"), "action-plan.yaml", "plan-of-action.yaml");
    sandbox.edit(&format!("{FOLDER}/agenda.yaml"), "- title: Work programme", "- title: What the Board will do next");
    let second = make(&sandbox, &order(Kind::Pack), Some(&before)).expect("the second issue");
    let labels = |record: &Record| record.pages().map(|page| page.number.clone()).collect::<Vec<_>>();
    assert_eq!(labels(second.whole()), labels(&before.whole));
    let said = boardpack::issue::changes::text(&second.changes.expect("changes").whole);
    assert!(said.contains("What the Board will do next") && !said.contains("withdrawn"), "{said}");
}

/// Gives what changed of each paper, by the end of its key.
fn changed(made: &Made) -> Vec<(String, Vec<DocumentKind>)> {
    let documents = made.changes.as_ref().expect("changes").whole.documents.iter();
    let name = |key: &str| key.rsplit('/').next().unwrap_or(key).to_owned();
    documents.map(|document| (name(&document.key), document.kinds.clone())).collect()
}

/// Gives the numbers of the pages that replacement sheets have to print.
fn sheets(made: &Made) -> Vec<String> {
    let sheets = crate::pdf::Pdf::read(&made.reports["public/replacement-sheets.pdf"]);
    sheets.labels().into_iter().filter(|label| !label.starts_with(['i', 'v', 'x'])).collect()
}

#[test]
fn another_look_is_told_as_that_and_costs_no_sheets_unless_they_are_wanted() {
    let sandbox = sample();
    let before = last(&make(&sandbox, &order(Kind::Pack), None).expect("the first issue"));
    sandbox.edit("content/council.yaml", "#1d4f63", "#632a1d");
    let second = make(&sandbox, &order(Kind::Pack), Some(&before)).expect("the second issue");
    show(&second, "restyled");
    let told = changed(&second);
    assert!(told.len() > 3 && told.iter().all(|(_, kinds)| *kinds == [DocumentKind::Looks]), "{told:?}");
    assert_eq!(sheets(&second), ["1", "2"], "the front sheet has a line about the issue");
    let said = boardpack::issue::changes::text(&second.changes.as_ref().expect("changes").whole);
    assert!(said.contains(&format!("the look of {} papers changed; no words differ", told.len())), "{said}");
    let all = make(&sandbox, &Order { look_too: true, ..order(Kind::Pack) }, Some(&before)).expect("the second issue");
    assert!(sheets(&all).len() > 20, "{:?}", sheets(&all));
    // A word beside the look is still told, and its page printed.
    sandbox.edit(&format!("{FOLDER}/focused-visit.yaml"), "text: |\n", "text: |\n  # Late words\n\n");
    let third = make(&sandbox, &order(Kind::Pack), Some(&before)).expect("an issue");
    assert!(changed(&third).contains(&("focused-visit.yaml".into(), vec![DocumentKind::Replaced])));
    assert!(sheets(&third).contains(&"9".into()) && sheets(&third).len() < 20, "{:?}", sheets(&third));
}

#[test]
fn a_file_that_is_saved_again_has_not_changed() {
    let sandbox = sample();
    let path = format!("{FOLDER}/inspection-letter.pdf");
    let before = last(&make(&sandbox, &order(Kind::Pack), None).expect("the first issue"));
    let bytes = std::fs::read(sandbox.path(&path)).expect("the file");
    let mut pdf = lopdf::Document::load_mem(&bytes).expect("a PDF");
    pdf.decompress();
    pdf.renumber_objects_with(500);
    pdf.trailer.set("ID", vec![lopdf::Object::string_literal("another"), lopdf::Object::string_literal("one")]);
    let mut again = Vec::new();
    pdf.save_to(&mut again).expect("it is saved");
    assert_ne!(again, bytes);
    sandbox.write(&path, &again);
    let second = make(&sandbox, &order(Kind::Pack), Some(&before)).expect("the second issue");
    let told = changed(&second);
    assert!(told.iter().all(|(key, _)| key == "front-sheet"), "{told:?}");
}

#[test]
fn what_only_a_screen_has_is_a_change_that_is_not_printed() {
    let sandbox = sample();
    let paper = format!("{FOLDER}/focused-visit.yaml");
    sandbox.edit(&paper, "text: |\n", "text: |\n  # Links\n\n  See [the report](https://example.org/one).\n\n");
    let before = last(&make(&sandbox, &order(Kind::Pack), None).expect("the first issue"));
    for (from, to) in [("https://example.org/one", "https://example.org/two"), ("Column chart of", "Chart of")] {
        sandbox.edit(&paper, from, to);
        let second = make(&sandbox, &order(Kind::Pack), Some(&before)).expect("the second issue");
        let told = changed(&second);
        assert!(told.contains(&("focused-visit.yaml".into(), vec![DocumentKind::OnScreen])), "{from}: {told:?}");
        assert_eq!(sheets(&second), ["1", "2"], "{from}");
        sandbox.edit(&paper, to, from);
    }
}
