//! The stock kernels of Debian's releases, which a user may name instead of the kernel
//! that the `vm` engine chooses.

use std::path::PathBuf;

use super::apt::Apt;
use super::cache::{Cache, Discarded};
use super::deadline::Deadline;
use super::error::VmError;
use super::provision::{WAIT, by_version, is_part_of_kernel, kernel_in, parts_of_kernel, unpack};
use crate::Progress;

/// Debian's suites that have a kernel: the release before the current one, the current
/// release, the backports to both, and the next release.
const SUITES: [&str; 5] = [
    "oldstable",
    "oldstable-backports",
    "stable",
    "stable-backports",
    "testing",
];

/// The metapackage of a suite's kernel for clouds, the smallest kernel that has SCTP.
const PACKAGE: &str = "linux-image-cloud-amd64";

const SHELF: &str = "stock";

const REMEDY: &str = "name kernels by their paths: --kernel PATH";

/// A stock kernel in the cache.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stock {
    /// Name of the kernel's package.
    pub name: String,
    /// The kernel's image; `None` if the kernel in the cache is damaged.
    pub image: Option<PathBuf>,
}

/// The stock kernels in the cache, the oldest first.
#[must_use]
pub fn stock(cache: &Cache) -> Vec<Stock> {
    let shelf = cache.shelf(SHELF);
    let mut names = shelf.entries();
    names.sort_by(|one, other| by_version(one, other));
    let opened = names.into_iter().map(|name| {
        let kernel = kernel_in(cache, &shelf.entry(&name));
        let image = kernel.map(|kernel| kernel.image().to_owned());
        Stock { name, image }
    });
    opened.collect()
}

/// Fetches the newest kernel of each of Debian's suites that is not in the cache yet.
///
/// # Errors
///
/// [`VmError::NoKernel`] if the machine's packages are not Debian's;
/// [`VmError::PackageManager`]; [`VmError::Stuck`] if another process holds the cache;
/// [`VmError::Io`]; the errors of [`Kernel::open`](super::Kernel::open) for a package that
/// holds no usable kernel.
pub fn fetch(cache: &Cache, progress: &mut dyn FnMut(Progress<'_>)) -> Result<Vec<Stock>, VmError> {
    let nowhere = || VmError::NoKernel {
        reason: "stock kernels come from Debian's archive, which this machine's packages do not \
                 come from"
            .into(),
        remedy: REMEDY.into(),
    };
    let apt = Apt::find().ok_or_else(nowhere)?;
    progress(Progress::Doing("reading what kernels Debian has"));
    let debian = apt.of_debian(cache, &SUITES)?.ok_or_else(nowhere)?;
    let records = debian.records(PACKAGE)?;
    let mut images: Vec<String> = records.into_iter().flat_map(|it| it.depends).collect();
    images.retain(|name| is_part_of_kernel(name));
    images.sort_by(|one, other| by_version(one, other));
    images.dedup();
    for image in &images {
        one(cache, &debian, image, progress)?;
    }
    Ok(stock(cache))
}

fn one(
    cache: &Cache,
    debian: &Apt,
    name: &str,
    progress: &mut dyn FnMut(Progress<'_>),
) -> Result<(), VmError> {
    let shelf = cache.shelf(SHELF);
    let guard = shelf.building(name, Deadline::after(WAIT), &mut || {
        progress(Progress::Doing(
            "waiting for another sctp-lab that is fetching a kernel",
        ));
    })?;
    if kernel_in(cache, &shelf.entry(name)).is_some() {
        return Ok(());
    }
    progress(Progress::Doing(&format!(
        "fetching {name} from Debian's packages into {}",
        cache.root().display()
    )));
    let folder = guard.start()?;
    for part in parts_of_kernel(debian, vec![name.to_owned()])? {
        debian.download(&part, folder)?;
    }
    unpack(debian, folder, cache, name, || REMEDY.into())?;
    guard.publish()
}

/// Removes a stock kernel from the cache, unless another process is using it.
pub fn remove_stock(cache: &Cache, name: &str) -> Discarded {
    let shelf = cache.shelf(SHELF);
    match shelf.entries().iter().any(|it| it == name) {
        true => shelf.discard(name),
        false => Discarded::NotThere,
    }
}
