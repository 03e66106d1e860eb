//! How long one paper takes that is very long: thousands of footnotes, rows and doubled words, of each some, twice and
//! four times as many. Twice as much may take twice as long.

use std::fs;
use std::path::Path;
use std::time::Duration;

use boardpack::check::Scope;
use boardpack::compose::Kept;
use boardpack::finding::Finding;
use boardpack::packs;
use boardpack::progress::Quiet;
use criterion::{BatchSize, BenchmarkId, Criterion};
use tempfile::TempDir;

/// A kind of long paper: its name, how many of its parts are the fewest, and what writes so many.
type Kind = (&'static str, usize, fn(usize) -> String);

const BUILT: [Kind; 2] = [("footnotes", 500, footnotes), ("rows", 500, rows)];
const CHECKED: Kind = ("doubled words", 2_000, doubled_words);

/// Runs the benchmarks of long papers.
pub(crate) fn long(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("long");
    group.sample_size(10).measurement_time(Duration::from_secs(10)).warm_up_time(Duration::from_millis(500));
    for times in [1, 2, 4] {
        for (name, fewest, write) in BUILT {
            let folder = workspace(&write(fewest * times));
            group.bench_function(BenchmarkId::new(name, fewest * times), |bencher| {
                bencher.iter_batched(super::forget_all, |()| built(folder.path()), BatchSize::PerIteration);
            });
            eprintln!(
                "peak memory up to {} {name}: {}",
                fewest * times,
                super::peak_memory("self").unwrap_or_default()
            );
        }
        let (name, fewest, write) = CHECKED;
        let folder = workspace(&write(fewest * times));
        group.bench_function(BenchmarkId::new(name, fewest * times), |bencher| bencher.iter(|| found(folder.path())));
    }
    group.finish();
}

/// Builds the meeting, and gives how many files it has.
fn built(folder: &Path) -> usize {
    let log = boardpack::rules::log();
    let project = packs::open(folder, super::receiver(folder), &log);
    let agenda = project.workspace.meetings.values().next().expect("a meeting");
    project.build(agenda, &Kept::default(), &log, &Quiet).expect("outputs").files.len()
}

/// Gives the lines of what is found, so that their places are counted.
fn found(folder: &Path) -> usize {
    let log = boardpack::rules::log();
    let project = packs::open(folder, super::receiver(folder), &log);
    project.check_texts(Scope { only: None, hints: true }, &log);
    let sources = &project.workspace.sources;
    log.sorted().iter().filter_map(Finding::place).map(|place| sources.position(place).line).sum()
}

fn workspace(text: &str) -> TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let write = |path: &str, text: &str| {
        let full = folder.path().join("content").join(path);
        fs::create_dir_all(full.parent().expect("a folder")).expect("the folder can be made");
        fs::write(full, text).expect("the file can be written");
    };
    write("council.yaml", "kind: council\nname: Testford Council\n");
    write("bodies/board/body.yaml", "kind: body\nname: Scrutiny Board\n");
    let agenda = "kind: agenda\nmeeting: 2026-09-16 10:30\npublic:\n  - title: Dentists\n    papers: [note.yaml]\n";
    write("bodies/board/2026-09-16/agenda.yaml", agenda);
    let note = format!("kind: briefing-note\ntitle: Dentists\nbackground_papers: None\ntext: |\n{text}");
    write("bodies/board/2026-09-16/note.yaml", &note);
    folder
}

fn footnotes(count: usize) -> String {
    let line =
        |n| format!("  Practice {n} takes new patients in the spring[^{n}].\n\n  [^{n}]: Return of practice {n}.\n\n");
    (0..count).map(line).collect()
}

fn rows(count: usize) -> String {
    let head = "  | Ward | Homes | Places |\n  |:--|--:|--:|\n".to_owned();
    (0..count).fold(head, |text, n| text + &format!("  | Harbour ward | {n} | {n} |\n"))
}

fn doubled_words(count: usize) -> String {
    "  The Board was told that the the practice takes new patients in the spring, and that all is well.\n\n"
        .repeat(count)
}
