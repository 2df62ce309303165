//! The step `answer`: a scripted peer answers HEARTBEATs or DATA by itself.

use std::borrow::Cow;
use std::fmt;

use super::{Action, StepForm};
use crate::check::Scope;
use crate::diagnostic::Spanned;
use crate::model::EndpointName;
use crate::read::{Choice, ChoiceOf, OneOrMany, Short, record};
use crate::value::{Name, Reference};

/// Makes a scripted peer answer some chunks automatically from now on, or stop doing so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The peer.
    pub peer: EndpointName,
    /// Whether each HEARTBEAT is answered by a HEARTBEAT ACK.
    pub heartbeats: bool,
    /// Whether each packet with DATA is answered by a SACK.
    pub data: bool,
}

impl fmt::Display for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let what = match (self.heartbeats, self.data) {
            (true, true) => "HEARTBEATs and DATA",
            (true, false) => "HEARTBEATs",
            (false, true) => "DATA",
            (false, false) => "nothing",
        };
        write!(f, "{} answers {what} by itself", self.peer)
    }
}

record! {
    /// Makes a scripted peer answer some chunks automatically from now on, until another
    /// `answer` changes that.
    struct AnswerForm = "[heartbeats, data]" {
        required {
            /// The chunks that are answered: `heartbeats`, each by a HEARTBEAT ACK;
            /// `data`, each packet by an immediate SACK; `nothing`. The value stands
            /// alone: `answer: nothing`.
            what: OneOrMany<ChoiceOf<Answered>>,
        }
        optional {
            /// The peer; the only one if left out.
            peer: Reference,
            /// A name for this step.
            r#as: Name,
        }
    }
}

#[derive(Clone, Copy, PartialEq)]
pub(super) enum Answered {
    Heartbeats,
    Data,
    Nothing,
}

impl Choice for Answered {
    const WHAT: &'static str = "what is answered";

    fn choices() -> Vec<(Cow<'static, str>, Self)> {
        vec![
            ("heartbeats".into(), Self::Heartbeats),
            ("data".into(), Self::Data),
            ("nothing".into(), Self::Nothing),
        ]
    }
}

impl Short for AnswerForm {
    const KEY: &'static str = "what";
}

impl StepForm for AnswerForm {
    fn given_name(&self) -> Option<&Spanned<Name>> {
        self.r#as.spanned()
    }

    fn check(&self, scope: &mut Scope<'_, '_>) -> Option<Action> {
        let peer = scope.scripted(&self.peer)?;
        let what = &self.what.get()?.0;
        let has = |wanted| what.items.iter().any(|it| it.value.0 == wanted);
        if has(Answered::Nothing) && what.items.len() > 1 {
            scope
                .problems
                .add(self.what.spanned()?.span, "nothing and something", "which?")
                .help("leave `nothing` out");
        }
        (!what.broken).then_some(Action::Answer(Answer {
            peer,
            heartbeats: has(Answered::Heartbeats),
            data: has(Answered::Data),
        }))
    }
}
