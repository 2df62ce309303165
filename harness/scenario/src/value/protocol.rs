//! The words for protocols.

use std::borrow::Cow;

use rules::Protocol;

use crate::read::Choice;

/// The protocol of a frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct ProtocolWord(pub(crate) Protocol);

impl Choice for ProtocolWord {
    const WHAT: &'static str = "a protocol";

    fn choices() -> Vec<(Cow<'static, str>, Self)> {
        use Protocol::{Arp, Icmp, Sctp, Tcp, Udp};
        [Sctp, Udp, Tcp, Icmp, Arp]
            .map(|protocol| (protocol.word().into(), Self(protocol)))
            .to_vec()
    }
}
