//! The command line of `sctp-lab`: its verbs, and the arguments of those verbs that have no
//! file of their own.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use super::exit;
use super::given::{Moment, NodeAddresses};

#[cfg(target_os = "linux")]
mod bisect;
mod bound;
mod capture;
mod conformance;
mod diagnose;
mod extcap;
#[cfg(target_os = "linux")]
mod kernel;
mod learn;
mod remote;
mod rfc;
mod run;
mod stacks;
mod sweep;
mod view;

#[cfg(target_os = "linux")]
pub(crate) use bisect::Bisect;
pub(crate) use bound::{Bound, StackChoice, Which};
pub(crate) use capture::Capture;
pub(crate) use conformance::Conformance;
pub(crate) use diagnose::Diagnose;
pub(crate) use extcap::{Extcap, Wireshark};
#[cfg(target_os = "linux")]
pub(crate) use kernel::{
    Build as KernelBuild, Coverage as KernelCoverage, Kernel, Try as KernelTry,
};
pub(crate) use learn::Learn;
pub(crate) use remote::Remote;
pub(crate) use rfc::Rfc;
pub(crate) use run::{EngineChoice, Run, Site};
pub(crate) use stacks::Stacks;
pub(crate) use sweep::{Keep, Merge, RunSweep, Sweep, What};
pub(crate) use view::View;

/// A learning lab and test harness for SCTP.
///
/// Builds the network that a scenario describes, runs real SCTP stacks in it,
/// records every packet, and judges the recording against computed bounds.
#[derive(Parser)]
#[command(name = "sctp-lab", version, after_help = exit::TABLE, arg_required_else_help = true)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) verb: Verb,
}

#[derive(Subcommand)]
pub(crate) enum Verb {
    /// Run scenarios: build the network, do the steps, record, judge.
    #[command(after_help = run::EXAMPLES)]
    Run(Run),
    /// Test a stack against the RFCs, purpose by purpose, with a scripted peer.
    #[command(after_help = conformance::EXAMPLES)]
    Conformance(Conformance),
    /// List the scenarios there are in the order of the course, unit by unit.
    #[command(after_help = LIST_EXAMPLES)]
    List(List),
    /// Show what each sentence of RFC 9260 demands, and what proves that a stack does it.
    #[command(after_help = rfc::EXAMPLES)]
    Rfc(Rfc),
    /// Copy a scenario of the course into a file of your own, to change it.
    #[command(after_help = COPY_EXAMPLES)]
    Copy(Copy),
    /// Check scenarios without running anything: every mistake at once.
    Validate(Validate),
    /// Judge a recording again, or any capture.
    #[command(after_help = CHECK_EXAMPLES)]
    Check(Check),
    /// Draw the ladder of a recording, or of any capture.
    #[command(after_help = SHOW_EXAMPLES)]
    Show(Show),
    /// Walk through a capture in the terminal: packets, their fields, filters, findings.
    #[command(after_help = view::EXAMPLES)]
    View(View),
    /// Say what went wrong with the associations in captures, in plain words, then with
    /// proof. Exit code 1 if there is a finding.
    #[command(after_help = diagnose::EXAMPLES)]
    Diagnose(Diagnose),
    /// Explain a scenario, step by step, beside the ladder of a fresh run.
    Explain(Explain),
    /// Answer exercises on the lessons, in the order of the course; your progress is
    /// kept.
    #[command(after_help = learn::EXAMPLES)]
    Learn(Box<Learn>),
    /// Pass packets on while they are captured: to Wireshark, pipes, files.
    #[command(after_help = capture::EXAMPLES)]
    Capture(Capture),
    /// Put scenarios among Wireshark's interfaces.
    #[command(after_help = extcap::EXAMPLES)]
    Extcap(Extcap),
    /// Run a scenario with all values of its parameters, and show how its numbers spread.
    #[command(after_help = sweep::EXAMPLES)]
    Sweep(Box<Sweep>),
    /// Compute how long a failover, a recovery, a failure, a set-up or a shutdown takes
    /// with given timers: by the RFCs and by Linux's own rules, without a run.
    #[command(after_help = bound::EXAMPLES)]
    Bound(Bound),
    /// List the named sets of timers, of vendors and standards, with their sources.
    #[command(after_help = PROFILES_EXAMPLES)]
    Profiles(Profiles),
    /// Compare two recordings of one scenario, by name, or two folders of them: exit code 1
    /// if they differ.
    Diff(Diff),
    /// Write one HTML file that shows recordings and captures: what went wrong, the ladder,
    /// TSNs and windows over time, each packet's fields and bytes.
    #[command(after_help = "\
Examples:
  sctp-lab report runs/multihoming-failover    one run
  sctp-lab report runs -o all.html             all recordings of a folder
  sctp-lab report theirs.pcap ours.pcapng.gz   captures from elsewhere, in one page")]
    Report(Report),
    /// Show what this machine can run, and how to fix what it cannot.
    Doctor(Doctor),
    /// Find the first kernel on which a scenario's verdict changes.
    #[cfg(target_os = "linux")]
    #[command(after_help = bisect::EXAMPLES)]
    Bisect(Bisect),
    /// Build, try, fetch, list and remove kernels.
    #[cfg(target_os = "linux")]
    #[command(subcommand)]
    Kernel(Kernel),
    /// Check hosts to capture on: reachable, tcpdump there, rights to capture.
    #[command(after_help = TARGETS_EXAMPLE)]
    Targets(Targets),
    /// Print the JSON Schema of the scenario language, for editors.
    Schema {
        /// Print the schema of the output of `--json` instead.
        #[arg(long)]
        output: bool,
        /// Print the schema of files of targets instead.
        #[arg(long, conflicts_with = "output")]
        targets: bool,
    },
    /// What the `box` engine starts on the other machine.
    #[command(hide = true)]
    ServeBox {
        /// Greatest wall time of the run, in seconds.
        #[arg(value_parser = run::seconds())]
        limit: u64,
    },
    /// Print completions for a shell.
    #[command(after_help = COMPLETIONS_EXAMPLES)]
    Completions {
        /// The shell.
        shell: clap_complete::Shell,
    },
    /// Write man pages into a folder, one for each verb.
    Man {
        /// The folder, which is made if it is not there.
        #[arg(value_name = "DIR")]
        folder: PathBuf,
    },
}

const PROFILES_EXAMPLES: &str = "\
In a scenario: `timers: {profile: linux}`; timers beside it override those of the profile.

Examples:
  sctp-lab profiles
  sctp-lab bound failover --profile audiocodes-mediant
  sctp-lab sweep sweeps/profiles.yaml    all of them, side by side";

const COMPLETIONS_EXAMPLES: &str = "\
Examples:
  sctp-lab completions bash > ~/.local/share/bash-completion/completions/sctp-lab
  sctp-lab completions zsh > ~/.zfunc/_sctp-lab
  sctp-lab completions fish > ~/.config/fish/completions/sctp-lab.fish";

const LIST_EXAMPLES: &str = "\
Examples:
  sctp-lab list
  sctp-lab list zero window
  sctp-lab list 'RFC 5061' --sections";

const COPY_EXAMPLES: &str = "\
Examples:
  sctp-lab copy handshake                # into handshake.yaml
  sctp-lab copy handshake mine.yaml
  sctp-lab run mine.yaml";

const CHECK_EXAMPLES: &str = "\
Examples:
  sctp-lab check runs/handshake
  sctp-lab check --scenario handshake --pcap theirs.pcap \\
      --node client=192.0.2.1,198.51.100.1 --node server=192.0.2.2,198.51.100.2";

const SHOW_EXAMPLES: &str = "\
Examples:
  sctp-lab show runs/multihoming-failover --from 10 --until 20
  sctp-lab show runs/multihoming-failover --svg > ladder.svg
  sctp-lab show theirs.pcap.gz --full --time day";

const TARGETS_EXAMPLE: &str = "\
A file of targets, each by its name:
  client: 192.0.2.1
  server: {host: 192.0.2.2, user: trace, sudo: true, interface: eth1}";

#[derive(Args)]
pub(crate) struct List {
    /// Only scenarios with all these words in their name, title, lesson or sections.
    #[arg(value_name = "WORD")]
    pub(crate) words: Vec<String>,
    /// Show the RFC sections of each scenario, too.
    #[arg(long, conflicts_with = "json")]
    pub(crate) sections: bool,
    /// Print JSON, one object a line.
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Args)]
pub(crate) struct Profiles {
    /// Print JSON, one object a line.
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Args)]
pub(crate) struct Copy {
    /// The name of a scenario.
    #[arg(value_name = "SCENARIO")]
    pub(crate) scenario: String,
    /// The file to write; `SCENARIO.yaml` here if left out.
    #[arg(value_name = "FILE")]
    pub(crate) file: Option<PathBuf>,
}

#[derive(Args)]
pub(crate) struct Validate {
    /// Names of scenarios, paths to scenario files, or `all`.
    #[arg(required = true, value_name = "SCENARIO")]
    pub(crate) scenarios: Vec<String>,
    /// Print mistakes as JSON, one object a line.
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Args)]
pub(crate) struct Check {
    /// The folder of the recording.
    #[arg(value_name = "RUN", required_unless_present = "pcap")]
    pub(crate) recording: Option<PathBuf>,
    /// Judge by this scenario instead of the one in the recording.
    #[arg(long, value_name = "SCENARIO")]
    pub(crate) scenario: Option<String>,
    /// Judge a capture that the lab did not make, by what the scenario asserts
    /// about the wire: pcapng or pcap, compressed by gzip or not.
    #[arg(
        long,
        value_name = "FILE",
        requires = "scenario",
        conflicts_with = "recording"
    )]
    pub(crate) pcap: Option<PathBuf>,
    /// The addresses of a scenario's node in the capture, in the order of its addresses
    /// in the scenario; may be given for every node.
    #[arg(long = "node", value_name = "NODE=ADDRESS,...", requires = "pcap")]
    pub(crate) nodes: Vec<NodeAddresses>,
    /// When a step of the scenario ended, in seconds from the first packet
    /// between two nodes; may be given for every step.
    #[arg(long = "moment", value_name = "STEP=SECONDS", requires = "pcap")]
    pub(crate) moments: Vec<Moment>,
    /// Print the verdict as JSON.
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Args)]
pub(crate) struct Show {
    /// The folder of a recording, or a capture: pcapng or pcap, compressed by
    /// gzip or not. Two captures of the same call, made at two hosts, are drawn side by
    /// side; any others in the order of time.
    #[arg(value_name = "RUN|FILE", required = true)]
    pub(crate) recordings: Vec<PathBuf>,
    /// Draw every packet, without folding.
    #[arg(long)]
    pub(crate) full: bool,
    #[command(flatten)]
    pub(crate) form: Form,
    /// How to print times. Only a capture from elsewhere has times of day, in UTC.
    #[arg(long, value_enum, value_name = "CLOCK", default_value_t = ClockChoice::Start)]
    pub(crate) time: ClockChoice,
    /// Only from this second of the run.
    #[arg(long, value_name = "SECONDS", default_value_t = 0.0)]
    pub(crate) from: f64,
    /// Only until this second of the run.
    #[arg(long, value_name = "SECONDS", default_value_t = f64::INFINITY, hide_default_value = true)]
    pub(crate) until: f64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ClockChoice {
    /// Seconds from the first packet.
    Start,
    /// The time of day, in UTC.
    Day,
}

#[derive(Args)]
pub(crate) struct Explain {
    /// The name of a scenario, or the path to a scenario file.
    #[arg(value_name = "SCENARIO")]
    pub(crate) scenario: String,
    #[command(flatten)]
    pub(crate) site: Site,
    /// Draw every packet, without folding.
    #[arg(long)]
    pub(crate) full: bool,
    /// Print lesson, ladder and verdict as one JSON object.
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Args)]
pub(crate) struct Diff {
    /// The folder of a recording, or one that holds such folders.
    #[arg(value_name = "RUN")]
    pub(crate) first: PathBuf,
    /// The folder to compare with. In folders of recordings, recordings of the same name
    /// are compared.
    #[arg(value_name = "RUN")]
    pub(crate) second: PathBuf,
    /// Print the comparison as JSON.
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Args)]
pub(crate) struct Report {
    /// The folders of recordings, where a folder that holds such folders stands for all
    /// of them; and captures: pcapng or pcap, compressed by gzip or not.
    #[arg(required = true, value_name = "RUN|FILE")]
    pub(crate) recordings: Vec<PathBuf>,
    /// The file to write.
    #[arg(long, short, value_name = "FILE", default_value = "report.html")]
    pub(crate) output: PathBuf,
    /// Print the list of written files as JSON.
    #[arg(long)]
    pub(crate) json: bool,
}

/// What to print instead of the ladder in text.
#[derive(Args)]
#[group(multiple = false)]
pub(crate) struct Form {
    /// Print the flow instead: the part that must be the same in every run.
    #[arg(long, conflicts_with_all = ["full", "from", "until"])]
    pub(crate) flow: bool,
    /// Draw the ladder as an SVG picture.
    #[arg(long)]
    pub(crate) svg: bool,
    /// Draw the ladder as a Mermaid sequence diagram.
    #[arg(long)]
    pub(crate) mermaid: bool,
    /// Print the ladder as JSON, one object a line.
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Args)]
pub(crate) struct Doctor {
    /// Print JSON.
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Args)]
pub(crate) struct Targets {
    /// The file of targets.
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,
    /// Print what was found as JSON, one object a line.
    #[arg(long)]
    pub(crate) json: bool,
}
