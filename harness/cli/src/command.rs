//! The whole command: parses the command line, runs its verb, and chooses the exit code.

use std::panic::catch_unwind;
use std::process::ExitCode;
use std::sync::Arc;

use clap::Parser;
use signal_hook::consts::SIGXFSZ;
use signal_hook::flag;

use super::args::{Cli, Verb};
use super::exit::Exit;
use super::output::{self, ERR, OUT};
use super::{console, verb};

/// Runs the whole `sctp-lab` command with this process's arguments. The calling program
/// also runs inside the guest, so the program must be linked statically, and must call this
/// function before anything else.
pub fn main() -> ExitCode {
    // The same binary is process 1 of the emulated machine, and has no command line there.
    #[cfg(target_os = "linux")]
    super::guest::become_it_if_inside();
    // With this handler, exceeding `ulimit -f` is an error like any other, and does not end
    // the process.
    let _ = flag::register(SIGXFSZ, Arc::default());
    // A panic is a fault of the lab, whatever the input was. The panic has already printed
    // its message.
    let exit = catch_unwind(by_arguments).unwrap_or(Exit::Fault);
    let lost = output::lost();
    lost.iter().for_each(|words| console::error(words));
    let exit = match lost.is_empty() {
        true => exit,
        false => exit.max(Exit::CannotRun),
    };
    match answers_git() {
        true => exit.to_git(),
        false => exit.into(),
    }
}

/// Whether the verb is `kernel try`. Its caller `git bisect run` takes most exit codes for
/// bad.
fn answers_git() -> bool {
    let mut words = std::env::args_os().skip(1);
    words.next().is_some_and(|it| it == "kernel") && words.next().is_some_and(|it| it == "try")
}

/// Parses words as a command line, as [`main`] does, without running it.
///
/// # Errors
///
/// The message for an invalid command line, or the help that it asks for.
pub fn understand(words: &[&str]) -> Result<(), String> {
    let words = ["sctp-lab"].iter().chain(words);
    let understood = Cli::try_parse_from(words);
    understood.map(drop).map_err(|error| error.to_string())
}

fn by_arguments() -> Exit {
    let verb = match Cli::try_parse() {
        Ok(cli) => cli.verb,
        Err(error) => return answer(&error),
    };
    match verb {
        Verb::Run(args) => verb::run::run(&args),
        Verb::Conformance(args) => verb::conformance::run(args),
        Verb::Learn(args) => verb::learn::run(&args),
        Verb::List(args) => verb::list::run(&args),
        Verb::Rfc(args) => verb::rfc::run(&args),
        Verb::Copy(args) => verb::copy::run(&args),
        Verb::Validate(args) => verb::validate::run(&args),
        Verb::Check(args) => verb::check::run(&args),
        Verb::Show(args) => verb::show::run(&args),
        Verb::View(args) => verb::view::run(&args),
        Verb::Diagnose(args) => verb::diagnose::run(&args),
        Verb::Explain(args) => verb::explain::run(&args),
        Verb::Capture(args) => verb::capture::run(&args),
        Verb::Extcap(args) => verb::extcap::run(&args),
        Verb::Sweep(args) => verb::sweep::run(&args),
        Verb::Bound(args) => verb::bound::run(&args),
        Verb::Profiles(args) => verb::profiles::run(&args),
        Verb::Diff(args) => verb::diff::run(&args),
        Verb::Report(args) => verb::report::run(&args),
        Verb::Doctor(args) => verb::doctor::run(&args),
        #[cfg(target_os = "linux")]
        Verb::Bisect(args) => verb::bisect::run(&args),
        #[cfg(target_os = "linux")]
        Verb::Kernel(args) => verb::kernel::run(&args),
        Verb::Targets(args) => verb::targets::run(&args),
        Verb::Schema { output, targets } => verb::schema::run(output, targets),
        Verb::ServeBox { limit } => verb::serve_box::run(limit),
        Verb::Completions { shell } => verb::completions::run(shell),
        Verb::Man { folder } => verb::man::run(&folder),
    }
}

/// Prints help, the version, or a mistake of the command line.
fn answer(error: &clap::Error) -> Exit {
    let wrong = error.use_stderr();
    let (stream, color) = match wrong {
        true => (&ERR, console::color_on_stderr()),
        false => (&OUT, console::color()),
    };
    let text = error.render();
    stream.print(&match color {
        true => text.ansi().to_string(),
        false => text.to_string(),
    });
    match wrong {
        true => Exit::Wrong,
        false => Exit::Passed,
    }
}
