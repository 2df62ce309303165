use super::{
    calls, chunks, counters, delivered, echoes, followed, intervals, messages, notifications,
    paths, sequence,
};
use crate::check::Scope;
use crate::diagnostic::Spanned;
use crate::model::Check;
use crate::read::{Kind, OneOf, kinds};
use crate::value::Name;

/// An assertion as it is written.
pub(crate) trait AssertionForm {
    /// The name that it is given, if any.
    fn given_name(&self) -> Option<&Spanned<Name>>;

    /// Checks it; the scope's story is that of the whole scenario. `None` where
    /// it is wrong, which is noted.
    fn check(&self, scope: &mut Scope<'_, '_>) -> Option<Check>;
}

/// The table of all kinds of assertion.
pub(crate) struct AssertionKinds;

impl OneOf for AssertionKinds {
    const WHAT: &'static str = "assertion";
    const SAYS: Option<&'static str> = None;
    type Form = dyn AssertionForm;

    fn kinds() -> &'static [Kind<dyn AssertionForm>] {
        kinds! {
            "delivered" => delivered::DeliveredForm,
            "chunks" => chunks::ChunksForm,
            "notifications" => notifications::NotificationsForm,
            "messages" => messages::MessagesForm,
            "calls" => calls::CallsForm,
            "paths" => paths::PathsForm,
            "sequence" => sequence::SequenceForm,
            "echoes" => echoes::EchoesForm,
            "followed" => followed::FollowedForm,
            "intervals" => intervals::IntervalsForm,
            "counters" => counters::CountersForm,
        }
    }
}
