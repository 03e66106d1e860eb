//! Reads foreign PDFs in a process of their own, with bounds on memory and time.
//!
//! A file made to do harm can at worst end that process: stacks that overflow and memory that
//! runs out cannot be caught within one. The process gets the order and the file through standard
//! input, and answers with a line of JSON and the cleaned file through standard output.

use std::io::{self, BufRead, Read, Write};
use std::path::PathBuf;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};

use super::clean::{self, Refusal};
use super::{Content, Face, Facts, Order, Received, Subject, conformance, look, weight};

/// Name of the hidden verb that the process is started with.
pub const VERB: &str = "read-appended-file";

/// Environment variable with the password of locked files.
pub const PASSWORD: &str = "BOARDPACK_PDF_PASSWORD";

/// Seconds that reading a file may take; more for large ones.
const SECONDS: u64 = 60;

/// Bytes of memory that reading a file may take, besides some times its size.
const MEMORY: u64 = 3 * 1024 * 1024 * 1024;

/// How many times its size.
const MEMORY_TIMES: u64 = 8;

/// Stack of the thread that reads, in bytes.
const STACK: usize = 64 * 1024 * 1024;

/// Reads foreign PDFs.
#[derive(Debug, Clone, Default)]
pub struct Reader {
    program: Option<PathBuf>,
}

#[derive(Serialize, Deserialize)]
enum Answer {
    Clean { faces: Vec<Face>, facts: Box<Facts>, words: Vec<String> },
    Refused(Refusal),
}

impl Reader {
    /// Reads in processes of this program, which must know [`VERB`].
    pub fn of(program: PathBuf) -> Self {
        Self { program: Some(program) }
    }

    /// Reads a file. (Without a program, in this process: for those who use the library.)
    pub fn read(&self, bytes: &[u8], order: &Order) -> Result<Received, Refusal> {
        match &self.program {
            Some(program) => apart(program, bytes, order),
            None => {
                let (answer, pdf) = here(bytes, order);
                received(answer, pdf)
            }
        }
    }
}

fn received(answer: Answer, pdf: Vec<u8>) -> Result<Received, Refusal> {
    match answer {
        Answer::Clean { faces, facts, words } => {
            Ok(Received { faces, content: Content::Pdf(pdf), facts: *facts, words })
        }
        Answer::Refused(refusal) => Err(refusal),
    }
}

/// Reads a file in this process, on a thread with a large stack.
fn here(bytes: &[u8], order: &Order) -> (Answer, Vec<u8>) {
    let password = std::env::var(PASSWORD).ok().filter(|password| !password.is_empty());
    let read = || read(bytes, order, password.as_deref());
    let result = thread::scope(|scope| {
        let thread = thread::Builder::new().stack_size(STACK).spawn_scoped(scope, read);
        thread.ok().and_then(|thread| thread.join().ok())
    });
    result.unwrap_or_else(|| (Answer::Refused(unreadable()), Vec::new()))
}

fn unreadable() -> Refusal {
    Refusal::Damaged { why: "it is built so oddly that it cannot be read safely".to_owned() }
}

fn read(bytes: &[u8], order: &Order, password: Option<&str>) -> (Answer, Vec<u8>) {
    let refused = |refusal| (Answer::Refused(refusal), Vec::new());
    let mut clean = match clean::clean(bytes, order, password) {
        Ok(clean) => clean,
        Err(refusal) => return refused(refusal),
    };
    if let Some(page) = weight::too_heavy(&clean.pdf, &clean.pages) {
        let why = format!("page {page} repeats its drawings more often than any program can show");
        return refused(Refusal::TooMuch { why });
    }
    let checked = conformance::check(&clean.pdf, &clean.pages);
    let looked = look::look(&clean.pdf, &clean.pages);
    clean.facts.fonts = checked.fonts;
    clean.facts.remarks.extend(checked.remarks.into_iter().chain(looked.remarks));
    // Bookmarks of a spreadsheet are the names of its sheets, which no page need say.
    if clean.facts.metadata.get("Creator").is_some_and(|creator| creator == "Calc") {
        clean.facts.remarks.retain(|remark| remark.subject != Subject::Unsaid);
    }
    clean.facts.remarks.sort();
    clean.facts.remarks.dedup();
    let mut pdf = Vec::with_capacity(bytes.len());
    if let Err(error) = clean.pdf.save_to(&mut pdf) {
        return refused(Refusal::Damaged { why: error.to_string() });
    }
    (Answer::Clean { faces: clean.faces, facts: Box::new(clean.facts), words: looked.words }, pdf)
}

/// Answers an order: what the process of [`VERB`] does.
pub fn serve() -> io::Result<()> {
    let mut input = io::stdin().lock();
    let mut line = String::new();
    input.read_line(&mut line)?;
    let order: Order = serde_json::from_str(&line)?;
    let mut bytes = Vec::new();
    input.read_to_end(&mut bytes)?;
    limit(bytes.len());
    let (answer, pdf) = here(&bytes, &order);
    let mut output = io::stdout().lock();
    serde_json::to_writer(&mut output, &answer)?;
    output.write_all(b"\n")?;
    output.write_all(&pdf)?;
    output.flush()
}

/// Bounds the memory and time of this process, where the system can do that.
fn limit(size: usize) {
    #[cfg(unix)]
    {
        use rustix::process::{Resource, Rlimit, setrlimit};
        let bounded = |most: u64| Rlimit { current: Some(most), maximum: Some(most) };
        // Where a bound cannot be set, the clock of the waiting process still bounds the work.
        let _ = setrlimit(Resource::As, bounded(MEMORY + MEMORY_TIMES * size as u64));
        let _ = setrlimit(Resource::Cpu, bounded(seconds(size)));
        let _ = setrlimit(Resource::Core, bounded(0));
    }
    #[cfg(not(unix))]
    let _ = size;
}

/// Gives the seconds that reading a file of this size may take.
fn seconds(size: usize) -> u64 {
    SECONDS + size as u64 / (2 * 1024 * 1024)
}

/// Reads a file in a process of its own.
fn apart(program: &PathBuf, bytes: &[u8], order: &Order) -> Result<Received, Refusal> {
    let started =
        Command::new(program).arg(VERB).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn();
    let broken = |error: &io::Error| Refusal::NotRead { why: error.to_string() };
    let mut child = started.map_err(|error| broken(&error))?;
    let order = serde_json::to_string(order).unwrap_or_default();
    let (input, output) = (child.stdin.take(), child.stdout.take());
    let deadline = Instant::now() + Duration::from_secs(2 * seconds(bytes.len()));
    thread::scope(|scope| {
        // A process that has ended reads no more; what it answered tells more than that.
        scope.spawn(move || {
            let Some(mut input) = input else { return };
            let _ = writeln!(input, "{order}").and_then(|()| input.write_all(bytes));
        });
        let answer = scope.spawn(move || {
            let mut all = Vec::new();
            let read = output.map_or(Ok(0), |mut output| output.read_to_end(&mut all));
            read.map(|_| all)
        });
        let status = wait(&mut child, deadline).map_err(|error| broken(&error))?;
        let Some(status) = status else {
            return Err(Refusal::TooMuch {
                why: format!("reading it takes more than {} seconds", 2 * seconds(bytes.len())),
            });
        };
        let answer = answer.join().ok().and_then(Result::ok).unwrap_or_default();
        if !status.success() {
            return Err(ended(status, bytes.len()));
        }
        let line = answer.iter().position(|byte| *byte == b'\n').ok_or_else(unreadable)?;
        let head: Answer = serde_json::from_slice(&answer[..line]).map_err(|_| unreadable())?;
        received(head, answer[line + 1..].to_vec())
    })
}

/// Waits for a process until the deadline; ends it then, and gives nothing.
fn wait(child: &mut Child, deadline: Instant) -> io::Result<Option<ExitStatus>> {
    let mut pause = Duration::from_micros(200);
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(Some(status));
        }
        if Instant::now() > deadline {
            child.kill()?;
            child.wait()?;
            return Ok(None);
        }
        thread::sleep(pause);
        pause = (pause * 2).min(Duration::from_millis(20));
    }
}

/// Says why a process ended before it answered.
fn ended(status: ExitStatus, size: usize) -> Refusal {
    #[cfg(unix)]
    {
        use std::os::unix::process::ExitStatusExt;
        // SIGXCPU and SIGKILL: its time is up. SIGABRT: no more memory, or no more stack.
        match status.signal() {
            Some(24 | 9) => {
                return Refusal::TooMuch {
                    why: format!("reading it takes more than {} seconds of work", seconds(size)),
                };
            }
            Some(_) => {
                let gigabytes = (MEMORY + MEMORY_TIMES * size as u64) / (1024 * 1024 * 1024);
                return Refusal::TooMuch {
                    why: format!("reading it takes more than {gigabytes} GB of memory, or it is nested too deep"),
                };
            }
            None => {}
        }
    }
    let _ = (status, size);
    unreadable()
}
