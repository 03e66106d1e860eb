//! Replacement sheets: the instructions, and the leaves of the new pack behind them.

use boardpack::appended::office::Office;
use boardpack::appended::{Reader, Receiver};
use boardpack::fonts::Fonts;
use boardpack::issue::document::Workshop;
use boardpack::issue::sheets::pdf::{self, Belonging, Facts, Issue, SheetsFailure};
use boardpack::issue::sheets::{self, Side};
use boardpack::packs;
use boardpack::typeset::Press;
use chrono::NaiveDate;

use crate::pdf::Pdf;
use crate::sample::{Pack, packs};
use crate::sandbox::Sandbox;

mod follow;

/// A pack of the sample council, and how it was in its first issue, as a test pretends.
struct Case {
    pack: &'static Pack,
    new: Vec<Side>,
    old: Vec<Side>,
    belongings: Vec<Option<Belonging>>,
}

impl Case {
    fn of(name: &str) -> Self {
        let pack = packs().iter().find(|pack| pack.name == name).expect("a pack of the sample council");
        let side = |(number, text): (&String, &String)| Side {
            number: number.clone(),
            content: text.clone(),
            blank: text.contains("intentionally left blank"),
        };
        let new: Vec<Side> = pack.labels.iter().zip(&pack.pages).map(side).collect();
        let belongings = pack.labels.iter().map(|label| belonging(pack, label.parse().expect("a number"))).collect();
        Self { pack, old: new.clone(), new, belongings }
    }

    /// Lets a side have been otherwise.
    fn differ(mut self, side: usize) -> Self {
        self.old[side].content = "other words".into();
        self
    }

    fn make(&self) -> Result<(sheets::Plan, Vec<u8>), SheetsFailure> {
        let sandbox = Sandbox::empty();
        sandbox.add("content", "content");
        let log = boardpack::rules::log();
        let receiver = || Receiver::new(Reader::default(), Office::new(sandbox.root(), None));
        let project = packs::open(sandbox.root(), receiver(), &log);
        let fonts = Fonts::with(&std::collections::BTreeMap::new());
        let press = Press::new(&fonts, &project.layouts);
        let plan = sheets::plan(&self.old, &self.new);
        let (workspace, layouts, phrases) = (&project.workspace, &project.layouts, &project.phrases);
        let workshop = Workshop { workspace, layouts, phrases, fonts: &fonts, press: &press };
        let facts = Facts {
            meeting: &self.pack.meeting,
            body: self.pack.file["meeting"]["body_name"].as_str().expect("a name"),
            when: "Wednesday 16 September 2026",
            issued: NaiveDate::from_ymd_opt(2026, 9, 10).expect("a date"),
            reason: Some("the figures of one paper were corrected"),
            private: false,
        };
        let old = Issue { number: 1, sides: &self.old, belongings: &self.belongings };
        let new = Issue { number: 2, sides: &self.new, belongings: &self.belongings };
        let bytes = pdf::make(&self.pack.bytes, &plan, old, new, &facts, &workshop, &receiver())?;
        Ok((plan, bytes))
    }
}

/// Gives what a page of a pack belongs to.
fn belonging(pack: &Pack, page: u64) -> Option<Belonging> {
    let on = |document: &&serde_json::Value| {
        (document["first_page"].as_u64()..=document["last_page"].as_u64()).contains(&Some(page))
    };
    let document = pack.documents().find(on)?;
    let words = |key: &str| document[key].as_str().map(ToOwned::to_owned);
    Some(Belonging { item: words("item"), title: words("title").unwrap_or_else(|| "Agenda".into()) })
}

/// Asserts that behind an even number of pages of instructions come exactly the leaves planned, as
/// they are in the pack; gives the text of the instructions.
fn assert_leaves(case: &Case, plan: &sheets::Plan, bytes: &[u8]) -> String {
    let (made, pack) = (Pdf::read(bytes), Pdf::read(&case.pack.bytes));
    let sides = plan.sides_to_print();
    let (pages, labels, sizes) = (made.pages(), made.labels(), made.sizes());
    let front = pages.len() - sides.len();
    assert!(front >= 2 && front.is_multiple_of(2), "{front} pages of instructions");
    for (index, side) in sides.iter().enumerate() {
        assert_eq!(pages[front + index].trim(), case.pack.pages[*side].trim(), "side {side}");
        assert_eq!(labels[front + index], case.new[*side].number);
        assert_eq!(sizes[front + index], pack.sizes()[*side], "side {side}");
    }
    assert_eq!(labels[..2], ["i", "ii"]);
    assert!(made.is_tagged() && made.xmp().contains("pdfuaid:part"), "the sheets claim PDF/UA");
    pages[..front].join("\n")
}

/// Gives the index of a side of this kind, past the front sheet.
fn side_where(case: &Case, wanted: impl Fn(f64, f64) -> bool) -> usize {
    let sizes = Pdf::read(&case.pack.bytes).sizes();
    let wide = |(_, (width, height)): &(usize, &(f64, f64))| wanted(*width, *height);
    sizes.iter().enumerate().skip(4).find(wide).expect("such a side").0
}

#[test]
fn the_leaves_are_those_of_the_new_pack_in_full_size() {
    let case = Case::of("education-scrutiny/2026-09-16/public").differ(2).differ(11).differ(12);
    let wide = side_where(&case, |width, height| width > height);
    let mut case = case.differ(wide);
    // A leaf that comes, and one that goes.
    case.old.drain(20..22);
    let gone = |number: &str| Side { number: number.into(), content: "gone".into(), blank: false };
    case.old.extend([gone("997"), gone("998")]);
    let (plan, bytes) = case.make().expect("the sheets can be made");
    assert!(!plan.whole_is_easier);
    assert_eq!(follow::apply(&case.old, &plan, &case.new), case.new);
    let words = assert_leaves(&case, &plan, &bytes);
    for expected in [
        "Replacement sheets",
        "Issue 2 replaces pages of issue 1.",
        "Reason: the figures of one paper were corrected",
        "pages 3 to 4",
        "pages 11 to 16",
        "after page 20",
        "pages 21 to 22",
        "pages 997 to 998",
        "This page is intentionally left blank",
    ] {
        assert!(words.contains(expected), "`{expected}` is not in:\n{words}");
    }
}

#[test]
fn large_sheets_of_appended_files_stay_large() {
    let case = Case::of("cabinet/2026-10-06/public");
    let large = side_where(&case, |width, height| width.max(height) > 1000.0);
    let case = case.differ(large);
    let (plan, bytes) = case.make().expect("the sheets can be made");
    assert_eq!(plan.leaves_to_print, 1);
    let words = assert_leaves(&case, &plan, &bytes);
    assert!(words.contains("Print one leaf"), "{words}");
}

#[test]
fn many_steps_go_over_several_pages_and_a_whole_pack_is_advised() {
    let mut case = Case::of("education-scrutiny/2026-09-16/public");
    for side in (0..case.old.len()).filter(|side| side % 6 > 1) {
        case = case.differ(side);
    }
    let (plan, bytes) = case.make().expect("the sheets can be made");
    assert!(plan.whole_is_easier && plan.steps.len() > 8);
    let words = assert_leaves(&case, &plan, &bytes);
    assert!(words.contains("it is easier to print the whole pack again"), "{words}");
    assert_eq!(words.matches("Take out | Put in").count(), 2, "the header row is on both pages:\n{words}");
}

#[test]
fn what_only_goes_needs_no_print_and_what_is_the_same_no_steps() {
    let mut case = Case::of("education-scrutiny/2026-09-16/public");
    let (plan, bytes) = case.make().expect("the sheets can be made");
    assert!(assert_leaves(&case, &plan, &bytes).contains("No page differs"));
    case.old.insert(4, Side { number: "4B".into(), content: "gone".into(), blank: true });
    case.old.insert(4, Side { number: "4A".into(), content: "gone".into(), blank: false });
    let (plan, bytes) = case.make().expect("the sheets can be made");
    let words = assert_leaves(&case, &plan, &bytes);
    assert!(words.contains("pages 4A to 4B") && words.contains("Nothing needs to be printed"), "{words}");
}

#[test]
fn a_plan_for_another_pack_is_refused() {
    let mut case = Case::of("education-scrutiny/2026-09-16/public");
    case.new.extend([("2000", "more"), ("2001", "more")].map(|(number, content)| Side {
        number: number.into(),
        content: content.into(),
        blank: false,
    }));
    let failure = case.make().map(|(plan, _)| plan).expect_err("the pack has no such pages");
    assert!(failure.to_string().contains("the new pack"), "{failure}");
}

#[test]
fn the_same_sheets_have_the_same_bytes() {
    let case = Case::of("education-scrutiny/2026-09-16/public").differ(3);
    let make = || case.make().expect("the sheets can be made").1;
    assert_eq!(make(), make());
}
