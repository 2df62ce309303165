//! The identity of a message of the lab, and the payload that carries it.

use serde::{Deserialize, Serialize};

/// Identity of a message of the lab. The payload begins with the identity as text, and is
/// filled up to its size.
///
/// The filler depends on the message and on the position of each byte. So a fragment that
/// is missing, doubled, misplaced or of another message is detected.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct MessageId {
    /// The endpoint that sent the message.
    pub sender: String,
    /// The step that sent the message.
    pub step: String,
    /// Number of the message in the step, from 1.
    pub number: u64,
}

/// The text of an answer.
pub const ANSWER: &str = "OK";

/// Characters of the filler: a capture shows all of them unchanged.
const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+-";

impl MessageId {
    /// The payload of this message: `size` bytes, or more if its text is longer.
    #[must_use]
    pub fn payload(&self, size: usize) -> Vec<u8> {
        let mut bytes = self.with_text("");
        let filler = self
            .filler(bytes.len())
            .take(size.saturating_sub(bytes.len()));
        bytes.extend(filler);
        bytes
    }

    /// The payload of this message with a further text.
    #[must_use]
    pub fn with_text(&self, text: &str) -> Vec<u8> {
        let Self {
            sender,
            step,
            number,
        } = self;
        format!("{sender} {step} {number}\n{text}").into_bytes()
    }

    /// Parses a payload; `None` if it belongs to no message of the lab.
    #[must_use]
    pub fn parse(payload: &[u8]) -> Option<MessageId> {
        let line = payload.split(|byte| *byte == b'\n').next()?;
        let mut words = std::str::from_utf8(line).ok()?.split(' ');
        let id = MessageId {
            sender: words.next()?.to_owned(),
            step: words.next()?.to_owned(),
            number: words.next()?.parse().ok()?,
        };
        words.next().is_none().then_some(id)
    }

    /// Offset of the first byte of a payload that differs from the message as it was
    /// sent; `None` if no byte differs. Bytes that are missing at the end are not
    /// detected here.
    #[must_use]
    pub fn first_difference(&self, payload: &[u8]) -> Option<usize> {
        if payload == self.with_text(ANSWER) {
            return None;
        }
        let head = self.with_text("");
        let filler = self.filler(head.len());
        let wanted = head.iter().copied().chain(filler);
        payload.iter().zip(wanted).position(|(is, was)| *is != was)
    }

    /// The filler of this message from an offset on, without end.
    fn filler(&self, from: usize) -> impl Iterator<Item = u8> {
        let key = self.key();
        let words = (from as u64 / 8..).map(move |place| scramble(key ^ scramble(place)));
        words
            .flat_map(|word| word.to_le_bytes())
            .map(|byte| ALPHABET[usize::from(byte & 63)])
            .skip(from % 8)
    }

    /// A number that is different for other messages (FNV-1a).
    fn key(&self) -> u64 {
        let text = self.with_text("");
        text.iter().fold(0xcbf2_9ce4_8422_2325, |key, byte| {
            (key ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3)
        })
    }
}

/// The finalizer of SplitMix64: every bit of the result depends on every bit
/// of the number.
fn scramble(number: u64) -> u64 {
    let number = number.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let number = (number ^ (number >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let number = (number ^ (number >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    number ^ (number >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ticker(number: u64) -> MessageId {
        MessageId {
            sender: "client".into(),
            step: "ticker".into(),
            number,
        }
    }

    #[test]
    fn a_payload_says_which_message_it_is() {
        let payload = ticker(17).payload(100);
        assert_eq!(payload.len(), 100);
        assert_eq!(MessageId::parse(&payload), Some(ticker(17)));
        assert_eq!(MessageId::parse(b"hello"), None);
    }

    #[test]
    fn a_whole_message_has_no_difference_whatever_its_size() {
        for size in [0, 20, 23, 1000, 60_001] {
            let payload = ticker(1).payload(size);
            assert_eq!(ticker(1).first_difference(&payload), None, "{size}");
        }
        let answer = ticker(1).with_text(ANSWER);
        assert_eq!(ticker(1).first_difference(&answer), None);
    }

    #[test]
    fn a_byte_that_was_changed_is_found() {
        let mut payload = ticker(1).payload(5000);
        payload[4321] ^= 1;
        assert_eq!(ticker(1).first_difference(&payload), Some(4321));
    }

    #[test]
    fn a_fragment_that_is_swapped_doubled_or_missing_is_found() {
        let whole = ticker(1).payload(6000);
        let fragments: Vec<&[u8]> = whole.chunks(1000).collect();
        for order in [
            &[0, 2, 1, 3, 4, 5][..],
            &[0, 1, 1, 2, 3, 4, 5],
            &[0, 1, 3, 4, 5],
        ] {
            let received: Vec<u8> = order
                .iter()
                .flat_map(|it| fragments[*it].to_vec())
                .collect();
            let found = ticker(1).first_difference(&received);
            assert!(
                found.is_some_and(|place| (1000..2100).contains(&place)),
                "{order:?}: {found:?}"
            );
        }
    }

    #[test]
    fn a_fragment_of_another_message_is_found() {
        let mut payload = ticker(1).payload(3000);
        payload[1000..2000].copy_from_slice(&ticker(2).payload(3000)[1000..2000]);
        let found = ticker(1).first_difference(&payload);
        assert!(
            found.is_some_and(|place| (1000..1010).contains(&place)),
            "{found:?}"
        );
    }
}
