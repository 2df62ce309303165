//! Capture files that are read together.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::clock::Clock;
use super::compared::translations_of;
use super::merged::Merged;
use super::open::opened;
use super::sides::Sides;
use super::translated::{Translation, Translations};
use super::{Capture, CaptureError};

/// Capture files, and the address translations between them. The files are compared for
/// translations once, however often they are read afterwards.
#[derive(Clone, Debug)]
pub struct Captures {
    files: Vec<PathBuf>,
    translations: Arc<Translations>,
}

impl Captures {
    /// Compares the beginnings of the files for address translations.
    ///
    /// # Errors
    ///
    /// If a file cannot be opened.
    pub fn of(files: &[PathBuf]) -> Result<Self, CaptureError> {
        Ok(Self {
            files: files.to_vec(),
            translations: translations_of(files)?,
        })
    }

    /// The files.
    #[must_use]
    pub fn files(&self) -> &[PathBuf] {
        &self.files
    }

    /// Ends that are seen under two addresses, since a box on the way translates them.
    #[must_use]
    pub fn translations(&self) -> &[Translation] {
        &self.translations.found
    }

    /// Compares two captures. `None` if they have no packets in common, if they were made
    /// at the same place, or if there are not two.
    ///
    /// # Errors
    ///
    /// If a file cannot be opened. A damaged file is compared up to the damage.
    pub fn sides(&self) -> Result<Option<Sides>, CaptureError> {
        if self.files.len() != 2 {
            return Ok(None);
        }
        let mut both = self.opened();
        match (both.next().transpose()?, both.next().transpose()?) {
            (Some(first), Some(second)) => Ok(Sides::of(first, second)),
            _ => Ok(None),
        }
    }

    /// Gives each packet once: a packet that was captured at both ends comes where it was
    /// captured first. Once `clock` has corrected the second capture's clock, both should
    /// agree to within a second.
    ///
    /// # Errors
    ///
    /// If a file cannot be opened.
    pub fn once(&self, clock: Clock) -> Result<Merged, CaptureError> {
        Ok(self.everywhere(clock)?.without_copies())
    }

    /// Gives each packet as often as it was captured at different places.
    pub(crate) fn everywhere(&self, clock: Clock) -> Result<Merged, CaptureError> {
        let captures = self.opened().collect::<Result<Vec<_>, _>>()?;
        Ok(Merged::of(captures, clock))
    }

    /// Opens each file, with the translations turned back.
    pub(crate) fn opened(&self) -> impl Iterator<Item = Result<Capture, CaptureError>> {
        let files = self.files.iter().enumerate();
        files.map(|(number, file)| Ok(opened(file)?.with(Arc::clone(&self.translations), number)))
    }
}

/// Opens a pcapng or pcap file, compressed by gzip or not. Where the file has several
/// interfaces, its beginning is read once before, to see whether addresses are translated
/// between them.
///
/// # Errors
///
/// Errors of the file system, and [`CaptureError::Read`] if the file is no capture.
pub fn open(path: &Path) -> Result<Capture, CaptureError> {
    let capture = opened(path)?;
    match capture.has_many_interfaces() {
        true => Ok(capture.with(translations_of(&[path.to_owned()])?, 0)),
        false => Ok(capture),
    }
}
