//! The arguments of `sctp-lab sweep`.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};
use sweep::Shard;

use super::run::Site;

pub(super) const EXAMPLES: &str = "\
Examples:
  sctp-lab sweep my-gnb                           one that the lab brings; `copy` takes it out
  sctp-lab sweep my/failover.yaml                 all values of all parameters
  sctp-lab sweep my/failover.yaml --set loss=1%   with one of them fixed
  sctp-lab sweep my/failover.yaml --kernel vm --kernel ./linux
                                                  on two kernels, side by side
  sctp-lab sweep my/failover.yaml --shard 3/64    a part, for one machine of many
  sctp-lab sweep merge part-*/ --out whole        what the parts found, together

A sweep that was stopped goes on where it was: give the same command again. Parts that
ran on different kernels are merged side by side, and parts of different texts are refused.";

#[derive(Args)]
#[command(args_conflicts_with_subcommands = true)]
pub(crate) struct Sweep {
    #[command(subcommand)]
    pub(crate) what: Option<What>,
    #[command(flatten)]
    pub(crate) run: RunSweep,
}

#[derive(Subcommand)]
pub(crate) enum What {
    /// Put the rows of several sweeps of one scenario into one folder.
    Merge(Merge),
}

#[derive(Args)]
pub(crate) struct Merge {
    /// The folders of sweeps.
    #[arg(required = true, value_name = "DIR")]
    pub(crate) parts: Vec<PathBuf>,
    /// The folder for all of them.
    #[arg(long, value_name = "DIR")]
    pub(crate) out: PathBuf,
    /// Print the summary as JSON, one point a line.
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Args)]
pub(crate) struct RunSweep {
    /// The name of a scenario, or the path to a scenario file; it has `parameters`.
    #[arg(value_name = "SCENARIO", required = true)]
    pub(crate) scenario: Option<String>,
    #[command(flatten)]
    pub(crate) site: Site,
    /// The folder for the results; `swept/NAME` if left out.
    #[arg(long, value_name = "DIR")]
    pub(crate) out: Option<PathBuf>,
    /// Only each M-th cell, from the N-th on: a part for one of several machines.
    #[arg(long, value_name = "N/M", default_value_t = Shard::WHOLE, hide_default_value = true)]
    pub(crate) shard: Shard,
    /// Which recordings to keep in the folder `recordings`.
    #[arg(long, value_enum, default_value_t = Keep::Failed)]
    pub(crate) keep: Keep,
    /// How many cells run at once; by default one for each processor in `vm`, two for each
    /// processor in `uml`.
    #[arg(long, value_name = "N")]
    pub(crate) jobs: Option<std::num::NonZeroUsize>,
    /// Check all cells, print their number, and run none.
    #[arg(long)]
    pub(crate) dry_run: bool,
    /// Print the summary as JSON, one point a line.
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Keep {
    /// Those of all cells.
    All,
    /// Those of cells that failed.
    Failed,
    /// None.
    None,
}
