use std::time::Duration;

use recording::Engine;

use super::Session;
use crate::answer;
use crate::request::{Request, RequestError};

/// In protocol time, where hours pass in a second: a look costs a wake-up, a
/// stop comes at most so much later than it was asked for.
const BETWEEN_LOOKS: Duration = Duration::from_secs(5);

/// What the guest's program does: runs the request that is its input, and
/// answers with the recording, also when the host stops it early.
pub fn perform(input: &[u8], session: &Session) -> Vec<u8> {
    let request = serde_json::from_slice::<Request>(input)
        .map_err(|error| RequestError::Guest(format!("the request cannot be read: {error}")));
    answer::encode(request.and_then(|request| {
        let progress = |words: &str| session.progress(words);
        // A mailbox that is full says so at the end.
        let onlooker = |sight| drop(session.keep(&answer::sight(&sight)));
        let stop = Box::pin(stopped(session));
        request.perform(Engine::Vm, &progress, &onlooker, stop)
    }))
}

/// Ready, with the reason in words, when the host wants the run to end.
async fn stopped(session: &Session) -> String {
    loop {
        if let Some(stop) = session.stop_requested() {
            return stop.to_string();
        }
        tokio::time::sleep(BETWEEN_LOOKS).await;
    }
}
