//! The common view of captured packets, whether they lie in a recording or in a large
//! capture.

use std::borrow::Borrow;

use bytes::Bytes;
use wire::frame::{Frame, FrameError, LinkType, Transport};

use super::{Direction, Packet, Time};

/// The view of a captured packet, wherever its bytes are: in a recording, or in a buffer
/// of a large capture that is being read.
pub trait PacketView {
    /// Time of the packet.
    fn at(&self) -> Time;

    /// Index of the packet's interface.
    fn interface(&self) -> usize;

    /// Direction of the packet.
    fn direction(&self) -> Direction;

    /// The action that a rule of the fabric took on the packet after its capture, in words.
    fn fault(&self) -> Option<&str>;

    /// Captured bytes of the packet.
    fn bytes(&self) -> &[u8];

    /// A key by which the two captures of a packet are matched: the key is the same where the
    /// packet leaves and where the packet arrives.
    fn likeness(&self) -> &[u8] {
        self.bytes()
    }

    /// Link type of the bytes.
    fn link_type(&self) -> LinkType {
        LinkType::ETHERNET
    }

    /// Number of the packet in its capture, from 1, as Wireshark counts.
    fn number(&self) -> Option<u64> {
        None
    }

    /// Index of the capture, from 0, where there are several.
    fn file(&self) -> Option<usize> {
        None
    }

    /// Number of fragments of the IP packet; 1 if it was not fragmented.
    fn fragments(&self) -> usize {
        1
    }

    /// The decoded frame.
    ///
    /// # Errors
    ///
    /// Errors of decoding.
    fn frame(&self) -> Result<Frame<'_>, FrameError>;

    /// The SCTP packet in the frame.
    ///
    /// # Errors
    ///
    /// The name of the content, if the frame has no SCTP packet.
    fn sctp(&self) -> Result<&[u8], String>;

    /// A part of the bytes, to be kept.
    fn keep(&self, part: &[u8]) -> Bytes;
}

/// The SCTP packet in a frame, or else the name of the frame's content.
///
/// # Errors
///
/// The name of the content, if the frame has no SCTP packet.
pub fn sctp_in(frame: Result<Frame<'_>, FrameError>) -> Result<&[u8], String> {
    match frame.map(|it| it.transport) {
        Ok(Transport::Sctp(sctp) | Transport::UdpEncapsulated { sctp, .. }) => Ok(sctp),
        Ok(Transport::Icmp(message)) => Err(message.to_string()),
        Ok(Transport::Other(other)) => Err(other.to_string()),
        Err(error) => Err(error.to_string()),
    }
}

impl<P: Borrow<Packet>> PacketView for P {
    fn at(&self) -> Time {
        self.borrow().at
    }

    fn interface(&self) -> usize {
        self.borrow().interface
    }

    fn direction(&self) -> Direction {
        self.borrow().direction
    }

    fn fault(&self) -> Option<&str> {
        self.borrow().fault.as_deref()
    }

    fn bytes(&self) -> &[u8] {
        &self.borrow().frame
    }

    fn frame(&self) -> Result<Frame<'_>, FrameError> {
        Frame::decode(&self.borrow().frame)
    }

    fn sctp(&self) -> Result<&[u8], String> {
        sctp_in(self.frame())
    }

    fn keep(&self, part: &[u8]) -> Bytes {
        self.borrow().frame.slice_ref(part)
    }
}
