//! Packets that are shown while a run continues.

use pcapng::Section;

use super::{FolderError, Interface, Packet, capture};

/// Packets that were just captured, while the run continues. All sights of a run together
/// have the packets of its recording. A fault that affected a packet after its capture is
/// in the recording only.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sight {
    /// The interfaces: the same in every sight of a run.
    pub interfaces: Vec<Interface>,
    /// The packets since the last sight, in the order of time.
    pub packets: Vec<Packet>,
}

impl Sight {
    /// Packs the sight into bytes, to be passed out of a guest: a whole pcapng file.
    ///
    /// # Errors
    ///
    /// [`FolderError::CaptureWrite`].
    pub fn pack(&self) -> Result<Vec<u8>, FolderError> {
        capture::write_all(&Section::default(), &self.interfaces, &self.packets)
    }

    /// Unpacks the bytes of [`pack`](Self::pack).
    ///
    /// # Errors
    ///
    /// [`FolderError::CaptureRead`], [`FolderError::Interface`].
    pub fn unpack(bytes: &[u8]) -> Result<Self, FolderError> {
        let (interfaces, packets) = capture::read(bytes)?;
        Ok(Self {
            interfaces,
            packets,
        })
    }
}
