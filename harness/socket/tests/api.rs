//! The table in API.md names every option, ancillary item and notification of the headers.

use sctp_socket::sys::{freebsd, linux};

const TABLE: &str = include_str!("../API.md");

/// Constants that are system calls of RFC 6458 in disguise. This crate has methods of the
/// socket for them.
const CALLS: [&str; 12] = [
    "SCTP_SOCKOPT_BINDX_ADD",
    "SCTP_SOCKOPT_BINDX_REM",
    "SCTP_GET_PEER_ADDRS",
    "SCTP_GET_LOCAL_ADDRS",
    "SCTP_SOCKOPT_CONNECTX3",
    "SCTP_SOCKOPT_PEELOFF_FLAGS",
    "SCTP_BINDX_ADD_ADDR",
    "SCTP_BINDX_REM_ADDR",
    "SCTP_GET_PEER_ADDRESSES",
    "SCTP_GET_LOCAL_ADDRESSES",
    "SCTP_GET_LOCAL_ADDR_SIZE",
    "SCTP_GET_REMOTE_ADDR_SIZE",
];

#[test]
fn every_option_every_ancillary_item_and_every_notification_is_named() {
    let tables = [
        linux::OPTIONS,
        linux::ANCILLARY,
        linux::NOTIFICATIONS,
        freebsd::OPTIONS,
        freebsd::ANCILLARY,
        freebsd::NOTIFICATIONS,
    ];
    let missing: Vec<_> = tables
        .into_iter()
        .flatten()
        .map(|(name, _)| *name)
        .filter(|name| !CALLS.contains(name))
        .filter(|name| !TABLE.contains(&format!("`{name}`")))
        .collect();
    assert_eq!(missing, Vec::<&str>::new());
}
