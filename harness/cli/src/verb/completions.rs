//! `sctp-lab completions`: prints completions for a shell.

use clap::CommandFactory;
use clap_complete::Shell;

use crate::args::Cli;
use crate::console;
use crate::exit::Exit;

pub(crate) fn run(shell: Shell) -> Exit {
    let mut command = Cli::command();
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut command, "sctp-lab", &mut script);
    console::print(&String::from_utf8_lossy(&script));
    Exit::Passed
}
