//! The header at the beginning of every stream.

use std::io::Write;

use pcapng::{Interface, Section, WriteError, Writer};

/// What a capture tells of itself before its first packet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Header {
    /// How it came to be.
    pub section: Section,
    /// Where packets are captured. Each is called `HOST/INTERFACE`.
    pub interfaces: Vec<Interface>,
}

impl Header {
    /// Begins a stream.
    pub(crate) fn begin<W: Write>(&self, out: W) -> Result<Writer<W>, WriteError> {
        let mut writer = Writer::new(out, &self.section)?;
        for interface in &self.interfaces {
            writer.add_interface(interface)?;
        }
        // A reader may wait for the header before it says that it listens.
        writer.flush()?;
        Ok(writer)
    }
}

/// The host that an interface belongs to, and what it is called there.
pub(crate) fn host_and_link(interface: &Interface) -> (&str, &str) {
    let name = interface.name.as_deref().unwrap_or_default();
    name.split_once('/').unwrap_or((name, ""))
}
