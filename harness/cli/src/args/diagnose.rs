//! The arguments of `sctp-lab diagnose`.

use std::path::PathBuf;

use clap::Args;

pub(crate) const EXAMPLES: &str = "\
Examples:
  sctp-lab diagnose theirs.pcap
  sctp-lab diagnose gnb.pcapng amf.pcapng     # the same call, captured at both hosts
  sctp-lab diagnose runs/multihoming-failover --json
  sctp-lab diagnose growing.pcapng --follow
  tcpdump -i any -U -w - sctp | sctp-lab diagnose - --follow --json

Exit code 1 says that something was found, 0 that nothing was.";

#[derive(Args)]
pub(crate) struct Diagnose {
    /// Captures, pcapng or pcap, compressed by gzip or not, or folders of recordings.
    /// Several captures of the same association, made at several hosts, are read as one.
    #[arg(required = true, value_name = "FILE")]
    pub(crate) files: Vec<PathBuf>,
    /// Keep reading as the one file grows (or a named pipe, or standard input as `-`):
    /// print each finding once, on a line of its own, and the whole diagnosis at the end
    /// or at Ctrl-C.
    #[arg(long)]
    pub(crate) follow: bool,
    /// Print JSON, one object for each association, and before them, with --follow, one for
    /// each finding as it comes.
    #[arg(long)]
    pub(crate) json: bool,
}
