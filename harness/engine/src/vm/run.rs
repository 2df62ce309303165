//! One run: a job for the program with which a machine was saved.

use std::sync::Arc;
use std::time::Duration;

use super::cpu::CpuClaim;
use super::deadline::Deadline;
use super::error::{Doing, VmError};
use super::letter::{HostMailbox, Letter};
use super::loaded::Loaded;
use super::qemu::Ram;
use super::resume::{Resumed, resume};
use super::running::{Event, Vm};
use crate::init::POWER_OFF_VALUE;
use crate::killer::Killer;
use crate::{Stop, mailbox};

/// The job of one run.
#[derive(Debug, Clone, Copy)]
pub struct Job<'a> {
    /// The input of the guest's program.
    pub input: &'a [u8],
    /// With `None`, the guest's random numbers are those of the saved machine. With a seed
    /// they are others, which are the same in each run with this seed.
    pub seed: Option<u64>,
    /// Time limit of the program on the guest's clock.
    pub protocol_limit: Duration,
    /// Time limit of the run on the host's clock. At the limit the program is asked to
    /// stop. If it has not stopped after a [grace](Killer::stop), the guest is ended.
    pub wall_limit: Duration,
}

/// How a program ended, unless the host killed it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// The program's handler returned, perhaps because it was asked to stop.
    Finished,
    /// The program ignored its protocol-time limit and was ended inside the guest.
    ProtocolLimit,
}

/// The result of a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// The bytes that the program kept, then those that its handler returned.
    pub output: Vec<u8>,
    /// How the program ended.
    pub ending: Ending,
    /// The guest's console, with the messages of its kernel and its program. It is empty if
    /// all went well.
    pub console: String,
}

/// A machine that was resumed and runs. It ends when the value is dropped.
#[derive(Debug)]
pub struct Run {
    vm: Vm,
    exact: bool,
    mailbox: Arc<HostMailbox>,
    killer: Killer,
    wall_limit: Duration,
    deadline: Deadline,
    asked_to_stop: bool,
    /// Number of output bytes that were handed over during the run.
    handed_over: u64,
    _cpu: CpuClaim,
}

const DURING: &str = "running the program";
const DIED_DURING: &str = "running the program; output that it had not yet passed on is lost";

impl Run {
    /// Resumes `loaded`. Its program runs when this function returns.
    ///
    /// # Errors
    ///
    /// [`VmError::TooLong`], [`VmError::SavedMachineGone`], [`VmError::Qemu`],
    /// [`VmError::GuestDied`], [`VmError::Stuck`], [`VmError::Io`].
    pub fn start(loaded: &Loaded, job: &Job<'_>) -> Result<Self, VmError> {
        Self::start_with(loaded, job, Killer::new())
    }

    /// As [`start`](Self::start), with a killer that can end the run before it has started.
    pub(super) fn start_with(
        loaded: &Loaded,
        job: &Job<'_>,
        killer: Killer,
    ) -> Result<Self, VmError> {
        let deadline = Deadline::since(killer.started(), job.wall_limit);
        let mailbox = HostMailbox::with(&Letter {
            program: &[],
            input: job.input,
            seed: job.seed,
            protocol_limit: job.protocol_limit,
            wall_limit: job.wall_limit,
        })?;
        let machine = &loaded.machine;
        let cpu = CpuClaim::new()?;
        let saved = loaded.open(deadline)?;
        let folder = loaded.folder();
        let Resumed { vm, exact } = resume(
            machine,
            &folder,
            &folder,
            Ram::CopyOnWrite,
            &mailbox,
            &cpu,
            killer.leash(),
            deadline,
        )?;
        drop(saved);
        let mailbox = Arc::new(mailbox);
        // A killer may outlive its run, and must not keep the mailbox's many megabytes.
        let asked = Arc::downgrade(&mailbox);
        killer.asks_by(move |why| {
            if let Some(mailbox) = asked.upgrade() {
                let _ = mailbox.ask_to_stop(why);
            }
        });
        Ok(Self {
            vm,
            exact,
            mailbox,
            killer,
            wall_limit: job.wall_limit,
            deadline,
            asked_to_stop: false,
            handed_over: 0,
            _cpu: cpu,
        })
    }

    /// A handle that ends the run.
    pub fn killer(&self) -> Killer {
        self.killer.clone()
    }

    /// Whether the guest's clock is the same in every run of this job.
    pub fn is_exact(&self) -> bool {
        self.exact
    }

    /// Waits for the end of the run. Ends the run at its wall limit.
    ///
    /// # Errors
    ///
    /// [`VmError::GuestDied`] with the end of the console, [`VmError::WallLimit`],
    /// [`VmError::Cancelled`], [`VmError::OutputTooLong`], all with the bytes that the
    /// program had kept. [`VmError::Io`] if the host fails.
    pub fn wait(self, on_progress: &mut dyn FnMut(&str)) -> Result<Outcome, VmError> {
        self.follow(on_progress, &mut |_| {})
    }

    /// As [`wait`](Self::wait), and hands over the bytes that the program keeps, while it
    /// runs. The bytes that its handler returns are in the outcome alone.
    ///
    /// # Errors
    ///
    /// Those of [`wait`](Self::wait).
    pub fn follow(
        mut self,
        on_progress: &mut dyn FnMut(&str),
        on_kept: &mut dyn FnMut(&[u8]),
    ) -> Result<Outcome, VmError> {
        loop {
            match self.vm.next_event(self.deadline)? {
                Event::Progress(line) if line == mailbox::KEPT => {
                    let kept = self.mailbox.output(self.handed_over).doing(reading)?;
                    self.handed_over += kept.len() as u64;
                    on_kept(&kept);
                }
                Event::Progress(line) => on_progress(&line),
                Event::Exited(status) => return self.ended(status),
                // A kernel with the driver of pvpanic reports its panic, and QEMU then
                // pauses the machine.
                Event::Qmp(event) if event["event"] == "GUEST_PANICKED" => {
                    let output = self.output()?;
                    return Err(self.died(output));
                }
                Event::Qmp(_) => {}
                Event::DeadlinePassed if !self.asked_to_stop => {
                    let stop = Stop::WallLimit(self.wall_limit);
                    let asked = self.mailbox.ask_to_stop(stop);
                    asked.doing(|| "asking the program to stop".into())?;
                    self.asked_to_stop = true;
                    self.deadline = Deadline::after(self.killer.grace());
                }
                Event::DeadlinePassed => {
                    return Err(VmError::WallLimit {
                        during: DURING,
                        limit: self.wall_limit,
                        console: self.vm.console(),
                        partial_output: self.output()?,
                    });
                }
            }
        }
    }

    fn ended(&mut self, status: Option<i32>) -> Result<Outcome, VmError> {
        // isa-debug-exit: (value << 1) | 1.
        const LAST_WORD: i32 = (POWER_OFF_VALUE as i32) << 1 | 1;
        let output = self.output()?;
        let word = self.mailbox.ending().doing(reading)?;
        let ending = match mailbox::Ending::from_word(word) {
            Some(mailbox::Ending::Finished) => Ending::Finished,
            Some(mailbox::Ending::ProtocolLimit) => Ending::ProtocolLimit,
            Some(mailbox::Ending::OutputTooLong) => {
                return Err(VmError::OutputTooLong {
                    partial_output: output,
                });
            }
            None if self.killer.leash().is_cut() => {
                return Err(VmError::Cancelled {
                    partial_output: output,
                });
            }
            Some(mailbox::Ending::Panicked) | None => {
                return Err(self.died(output));
            }
        };
        if status != Some(LAST_WORD) && !self.killer.leash().is_cut() {
            return Err(self.died(output));
        }
        Ok(Outcome {
            output,
            ending,
            console: self.vm.console(),
        })
    }

    fn died(&mut self, partial_output: Vec<u8>) -> VmError {
        VmError::GuestDied {
            during: DIED_DURING,
            console: self.vm.console(),
            log: self.vm.log(),
            partial_output,
        }
    }

    fn output(&self) -> Result<Vec<u8>, VmError> {
        self.mailbox.output(0).doing(reading)
    }
}

fn reading() -> String {
    "reading the guest's mailbox".into()
}
