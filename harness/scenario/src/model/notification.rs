//! The types of notification: their words, constants and fields.

/// The types of notification (RFC 6458 and RFC 6525, section 6.1 of each).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(
    missing_docs,
    reason = "the names of RFC 6458 and RFC 6525, section 6.1 of each"
)]
pub enum NotificationKind {
    AssocChange,
    PeerAddrChange,
    RemoteError,
    ShutdownEvent,
    PartialDeliveryEvent,
    AdaptationIndication,
    AuthenticationEvent,
    SenderDryEvent,
    StreamResetEvent,
    AssocResetEvent,
    StreamChangeEvent,
    SendFailedEvent,
    /// The deprecated form of `SendFailedEvent`.
    SendFailed,
}

impl NotificationKind {
    /// All types in the order of Linux's numbers, without the deprecated form of send-failed.
    pub const ALL: [NotificationKind; 12] = [
        NotificationKind::AssocChange,
        NotificationKind::PeerAddrChange,
        NotificationKind::RemoteError,
        NotificationKind::ShutdownEvent,
        NotificationKind::PartialDeliveryEvent,
        NotificationKind::AdaptationIndication,
        NotificationKind::AuthenticationEvent,
        NotificationKind::SenderDryEvent,
        NotificationKind::StreamResetEvent,
        NotificationKind::AssocResetEvent,
        NotificationKind::StreamChangeEvent,
        NotificationKind::SendFailedEvent,
    ];

    /// The constant of the type in its RFC (`SCTP_ASSOC_CHANGE`).
    #[must_use]
    pub fn constant(self) -> &'static str {
        match self {
            NotificationKind::AssocChange => "SCTP_ASSOC_CHANGE",
            NotificationKind::PeerAddrChange => "SCTP_PEER_ADDR_CHANGE",
            NotificationKind::RemoteError => "SCTP_REMOTE_ERROR",
            NotificationKind::ShutdownEvent => "SCTP_SHUTDOWN_EVENT",
            NotificationKind::PartialDeliveryEvent => "SCTP_PARTIAL_DELIVERY_EVENT",
            NotificationKind::AdaptationIndication => "SCTP_ADAPTATION_INDICATION",
            NotificationKind::AuthenticationEvent => "SCTP_AUTHENTICATION_EVENT",
            NotificationKind::SenderDryEvent => "SCTP_SENDER_DRY_EVENT",
            NotificationKind::StreamResetEvent => "SCTP_STREAM_RESET_EVENT",
            NotificationKind::AssocResetEvent => "SCTP_ASSOC_RESET_EVENT",
            NotificationKind::StreamChangeEvent => "SCTP_STREAM_CHANGE_EVENT",
            NotificationKind::SendFailedEvent => "SCTP_SEND_FAILED_EVENT",
            NotificationKind::SendFailed => "SCTP_SEND_FAILED",
        }
    }

    /// Word for the type in a scenario: the constant in lower case with dashes, without
    /// `sctp` and `event` (`peer-addr-change`, `sender-dry`). The deprecated form has its
    /// full ending.
    #[must_use]
    pub fn word(self) -> String {
        if self == NotificationKind::SendFailed {
            return "send-failed-deprecated".to_owned();
        }
        let constant = self.constant();
        let word = constant.strip_prefix("SCTP_").unwrap_or(constant);
        let word = word.strip_suffix("_EVENT").unwrap_or(word);
        word.to_lowercase().replace('_', "-")
    }

    /// Fields of the notification by their names in the RFC's section 6.1, without the common
    /// header.
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
