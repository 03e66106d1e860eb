//! What is public is decided once: wherever the grounds stand, a paper is in the public edition exactly when `resolve`
//! says that it is public, and `resolve` says so exactly when nothing withholds it.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use boardpack::appended::Reader;
use boardpack::compose::{self, Edition, Kept};
use boardpack::layouts::{Layouts, Phrases};
use boardpack::load;
use boardpack::model::Workspace;
use boardpack::render::{self, Job};
use boardpack::resolve::{self, Published};
use proptest::prelude::*;

use crate::leaks::readable;
use crate::properties::{build, cases};
use crate::sandbox::Sandbox;

const FOLDER: &str = "content/bodies/board/2026-09-16";
const GROUNDS: &str = "withheld: {paragraphs: [3], public_interest: It would harm the price., decided_by: director}";

/// Which standing item an item is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Standing {
    /// None.
    Own,
    /// The council's.
    Council,
    /// One that the council declares too, with grounds where the body gives none.
    Body,
    /// One that nobody declares.
    Unknown,
}

/// A paper behind an item, and where grounds for withholding it stand.
#[derive(Debug, Clone)]
#[expect(clippy::struct_excessive_bools, reason = "each is drawn by itself")]
struct Paper {
    of_use: bool,
    itself: bool,
    released: bool,
    in_part: bool,
}

#[derive(Debug, Clone)]
struct Item {
    standing: Standing,
    private: bool,
    withdrawn: bool,
    grounds: bool,
    papers: Vec<Paper>,
}

/// A meeting, and whether the standing items of the council and of the body have grounds.
#[derive(Debug, Clone)]
struct Meeting {
    of_council: bool,
    of_body: bool,
    cancelled: bool,
    items: Vec<Item>,
}

fn rare() -> impl Strategy<Value = bool> {
    prop::bool::weighted(0.2)
}

fn meetings() -> impl Strategy<Value = Meeting> {
    let paper = (rare(), rare(), rare(), any::<bool>()).prop_map(|(of_use, itself, released, in_part)| Paper {
        of_use,
        itself,
        released,
        in_part,
    });
    let standing = prop_oneof![
        3 => Just(Standing::Own),
        2 => Just(Standing::Council),
        2 => Just(Standing::Body),
        1 => Just(Standing::Unknown),
    ];
    let item = (standing, rare(), rare(), rare(), prop::collection::vec(paper, 0..4)).prop_map(
        |(standing, private, withdrawn, grounds, papers)| Item { standing, private, withdrawn, grounds, papers },
    );
    (any::<bool>(), any::<bool>(), prop::bool::weighted(0.05), prop::collection::vec(item, 1..6))
        .prop_map(|(of_council, of_body, cancelled, items)| Meeting { of_council, of_body, cancelled, items })
}

impl Meeting {
    /// Gives the papers by the number that their marks bear, each with its item.
    fn papers(&self) -> impl Iterator<Item = (usize, &Item, &Paper)> {
        self.items
            .iter()
            .flat_map(|item| item.papers.iter().map(move |paper| (item, paper)))
            .enumerate()
            .map(|(number, (item, paper))| (number, item, paper))
    }

    /// Tells whether nothing withholds a paper, or it has been released.
    fn is_public(&self, item: &Item, paper: &Paper) -> bool {
        let standing = match item.standing {
            Standing::Own => false,
            Standing::Council => self.of_council,
            Standing::Body => self.of_body,
            Standing::Unknown => true,
        };
        paper.released || !(standing || item.private || item.grounds || paper.of_use || paper.itself)
    }

    /// Tells whether a paper is in the public pack.
    fn is_printed(&self, item: &Item, paper: &Paper) -> bool {
        self.is_public(item, paper) && !item.withdrawn && !self.cancelled
    }

    fn released(&self) -> BTreeSet<String> {
        self.papers().filter(|(.., paper)| paper.released).map(|(number, ..)| path(number)).collect()
    }

    /// Writes the sources: every paper has a mark in its title, its text, its label and its name.
    fn sources(&self) -> Vec<(String, String)> {
        let grounds = |some: bool| if some { format!(", {GROUNDS}") } else { String::new() };
        let council = format!(
            "\nstanding:\n  deals: {{title: Deals{}}}\n  leases: {{title: Leases{}}}\n",
            grounds(self.of_council),
            grounds(!self.of_body)
        );
        let body = format!("\nstanding:\n  leases: {{title: Leases of the board{}}}\n", grounds(self.of_body));
        let mut files = vec![
            ("content/council.yaml".to_owned(), Sandbox::base().read("content/council.yaml") + &council),
            ("content/bodies/board/body.yaml".to_owned(), format!("kind: body\nname: Scrutiny Board{body}")),
        ];
        for (number, _, paper) in self.papers() {
            let itself = if paper.itself { format!("{GROUNDS}\n") } else { String::new() };
            let text =
                format!("kind: paper\ntitle: ZQT{number:04}\nlabel: zql{number:04}\n{itself}text: ZQB{number:04}\n");
            files.push((path(number), text));
        }
        let mut agenda = "kind: agenda\nmeeting: 2026-09-16 10:30\n".to_owned();
        if self.cancelled {
            agenda += "cancelled: There is no business.\n";
        }
        let mut number = 0;
        for private in [false, true] {
            agenda += if private { "private:\n" } else { "public:\n" };
            for item in &self.items {
                let first = number;
                number += item.papers.len();
                if item.private == private {
                    agenda += &entry(item, first);
                }
            }
            number = 0;
        }
        files.push((format!("{FOLDER}/agenda.yaml"), agenda));
        files
    }
}

fn path(number: usize) -> String {
    format!("{FOLDER}/zqf{number:04}.yaml")
}

/// Writes an item whose first paper bears this number.
fn entry(item: &Item, first: usize) -> String {
    let id = match item.standing {
        Standing::Own => None,
        Standing::Council => Some("deals"),
        Standing::Body => Some("leases"),
        Standing::Unknown => Some("zqunknown"),
    };
    let mut text = id.map_or_else(|| "  - title: A matter\n".to_owned(), |id| format!("  - standing: {id}\n"));
    if item.withdrawn {
        text += "    withdrawn: It is put off.\n";
    }
    if item.grounds {
        let _ = writeln!(text, "    {GROUNDS}");
    }
    for in_part in [true, false] {
        let papers = item.papers.iter().zip(first..).filter(|(paper, _)| paper.in_part == in_part);
        let papers: Vec<String> = papers
            .map(|(paper, number)| {
                let grounds = if paper.of_use { format!(", {GROUNDS}") } else { String::new() };
                format!("{{paper: zqf{number:04}.yaml{grounds}}}")
            })
            .collect();
        let papers = papers.join(", ");
        let _ = match (in_part, papers.is_empty()) {
            (_, true) => Ok(()),
            (true, false) => writeln!(text, "    parts:\n      - {{text: A part, papers: [{papers}]}}"),
            (false, false) => writeln!(text, "    papers: [{papers}]"),
        };
    }
    text
}

/// Loads the sources of a meeting, without checking them.
fn loaded(meeting: &Meeting) -> (Workspace, Sandbox) {
    let sandbox = Sandbox::base();
    for (path, text) in meeting.sources() {
        sandbox.write(&path, text);
    }
    (load::workspace(sandbox.root(), &Reader::default(), &boardpack::rules::log()), sandbox)
}

/// Renders the public edition: all that the typesetter gets of it.
fn public_sources(workspace: &mut Workspace, released: BTreeSet<String>) -> String {
    let log = boardpack::rules::log();
    let layouts = Layouts::with(&BTreeMap::new(), &mut workspace.sources);
    let phrases = Phrases::with(&layouts, &workspace.council.phrases, &log);
    let agenda = workspace.meetings.values().next().expect("the meeting");
    let kept = Kept { released, ..Kept::default() };
    let published = Published::of(workspace, &resolve::meetings(workspace));
    let whole = compose::meeting(workspace, &published, agenda, &phrases, &kept, &log).expect("a pack");
    let (pack, appended) = (whole.public(), BTreeMap::new());
    let job = Job {
        pack: &pack,
        edition: Edition::Public,
        only: None,
        pages: None,
        layouts: &layouts,
        phrases: &phrases,
        appended: &appended,
    };
    let files = render::edition(&job).expect("sources").files;
    let generated = files.iter().filter(|(path, _)| !path.starts_with("layouts/"));
    generated.map(|(path, bytes)| format!("{path}\n{}\n", String::from_utf8_lossy(bytes))).collect()
}

/// Gives the marks of a paper that stand in a text.
fn marks(text: &str, number: usize) -> Vec<String> {
    let all = ["zqt", "zqb", "zql", "zqf"].map(|mark| format!("{mark}{number:04}"));
    let text = text.to_lowercase();
    all.into_iter().filter(|mark| text.contains(mark)).collect()
}

proptest! {
    #![proptest_config(cases(300))]

    #[test]
    fn a_paper_is_public_exactly_where_nothing_withholds_it(meeting in meetings()) {
        let (mut workspace, _sandbox) = loaded(&meeting);
        let released = meeting.released();
        let agenda = workspace.meetings.values().next().expect("the meeting");
        let resolved = resolve::meeting(&workspace, agenda, &BTreeMap::new(), &released);
        let access: BTreeMap<String, bool> =
            resolved.papers().map(|paper| (paper.named.path.clone(), paper.access.is_public())).collect();
        for (number, item, paper) in meeting.papers() {
            prop_assert_eq!(access[&path(number)], meeting.is_public(item, paper), "{}", number);
        }
        let public = public_sources(&mut workspace, released);
        for (number, item, paper) in meeting.papers() {
            let found = marks(&public, number);
            if meeting.is_printed(item, paper) {
                prop_assert!(["zqt", "zqb"].iter().all(|mark| found.contains(&format!("{mark}{number:04}"))), "{:?}", found);
            } else {
                prop_assert!(found.is_empty(), "{:?}", found);
            }
        }
    }
}

proptest! {
    #![proptest_config(cases(6))]

    #[test]
    fn the_finished_public_files_hold_only_what_is_public(mut meeting in meetings()) {
        // What cannot be built is not looked at here.
        for item in &mut meeting.items {
            item.grounds |= item.private || item.standing == Standing::Unknown;
            item.standing = if item.standing == Standing::Unknown { Standing::Own } else { item.standing };
            item.papers.iter_mut().for_each(|paper| paper.released = false);
        }
        prop_assume!(meeting.items.iter().any(|item| !item.private));
        let sources = meeting.sources();
        let sources: Vec<(&str, String)> = sources.iter().map(|(path, text)| (path.as_str(), text.clone())).collect();
        let (output, findings) = build(&sources);
        let output = output.ok_or_else(|| TestCaseError::fail(format!("{findings:?}")))?;
        let public = output.files.iter().filter(|(path, _)| path.starts_with("public/"));
        let pieces: Vec<String> = public
            .flat_map(|(path, bytes)| [vec![path.clone().into_bytes()], readable(bytes, path)].concat())
            .map(|piece| String::from_utf8_lossy(&piece).into_owned())
            .collect();
        for (number, item, paper) in meeting.papers() {
            let found: BTreeSet<String> = pieces.iter().flat_map(|piece| marks(piece, number)).collect();
            let printed = found.contains(&format!("zqt{number:04}")) && found.contains(&format!("zqb{number:04}"));
            prop_assert!(printed == meeting.is_printed(item, paper) && (printed || found.is_empty()), "{:?}", found);
        }
    }
}
