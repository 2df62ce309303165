//! Finds QEMU and a kernel with SCTP, or gets them.
//!
//! On Debian and Ubuntu, QEMU is installed from the system's packages, which takes root.
//! The kernel is a package of the same archive, but is only unpacked into the user's
//! cache: that changes nothing of the system and takes no root.

use std::cmp::Ordering;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::apt::Apt;
use super::cache::{Cache, Shelf};
use super::deadline::Deadline;
use super::error::{Doing, VmError};
use super::kernel::Kernel;
use super::path;
use super::qemu::{PROGRAM, Qemu};
use crate::Progress;

const QEMU_PACKAGE: &str = "qemu-system-x86";

/// The metapackages of the distribution's current kernel, the smallest kernel first:
/// Debian's for clouds, Ubuntu's, Debian's for any machine.
const KERNEL_PACKAGES: [&str; 3] = [
    "linux-image-cloud-amd64",
    "linux-image-generic",
    "linux-image-amd64",
];

/// Finds or gets what the `vm` engine needs, and reports each action.
pub struct Provision<'a> {
    cache: &'a Cache,
    progress: &'a mut dyn FnMut(Progress<'_>),
    limit: Option<Duration>,
}

/// Time limit of the wait for another sctp-lab that is fetching the same package.
pub(super) const WAIT: Duration = Duration::from_secs(3600);

impl<'a> Provision<'a> {
    /// `progress` is told of every action that takes longer than a moment.
    pub fn new(cache: &'a Cache, progress: &'a mut dyn FnMut(Progress<'_>)) -> Self {
        Self {
            cache,
            progress,
            limit: None,
        }
    }

    /// Sets the time limit of each phase. `None` keeps the default, which is far beyond
    /// the need of any phase.
    #[must_use]
    pub fn within(self, limit: Option<Duration>) -> Self {
        Self { limit, ..self }
    }

    fn waiting(&self) -> Deadline {
        Deadline::after(self.limit.unwrap_or(WAIT))
    }

    /// Finds QEMU; if it is missing, installs it where this process may.
    ///
    /// # Errors
    ///
    /// [`VmError::NoQemu`] with the command that mends it, [`VmError::PackageManager`],
    /// [`VmError::Stuck`] if another process is installing QEMU, [`VmError::Io`].
    pub fn qemu(&mut self) -> Result<Qemu, VmError> {
        if let Some(qemu) = Qemu::find() {
            return Ok(qemu.within(self.limit));
        }
        let missing = |reason: &str| VmError::NoQemu {
            reason: reason.into(),
            remedy: qemu_remedy(),
        };
        let apt = Apt::find().ok_or_else(|| {
            missing("only on Debian and Ubuntu can sctp-lab install it by itself")
        })?;
        let apt = apt.within(self.limit);
        if !apt.is_root() {
            return Err(missing("installing it takes root"));
        }
        let shelf = self.cache.shelf("packages");
        let _alone = shelf.building(QEMU_PACKAGE, self.waiting(), &mut || {
            (self.progress)(Progress::Doing(
                "waiting for another sctp-lab that is installing qemu",
            ));
        })?;
        if let Some(qemu) = Qemu::find() {
            return Ok(qemu.within(self.limit)); // by the process that was waited for
        }
        (self.progress)(Progress::Doing(&format!(
            "installing {QEMU_PACKAGE} from the system's packages: the vm engine needs it"
        )));
        self.with_fresh_lists(&apt, |apt| apt.install(QEMU_PACKAGE))?;
        let found = Qemu::find().map(|qemu| qemu.within(self.limit));
        found.ok_or_else(|| missing(&format!("{QEMU_PACKAGE} brought no {PROGRAM}")))
    }

    /// Gives the newest kernel in the cache. If the cache has none, the distribution's
    /// current kernel is fetched. If it cannot be fetched, an installed kernel is taken.
    ///
    /// # Errors
    ///
    /// If no installed kernel can be used either, the reason why none was fetched:
    /// [`VmError::NoKernel`] with the command that mends it, [`VmError::PackageManager`],
    /// [`VmError::Stuck`] if another process is fetching the kernel, [`VmError::Io`], or
    /// an error of [`Kernel::open`] for a package that holds no usable kernel.
    pub fn kernel(&mut self) -> Result<Kernel, VmError> {
        if let Some(kernel) = cached_kernel(self.cache) {
            return Ok(kernel);
        }
        for damaged in self.cache.shelf("kernels").entries() {
            (self.progress)(Progress::Noted(&format!(
                "{damaged} in {} cannot be used any more: fetching a kernel again",
                self.cache.root().display()
            )));
        }
        let fetched = match Apt::find() {
            Some(apt) => {
                let apt = apt.within(self.limit);
                for_guest(apt, self.cache).and_then(|apt| self.fetch_kernel(&apt))
            }
            None => Err(VmError::NoKernel {
                reason: "only on Debian and Ubuntu can sctp-lab fetch one by itself".into(),
                remedy: kernel_remedy(),
            }),
        };
        fetched.or_else(|error| installed_kernel(self.cache).ok_or(error))
    }

    fn fetch_kernel(&mut self, apt: &Apt) -> Result<Kernel, VmError> {
        let shelf = self.cache.shelf("kernels");
        let packages = match kernel_packages(apt)? {
            Some(packages) => packages,
            None if apt.is_root() => {
                self.update(apt)?;
                kernel_packages(apt)?.ok_or_else(no_kernel_package)?
            }
            None => return Err(no_kernel_package()),
        };
        let name = packages[0].clone();
        let guard = shelf.building(&name, self.waiting(), &mut || {
            (self.progress)(Progress::Doing(
                "waiting for another sctp-lab that is fetching a kernel",
            ));
        })?;
        if let Some(kernel) = kernel_in(self.cache, &shelf.entry(&name)) {
            return Ok(kernel); // by the process that was waited for
        }
        (self.progress)(Progress::Doing(&format!(
            "fetching {name} from the system's packages into {}: the guest's kernel, with SCTP",
            self.cache.root().display()
        )));
        let folder = guard.start()?;
        self.with_fresh_lists(apt, |apt| {
            packages
                .iter()
                .try_for_each(|package| apt.download(package, folder))
        })?;
        (self.progress)(Progress::Doing("unpacking the kernel"));
        unpack(apt, folder, self.cache, &name, kernel_remedy)?;
        guard.publish()?;
        for other in shelf.entries() {
            if kernel_in(self.cache, &shelf.entry(&other)).is_none() {
                shelf.discard(&other);
            }
        }
        kernel_in(self.cache, &shelf.entry(&name)).ok_or_else(|| VmError::NoKernel {
            reason: format!("{name} cannot be read back from the cache"),
            remedy: kernel_remedy(),
        })
    }

    /// Packages come and go in the archive. Work that fails with old lists is tried once
    /// more with new lists, if this process is root and may update them.
    fn with_fresh_lists(
        &mut self,
        apt: &Apt,
        work: impl Fn(&Apt) -> Result<(), VmError>,
    ) -> Result<(), VmError> {
        match work(apt) {
            Err(VmError::PackageManager { .. }) if apt.is_root() => {
                self.update(apt)?;
                work(apt)
            }
            done => done,
        }
    }

    fn update(&mut self, apt: &Apt) -> Result<(), VmError> {
        (self.progress)(Progress::Doing("updating the system's package lists"));
        apt.update()
    }
}

/// apt with lists of packages for the guest, which is an x86-64 machine. If this machine is
/// one, too, the lists are the system's own; otherwise they are the lab's own lists of
/// Debian's current release.
fn for_guest(apt: Apt, cache: &Cache) -> Result<Apt, VmError> {
    if cfg!(target_arch = "x86_64") {
        return Ok(apt);
    }
    let debian = apt.of_debian(cache, &["stable"])?;
    debian.ok_or_else(|| VmError::NoKernel {
        reason: "the guest is an x86-64 machine, and only on Debian can sctp-lab fetch a kernel \
                 for it by itself"
            .into(),
        remedy: "name an x86-64 kernel that has SCTP, and its modules beside it: --kernel PATH"
            .into(),
    })
}

/// The newest usable kernel in the cache.
pub(super) fn cached_kernel(cache: &Cache) -> Option<Kernel> {
    let shelf: Shelf = cache.shelf("kernels");
    let mut names = shelf.entries();
    names.sort_by(|one, other| by_version(one, other));
    let newest_first = names.iter().rev();
    newest_first
        .filter_map(|name| kernel_in(cache, &shelf.entry(name)))
        .next()
}

/// The newest installed kernel that has SCTP and that this user can read.
pub(super) fn installed_kernel(cache: &Cache) -> Option<Kernel> {
    let files = |folder: &str| fs::read_dir(folder).into_iter().flatten().flatten();
    let mut images: Vec<PathBuf> = files("/boot")
        .map(|entry| entry.path())
        .filter(|path| file_name(path).starts_with("vmlinuz-"))
        .chain(files("/lib/modules").map(|entry| entry.path().join("vmlinuz")))
        .collect();
    images.sort_by(|one, other| by_version(&one.to_string_lossy(), &other.to_string_lossy()));
    let newest_first = images.iter().rev();
    newest_first
        .filter_map(|image| Kernel::open(cache, image, None).ok())
        .next()
}

/// The packages of the distribution's current kernel; the one with the image comes first.
/// `None` if the lists name no kernel.
fn kernel_packages(apt: &Apt) -> Result<Option<Vec<String>>, VmError> {
    for package in KERNEL_PACKAGES {
        let named = apt.dependencies(package)?.unwrap_or_default();
        let packages = parts_of_kernel(apt, named)?;
        if !packages.is_empty() {
            return Ok(Some(packages));
        }
    }
    Ok(None)
}

/// The parts of a kernel among these packages and their dependencies. Sorting puts the
/// package with the image first (`binary` or `image` before `modules`); that package gives
/// the kernel's entry in the cache its name.
pub(super) fn parts_of_kernel(apt: &Apt, named: Vec<String>) -> Result<Vec<String>, VmError> {
    let (mut packages, mut unseen) = (Vec::new(), named);
    while let Some(name) = unseen.pop() {
        if is_part_of_kernel(&name) && !packages.contains(&name) {
            unseen.extend(apt.dependencies(&name)?.unwrap_or_default());
            packages.push(name);
        }
    }
    packages.sort();
    Ok(packages)
}

/// Whether a package is a part of a kernel of one version, by its name, such as
/// `linux-image-6.1.0-41-cloud-amd64` or `linux-modules-extra-6.8.0-90-generic`.
pub(super) fn is_part_of_kernel(package: &str) -> bool {
    ["image", "modules-extra", "modules", "binary"]
        .iter()
        .filter_map(|part| package.strip_prefix(&format!("linux-{part}-")))
        .any(|rest| rest.starts_with(|first: char| first.is_ascii_digit()))
}

/// Unpacks the packages of a kernel that were fetched into `folder`, and checks that the
/// engine can run this kernel.
pub(super) fn unpack(
    apt: &Apt,
    folder: &Path,
    cache: &Cache,
    name: &str,
    remedy: impl FnOnce() -> String,
) -> Result<(), VmError> {
    unpack_all(apt, folder)?;
    let image = image_in(folder).ok_or_else(|| VmError::NoKernel {
        reason: format!("{name} holds no kernel image"),
        remedy: remedy(),
    })?;
    Kernel::open(cache, &image, None).map(drop)
}

fn unpack_all(apt: &Apt, folder: &Path) -> Result<(), VmError> {
    let doing = || format!("unpacking into {}", folder.display());
    for entry in fs::read_dir(folder).doing(doing)? {
        let file = entry.doing(doing)?.path();
        if file.extension().is_some_and(|extension| extension == "deb") {
            apt.unpack(&file, folder)?;
            fs::remove_file(&file).doing(doing)?;
        }
    }
    Ok(())
}

pub(super) fn kernel_in(cache: &Cache, folder: &Path) -> Option<Kernel> {
    Kernel::open(cache, &image_in(folder)?, None).ok()
}

/// The image in an unpacked package: in `boot`, or among the modules, where newer releases
/// of Debian have it.
fn image_in(folder: &Path) -> Option<PathBuf> {
    let inside = |folder: PathBuf| {
        let entries = fs::read_dir(folder).into_iter().flatten().flatten();
        entries.map(|entry| entry.path())
    };
    let among_modules = ["usr/lib/modules", "lib/modules"].into_iter();
    let among_modules = among_modules.flat_map(|modules| inside(folder.join(modules)));
    inside(folder.join("boot"))
        .filter(|path| file_name(path).starts_with("vmlinuz-"))
        .chain(among_modules.map(|release| release.join("vmlinuz")))
        .find(|path| path.is_file())
}

fn file_name(path: &Path) -> String {
    let name = path.file_name().unwrap_or_default();
    name.to_string_lossy().into_owned()
}

fn no_kernel_package() -> VmError {
    VmError::NoKernel {
        reason: "the system's package lists name none".into(),
        remedy: "sudo apt-get update".into(),
    }
}

/// The command that installs QEMU with this machine's package manager.
pub(super) fn qemu_remedy() -> String {
    const COMMANDS: [(&str, &str); 5] = [
        (
            "apt-get",
            "sudo apt-get update && sudo apt-get install --no-install-recommends qemu-system-x86",
        ),
        ("dnf", "sudo dnf install qemu-system-x86-core"),
        ("pacman", "sudo pacman -S qemu-system-x86"),
        ("zypper", "sudo zypper install qemu-x86"),
        ("apk", "sudo apk add qemu-system-x86_64"),
    ];
    COMMANDS
        .iter()
        .find(|(program, _)| path::find(program).is_some())
        .map_or_else(
            || format!("install QEMU, so that {PROGRAM} is on PATH"),
            |(_, command)| (*command).to_owned(),
        )
}

/// The command or the option that gives the engine a kernel for the guest.
pub(super) fn kernel_remedy() -> String {
    if path::find("apt-get").is_some() {
        "sudo apt-get update".into()
    } else if path::find("dnf").is_some() {
        "sudo dnf install kernel-core kernel-modules-extra".into()
    } else {
        "name a kernel that has SCTP, and its modules beside it: --kernel PATH".into()
    }
}

/// Orders versions: a run of digits counts as a number, so that `6.9` comes before `6.12`.
pub(super) fn by_version(one: &str, other: &str) -> Ordering {
    fn parts(text: &str) -> Vec<(u64, &str)> {
        text.split_inclusive(|letter: char| !letter.is_ascii_digit())
            .map(|part| {
                let digits = part.trim_end_matches(|letter: char| !letter.is_ascii_digit());
                (digits.parse().unwrap_or(0), &part[digits.len()..])
            })
            .collect()
    }
    parts(one).cmp(&parts(other))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn newer_kernels_sort_last() {
        let mut names = [
            "linux-image-6.12.9-amd64",
            "linux-image-6.9.12-amd64",
            "linux-image-6.9.2-amd64",
        ];
        names.sort_by(|one, other| by_version(one, other));
        assert_eq!(
            names,
            [
                "linux-image-6.9.2-amd64",
                "linux-image-6.9.12-amd64",
                "linux-image-6.12.9-amd64"
            ]
        );
    }

    #[test]
    fn an_image_is_found_in_boot_and_among_the_modules() -> std::io::Result<()> {
        for place in ["boot/vmlinuz-6.1", "usr/lib/modules/7.2/vmlinuz"] {
            let folder = tempfile::tempdir()?;
            assert_eq!(image_in(folder.path()), None);
            let image = folder.path().join(place);
            fs::create_dir_all(image.parent().expect("it is in a folder"))?;
            fs::write(&image, "")?;
            assert_eq!(image_in(folder.path()), Some(image));
        }
        Ok(())
    }

    #[test]
    fn only_a_kernels_own_packages_are_fetched() {
        for package in [
            "linux-image-6.1.0-41-cloud-amd64",
            "linux-modules-6.8.0-90-generic",
            "linux-modules-extra-6.8.0-90-generic",
        ] {
            assert!(is_part_of_kernel(package), "{package}");
        }
        for package in [
            "linux-base",
            "linux-firmware",
            "linux-image-generic",
            "kmod",
        ] {
            assert!(!is_part_of_kernel(package), "{package}");
        }
    }
}
