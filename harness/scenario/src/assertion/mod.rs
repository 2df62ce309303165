//! Assertions: conditions on a whole recording.
//!
//! Each kind has a module with its checked value, its words on the screen, its form and
//! its checks; and a line in the table below.

mod associations;
mod calls;
mod check;
mod chunks;
mod count;
mod counters;
mod delivered;
mod echoes;
mod followed;
mod form;
mod intervals;
mod latency;
mod messages;
mod notifications;
mod path_changes;
mod paths;
mod place;
mod sequence;
pub(crate) mod window;

use std::fmt;

use crate::model::{Capability, DETAILS, StepName};
use crate::read::{Kind, OneOf};

pub(crate) use check::{check_all, check_assertions, name_all};
pub(crate) use form::{AssertionForm, Named, assertion};

pub use associations::AssociationCount;
pub use calls::CallCount;
pub use chunks::{ChunkCount, Transmission};
pub use count::Count;
pub use counters::Counters;
pub use delivered::Delivered;
pub use echoes::Echoes;
pub use followed::Followed;
pub use intervals::Intervals;
pub use latency::LatencyLimit;
pub use messages::MessageCount;
pub use notifications::NotificationCount;
pub use path_changes::PathChanges;
pub use paths::PathCount;
pub use place::ChunkPlace;
pub use sequence::Sequence;
pub use window::Window;

/// A condition on the whole recording.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assertion {
    /// Name given by `as:`; else the kind, with a number if the kind occurs more than
    /// once.
    pub name: StepName,
    /// The line in the scenario file, from 1.
    pub line: usize,
    /// The condition.
    pub check: Check,
}

/// One row for each kind: its key in a scenario, its form, its checked value, and whether
/// it is limited to a part of the run.
macro_rules! kinds_of_assertion {
    ($($word:literal => $form:ty => $check:ident($held:ident) $($window:ident)?,)+) => {
        /// The condition of an assertion.
        #[derive(Clone, Debug, PartialEq, Eq)]
        #[allow(missing_docs, reason = "each variant is documented at its type")]
        pub enum Check {
            $($check($held),)+
        }

        impl Check {
            /// The part of the run that the assertion is limited to, if it has one.
            #[must_use]
            pub fn window(&self) -> Option<&Window> {
                match self {
                    $(Check::$check(_it) => kinds_of_assertion!(@window _it $($window)?),)+
                }
            }
        }

        impl fmt::Display for Check {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                match self {
                    $(Check::$check(it) => it.fmt(f),)+
                }
            }
        }

        /// The table of all kinds of assertion.
        pub(crate) struct AssertionKinds;

        impl OneOf for AssertionKinds {
            const WHAT: &'static str = "assertion";
            const SAYS: Option<&'static str> = None;
            type Form = dyn AssertionForm;

            fn kinds() -> &'static [Kind<dyn AssertionForm>] {
                crate::read::kinds! { $($word => $form,)+ }
            }
        }
    };
    (@window $it:ident window) => { Some(&$it.window) };
    (@window $it:ident) => { None };
}

impl Check {
    /// A capability that not every kernel has and without which this assertion cannot be
    /// judged.
    pub(crate) fn needs(&self) -> Option<Capability> {
        let fields = match self {
            Self::Paths(it) => &it.fields,
            Self::Associations(it) => &it.fields,
            _ => return None,
        };
        let mut names = fields.iter().map(|it| it.name.as_str());
        let looks = names.any(|name| DETAILS.contains(&name));
        looks.then_some(Capability::AssociationDetails)
    }
}

kinds_of_assertion! {
    "delivered" => delivered::DeliveredForm => Delivered(Delivered),
    "chunks" => chunks::ChunksForm => Chunks(ChunkCount) window,
    "notifications" => notifications::NotificationsForm => Notifications(NotificationCount) window,
    "messages" => messages::MessagesForm => Messages(MessageCount) window,
    "calls" => calls::CallsForm => Calls(CallCount) window,
    "paths" => paths::PathsForm => Paths(PathCount) window,
    "path-changes" => path_changes::PathChangesForm => PathChanges(PathChanges) window,
    "associations" => associations::AssociationsForm => Associations(AssociationCount) window,
    "sequence" => sequence::SequenceForm => Sequence(Sequence) window,
    "echoes" => echoes::EchoesForm => Echoes(Echoes) window,
    "followed" => followed::FollowedForm => Followed(Followed),
    "intervals" => intervals::IntervalsForm => Intervals(Intervals) window,
    "latency" => latency::LatencyLimitForm => Latency(LatencyLimit) window,
    "counters" => counters::CountersForm => Counters(Counters),
}
