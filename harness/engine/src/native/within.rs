//! Runs on this machine's kernel, with a limit of wall time.

use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::time::Duration;

use recording::{Engine, Recording};
use run::Elsewhere;

use crate::kind::RunHooks;
use crate::request::{Request, RequestError};
use crate::stop::Stop;

/// Time for a run to return its recording, in addition to a tenth of its limit: for the
/// packets on the longest cable, for reading the sockets to their end, and for packing.
const GRACE: Duration = Duration::from_secs(30);

/// Runs a request on this machine's kernel. At the time limit or the interrupt, the run
/// ends early and still returns a recording. `elsewhere` is a stack in place of the
/// kernel's.
pub(crate) fn perform(
    engine: Engine,
    request: &Request,
    limit: Duration,
    hooks: &RunHooks<'_>,
    elsewhere: Option<&Elsewhere>,
) -> Result<Recording, RequestError> {
    let stop = async move {
        tokio::select! {
            () = hooks.interrupt.wait() => Stop::Interrupted.to_string(),
            () = tokio::time::sleep(limit) => Stop::WallLimit(limit).to_string(),
        }
    };
    let most = limit.saturating_add(limit / 10).saturating_add(GRACE);
    let deaf = hooks.deaf;
    let _watched = watch(most, move || {
        deaf(format!(
            "the run does not stop: it is still busy {} s after it began",
            most.as_secs_f64()
        ));
    });
    let (progress, onlooker) = (hooks.progress, hooks.onlooker);
    request.perform(engine, progress, onlooker, elsewhere, Box::pin(stop))
}

/// Calls `late` after `limit`, unless the returned value is dropped before.
fn watch(limit: Duration, late: impl FnOnce() + Send + 'static) -> Sender<()> {
    let (watched, end) = channel::<()>();
    std::thread::spawn(move || {
        if end.recv_timeout(limit) == Err(RecvTimeoutError::Timeout) {
            late();
        }
    });
    watched
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_takes_too_long_is_noticed_and_what_does_not_is_not() {
        let (late, heard) = channel();
        let other = late.clone();
        let in_time = watch(Duration::from_secs(60), move || {
            late.send("in time").unwrap()
        });
        let _forever = watch(Duration::from_millis(1), move || {
            other.send("forever").unwrap()
        });
        drop(in_time);
        assert_eq!(heard.recv(), Ok("forever"));
        assert!(heard.recv().is_err(), "nobody else says anything");
    }
}
