//! The action `duplicate`: frames are forwarded more than once.

use rules::Action;
use wire::ChunkType;

use super::RuleActionForm;
use crate::check::Scope;
use crate::read::record;
use crate::value::{Few, Time};

record! {
    /// Forwards the frames, and copies of them.
    struct DuplicateForm = "{copies: 2, gap: 10ms}" {
        optional {
            /// Number of copies beside the frame itself; `1` if left out.
            copies: Few,
            /// Time between the copies; none if left out.
            gap: Time,
        }
    }
}

impl RuleActionForm for DuplicateForm {
    fn check(&self, _: Option<ChunkType>, _: &mut Scope<'_, '_>) -> Option<Action> {
        let copies = self.copies.check(|copies| Some(copies.value));
        let gap = self.gap.check(|gap| Some(gap.value.0));
        Some(Action::Duplicate {
            copies: copies?.unwrap_or(Few::ONE).0,
            gap: gap?.unwrap_or_default(),
        })
    }
}
