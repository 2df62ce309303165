//! Linux: `include/uapi/linux/sctp.h`.
//!
//! Names, order and widths are those of the header; where Linux departs from
//! RFC 6458 in a name, the RFC's stands here. Padding is written out.

#![allow(
    missing_docs,
    reason = "the names are those of RFC 6458, which documents them"
)]
#![allow(non_camel_case_types, reason = "the names are those of the C header")]

use super::layout::{c_constants, c_structs};

/// An association identifier.
pub type sctp_assoc_t = i32;

/// The alignment of ancillary data.
pub const CMSG_ALIGN: usize = 8;
/// The width of `cmsg_len`.
pub type cmsg_len_t = u64;

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
    /// Options that are not SCTP's alone.
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

/// `nxt_flags` of RFC 6458 section 5.3.6: Linux reuses the bit of
/// `SCTP_UNORDERED` and of `SCTP_NOTIFICATION` (`net/sctp/ulpevent.c`,
/// `sctp_ulpevent_read_nxtinfo`) and never says that the message is complete.
pub const NEXT_UNORDERED: u16 = SCTP_UNORDERED;
pub const NEXT_COMPLETE: Option<u16> = None;
pub const NEXT_NOTIFICATION: u16 = SCTP_NOTIFICATION;

c_structs! {
    #[repr(C)]
    struct sockaddr_in {
        sin_family: u16,
        sin_port: [u8; 2],
        sin_addr: [u8; 4],
        sin_zero: [u8; 8],
    }

    #[repr(C)]
    struct sockaddr_in6 {
        sin6_family: u16,
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

    #[repr(C, packed(4))]
    struct sctp_paddr_change {
        spc_type: u16,
        spc_flags: u16,
        spc_length: u32,
        spc_aaddr: sockaddr_storage,
        spc_state: u32,
        spc_error: u32,
        spc_assoc_id: sctp_assoc_t,
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
        pdapi_assoc_id: sctp_assoc_t,
        pdapi_stream: u32,
        pdapi_seq: u32,
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
        sctp_assoc_reset_event: u8,
        sctp_stream_change_event: u8,
        sctp_send_failure_event_event: u8,
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
        sasoc_asocmaxrxt: u16,
        sasoc_number_peer_destinations: u16,
        sasoc_peer_rwnd: u32,
        sasoc_local_rwnd: u32,
        sasoc_cookie_life: u32,
    }

    #[repr(C, packed(4))]
    struct sctp_setprim {
        ssp_assoc_id: sctp_assoc_t,
        ssp_addr: sockaddr_storage,
    }

    #[repr(C, packed)]
    struct sctp_paddrparams {
        spp_assoc_id: sctp_assoc_t,
        spp_address: sockaddr_storage,
        spp_hbinterval: u32,
        spp_pathmaxrxt: u16,
        spp_pathmtu: u32,
        spp_sackdelay: u32,
        spp_flags: u32,
        spp_ipv6_flowlabel: u32,
        spp_dscp: u8,
        _pad: u8,
    }

    #[repr(C, packed(4))]
    struct sctp_paddrinfo {
        spinfo_assoc_id: sctp_assoc_t,
        spinfo_address: sockaddr_storage,
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
        spt_assoc_id: sctp_assoc_t,
        _pad: [u8; 4],
        spt_address: sockaddr_storage,
        spt_pathmaxrxt: u16,
        spt_pathpfthld: u16,
        _tail: [u8; 4],
    }

    #[repr(C)]
    struct sctp_paddrthlds_v2 {
        spt_assoc_id: sctp_assoc_t,
        _pad: [u8; 4],
        spt_address: sockaddr_storage,
        spt_pathmaxrxt: u16,
        spt_pathpfthld: u16,
        spt_pathcpthld: u16,
        _tail: [u8; 2],
    }

    #[repr(C)]
    struct sctp_getaddrs {
        assoc_id: sctp_assoc_t,
        addr_num: u32,
    }
}
