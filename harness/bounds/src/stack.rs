//! The rules for a stack's timers, as data: the RFCs' rules, and the deviations of Linux
//! and FreeBSD. The oracle, `sctp-lab bound` and every text about a difference use this
//! table.

use super::{Rule, Span};

/// The rules of one stack.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stack {
    /// Name of the stack.
    pub name: &'static str,
    /// The RTO before the first measurement, unless the application sets it.
    pub rto_initial: Rule<Span>,
    /// The greatest lateness of a timer.
    pub lateness: Rule<Lateness>,
    /// The pause before a HEARTBEAT on a path that is not potentially failed.
    pub heartbeat: Rule<HeartbeatPause>,
    /// The time at which an unanswered HEARTBEAT counts as an error.
    pub unanswered: Rule<Unanswered>,
    /// The error counts at which a path is potentially failed.
    pub potentially_failed: Rule<PotentiallyFailed>,
    /// The probing of a potentially failed path.
    pub probing: Rule<Probing>,
    /// The errors that the association counts.
    pub association_errors: Rule<AssociationErrors>,
    /// The time at which the association is given up.
    pub giving_up: Rule<GivingUp>,
    /// The condition for doubling T1-init and T1-cookie.
    pub init_back_off: Rule<InitBackOff>,
    /// The limit of T1's doubling.
    pub init_cap: Rule<InitCap>,
    /// The greatest duration of a shutdown as a multiple of RTO.Max, if there is a guard.
    pub shutdown_guard: Rule<Option<u64>>,
    /// Whether the errors of an association that is to be shut down start the guard, and do
    /// not end the association, while the peer's window is closed.
    pub last_chance: Rule<bool>,
}

/// The greatest lateness of a timer, which is never early.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lateness {
    /// A fraction of the timer's length: 8 is an eighth.
    pub part: Option<u64>,
    /// One tick of the kernel's clock, which is added.
    pub tick: Span,
}

/// The pause before a HEARTBEAT: HB.interval, half an RTO, and a random part of up to one
/// RTO.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HeartbeatPause {
    /// The least length of the fixed part.
    pub floor: Span,
}

/// The time at which an unanswered HEARTBEAT counts as an error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unanswered {
    /// One RTO after the HEARTBEAT.
    AfterRto,
    /// When the next HEARTBEAT is sent.
    AtTheNext,
}

/// The error counts at which an active path becomes potentially failed, if they exceed
/// PotentiallyFailed.Max.Retrans.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PotentiallyFailed {
    /// Every count that does not make the path unreachable.
    UpToTheLimit,
    /// The counts below Path.Max.Retrans.
    BelowTheLimit,
}

/// The probing of a potentially failed path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Probing {
    /// At once, and then every RTO.
    AtOnce,
    /// Each time after half an RTO and up to one RTO more; the first time by the RTO
    /// before the error.
    AfterThePause,
}

/// The errors of its paths that an association counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AssociationErrors {
    /// The errors of the path that carries data.
    DataPath,
    /// The errors of every confirmed path.
    EveryPath,
}

/// The time at which an association is given up, once its errors have reached
/// Association.Max.Retrans.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GivingUp {
    /// At the next error.
    NextError,
    /// At the next expiry of a timer of any of its paths, whether the expiry is an error
    /// or not.
    NextExpiry,
}

/// The condition for doubling T1-init and T1-cookie.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InitBackOff {
    /// At each expiry.
    EachTime,
    /// After each round over all addresses of the peer.
    EachRound,
}

/// The limit of T1's doubling.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InitCap {
    /// At RTO.Max.
    RtoMax,
    /// At the `max_init_timeo` of `SCTP_INITMSG`, whatever RTO.Max is.
    MaxInitTimeout,
    /// The smaller of the two.
    Both,
}

impl Stack {
    /// RFC 9260, with the potentially failed state of RFC 7829.
    pub const RFC: Stack = Stack {
        name: "RFC",
        rto_initial: Rule {
            is: Span::from_secs(1),
            says: "RTO.Initial is 1 s",
            source: "RFC 9260 section 16",
        },
        lateness: Rule {
            is: Lateness {
                part: None,
                tick: Span::ZERO,
            },
            says: "a timer runs out when it is due",
            source: "RFC 9260 section 6.3",
        },
        heartbeat: Rule {
            is: HeartbeatPause { floor: Span::ZERO },
            says: "a HEARTBEAT follows after HB.interval plus the RTO, ±50 % of the RTO",
            source: "RFC 9260 section 8.3",
        },
        unanswered: Rule {
            is: Unanswered::AfterRto,
            says: "a HEARTBEAT is an error when it is not acknowledged within an RTO",
            source: "RFC 9260 section 8.3",
        },
        potentially_failed: Rule {
            is: PotentiallyFailed::UpToTheLimit,
            says: "a path is potentially failed once its errors exceed \
                   PotentiallyFailed.Max.Retrans, where that is below Path.Max.Retrans",
            source: "RFC 7829 section 3.2, 1 and 2",
        },
        probing: Rule {
            is: Probing::AtOnce,
            says: "a potentially failed path is probed at once, then once each RTO, unless \
                   its HEARTBEATs are off",
            source: "RFC 7829 section 3.2, 5 and 6",
        },
        association_errors: Rule {
            is: AssociationErrors::DataPath,
            says: "HEARTBEATs of paths that data does not go to should not count for the \
                   association",
            source: "RFC 9260 section 8.1",
        },
        giving_up: Rule {
            is: GivingUp::NextError,
            says: "an association is given up when its errors exceed Association.Max.Retrans",
            source: "RFC 9260 section 8.1",
        },
        init_back_off: Rule {
            is: InitBackOff::EachRound,
            says: "each address of the peer should have a T1 of its own, which is doubled each \
                   time that it runs out",
            source: "RFC 9260 section 5.1",
        },
        init_cap: Rule {
            is: InitCap::RtoMax,
            says: "RTO.Max may end the doubling of T1",
            source: "RFC 9260 section 6.3.3, E2",
        },
        shutdown_guard: Rule {
            is: None,
            says: "a guard of a shutdown is optional; where there is one, it takes 5 × RTO.Max",
            source: "RFC 9260 section 9.2",
        },
        last_chance: Rule {
            is: false,
            says: "a guard of a shutdown begins with the SHUTDOWN, for which all DATA has to be \
                   acknowledged",
            source: "RFC 9260 section 9.2",
        },
    };

    /// Linux's net/sctp. Read in 6.1 and in 7.3, whose rules are equal.
    pub const LINUX: Stack = Stack {
        name: "Linux",
        rto_initial: Rule {
            is: Span::from_secs(3),
            says: "RTO.Initial is 3 s, as in RFC 4960",
            source: "Linux include/net/sctp/constants.h, SCTP_RTO_INITIAL",
        },
        lateness: Rule {
            // The longest tick is that of CONFIG_HZ=100.
            is: Lateness {
                part: Some(8),
                tick: Span::from_millis(10),
            },
            says: "a timer may be late by an eighth of its length and a tick",
            source: "Linux kernel/time/timer.c, calc_wheel_index",
        },
        heartbeat: Rule {
            is: HeartbeatPause {
                floor: Span::from_millis(200),
            },
            says: "a HEARTBEAT follows after HB.interval plus half the RTO, 200 ms at \
                   least, and up to one RTO more",
            source: "Linux net/sctp/transport.c, sctp_transport_timeout",
        },
        unanswered: Rule {
            is: Unanswered::AtTheNext,
            says: "a HEARTBEAT is an error when the next one is sent and it is not \
                   acknowledged",
            source: "Linux net/sctp/sm_sideeffect.c, sctp_do_8_2_transport_strike",
        },
        potentially_failed: Rule {
            is: PotentiallyFailed::BelowTheLimit,
            says: "an active path is potentially failed while its errors exceed \
                   PotentiallyFailed.Max.Retrans and are fewer than Path.Max.Retrans, \
                   unless net.sctp.pf_enable is 0",
            source: "Linux net/sctp/sm_sideeffect.c, sctp_do_8_2_transport_strike",
        },
        probing: Rule {
            is: Probing::AfterThePause,
            says: "a potentially failed path is probed after half an RTO and up to one \
                   more; the first time by the RTO from before the error",
            source: "Linux net/sctp/transport.c, sctp_transport_reset_hb_timer",
        },
        association_errors: Rule {
            is: AssociationErrors::EveryPath,
            says: "the errors of every confirmed path count for the association",
            source: "Linux net/sctp/sm_sideeffect.c, sctp_do_8_2_transport_strike",
        },
        giving_up: Rule {
            is: GivingUp::NextExpiry,
            says: "an association with Association.Max.Retrans errors is given up when a \
                   timer that counts errors runs out next, be it of any path",
            source: "Linux net/sctp/sm_statefuns.c, sctp_sf_sendbeat_8_3, \
                     sctp_sf_do_6_3_3_rtx, sctp_sf_t4_timer_expire and sctp_sf_send_reconf",
        },
        init_back_off: Rule {
            is: InitBackOff::EachRound,
            says: "one T1 serves all addresses, and is doubled when every address was tried",
            source: "Linux net/sctp/sm_sideeffect.c, sctp_cmd_t1_timer_update",
        },
        init_cap: Rule {
            is: InitCap::MaxInitTimeout,
            says: "the doubling of T1 ends at max_init_timeo of SCTP_INITMSG; RTO.Max is \
                   not asked",
            source: "Linux net/sctp/sm_sideeffect.c, sctp_cmd_t1_timer_update",
        },
        shutdown_guard: Rule {
            is: Some(5),
            says: "T5-shutdown-guard ends a shutdown 5 × RTO.Max after the SHUTDOWN",
            source: "Linux net/sctp/associola.c, sctp_association_init",
        },
        last_chance: Rule {
            is: true,
            says: "where DATA waits for a closed window and T3-rtx exceeds \
                   Association.Max.Retrans after close, T5-shutdown-guard is set before any \
                   SHUTDOWN, and the association goes on until then",
            source: "Linux net/sctp/sm_statefuns.c, sctp_sf_do_6_3_3_rtx",
        },
    };

    /// FreeBSD's netinet/sctp. Its source was read, but it was never run.
    pub const FREEBSD: Stack = Stack {
        name: "FreeBSD",
        rto_initial: Rule {
            is: Span::from_secs(1),
            says: "RTO.Initial is 1 s",
            source: "FreeBSD netinet/sctp_constants.h, SCTP_RTO_INITIAL",
        },
        lateness: Rule {
            is: Lateness {
                part: None,
                tick: Span::from_millis(20),
            },
            says: "a timer may be late by two ticks",
            source: "FreeBSD netinet/sctputil.c, sctp_timer_start",
        },
        heartbeat: Rule {
            is: HeartbeatPause { floor: Span::ZERO },
            says: "a HEARTBEAT follows after HB.interval plus half the RTO and up to one \
                   RTO more",
            source: "FreeBSD netinet/sctputil.c, sctp_timer_start",
        },
        unanswered: Rule {
            is: Unanswered::AtTheNext,
            says: "a HEARTBEAT is an error when the next one is due and it is not \
                   acknowledged",
            source: "FreeBSD netinet/sctp_timer.c, sctp_heartbeat_timer",
        },
        potentially_failed: Rule {
            is: PotentiallyFailed::UpToTheLimit,
            says: "a path is potentially failed once its errors exceed the threshold, \
                   where that is below Path.Max.Retrans",
            source: "FreeBSD netinet/sctp_timer.c, sctp_threshold_management",
        },
        probing: Rule {
            is: Probing::AtOnce,
            says: "a potentially failed path is probed at once, then once each RTO",
            source: "FreeBSD netinet/sctp_timer.c, sctp_threshold_management",
        },
        association_errors: Rule {
            is: AssociationErrors::EveryPath,
            says: "the errors of every confirmed path count for the association",
            source: "FreeBSD netinet/sctp_timer.c, sctp_threshold_management",
        },
        giving_up: Rule {
            is: GivingUp::NextError,
            says: "an association is given up when its errors exceed Association.Max.Retrans",
            source: "FreeBSD netinet/sctp_timer.c, sctp_threshold_management",
        },
        init_back_off: Rule {
            is: InitBackOff::EachTime,
            says: "T1 is doubled each time that it runs out",
            source: "FreeBSD netinet/sctp_timer.c, sctp_t1init_timer and sctp_cookie_timer",
        },
        init_cap: Rule {
            is: InitCap::Both,
            says: "the doubling of T1 ends at RTO.Max or max_init_timeo, whichever is shorter",
            source: "FreeBSD netinet/sctp_timer.c, sctp_t1init_timer",
        },
        shutdown_guard: Rule {
            is: Some(5),
            says: "a guard ends a shutdown after net.inet.sctp.shutdown_guard_time, or \
                   5 × RTO.Max where that is 0",
            source: "FreeBSD netinet/sctputil.c, sctp_timer_start",
        },
        last_chance: Rule {
            is: false,
            says: "an association is given up by its errors, whatever the peer's window",
            source: "FreeBSD netinet/sctp_timer.c, sctp_threshold_management",
        },
    };

    /// The rules of a system by its name and release, as in a recording (`Linux 6.1.0`).
    /// The release makes no difference.
    #[must_use]
    pub fn of_system(name: &str) -> &'static Stack {
        if name.starts_with("FreeBSD") {
            &Self::FREEBSD
        } else {
            &Self::LINUX
        }
    }
}
