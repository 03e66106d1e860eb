//! How long `check` takes over a council's years: 50 meetings and 1,000 papers, then 250 and 5,000, without
//! typesetting; and the most memory that the program holds while it does so.

use std::fmt::Write;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use boardpack::check::Scope;
use boardpack::packs;
use chrono::{Datelike, Days, NaiveDate, Weekday};
use criterion::{BenchmarkId, Criterion};
use tempfile::TempDir;

/// Bodies of the council, each of which meets ten times a year.
const BODIES: [&str; 5] = ["Children", "Health", "Housing", "Roads", "Climate"];
/// Papers of each meeting besides its minutes.
const PAPERS: u32 = 19;

/// Runs the benchmarks of `check`.
pub(crate) fn check(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("check");
    group.sample_size(10).measurement_time(Duration::from_secs(20)).warm_up_time(Duration::from_millis(500));
    for years in [1, 5] {
        let folder = council(years);
        let meetings = u64::from(years) * 50;
        group.bench_function(BenchmarkId::new("meetings", meetings), |bencher| bencher.iter(|| all(folder.path())));
        let (found, memory) = (all(folder.path()), memory(folder.path()));
        eprintln!("{meetings} meetings: {found} findings; `check --fast` holds {}", memory.unwrap_or_default());
    }
    group.finish();
}

/// Checks everything that `check --fast` does, and gives how much it found.
fn all(folder: &Path) -> usize {
    let log = boardpack::rules::log();
    let project = packs::open(folder, super::receiver(folder), &log);
    project.check_texts(Scope { only: None, hints: true }, &log);
    for agenda in project.workspace.meetings.values() {
        project.compose(agenda, &log);
    }
    log.sorted().len()
}

/// Runs the program and gives the most memory that it holds, where the system tells.
fn memory(folder: &Path) -> Option<String> {
    let mut program = Command::new(env!("CARGO_BIN_EXE_boardpack"));
    program.args(["--workspace".as_ref(), folder.as_os_str()]).args(["check", "--fast", "--format", "concise"]);
    let mut child = program.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("the program starts");
    let mut most = None;
    while child.try_wait().expect("the program can be waited for").is_none() {
        most = super::peak_memory(&child.id().to_string()).or(most);
        std::thread::sleep(Duration::from_millis(5));
    }
    most
}

/// Writes a council of five bodies, each with ten meetings a year.
fn council(years: u32) -> TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let write = |path: String, text: &str| {
        let full = folder.path().join("content").join(path);
        fs::create_dir_all(full.parent().expect("a folder")).expect("the folder can be made");
        fs::write(full, text).expect("the file can be written");
    };
    write("council.yaml".into(), "kind: council\nname: Testford Council\n");
    let mut people = String::from("kind: people\npeople:\n");
    for index in 0..60 {
        let _ = writeln!(people, "  p{index}: {{name: Councillor {} {}}}", word(index), word(index * 7 + 3));
    }
    write("people.yaml".into(), &people);
    for (number, body) in BODIES.iter().enumerate() {
        let id = body.to_lowercase();
        let members: Vec<String> = (0..12).map(|index| format!("p{}", number * 12 + index)).collect();
        let file =
            format!("kind: body\nname: {body} Scrutiny Board ({})\nmembership: [{}]\n", number + 1, members.join(", "));
        write(format!("bodies/{id}/body.yaml"), &file);
        let mut last: Option<NaiveDate> = None;
        for meeting in 0..years * 10 {
            let day = day(meeting, number);
            let at = format!("bodies/{id}/{day}");
            let mut agenda = format!("kind: agenda\nmeeting: {day} 10:30\nissued: {}\npublic:\n", day - Days::new(20));
            agenda += "  - Apologies\n  - Declarations of interests\n";
            if let Some(last) = last {
                let _ = writeln!(agenda, "  - title: Minutes\n    papers: [{{minutes: {last}}}]");
            }
            for paper in 0..PAPERS {
                let seed = meeting * 31 + paper;
                let _ = writeln!(agenda, "  - title: {}\n    papers: [p{paper}.yaml]", title(seed));
                write(format!("{at}/p{paper}.yaml"), &note(seed, day));
            }
            write(format!("{at}/agenda.yaml"), &agenda);
            write(format!("{at}/minutes.yaml"), &minutes(meeting, day, &members));
            last = Some(day);
        }
    }
    folder
}

/// Gives the day of a meeting: a Wednesday of its month.
fn day(meeting: u32, body: usize) -> NaiveDate {
    let (year, month) = (2021 + i32::try_from(meeting / 10).expect("few"), 1 + meeting % 10);
    let first = NaiveDate::from_ymd_opt(year, month, 1).expect("a day");
    let wednesday = first.iter_days().find(|day| day.weekday() == Weekday::Wed).expect("there is one");
    wednesday + Days::new(u64::try_from(body).expect("few"))
}

const WORDS: [&str; 24] = [
    "Harbour", "Saltgate", "Bridge", "Market", "School", "Winter", "River", "Council", "Housing", "Library", "Garden",
    "Station", "Orchard", "Mill", "Castle", "Church", "Quarry", "Meadow", "Foundry", "Chapel", "Tannery", "Wharf",
    "Common", "Priory",
];

fn word(seed: usize) -> &'static str {
    WORDS[seed % WORDS.len()]
}

fn title(seed: u32) -> String {
    let seed = seed as usize;
    format!("{} {} and {} review", word(seed), word(seed * 5 + 1), word(seed * 11 + 7))
}

/// Writes a note of some three pages.
fn note(seed: u32, day: NaiveDate) -> String {
    let mut text = format!("kind: briefing-note\ntitle: {}\nbackground_papers: None\ntext: |\n", title(seed));
    for section in 0..6 {
        let _ = write!(text, "  # Section about {}\n\n", word(seed as usize + section));
        for paragraph in 0..4 {
            let place = word(seed as usize * 3 + section * 5 + paragraph);
            let _ = write!(
                text,
                "  The Board considered the forecast of places that will be needed in {place} ward, and asked on {} what\n  \
                 *would* be done where there are **too few** of them before the winter comes. Appendix 1 has the figures.\n\n",
                day.format("%-d %B %Y")
            );
        }
        text += "  | Ward | Homes | Places |\n  |:--|--:|--:|\n  | Harbour | 88 | 12 |\n  | Total | 88 | 12 |\n\n";
    }
    text
}

fn minutes(meeting: u32, day: NaiveDate, members: &[String]) -> String {
    let people = members.join(", ");
    let mut text =
        format!("kind: minutes\nmeeting: {day} 10:30\npresent:\n  - {{group: Members, people: [{people}]}}\nitems:\n");
    text += "  - title: Apologies\n    text: There were none.\n  - title: Declarations of interests\n    text: There were none.\n";
    for paper in 0..PAPERS {
        let _ = writeln!(
            text,
            "  - title: {}\n    text: The Board considered the report.\n    resolved: |\n      that the Board note the report.",
            title(meeting * 31 + paper)
        );
    }
    text
}
