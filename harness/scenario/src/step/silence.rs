use super::StepForm;
use super::await_packet::{SkipForm, check_skip};
use crate::check::Scope;
use crate::diagnostic::Spanned;
use crate::model::{Action, PacketWanted, Silence};
use crate::read::{Short, record};
use crate::value::{Alternatives, Name, Reference, Time};

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
            /// Packets that do not break the silence: those with no chunks but these
            /// types. HEARTBEATs never break it, nor do packets that the peer answers
            /// automatically.
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
