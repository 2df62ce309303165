//! The steps `traffic` and `stop`: messages in the background.

use std::rc::Rc;

use scenario::{SendAttributes, Stop, Traffic};
use tokio::sync::oneshot;

use super::super::endpoint::Outgoing;
use super::super::executor::{Background, Executor};
use super::StepError;

pub(super) fn run(executor: &mut Executor<'_>, it: &Traffic) -> Result<(), StepError> {
    let endpoint = Rc::clone(executor.endpoint(&it.from)?);
    let outgoing = Outgoing {
        to: it.to.clone(),
        step: it.name.clone(),
        size: it.size,
        stream: it.stream,
        ppid: it.ppid,
        unordered: false,
        blocking: true,
        attributes: SendAttributes::default(),
        set_up: None,
    };
    let (stop, mut stopped) = oneshot::channel();
    let mut ticks = tokio::time::interval(it.every);
    let task = tokio::task::spawn_local(async move {
        for number in 1.. {
            tokio::select! {
                biased;
                _ = &mut stopped => return,
                _ = ticks.tick() => {}
            }
            // Traffic ends with its association; the journal has the error.
            if endpoint.send(&outgoing, number).await.is_err() {
                return;
            }
        }
    });
    executor
        .traffic
        .insert(it.name.clone(), Background { stop, task });
    Ok(())
}

/// Ends traffic once the message that is being sent has left.
pub(super) async fn stop(executor: &mut Executor<'_>, it: &Stop) -> Result<(), StepError> {
    if let Some(running) = executor.traffic.remove(&it.traffic) {
        // Traffic that has ended by itself does not take the signal.
        let _ = running.stop.send(());
        running.task.await?;
    }
    Ok(())
}
