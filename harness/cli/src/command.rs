use std::process::ExitCode;

use clap::Parser;

use super::args::{Cli, Verb};
use super::exit::Exit;
use super::verb;

/// The whole `sctp-lab` command, by this process's arguments. The program that
/// calls it is also what runs inside the guest, so it must be linked
/// statically and call this before anything else.
pub fn main() -> ExitCode {
    // The same binary is process 1 of the emulated machine, where there is no
    // command line to parse.
    #[cfg(target_os = "linux")]
    super::guest::become_it_if_inside();
    let verb = match Cli::try_parse() {
        Ok(cli) => cli.verb,
        Err(error) => {
            // Help and version are no mistakes.
            let wrong = error.use_stderr();
            // With standard output gone there is nobody to tell.
            let _ = error.print();
            return if wrong { Exit::Wrong } else { Exit::Passed }.into();
        }
    };
    match verb {
        Verb::Run(args) => verb::run::run(&args),
        Verb::List(args) => verb::list::run(&args),
        Verb::Validate(args) => verb::validate::run(&args),
        Verb::Check(args) => verb::check::run(&args),
        Verb::Show(args) => verb::show::run(&args),
        Verb::Explain(args) => verb::explain::run(&args),
        Verb::Capture(args) => verb::capture::run(&args),
        Verb::Extcap(args) => verb::extcap::run(&args),
        Verb::Bound(args) => verb::bound::run(&args),
        Verb::Diff(args) => verb::diff::run(&args),
        Verb::Report(args) => verb::report::run(&args),
        Verb::Doctor(args) => verb::doctor::run(&args),
        Verb::Targets(args) => verb::targets::run(&args),
        Verb::Schema { output, targets } => verb::schema::run(output, targets),
        Verb::ServeBox { limit } => {
            // Before there is a second thread; what is lacking is told there.
            let _ = net::privilege::acquire();
            return engine::remote::serve(std::time::Duration::from_secs(limit)).into();
        }
        Verb::Completions { shell } => verb::completions::run(shell),
    }
    .into()
}
