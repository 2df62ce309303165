//! An output that is a named pipe, with any number of readers.

use std::ffi::OsString;
use std::fs::{self, OpenOptions};
use std::io;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use nix::sys::stat::Mode;
use nix::unistd::mkfifo;

use super::lanes::Lanes;
use super::queue::WhenFull;
use super::sink::serve;
use super::stream::Stream;

/// Serves every reader that comes, each with a stream of its own. Returns only if the pipe
/// cannot be opened any more, or cannot be replaced.
///
/// Two readers of one pipe would share its bytes, and a later reader would find bytes that
/// an earlier one has left: no reader would get a valid stream. So as soon as a pipe has a
/// reader, a new pipe takes its name.
pub(crate) fn welcome(path: &Path, readers: &Lanes) {
    // `open` waits for a reader.
    while let Ok(pipe) = OpenOptions::new().write(true).open(path) {
        let renewed = renew(path);
        serve(readers.add(WhenFull::Miss), Stream::new(pipe));
        if renewed.is_err() {
            // No pipe can be made in this folder: this pipe serves one reader only.
            return;
        }
    }
}

/// Replaces a pipe by a new one of the same name and mode.
fn renew(path: &Path) -> io::Result<()> {
    let mode = fs::metadata(path)?.permissions().mode();
    let mut aside = OsString::from(path);
    aside.push(format!(".{}", std::process::id()));
    let aside = PathBuf::from(aside);
    // `mode_t` has 16 bits on FreeBSD.
    let mode = (mode & 0o777) as nix::libc::mode_t;
    mkfifo(&aside, Mode::from_bits_truncate(mode))?;
    let renamed = fs::rename(&aside, path);
    if renamed.is_err() {
        let _ = fs::remove_file(&aside);
    }
    renamed
}
