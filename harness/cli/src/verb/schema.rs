//! `sctp-lab schema`: prints the JSON Schema of scenarios, of files of targets, or of the
//! output of `--json`.

use crate::console;
use crate::exit::Exit;

/// The JSON Schema of what `--json` prints. `docs/json.md` tells the same in words.
const OF_OUTPUT: &str = include_str!("../../../../schema/output.schema.json");

pub(crate) fn run(of_output: bool, of_targets: bool) -> Exit {
    match (of_output, of_targets) {
        (true, _) => console::print(OF_OUTPUT),
        (false, true) => console::print(&hosts::schema()),
        (false, false) => console::print(&scenario::schema()),
    }
    Exit::Passed
}
