//! The arguments of `sctp-lab conformance`.

use std::path::PathBuf;

use clap::Args;

use super::remote::Remote;
use super::run::Site;
use super::stacks::Stacks;

pub(super) const EXAMPLES: &str = "\
Examples:
  sctp-lab conformance                     all cases
  sctp-lab conformance as dm-o-4-1         a group, and a case
  sctp-lab conformance --list              what there is
  sctp-lab conformance --kernel vmlinuz    another kernel
  sctp-lab conformance --strict            a SHOULD counts as a MUST does
  sctp-lab conformance --sabotage 1        each must fail, by name
  sctp-lab conformance --stack kernel --stack mine=./my-stack
                                           a stack of your own, beside the kernel's
  sctp-lab conformance --against 192.0.2.9:5000
                                           the stack of another host, over the network";

#[derive(Args)]
pub(crate) struct Conformance {
    /// Groups of cases (beginnings of names), or single cases; all cases if left out.
    #[arg(value_name = "GROUP")]
    pub(crate) groups: Vec<String>,
    /// List the cases, each with its title, and run none.
    #[arg(long)]
    pub(crate) list: bool,
    #[command(flatten)]
    pub(crate) site: Site,
    #[command(flatten)]
    pub(crate) stacks: Stacks,
    #[command(flatten)]
    pub(crate) remote: Remote,
    /// Failures of cases whose quoted sentence says SHOULD or MAY count, too.
    #[arg(long)]
    pub(crate) strict: bool,
    /// Apply each case's sabotage with this number, counted from 1. The case must then
    /// fail by the judgement that the sabotage names.
    #[arg(long, value_name = "N")]
    pub(crate) sabotage: Option<std::num::NonZeroUsize>,
    /// The folder for the recordings, one folder a case.
    #[arg(long, value_name = "DIR", default_value = "runs/conformance")]
    pub(crate) out: PathBuf,
    /// How many cases run at once; by default one for each processor in `vm`, two for each
    /// processor in `uml`, one at a time in `native`.
    #[arg(long, value_name = "N")]
    pub(crate) jobs: Option<std::num::NonZeroUsize>,
    /// A file of expected differences between kernels, in addition to those that the lab
    /// knows; may be given several times.
    #[arg(long, value_name = "FILE")]
    pub(crate) expect: Vec<PathBuf>,
    /// Print verdicts as JSON, one object a line.
    #[arg(long)]
    pub(crate) json: bool,
    /// Also write the results as JUnit XML.
    #[arg(long, value_name = "FILE")]
    pub(crate) junit: Option<PathBuf>,
}
