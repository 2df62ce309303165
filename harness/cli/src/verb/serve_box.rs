use std::time::Duration;

use crate::exit::Exit;

/// Whatever it says goes to the lab that has started it, in a form of its own.
pub(crate) fn run(limit_s: u64) -> Exit {
    // Before there is a second thread; what is lacking is told there.
    let _ = net::privilege::acquire();
    match engine::remote::serve(Duration::from_secs(limit_s)) {
        0 => Exit::Passed,
        3 => Exit::CannotRun,
        _ => Exit::Fault,
    }
}
