//! One run of LibreOffice: alone, without a network, for a limited time.

#![expect(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "LibreOffice is another program, with a folder of its own"
)]

use std::ffi::OsString;
use std::fmt::Write;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use super::cache::is_pdf;
use super::failure::OfficeFailure;
use super::kind::Kind;
use super::profile;
use crate::fs::{OFFICE_RUN, Scratch, reason};

/// How often it is asked whether LibreOffice has ended.
const PAUSE: Duration = Duration::from_millis(20);
/// How often it is asked how much it has worked.
const BETWEEN_LOOKS: Duration = Duration::from_millis(500);
/// How many times as long as it may work it may wait: a busy machine makes it wait, and one that hangs does not work.
const PATIENCE: u32 = 10;
/// How much memory LibreOffice may ask for, in bytes.
const MEMORY: u64 = 8 * 1024 * 1024 * 1024;
/// How large a file LibreOffice may write, in bytes.
const LARGEST_OUTPUT: u64 = 1024 * 1024 * 1024;

/// What is to be converted.
pub(crate) struct Job<'a> {
    /// Kind by the bytes.
    pub(crate) kind: Kind,
    /// The file.
    pub(crate) bytes: &'a [u8],
    /// What it is to become; a PDF when nothing is said.
    pub(crate) to: Option<Kind>,
    /// Language and country, such as `en-GB`.
    pub(crate) locale: &'a str,
    /// Folder of fonts beside those of the machine.
    pub(crate) fonts: &'a Path,
    /// How much of a processor's time it may take; ten times that may pass by the clock.
    pub(crate) limit: Duration,
}

impl Job<'_> {
    /// Gives what it becomes, made by the first of the programs that is there.
    pub(crate) fn run(&self, programs: &[PathBuf]) -> Result<Vec<u8>, OfficeFailure> {
        let temp = Scratch::temporary(OFFICE_RUN)
            .map_err(|error| OfficeFailure::disk("make a folder in", &std::env::temp_dir(), &error))?;
        self.prepare(&temp).map_err(|error| OfficeFailure::disk("write into the folder", temp.path(), &error))?;
        let child = self.start(&temp, programs)?;
        let status = self.wait(child)?;
        let ending = self.to.map_or("pdf", Kind::ending);
        let Ok(made) = fs::read(temp.path().join(format!("out/document.{ending}"))) else {
            return Err(OfficeFailure::Failed { said: last_words(&temp, status) });
        };
        match made {
            made if self.to.is_some() => Ok(made),
            pdf if !is_pdf(&pdf) => Err(OfficeFailure::NotPdf),
            pdf if has_no_pages(&pdf) => Err(OfficeFailure::NoPages),
            pdf => Ok(pdf),
        }
    }

    fn prepare(&self, temp: &Scratch) -> io::Result<()> {
        let at = |path: &str| temp.path().join(path);
        for folder in ["home", "tmp", "out", "fonts", "profile/user"] {
            fs::create_dir_all(at(folder))?;
        }
        fs::write(at(&format!("document.{}", self.kind.ending())), self.bytes)?;
        fs::write(at("profile/user/registrymodifications.xcu"), profile::registry(self.locale))?;
        let fonts = std::path::absolute(self.fonts)?;
        fs::write(at("fonts.conf"), profile::fontconfig(&fonts.to_string_lossy(), &at("fonts").to_string_lossy()))
    }

    fn start(&self, temp: &Scratch, programs: &[PathBuf]) -> Result<Child, OfficeFailure> {
        let mut refused = None;
        for program in programs {
            let started = self.command(temp, program).and_then(|mut command| command.spawn());
            match started {
                Ok(child) => {
                    confine(&child, self.limit);
                    return Ok(child);
                }
                Err(error) if programs.len() > 1 && error.kind() == io::ErrorKind::NotFound => {}
                Err(error) => refused = Some((program, error)),
            }
        }
        Err(match refused {
            Some((program, error)) => {
                OfficeFailure::NotStarted { program: program.display().to_string(), reason: reason(&error) }
            }
            None => OfficeFailure::Missing,
        })
    }

    fn command(&self, temp: &Scratch, program: &Path) -> io::Result<Command> {
        let at = |path: &str| temp.path().join(path);
        let mut command = Command::new(program);
        command.arg(format!("-env:UserInstallation={}", file_url(&at("profile"))));
        command.args(["--headless", "--invisible", "--norestore", "--nolockcheck", "--nodefault", "--nologo"]);
        if let Some(filter) = self.kind.filter() {
            command.arg(format!("--infilter={filter}"));
        }
        let to = self.to.map_or_else(|| profile::convert_to(self.kind.family()), |kind| kind.ending().to_owned());
        command.arg("--convert-to").arg(to);
        command.arg("--outdir").arg(at("out")).arg(at(&format!("document.{}", self.kind.ending())));
        command.current_dir(temp.path()).env_clear();
        for name in ["PATH", "SystemRoot", "SystemDrive", "ProgramFiles"] {
            if let Some(value) = std::env::var_os(name) {
                command.env(name, value);
            }
        }
        command.envs(environment(temp.path()));
        command.stdin(Stdio::null()).stdout(File::create(at("stdout"))?).stderr(File::create(at("stderr"))?);
        #[cfg(unix)]
        {
            use std::os::unix::process::CommandExt;
            command.process_group(0);
        }
        Ok(command)
    }

    fn wait(&self, mut child: Child) -> Result<ExitStatus, OfficeFailure> {
        let (start, mut asked) = (Instant::now(), Instant::now());
        loop {
            let refused = match child.try_wait() {
                Ok(Some(status)) => {
                    stop(&mut child);
                    return Ok(status);
                }
                Ok(None) if start.elapsed() >= self.limit * PATIENCE => {
                    OfficeFailure::Hung { minutes: (self.limit * PATIENCE).as_secs().div_ceil(60) }
                }
                Ok(None) => {
                    let due = asked.elapsed() >= BETWEEN_LOOKS;
                    asked = if due { Instant::now() } else { asked };
                    if !due || worked(&child) < self.limit {
                        thread::sleep(PAUSE);
                        continue;
                    }
                    OfficeFailure::TooSlow { seconds: self.limit.as_secs() }
                }
                Err(error) => OfficeFailure::Failed { said: reason(&error) },
            };
            stop(&mut child);
            let _ = child.wait();
            return Err(refused);
        }
    }
}

/// Gives how long a processor has worked for the program and for what it started; on systems that do not tell,
/// nothing.
fn worked(child: &Child) -> Duration {
    /// Ticks of a second in which Linux counts it for programs.
    const TICKS: u64 = 100;
    let Ok(processes) = fs::read_dir("/proc") else { return Duration::ZERO };
    let ticks =
        processes.flatten().filter(|entry| entry.file_name().to_string_lossy().parse::<u32>().is_ok()).map(|entry| {
            let text = fs::read_to_string(entry.path().join("stat")).unwrap_or_default();
            // The name, which may hold anything, stands in brackets. (proc_pid_stat(5): 5 is the group, 14 to 17 the time.)
            let fields: Vec<&str> = text.rsplit(')').next().unwrap_or_default().split_whitespace().collect();
            let number = |at: usize| fields.get(at - 3).and_then(|field| field.parse::<u64>().ok()).unwrap_or(0);
            if number(5) == u64::from(child.id()) { (14..=17).map(number).sum() } else { 0 }
        });
    Duration::from_millis(ticks.sum::<u64>() * 1000 / TICKS)
}

/// Gives the environment, the same on every machine but for the path.
fn environment(temp: &Path) -> Vec<(&'static str, OsString)> {
    let at = |path: &str| temp.join(path).into_os_string();
    vec![
        ("HOME", at("home")),
        ("USERPROFILE", at("home")),
        ("TMPDIR", at("tmp")),
        ("TMP", at("tmp")),
        ("TEMP", at("tmp")),
        ("FONTCONFIG_FILE", at("fonts.conf")),
        ("LANG", "C.UTF-8".into()),
        ("LC_ALL", "C.UTF-8".into()),
        ("TZ", "UTC".into()),
        ("SOURCE_DATE_EPOCH", "0".into()),
        ("SAL_USE_VCLPLUGIN", "svp".into()),
        ("SAL_DISABLE_PRINTERLIST", "1".into()),
        ("SAL_DISABLE_OPENCL", "1".into()),
    ]
}

/// Bounds what the program and all that it starts can take, also when it outlives this process.
#[cfg(target_os = "linux")]
fn confine(child: &Child, limit: Duration) {
    use rustix::process::{Pid, Resource, Rlimit, prlimit};
    let pid = i32::try_from(child.id()).ok().and_then(Pid::from_raw);
    let processor_seconds = limit.as_secs().saturating_add(10);
    let limits = [
        (Resource::As, MEMORY),
        (Resource::Fsize, LARGEST_OUTPUT),
        (Resource::Core, 0),
        (Resource::Cpu, processor_seconds),
    ];
    for (resource, most) in limits {
        let _ = prlimit(pid, resource, Rlimit { current: Some(most), maximum: Some(most) });
    }
}

#[cfg(not(target_os = "linux"))]
fn confine(_: &Child, _: Duration) {
    let _ = (MEMORY, LARGEST_OUTPUT);
}

/// Kills the program with everything that it started.
fn stop(child: &mut Child) {
    #[cfg(unix)]
    if let Some(group) = i32::try_from(child.id()).ok().and_then(rustix::process::Pid::from_raw) {
        let _ = rustix::process::kill_process_group(group, rustix::process::Signal::KILL);
    }
    #[cfg(not(unix))]
    let _ = child.kill();
}

/// Gives the last line that LibreOffice wrote, without the paths of the temporary folder.
fn last_words(temp: &Scratch, status: ExitStatus) -> String {
    let mut text = String::new();
    for name in ["stdout", "stderr"] {
        let mut bytes = Vec::new();
        if let Ok(file) = File::open(temp.path().join(name)) {
            let _ = file.take(65_536).read_to_end(&mut bytes);
        }
        text.push_str(&String::from_utf8_lossy(&bytes));
        text.push('\n');
    }
    let text = text.replace(&format!("{}/", temp.path().display()), "");
    let noise = |line: &&str| !line.is_empty() && !line.contains("javaldx") && !line.starts_with("convert ");
    match text.lines().map(str::trim).rfind(noise) {
        Some(line) => line.trim_start_matches("Error: ").trim_end_matches('.').chars().take(200).collect(),
        None if status.success() => String::new(),
        None => format!("it ended with {status}"),
    }
}

/// Tells whether a PDF surely has no page; one with packed objects is given the benefit of the doubt.
fn has_no_pages(pdf: &[u8]) -> bool {
    let holds = |word: &[u8]| pdf.windows(word.len()).any(|window| window == word);
    !holds(b"/ObjStm") && !holds(b"/Type/Page\n") && !holds(b"/Type/Page/") && !holds(b"/Type /Page")
}

fn file_url(path: &Path) -> String {
    let text = path.to_string_lossy().replace('\\', "/");
    let mut url = String::from(if text.starts_with('/') { "file://" } else { "file:///" });
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"/-_.~:".contains(&byte) {
            url.push(char::from(byte));
        } else {
            let _ = write!(url, "%{byte:02X}");
        }
    }
    url
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_become_addresses() {
        assert_eq!(file_url(Path::new("/tmp/a b/ü")), "file:///tmp/a%20b/%C3%BC");
        assert_eq!(file_url(Path::new("C:\\x")), "file:///C:/x");
    }
}
