use std::borrow::Cow;

use wire::frame::Icmp;

use super::emit::{bytes, header};
use crate::check::Scope;
use crate::diagnostic::Spanned;
use crate::model::{EndpointName, IcmpKind, IcmpSaid, IcmpWord};
use crate::read::{Choice, ChoiceOf, Optional, Short, record};
use crate::value::{HeaderValue, Small, Text, Wide};

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
