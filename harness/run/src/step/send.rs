//! The step `send`.

use std::io;

use scenario::{Send, StepName};

use super::super::endpoint::Outgoing;
use super::super::executor::Executor;
use super::StepError;
use super::refusal::as_wanted;

pub(super) async fn run(
    executor: &mut Executor<'_>,
    step: &StepName,
    it: &Send,
) -> Result<(), StepError> {
    if let Some(stack) = executor.stack(&it.from) {
        for number in 1..=it.count {
            as_sent(it, stack.send(step, it, number).await?)?;
        }
        return Ok(());
    }
    let endpoint = executor.endpoint(&it.from)?;
    let outgoing = Outgoing {
        to: it.to.clone(),
        step: step.clone(),
        size: it.size,
        stream: it.stream,
        ppid: it.ppid,
        unordered: it.unordered,
        blocking: it.blocking,
        attributes: it.attributes.clone(),
        set_up: it.set_up,
    };
    for number in 1..=it.count {
        as_sent(it, endpoint.send(&outgoing, number).await)?;
    }
    Ok(())
}

fn as_sent(it: &Send, sent: io::Result<()>) -> Result<(), StepError> {
    // A message for which there was no room is on record, and does not fail the step.
    let is_full = |error: &io::Error| error.kind() == io::ErrorKind::WouldBlock;
    if !it.blocking && it.error.is_none() && sent.as_ref().is_err_and(is_full) {
        return Ok(());
    }
    as_wanted("sctp_sendv", sent, it.error.as_deref())
}
