//! Names of fields, other than those of chunks.

use super::NotificationKind;

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
    "unread",
    "queued",
    "error-count",
];

/// The fields of samples that the sockets API does not report
/// ([`Capability::AssociationDetails`](crate::Capability::AssociationDetails)).
pub(crate) const DETAILS: &[&str] = &["ssthresh", "flight", "error-count", "queued"];

/// The states of a path by their names in RFC 6458 section 6.1.2 and RFC 7829
/// section 7.1.
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

impl NotificationKind {
    /// Fields of the notification by their names in RFC 6458 section 6.1, without the
    /// common header.
    #[must_use]
    pub fn fields(self) -> &'static [&'static str] {
        match self {
            NotificationKind::AssocChange => &[
                "sac_state",
                "sac_error",
                "sac_outbound_streams",
                "sac_inbound_streams",
                "sac_assoc_id",
                "sac_info",
            ],
            NotificationKind::PeerAddrChange => {
                &["spc_aaddr", "spc_state", "spc_error", "spc_assoc_id"]
            }
            NotificationKind::RemoteError => &["sre_error", "sre_assoc_id", "sre_data"],
            NotificationKind::ShutdownEvent => &["sse_assoc_id"],
            NotificationKind::PartialDeliveryEvent => &[
                "pdapi_indication",
                "pdapi_stream",
                "pdapi_seq",
                "pdapi_assoc_id",
            ],
            NotificationKind::AdaptationIndication => &["sai_adaptation_ind", "sai_assoc_id"],
            NotificationKind::AuthenticationEvent => &[
                "auth_keynumber",
                "auth_altkeynumber",
                "auth_indication",
                "auth_assoc_id",
            ],
            NotificationKind::SenderDryEvent => &["sender_dry_assoc_id"],
            NotificationKind::StreamResetEvent => &[
                "strreset_flags",
                "strreset_assoc_id",
                "strreset_stream_list",
            ],
            NotificationKind::AssocResetEvent => &[
                "assocreset_flags",
                "assocreset_assoc_id",
                "assocreset_local_tsn",
                "assocreset_remote_tsn",
            ],
            NotificationKind::StreamChangeEvent => &[
                "strchange_flags",
                "strchange_assoc_id",
                "strchange_instrms",
                "strchange_outstrms",
            ],
            NotificationKind::SendFailedEvent => &[
                "ssfe_flags",
                "ssfe_error",
                "snd_sid",
                "snd_flags",
                "snd_ppid",
                "snd_context",
                "ssfe_assoc_id",
                "ssfe_data",
            ],
            NotificationKind::SendFailed => &[
                "ssf_flags",
                "ssf_error",
                "sinfo_stream",
                "sinfo_ssn",
                "sinfo_flags",
                "sinfo_ppid",
                "sinfo_context",
                "sinfo_timetolive",
                "ssf_assoc_id",
                "ssf_data",
            ],
        }
    }
}
