//! The action `corrupt`: bits of a packet are flipped.

use std::num::NonZeroU8;

use rules::{Action, Corruption};
use wire::ChunkType;

use super::RuleActionForm;
use crate::check::Scope;
use crate::read::record;
use crate::value::{Bits, Number};

record! {
    /// Flips bits of SCTP packets, and keeps their old checksums.
    struct CorruptForm = "{at: 12, bits: 0x80}" {
        optional {
            /// Offset of the byte in the SCTP packet, from 0 with the source port; by
            /// default, and if the packet is shorter, the last byte.
            at: Number,
            /// The bits of that byte: by default the last one, `0x01`.
            bits: Bits,
        }
    }
}

impl RuleActionForm for CorruptForm {
    fn check(&self, _: Option<ChunkType>, _: &mut Scope<'_, '_>) -> Option<Action> {
        let at = self.at.check(|at| usize::try_from(at.value.0).ok());
        let bits = self.bits.check(|bits| Some(bits.value.0));
        Some(Action::Corrupt(Corruption {
            at: at?,
            bits: bits?.unwrap_or(NonZeroU8::MIN),
        }))
    }
}
