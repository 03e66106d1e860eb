//! How long appended files take: reading one (cleaning, checking, looking for what is hidden), and
//! splicing it into a pack; for files of 36 and about 400 pages, and packs of about 1,500 pages.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use boardpack::appended::{Content, Order, Reader, Received};
use boardpack::assemble::{self, Appended, Claims, Frame, Spot};
use boardpack::compose::Edition;
use boardpack::compose::Kept;
use boardpack::fonts::Fonts;
use boardpack::packs;
use boardpack::progress::Quiet;
use boardpack::render;
use boardpack::typeset::{Press, Wanted};
use criterion::{BenchmarkId, Criterion};

/// A tagged report of 36 pages among the samples.
const REPORT: &str = "content/bodies/education-scrutiny/2026-09-16/safeguarding-annual-report.pdf";

/// Runs the benchmarks of appended files.
pub(crate) fn appended(criterion: &mut Criterion) {
    let report = fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join(REPORT)).expect("the sample");
    let long = pack_of(33);
    for (pages, file, papers) in [(36, &report, 3), (400, &long, 3), (1500, &long, 91)] {
        files(criterion, pages, file, papers);
    }
}

/// Makes a public pack with this many papers, to be appended itself.
fn pack_of(papers: usize) -> Vec<u8> {
    let folder = crate::workspace(papers);
    let log = boardpack::rules::log();
    let project = packs::open(folder.path(), crate::receiver(folder.path()), &log);
    let agenda = project.workspace.meetings.values().next().expect("a meeting");
    let output = project.build(agenda, &Kept::default(), &log, &Quiet).expect("outputs");
    let is_pack = |path: &&String| path.starts_with("public/") && path.ends_with("pack.pdf");
    let path = output.files.keys().find(is_pack).expect("a pack").clone();
    output.files[&path].clone()
}

fn files(criterion: &mut Criterion, pages: usize, file: &[u8], papers: usize) {
    let folder = crate::workspace(papers);
    let meeting = folder.path().join("content/bodies/board/2026-09-16");
    fs::write(meeting.join("file.pdf"), file).expect("the file can be written");
    let mut agenda = fs::read_to_string(meeting.join("agenda.yaml")).expect("the agenda");
    agenda.push_str("  - title: A file\n    papers:\n      - file: file.pdf\n        title: A file\n");
    fs::write(meeting.join("agenda.yaml"), agenda).expect("the agenda can be written");

    let log = boardpack::rules::log();
    let project = packs::open(folder.path(), crate::receiver(folder.path()), &log);
    let agenda = project.workspace.meetings.values().next().expect("a meeting");
    let pack = project.compose(agenda, &log).expect("a pack");
    let read = || Reader::default().read(file, &Order::default()).expect("a sound file");
    let received: BTreeMap<String, Received> =
        [("content/bodies/board/2026-09-16/file.pdf".to_owned(), read())].into_iter().collect();
    let job = render::Job {
        pack: &pack,
        edition: Edition::Private,
        only: None,
        pages: None,
        layouts: &project.layouts,
        phrases: &project.phrases,
        appended: &received,
    };
    let press = Press::new(&Fonts::with(&BTreeMap::new()), &project.layouts);
    let rendered = render::edition(&job).expect("it can be rendered").files;
    let typeset = press.typeset(rendered, &Wanted::pdf("bench")).map_err(|findings| format!("{findings:?}"));
    let typeset = typeset.expect("it can be typeset");
    let shell = typeset.pdf();
    let Some(Content::Pdf(pdf)) = received.values().next().map(|one| &one.content) else { panic!("no PDF") };
    let spots = typeset.appended().iter().map(|page| Spot {
        page: page.physical,
        frame: Frame { x: page.x, y: page.y, width: page.width, height: page.height },
        words: format!("Page {}", page.printed),
        alternative: String::new(),
    });
    let one = [Appended { pdf, title: "A file", below: 1, spots: spots.collect() }];
    eprintln!("a pack of {} pages, {} of them appended", typeset.page_count(), one[0].spots.len());

    let mut group = criterion.benchmark_group("appended");
    group.sample_size(10);
    group.bench_function(BenchmarkId::new("read", pages), |bencher| bencher.iter(read));
    group.bench_function(BenchmarkId::new("assemble", pages), |bencher| {
        bencher.iter(|| assemble::pack(shell, &one, Claims::ALL, None).expect("a pack").len());
    });
    group.finish();
    if let Some(folder) = std::env::var_os("BOARDPACK_BENCH_KEEP") {
        // For comparing with other programs on the same files.
        let keep = |name: String, bytes: &[u8]| fs::write(Path::new(&folder).join(name), bytes).expect("a file");
        keep(format!("{pages}-shell.pdf"), shell);
        keep(format!("{pages}-file.pdf"), file);
        keep(format!("{pages}-clean.pdf"), pdf);
        keep(format!("{pages}-pack.pdf"), &assemble::pack(shell, &one, Claims::ALL, None).expect("a pack"));
    }
}
