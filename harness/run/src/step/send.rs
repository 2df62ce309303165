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
        let sent = endpoint.send(&outgoing, number).await;
        // A message that found no room is on record, and the next one is tried.
        let is_full = |error: &io::Error| error.kind() == io::ErrorKind::WouldBlock;
        if !it.blocking && it.error.is_none() && sent.as_ref().is_err_and(is_full) {
            continue;
        }
        as_wanted("sctp_sendv", sent, it.error.as_deref())?;
    }
    Ok(())
}
