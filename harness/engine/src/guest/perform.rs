use std::io;
use std::time::Duration;

use recording::Engine;

use super::Session;
use crate::answer;
use crate::request::{Onlooker, RequestError, Sent};
use crate::stop::Stop;

/// In protocol time, where hours pass in a second: a look costs a wake-up, a
/// stop comes at most so much later than it was asked for.
const BETWEEN_LOOKS: Duration = Duration::from_secs(5);

/// What a guest's program can say to its host and hear from it.
pub(crate) trait Host: Sync {
    /// Hands a line to the host, which shows it at once.
    fn progress(&self, line: &str);

    /// Appends to the answer now, so that the host has it whatever becomes of the guest.
    fn keep(&self, bytes: &[u8]) -> io::Result<()>;

    /// Why the host wants the program to return what it has, if it does.
    fn stop_requested(&self) -> Option<Stop>;
}

/// What the guest's program does: runs the request that is its input, and
/// answers with the recording, also when the host stops it early.
pub fn perform(input: &[u8], session: &Session) -> Vec<u8> {
    let sent = serde_json::from_slice::<Sent>(input)
        .map_err(|error| RequestError::Guest(format!("the request cannot be read: {error}")));
    match sent {
        Ok(sent) => perform_for(session, Engine::Vm, sent),
        Err(error) => answer::encode(Err(error)),
    }
}

/// The same for any host, of a request that was read.
pub(crate) fn perform_for(host: &dyn Host, engine: Engine, sent: Sent) -> Vec<u8> {
    let progress = |words: &str| host.progress(words);
    let show = |sight| {
        // What cannot be kept now says so at the end.
        let _ = host.keep(&answer::sight(&sight));
    };
    let onlooker: Option<Onlooker<'_>> = if sent.live { Some(&show) } else { None };
    let stop = Box::pin(stopped(host));
    let request = sent.open();
    answer::encode(request.and_then(|it| it.perform(engine, &progress, onlooker, None, stop)))
}

/// Ready, with the reason in words, when the host wants the run to end.
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
