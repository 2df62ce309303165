//! What is told of a message that rides on SCTP.

use std::borrow::Cow;
use std::fmt;

/// A message of an application protocol, as far as its beginning tells.
///
/// `Display` names it, as in `NGAP NGSetup response` or `M3UA DATA 1→2 SCCP`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// The protocol.
    pub protocol: &'static str,
    /// The procedure, message or command, by the name that its specification has.
    pub procedure: Cow<'static, str>,
    /// Whether it asks or answers.
    pub part: Part,
    /// What else its header tells, in short, as in `response` where the name is that of
    /// the whole procedure; empty if nothing.
    pub about: String,
    /// What a request and its answer have in common, among messages of this
    /// protocol between the same two ends.
    pub exchange: u64,
}

/// What part a message has in an exchange.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// It begins an exchange, or is all of it.
    Request,
    /// It answers.
    Answer,
    /// It answers that it could not be done.
    Failure,
    /// It is neither asked for nor answered.
    Notice,
}

impl Part {
    /// All of them, by the name that filters have.
    pub const ALL: [(Self, &'static str); 4] = [
        (Self::Request, "request"),
        (Self::Answer, "answer"),
        (Self::Failure, "failure"),
        (Self::Notice, "notice"),
    ];

    /// Its name in filters.
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
