//! The arguments of `sctp-lab bisect`.

use std::num::NonZeroU64;
use std::path::PathBuf;

use clap::Args;

use super::run::Site;

pub(super) const EXAMPLES: &str = "\
Examples:
  sctp-lab bisect my/failover.yaml --good 6.1 --bad 7.2
                                           among the kernels of Debian's releases
  sctp-lab bisect scheduler-fcfs --good 6.12.95 --bad ./linux
  sctp-lab bisect my.yaml --kernel v6.9 --kernel v6.10 --kernel v6.11 \\
      --good v6.9 --bad v6.11              among kernels of yours, in this order
  sctp-lab bisect my.yaml --good 7.2 --bad 6.1
                                           which one mended it

In a tree of Linux's source: git bisect run sctp-lab kernel try . my.yaml";

#[derive(Args)]
pub(crate) struct Bisect {
    /// The name of a scenario, or the path to a scenario file.
    #[arg(value_name = "SCENARIO")]
    pub(crate) scenario: String,
    /// A kernel on which the scenario passes: the beginning of the version of one of the
    /// kernels, or a path.
    #[arg(long, value_name = "VERSION|PATH")]
    pub(crate) good: String,
    /// A kernel on which the scenario fails, or is skipped.
    #[arg(long, value_name = "VERSION|PATH")]
    pub(crate) bad: String,
    /// How many runs, each with another seed, must pass for a kernel to count as good.
    #[arg(long, value_name = "N", default_value = "3")]
    pub(crate) seeds: NonZeroU64,
    #[command(flatten)]
    pub(crate) site: Site,
    /// The folder for the recordings, one folder a kernel.
    #[arg(long, value_name = "DIR", default_value = "runs/bisect")]
    pub(crate) out: PathBuf,
    /// Print JSON: one object for each kernel that is tried, and one for the result.
    #[arg(long)]
    pub(crate) json: bool,
}
