use std::borrow::Borrow;

use bytes::Bytes;
use wire::frame::{Frame, FrameError, LinkType, Transport};

use super::{Direction, Packet, Time};

/// What there is to see of a packet, wherever its bytes lie: in a recording, or
/// still in the part of a large capture that is being read.
pub trait PacketView {
    /// When it passed.
    fn at(&self) -> Time;

    /// Where: an index into the interfaces that go with it.
    fn interface(&self) -> usize;

    /// Which way.
    fn direction(&self) -> Direction;

    /// What a rule of the fabric did with it afterwards, in words.
    fn fault(&self) -> Option<&str>;

    /// Its bytes, as they were captured.
    fn bytes(&self) -> &[u8];

    /// What tells it from others, the same where it leaves and where it arrives.
    fn likeness(&self) -> &[u8] {
        self.bytes()
    }

    /// What these bytes begin with.
    fn link_type(&self) -> LinkType {
        LinkType::ETHERNET
    }

    /// Its number in the capture that it comes from, from 1, as Wireshark counts.
    fn number(&self) -> Option<u64> {
        None
    }

    /// Which of several captures it comes from, from 0.
    fn file(&self) -> Option<usize> {
        None
    }

    /// In how many fragments of an IP packet it came: 1 if that was whole.
    fn fragments(&self) -> usize {
        1
    }

    /// The frame that these bytes are.
    ///
    /// # Errors
    ///
    /// Those of decoding it.
    fn frame(&self) -> Result<Frame<'_>, FrameError>;

    /// The SCTP packet among these bytes.
    ///
    /// # Errors
    ///
    /// What there is instead, by name.
    fn sctp(&self) -> Result<&[u8], String>;

    /// A part of its bytes, to keep.
    fn keep(&self, part: &[u8]) -> Bytes;
}

/// The SCTP packet in a frame, or else what that holds, by name.
///
/// # Errors
///
/// The name.
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
