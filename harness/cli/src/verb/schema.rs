use crate::console;
use crate::exit::Exit;

pub(crate) fn run() -> Exit {
    console::print(&scenario::schema());
    Exit::Passed
}
