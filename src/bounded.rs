//! Work in a process of its own, with bounds on memory and time: this program, started with a hidden verb.
//!
//! What strangers send can at worst end that process: stacks that overflow and memory that runs out cannot be caught
//! within one. The process gets its bounds, the order and bytes through standard input, and answers with a line of
//! JSON and bytes through standard output.

#![expect(clippy::disallowed_methods, reason = "other processes are started and timed here")]

use std::io::{self, BufRead, Read, Write};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

/// A gigabyte, in bytes.
pub(crate) const GIGABYTE: u64 = 1024 * 1024 * 1024;

/// Stack of the thread that works, in bytes.
const STACK: usize = 64 * 1024 * 1024;

/// What work may take.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(crate) struct Bounds {
    /// Bytes of memory.
    pub(crate) memory: u64,
    /// Seconds of work of the processor; twice as many on the clock.
    pub(crate) seconds: u64,
}

/// Why work gave no answer.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Stopped {
    /// No process could be started, or not be listened to.
    #[error("{0}")]
    NotStarted(#[from] io::Error),
    /// Its time was up, by the clock.
    #[error("more than {0} seconds")]
    Clock(u64),
    /// Its time was up.
    #[error("more than {0} seconds of work")]
    Time(u64),
    /// It had no more memory, or no more stack.
    #[error("more than {} GB of memory", .0 / GIGABYTE)]
    Memory(u64),
    /// It ended without an answer.
    #[error("it ended without an answer")]
    Silent,
}

/// Has work done in a process of a program, which must know the verb: `bytes` are what the order speaks of.
pub(crate) fn ask<Answer: DeserializeOwned>(
    program: &Path,
    verb: &str,
    bounds: Bounds,
    order: &impl Serialize,
    bytes: &[&[u8]],
) -> Result<(Answer, Vec<u8>), Stopped> {
    let head = serde_json::to_string(&(bounds, order)).map_err(io::Error::from)?;
    let mut child =
        Command::new(program).arg(verb).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn()?;
    let (input, output) = (child.stdin.take(), child.stdout.take());
    let deadline = Instant::now() + Duration::from_secs(2 * bounds.seconds);
    thread::scope(|scope| {
        // A process that has ended reads no more; what it answered tells more than that.
        scope.spawn(move || {
            let Some(mut input) = input else { return };
            let _ = writeln!(input, "{head}").and_then(|()| bytes.iter().try_for_each(|some| input.write_all(some)));
        });
        let answer = scope.spawn(move || {
            let mut all = Vec::new();
            let read = output.map_or(Ok(0), |mut output| output.read_to_end(&mut all));
            read.map(|_| all)
        });
        let status = wait(&mut child, deadline)?.ok_or(Stopped::Clock(2 * bounds.seconds))?;
        let mut answer = answer.join().ok().and_then(Result::ok).unwrap_or_default();
        if !status.success() {
            return Err(ended(status, bounds));
        }
        let line = answer.iter().position(|byte| *byte == b'\n').ok_or(Stopped::Silent)?;
        let head = serde_json::from_slice(&answer[..line]).map_err(|_| Stopped::Silent)?;
        answer.drain(..=line);
        Ok((head, answer))
    })
}

/// Does the work of a verb: reads an order and bytes from standard input, and answers on standard output.
pub(crate) fn serve<Order: DeserializeOwned + Send, Answer: Serialize + Send>(
    work: impl FnOnce(Order, Vec<u8>) -> (Answer, Vec<u8>) + Send,
) -> io::Result<()> {
    let mut input = io::stdin().lock();
    let mut line = String::new();
    input.read_line(&mut line)?;
    let (bounds, order): (Bounds, Order) = serde_json::from_str(&line)?;
    limit(bounds);
    let mut bytes = Vec::new();
    input.read_to_end(&mut bytes)?;
    let (answer, bytes) =
        on_large_stack(|| work(order, bytes)).ok_or_else(|| io::Error::other("the work was broken off"))?;
    let mut output = io::stdout().lock();
    serde_json::to_writer(&mut output, &answer)?;
    output.write_all(b"\n")?;
    output.write_all(&bytes)?;
    output.flush()
}

/// Does work on a thread with a large stack; gives nothing when it breaks off.
pub(crate) fn on_large_stack<R: Send>(work: impl FnOnce() -> R + Send) -> Option<R> {
    thread::scope(|scope| {
        let thread = thread::Builder::new().stack_size(STACK).spawn_scoped(scope, work);
        thread.ok().and_then(|thread| thread.join().ok())
    })
}

/// Bounds the memory and time of this process, where the system can do that.
fn limit(bounds: Bounds) {
    #[cfg(unix)]
    {
        use rustix::process::{Resource, Rlimit, setrlimit};
        let bounded = |most: u64| Rlimit { current: Some(most), maximum: Some(most) };
        // Where a bound cannot be set, the clock of the waiting process still bounds the work.
        let _ = setrlimit(Resource::As, bounded(bounds.memory));
        let _ = setrlimit(Resource::Cpu, bounded(bounds.seconds));
        let _ = setrlimit(Resource::Core, bounded(0));
    }
    #[cfg(not(unix))]
    let _ = bounds;
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
fn ended(status: ExitStatus, bounds: Bounds) -> Stopped {
    #[cfg(unix)]
    {
        use std::os::unix::process::ExitStatusExt;
        // SIGXCPU and SIGKILL: its time is up. SIGABRT: no more memory, or no more stack.
        match status.signal() {
            Some(24 | 9) => return Stopped::Time(bounds.seconds),
            Some(_) => return Stopped::Memory(bounds.memory),
            None => {}
        }
    }
    let _ = (status, bounds);
    Stopped::Silent
}
