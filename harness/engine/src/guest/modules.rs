//! Loads the kernel's modules in the order that the host has determined.

use std::fs::{self, File};
use std::io;

use nix::kmod::{ModuleInitFlags, finit_module};

use crate::init::MODULES_FOLDER;

pub(super) fn load_all() -> io::Result<()> {
    let mut paths = fs::read_dir(format!("/{MODULES_FOLDER}"))?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<io::Result<Vec<_>>>()?;
    paths.sort();
    for path in paths {
        let module = File::open(&path)?;
        match finit_module(&module, c"", ModuleInitFlags::empty()) {
            // The kernel has it built in, or has loaded it on demand meanwhile.
            Ok(()) | Err(nix::errno::Errno::EEXIST) => {}
            Err(error) => {
                let module = path.display();
                return Err(io::Error::other(format!("loading {module}: {error}")));
            }
        }
    }
    Ok(())
}
