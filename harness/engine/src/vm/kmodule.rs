//! Kernel modules: their files, their unpacking, and the order of their loading.
//!
//! A package that was only unpacked and not installed has no `modules.dep`. So the
//! dependencies are read from the modules' own `.modinfo` sections.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

use object::{Object, ObjectSection};

use super::error::{Doing, VmError};

/// Every module of one kernel, by name.
#[derive(Debug)]
pub(super) struct ModuleTree {
    files: BTreeMap<String, PathBuf>,
    built_in: BTreeSet<String>,
}

/// An unpacked module.
#[derive(Debug, Clone)]
pub(super) struct Module {
    pub(super) name: String,
    pub(super) path: PathBuf,
    pub(super) object: Vec<u8>,
}

impl ModuleTree {
    /// Reads the tree in `folder`, a `lib/modules/<release>`.
    pub(super) fn read(folder: &Path) -> Result<Self, VmError> {
        let mut files = BTreeMap::new();
        collect(&folder.join("kernel"), &mut files)
            .doing(|| format!("reading the modules in {}", folder.display()))?;
        let built_in = fs::read_to_string(folder.join("modules.builtin")).unwrap_or_default();
        let built_in = built_in
            .lines()
            .filter_map(|line| module_name(Path::new(line)))
            .collect();
        Ok(Self { files, built_in })
    }

    /// The module and all its dependencies, each after its own dependencies. Empty if the
    /// module is built into the kernel, `None` if the kernel does not have it.
    pub(super) fn with_dependencies(&self, name: &str) -> Result<Option<Vec<Module>>, VmError> {
        let mut ordered = Vec::new();
        let found = self.visit(name, &mut BTreeSet::new(), &mut ordered)?;
        Ok(found.then_some(ordered))
    }

    fn visit(
        &self,
        name: &str,
        visited: &mut BTreeSet<String>,
        ordered: &mut Vec<Module>,
    ) -> Result<bool, VmError> {
        if self.built_in.contains(name) || !visited.insert(name.to_owned()) {
            return Ok(true);
        }
        let Some(path) = self.files.get(name) else {
            return Ok(false);
        };
        let bad = |reason: String| VmError::BadModule {
            path: path.clone(),
            reason,
        };
        let object = unpack(path)?;
        for dependency in dependencies(&object).map_err(bad)? {
            if !self.visit(&dependency, visited, ordered)? {
                return Err(bad(format!(
                    "needs module `{dependency}`, which is missing"
                )));
            }
        }
        ordered.push(Module {
            name: name.to_owned(),
            path: path.clone(),
            object,
        });
        Ok(true)
    }
}

fn collect(folder: &Path, files: &mut BTreeMap<String, PathBuf>) -> std::io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let path = entry.path();
        if entry.file_type()?.is_dir() {
            collect(&path, files)?;
        } else if let Some(name) = module_name(&path) {
            files.insert(name, path);
        }
    }
    Ok(())
}

/// The name of a module by its file: `net/sctp/sctp_diag.ko.xz` is `sctp_diag`. To the
/// kernel, `-` and `_` are the same.
fn module_name(path: &Path) -> Option<String> {
    let (name, _compression) = path.file_name()?.to_str()?.split_once(".ko")?;
    Some(name.replace('-', "_"))
}

fn unpack(path: &Path) -> Result<Vec<u8>, VmError> {
    let packed = fs::read(path).doing(|| format!("reading {}", path.display()))?;
    let mut object = Vec::new();
    let unpacked = match path.extension().and_then(|extension| extension.to_str()) {
        Some("ko") => return Ok(packed),
        Some("xz") => lzma_rust2::XzReader::new(packed.as_slice(), true)
            .read_to_end(&mut object)
            .map_err(|error| error.to_string()),
        Some("zst") => ruzstd::decoding::StreamingDecoder::new(packed.as_slice())
            .map_err(|error| error.to_string())
            .and_then(|mut zstd| {
                zstd.read_to_end(&mut object)
                    .map_err(|error| error.to_string())
            }),
        _ => Err("compressed in a way the lab cannot undo".to_owned()),
    };
    match unpacked {
        Ok(_) => Ok(object),
        Err(reason) => Err(VmError::BadModule {
            path: path.to_owned(),
            reason,
        }),
    }
}

/// The names of the modules on which a module depends.
fn dependencies(object: &[u8]) -> Result<Vec<String>, String> {
    let file = object::File::parse(object).map_err(|error| error.to_string())?;
    let section = file
        .section_by_name(".modinfo")
        .ok_or("not a kernel module: it has no .modinfo")?;
    let modinfo = section.data().map_err(|error| error.to_string())?;
    Ok(depends_entry(modinfo))
}

/// The names in the `depends=` entry. `.modinfo` is a row of entries `key=value`, each
/// ended by a zero byte.
fn depends_entry(modinfo: &[u8]) -> Vec<String> {
    let names = modinfo
        .split(|byte| *byte == 0)
        .find_map(|entry| entry.strip_prefix(b"depends="))
        .unwrap_or_default();
    String::from_utf8_lossy(names)
        .split(',')
        .filter(|name| !name.is_empty())
        .map(|name| name.replace('-', "_"))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_as_the_kernel_writes_them() {
        let name = |path| module_name(Path::new(path));
        assert_eq!(name("kernel/net/sctp/sctp.ko").as_deref(), Some("sctp"));
        assert_eq!(
            name("kernel/lib/crc-ccitt.ko.xz").as_deref(),
            Some("crc_ccitt")
        );
        assert_eq!(name("a/sch_netem.ko.zst").as_deref(), Some("sch_netem"));
        assert_eq!(name("modules.order"), None);
    }

    #[test]
    fn dependencies_come_from_modinfo() {
        let modinfo = b"license=GPL\0depends=udp_tunnel,ip6-udp-tunnel,libcrc32c\0name=sctp\0";
        assert_eq!(
            depends_entry(modinfo),
            ["udp_tunnel", "ip6_udp_tunnel", "libcrc32c"]
        );
        assert!(depends_entry(b"depends=\0name=veth\0").is_empty());
        assert!(depends_entry(b"").is_empty());
    }

    #[test]
    fn a_file_that_is_no_module_is_an_error_and_not_a_panic() {
        assert!(dependencies(b"not an ELF file").is_err());
        let this = fs::read(std::env::current_exe().unwrap()).unwrap();
        assert_eq!(
            dependencies(&this).unwrap_err(),
            "not a kernel module: it has no .modinfo"
        );
    }
}
