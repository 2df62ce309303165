//! Files that are mostly holes, such as a guest's RAM.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Take};
use std::path::Path;

use nix::errno::Errno;
use nix::unistd::{Whence, lseek};

/// Copies a file. Its holes stay holes.
pub(super) fn copy(from: &Path, to: &Path) -> io::Result<()> {
    let (source, copy) = (File::open(from)?, File::create_new(to)?);
    copy.set_len(source.metadata()?.len())?;
    each_piece(&source, |at, mut piece| {
        let wanted = piece.limit();
        (&copy).seek(SeekFrom::Start(at))?;
        // The kernel copies: on Linux this is copy_file_range(2).
        if io::copy(&mut piece, &mut &copy)? < wanted {
            return Err(io::Error::from(io::ErrorKind::UnexpectedEof));
        }
        Ok(())
    })
}

/// Calls `work` with each piece of data between two holes, and with the piece's offset in
/// the file.
pub(super) fn each_piece<'f>(
    file: &'f File,
    mut work: impl FnMut(u64, Take<&'f File>) -> io::Result<()>,
) -> io::Result<()> {
    let length = i64::try_from(file.metadata()?.len()).map_err(io::Error::other)?;
    let mut start = 0;
    loop {
        start = match lseek(file, start, Whence::SeekData) {
            Ok(start) => start,
            Err(Errno::ENXIO) => return Ok(()), // nothing but a hole follows
            Err(error) => return Err(error.into()),
        };
        let end = lseek(file, start, Whence::SeekHole)?.min(length);
        let at = u64::try_from(start).map_err(io::Error::other)?;
        let len = u64::try_from(end - start).map_err(io::Error::other)?;
        let mut piece = file;
        piece.seek(SeekFrom::Start(at))?;
        work(at, piece.take(len))?;
        start = end;
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::os::unix::fs::{FileExt, MetadataExt};

    use super::*;
    #[test]
    fn a_sparse_file_stays_sparse() {
        let folder = std::env::temp_dir().join(format!("sctp-lab-sparse-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        let (from, to) = (folder.join("from"), folder.join("to"));
        let file = File::create(&from).unwrap();
        file.set_len(64 << 20).unwrap();
        file.write_all_at(b"in the middle", 32 << 20).unwrap();
        super::copy(&from, &to).unwrap();
        let copied = fs::metadata(&to).unwrap();
        assert_eq!(copied.len(), 64 << 20);
        assert!(
            copied.blocks() * 512 < 1 << 20,
            "{} blocks",
            copied.blocks()
        );
        assert!(fs::read(&from).unwrap() == fs::read(&to).unwrap());
        fs::remove_dir_all(&folder).unwrap();
    }
}
