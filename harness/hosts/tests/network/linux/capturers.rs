//! The tcpdump processes of a test, identified by their filter.

use std::fs;
use std::time::Instant;

use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;

use super::lab::PATIENCE;

/// The tcpdump processes whose command line has this mark.
fn of(mark: &str) -> Vec<Pid> {
    let processes = fs::read_dir("/proc").unwrap();
    processes
        .filter_map(|entry| entry.ok()?.file_name().to_str()?.parse().ok())
        .filter(|process: &i32| {
            let of = |file: &str| fs::read(format!("/proc/{process}/{file}")).unwrap_or_default();
            let line = String::from_utf8_lossy(&of("cmdline")).into_owned();
            of("comm") == b"tcpdump\n" && line.contains(mark)
        })
        .map(Pid::from_raw)
        .collect()
}

pub(super) fn count(mark: &str) -> usize {
    of(mark).len()
}

/// Kills the capturer with this mark, which must be the only one.
pub(super) fn kill_the_one(mark: &str) {
    let [process] = of(mark)[..] else {
        panic!("{} capturers of `{mark}`", count(mark));
    };
    kill(process, Signal::SIGKILL).unwrap();
}

/// Waits until no capturer with this mark is left.
pub(super) fn all_end(mark: &str) {
    let until = Instant::now() + PATIENCE;
    while count(mark) > 0 {
        assert!(Instant::now() < until, "a capturer of `{mark}` is left");
        // The kernel sends no event about the end of a process that is not a child.
        std::thread::sleep(std::time::Duration::from_millis(10));
    }
}
