//! The associations of a program, as the kernel tells of them: the same samples as of the
//! lab's own endpoints, at the same moments.

use std::cell::{OnceCell, RefCell};
use std::collections::BTreeMap;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::rc::Rc;
use std::sync::Arc;

use bounds::Timing;
use net::{Diag, NetError, Network, Seen};
use recording::{AssociationEnd, AssociationName, AssociationSample, Event, PathSample};
use scenario::EndpointName;
use socket::option::{AssocIdList, AssocState, Path, PeerAddrInfo, Status};
use socket::{AssocId, Socket, Style};

use super::sockets::{self, Place};
use crate::endpoint::{
    AddressBook, association_sample, owner_in, path_sample, read_timers, transport,
};
use crate::journal::Journal;
use crate::names::{EndpointPort, Names};

/// The associations of a program, as last seen.
pub(super) struct Watch {
    endpoint: EndpointName,
    /// The port at which peers call the program, where the scenario says it.
    port: RefCell<Option<u16>>,
    journal: Rc<Journal>,
    names: Rc<Names>,
    book: RefCell<Rc<AddressBook>>,
    diag: OnceCell<Option<Arc<Diag>>>,
    /// The places of the program's SCTP sockets, at the last search for all of them.
    places: RefCell<Vec<Place>>,
    known: RefCell<Vec<Known>>,
    /// Why the lab cannot look at the sockets, where the kernel forbids it.
    refused: RefCell<Option<String>>,
}

/// An association that is on record as up.
struct Known {
    name: AssociationName,
    id: AssocId,
    ports: (u16, u16),
    local: SocketAddr,
    peers: Vec<SocketAddr>,
    last: Option<AssociationSample>,
    last_of_path: BTreeMap<IpAddr, PathSample>,
    timers: BTreeMap<Option<IpAddr>, Timing>,
}

/// An association that a socket has now.
struct Found {
    socket: Rc<Socket>,
    /// The association ID to ask this socket by: `FUTURE` at a one-to-one socket.
    id: AssocId,
    status: Status,
    local: Vec<SocketAddr>,
    peers: Vec<SocketAddr>,
}

impl Found {
    fn ports(&self) -> (u16, u16) {
        let port = |all: &[SocketAddr]| all.first().map_or(0, SocketAddr::port);
        (port(&self.local), port(&self.peers))
    }

    /// Compares the association and not the socket: an association moves to another socket
    /// when it is accepted or peeled off.
    fn is(&self, known: &Known) -> bool {
        self.status.assoc_id == known.id
            && self.ports() == known.ports
            && self.peers.iter().any(|it| known.peers.contains(it))
    }
}

impl Watch {
    pub(super) fn new(
        config: &scenario::Program,
        journal: &Rc<Journal>,
        names: &Rc<Names>,
    ) -> Rc<Self> {
        Rc::new(Self {
            endpoint: config.name.clone(),
            port: RefCell::new(config.port),
            journal: Rc::clone(journal),
            names: Rc::clone(names),
            book: RefCell::default(),
            diag: OnceCell::new(),
            places: RefCell::default(),
            known: RefCell::default(),
            refused: RefCell::default(),
        })
    }

    pub(super) fn knows(&self, book: Rc<AddressBook>) {
        *self.book.borrow_mut() = book;
    }

    pub(super) fn is_called_at(&self, port: Option<u16>) {
        *self.port.borrow_mut() = port;
    }

    /// Why nothing is known of the associations, where the kernel hides them.
    pub(super) fn refused(&self) -> Option<String> {
        self.refused.borrow().clone()
    }

    /// Calls `look` after every frame that the node has sent or received, as for the lab's
    /// own endpoints. Only the first call has an effect.
    pub(super) fn follow(
        &self,
        node: &str,
        network: &Network,
        look: impl Fn(&Seen) -> bool + 'static,
    ) -> Result<(), NetError> {
        if self.diag.set(network.node(node)?.diag()).is_err() {
            return Ok(());
        }
        let activity = network.activity(node)?;
        tokio::task::spawn_local(async move { while look(&activity.next().await) {} });
        Ok(())
    }

    /// Puts on record what has changed in the associations of a process group. Without a
    /// frame that tells which association to look at, all of them are put on record,
    /// changed or not.
    pub(super) fn look(&self, group: u32, seen: Option<&Seen>) {
        if self.refused.borrow().is_some() {
            return;
        }
        if let Err(error) = self.try_look(group, seen) {
            *self.refused.borrow_mut() = Some(format!(
                "this kernel does not let the lab look at the sockets of {}: {error}",
                self.endpoint
            ));
        }
    }

    fn try_look(&self, group: u32, seen: Option<&Seen>) -> io::Result<()> {
        let mut found = match seen {
            Some(_) => self.there_are()?,
            None => Vec::new(),
        };
        if !self.are_all(&found, seen) {
            *self.places.borrow_mut() = sockets::of_group(group)?;
            found = self.there_are()?;
        }
        let mut known = self.known.borrow_mut();
        known.retain(|known| {
            let stays = found.iter().any(|it| it.is(known));
            if !stays {
                self.over(known);
            }
            stays
        });
        for it in &found {
            let place = known.iter().position(|known| it.is(known));
            let place = place.unwrap_or_else(|| {
                known.push(self.up(it));
                known.len() - 1
            });
            let (own, peer) = it.ports();
            if seen.is_none_or(|seen| seen.concerns(own, peer)) {
                self.sample(it, &mut known[place], seen.is_none());
            }
        }
        Ok(())
    }

    /// Takes note that the program's sockets are closed.
    pub(super) fn ended(&self) {
        self.places.borrow_mut().clear();
        for known in self.known.borrow_mut().drain(..) {
            self.over(&known);
        }
    }

    /// Whether these include every known association, and every pair of ports of the frames
    /// seen. If not, the places have to be searched anew.
    fn are_all(&self, found: &[Found], seen: Option<&Seen>) -> bool {
        let Some(seen) = seen else { return false };
        let known = self.known.borrow();
        let mut known = known.iter();
        let mut ports = seen.ports.iter();
        known.all(|known| found.iter().any(|it| it.is(known)))
            && ports.all(|ports| found.iter().any(|it| it.ports() == *ports))
    }

    /// The associations that are up at the sockets whose places are known.
    fn there_are(&self) -> io::Result<Vec<Found>> {
        let mut found = Vec::new();
        for place in self.places.borrow().iter() {
            let Some(socket) = sockets::at(*place)? else {
                continue;
            };
            let socket = Rc::new(socket);
            let ids = match socket.style() {
                Style::OneToOne => vec![AssocId::FUTURE],
                Style::OneToMany => socket.get::<AssocIdList>(()).map_or(Vec::new(), |it| it.0),
            };
            found.extend(ids.into_iter().filter_map(|id| found_at(&socket, id)));
        }
        Ok(found)
    }

    /// Takes note of a new association.
    fn up(&self, found: &Found) -> Known {
        let (port, peers_port) = found.ports();
        let book = self.book.borrow();
        let owner = found.peers.iter().find_map(|it| owner_in(&book, *it));
        let own = EndpointPort {
            endpoint: self.endpoint.to_string(),
            port,
        };
        let first = found.peers.first().map(|it| it.ip().to_canonical());
        let peer = EndpointPort {
            endpoint: match (&owner, first) {
                (Some(owner), _) => owner.to_string(),
                (None, first) => first.map_or_else(String::new, |it| it.to_string()),
            },
            port: peers_port,
        };
        let is_called = *self.port.borrow() == Some(port);
        let name = match is_called {
            true => self.names.come_up_by_peer(&own, &peer),
            false => self.names.come_up(&own, &peer),
        };
        self.journal.note(Event::AssociationUp(AssociationEnd {
            endpoint: self.endpoint.to_string(),
            association: name.clone(),
            peer: owner.map(|it| it.to_string()),
            id: Some(found.status.assoc_id.get()),
            local: transport(port, &found.local),
            remote: transport(peers_port, &found.peers),
            chosen: None,
            offered: Vec::new(),
        }));
        Known {
            name,
            id: found.status.assoc_id,
            ports: found.ports(),
            local: found.local[0],
            peers: found.peers.clone(),
            last: None,
            last_of_path: BTreeMap::new(),
            timers: BTreeMap::new(),
        }
    }

    fn over(&self, known: &Known) {
        if self.names.end(&known.name, self.endpoint.as_str()) {
            self.journal.note(Event::AssociationEnded {
                endpoint: self.endpoint.to_string(),
                association: known.name.clone(),
            });
        }
    }

    fn sample(&self, found: &Found, known: &mut Known, everything: bool) {
        known.peers.clone_from(&found.peers);
        self.sample_timers(found, known);
        let (endpoint, status) = (self.endpoint.to_string(), &found.status);
        let diag = self.diag.get().and_then(Option::as_ref);
        let info = diag.zip(status.primary.address);
        let info = info.and_then(|(diag, peer)| diag.association(known.local, peer).ok());
        let sample = association_sample(status, info.as_ref());
        if everything || known.last.as_ref() != Some(&sample) {
            known.last = Some(sample.clone());
            self.journal.note(Event::Association {
                endpoint: endpoint.clone(),
                association: known.name.clone(),
                sample,
            });
        }
        for peer in &found.peers {
            let primary = status.primary.address.map(|it| it.ip()) == Some(peer.ip());
            let path = match primary {
                true => Ok(status.primary),
                false => found.socket.get::<PeerAddrInfo>(Path::to(found.id, *peer)),
            };
            let Ok(path) = path else { continue };
            let address = peer.ip().to_canonical();
            let sample = path_sample(address, primary, &path, info.as_ref());
            if everything || known.last_of_path.get(&address) != Some(&sample) {
                known.last_of_path.insert(address, sample.clone());
                self.journal.note(Event::Path {
                    endpoint: endpoint.clone(),
                    association: known.name.clone(),
                    sample,
                });
            }
        }
    }

    /// Puts on record the timers in force where they have changed: a program may set those
    /// of the association or of one path at any time.
    fn sample_timers(&self, found: &Found, known: &mut Known) {
        let paths = found.peers.iter().map(|it| Path::to(found.id, *it));
        for path in std::iter::once(Path::all(found.id)).chain(paths) {
            let Ok(timers) = read_timers(&found.socket, path) else {
                continue;
            };
            let address = path.address.map(|it| it.ip().to_canonical());
            let said = known.timers.get(&address);
            let said = said.or_else(|| known.timers.get(&None).filter(|_| address.is_some()));
            if said == Some(&timers) {
                continue;
            }
            known.timers.insert(address, timers);
            self.journal.note(Event::Timers {
                endpoint: self.endpoint.to_string(),
                association: Some(known.name.clone()),
                address,
                timers,
            });
        }
    }
}

/// The association that a socket has under this ID, if it is up.
fn found_at(socket: &Rc<Socket>, id: AssocId) -> Option<Found> {
    let status = socket.get::<Status>(id).ok()?;
    let is_up = !matches!(
        status.state,
        AssocState::Closed | AssocState::CookieWait | AssocState::CookieEchoed
    );
    let found = Found {
        socket: Rc::clone(socket),
        id,
        status,
        local: socket.getladdrs(id).ok()?,
        peers: socket.getpaddrs(id).ok()?,
    };
    (is_up && !found.local.is_empty() && !found.peers.is_empty()).then_some(found)
}
