use serde::{Deserialize, Serialize};

/// What a message of the lab says of itself: its payload begins with
/// this as text, and is filled up to its size.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct MessageId {
    /// The endpoint that sent it.
    pub sender: String,
    /// The step that sent it.
    pub step: String,
    /// Its number among those of the step, from 1.
    pub number: u64,
}

impl MessageId {
    /// The payload of this message, `size` bytes long, or longer where
    /// the text itself is.
    #[must_use]
    pub fn payload(&self, size: usize) -> Vec<u8> {
        let mut bytes = self.with_text("");
        if bytes.len() < size {
            bytes.resize(size, b'.');
        }
        bytes
    }

    /// The payload of this message when it has something to say.
    #[must_use]
    pub fn with_text(&self, text: &str) -> Vec<u8> {
        let Self {
            sender,
            step,
            number,
        } = self;
        format!("{sender} {step} {number}\n{text}").into_bytes()
    }

    /// Reads a payload; `None` if it is not one of the lab's.
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
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_payload_says_which_message_it_is() {
        let id = MessageId {
            sender: "client".into(),
            step: "ticker".into(),
            number: 17,
        };
        let payload = id.payload(100);
        assert_eq!(payload.len(), 100);
        assert_eq!(MessageId::parse(&payload), Some(id));
        assert_eq!(MessageId::parse(b"hello"), None);
    }
}
