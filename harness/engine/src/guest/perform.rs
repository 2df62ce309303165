use recording::Engine;

use super::Session;
use crate::answer;
use crate::request::{Request, RequestError};

/// What the guest's program does: runs the request that is its input, and
/// answers with the recording.
pub fn perform(input: &[u8], session: &Session) -> Vec<u8> {
    let request = serde_json::from_slice::<Request>(input)
        .map_err(|error| RequestError::Guest(format!("the request cannot be read: {error}")));
    answer::encode(request.and_then(|request| {
        let progress = |words: &str| session.progress(words);
        let never = Box::pin(std::future::pending());
        request.perform(Engine::Vm, &progress, never)
    }))
}
