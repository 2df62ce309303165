//! The part of a program's file that is loaded when the program runs. The symbols and the
//! debug information behind it need not travel into the guest.

use std::fs;
use std::path::Path;

use object::Endianness;
use object::elf::{EM_X86_64, FileHeader64, PT_INTERP, PT_LOAD};
use object::read::elf::{FileHeader, ProgramHeader};

use super::error::{Doing, VmError};

type Header = FileHeader64<Endianness>;

/// Reads the loaded part of a statically linked program.
pub(super) fn loaded_part(path: &Path) -> Result<Vec<u8>, VmError> {
    let mut program = fs::read(path).doing(|| format!("reading {}", path.display()))?;
    let end = loaded_end(&program).map_err(|reason| VmError::BadProgram {
        path: path.to_owned(),
        reason,
    })?;
    program.truncate(end);
    forget_sections(&mut program);
    Ok(program)
}

fn loaded_end(program: &[u8]) -> Result<usize, String> {
    let foreign = |_| "not a 64-bit ELF file".to_owned();
    let header = Header::parse(program).map_err(foreign)?;
    let endian = header.endian().map_err(foreign)?;
    if header.e_machine(endian) != EM_X86_64 {
        return Err("not built for x86-64".into());
    }
    let segments = header.program_headers(endian, program).map_err(foreign)?;
    if segments.iter().any(|one| one.p_type(endian) == PT_INTERP) {
        return Err("not statically linked".into());
    }
    let table_end = header.e_phoff(endian) + size_of_val(segments) as u64;
    let end = segments
        .iter()
        .filter(|one| one.p_type(endian) == PT_LOAD)
        .map(|one| one.p_offset(endian).saturating_add(one.p_filesz(endian)))
        .fold(table_end, u64::max);
    match usize::try_from(end) {
        Ok(end) if end <= program.len() => Ok(end),
        _ => Err("cut short".into()),
    }
}

/// Zeroes `e_shoff`, `e_shnum` and `e_shstrndx` in the ELF-64 header, since the section
/// table that they describe may be cut off.
fn forget_sections(program: &mut [u8]) {
    program[0x28..0x30].fill(0);
    program[0x3c..0x40].fill(0);
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt;
    use std::process::Command;

    /// The test binary itself is a static program with plenty to cut off.
    #[test]
    fn a_trimmed_program_still_runs_and_is_shorter() {
        let this = std::env::current_exe().unwrap();
        let trimmed = loaded_part(&this).unwrap();
        assert!((trimmed.len() as u64) < fs::metadata(&this).unwrap().len());

        let copy = std::env::temp_dir().join(format!("sctp-lab-elf-{}", std::process::id()));
        fs::write(&copy, trimmed).unwrap();
        fs::set_permissions(&copy, fs::Permissions::from_mode(0o755)).unwrap();
        let list = Command::new(&copy).arg("--list").output();
        fs::remove_file(&copy).unwrap();
        let list = String::from_utf8(list.unwrap().stdout).unwrap();
        assert!(list.contains("a_trimmed_program_still_runs_and_is_shorter"));
    }

    #[test]
    fn what_the_guest_could_not_start_is_refused() {
        assert_eq!(
            loaded_end(b"#!/bin/sh\n").unwrap_err(),
            "not a 64-bit ELF file"
        );
        let mut program = fs::read(std::env::current_exe().unwrap()).unwrap();
        program.truncate(8192);
        assert_eq!(loaded_end(&program).unwrap_err(), "cut short");
        program[0x12] = 0xb7; // e_machine: AArch64
        assert_eq!(loaded_end(&program).unwrap_err(), "not built for x86-64");
    }
}
