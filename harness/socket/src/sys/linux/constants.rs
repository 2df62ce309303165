//! The constants, in tables.

#![allow(
    missing_docs,
    reason = "the names are those of RFC 6458, which documents them"
)]

use crate::sys::layout::c_constants;

c_constants! {
    /// Address families, `include/linux/socket.h`.
    FAMILIES: u16 {
        AF_INET = 2,
        AF_INET6 = 10,
    }
}

c_constants! {
    /// Flags of `msghdr.msg_flags`.
    MESSAGE_FLAGS: i32 {
        MSG_CTRUNC = 0x08,
        MSG_TRUNC = 0x20,
        MSG_EOR = 0x80,
        MSG_NOSIGNAL = 0x4000,
        MSG_NOTIFICATION = 0x8000,
    }
}

c_constants! {
    /// Socket options, RFC 6458 section 8 and its extensions.
    OPTIONS: i32 {
        SCTP_RTOINFO = 0,
        SCTP_ASSOCINFO = 1,
        SCTP_INITMSG = 2,
        SCTP_NODELAY = 3,
        SCTP_AUTOCLOSE = 4,
        SCTP_SET_PEER_PRIMARY_ADDR = 5,
        SCTP_PRIMARY_ADDR = 6,
        SCTP_ADAPTATION_LAYER = 7,
        SCTP_DISABLE_FRAGMENTS = 8,
        SCTP_PEER_ADDR_PARAMS = 9,
        SCTP_DEFAULT_SEND_PARAM = 10,
        SCTP_EVENTS = 11,
        SCTP_I_WANT_MAPPED_V4_ADDR = 12,
        SCTP_MAXSEG = 13,
        SCTP_STATUS = 14,
        SCTP_GET_PEER_ADDR_INFO = 15,
        SCTP_DELAYED_SACK = 16,
        SCTP_CONTEXT = 17,
        SCTP_FRAGMENT_INTERLEAVE = 18,
        SCTP_PARTIAL_DELIVERY_POINT = 19,
        SCTP_MAX_BURST = 20,
        SCTP_AUTH_CHUNK = 21,
        SCTP_HMAC_IDENT = 22,
        SCTP_AUTH_KEY = 23,
        SCTP_AUTH_ACTIVE_KEY = 24,
        SCTP_AUTH_DELETE_KEY = 25,
        SCTP_PEER_AUTH_CHUNKS = 26,
        SCTP_LOCAL_AUTH_CHUNKS = 27,
        SCTP_GET_ASSOC_NUMBER = 28,
        SCTP_GET_ASSOC_ID_LIST = 29,
        SCTP_AUTO_ASCONF = 30,
        SCTP_PEER_ADDR_THLDS = 31,
        SCTP_RECVRCVINFO = 32,
        SCTP_RECVNXTINFO = 33,
        SCTP_DEFAULT_SNDINFO = 34,
        SCTP_AUTH_DEACTIVATE_KEY = 35,
        SCTP_REUSE_PORT = 36,
        SCTP_PEER_ADDR_THLDS_V2 = 37,
        SCTP_SOCKOPT_BINDX_ADD = 100,
        SCTP_SOCKOPT_BINDX_REM = 101,
        SCTP_GET_PEER_ADDRS = 108,
        SCTP_GET_LOCAL_ADDRS = 109,
        SCTP_SOCKOPT_CONNECTX3 = 111,
        SCTP_GET_ASSOC_STATS = 112,
        SCTP_PR_SUPPORTED = 113,
        SCTP_DEFAULT_PRINFO = 114,
        SCTP_PR_ASSOC_STATUS = 115,
        SCTP_PR_STREAM_STATUS = 116,
        SCTP_RECONFIG_SUPPORTED = 117,
        SCTP_ENABLE_STREAM_RESET = 118,
        SCTP_RESET_STREAMS = 119,
        SCTP_RESET_ASSOC = 120,
        SCTP_ADD_STREAMS = 121,
        SCTP_SOCKOPT_PEELOFF_FLAGS = 122,
        SCTP_STREAM_SCHEDULER = 123,
        SCTP_STREAM_SCHEDULER_VALUE = 124,
        SCTP_INTERLEAVING_SUPPORTED = 125,
        SCTP_EVENT = 127,
        SCTP_ASCONF_SUPPORTED = 128,
        SCTP_AUTH_SUPPORTED = 129,
        SCTP_ECN_SUPPORTED = 130,
        SCTP_EXPOSE_POTENTIALLY_FAILED_STATE = 131,
        SCTP_REMOTE_UDP_ENCAPS_PORT = 132,
        SCTP_PLPMTUD_PROBE_INTERVAL = 133,
    }
}

c_constants! {
    /// Options that are not specific to SCTP.
    COMMON_OPTIONS: i32 {
        SO_LINGER = 13,
        SO_RCVBUF = 8,
        SO_SNDBUF = 7,
        IPV6_V6ONLY = 26,
    }
}

c_constants! {
    /// Ancillary data, RFC 6458 section 5.3.
    ANCILLARY: i32 {
        SCTP_INIT = 0,
        SCTP_SNDRCV = 1,
        SCTP_SNDINFO = 2,
        SCTP_RCVINFO = 3,
        SCTP_NXTINFO = 4,
        SCTP_PRINFO = 5,
        SCTP_AUTHINFO = 6,
        SCTP_DSTADDRV4 = 7,
        SCTP_DSTADDRV6 = 8,
    }
}

c_constants! {
    /// `snd_flags` and `rcv_flags`, RFC 6458 sections 5.3.4 and 5.3.5.
    INFO_FLAGS: u16 {
        SCTP_UNORDERED = 0x0001,
        SCTP_ADDR_OVER = 0x0002,
        SCTP_ABORT = 0x0004,
        SCTP_SACK_IMMEDIATELY = 0x0008,
        SCTP_SENDALL = 0x0040,
        SCTP_EOF = 0x0200,
        SCTP_NOTIFICATION = 0x8000,
    }
}

c_constants! {
    /// PR-SCTP policies, RFC 6458 section 5.3.7 and RFC 7496.
    POLICIES: u16 {
        SCTP_PR_SCTP_NONE = 0x00,
        SCTP_PR_SCTP_TTL = 0x10,
        SCTP_PR_SCTP_RTX = 0x20,
        SCTP_PR_SCTP_PRIO = 0x30,
        SCTP_PR_SCTP_ALL = 0x80,
    }
}

c_constants! {
    /// Notification types, RFC 6458 section 6.1, RFC 6525 section 6.1.
    NOTIFICATIONS: u16 {
        SCTP_ASSOC_CHANGE = 0x8001,
        SCTP_PEER_ADDR_CHANGE = 0x8002,
        SCTP_SEND_FAILED = 0x8003,
        SCTP_REMOTE_ERROR = 0x8004,
        SCTP_SHUTDOWN_EVENT = 0x8005,
        SCTP_PARTIAL_DELIVERY_EVENT = 0x8006,
        SCTP_ADAPTATION_INDICATION = 0x8007,
        SCTP_AUTHENTICATION_EVENT = 0x8008,
        SCTP_SENDER_DRY_EVENT = 0x8009,
        SCTP_STREAM_RESET_EVENT = 0x800a,
        SCTP_ASSOC_RESET_EVENT = 0x800b,
        SCTP_STREAM_CHANGE_EVENT = 0x800c,
        SCTP_SEND_FAILED_EVENT = 0x800d,
    }
}

c_constants! {
    /// Values and flags inside notifications.
    NOTIFICATION_VALUES: u32 {
        SCTP_COMM_UP = 0,
        SCTP_COMM_LOST = 1,
        SCTP_RESTART = 2,
        SCTP_SHUTDOWN_COMP = 3,
        SCTP_CANT_STR_ASSOC = 4,
        SCTP_ADDR_AVAILABLE = 0,
        SCTP_ADDR_UNREACHABLE = 1,
        SCTP_ADDR_REMOVED = 2,
        SCTP_ADDR_ADDED = 3,
        SCTP_ADDR_MADE_PRIM = 4,
        SCTP_ADDR_CONFIRMED = 5,
        SCTP_ADDR_POTENTIALLY_FAILED = 6,
        SCTP_DATA_UNSENT = 0,
        SCTP_DATA_SENT = 1,
        SCTP_PARTIAL_DELIVERY_ABORTED = 0,
        SCTP_AUTH_NEW_KEY = 0,
        SCTP_AUTH_FREE_KEY = 1,
        SCTP_AUTH_NO_AUTH = 2,
        SCTP_STREAM_RESET_INCOMING_SSN = 0x01,
        SCTP_STREAM_RESET_OUTGOING_SSN = 0x02,
        SCTP_STREAM_RESET_DENIED = 0x04,
        SCTP_STREAM_RESET_FAILED = 0x08,
        SCTP_ASSOC_RESET_DENIED = 0x04,
        SCTP_ASSOC_RESET_FAILED = 0x08,
        SCTP_STREAM_CHANGE_DENIED = 0x04,
        SCTP_STREAM_CHANGE_FAILED = 0x08,
    }
}

c_constants! {
    /// Path and association states, RFC 6458 sections 8.2.1 and 8.2.2.
    STATES: i32 {
        SCTP_INACTIVE = 0,
        SCTP_POTENTIALLY_FAILED = 1,
        SCTP_ACTIVE = 2,
        SCTP_UNCONFIRMED = 3,
        SCTP_UNKNOWN = 0xffff,
        SCTP_EMPTY = 0,
        SCTP_CLOSED = 1,
        SCTP_COOKIE_WAIT = 2,
        SCTP_COOKIE_ECHOED = 3,
        SCTP_ESTABLISHED = 4,
        SCTP_SHUTDOWN_PENDING = 5,
        SCTP_SHUTDOWN_SENT = 6,
        SCTP_SHUTDOWN_RECEIVED = 7,
        SCTP_SHUTDOWN_ACK_SENT = 8,
    }
}

c_constants! {
    /// `spp_flags`, RFC 6458 section 8.1.12.
    PATH_FLAGS: u32 {
        SPP_HB_ENABLE = 0x001,
        SPP_HB_DISABLE = 0x002,
        SPP_HB_DEMAND = 0x004,
        SPP_PMTUD_ENABLE = 0x008,
        SPP_PMTUD_DISABLE = 0x010,
        SPP_SACKDELAY_ENABLE = 0x020,
        SPP_SACKDELAY_DISABLE = 0x040,
        SPP_HB_TIME_IS_ZERO = 0x080,
        SPP_IPV6_FLOWLABEL = 0x100,
        SPP_DSCP = 0x200,
    }
}

c_constants! {
    /// HMAC algorithms, RFC 4895 section 8.
    HMACS: u16 {
        SCTP_AUTH_HMAC_ID_SHA1 = 1,
        SCTP_AUTH_HMAC_ID_SHA256 = 3,
    }
}

c_constants! {
    /// Requests that a peer may make, and directions of a reset, RFC 6525 section 6.3.
    RESETS: u16 {
        SCTP_ENABLE_RESET_STREAM_REQ = 0x01,
        SCTP_ENABLE_RESET_ASSOC_REQ = 0x02,
        SCTP_ENABLE_CHANGE_ASSOC_REQ = 0x04,
        SCTP_STREAM_RESET_INCOMING = 0x01,
        SCTP_STREAM_RESET_OUTGOING = 0x02,
    }
}

c_constants! {
    /// Stream schedulers, RFC 8260 section 4.3.
    SCHEDULERS: u16 {
        SCTP_SS_DEFAULT = 0,
        SCTP_SS_FCFS = 0,
        SCTP_SS_PRIO = 1,
        SCTP_SS_RR = 2,
    }
}

/// The tables above, for inspection.
pub const CONSTANTS: &[&[(&str, i64)]] = &[
    FAMILIES,
    MESSAGE_FLAGS,
    OPTIONS,
    COMMON_OPTIONS,
    ANCILLARY,
    INFO_FLAGS,
    POLICIES,
    NOTIFICATIONS,
    NOTIFICATION_VALUES,
    STATES,
    PATH_FLAGS,
    HMACS,
    RESETS,
    SCHEDULERS,
];

/// `nxt_flags` of RFC 6458 section 5.3.6: Linux reuses the bits of `SCTP_UNORDERED` and
/// of `SCTP_NOTIFICATION` (`net/sctp/ulpevent.c`, `sctp_ulpevent_read_nxtinfo`) and never
/// reports that the message is complete.
pub const NEXT_UNORDERED: u16 = SCTP_UNORDERED;
pub const NEXT_COMPLETE: Option<u16> = None;
pub const NEXT_NOTIFICATION: u16 = SCTP_NOTIFICATION;

/// Schedulers that Linux has since 6.4 (`include/uapi/linux/sctp.h`). Older headers lack
/// them.
pub const SCTP_SS_FC: u16 = 3;
pub const SCTP_SS_WFQ: u16 = 4;
