//! The form of an endpoint, with the keys of all three kinds.

use std::borrow::Cow;

use super::program::ReadyForm;
use crate::diagnostic::Spanned;
use crate::model::Style;
use crate::option::{AuthKeyForm, OptionsForm};
use crate::read::{Choice, ChoiceOf, List, Map, OneOrMany, record};
use crate::timers::TimersForm;
use crate::value::{
    Address, Boolean, EnvironmentForm, Name, Number, Port, ProgramWord, Reference, RoleForm, Size,
    Small, Subscription, Text,
};

record! {
    /// An SCTP endpoint on a node: a socket, a scripted peer, or a program.
    struct EndpointForm = "{node: server, style: one-to-many, listen: 5000, subscribe: all}" {
        required {
            /// The node of the endpoint.
            node: Reference,
        }
        optional {
            /// Kind of the endpoint: a `socket` of the node's kernel, which is the default, or
            /// a scripted `peer` without a kernel, which sends the packets of `emit` steps.
            /// Besides `node` and `kind`, a peer has only `port`, `addresses`, `to` and
            /// `auth-key`.
            kind: ChoiceOf<EndpointKind>,
            /// The name of a program of the user's. The endpoint is then that program,
            /// which runs in its node from the step `start` on. The command line names
            /// its file: `--program NAME=PATH`. Besides `node` and `program`, a program has
            /// only `args`, `env`, `input`, `ready`, and, if other endpoints connect to it,
            /// `port` and `addresses`.
            program: ProgramWord,
            /// The program's arguments.
            args: List<Text>,
            /// The program's environment, besides `PATH`, `HOME`, `TMPDIR` and `LANG`,
            /// which the lab sets.
            env: EnvironmentForm,
            /// What the program reads on its standard input, with a newline at the end;
            /// nothing if left out.
            input: Text,
            /// The output by which the program shows that it is ready: `start` waits for
            /// it.
            ready: ReadyForm,
            /// The endpoint that a scripted peer sends to. If left out, the only endpoint
            /// with a socket.
            to: Reference,
            /// The shared keys that a scripted peer has besides number 0, which is the
            /// empty key unless another is given (RFC 4895, section 6.1). A socket has its
            /// keys under `options`.
            auth_key: OneOrMany<AuthKeyForm>,
            /// The style of the socket (RFC 6458 sections 3 and 4): `one-to-many`, the default,
            /// for many associations on one socket; or `one-to-one`, as in TCP.
            style: ChoiceOf<Style>,
            /// The port that the socket is bound to, and on which it accepts
            /// associations.
            listen: Port,
            /// The port that the socket is bound to without accepting associations. With
            /// neither `listen` nor `port`, the kernel chooses one.
            port: Port,
            /// The addresses that the socket is bound to and announces to its peer; all
            /// addresses of its node if left out.
            addresses: OneOrMany<Address>,
            /// Whether the socket is bound to the wildcard address, as those of most
            /// programs are, instead of `addresses`: to all present and future addresses
            /// of its node; `false` if left out. `auto-asconf` needs it.
            wildcard: Boolean,
            /// The notifications that the socket subscribes to: `all`, or a list of them.
            /// None if left out, as with every SCTP socket.
            subscribe: Subscription,
            /// The socket options that are set when the socket is opened.
            options: OptionsForm,
            /// The numbers of streams to ask for and to accept.
            streams: StreamsForm,
            /// What the endpoint does with received messages: `echo` sends each back,
            /// `answer` answers each with `OK`, `{relay: other}` sends each on to another
            /// endpoint, and that endpoint's messages back. The message that is sent has the
            /// stream, PPID, order, step and number of the received one.
            role: RoleForm,
            /// Number of sockets of this kind, each with a port of its own; `1` if left
            /// out. A step of the endpoint is a step of each socket.
            count: Number,
            /// Size in bytes of the buffer for each receive call. A longer message comes
            /// in pieces. If left out, the buffer is larger than any message.
            receive_buffer: Size,
            /// The timers and thresholds that differ from the kernel's defaults.
            timers: TimersForm,
        }
    }
}

record! {
    /// The streams of an endpoint's associations.
    struct StreamsForm = "{out: 10, in: 10}" {
        optional {
            /// Number of outbound streams to ask for; the kernel's default is 10.
            out: Small,
            /// Greatest number of inbound streams to accept.
            r#in: Small,
        }
    }
}

/// Kind of an endpoint.
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
