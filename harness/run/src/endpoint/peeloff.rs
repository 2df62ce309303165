//! Peels associations off a one-to-many socket.

use std::rc::Rc;

use scenario::EndpointName;
use socket::Socket;

use super::super::step_error::StepError;
use super::associations::Association;
use super::call::failed;
use super::shared_socket::SharedSocket;
use super::{Endpoint, reader};

impl Endpoint {
    /// Gives each association with `peer` a socket of its own.
    pub(crate) fn peel_off(
        self: &Rc<Self>,
        peer: &EndpointName,
        network: &net::Network,
    ) -> Result<(), StepError> {
        let node = network.node(self.node())?;
        let associations = self.associations.borrow().with(peer);
        for Association {
            socket, id, name, ..
        } in associations
        {
            let shared: &Socket = &socket;
            // Linux makes the new socket only for a thread in the network namespace of the
            // old one.
            let result = node
                .enter(|| shared.peeloff(id))?
                .and_then(SharedSocket::of);
            let words = result.as_ref().map(|_| "a one-to-one socket");
            self.note_call("sctp_peeloff", format!("association {id}"), words);
            let own = result.map_err(|error| failed("sctp_peeloff", &error))?;
            self.associations.borrow_mut().remove(&socket, id);
            self.associate(Some(peer), Association::up(&own, id, name));
            self.sockets.borrow_mut().push(Rc::clone(&own));
            reader::start(self, &own);
        }
        Ok(())
    }
}
