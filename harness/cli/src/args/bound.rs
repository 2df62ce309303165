//! The arguments of `sctp-lab bound`.

use clap::builder::PossibleValuesParser;
use clap::{Args, ValueEnum};

use crate::given::{Count, Timer};

pub(super) const EXAMPLES: &str = "\
The table has a line for each timer that runs out: the shortest and the longest time
since the timer before, and the errors counted then. These times include what a stack
leaves to chance (a HEARTBEAT's ±50 % of an RTO) and the lateness of its timers. Below
the table are the sum, and each rule with its source.

A recording is judged by the same rules, but gap by gap, with the RTOs that the kernel
reported and the HEARTBEATs that were seen: a verdict's bound is much narrower.

Examples:
  sctp-lab bound failover
  sctp-lab bound failover --rto-min 100ms --rto-max 600ms --path-max-retrans 10
  sctp-lab bound failover --idle --heartbeat 5s --path-max-retrans 2
  sctp-lab bound association --paths 2 --association-max-retrans 4
  sctp-lab bound init --paths 2 --stack linux
  sctp-lab bound shutdown --rto-max 2s --json
  sctp-lab bound failover --profile audiocodes-mediant
  sctp-lab bound failover --scenario my.yaml --endpoint client";

#[derive(Args)]
pub(crate) struct Bound {
    /// Which bound.
    #[arg(value_enum)]
    pub(crate) bound: Which,
    /// Take the timers of an endpoint of this scenario: a file, or a name of the course.
    /// Timers on the command line take precedence.
    #[arg(long, value_name = "SCENARIO")]
    pub(crate) scenario: Option<String>,
    /// The endpoint; by default the first that changes a timer, or the first.
    #[arg(long, value_name = "NAME", requires = "scenario")]
    pub(crate) endpoint: Option<String>,
    /// Take the timers of this profile (see `profiles`). Timers on the command line take
    /// precedence.
    #[arg(long, value_name = "NAME", value_parser = profile(), conflicts_with = "scenario")]
    pub(crate) profile: Option<String>,
    /// The stack whose rules apply; may be given several times.
    #[arg(long = "stack", value_enum, value_name = "STACK", default_values = ["rfc", "linux"])]
    pub(crate) stacks: Vec<StackChoice>,
    /// The path's RTO when the first packet is lost; by default RTO.Min, as on a path
    /// with a short round trip.
    #[arg(long, value_name = "TIME")]
    pub(crate) rto: Option<Timer>,
    /// RTO.Initial; by default 1 s by the RFC and 3 s in Linux.
    #[arg(long, value_name = "TIME")]
    pub(crate) rto_initial: Option<Timer>,
    /// RTO.Min; by default 1 s.
    #[arg(long, value_name = "TIME")]
    pub(crate) rto_min: Option<Timer>,
    /// RTO.Max; by default 60 s.
    #[arg(long, value_name = "TIME")]
    pub(crate) rto_max: Option<Timer>,
    /// HB.interval, or `off`; by default 30 s.
    #[arg(long, value_name = "TIME|off")]
    pub(crate) heartbeat: Option<String>,
    /// Path.Max.Retrans; by default 5.
    #[arg(long, value_name = "N")]
    pub(crate) path_max_retrans: Option<u16>,
    /// PotentiallyFailed.Max.Retrans, or `off` for a stack without that state
    /// (`net.sctp.pf_enable: 0`); by default 0.
    #[arg(long, value_name = "N|off")]
    pub(crate) potentially_failed: Option<String>,
    /// Association.Max.Retrans; by default 10.
    #[arg(long, value_name = "N")]
    pub(crate) association_max_retrans: Option<u16>,
    /// Max.Init.Retransmits; by default 8.
    #[arg(long, value_name = "N")]
    pub(crate) max_init_retransmits: Option<u16>,
    /// The greatest timeout of INIT (`max_init_timeo`); by default 60 s.
    #[arg(long, value_name = "TIME")]
    pub(crate) max_init_timeout: Option<Timer>,
    /// For `association` and `init`: the number of paths, that is, of the peer's
    /// addresses.
    #[arg(long, value_name = "N", default_value = "1")]
    pub(crate) paths: Count,
    /// For `failover` and `association`: no data is sent, and only HEARTBEATs detect the
    /// failure.
    #[arg(long)]
    pub(crate) idle: bool,
    /// For `init`: the INIT is answered and the COOKIE ECHO is not.
    #[arg(long)]
    pub(crate) cookie: bool,
    /// For `heartbeat`: the round-trip time, after which the answer comes.
    #[arg(long, value_name = "TIME")]
    pub(crate) round_trip: Option<Timer>,
    /// Print JSON, one object a stack.
    #[arg(long)]
    pub(crate) json: bool,
}

fn profile() -> PossibleValuesParser {
    PossibleValuesParser::new(scenario::profiles().iter().map(|it| it.name))
}

/// The named bounds of the scenario language, without their `-bound`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Which {
    /// From the first lost packet until the path is unreachable.
    Failover,
    /// From the repair of an unreachable path until it is available.
    Heartbeat,
    /// From the first lost packet until the association is given up.
    Association,
    /// From the first INIT until the set-up is given up.
    Init,
    /// From an unanswered SHUTDOWN until the association has ended.
    Shutdown,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum StackChoice {
    /// RFC 9260 and RFC 7829.
    Rfc,
    /// Linux's own rules where they differ.
    Linux,
    /// FreeBSD's rules, from its source.
    Freebsd,
}
