//! The source of a kernel, from Debian's packages.
//!
//! The kernels of Debian's releases are too old: User Mode Linux of 6.12 and before
//! crashes on new processors. So the source is taken from the backports of the current
//! release, whatever release this machine has, with lists of packages of the lab's own:
//! the system's are left as they are.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use super::super::error::{Doing, UmlError};
use super::make::succeed;
use crate::progress::Progress;
use crate::vm::{Cache, path};

/// A package with a kernel's source.
#[derive(Debug)]
pub(super) struct Package {
    name: String,
    /// Of the kernel: `7.3.4`.
    pub(super) version: String,
}

/// The newest kernel whose User Mode Linux does not run everywhere.
const TOO_OLD: (u32, u32) = (6, 12);

/// What fetching may take over a slow line.
const PATIENCE: Duration = Duration::from_secs(1800);

/// The newest package in the archive that this machine's own packages come from.
pub(super) fn newest(
    cache: &Cache,
    progress: &mut dyn FnMut(Progress<'_>),
) -> Result<Package, UmlError> {
    let nowhere = |reason: &str| UmlError::NoSource {
        reason: reason.to_owned(),
        remedy: "name a tree of Linux's source: sctp-lab kernel build --source TREE".to_owned(),
    };
    if ["apt-get", "apt-cache", "dpkg-deb"]
        .iter()
        .any(|it| path::find(it).is_none())
    {
        return Err(nowhere("only on Debian can sctp-lab fetch one by itself"));
    }
    let archive = archive()?
        .ok_or_else(|| nowhere("this machine's packages do not come from Debian's archive"))?;
    let own = Lists::of(cache, &archive)?;
    progress(Progress::Doing("reading what kernels Debian has"));
    let mut update = own.command("apt-get");
    succeed(
        update.args(["-q", "update"]),
        "reading Debian's lists of packages",
        PATIENCE,
    )?;
    let mut search = own.command("apt-cache");
    search.args(["search", "--names-only", "^linux-source-[0-9.]+$"]);
    let found = succeed(
        &mut search,
        "searching Debian's lists of packages",
        PATIENCE,
    )?;
    let names = found.lines().filter_map(|line| line.split(' ').next());
    let newest = names
        .filter_map(|name| Some((numbers(name.strip_prefix("linux-source-")?)?, name)))
        .max()
        .filter(|(version, _)| *version > TOO_OLD);
    let Some((_, name)) = newest else {
        return Err(nowhere("Debian's archive has none that is new enough"));
    };
    let mut show = own.command("apt-cache");
    show.args(["show", "--no-all-versions", name]);
    let record = succeed(&mut show, "reading Debian's lists of packages", PATIENCE)?;
    let version = record
        .lines()
        .find_map(|line| line.strip_prefix("Version: "));
    let version = version
        .and_then(|it| it.split('-').next())
        .unwrap_or_default();
    Ok(Package {
        name: name.to_owned(),
        version: version.to_owned(),
    })
}

fn numbers(version: &str) -> Option<(u32, u32)> {
    let (major, minor) = version.split_once('.')?;
    Some((major.parse().ok()?, minor.parse().ok()?))
}

/// Where the machine's own packages come from.
fn archive() -> Result<Option<String>, UmlError> {
    let mut targets = Command::new("apt-get");
    targets.args(["indextargets", "--format", "$(ORIGIN) $(LABEL) $(REPO_URI)"]);
    let targets = succeed(&mut targets, "reading where packages come from", PATIENCE)?;
    let of_debian = targets
        .lines()
        .find_map(|line| line.strip_prefix("Debian Debian "));
    Ok(of_debian.map(str::to_owned))
}

/// Lists of packages of the lab's own.
struct Lists(PathBuf);

impl Lists {
    fn of(cache: &Cache, archive: &str) -> Result<Self, UmlError> {
        let folder = cache.root().join("apt");
        let doing = || format!("making {}", folder.display());
        for name in ["lists/partial", "cache/archives/partial"] {
            fs::create_dir_all(folder.join(name)).doing(doing)?;
        }
        let source = format!("deb {archive} stable-backports main\n");
        fs::write(folder.join("sources.list"), source).doing(doing)?;
        Ok(Self(folder))
    }

    fn command(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        let folder = self.0.display();
        command
            .env("DEBIAN_FRONTEND", "noninteractive")
            .env("LC_ALL", "C");
        for option in [
            format!("Dir::Etc::sourcelist={folder}/sources.list"),
            "Dir::Etc::sourceparts=-".to_owned(),
            format!("Dir::State::Lists={folder}/lists"),
            format!("Dir::Cache={folder}/cache"),
        ] {
            command.args(["-o", &option]);
        }
        if nix::unistd::geteuid().is_root() {
            // apt's own user cannot write into the user's cache.
            command.args(["-o", "APT::Sandbox::User=root"]);
        }
        command
    }
}

fn exclude(pattern: &str) -> String {
    format!("--exclude={pattern}")
}

/// The tree of a package, in a folder of `work`. One that is there whole is taken as it
/// is.
pub(super) fn unpacked(
    cache: &Cache,
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
    let own = Lists(cache.root().join("apt"));
    let mut download = own.command("apt-get");
    download
        .args(["-q", "download", name])
        .current_dir(&fetched);
    succeed(&mut download, &format!("fetching {name}"), PATIENCE)?;
    progress(Progress::Doing("unpacking it"));
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
    let mut unpack = Command::new("dpkg-deb");
    unpack.arg("-x").arg(file(".deb")?).arg(&fetched);
    succeed(&mut unpack, "unpacking the package", PATIENCE)?;
    let mut untar = Command::new("tar");
    untar
        .arg("-xf")
        .arg(file(".tar.xz")?)
        .arg("-C")
        .arg(&unfinished);
    untar.arg("--strip-components=1");
    // Much of the rest is not read, but for the Kconfig files in it.
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
