//! Finds the lab's program for a box.

use std::path::{Path, PathBuf};

use super::error::BoxError;
use super::system::System;

/// The environment variable that names the program for boxes.
const VARIABLE: &str = "SCTP_LAB_BOX_PROGRAM";

/// The file of the program for `system`: the one in `SCTP_LAB_BOX_PROGRAM`, this program
/// itself, or the one that was built beside it.
pub(super) fn of(system: System) -> Result<PathBuf, BoxError> {
    if let Some(named) = std::env::var_os(VARIABLE).filter(|name| !name.is_empty()) {
        return there(named.into(), system);
    }
    let own = std::env::current_exe().unwrap_or_default();
    if System::here() == Some(system) {
        return Ok(own);
    }
    there(beside(&own, system), system)
}

fn there(path: PathBuf, system: System) -> Result<PathBuf, BoxError> {
    if path.is_file() {
        return Ok(path);
    }
    Err(BoxError::NoProgram {
        system: system.name(),
        searched: path,
        remedy: match system {
            System::FreeBsd => "just freebsd-build".into(),
            System::Linux | System::LinuxOnArm => {
                format!("take it from a release, or build it, and name it: export {VARIABLE}=PATH")
            }
        },
    })
}

/// The place where cargo puts the program: `target/TRIPLE/debug`, beside this one's
/// `target/TRIPLE/PROFILE`.
fn beside(own: &Path, system: System) -> PathBuf {
    let target = own.ancestors().nth(3).unwrap_or(Path::new("target"));
    target.join(system.triple()).join("debug/sctp-lab")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_other_program_is_where_cargo_puts_it() {
        assert_eq!(
            beside(
                Path::new("/lab/target/x86_64-unknown-linux-gnu/release/sctp-lab"),
                System::FreeBsd
            ),
            Path::new("/lab/target/x86_64-unknown-freebsd/debug/sctp-lab")
        );
    }
}
