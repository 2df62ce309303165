//! A run on this machine's kernel, and its limit on the clock of the wall.

use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::time::Duration;

use recording::{Engine, Recording};
use run::Elsewhere;

use crate::kind::Company;
use crate::request::{Request, RequestError};
use crate::stop::Stop;

/// What a run may take to hand over what it has, besides a tenth of its limit: the
/// longest cable, reading the sockets to their end, packing.
const GRACE: Duration = Duration::from_secs(30);

/// Runs a request on this machine's kernel, for at most so long, or until the interrupt; it
/// then hands over what it has. `elsewhere` is a stack in the place of the kernel's.
pub(crate) fn perform(
    engine: Engine,
    request: &Request,
    limit: Duration,
    company: &Company<'_>,
    elsewhere: Option<&Elsewhere>,
) -> Result<Recording, RequestError> {
    let stop = async move {
        tokio::select! {
            () = company.interrupt.wait() => Stop::Interrupted.to_string(),
            () = tokio::time::sleep(limit) => Stop::WallLimit(limit).to_string(),
        }
    };
    let most = limit.saturating_add(limit / 10).saturating_add(GRACE);
    let deaf = company.deaf;
    let _watched = watch(most, move || {
        deaf(format!(
            "the run does not stop: it is still busy {} s after it began",
            most.as_secs_f64()
        ));
    });
    let (progress, onlooker) = (company.progress, company.onlooker);
    request.perform(engine, progress, onlooker, elsewhere, Box::pin(stop))
}

/// Does something when so much time has gone by, unless what it gives is dropped
/// before.
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
