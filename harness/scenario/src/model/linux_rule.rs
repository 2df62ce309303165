//! The table of rules that Linux implements differently from the RFCs.

use std::fmt;

use bounds::Stack;

/// An RFC's rule, and Linux's deviation from it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rules {
    /// The RFC's rule.
    pub rfc: &'static str,
    /// Section of the RFC's rule.
    pub section: &'static str,
    /// Linux's rule.
    pub linux: &'static str,
    /// Source of Linux's rule: file and function.
    pub source: &'static str,
}

/// Makes [`LinuxRule`] from the oracle's rules, by their fields in [`Stack`], and from
/// rules on which no bound depends.
macro_rules! linux_rules {
    (
        judged { $($judged:ident = $judged_word:literal, $field:ident;)* }
        others { $($other:ident = $other_word:literal, $rules:expr;)* }
    ) => {
        /// A rule of SCTP that Linux implements differently from the RFC.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        #[allow(missing_docs, reason = "each is documented by its rules")]
        pub enum LinuxRule {
            $($judged,)*
            $($other,)*
        }

        impl LinuxRule {
            /// All of them.
            pub const ALL: &'static [LinuxRule] =
                &[$(LinuxRule::$judged,)* $(LinuxRule::$other,)*];

            /// The word in a scenario.
            #[must_use]
            pub fn word(self) -> &'static str {
                match self {
                    $(LinuxRule::$judged => $judged_word,)*
                    $(LinuxRule::$other => $other_word,)*
                }
            }

            /// The two rules.
            #[must_use]
            pub fn rules(self) -> Rules {
                match self {
                    $(LinuxRule::$judged => Rules {
                        rfc: Stack::RFC.$field.says,
                        section: Stack::RFC.$field.source,
                        linux: Stack::LINUX.$field.says,
                        source: Stack::LINUX.$field.source,
                    },)*
                    $(LinuxRule::$other => $rules,)*
                }
            }

            /// Whether the oracle's bounds depend on the rule.
            #[must_use]
            pub fn is_judged(self) -> bool {
                matches!(self, $(LinuxRule::$judged)|*)
            }
        }
    };
}

linux_rules! {
    judged {
        RtoInitial = "rto-initial", rto_initial;
        Lateness = "lateness", lateness;
        HeartbeatPause = "heartbeat-pause", heartbeat;
        UnansweredHeartbeat = "unanswered-heartbeat", unanswered;
        PotentiallyFailed = "potentially-failed", potentially_failed;
        Probing = "probing", probing;
        AssociationErrors = "association-errors", association_errors;
        GivingUp = "giving-up", giving_up;
        InitBackOff = "init-back-off", init_back_off;
        InitCap = "init-cap", init_cap;
        ShutdownGuard = "shutdown-guard", shutdown_guard;
        LastChance = "last-chance", last_chance;
    }
    others {
        InitialWindow = "initial-window", Rules {
            rfc: "the congestion window begins with min(4 × PMDCS, max(2 × PMDCS, 4404)) bytes over \
                  IPv4",
            section: "RFC 9260 section 7.2.1",
            linux: "it begins with min(4 × MTU, max(2 × MTU, 4380)) bytes, as in RFC 4960",
            source: "Linux net/sctp/associola.c, sctp_assoc_add_peer",
        };
        WindowStep = "window-step", Rules {
            rfc: "in congestion avoidance the window grows by PMDCS in a round trip, and by no \
                  more",
            section: "RFC 9260 section 7.2.2",
            linux: "it grows by the path MTU, as in RFC 4960",
            source: "Linux net/sctp/transport.c, sctp_transport_raise_cwnd",
        };
        FlightSize = "flight-size", Rules {
            rfc: "what is in flight is counted in whole DATA chunks",
            section: "RFC 9260 section 1.3",
            linux: "the user data alone is counted, and not the headers of the chunks",
            source: "Linux net/sctp/output.c, sctp_packet_append_data",
        };
        LeastThreshold = "least-threshold", Rules {
            rfc: "after a loss ssthresh is half of the window, and at least 4 × PMDCS",
            section: "RFC 9260 section 7.2.3",
            linux: "it is at least 4 × MTU, as in RFC 4960",
            source: "Linux net/sctp/transport.c, sctp_transport_lower_cwnd",
        };
        IdleWindow = "idle-window", Rules {
            rfc: "the window of an address that is not used is halved once per RTO, down to 4 × \
                  PMDCS; before that ssthresh becomes the window that was",
            section: "RFC 9260 section 7.2.1",
            linux: "it is halved each time that the HEARTBEAT timer runs out, down to 4 × MTU, \
                    and ssthresh becomes what is left",
            source: "Linux net/sctp/transport.c, sctp_transport_lower_cwnd",
        };
        Ecn = "ecn", Rules {
            rfc: "there is no ECN: the chunk types of ECNE and CWR are reserved",
            section: "RFC 9260 section 3.2",
            linux: "INIT and INIT ACK offer ECN, as appendix A of RFC 4960 has it; where the \
                    peer called, the TSN of an ECNE is compared with one drawn at random, and \
                    half of the associations do not slow down",
            source: "Linux net/sctp/sm_sideeffect.c, sctp_do_ecn_ecne_work",
        };
        DscpChange = "dscp-change", Rules {
            rfc: "where another code point may mean another queue, the congestion control of \
                  the address begins anew",
            section: "RFC 9260 section 7.2.5.1",
            linux: "the window stays what it was",
            source: "Linux net/sctp/socket.c, sctp_apply_peer_addr_params",
        };
        SourceAddress = "source-address", Rules {
            rfc: "a retransmission should take the pair of source and destination that differs \
                  most from the one before",
            section: "RFC 9260 section 6.4.1",
            linux: "only the destination is chosen; the source address is that of the route \
                    there, if the association has that address",
            source: "Linux net/sctp/protocol.c, sctp_v4_get_dst",
        };
        SmoothedRoundTrip = "smoothed-round-trip", Rules {
            rfc: "spinfo_srtt is the smoothed round trip in milliseconds",
            section: "RFC 6458 section 8.2.2",
            linux: "it is in ticks of the kernel's clock; spinfo_rto is in milliseconds",
            source: "Linux net/sctp/socket.c, sctp_getsockopt_peer_addr_info",
        };
        WindowProbe = "window-probe", Rules {
            rfc: "a closed window is probed after an RTO and then ever later; a probe that is not \
                  acknowledged should not count as an error",
            section: "RFC 9260 section 6.1, rule A",
            linux: "the first probe leaves as soon as nothing is in flight, the next ones by \
                    T3-rtx, and each that runs out is an error of the path",
            source: "Linux net/sctp/output.c, sctp_packet_can_append_data",
        };
        CutChunks = "cut-chunks", Rules {
            rfc: "DATA that is too long for a path MTU found later is sent in IP fragments",
            section: "RFC 9260 section 6.9",
            linux: "the sender cuts it where ICMP told the MTU; where probing found it, the packet \
                    leaves whole and without the DF bit, for a router to cut",
            source: "Linux net/sctp/output.c, sctp_packet_will_fit",
        };
        CookieLifetime = "cookie-lifetime", Rules {
            rfc: "after a stale cookie, an INIT asks for a lifetime that is longer by no more than \
                  the round trip and a second",
            section: "RFC 9260 section 5.2.6",
            linux: "it asks for twice the time by which the cookie was late",
            source: "Linux net/sctp/sm_statefuns.c, sctp_sf_do_5_2_6_stale",
        };
        TieTags = "tie-tags", Rules {
            rfc: "tie-tags are a random number that does not reveal the verification tags",
            section: "RFC 9260 section 5.2.2",
            linux: "tie-tags are the verification tags of the association",
            source: "Linux net/sctp/sm_statefuns.c, sctp_tietags_populate",
        };
        FragmentNumber = "fragment-number", Rules {
            rfc: "the fragments of a message are numbered from 0 on: the second one has FSN 1",
            section: "RFC 8260 section 2.1",
            linux: "the second fragment has FSN 0, too",
            source: "Linux net/sctp/stream_interleave.c, sctp_chunk_assign_mid",
        };
        NewRoute = "new-route", Rules {
            rfc: "a stack may notice that the route to an address changes; where it does, the \
                  congestion control of the address begins anew",
            section: "RFC 9260 section 7.2.5.2",
            linux: "the change is not noticed, and the window stays what it was",
            source: "Linux net/sctp/transport.c, sctp_transport_route",
        };
        NamedAddresses = "named-addresses", Rules {
            rfc: "INIT says by Supported Address Types which kinds of address its sender can use",
            section: "RFC 9260 section 5.1.2",
            linux: "INIT ACK names addresses of all kinds all the same: they are chosen before the \
                    parameters of INIT are read",
            source: "Linux net/sctp/sm_statefuns.c, sctp_sf_do_5_1B_init",
        };
        AnswerPath = "answer-path", Rules {
            rfc: "the answer to a control chunk should go to the address that the chunk came from",
            section: "RFC 9260 section 6.4",
            linux: "the answer to a RE-CONFIG goes to the primary path",
            source: "Linux net/sctp/sm_make_chunk.c, sctp_make_strreset_resp",
        };
        AbandonedEarly = "abandoned-early", Rules {
            rfc: "a message with a limit of retransmissions is abandoned when it would be \
                  retransmitted once more than allowed",
            section: "RFC 7496 section 3.1",
            linux: "it is abandoned at the first SACK with a gap, once it has been sent as often as \
                    allowed",
            source: "Linux net/sctp/outqueue.c, sctp_check_transmitted",
        };
        NewKey = "new-key", Rules {
            rfc: "SCTP_AUTH_NEW_KEY says that the peer uses a key for the first time",
            section: "RFC 6458 section 6.1.8",
            linux: "it comes with each AUTH chunk whose key is not the receiver's own active key",
            source: "Linux net/sctp/sm_statefuns.c, sctp_sf_eat_auth",
        };
        InitAckError = "init-ack-error", Rules {
            rfc: "sac_error is the error cause for which the association was not set up",
            section: "RFC 6458 section 6.1.1",
            linux: "after an INIT ACK that is refused it is 7, Invalid Mandatory Parameter, whatever \
                    cause the ABORT has",
            source: "Linux net/sctp/sm_statefuns.c, sctp_sf_do_5_1C_ack",
        };
        ErrorData = "error-data", Rules {
            rfc: "sre_data is the ERROR chunk",
            section: "RFC 6458 section 6.1.3",
            linux: "each error cause has a notification of its own, and sre_data is what stands \
                    behind the header of the cause",
            source: "Linux net/sctp/ulpevent.c, sctp_ulpevent_make_remote_error",
        };
    }
}

impl fmt::Display for LinuxRule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}
