use clap::CommandFactory;
use clap_complete::Shell;

use crate::args::Cli;
use crate::exit::Exit;

pub(crate) fn run(shell: Shell) -> Exit {
    let mut command = Cli::command();
    clap_complete::generate(shell, &mut command, "sctp-lab", &mut std::io::stdout());
    Exit::Passed
}
