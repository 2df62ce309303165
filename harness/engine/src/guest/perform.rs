//! Runs a request inside a guest, for the host that sent it.

use std::io;
use std::time::Duration;

use recording::Engine;

use super::Session;
use crate::answer;
use crate::request::{Onlooker, RequestError, Sent};
use crate::stop::Stop;

/// Interval of the checks for a stop, in protocol time, of which hours may pass in a
/// second of wall time. Each check costs a wake-up, and a stop is noticed at most this
/// much later.
const BETWEEN_LOOKS: Duration = Duration::from_secs(5);

/// The connection of a guest's program to its host.
pub(crate) trait Host: Sync {
    /// Passes a line to the host, which shows it at once.
    fn progress(&self, line: &str);

    /// Appends to the answer immediately, so that the host has it whatever happens to the
    /// guest.
    fn keep(&self, bytes: &[u8]) -> io::Result<()>;

    /// The reason for which the host wants the program to stop, if it does.
    fn stop_requested(&self) -> Option<Stop>;
}

/// Runs the request in `input`, and returns the answer with the recording, even if the
/// host stops the run early.
pub fn perform(input: &[u8], session: &Session) -> Vec<u8> {
    let sent = serde_json::from_slice::<Sent>(input)
        .map_err(|error| RequestError::Guest(format!("the request cannot be read: {error}")));
    match sent {
        Ok(sent) => perform_for(session, Engine::Vm, sent),
        Err(error) => answer::encode(Err(error)),
    }
}

/// As [`perform`], for any host and a decoded request.
pub(crate) fn perform_for(host: &dyn Host, engine: Engine, sent: Sent) -> Vec<u8> {
    let progress = |words: &str| host.progress(words);
    let show = |sight| {
        // An error of keeping is reported at the end.
        let _ = host.keep(&answer::sight(&sight));
    };
    let onlooker: Option<Onlooker<'_>> = if sent.live { Some(&show) } else { None };
    let stop = Box::pin(stopped(host));
    let request = sent.open();
    answer::encode(request.and_then(|it| it.perform(engine, &progress, onlooker, None, stop)))
}

/// Resolves, with the reason in words, when the host wants the run to stop.
async fn stopped(host: &dyn Host) -> String {
    loop {
        if let Some(stop) = host.stop_requested() {
            return stop.to_string();
        }
        tokio::time::sleep(BETWEEN_LOOKS).await;
    }
}

impl Host for Session {
    fn progress(&self, line: &str) {
        Session::progress(self, line);
    }

    fn keep(&self, bytes: &[u8]) -> io::Result<()> {
        Session::keep(self, bytes)
    }

    fn stop_requested(&self) -> Option<Stop> {
        Session::stop_requested(self)
    }
}
