//! A kernel to boot: its image and its modules.

use std::fs;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::cache::Cache;
use super::error::{Doing, VmError};
use super::kmodule::{Module, ModuleTree};
use super::stamp::Stamp;

/// The modules that a kernel must have, since any run may need them.
const REQUIRED: [&str; 4] = ["sctp", "veth", "sch_netem", "sch_tbf"];
/// The modules that are loaded if the kernel has them. Among them are the checksum and the
/// digests that SCTP requests by name. A run can do without them, or the kernel has them
/// built in.
const WELCOME: [&str; 7] = [
    "sctp_diag",
    "af_packet",
    "ipv6",
    "crc32c_generic",
    "hmac",
    "sha1_generic",
    "sha256_generic",
];

/// A kernel that has everything that a run needs.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Kernel {
    image: PathBuf,
    modules_folder: PathBuf,
    release: String,
    /// SHA-256 over the image and the modules.
    digest: [u8; 32],
    /// The stamps of the image and of every module that is used, with their files.
    stamps: Vec<(PathBuf, Stamp)>,
}

impl Kernel {
    /// Checks the kernel image (an x86 bzImage) at `image`.
    ///
    /// `modules` is the folder `lib/modules/<release>` with the kernel's modules, or a
    /// folder above it. Without `modules`, three places are searched: beside the image, as
    /// in an unpacked package (`../lib/modules/<release>`); the system's own
    /// `/lib/modules`; and the image's own folder.
    ///
    /// The result is remembered in `cache` until one of the files changes.
    ///
    /// # Errors
    ///
    /// [`VmError::NotAKernel`], [`VmError::NoModules`],
    /// [`VmError::ModuleMissing`], [`VmError::BadModule`], [`VmError::Io`].
    pub fn open(cache: &Cache, image: &Path, modules: Option<&Path>) -> Result<Self, VmError> {
        let image = image
            .canonicalize()
            .doing(|| format!("opening the kernel {}", image.display()))?;
        let question = format!("{image:?} {modules:?}");
        if let Some(known) = cache.recall::<Self>(&question)
            && known.is_unchanged()
        {
            return Ok(known);
        }
        let kernel = Self::read(image, modules)?;
        cache.remember(&question, &kernel);
        Ok(kernel)
    }

    fn read(image: PathBuf, modules: Option<&Path>) -> Result<Self, VmError> {
        let reading = |path: &Path| format!("reading {}", path.display());
        let bytes = fs::read(&image).doing(|| reading(&image))?;
        let release = release(&bytes).map_err(|reason| VmError::NotAKernel {
            path: image.clone(),
            reason: reason.into(),
        })?;
        let modules_folder = modules_folder(&image, &release, modules)?;
        let modules = wanted_modules(&modules_folder, &release)?;
        let digest = digest(&bytes, &modules);
        let files = modules.iter().map(|module| &module.path).chain([&image]);
        let stamps = files
            .map(|path| Ok((path.clone(), Stamp::of(path).doing(|| reading(path))?)))
            .collect::<Result<_, VmError>>()?;
        Ok(Self {
            image,
            modules_folder,
            release,
            digest,
            stamps,
        })
    }

    fn is_unchanged(&self) -> bool {
        self.stamps
            .iter()
            .all(|(path, stamp)| Stamp::of(path).is_ok_and(|now| now == *stamp))
    }

    /// The release, as `uname -r` prints it in the guest.
    pub fn release(&self) -> &str {
        &self.release
    }

    /// The image's file.
    pub fn image(&self) -> &Path {
        &self.image
    }

    /// The modules in the order in which they must be loaded.
    pub(super) fn modules(&self) -> Result<Vec<Module>, VmError> {
        wanted_modules(&self.modules_folder, &self.release)
    }

    pub(super) fn digest(&self) -> [u8; 32] {
        self.digest
    }
}

/// Reads the release from the boot header (Linux, `Documentation/arch/x86/boot.rst`). At
/// 0x202 is "HdrS". At 0x20e is the offset of the version string, less 0x200. The first
/// word of that string is the release.
fn release(image: &[u8]) -> Result<String, &'static str> {
    const NOT_ONE: &str = "not an x86 kernel image (bzImage)";
    if image.get(0x202..0x206) != Some(b"HdrS") {
        return Err(NOT_ONE);
    }
    let offset = image.get(0x20e..0x210).ok_or(NOT_ONE)?;
    let start = 0x200 + usize::from(u16::from_le_bytes([offset[0], offset[1]]));
    let version = image.get(start..).ok_or(NOT_ONE)?;
    let end = version.iter().take(1024).position(|byte| *byte == 0);
    let version = std::str::from_utf8(&version[..end.ok_or(NOT_ONE)?]).map_err(|_| NOT_ONE)?;
    match version.split_whitespace().next() {
        Some(release) if !release.contains('/') => Ok(release.to_owned()),
        _ => Err("its boot header names no release"),
    }
}

fn modules_folder(image: &Path, release: &str, given: Option<&Path>) -> Result<PathBuf, VmError> {
    let under = |root: &Path| {
        ["lib/modules", "usr/lib/modules"].map(|folder| root.join(folder).join(release))
    };
    let mut searched = Vec::new();
    match given {
        Some(folder) => {
            searched.extend([folder.to_owned(), folder.join(release)]);
            searched.extend(under(folder));
        }
        None => {
            let beside = image.ancestors().skip(1).take(2);
            searched.extend(beside.chain([Path::new("/")]).flat_map(under));
            // Fedora keeps the image among the modules.
            searched.extend(image.parent().map(Path::to_owned));
        }
    }
    match searched
        .iter()
        .find(|folder| folder.join("kernel").is_dir())
    {
        Some(folder) => Ok(folder.clone()),
        None => Err(VmError::NoModules {
            release: release.to_owned(),
            searched,
        }),
    }
}

fn wanted_modules(folder: &Path, release: &str) -> Result<Vec<Module>, VmError> {
    let tree = ModuleTree::read(folder)?;
    let mut wanted: Vec<Module> = Vec::new();
    for name in WELCOME.iter().chain(&REQUIRED) {
        let Some(found) = tree.with_dependencies(name)? else {
            if REQUIRED.contains(name) {
                return Err(VmError::ModuleMissing {
                    release: release.to_owned(),
                    module: (*name).to_owned(),
                });
            }
            continue;
        };
        for module in found {
            if !wanted.iter().any(|known| known.name == module.name) {
                wanted.push(module);
            }
        }
    }
    Ok(wanted)
}

fn digest(image: &[u8], modules: &[Module]) -> [u8; 32] {
    let mut sha = Sha256::new();
    sha.update((image.len() as u64).to_le_bytes());
    sha.update(image);
    for module in modules {
        sha.update((module.object.len() as u64).to_le_bytes());
        sha.update(&module.object);
    }
    sha.finalize().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn image(version: &[u8]) -> Vec<u8> {
        let mut image = vec![0; 0x800];
        image[0x202..0x206].copy_from_slice(b"HdrS");
        image[0x20e..0x210].copy_from_slice(&0x300_u16.to_le_bytes());
        image[0x500..0x500 + version.len()].copy_from_slice(version);
        image
    }

    #[test]
    fn the_release_is_in_the_boot_header() {
        let image = image(b"6.1.0-41-cloud-amd64 (debian-kernel@lists.debian.org) #1 SMP\0");
        assert_eq!(release(&image).unwrap(), "6.1.0-41-cloud-amd64");
    }

    #[test]
    fn what_is_no_kernel_is_refused() {
        assert!(release(b"").is_err());
        assert!(release(&[0; 0x1000]).is_err());
        assert!(release(&image(b"")[..0x206]).is_err());
        assert!(release(&image(b"")).is_err());
        assert!(release(&image(b"../../etc\0")).is_err());
        let mut beyond = image(b"6.1\0");
        beyond[0x20e..0x210].copy_from_slice(&u16::MAX.to_le_bytes());
        assert!(release(&beyond).is_err());
    }

    #[test]
    fn modules_are_looked_for_beside_the_image_first() {
        let error = modules_folder(Path::new("/k/boot/vmlinuz"), "0.0-none", None).unwrap_err();
        let VmError::NoModules { searched, .. } = error else {
            panic!("{error}");
        };
        assert_eq!(
            searched[0],
            Path::new("/k/boot/lib/modules/0.0-none"),
            "{searched:?}"
        );
        assert_eq!(searched[2], Path::new("/k/lib/modules/0.0-none"));
        assert_eq!(searched[4], Path::new("/lib/modules/0.0-none"));
    }
}
