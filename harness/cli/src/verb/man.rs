//! `sctp-lab man`: writes the man pages.

use std::fs;
use std::path::Path;

use clap::CommandFactory;

use crate::args::Cli;
use crate::console;
use crate::exit::Exit;

pub(crate) fn run(folder: &Path) -> Exit {
    let written =
        fs::create_dir_all(folder).and_then(|()| clap_mangen::generate_to(Cli::command(), folder));
    match written {
        Ok(()) => {
            console::print(&format!("{}\n", folder.display()));
            Exit::Passed
        }
        Err(error) => {
            console::error(&format!("{}: {error}", folder.display()));
            Exit::of_file(&error)
        }
    }
}
