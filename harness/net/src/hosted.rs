//! Hosted nodes: the lab receives and sends in place of the node's kernel.

use std::io;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::io::unix::AsyncFd;
use wire::frame::{EncodeError, Envelope, LinkType, MacAddresses, Put, Reassembly};

use crate::error::NetError;
use crate::frames::Sent;
use crate::layout::{Layout, Port};
use crate::platform::{Door, Node};
use crate::watch::watch;

/// A node for which the lab receives and sends, in place of a kernel.
///
/// Its frames are recorded, shaped and matched by rules like those of any other node.
#[derive(Debug)]
pub struct HostedNode {
    layout: Arc<Layout>,
    node: usize,
    door: AsyncFd<Door>,
    reassembly: Mutex<Reassembly>,
}

/// A frame that has arrived at a hosted node. A fragmented IP packet arrives once, as one
/// frame, with its last fragment: the lab also does the node's reassembly.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Arrived {
    /// Time of arrival, in nanoseconds of `CLOCK_MONOTONIC`.
    pub at: u64,
    /// The frame from the Ethernet header on.
    pub frame: Vec<u8>,
}

impl HostedNode {
    pub(crate) fn new(layout: Arc<Layout>, node: usize, itself: &Node) -> Result<Self, NetError> {
        let door = Door::of(itself, layout.greatest_mtu())?;
        let doing = format!("hear what arrives at `{}`", itself.name());
        let door = watch(door).map_err(NetError::kernel(doing))?;
        Ok(Self {
            layout,
            node,
            door,
            reassembly: Mutex::default(),
        })
    }

    /// Waits for frames, and returns all that have arrived.
    ///
    /// # Errors
    /// If the kernel refuses, or had no room for a frame.
    pub async fn next(&self) -> io::Result<Vec<Arrived>> {
        loop {
            let mut ready = self.door.readable().await?;
            ready.clear_ready();
            let arrived = self.take()?;
            if !arrived.is_empty() {
                return Ok(arrived);
            }
        }
    }

    /// Returns the frames that have arrived, without waiting.
    ///
    /// # Errors
    /// As [`next`](Self::next).
    pub fn take(&self) -> io::Result<Vec<Arrived>> {
        let mut reassembly = self
            .reassembly
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        let frames = take_all(self.door.get_ref())?.into_iter();
        let whole = frames.filter_map(|Arrived { at, frame }| {
            match reassembly.put(0, at, LinkType::ETHERNET, &frame) {
                Put::NoFragment => Some(Arrived { at, frame }),
                Put::Whole(whole) => Some(Arrived {
                    at,
                    frame: whole.frame,
                }),
                Put::Held { .. } | Put::Refused { .. } => None,
            }
        });
        Ok(whole.collect())
    }

    /// Sends an SCTP packet, which may be malformed, in this envelope. It goes over the
    /// link with the source address, or else the link with the destination, or else the
    /// node's first link. The hardware addresses are those of the link.
    ///
    /// # Errors
    /// If the envelope cannot be encoded, the node has no link, or the kernel refuses the
    /// frame.
    pub fn send(&self, envelope: &Envelope, sctp: &[u8]) -> io::Result<()> {
        self.send_frame(envelope, |envelope| envelope.encode_sctp(sctp))
    }

    /// Like [`send`](Self::send), for an ICMP or ICMPv6 message.
    ///
    /// # Errors
    /// As [`send`](Self::send).
    pub fn send_icmp(&self, envelope: &Envelope, message: &[u8]) -> io::Result<()> {
        self.send_frame(envelope, |envelope| envelope.encode_icmp(message))
    }

    fn send_frame(
        &self,
        envelope: &Envelope,
        encode: impl FnOnce(&Envelope) -> Result<Vec<u8>, EncodeError>,
    ) -> io::Result<()> {
        let port = self
            .port_for(envelope.source, envelope.destination)
            .ok_or_else(|| io::Error::from(io::ErrorKind::NetworkUnreachable))?;
        let link = MacAddresses {
            source: port.mac.0,
            destination: self.layout.port(port.id.opposite()).mac.0,
        };
        let envelope = Envelope {
            link: Some(link),
            ..*envelope
        };
        let frame = encode(&envelope).map_err(io::Error::other)?;
        match self.door.get_ref().send(port, &frame) {
            Sent::Taken => Ok(()),
            Sent::QueueFull => Err(io::ErrorKind::QuotaExceeded.into()),
            Sent::Refused(error) => Err(error),
        }
    }

    fn port_for(&self, source: IpAddr, destination: IpAddr) -> Option<&Port> {
        let ports = || self.layout.ports_of(self.node);
        let has = |port: &&Port| port.addresses.iter().any(|own| own.addr() == source);
        let reaches = |port: &&Port| port.addresses.iter().any(|own| own.contains(&destination));
        ports()
            .find(has)
            .or_else(|| ports().find(reaches))
            .or_else(|| ports().next())
    }
}

fn take_all(door: &Door) -> io::Result<Vec<Arrived>> {
    let mut arrived = Vec::new();
    door.receive(|frame| {
        arrived.push(Arrived {
            at: frame.at,
            frame: frame.bytes.to_vec(),
        });
    })?;
    match door.overruns()? {
        0 => Ok(arrived),
        lost => Err(io::Error::other(format!("{lost} frames had no room"))),
    }
}
