//! Ends associations from this side: shutdown, abort, close.

use std::io;
use std::rc::Rc;
use std::time::Duration;

use scenario::EndpointName;
use socket::option::Linger;
use socket::{Message, Shutdown, Style};

use super::super::step_error::StepError;
use super::Endpoint;
use super::associations::Association;
use super::call::failed;
use super::shared_socket::SharedSocket;

/// How to end an association.
#[derive(Clone, Copy)]
pub(crate) enum Ending {
    /// By SHUTDOWN, when all data is acknowledged.
    Graceful,
    /// By ABORT, at once.
    Abrupt,
}

impl Endpoint {
    /// Ends the associations with `peer`, or all. A one-to-many socket stays open, and a
    /// notification tells of the association's end. A one-to-one socket is closed: Linux
    /// refuses `SCTP_EOF` and `SCTP_ABORT` there.
    pub(crate) async fn end(
        &self,
        peer: Option<&EndpointName>,
        how: Ending,
    ) -> Result<(), StepError> {
        for Association { socket, id, .. } in self.associations_with(peer) {
            if socket.style() == Style::OneToOne {
                let linger = match how {
                    Ending::Graceful => None,
                    Ending::Abrupt => Some(Duration::ZERO),
                };
                self.close_socket(socket, linger).await?;
                continue;
            }
            let (message, flag) = match how {
                Ending::Graceful => (Message::eof(), "SCTP_EOF"),
                Ending::Abrupt => (Message::abort(b""), "SCTP_ABORT"),
            };
            let result = socket.send(&message.assoc_id(id)).await;
            self.note_call("sctp_sendv", flag, result.as_ref());
            result.map_err(|error| failed("sctp_sendv", &error))?;
        }
        Ok(())
    }

    /// Closes the sockets of the associations with `peer`, or all sockets.
    pub(crate) async fn close(
        &self,
        peer: Option<&EndpointName>,
        linger: Option<Duration>,
    ) -> Result<(), StepError> {
        let sockets: Vec<_> = match peer {
            Some(_) => {
                let associations = self.associations_with(peer).into_iter();
                associations.map(|association| association.socket).collect()
            }
            None => self.sockets.borrow().clone(),
        };
        for socket in sockets {
            self.close_socket(socket, linger).await?;
        }
        Ok(())
    }

    /// Shuts the sending side down: no more is sent, and arriving messages are still read
    /// (RFC 6458, section 4.1.7).
    pub(crate) fn shut_down(&self, peer: Option<&EndpointName>) -> Result<(), StepError> {
        for association in self.associations_with(peer) {
            let result = association.socket.shutdown(Shutdown::Write);
            self.note_call("shutdown", "SHUT_WR", result.as_ref().map(|()| 0));
            result.map_err(|error| failed("shutdown", &error))?;
        }
        Ok(())
    }

    /// Closes all sockets as the kernel does for a program that is gone.
    pub(crate) async fn die(&self) {
        let sockets = self.sockets.borrow().clone();
        for socket in sockets {
            self.let_go(socket).await;
        }
    }

    /// Closes all sockets with a linger time of zero: the kernel sends one ABORT for each
    /// association, which is gone at once.
    pub(crate) async fn vanish(&self) -> io::Result<()> {
        let sockets = self.sockets.borrow().clone();
        for socket in sockets {
            socket.set(&Linger(Some(Duration::ZERO)))?;
            self.let_go(socket).await;
        }
        Ok(())
    }

    async fn close_socket(
        &self,
        socket: Rc<SharedSocket>,
        linger: Option<Duration>,
    ) -> Result<(), StepError> {
        if let Some(time) = linger {
            let result = socket.set(&Linger(Some(time)));
            let words = format!("SO_LINGER {} s", time.as_secs());
            self.note_call("setsockopt", words, result.as_ref().map(|()| 0));
            result.map_err(|error| failed("setsockopt SO_LINGER", &error))?;
        }
        self.note_call("close", "", Ok(0));
        self.let_go(socket).await;
        Ok(())
    }

    async fn let_go(&self, socket: Rc<SharedSocket>) {
        self.forget(&socket);
        self.sockets
            .borrow_mut()
            .retain(|other| !Rc::ptr_eq(other, &socket));
        socket.close().await;
    }

    fn associations_with(&self, peer: Option<&EndpointName>) -> Vec<Association> {
        let associations = self.associations.borrow();
        match peer {
            Some(peer) => associations.with(peer),
            None => associations.all(),
        }
    }
}
