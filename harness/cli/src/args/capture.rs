//! The arguments of `sctp-lab capture`.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::Args;

use super::Site;
use super::run::seconds;
use crate::given::{Size, Speed};

pub(super) const EXAMPLES: &str = "\
Examples:
  sctp-lab capture multihoming-failover | tshark -r -
  sctp-lab capture call-trace --pace 1 | wireshark -k -i -
  sctp-lab capture call-trace --split captures
  sctp-lab capture --targets hosts.yaml --to call.pcapng --seconds 60
  mkfifo call.pipe; sctp-lab capture call-trace --pace 1 --to call.pipe --to call.pcapng

A named pipe may have many readers, which come and go: each gets its own stream,
beginning when the reader comes. The run waits for the first reader.";

#[derive(Args)]
pub(crate) struct Capture {
    /// The name of a scenario, or the path to a scenario file.
    #[arg(value_name = "SCENARIO", required_unless_present = "targets")]
    pub(crate) scenario: Option<String>,
    /// Capture on the hosts that this file names instead, until Ctrl-C.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["scenario", "out", "pace"])]
    pub(crate) targets: Option<PathBuf>,
    /// End the capture of --targets after this many seconds.
    #[arg(long, value_name = "SECONDS", requires = "targets", value_parser = seconds())]
    pub(crate) seconds: Option<u64>,
    /// Destination of the capture: a file, a named pipe, or `-` for standard output,
    /// which is the default. May be given several times.
    #[arg(long = "to", value_name = "PATH")]
    pub(crate) to: Vec<PathBuf>,
    /// Write one file for each host into this folder; with --to, in addition.
    #[arg(long, value_name = "DIR")]
    pub(crate) split: Option<PathBuf>,
    /// Begin a new, numbered file before the current one exceeds this size: bytes, or with a
    /// unit as in 10MB.
    #[arg(long, value_name = "SIZE")]
    pub(crate) size: Option<Size>,
    /// Keep only this many of those files, the latest.
    #[arg(long, value_name = "N", requires = "size")]
    pub(crate) keep: Option<NonZeroUsize>,
    /// Only packets at this node, or target; may be given for several.
    #[arg(long = "node", value_name = "NODE")]
    pub(crate) nodes: Vec<String>,
    /// Only packets on this link of the scenario, or at this interface of a target; may be
    /// given for several.
    #[arg(long = "path", value_name = "LINK")]
    pub(crate) paths: Vec<String>,
    /// Only packets with this chunk, as in DATA or HEARTBEAT-ACK; may be given
    /// for several.
    #[arg(long = "chunk", value_name = "CHUNK")]
    pub(crate) chunks: Vec<wire::ChunkType>,
    /// Speed: so many seconds of the run pass in one second. Without it, packets in virtual
    /// time come all at once.
    #[arg(long, value_name = "SPEED")]
    pub(crate) pace: Option<Speed>,
    /// Start the run without waiting for a reader of each named pipe.
    #[arg(long)]
    pub(crate) no_wait: bool,
    #[command(flatten)]
    pub(crate) site: Site,
    /// Also keep the recording in this folder, as `run` does.
    #[arg(long, value_name = "DIR")]
    pub(crate) out: Option<PathBuf>,
    /// Print the destinations and their packet counts as JSON.
    #[arg(long)]
    pub(crate) json: bool,
}

impl Capture {
    pub(crate) fn rotation(&self) -> Option<live::Rotation> {
        self.size.map(|Size(size)| live::Rotation {
            size,
            keep: self.keep,
        })
    }
}
