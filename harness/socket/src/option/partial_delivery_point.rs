//! `SCTP_PARTIAL_DELIVERY_POINT`: the size from which on a message is delivered in
//! pieces.

use std::io;

use super::access::{get, named_option, set};
use super::{ReadOption, SocketOption, WriteOption};
use crate::Socket;

/// The size in bytes from which on a message is delivered before its end has arrived, to
/// free room in the receive window (RFC 6458 section 8.1.21; Linux:
/// `sctp_setsockopt_partial_delivery_point`).
///
/// # Errors
/// `EINVAL` on Linux for more than half of the receive buffer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PartialDeliveryPoint(pub u32);

named_option!(PartialDeliveryPoint, SCTP_PARTIAL_DELIVERY_POINT);

impl ReadOption for PartialDeliveryPoint {
    type Of = ();

    fn read(socket: &Socket, (): ()) -> io::Result<Self> {
        get(socket, Self::NAME, 0u32).map(Self)
    }
}

impl WriteOption for PartialDeliveryPoint {
    fn write(&self, socket: &Socket) -> io::Result<()> {
        set(socket, Self::NAME, &self.0)
    }
}
