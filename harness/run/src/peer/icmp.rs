//! ICMP messages that a scripted peer sends.

use std::net::IpAddr;

use scenario::{Emit, IcmpSaid};
use wire::build::{Sum, Value};
use wire::frame::{Envelope, Icmp};

use super::super::step_error::StepError;
use super::Peer;
use super::say::{address, number};

/// The most bytes of an IP packet with an ICMP error: RFC 1812, section 4.3.2.3, and RFC
/// 4443, section 2.4 (c).
const MOST_IN_IPV4: usize = 576;
const MOST_IN_IPV6: usize = 1280;
/// The sizes in bytes of the headers of IPv4, IPv6 and ICMP.
const IPV4: usize = 20;
const IPV6: usize = 40;
const ICMP: usize = 8;

impl Peer {
    /// Sends the ICMP message that a step describes.
    pub(super) fn report(&self, it: &Emit, said: &IcmpSaid) -> Result<(), StepError> {
        let [source, destination] = self.addresses(&it.header.addresses)?;
        let is_v6 = destination.is_ipv6();
        let kind = said.what.of(is_v6).ok_or_else(|| {
            let family = if is_v6 { "ICMPv6" } else { "ICMP" };
            StepError::new(format!(
                "{family}, which goes to {destination}, has no {said}"
            ))
        })?;
        let room = match is_v6 {
            false => MOST_IN_IPV4 - IPV4 - ICMP,
            true => MOST_IN_IPV6 - IPV6 - ICMP,
        };
        let quoted = self.quoted(said, room)?;
        let icmp = Icmp::new(is_v6, kind, said.word.number(is_v6), &quoted);
        let mut message = icmp.encode(source, destination);
        if it.checksum == Sum::Wrong {
            message[2] ^= 1;
        }
        let envelope = Envelope::new(source, destination);
        self.sent(self.host.node.send_icmp(&envelope, &message))
    }

    /// The beginning of the IP packet that a message is about.
    fn quoted(&self, said: &IcmpSaid, room: usize) -> Result<Vec<u8>, StepError> {
        let memory = &self.state.borrow().memory;
        let known = |name: &str| memory.get(name);
        let packet = match &said.packet {
            Some(packet) => Some(packet.resolved(&known)?),
            None => memory.get("packet"),
        };
        let mut sctp = match packet {
            Some(Value::Bytes(bytes)) => bytes.to_vec(),
            Some(other) => return Err(StepError::new(format!("{other} is no packet"))),
            None => {
                return Err(StepError::new(
                    "there is no packet that the message could be about: none was awaited yet",
                ));
            }
        };
        if let Some(tag) = &said.tag {
            let tag = number(Some(tag.resolved(&known)?), "the verification tag")?;
            let place = sctp
                .get_mut(4..8)
                .ok_or_else(|| StepError::new("the packet that is quoted has no room for a tag"))?;
            place.copy_from_slice(&tag.to_be_bytes());
        }
        let said_address = |at: usize, last: IpAddr| match &said.addresses[at] {
            Some(said) => address(Some(said.resolved(&known)?)),
            None => Ok(last),
        };
        let around = memory.around_the_last(&self.config);
        let envelope = Envelope {
            link: None,
            source: said_address(0, around.source)?,
            destination: said_address(1, around.destination)?,
            ..around
        };
        let mut quoted = envelope
            .encode_sctp(&sctp)
            .map_err(|error| StepError::new(format!("it cannot be quoted: {error}")))?;
        let headers = quoted.len() - sctp.len();
        quoted.truncate(match said.length {
            Some(length) => headers + length,
            None => room,
        });
        Ok(quoted)
    }
}
