//! How long SCTP may take to notice things, computed from its timers by the
//! formulas of RFC 9260 and RFC 7829.
//!
//! The checker uses them to refuse a `within:` that cannot be kept, the
//! executor to know how long to wait, the oracle to judge.

mod association;
mod path;
mod setup;

use std::fmt;
use std::time::Duration;

pub use association::{association, shutdown};
pub use path::{Driver, failover, heartbeat};
pub use setup::init;

/// The numbers that the formulas need: those in force, or the defaults.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Timing {
    /// RTO.Initial.
    pub rto_initial: Duration,
    /// RTO.Max.
    pub rto_max: Duration,
    /// HB.interval.
    pub heartbeat_interval: Duration,
    /// The longest delay of a SACK.
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
    pub max_init_timeout: Duration,
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

/// Kernel timers tick every few milliseconds, packets travel, code runs: what
/// may be added to a sum of protocol timers for each of its terms.
const SLACK_PER_TERM: Duration = Duration::from_millis(20);

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
