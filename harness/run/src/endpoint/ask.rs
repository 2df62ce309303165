//! Calls of the sockets API for the step `call`: `accept`, `sctp_getpaddrs`,
//! `sctp_getladdrs`, `sctp_opt_info`.

use std::io;
use std::net::SocketAddr;

use scenario::{EndpointName, Function};
use socket::option::Status;
use socket::{AssocId, Socket};

use super::Endpoint;

impl Endpoint {
    /// Calls a function for the association with `peer`, or for the socket where there is
    /// none.
    pub(crate) fn ask(&self, function: Function, peer: Option<&EndpointName>) -> io::Result<()> {
        let association = peer.and_then(|peer| self.associations.borrow().first_with(peer));
        let (socket, id) = match association {
            Some(association) => (Some(association.socket), association.id),
            None => (self.first_socket(), AssocId::FUTURE),
        };
        let socket = socket.ok_or_else(|| io::Error::from_raw_os_error(nix::libc::EBADF))?;
        let answer = answer(&socket, id, function);
        let arguments = peer.map_or(String::new(), |peer| format!("the association with {peer}"));
        self.note_call(function.name(), arguments, answer.as_ref());
        answer.map(drop)
    }
}

fn answer(socket: &Socket, id: AssocId, function: Function) -> io::Result<String> {
    Ok(match function {
        Function::Accept => socket.accept()?.1.to_string(),
        Function::GetPAddrs => listed(&socket.getpaddrs(id)?),
        Function::GetLAddrs => listed(&socket.getladdrs(id)?),
        Function::OptInfo => {
            let status: Status = socket.get(id)?;
            format!(
                "{}, {} streams in, {} out",
                status.state, status.instrms, status.outstrms
            )
        }
    })
}

fn listed(addresses: &[SocketAddr]) -> String {
    let mut addresses: Vec<SocketAddr> = addresses.to_vec();
    // The kernel's order of addresses has no meaning.
    addresses.sort_unstable();
    let words: Vec<String> = addresses.iter().map(ToString::to_string).collect();
    words.join(", ")
}
