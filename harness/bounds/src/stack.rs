//! What the timers of a stack do, as data: the RFCs' rules, and those by which
//! Linux and FreeBSD differ from them. The judge, `sctp-lab bound` and whoever
//! tells of a difference read this one table.

use super::{Rule, Span};

/// The rules of one stack.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stack {
    /// Its name.
    pub name: &'static str,
    /// The RTO before any round trip was measured, unless it is set.
    pub rto_initial: Rule<Span>,
    /// How late a timer may run out.
    pub lateness: Rule<Lateness>,
    /// The pause before a HEARTBEAT on a path that is not potentially failed.
    pub heartbeat: Rule<HeartbeatPause>,
    /// When a HEARTBEAT that nobody answers is an error.
    pub unanswered: Rule<Unanswered>,
    /// Which counts make a path potentially failed.
    pub potentially_failed: Rule<PotentiallyFailed>,
    /// How a potentially failed path is probed.
    pub probing: Rule<Probing>,
    /// Which errors the association counts.
    pub association_errors: Rule<AssociationErrors>,
    /// When the association is given up.
    pub giving_up: Rule<GivingUp>,
    /// When T1-init and T1-cookie are doubled.
    pub init_back_off: Rule<InitBackOff>,
    /// Where the doubling of T1 ends.
    pub init_cap: Rule<InitCap>,
    /// How many RTO.Max a shutdown may take altogether, if there is a guard.
    pub shutdown_guard: Rule<Option<u64>>,
}

/// How late a timer of some length may run out; it is never early.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lateness {
    /// By this part of its length: 8 is an eighth.
    pub part: Option<u64>,
    /// And by one tick of the kernel's clock.
    pub tick: Span,
}

/// The pause before a HEARTBEAT: HB.interval, half an RTO, and up to one RTO more
/// that is drawn by chance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HeartbeatPause {
    /// The fixed part is never shorter than this.
    pub floor: Span,
}

/// When a HEARTBEAT that nobody answers is an error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unanswered {
    /// One RTO after it.
    AfterRto,
    /// When the next one is sent.
    AtTheNext,
}

/// Which error counts of an active path make it potentially failed, besides being
/// more than PotentiallyFailed.Max.Retrans.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PotentiallyFailed {
    /// Any that does not make it unreachable.
    UpToTheLimit,
    /// Those below Path.Max.Retrans.
    BelowTheLimit,
}

/// How a potentially failed path is probed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Probing {
    /// At once, and then each RTO.
    AtOnce,
    /// After half an RTO and up to one more, each time; the first time by the
    /// RTO from before the error.
    AfterThePause,
}

/// Which errors of its paths an association counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AssociationErrors {
    /// Those of the path that data goes to.
    DataPath,
    /// Those of every confirmed path.
    EveryPath,
}

/// When an association is given up, once its errors reach
/// Association.Max.Retrans.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GivingUp {
    /// With the next error.
    NextError,
    /// When a timer of any of its paths runs out next, be it an error or not.
    NextExpiry,
}

/// When T1-init and T1-cookie are doubled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InitBackOff {
    /// Each time that it runs out.
    EachTime,
    /// Each time that every address of the peer has been tried.
    EachRound,
}

/// Where the doubling of T1 ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InitCap {
    /// At RTO.Max.
    RtoMax,
    /// At the `max_init_timeo` of `SCTP_INITMSG`, whatever RTO.Max is.
    MaxInitTimeout,
    /// At the shorter of the two.
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
            is: InitBackOff::EachTime,
            says: "T1 is doubled each time that it runs out",
            source: "RFC 9260 section 6.3.3, E2",
        },
        init_cap: Rule {
            is: InitCap::RtoMax,
            says: "the doubling of T1 ends at RTO.Max",
            source: "RFC 9260 section 6.3.3, E2",
        },
        shutdown_guard: Rule {
            is: None,
            says: "a guard of a shutdown is optional; where there is one, it takes 5 × RTO.Max",
            source: "RFC 9260 section 9.2",
        },
    };

    /// Linux's net/sctp. Read in 6.1 and in 7.3, which do not differ in these.
    pub const LINUX: Stack = Stack {
        name: "Linux",
        rto_initial: Rule {
            is: Span::from_secs(3),
            says: "RTO.Initial is 3 s, as in RFC 4960",
            source: "Linux include/net/sctp/constants.h, SCTP_RTO_INITIAL",
        },
        lateness: Rule {
            // One tick is the longest where CONFIG_HZ is 100.
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
            says: "T1 is doubled when every address was tried",
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
    };

    /// FreeBSD's netinet/sctp. Read, never run.
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
    };

    /// The rules of a system by its name and release, as a recording has it
    /// (`Linux 6.1.0`). Rules are not chosen by a release.
    #[must_use]
    pub fn of_system(name: &str) -> &'static Stack {
        if name.starts_with("FreeBSD") {
            &Self::FREEBSD
        } else {
            &Self::LINUX
        }
    }
}
