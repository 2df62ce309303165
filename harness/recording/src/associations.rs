//! Finds the association and the direction of each packet.

mod known;
mod set_up;

use std::collections::BTreeMap;
use std::net::IpAddr;

use wire::Chunk;
use wire::chunk::{Abort, ShutdownComplete};

use super::{
    AssociationEnd, AssociationName, Chosen, Event, NameGiver, Packet, Recording, Time, joined,
};
use known::{Declared, Known, KnownEnd};

pub use known::{End, Flow};

/// The associations of a recording: those that its ends declare, and those that only
/// packets show.
///
/// ```
/// # fn example(recording: &recording::Recording, packet: &wire::Packet) {
/// use recording::Associations;
///
/// let associations = Associations::of(recording);
/// if let Some(flow) = associations.flow_of(packet) {
///     println!("{} from {:?}", flow.association, flow.sender.endpoint);
/// }
/// # }
/// ```
#[derive(Clone, Debug, Default)]
pub struct Associations {
    /// The associations; declared ones come first.
    known: Vec<Known>,
    declared: usize,
    by_name: BTreeMap<AssociationName, usize>,
    /// The ends that own a verification tag, by the tag and both ports. The owner's port
    /// comes first, and the latest owner last.
    by_tag: BTreeMap<(u32, [u16; 2]), Vec<EndIndex>>,
    /// Undeclared associations by both transport addresses, of which the lesser comes first.
    by_ends: BTreeMap<[(IpAddr, u16); 2], Vec<usize>>,
    /// Names for undeclared associations.
    on_the_wire: NameGiver,
}

/// Index of an association, and of one of its ends.
type EndIndex = (usize, usize);

impl Associations {
    /// The associations of a recording.
    #[must_use]
    pub fn of(recording: &Recording) -> Self {
        let mut associations = Self::default();
        for observation in &recording.observations {
            match &observation.event {
                Event::AssociationBegun(end) if !end.found => {
                    associations.declare(observation.at, end, Declared::Begun);
                }
                Event::AssociationBegun(end) | Event::AssociationUp(end) => {
                    associations.declare(observation.at, end, Declared::Later);
                }
                _ => {}
            }
        }
        for packet in joined(recording.packets.iter()) {
            associations.take_in(&packet);
        }
        associations
    }

    /// The associations of packets alone.
    pub(crate) fn of_packets(packets: &[Packet]) -> Self {
        let mut associations = Self::default();
        for packet in joined(packets.iter()) {
            associations.take_in(&packet);
        }
        associations
    }

    /// The names, with the times at which the associations began.
    pub(crate) fn beginnings(&self) -> impl Iterator<Item = (Time, &AssociationName)> {
        self.known.iter().map(|it| (it.from, &it.name))
    }

    /// The names: first those of the declared associations, in the order of their
    /// declaration, then those of the others, in the order of their first packets.
    pub fn names(&self) -> impl Iterator<Item = &AssociationName> {
        self.known.iter().map(|it| &it.name)
    }

    /// Both ends of an association. The first one is the end that declared the
    /// association, or the source of the first INIT or INIT ACK if neither end did.
    #[must_use]
    pub fn ends(&self, association: &AssociationName) -> Option<[End<'_>; 2]> {
        let known = &self.known[*self.by_name.get(association)?];
        Some([0, 1].map(|end| known.end(end)))
    }

    /// The direction of a packet, found by its verification tag or, for INIT, by its
    /// Initiate Tag. `None` for packets of no association (RFC 9260 section 8.4), and if
    /// the chunks that set the association up are not on record.
    #[must_use]
    pub fn flow_of(&self, packet: &wire::Packet) -> Option<Flow<'_>> {
        let (tag, is_senders) = match packet.chunks.first() {
            Some(Chunk::Init(init)) => (init.initiate_tag, true),
            // The T bit says that the tag is the sender's own (RFC 9260 section 8.5.1).
            Some(
                Chunk::Abort(Abort {
                    tag_reflected: true,
                    ..
                })
                | Chunk::ShutdownComplete(ShutdownComplete {
                    tag_reflected: true,
                }),
            ) => (packet.verification_tag, true),
            _ => (packet.verification_tag, false),
        };
        let ports = [packet.source_port, packet.destination_port];
        let owners = match (is_senders, ports) {
            (true, ports) => ports,
            (false, [source, destination]) => [destination, source],
        };
        let (place, owner) = *self.by_tag.get(&(tag.0, owners))?.last()?;
        let known = &self.known[place];
        let sender = if is_senders { owner } else { 1 - owner };
        Some(Flow {
            association: &known.name,
            sender: known.end(sender),
            receiver: known.end(1 - sender),
        })
    }

    fn declare(&mut self, at: Time, end: &AssociationEnd, declared: Declared) {
        let known = match self.by_name.get(&end.association) {
            Some(place) => &mut self.known[*place],
            None => {
                let mine = KnownEnd {
                    endpoint: Some(end.endpoint.clone()),
                    transport: end.local.clone(),
                    ..KnownEnd::default()
                };
                let other = KnownEnd {
                    endpoint: end.peer.clone(),
                    transport: end.remote.clone(),
                    ..KnownEnd::default()
                };
                self.by_name
                    .insert(end.association.clone(), self.known.len());
                self.declared += 1;
                self.known.push(Known {
                    name: end.association.clone(),
                    from: at,
                    declared,
                    ends: [mine, other],
                });
                return;
            }
        };
        let is_first = known.ends[0].endpoint.as_ref() == Some(&end.endpoint)
            && known.ends[0].transport.port == end.local.port;
        let own = usize::from(!is_first);
        for (place, told) in [(own, &end.local), (1 - own, &end.remote)] {
            let transport = &mut known.ends[place].transport;
            if transport.port == 0 {
                transport.port = told.port;
            }
            transport.extend(told.addresses.iter().copied());
        }
    }

    /// The choices of an end: those in force, and those that it only offered.
    fn choices(&self, end: &AssociationEnd) -> (Option<Chosen>, Vec<Chosen>) {
        let known = self.by_name.get(&end.association);
        let ends = known.into_iter().flat_map(|place| &self.known[*place].ends);
        let own = ends
            .filter(|it| it.endpoint.as_ref() == Some(&end.endpoint))
            .find(|it| it.transport.port == end.local.port);
        let Some(own) = own else {
            return (None, Vec::new());
        };
        let chosen = own.chosen();
        let others = own.chosen.iter().filter(|it| Some(**it) != chosen);
        (chosen, others.copied().collect())
    }
}

impl Recording {
    /// Writes the ends' choices from the capture into the observations that declare the
    /// associations, so that readers of the observations do not need the capture.
    pub fn tell_choices(&mut self) {
        let associations = Associations::of(self);
        for observation in &mut self.observations {
            if let Event::AssociationBegun(end) | Event::AssociationUp(end) = &mut observation.event
            {
                (end.chosen, end.offered) = associations.choices(end);
            }
        }
    }
}
