//! The archive from which the guest starts: the lab's binary as the guest's init, and the
//! kernel's modules. The same contents give the same bytes.

use std::io::{self, Write};

use cpio::newc;

use super::kmodule::Module;
use crate::init::MODULES_FOLDER;

const FOLDER: u32 = 0o040_755;
const PROGRAM: u32 = 0o100_755;

pub(super) fn build(init: &[u8], modules: &[Module]) -> io::Result<Vec<u8>> {
    let mut archive = Archive::default();
    for folder in ["dev", "proc", "sys", "tmp", MODULES_FOLDER] {
        archive.add(folder, FOLDER, &[])?;
    }
    archive.add("init", PROGRAM, init)?;
    for (position, module) in modules.iter().enumerate() {
        let name = format!("{MODULES_FOLDER}/{position:03}-{}.ko", module.name);
        archive.add(&name, PROGRAM, &module.object)?;
    }
    newc::trailer(archive.bytes)
}

#[derive(Default)]
struct Archive {
    bytes: Vec<u8>,
    entries: u32,
}

impl Archive {
    fn add(&mut self, name: &str, mode: u32, contents: &[u8]) -> io::Result<()> {
        self.entries += 1;
        let len = u32::try_from(contents.len()).map_err(io::Error::other)?;
        let mut entry = newc::Builder::new(name)
            .ino(self.entries)
            .mode(mode)
            .nlink(1)
            .write(&mut self.bytes, len);
        entry.write_all(contents)?;
        entry.finish()?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read;

    #[test]
    fn modules_are_in_the_archive_in_the_order_of_loading() {
        let module = |name: &str| Module {
            name: name.into(),
            path: name.into(),
            object: name.as_bytes().to_vec(),
        };
        let archive = build(b"program", &[module("udp_tunnel"), module("sctp")]).unwrap();
        let mut rest = archive.as_slice();
        let mut names = Vec::new();
        loop {
            let mut entry = newc::Reader::new(rest).unwrap();
            if entry.entry().is_trailer() {
                break;
            }
            let mut contents = Vec::new();
            entry.read_to_end(&mut contents).unwrap();
            names.push(entry.entry().name().to_owned());
            rest = entry.finish().unwrap();
        }
        assert_eq!(
            names[5..],
            ["init", "modules/000-udp_tunnel.ko", "modules/001-sctp.ko"]
        );
    }
}
