//! What a build costs as a multiple of Typst alone, told in CPU seconds of the program and all its processes: cold, with
//! nothing changed, with one word changed, and what the second edition adds; the most memory that they hold together.
//!
//! `cargo bench --bench build -- figures` prints the table of `README.md` beside this file. Another program is measured
//! where `BOARDPACK_BENCH_PROGRAM` names it, and fewer papers are taken where `BOARDPACK_BENCH_PAPERS` gives how many.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use boardpack::compose::Edition;
use boardpack::finding::Sources;
use boardpack::fonts::Fonts;
use boardpack::layouts::Layouts;
use boardpack::packs;
use boardpack::render;
use boardpack::typeset::{Press, Wanted};
use tempfile::TempDir;

/// Word by which this program is started to compile a folder of sources, as Typst alone would.
const TYPST: &str = "typst-alone";

/// Clock ticks of the kernel in a second.
const TICKS: f64 = 100.0;

/// What a process and its own have cost.
struct Cost {
    cpu: f64,
    wall: f64,
    /// Kilobytes that all of them held together at most.
    memory: u64,
}

/// Runs what is asked for on the command line: tells whether it was something of this part.
pub(crate) fn run() -> bool {
    let asked: Vec<String> = std::env::args().skip(1).collect();
    match asked.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [TYPST, folder] => typst_alone(Path::new(folder)),
        ["figures", ..] => all(),
        _ => return false,
    }
    true
}

fn all() {
    let fewer = std::env::var("BOARDPACK_BENCH_PAPERS").ok().and_then(|papers| papers.parse().ok());
    let papers = |usual: usize| fewer.map_or(usual, |fewer: usize| fewer.min(usual));
    let both = table("withheld papers, two editions", &super::workspace(papers(33)));
    let open = table("the same, all public", &super::workspace_of(papers(33), 11, None));
    eprintln!("the second edition costs {:.2} of Typst alone\n", (both - open).max(0.0));
    table("60 papers, public", &super::workspace_of(papers(60), 8, None));
    table("143 tagged PDFs of others", &of_others(papers(143)));
}

/// Measures one workspace, prints its rows, and gives what its first build costs as a multiple of Typst alone.
fn table(name: &str, folder: &TempDir) -> f64 {
    let root = folder.path();
    let sources = rendered(root);
    let typst = cost(Command::new(std::env::current_exe().expect("this program")).arg(TYPST).arg(sources.path()));
    let build = || cost(program().arg("--workspace").arg(root).args(["build", "--out"]).arg(root.join("out")));
    let (cold, same) = (build(), build());
    let agenda = root.join("content/bodies/board/2026-09-16/agenda.yaml");
    let text = fs::read_to_string(&agenda).expect("the agenda");
    // The title of an item: the front sheet has it too, and the pack changes.
    fs::write(&agenda, text.replacen("Matter 2\n", "Question 2\n", 1)).expect("it can be written");
    let word = build();
    eprintln!("{name}");
    let (unit, times) = (typst.cpu, cold.cpu / typst.cpu);
    for (row, cost) in [("Typst alone", typst), ("cold", cold), ("nothing changed", same), ("one word changed", word)] {
        let (times, megabytes) = (cost.cpu / unit, cost.memory / 1024);
        eprintln!("  {row:17} {times:5.2}   {:6.2} CPU s {:6.2} s {megabytes:5} MB", cost.cpu, cost.wall);
    }
    times
}

/// Gives the program that is measured.
fn program() -> Command {
    let other = std::env::var_os("BOARDPACK_BENCH_PROGRAM");
    Command::new(other.unwrap_or_else(|| env!("CARGO_BIN_EXE_boardpack").into()))
}

/// Runs a program until it ends, and tells what it has cost.
fn cost(command: &mut Command) -> Cost {
    let (before, start) = (children(), Instant::now());
    let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("the program starts");
    let mut memory = 0;
    let status = loop {
        memory = memory.max(held(child.id()));
        match child.try_wait().expect("the program can be waited for") {
            Some(status) => break status,
            None => std::thread::sleep(Duration::from_millis(20)),
        }
    };
    assert!(status.success(), "the program ends with {status}");
    Cost { cpu: children() - before, wall: start.elapsed().as_secs_f64(), memory }
}

/// Gives the CPU seconds of all children that have ended, and of theirs (`RUSAGE_CHILDREN`).
fn children() -> f64 {
    let stat = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let behind = stat.rsplit_once(") ").map_or("", |(_, behind)| behind);
    let ticks: f64 = behind.split(' ').skip(13).take(2).filter_map(|ticks| ticks.parse::<f64>().ok()).sum();
    ticks / TICKS
}

/// Gives the kilobytes that a process and its children hold, what they share counted for each.
fn held(process: u32) -> u64 {
    let read = |file: &str| fs::read_to_string(format!("/proc/{process}/{file}")).unwrap_or_default();
    let own =
        read("status").lines().find_map(|line| line.strip_prefix("VmRSS:")?.trim().strip_suffix(" kB")?.parse().ok());
    let tasks = fs::read_dir(format!("/proc/{process}/task")).into_iter().flatten().flatten();
    let children = tasks.filter_map(|task| fs::read_to_string(task.path().join("children")).ok());
    let children: Vec<u32> =
        children.flat_map(|all| all.split(' ').filter_map(|id| id.parse().ok()).collect::<Vec<_>>()).collect();
    own.unwrap_or(0) + children.into_iter().map(held).sum::<u64>()
}

/// Writes the very sources that the program renders of the whole pack into a folder.
fn rendered(root: &Path) -> TempDir {
    let log = boardpack::rules::log();
    let project = packs::open(root, super::receiver(root), &log);
    let agenda = project.workspace.meetings.values().next().expect("a meeting");
    let pack = project.compose(agenda, &log).expect("a pack");
    let (layouts, phrases) = (&project.layouts, &project.phrases);
    let (edition, appended) = (Edition::Private, &BTreeMap::new());
    let job = render::Job { pack: &pack, edition, only: None, pages: None, layouts, phrases, appended };
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (path, bytes) in render::edition(&job).expect("it can be rendered").files {
        super::write(folder.path(), &path, &bytes);
    }
    folder
}

/// Compiles a folder of sources to a PDF for PDF/UA-1 and PDF/A-2a.
fn typst_alone(folder: &Path) {
    let entries = walkdir::WalkDir::new(folder).into_iter().filter_map(Result::ok);
    let files = entries.filter(|entry| entry.file_type().is_file()).map(|entry| {
        let path = entry.path().strip_prefix(folder).expect("below the folder").to_string_lossy().into_owned();
        (path, fs::read(entry.path()).expect("a file"))
    });
    let layouts = Layouts::with(&BTreeMap::new(), &mut Sources::default());
    let press = Press::new(&Fonts::with(&BTreeMap::new()), &layouts);
    let pack = press.typeset(files.collect(), &Wanted::pdf("bench")).map_err(|findings| format!("{findings:?}"));
    let pack = pack.expect("it can be typeset");
    fs::write(folder.join("alone.pdf"), pack.pdf()).expect("it can be written");
}

/// Writes a workspace with one meeting whose papers are all tagged PDFs of others, of some eleven pages each.
fn of_others(papers: usize) -> TempDir {
    let source = super::workspace_of(papers, 11, None);
    let made = program().arg("--workspace").arg(source.path()).args(["build", "--out"]).arg(source.path()).output();
    assert!(made.is_ok_and(|made| made.status.success()), "the papers are made");
    let folder = super::workspace_of(0, 0, None);
    let mut agenda = super::AGENDA.to_owned();
    let entries = fs::read_dir(source.path().join("board/2026-09-16/public/papers")).expect("papers");
    let mut papers: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    papers.sort();
    for (index, path) in papers.iter().enumerate() {
        let item =
            format!("  - title: Matter {index}\n    papers:\n      - {{file: p{index}.pdf, title: Paper {index}}}\n");
        agenda.push_str(&item);
        let file = fs::read(path).expect("a paper");
        super::write(folder.path(), &format!("content/bodies/board/2026-09-16/p{index}.pdf"), &file);
    }
    super::write(folder.path(), "content/bodies/board/2026-09-16/agenda.yaml", agenda.as_bytes());
    folder
}
