//! The arguments of `sctp-lab extcap`: some for people, the rest for Wireshark, with
//! Wireshark's own names.

use std::path::PathBuf;

use clap::Args;

use crate::given::Speed;

pub(super) const EXAMPLES: &str = "\
Examples:
  sctp-lab extcap --install                 the whole course
  sctp-lab extcap --install handshake my/scenario.yaml

Wireshark lists the scenarios at its next start. The gear beside an interface opens its
settings.";

#[derive(Args)]
pub(crate) struct Extcap {
    /// Names of scenarios, or paths to scenario files; the whole course, if none
    /// is named.
    #[arg(value_name = "SCENARIO")]
    pub(crate) scenarios: Vec<String>,
    /// Install a program that offers these scenarios, where Wireshark looks for such
    /// programs.
    #[arg(long)]
    pub(crate) install: bool,
    /// The folder for the program, instead of this user's extcap folder.
    #[arg(long, value_name = "DIR", requires = "install")]
    pub(crate) folder: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) wireshark: Wireshark,
}

/// The arguments with which Wireshark calls such a program.
#[derive(Args)]
pub(crate) struct Wireshark {
    /// Which interfaces are there?
    #[arg(long = "extcap-interfaces", hide = true)]
    pub(crate) interfaces: bool,
    /// Wireshark's version.
    #[arg(long = "extcap-version", hide = true)]
    pub(crate) version: Option<String>,
    /// The interface in question.
    #[arg(long = "extcap-interface", hide = true)]
    pub(crate) interface: Option<String>,
    /// What do packets of that interface begin with?
    #[arg(long = "extcap-dlts", hide = true, requires = "interface")]
    pub(crate) dlts: bool,
    /// Which settings has that interface?
    #[arg(long = "extcap-config", hide = true, requires = "interface")]
    pub(crate) config: bool,
    /// Whether this capture filter is good, if nothing is to be captured.
    #[arg(long = "extcap-capture-filter", hide = true)]
    pub(crate) filter: Option<String>,
    /// Capture on that interface.
    #[arg(long, hide = true, requires_all = ["interface", "fifo"])]
    pub(crate) capture: bool,
    /// The named pipe that Wireshark reads.
    #[arg(long, hide = true)]
    pub(crate) fifo: Option<PathBuf>,
    /// The setting of the speed.
    #[arg(long, hide = true)]
    pub(crate) pace: Option<Speed>,
    /// The setting of the seed.
    #[arg(long, hide = true)]
    pub(crate) seed: Option<u64>,
}
