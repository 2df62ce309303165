//! The arguments of `sctp-lab kernel`.

use std::path::PathBuf;

use clap::{Args, Subcommand};

pub(super) const EXAMPLES: &str = "\
Examples:
  sctp-lab kernel build                    the newest kernel that Debian has the source of
  sctp-lab kernel build --source ~/linux   a kernel developer's own tree
  sctp-lab kernel build --kernel ./linux   one that is built already: make ARCH=um
  sctp-lab kernel fetch                    what Debian's releases run
  sctp-lab kernel list";

#[derive(Subcommand)]
pub(crate) enum Kernel {
    /// Build a kernel, once: it takes some minutes, and goes on where it was ended.
    #[command(after_help = EXAMPLES)]
    Build(Build),
    /// Fetch the newest stock kernel of each of Debian's releases, with its backports, and
    /// of the next one, for `run --kernel debian`: some 60 MB each.
    Fetch {
        /// Print JSON, one object a line.
        #[arg(long)]
        json: bool,
    },
    /// List the kernels that are built, the one that is taken first, and those fetched.
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
    /// A tree of Linux's source, which is only read and must be clean; without it
    /// Debian's newest is fetched.
    #[arg(long, value_name = "TREE")]
    pub(crate) source: Option<PathBuf>,
    /// A kernel that is built already, to be kept for every run.
    #[arg(long, value_name = "PATH", conflicts_with = "source")]
    pub(crate) kernel: Option<PathBuf>,
}
