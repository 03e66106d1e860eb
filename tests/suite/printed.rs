//! How words of the sources are printed.

use crate::pdf::Pdf;
use crate::sandbox::Sandbox;

const MEETING: &str = "content/bodies/board/2026-09-16";

/// Builds the pack of the base workspace and gives its text, each space once.
fn text(sandbox: &Sandbox) -> String {
    sandbox.succeed(&["build"]);
    let pack = std::fs::read(sandbox.path("out/board/2026-09-16/public/2026-09-16-board-agenda-pack.pdf"));
    let pages = Pdf::read(&pack.expect("the pack")).pages().join(" ");
    pages.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn names_of_the_registry_have_the_apostrophes_of_running_text() {
    let sandbox = Sandbox::base();
    sandbox.edit("content/people.yaml", "Jenny Moss", "Jenny O'Moss");
    sandbox.edit("content/people.yaml", "Director of Services", "Director of Children's Services");
    sandbox.write("content/bodies/board/body.yaml", "kind: body\nname: Children's Board\n");
    sandbox.write(
        &format!("{MEETING}/agenda.yaml"),
        "kind: agenda\nmeeting: 2026-09-16 10:30\nsignatory: director\nmembership: [{person: moss, role: Chair}]\n\
         notes:\n  - Ask {contact.post} about the {body} today.\npublic:\n  - title: Access to dentists\n    lead: Of [](post:director), for \
         [](person:moss) and [](body:board) today\n    papers: [note.yaml, {minutes: 2026-07-14}]\n",
    );
    sandbox.write(
        "content/bodies/board/2026-07-14/minutes.yaml",
        "kind: minutes\nmeeting: 2026-07-14 10:00\npresent:\n  - {group: Members, people: [moss]}\nitems:\n  - title: \
         Apologies\n    text: None to [](body:board).\n",
    );
    let text = text(&sandbox);
    for printed in [
        "Of Director of Children’s Services, for Councillor Jenny O’Moss and Children’s Board today",
        "Ask Director of Children’s Services about the Children’s Board today",
        "None to Children’s Board.",
    ] {
        assert!(text.contains(printed), "`{printed}` is not in: {text}");
    }
    assert!(!text.contains('\''), "a straight apostrophe is in: {text}");
}

#[test]
fn every_way_of_saying_that_there_are_no_background_papers_is_printed_as_none() {
    let sandbox = Sandbox::base();
    let note = sandbox.read(&format!("{MEETING}/note.yaml"));
    let expected = text(&sandbox);
    assert!(expected.contains("None"), "{expected}");
    for written in ["Nil", "n/a", "N/A", "No", "none.", "NONE", "Not applicable", "\n  - None", "[n/a]"] {
        let background = format!("background_papers: {written}");
        sandbox.write(&format!("{MEETING}/note.yaml"), note.replace("background_papers: None", &background));
        assert_eq!(text(&sandbox), expected, "{written}");
    }
}
