//! The constants, in tables.

#![allow(
    missing_docs,
    reason = "the names are those of RFC 6458, which documents them"
)]

use crate::sys::layout::c_constants;

c_constants! {
    /// Address families, `sys/socket.h`.
    FAMILIES: u16 {
        AF_INET = 2,
        AF_INET6 = 28,
    }
}

c_constants! {
    /// Flags of `msghdr.msg_flags`.
    MESSAGE_FLAGS: i32 {
        MSG_CTRUNC = 0x20,
        MSG_TRUNC = 0x10,
        MSG_EOR = 0x8,
        MSG_NOSIGNAL = 0x20000,
        MSG_NOTIFICATION = 0x2000,
    }
}

c_constants! {
    /// Socket options, RFC 6458 section 8 and its extensions.
    OPTIONS: i32 {
        SCTP_RTOINFO = 0x1,
        SCTP_ASSOCINFO = 0x2,
        SCTP_INITMSG = 0x3,
        SCTP_NODELAY = 0x4,
        SCTP_AUTOCLOSE = 0x5,
        SCTP_SET_PEER_PRIMARY_ADDR = 0x6,
        SCTP_PRIMARY_ADDR = 0x7,
        SCTP_ADAPTATION_LAYER = 0x8,
        SCTP_DISABLE_FRAGMENTS = 0x9,
        SCTP_PEER_ADDR_PARAMS = 0xa,
        SCTP_DEFAULT_SEND_PARAM = 0xb,
        SCTP_EVENTS = 0xc,
        SCTP_I_WANT_MAPPED_V4_ADDR = 0xd,
        SCTP_MAXSEG = 0xe,
        SCTP_DELAYED_SACK = 0xf,
        SCTP_FRAGMENT_INTERLEAVE = 0x10,
        SCTP_PARTIAL_DELIVERY_POINT = 0x11,
        SCTP_AUTH_CHUNK = 0x12,
        SCTP_AUTH_KEY = 0x13,
        SCTP_HMAC_IDENT = 0x14,
        SCTP_AUTH_ACTIVE_KEY = 0x15,
        SCTP_AUTH_DELETE_KEY = 0x16,
        SCTP_USE_EXT_RCVINFO = 0x17,
        SCTP_AUTO_ASCONF = 0x18,
        SCTP_MAX_BURST = 0x19,
        SCTP_CONTEXT = 0x1a,
        SCTP_EXPLICIT_EOR = 0x1b,
        SCTP_REUSE_PORT = 0x1c,
        SCTP_AUTH_DEACTIVATE_KEY = 0x1d,
        SCTP_EVENT = 0x1e,
        SCTP_RECVRCVINFO = 0x1f,
        SCTP_RECVNXTINFO = 0x20,
        SCTP_DEFAULT_SNDINFO = 0x21,
        SCTP_DEFAULT_PRINFO = 0x22,
        SCTP_PEER_ADDR_THLDS = 0x23,
        SCTP_REMOTE_UDP_ENCAPS_PORT = 0x24,
        SCTP_ECN_SUPPORTED = 0x25,
        SCTP_PR_SUPPORTED = 0x26,
        SCTP_AUTH_SUPPORTED = 0x27,
        SCTP_ASCONF_SUPPORTED = 0x28,
        SCTP_RECONFIG_SUPPORTED = 0x29,
        SCTP_NRSACK_SUPPORTED = 0x30,
        SCTP_PKTDROP_SUPPORTED = 0x31,
        SCTP_MAX_CWND = 0x32,
        SCTP_ACCEPT_ZERO_CHECKSUM = 0x33,
        SCTP_STATUS = 0x100,
        SCTP_GET_PEER_ADDR_INFO = 0x101,
        SCTP_PEER_AUTH_CHUNKS = 0x102,
        SCTP_LOCAL_AUTH_CHUNKS = 0x103,
        SCTP_GET_ASSOC_NUMBER = 0x104,
        SCTP_GET_ASSOC_ID_LIST = 0x105,
        SCTP_TIMEOUTS = 0x106,
        SCTP_PR_STREAM_STATUS = 0x107,
        SCTP_PR_ASSOC_STATUS = 0x108,
        SCTP_ENABLE_STREAM_RESET = 0x900,
        SCTP_RESET_STREAMS = 0x901,
        SCTP_RESET_ASSOC = 0x902,
        SCTP_ADD_STREAMS = 0x903,
        SCTP_STREAM_SCHEDULER = 0x1203,
        SCTP_STREAM_SCHEDULER_VALUE = 0x1204,
        SCTP_INTERLEAVING_SUPPORTED = 0x1206,
        SCTP_BINDX_ADD_ADDR = 0x8001,
        SCTP_BINDX_REM_ADDR = 0x8002,
        SCTP_GET_PEER_ADDRESSES = 0x8003,
        SCTP_GET_LOCAL_ADDRESSES = 0x8004,
        SCTP_GET_LOCAL_ADDR_SIZE = 0x8005,
        SCTP_GET_REMOTE_ADDR_SIZE = 0x8006,
    }
}

c_constants! {
    /// Options that are not specific to SCTP.
    COMMON_OPTIONS: i32 {
        SO_LINGER = 0x80,
        SO_RCVBUF = 0x1002,
        SO_SNDBUF = 0x1001,
        IPV6_V6ONLY = 27,
    }
}

c_constants! {
    /// Ancillary data, RFC 6458 section 5.3.
    ANCILLARY: i32 {
        SCTP_INIT = 0x1,
        SCTP_SNDRCV = 0x2,
        SCTP_EXTRCV = 0x3,
        SCTP_SNDINFO = 0x4,
        SCTP_RCVINFO = 0x5,
        SCTP_NXTINFO = 0x6,
        SCTP_PRINFO = 0x7,
        SCTP_AUTHINFO = 0x8,
        SCTP_DSTADDRV4 = 0x9,
        SCTP_DSTADDRV6 = 0xa,
    }
}

c_constants! {
    /// `snd_flags` and `rcv_flags`, RFC 6458 sections 5.3.4 and 5.3.5.
    INFO_FLAGS: u16 {
        SCTP_NOTIFICATION = 0x10,
        SCTP_COMPLETE = 0x20,
        SCTP_EOF = 0x100,
        SCTP_ABORT = 0x200,
        SCTP_UNORDERED = 0x400,
        SCTP_ADDR_OVER = 0x800,
        SCTP_SENDALL = 0x1000,
        SCTP_EOR = 0x2000,
        SCTP_SACK_IMMEDIATELY = 0x4000,
    }
}

c_constants! {
    /// `serinfo_next_flags`, RFC 6458 section 5.3.3.
    NEXT_FLAGS: u16 {
        SCTP_NEXT_MSG_AVAIL = 0x1,
        SCTP_NEXT_MSG_ISCOMPLETE = 0x2,
        SCTP_NEXT_MSG_IS_UNORDERED = 0x4,
        SCTP_NEXT_MSG_IS_NOTIFICATION = 0x8,
    }
}

c_constants! {
    /// PR-SCTP policies, RFC 6458 section 5.3.7 and RFC 7496.
    POLICIES: u16 {
        SCTP_PR_SCTP_NONE = 0x0,
        SCTP_PR_SCTP_TTL = 0x1,
        SCTP_PR_SCTP_RTX = 0x3,
        SCTP_PR_SCTP_PRIO = 0x2,
        SCTP_PR_SCTP_ALL = 0xf,
    }
}

c_constants! {
    /// Notification types, RFC 6458 section 6.1, RFC 6525 section 6.1.
    NOTIFICATIONS: u16 {
        SCTP_ASSOC_CHANGE = 0x1,
        SCTP_PEER_ADDR_CHANGE = 0x2,
        SCTP_REMOTE_ERROR = 0x3,
        SCTP_SEND_FAILED = 0x4,
        SCTP_SHUTDOWN_EVENT = 0x5,
        SCTP_ADAPTATION_INDICATION = 0x6,
        SCTP_PARTIAL_DELIVERY_EVENT = 0x7,
        SCTP_AUTHENTICATION_EVENT = 0x8,
        SCTP_STREAM_RESET_EVENT = 0x9,
        SCTP_SENDER_DRY_EVENT = 0xa,
        SCTP_ASSOC_RESET_EVENT = 0xc,
        SCTP_STREAM_CHANGE_EVENT = 0xd,
        SCTP_SEND_FAILED_EVENT = 0xe,
    }
}

c_constants! {
    /// Values and flags inside notifications.
    NOTIFICATION_VALUES: u32 {
        SCTP_COMM_UP = 0x1,
        SCTP_COMM_LOST = 0x2,
        SCTP_RESTART = 0x3,
        SCTP_SHUTDOWN_COMP = 0x4,
        SCTP_CANT_STR_ASSOC = 0x5,
        SCTP_ADDR_AVAILABLE = 0x1,
        SCTP_ADDR_UNREACHABLE = 0x2,
        SCTP_ADDR_REMOVED = 0x3,
        SCTP_ADDR_ADDED = 0x4,
        SCTP_ADDR_MADE_PRIM = 0x5,
        SCTP_ADDR_CONFIRMED = 0x6,
        SCTP_DATA_UNSENT = 0x1,
        SCTP_DATA_SENT = 0x2,
        SCTP_PARTIAL_DELIVERY_ABORTED = 0x1,
        SCTP_AUTH_NEW_KEY = 0x1,
        SCTP_AUTH_FREE_KEY = 0x3,
        SCTP_AUTH_NO_AUTH = 0x2,
        SCTP_STREAM_RESET_INCOMING_SSN = 0x1,
        SCTP_STREAM_RESET_OUTGOING_SSN = 0x2,
        SCTP_STREAM_RESET_DENIED = 0x4,
        SCTP_STREAM_RESET_FAILED = 0x8,
        SCTP_ASSOC_RESET_DENIED = 0x4,
        SCTP_ASSOC_RESET_FAILED = 0x8,
        SCTP_STREAM_CHANGE_DENIED = 0x4,
        SCTP_STREAM_CHANGE_FAILED = 0x8,
    }
}

c_constants! {
    /// Path and association states, RFC 6458 sections 8.2.1 and 8.2.2.
    STATES: i32 {
        SCTP_INACTIVE = 0x2,
        SCTP_ACTIVE = 0x1,
        SCTP_UNCONFIRMED = 0x200,
        SCTP_CLOSED = 0x0,
        SCTP_COOKIE_WAIT = 0x2,
        SCTP_COOKIE_ECHOED = 0x4,
        SCTP_ESTABLISHED = 0x8,
        SCTP_SHUTDOWN_PENDING = 0x80,
        SCTP_SHUTDOWN_SENT = 0x10,
        SCTP_SHUTDOWN_RECEIVED = 0x20,
        SCTP_SHUTDOWN_ACK_SENT = 0x40,
    }
}

c_constants! {
    /// `spp_flags`, RFC 6458 section 8.1.12.
    PATH_FLAGS: u32 {
        SPP_HB_ENABLE = 0x1,
        SPP_HB_DISABLE = 0x2,
        SPP_HB_DEMAND = 0x4,
        SPP_PMTUD_ENABLE = 0x8,
        SPP_PMTUD_DISABLE = 0x10,
        SPP_HB_TIME_IS_ZERO = 0x80,
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
        SCTP_SS_RR = 1,
        SCTP_SS_RR_PKT = 2,
        SCTP_SS_PRIO = 3,
        SCTP_SS_FB = 4,
        SCTP_SS_FCFS = 5,
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
    NEXT_FLAGS,
    POLICIES,
    NOTIFICATIONS,
    NOTIFICATION_VALUES,
    STATES,
    PATH_FLAGS,
    HMACS,
    RESETS,
    SCHEDULERS,
];

/// `nxt_flags` of RFC 6458 section 5.3.6, as `netinet/sctputil.c`
/// (`sctp_build_ctl_nchunk`) fills them.
pub const NEXT_UNORDERED: u16 = SCTP_UNORDERED;
pub const NEXT_COMPLETE: Option<u16> = Some(SCTP_COMPLETE);
pub const NEXT_NOTIFICATION: u16 = SCTP_NOTIFICATION;
