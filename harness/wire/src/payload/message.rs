//! Messages of application protocols above SCTP.

use std::borrow::Cow;
use std::fmt;

/// A message of an application protocol, as far as its first bytes identify it.
///
/// `Display` gives its name, such as `NGAP NGSetup response` or `M3UA DATA 1→2 SCCP`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// The protocol.
    pub protocol: &'static str,
    /// The procedure, message or command, by its name in the specification.
    pub procedure: Cow<'static, str>,
    /// Role of the message in an exchange.
    pub part: Part,
    /// Further content of the header, in short, such as `response` where the name is that
    /// of the procedure; empty if there is none.
    pub about: String,
    /// A key that a request shares with its answer, among the messages of this protocol
    /// between the same two ends.
    pub exchange: u64,
}

/// Role of a message in an exchange.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// The message begins an exchange, or is the only message of it.
    Request,
    /// The message answers a request.
    Answer,
    /// The message answers that a request failed.
    Failure,
    /// The message is neither a request nor an answer.
    Notice,
}

impl Part {
    /// All roles, with their names in filters.
    pub const ALL: [(Self, &'static str); 4] = [
        (Self::Request, "request"),
        (Self::Answer, "answer"),
        (Self::Failure, "failure"),
        (Self::Notice, "notice"),
    ];

    /// Name of the role in filters.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Request => "request",
            Self::Answer => "answer",
            Self::Failure => "failure",
            Self::Notice => "notice",
        }
    }
}

impl fmt::Display for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.protocol, self.procedure)?;
        if !self.about.is_empty() {
            write!(f, " {}", self.about)?;
        }
        Ok(())
    }
}
