//! What is sent: a payload and the attributes that travel beside it.

use std::io::IoSlice;
use std::net::{IpAddr, SocketAddr};

use zerocopy::IntoBytes;

use crate::ancillary::Control;
use crate::option::InitMsg;
use crate::sys::{self, sctp_authinfo};
use crate::{AssocId, Ppid, PrInfo, SendFlags, SndInfo, SndRcvInfo};

/// In which form the send attributes travel to the kernel.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Form {
    /// As `SCTP_SNDINFO`, `SCTP_PRINFO` and `SCTP_AUTHINFO` (RFC 6458 sections
    /// 5.3.4, 5.3.7, 5.3.8).
    #[default]
    SndInfo,
    /// As `SCTP_SNDRCV` (section 5.3.2, deprecated there), which has the policy
    /// of partial reliability among its flags and its value as time to live.
    SndRcv,
    /// Not at all: those of
    /// [`DefaultSndInfo`](crate::option::DefaultSndInfo) and
    /// [`DefaultPrInfo`](crate::option::DefaultPrInfo) hold, as with
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
    /// The payload, gathered from pieces. SCTP has no empty messages: it may
    /// be empty only with [`SendFlags::EOF`] or [`SendFlags::ABORT`].
    pub payload: Vec<IoSlice<'a>>,
    /// Where to. On a one-to-many socket an address without an association
    /// sets one up. One-to-one sockets need none.
    pub to: Option<SocketAddr>,
    /// The send attributes.
    pub info: SndInfo,
    /// In which form they travel to the kernel.
    pub form: Form,
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
            form: Form::default(),
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

    /// With the attributes in this form.
    pub fn form(mut self, form: Form) -> Self {
        self.form = form;
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
