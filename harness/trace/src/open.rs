//! Opening a capture, whatever it is packed in.

use std::fs::File;
use std::io::{self, BufReader, Read, Seek};
use std::path::{Path, PathBuf};

use flate2::read::MultiGzDecoder;
use wire::capture::Reader;
use wire::frame::LinkType;
use wire::pcapng::{CapturedPacket, InterfaceId, PacketRef, ReadError};

use super::CaptureError;

/// A capture that is being read: gives its packets one after the other, to keep
/// as an iterator, or to look at by [`advance`](Self::advance) and
/// [`packet`](Self::packet).
pub struct Capture {
    path: PathBuf,
    reader: Reader<Box<dyn Read + Send>>,
    /// What going on to the first packet gave: that was done ahead, since what
    /// comes before it tells the interfaces.
    first: Option<Result<bool, ReadError>>,
}

/// Opens a pcapng or pcap file, compressed by gzip or not.
///
/// # Errors
///
/// Those of the file system, and [`CaptureError::Read`] for what is no capture.
pub fn open(path: &Path) -> Result<Capture, CaptureError> {
    let unpacked = File::open(path).and_then(unpack);
    let source = unpacked.map_err(|error| CaptureError::Io {
        path: path.to_owned(),
        error,
    })?;
    let mut reader = Reader::new(source).map_err(|error| CaptureError::Read {
        path: path.to_owned(),
        error,
    })?;
    Ok(Capture {
        path: path.to_owned(),
        first: Some(reader.advance()),
        reader,
    })
}

/// RFC 1952, section 2.3.1: what a gzip file begins with.
const GZIP: [u8; 2] = [0x1f, 0x8b];

fn unpack(mut file: File) -> io::Result<Box<dyn Read + Send>> {
    let mut beginning = Vec::new();
    (&mut file).take(2).read_to_end(&mut beginning)?;
    file.rewind()?;
    Ok(match beginning == GZIP {
        true => Box::new(MultiGzDecoder::new(BufReader::new(file))),
        false => Box::new(file),
    })
}

impl Capture {
    /// The file.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Goes on to the next packet; `false` if there is none.
    ///
    /// # Errors
    ///
    /// [`CaptureError::Read`], once, where it cannot be read on.
    pub fn advance(&mut self) -> Result<bool, CaptureError> {
        let advanced = match self.first.take() {
            Some(first) => first,
            None => self.reader.advance(),
        };
        advanced.map_err(|error| CaptureError::Read {
            path: self.path.clone(),
            error,
        })
    }

    /// The packet that was gone on to, to look at.
    #[must_use]
    pub fn packet(&self) -> Option<PacketRef<'_>> {
        self.reader.packet()
    }

    /// What packets of an interface begin with.
    #[must_use]
    pub fn link_type(&self, interface: InterfaceId) -> LinkType {
        self.reader.interface(interface).link_type
    }

    /// Whether several interfaces have been described so far, so that one packet
    /// may be there twice.
    pub(crate) fn has_many_interfaces(&self) -> bool {
        self.reader.interface_count() > 1
    }

    /// The interfaces, by name, if the lab wrote the capture: it names them all
    /// `node/link`, before the first packet.
    #[must_use]
    pub fn of_the_lab(&self) -> Option<Vec<recording::Interface>> {
        let wrote = self.reader.section()?.user_application.as_deref()?;
        let names = self.reader.interfaces().into_iter().map(|interface| {
            let (node, link) = interface.name.as_deref()?.split_once('/')?;
            Some(recording::Interface {
                node: node.to_owned(),
                link: link.to_owned(),
            })
        });
        match wrote {
            "sctp-lab" => names.collect(),
            _ => None,
        }
    }
}

impl Iterator for Capture {
    type Item = Result<CapturedPacket, CaptureError>;

    fn next(&mut self) -> Option<Self::Item> {
        match self.advance() {
            Ok(_) => self.packet().map(|packet| Ok(packet.into())),
            Err(error) => Some(Err(error)),
        }
    }
}
