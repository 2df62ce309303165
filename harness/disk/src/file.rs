//! Replaces a file: the new content is written beside the old file first.

use std::fs::{self, File, OpenOptions, Permissions};
use std::io::{self, Write};
use std::os::unix::fs::{MetadataExt, OpenOptionsExt, PermissionsExt, fchown};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use super::beside::{PART, TRIES, claim, is_at, make_beside, remnants};
use super::{parent, sync_folder};

/// A file that is being written. A draft that is dropped unfinished is removed, and the old
/// file stays.
///
/// A device or a named pipe cannot be replaced, and is written to directly.
#[derive(Debug)]
pub struct FileDraft(Kind);

#[derive(Debug)]
enum Kind {
    Beside {
        draft: NamedTempFile,
        target: PathBuf,
    },
    Direct(File),
}

/// Writes a whole file, or leaves the old one as it was.
///
/// # Errors
///
/// Errors of the file system.
pub fn replace(path: &Path, content: &[u8]) -> io::Result<()> {
    let mut draft = FileDraft::begin(path)?;
    draft.file().write_all(content)?;
    if let Kind::Beside { target, .. } = &draft.0 {
        clear(target);
    }
    draft.finish()
}

/// Removes the drafts of a file that a crash has left. The content of a file of [`replace`]
/// can be made again.
fn clear(target: &Path) {
    for path in remnants(target).unwrap_or_default() {
        if let Ok(left) = File::open(&path)
            && left.metadata().is_ok_and(|it| it.is_file())
            && left.try_lock().is_ok()
            && is_at(&left, &path)
        {
            let _ = fs::remove_file(&path);
        }
    }
}

fn new_file(target: &Path, mode: u32) -> io::Result<NamedTempFile> {
    for _ in 0..TRIES {
        let draft = make_beside(target, PART, |path| {
            let mut options = OpenOptions::new();
            options.write(true).create_new(true).mode(mode).open(path)
        })?;
        if claim(draft.as_file(), draft.path()) {
            return Ok(draft);
        }
    }
    Err(io::ErrorKind::ResourceBusy.into())
}

impl FileDraft {
    /// Begins a file. A symbolic link is followed.
    ///
    /// # Errors
    ///
    /// Errors of the file system: a folder with that name, a file or folder without write
    /// permission, a dangling link.
    pub fn begin(path: &Path) -> io::Result<Self> {
        let (target, old) = match fs::metadata(path) {
            Ok(there) if there.is_dir() => return Err(io::ErrorKind::IsADirectory.into()),
            Ok(there) if there.is_file() => {
                // A file without write permission is not replaced either.
                OpenOptions::new().write(true).open(path)?;
                (fs::canonicalize(path)?, Some(there))
            }
            Ok(_) => {
                let device = OpenOptions::new().write(true).open(path)?;
                return Ok(Self(Kind::Direct(device)));
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound && !path.is_symlink() => {
                (path.to_owned(), None)
            }
            Err(error) => return Err(error),
        };
        let mode = old.as_ref().map_or(0o666, |old| old.mode() & 0o777);
        let draft = new_file(&target, mode)?;
        if let Some(old) = old {
            // The new file keeps the old owner, where that is allowed.
            let _ = fchown(draft.as_file(), Some(old.uid()), Some(old.gid()));
            draft
                .as_file()
                .set_permissions(Permissions::from_mode(mode))?;
        }
        Ok(Self(Kind::Beside { draft, target }))
    }

    /// The file to write to.
    pub fn file(&mut self) -> &mut File {
        match &mut self.0 {
            Kind::Beside { draft, .. } => draft.as_file_mut(),
            Kind::Direct(file) => file,
        }
    }

    /// Gives the file its name.
    ///
    /// # Errors
    ///
    /// Errors of the file system. The draft is removed in that case.
    pub fn finish(self) -> io::Result<()> {
        let Kind::Beside { draft, target } = self.0 else {
            return Ok(());
        };
        draft.as_file().sync_all()?;
        draft.persist(&target).map_err(|failed| failed.error)?;
        sync_folder(parent(&target))
    }

    /// Keeps the incomplete file beside its target, and returns its path; `None` for a device
    /// or a named pipe.
    ///
    /// # Errors
    ///
    /// Errors of the file system.
    pub fn leave(self) -> io::Result<Option<PathBuf>> {
        match self.0 {
            Kind::Beside { draft, .. } => {
                let (_, path) = draft.keep().map_err(|failed| failed.error)?;
                Ok(Some(path))
            }
            Kind::Direct(_) => Ok(None),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::symlink;

    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).unwrap();
        let mut names: Vec<_> = entries
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn a_file_is_replaced_whole_and_keeps_its_mode() {
        let scratch = tempfile::tempdir().unwrap();
        let path = scratch.path().join("report.html");
        fs::write(&path, "old").unwrap();
        fs::set_permissions(&path, Permissions::from_mode(0o640)).unwrap();
        replace(&path, b"new").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"new");
        assert_eq!(fs::metadata(&path).unwrap().mode() & 0o777, 0o640);
        assert_eq!(names(scratch.path()), ["report.html"]);
    }

    #[test]
    fn a_draft_that_comes_to_nothing_leaves_the_old_file() {
        let scratch = tempfile::tempdir().unwrap();
        let path = scratch.path().join("a");
        fs::write(&path, "old").unwrap();
        let mut draft = FileDraft::begin(&path).unwrap();
        draft.file().write_all(b"ne").unwrap();
        drop(draft);
        assert_eq!(fs::read(&path).unwrap(), b"old");
        assert_eq!(names(scratch.path()), ["a"]);
        let mut draft = FileDraft::begin(&path).unwrap();
        draft.file().write_all(b"ne").unwrap();
        let beside = draft.leave().unwrap().unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"old");
        assert_eq!(fs::read(&beside).unwrap(), b"ne");
        assert!(beside.to_string_lossy().ends_with(".part"));
    }

    #[test]
    fn what_a_crash_has_left_is_told_from_a_draft_in_use() {
        let scratch = tempfile::tempdir().unwrap();
        let path = scratch.path().join("report.html");
        let mut in_use = FileDraft::begin(&path).unwrap();
        in_use.file().write_all(b"mine").unwrap();
        fs::write(scratch.path().join("report.html.abc123.part"), "half").unwrap();
        fs::write(scratch.path().join("report.html.part"), "precious").unwrap();
        replace(&path, b"new").unwrap();
        assert_eq!(names(scratch.path()).len(), 3);
        in_use.finish().unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"mine");
        assert_eq!(names(scratch.path()), ["report.html", "report.html.part"]);
    }

    #[test]
    fn a_link_goes_on_leading_to_the_file() {
        let scratch = tempfile::tempdir().unwrap();
        let (file, link) = (scratch.path().join("file"), scratch.path().join("link"));
        fs::write(&file, "old").unwrap();
        symlink(&file, &link).unwrap();
        replace(&link, b"new").unwrap();
        assert!(link.is_symlink());
        assert_eq!(fs::read(&file).unwrap(), b"new");
        fs::remove_file(&file).unwrap();
        let error = replace(&link, b"new").unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::NotFound);
    }

    #[test]
    fn errors_are_the_operating_systems_own() {
        let error = replace(Path::new("/no/such/folder/x"), b"").unwrap_err();
        assert_eq!(error.raw_os_error(), Some(2));
        assert_eq!(error.to_string(), "No such file or directory (os error 2)");
    }

    #[test]
    fn what_is_no_file_is_not_replaced() {
        let scratch = tempfile::tempdir().unwrap();
        let error = replace(scratch.path(), b"new").unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::IsADirectory);
        let full = replace(Path::new("/dev/full"), b"new").unwrap_err();
        assert_eq!(full.kind(), io::ErrorKind::StorageFull);
        replace(Path::new("/dev/null"), b"new").unwrap();
    }
}
