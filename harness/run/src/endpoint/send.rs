use std::io;
use std::net::SocketAddr;
use std::rc::Rc;

use recording::{Event, MessageId};
use scenario::{EndpointName, StepName, Style};
use socket::{Message, Ppid, Socket};

use super::super::step::StepError;
use super::associations::Association;
use super::{Endpoint, reader};

/// Messages of one step.
pub(crate) struct Outgoing {
    pub(crate) to: EndpointName,
    pub(crate) step: StepName,
    pub(crate) size: usize,
    pub(crate) stream: u16,
    pub(crate) ppid: u32,
    pub(crate) unordered: bool,
}

impl Endpoint {
    /// Begins an association; its first address is the primary path.
    pub(crate) fn connect(
        self: &Rc<Self>,
        peer: &EndpointName,
        addresses: &[SocketAddr],
    ) -> Result<(), StepError> {
        let result = Socket::connectx(&self.socket, addresses);
        let addresses: Vec<String> = addresses.iter().map(ToString::to_string).collect();
        self.note_call("sctp_connectx", addresses.join(", "), &result);
        let id = result.map_err(|error| failed("sctp_connectx", &error))?;
        let association = Association {
            socket: Rc::clone(&self.socket),
            id,
        };
        self.associations
            .borrow_mut()
            .insert(peer.clone(), association);
        if self.config.style == Style::OneToOne {
            reader::start(self);
        }
        Ok(())
    }

    /// Sends the message of that number, when there is room for it.
    pub(crate) async fn send(&self, it: &Outgoing, number: u64) -> Result<(), StepError> {
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
        let result = self.send_to(&it.to, message).await;
        self.journal.note(Event::Sent {
            endpoint: self.name(),
            to: it.to.to_string(),
            step: it.step.to_string(),
            number,
            size: payload.len(),
            error: result.as_ref().err().map(error_name),
        });
        result.map_err(|error| failed("sctp_sendv", &error))
    }

    async fn send_to(&self, peer: &EndpointName, message: Message<'_>) -> io::Result<()> {
        let association = self.associations.borrow().with(peer);
        let Association { socket, id } =
            association.ok_or_else(|| io::Error::from_raw_os_error(nix::libc::ENOTCONN))?;
        socket.send(&message.assoc_id(id)).await.map(drop)
    }

    /// Ends all associations gracefully. The sockets stay open, to hear how
    /// it ends.
    pub(crate) async fn shut_down(&self) -> Result<(), StepError> {
        self.end(Message::eof, "SCTP_EOF").await
    }

    /// Ends all associations at once.
    pub(crate) async fn abort(&self) -> Result<(), StepError> {
        self.end(|| Message::abort(b""), "SCTP_ABORT").await
    }

    async fn end<'a>(
        &self,
        message: impl Fn() -> Message<'a>,
        flag: &str,
    ) -> Result<(), StepError> {
        let associations = self.associations.borrow().all();
        for Association { socket, id } in associations {
            let result = socket.send(&message().assoc_id(id)).await;
            self.note_call("sctp_sendv", flag.to_owned(), &result);
            result.map_err(|error| failed("sctp_sendv", &error))?;
        }
        Ok(())
    }

    pub(super) fn note_call<T: ToString>(
        &self,
        call: &str,
        arguments: String,
        result: &io::Result<T>,
    ) {
        self.journal.note(Event::Call {
            endpoint: self.name(),
            call: call.to_owned(),
            arguments,
            result: result.as_ref().map(ToString::to_string).map_err(error_name),
        });
    }
}

/// The name of an error in the manual's words (`ECONNREFUSED`).
pub(super) fn error_name(error: &io::Error) -> String {
    match error.raw_os_error() {
        Some(number) => format!("{:?}", nix::errno::Errno::from_raw(number)),
        None => error.to_string(),
    }
}

pub(super) fn failed(call: &str, error: &io::Error) -> StepError {
    StepError(format!("{call}: {}: {error}", error_name(error)))
}
