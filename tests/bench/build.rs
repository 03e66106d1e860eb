//! How long each stage takes on packs of about 40, 400 and 1,500 pages: load, render, typeset,
//! export, and the whole build; and the most memory that the process has held.
//!
//! `cargo bench --bench build` runs all; `cargo bench --bench build -- '/40'` one size, and
//! `cargo bench --bench build -- appended` only what concerns appended files, `-- check` only the checking of a
//! council's years, `-- long` only papers that are very long, `-- figures` the table of `README.md`. Between runs of a benchmark what Typst remembers is thrown
//! away, as between two runs of the program.

#![allow(missing_docs, clippy::disallowed_methods, clippy::unwrap_used, clippy::expect_used, clippy::print_stderr)]

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::path::Path;
use std::time::Duration;

use boardpack::appended::office::Office;
use boardpack::appended::{Reader, Receiver};
use boardpack::compose::Edition;
use boardpack::compose::Kept;
use boardpack::fonts::Fonts;
use boardpack::load;
use boardpack::packs;
use boardpack::progress::Quiet;
use boardpack::render;
use boardpack::typeset::{Press, Wanted, forget};
use criterion::{BatchSize, BenchmarkId, Criterion, criterion_group};
use tempfile::TempDir;

mod appended;
mod check;
mod figures;
mod long;

/// How many papers of some eleven pages make packs of about 40, 400 and 1,500 pages.
const SIZES: [(usize, usize); 3] = [(40, 3), (400, 33), (1500, 124)];

/// How the agenda of the meeting begins.
const AGENDA: &str = "kind: agenda\nmeeting: 2026-09-16 10:30\npublic:\n";

/// Writes a file below a folder.
fn write(folder: &Path, path: &str, bytes: &[u8]) {
    let full = folder.join(path);
    fs::create_dir_all(full.parent().expect("a folder")).expect("the folder can be made");
    fs::write(full, bytes).expect("the file can be written");
}

/// Writes a workspace with one meeting of this many papers of some eleven pages, a tenth of them withheld.
fn workspace(papers: usize) -> TempDir {
    workspace_of(papers, 11, Some(1))
}

/// Writes a workspace with one meeting of papers with so many sections of a page; of ten, one is withheld.
fn workspace_of(papers: usize, sections: usize, withheld: Option<usize>) -> TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let write = |path: &str, text: &str| write(folder.path(), path, text.as_bytes());
    write("content/council.yaml", "kind: council\nname: Testford Council\n");
    write("content/bodies/board/body.yaml", "kind: body\nname: Scrutiny Board\n");
    let mut agenda = AGENDA.to_owned();
    for index in 0..papers {
        let withheld = if Some(index % 10) == withheld { ", withheld: {paragraphs: [3]}" } else { "" };
        let _ = writeln!(agenda, "  - title: Matter {index}\n    papers:\n      - {{paper: p{index}.yaml{withheld}}}");
        write(&format!("content/bodies/board/2026-09-16/p{index}.yaml"), &paper(index, sections));
    }
    write("content/bodies/board/2026-09-16/agenda.yaml", &agenda);
    folder
}

/// Writes a note of so many sections of a page: paragraphs, lists, tables, footnotes, references.
fn paper(index: usize, sections: usize) -> String {
    let mut text = format!("kind: briefing-note\ntitle: Matter {index}\ntext: |\n");
    for section in 0..sections {
        let _ = write!(
            text,
            "  # Section {section} {{#s-{index}-{section}}}\n\n{}\
             \x20 1. The first thing to be done, as [](#s-{index}-0) says.\n  2. The second thing[^{section}].\n\n\
             \x20 | Ward | Homes | Places |\n  |:--|--:|--:|\n  | Harbour | 88 | 12 |\n  | Saltgate | 39 | 7 |\n\n\
             \x20 [^{section}]: A note at the foot of the page.\n\n",
            "  The Board considered the forecast of the number of places that will be needed in each ward of the\n  \
             city, and asked what *would* be done where there are **too few** of them before the winter comes.\n\n"
                .repeat(8),
        );
    }
    text
}

/// Receives appended files in this process.
fn receiver(folder: &Path) -> Receiver {
    Receiver::new(Reader::default(), Office::new(folder, None))
}

/// Runs the benchmarks of every stage for one size.
fn stages(criterion: &mut Criterion, size: usize, folder: &Path) {
    let log = boardpack::rules::log();
    let project = packs::open(folder, receiver(folder), &log);
    let agenda = project.workspace.meetings.values().next().expect("a meeting");
    let pack = project.compose(agenda, &log).expect("a pack");
    assert!(log.sorted().is_empty(), "{:?}", log.sorted());
    let job = render::Job {
        pack: &pack,
        edition: Edition::Private,
        only: None,
        pages: None,
        layouts: &project.layouts,
        phrases: &project.phrases,
        appended: &BTreeMap::new(),
    };
    let press = Press::new(&Fonts::with(&BTreeMap::new()), &project.layouts);
    let rendered = || render::edition(&job).expect("it can be rendered").files;
    let typeset = press
        .typeset(rendered(), &Wanted::default())
        .map_err(|findings| format!("{findings:?}"))
        .expect("it can be typeset");
    eprintln!("a pack of about {size} pages has {}", typeset.page_count());

    let mut group = criterion.benchmark_group("stages");
    group.sample_size(10).measurement_time(Duration::from_secs(10)).warm_up_time(Duration::from_millis(500));
    group.bench_function(BenchmarkId::new("load", size), |bencher| {
        bencher.iter(|| load::workspace(folder, &Reader::default(), &boardpack::rules::log()));
    });
    group.bench_function(BenchmarkId::new("render", size), |bencher| bencher.iter(rendered));
    group.bench_function(BenchmarkId::new("typeset", size), |bencher| {
        let fresh = || {
            forget_all();
            rendered()
        };
        bencher.iter_batched(fresh, |files| press.typeset(files, &Wanted::default()).is_ok(), BatchSize::PerIteration);
    });
    group.bench_function(BenchmarkId::new("typeset and export", size), |bencher| {
        let fresh = || {
            forget_all();
            rendered()
        };
        bencher.iter_batched(
            fresh,
            |files| press.typeset(files, &Wanted::pdf("bench")).is_ok(),
            BatchSize::PerIteration,
        );
    });
    drop(typeset);
    let whole = |kept: Option<&Path>| {
        let log = boardpack::rules::log();
        let project = packs::open(folder, receiver(folder), &log);
        let project = match kept {
            Some(kept) => {
                std::fs::create_dir_all(kept).expect("a folder");
                project.with_cache(kept, "bench")
            }
            None => project,
        };
        let agenda = project.workspace.meetings.values().next().expect("a meeting");
        project.build(agenda, &Kept::default(), &log, &Quiet).expect("outputs").files.len()
    };
    group.bench_function(BenchmarkId::new("whole build", size), |bencher| {
        bencher.iter_batched(forget_all, |()| whole(None), BatchSize::PerIteration);
    });
    // What a new process has to do after a late change: single papers are kept, the pack is made again.
    let kept = tempfile::tempdir().expect("a temporary folder");
    whole(Some(kept.path()));
    group.bench_function(BenchmarkId::new("build after a late change", size), |bencher| {
        bencher.iter_batched(forget_all, |()| whole(Some(kept.path())), BatchSize::PerIteration);
    });
    group.finish();
}

/// Throws away all that Typst remembers: what was used since the last time survives one forgetting.
fn forget_all() {
    for _ in 0..3 {
        forget();
    }
}

/// Gives the most memory that a process has held, this one (`self`) or another, where the system tells.
fn peak_memory(process: &str) -> Option<String> {
    let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kilobytes: u64 = line.trim().strip_suffix(" kB")?.trim().parse().ok()?;
    Some(format!("{} MB", kilobytes / 1024))
}

fn packs(criterion: &mut Criterion) {
    let asked: Vec<String> = std::env::args().skip(1).filter(|argument| !argument.starts_with('-')).collect();
    // Making a large pack takes long, so it is left out when another size is asked for by its name.
    let other = |size: usize| asked.iter().any(|words| words.contains('/') && !words.ends_with(&format!("/{size}")));
    let elsewhere =
        asked.iter().any(|words| ["appended", "check", "long"].iter().any(|other| words.starts_with(other)));
    for (size, papers) in SIZES.into_iter().filter(|(size, _)| !other(*size) && !elsewhere) {
        let folder = workspace(papers);
        stages(criterion, size, folder.path());
        if let Some(memory) = peak_memory("self") {
            eprintln!("peak memory up to {size} pages: {memory}");
        }
    }
}

criterion_group!(benches, packs, appended::appended, check::check, long::long);

fn main() {
    if !figures::run() {
        benches();
        Criterion::default().configure_from_args().final_summary();
    }
}
