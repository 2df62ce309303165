use std::fmt;

use super::super::EndpointName;
use super::Action;

/// Brings the endpoint at the other end of a scripted peer into a state, by a sequence of
/// steps.
#[derive(Clone, Debug, PartialEq)]
pub struct SetUp {
    /// The peer.
    pub peer: EndpointName,
    /// The endpoint.
    pub endpoint: EndpointName,
    /// State of the endpoint after the step.
    pub state: PeerState,
    /// The steps that lead to the state.
    pub actions: Vec<Action>,
}

/// States of an association (RFC 9260, section 4) at the endpoint under test.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PeerState {
    /// The endpoint has sent INIT.
    CookieWait,
    /// The endpoint has sent COOKIE ECHO.
    CookieEchoed,
    /// The association is up at both ends.
    Established,
    /// The endpoint has started a shutdown and sent SHUTDOWN.
    ShutdownSent,
    /// The endpoint has answered the peer's SHUTDOWN by SHUTDOWN ACK.
    ShutdownAckSent,
}

impl PeerState {
    /// All states.
    pub const ALL: [Self; 5] = [
        Self::CookieWait,
        Self::CookieEchoed,
        Self::Established,
        Self::ShutdownSent,
        Self::ShutdownAckSent,
    ];

    /// Name of the state in a scenario.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::CookieWait => "cookie-wait",
            Self::CookieEchoed => "cookie-echoed",
            Self::Established => "established",
            Self::ShutdownSent => "shutdown-sent",
            Self::ShutdownAckSent => "shutdown-ack-sent",
        }
    }
}

impl fmt::Display for SetUp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let state = self.state.word().to_ascii_uppercase();
        write!(f, "{} brings {} to {state}", self.peer, self.endpoint)
    }
}
