//! The step `send`: an endpoint sends messages once.

use std::fmt;
use std::net::SocketAddr;

use super::connect::{Callee, first_address};
use super::send_attributes::check_attributes;
use super::{Action, Ancillary, End, SendAttributes, StepForm};
use crate::check::Scope;
use crate::diagnostic::Spanned;
use crate::model::{EndpointName, HEAVIEST, Style, weight};
use crate::option::{InitForm, ReliabilityForm};
use crate::read::{ChoiceOf, OneOrMany, Optional, Required, record};
use crate::value::{Address, Boolean, ErrorName, Name, Number, Ppid, Reference, Size, Small, Wide};

/// Sends messages once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Send {
    /// The endpoint that sends.
    pub from: EndpointName,
    /// The receiving endpoint.
    pub to: EndpointName,
    /// Number of messages on each association of the two endpoints.
    pub count: u64,
    /// Length of each message in bytes.
    pub size: usize,
    /// The stream.
    pub stream: u16,
    /// Payload protocol identifier as on the wire.
    pub ppid: u32,
    /// Whether the messages are unordered (U bit).
    pub unordered: bool,
    /// Whether to wait if the send buffer has no room.
    pub blocking: bool,
    /// Further attributes of each message.
    pub attributes: SendAttributes,
    /// Destination while there is no association: the first message sets one up (RFC 6458
    /// section 7.5). `None` if there is an association.
    pub set_up: Option<SocketAddr>,
    /// Name of the error that each call must return instead of sending.
    pub error: Option<String>,
}

impl fmt::Display for Send {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "send {} × {} B {} → {}",
            self.count, self.size, self.from, self.to
        )?;
        if !self.blocking {
            f.write_str(", without waiting")?;
        }
        match self.attributes.end {
            Some(End::Eof) => f.write_str(", SCTP_EOF")?,
            Some(End::Abort) => f.write_str(", SCTP_ABORT")?,
            None => {}
        }
        match &self.error {
            Some(error) => write!(f, ", refused with {error}"),
            None => Ok(()),
        }
    }
}

record! {
    /// Sends messages once. If a one-to-many endpoint has no association yet, the first
    /// message sets one up (RFC 6458 section 7.5).
    struct SendForm = "{from: client, to: server, count: 3, size: 100}" {
        required {
            /// The endpoint that sends.
            from: Reference,
            /// The receiving endpoint.
            to: Reference,
            /// Length of each message.
            size: Size,
        }
        optional {
            /// Number of messages on each association of the two; `1` if left out.
            count: Number,
            /// The stream; `0` if left out.
            stream: Small,
            /// The payload protocol identifier; `0` if left out.
            ppid: Ppid,
            /// Whether the messages are unordered (U bit); `false` if left out.
            unordered: Boolean,
            /// A number that is returned if the message cannot be sent (`snd_context`);
            /// `0` if left out.
            context: Wide,
            /// When the message is abandoned (RFC 3758, RFC 7496); never if left out.
            partial_reliability: ReliabilityForm,
            /// Whether the receiver is asked not to delay its SACK
            /// (`SCTP_SACK_IMMEDIATELY`, RFC 7053); `false` if left out.
            sack_immediately: Boolean,
            /// `eof`: the association ends gracefully after all earlier messages
            /// (`SCTP_EOF`; Linux requires `size: 0`); `abort`: the association is
            /// aborted, and the message is the reason (`SCTP_ABORT`).
            end: ChoiceOf<End>,
            /// The address of `to` to which the message is sent instead of the primary
            /// path (`SCTP_ADDR_OVER`).
            to_address: Address,
            /// Parameters of INIT, if the message sets the association up (`SCTP_INIT`).
            init: InitForm,
            /// Further addresses of `to`, if the message sets the association up
            /// (`SCTP_DSTADDRV4`, `SCTP_DSTADDRV6`).
            more_addresses: OneOrMany<Address>,
            /// Number of the key that authenticates the message (`SCTP_AUTHINFO`).
            auth_key: Small,
            /// The form in which the attributes are passed to the kernel: `sndinfo`
            /// (`SCTP_SNDINFO`, `SCTP_PRINFO`), the default; `sndrcv`, the old one
            /// (`SCTP_SNDRCV`); `none`, for the socket's defaults.
            ancillary: ChoiceOf<Ancillary>,
            /// Whether to wait for room in the send buffer; `true` if left out. With
            /// `false`, a message without room is refused with `EAGAIN`, which is
            /// recorded, and the next message is tried (`MSG_DONTWAIT`).
            blocking: Boolean,
            /// The error with which the kernel must refuse each message, such as `EPIPE`.
            error: ErrorName,
            /// A name for this step.
            r#as: Name,
        }
    }
}

impl StepForm for SendForm {
    fn given_name(&self) -> Option<&Spanned<Name>> {
        self.r#as.spanned()
    }

    fn check(&self, scope: &mut Scope<'_, '_>) -> Option<Action> {
        let error = self.error.check(|error| Some(error.value.0.clone()));
        let pair = self.check_pair(scope);
        let set_up = pair.as_ref().and_then(|(_, set_up)| *set_up);
        let pair = pair.map(|(pair, _)| pair);
        let size = match self.size.get() {
            // A message that ends an association needs no payload.
            Some(size) if size.0 == 0 && !self.end.is_absent() => Some(0),
            _ => check_size(&self.size, scope),
        };
        let stream = self.check_stream(pair.as_ref(), scope);
        let attributes = check_attributes(self, pair.as_ref().map(|(_, to)| to), scope);
        let count = scope.optional(&self.count, |scope, count| {
            if count.value.0 == 0 {
                scope
                    .problems
                    .add(count.span, "no message is sent", "none")
                    .help("write 1 or more, or leave the step out");
            }
            Some(count.value.0)
        });
        self.check_weight(scope);
        let (from, to) = pair?;
        let error = error?;
        let attributes = attributes?;
        if attributes.end.is_some() {
            scope
                .story
                .ended
                .insert((from.clone(), to.clone()), scope.own_name.clone());
        } else if error.is_none() {
            scope.story.sends(&from, &to, scope.world);
            scope.sends_in_vain(&from, &to);
        }
        Some(Action::Send(Send {
            from,
            to,
            count: count?.unwrap_or(1),
            size: size?,
            stream: stream?,
            ppid: self.ppid.get().map_or(0, |ppid| ppid.0),
            unordered: self.unordered.get().is_some_and(|unordered| unordered.0),
            blocking: self.blocking.get().is_none_or(|blocking| blocking.0),
            attributes,
            set_up,
            error,
        }))
    }
}

impl SendForm {
    /// Messages that exceed the memory of a run are refused.
    fn check_weight(&self, scope: &mut Scope<'_, '_>) {
        let Some(size) = self.size.spanned() else {
            return;
        };
        let count = self.count.spanned();
        let span = count.map_or(size.span, |count| count.span);
        let size = usize::try_from(size.value.0).unwrap_or(usize::MAX);
        let room = HEAVIEST.saturating_sub(scope.story.weight);
        let these = weight(count.map_or(1, |count| count.value.0), size);
        let all = scope.story.weight.saturating_add(these);
        if these <= room {
            scope.story.weight = all;
        } else {
            let most = room / weight(1, size);
            let help = match most {
                0 => "leave the step out, or send less before it".to_owned(),
                most => format!("write at most `count: {most}`, or smaller messages"),
            };
            scope
                .problems
                .add(
                    span,
                    "these are more messages than a run can hold",
                    format!(
                        "with those before them some {} MB of memory",
                        all / 1_000_000
                    ),
                )
                .help(help);
        }
    }

    /// Checks that the association has the stream. The number of streams is unknown if the
    /// message itself asks for streams, or is to be refused.
    fn check_stream(
        &self,
        pair: Option<&(EndpointName, EndpointName)>,
        scope: &mut Scope<'_, '_>,
    ) -> Option<u16> {
        let known = self.error.is_absent() && self.init.is_absent();
        check_stream(&self.stream, pair.filter(|_| known), scope)
    }

    /// The two endpoints, and the destination of the first message if it sets the
    /// association up.
    fn check_pair(
        &self,
        scope: &mut Scope<'_, '_>,
    ) -> Option<((EndpointName, EndpointName), Option<SocketAddr>)> {
        let pair = scope.two_endpoints(&self.from, &self.to)?;
        let (from_span, to_span) = (self.from.spanned()?.span, self.to.spanned()?.span);
        // A call that must fail may be an invalid one.
        if !self.error.is_absent() {
            scope.not_closed(&pair.0, from_span)?;
            return Some((pair, None));
        }
        let (from, to) = &pair;
        if scope.world.is_foreign(to) {
            scope.associated(&pair, from_span, to_span)?;
            return Some((pair, None));
        }
        let peer = scope.facts(to)?;
        let sets_up = scope.facts(from)?.style == Style::OneToMany && peer.listens;
        if !sets_up || scope.story.unsure || scope.story.associated.contains(&pair) {
            scope.associated(&pair, from_span, to_span)?;
            return Some((pair, None));
        }
        let port = peer.port?;
        let callee = Callee::of(peer.clone(), port);
        let address = first_address(from, &callee, to_span, scope)?;
        let to_address = SocketAddr::new(address, port);
        scope.not_closed(from, from_span)?;
        scope.story.connect(from, to);
        Some((pair, Some(to_address)))
    }
}

/// The largest message in a scenario. The limit of a stack with default buffers is lower,
/// and shows in the run.
const LARGEST: u64 = 1 << 20;

pub(super) fn check_size(size: &Required<Size>, scope: &mut Scope<'_, '_>) -> Option<usize> {
    let size = size.spanned()?;
    let problem = match size.value.0 {
        // RFC 9260 section 3.3.1: a DATA chunk without user data is an error.
        0 => "SCTP has no empty messages",
        bytes if bytes > LARGEST => "this message is too large",
        bytes => return usize::try_from(bytes).ok(),
    };
    scope
        .problems
        .add(size.span, problem, "this size")
        .help("write 1 byte to 1MiB");
    None
}

/// Number of outbound streams that the kernel asks for by default.
const DEFAULT_STREAMS: u16 = 10;

pub(super) fn check_stream(
    stream: &Optional<Small>,
    pair: Option<&(EndpointName, EndpointName)>,
    scope: &mut Scope<'_, '_>,
) -> Option<u16> {
    let stream = match stream {
        Optional::Absent => return Some(0),
        Optional::Broken => return None,
        Optional::Given(stream) => stream,
    };
    let number = stream.value.0;
    let Some(pair @ (from, to)) = pair else {
        return Some(number);
    };
    if scope.story.streams_added.contains(pair) || scope.world.is_foreign(to) {
        return Some(number);
    }
    let asked = scope
        .facts(from)?
        .outbound_streams
        .unwrap_or(DEFAULT_STREAMS);
    // The lesser of the numbers that one side asks for and the other accepts (RFC 9260
    // section 5.1.1).
    let streams = match scope.facts(to)?.inbound_streams {
        Some(taken) => asked.min(taken),
        None => asked,
    };
    if number >= streams {
        scope
            .problems
            .add(
                stream.span,
                format!("there is no stream {number}"),
                "too high",
            )
            .help(format!(
                "from `{from}` to `{to}` there are {streams}, counted from 0; \
                 an endpoint's `streams: {{out: …, in: …}}` changes that"
            ));
        return None;
    }
    Some(number)
}
