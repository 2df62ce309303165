//! How long SCTP may take to notice things, computed from its timers by the
//! formulas of RFC 9260 and RFC 7829.
//!
//! The checker uses them to refuse a `within:` that cannot be kept, the
//! executor to know how long to wait, the oracle to judge.

mod association;
mod milliseconds;
mod path;
mod setup;

use std::fmt;
use std::time::Duration;

use serde::{Deserialize, Serialize};

pub use association::{association, shutdown};
pub use path::{Driver, failover, failover_of_the_last, heartbeat};
pub use setup::init;

/// The protocol's timers and thresholds at one endpoint: those in force, as
/// its socket reports them (`SCTP_RTOINFO`, `SCTP_ASSOCINFO`, `SCTP_INITMSG`,
/// `SCTP_PEER_ADDR_PARAMS`, `SCTP_PEER_ADDR_THLDS`), or the defaults.
///
/// They are kept in milliseconds, as these options have them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Timing {
    /// RTO.Initial.
    #[serde(with = "milliseconds", rename = "rto-initial-ms")]
    pub rto_initial: Duration,
    /// RTO.Min.
    #[serde(with = "milliseconds", rename = "rto-min-ms")]
    pub rto_min: Duration,
    /// RTO.Max.
    #[serde(with = "milliseconds", rename = "rto-max-ms")]
    pub rto_max: Duration,
    /// HB.interval.
    #[serde(with = "milliseconds", rename = "heartbeat-interval-ms")]
    pub heartbeat_interval: Duration,
    /// The longest delay of a SACK.
    #[serde(with = "milliseconds", rename = "sack-delay-ms")]
    pub sack_delay: Duration,
    /// Path.Max.Retrans.
    pub path_max_retrans: u16,
    /// PotentiallyFailed.Max.Retrans; `None` where the stack has no such state.
    pub potentially_failed: Option<u16>,
    /// Association.Max.Retrans.
    pub association_max_retrans: u16,
    /// Max.Init.Retransmits.
    pub max_init_retransmits: u16,
    /// The back-off of INIT ends here.
    #[serde(with = "milliseconds", rename = "max-init-timeout-ms")]
    pub max_init_timeout: Duration,
}

impl Timing {
    /// The protocol's values (RFC 9260 section 16), with Linux's RTO.Initial
    /// and its early potentially-failed state.
    pub const DEFAULT: Timing = Timing {
        rto_initial: Duration::from_secs(3),
        rto_min: Duration::from_secs(1),
        rto_max: Duration::from_secs(60),
        heartbeat_interval: Duration::from_secs(30),
        sack_delay: Duration::from_millis(200),
        path_max_retrans: 5,
        potentially_failed: Some(0),
        association_max_retrans: 10,
        max_init_retransmits: 8,
        max_init_timeout: Duration::from_secs(60),
    };
}

/// A span of time within which something must happen, and how it is made up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bound {
    /// Not sooner than this.
    pub least: Duration,
    /// Not later than this.
    pub most: Duration,
    /// The sum (`T3-rtx 1 + HEARTBEATs (2+4+8+16+32) ± 50 %`), in seconds.
    pub sum: String,
}

impl fmt::Display for Bound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (least, most) = (self.least.as_secs_f64(), self.most.as_secs_f64());
        write!(f, "{least:.1}–{most:.1} s = {}", self.sum)
    }
}

/// Packets travel, and code runs: what may be added to each term of a sum of
/// protocol timers.
const SLACK_PER_TERM: Duration = Duration::from_millis(20);

/// When a timer of this length has run out at the latest. Linux keeps timers in
/// a wheel whose hands are the coarser the longer the timer: it may be late by
/// an eighth (kernel/time/timer.c), and is never early.
fn at_the_latest(timer: Duration) -> Duration {
    timer + timer / 8 + SLACK_PER_TERM
}

/// Doubles an RTO as section 6.3.3 rule E2 of RFC 9260 says, up to RTO.Max.
fn back_off(rto: Duration, timing: &Timing) -> Duration {
    (rto * 2).min(timing.rto_max)
}

/// A number of seconds without useless decimals.
fn seconds(duration: Duration) -> String {
    let milliseconds = duration.as_millis();
    if milliseconds.is_multiple_of(1000) {
        (milliseconds / 1000).to_string()
    } else {
        let text = format!("{:.3}", duration.as_secs_f64());
        text.trim_end_matches('0').to_owned()
    }
}

fn joined(terms: &[Duration]) -> String {
    let terms: Vec<String> = terms.iter().map(|term| seconds(*term)).collect();
    terms.join("+")
}
