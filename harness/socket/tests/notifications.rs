//! Every notification type, from bytes as a kernel writes them, with every field by its
//! name. The bytes are written with the running system's structures, which the test
//! `headers` compares with the system's headers.

use sctp_socket::notification::{Notification, Value};
use sctp_socket::sys::{self, sockaddr_storage};
use zerocopy::{FromZeros, IntoBytes};

/// The name of a notification, and its fields as text.
fn shown(bytes: &[u8]) -> (&'static str, Vec<String>) {
    let event = Notification::decode(bytes);
    let fields = event
        .fields()
        .into_iter()
        .map(|(name, value)| format!("{name}={value}"))
        .collect();
    (event.name(), fields)
}

/// A structure with these fields, all others zero, and the bytes after it.
macro_rules! raw {
    ($name:ident { $($field:ident: $value:expr),* $(,)? } $(, $rest:expr)?) => {{
        let mut raw = sys::$name::new_zeroed();
        $(raw.$field = $value;)*
        #[allow(unused_mut)]
        let mut bytes = raw.as_bytes().to_vec();
        $(bytes.extend_from_slice($rest);)?
        bytes
    }};
}

fn assoc_change() -> Vec<u8> {
    raw!(
        sctp_assoc_change {
            sac_type: sys::SCTP_ASSOC_CHANGE,
            sac_state: sys::SCTP_COMM_LOST as u16,
            sac_error: if cfg!(target_os = "linux") {
                12u16.to_be()
            } else {
                12
            },
            sac_outbound_streams: 6,
            sac_inbound_streams: 5,
            sac_assoc_id: 3,
        },
        &[0, 12, 0, 4]
    )
}

#[test]
fn an_association_change() {
    let (name, fields) = shown(&assoc_change());
    assert_eq!(name, "SCTP_ASSOC_CHANGE");
    assert_eq!(
        fields,
        [
            "sac_state=SCTP_COMM_LOST",
            "sac_error=12",
            "sac_outbound_streams=6",
            "sac_inbound_streams=5",
            "sac_assoc_id=3",
            "sac_info=000c0004",
        ]
    );
}

#[test]
fn a_peer_address_change() {
    let mut address = sockaddr_storage::new_zeroed();
    let v4 = sys::sockaddr_in {
        #[cfg(target_os = "freebsd")]
        sin_len: 16,
        sin_family: sys::AF_INET as _,
        sin_port: [0x13, 0x88],
        sin_addr: [10, 0, 1, 2],
        sin_zero: [0; 8],
    };
    address.as_mut_bytes()[..16].copy_from_slice(v4.as_bytes());
    let bytes = raw!(sctp_paddr_change {
        spc_type: sys::SCTP_PEER_ADDR_CHANGE,
        spc_aaddr: address,
        spc_state: sys::SCTP_ADDR_UNREACHABLE,
        spc_assoc_id: 3,
    });
    let (name, fields) = shown(&bytes);
    assert_eq!(name, "SCTP_PEER_ADDR_CHANGE");
    assert_eq!(
        fields,
        [
            "spc_aaddr=10.0.1.2",
            "spc_state=SCTP_ADDR_UNREACHABLE",
            "spc_error=0",
            "spc_assoc_id=3",
        ]
    );
}

#[test]
fn a_state_without_a_name_keeps_its_number() {
    let bytes = raw!(sctp_paddr_change {
        spc_type: sys::SCTP_PEER_ADDR_CHANGE,
        spc_state: 77
    });
    let fields = Notification::decode(&bytes).fields();
    assert_eq!(fields[0], ("spc_aaddr", Value::Absent));
    assert_eq!(fields[1], ("spc_state", Value::Number(77)));
}

#[test]
fn a_remote_error() {
    let bytes = raw!(
        sctp_remote_error {
            sre_type: sys::SCTP_REMOTE_ERROR,
            sre_error: if cfg!(target_os = "linux") {
                3u16.to_be()
            } else {
                3
            },
            sre_assoc_id: 9,
        },
        &[0, 1]
    );
    assert_eq!(
        shown(&bytes),
        (
            "SCTP_REMOTE_ERROR",
            owned(["sre_error=3", "sre_assoc_id=9", "sre_data=0001"])
        )
    );
}

#[test]
fn a_message_that_could_not_be_sent_in_both_forms() {
    let mut info = sys::sctp_sndrcvinfo::new_zeroed();
    info.sinfo_stream = 4;
    info.sinfo_ppid = 8u32.to_be();
    info.sinfo_context = 3;
    let old = raw!(
        sctp_send_failed {
            ssf_type: sys::SCTP_SEND_FAILED,
            ssf_flags: sys::SCTP_DATA_SENT as u16,
            ssf_info: info,
            ssf_assoc_id: 1,
        },
        b"lost"
    );
    let (name, fields) = shown(&old);
    assert_eq!(name, "SCTP_SEND_FAILED");
    assert_eq!(
        fields,
        [
            "ssf_flags=SCTP_DATA_SENT",
            "ssf_error=0",
            "sinfo_stream=4",
            "sinfo_ssn=0",
            "sinfo_flags=0",
            "sinfo_ppid=8",
            "sinfo_context=3",
            "sinfo_timetolive=0",
            "ssf_assoc_id=1",
            "ssf_data=6c6f7374",
        ]
    );

    let mut info = sys::sctp_sndinfo::new_zeroed();
    info.snd_sid = 4;
    info.snd_ppid = 8u32.to_be();
    let new = raw!(
        sctp_send_failed_event {
            ssfe_type: sys::SCTP_SEND_FAILED_EVENT,
            ssfe_flags: sys::SCTP_DATA_UNSENT as u16,
            ssfe_info: info,
            ssfe_assoc_id: 1,
        },
        b"lost"
    );
    let (name, fields) = shown(&new);
    assert_eq!(name, "SCTP_SEND_FAILED_EVENT");
    assert_eq!(
        fields,
        [
            "ssfe_flags=SCTP_DATA_UNSENT",
            "ssfe_error=0",
            "snd_sid=4",
            "snd_flags=0",
            "snd_ppid=8",
            "snd_context=0",
            "ssfe_assoc_id=1",
            "ssfe_data=6c6f7374",
        ]
    );
}

#[test]
fn those_with_little_to_say() {
    let shutdown = raw!(sctp_shutdown_event {
        sse_type: sys::SCTP_SHUTDOWN_EVENT,
        sse_assoc_id: 5
    });
    assert_eq!(
        shown(&shutdown),
        ("SCTP_SHUTDOWN_EVENT", owned(["sse_assoc_id=5"]))
    );

    let dry = raw!(sctp_sender_dry_event {
        sender_dry_type: sys::SCTP_SENDER_DRY_EVENT,
        sender_dry_assoc_id: 5,
    });
    assert_eq!(
        shown(&dry),
        ("SCTP_SENDER_DRY_EVENT", owned(["sender_dry_assoc_id=5"]))
    );

    let adaptation = raw!(sctp_adaptation_event {
        sai_type: sys::SCTP_ADAPTATION_INDICATION,
        sai_adaptation_ind: 7,
        sai_assoc_id: 5,
    });
    assert_eq!(
        shown(&adaptation),
        (
            "SCTP_ADAPTATION_INDICATION",
            owned(["sai_adaptation_ind=7", "sai_assoc_id=5"])
        )
    );
}

#[test]
fn a_partial_delivery_that_was_aborted() {
    let bytes = raw!(sctp_pdapi_event {
        pdapi_type: sys::SCTP_PARTIAL_DELIVERY_EVENT,
        pdapi_indication: sys::SCTP_PARTIAL_DELIVERY_ABORTED,
        pdapi_stream: 2,
        pdapi_seq: 11,
        pdapi_assoc_id: 5,
    });
    let (name, fields) = shown(&bytes);
    assert_eq!(name, "SCTP_PARTIAL_DELIVERY_EVENT");
    assert_eq!(
        fields,
        [
            "pdapi_indication=SCTP_PARTIAL_DELIVERY_ABORTED",
            "pdapi_stream=2",
            "pdapi_seq=11",
            "pdapi_assoc_id=5",
        ]
    );
}

#[test]
fn a_new_key() {
    let bytes = raw!(sctp_authkey_event {
        auth_type: sys::SCTP_AUTHENTICATION_EVENT,
        auth_keynumber: 2,
        auth_altkeynumber: 1,
        auth_indication: sys::SCTP_AUTH_NEW_KEY,
        auth_assoc_id: 5,
    });
    let (name, fields) = shown(&bytes);
    assert_eq!(name, "SCTP_AUTHENTICATION_EVENT");
    assert_eq!(
        fields,
        [
            "auth_keynumber=2",
            "auth_altkeynumber=1",
            "auth_indication=SCTP_AUTH_NEW_KEY",
            "auth_assoc_id=5",
        ]
    );
}

#[test]
fn the_three_of_stream_reconfiguration() {
    let streams: Vec<u8> = [1u16, 4]
        .iter()
        .flat_map(|stream| stream.to_ne_bytes())
        .collect();
    let flags = sys::SCTP_STREAM_RESET_OUTGOING_SSN | sys::SCTP_STREAM_RESET_DENIED;
    let reset = raw!(
        sctp_stream_reset_event {
            strreset_type: sys::SCTP_STREAM_RESET_EVENT,
            strreset_flags: flags as u16,
            strreset_assoc_id: 5,
        },
        &streams
    );
    let (name, fields) = shown(&reset);
    assert_eq!(name, "SCTP_STREAM_RESET_EVENT");
    assert_eq!(
        fields,
        [
            "strreset_flags=SCTP_STREAM_RESET_OUTGOING_SSN|SCTP_STREAM_RESET_DENIED",
            "strreset_assoc_id=5",
            "strreset_stream_list=1,4",
        ]
    );

    let reset = raw!(sctp_assoc_reset_event {
        assocreset_type: sys::SCTP_ASSOC_RESET_EVENT,
        assocreset_assoc_id: 5,
        assocreset_local_tsn: 100,
        assocreset_remote_tsn: 200,
    });
    let (name, fields) = shown(&reset);
    assert_eq!(name, "SCTP_ASSOC_RESET_EVENT");
    assert_eq!(
        fields,
        [
            "assocreset_flags=",
            "assocreset_assoc_id=5",
            "assocreset_local_tsn=100",
            "assocreset_remote_tsn=200",
        ]
    );

    let change = raw!(sctp_stream_change_event {
        strchange_type: sys::SCTP_STREAM_CHANGE_EVENT,
        strchange_flags: sys::SCTP_STREAM_CHANGE_FAILED as u16,
        strchange_assoc_id: 5,
        strchange_instrms: 7,
        strchange_outstrms: 8,
    });
    let (name, fields) = shown(&change);
    assert_eq!(name, "SCTP_STREAM_CHANGE_EVENT");
    assert_eq!(
        fields,
        [
            "strchange_flags=SCTP_STREAM_CHANGE_FAILED",
            "strchange_assoc_id=5",
            "strchange_instrms=7",
            "strchange_outstrms=8",
        ]
    );
}

#[test]
fn one_that_is_cut_or_unknown_is_kept_as_bytes() {
    let whole = assoc_change();
    for length in 0..size_of::<sys::sctp_assoc_change>() {
        let Notification::Unknown { kind, bytes } = Notification::decode(&whole[..length]) else {
            panic!("{length} bytes were taken for a whole notification");
        };
        assert_eq!(bytes, whole[..length]);
        assert_eq!(
            kind,
            if length < 2 {
                0
            } else {
                sys::SCTP_ASSOC_CHANGE
            }
        );
    }
    let (name, fields) = shown(&[0xff; 8]);
    assert_eq!(
        (name, fields),
        (
            "UNKNOWN",
            owned(["sn_type=65535", "sn_data=ffffffffffffffff"])
        )
    );
}

fn owned<const N: usize>(fields: [&str; N]) -> Vec<String> {
    fields.map(str::to_owned).to_vec()
}
