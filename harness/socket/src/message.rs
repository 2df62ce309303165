//! What is sent: a payload and the attributes that travel beside it.

use std::io::IoSlice;
use std::net::{IpAddr, SocketAddr};

use bitflags::bitflags;
use zerocopy::IntoBytes;

use crate::ancillary::Control;
use crate::option::InitMsg;
use crate::sys::{self, sctp_authinfo, sctp_prinfo, sctp_sndinfo};
use crate::{AssocId, Ppid};

bitflags! {
    /// `snd_flags` (RFC 6458 section 5.3.4; `SACK_IMMEDIATELY` is RFC 7053's).
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
    pub struct SendFlags: u16 {
        /// `SCTP_UNORDERED`: deliver without regard to the stream's order.
        const UNORDERED = sys::SCTP_UNORDERED;
        /// `SCTP_ADDR_OVER`: to the address given, not to the primary path
        /// (one-to-many; the first transmission only).
        const ADDR_OVER = sys::SCTP_ADDR_OVER;
        /// `SCTP_ABORT`: end the association with ABORT; the payload becomes
        /// the reason that the peer is given. Linux refuses it with `EINVAL` on
        /// one-to-one sockets: close with [`Linger`](crate::option::Linger) of
        /// zero there.
        const ABORT = sys::SCTP_ABORT;
        /// `SCTP_EOF`: end the association gracefully after what was sent.
        /// Linux refuses it with `EINVAL` on one-to-one sockets: use
        /// [`shutdown`](crate::Socket::shutdown) there.
        const EOF = sys::SCTP_EOF;
        /// `SCTP_SENDALL`: a copy to every association of a one-to-many socket.
        const SENDALL = sys::SCTP_SENDALL;
        /// `SCTP_SACK_IMMEDIATELY`: ask the peer not to delay its SACK.
        const SACK_IMMEDIATELY = sys::SCTP_SACK_IMMEDIATELY;
    }
}

/// The send attributes, `SCTP_SNDINFO` (RFC 6458 section 5.3.4).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SndInfo {
    /// The stream.
    pub sid: u16,
    /// How to send.
    pub flags: SendFlags,
    /// What the payload is; see [`Ppid`] for its byte order.
    pub ppid: Ppid,
    /// A number that comes back when the message could not be sent. It stays
    /// on this host.
    pub context: u32,
    /// The association, on a one-to-many socket.
    pub assoc_id: AssocId,
}

/// When to give up sending a message (RFC 3758, RFC 7496), `SCTP_PRINFO`
/// (RFC 6458 section 5.3.7).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PrInfo {
    /// Never: SCTP's own reliability.
    None,
    /// After so many milliseconds.
    Ttl(u32),
    /// After so many retransmissions.
    Rtx(u32),
    /// When the send buffer is full and something of a smaller number wants in.
    Prio(u32),
}

/// One message to send.
///
/// ```
/// use socket::{Message, Ppid};
///
/// let message = Message::new(b"attach").sid(3).ppid(Ppid(18)).unordered();
/// assert_eq!(message.info.sid, 3);
/// ```
#[derive(Clone, Debug)]
pub struct Message<'a> {
    /// The payload, gathered from pieces. SCTP has no empty messages: it may
    /// be empty only with [`SendFlags::EOF`] or [`SendFlags::ABORT`].
    pub payload: Vec<IoSlice<'a>>,
    /// Where to. On a one-to-many socket an address without an association
    /// sets one up. One-to-one sockets need none.
    pub to: Option<SocketAddr>,
    /// The send attributes.
    pub info: SndInfo,
    /// Streams and attempts of the association that this message sets up,
    /// `SCTP_INIT` (section 5.3.1). One-to-many sockets only.
    pub init: Option<InitMsg>,
    /// When to give up.
    pub prinfo: Option<PrInfo>,
    /// The number of the key that signs the message, `SCTP_AUTHINFO` (section
    /// 5.3.8).
    pub auth_key: Option<u16>,
    /// More addresses of the peer that this message sets an association up
    /// with, `SCTP_DSTADDRV4` and `SCTP_DSTADDRV6` (sections 5.3.9, 5.3.10).
    pub more_addresses: Vec<IpAddr>,
}

impl<'a> Message<'a> {
    /// A message on stream 0, ordered, reliable, without a protocol
    /// identifier.
    pub fn new(payload: &'a [u8]) -> Self {
        Self {
            payload: vec![IoSlice::new(payload)],
            to: None,
            info: SndInfo::default(),
            init: None,
            prinfo: None,
            auth_key: None,
            more_addresses: Vec::new(),
        }
    }

    /// Without a payload: ends an association gracefully (`SCTP_EOF`).
    pub fn eof() -> Self {
        Self::new(b"").flags(SendFlags::EOF)
    }

    /// Ends an association at once (`SCTP_ABORT`); the peer is told the
    /// `reason`, which may be empty.
    pub fn abort(reason: &'a [u8]) -> Self {
        Self::new(reason).flags(SendFlags::ABORT)
    }

    /// One more piece of the same payload.
    pub fn and(mut self, piece: &'a [u8]) -> Self {
        self.payload.push(IoSlice::new(piece));
        self
    }

    /// To this address.
    pub fn to(mut self, address: SocketAddr) -> Self {
        self.to = Some(address);
        self
    }

    /// To this association of a one-to-many socket.
    pub fn assoc_id(mut self, assoc_id: AssocId) -> Self {
        self.info.assoc_id = assoc_id;
        self
    }

    /// On this stream.
    pub fn sid(mut self, sid: u16) -> Self {
        self.info.sid = sid;
        self
    }

    /// With this payload protocol identifier.
    pub fn ppid(mut self, ppid: Ppid) -> Self {
        self.info.ppid = ppid;
        self
    }

    /// With this number for notifications about it.
    pub fn context(mut self, context: u32) -> Self {
        self.info.context = context;
        self
    }

    /// With these flags too.
    pub fn flags(mut self, flags: SendFlags) -> Self {
        self.info.flags |= flags;
        self
    }

    /// Outside the stream's order.
    pub fn unordered(self) -> Self {
        self.flags(SendFlags::UNORDERED)
    }

    /// Setting the association up with these numbers.
    pub fn init(mut self, init: InitMsg) -> Self {
        self.init = Some(init);
        self
    }

    /// Giving up when this is reached.
    pub fn prinfo(mut self, prinfo: PrInfo) -> Self {
        self.prinfo = Some(prinfo);
        self
    }

    /// Signed with this key.
    pub fn auth_key(mut self, number: u16) -> Self {
        self.auth_key = Some(number);
        self
    }

    /// The ancillary data that says all this.
    pub(crate) fn control(&self) -> Control {
        let mut control = Control::default();
        if let Some(init) = &self.init {
            control.push(sys::SCTP_INIT, init.to_raw().as_bytes());
        }
        control.push(sys::SCTP_SNDINFO, self.info.to_raw().as_bytes());
        if let Some(prinfo) = &self.prinfo {
            control.push(sys::SCTP_PRINFO, prinfo.to_raw().as_bytes());
        }
        if let Some(auth_keynumber) = self.auth_key {
            control.push(
                sys::SCTP_AUTHINFO,
                sctp_authinfo { auth_keynumber }.as_bytes(),
            );
        }
        for address in &self.more_addresses {
            match address {
                IpAddr::V4(v4) => control.push(sys::SCTP_DSTADDRV4, &v4.octets()),
                IpAddr::V6(v6) => control.push(sys::SCTP_DSTADDRV6, &v6.octets()),
            }
        }
        control
    }
}

impl SndInfo {
    pub(crate) fn to_raw(self) -> sctp_sndinfo {
        sctp_sndinfo {
            snd_sid: self.sid,
            snd_flags: self.flags.bits(),
            snd_ppid: self.ppid.to_raw(),
            snd_context: self.context,
            snd_assoc_id: self.assoc_id.to_raw(),
        }
    }

    pub(crate) fn from_raw(raw: sctp_sndinfo) -> Self {
        Self {
            sid: raw.snd_sid,
            flags: SendFlags::from_bits_retain(raw.snd_flags),
            ppid: Ppid::from_raw(raw.snd_ppid),
            context: raw.snd_context,
            assoc_id: AssocId::from_raw(raw.snd_assoc_id),
        }
    }
}

impl PrInfo {
    fn to_raw(self) -> sctp_prinfo {
        let (pr_policy, pr_value) = match self {
            Self::None => (sys::SCTP_PR_SCTP_NONE, 0),
            Self::Ttl(milliseconds) => (sys::SCTP_PR_SCTP_TTL, milliseconds),
            Self::Rtx(retransmissions) => (sys::SCTP_PR_SCTP_RTX, retransmissions),
            Self::Prio(priority) => (sys::SCTP_PR_SCTP_PRIO, priority),
        };
        sctp_prinfo {
            pr_policy,
            _pad: [0; 2],
            pr_value,
        }
    }
}
