//! Builds a kernel for the `uml` engine, once, into the cache.
//!
//! Nothing of the system is changed but that, as root on Debian, the programs that the
//! build takes are installed. What was built before a build was ended is not built again.

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

use super::error::{Doing, UmlError};
use super::kernel::{FILE, UmlKernel, shelf};
use crate::progress::Progress;
use crate::vm::Cache;
use crate::vm::cache::Shelf;
use crate::vm::deadline::Deadline;

/// Where a kernel comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// The newest of Debian's packages `linux-source-…`.
    Debian,
    /// A tree, which is only read.
    Tree(PathBuf),
    /// One that is built already, which is copied.
    Finished(PathBuf),
}

/// What another lab may need at the most that builds the same.
const WAIT: Duration = Duration::from_secs(7200);

/// Builds a kernel and keeps it in the cache. Gives its name there, and it.
///
/// # Errors
///
/// [`UmlError`], with what mends it where something is lacking.
pub fn build(
    cache: &Cache,
    source: &Source,
    instruments: Instruments,
    progress: &mut dyn FnMut(Progress<'_>),
) -> Result<(String, UmlKernel), UmlError> {
    match source {
        Source::Finished(path) => {
            let kernel = UmlKernel::open(cache, path)?;
            keep(&shelf(cache), cache, kernel.release(), progress, |_| {
                Ok(path.clone())
            })
        }
        Source::Tree(tree) => {
            tools::check(progress)?;
            let tree = clean(tree)?;
            let suffix = instruments.suffix();
            let name = format!("{}-tree-{}{suffix}", make::version(&tree)?, digest(&tree));
            let work = work_of(cache, &name);
            keep(&shelf(cache), cache, &name, progress, |progress| {
                make::kernel(&tree, &work, instruments, progress)
            })
        }
        Source::Debian => {
            tools::check(progress)?;
            let package = source::newest(cache, progress)?;
            let name = package.version.clone() + &instruments.suffix();
            let work = work_of(cache, &name);
            let kept = keep(&shelf(cache), cache, &name, progress, |progress| {
                let tree = source::unpacked(&package, &work, progress)?;
                make::kernel(&tree, &work, instruments, progress)
            })?;
            // A gigabyte and a half, which nobody needs again.
            let _ = fs::remove_dir_all(work);
            Ok(kept)
        }
    }
}

/// Builds the kernel of a tree as it is now, to be tried and built over: whatever
/// version the tree has, only what has changed since is compiled, and the `uml` engine
/// does not take it by itself. Gives its name in the cache, and it.
///
/// # Errors
///
/// As [`build`]; [`UmlError::Build`] and [`UmlError::NotAKernel`] are of the tree.
pub fn of_tree(
    cache: &Cache,
    tree: &Path,
    progress: &mut dyn FnMut(Progress<'_>),
) -> Result<(String, UmlKernel), UmlError> {
    tools::check(progress)?;
    let tree = clean(tree)?;
    let name = format!("tree-{}", digest(&tree));
    let work = work_of(cache, &name);
    keep(&trees(cache), cache, &name, progress, |progress| {
        make::kernel(&tree, &work, Instruments::default(), progress)
    })
}

/// Where kernels are that are tried.
fn trees(cache: &Cache) -> Shelf {
    cache.shelf("uml-trees")
}

/// The tree by its whole path, if it can be built elsewhere: make refuses that where
/// something was built in the tree itself (Makefile, `outputmakefile`).
fn clean(tree: &Path) -> Result<PathBuf, UmlError> {
    let tree = fs::canonicalize(tree).doing(|| format!("reading {}", tree.display()))?;
    let built = [".config", "include/config", "arch/um/include/generated"];
    match built.iter().any(|it| tree.join(it).exists()) {
        true => Err(UmlError::Unclean { tree }),
        false => Ok(tree),
    }
}

/// Removes a kernel from the cache. Whether it was there.
#[must_use]
pub fn remove(cache: &Cache, name: &str) -> bool {
    let shelves = [shelf(cache), trees(cache)];
    let has_it = |shelf: &&Shelf| shelf.entries().iter().any(|it| it == name);
    let Some(shelf) = shelves.iter().find(has_it) else {
        return false;
    };
    shelf.discard(name);
    let _ = fs::remove_dir_all(work_of(cache, name));
    true
}

/// Puts the kernel that `make` makes onto a shelf of the cache.
fn keep(
    shelf: &Shelf,
    cache: &Cache,
    name: &str,
    progress: &mut dyn FnMut(Progress<'_>),
    make: impl FnOnce(&mut dyn FnMut(Progress<'_>)) -> Result<PathBuf, UmlError>,
) -> Result<(String, UmlKernel), UmlError> {
    let guard = shelf.building(name, Deadline::after(WAIT), &mut || {
        progress(Progress::Doing(
            "waiting for another sctp-lab that builds it",
        ));
    })?;
    let made = make(progress)?;
    // That it runs at all is seen before it takes a place.
    UmlKernel::open(cache, &made)?;
    let folder = guard.start()?;
    fs::copy(&made, folder.join(FILE)).doing(|| format!("copying {}", made.display()))?;
    // They are there of a kernel that counts, beside it where it was built.
    counters::keep(&made, folder)?;
    guard.publish()?;
    let kernel = UmlKernel::open(cache, &shelf.entry(name).join(FILE))?;
    Ok((name.to_owned(), kernel))
}

/// Where a kernel is built.
fn work_of(cache: &Cache, name: &str) -> PathBuf {
    cache.root().join("uml-builds").join(name)
}

fn digest(path: &Path) -> String {
    let digest: [u8; 32] = Sha256::digest(path.as_os_str().as_encoded_bytes()).into();
    digest[..4].iter().map(|it| format!("{it:02x}")).collect()
}
