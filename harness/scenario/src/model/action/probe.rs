use std::fmt;

use super::super::EndpointName;
use super::Action;

/// Asks whether the association with a scripted peer is still there.
#[derive(Clone, Debug, PartialEq)]
pub struct Probe {
    /// The peer.
    pub peer: EndpointName,
    /// What the answer must show.
    pub finds: Liveness,
    /// What is said and awaited.
    pub actions: Vec<Action>,
}

/// What a probe can find.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Liveness {
    /// The association is there: it answers a HEARTBEAT.
    Alive,
    /// It is gone: a HEARTBEAT is answered by ABORT with the tag reflected (RFC
    /// 9260, section 8.4).
    Gone,
    /// Whatever became of it, the stack goes on: SHUTDOWN ACK out of the blue is
    /// answered by SHUTDOWN COMPLETE with the tag reflected (RFC 9260, section 8.4).
    Responsive,
}

impl Liveness {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Alive, Self::Gone, Self::Responsive];

    /// Its name, as it is written.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Alive => "alive",
            Self::Gone => "gone",
            Self::Responsive => "responsive",
        }
    }
}

impl fmt::Display for Probe {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.finds {
            Liveness::Alive => write!(f, "{} finds the association alive", self.peer),
            Liveness::Gone => write!(f, "{} finds the association gone", self.peer),
            Liveness::Responsive => write!(f, "{} finds the stack responsive", self.peer),
        }
    }
}
