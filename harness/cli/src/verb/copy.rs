//! `sctp-lab copy`: copies a scenario into a file of the user's own.

use std::fs;
use std::path::PathBuf;

use crate::args::Copy;
use crate::console;
use crate::exit::Exit;
use crate::library;

/// Writes a scenario's text into a new file.
pub(crate) fn run(args: &Copy) -> Exit {
    let mut found = library::load(std::slice::from_ref(&args.scenario));
    if found.complain() {
        return Exit::Wrong;
    }
    let (Some(loaded), true) = (found.loaded.pop(), found.loaded.is_empty()) else {
        console::error("one scenario at a time");
        return Exit::Wrong;
    };
    let file = args.file.clone();
    let file = file.unwrap_or_else(|| PathBuf::from(format!("{}.yaml", loaded.name)));
    // A dangling link is in the way, too.
    if fs::symlink_metadata(&file).is_ok() {
        let remedy = format!("name another file: sctp-lab copy {} FILE", loaded.name);
        let words = format!("{} is there already, and is left alone", file.display());
        console::error_with_remedy(&words, Some(&remedy));
        return Exit::Wrong;
    }
    match disk::replace(&file, loaded.source.as_bytes()) {
        Ok(()) => {
            console::print(&format!("{}\n", file.display()));
            Exit::Passed
        }
        Err(error) => {
            console::error(&format!("{}: {error}", file.display()));
            Exit::of_file(&error)
        }
    }
}
