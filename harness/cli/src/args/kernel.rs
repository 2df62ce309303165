//! The arguments of `sctp-lab kernel`.

use std::num::NonZeroU64;
use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::super::given::{Named, Setting};
use super::super::lab_file::LabFile;

pub(super) const EXAMPLES: &str = "\
Examples:
  sctp-lab kernel build                    the newest kernel that Debian has the source of
  sctp-lab kernel build --source ~/linux   a kernel developer's own tree
  sctp-lab kernel build --kernel ./linux   one that is built already: make ARCH=um
  sctp-lab kernel build --kasan            one that reports memory used after it was freed
  sctp-lab kernel build --coverage && sctp-lab kernel coverage
  sctp-lab kernel fetch                    what Debian's releases run
  sctp-lab kernel list";

const COVERAGE_EXAMPLES: &str = "\
Examples:
  sctp-lab kernel build --coverage      once: a kernel that counts what is executed
  sctp-lab kernel coverage              by the course and all other scenarios
  sctp-lab kernel coverage shutdown     by one scenario
  sctp-lab kernel coverage --json | jq '.files[].functions[] | select(.calls == 0)'";

const TRY_EXAMPLES: &str = "\
Examples:
  sctp-lab kernel try ~/linux multihoming-failover
  git bisect start BAD GOOD && git bisect run sctp-lab kernel try . my/failover.yaml

Exit codes, as `git bisect run` has them:
    0  good: all passed
    1  bad: a scenario failed, or the kernel died of it
  125  this tree cannot be tested: it does not build, does not boot, or lacks what the
       scenario needs
  128  nothing was learnt, and the search is to stop: the message says what mends that";

#[derive(Subcommand)]
pub(crate) enum Kernel {
    /// Build a kernel, once: it takes some minutes, and continues where it was
    /// interrupted.
    #[command(after_help = EXAMPLES)]
    Build(Build),
    /// Fetch the newest stock kernel of each Debian release, of its backports, and of the
    /// next release, for `run --kernel debian`: some 60 MB each.
    Fetch {
        /// Print JSON, one object a line.
        #[arg(long)]
        json: bool,
    },
    /// Build the kernel of a tree, run scenarios on it, and report to `git bisect run`:
    /// exit code 0 good, 1 bad, 125 untestable.
    #[command(after_help = TRY_EXAMPLES)]
    Try(Try),
    /// Show by file and function which of the kernel's SCTP code (net/sctp) scenarios
    /// reach, and the largest functions that none reaches. Needs a kernel that was built
    /// with `kernel build --coverage`, and `gcov`.
    #[command(after_help = COVERAGE_EXAMPLES)]
    Coverage(Coverage),
    /// List the kernels that were built, the one that is used by default, and those that
    /// were fetched.
    List {
        /// Print JSON, one object a line.
        #[arg(long)]
        json: bool,
    },
    /// Remove kernels.
    Remove {
        /// Their names, as `kernel list` has them.
        #[arg(required = true, value_name = "NAME")]
        names: Vec<String>,
    },
}

#[derive(Args)]
pub(crate) struct Build {
    /// A tree of Linux's source, which is only read and must be clean; without it,
    /// Debian's newest is fetched.
    #[arg(long, value_name = "TREE")]
    pub(crate) source: Option<PathBuf>,
    /// A kernel that is already built, to be kept for every run.
    #[arg(long, value_name = "PATH", conflicts_with = "source")]
    pub(crate) kernel: Option<PathBuf>,
    /// Build with KASAN. Each access to memory is checked, which is slower. The kernel
    /// reports memory that is used after it was freed, or beyond its end. Runs use this
    /// kernel only if --kernel names it.
    #[arg(long, conflicts_with = "kernel")]
    pub(crate) kasan: bool,
    /// Build with counters for SCTP's code, for `kernel coverage`. Runs use this kernel
    /// only if --kernel names it.
    #[arg(long, conflicts_with = "kernel")]
    pub(crate) coverage: bool,
}

#[derive(Args)]
pub(crate) struct Coverage {
    /// Names of scenarios, or paths to scenario files; all scenarios if left out.
    #[arg(value_name = "SCENARIO")]
    pub(crate) scenarios: Vec<String>,
    /// The kernel; the newest that counts if left out.
    #[arg(long, value_name = "PATH")]
    pub(crate) kernel: Option<PathBuf>,
    /// Print JSON: one object.
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Args)]
pub(crate) struct Try {
    /// A tree of Linux's source, which is only read and must be clean. What was built of
    /// it before is not built again.
    #[arg(value_name = "TREE")]
    pub(crate) tree: PathBuf,
    /// Names of scenarios, paths to scenario files, or `all`.
    #[arg(required = true, value_name = "SCENARIO")]
    pub(crate) scenarios: Vec<String>,
    /// How many runs, each with another seed, must pass.
    #[arg(long, value_name = "N", default_value = "3")]
    pub(crate) seeds: NonZeroU64,
    /// Give a parameter of the scenario this value; may be given for every parameter.
    #[arg(long, value_name = "NAME=VALUE")]
    pub(crate) set: Vec<Setting>,
    /// The file of a program in the scenario; with NAME alone, the one on PATH.
    #[arg(long, value_name = "NAME=PATH")]
    pub(crate) program: Vec<Named>,
    /// A file of your own that names the files of programs.
    #[arg(long, value_name = "FILE")]
    pub(crate) lab: Vec<LabFile>,
    /// A folder for the recordings; none are kept if left out.
    #[arg(long, value_name = "DIR")]
    pub(crate) out: Option<PathBuf>,
}
