//! The roles of endpoints: echo, answer, relay.

use std::collections::BTreeMap;
use std::rc::Rc;

use recording::{ANSWER, MessageId};
use scenario::{EndpointName, Role};
use socket::{Arrival, Message, Ppid, RecvFlags};

use super::Endpoint;
use super::send::Way;
use super::shared_socket::SharedSocket;

/// The sender of each relayed message, by the message's step and number.
pub(super) type Relayed = BTreeMap<(String, u64), EndpointName>;

impl Endpoint {
    /// Answers a message or passes it on, on the stream and with the PPID that the message
    /// came with. The new message keeps the step and number, so that a reader of the
    /// recording can follow the message.
    pub(super) async fn respond(
        &self,
        socket: &Rc<SharedSocket>,
        arrival: &Arrival,
        payload: &[u8],
    ) {
        let Some(role) = &self.config.role else {
            return;
        };
        let Some(message) = MessageId::parse(payload) else {
            return;
        };
        let own = MessageId {
            sender: self.name(),
            ..message.clone()
        };
        let sender = EndpointName::new(&message.sender);
        let info = arrival.rcvinfo.as_ref();
        let back = info.map(|info| info.assoc_id).unwrap_or_default();
        let back = || Some(self.associations.borrow().back(socket, back));
        let (to, way, payload) = match role {
            Role::Echo => (sender, back(), own.payload(payload.len())),
            Role::Answer => (sender, back(), own.with_text(ANSWER)),
            Role::Relay(next) => {
                let to = self.relay_to(next, sender, &message);
                let to = to.unwrap_or_else(|| next.clone());
                let over = self.associations.borrow().first_with(&to);
                let way = match over {
                    Some(association) => Some(Way::over(&association)),
                    None => self.last_way(&to),
                };
                (to, way, own.payload(payload.len()))
            }
        };
        let mut answer = Message::new(&payload)
            .sid(info.map_or(0, |info| info.sid))
            .ppid(info.map_or(Ppid(0), |info| info.ppid));
        if info.is_some_and(|info| info.flags.contains(RecvFlags::UNORDERED)) {
            answer = answer.unordered();
        }
        // The result is on record.
        let _ = self.transmit(way, &to, &own, answer).await;
    }

    /// The endpoint to relay a message to. A message from `next` goes back to the sender of
    /// the message with its step and number; every other message goes on to `next`.
    fn relay_to(
        &self,
        next: &EndpointName,
        sender: EndpointName,
        message: &MessageId,
    ) -> Option<EndpointName> {
        let key = (message.step.clone(), message.number);
        if &sender == next {
            return self.relayed.borrow_mut().remove(&key);
        }
        self.relayed.borrow_mut().insert(key, sender);
        Some(next.clone())
    }
}
