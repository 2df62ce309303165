//! Runs a request in a guest.

use recording::Recording;

use super::{Job, Loaded, Run};
use crate::answer::Inbox;
use crate::killer::Killer;
use crate::kind::RunHooks;
use crate::request::{Request, RequestError};

impl Loaded {
    /// Runs a request in the guest, whose program is the lab itself.
    ///
    /// A run that the interrupt or the wall limit stops early still returns a recording,
    /// which says why it is not whole. Until the run ends, the guest alone has the
    /// recording. If the guest dies, its kernel panics or QEMU is killed, the recording
    /// is lost, and the error carries the guest's last words.
    pub(super) fn perform(
        &self,
        request: &Request,
        hooks: &RunHooks<'_>,
    ) -> Result<Recording, RequestError> {
        let limits = request.limits(false);
        let input = request.sent(hooks.onlooker.is_some());
        let input = serde_json::to_vec(&input).map_err(|_| RequestError::Answer)?;
        let killer = Killer::new();
        let _held = hooks.interrupt.on_call({
            let killer = killer.clone();
            move || killer.stop()
        });
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
        let mut inbox = Inbox::new(hooks.onlooker);
        let mut taken = 0;
        let outcome = run
            .follow(&mut |line| (hooks.progress)(line), &mut |kept| {
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
