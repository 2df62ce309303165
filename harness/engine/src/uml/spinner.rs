//! Detects and ends a program in a guest that computes without ever sleeping.
//!
//! Virtual time stands still while a program computes, apart from the 256 ns that each
//! reading of the clock costs (arch/um/kernel/time.c, `timer_read`). Meanwhile the lab's
//! program in the guest, which should stop the run, never gets the processor. The host
//! sees such a program at work, since User Mode Linux runs each program of the guest in a
//! process of the host (arch/um/kernel/skas). If that process dies, the kernel ends the
//! guest's program (`mm_sigchld_irq`), and all others go on.

use std::collections::BTreeMap;
use std::fs;

use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use recording::{Ended, Event, ProgramEnd, Recording};

use crate::leash::Leash;

/// Least number of the host's ticks that a program takes in one second if it computes, a
/// tenth of a second in all. A program that waits for something takes less.
const AT_WORK: u64 = 10;

/// The processor time that each of the guest's programs has taken, in ticks of the host, by
/// the number of its process.
pub(super) struct Usage(BTreeMap<u32, u64>);

impl Usage {
    /// The usage up to now in the kernel that is held; empty if the kernel has ended.
    pub(super) fn of(leash: &Leash) -> Self {
        let kernel = leash.with(std::process::Child::id);
        Self(kernel.map(ticks_of_programs).unwrap_or_default())
    }

    /// Ends the program that has taken the most processor time since this usage was
    /// measured, if the program computes. Returns whether one was ended.
    pub(super) fn end_the_busiest(&self, leash: &Leash) -> bool {
        let ended = leash.with(|kernel| {
            let since = |(id, ticks): (u32, u64)| Some((ticks.checked_sub(*self.0.get(&id)?)?, id));
            let grown = ticks_of_programs(kernel.id()).into_iter().filter_map(since);
            let (ticks, busiest) = grown.max()?;
            if ticks < AT_WORK {
                return None;
            }
            // The number of a process is a pid_t, so the cast keeps it.
            kill(Pid::from_raw(busiest.cast_signed()), Signal::SIGKILL).ok()
        });
        ended.flatten().is_some()
    }
}

/// The programs of a kernel, without the first: that is the lab's own program, on which the
/// run depends.
fn ticks_of_programs(kernel: u32) -> BTreeMap<u32, u64> {
    let Ok(tasks) = fs::read_dir(format!("/proc/{kernel}/task")) else {
        return BTreeMap::new();
    };
    let lists =
        tasks.filter_map(|task| fs::read_to_string(task.ok()?.path().join("children")).ok());
    let children = lists.flat_map(|list| {
        let ids = list.split_whitespace().map(str::parse::<u32>);
        ids.filter_map(Result::ok).collect::<Vec<_>>()
    });
    let mut programs: Vec<Stat> = children.filter_map(Stat::of).collect();
    programs.sort_by_key(|it| (it.started, it.id));
    let programs = programs.iter().skip(1);
    programs.map(|it| (it.id, it.ticks)).collect()
}

struct Stat {
    id: u32,
    /// Processor time, in user mode and in the kernel.
    ticks: u64,
    started: u64,
}

impl Stat {
    fn of(id: u32) -> Option<Self> {
        let text = fs::read_to_string(format!("/proc/{id}/stat")).ok()?;
        // The name in parentheses may contain any character (proc(5)).
        let (_, rest) = text.rsplit_once(')')?;
        let fields: Vec<&str> = rest.split_whitespace().collect();
        let number = |index: usize| fields.get(index)?.parse::<u64>().ok();
        Some(Self {
            id,
            ticks: number(11)? + number(12)?,
            started: number(19)?,
        })
    }
}

/// Adds to a recording which of its programs were ended because they never slept.
pub(super) fn tell(recording: &mut Recording) {
    let Ended::Early { why } = &mut recording.info.ended else {
        return;
    };
    let mut names = Vec::new();
    let mut programs: BTreeMap<String, String> = BTreeMap::new();
    for observation in &mut recording.observations {
        match &mut observation.event {
            Event::ProgramStarted {
                endpoint, program, ..
            } => {
                programs.insert(endpoint.clone(), program.clone());
            }
            Event::ProgramEnded { endpoint, end } if is_of_a_lost_process(end) => {
                let program = programs.get(endpoint).map_or("", String::as_str);
                names.push(match endpoint == program {
                    true => endpoint.clone(),
                    false => format!("{endpoint} ({program})"),
                });
                *end = ProgramEnd::Unknown {
                    why: "it never slept, and the lab ended it".to_owned(),
                };
            }
            _ => {}
        }
    }
    let who = match names.is_empty() {
        true => "a program".to_owned(),
        false => names.join(" and "),
    };
    why.push_str(&format!(
        "; {who} computed without ever sleeping, for which virtual time stands still: give it \
         something to wait for, or run it by --engine native"
    ));
}

/// Whether the program ended as it does when its process on the host is gone: then the
/// guest's kernel ends it by SIGSEGV.
fn is_of_a_lost_process(end: &ProgramEnd) -> bool {
    matches!(end, ProgramEnd::Signalled { signal } if signal == "SIGSEGV")
}
