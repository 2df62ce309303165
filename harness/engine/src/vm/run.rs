//! One job in a machine that was saved with its program.

use std::sync::Arc;
use std::time::Duration;

use super::cpu::CpuClaim;
use super::deadline::Deadline;
use super::error::{Doing, VmError};
use super::letter::{Letter, Mailbox};
use super::loaded::Loaded;
use super::qemu::{POWER_OFF_VALUE, Ram};
use super::resume::{Resumed, resume};
use super::running::{Event, Vm};
use crate::killer::Killer;
use crate::{Stop, mailbox};

/// What the guest is to do.
#[derive(Debug, Clone, Copy)]
pub struct Job<'a> {
    /// Handed to the program.
    pub input: &'a [u8],
    /// `None`: the random numbers of the saved machine. `Some`: others, the
    /// same for the same seed.
    pub seed: Option<u64>,
    /// How much of the guest's time the program may take.
    pub protocol_limit: Duration,
    /// How much of the host's time the run may take. The program is then asked
    /// to stop, and ended when it has not after a [grace](Killer::stop).
    pub wall_limit: Duration,
}

/// How a program ended that ended by itself, asked to or not, or by its
/// protocol-time limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// Its handler returned.
    Finished,
    /// It ignored the protocol-time limit and was ended.
    ProtocolLimit,
}

/// What a run brought back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// All the program kept and returned, in this order.
    pub output: Vec<u8>,
    /// How it ended.
    pub ending: Ending,
    /// The guest's console: what its kernel and its program printed, which is
    /// nothing if all went well.
    pub console: String,
}

/// A machine that was resumed and runs. Dropping it ends it.
#[derive(Debug)]
pub struct Run {
    vm: Vm,
    exact: bool,
    mailbox: Arc<Mailbox>,
    killer: Killer,
    wall_limit: Duration,
    deadline: Deadline,
    asked_to_stop: bool,
    /// How much of the output was handed over while it ran.
    handed_over: u64,
    _cpu: CpuClaim,
}

const DURING: &str = "running the program";
const DIED_DURING: &str = "running the program; what it had not handed over is lost";

impl Run {
    /// Resumes `loaded`; its program goes on when this returns.
    ///
    /// # Errors
    ///
    /// [`VmError::TooLong`], [`VmError::SavedMachineGone`], [`VmError::Qemu`],
    /// [`VmError::Stuck`], [`VmError::Io`].
    pub fn start(loaded: &Loaded, job: &Job<'_>) -> Result<Self, VmError> {
        Self::start_with(loaded, job, Killer::new())
    }

    /// The same, for somebody who may want to end it before it goes on.
    pub(super) fn start_with(
        loaded: &Loaded,
        job: &Job<'_>,
        killer: Killer,
    ) -> Result<Self, VmError> {
        let deadline = Deadline::since(killer.started(), job.wall_limit);
        let mailbox = Mailbox::with(&Letter {
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
        // It is many megabytes, which a run that is over must not hold.
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

    /// A handle that ends it.
    pub fn killer(&self) -> Killer {
        self.killer.clone()
    }

    /// Whether the guest's clock is the same in every run of this job.
    pub fn is_exact(&self) -> bool {
        self.exact
    }

    /// Waits for its end, and sees to it when the wall limit is reached.
    ///
    /// # Errors
    ///
    /// [`VmError::GuestDied`] with the console's end, [`VmError::WallLimit`],
    /// [`VmError::Cancelled`], [`VmError::OutputTooLong`]: all with what the
    /// program had kept. [`VmError::Io`] if the host fails.
    pub fn wait(self, on_progress: &mut dyn FnMut(&str)) -> Result<Outcome, VmError> {
        self.follow(on_progress, &mut |_| {})
    }

    /// As [`wait`](Self::wait), and hands over what the program keeps as it does
    /// so. What it returns in the end is in the outcome alone.
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
                // A kernel that has the driver for it tells of its panic, and
                // stands still.
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
