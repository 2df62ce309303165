use std::rc::Rc;

use scenario::EndpointName;

use super::super::step::StepError;
use super::associations::Association;
use super::call::failed;
use super::shared_socket::SharedSocket;
use super::{Endpoint, reader};

impl Endpoint {
    /// Gives the associations with `peer` sockets of their own.
    pub(crate) fn peel_off(self: &Rc<Self>, peer: &EndpointName) -> Result<(), StepError> {
        let associations = self.associations.borrow().with(peer);
        for Association { socket, id } in associations {
            let result = socket.peeloff(id).map(SharedSocket::new);
            let words = result.as_ref().map(|_| "a one-to-one socket");
            self.note_call("sctp_peeloff", format!("association {id}"), words);
            let own = result.map_err(|error| failed("sctp_peeloff", &error))?;
            self.associations.borrow_mut().remove(&socket, id);
            self.associate(&own, peer, id);
            self.sockets.borrow_mut().push(Rc::clone(&own));
            reader::start(self, &own);
        }
        Ok(())
    }
}
