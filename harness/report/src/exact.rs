//! The exact snapshot of a run: every packet, in order, but no time.
//!
//! In the `vm` engine a run is the same to the byte with one build on one kernel. With
//! another build packets are there some microseconds earlier or later, and the kernel's
//! random numbers are others, as with another seed. So the exact snapshot has no times
//! and no random numbers. Like the flow snapshot it is divided into phases, each of which
//! begins with a step that does something. Within a phase each direction of each link is
//! listed separately, since packets on different links race. Every packet is listed with
//! its chunks, with TSNs counted from the first, with its bundling, and with what was
//! retransmitted or taken by a fault. Notifications and changes of paths are listed for
//! each host in order, without RTO.
//!
//! Where the flow snapshot says that something was retransmitted, the exact snapshot says
//! how often. One SACK more, one gap report less or a HEARTBEAT on another path changes
//! the snapshot. Another kernel may have another snapshot. The exact snapshot is useless
//! for a run that depends on random numbers, as every run does in which HEARTBEATs detect
//! the failure of a path: it changes with the seed.

use std::collections::BTreeMap;

use recording::Recording;
use sha2::{Digest, Sha256};

use crate::hosts::{Host, Hosts, Link};
use crate::ladder::lines_of;
use crate::line::{NoteKind, PacketLine, StepKind, What};
use crate::pairing::End;
use crate::snapshot::without_sequence_numbers;
use crate::text::escape;

/// The exact snapshot of a recording, as text.
#[must_use]
pub fn exact_snapshot(recording: &Recording) -> String {
    let hosts = Hosts::of(&recording.interfaces);
    let mut phases = vec![Phase::default()];
    for line in lines_of(recording, &hosts, true) {
        let step = match &line.what {
            What::Step(step) if step.kind == StepKind::Acts => Some(&step.text),
            _ => None,
        };
        if let Some(title) = step {
            phases.push(Phase {
                title: title.clone(),
                ..Phase::default()
            });
        }
        if let Some(phase) = phases.last_mut() {
            phase.take_in(&line.what, &hosts);
        }
    }
    phases.iter().map(|phase| phase.text(&hosts)).collect()
}

/// A digest of a snapshot, in hexadecimal digits.
#[must_use]
pub fn digest(snapshot: &str) -> String {
    let bytes = Sha256::digest(snapshot);
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[derive(Default)]
struct Phase {
    title: String,
    packets: BTreeMap<(Link, Host), Vec<String>>,
    notes: BTreeMap<Option<Host>, Vec<String>>,
}

impl Phase {
    fn take_in(&mut self, what: &What, hosts: &Hosts) {
        match what {
            What::Packet(packet) => {
                let direction = self.packets.entry((packet.link, packet.from));
                direction.or_default().push(words(packet, hosts));
            }
            What::Note(note) if note.kind == NoteKind::Notification => {
                let notes = self.notes.entry(note.host).or_default();
                notes.push(format!("◆ {}", note.words()));
            }
            What::Note(note) if note.kind == NoteKind::Path => {
                let notes = self.notes.entry(note.host).or_default();
                notes.push(format!("▪ {}", without_rto(&note.words())));
            }
            What::Note(_) | What::Step(_) | What::Folded(_) => {}
        }
    }

    fn text(&self, hosts: &Hosts) -> String {
        let mut text = String::new();
        if !self.title.is_empty() {
            text.push_str(&format!("── {}\n", escape(&self.title)));
        }
        for ((link, from), packets) in &self.packets {
            let (link, from) = (escape(hosts.link(*link)), escape(hosts.name(*from)));
            text.push_str(&format!("   {from} on {link}\n"));
            for packet in packets {
                text.push_str(&format!("      {}\n", escape(packet)));
            }
        }
        for (host, notes) in &self.notes {
            let host = host.map_or_else(String::new, |host| escape(hosts.name(host)));
            text.push_str(&format!("   at {host}\n"));
            for note in notes {
                text.push_str(&format!("      {}\n", escape(note)));
            }
        }
        text
    }
}

fn words(packet: &PacketLine, hosts: &Hosts) -> String {
    let mut words = without_sequence_numbers(&packet.label(hosts));
    if let Some(fault) = &packet.fault {
        words.push_str(&format!("  ✗ {fault}"));
    } else if packet.end == End::Lost {
        words.push_str("  ✗");
    }
    words
}

/// The words without the RTO, which follows the measured round-trip time to the
/// millisecond.
fn without_rto(words: &str) -> String {
    let parts = words.split(", ").filter(|part| !part.starts_with("RTO "));
    parts.collect::<Vec<_>>().join(", ")
}
