//! Other people's validators, where they are named; see `tests/README.md`.

use std::process::Command;

use super::make;

#[test]
fn others_find_nothing_wrong() {
    let folder = tempfile::tempdir().unwrap();
    make(folder.path(), 3);
    for side in ["public", "whole"] {
        let root = folder.path().join(side);
        let mut runs = Vec::new();
        if let Some(program) = std::env::var_os("BOARDPACK_OCFL_VALIDATE") {
            let mut run = Command::new(program);
            run.arg("-q").arg(&root);
            runs.push(run);
        }
        if let Some(program) = std::env::var_os("BOARDPACK_ROCFL") {
            let mut run = Command::new(program);
            run.arg("-r").arg(&root).args(["validate", "-n"]);
            runs.push(run);
        }
        for mut run in runs {
            let output = run.output().expect("the validator starts");
            let said = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
            eprintln!("{said}");
            assert!(output.status.success(), "{side}: {said}");
        }
    }
}
