use crate::console;
use crate::exit::Exit;

/// What `--json` prints; `docs/json.md` in words.
const OF_OUTPUT: &str = include_str!("../../../../schema/output.schema.json");

pub(crate) fn run(of_output: bool, of_targets: bool) -> Exit {
    match (of_output, of_targets) {
        (true, _) => console::print(OF_OUTPUT),
        (false, true) => console::print(&hosts::schema()),
        (false, false) => console::print(&scenario::schema()),
    }
    Exit::Passed
}
