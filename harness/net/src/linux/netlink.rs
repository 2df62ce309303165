//! Sends netlink requests to the kernel.

use std::io;

use netlink_packet_core::{
    NLM_F_ACK, NLM_F_CREATE, NLM_F_EXCL, NLM_F_REPLACE, NLM_F_REQUEST, NetlinkHeader,
    NetlinkMessage, NetlinkPayload,
};
use netlink_packet_route::RouteNetlinkMessage;
use netlink_packet_route::link::{LinkAttribute, LinkMessage};
use netlink_sys::{Socket, protocols::NETLINK_ROUTE};

use crate::error::NetError;

/// Number of requests in one message: all their refusals together must fit into the
/// socket's receive buffer.
const BATCH: usize = 32;
/// Far longer than the kernel's longest answer, that about an interface.
const LONGEST_ANSWER: usize = 32_768;

/// A request, and the words for its refusal.
#[derive(Debug)]
pub(super) struct Request {
    message: RouteNetlinkMessage,
    flags: u16,
    doing: String,
}

impl Request {
    /// Creates an object that does not exist yet.
    pub(super) fn make(doing: impl Into<String>, message: RouteNetlinkMessage) -> Self {
        Self {
            message,
            flags: NLM_F_CREATE | NLM_F_EXCL,
            doing: doing.into(),
        }
    }

    /// Creates an object, and replaces an existing one.
    pub(super) fn replace(doing: impl Into<String>, message: RouteNetlinkMessage) -> Self {
        Self {
            message,
            flags: NLM_F_CREATE | NLM_F_REPLACE,
            doing: doing.into(),
        }
    }

    /// Changes an existing object.
    pub(super) fn change(doing: impl Into<String>, message: RouteNetlinkMessage) -> Self {
        Self {
            message,
            flags: 0,
            doing: doing.into(),
        }
    }

    fn serialize(&self, place: usize, last: bool, out: &mut Vec<u8>) {
        let mut header = NetlinkHeader::default();
        header.flags = NLM_F_REQUEST | self.flags | if last { NLM_F_ACK } else { 0 };
        header.sequence_number = u32::try_from(place).expect("a batch is short");
        let mut message = NetlinkMessage::new(header, NetlinkPayload::from(self.message.clone()));
        message.finalize();
        let start = out.len();
        out.resize(start + message.buffer_len(), 0);
        message.serialize(&mut out[start..]);
    }
}

/// A netlink socket of one namespace.
///
/// The kernel processes a request within the sending call, and the answer is ready when
/// the call returns. So nothing here ever waits, and the socket can be used from any
/// thread without a runtime.
pub(super) struct Netlink(Socket);

impl std::fmt::Debug for Netlink {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Netlink")
    }
}

impl Netlink {
    /// Opens a socket in the namespace of the calling thread.
    pub(super) fn open() -> Result<Self, NetError> {
        let open = || {
            let socket = Socket::new(NETLINK_ROUTE)?;
            // A refusal need not repeat the request.
            socket.set_cap_ack(true)?;
            Ok(socket)
        };
        open()
            .map(Self)
            .map_err(NetError::kernel("open a netlink socket"))
    }

    /// Sends all of `requests`, in order. Stops after the batch with the first refusal,
    /// and returns that refusal.
    pub(super) fn request(&self, requests: &[Request]) -> Result<(), NetError> {
        requests.chunks(BATCH).try_for_each(|batch| {
            let refused = self
                .exchange(batch)
                .map_err(NetError::kernel("talk to the kernel over netlink"))?;
            match refused {
                None => Ok(()),
                Some((place, source)) => {
                    let doing = batch.get(place).map_or("", |request| &request.doing);
                    Err(NetError::kernel(doing)(source))
                }
            }
        })
    }

    /// Number of frames that the interface with this index failed to send.
    pub(super) fn unsent(&self, index: u32) -> io::Result<u64> {
        let mut link = LinkMessage::default();
        link.header.index = index;
        let request = Request {
            message: RouteNetlinkMessage::GetLink(link),
            flags: 0,
            doing: String::new(),
        };
        let mut message = Vec::new();
        request.serialize(0, false, &mut message);
        self.0.send(&message, 0)?;
        match self.answer()?.payload {
            NetlinkPayload::InnerMessage(RouteNetlinkMessage::NewLink(link)) => link
                .attributes
                .iter()
                .find_map(|attribute| match attribute {
                    LinkAttribute::Stats64(count) => Some(count.tx_dropped),
                    _ => None,
                })
                .ok_or_else(|| io::ErrorKind::Unsupported.into()),
            NetlinkPayload::Error(refusal) => Err(refusal.to_io()),
            _ => Err(io::ErrorKind::InvalidData.into()),
        }
    }

    fn answer(&self) -> io::Result<NetlinkMessage<RouteNetlinkMessage>> {
        let mut answer = Vec::with_capacity(LONGEST_ANSWER);
        self.0.recv(&mut answer, 0)?;
        NetlinkMessage::deserialize(&answer).map_err(io::Error::other)
    }

    /// Sends a batch in one message. The kernel always answers a refusal, but a success
    /// only on request: here for the last request, whose answer ends the exchange.
    fn exchange(&self, batch: &[Request]) -> io::Result<Option<(usize, io::Error)>> {
        let mut message = Vec::new();
        let last = batch.len() - 1;
        for (place, request) in batch.iter().enumerate() {
            request.serialize(place, place == last, &mut message);
        }
        self.0.send(&message, 0)?;

        let mut refused = None;
        loop {
            let answer = self.answer()?;
            let NetlinkPayload::Error(result) = answer.payload else {
                continue;
            };
            let place = usize::try_from(answer.header.sequence_number).unwrap_or(last);
            if result.code.is_some() && refused.is_none() {
                refused = Some((place, result.to_io()));
            }
            if place == last {
                return Ok(refused);
            }
        }
    }
}
