//! An output that is a named pipe, with any number of readers.

use std::ffi::OsString;
use std::fs::{self, OpenOptions};
use std::io;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use nix::sys::stat::Mode;
use nix::unistd::mkfifo;

use super::lanes::Lanes;
use super::output::serve;
use super::queue::WhenFull;
use super::stream::Stream;

/// Serves every reader that comes, each from its own beginning. Returns only if
/// the pipe cannot be opened any more.
///
/// Whoever opens a pipe that another is reading shares what comes out of it, and
/// finds what a reader before it has left behind: neither could make anything of
/// that. So as soon as there is a reader, a new pipe takes the name.
pub(crate) fn welcome(path: &Path, readers: &Lanes) {
    // Opening it waits for a reader.
    while let Ok(pipe) = OpenOptions::new().write(true).open(path) {
        let renewed = renew(path);
        serve(readers.add(WhenFull::Miss), Stream::new(pipe));
        if renewed.is_err() {
            // The folder is not ours: this pipe has the one reader.
            return;
        }
    }
}

/// Puts another pipe in the place of this one.
fn renew(path: &Path) -> io::Result<()> {
    let mode = fs::metadata(path)?.permissions().mode();
    let mut aside = OsString::from(path);
    aside.push(format!(".{}", std::process::id()));
    let aside = PathBuf::from(aside);
    // FreeBSD has 16 bits for it.
    let mode = (mode & 0o777) as nix::libc::mode_t;
    mkfifo(&aside, Mode::from_bits_truncate(mode))?;
    let renamed = fs::rename(&aside, path);
    if renamed.is_err() {
        let _ = fs::remove_file(&aside);
    }
    renamed
}
