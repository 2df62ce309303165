//! Opens a capture, compressed or not.

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
use super::translated::Translations;
use super::{CaptureError, Packets, Survey};

/// An open capture, read far enough to know which program wrote it.
pub struct Capture {
    path: PathBuf,
    of_the_lab: Option<Vec<Interface>>,
    captured_at: Vec<Option<String>>,
    first: Option<Piece>,
    /// Number of packets in the first piece.
    read: u64,
    /// Greatest possible number of packets, if the capture is compressed.
    most: Option<u64>,
    /// Ends that are seen under two addresses.
    translations: Arc<Translations>,
    /// The number of this capture among those in which the translations were found.
    file: usize,
    rest: Reader<Unpacked<File>>,
}

/// Opens a capture file, with each packet as it was captured.
pub(crate) fn opened(path: &Path) -> Result<Capture, CaptureError> {
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
    // The interfaces are described before their packets.
    let mut read = 0;
    let first = Piece::read(&mut reader, &mut read);
    Ok(Capture {
        path: path.to_owned(),
        of_the_lab: of_the_lab(&reader),
        captured_at: captured_at(&reader),
        first,
        read,
        most,
        translations: Arc::default(),
        file: 0,
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

/// Greatest number of interfaces in a run of the lab. A capture with more was made by
/// another program.
const MOST_INTERFACES: usize = 4096;

/// The interfaces, if this is the capture of a run. In such a capture the lab records the
/// scenario, and names every interface `node/link`. A capture that the lab made at other
/// hosts belongs to no run.
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

/// The host of each interface, if the lab made the capture: the lab names interfaces
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
    /// The host of each interface, where it is known.
    pub(crate) fn captured_at(&self) -> &[Option<String>] {
        &self.captured_at
    }

    /// Whether the capture has several interfaces, as far as it was read.
    pub(crate) fn has_many_interfaces(&self) -> bool {
        self.rest.interface_count() > 1
    }

    /// The same capture with these translations. `file` is its number among the captures in
    /// which they were found.
    pub(crate) fn with(self, translations: Arc<Translations>, file: usize) -> Self {
        Self {
            translations,
            file,
            ..self
        }
    }

    /// The same capture, with translated addresses as they were captured.
    #[must_use]
    pub fn as_captured(self) -> Self {
        self.with(Arc::default(), 0)
    }

    pub(crate) fn translations(&self) -> &Arc<Translations> {
        &self.translations
    }

    /// The file.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The interfaces by name, if this is the capture of a run of the lab.
    #[must_use]
    pub fn of_the_lab(&self) -> Option<&[Interface]> {
        self.of_the_lab.as_deref()
    }

    /// The packets as they stand in the capture.
    #[must_use]
    pub fn packets(self) -> Packets {
        Packets::new(self.path.clone(), self.pieces())
    }

    /// The same as [`packets`](Self::packets), with IP fragments reassembled and translated
    /// addresses turned back. The fragment that completes a packet is replaced by the packet.
    pub(crate) fn whole_packets(self) -> Packets {
        Packets::new(self.path.clone(), self.whole_pieces())
    }

    /// The SCTP packets as those of a recording, at their senders, in the order of the
    /// capture, and without copies. The survey must be of the same capture.
    ///
    /// The interfaces are the ends of the survey's paths: path `n` has the interfaces
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

    /// The packets without copies, with IP fragments reassembled.
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
        let (translations, file) = (Arc::clone(&self.translations), self.file);
        self.pieces().map(move |mut piece| {
            piece.batch.put_together(&mut reassembly);
            translations.turn_back(file, &mut piece.batch);
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
