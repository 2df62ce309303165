//! The step `probe`: a scripted peer tests whether an association still exists.

use std::borrow::Cow;
use std::fmt;
use std::time::Duration;

use wire::ChunkType;
use wire::build::Value;

use super::script::packet_of;
use super::set_up::emit;
use super::{Action, Await, StepForm};
use crate::check::Scope;
use crate::diagnostic::Spanned;
use crate::model::{EndpointName, FieldOfChunk, Skip};
use crate::read::{Choice, ChoiceOf, Short, record};
use crate::value::{Name, Reference};

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

record! {
    /// Tests whether the association with a scripted peer still exists, by a HEARTBEAT.
    struct ProbeForm = "alive" {
        required {
            /// The expected result. `alive`: the HEARTBEAT is answered. `gone`: it is
            /// answered by ABORT with the T bit (RFC 9260 section 8.4). `responsive`: a
            /// SHUTDOWN ACK of no association is answered by SHUTDOWN COMPLETE with the T
            /// bit. The value stands alone: `probe: alive`.
            finds: ChoiceOf<Liveness>,
        }
        optional {
            /// The peer; the only one if left out.
            peer: Reference,
            /// A name for this step.
            r#as: Name,
        }
    }
}

impl Choice for Liveness {
    const WHAT: &'static str = "what a probe finds";

    fn choices() -> Vec<(Cow<'static, str>, Self)> {
        let all = Self::ALL.iter();
        all.map(|it| (it.word().into(), *it)).collect()
    }
}

impl Short for ProbeForm {
    const KEY: &'static str = "finds";
}

impl StepForm for ProbeForm {
    fn given_name(&self) -> Option<&Spanned<Name>> {
        self.r#as.spanned()
    }

    fn check(&self, scope: &mut Scope<'_, '_>) -> Option<Action> {
        let peer = scope.scripted(&self.peer)?;
        let finds = self.finds.get()?.0;
        let port = scope.world.peer(&peer)?.port;
        let actions = match finds {
            Liveness::Alive => vec![
                emit(&peer, ChunkType::Heartbeat),
                answered(&peer, ChunkType::HeartbeatAck, None),
            ],
            Liveness::Gone => vec![
                emit(&peer, ChunkType::Heartbeat),
                answered(&peer, ChunkType::Abort, Some("true")),
            ],
            Liveness::Responsive => {
                let mut out_of_the_blue = emit(&peer, ChunkType::ShutdownAck);
                if let Action::Emit(emit) = &mut out_of_the_blue {
                    // From another port, which has no association.
                    emit.header.ports[0] = Some(Value::Number(u64::from(port ^ 1)));
                    emit.header.tag = Some(Value::Number(1));
                }
                vec![
                    out_of_the_blue,
                    answered(&peer, ChunkType::ShutdownComplete, Some("true")),
                ]
            }
        };
        Some(Action::Probe(Probe {
            peer,
            finds,
            actions,
        }))
    }
}

/// Waits for the answer, and skips all packets before it.
fn answered(peer: &EndpointName, kind: ChunkType, t: Option<&str>) -> Action {
    let mut packet = packet_of(kind);
    if let (Some(t), Some(field)) = (t, kind.field("t")) {
        let fields = packet.chunks.iter_mut().map(|chunk| &mut chunk.fields);
        for fields in fields {
            fields.push(FieldOfChunk {
                field,
                values: vec![t.to_owned()],
                not: false,
                exactly: false,
            });
        }
    }
    Action::Await(Await {
        peer: peer.clone(),
        either: vec![packet],
        or_nothing: false,
        within: Duration::from_secs(1),
        not_before: Duration::ZERO,
        skip: Skip::All,
        bind: Vec::new(),
    })
}
