//! The step `set-up`: a scripted peer brings the endpoint under test into a state.

use std::borrow::Cow;
use std::fmt;
use std::net::SocketAddr;
use std::time::Duration;

use wire::ChunkType;

use super::script::{packet_of, plain, skipping};
use super::{Action, Await, Close, Closing, Connect, Emit, StepForm};
use crate::check::Scope;
use crate::diagnostic::Spanned;
use crate::model::{EndpointName, Peer};
use crate::read::{Choice, ChoiceOf, Short, record};
use crate::value::{Name, Reference};

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

record! {
    /// Brings the endpoint at the other end of a scripted peer into a state, by all
    /// necessary steps. The peer connects to an endpoint that listens; an endpoint that
    /// does not listen connects to the peer.
    struct SetUpForm = "established" {
        required {
            /// The state of the endpoint after the step: `cookie-wait`, `cookie-echoed`,
            /// `established`, `shutdown-sent`, `shutdown-ack-sent`. The value stands
            /// alone: `set-up: established`.
            state: ChoiceOf<PeerState>,
        }
        optional {
            /// The peer; the only one if left out.
            peer: Reference,
            /// The side that sends INIT: `peer` or `endpoint`.
            caller: ChoiceOf<Caller>,
            /// A name for this step.
            r#as: Name,
        }
    }
}

#[derive(Clone, Copy, PartialEq)]
pub(super) enum Caller {
    Peer,
    Endpoint,
}

impl Choice for Caller {
    const WHAT: &'static str = "who sends INIT";

    fn choices() -> Vec<(Cow<'static, str>, Self)> {
        vec![
            ("peer".into(), Self::Peer),
            ("endpoint".into(), Self::Endpoint),
        ]
    }
}

impl Choice for PeerState {
    const WHAT: &'static str = "a state";

    fn choices() -> Vec<(Cow<'static, str>, Self)> {
        let all = Self::ALL.iter();
        all.map(|state| (state.word().into(), *state)).collect()
    }
}

impl Short for SetUpForm {
    const KEY: &'static str = "state";
}

impl StepForm for SetUpForm {
    fn given_name(&self) -> Option<&Spanned<Name>> {
        self.r#as.spanned()
    }

    fn check(&self, scope: &mut Scope<'_, '_>) -> Option<Action> {
        let name = scope.scripted(&self.peer)?;
        let state = self.state.spanned()?;
        let caller = self.caller.check(|it| Some(it.value.0))?;
        let peer = scope.world.peer(&name)?.clone();
        let listens = scope.world.endpoint(&peer.to)?.listens;
        let in_set_up = matches!(
            state.value.0,
            PeerState::CookieWait | PeerState::CookieEchoed
        );
        let caller = caller.unwrap_or(if listens && !in_set_up {
            Caller::Peer
        } else {
            Caller::Endpoint
        });
        if caller == Caller::Peer && (in_set_up || !listens) {
            let message = format!("`{}` comes into this state only as the caller", peer.to);
            scope
                .problems
                .add(state.span, message, "it must call")
                .help(match listens {
                    true => "leave `caller` out".to_owned(),
                    false => format!("give `{}` a port to listen on: `listen: 5000`", peer.to),
                });
            return None;
        }
        scope.not_closed(&peer.to, scope.own_span)?;
        Some(Action::SetUp(SetUp {
            actions: actions(&peer, state.value.0, caller),
            endpoint: peer.to,
            peer: name,
            state: state.value.0,
        }))
    }
}

fn actions(peer: &Peer, state: PeerState, caller: Caller) -> Vec<Action> {
    let say = |kind| emit(&peer.name, kind);
    let hear = |kind| hear(&peer.name, kind);
    let mut actions = match caller {
        Caller::Peer => vec![
            say(ChunkType::Init),
            hear(ChunkType::InitAck),
            say(ChunkType::CookieEcho),
            hear(ChunkType::CookieAck),
        ],
        Caller::Endpoint => {
            let (to_address, _) = peer.to_address;
            let mut own = peer.addresses.iter();
            let same_family = own.find(|it| it.is_ipv4() == to_address.is_ipv4());
            let own = same_family.or(peer.addresses.first());
            let own = own.copied().unwrap_or(to_address);
            let connect = Connect {
                from: peer.to.clone(),
                to: peer.name.clone(),
                addresses: vec![SocketAddr::new(own, peer.port)],
            };
            let mut actions = vec![Action::Connect(connect), hear(ChunkType::Init)];
            if state != PeerState::CookieWait {
                actions.extend([say(ChunkType::InitAck), hear(ChunkType::CookieEcho)]);
                if state != PeerState::CookieEchoed {
                    actions.push(say(ChunkType::CookieAck));
                }
            }
            actions
        }
    };
    match state {
        PeerState::CookieWait | PeerState::CookieEchoed | PeerState::Established => {}
        PeerState::ShutdownSent => {
            let close = Close {
                endpoint: peer.to.clone(),
                to: None,
                what: Closing::Associations,
            };
            actions.extend([Action::Close(close), hear(ChunkType::Shutdown)]);
        }
        PeerState::ShutdownAckSent => {
            actions.extend([say(ChunkType::Shutdown), hear(ChunkType::ShutdownAck)]);
        }
    }
    actions
}

/// Makes the peer send a chunk with default values.
pub(super) fn emit(peer: &EndpointName, kind: ChunkType) -> Action {
    Action::Emit(Emit {
        peer: peer.clone(),
        chunks: vec![plain(kind)],
        bytes: None,
        icmp: None,
        header: Box::default(),
        checksum: wire::build::Sum::Good,
        udp: None,
        bind: Vec::new(),
    })
}

fn hear(peer: &EndpointName, kind: ChunkType) -> Action {
    let either = vec![packet_of(kind)];
    Action::Await(Await {
        peer: peer.clone(),
        skip: skipping(Vec::new(), &either),
        either,
        or_nothing: false,
        within: Duration::from_secs(1),
        not_before: Duration::ZERO,
        bind: Vec::new(),
    })
}
