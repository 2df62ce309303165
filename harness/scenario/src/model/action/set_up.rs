use std::fmt;

use super::super::EndpointName;
use super::Action;

/// Brings the endpoint that a scripted peer speaks to into a state, by the steps
/// that this takes.
#[derive(Clone, Debug, PartialEq)]
pub struct SetUp {
    /// The peer.
    pub peer: EndpointName,
    /// The endpoint.
    pub endpoint: EndpointName,
    /// The state that it is in then.
    pub state: PeerState,
    /// How it gets there.
    pub actions: Vec<Action>,
}

/// The states of an association (RFC 9260, section 4), as the endpoint under test
/// has them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PeerState {
    /// It has sent INIT.
    CookieWait,
    /// It has sent COOKIE ECHO.
    CookieEchoed,
    /// Both have set the association up.
    Established,
    /// It was to end the association, and has sent SHUTDOWN.
    ShutdownSent,
    /// It has answered the peer's SHUTDOWN by SHUTDOWN ACK.
    ShutdownAckSent,
}

impl PeerState {
    /// All of them.
    pub const ALL: [Self; 5] = [
        Self::CookieWait,
        Self::CookieEchoed,
        Self::Established,
        Self::ShutdownSent,
        Self::ShutdownAckSent,
    ];

    /// Its name, as it is written.
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
