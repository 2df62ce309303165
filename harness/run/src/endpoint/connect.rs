//! Begins associations of an endpoint by `sctp_connectx`.

use std::io;
use std::net::SocketAddr;
use std::rc::Rc;

use scenario::EndpointName;
use socket::{AssocId, Socket, Style};

use super::super::step_error::StepError;
use super::call::failed;
use super::shared_socket::SharedSocket;
use super::{Endpoint, reader};

impl Endpoint {
    /// Begins an association on each of the endpoint's own sockets. The first address
    /// becomes the primary path. Messages sent before the association is up wait in the
    /// socket.
    pub(crate) fn connect(
        self: &Rc<Self>,
        peer: &EndpointName,
        addresses: &[SocketAddr],
    ) -> Result<(), StepError> {
        let sockets: Vec<_> = self
            .sockets
            .borrow()
            .iter()
            .take(self.config.count)
            .cloned()
            .collect();
        for socket in sockets {
            self.connect_socket(&socket, peer, addresses)
                .map_err(|error| failed("sctp_connectx", &error))?;
        }
        Ok(())
    }

    fn connect_socket(
        self: &Rc<Self>,
        socket: &Rc<SharedSocket>,
        peer: &EndpointName,
        addresses: &[SocketAddr],
    ) -> io::Result<()> {
        let words: Vec<String> = addresses.iter().map(ToString::to_string).collect();
        let words = words.join(", ");
        let at = self.journal.now();
        let begun = Socket::connectx(socket, addresses);
        if let Ok(id) = begun {
            self.begun(socket, peer, id, at, addresses);
        }
        if socket.style() == Style::OneToMany || begun.is_err() {
            self.note_call("sctp_connectx", words, begun.as_ref());
            return begun.map(drop);
        }
        let (endpoint, socket) = (Rc::clone(self), Rc::clone(socket));
        tokio::task::spawn_local(async move {
            let established = socket.unless_closing(socket.established()).await;
            let Some(established) = established else {
                return;
            };
            endpoint.note_call("sctp_connectx", words, established.as_ref().map(|()| 0));
            match established {
                Ok(()) => {
                    let peers = socket.getpaddrs(AssocId::FUTURE).unwrap_or_default();
                    endpoint.came_up(&socket, AssocId::FUTURE, &peers, false);
                }
                Err(_) => endpoint.forget(&socket),
            }
            reader::receive(endpoint, socket).await;
        });
        Ok(())
    }
}
