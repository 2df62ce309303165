use std::io;
use std::net::SocketAddr;

use recording::{Event, MessageId};
use scenario::{EndpointName, StepName};
use socket::{AssocId, Message, Ppid};

use super::Endpoint;
use super::associations::Association;

/// Messages of one step.
pub(crate) struct Outgoing {
    pub(crate) to: EndpointName,
    pub(crate) step: StepName,
    pub(crate) size: usize,
    pub(crate) stream: u16,
    pub(crate) ppid: u32,
    pub(crate) unordered: bool,
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
        let payload = id.payload(it.size);
        let mut message = Message::new(&payload).sid(it.stream).ppid(Ppid(it.ppid));
        if it.unordered {
            message = message.unordered();
        }
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
        self.transmit(association.or(first.as_ref()), &it.to, &id, message)
            .await
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
