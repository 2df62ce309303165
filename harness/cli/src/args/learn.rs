//! The arguments of `sctp-lab learn`.

use std::path::PathBuf;

use clap::Args;

use super::run::Site;

pub(super) const EXAMPLES: &str = "\
Examples:
  sctp-lab learn                           go on where you were
  sctp-lab learn 1                         a unit, by its number or name
  sctp-lab learn handshake                 a lesson
  sctp-lab learn shutdown --check mine.yaml
                                           is the mended scenario green?
  sctp-lab learn --list                    what is done, and what is not
  sctp-lab learn 1 --pack class --students names.txt --seed 7
                                           papers for a class, and their solutions
  sctp-lab learn --mark class              mark what came back

Exit codes: 0 what was answered was right, 1 an answer had to be shown or a check failed;
2, 3 and 4 as for every command, 130 after Ctrl-C. The place is kept in any case.";

#[derive(Args)]
pub(crate) struct Learn {
    /// A unit by its number or name, a lesson by its name, or a scenario file with
    /// exercises; by default where you left off.
    #[arg(value_name = "UNIT|LESSON")]
    pub(crate) what: Option<String>,
    /// List the lessons with exercises, and how many exercises are done.
    #[arg(long, conflicts_with_all = ["reset", "pack", "mark", "check"])]
    pub(crate) list: bool,
    /// Forget your progress: in the unit or lesson, or all of it.
    #[arg(long, conflicts_with_all = ["pack", "mark", "check"])]
    pub(crate) reset: bool,
    /// Ask finished exercises, too.
    #[arg(long)]
    pub(crate) again: bool,
    /// Take the exercises of a lesson from this recording of it.
    #[arg(long, value_name = "RUN", requires = "what", conflicts_with = "fresh")]
    pub(crate) recording: Option<PathBuf>,
    /// Run each lesson now, and take its exercises from that run. By default they come
    /// from runs that are kept in the lab, so that no engine is needed.
    #[arg(long)]
    pub(crate) fresh: bool,
    /// Check your file for a make-it-green exercise.
    #[arg(long, value_name = "FILE", requires = "what", conflicts_with_all = ["pack", "mark"])]
    pub(crate) check: Option<PathBuf>,
    /// Write papers for a class into this new folder, and the solutions into a separate
    /// folder inside it.
    #[arg(
        long,
        value_name = "DIR",
        requires = "students",
        conflicts_with = "mark"
    )]
    pub(crate) pack: Option<PathBuf>,
    /// The students of the class: a file with one name a line, or how many there are.
    #[arg(long, value_name = "FILE|N", requires = "pack")]
    pub(crate) students: Option<String>,
    /// Mark the papers in this folder, which `--pack` has written.
    #[arg(long, value_name = "DIR", conflicts_with = "what")]
    pub(crate) mark: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) site: Site,
}
