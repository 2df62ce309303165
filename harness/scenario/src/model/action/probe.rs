use std::fmt;

use super::super::EndpointName;
use super::Action;

/// Tests whether the association with a scripted peer still exists.
#[derive(Clone, Debug, PartialEq)]
pub struct Probe {
    /// The peer.
    pub peer: EndpointName,
    /// The expected result.
    pub finds: Liveness,
    /// The emitted and awaited packets.
    pub actions: Vec<Action>,
}

/// Result of a probe.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Liveness {
    /// The association exists: the endpoint answers a HEARTBEAT.
    Alive,
    /// The association is gone: the endpoint answers a HEARTBEAT by an ABORT with the
    /// reflected tag (RFC 9260, section 8.4).
    Gone,
    /// The stack still works, whatever became of the association: it answers an
    /// unexpected SHUTDOWN ACK by a SHUTDOWN COMPLETE with the reflected tag (RFC 9260,
    /// section 8.4).
    Responsive,
}

impl Liveness {
    /// All results.
    pub const ALL: [Self; 3] = [Self::Alive, Self::Gone, Self::Responsive];

    /// Name of the result in a scenario.
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
