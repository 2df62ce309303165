//! `sctp-lab serve-box`: runs a scenario on the machine on which the `box` engine started
//! it.

use std::time::Duration;

use crate::exit::Exit;

/// Serves one run to the lab that started this process. All output is for that lab, in the
/// form of the engine.
pub(crate) fn run(limit_s: u64) -> Exit {
    // The kernel allows this only while there is a single thread. `serve` reports missing
    // rights.
    let _ = net::privilege::acquire();
    match engine::remote::serve(Duration::from_secs(limit_s)) {
        0 => Exit::Passed,
        3 => Exit::CannotRun,
        _ => Exit::Fault,
    }
}
