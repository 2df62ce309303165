//! A folder that is read while another may take its name.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use rustix::fs::{Mode, OFlags, openat};

use super::beside::same;

/// A folder that is open. What is read of it is of this one folder, whatever takes
/// its name meanwhile.
#[derive(Debug)]
pub struct OpenFolder {
    path: PathBuf,
    folder: File,
}

impl OpenFolder {
    /// Opens a folder.
    ///
    /// # Errors
    ///
    /// Those of the file system.
    pub fn open(path: &Path) -> io::Result<Self> {
        let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::CLOEXEC;
        Ok(Self {
            path: path.to_owned(),
            folder: rustix::fs::open(path, flags, Mode::empty())?.into(),
        })
    }

    /// Reads a file of it.
    ///
    /// # Errors
    ///
    /// Those of the file system.
    pub fn read(&self, name: &str) -> io::Result<Vec<u8>> {
        let flags = OFlags::RDONLY | OFlags::CLOEXEC;
        let mut file: File = openat(&self.folder, name, flags, Mode::empty())?.into();
        let mut content = Vec::new();
        file.read_to_end(&mut content)?;
        Ok(content)
    }

    /// Whether another has its name by now, or none.
    #[must_use]
    pub fn is_replaced(&self) -> bool {
        !same(self.folder.metadata(), fs::metadata(&self.path))
    }
}
