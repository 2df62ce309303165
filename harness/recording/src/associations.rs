//! Which association a packet belongs to, and which way it goes.

use std::collections::BTreeMap;
use std::net::{IpAddr, SocketAddr};

use wire::chunk::{Abort, ShutdownComplete};
use wire::{Chunk, Tsn, VerificationTag};

use super::{
    AssociationEnd, AssociationName, Chosen, Event, NameGiver, Packet, PacketView, Recording, Time,
    TransportAddresses, joined,
};

/// The associations of a recording: those that its ends declare, and those of
/// which only packets are on record.
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
    /// Those that are declared come first.
    known: Vec<Known>,
    declared: usize,
    by_name: BTreeMap<AssociationName, usize>,
    /// Whose tag it is, between which ports, the owner's first.
    by_tag: BTreeMap<(u32, [u16; 2]), Vec<Place>>,
    /// Those of which only packets are on record, by the lesser of the transport
    /// addresses and the greater.
    by_ends: BTreeMap<[(IpAddr, u16); 2], Vec<usize>>,
    /// Names for those of which only packets are on record.
    on_the_wire: NameGiver,
}

/// The place of an association, and of one of its ends.
type Place = (usize, usize);

/// A direction of an association.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Flow<'a> {
    /// The association.
    pub association: &'a AssociationName,
    /// The end that sends.
    pub sender: End<'a>,
    /// The end that receives.
    pub receiver: End<'a>,
}

/// An end of an association.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct End<'a> {
    /// The endpoint, if it is one of the lab's.
    pub endpoint: Option<&'a str>,
    /// What it chose for the association, if that is on record.
    pub chosen: Option<Chosen>,
    /// Its transport addresses, as far as they are known.
    pub transport: &'a TransportAddresses,
}

impl End<'_> {
    /// The TSN of the end's first DATA chunk, if it is on record.
    #[must_use]
    pub fn initial_tsn(&self) -> Option<Tsn> {
        self.chosen.map(|it| it.initial_tsn)
    }
}

#[derive(Clone, Debug)]
struct Known {
    name: AssociationName,
    /// When it began.
    from: Time,
    declared: Declared,
    ends: [KnownEnd; 2],
}

/// What the recording's observations told of an association first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Declared {
    No,
    Begun,
    Up,
}

#[derive(Clone, Debug, Default)]
struct KnownEnd {
    endpoint: Option<String>,
    transport: TransportAddresses,
    /// In the order in which they were chosen.
    chosen: Vec<Chosen>,
    /// The place among them of that whose cookie came back.
    in_force: Option<usize>,
    /// Whether it has sent an INIT.
    began: bool,
}

impl Associations {
    /// Those of a recording.
    #[must_use]
    pub fn of(recording: &Recording) -> Self {
        let mut associations = Self::default();
        for observation in &recording.observations {
            match &observation.event {
                Event::AssociationBegun(end) => {
                    associations.declare(observation.at, end, Declared::Begun);
                }
                Event::AssociationUp(end) => {
                    associations.declare(observation.at, end, Declared::Up);
                }
                _ => {}
            }
        }
        for packet in joined(recording.packets.iter()) {
            associations.take_in(&packet);
        }
        associations
    }

    /// Those of packets alone.
    pub(crate) fn of_packets(packets: &[Packet]) -> Self {
        let mut associations = Self::default();
        for packet in joined(packets.iter()) {
            associations.take_in(&packet);
        }
        associations
    }

    /// The names, with the moments at which the associations began.
    pub(crate) fn beginnings(&self) -> impl Iterator<Item = (Time, &AssociationName)> {
        self.known.iter().map(|it| (it.from, &it.name))
    }

    /// The names, in the order in which the associations began.
    pub fn names(&self) -> impl Iterator<Item = &AssociationName> {
        self.known.iter().map(|it| &it.name)
    }

    /// Both ends of an association, that which began it first.
    #[must_use]
    pub fn ends(&self, association: &AssociationName) -> Option<[End<'_>; 2]> {
        let known = &self.known[*self.by_name.get(association)?];
        Some([0, 1].map(|end| known.end(end)))
    }

    /// The direction that a packet belongs to: found by its verification tag
    /// or, of INIT, by its Initiate Tag. `None` for packets of no association
    /// (RFC 9260 section 8.4), and where the chunks that began it are not on
    /// record.
    #[must_use]
    pub fn flow_of(&self, packet: &wire::Packet) -> Option<Flow<'_>> {
        let (tag, is_senders) = match packet.chunks.first() {
            Some(Chunk::Init(init)) => (init.initiate_tag, true),
            // RFC 9260 section 8.5.1: the T bit says that the tag is the
            // sender's own.
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

    /// Learns from the chunks that set an association up.
    fn take_in(&mut self, packet: &impl PacketView) {
        let Ok(sctp) = packet.sctp() else { return };
        // INIT and INIT ACK stand alone, COOKIE ECHO before all others
        // (RFC 9260 section 6.10).
        let is_set_up = sctp.get(HEADER).is_some_and(|kind| SET_UP.contains(kind));
        if !is_set_up {
            return;
        }
        let Ok(frame) = packet.frame() else {
            return;
        };
        let Ok(decoded) = wire::Packet::decode_lenient(&packet.keep(sctp)) else {
            return;
        };
        let packet_ends = Ends {
            at: packet.at(),
            source: (frame.source.to_canonical(), decoded.packet.source_port),
            destination: (
                frame.destination.to_canonical(),
                decoded.packet.destination_port,
            ),
        };
        match decoded.packet.chunks.first() {
            Some(Chunk::Init(init)) => {
                let place = self
                    .with_tag(init.initiate_tag, packet_ends)
                    .map(|(place, _)| place);
                let place = place.unwrap_or_else(|| self.between(packet_ends));
                self.choose(place, packet_ends, init.initiate_tag, init.initial_tsn);
                if let Some(sender) = self.known[place].end_of(packet_ends) {
                    self.known[place].ends[sender].began = true;
                }
            }
            Some(Chunk::InitAck(ack)) => {
                let place = self
                    .with_tag(decoded.packet.verification_tag, packet_ends.turned())
                    .map(|(place, _)| place);
                let place = place.unwrap_or_else(|| self.between(packet_ends));
                self.choose(place, packet_ends, ack.initiate_tag, ack.initial_tsn);
            }
            Some(Chunk::CookieEcho(_)) => {
                let tag = decoded.packet.verification_tag;
                if let Some((place, owner)) = self.with_tag(tag, packet_ends.turned()) {
                    let end = &mut self.known[place].ends[owner];
                    end.in_force = end.chosen.iter().position(|it| it.verification_tag == tag);
                }
            }
            _ => {}
        }
    }

    /// Whose tag it is, among the associations between these ports; the owner's
    /// is the first.
    fn with_tag(&self, tag: VerificationTag, ends: Ends) -> Option<Place> {
        let ports = [ends.source.1, ends.destination.1];
        self.by_tag.get(&(tag.0, ports))?.last().copied()
    }

    /// The association that an INIT with a new tag, between these transport
    /// addresses, belongs to. An end sends one tag in all INITs of an association.
    fn between(&mut self, ends: Ends) -> usize {
        let mut key = [ends.source, ends.destination];
        key.sort_unstable();
        let on_the_wire = self.by_ends.get(&key).map_or(&[][..], Vec::as_slice);
        let latest = on_the_wire.len().saturating_sub(LATEST);
        let candidates = || {
            let places = (0..self.declared).chain(on_the_wire[latest..].iter().copied());
            let all = places.map(|place| (place, &self.known[place]));
            all.filter_map(|(place, known)| Some((place, known, known.end_of(ends)?)))
        };
        let is_new = |known: &Known, sender: usize| !known.ends[sender].began;
        let has_begun = |known: &Known| known.from <= ends.at;
        // Where nothing but packets is on record, an INIT that comes after the
        // cookie begins another association.
        let is_open = |known: &Known| {
            known.declared != Declared::No || known.ends.iter().all(|end| end.in_force.is_none())
        };
        let found = candidates()
            .filter(|(_, known, sender)| is_new(known, *sender) && is_open(known))
            .rfind(|(_, known, _)| has_begun(known))
            .or_else(|| {
                // What is declared when it is up began before that.
                candidates().find(|(_, known, sender)| {
                    is_new(known, *sender) && !has_begun(known) && known.declared == Declared::Up
                })
            })
            .or_else(|| {
                // A fault has changed the tag on the way.
                candidates()
                    .rfind(|(_, known, _)| has_begun(known) && known.declared != Declared::No)
            });
        if let Some((place, _, _)) = found {
            return place;
        }
        let end = |(address, port)| KnownEnd {
            transport: TransportAddresses {
                port,
                addresses: vec![address],
            },
            ..KnownEnd::default()
        };
        let [source, destination] = [ends.source, ends.destination].map(SocketAddr::from);
        let base = format!("{source}-{destination}");
        let (place, name) = (self.known.len(), self.on_the_wire.next(&base));
        self.by_name.insert(name.clone(), place);
        self.by_ends.entry(key).or_default().push(place);
        self.known.push(Known {
            name,
            from: ends.at,
            declared: Declared::No,
            ends: [end(ends.source), end(ends.destination)],
        });
        place
    }

    fn choose(&mut self, place: usize, ends: Ends, tag: VerificationTag, tsn: Tsn) {
        let known = &mut self.known[place];
        // A packet that a fault has readdressed is nobody's.
        let Some(owner) = known.end_of(ends) else {
            return;
        };
        let end = &mut known.ends[owner];
        let chosen = Chosen {
            verification_tag: tag,
            initial_tsn: tsn,
        };
        if !end.chosen.contains(&chosen) {
            end.chosen.push(chosen);
        }
        let ports = [owner, 1 - owner].map(|end| known.ends[end].transport.port);
        let places = self.by_tag.entry((tag.0, ports)).or_default();
        if !places.contains(&(place, owner)) {
            places.push((place, owner));
        }
    }

    /// What the end of an association chose, and what it only offered.
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
    /// Writes what the capture tells of the ends of associations into the
    /// observations that declare them, so that a reader of these need not look
    /// into the capture.
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

/// Of associations between the same two transport addresses of which only packets are
/// on record, so many are looked at for one that an INIT belongs to.
const LATEST: usize = 16;

/// Bytes of the common header of a packet.
const HEADER: usize = 12;
/// The types of INIT, INIT ACK and COOKIE ECHO.
const SET_UP: [u8; 3] = [1, 2, 10];

/// Where a packet came from and where it went.
#[derive(Clone, Copy)]
struct Ends {
    at: Time,
    source: (IpAddr, u16),
    destination: (IpAddr, u16),
}

impl Ends {
    fn turned(self) -> Self {
        Self {
            source: self.destination,
            destination: self.source,
            ..self
        }
    }
}

impl Known {
    /// Which end it is that sends between these transport addresses.
    fn end_of(&self, ends: Ends) -> Option<usize> {
        [0, 1].into_iter().find(|sender| {
            let [one, other] = [*sender, 1 - sender].map(|end| &self.ends[end].transport);
            one.may_have(ends.source.0, ends.source.1)
                && other.may_have(ends.destination.0, ends.destination.1)
        })
    }

    fn end(&self, end: usize) -> End<'_> {
        let end = &self.ends[end];
        End {
            endpoint: end.endpoint.as_deref(),
            chosen: end.chosen(),
            transport: &end.transport,
        }
    }
}

impl KnownEnd {
    fn chosen(&self) -> Option<Chosen> {
        match self.in_force {
            Some(place) => self.chosen.get(place).copied(),
            None => self.chosen.last().copied(),
        }
    }
}
