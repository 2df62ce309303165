//! Opening a capture, whatever it is packed in.

use std::fs::File;
use std::io::Read;
use std::iter;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use pcapng::{ReadError, Reader, Unpacked};
use recording::{APPLICATION, Interface, OF_SCENARIO};
use wire::frame::Reassembly;

use super::copies::Copies;
use super::pieces::Piece;
use super::place::Placing;
use super::{CaptureError, Packets, Survey};

/// A capture that has been opened, and looked into far enough to know who wrote
/// it.
pub struct Capture {
    path: PathBuf,
    of_the_lab: Option<Vec<Interface>>,
    captured_at: Vec<Option<String>>,
    first: Option<Piece>,
    /// How many packets that piece has.
    read: u64,
    /// How many packets it can have, where it is packed.
    most: Option<u64>,
    rest: Reader<Unpacked<File>>,
}

/// Opens a pcapng or pcap file, compressed by gzip or not.
///
/// # Errors
///
/// Those of the file system, and [`CaptureError::Read`] for what is no capture.
pub fn open(path: &Path) -> Result<Capture, CaptureError> {
    let unpacked = File::open(path).and_then(Unpacked::new);
    let source = unpacked.map_err(|error| CaptureError::Io {
        path: path.to_owned(),
        error,
    })?;
    let most = source.most_packets();
    let mut reader = Reader::new(source).map_err(|error| CaptureError::Read {
        path: path.to_owned(),
        error,
    })?;
    // Interfaces are described before their packets.
    let mut read = 0;
    let first = Piece::read(&mut reader, &mut read);
    Ok(Capture {
        path: path.to_owned(),
        of_the_lab: of_the_lab(&reader),
        captured_at: captured_at(&reader),
        first,
        read,
        most,
        rest: reader,
    })
}

fn too_many_packets(most: u64) -> ReadError {
    let error = Unpacked::<File>::too_many_packets(most);
    ReadError {
        offset: 0,
        kind: error.into(),
    }
}

/// No run of the lab has more interfaces. What says so was made by others.
const MOST_INTERFACES: usize = 4096;

/// The interfaces, if it is the capture of a run: the lab says of which scenario,
/// and names all interfaces `node/link`. What the lab captured at other hosts is of
/// no run.
fn of_the_lab<R: Read>(reader: &Reader<R>) -> Option<Vec<Interface>> {
    if reader.interface_count() > MOST_INTERFACES {
        return None;
    }
    let section = reader.section()?;
    let wrote = section.user_application.as_deref()?;
    let names_scenario = |comment: &String| comment.starts_with(OF_SCENARIO);
    let names = reader.interfaces().map(|interface| {
        let (node, link) = interface.name.as_deref()?.split_once('/')?;
        Some(Interface {
            node: node.to_owned(),
            link: link.to_owned(),
        })
    });
    match wrote {
        APPLICATION if section.comments.iter().any(names_scenario) => names.collect(),
        _ => None,
    }
}

/// By interface, the host that it is at, where the lab captured: it names them
/// `host/interface`.
fn captured_at<R: Read>(reader: &Reader<R>) -> Vec<Option<String>> {
    let wrote = reader
        .section()
        .and_then(|it| it.user_application.as_deref());
    if wrote != Some(APPLICATION) || reader.interface_count() > MOST_INTERFACES {
        return Vec::new();
    }
    let names = reader.interfaces().map(|interface| {
        let (host, _) = interface.name.as_deref()?.split_once('/')?;
        Some(host.to_owned())
    });
    names.collect()
}

impl Capture {
    /// By interface, the name of the host that it is at, where that is known.
    pub(crate) fn captured_at(&self) -> &[Option<String>] {
        &self.captured_at
    }

    /// The file.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The interfaces, by name, if it is the capture of a run of the lab.
    #[must_use]
    pub fn of_the_lab(&self) -> Option<&[Interface]> {
        self.of_the_lab.as_deref()
    }

    /// Its packets, as they stand in it.
    #[must_use]
    pub fn packets(self) -> Packets {
        Packets::new(self.path.clone(), self.pieces())
    }

    /// As [`packets`](Self::packets), with IP packets that came in fragments put
    /// together: the fragment that makes one whole becomes it.
    pub(crate) fn whole_packets(self) -> Packets {
        Packets::new(self.path.clone(), self.whole_pieces())
    }

    /// Its SCTP packets as those of a recording, as they were sent: packet by
    /// packet, and each once. The survey must be of the same capture.
    ///
    /// Their interfaces are the ends of the survey's paths: of path `n` the ends
    /// `2n` and `2n + 1`.
    #[must_use]
    pub fn placed(self, survey: &Survey) -> Packets {
        let mut placing = Placing::new(Arc::clone(&survey.places), survey.start_ns);
        let path = self.path.clone();
        let placed = self.whole_pieces().map(move |mut piece| {
            placing.place(&mut piece.batch);
            piece
        });
        Packets::new(path, placed)
    }

    /// Its packets, each once, with IP packets that came in fragments put together.
    #[must_use]
    pub fn once(self) -> Packets {
        let path = self.path.clone();
        let mut copies = Copies::default();
        let once = self.whole_pieces().map(move |mut piece| {
            copies.leave_out_of(&mut piece.batch);
            piece
        });
        Packets::new(path, once)
    }

    fn whole_pieces(self) -> impl Iterator<Item = Piece> + Send {
        let mut reassembly = Reassembly::default();
        self.pieces().map(move |mut piece| {
            piece.batch.put_together(&mut reassembly);
            piece
        })
    }

    fn pieces(self) -> impl Iterator<Item = Piece> + Send {
        let (mut reader, mut read) = (self.rest, self.read);
        let (most, mut is_over) = (self.most, false);
        let rest = iter::from_fn(move || match most.filter(|most| read > *most) {
            Some(_) if is_over => None,
            Some(most) => {
                is_over = true;
                Some(Piece::damaged(too_many_packets(most)))
            }
            None => Piece::read(&mut reader, &mut read),
        });
        self.first.into_iter().chain(rest)
    }
}
