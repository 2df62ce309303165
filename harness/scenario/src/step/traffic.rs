//! The step `traffic`: an endpoint sends a message again and again.

use std::fmt;
use std::time::Duration;

use rules::spoken;

use super::send::{check_size, check_stream};
use super::{Action, StepForm};
use crate::check::Scope;
use crate::diagnostic::Spanned;
use crate::model::{EndpointName, StepName};
use crate::read::record;
use crate::value::{Name, Ppid, Reference, Size, Small, Time};

/// Starts a stream of numbered messages. It ends with [`Stop`](super::Stop), or with the
/// scenario.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Traffic {
    /// Name of the traffic in [`Stop`](super::Stop).
    pub name: StepName,
    /// The endpoint that sends.
    pub from: EndpointName,
    /// The receiving endpoint, with which there is an association.
    pub to: EndpointName,
    /// The time between two messages; the first is sent at once.
    pub every: Duration,
    /// Length of each message in bytes.
    pub size: usize,
    /// The stream.
    pub stream: u16,
    /// Payload protocol identifier as on the wire.
    pub ppid: u32,
}

impl fmt::Display for Traffic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "traffic {} → {}, {} B every {}",
            self.from,
            self.to,
            self.size,
            spoken(self.every)
        )
    }
}

record! {
    /// Starts a stream of numbered messages, which continues until `stop` or the end of
    /// the scenario.
    struct TrafficForm = "{from: client, to: server, every: 500ms, size: 100, as: ticker}" {
        required {
            /// The endpoint that sends.
            from: Reference,
            /// The receiving endpoint, with which there is an association.
            to: Reference,
            /// The time between two messages; the first is sent at once.
            every: Time,
            /// Length of each message.
            size: Size,
        }
        optional {
            /// The stream; `0` if left out.
            stream: Small,
            /// The payload protocol identifier; `0` if left out.
            ppid: Ppid,
            /// A name for this step, for `stop` to refer to.
            r#as: Name,
        }
    }
}

impl StepForm for TrafficForm {
    fn given_name(&self) -> Option<&Spanned<Name>> {
        self.r#as.spanned()
    }

    fn check(&self, scope: &mut Scope<'_, '_>) -> Option<Action> {
        let pair = scope.association(&self.from, &self.to);
        let size = check_size(&self.size, scope);
        let stream = check_stream(&self.stream, pair.as_ref(), scope);
        let every = self.every.spanned();
        if let Some(every) = every
            && every.value.0.is_zero()
        {
            scope
                .problems
                .add(
                    every.span,
                    "messages cannot follow each other without time",
                    "no time",
                )
                .help("write a time such as `1ms`, or use `send` with a `count`");
        }
        let (from, to) = pair?;
        let name = scope.own_name.clone();
        scope.story.sends(&from, &to, scope.world);
        let pair = (from.clone(), to.clone());
        scope.story.traffic.insert(name.clone(), pair);
        Some(Action::Traffic(Traffic {
            name,
            from,
            to,
            every: every?.value.0,
            size: size?,
            stream: stream?,
            ppid: self.ppid.get().map_or(0, |ppid| ppid.0),
        }))
    }
}
