//! `SO_RCVBUF` and `SO_SNDBUF`: sizes of the buffers.

use std::io;

use super::access::named_option;
use super::{ReadOption, WriteOption};
use crate::Socket;

/// Size of the receive buffer in bytes, which determines the receive window (RFC 6458
/// section 8.1.6). Set it before the association comes up.
///
/// Linux doubles what is written, keeps at least 2304 bytes, and reads back
/// the double.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ReceiveBuffer(pub usize);

/// Size of the send buffer in bytes (RFC 6458 section 8.1.7); no message can be longer.
///
/// Linux doubles what is written, keeps at least 4608 bytes, and reads back
/// the double.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct SendBuffer(pub usize);

named_option!(ReceiveBuffer, SO_RCVBUF);

named_option!(SendBuffer, SO_SNDBUF);

impl ReadOption for ReceiveBuffer {
    type Of = ();

    fn read(socket: &Socket, (): ()) -> io::Result<Self> {
        socket.socket2().recv_buffer_size().map(Self)
    }
}

impl WriteOption for ReceiveBuffer {
    fn write(&self, socket: &Socket) -> io::Result<()> {
        socket.socket2().set_recv_buffer_size(self.0)
    }
}

impl ReadOption for SendBuffer {
    type Of = ();

    fn read(socket: &Socket, (): ()) -> io::Result<Self> {
        socket.socket2().send_buffer_size().map(Self)
    }
}

impl WriteOption for SendBuffer {
    fn write(&self, socket: &Socket) -> io::Result<()> {
        socket.socket2().set_send_buffer_size(self.0)
    }
}
