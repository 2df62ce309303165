//! What the lab's program in a guest or on a box gives back for a request: a
//! packed recording, or the reason why there is none. The first byte tells which.

use recording::Recording;

use super::request::RequestError;

const RECORDING: u8 = b'R';
const REFUSAL: u8 = b'!';

pub(crate) fn encode(result: Result<Recording, RequestError>) -> Vec<u8> {
    let packed = result.and_then(|recording| Ok(recording::pack(&recording)?));
    match packed {
        Ok(bytes) => tagged(RECORDING, &bytes),
        Err(error) => tagged(REFUSAL, error.to_string().as_bytes()),
    }
}

pub(crate) fn decode(bytes: &[u8]) -> Result<Recording, RequestError> {
    match bytes.split_first() {
        Some((&RECORDING, packed)) => Ok(recording::unpack(packed)?),
        Some((&REFUSAL, words)) => Err(RequestError::Guest(
            String::from_utf8_lossy(words).into_owned(),
        )),
        _ => Err(RequestError::Answer),
    }
}

fn tagged(tag: u8, bytes: &[u8]) -> Vec<u8> {
    let mut answer = Vec::with_capacity(bytes.len() + 1);
    answer.push(tag);
    answer.extend_from_slice(bytes);
    answer
}
