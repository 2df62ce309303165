use pcapng::Section;

use super::{FolderError, Interface, Packet, capture};

/// Packets that were just seen, while the run goes on. All sights of a run
/// together have the packets of its recording; a fault that a packet met after
/// it was seen stands in the recording alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sight {
    /// Where packets are captured: the same in every sight of a run.
    pub interfaces: Vec<Interface>,
    /// Those that were seen since the last sight, in the order of time.
    pub packets: Vec<Packet>,
}

impl Sight {
    /// Packs it into bytes, for the way out of a guest: a whole pcapng file.
    ///
    /// # Errors
    ///
    /// [`FolderError::CaptureWrite`].
    pub fn pack(&self) -> Result<Vec<u8>, FolderError> {
        capture::write_all(&Section::default(), &self.interfaces, &self.packets)
    }

    /// Unpacks what [`pack`](Self::pack) has packed.
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
