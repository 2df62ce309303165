//! The compiler's notes of a kernel with execution counters, which map counters to lines.

use std::fs;
use std::path::Path;

use super::super::error::{Doing, UmlError};

/// Name of the folder with these notes, beside the kernel.
pub(in crate::uml) const FOLDER: &str = "counters";

/// Copies the notes into the kernel's entry of the cache. The notes of the kernel `made`
/// are where it was built, or beside a kernel that was finished before.
pub(super) fn keep(made: &Path, entry: &Path) -> Result<(), UmlError> {
    let beside = made.parent().unwrap_or(Path::new("."));
    let places = [beside.join("net/sctp"), beside.join(FOLDER)];
    let kept = entry.join(FOLDER);
    for place in places {
        for file in fs::read_dir(&place).into_iter().flatten().flatten() {
            let path = file.path();
            if path.extension().is_some_and(|it| it == "gcno") {
                let doing = || format!("copying {}", path.display());
                fs::create_dir_all(&kept).doing(doing)?;
                fs::copy(&path, kept.join(file.file_name())).doing(doing)?;
            }
        }
    }
    Ok(())
}
