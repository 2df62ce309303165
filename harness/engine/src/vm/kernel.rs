//! A kernel to boot: its image and its modules.

use std::fs;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use super::error::{Doing, VmError};
use super::kmodule::{Module, ModuleTree};

/// Modules every run may need.
const REQUIRED: [&str; 4] = ["sctp", "veth", "sch_netem", "sch_tbf"];
/// Modules a run can do without: `/proc`-like views, and what some kernels
/// build as modules that SCTP asks for by name.
const WELCOME: [&str; 7] = [
    "sctp_diag",
    "af_packet",
    "ipv6",
    "crc32c_generic",
    "hmac",
    "sha1_generic",
    "sha256_generic",
];

/// A kernel image with the modules a run needs, read and checked.
#[derive(Debug, Clone)]
pub struct Kernel {
    image: PathBuf,
    release: String,
    modules: Vec<Module>,
    digest: [u8; 32],
}

impl Kernel {
    /// Reads the kernel image (an x86 bzImage) at `image`.
    ///
    /// Its modules are in `modules` (a `lib/modules/<release>` folder), or, if
    /// that is `None`, beside the image as in an unpacked package
    /// (`../lib/modules/<release>`), or in the system's own `/lib/modules`.
    ///
    /// # Errors
    ///
    /// [`VmError::NotAKernel`], [`VmError::NoModules`],
    /// [`VmError::ModuleMissing`], [`VmError::BadModule`], [`VmError::Io`].
    pub fn open(image: &Path, modules: Option<&Path>) -> Result<Self, VmError> {
        let image = image
            .canonicalize()
            .doing(|| format!("opening the kernel {}", image.display()))?;
        let bytes = fs::read(&image).doing(|| format!("reading {}", image.display()))?;
        let release = release(&bytes).map_err(|reason| VmError::NotAKernel {
            path: image.clone(),
            reason: reason.into(),
        })?;
        let folder = modules_folder(&image, &release, modules)?;
        let modules = wanted_modules(&ModuleTree::read(&folder)?, &release)?;
        let digest = digest(&bytes, &modules);
        Ok(Self {
            image,
            release,
            modules,
            digest,
        })
    }

    /// What `uname -r` says in it.
    pub fn release(&self) -> &str {
        &self.release
    }

    /// The image's file.
    pub fn image(&self) -> &Path {
        &self.image
    }

    /// In the order they must be loaded in.
    pub(super) fn modules(&self) -> &[Module] {
        &self.modules
    }

    /// SHA-256 over the image and the modules.
    pub(super) fn digest(&self) -> [u8; 32] {
        self.digest
    }
}

/// Reads the release out of the boot header (Linux,
/// `Documentation/arch/x86/boot.rst`): "HdrS" at 0x202, and at 0x20e where, less
/// 0x200, the version string begins; its first word is the release.
fn release(image: &[u8]) -> Result<String, &'static str> {
    const NOT_ONE: &str = "not an x86 kernel image (bzImage)";
    if image.get(0x202..0x206) != Some(b"HdrS") {
        return Err(NOT_ONE);
    }
    let start = 0x200 + usize::from(u16::from_le_bytes([image[0x20e], image[0x20f]]));
    let version = image.get(start..).ok_or(NOT_ONE)?;
    let end = version.iter().take(1024).position(|byte| *byte == 0);
    let version = std::str::from_utf8(&version[..end.ok_or(NOT_ONE)?]).map_err(|_| NOT_ONE)?;
    match version.split_whitespace().next() {
        Some(release) if !release.contains('/') => Ok(release.to_owned()),
        _ => Err("its boot header names no release"),
    }
}

fn modules_folder(image: &Path, release: &str, given: Option<&Path>) -> Result<PathBuf, VmError> {
    let relative = Path::new("lib/modules").join(release);
    let searched = match given {
        Some(folder) => vec![
            folder.to_owned(),
            folder.join(&relative),
            folder.join(release),
        ],
        None => {
            let beside = image.ancestors().skip(1).take(2);
            let system = Path::new("/");
            beside
                .chain([system])
                .map(|root| root.join(&relative))
                .collect()
        }
    };
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

fn wanted_modules(tree: &ModuleTree, release: &str) -> Result<Vec<Module>, VmError> {
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
            searched,
            ["/k/boot", "/k", "/"].map(|root| Path::new(root).join("lib/modules/0.0-none"))
        );
    }
}
