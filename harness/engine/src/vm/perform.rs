use recording::Recording;

use super::{Job, Killer, Loaded, Run};
use crate::answer::Inbox;
use crate::request::{Onlooker, Request, RequestError};

impl Loaded {
    /// Runs a request in the guest, by its program, which is the lab itself.
    /// `started` is handed what ends the run; `onlooker` is shown its packets as
    /// they are seen.
    ///
    /// A run that is stopped early, by [`Killer::stop`] or the wall limit,
    /// comes back with the recording of what it has seen, which says why it is
    /// not whole. The guest keeps the recording until then: nothing is left of
    /// it when the guest dies, its kernel panics or QEMU is killed. The error
    /// then carries the guest's last words.
    ///
    /// # Errors
    ///
    /// [`RequestError::Engine`], [`RequestError::Guest`], and an answer that is
    /// no recording.
    pub fn perform(
        &self,
        request: &Request,
        started: &mut dyn FnMut(Killer),
        on_progress: &mut dyn FnMut(&str),
        onlooker: Option<Onlooker<'_>>,
    ) -> Result<Recording, RequestError> {
        let limits = request.limits(false);
        let input = request.sent(onlooker.is_some());
        let input = serde_json::to_vec(&input).map_err(|_| RequestError::Answer)?;
        let killer = Killer::new();
        started(killer.clone());
        let blamed = |error| self.blamed(error);
        let run = Run::start_with(
            self,
            &Job {
                input: &input,
                seed: request.seed,
                protocol_limit: limits.protocol,
                wall_limit: limits.wall,
            },
            killer,
        )
        .map_err(blamed)?;
        let exact = run.is_exact();
        let mut inbox = Inbox::new(onlooker);
        let mut taken = 0;
        let outcome = run
            .follow(on_progress, &mut |kept| {
                inbox.take(kept);
                taken += kept.len();
            })
            .map_err(blamed)?;
        inbox.take(outcome.output.get(taken..).unwrap_or_default());
        let mut recording = inbox.finish()?;
        recording.info.exact = Some(exact);
        Ok(recording)
    }
}
