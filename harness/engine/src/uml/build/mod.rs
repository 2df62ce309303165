//! Builds a kernel for the `uml` engine, once, into the cache.
//!
//! The system is not changed, with one exception: as root on Debian, the programs that the
//! build needs are installed. A build that was interrupted continues with the files that it
//! has compiled.

mod config;
mod counters;
mod make;
mod source;
mod tools;

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use sha2::{Digest, Sha256};

pub use config::Instruments;
pub(super) use config::is_instrumented;
pub(super) use counters::FOLDER as COUNTERS;

use super::error::{Doing, UmlError, check_architecture};
use super::kernel::{FILE, UmlKernel, shelf};
use crate::progress::Progress;
use crate::vm::cache::Shelf;
use crate::vm::deadline::Deadline;
use crate::vm::{Cache, Discarded};

/// The origin of a kernel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// The newest of Debian's packages `linux-source-…`.
    Debian,
    /// A tree of Linux's source, which is only read.
    Tree(PathBuf),
    /// The file of a finished kernel, which is copied.
    Finished(PathBuf),
}

/// Time limit of the wait for another sctp-lab that is building the same kernel.
const WAIT: Duration = Duration::from_secs(7200);

/// Builds a kernel and keeps it in the cache. Returns the kernel with its name there.
///
/// # Errors
///
/// [`UmlError`], with a remedy if something is missing.
pub fn build(
    cache: &Cache,
    source: &Source,
    instruments: Instruments,
    progress: &mut dyn FnMut(Progress<'_>),
) -> Result<(String, UmlKernel), UmlError> {
    check_architecture()?;
    match source {
        Source::Finished(path) => {
            let kernel = UmlKernel::open(cache, path)?;
            keep(
                &shelf(cache),
                cache,
                kernel.release(),
                None,
                progress,
                |_| Ok(path.clone()),
            )
        }
        Source::Tree(tree) => {
            tools::check(progress)?;
            let tree = clean(tree)?;
            let suffix = instruments.suffix();
            let name = format!("{}-tree-{}{suffix}", make::version(&tree)?, digest(&tree));
            let work = work_of(cache, &name);
            keep(&shelf(cache), cache, &name, None, progress, |progress| {
                make::kernel(&tree, &work, instruments, progress)
            })
        }
        Source::Debian => {
            tools::check(progress)?;
            let package = source::newest(cache, progress)?;
            let name = package.version.clone() + &instruments.suffix();
            let config = config::FRAGMENT.to_owned() + &instruments.fragment();
            if let Some(kernel) = kept(cache, &name, &config) {
                progress(Progress::Doing("this kernel is in the cache already"));
                return Ok((name, kernel));
            }
            let work = work_of(cache, &name);
            let kept = keep(
                &shelf(cache),
                cache,
                &name,
                Some(&config),
                progress,
                |progress| {
                    let tree = source::unpacked(&package, &work, progress)?;
                    make::kernel(&tree, &work, instruments, progress)
                },
            )?;
            // The folder has a gigabyte and a half, which nobody needs again.
            let _ = fs::remove_dir_all(work);
            Ok(kept)
        }
    }
}

/// Builds the kernel of a tree in its present state, for a trial. The next build of the
/// same tree replaces this kernel, and compiles only the files that have changed. The
/// `uml` engine never chooses such a kernel by itself. Returns the kernel with its name in
/// the cache.
///
/// # Errors
///
/// As [`build`]. [`UmlError::Build`] and [`UmlError::NotAKernel`] are faults of the tree.
pub fn of_tree(
    cache: &Cache,
    tree: &Path,
    progress: &mut dyn FnMut(Progress<'_>),
) -> Result<(String, UmlKernel), UmlError> {
    check_architecture()?;
    tools::check(progress)?;
    let tree = clean(tree)?;
    let name = format!("tree-{}", digest(&tree));
    let work = work_of(cache, &name);
    keep(&trees(cache), cache, &name, None, progress, |progress| {
        make::kernel(&tree, &work, Instruments::default(), progress)
    })
}

/// The shelf of the kernels for trials.
fn trees(cache: &Cache) -> Shelf {
    cache.shelf("uml-trees")
}

/// The tree's absolute path, if the tree can be built in another folder. make refuses that
/// if something was built in the tree itself (Makefile, `outputmakefile`).
fn clean(tree: &Path) -> Result<PathBuf, UmlError> {
    let tree = fs::canonicalize(tree).doing(|| format!("reading {}", tree.display()))?;
    let built = [".config", "include/config", "arch/um/include/generated"];
    match built.iter().any(|it| tree.join(it).exists()) {
        true => Err(UmlError::Unclean { tree }),
        false => Ok(tree),
    }
}

/// Removes a kernel from the cache, unless another process is using it.
#[must_use]
pub fn remove(cache: &Cache, name: &str) -> Discarded {
    let shelves = [shelf(cache), trees(cache)];
    let has_it = |shelf: &&Shelf| shelf.entries().iter().any(|it| it == name);
    let Some(shelf) = shelves.iter().find(has_it) else {
        return Discarded::NotThere;
    };
    let done = shelf.discard(name);
    if matches!(done, Discarded::Removed) {
        let _ = fs::remove_dir_all(work_of(cache, name));
    }
    done
}

/// The options that a kernel of Debian's source was built with, beside it in the cache.
const CONFIG: &str = "kernel.config";

/// The kernel of this name in the cache, if it was built with these options.
fn kept(cache: &Cache, name: &str, config: &str) -> Option<UmlKernel> {
    let folder = shelf(cache).entry(name);
    let built_with = fs::read_to_string(folder.join(CONFIG)).ok()?;
    let kernel = UmlKernel::open(cache, &folder.join(FILE)).ok()?;
    (built_with == config).then_some(kernel)
}

/// Puts the kernel that `make` builds onto a shelf of the cache, and its options if they are
/// known. Returns the kernel with its name there.
fn keep(
    shelf: &Shelf,
    cache: &Cache,
    name: &str,
    config: Option<&str>,
    progress: &mut dyn FnMut(Progress<'_>),
    make: impl FnOnce(&mut dyn FnMut(Progress<'_>)) -> Result<PathBuf, UmlError>,
) -> Result<(String, UmlKernel), UmlError> {
    let guard = shelf.building(name, Deadline::after(WAIT), &mut || {
        progress(Progress::Doing(
            "waiting for another sctp-lab that builds this kernel",
        ));
    })?;
    let made = make(progress)?;
    // The kernel must start before it may replace another.
    UmlKernel::open(cache, &made)?;
    let folder = guard.start()?;
    fs::copy(&made, folder.join(FILE)).doing(|| format!("copying {}", made.display()))?;
    // A kernel with execution counters has the compiler's notes beside it.
    counters::keep(&made, folder)?;
    if let Some(config) = config {
        let doing = || format!("writing {CONFIG} of {name}");
        fs::write(folder.join(CONFIG), config).doing(doing)?;
    }
    guard.publish()?;
    let kernel = UmlKernel::open(cache, &shelf.entry(name).join(FILE))?;
    Ok((name.to_owned(), kernel))
}

/// The folder in which a kernel is built.
fn work_of(cache: &Cache, name: &str) -> PathBuf {
    cache.root().join("uml-builds").join(name)
}

fn digest(path: &Path) -> String {
    let digest: [u8; 32] = Sha256::digest(path.as_os_str().as_encoded_bytes()).into();
    digest[..4].iter().map(|it| format!("{it:02x}")).collect()
}
