use std::io;
use std::rc::Rc;

use recording::{Association as AssociationId, Event, MessageId};
use scenario::Style;
use socket::{Arrival, AsyncSocket, Received};

use super::Endpoint;
use super::send::error_name;

/// More than any message or notification of the lab.
const BUFFER: usize = 1 << 18;

/// Starts to listen to an endpoint's socket: for associations, where it is a
/// listening one-to-one socket, else for messages and notifications.
pub(super) fn start(endpoint: &Rc<Endpoint>) {
    let endpoint = Rc::clone(endpoint);
    let accepts = endpoint.config.style == Style::OneToOne && endpoint.config.listens;
    tokio::task::spawn_local(async move {
        if accepts {
            accept(&endpoint).await;
        } else {
            let socket = Rc::clone(&endpoint.socket);
            receive(&endpoint, &socket).await;
        }
    });
}

async fn accept(endpoint: &Rc<Endpoint>) {
    loop {
        match endpoint.socket.accept().await {
            Ok((socket, peer)) => {
                let socket = Rc::new(socket);
                endpoint.accepted(&socket, peer);
                let endpoint = Rc::clone(endpoint);
                tokio::task::spawn_local(async move { receive(&endpoint, &socket).await });
            }
            Err(error) => return failed(endpoint, "accept", &error),
        }
    }
}

async fn receive(endpoint: &Endpoint, socket: &Rc<AsyncSocket>) {
    let mut buffer = vec![0; BUFFER];
    let mut filled = 0;
    loop {
        match socket.recv(&mut buffer[filled..]).await {
            Ok(Received::Message(arrival)) => {
                filled += arrival.length;
                // What the buffer cannot hold is shown as a message that ends
                // there.
                if arrival.end_of_record || filled == buffer.len() {
                    endpoint.received(&arrival, &buffer[..filled]);
                    filled = 0;
                }
            }
            Ok(Received::Notification(notification)) => endpoint.notified(socket, &notification),
            Ok(Received::NotificationPiece { .. }) => {}
            Ok(Received::Eof) => return,
            // A one-to-many socket reports an association's end as a
            // notification and goes on; a one-to-one socket ends with it.
            Err(error) => {
                failed(endpoint, "sctp_recvv", &error);
                if endpoint.config.style == Style::OneToOne {
                    return;
                }
            }
        }
    }
}

fn failed(endpoint: &Endpoint, call: &str, error: &io::Error) {
    endpoint.journal.note(Event::Call {
        endpoint: endpoint.name(),
        call: call.to_owned(),
        arguments: String::new(),
        result: Err(error_name(error)),
    });
}

impl Endpoint {
    fn received(&self, arrival: &Arrival, payload: &[u8]) {
        let info = arrival.rcvinfo.as_ref();
        let from = arrival.from.map(|address| address.ip().to_canonical());
        self.journal.note(Event::Received {
            endpoint: self.name(),
            message: MessageId::parse(payload),
            association: AssociationId(info.map_or(0, |info| info.assoc_id.get())),
            from,
            stream: info.map_or(0, |info| info.sid),
            ssn: info.map_or(0, |info| info.ssn),
            ppid: info.map_or(0, |info| info.ppid.0),
            tsn: info.map_or(0, |info| info.tsn),
            size: payload.len(),
        });
    }
}
