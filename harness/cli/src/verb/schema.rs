use crate::console;
use crate::exit::Exit;

/// What `--json` prints; `docs/json.md` in words.
const OF_OUTPUT: &str = include_str!("../../../../schema/output.schema.json");

pub(crate) fn run(of_output: bool) -> Exit {
    match of_output {
        true => console::print(OF_OUTPUT),
        false => console::print(&scenario::schema()),
    }
    Exit::Passed
}
