//! The header of a capture, at the beginning of each of its streams and files.

use std::io::Write;

use pcapng::{Interface, Section, WriteError, Writer};

/// The origin and the interfaces of a capture, written before its first packet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Header {
    /// The origin of the capture.
    pub section: Section,
    /// The interfaces that packets are captured at. Each is named `HOST/INTERFACE`.
    pub interfaces: Vec<Interface>,
}

impl Header {
    /// Begins a stream with this header.
    pub(crate) fn begin<W: Write>(&self, out: W) -> Result<Writer<W>, WriteError> {
        let mut writer = Writer::new(out, &self.section)?;
        for interface in &self.interfaces {
            writer.add_interface(interface)?;
        }
        // A reader may wait for the header before it reports that it is ready.
        writer.flush()?;
        Ok(writer)
    }
}

/// The host that an interface belongs to, and the interface's name there.
pub(crate) fn host_and_link(interface: &Interface) -> (&str, &str) {
    let name = interface.name.as_deref().unwrap_or_default();
    name.split_once('/').unwrap_or((name, ""))
}
