//! The real program killed before its calls that change something, with writes torn and the disk full; then the same
//! command again, which must just work.
//!
//! `strace` does the killing, and where it is missing nothing is asked. The suite takes some calls of each scene;
//! `BOARDPACK_KILLS=1` takes every one, `BOARDPACK_KILLS=9` every ninth, and a table is printed.

mod scenes;
mod strace;

use std::collections::BTreeMap;
use std::fs;

use rayon::prelude::*;

use crate::sandbox::{Outcome, Sandbox, copy};
use scenes::{SCENES, Scene};
use strace::{Call, Harm};

/// How many calls of a scene the suite takes for each kind of harm.
const KILLS: usize = 9;
const OTHERS: usize = 3;

/// A scene with what it starts from, and what it ends with where nothing goes wrong.
struct Stage<'a> {
    scene: &'a Scene,
    before: Sandbox,
    archive: BTreeMap<String, Vec<u8>>,
    out: BTreeMap<String, Vec<u8>>,
    calls: Vec<Call>,
}

/// What came of a scene under some harms.
#[derive(Default)]
struct Tally {
    runs: BTreeMap<&'static str, usize>,
    wrong: Vec<String>,
}

fn archive_of(sandbox: &Sandbox) -> BTreeMap<String, Vec<u8>> {
    let mut files = if sandbox.path("archive").exists() { sandbox.files("archive") } else { BTreeMap::new() };
    files.remove(".lock");
    files
}

fn out_of(sandbox: &Sandbox) -> BTreeMap<String, Vec<u8>> {
    let hidden = |path: &str| path.split('/').any(|part| part.starts_with(".boardpack-writing-"));
    let files = if sandbox.path("out").exists() { sandbox.files("out") } else { BTreeMap::new() };
    files.into_iter().filter(|(path, _)| !hidden(path)).collect()
}

impl<'a> Stage<'a> {
    fn set(scene: &'a Scene) -> Self {
        let before = Sandbox::in_memory();
        before.add("tests/invalid/base", "");
        fs::create_dir(before.path("temporary")).unwrap();
        (scene.prepare)(&before);
        let done = Self::copy(&before);
        let (outcome, calls) = strace::record(&done, scene.at, scene.command);
        assert_eq!(outcome.code, Some(0), "{}: {}{}", scene.name, outcome.stdout, outcome.stderr);
        let (archive, out) = (archive_of(&done), out_of(&done));
        Self { scene, before, archive, out, calls }
    }

    fn copy(sandbox: &Sandbox) -> Sandbox {
        let other = Sandbox::in_memory();
        copy(sandbox.root(), other.root());
        other
    }

    /// Gives the harms to be done: one at every so manieth call, or some of each kind, spread over the calls that
    /// concern the archive and the outputs.
    fn harms(&self, every: Option<usize>) -> Vec<Harm> {
        let told = |call: &&Call| every.is_some() || call.line.contains("archive") || call.line.contains("out/");
        let calls: Vec<&Call> = self.calls.iter().filter(told).collect();
        let some = |calls: Vec<Harm>, count: usize| {
            let step = every.unwrap_or_else(|| calls.len().div_ceil(count)).max(1);
            // Not always the same end of a step.
            calls.into_iter().skip(step / 2).step_by(step).collect::<Vec<_>>()
        };
        let kills = calls.iter().map(|call| Harm::Kill((*call).clone())).collect();
        let tears = calls.iter().filter(|call| call.flushes.is_some()).map(|call| Harm::Tear((*call).clone()));
        let full = calls.iter().filter(|call| call.needs_room()).map(|call| Harm::Full((*call).clone()));
        let mut harms = some(kills, KILLS);
        harms.extend(some(tears.collect(), OTHERS));
        harms.extend(some(full.collect(), OTHERS));
        harms
    }

    /// Does a harm, looks at what is left, does the same again, and gives what is wrong.
    fn survives(&self, harm: &Harm) -> Result<(), String> {
        let sandbox = Self::copy(&self.before);
        let cut = strace::harmed(&sandbox, self.scene.at, self.scene.command, harm, &self.calls)?;
        let left = archive_of(&sandbox);
        self.readers_understand(&sandbox)?;
        if archive_of(&sandbox) != left {
            return Err("a verb that only reads has written into the archive".into());
        }
        let earlier = archive_of(&self.before);
        let content = |path: &&String| self.scene.keeps && path.contains("/content/");
        if let Some((path, _)) =
            earlier.iter().filter(|(path, _)| content(path)).find(|(path, bytes)| left.get(*path) != Some(bytes))
        {
            return Err(format!("{path} of an earlier issue is not what it was"));
        }
        let (old, new, now) = (out_of(&self.before), &self.out, out_of(&sandbox));
        if now != old && now != *new {
            return Err("`out` holds neither the old packs nor the new ones".into());
        }
        let again = at(&sandbox, self.scene.at, self.scene.command);
        if again.code != Some(0) {
            return Err(format!("cut off ({cut:?}), then refused: {}{}", again.stdout, again.stderr));
        }
        let verify = at(&sandbox, self.scene.at, &["archive", "verify"]);
        if verify.code != Some(0) || verify.stderr.contains("warning") {
            return Err(format!("does not verify: {}{}", verify.stdout, verify.stderr));
        }
        if without_chance(archive_of(&sandbox)) != without_chance(self.archive.clone()) {
            return Err(format!(
                "the archive is another than without a cut: {}",
                differ(&without_chance(archive_of(&sandbox)), &without_chance(self.archive.clone()))
            ));
        }
        if out_of(&sandbox) != self.out {
            return Err(format!("`out` is another than without a cut: {}", differ(&out_of(&sandbox), &self.out)));
        }
        Ok(())
    }

    fn readers_understand(&self, sandbox: &Sandbox) -> Result<(), String> {
        let verified: &[i32] = if sandbox.path("archive").exists() { &[0, 4] } else { &[3] };
        for (verb, codes) in [(&["archive", "list"][..], &[0][..]), (&["archive", "verify"], verified)] {
            let outcome = at(sandbox, self.scene.at, verb);
            if !outcome.code.is_some_and(|code| codes.contains(&code)) {
                return Err(format!("{verb:?} does not understand what is left: {}", outcome.stderr));
            }
            if outcome.stderr.contains("from a backup") {
                return Err(format!("{verb:?} asks for a backup: {}", outcome.stderr));
            }
        }
        Ok(())
    }
}

/// Leaves out the bytes of proofs, which hold numbers by chance, and of what hashes them: verifying looks at these.
fn without_chance(mut files: BTreeMap<String, Vec<u8>>) -> BTreeMap<String, Vec<u8>> {
    // What was noted at the last write may be behind.
    files.remove(".last-proofs.json");
    let by_chance =
        |path: &str| ["/proof.json", "/inventory.json", "/inventory.json.sha512"].iter().any(|end| path.ends_with(end));
    files.into_iter().map(|(path, bytes)| if by_chance(&path) { (path, Vec::new()) } else { (path, bytes) }).collect()
}

fn differ(one: &BTreeMap<String, Vec<u8>>, other: &BTreeMap<String, Vec<u8>>) -> String {
    let all = one.keys().chain(other.keys().filter(|path| !one.contains_key(*path)));
    all.filter(|path| one.get(*path) != other.get(*path)).take(3).cloned().collect::<Vec<_>>().join(", ")
}

/// Runs the program as the harmed one was run.
fn at(sandbox: &Sandbox, seconds: i64, arguments: &[&str]) -> Outcome {
    Outcome::of(&mut strace::command(sandbox, seconds, arguments))
}

#[test]
fn the_same_command_again_finishes_what_a_kill_a_torn_write_or_a_full_disk_cut_off() {
    if !strace::is_there() {
        eprintln!("not asked: strace is not on this machine");
        return;
    }
    let every = std::env::var("BOARDPACK_KILLS").ok().map(|every| every.parse().expect("a number"));
    let mut failures = Vec::new();
    eprintln!("{:20} {:>8} {:>8} {:>8} {:>8}", "scene", "kills", "torn", "full", "wrong");
    for scene in SCENES {
        let stage = Stage::set(scene);
        // A power cut may come after any call: names must be on the disk before the folder comes to its place.
        let unflushed = strace::moved_unflushed(&stage.calls);
        assert!(unflushed.is_empty(), "{}: {unflushed:#?}", scene.name);
        let harms = stage.harms(every);
        let results: Vec<(&Harm, Result<(), String>)> =
            harms.par_iter().map(|harm| (harm, stage.survives(harm))).collect();
        let mut tally = Tally::default();
        for (harm, result) in results {
            *tally.runs.entry(harm.kind()).or_default() += 1;
            tally.wrong.extend(result.err().map(|wrong| format!("{}, {harm}: {wrong}", scene.name)));
        }
        let count = |kind: &str| tally.runs.get(kind).copied().unwrap_or_default();
        let (kills, torn, full) = (count("kill"), count("tear"), count("full"));
        eprintln!("{:20} {kills:8} {torn:8} {full:8} {:8}", scene.name, tally.wrong.len());
        assert!(kills >= 5 || every.is_some(), "{}: only {kills} kills", scene.name);
        for wrong in &tally.wrong {
            eprintln!("  {wrong}");
        }
        failures.extend(tally.wrong);
    }
    assert!(failures.is_empty(), "{} of them went wrong:\n{}", failures.len(), failures.join("\n"));
}
