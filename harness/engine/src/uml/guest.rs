//! The guest's side of the `uml` engine: the lab's program is the kernel's init.

use std::convert::Infallible;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::os::fd::AsRawFd;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use nix::errno::Errno;
use nix::mount::{MsFlags, mount};
use nix::sys::reboot::{RebootMode, reboot};
use recording::Engine;

use super::counts;
use super::job::{ANSWER, JOB, Job, STOP, StopNote};
use crate::answer;
use crate::guest::job::{sleep_until, uptime};
use crate::guest::{Host, perform_for, random, warm};
use crate::request::RequestError;
use crate::stop::Stop;

/// Mount point of the run's folder in the guest.
const FOLDER: &str = "/run/lab";

/// Time after the protocol-time limit until the run is ended. A run that obeys its limit
/// has returned before.
const GRACE: Duration = Duration::from_secs(5);

/// Runs as the kernel's init: does the one job, and then powers the kernel off.
pub fn inside() -> ! {
    let Err(error) = run();
    eprintln!("init: {error}");
    power_off()
}

fn run() -> io::Result<Infallible> {
    mount_file_systems()?;
    let folder = Path::new(FOLDER);
    let job: Job = serde_json::from_slice(&fs::read(folder.join(JOB))?)?;
    let answer = OpenOptions::new().write(true).open(folder.join(ANSWER))?;
    let host = Files {
        answer: Arc::new(Mutex::new(answer)),
    };
    warm::outgrow_the_wrap_of_jiffies();
    let Job {
        request,
        protocol_limit,
        counts,
    } = job;
    random::credit(request.seed.unwrap_or_default())?;
    watch(host.clone(), uptime() + protocol_limit + GRACE);
    let output = perform_for(&host, Engine::Uml, request);
    if counts {
        counts::each(|name, counts| host.keep(&answer::counts(name, counts)))?;
    }
    host.keep(&output)?;
    power_off()
}

fn mount_file_systems() -> io::Result<()> {
    let all = [
        ("proc", "/proc", ""),
        ("sysfs", "/sys", ""),
        ("devtmpfs", "/dev", ""),
        ("tmpfs", "/run", ""),
        ("tmpfs", "/tmp", ""),
        // The working folder of the kernel's process on the host.
        ("hostfs", FOLDER, "proc/self/cwd"),
    ];
    for (kind, target, data) in all {
        if target == FOLDER {
            fs::create_dir(FOLDER)?;
        }
        match mount(Some(kind), target, Some(kind), MsFlags::empty(), Some(data)) {
            // A kernel with CONFIG_DEVTMPFS_MOUNT has mounted it already.
            Ok(()) | Err(Errno::EBUSY) => {}
            Err(error) => return Err(io::Error::other(format!("mounting {target}: {error}"))),
        }
    }
    Ok(())
}

/// Starts a thread that ends the run if the run is still going on at the time `until`.
fn watch(host: Files, until: Duration) {
    std::thread::spawn(move || {
        sleep_until(until);
        let words = "it overran its limit in protocol time, and was ended".to_owned();
        let _ = host.keep(&answer::encode(Err(RequestError::Guest(words))));
        power_off()
    });
}

fn power_off() -> ! {
    let Err(error) = reboot(RebootMode::RB_POWER_OFF);
    eprintln!("init: {error}");
    std::process::exit(1)
}

/// The connection to the host: the files in the run's folder.
#[derive(Clone)]
struct Files {
    answer: Arc<Mutex<File>>,
}

impl Host for Files {
    fn progress(&self, line: &str) {
        // A lost line is no reason to end a run.
        let _ = self.keep(&answer::progress(line));
    }

    fn keep(&self, bytes: &[u8]) -> io::Result<()> {
        let mut answer = self.answer.lock().unwrap_or_else(PoisonError::into_inner);
        answer.write_all(bytes)?;
        hand_over(&answer)
    }

    /// A check costs some instructions, which take no virtual time.
    fn stop_requested(&self) -> Option<Stop> {
        let note = fs::read(Path::new(FOLDER).join(STOP)).ok()?;
        let note: StopNote = serde_json::from_slice(&note).ok()?;
        Some(note.into())
    }
}

/// Writes the bytes that are in this kernel's memory to the host's file. They need not
/// reach the host's disk, as they would with fsync(2).
#[allow(unsafe_code)]
fn hand_over(file: &File) -> io::Result<()> {
    use nix::libc::{
        SYNC_FILE_RANGE_WAIT_AFTER, SYNC_FILE_RANGE_WAIT_BEFORE, SYNC_FILE_RANGE_WRITE,
        sync_file_range,
    };
    let all = SYNC_FILE_RANGE_WAIT_BEFORE | SYNC_FILE_RANGE_WRITE | SYNC_FILE_RANGE_WAIT_AFTER;
    // SAFETY: the call takes numbers only, and the file is open.
    Errno::result(unsafe { sync_file_range(file.as_raw_fd(), 0, 0, all) })?;
    Ok(())
}
