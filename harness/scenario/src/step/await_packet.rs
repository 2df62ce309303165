//! The step `await`: a scripted peer waits for a packet.

use std::borrow::Cow;
use std::fmt;
use std::time::Duration;

use rules::spoken;

use super::emit::UdpForm;
use super::script::skipping;
use super::{Action, StepForm};
use crate::check::Scope;
use crate::diagnostic::Spanned;
use crate::model::packet_wanted::show_either;
use crate::model::{Carrier, EndpointName, PacketWanted, Skip};
use crate::read::{Choice, ChoiceOf, OneOrMany, Optional, Short, record};
use crate::value::{
    Alternatives, Binding, Bindings, Boolean, ChecksumForm, ChunkPatterns, ChunkType, HeaderValue,
    Name, Reference, Time,
};

/// Waits for a packet at a scripted peer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Await {
    /// The peer.
    pub peer: EndpointName,
    /// The packets of which one must come. An empty list accepts any packet.
    pub either: Vec<PacketWanted>,
    /// Whether the absence of a packet is accepted, too.
    pub or_nothing: bool,
    /// Time limit, from the step's start.
    pub within: Duration,
    /// Earliest time, from the step's start.
    pub not_before: Duration,
    /// Packets that may come first.
    pub skip: Skip,
    /// Values of the packet that are remembered, and their names.
    pub bind: Vec<Binding>,
}

impl fmt::Display for Await {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.peer)?;
        show_either(&self.either, f)?;
        if self.or_nothing {
            f.write_str(", or nothing")?;
        }
        write!(f, " within {}", spoken(self.within))?;
        if !self.not_before.is_zero() {
            write!(f, ", and not before {}", spoken(self.not_before))?;
        }
        Ok(())
    }
}

record! {
    /// Waits for a packet at a scripted peer. The next packet must match, unless it is
    /// one that is skipped. A packet that came before this step and was not awaited yet
    /// counts, too.
    struct AwaitForm = "{chunks: [{abort: {cause: no-user-data}}], within: 500ms}" {
        optional {
            /// The peer; the only one if left out.
            peer: Reference,
            /// Chunks of the packet, in this order; others may stand between them. Any
            /// packet if left out. Without other keys the chunks stand alone: `await:
            /// init-ack`.
            chunks: ChunkPatterns,
            /// Instead of `chunks`: several patterns of which one must match, where the
            /// RFC leaves the choice.
            either: Alternatives,
            /// Whether the absence of a packet is accepted, too; `false` if left out.
            or_nothing: Boolean,
            /// Whether the packet has no other chunks; `false` if left out.
            only: Boolean,
            /// Verification tag: `0`, `$tag`. Any if left out.
            tag: HeaderValue,
            /// Source port.
            source_port: HeaderValue,
            /// Destination port.
            destination_port: HeaderValue,
            /// Source address.
            source: HeaderValue,
            /// Destination address.
            destination: HeaderValue,
            /// Checksum: `good`, `zero`. Any if left out.
            checksum: ChecksumForm,
            /// The ports of the UDP datagram that carries the packet (RFC 6951).
            udp: UdpForm,
            /// Whether the packet is in UDP: `false` requires that it is not. Either if
            /// both this and `udp` are left out.
            encapsulated: Boolean,
            /// Time limit, from this step's start; `1s` if left out.
            within: Time,
            /// Earliest time, from this step's start.
            not_before: Time,
            /// Packets that may come first: those with no chunks but these types, or
            /// `all`. HEARTBEATs are always skipped unless they are awaited, and so are
            /// packets that the peer answers automatically.
            skip: SkipForm,
            /// Values of the packet that are remembered, by name: `{nonce:
            /// heartbeat.info}`.
            bind: Bindings,
            /// A name for this step.
            r#as: Name,
        }
    }
}

/// The packets that are skipped: types of chunks, or all.
pub(super) enum SkipForm {
    All,
    Chunks(Vec<wire::ChunkType>),
}

#[derive(Clone, Copy)]
pub(super) struct All;

impl Choice for All {
    const WHAT: &'static str = "what is skipped";

    fn choices() -> Vec<(Cow<'static, str>, Self)> {
        vec![("all".into(), All)]
    }
}

impl crate::read::Read for SkipForm {
    fn read(
        node: &crate::yaml::Node,
        problems: &mut crate::diagnostic::Problems<'_>,
    ) -> Option<Self> {
        if let crate::yaml::Value::Scalar(text) = &node.value
            && text == "all"
        {
            return Some(Self::All);
        }
        let kinds: OneOrMany<ChunkType> = OneOrMany::read(node, problems)?;
        let chunks = kinds.0.items.iter().map(|kind| kind.value.0).collect();
        (!kinds.0.broken).then_some(Self::Chunks(chunks))
    }
}

impl schemars::JsonSchema for SkipForm {
    fn schema_name() -> Cow<'static, str> {
        "skip".into()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let all = generator.subschema_for::<ChoiceOf<All>>();
        let chunks = generator.subschema_for::<OneOrMany<ChunkType>>();
        schemars::json_schema!({"anyOf": [all, chunks]})
    }
}

impl Short for AwaitForm {
    const KEY: &'static str = "chunks";
}

/// The default time limit: long enough for any link, and for a delayed SACK.
const SOON: Duration = Duration::from_secs(1);

impl StepForm for AwaitForm {
    fn given_name(&self) -> Option<&Spanned<Name>> {
        self.r#as.spanned()
    }

    fn check(&self, scope: &mut Scope<'_, '_>) -> Option<Action> {
        let peer = scope.scripted(&self.peer)?;
        let either = self.check_either(&peer, scope)?;
        let within = self.within.check(|it| Some(it.value.0))?.unwrap_or(SOON);
        let not_before = self.not_before.check(|it| Some(it.value.0))?;
        let not_before = not_before.unwrap_or_default();
        if not_before >= within
            && let Some(span) = self.not_before.span()
        {
            scope
                .problems
                .add(span, "`not-before` must be less than `within`", "too late")
                .help("`within` is `1s` if left out");
        }
        scope.story.waited = scope.story.waited.saturating_add(not_before);
        let skip = check_skip(&self.skip, &either)?;
        let bind = scope.bindings(&peer, &self.bind)?;
        Some(Action::Await(Await {
            peer,
            either,
            or_nothing: self.or_nothing.get().is_some_and(|it| it.0),
            within,
            not_before,
            skip,
            bind,
        }))
    }
}

impl AwaitForm {
    fn check_either(
        &self,
        peer: &EndpointName,
        scope: &mut Scope<'_, '_>,
    ) -> Option<Vec<PacketWanted>> {
        if let (Some(span), false) = (self.either.span(), self.chunks.is_absent()) {
            scope
                .problems
                .add(span, "both `chunks` and `either` are given", "which one?")
                .help("put the `chunks` into the list of `either`");
        }
        let carrier = self.check_carrier(scope)?;
        let mut header = |field: &Optional<HeaderValue>| {
            scope.optional(field, |scope, value| {
                if let Some(later) = value.value.name() {
                    scope.knows(peer, later, value.span);
                }
                Some(value.value.1.clone())
            })
        };
        let head = PacketWanted {
            chunks: Vec::new(),
            only: self.only.get().is_some_and(|it| it.0),
            tag: header(&self.tag)?,
            ports: [header(&self.source_port)?, header(&self.destination_port)?],
            addresses: [header(&self.source)?, header(&self.destination)?],
            checksum: self.checksum.check(|it| Some(it.value.0))?,
            carrier,
        };
        let with = |chunks: &ChunkPatterns| PacketWanted {
            chunks: chunks.0.clone(),
            ..head.clone()
        };
        if matches!(self.chunks, Optional::Broken) || matches!(self.either, Optional::Broken) {
            return None;
        }
        let span = self.chunks.span().or(self.either.span());
        let all: Vec<PacketWanted> = match (self.chunks.get(), self.either.get()) {
            (_, Some(either)) => either.0.iter().map(with).collect(),
            (Some(chunks), None) => vec![with(chunks)],
            (None, None) => vec![head],
        };
        for packet in &all {
            scope.knows_patterns(peer, &packet.chunks, span.unwrap_or(scope.own_span));
        }
        Some(all)
    }

    fn check_carrier(&self, scope: &mut Scope<'_, '_>) -> Option<Option<Carrier>> {
        let ports = self
            .udp
            .check(|form| form.value.ports().map(Carrier::Udp))?;
        let encapsulated = self.encapsulated.check(|it| Some(it.value.0))?;
        match (ports, encapsulated, self.encapsulated.span()) {
            (None, Some(true), Some(span)) => {
                scope
                    .problems
                    .add(span, "this leaves the ports open", "which ones?")
                    .help("say them: `udp: {source: 9899, destination: 9899}`");
                None
            }
            (Some(_), Some(false), Some(span)) => {
                scope
                    .problems
                    .add(span, "it cannot come in UDP and not in UDP", "which one?")
                    .help("leave out `udp` or `encapsulated`");
                None
            }
            (ports, Some(false), _) => Some(ports.or(Some(Carrier::Ip))),
            (ports, _, _) => Some(ports),
        }
    }
}

pub(super) fn check_skip(form: &Optional<SkipForm>, about: &[PacketWanted]) -> Option<Skip> {
    let form = form.check(|form| {
        Some(match &form.value {
            SkipForm::All => Skip::All,
            SkipForm::Chunks(kinds) => skipping(kinds.clone(), about),
        })
    })?;
    Some(form.unwrap_or_else(|| skipping(Vec::new(), about)))
}
