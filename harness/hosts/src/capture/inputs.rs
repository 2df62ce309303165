use std::collections::BTreeMap;
use std::io::Write;
use std::process::ChildStdin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use process::Leash;

/// The far ends of a capture, as they are spoken to and ended, from any thread, also while
/// it starts.
#[derive(Clone, Debug, Default)]
pub(super) struct Inputs(Arc<Mutex<State>>);

#[derive(Debug, Default)]
struct State {
    asked: bool,
    /// The far ends' inputs: the end of one ends the capturer.
    inputs: BTreeMap<usize, ChildStdin>,
    /// What ends a far end that hangs.
    leashes: Vec<Leash>,
}

/// So long may a far end take to hand over what it has seen, once it is asked to stop.
const PARTING: Duration = Duration::from_secs(60);

impl Inputs {
    /// Has all end. Once is enough.
    pub(super) fn stop(&self) {
        let mut state = self.lock();
        state.asked = true;
        state.inputs.clear();
        for leash in &state.leashes {
            leash.within(Some(PARTING));
        }
    }

    /// Whether it has been asked for.
    pub(super) fn is_stopped(&self) -> bool {
        self.lock().asked
    }

    /// Keeps the input of a target's far end until it is to stop, and what ends it
    /// if it does not.
    pub(super) fn keep(&self, target: usize, input: Option<ChildStdin>, leash: Leash) {
        let mut state = self.lock();
        if !state.asked {
            state.inputs.extend(input.map(|input| (target, input)));
        }
        state.leashes.push(leash);
    }

    /// Lets all go on for as long as they like, unless they are to stop.
    pub(super) fn let_go_on(&self) {
        let state = self.lock();
        if !state.asked {
            state.leashes.iter().for_each(|leash| leash.within(None));
        }
    }

    /// Says this to a target's far end.
    pub(super) fn say(&self, target: usize, words: &str) {
        if let Some(input) = self.lock().inputs.get_mut(&target) {
            // One that is gone says why by other means.
            let _ = input.write_all(words.as_bytes());
        }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
