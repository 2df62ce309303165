//! The configuration of a kernel that the lab builds.

use std::path::Path;
use std::{fs, io};

/// What is set beyond the least that Linux can be (`make tinyconfig`).
pub(super) const FRAGMENT: &str = include_str!("kernel.config");

/// What makes a kernel say more than others do, and slower for it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Instruments {
    /// It watches each access to memory (KASAN).
    pub kasan: bool,
    /// It counts what of SCTP's code was executed (gcov).
    pub coverage: bool,
}

impl Instruments {
    /// What they add to the configuration.
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

    /// What of it a configuration lacks: make leaves out in silence what does not fit the
    /// rest.
    pub(super) fn lacking(self, config: &str) -> Vec<String> {
        let fragment = self.fragment();
        let asked = fragment.lines().filter(|line| line.starts_with("CONFIG_"));
        asked
            .filter(|asked| !config.lines().any(|line| line == *asked))
            .map(str::to_owned)
            .collect()
    }

    /// What they add to the name of a kernel.
    pub(super) fn suffix(self) -> String {
        let names = [(self.kasan, "kasan"), (self.coverage, "coverage")];
        let asked = names.into_iter().filter(|(asked, _)| *asked);
        asked.map(|(_, name)| format!("-{name}")).collect()
    }
}

/// Whether a kernel of this name has one of them.
pub(in crate::uml) fn is_instrumented(name: &str) -> bool {
    name.ends_with("-kasan") || name.ends_with("-coverage")
}

/// The least that Linux can be has an allocator that KASAN cannot watch.
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

/// What has make count in SCTP's own folder alone (scripts/Makefile.lib,
/// `GCOV_PROFILE`). It is expanded for each file that is compiled.
pub(super) const COUNTED: &str = "GCOV_PROFILE=$(if $(filter net/sctp,$(obj)),y,n)";

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
