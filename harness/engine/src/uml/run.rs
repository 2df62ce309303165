//! A run of the `uml` engine: a kernel that boots, does its job, and ends.

use std::fs::{self, File};
use std::io::{self, PipeReader, Read};
use std::os::fd::AsFd;
use std::path::Path;
use std::process::ExitStatus;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use nix::errno::Errno;
use nix::poll::{PollFd, PollFlags, PollTimeout, poll};
use nix::sys::inotify::{AddWatchFlags, InitFlags, Inotify};
use process::Tail;
use recording::Recording;

use super::complaint;
use super::error::{Doing, UmlError};
use super::folder::Folder;
use super::job::{ANSWER, Job, STOP, StopNote};
use super::kernel::UmlKernel;
use super::spawn::spawn;
use super::spinner::{self, Usage};
use crate::answer::Inbox;
use crate::killer::{Killer, grace_after};
use crate::kind::RunHooks;
use crate::leash::Leash;
use crate::request::{Request, RequestError};
use crate::stop::Stop;
use crate::vm::cpu::CpuClaim;
use crate::vm::deadline::Deadline;

/// Runs a request in its own kernel, with a folder in `runs`.
pub(super) fn run(
    kernel: &UmlKernel,
    runs: &Path,
    counts: Option<&Path>,
    request: &Request,
    hooks: &RunHooks<'_>,
) -> Result<Recording, RequestError> {
    let limits = request.limits(false);
    let job = Job {
        request: request.sent(hooks.onlooker.is_some()),
        protocol_limit: limits.protocol,
        counts: counts.is_some(),
    };
    let folder = Folder::with(runs, &job)?;
    let killer = Killer::new();
    let spinners = Arc::<AtomicBool>::default();
    killer.asks_by({
        // The killer holds this function, so the function must not hold the killer.
        let (leash, started) = (killer.leash().clone(), killer.started());
        let (file, spinners) = (folder.path().join(STOP), Arc::clone(&spinners));
        move |why| {
            ask(&file, why);
            end_spinners(&leash, grace_after(started), &spinners);
        }
    });
    let _held = hooks.interrupt.on_call({
        let killer = killer.clone();
        move || killer.stop()
    });
    let mut inbox = Inbox::new(hooks.onlooker);
    let mut has_booted = false;
    let running = Running::start(kernel, &folder, &killer)?;
    let ended = running.follow(&killer, limits.wall, &mut |bytes| {
        has_booted |= !bytes.is_empty();
        inbox.take(bytes);
        let lines = inbox.progress();
        lines.iter().for_each(|line| (hooks.progress)(line));
    })?;
    if !inbox.is_whole() {
        return Err(match ended.why {
            Some(Stop::Interrupted) => UmlError::Cancelled,
            Some(Stop::WallLimit(limit)) => UmlError::WallLimit {
                limit,
                console: ended.console,
            },
            None if !has_booted => UmlError::NoBoot {
                console: ended.console,
            },
            None => UmlError::Died {
                console: ended.console,
            },
        }
        .into());
    }
    if let Some(folder) = counts {
        let folder = folder.join(request.name());
        let doing = || format!("writing into {}", folder.display());
        inbox.keep_counts(&folder).doing(doing)?;
    }
    let mut recording = inbox.finish()?;
    recording.info.exact = Some(true);
    recording.info.complaint = complaint::of(&ended.console);
    if spinners.load(Ordering::Relaxed) {
        spinner::tell(&mut recording);
    }
    Ok(recording)
}

/// Asks the guest to stop by writing a file.
fn ask(file: &Path, stop: Stop) {
    let note = serde_json::to_vec(&StopNote::from(stop)).unwrap_or_default();
    let unfinished = file.with_extension("new");
    let _ = fs::write(&unfinished, note).and_then(|()| fs::rename(unfinished, file));
}

/// Time for which the guest's programs are watched before the busiest of them is ended.
const PATIENCE: Duration = Duration::from_secs(1);

/// Starts a thread that ends the programs that compute without end, and so keep the guest
/// from stopping. The thread works until the guest is killed.
fn end_spinners(leash: &Leash, grace: Duration, spinners: &Arc<AtomicBool>) {
    let (leash, spinners) = (leash.clone(), Arc::clone(spinners));
    let until = Instant::now() + grace;
    std::thread::spawn(move || {
        while Instant::now() + PATIENCE < until {
            let usage = Usage::of(&leash);
            std::thread::sleep(PATIENCE);
            if usage.end_the_busiest(&leash) {
                spinners.store(true, Ordering::Relaxed);
            }
        }
    });
}

/// The end of a kernel.
struct Ended {
    console: String,
    /// The reason for which the kernel was asked to stop, if it was.
    why: Option<Stop>,
}

/// A running kernel.
struct Running {
    console: Tail<PipeReader>,
    /// A pipe that ends when the kernel has ended.
    end: PipeReader,
    news: Inotify,
    answer: File,
    _cpu: CpuClaim,
}

impl Running {
    fn start(kernel: &UmlKernel, folder: &Folder, killer: &Killer) -> Result<Self, UmlError> {
        let following = || "following the kernel's answer".to_owned();
        let path = folder.path().join(ANSWER);
        let answer = File::open(&path).doing(following)?;
        let news =
            Inotify::init(InitFlags::IN_CLOEXEC | InitFlags::IN_NONBLOCK).doing(following)?;
        news.add_watch(&path, AddWatchFlags::IN_MODIFY)
            .doing(following)?;
        let cpu = CpuClaim::new()?;
        let (child, console) = spawn(kernel.path(), folder.path(), cpu.set())
            .doing(|| format!("starting {}", kernel.path().display()))?;
        let (end, ended) = io::pipe().doing(following)?;
        let watched = process::watch(&child);
        std::thread::spawn(move || {
            let _ = watched.recv();
            drop(ended);
        });
        killer.leash().hold(child);
        Ok(Self {
            console: Tail::of(console),
            end,
            news,
            answer,
            _cpu: cpu,
        })
    }

    /// Passes the answer to `take` as it grows, until the kernel has ended.
    fn follow(
        mut self,
        killer: &Killer,
        limit: Duration,
        take: &mut dyn FnMut(&[u8]),
    ) -> Result<Ended, UmlError> {
        let doing = || "waiting for the kernel".to_owned();
        let mut deadline = Some(Deadline::since(killer.started(), limit));
        let mut why = None;
        loop {
            let (console, end, news) = self.listen(deadline).doing(doing)?;
            if console {
                self.console.fill();
            }
            if news || end {
                // The events say only that the file has grown, so the file is read.
                let _ = self.news.read_events();
                let mut bytes = Vec::new();
                self.answer.read_to_end(&mut bytes).doing(doing)?;
                take(&bytes);
            }
            if end {
                break;
            }
            if deadline.is_some_and(|it| it.has_passed()) {
                deadline = None;
                why = Some(Stop::WallLimit(limit));
                killer.stop_for(Stop::WallLimit(limit));
            }
        }
        // Reaping also ends the processes that the kernel left running.
        let cut = killer.leash().is_cut();
        let _status: Option<ExitStatus> = killer.leash().reap().doing(doing)?;
        self.drain();
        if cut && why.is_none() {
            why = Some(Stop::Interrupted);
        }
        Ok(Ended {
            console: self.console.text(),
            why,
        })
    }

    /// Waits for an event or the deadline. Returns whether the console, the end and the
    /// news are ready, in this order.
    fn listen(&self, deadline: Option<Deadline>) -> io::Result<(bool, bool, bool)> {
        let console = (!self.console.ended()).then(|| self.console.source().as_fd());
        let streams = [Some(self.end.as_fd()), Some(self.news.as_fd()), console];
        let open = streams.iter().flatten();
        let mut files: Vec<_> = open.map(|it| PollFd::new(*it, PollFlags::POLLIN)).collect();
        // Rounded up, so that the caller does not spin through the last millisecond.
        let left = deadline.map(|it| it.left() + Duration::from_millis(1));
        let timeout = left.and_then(|left| PollTimeout::try_from(left).ok());
        match poll(&mut files, timeout.unwrap_or(PollTimeout::MAX)) {
            Ok(_) | Err(Errno::EINTR) => {}
            Err(error) => return Err(error.into()),
        }
        let ready: Vec<bool> = files.iter().map(|it| it.any().unwrap_or(false)).collect();
        Ok((ready.get(2) == Some(&true), ready[0], ready[1]))
    }

    /// Reads the rest of the console, without waiting for more.
    fn drain(&mut self) {
        const MOST: usize = 1000;
        for _ in 0..MOST {
            let mut files = [PollFd::new(
                self.console.source().as_fd(),
                PollFlags::POLLIN,
            )];
            let ready = poll(&mut files, PollTimeout::ZERO).is_ok_and(|ready| ready > 0);
            if !ready || self.console.ended() {
                break;
            }
            self.console.fill();
        }
    }
}
