//! What is withheld wherever the grounds stand, on a standing item of the council or the body too; and what is not known
//! to be public is told of as withheld.

use crate::pdf::Pdf;
use crate::sandbox::Sandbox;

const FOLDER: &str = "content/bodies/board/2026-09-16";
const MEETING: &str = "board/2026-09-16";

/// Grounds, with a word that they protect.
const GROUNDS: &str = "{paragraphs: [3], public_interest: It would harm the price., decided_by: director, \
                       secrets: [Zqquay Holdings]}";

/// Gives a standing item on which something is withheld.
fn standing() -> String {
    format!("standing:\n  deals: {{title: Deals, no_public_report: Nothing can be said yet., withheld: {GROUNDS}}}\n")
}

/// Makes a workspace in which the grounds stand on a standing item of the council, or of the body.
fn with_standing(owner: &str) -> Sandbox {
    let sandbox = Sandbox::base();
    let text = sandbox.read(owner);
    sandbox.write(owner, text + &standing());
    sandbox.write(
        &format!("{FOLDER}/agenda.yaml"),
        "kind: agenda\nmeeting: 2026-09-16 10:30\npublic:\n  - Declarations of interests\n  - title: Access to \
         dentists\n    papers: [note.yaml]\n  - standing: deals\n    papers: [zqdeal.yaml]\n",
    );
    sandbox.write(
        &format!("{FOLDER}/zqdeal.yaml"),
        "kind: paper\ntitle: Zqtitle\ntext: |\n  Zqquay Holdings pays the the sum on 31 June 2026.\n",
    );
    sandbox
}

const OWNERS: [&str; 2] = ["content/council.yaml", "content/bodies/board/body.yaml"];

#[test]
fn a_certificate_tells_nothing_of_papers_withheld_by_a_standing_item() {
    for owner in OWNERS {
        let sandbox = with_standing(owner);
        let found = sandbox.run(&["check", "--certificate", "--fast", "--format", "concise"]).stdout;
        assert!(found.contains("zqdeal.yaml") && found.contains("31 June 2026"), "{owner}: {found}");
        let json = sandbox.read(&format!("certificates/{MEETING}.json"));
        let pdf = std::fs::read(sandbox.path(&format!("certificates/{MEETING}.pdf"))).expect("the PDF");
        let printed = Pdf::read(&pdf);
        assert!(printed.squeezed().contains("inawithheldpaperoritem"), "{owner}: {}", printed.squeezed());
        for told in [json, printed.squeezed()] {
            let told = told.to_lowercase();
            for mark in ["zqdeal", "zqtitle", "zqquay", "31 june", "31june"] {
                assert!(!told.contains(mark), "{owner}: {mark} in {told}");
            }
        }
    }
}

#[test]
fn a_certificate_tells_nothing_of_what_is_not_known_to_be_public() {
    let sandbox = Sandbox::base();
    let slip =
        |title: &str| format!("kind: paper\ntitle: {title}\ntext: |\n  It was paid on 31 June 2026 to Zqquay.\n");
    // No agenda names one, and an undeclared standing item has another.
    sandbox.write(&format!("{FOLDER}/zqunnamed.yaml"), slip("One"));
    sandbox.write(&format!("{FOLDER}/zqundeclared.yaml"), slip("Two"));
    sandbox.edit(
        &format!("{FOLDER}/agenda.yaml"),
        "    papers: [note.yaml]",
        "    papers: [note.yaml]\n  - standing: zqdeals\n    papers: [zqundeclared.yaml]",
    );
    let found = sandbox.run(&["check", "--certificate", "--fast", "--format", "concise"]).stdout;
    for told in ["zqunnamed.yaml", "zqundeclared.yaml", "zqdeals"] {
        assert!(found.contains(told), "the officer is told of {told}: {found}");
    }
    let certificate = || sandbox.read(&format!("certificates/{MEETING}.json")).to_lowercase();
    let json = certificate();
    assert!(!json.contains("zq") && !json.contains("31 june"), "{json}");
    // While anything in the folder cannot be read there is no other certificate.
    sandbox.write(&format!("{FOLDER}/zqbroken.yaml"), "kind: paper\ntitle: Zqquay: and more\n");
    let outcome = sandbox.run(&["check", "--certificate", "--fast", "--format", "concise"]);
    assert!(outcome.stdout.contains("zqbroken.yaml"), "{}", outcome.stdout);
    assert_eq!(certificate(), json);
}

#[test]
fn a_mistyped_path_is_never_answered_with_a_withheld_paper() {
    for owner in OWNERS {
        let sandbox = with_standing(owner);
        sandbox.write(&format!("{FOLDER}/zqplan.svg"), "<svg xmlns='http://www.w3.org/2000/svg'/>");
        let agenda = format!("{FOLDER}/agenda.yaml");
        sandbox.edit(&agenda, "[zqdeal.yaml]", "[zqdeal.yaml, {file: zqplan.svg, title: A plan}]");
        sandbox.edit(&agenda, "[note.yaml]", "[zqdael.yaml, {file: zqplam.svg, title: A drawing}]");
        let answer = || sandbox.run(&["check", "--fast"]).stderr;
        let said = answer();
        assert!(said.contains("there is no paper at `content/bodies/board/2026-09-16/zqdael.yaml`"), "{said}");
        assert!(!said.contains("did you mean"), "{owner}: {said}");
        // What no agenda names may be meant, but not while a withheld item lacks a paper.
        sandbox.write(&format!("{FOLDER}/zqdaell.yaml"), "kind: paper\ntitle: A paper\ntext: Words.\n");
        assert!(answer().contains("did you mean `zqdaell.yaml`?"), "{owner}: {}", answer());
        sandbox.edit(&agenda, "[zqdeal.yaml,", "[zqdaall.yaml,");
        let said = answer();
        let public = said.split("zqdael.yaml`").nth(1).and_then(|rest| rest.split("= help: ").nth(1)).expect("help");
        assert!(public.starts_with("paths are written"), "{owner}: {said}");
    }
}

#[test]
fn grounds_on_a_standing_item_count_for_the_private_item_that_it_is() {
    for owner in OWNERS {
        let sandbox = with_standing(owner);
        sandbox.edit(&format!("{FOLDER}/agenda.yaml"), "  - standing: deals", "private:\n  - standing: deals");
        let said = sandbox.run(&["check", "--fast", "--format", "concise"]).stdout;
        assert!(!said.contains("M0014"), "{owner}: {said}");
        sandbox.succeed(&["build"]);
        assert!(sandbox.path(&format!("out/{MEETING}/private")).exists(), "{owner}");
        for (path, bytes) in sandbox.files(&format!("out/{MEETING}/public")) {
            let mut pieces = vec![bytes.clone()];
            if path.ends_with(".pdf") {
                pieces.extend(Pdf::read(&bytes).everything());
                pieces.push(Pdf::read(&bytes).squeezed().into_bytes());
            }
            let words: String = pieces.iter().map(|piece| String::from_utf8_lossy(piece).to_lowercase()).collect();
            let found = ["zqdeal", "zqtitle", "zqquay"].iter().find(|mark| words.contains(*mark));
            assert_eq!(found, None, "{owner}: {path}");
        }
    }
}

#[test]
fn what_a_standing_item_protects_is_looked_for_in_public_papers() {
    for owner in OWNERS {
        let sandbox = with_standing(owner);
        sandbox.edit(&format!("{FOLDER}/note.yaml"), "To tell", "With Zqquay Holdings, to tell");
        let said = sandbox.run(&["check", "--fast", "--format", "concise"]).stdout;
        assert!(said.contains("note.yaml:6:8: error[N0036]: the public reads `Zqquay Holdings`"), "{owner}: {said}");
    }
}

#[test]
fn a_release_stops_at_a_reference_to_a_paper_that_stays_withheld() {
    let sandbox = Sandbox::base();
    let paper = |label: &str, text: &str| {
        let grounds = "{paragraphs: [3], public_interest: It would harm the price., decided_by: director}";
        format!("kind: paper\ntitle: The {label}\nlabel: zq{label}\nwithheld: {grounds}\ntext: |\n  {text}\n")
    };
    sandbox.write(&format!("{FOLDER}/deal.yaml"), paper("deal", "See [](#zqletter)."));
    sandbox.write(&format!("{FOLDER}/letter.yaml"), paper("letter", "Words."));
    sandbox.edit(&format!("{FOLDER}/agenda.yaml"), "[note.yaml]", "[note.yaml, deal.yaml, letter.yaml]");
    // Whatever day it is when this is run.
    sandbox.edit(&format!("{FOLDER}/agenda.yaml"), "public:", "short_notice: No other day was free.\npublic:");
    sandbox.succeed(&["issue", MEETING]);
    let release = |paper: &str| sandbox.run(&["archive", "release", MEETING, paper, "--reason", "no longer exempt"]);
    let refused = release("deal.yaml");
    assert_eq!(refused.code, Some(1), "{}", refused.stderr);
    assert!(refused.stderr.contains("error[T0009]"), "{}", refused.stderr);
    let public = sandbox.files("archive/public");
    assert!(!public.keys().any(|path| path.contains("/v2/")), "{:?}", public.keys());
    // Once both are public there is nothing to stop at.
    for paper in ["letter.yaml", "deal.yaml"] {
        let released = release(paper);
        assert_eq!(released.code, Some(0), "{}", released.stderr);
    }
}

#[test]
fn a_release_that_refers_to_another_withheld_paper_is_refused() {
    let sandbox = Sandbox::base();
    let folder = "content/bodies/board/2026-09-16";
    let mut agenda = sandbox.read(&format!("{folder}/agenda.yaml"));
    agenda += "private:\n";
    for paper in ["report", "other"] {
        agenda +=
            &format!("  - title: Land\n    papers:\n      - {{paper: {paper}.yaml, withheld: {{paragraphs: [3]}}}}\n");
    }
    sandbox.write(&format!("{folder}/agenda.yaml"), agenda);
    let paper = |text: &str| format!("kind: paper\ntitle: Land\n{text}");
    sandbox.write(&format!("{folder}/report.yaml"), paper("text: |\n  See [](#other-secret) and [](#other-part).\n"));
    sandbox.write(
        &format!("{folder}/other.yaml"),
        paper("label: other-secret\ntext: |\n  # Part {#other-part}\n\n  Words.\n"),
    );
    let noon = 1_788_264_000;
    let issued = sandbox.at(noon, &["issue", "board/2026-09-16"]);
    assert_eq!(issued.code, Some(0), "{}", issued.stderr);
    let public = sandbox.files("archive/public");
    let release = ["archive", "release", "board/2026-09-16", "report.yaml", "--reason", "the sale is complete"];
    let refused = sandbox.at(noon + 60, &release);
    assert_eq!(refused.code, Some(1), "{}", refused.stderr);
    for label in ["other-secret", "other-part"] {
        assert!(refused.stderr.contains(&format!("public text refers to `{label}`")), "{}", refused.stderr);
    }
    assert_eq!(sandbox.files("archive/public"), public);
}
