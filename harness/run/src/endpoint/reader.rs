//! Reads the sockets of an endpoint, and accepts associations on them.

use std::rc::Rc;

use recording::{AssociationName, Event, MessageId};
use socket::notification::{AssocChangeState, Notification};
use socket::{Arrival, Received, Style};

use super::Endpoint;
use super::notification::fields;
use super::reassembly::{Key, Reassembly};
use super::shared_socket::SharedSocket;

/// The bytes that one receive call has room for. Longer messages come in pieces.
const BUFFER: usize = 1 << 18;

/// Starts to read messages and notifications from a socket.
pub(super) fn start(endpoint: &Rc<Endpoint>, socket: &Rc<SharedSocket>) {
    tokio::task::spawn_local(receive(Rc::clone(endpoint), Rc::clone(socket)));
}

/// Starts to accept associations on a listening one-to-one socket.
pub(super) fn start_accepting(endpoint: &Rc<Endpoint>, socket: &Rc<SharedSocket>) {
    tokio::task::spawn_local(accept(Rc::clone(endpoint), Rc::clone(socket)));
}

async fn accept(endpoint: Rc<Endpoint>, socket: Rc<SharedSocket>) {
    while let Some(accepted) = socket.unless_closing(socket.accept()).await {
        let peer = accepted.as_ref().map(|(_, peer)| *peer);
        endpoint.note_call("accept", "", peer);
        let Ok((socket, peer)) = accepted else {
            return;
        };
        let socket = SharedSocket::new(socket);
        endpoint.accepted(&socket, peer);
        endpoint.sockets.borrow_mut().push(Rc::clone(&socket));
        start(&endpoint, &socket);
    }
}

pub(super) async fn receive(endpoint: Rc<Endpoint>, socket: Rc<SharedSocket>) {
    socket.set_read(true);
    read(&endpoint, &socket).await;
    socket.set_read(false);
}

async fn read(endpoint: &Rc<Endpoint>, socket: &Rc<SharedSocket>) {
    let mut buffer = vec![0; BUFFER];
    let mut reassembly = Reassembly::default();
    let mut notification = Vec::new();
    while let Some(received) = endpoint.next(socket, &mut buffer).await {
        match received {
            Ok(Received::Message(arrival)) => {
                let piece = &buffer[..arrival.length];
                let key = Key::of(&arrival);
                if let Some(payload) = reassembly.take(key, piece, arrival.end_of_record) {
                    endpoint.received(socket, &arrival, &payload);
                    endpoint.respond(socket, &arrival, &payload).await;
                }
            }
            Ok(Received::Notification(whole)) => {
                forget(&mut reassembly, &whole);
                endpoint.notified(socket, &whole);
            }
            Ok(Received::NotificationPiece {
                length,
                end_of_record,
            }) => {
                notification.extend(&buffer[..length]);
                if end_of_record {
                    let whole = Notification::decode(&notification);
                    notification.clear();
                    forget(&mut reassembly, &whole);
                    endpoint.notified(socket, &whole);
                }
            }
            // A one-to-one socket ends with its association.
            Ok(Received::Eof) => return endpoint.forget(socket),
            // A one-to-many socket goes on after an error.
            Err(error) => {
                endpoint.note_call("sctp_recvv", "", Err::<String, _>(&error));
                if socket.style() == Style::OneToOne {
                    return endpoint.forget(socket);
                }
            }
        }
    }
}

/// Forgets begun messages whose rest will not come, according to a notification.
fn forget(reassembly: &mut Reassembly, notification: &Notification) {
    match notification {
        Notification::AssocChange(change) if change.state != AssocChangeState::CommUp => {
            reassembly.forget(change.assoc_id);
        }
        Notification::PartialDelivery(event) => {
            reassembly.forget_message(event.assoc_id, event.stream, event.seq);
        }
        _ => {}
    }
}

impl Endpoint {
    /// The next message or notification, received while the endpoint reads; `None` when the
    /// socket is closed.
    async fn next(
        &self,
        socket: &SharedSocket,
        buffer: &mut [u8],
    ) -> Option<std::io::Result<Received>> {
        let most = self.config.receive_buffer.unwrap_or(BUFFER);
        let room = buffer.len().min(most);
        let mut reading = self.reading.subscribe();
        let received = socket.unless_closing(async {
            loop {
                // The endpoint holds the sender, so the wait cannot fail.
                let _ = reading.wait_for(|reads| *reads).await;
                tokio::select! {
                    biased;
                    _ = reading.wait_for(|reads| !*reads) => {}
                    received = socket.recv(&mut buffer[..room]) => return received,
                }
            }
        });
        let received = received.await?;
        if self.config.receive_buffer.is_some() {
            self.note_piece(room, received.as_ref().ok());
        }
        Some(received)
    }

    /// Puts on record what one receive call returned, for an endpoint with a small buffer.
    fn note_piece(&self, room: usize, received: Option<&Received>) {
        let (length, kind, end) = match received {
            Some(Received::Message(arrival)) => (arrival.length, "", arrival.end_of_record),
            Some(Received::NotificationPiece {
                length,
                end_of_record,
            }) => (*length, ", MSG_NOTIFICATION", *end_of_record),
            _ => return,
        };
        let end = if end { ", MSG_EOR" } else { "" };
        let arguments = format!("buffer of {room} bytes");
        self.note_call("sctp_recvv", arguments, Ok(format!("{length}{kind}{end}")));
    }

    fn received(&self, socket: &Rc<SharedSocket>, arrival: &Arrival, payload: &[u8]) {
        let info = arrival.rcvinfo.as_ref();
        let from = arrival.from.map(|address| address.ip().to_canonical());
        let message = MessageId::parse(payload);
        self.journal.note(Event::Received {
            endpoint: self.name(),
            differs_at: message.as_ref().and_then(|it| it.first_difference(payload)),
            message,
            association: self.association_of(socket, arrival),
            from,
            stream: info.map_or(0, |info| info.sid),
            ssn: info.map_or(0, |info| info.ssn),
            ppid: info.map_or(0, |info| info.ppid.0),
            tsn: info.map_or(0, |info| info.tsn),
            size: payload.len(),
            ancillary: fields(arrival.fields()),
        });
    }

    /// The association that a message came over: the only one of the socket, or the one
    /// that `SCTP_RCVINFO` or the sender's address names.
    fn association_of(
        &self,
        socket: &Rc<SharedSocket>,
        arrival: &Arrival,
    ) -> Option<AssociationName> {
        let associations = self.associations.borrow();
        let id = arrival.rcvinfo.as_ref().map(|info| info.assoc_id);
        let named = associations.name(socket, id.unwrap_or_default());
        named.or_else(|| {
            let peer = self.owner(arrival.from?)?;
            match associations.with(&peer).as_slice() {
                [only] => Some(only.name.clone()),
                _ => None,
            }
        })
    }
}
