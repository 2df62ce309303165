//! The arguments of `sctp-lab run`, and those of every verb that runs a scenario.

use std::path::PathBuf;
use std::sync::LazyLock;
use std::time::Duration;

use super::super::given::{GivenKernel, Named, Setting};
use super::super::lab_file::LabFile;
use super::stacks::Stacks;
use clap::builder::{PossibleValue, RangedU64ValueParser};
use clap::{Args, ValueEnum, value_parser};
use recording::Engine;
use scenario::Scenario;

pub(super) const EXAMPLES: &str = "\
Examples:
  sctp-lab run multihoming-failover        a scenario of the course
  sctp-lab run ./my/scenario.yaml          a file anywhere
  sctp-lab run all                         the whole course
  sctp-lab run one-way-loss --sabotage 1   must fail, by name
  sctp-lab run all --kernel vm --kernel ./linux
                                           on two kernels, side by side
  sctp-lab run mine.yaml --program my-server=./my-server
                                           with a program of your own in it
  sctp-lab run all --kernel debian         on the kernel of each of Debian's releases";

#[derive(Args, Clone)]
pub(crate) struct Run {
    /// Names of scenarios, paths to scenario files, or `all`.
    #[arg(required = true, value_name = "SCENARIO")]
    pub(crate) scenarios: Vec<String>,
    #[command(flatten)]
    pub(crate) site: Site,
    #[command(flatten)]
    pub(crate) stacks: Stacks,
    /// Apply the scenario's sabotage with this number, counted from 1. The scenario must
    /// then fail by the assertion that the sabotage names, and the command succeeds if it
    /// does.
    #[arg(long, value_name = "N")]
    pub(crate) sabotage: Option<std::num::NonZeroUsize>,
    /// The folder for the recordings, one folder a scenario.
    #[arg(long, value_name = "DIR", default_value = "runs")]
    pub(crate) out: PathBuf,
    /// How many scenarios run at once; by default one for each processor in `vm`, two for
    /// each processor in `uml`, one at a time in real time.
    #[arg(long, value_name = "N")]
    pub(crate) jobs: Option<std::num::NonZeroUsize>,
    /// Whether a scenario that rests on a SHOULD or a MAY may fail.
    #[arg(skip)]
    pub(crate) lenient: bool,
    /// Draw every packet, without folding.
    #[arg(long)]
    pub(crate) full: bool,
    /// Draw no ladder.
    #[arg(long, short)]
    pub(crate) quiet: bool,
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

/// The place and the settings of a run.
#[derive(Args, Clone)]
pub(crate) struct Site {
    /// The engine: `auto` takes the one that is fastest here.
    #[arg(long, value_enum, default_value_t = EngineChoice::Auto)]
    pub(crate) engine: EngineChoice,
    /// The machine of the `box` engine: a box of the Vagrantfile here, or
    /// `user@host[:port]`.
    #[arg(long = "box", value_name = "NAME")]
    pub(crate) machine: Option<String>,
    /// A kernel to run instead of the lab's own: an image in the `vm` engine, a program
    /// (`make ARCH=um`) in the `uml` engine; `vm` and `uml` stand for the lab's own,
    /// `debian` for those of all Debian releases (see `kernel fetch`). `run`,
    /// `conformance` and `sweep` take several, and show how they differ.
    #[arg(long, value_name = "PATH")]
    pub(crate) kernel: Vec<GivenKernel>,
    /// The folder with that kernel's modules, if it is not beside the kernel.
    #[arg(long, value_name = "PATH", requires = "kernel")]
    pub(crate) modules: Option<PathBuf>,
    /// Give a parameter of the scenario this value; may be given for every parameter.
    #[arg(long, value_name = "NAME=VALUE")]
    pub(crate) set: Vec<Setting>,
    /// The file of a program in the scenario; with NAME alone, the one on PATH. In the
    /// `native` engine the program runs with your rights, and with the arguments in the
    /// scenario.
    #[arg(long, value_name = "NAME=PATH")]
    pub(crate) program: Vec<Named>,
    /// A file of your own that names the files of programs, instead of `--program`:
    /// `programs: {my-server: ./my-server}`. Never use a lab file that came with
    /// a scenario.
    #[arg(long, value_name = "FILE")]
    pub(crate) lab: Vec<LabFile>,
    /// Other random numbers, equally repeatable (`uml` and `vm` engines).
    #[arg(long, value_name = "N")]
    pub(crate) seed: Option<u64>,
    /// Greatest wall time of one scenario, and of each phase of preparing an engine, in
    /// seconds [default: 300, in real time the scenario's own limit if that is longer,
    /// and the needs of each phase].
    #[arg(long, value_name = "SECONDS", value_parser = seconds())]
    pub(crate) wall_limit: Option<u64>,
}

impl Site {
    /// The seed of a run: that of the command line, or else the parameter of that name.
    pub(crate) fn seed_of(&self, scenario: &Scenario) -> Option<u64> {
        self.seed.or(scenario.seed())
    }

    /// The greatest wall time, if it is given.
    pub(crate) fn wall_limit(&self) -> Option<Duration> {
        self.wall_limit.map(Duration::from_secs)
    }
}

/// At least one second, and no more than a clock can represent.
pub(super) fn seconds() -> RangedU64ValueParser {
    const CENTURY: u64 = 100 * 365 * 86_400;
    value_parser!(u64).range(1..=CENTURY)
}

/// An engine, or the choice left to the lab.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum EngineChoice {
    Auto,
    Given(Engine),
}

impl ValueEnum for EngineChoice {
    fn value_variants<'a>() -> &'a [Self] {
        static ALL: LazyLock<Vec<EngineChoice>> = LazyLock::new(|| {
            let engines = Engine::RUNNING.map(EngineChoice::Given);
            [vec![EngineChoice::Auto], engines.to_vec()].concat()
        });
        &ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        let (name, summary) = match self {
            Self::Auto => ("auto", "The engine that is fastest on this machine"),
            Self::Given(engine) => (engine.name(), engine.summary()),
        };
        Some(PossibleValue::new(name).help(summary))
    }
}
