//! An output with one file for each host.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use pcapng::{CapturedPacket, InterfaceId, WriteError};

use super::file::{CaptureFile, Rotation};
use super::header::{Header, host_and_link};
use super::sink::Sink;

/// A folder with a capture of each host, named after the host.
#[derive(Debug)]
pub(crate) struct Split {
    folder: PathBuf,
    rotation: Option<Rotation>,
    /// For each interface of the whole capture: the host, and the interface's number in the
    /// host's file.
    places: Vec<(String, InterfaceId)>,
    files: BTreeMap<String, CaptureFile>,
}

impl Split {
    pub(crate) fn new(folder: &Path, rotation: Option<Rotation>) -> Self {
        Self {
            folder: folder.to_owned(),
            rotation,
            places: Vec::new(),
            files: BTreeMap::new(),
        }
    }
}

impl Sink for Split {
    fn begin(&mut self, header: &Arc<Header>) -> Result<(), WriteError> {
        let mut headers: BTreeMap<String, Header> = BTreeMap::new();
        for interface in &header.interfaces {
            let (host, _) = host_and_link(interface);
            let of_host = headers.entry(host.to_owned()).or_insert_with(|| Header {
                section: header.section.clone(),
                interfaces: Vec::new(),
            });
            // A pcapng stream has at most 2^32 interfaces.
            let number = InterfaceId(of_host.interfaces.len() as u32);
            self.places.push((host.to_owned(), number));
            of_host.interfaces.push(interface.clone());
        }
        for (host, header) in headers {
            let path = self.folder.join(format!("{host}.pcapng"));
            let mut file = CaptureFile::open(&path, self.rotation)?;
            file.begin(&Arc::new(header))?;
            self.files.insert(host, file);
        }
        Ok(())
    }

    fn write(&mut self, packets: &[CapturedPacket]) -> Result<(), WriteError> {
        let mut by_host: BTreeMap<&str, Vec<CapturedPacket>> = BTreeMap::new();
        for packet in packets {
            let number = packet.interface.0;
            let place = self.places.get(number as usize);
            let (host, interface) = place.ok_or(WriteError::NoSuchInterface(number))?;
            by_host.entry(host).or_default().push(CapturedPacket {
                interface: *interface,
                ..packet.clone()
            });
        }
        for (host, packets) in by_host {
            if let Some(file) = self.files.get_mut(host) {
                file.write(&packets)?;
            }
        }
        Ok(())
    }

    fn finish(&mut self) -> Result<(), WriteError> {
        self.files.values_mut().try_for_each(CaptureFile::finish)
    }

    fn leave(&mut self) -> Vec<PathBuf> {
        self.files
            .values_mut()
            .flat_map(CaptureFile::leave)
            .collect()
    }
}
