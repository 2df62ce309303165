//! Opens the outputs of a capture.

use std::path::Path;

use live::{Destination, OutputError, Outputs};

use crate::args::Capture;
use crate::console;
use crate::exit::Exit;
use crate::output::OUT;

/// Opens all outputs on the command line, or prints an error for those that cannot be
/// opened.
pub(super) fn open(args: &Capture) -> Result<Outputs, Exit> {
    let destinations = of(args);
    if args.json && destinations.contains(&Destination::Standard) {
        console::error("--json needs standard output for itself; name a file: --to FILE");
        return Err(Exit::Wrong);
    }
    if destinations.contains(&Destination::Standard) && !OUT.is_open() {
        console::error_with_remedy("standard output is closed", Some("name a file: --to FILE"));
        return Err(Exit::CannotRun);
    }
    Outputs::open(&destinations, args.rotation()).map_err(|errors| {
        for error in &errors {
            console::error_with_remedy(&error.to_string(), remedy(error));
        }
        let exits = errors.iter().map(Exit::of_output);
        exits.max().unwrap_or(Exit::Fault)
    })
}

fn of(args: &Capture) -> Vec<Destination> {
    let paths = args.to.iter().map(|path| match path.as_path() {
        dash if dash == Path::new("-") => Destination::Standard,
        path => Destination::Path(path.to_owned()),
    });
    let folder = args.split.iter().cloned().map(Destination::Folder);
    let all: Vec<_> = paths.chain(folder).collect();
    if all.is_empty() {
        return vec![Destination::Standard];
    }
    all
}

fn remedy(error: &OutputError) -> Option<&'static str> {
    match error {
        OutputError::Terminal => {
            Some("give it to a program, as in `| wireshark -k -i -`, or to a file: --to FILE")
        }
        OutputError::RotatedPipe(_) => Some("rotate a file instead, by another --to"),
        _ => None,
    }
}
