//! Names of fields, other than those of chunks.

/// The fields of a received message, by their names in recordings.
pub const MESSAGE_FIELDS: &[&str] = &[
    "stream",
    "ssn",
    "ppid",
    "tsn",
    "size",
    "step",
    "number",
    "association",
    "rcvinfo",
    "rcv_sid",
    "rcv_ssn",
    "rcv_flags",
    "rcv_ppid",
    "rcv_tsn",
    "rcv_cumtsn",
    "rcv_context",
    "rcv_assoc_id",
    "nxtinfo",
    "nxt_sid",
    "nxt_flags",
    "nxt_ppid",
    "nxt_length",
    "nxt_assoc_id",
    "sndrcv",
    "sinfo_stream",
    "sinfo_ssn",
    "sinfo_flags",
    "sinfo_ppid",
    "sinfo_context",
    "sinfo_tsn",
    "sinfo_cumtsn",
    "sinfo_assoc_id",
    "extrcv",
    "serinfo_next_stream",
    "serinfo_next_length",
    "serinfo_next_ppid",
];

/// The fields of a path sample, by their names in recordings.
pub const PATH_FIELDS: &[&str] = &[
    "state",
    "primary",
    "cwnd",
    "srtt-ms",
    "rto-ms",
    "mtu",
    "ssthresh",
    "flight",
    "error-count",
];

/// The fields of an association sample, by their names in recordings.
pub const ASSOCIATION_FIELDS: &[&str] = &[
    "state",
    "peer-rwnd",
    "unacknowledged",
    "pending",
    "queued",
    "error-count",
];

/// The fields of samples that the sockets API does not report
/// ([`Capability::AssociationDetails`](crate::Capability::AssociationDetails)).
pub(crate) const DETAILS: &[&str] = &["ssthresh", "flight", "error-count", "queued"];

/// The states of a path by their names in RFC 6458 section 8.2.2 and RFC 7829 section 7.1,
/// and `SCTP_UNKNOWN` of Linux.
pub const PATH_STATES: &[&str] = &[
    "SCTP_ACTIVE",
    "SCTP_INACTIVE",
    "SCTP_POTENTIALLY_FAILED",
    "SCTP_UNCONFIRMED",
    "SCTP_UNKNOWN",
];

/// The states of an association by their names in RFC 6458 section 8.2.1.
pub const ASSOCIATION_STATES: &[&str] = &[
    "SCTP_CLOSED",
    "SCTP_BOUND",
    "SCTP_LISTEN",
    "SCTP_COOKIE_WAIT",
    "SCTP_COOKIE_ECHOED",
    "SCTP_ESTABLISHED",
    "SCTP_SHUTDOWN_PENDING",
    "SCTP_SHUTDOWN_SENT",
    "SCTP_SHUTDOWN_RECEIVED",
    "SCTP_SHUTDOWN_ACK_SENT",
];
