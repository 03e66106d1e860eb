//! How much memory the process may hold, and how much it does: known on Linux alone.

use std::path::Path;

use crate::fs::read_file;

/// Bytes of a megabyte.
const MEGABYTE: u64 = 1024 * 1024;

/// Of what the machine has to give, so many hundredths: other programs go on working meanwhile.
const OF_MACHINE: u64 = 90;

/// Of a limit of the shell, so many: it counts addresses, of which threads reserve more than they use.
const OF_SHELL: u64 = 80;

/// How many bytes of real memory the process may hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Ceiling(u64);

impl Ceiling {
    /// Gives nine tenths of what the machine has to give now or its container or service may hold, or eight of the
    /// limit that its shell sets (`ulimit -v`).
    pub(crate) fn of_machine() -> Option<Self> {
        let about = text("/proc/meminfo")?;
        let free = kilobytes(&about, "MemAvailable:")? + kilobytes(&about, "SwapFree:").unwrap_or(0);
        let machine = group_limit().unwrap_or(u64::MAX).min(held()? + free) / 100 * OF_MACHINE;
        Some(Self(address_limit().map_or(machine, |limit| machine.min(limit / 100 * OF_SHELL))))
    }

    /// Gives a ceiling of so many megabytes.
    pub(crate) fn of_megabytes(megabytes: u64) -> Self {
        Self(megabytes.saturating_mul(MEGABYTE))
    }

    /// Gives how many bytes the process may take besides those that it holds; none where nobody can tell.
    pub(crate) fn left(self) -> Option<u64> {
        Some(self.0.saturating_sub(held()?))
    }

    /// Gives the megabytes that the process may hold.
    pub(crate) fn megabytes(self) -> u64 {
        self.0 / MEGABYTE
    }
}

/// Gives the bytes of real memory that the process holds.
fn held() -> Option<u64> {
    kilobytes(&text("/proc/self/status")?, "VmRSS:")
}

/// Gives the bytes of a line such as `VmRSS:  1234 kB`.
fn kilobytes(about: &str, name: &str) -> Option<u64> {
    let line = about.lines().find_map(|line| line.strip_prefix(name))?;
    Some(line.trim().strip_suffix(" kB")?.trim().parse::<u64>().ok()? * 1024)
}

/// Gives the limit of the control group that the process runs in, of either version.
fn group_limit() -> Option<u64> {
    let groups = text("/proc/self/cgroup")?;
    let limits = groups.lines().filter_map(|line| {
        let mut parts = line.splitn(3, ':').skip(1);
        let (kinds, path) = (parts.next()?, parts.next()?.trim_matches('/'));
        let (folder, file) = match kinds {
            "" => ("/sys/fs/cgroup", "memory.max"),
            kinds if kinds.split(',').any(|kind| kind == "memory") => {
                ("/sys/fs/cgroup/memory", "memory.limit_in_bytes")
            }
            _ => return None,
        };
        // Inside a container its own group is what is mounted.
        let own = [format!("{folder}/{path}/{file}"), format!("{folder}/{file}")];
        own.iter().find_map(|path| text(path)?.trim().parse::<u64>().ok())
    });
    limits.min()
}

fn address_limit() -> Option<u64> {
    let limits = text("/proc/self/limits")?;
    limits.lines().find_map(|line| line.strip_prefix("Max address space"))?.split_whitespace().next()?.parse().ok()
}

fn text(path: &str) -> Option<String> {
    String::from_utf8(read_file(Path::new(path)).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_linux_says_is_read() {
        assert_eq!(kilobytes("VmPeak:\t 9 kB\nVmRSS:\t    1234 kB\n", "VmRSS:"), Some(1234 * 1024));
        assert_eq!(kilobytes("VmRSS:\t many\n", "VmRSS:"), None);
        if cfg!(target_os = "linux") {
            let machine = Ceiling::of_machine().expect("a ceiling");
            assert!(machine.left().is_some_and(|left| left > 0 && left < machine.0));
            assert_eq!(Ceiling::of_megabytes(1).left(), Some(0));
        }
    }
}
