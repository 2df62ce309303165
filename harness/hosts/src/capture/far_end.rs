//! The running capturer of one target.

use std::collections::VecDeque;
use std::process::{Child, ChildStderr};
use std::sync::Arc;
use std::sync::mpsc::Sender;
use std::thread::{self, JoinHandle};

use bytes::Bytes;
use pcapng::{CapturedPacket, Interface, InterfaceId, ReadError, ReadErrorKind, Reader};
use process::Lines;

use super::connection::Connection;
use super::counts::Counts;
use super::direction::direction;
use super::end::End;
use super::inputs::Inputs;
use super::merge::Merge;
use crate::lack::Lack;
use crate::target::Target;

/// The shell script that the far end runs.
pub(super) const SCRIPT: &str = include_str!("../far/capture.sh");

/// A note about a far end while it starts.
#[derive(Debug)]
pub(super) enum Note {
    /// ssh is connected. `None` where sshd does not report the connection.
    Connected(Option<Connection>),
    /// tcpdump captures.
    Listening,
    /// The capture stream begins, with this interface.
    Header(Interface),
    /// The far end has ended. The lack is the reason, if tcpdump had not started yet.
    Over(Lack),
}

/// A target, and the places that its packets and notes go to.
#[derive(Debug)]
pub(super) struct FarEnd {
    pub(super) index: usize,
    pub(super) target: Target,
    pub(super) merge: Arc<Merge>,
    pub(super) notes: Sender<(usize, Note)>,
    pub(super) inputs: Inputs,
}

impl FarEnd {
    /// Reads the far end on threads of its own until it has ended.
    pub(super) fn listen(self, mut child: Child) -> JoinHandle<()> {
        let stderr = child.stderr.take();
        let notes = self.notes.clone();
        let index = self.index;
        let words = thread::spawn(move || {
            let note = |note| {
                // The receiver is gone once all targets have started.
                let _ = notes.send((index, note));
            };
            stderr.map(|stderr| hear(stderr, note)).unwrap_or_default()
        });
        thread::spawn(move || {
            let fault = self.read(&mut child);
            let (words, counts) = words.join().unwrap_or_default();
            let end = End {
                exit_code: child.wait().ok().and_then(|status| status.code()),
                words,
                counts,
                fault,
            };
            self.note(Note::Over(end.lack(&self.target)));
            let event = end.event(&self.target, self.inputs.is_stopped());
            self.merge.end(self.index, event);
        })
    }

    fn note(&self, note: Note) {
        let _ = self.notes.send((self.index, note));
    }

    /// Reads all captured packets. Returns the error in the capture stream, if any.
    fn read(&self, child: &mut Child) -> Option<ReadError> {
        let read = child.stdout.take().map(|stdout| {
            let mut reader = Reader::new(stdout)?;
            // tcpdump writes a pcap stream, whose only interface is in its header.
            let Some(interface) = reader.interfaces().next().cloned() else {
                let kind = ReadErrorKind::NoCapture;
                return Err(ReadError { offset: 0, kind });
            };
            self.note(Note::Header(interface.clone()));
            while let Some(packet) = reader.next().transpose()? {
                if !self.merge.push(self.index, self.own(packet, &interface)) {
                    break;
                }
            }
            Ok(())
        });
        let fault = read.and_then(Result::err);
        if fault.as_ref().is_some_and(is_nonsense) {
            // More of the stream would be nonsense, too.
            let _ = child.kill();
        }
        fault
    }

    /// The packet as one of the whole capture. The bytes are copied: otherwise a few held
    /// packets would keep the whole buffer that they were read into.
    fn own(&self, packet: CapturedPacket, interface: &Interface) -> CapturedPacket {
        CapturedPacket {
            interface: InterfaceId(u32::try_from(self.index).unwrap_or(u32::MAX)),
            direction: direction(interface.link_type, &packet.bytes),
            bytes: Bytes::copy_from_slice(&packet.bytes),
            ..packet
        }
    }
}

/// Whether the far end sends something other than a capture, and not just too little of
/// one.
fn is_nonsense(fault: &ReadError) -> bool {
    use ReadErrorKind::{Io, NoHeader, TruncatedPacket};
    !matches!(fault.kind, Io(_) | NoHeader | TruncatedPacket)
}

/// Reads the standard error of a far end to its end. Returns the last lines, and the
/// counters.
fn hear(stderr: ChildStderr, note: impl Fn(Note)) -> (String, Option<Counts>) {
    const LAST: usize = 8;
    let mut last = VecDeque::new();
    let mut counts = None;
    for line in Lines::of(stderr) {
        let mut counted = counts.unwrap_or_default();
        if let Some(words) = line.strip_prefix("sctp-lab: connection ") {
            note(Note::Connected(Connection::of(words)));
        } else if line == "sctp-lab: connection" {
            note(Note::Connected(None));
        } else if line.contains("listening on ") {
            note(Note::Listening);
        } else if Counts::take(&mut counted, &line) {
            counts = Some(counted);
        } else {
            if last.len() == LAST {
                last.pop_front();
            }
            last.push_back(line + "\n");
        }
    }
    (last.into_iter().collect(), counts)
}
