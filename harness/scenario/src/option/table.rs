//! The table of all socket options that a scenario can set.

use std::fmt;
use std::time::Duration;

use super::Setting;
use super::forms::{AddStreamsForm, AuthKeyForm, ResetStreamsForm, StreamValueForm};
use super::reliability::ReliabilityForm;
use crate::diagnostic::Problems;
use crate::model::{
    AddStreams, AuthKey, Hmac, NotificationKind, Reliability, ResetRequest, ResetStreams, RtoInfo,
    Scheduler, StreamValue,
};
use crate::read::{ChoiceOf, OneOrMany, key, record};
use crate::timers::RtoForm;
use crate::value::{Boolean, ChunkType, Dscp, Size, Small, Time, Wide};

/// One row for each option: its word, its form, its checked value. An option that needs
/// an association is marked.
macro_rules! options {
    ($($(#[$doc:meta])* $key:ident: $form:ty => $variant:ident($value:ty) $($only:ident)?,)*) => {
        record! {
            /// Socket options, by the names of RFC 6458 and its extensions in lower
            /// case with dashes.
            struct OptionsForm = "{nodelay: true, autoclose: 10s}" {
                optional { $($(#[$doc])* $key: $form,)* }
            }
        }

        /// A socket option and its value.
        #[derive(Clone, Debug, PartialEq)]
        pub enum SocketOption {
            $($(#[$doc])* $variant($value),)*
        }

        impl SocketOption {
            /// Its word in a scenario.
            #[must_use]
            pub fn word(&self) -> &'static str {
                match self {
                    $(Self::$variant(_) => key!($key),)*
                }
            }
        }

        impl OptionsForm {
            /// The options in the order of the table, in which they can be set.
            pub(crate) fn check(&self) -> Option<Vec<SocketOption>> {
                let mut options = Vec::new();
                $(options.extend(self.$key.check(|it| it.value.setting())?
                    .map(SocketOption::$variant));)*
                Some(options)
            }

            /// Notes the options that need an association.
            pub(crate) fn check_without_association(&self, problems: &mut Problems<'_>) {
                $(options!(@only $($only)? self.$key, key!($key), problems);)*
            }
        }
    };
    (@only $field:expr, $key:expr, $problems:expr) => {};
    (@only associated $field:expr, $key:expr, $problems:expr) => {
        if let Some(span) = $field.span() {
            $problems
                .add(span, format!("`{}` needs an association", $key), "there is none yet")
                .help("put it into a step `set: {at: …, to: …, options: {…}}`");
        }
    };
}

options! {
    /// `SCTP_RTOINFO` (RFC 6458 section 8.1.1): the limits of the RTO from now on. Before
    /// there is an association, `timers` of its endpoint sets them.
    rtoinfo: RtoForm => RtoInfo(RtoInfo) associated,
    /// `SCTP_NODELAY` (RFC 6458 section 8.1.5): small messages are sent at once.
    nodelay: Boolean => NoDelay(bool),
    /// `SO_RCVBUF` (section 8.1.6): the receive buffer. Linux doubles the value and
    /// advertises half of the result, so the window is the value in the scenario.
    rcvbuf: Size => ReceiveBuffer(u32),
    /// `SO_SNDBUF` (section 8.1.7): the send buffer.
    sndbuf: Size => SendBuffer(u32),
    /// `IP_TOS`, and `IPV6_TCLASS` of an IPv6 socket: the code point of all packets, where
    /// their path has none of its own (`set-path: {dscp: …}`).
    dscp: Dscp => Dscp(u8),
    /// `SCTP_AUTOCLOSE` (section 8.1.8): an idle association ends after this time;
    /// one-to-many only.
    autoclose: Time => Autoclose(Duration),
    /// `SCTP_ADAPTATION_LAYER` (section 8.1.10): a number for the peer, in INIT or INIT
    /// ACK.
    adaptation_layer: Wide => AdaptationLayer(u32),
    /// `SCTP_DISABLE_FRAGMENTS` (section 8.1.11): a message that does not fit into a
    /// packet is refused.
    disable_fragments: Boolean => DisableFragments(bool),
    /// `SCTP_MAXSEG` (section 8.1.16): the greatest number of bytes of user data in one
    /// chunk.
    maxseg: Small => MaxSeg(u16),
    /// `SCTP_FRAGMENT_INTERLEAVE` (section 8.1.20): whether pieces of messages may
    /// alternate; 0, 1 or 2.
    fragment_interleave: Small => FragmentInterleave(u16),
    /// `SCTP_PARTIAL_DELIVERY_POINT` (section 8.1.21): number of bytes of a message that
    /// may be delivered before its end has arrived.
    partial_delivery_point: Size => PartialDeliveryPoint(u32),
    /// `SCTP_MAX_BURST` (section 8.1.24): greatest number of packets in a burst.
    max_burst: Small => MaxBurst(u16),
    /// `SCTP_CONTEXT` (section 8.1.25): a number that received messages carry.
    context: Wide => Context(u32),
    /// `SCTP_RECVRCVINFO` (section 8.1.29): messages come with their attributes; on by
    /// default, since the lab needs it.
    recvrcvinfo: Boolean => RecvRcvInfo(bool),
    /// `SCTP_RECVNXTINFO` (section 8.1.30): messages come with the attributes of the
    /// next one.
    recvnxtinfo: Boolean => RecvNxtInfo(bool),
    /// `sctp_data_io_event` of `SCTP_EVENTS` (section 6.2.1): messages come with
    /// their attributes in the old form, `SCTP_SNDRCV`.
    data_io_event: Boolean => DataIoEvent(bool),
    /// `SCTP_USE_EXT_RCVINFO` (section 8.1.22): the old form with the next message's
    /// attributes, `SCTP_EXTRCV`; FreeBSD only.
    use_ext_rcvinfo: Boolean => UseExtRcvInfo(bool),
    /// `SCTP_DEFAULT_PRINFO` (section 8.1.32): the PR-SCTP policy of messages without one
    /// of their own.
    default_prinfo: ReliabilityForm => DefaultPrInfo(Reliability),
    /// `SCTP_AUTO_ASCONF` (section 8.1.23): ASCONF tells the peer about changes of the
    /// host's addresses.
    auto_asconf: Boolean => AutoAsconf(bool),
    /// `SCTP_ASCONF_SUPPORTED` (of Linux and FreeBSD, for RFC 5061): ASCONF may change
    /// addresses.
    asconf_supported: Boolean => AsconfSupported(bool),
    /// `SCTP_AUTH_SUPPORTED` (of Linux and FreeBSD, for RFC 4895): AUTH may authenticate
    /// chunks.
    auth_supported: Boolean => AuthSupported(bool),
    /// `SCTP_ECN_SUPPORTED` (RFC 4960 appendix A; RFC 9260 has no ECN): ECNE and CWR may
    /// report congestion.
    ecn_supported: Boolean => EcnSupported(bool),
    /// `SCTP_PR_SUPPORTED` (RFC 7496 section 4.5): FORWARD TSN may abandon messages.
    pr_supported: Boolean => PrSupported(bool),
    /// `SCTP_RECONFIG_SUPPORTED` (of Linux and FreeBSD, for RFC 6525): RE-CONFIG may
    /// reset and add streams.
    reconfig_supported: Boolean => ReconfigSupported(bool),
    /// `SCTP_INTERLEAVING_SUPPORTED` (RFC 8260 section 4.3.1): I-DATA; needs
    /// `fragment-interleave`, too.
    interleaving_supported: Boolean => InterleavingSupported(bool),
    /// `SCTP_HMAC_IDENT` (RFC 6458 section 8.1.17): the HMAC algorithms that the peer may
    /// use, the preferred one first.
    hmac_ident: OneOrMany<ChoiceOf<Hmac>> => HmacIdent(Vec<Hmac>),
    /// `SCTP_AUTH_CHUNK` (section 8.3.2): chunk types that the peer must authenticate.
    auth_chunks: OneOrMany<ChunkType> => AuthChunks(Vec<wire::ChunkType>),
    /// `SCTP_AUTH_KEY` (section 8.3.3): shared keys.
    auth_key: OneOrMany<AuthKeyForm> => AuthKeys(Vec<AuthKey>),
    /// `SCTP_AUTH_ACTIVE_KEY` (section 8.1.18): number of the key that authenticates sent
    /// chunks.
    auth_active_key: Small => AuthActiveKey(u16),
    /// `SCTP_AUTH_DEACTIVATE_KEY` (section 8.3.4): number of a key that no longer
    /// authenticates sent chunks.
    auth_deactivate_key: Small => AuthDeactivateKey(u16) associated,
    /// `SCTP_AUTH_DELETE_KEY` (section 8.3.5): number of a key to delete.
    auth_delete_key: Small => AuthDeleteKey(u16) associated,
    /// `SCTP_ENABLE_STREAM_RESET` (RFC 6525 section 6.3.1): the requests that are granted
    /// to the peer; on Linux also those that this side may make.
    enable_stream_reset: OneOrMany<ChoiceOf<ResetRequest>> => EnableStreamReset(Vec<ResetRequest>),
    /// `SCTP_RESET_STREAMS` (RFC 6525 section 6.3.2): resets stream sequence numbers.
    reset_streams: ResetStreamsForm => ResetStreams(ResetStreams) associated,
    /// `SCTP_ADD_STREAMS` (RFC 6525 section 6.3.4): adds streams.
    add_streams: AddStreamsForm => AddStreams(AddStreams) associated,
    /// `SCTP_RESET_ASSOC` (RFC 6525 section 6.3.3): `true` resets all TSNs and stream
    /// sequence numbers.
    reset_assoc: Boolean => ResetAssoc(bool) associated,
    /// `SCTP_STREAM_SCHEDULER` (RFC 8260 section 4.3.2): the rule that selects the stream
    /// whose message is sent next.
    stream_scheduler: ChoiceOf<Scheduler> => StreamScheduler(Scheduler),
    /// `SCTP_STREAM_SCHEDULER_VALUE` (RFC 8260 section 4.3.3): a stream's priority or weight.
    stream_scheduler_value: OneOrMany<StreamValueForm> => StreamSchedulerValue(Vec<StreamValue>) associated,
    /// `SCTP_REMOTE_UDP_ENCAPS_PORT` (RFC 6951 section 6.1): packets are sent in UDP to
    /// this port of the peer.
    remote_udp_encaps_port: Small => RemoteUdpEncapsPort(u16),
    /// `SCTP_PLPMTUD_PROBE_INTERVAL` (RFC 8899): interval between probes of a larger path
    /// MTU; Linux only.
    plpmtud_probe_interval: Time => PlpmtudProbeInterval(Duration),
    /// `SCTP_EVENT` (RFC 6458 section 6.2.2), on: switches these notifications on again,
    /// of those that the endpoint subscribes to.
    events_on: OneOrMany<ChoiceOf<NotificationKind>> => EventsOn(Vec<NotificationKind>) associated,
    /// `SCTP_EVENT`, off: switches these notifications off.
    events_off: OneOrMany<ChoiceOf<NotificationKind>> => EventsOff(Vec<NotificationKind>) associated,
}

impl fmt::Display for SocketOption {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}
