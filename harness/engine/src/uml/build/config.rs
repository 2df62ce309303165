//! The configuration of a kernel that the lab builds.

use std::path::Path;
use std::{fs, io};

/// What is set beyond the least that Linux can be (`make tinyconfig`).
pub(super) const FRAGMENT: &str = include_str!("kernel.config");

/// How often the kernel's clock ticks in a second: as Debian's other kernels have it.
/// SCTP's timers are no finer.
const HZ: u32 = 250;

/// The top of the configuration's description, as the tree has it, but that the tick is
/// the lab's: User Mode Linux's own is no option (arch/um/Kconfig), and of two
/// definitions the first one's default goes.
pub(super) fn description(tree: &Path) -> io::Result<String> {
    let own = fs::read_to_string(tree.join("Kconfig"))?;
    let mut described = String::new();
    for line in own.lines() {
        described.push_str(line);
        described.push('\n');
        if line.starts_with("mainmenu") {
            described.push_str(&format!("\nconfig HZ\n\tint\n\tdefault {HZ}\n"));
        }
    }
    Ok(described)
}
