//! Public files come from public inputs alone: two councils of which only the withheld part differs publish the same.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use boardpack::appended::office::Office;
use boardpack::appended::{Reader, Receiver};
use boardpack::finding::Finding;
use boardpack::fs;
use boardpack::issue::last::Last;
use boardpack::issue::manifest::{Choice, Kind};
use boardpack::issue::prepare::{Made, Order, Workshop};
use boardpack::issue::shelf::{NewIssue, Shelf};
use boardpack::issue::time::Time;
use boardpack::packs;
use boardpack::progress::Quiet;
use chrono::DateTime;
use regex::Regex;

use crate::pdf::Pdf;
use crate::sandbox::{Sandbox, files};

const FOLDER: &str = "content/bodies/board/2026-09-16";
const MEETING: &str = "board/2026-09-16";

/// Issues that a council makes: the first; one after which only withheld papers are others; one with a late public
/// paper; and one without it.
const ISSUES: usize = 4;

/// A line of a lone `#` is where a comment may stand.
const AGENDA: &str = "kind: agenda
meeting: 2026-09-16 10:30
issued: 2026-09-08
public:
  - Declarations of interests
#
  - title: Access to dentists
    papers:
      - note.yaml
      - {paper: plan.yaml, appendix: \"1\", withheld: GROUNDS}
      - {paper: table.yaml, appendix: \"2\"}
LATE
#
  - title: Exclusion of the press and public
    text: From private business, under paragraph 3 of Part 1 of Schedule 12A.
private:
  - standing: deals
    papers: PAPERS
  - title: Work to come
    label: LABEL
    withheld: GROUNDS
    papers: [letter.yaml]
ACCEPTED
";

const COUNCIL: &str = "kind: council
name: Testford Council
contact: harrow
#
standing:
  deals: {title: Deals, withheld: GROUNDS}
ACCEPTED
";

const PEOPLE: &str = "kind: people
people:
  moss: {name: Councillor Jenny Moss, short: J Moss}
  harrow: {name: Dana Harrow, post: director}
BIDDER
posts:
  director: {title: Director of Services, holder: harrow}
";

/// A council as far as the public cannot see it.
struct Council {
    /// A word in everything withheld.
    word: &'static str,
    /// How many more leaves the withheld plan has in each issue.
    leaves: [usize; ISSUES],
    /// Whether there is more of all that is not printed: comments, secrets, people, reasons, files.
    more: bool,
}

impl Council {
    /// Fills in a source.
    fn source(&self, template: &str, issue: usize) -> String {
        let Self { word, more, .. } = self;
        let only = |text: String| if *more { text } else { String::new() };
        let secrets = only(format!(", secrets: [{word} plc, {word} and sons]"));
        let grounds = "{paragraphs: [3], public_interest: It would harm the price., decided_by: director";
        let papers = if *more { "[first.yaml, second.yaml]".to_owned() } else { format!("[{word}.yaml]") };
        let late = if issue == 2 { "  - title: A late matter\n    papers: [late.yaml]\n" } else { "" };
        template
            .replace("\n#\n", &format!("\n#{}\n", only(format!(" Not to be told: {word}\n\n# {word}"))))
            .replace("GROUNDS", &format!("{grounds}{secrets}}}"))
            .replace("PAPERS", &papers)
            .replace("LABEL", word)
            .replace("LATE\n", late)
            .replace("ACCEPTED\n", &only(format!("accepted:\n  - {{finding: C0025, reason: As {word} says.}}\n")))
            .replace("BIDDER\n", &only(format!("  bidder: {{name: Ann {word}, post: director}}\n")))
    }

    /// Gives a withheld paper of so many paragraphs.
    fn paper(&self, paragraphs: usize) -> String {
        let word = self.word;
        let text =
            format!("\n\n  Of {word}, and of what {word} has said about it since it was offered.").repeat(paragraphs);
        self.source(&format!("kind: paper\n#\ntitle: Of {word}\ntext: |\n  # Of {word}{text}\n"), 0)
    }

    /// Writes the sources as they are before an issue, counted from 0.
    fn write(&self, issue: usize) -> Sandbox {
        let sandbox = Sandbox::base();
        let write = |name: &str, text: &str| sandbox.write(&format!("{FOLDER}/{name}"), text);
        write("agenda.yaml", &self.source(AGENDA, issue));
        sandbox.write("content/council.yaml", self.source(COUNCIL, issue));
        sandbox.write("content/people.yaml", self.source(PEOPLE, issue));
        let public = "kind: paper\n#\ntitle: The table\ntext: |\n  | Ward | Homes |\n  |:--|--:|\n  | Harbour | 88 |\n";
        write("table.yaml", &self.source(public, issue));
        if issue == 2 {
            write("late.yaml", "kind: paper\ntitle: A late matter\ntext: |\n  # Why it is late\n\n  Words.\n");
        }
        // So many paragraphs fill two leaves or so; each leaf more has two pages.
        write("plan.yaml", &self.paper(80 + 60 * self.leaves[issue]));
        write("letter.yaml", &self.paper(3 + issue));
        if self.more {
            // Two papers of a leaf each, in the place of one of two leaves.
            for name in ["first.yaml", "second.yaml"] {
                write(name, &self.paper(2 + issue));
            }
            write("draft.yaml", &self.paper(1));
        } else {
            write(&format!("{}.yaml", self.word), &self.paper(80));
        }
        sandbox
    }

    /// Makes all issues, and gives every public file that comes of them, and how long each whole pack is.
    fn published(&self) -> (BTreeMap<String, Vec<u8>>, Vec<u32>) {
        let kept = tempfile::tempdir().expect("a folder");
        let shelf = Shelf::at(kept.path());
        let (mut public, mut lengths, mut last) = (BTreeMap::new(), Vec::new(), None);
        for issue in 0..ISSUES {
            let sandbox = self.write(issue);
            let (made, inputs) = make(&sandbox, issue, last.as_ref());
            // The salts of the proofs are the same, so that every other difference shows.
            let random = |salt: &mut [u8; 32]| {
                salt.fill(7);
                Ok(())
            };
            let (made, inputs) = (&made, &inputs);
            shelf.add(&NewIssue { made, inputs, findings: &[], by: "Ann", key: None, random }).expect("kept");
            let files = made.output.files.iter().chain(&made.reports);
            let files = files.filter(|(path, _)| path.starts_with("public/"));
            public.extend(files.map(|(path, bytes)| (format!("issue {}: {path}", issue + 1), bytes.clone())));
            lengths.push(made.output.last_page);
            last = shelf.last(MEETING).expect("the last issue");
        }
        public.extend(files(&kept.path().join("public")).into_iter().map(|(path, b)| (format!("archive: {path}"), b)));
        (public, lengths)
    }
}

fn receiver(root: &Path) -> Receiver {
    Receiver::new(Reader::default(), Office::new(root, Some("/nonexistent/soffice".into())))
}

fn make(sandbox: &Sandbox, issue: usize, last: Option<&Last>) -> (Made, BTreeMap<String, Vec<u8>>) {
    let log = boardpack::rules::log();
    let project = packs::open(sandbox.root(), receiver(sandbox.root()), &log);
    let agenda = &project.workspace.meetings[MEETING];
    let inputs = fs::read_at_once(sandbox.root(), &project.inputs(agenda)).expect("inputs");
    let day = 86_400 * i64::try_from(issue).expect("a few");
    let time = Time { at: DateTime::from_timestamp(1_789_000_000 + day, 0).expect("a time"), given: None };
    let order = Order {
        meeting: MEETING,
        kind: Kind::Pack,
        numbering: Choice::Keep,
        reason: last.map(|_| "corrections"),
        overrides: &[],
        urgent: None,
        release: BTreeSet::new(),
        withhold: BTreeSet::new(),
        plans: None,
        time: &time,
        reports: true,
        look_too: false,
    };
    let workshop = Workshop { receiver: &receiver, progress: &Quiet, cache: None, secrets: project.secrets() };
    let (_, made) = workshop.make(&inputs, &order, last, &log).expect("an issue");
    let found: Vec<_> = log.sorted().into_iter().filter(Finding::stops_build).collect();
    assert!(found.is_empty(), "{found:?}");
    (made.expect("an issue"), inputs)
}

const PLAIN: Council = Council { word: "quay", leaves: [0, 2, 1, 3], more: false };

#[test]
fn withheld_words_files_comments_and_secrets_change_no_public_byte() {
    let other = Council { word: "Pemberley", more: true, ..PLAIN };
    let ((one, pages), (two, same_pages)) = (PLAIN.published(), other.published());
    assert_eq!(pages, same_pages, "the withheld papers are as long");
    assert_eq!(one.keys().collect::<Vec<_>>(), two.keys().collect::<Vec<_>>());
    assert!(one.keys().filter(|path| path.ends_with(".pdf")).count() > 20, "{:?}", one.keys());
    let different: Vec<&String> =
        one.iter().filter(|(path, bytes)| two[*path] != **bytes).map(|(path, _)| path).collect();
    assert!(different.is_empty(), "what is withheld shows in {different:?}");
    for (path, bytes) in &two {
        let words = String::from_utf8_lossy(bytes).to_lowercase();
        assert!(!words.contains("pemberley"), "{path}");
    }
}

/// Takes what follows from numbers of pages out of a text: the numbers, and hashes over what they are printed on.
fn masked(text: &str) -> String {
    let hash = Regex::new(r"\b[0-9a-f]{64,128}\b").expect("a pattern");
    let number = Regex::new(r"\b[0-9]+[A-Z]*\b").expect("a pattern");
    number.replace_all(&hash.replace_all(text, "HASH"), "#").split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn the_number_of_withheld_leaves_changes_numbers_alone() {
    let other = Council { leaves: [1, 4, 2, 6], ..PLAIN };
    let ((one, pages), (two, other_pages)) = (PLAIN.published(), other.published());
    assert!(pages.iter().zip(&other_pages).all(|(one, two)| one < two), "{pages:?} {other_pages:?}");
    let names = |all: &BTreeMap<String, Vec<u8>>| all.keys().map(|path| masked(path)).collect::<BTreeSet<_>>();
    assert_eq!(names(&one), names(&two));
    for (path, bytes) in one.iter().filter(|(path, _)| !path.starts_with("archive: ")) {
        let other = &two[path];
        if !path.ends_with(".pdf") {
            let text = |bytes: &[u8]| masked(std::str::from_utf8(bytes).expect("text"));
            assert_eq!(text(bytes), text(other), "{path}");
            continue;
        }
        let (one, two) = (Pdf::read(bytes), Pdf::read(other));
        assert_eq!(masked(&one.pages().join(" ")), masked(&two.pages().join(" ")), "{path}");
        assert_eq!(one.tags(), two.tags(), "{path}");
        assert!(!one.tags().is_empty(), "{path}");
    }
}

#[test]
fn no_replacement_sheets_are_made_where_nothing_public_changed() {
    let (public, _) = PLAIN.published();
    let sheets = |issue: usize| public.contains_key(&format!("issue {issue}: public/replacement-sheets.pdf"));
    let report = |issue: usize| {
        let pdf = Pdf::read(&public[&format!("issue {issue}: public/changes.pdf")]);
        pdf.squeezed().contains("Nothinghaschanged")
    };
    for issue in 2..=ISSUES {
        assert_eq!(sheets(issue), !report(issue), "issue {issue}");
    }
}
