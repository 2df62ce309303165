//! The inputs of the far ends, by which a capture stops them.

use std::collections::BTreeMap;
use std::io::Write;
use std::process::ChildStdin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use process::TimeLimit;

/// The inputs of the far ends of a capture. Any thread may write to them and stop the far
/// ends, also while the capture starts.
#[derive(Clone, Debug, Default)]
pub(super) struct Inputs(Arc<Mutex<State>>);

#[derive(Debug, Default)]
struct State {
    asked: bool,
    /// The standard input of each far end: closing it ends the capturer.
    inputs: BTreeMap<usize, ChildStdin>,
    /// The time limits of the far ends: the limit kills a far end that hangs.
    time_limits: Vec<TimeLimit>,
}

/// How long a far end may take to hand over its packets, once it is asked to stop.
const PARTING: Duration = Duration::from_secs(60);

impl Inputs {
    /// Asks all far ends to stop. A second call does no harm.
    pub(super) fn stop(&self) {
        let mut state = self.lock();
        state.asked = true;
        state.inputs.clear();
        for time_limit in &state.time_limits {
            time_limit.within(Some(PARTING));
        }
    }

    /// Whether the far ends were asked to stop.
    pub(super) fn is_stopped(&self) -> bool {
        self.lock().asked
    }

    /// Keeps the input of a target's far end until the stop, and the time limit for a far end
    /// that does not stop.
    pub(super) fn keep(&self, target: usize, input: Option<ChildStdin>, time_limit: TimeLimit) {
        let mut state = self.lock();
        if !state.asked {
            state.inputs.extend(input.map(|input| (target, input)));
        }
        state.time_limits.push(time_limit);
    }

    /// Takes the time limit of the start away from all far ends, unless they were asked to
    /// stop.
    pub(super) fn let_go_on(&self) {
        let state = self.lock();
        if !state.asked {
            state
                .time_limits
                .iter()
                .for_each(|time_limit| time_limit.within(None));
        }
    }

    /// Writes to a target's far end.
    pub(super) fn say(&self, target: usize, words: &str) {
        if let Some(input) = self.lock().inputs.get_mut(&target) {
            // A far end that is gone reports why by its exit code and standard error.
            let _ = input.write_all(words.as_bytes());
        }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
