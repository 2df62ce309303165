//! FreeBSD: `netinet/sctp.h` and `netinet/sctp_uio.h`.
//!
//! Names, order and widths are those of the headers. What FreeBSD lacks of
//! Linux's definitions is absent here. Padding is written out.

#![allow(
    missing_docs,
    reason = "the names are those of RFC 6458, which documents them"
)]
#![allow(non_camel_case_types, reason = "the names are those of the C header")]

use super::layout::{c_constants, c_structs};

/// An association identifier.
pub type sctp_assoc_t = u32;

/// The alignment of ancillary data.
pub const CMSG_ALIGN: usize = 8;
/// The width of `cmsg_len`.
pub type cmsg_len_t = u32;

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
    /// Options that are not SCTP's alone.
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
    /// PR-SCTP policies, RFC 6458 section 5.3.7 and RFC 7496.
    POLICIES: u16 {
        SCTP_PR_SCTP_NONE = 0x0,
        SCTP_PR_SCTP_TTL = 0x1,
        SCTP_PR_SCTP_RTX = 0x3,
        SCTP_PR_SCTP_PRIO = 0x2,
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
];

/// `nxt_flags` of RFC 6458 section 5.3.6, as `netinet/sctputil.c`
/// (`sctp_build_ctl_nchunk`) fills them.
pub const NEXT_UNORDERED: u16 = SCTP_UNORDERED;
pub const NEXT_COMPLETE: Option<u16> = Some(SCTP_COMPLETE);
pub const NEXT_NOTIFICATION: u16 = SCTP_NOTIFICATION;

c_structs! {
    #[repr(C)]
    struct sockaddr_in {
        sin_len: u8,
        sin_family: u8,
        sin_port: [u8; 2],
        sin_addr: [u8; 4],
        sin_zero: [u8; 8],
    }

    #[repr(C)]
    struct sockaddr_in6 {
        sin6_len: u8,
        sin6_family: u8,
        sin6_port: [u8; 2],
        sin6_flowinfo: [u8; 4],
        sin6_addr: [u8; 16],
        sin6_scope_id: u32,
    }

    #[repr(C)]
    struct sockaddr_storage { _words: [u64; 16] }

    #[repr(C)]
    struct sctp_initmsg {
        sinit_num_ostreams: u16,
        sinit_max_instreams: u16,
        sinit_max_attempts: u16,
        sinit_max_init_timeo: u16,
    }

    #[repr(C)]
    struct sctp_sndrcvinfo {
        sinfo_stream: u16,
        sinfo_ssn: u16,
        sinfo_flags: u16,
        _pad: [u8; 2],
        sinfo_ppid: u32,
        sinfo_context: u32,
        sinfo_timetolive: u32,
        sinfo_tsn: u32,
        sinfo_cumtsn: u32,
        sinfo_assoc_id: sctp_assoc_t,
        sinfo_keynumber: u16,
        sinfo_keynumber_valid: u16,
        _reserve: [u8; 92],
    }

    #[repr(C)]
    struct sctp_sndinfo {
        snd_sid: u16,
        snd_flags: u16,
        snd_ppid: u32,
        snd_context: u32,
        snd_assoc_id: sctp_assoc_t,
    }

    #[repr(C)]
    struct sctp_rcvinfo {
        rcv_sid: u16,
        rcv_ssn: u16,
        rcv_flags: u16,
        _pad: [u8; 2],
        rcv_ppid: u32,
        rcv_tsn: u32,
        rcv_cumtsn: u32,
        rcv_context: u32,
        rcv_assoc_id: sctp_assoc_t,
    }

    #[repr(C)]
    struct sctp_nxtinfo {
        nxt_sid: u16,
        nxt_flags: u16,
        nxt_ppid: u32,
        nxt_length: u32,
        nxt_assoc_id: sctp_assoc_t,
    }

    #[repr(C)]
    struct sctp_prinfo {
        pr_policy: u16,
        _pad: [u8; 2],
        pr_value: u32,
    }

    #[repr(C)]
    struct sctp_authinfo { auth_keynumber: u16 }

    #[repr(C)]
    struct sctp_assoc_change {
        sac_type: u16,
        sac_flags: u16,
        sac_length: u32,
        sac_state: u16,
        sac_error: u16,
        sac_outbound_streams: u16,
        sac_inbound_streams: u16,
        sac_assoc_id: sctp_assoc_t,
    }

    #[repr(C)]
    struct sctp_paddr_change {
        spc_type: u16,
        spc_flags: u16,
        spc_length: u32,
        spc_aaddr: sockaddr_storage,
        spc_state: u32,
        spc_error: u32,
        spc_assoc_id: sctp_assoc_t,
        _tail: [u8; 4],
    }

    #[repr(C)]
    struct sctp_remote_error {
        sre_type: u16,
        sre_flags: u16,
        sre_length: u32,
        sre_error: u16,
        _pad: [u8; 2],
        sre_assoc_id: sctp_assoc_t,
    }

    #[repr(C)]
    struct sctp_send_failed {
        ssf_type: u16,
        ssf_flags: u16,
        ssf_length: u32,
        ssf_error: u32,
        ssf_info: sctp_sndrcvinfo,
        ssf_assoc_id: sctp_assoc_t,
    }

    #[repr(C)]
    struct sctp_send_failed_event {
        ssfe_type: u16,
        ssfe_flags: u16,
        ssfe_length: u32,
        ssfe_error: u32,
        ssfe_info: sctp_sndinfo,
        ssfe_assoc_id: sctp_assoc_t,
    }

    #[repr(C)]
    struct sctp_shutdown_event {
        sse_type: u16,
        sse_flags: u16,
        sse_length: u32,
        sse_assoc_id: sctp_assoc_t,
    }

    #[repr(C)]
    struct sctp_adaptation_event {
        sai_type: u16,
        sai_flags: u16,
        sai_length: u32,
        sai_adaptation_ind: u32,
        sai_assoc_id: sctp_assoc_t,
    }

    #[repr(C)]
    struct sctp_pdapi_event {
        pdapi_type: u16,
        pdapi_flags: u16,
        pdapi_length: u32,
        pdapi_indication: u32,
        pdapi_stream: u16,
        pdapi_seq: u16,
        pdapi_assoc_id: sctp_assoc_t,
    }

    #[repr(C)]
    struct sctp_authkey_event {
        auth_type: u16,
        auth_flags: u16,
        auth_length: u32,
        auth_keynumber: u16,
        auth_altkeynumber: u16,
        auth_indication: u32,
        auth_assoc_id: sctp_assoc_t,
    }

    #[repr(C)]
    struct sctp_sender_dry_event {
        sender_dry_type: u16,
        sender_dry_flags: u16,
        sender_dry_length: u32,
        sender_dry_assoc_id: sctp_assoc_t,
    }

    #[repr(C)]
    struct sctp_stream_reset_event {
        strreset_type: u16,
        strreset_flags: u16,
        strreset_length: u32,
        strreset_assoc_id: sctp_assoc_t,
    }

    #[repr(C)]
    struct sctp_assoc_reset_event {
        assocreset_type: u16,
        assocreset_flags: u16,
        assocreset_length: u32,
        assocreset_assoc_id: sctp_assoc_t,
        assocreset_local_tsn: u32,
        assocreset_remote_tsn: u32,
    }

    #[repr(C)]
    struct sctp_stream_change_event {
        strchange_type: u16,
        strchange_flags: u16,
        strchange_length: u32,
        strchange_assoc_id: sctp_assoc_t,
        strchange_instrms: u16,
        strchange_outstrms: u16,
    }

    #[repr(C)]
    struct sctp_event_subscribe {
        sctp_data_io_event: u8,
        sctp_association_event: u8,
        sctp_address_event: u8,
        sctp_send_failure_event: u8,
        sctp_peer_error_event: u8,
        sctp_shutdown_event: u8,
        sctp_partial_delivery_event: u8,
        sctp_adaptation_layer_event: u8,
        sctp_authentication_event: u8,
        sctp_sender_dry_event: u8,
        sctp_stream_reset_event: u8,
    }

    #[repr(C)]
    struct sctp_event {
        se_assoc_id: sctp_assoc_t,
        se_type: u16,
        se_on: u8,
        _pad: u8,
    }

    #[repr(C)]
    struct sctp_rtoinfo {
        srto_assoc_id: sctp_assoc_t,
        srto_initial: u32,
        srto_max: u32,
        srto_min: u32,
    }

    #[repr(C)]
    struct sctp_assocparams {
        sasoc_assoc_id: sctp_assoc_t,
        sasoc_peer_rwnd: u32,
        sasoc_local_rwnd: u32,
        sasoc_cookie_life: u32,
        sasoc_asocmaxrxt: u16,
        sasoc_number_peer_destinations: u16,
    }

    #[repr(C)]
    struct sctp_setprim {
        ssp_addr: sockaddr_storage,
        ssp_assoc_id: sctp_assoc_t,
        _padding: [u8; 4],
    }

    #[repr(C)]
    struct sctp_paddrparams {
        spp_address: sockaddr_storage,
        spp_assoc_id: sctp_assoc_t,
        spp_hbinterval: u32,
        spp_pathmtu: u32,
        spp_flags: u32,
        spp_ipv6_flowlabel: u32,
        spp_pathmaxrxt: u16,
        spp_dscp: u8,
        _tail: u8,
    }

    #[repr(C)]
    struct sctp_paddrinfo {
        spinfo_address: sockaddr_storage,
        spinfo_assoc_id: sctp_assoc_t,
        spinfo_state: i32,
        spinfo_cwnd: u32,
        spinfo_srtt: u32,
        spinfo_rto: u32,
        spinfo_mtu: u32,
    }

    #[repr(C)]
    struct sctp_status {
        sstat_assoc_id: sctp_assoc_t,
        sstat_state: i32,
        sstat_rwnd: u32,
        sstat_unackdata: u16,
        sstat_penddata: u16,
        sstat_instrms: u16,
        sstat_outstrms: u16,
        sstat_fragmentation_point: u32,
        sstat_primary: sctp_paddrinfo,
    }

    #[repr(C)]
    struct sctp_sack_info {
        sack_assoc_id: sctp_assoc_t,
        sack_delay: u32,
        sack_freq: u32,
    }

    #[repr(C)]
    struct sctp_assoc_value {
        assoc_id: sctp_assoc_t,
        assoc_value: u32,
    }

    #[repr(C)]
    struct sctp_paddrthlds {
        spt_address: sockaddr_storage,
        spt_assoc_id: sctp_assoc_t,
        spt_pathmaxrxt: u16,
        spt_pathpfthld: u16,
        spt_pathcpthld: u16,
        _tail: [u8; 6],
    }
}
