//! The configuration of a kernel that the lab builds.

use std::path::Path;
use std::{fs, io};

/// The options that are set beyond the smallest configuration (`make tinyconfig`).
pub(super) const FRAGMENT: &str = include_str!("kernel.config");

/// Instruments that make a kernel report more about itself, and make it slower.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Instruments {
    /// The kernel checks each access to memory (KASAN).
    pub kasan: bool,
    /// The kernel counts how often each line of SCTP's code is executed (gcov).
    pub coverage: bool,
}

impl Instruments {
    /// The instruments' part of the configuration.
    pub(super) fn fragment(self) -> String {
        let mut fragment = String::new();
        if self.kasan {
            fragment.push_str(KASAN);
        }
        if self.coverage {
            fragment.push_str(COVERAGE);
        }
        fragment
    }

    /// The options of the instruments that a configuration lacks. make silently leaves out
    /// options that do not fit the rest.
    pub(super) fn lacking(self, config: &str) -> Vec<String> {
        let fragment = self.fragment();
        let asked = fragment.lines().filter(|line| line.starts_with("CONFIG_"));
        asked
            .filter(|asked| !config.lines().any(|line| line == *asked))
            .map(str::to_owned)
            .collect()
    }

    /// The instruments' part of a kernel's name.
    pub(super) fn suffix(self) -> String {
        let names = [(self.kasan, "kasan"), (self.coverage, "coverage")];
        let asked = names.into_iter().filter(|(asked, _)| *asked);
        asked.map(|(_, name)| format!("-{name}")).collect()
    }
}

/// Whether a kernel of this name has instruments.
pub(in crate::uml) fn is_instrumented(name: &str) -> bool {
    name.ends_with("-kasan") || name.ends_with("-coverage")
}

/// The options of KASAN, which cannot check the allocator of the smallest configuration.
const KASAN: &str = "
# CONFIG_SLUB_TINY is not set
CONFIG_KASAN=y
CONFIG_KASAN_GENERIC=y
CONFIG_KASAN_OUTLINE=y
CONFIG_STACKTRACE=y
CONFIG_SLUB_DEBUG=y
";

const COVERAGE: &str = "
CONFIG_DEBUG_FS=y
CONFIG_GCOV_KERNEL=y
";

/// The argument with which make adds counters only in SCTP's folder (scripts/Makefile.lib,
/// `GCOV_PROFILE`). make expands it for each compiled file.
pub(super) const COUNTED: &str = "GCOV_PROFILE=$(if $(filter net/sctp,$(obj)),y,n)";

/// Ticks of the kernel's clock in a second, as in Debian's stock kernels. SCTP's timers are
/// no finer.
const HZ: u32 = 250;

/// The tree's top-level Kconfig file with the lab's tick. User Mode Linux defines its tick
/// without a prompt (arch/um/Kconfig), so no configuration can set it. Of two definitions,
/// the default of the first one counts.
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kernel_with_instruments_is_known_by_its_name() {
        let all = |kasan, coverage| Instruments { kasan, coverage };
        let suffix = |kasan, coverage| all(kasan, coverage).suffix();
        assert_eq!(suffix(false, false), "");
        assert_eq!(suffix(true, true), "-kasan-coverage");
        for (kasan, coverage) in [(true, false), (false, true), (true, true)] {
            assert!(is_instrumented(&format!(
                "7.3.4{}",
                suffix(kasan, coverage)
            )));
        }
        assert!(!is_instrumented("7.3.4"));
        assert!(all(true, false).fragment().contains("CONFIG_KASAN=y"));
        assert!(!all(true, false).fragment().contains("GCOV"));
    }

    #[test]
    fn what_make_left_out_is_named() {
        let kasan = Instruments {
            kasan: true,
            coverage: false,
        };
        let whole = kasan.fragment();
        assert_eq!(kasan.lacking(&whole), [""; 0]);
        let without = whole.replace("CONFIG_KASAN=y", "# CONFIG_KASAN is not set");
        assert_eq!(kasan.lacking(&without), ["CONFIG_KASAN=y"]);
        assert_eq!(Instruments::default().lacking(""), [""; 0]);
    }
}
