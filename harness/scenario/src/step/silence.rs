//! The step `silence`: a scripted peer must receive nothing for a time.

use std::fmt;
use std::time::Duration;

use rules::spoken;

use super::await_packet::{SkipForm, check_skip};
use super::{Action, StepForm};
use crate::check::Scope;
use crate::diagnostic::Spanned;
use crate::model::packet_wanted::show_either;
use crate::model::{EndpointName, PacketWanted, Skip};
use crate::read::{Short, record};
use crate::value::{Alternatives, Name, Reference, Time};

/// Asserts that a scripted peer receives nothing for a time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Silence {
    /// The peer.
    pub peer: EndpointName,
    /// Length of that time.
    pub duration: Duration,
    /// Only packets with these chunks break the silence; an empty list means any packet.
    pub of: Vec<PacketWanted>,
    /// Packets that do not break the silence.
    pub skip: Skip,
}

impl fmt::Display for Silence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.of.is_empty() {
            f.write_str("nothing")?;
        } else {
            f.write_str("no ")?;
            show_either(&self.of, f)?;
        }
        write!(f, " at {} for {}", self.peer, spoken(self.duration))
    }
}

record! {
    /// Asserts that no packet comes to a scripted peer for a time. A packet that came
    /// before this step and was not awaited yet counts, too.
    struct SilenceForm = "{for: 500ms, skip: [sack]}" {
        required {
            /// Length of the time. Without other keys it stands alone: `silence: 500ms`.
            r#for: Time,
        }
        optional {
            /// The peer; the only one if left out.
            peer: Reference,
            /// Only packets with these chunks break the silence: `[[abort], [init-ack]]`.
            /// All packets do if left out.
            of: Alternatives,
            /// Packets that do not break the silence: those with no chunks but these types.
            /// Neither do HEARTBEATs, unless `of` names them, nor packets that the peer
            /// answers automatically.
            skip: SkipForm,
            /// A name for this step.
            r#as: Name,
        }
    }
}

impl Short for SilenceForm {
    const KEY: &'static str = "for";
}

impl StepForm for SilenceForm {
    fn given_name(&self) -> Option<&Spanned<Name>> {
        self.r#as.spanned()
    }

    fn check(&self, scope: &mut Scope<'_, '_>) -> Option<Action> {
        let peer = scope.scripted(&self.peer)?;
        let duration = self.r#for.get()?.0;
        scope.story.waited = scope.story.waited.saturating_add(duration);
        let of = scope.optional(&self.of, |scope, of| {
            let packets = of.value.0.iter().map(|chunks| PacketWanted {
                chunks: chunks.0.clone(),
                ..PacketWanted::default()
            });
            let packets: Vec<_> = packets.collect();
            for packet in &packets {
                scope.knows_patterns(&peer, &packet.chunks, of.span);
            }
            Some(packets)
        })?;
        let of = of.unwrap_or_default();
        let skip = check_skip(&self.skip, &of)?;
        Some(Action::Silence(Silence {
            peer,
            duration,
            of,
            skip,
        }))
    }
}
