//! Kernels that are programs, and the shelf of those that the lab has built.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::build::{COUNTERS, is_instrumented};
use super::error::{Doing, UmlError};
use crate::vm::Cache;
use crate::vm::cache::Shelf;
use crate::vm::stamp::Stamp;

/// Name of a kernel's file in its entry of the cache.
pub(super) const FILE: &str = "linux";

/// The options that a kernel's configuration needs, with their purpose.
const NEEDS: [(&str, &str); 7] = [
    ("CONFIG_UML_TIME_TRAVEL_SUPPORT", "virtual time"),
    ("CONFIG_HOSTFS", "the host's files"),
    ("CONFIG_IP_SCTP", "SCTP"),
    ("CONFIG_NET_NS", "hosts of their own"),
    ("CONFIG_VETH", "cables between them"),
    ("CONFIG_NET_SCH_NETEM", "delay and loss"),
    ("CONFIG_PACKET", "captures"),
];

/// A kernel that this machine can run as a process.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UmlKernel {
    path: PathBuf,
    release: String,
}

/// A kernel's own description: its release, and the needed options that it lacks.
#[derive(Debug, Serialize, Deserialize)]
struct Told {
    release: String,
    lacks: Vec<String>,
}

impl UmlKernel {
    /// The kernel in this file. Its description is remembered in the cache.
    ///
    /// # Errors
    ///
    /// [`UmlError::NotAKernel`] with the fault of the file; [`UmlError::Io`] if the file
    /// cannot be read.
    pub fn open(cache: &Cache, path: &Path) -> Result<Self, UmlError> {
        let path = std::path::absolute(path).doing(|| format!("reading {}", path.display()))?;
        let stamp = Stamp::of(&path).doing(|| format!("reading {}", path.display()))?;
        let stamp = serde_json::to_string(&stamp).unwrap_or_default();
        let question = format!("uml kernel {stamp} {}", path.display());
        let told = match cache.recall::<Told>(&question) {
            Some(told) => told,
            None => {
                let told = ask(&path)?;
                cache.remember(&question, &told);
                told
            }
        };
        if !told.lacks.is_empty() {
            return Err(UmlError::NotAKernel {
                path,
                reason: format!("it was built without {}", told.lacks.join(", ")),
            });
        }
        Ok(Self {
            path,
            release: told.release,
        })
    }

    /// The kernel's file.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The folder with the compiler's notes (`.gcno`), which say what each of the kernel's
    /// execution counters counts. `None` for a kernel without such counters.
    #[must_use]
    pub fn counters(&self) -> Option<PathBuf> {
        let folder = self.path.parent()?;
        let places = [folder.join(COUNTERS), folder.join("net/sctp")];
        places.into_iter().find(|it| has_counters(it))
    }

    /// The release, as `uname -r` prints it in the guest.
    #[must_use]
    pub fn release(&self) -> &str {
        &self.release
    }
}

fn has_counters(folder: &Path) -> bool {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut names = entries.map(|it| it.file_name());
    names.any(|it| Path::new(&it).extension().is_some_and(|it| it == "gcno"))
}

/// Asks the kernel for its description. With `--version` or `--showconfig`, a kernel prints
/// a part of it and ends (arch/um/kernel/um_arch.c).
fn ask(path: &Path) -> Result<Told, UmlError> {
    let says = |argument: &str| {
        let mut command = Command::new(path);
        command.arg(argument).env_clear();
        let output = process::run(&mut command, b"", Duration::from_secs(10));
        output
            .ok()
            .map(|output| String::from_utf8_lossy(&output.stdout).into_owned())
            .ok_or_else(|| UmlError::NotAKernel {
                path: path.to_owned(),
                reason: format!("it does not start: {} {argument}", path.display()),
            })
    };
    let config = says("--showconfig")?;
    if !config.contains("CONFIG_UML=y") {
        return Err(UmlError::NotAKernel {
            path: path.to_owned(),
            reason: "it is not User Mode Linux, built by make ARCH=um".into(),
        });
    }
    let is_set = |option: &str| config.lines().any(|line| line == format!("{option}=y"));
    let lacks = NEEDS.iter().filter(|(option, _)| !is_set(option));
    Ok(Told {
        release: terminal::escape(says("--version")?.trim()),
        lacks: lacks
            .map(|(option, what)| format!("{option} ({what})"))
            .collect(),
    })
}

/// A kernel in the cache.
#[derive(Clone, Debug)]
pub struct Shelved {
    /// Name of the kernel's entry.
    pub name: String,
    /// The kernel; `None` if it is damaged.
    pub kernel: Option<UmlKernel>,
}

/// The kernels in the cache, the newest last.
#[must_use]
pub fn shelved(cache: &Cache) -> Vec<Shelved> {
    let shelf = shelf(cache);
    let mut names = shelf.entries();
    names.sort_by_key(|name| numbers(name));
    let all = names.into_iter();
    all.map(|name| Shelved {
        kernel: UmlKernel::open(cache, &shelf.entry(&name).join(FILE)).ok(),
        name,
    })
    .collect()
}

/// The newest kernel in the cache without [instruments](super::build::Instruments), which
/// slow a kernel down.
pub(super) fn newest(cache: &Cache) -> Option<UmlKernel> {
    let newest_first = shelved(cache).into_iter().rev();
    let newest_first = newest_first.filter(|it| !is_instrumented(&it.name));
    newest_first.filter_map(|it| it.kernel).next()
}

/// The newest kernel in the cache that has execution counters.
#[must_use]
pub fn counting(cache: &Cache) -> Option<UmlKernel> {
    let newest_first = shelved(cache).into_iter().rev();
    let mut kernels = newest_first.filter_map(|it| it.kernel);
    kernels.find(|it| it.counters().is_some())
}

/// The numbers of a version, so that `6.9` comes before `6.12`.
fn numbers(name: &str) -> Vec<u64> {
    name.split(|letter: char| !letter.is_ascii_digit())
        .filter_map(|digits| digits.parse().ok())
        .collect()
}

pub(super) fn shelf(cache: &Cache) -> Shelf {
    cache.shelf("uml-kernels")
}

/// The folder with the folders of the runs.
pub(super) fn runs(cache: &Cache) -> PathBuf {
    cache.root().join("uml-runs")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn newer_kernels_come_last() {
        let mut names = ["7.10.1", "7.3.4", "6.12.9"];
        names.sort_by_key(|name| numbers(name));
        assert_eq!(names, ["6.12.9", "7.3.4", "7.10.1"]);
    }

    #[test]
    fn a_program_that_is_no_kernel_is_refused() {
        let words = ask(Path::new("/bin/true")).unwrap_err().to_string();
        assert!(words.contains("not User Mode Linux"), "{words}");
    }
}
