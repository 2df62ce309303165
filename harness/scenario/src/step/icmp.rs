//! The ICMP messages of the step `emit`.

use std::borrow::Cow;
use std::fmt;

use wire::build::Value;
use wire::frame::Icmp;

use super::emit::{bytes, header};
use crate::check::Scope;
use crate::diagnostic::Spanned;
use crate::model::EndpointName;
use crate::read::{Choice, ChoiceOf, Optional, Short, record};
use crate::value::{HeaderValue, Small, Text, Wide};

/// An ICMP or ICMPv6 error from a scripted peer, about an SCTP packet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IcmpSaid {
    /// Type and code of the error.
    pub what: IcmpKind,
    /// The second word, which may have an MTU or a pointer.
    pub word: IcmpWord,
    /// The SCTP packet that the error quotes; by default the last awaited packet.
    pub packet: Option<Value>,
    /// The verification tag in the quoted packet; by default unchanged.
    pub tag: Option<Value>,
    /// Number of quoted bytes; by default as many as fit.
    pub length: Option<usize>,
    /// Source and destination address of the quoted packet, if changed.
    pub addresses: [Option<Value>; 2],
}

/// A type and a code in ICMP and in ICMPv6, whose numbers differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct IcmpKind {
    /// In ICMP.
    pub v4: Option<(u8, u8)>,
    /// In ICMPv6.
    pub v6: Option<(u8, u8)>,
}

/// The second word of an ICMP message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IcmpWord {
    /// Unused: 0.
    Unused,
    /// The MTU of the next hop.
    Mtu(u32),
    /// The offset of the error.
    Pointer(u8),
}

impl IcmpKind {
    /// The type and code in one family.
    #[must_use]
    pub fn of(self, is_v6: bool) -> Option<(u8, u8)> {
        match is_v6 {
            false => self.v4,
            true => self.v6,
        }
    }

    /// These numbers in both families.
    #[must_use]
    pub fn numbered(kind: u8, code: u8) -> Self {
        let both = Some((kind, code));
        Self { v4: both, v6: both }
    }
}

impl IcmpWord {
    /// The word, in host byte order: the pointer of ICMP is the first byte (RFC 792), that
    /// of ICMPv6 all of it (RFC 4443, section 3.4).
    #[must_use]
    pub fn number(self, is_v6: bool) -> u32 {
        match (self, is_v6) {
            (Self::Unused, _) => 0,
            (Self::Mtu(mtu), _) => mtu,
            (Self::Pointer(pointer), false) => u32::from(pointer) << 24,
            (Self::Pointer(pointer), true) => pointer.into(),
        }
    }
}

impl fmt::Display for IcmpSaid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let is_v6 = self.what.v4.is_none();
        let kind = self.what.of(is_v6).unwrap_or_default();
        Icmp::new(is_v6, kind, self.word.number(is_v6), &[]).fmt(f)?;
        match &self.packet {
            Some(packet) => write!(f, " about {packet}")?,
            None => f.write_str(" about the last packet")?,
        }
        if let Some(length) = self.length {
            write!(f, ", {length} bytes of it")?;
        }
        match &self.tag {
            Some(tag) => write!(f, ", with tag {tag} in it"),
            None => Ok(()),
        }
    }
}

record! {
    /// An ICMP message (or ICMPv6, with IPv6 addresses) that reports an error about an
    /// SCTP packet.
    struct IcmpForm = "{message: fragmentation-needed, mtu: 1000}" {
        optional {
            /// The error: `protocol-unreachable`, `fragmentation-needed`,
            /// `packet-too-big`. Without other keys it stands alone: `icmp:
            /// port-unreachable`.
            message: ChoiceOf<IcmpKind>,
            /// Instead of `message`: the type, for an error without a name.
            r#type: Small,
            /// The code for `type`; 0 if left out.
            code: Small,
            /// The MTU in the message; 0 if left out.
            mtu: Wide,
            /// The offset of the error in a `parameter-problem`; 0 if left out.
            pointer: Small,
            /// The SCTP packet that the message quotes: `$packet` (the default), which is
            /// the last awaited one; another packet by its name; or bytes.
            packet: Text,
            /// The verification tag in the quoted packet; unchanged if left out.
            tag: HeaderValue,
            /// Number of quoted bytes; by default as many as fit into 576 bytes, or 1280
            /// with IPv6.
            length: Small,
            /// The source address of the quoted packet; by default that of the last
            /// awaited packet.
            source: HeaderValue,
            /// The destination address of the quoted packet; by default that of the last
            /// awaited packet.
            destination: HeaderValue,
        }
    }
}

impl Short for IcmpForm {
    const KEY: &'static str = "message";
}

impl Choice for IcmpKind {
    const WHAT: &'static str = "what an ICMP message reports";

    fn choices() -> Vec<(Cow<'static, str>, Self)> {
        let mut names = Icmp::names_of_errors(false);
        for name in Icmp::names_of_errors(true) {
            if !names.contains(&name) {
                names.push(name);
            }
        }
        let kind = |name: &str| Self {
            v4: Icmp::named(false, name),
            v6: Icmp::named(true, name),
        };
        names
            .into_iter()
            .map(|name| {
                let kind = kind(&name);
                (name.into(), kind)
            })
            .collect()
    }
}

impl IcmpForm {
    pub(super) fn check(&self, peer: &EndpointName, scope: &mut Scope<'_, '_>) -> Option<IcmpSaid> {
        let what = self.check_kind(scope);
        let word = self.check_word(scope);
        let packet = bytes(&self.packet, "packet", "this is no packet", peer, scope)?;
        let tag = header(&self.tag, peer, scope)?;
        let source = header(&self.source, peer, scope)?;
        let destination = header(&self.destination, peer, scope)?;
        let length = self.length.check(|length| Some(length.value.0))?;
        Some(IcmpSaid {
            what: what?,
            word: word?,
            packet,
            tag,
            length: length.map(usize::from),
            addresses: [source, destination],
        })
    }

    fn check_kind(&self, scope: &mut Scope<'_, '_>) -> Option<IcmpKind> {
        let message = self.message.check(|it| Some(it.value.0))?;
        let number = byte(&self.r#type, scope)?;
        let code = byte(&self.code, scope)?;
        let span = self.r#type.span().or(self.code.span());
        match (message, number, span) {
            (Some(message), None, None) => Some(message),
            (None, Some(number), _) => Some(IcmpKind::numbered(number, code.unwrap_or(0))),
            (Some(_), _, Some(span)) => {
                scope
                    .problems
                    .add(span, "`message` says the type and the code", "once more")
                    .help("leave `message` out, or `type` and `code`");
                None
            }
            (None, None, _) | (Some(_), Some(_), None) => {
                scope
                    .problems
                    .add(
                        scope.own_span,
                        "this ICMP message does not say what it reports",
                        "no message",
                    )
                    .help(format!("write `icmp: {}`", Self::EXAMPLE));
                None
            }
        }
    }

    fn check_word(&self, scope: &mut Scope<'_, '_>) -> Option<IcmpWord> {
        let mtu = self.mtu.check(|mtu| Some(mtu.value.0))?;
        let pointer = byte(&self.pointer, scope)?;
        match (mtu, pointer, self.pointer.span()) {
            (None, None, _) => Some(IcmpWord::Unused),
            (Some(mtu), None, _) => Some(IcmpWord::Mtu(mtu)),
            (None, Some(pointer), _) => Some(IcmpWord::Pointer(pointer)),
            (Some(_), Some(_), span) => {
                scope
                    .problems
                    .add(
                        span.unwrap_or(scope.own_span),
                        "`mtu` and `pointer` stand in the same place of the message",
                        "the second of them",
                    )
                    .help("leave one of the two out");
                None
            }
        }
    }
}

/// A number of one byte.
fn byte(field: &Optional<Small>, scope: &mut Scope<'_, '_>) -> Option<Option<u8>> {
    scope.optional(field, |scope, number: &Spanned<Small>| {
        let byte = u8::try_from(number.value.0).ok();
        if byte.is_none() {
            let message = format!("{} does not fit in a byte", number.value.0);
            scope
                .problems
                .add(number.span, message, "too much")
                .help("write a number up to 255");
        }
        byte
    })
}
