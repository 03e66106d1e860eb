//! What the README shows works as written.

use std::fs;

use crate::sandbox::{Sandbox, repository};

/// Gives the README's YAML files: the path in the first comment, and the text.
fn files(readme: &str) -> Vec<(String, String)> {
    readme
        .split("```yaml\n# ")
        .skip(1)
        .map(|block| {
            let (path, rest) = block.split_once('\n').expect("a path, then the file");
            (path.to_owned(), rest.split("```").next().expect("an end").to_owned())
        })
        .collect()
}

#[test]
fn the_first_pack_builds_without_findings() {
    let readme = fs::read_to_string(repository("README.md")).expect("the README");
    let sandbox = Sandbox::empty();
    let files = files(&readme);
    assert_eq!(files.len(), 4, "files in the README");
    for (path, text) in &files {
        sandbox.write(path, text);
    }
    let outcome = sandbox.run(&["build", "--deny-warnings"]);
    assert_eq!(outcome.code, Some(0), "{}{}", outcome.stdout, outcome.stderr);
    for line in readme.lines().filter(|line| line.starts_with("      2026-") || line.contains("papers/item-")) {
        let name = line.split_whitespace().next().expect("a name");
        let edition = if name.contains("private") { continue } else { "public" };
        assert!(sandbox.path(&format!("out/scrutiny/2026-09-16/{edition}/{name}")).exists(), "{name}");
    }
}

#[test]
fn every_command_of_the_readme_is_understood() {
    let readme = fs::read_to_string(repository("README.md")).expect("the README");
    let sandbox = Sandbox::empty();
    let commands: Vec<&str> = readme.lines().filter_map(|line| line.strip_prefix("    boardpack ")).collect();
    assert!(commands.len() >= 5, "{commands:?}");
    for command in commands {
        let words = command.split("  ").next().expect("the command before its explanation");
        // What stands in quotes is one word.
        let parts = words.split('"').enumerate();
        let words: Vec<&str> = parts
            .flat_map(|(index, part)| if index % 2 == 1 { vec![part] } else { part.split_whitespace().collect() })
            .collect();
        let outcome = sandbox.run(&words);
        // Without content/ there are findings or an unknown meeting, but nothing that clap refuses.
        assert!(!outcome.stderr.contains("Usage:"), "{command}: {}", outcome.stderr);
    }
}
