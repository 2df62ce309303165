//! The source of a kernel, from Debian's packages.
//!
//! The kernels of Debian's releases are too old: User Mode Linux of 6.12 and before
//! crashes on new processors. So the source is taken from the backports of Debian's current
//! release, whatever release this machine has. The lab has its own package lists for it,
//! and leaves the system's lists as they are.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use super::super::error::{Doing, UmlError};
use super::make::succeed;
use crate::progress::Progress;
use crate::vm::Cache;
use crate::vm::apt::Apt;

/// A package with a kernel's source.
#[derive(Debug)]
pub(super) struct Package {
    name: String,
    /// Version of the kernel, such as `7.3.4`.
    pub(super) version: String,
    /// apt with the lists that name the package.
    debian: Apt,
}

const SUITE: &str = "stable-backports";

/// The newest version whose User Mode Linux crashes on some processors.
const TOO_OLD: (u32, u32) = (6, 12);

/// Time limit of unpacking the source.
const PATIENCE: Duration = Duration::from_secs(1800);

/// The newest package with a kernel's source, in the archive that this machine's own
/// packages come from.
pub(super) fn newest(
    cache: &Cache,
    progress: &mut dyn FnMut(Progress<'_>),
) -> Result<Package, UmlError> {
    let nowhere = |reason: &str| UmlError::NoSource {
        reason: reason.to_owned(),
        remedy: "name a tree of Linux's source: sctp-lab kernel build --source TREE".to_owned(),
    };
    let apt =
        Apt::find().ok_or_else(|| nowhere("only on Debian can sctp-lab fetch one by itself"))?;
    progress(Progress::Doing("reading what kernels Debian has"));
    let debian = apt
        .of_debian(cache, &[SUITE])?
        .ok_or_else(|| nowhere("this machine's packages do not come from Debian's archive"))?;
    let names = debian.search("^linux-source-[0-9.]+$")?;
    let newest = names
        .iter()
        .filter_map(|name| Some((numbers(name.strip_prefix("linux-source-")?)?, name)))
        .max()
        .filter(|(version, _)| *version > TOO_OLD);
    let Some((_, name)) = newest else {
        return Err(nowhere(
            "no kernel source in Debian's archive is new enough",
        ));
    };
    let records = debian.records(name)?;
    let version = records.first().map(|newest| newest.version.as_str());
    let version = version
        .and_then(|it| it.split('-').next())
        .unwrap_or_default();
    Ok(Package {
        version: version.to_owned(),
        name: name.clone(),
        debian,
    })
}

fn numbers(version: &str) -> Option<(u32, u32)> {
    let (major, minor) = version.split_once('.')?;
    Some((major.parse().ok()?, minor.parse().ok()?))
}

fn exclude(pattern: &str) -> String {
    format!("--exclude={pattern}")
}

/// The tree of a package, in a folder of `work`. The package is fetched and unpacked unless
/// the whole tree is there already.
pub(super) fn unpacked(
    package: &Package,
    work: &Path,
    progress: &mut dyn FnMut(Progress<'_>),
) -> Result<PathBuf, UmlError> {
    let tree = work.join("source");
    if tree.is_dir() {
        return Ok(tree);
    }
    let fetched = work.join("fetched");
    let unfinished = work.join("source.unfinished");
    let doing = || format!("making {}", work.display());
    for folder in [&fetched, &unfinished] {
        let _ = fs::remove_dir_all(folder);
        fs::create_dir_all(folder).doing(doing)?;
    }
    let name = &package.name;
    progress(Progress::Doing(&format!(
        "fetching {name} ({}) from Debian's packages: some 170 MB",
        package.version
    )));
    package.debian.download(name, &fetched)?;
    progress(Progress::Doing("unpacking the source"));
    let file = |ends: &str| -> Result<PathBuf, UmlError> {
        let find = |folder: &Path| {
            let entries = fs::read_dir(folder).into_iter().flatten().flatten();
            let mut paths = entries.map(|entry| entry.path());
            paths.find(|path| path.to_string_lossy().ends_with(ends))
        };
        find(&fetched)
            .or_else(|| find(&fetched.join("usr/src")))
            .ok_or_else(|| UmlError::NoSource {
                reason: format!("{name} holds no {ends}"),
                remedy: "name a tree of Linux's source: --source TREE".to_owned(),
            })
    };
    package.debian.unpack(&file(".deb")?, &fetched)?;
    let mut untar = Command::new("tar");
    untar
        .arg("-xf")
        .arg(file(".tar.xz")?)
        .arg("-C")
        .arg(&unfinished);
    untar.arg("--strip-components=1");
    // The build needs few other folders, but reads the Kconfig files of all of them. So
    // only these are left out.
    untar.args(
        [
            "*/Documentation/*/*",
            "*/tools/testing",
            "*/tools/perf",
            "*/dts",
        ]
        .map(exclude),
    );
    succeed(&mut untar, "unpacking the source", PATIENCE)?;
    let _ = fs::remove_dir_all(&fetched);
    fs::rename(&unfinished, &tree).doing(doing)?;
    Ok(tree)
}
