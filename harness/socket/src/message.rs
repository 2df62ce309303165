//! A message to send: its payload and its attributes.

use std::io::IoSlice;
use std::net::{IpAddr, SocketAddr};

use zerocopy::IntoBytes;

use crate::ancillary::Control;
use crate::option::InitMsg;
use crate::sys::{self, sctp_authinfo};
use crate::{AssocId, Ppid, PrInfo, SendFlags, SndInfo, SndRcvInfo};

/// Form in which the send attributes are passed to the kernel.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Form {
    /// As `SCTP_SNDINFO`, `SCTP_PRINFO` and `SCTP_AUTHINFO` (RFC 6458 sections
    /// 5.3.4, 5.3.7, 5.3.8).
    #[default]
    SndInfo,
    /// As `SCTP_SNDRCV` (section 5.3.2, deprecated there), with the PR-SCTP policy in its
    /// flags, and the policy's value as time to live.
    SndRcv,
    /// Not passed: the attributes of [`DefaultSndInfo`](crate::option::DefaultSndInfo)
    /// and [`DefaultPrInfo`](crate::option::DefaultPrInfo) hold, as with
    /// `SCTP_SENDV_NOINFO` (section 9.12).
    Defaults,
}

/// One message to send.
///
/// ```
/// use sctp_socket::{Message, Ppid};
///
/// let message = Message::new(b"attach").sid(3).ppid(Ppid(18)).unordered();
/// assert_eq!(message.info.sid, 3);
/// ```
#[derive(Clone, Debug)]
pub struct Message<'a> {
    /// The payload, in pieces. SCTP has no empty messages, so the payload may be empty
    /// only with [`SendFlags::EOF`] or [`SendFlags::ABORT`].
    pub payload: Vec<IoSlice<'a>>,
    /// Destination address. On a one-to-many socket, an address without an association
    /// sets one up. One-to-one sockets need no address.
    pub to: Option<SocketAddr>,
    /// The send attributes.
    pub info: SndInfo,
    /// Form in which the attributes are passed to the kernel.
    pub form: Form,
    /// Numbers of streams and attempts for the association that this message sets up,
    /// `SCTP_INIT` (section 5.3.1). One-to-many sockets only.
    pub init: Option<InitMsg>,
    /// When the message is abandoned.
    pub prinfo: Option<PrInfo>,
    /// The number of the key that authenticates the message, `SCTP_AUTHINFO` (section
    /// 5.3.8).
    pub auth_key: Option<u16>,
    /// Further addresses of the peer, for a message that sets an association up:
    /// `SCTP_DSTADDRV4` and `SCTP_DSTADDRV6` (sections 5.3.9, 5.3.10).
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
            form: Form::default(),
            init: None,
            prinfo: None,
            auth_key: None,
            more_addresses: Vec::new(),
        }
    }

    /// A message without a payload that ends an association gracefully (`SCTP_EOF`).
    pub fn eof() -> Self {
        Self::new(b"").flags(SendFlags::EOF)
    }

    /// A message that aborts an association (`SCTP_ABORT`). The peer gets the `reason`,
    /// which may be empty.
    pub fn abort(reason: &'a [u8]) -> Self {
        Self::new(reason).flags(SendFlags::ABORT)
    }

    /// Appends a piece to the payload.
    pub fn and(mut self, piece: &'a [u8]) -> Self {
        self.payload.push(IoSlice::new(piece));
        self
    }

    /// Sets the destination address.
    pub fn to(mut self, address: SocketAddr) -> Self {
        self.to = Some(address);
        self
    }

    /// Sets the association of a one-to-many socket.
    pub fn assoc_id(mut self, assoc_id: AssocId) -> Self {
        self.info.assoc_id = assoc_id;
        self
    }

    /// Sets the stream.
    pub fn sid(mut self, sid: u16) -> Self {
        self.info.sid = sid;
        self
    }

    /// Sets the payload protocol identifier.
    pub fn ppid(mut self, ppid: Ppid) -> Self {
        self.info.ppid = ppid;
        self
    }

    /// Sets the context, a number that notifications about the message return.
    pub fn context(mut self, context: u32) -> Self {
        self.info.context = context;
        self
    }

    /// Adds flags.
    pub fn flags(mut self, flags: SendFlags) -> Self {
        self.info.flags |= flags;
        self
    }

    /// Sends the message outside the stream's order.
    pub fn unordered(self) -> Self {
        self.flags(SendFlags::UNORDERED)
    }

    /// Sets numbers for the association that this message sets up.
    pub fn init(mut self, init: InitMsg) -> Self {
        self.init = Some(init);
        self
    }

    /// Sets when the message is abandoned.
    pub fn prinfo(mut self, prinfo: PrInfo) -> Self {
        self.prinfo = Some(prinfo);
        self
    }

    /// Sets the form of the attributes.
    pub fn form(mut self, form: Form) -> Self {
        self.form = form;
        self
    }

    /// Sets the key that authenticates the message.
    pub fn auth_key(mut self, number: u16) -> Self {
        self.auth_key = Some(number);
        self
    }

    /// The ancillary data with all attributes.
    pub(crate) fn control(&self) -> Control {
        let mut control = Control::default();
        if let Some(init) = &self.init {
            control.push(sys::SCTP_INIT, init.to_raw().as_bytes());
        }
        match self.form {
            Form::SndInfo => {
                control.push(sys::SCTP_SNDINFO, self.info.to_raw().as_bytes());
                if let Some(prinfo) = &self.prinfo {
                    control.push(sys::SCTP_PRINFO, prinfo.to_raw().as_bytes());
                }
            }
            Form::SndRcv => {
                let info = SndRcvInfo::sending(self.info, self.prinfo);
                control.push(sys::SCTP_SNDRCV, info.to_raw().as_bytes());
            }
            Form::Defaults => {}
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
