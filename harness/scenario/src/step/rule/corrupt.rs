use std::num::NonZeroU8;

use wire::ChunkType;

use super::action::RuleActionForm;
use crate::check::Scope;
use crate::model::RuleAction;
use crate::read::record;
use crate::value::{Bits, Number};

record! {
    /// Flips bits of SCTP packets, and leaves them the checksum that they had.
    struct CorruptForm = "{at: 12, bits: 0x80}" {
        optional {
            /// In which byte of the SCTP packet, counted from 0 with its first port;
            /// its last byte if left out, or if the packet is shorter.
            at: Number,
            /// Which bits of it: `0x01`, the last one, if left out.
            bits: Bits,
        }
    }
}

impl RuleActionForm for CorruptForm {
    fn check(&self, _: Option<ChunkType>, _: &mut Scope<'_, '_>) -> Option<RuleAction> {
        let at = self.at.check(|at| usize::try_from(at.value.0).ok());
        let bits = self.bits.check(|bits| Some(bits.value.0));
        Some(RuleAction::Corrupt {
            at: at?,
            bits: bits?.unwrap_or(NonZeroU8::MIN),
        })
    }
}
