//! Sends the messages of an endpoint, and puts each on record.

use std::io;
use std::net::SocketAddr;
use std::rc::Rc;

use recording::{AssociationName, Event, MessageId};
use scenario::{Ancillary, End, EndpointName, SendAttributes, StepName};
use socket::option::InitMsg;
use socket::{AssocId, Form, Message, Ppid, SendFlags, Socket};

use super::Endpoint;
use super::associations::Association;
use super::option_table::prinfo;
use super::shared_socket::SharedSocket;

/// The messages of one step.
pub(crate) struct Outgoing {
    pub(crate) to: EndpointName,
    pub(crate) step: StepName,
    pub(crate) size: usize,
    pub(crate) stream: u16,
    pub(crate) ppid: u32,
    pub(crate) unordered: bool,
    /// Whether to wait for room in the send buffer.
    pub(crate) blocking: bool,
    pub(crate) attributes: SendAttributes,
    /// The address to send to while there is no association: the message sets one up.
    pub(crate) set_up: Option<SocketAddr>,
}

impl Endpoint {
    /// Sends the message with this number of the step. With several associations to the
    /// receiver, sends one message over each, numbered in turn.
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
        let message = self.message(it, &payload);
        let mut way = match (association, it.set_up) {
            (Some(association), _) => Some(Way::over(association)),
            (None, None) => self.last_way(&it.to),
            (None, Some(address)) => self
                .first_socket()
                .map(|socket| Way::of_socket(socket, Some(address))),
        };
        if let Some(way) = &mut way {
            way.blocking = it.blocking;
        }
        match it.attributes.end {
            Some(end) => self.end_by_message(way, end, message).await,
            None => self.transmit(way, &it.to, &id, message).await,
        }
    }

    /// The message with its ancillary data.
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

    /// The transport address for a message: the one that the step names, or any of the peer
    /// where no ancillary data names the association. `None` where the message needs no
    /// address.
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

    /// The way to send to a peer with which there is no association: over the socket and ID of
    /// the last association with it, or else over the first socket. The kernel decides what
    /// becomes of the message.
    pub(super) fn last_way(&self, peer: &EndpointName) -> Option<Way> {
        let last = self.associations.borrow().last_with(peer);
        let first = || self.first_socket().map(|it| Way::of_socket(it, None));
        last.or_else(first)
    }

    /// Ends an association by a message with `SCTP_EOF` or `SCTP_ABORT`. The peer's
    /// application gets no such message.
    async fn end_by_message(
        &self,
        way: Option<Way>,
        end: End,
        message: Message<'_>,
    ) -> io::Result<()> {
        let flag = match end {
            End::Eof => "SCTP_EOF",
            End::Abort => "SCTP_ABORT",
        };
        let result = send_on(way.as_ref(), message).await;
        self.note_call("sctp_sendv", flag, result.as_ref());
        result.map(drop)
    }

    /// Sends a message and puts it on record.
    pub(super) async fn transmit(
        &self,
        way: Option<Way>,
        to: &EndpointName,
        id: &MessageId,
        message: Message<'_>,
    ) -> io::Result<()> {
        let size = message.payload.iter().map(|piece| piece.len()).sum();
        let at = self.journal.now();
        let result = send_on(way.as_ref(), message).await;
        let association = match way {
            Some(Way {
                socket,
                name: None,
                set_up: Some(address),
                ..
            }) if result.is_ok() => {
                // The kernel gives the new association no ID before the INIT ACK.
                Some(self.begun(&socket, to, AssocId::FUTURE, at, &[address]))
            }
            way => way.and_then(|way| way.name),
        };
        self.journal.note(Event::Sent {
            endpoint: self.name(),
            to: to.to_string(),
            association,
            step: id.step.clone(),
            number: id.number,
            size,
            error: result.as_ref().err().map(crate::step_error::error_name),
        });
        result.map(drop)
    }
}

/// The socket and association that a message is sent over.
pub(super) struct Way {
    socket: Rc<SharedSocket>,
    id: AssocId,
    name: Option<AssociationName>,
    /// The address to send to while the association has no ID: the message sets an
    /// association up, or follows a message that does.
    set_up: Option<SocketAddr>,
    /// Whether to wait for room in the send buffer.
    blocking: bool,
}

impl Way {
    pub(super) fn over(association: &Association) -> Self {
        Self {
            socket: Rc::clone(&association.socket),
            id: association.id,
            name: Some(association.name.clone()),
            set_up: association.no_id,
            blocking: true,
        }
    }

    /// Over a socket by an association ID, whatever the ID stands for now.
    pub(super) fn by_id(socket: Rc<SharedSocket>, id: AssocId) -> Self {
        Self {
            id,
            ..Self::of_socket(socket, None)
        }
    }

    fn of_socket(socket: Rc<SharedSocket>, set_up: Option<SocketAddr>) -> Self {
        Self {
            socket,
            id: AssocId::FUTURE,
            name: None,
            set_up,
            blocking: true,
        }
    }
}

/// Sends a message. `EBADF` where the endpoint has no socket to send on.
async fn send_on(way: Option<&Way>, message: Message<'_>) -> io::Result<usize> {
    let Some(way) = way else {
        return Err(io::Error::from_raw_os_error(nix::libc::EBADF));
    };
    let message = match way.set_up {
        Some(address) => message.to(address),
        None => message.assoc_id(way.id),
    };
    match way.blocking {
        true => way.socket.send(&message).await,
        false => Socket::send(&way.socket, &message),
    }
}
