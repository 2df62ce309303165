//! The step `set-peer-primary`.

use scenario::SetPeerPrimary;

use super::super::executor::Executor;
use super::StepError;

pub(super) fn run(executor: &mut Executor<'_>, it: &SetPeerPrimary) -> Result<(), StepError> {
    executor
        .endpoint(&it.at)?
        .set_peer_primary(&it.to, it.address)
}
