//! A folder that is read safely while another may take its name.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use rustix::fs::{Mode, OFlags, openat};

use super::beside::same;

/// An open folder. All files are read from this folder, even if another takes its name
/// meanwhile.
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
    /// Errors of the file system.
    pub fn open(path: &Path) -> io::Result<Self> {
        let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::CLOEXEC;
        Ok(Self {
            path: path.to_owned(),
            folder: rustix::fs::open(path, flags, Mode::empty())?.into(),
        })
    }

    /// Reads a file of the folder with at most `most` bytes.
    ///
    /// # Errors
    ///
    /// Errors of the file system, and [`io::ErrorKind::InvalidData`] for a longer file
    /// and for anything but a regular file: a device may have no end, and a pipe no
    /// writer.
    pub fn read(&self, name: &str, most: u64) -> io::Result<Vec<u8>> {
        let flags = OFlags::RDONLY | OFlags::CLOEXEC | OFlags::NONBLOCK;
        let file: File = openat(&self.folder, name, flags, Mode::empty())?.into();
        let invalid = |why: String| Err(io::Error::new(io::ErrorKind::InvalidData, why));
        if !file.metadata()?.is_file() {
            return invalid("it is no file".to_owned());
        }
        let mut content = Vec::new();
        file.take(most.saturating_add(1))
            .read_to_end(&mut content)?;
        match content.len() as u64 > most {
            true => invalid(format!("it has more than {most} bytes")),
            false => Ok(content),
        }
    }

    /// Whether the folder has lost its name, to another or altogether.
    #[must_use]
    pub fn is_replaced(&self) -> bool {
        !same(self.folder.metadata(), fs::metadata(&self.path))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_file_or_too_long_is_not_read() {
        let folder = std::env::temp_dir().join(format!("disk-opened-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join("file"), "four").unwrap();
        std::os::unix::fs::symlink("/dev/zero", folder.join("endless")).unwrap();
        let fifo = rustix::fs::FileType::Fifo;
        let pipe = folder.join("pipe");
        rustix::fs::mknodat(rustix::fs::CWD, &pipe, fifo, Mode::RUSR, 0).unwrap();
        let opened = OpenFolder::open(&folder).unwrap();
        let why = |name, most| opened.read(name, most).unwrap_err().to_string();
        assert_eq!(opened.read("file", 4).unwrap(), b"four");
        assert_eq!(why("file", 3), "it has more than 3 bytes");
        assert_eq!(why("endless", 3), "it is no file");
        assert_eq!(why("pipe", 3), "it is no file");
        fs::remove_dir_all(&folder).unwrap();
    }
}
