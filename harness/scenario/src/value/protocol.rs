//! The words for protocols.

use std::borrow::Cow;

use crate::model::Protocol;
use crate::read::Choice;

impl Choice for Protocol {
    const WHAT: &'static str = "a protocol";

    fn choices() -> Vec<(Cow<'static, str>, Self)> {
        use Protocol::{Arp, Icmp, Sctp, Tcp, Udp};
        [Sctp, Udp, Tcp, Icmp, Arp]
            .map(|protocol| (protocol.word().into(), protocol))
            .to_vec()
    }
}
