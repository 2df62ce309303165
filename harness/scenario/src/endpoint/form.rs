use std::borrow::Cow;

use super::program::ReadyForm;
use super::timers::TimersForm;
use crate::diagnostic::Spanned;
use crate::model::Style;
use crate::option::{AuthKeyForm, OptionsForm};
use crate::read::{Choice, ChoiceOf, List, Map, OneOrMany, record};
use crate::value::{
    Address, Boolean, EnvironmentForm, Name, Number, Port, ProgramWord, Reference, RoleForm, Size,
    Small, Subscription, Text,
};

record! {
    /// An SCTP endpoint on a node: a socket, a scripted peer, or a program.
    struct EndpointForm = "{node: server, style: one-to-many, listen: 5000, subscribe: all}" {
        required {
            /// The node that it is on.
            node: Reference,
        }
        optional {
            /// What it is: a `socket` of the node's kernel, which is the default, or a
            /// scripted `peer`, for which no kernel answers: it says what `emit` has it
            /// say. A peer has `port`, `addresses`, `to` and `auth-key`, and nothing else.
            kind: ChoiceOf<EndpointKind>,
            /// The name of a program of the user's: then the endpoint is that program, run
            /// in its node. Which file it is, the command line says: `--program
            /// NAME=PATH`. It has `args`, `env`, `input`, `ready`, and where somebody
            /// connects to it `port` and `addresses`, and nothing else. It runs from the
            /// step `start` on.
            program: ProgramWord,
            /// The program's arguments.
            args: List<Text>,
            /// The program's environment, besides `PATH`, `HOME`, `TMPDIR` and `LANG`,
            /// which the lab sets.
            env: EnvironmentForm,
            /// What the program reads on its standard input, with a newline at the end;
            /// nothing if left out.
            input: Text,
            /// What the program says when it is ready: `start` waits for it.
            ready: ReadyForm,
            /// The endpoint that a scripted peer speaks to; the only one with a socket if
            /// left out.
            to: Reference,
            /// The shared keys that a scripted peer has besides number 0, which is the
            /// empty key unless another is given (RFC 4895, section 6.1). A socket has its
            /// keys under `options`.
            auth_key: OneOrMany<AuthKeyForm>,
            /// The style of its socket (RFC 6458 sections 3 and 4): `one-to-many`,
            /// which is many associations on one socket and the default, or
            /// `one-to-one`, as in TCP.
            style: ChoiceOf<Style>,
            /// The port that it is bound to and accepts associations on.
            listen: Port,
            /// The port that it is bound to without accepting associations. With
            /// neither `listen` nor `port` the kernel chooses one.
            port: Port,
            /// The addresses that it is bound to, and tells its peer; all addresses
            /// of its node if left out.
            addresses: OneOrMany<Address>,
            /// Whether it is bound to the wildcard address, as most programs are, in
            /// place of `addresses`: to all that its node has and will have; `false` if
            /// left out. `auto-asconf` needs it.
            wildcard: Boolean,
            /// The notifications that it asks for: `all`, or a list of them. None if
            /// left out, as with every SCTP socket.
            subscribe: Subscription,
            /// The socket options that it sets before anything else.
            options: OptionsForm,
            /// How many streams it asks for and accepts.
            streams: StreamsForm,
            /// What it does with messages besides receiving them: `echo` sends each
            /// back, `answer` answers each with `OK`, `{relay: other}` sends each on
            /// to another endpoint, and what comes from there back. Stream, PPID and
            /// the message's name and number are kept.
            role: RoleForm,
            /// How many sockets of this kind there are, each with a port of its own;
            /// `1` if left out. A step of the endpoint is a step of each.
            count: Number,
            /// The bytes that it hands to each receive call. A longer message comes
            /// in pieces. More than any message has, if left out.
            receive_buffer: Size,
            /// The timers and thresholds that it changes; the others keep the kernel's
            /// defaults.
            timers: TimersForm,
        }
    }
}

record! {
    /// The streams of an endpoint's associations.
    struct StreamsForm = "{out: 10, in: 10}" {
        optional {
            /// How many outbound streams it asks for; the kernel's default is 10.
            out: Small,
            /// How many inbound streams it accepts at most.
            r#in: Small,
        }
    }
}

/// What an endpoint is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum EndpointKind {
    Socket,
    Peer,
}

impl Choice for EndpointKind {
    const WHAT: &'static str = "a kind of endpoint";

    fn choices() -> Vec<(Cow<'static, str>, Self)> {
        vec![("socket".into(), Self::Socket), ("peer".into(), Self::Peer)]
    }
}

/// The endpoints of one kind, with their names.
pub(super) fn of_kind(
    forms: &Map<EndpointForm>,
    is_it: fn(&EndpointForm) -> bool,
) -> impl Iterator<Item = (&Spanned<Name>, &EndpointForm)> {
    let all = forms.0.iter();
    all.filter_map(move |(name, form)| Some((name, form.as_ref().filter(|form| is_it(form))?)))
}

impl EndpointForm {
    /// Whether it is a program.
    pub(crate) fn is_program(&self) -> bool {
        !self.program.is_absent()
    }

    /// Whether it is a scripted peer.
    pub(crate) fn is_scripted(&self) -> bool {
        !self.is_program()
            && self
                .kind
                .get()
                .is_some_and(|kind| kind.0 == EndpointKind::Peer)
    }
}
