//! Arguments, formats of findings, and exit codes.

use crate::sandbox::Sandbox;

#[test]
fn a_meeting_that_does_not_exist_is_a_mistake_of_the_command_line() {
    let sandbox = Sandbox::base();
    let outcome = sandbox.run(&["build", "board/2026-09-17"]);
    assert_eq!(outcome.code, Some(2), "{}", outcome.stderr);
    assert!(outcome.stderr.contains("there is no meeting `board/2026-09-17`"), "{}", outcome.stderr);
    assert!(outcome.stderr.contains("did you mean `board/2026-09-16`?"), "{}", outcome.stderr);
    assert!(!sandbox.path("out").exists());
}

#[test]
fn a_code_that_does_not_exist_is_a_mistake_of_the_command_line() {
    let outcome = Sandbox::empty().run(&["explain", "M002"]);
    assert_eq!(outcome.code, Some(2), "{}", outcome.stderr);
    assert!(outcome.stderr.contains("there is no finding with the code `M002`"), "{}", outcome.stderr);
    assert!(outcome.stderr.contains("= help: did you mean `M00"), "{}", outcome.stderr);
}

#[test]
fn every_code_is_explained_in_full() {
    let sandbox = Sandbox::empty();
    let list = sandbox.succeed(&["explain"]).stdout;
    let codes: Vec<&str> = list.lines().filter_map(|line| line.strip_prefix("   ")?.split(' ').next()).collect();
    assert!(codes.len() > 100, "{list}");
    for code in codes {
        let page = sandbox.succeed(&["explain", &code.to_lowercase()]).stdout;
        assert!(page.starts_with(code), "{page}");
        let words: usize = page.lines().skip(1).map(|line| line.split_whitespace().count()).sum();
        assert!(words >= 8, "{code} is explained in {words} words: {page}");
        assert!(page.lines().all(|line| line.chars().count() <= 110), "{code} has a long line: {page}");
    }
}

#[test]
fn codes_are_listed_below_what_their_letter_is_about() {
    let list = Sandbox::empty().succeed(&["explain"]).stdout;
    let mut letter = "";
    for line in list.lines().filter(|line| !line.is_empty()) {
        match line.strip_prefix("   ") {
            Some(rule) => assert!(rule.starts_with(letter), "{line} stands below {letter}"),
            None => letter = line.split("  ").next().expect("a letter"),
        }
    }
    assert!(
        list.contains("\n\nN  notice and the law of meetings; errors stand in the way of issuing\n   N0001  warning")
    );
    assert!(list.contains("\n\nH  language\n   H0001  "), "{list}");
}

#[test]
fn of_many_findings_of_one_rule_all_but_three_have_a_line_each() {
    let sandbox = Sandbox::base();
    for name in 'a'..='f' {
        sandbox.write(&format!("content/bodies/board/{name}.yaml"), "kind: paper\ntitle: Spare\ntext: Words\n");
    }
    let lines = |text: &str| text.lines().filter(|line| line.starts_with("content/")).count();
    let short = sandbox.succeed(&["check"]).stderr;
    assert_eq!((short.matches("warning[M0018]").count(), lines(&short)), (3, 3), "{short}");
    assert!(short.contains("\n3 more of M0018 (") && short.contains("`--full`"), "{short}");
    let full = sandbox.succeed(&["check", "--full"]).stderr;
    assert_eq!((full.matches("warning[M0018]").count(), lines(&full)), (6, 0), "{full}");
    for shown in ["concise", "json", "github"] {
        let plain = sandbox.succeed(&["check", "--format", shown]).stdout;
        assert!(plain == sandbox.succeed(&["check", "--format", shown, "--full"]).stdout, "{plain}");
    }
}

#[test]
fn check_writes_nothing() {
    let sandbox = Sandbox::base();
    let before = sandbox.files("");
    sandbox.succeed(&["check"]);
    assert!(sandbox.files("") == before, "check has written something");
}

#[test]
fn warnings_stop_a_build_only_when_they_are_denied() {
    let sandbox = Sandbox::base();
    sandbox.write("content/bodies/board/spare.yaml", "kind: paper\ntitle: Spare\ntext: Words\n");
    let outcome = sandbox.run(&["build", "--deny-warnings"]);
    assert_eq!(outcome.code, Some(1), "{}", outcome.stderr);
    sandbox.succeed(&["build"]);
    assert!(sandbox.path("out/board/2026-09-16/public/pack.json").exists());
}

#[test]
fn findings_have_the_same_place_in_every_format() {
    let sandbox = Sandbox::base();
    sandbox.write("content/bodies/board/2026-09-16/note.yaml", "kind: briefing-note\ntitle: x\ntekst: 100% x\n");
    let concise = sandbox.run(&["check", "--format", "concise"]).stdout;
    let place = "content/bodies/board/2026-09-16/note.yaml:3:1: error[M0002]: ";
    assert!(concise.contains(place), "{concise}");
    let github = sandbox.run(&["check", "--format", "github"]).stdout;
    let place = "::error file=content/bodies/board/2026-09-16/note.yaml,line=3,col=1,title=M0002::";
    assert!(github.contains(place), "{github}");
    let json: serde_json::Value =
        serde_json::from_str(&sandbox.run(&["check", "--format", "json"]).stdout).expect("JSON");
    let finding = json["findings"].as_array().expect("a list").iter().find(|finding| finding["code"] == "M0002");
    let finding = finding.expect("the unknown field is found");
    assert_eq!((&finding["line"], &finding["column"], &finding["severity"]), (&3.into(), &1.into(), &"error".into()));
    assert_eq!((&finding["end_line"], &finding["end_column"]), (&3.into(), &6.into()), "`tekst` ends there");
}

#[test]
fn what_is_not_understood_is_answered_in_json_too() {
    let sandbox = Sandbox::base();
    let wrong: [(&[&str], &str); 2] = [
        (&["check", "--format", "json", "--ful"], "unexpected argument"),
        (&["archive", "withhold", "--json"], "the following required arguments were not provided: --reason <WORDS>"),
    ];
    for (arguments, words) in wrong {
        let outcome = sandbox.run(arguments);
        assert_eq!(outcome.code, Some(2), "{arguments:?}");
        let json: serde_json::Value = serde_json::from_str(&outcome.stdout).expect("JSON");
        let failure = &json["failure"];
        let message = failure["message"].as_str().expect("a message");
        assert!(failure["kind"] == "request" && message.starts_with(words), "{json}");
        assert!(failure["hints"].as_array().is_some_and(|hints| !hints.is_empty()), "{json}");
    }
    assert_eq!(sandbox.run(&["check", "--ful"]).stdout, "");
}

#[test]
fn all_findings_of_all_files_are_shown_in_one_run() {
    let sandbox = Sandbox::base();
    sandbox.write("content/bodies/board/2026-09-16/note.yaml", "kind: briefing-note\ntitel: x\ntext: <i>x\n");
    sandbox.edit("content/people.yaml", "name: Dana Harrow", "email: dana@example.org");
    sandbox.edit("content/council.yaml", "contact: harrow", "contact: nobody");
    let found = sandbox.run(&["check", "--format", "concise"]).stdout;
    for code in ["M0002", "M0003", "T0001"] {
        assert!(found.contains(code), "{code} is not in\n{found}");
    }
    // Who is not declared can be told when all that declares people is understood.
    assert!(!found.contains("M0007"), "{found}");
    sandbox.edit("content/people.yaml", "email: dana@example.org", "name: Dana Harrow");
    let found = sandbox.run(&["check", "--format", "concise"]).stdout;
    assert!(found.contains("M0007") && found.contains("M0002"), "{found}");
}

#[test]
fn completions_are_scripts() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = Sandbox::empty().succeed(&["completions", shell]).stdout;
        assert!(script.contains("boardpack"), "{shell}: {script}");
    }
}

#[test]
fn help_is_reviewed() {
    let sandbox = Sandbox::empty();
    let mut pages = String::new();
    for arguments in [
        &["--help"][..],
        &["build", "--help"],
        &["check", "--help"],
        &["explain", "--help"],
        &["issue", "--help"],
        &["status", "--help"],
        &["changes", "--help"],
        &["archive", "--help"],
        &["archive", "verify", "--help"],
        &["archive", "release", "--help"],
    ] {
        pages += &format!("$ boardpack {}\n\n{}\n", arguments.join(" "), sandbox.succeed(arguments).stdout);
    }
    let pages: String = pages.lines().map(|line| line.trim_end().to_owned() + "\n").collect();
    insta::assert_snapshot!("help", pages);
}
