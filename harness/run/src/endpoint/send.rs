use std::io;
use std::net::SocketAddr;

use recording::{Event, MessageId};
use scenario::{Ancillary, End, EndpointName, SendAttributes, StepName};
use socket::option::InitMsg;
use socket::{AssocId, Form, Message, Ppid, SendFlags};

use super::Endpoint;
use super::associations::Association;
use super::option::prinfo;

/// Messages of one step.
pub(crate) struct Outgoing {
    pub(crate) to: EndpointName,
    pub(crate) step: StepName,
    pub(crate) size: usize,
    pub(crate) stream: u16,
    pub(crate) ppid: u32,
    pub(crate) unordered: bool,
    pub(crate) attributes: SendAttributes,
    /// Where to, while there is no association: the message sets one up.
    pub(crate) set_up: Option<SocketAddr>,
}

impl Endpoint {
    /// Sends the message of that number, when there is room for it: one over
    /// each association with the receiver, numbered in turn.
    pub(crate) async fn send(&self, it: &Outgoing, number: u64) -> io::Result<()> {
        let associations = self.associations.borrow().with(&it.to);
        if associations.is_empty() {
            return self.send_one(None, it, number).await;
        }
        let each = associations.len() as u64;
        for (association, place) in associations.iter().zip(1..) {
            self.send_one(Some(association), it, (number - 1) * each + place)
                .await?;
        }
        Ok(())
    }

    async fn send_one(
        &self,
        association: Option<&Association>,
        it: &Outgoing,
        number: u64,
    ) -> io::Result<()> {
        let id = MessageId {
            sender: self.name(),
            step: it.step.to_string(),
            number,
        };
        let payload = match it.size {
            0 => Vec::new(),
            size => id.payload(size),
        };
        let mut message = self.message(it, &payload);
        let first = match it.set_up {
            Some(address) if association.is_none() => self.first_socket().map(|socket| {
                message = message.clone().to(address);
                Association {
                    socket,
                    id: AssocId::FUTURE,
                }
            }),
            _ => None,
        };
        let association = association.or(first.as_ref());
        match it.attributes.end {
            Some(end) => self.end_by_message(association, end, message).await,
            None => self.transmit(association, &it.to, &id, message).await,
        }
    }

    /// The message with all that travels beside it.
    fn message<'p>(&self, it: &Outgoing, payload: &'p [u8]) -> Message<'p> {
        let attributes = &it.attributes;
        let mut message = Message::new(payload)
            .sid(it.stream)
            .ppid(Ppid(it.ppid))
            .context(attributes.context)
            .form(match attributes.ancillary {
                Ancillary::SndInfo => Form::SndInfo,
                Ancillary::SndRcv => Form::SndRcv,
                Ancillary::None => Form::Defaults,
            });
        for (set, flag) in [
            (it.unordered, SendFlags::UNORDERED),
            (attributes.sack_immediately, SendFlags::SACK_IMMEDIATELY),
            (attributes.to_address.is_some(), SendFlags::ADDR_OVER),
            (attributes.end == Some(End::Eof), SendFlags::EOF),
            (attributes.end == Some(End::Abort), SendFlags::ABORT),
        ] {
            if set {
                message = message.flags(flag);
            }
        }
        message.prinfo = attributes.reliability.map(prinfo);
        message.auth_key = attributes.auth_key;
        message
            .more_addresses
            .clone_from(&attributes.more_addresses);
        message.to = self.transport(it);
        message.init = attributes.init.map(|init| InitMsg {
            num_ostreams: init.outbound_streams.unwrap_or(0),
            max_instreams: init.inbound_streams.unwrap_or(0),
            max_attempts: init.max_attempts.unwrap_or(0),
            max_init_timeo: init.max_timeout.unwrap_or_default(),
        });
        message
    }

    /// A transport address of a peer: the one asked for, or any where it is all
    /// that says which association is meant.
    fn transport(&self, it: &Outgoing) -> Option<SocketAddr> {
        let bare = it.attributes.ancillary == Ancillary::None;
        let wanted = it.attributes.to_address;
        if wanted.is_none() && !bare {
            return None;
        }
        let book = self.book.borrow();
        let mut entries = book.iter();
        let (key, _) = entries.find(|((ip, _), owner)| {
            **owner == it.to && wanted.is_none_or(|wanted| wanted == *ip)
        })?;
        Some(SocketAddr::from(*key))
    }

    /// Ends an association by a message, which is none that is delivered.
    async fn end_by_message(
        &self,
        association: Option<&Association>,
        end: End,
        message: Message<'_>,
    ) -> io::Result<()> {
        let flag = match end {
            End::Eof => "SCTP_EOF",
            End::Abort => "SCTP_ABORT",
        };
        let result = match association {
            Some(Association { socket, id }) => socket.send(&message.assoc_id(*id)).await,
            None => Err(io::Error::from_raw_os_error(nix::libc::ENOTCONN)),
        };
        self.note_call("sctp_sendv", flag, result.as_ref());
        result.map(drop)
    }

    /// Sends a message over an association and puts it on record.
    pub(super) async fn transmit(
        &self,
        association: Option<&Association>,
        to: &EndpointName,
        id: &MessageId,
        message: Message<'_>,
    ) -> io::Result<()> {
        let size = message.payload.iter().map(|piece| piece.len()).sum();
        let result = match association {
            Some(Association { socket, id }) => {
                let sent = socket.send(&message.assoc_id(*id)).await;
                sent.map(drop)
            }
            None => Err(io::Error::from_raw_os_error(nix::libc::ENOTCONN)),
        };
        self.journal.note(Event::Sent {
            endpoint: self.name(),
            to: to.to_string(),
            step: id.step.clone(),
            number: id.number,
            size,
            error: result.as_ref().err().map(super::error_name),
        });
        result
    }
}
