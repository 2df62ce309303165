//! The program that runs inside the guest: the lab itself, built for Linux on x86-64.
//!
//! The guest is an x86-64 machine on every host, since QEMU emulates each instruction
//! anyway. On Linux on x86-64, the running lab itself is the program. Elsewhere, such as on
//! aarch64, the program is a second file beside the running lab, of the same version.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use super::elf;
use super::error::{Doing, VmError};

/// Whether the running lab can run inside the guest.
const IS_OWN: bool = cfg!(all(target_os = "linux", target_arch = "x86_64"));

/// The environment variable that names the program where it is not the running lab.
const VARIABLE: &str = "SCTP_LAB_GUEST_PROGRAM";

/// The name of the program's file where it is not the running lab.
const NAME: &str = "sctp-lab-x86_64";

/// A mark with the version, which every program that can run inside the guest contains. The
/// versions must be the same, since host and guest exchange data whose form may change.
pub(crate) const MARK: &str = concat!("guest of sctp-lab ", env!("CARGO_PKG_VERSION"), ";");

/// The file of the program.
///
/// # Errors
///
/// [`VmError::NoGuestProgram`] with the files that were looked for, or with the fault of
/// the file that was found; [`VmError::Io`] if the running lab's file is not known.
pub(super) fn find() -> Result<PathBuf, VmError> {
    if IS_OWN {
        return Ok("/proc/self/exe".into());
    }
    let named = std::env::var_os(VARIABLE).filter(|name| !name.is_empty());
    let own = std::env::current_exe().doing(|| "finding the lab's own program".into())?;
    among(&places(named, &own))
}

/// The files to look for, the best first.
fn places(named: Option<OsString>, own: &Path) -> Vec<PathBuf> {
    if let Some(named) = named {
        return vec![named.into()];
    }
    let folder = own.parent().unwrap_or(Path::new("/"));
    // An archive has both programs in one folder, a Debian package the second in usr/lib.
    // cargo puts programs into target/TRIPLE/PROFILE.
    let profile = folder.file_name().unwrap_or_default();
    let target = folder.ancestors().nth(2).unwrap_or(folder);
    vec![
        folder.join(NAME),
        folder.with_file_name("lib").join("sctp-lab").join(NAME),
        target
            .join("x86_64-unknown-linux-gnu")
            .join(profile)
            .join("sctp-lab"),
    ]
}

fn among(places: &[PathBuf]) -> Result<PathBuf, VmError> {
    let missing = |reason| VmError::NoGuestProgram {
        reason,
        remedy: format!(
            "put that program of the same release beside this one as {NAME}, or name it: export \
             {VARIABLE}=PATH"
        ),
    };
    let Some(path) = places.iter().find(|path| path.is_file()) else {
        let names: Vec<_> = places.iter().map(|it| it.display().to_string()).collect();
        let (system, arch) = (std::env::consts::OS, std::env::consts::ARCH);
        return Err(missing(format!(
            "this one is for {system} on {arch}; looked for {}",
            names.join(", ")
        )));
    };
    let program = elf::loaded_part(path).map_err(|error| missing(error.to_string()))?;
    if !has_mark(&program) {
        let (path, version) = (path.display(), env!("CARGO_PKG_VERSION"));
        return Err(missing(format!("{path} is not sctp-lab {version}")));
    }
    Ok(path.clone())
}

fn has_mark(program: &[u8]) -> bool {
    program.windows(MARK.len()).any(is_mark)
}

fn is_mark(window: &[u8]) -> bool {
    window == MARK.as_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_program_is_beside_the_lab_in_lib_or_where_cargo_puts_it() {
        assert_eq!(
            places(None, Path::new("/usr/bin/sctp-lab")),
            [
                "/usr/bin/sctp-lab-x86_64",
                "/usr/lib/sctp-lab/sctp-lab-x86_64",
                "/x86_64-unknown-linux-gnu/bin/sctp-lab",
            ]
            .map(PathBuf::from)
        );
        assert_eq!(
            places(
                None,
                Path::new("/lab/target/aarch64-unknown-linux-gnu/release/sctp-lab")
            )[2],
            Path::new("/lab/target/x86_64-unknown-linux-gnu/release/sctp-lab")
        );
        let named = Some("/some/program".into());
        assert_eq!(
            places(named, Path::new("/usr/bin/sctp-lab")),
            [PathBuf::from("/some/program")]
        );
    }

    #[test]
    fn a_program_that_is_missing_or_of_another_version_is_refused() -> std::io::Result<()> {
        let folder = tempfile::tempdir()?;
        let path = folder.path().join(NAME);
        let places = [path.clone()];
        let error = among(&places).unwrap_err();
        assert!(error.is_unavailable(), "{error}");
        assert!(error.remedy().is_some_and(|it| it.contains(VARIABLE)));

        std::fs::write(&path, "#!/bin/sh")?;
        let error = among(&places).unwrap_err();
        assert!(error.to_string().contains("not a 64-bit ELF"), "{error}");

        // This test's own program has the mark, since it can be a guest's.
        let mut program = std::fs::read(std::env::current_exe()?)?;
        std::fs::write(&path, &program)?;
        assert_eq!(among(&places).ok(), Some(path.clone()));

        while let Some(at) = program.windows(MARK.len()).position(is_mark) {
            program[at] ^= 1;
        }
        std::fs::write(&path, &program)?;
        let error = among(&places).unwrap_err();
        assert!(error.to_string().contains("is not sctp-lab"), "{error}");
        Ok(())
    }
}
