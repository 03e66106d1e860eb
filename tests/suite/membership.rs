//! People in a membership and among those present: the role and post that are written beside a name or an id.

use crate::sample;
use crate::sandbox::Sandbox;

const BODY: &str = "kind: body
name: Scrutiny Board
membership:
  - {person: moss, role: Chair}
  - {name: Councillor Idris Vale, short: I Vale, role: Deputy Chair}
  - {name: Ada Ward, role: co-opted}
  - {name: Ben Hill, post: Healthwatch Testford, role: by invitation}
  - {person: harrow, post: director}
";

const MINUTES: &str = "kind: minutes
meeting: 2026-07-15 10:30
present:
  - group: Members
    people: [{person: moss, role: Chair}, {name: Ada Ward, role: co-opted}]
  - group: By invitation
    people: [{name: Ben Hill, post: Healthwatch Testford}]
apologies: [{name: Councillor Idris Vale, role: Deputy Chair}]
items:
  - {title: Access to dentists, text: The Board heard of three practices.}
";

#[test]
fn role_and_post_are_printed_beside_a_name_as_beside_an_id() {
    let sandbox = Sandbox::base();
    sandbox.write("content/bodies/board/body.yaml", BODY);
    sandbox.write("content/bodies/board/2026-07-15/minutes.yaml", MINUTES);
    let agenda = "content/bodies/board/2026-09-16/agenda.yaml";
    sandbox.edit(agenda, "[note.yaml]", "[note.yaml, ../2026-07-15/minutes.yaml]");
    let outcome = sandbox.run(&["build"]);
    assert_eq!(outcome.code, Some(0), "{}", outcome.stderr);
    let packs = sample::packs_of(&sandbox.files("out"));
    let text = packs[0].pages.join(" ");
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ").replace("co- opted", "co-opted");
    for words in [
        "Councillors J Moss (Chair) and I Vale (Deputy Chair); Ada Ward (co-opted)",
        "Ben Hill (by invitation), Healthwatch Testford and Dana Harrow, Director of Services",
        "Councillor Jenny Moss (Chair)",
        "Ben Hill, Healthwatch Testford",
        "Councillor Idris Vale (Deputy Chair)",
    ] {
        assert!(text.contains(words), "{words} is not in: {text}");
    }
}

#[test]
fn councillors_are_those_who_are_declared_whatever_their_titles() {
    let sandbox = Sandbox::base();
    let body = "kind: body\nname: Scrutiny Board\nmembership: [harrow, {person: ward, role: Chair}, jones]\n";
    sandbox.write("content/bodies/board/body.yaml", body);
    let councillors = "councillors:\n  ward: {name: Cllr Ann Ward, short: A Ward}\n  \
                       jones: {name: Y Cynghorydd Siân Jones, short: S Jones}\npeople:";
    sandbox.edit("content/people.yaml", "people:\n", &format!("{councillors}\n"));
    let outcome = sandbox.run(&["build", "--format", "concise"]);
    assert_eq!(outcome.code, Some(0), "{}", outcome.stderr);
    assert!(!outcome.stdout.contains("M0040"), "{}", outcome.stdout);
    let printed = sample::packs_of(&sandbox.files("out"))[0].pages.join(" ");
    let printed = printed.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(printed.contains("Councillors A Ward (Chair) and S Jones; Dana Harrow"), "{printed}");
}
