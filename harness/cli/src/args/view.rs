//! The arguments of `sctp-lab view`.

use std::path::PathBuf;

use clap::Args;

use super::ClockChoice;

pub(crate) const EXAMPLES: &str = "\
Examples:
  sctp-lab view theirs.pcap.gz
  sctp-lab view growing.pcapng --follow --time day
  sctp-lab view runs/multihoming-failover

Press ? for the keys.";

#[derive(Args)]
pub(crate) struct View {
    /// A capture, pcapng or pcap, compressed by gzip or not, or the folder of a recording.
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,
    /// Keep reading as the file grows.
    #[arg(long)]
    pub(crate) follow: bool,
    /// How to print times at first: a capture from elsewhere has times of day, in UTC.
    #[arg(long, value_enum, value_name = "CLOCK", default_value_t = ClockChoice::Start)]
    pub(crate) time: ClockChoice,
}
