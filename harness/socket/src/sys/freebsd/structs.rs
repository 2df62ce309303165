//! The structures, and the types of their fields.

#![allow(
    missing_docs,
    reason = "the names are those of RFC 6458, which documents them"
)]
#![allow(non_camel_case_types, reason = "the names are those of the C header")]

use crate::sys::layout::c_structs;

/// An association identifier.
pub type sctp_assoc_t = u32;

/// The alignment of ancillary data.
pub const CMSG_ALIGN: usize = 8;
/// The width of `cmsg_len`.
pub type cmsg_len_t = u32;

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

    #[repr(C)]
    struct sctp_setadaptation { ssb_adaptation_ind: u32 }

    #[repr(C)]
    struct sctp_authchunk { sauth_chunk: u8 }

    // The list of algorithms follows, 16 bits each.
    #[repr(C)]
    struct sctp_hmacalgo { shmac_number_of_idents: u32 }

    // The key follows.
    #[repr(C)]
    struct sctp_authkey {
        sca_assoc_id: sctp_assoc_t,
        sca_keynumber: u16,
        sca_keylength: u16,
    }

    #[repr(C)]
    struct sctp_authkeyid {
        scact_assoc_id: sctp_assoc_t,
        scact_keynumber: u16,
        _tail: [u8; 2],
    }

    // The list of chunk types follows, a byte each.
    #[repr(C)]
    struct sctp_authchunks {
        gauth_assoc_id: sctp_assoc_t,
        gauth_number_of_chunks: u32,
    }

    #[repr(C)]
    struct sctp_prstatus {
        sprstat_assoc_id: sctp_assoc_t,
        sprstat_sid: u16,
        sprstat_policy: u16,
        sprstat_abandoned_unsent: u64,
        sprstat_abandoned_sent: u64,
    }

    // The list of streams follows, 16 bits each.
    #[repr(C)]
    struct sctp_reset_streams {
        srs_assoc_id: sctp_assoc_t,
        srs_flags: u16,
        srs_number_streams: u16,
    }

    #[repr(C)]
    struct sctp_add_streams {
        sas_assoc_id: sctp_assoc_t,
        sas_instrms: u16,
        sas_outstrms: u16,
    }

    #[repr(C)]
    struct sctp_stream_value {
        assoc_id: sctp_assoc_t,
        stream_id: u16,
        stream_value: u16,
    }

    #[repr(C)]
    struct sctp_setpeerprim {
        sspp_addr: sockaddr_storage,
        sspp_assoc_id: sctp_assoc_t,
        _padding: [u8; 4],
    }

    #[repr(C)]
    struct sctp_default_prinfo {
        pr_policy: u16,
        _pad: [u8; 2],
        pr_value: u32,
        pr_assoc_id: sctp_assoc_t,
    }

    #[repr(C)]
    struct sctp_udpencaps {
        sue_address: sockaddr_storage,
        sue_assoc_id: sctp_assoc_t,
        sue_port: [u8; 2],
        _tail: [u8; 2],
    }

    #[repr(C)]
    struct sctp_extrcvinfo {
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
        serinfo_next_flags: u16,
        serinfo_next_stream: u16,
        serinfo_next_aid: u32,
        serinfo_next_length: u32,
        serinfo_next_ppid: u32,
        sinfo_keynumber: u16,
        sinfo_keynumber_valid: u16,
        _reserve: [u8; 76],
    }
}
