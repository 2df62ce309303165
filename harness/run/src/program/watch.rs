//! The associations of a program, as the kernel tells of them. The samples are those that
//! the lab takes of its own endpoints, at the same moments.

use std::cell::{OnceCell, RefCell};
use std::io;
use std::rc::Rc;
use std::sync::Arc;

use net::{Diag, Listed, NetError, Network, Seen, Tables};
use scenario::EndpointName;
use socket::option::AssocIdList;
use socket::{AssocId, Style};

use super::calling::{Calling, is_setting_up};
use super::known::{Found, Known};
use super::sockets::{self, Place};
use crate::endpoint::AddressBook;
use crate::journal::Journal;
use crate::names::Names;
use crate::samples::Sampler;

/// The associations of a program, as last seen.
pub(super) struct Watch {
    pub(super) endpoint: EndpointName,
    /// The port at which peers call the program, where the scenario says it.
    pub(super) port: RefCell<Option<u16>>,
    pub(super) journal: Rc<Journal>,
    pub(super) names: Rc<Names>,
    pub(super) book: RefCell<Rc<AddressBook>>,
    kernel: OnceCell<Kernel>,
    /// The places of the program's SCTP sockets, at the last search for all of them.
    places: RefCell<Vec<Place>>,
    known: RefCell<Vec<Known>>,
    calling: RefCell<Vec<Calling>>,
    /// Why the lab cannot look at the sockets, where the kernel forbids it.
    refused: RefCell<Option<String>>,
}

/// What the node's kernel tells of associations apart from their sockets.
#[derive(Default)]
struct Kernel {
    diag: Option<Arc<Diag>>,
    tables: Option<Tables>,
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
            kernel: OnceCell::new(),
            places: RefCell::default(),
            known: RefCell::default(),
            calling: RefCell::default(),
            refused: RefCell::default(),
        })
    }

    pub(super) fn set_book(&self, book: Rc<AddressBook>) {
        *self.book.borrow_mut() = book;
    }

    pub(super) fn set_port(&self, port: Option<u16>) {
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
        let host = network.node(node)?;
        let kernel = Kernel {
            diag: host.diag(),
            tables: host.tables(),
        };
        if self.kernel.set(kernel).is_err() {
            return Ok(());
        }
        let activity = network.activity(node)?;
        tokio::task::spawn_local(async move { while look(&activity.next().await) {} });
        Ok(())
    }

    /// Puts on record what has changed in the associations of the process group `group`, which
    /// is `None` when the program has ended. `seen` has the frames that tell which associations
    /// to look at. Where it is `None`, all of them are put on record, changed or not.
    pub(super) fn look(&self, group: Option<u32>, seen: Option<&Seen>) {
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

    fn try_look(&self, group: Option<u32>, seen: Option<&Seen>) -> io::Result<()> {
        let mut found = match seen {
            Some(_) => self.there_are()?,
            None => Vec::new(),
        };
        let mut is_all = self.are_all(&found, seen);
        if !is_all {
            *self.places.borrow_mut() = match group {
                Some(group) => sockets::of_group(group)?,
                None => Vec::new(),
            };
            found = self.there_are()?;
            is_all = self.are_all(&found, seen);
        }
        let is_left = self.known.borrow().iter().any(|known| known.left);
        let has_all = is_all && !is_left && self.calling.borrow().is_empty();
        let listed = match self.tables().filter(|_| !has_all) {
            Some(tables) => Some(tables.associations()?),
            None => None,
        };
        self.come_up(&found);
        self.follow_up(&found, seen, listed.as_deref());
        if let Some(listed) = listed {
            self.set_up(&listed);
        }
        Ok(())
    }

    /// Takes note that the program has ended, and with it its sockets. The kernel may go on
    /// with their associations.
    pub(super) fn ended(&self) {
        self.look(None, None);
    }

    /// Whether there are associations to look at after the program has ended.
    pub(super) fn has_associations(&self) -> bool {
        !self.known.borrow().is_empty() || !self.calling.borrow().is_empty()
    }

    /// Whether `found` has every known association, and one for every pair of ports of the
    /// frames seen. If not, the places have to be searched anew.
    fn are_all(&self, found: &[Found], seen: Option<&Seen>) -> bool {
        let Some(seen) = seen else { return false };
        let known = self.known.borrow();
        let is_there = |ports: (u16, u16)| {
            let is_left = || known.iter().any(|it| it.left && it.ports == ports);
            found.iter().any(|it| it.ports() == ports) || is_left()
        };
        known
            .iter()
            .all(|known| known.left || found.iter().any(|it| it.is(known)))
            && seen.ports.iter().all(|ports| is_there(*ports))
    }

    /// The kernel's tables of associations, where it has them.
    fn tables(&self) -> Option<&Tables> {
        self.kernel.get()?.tables.as_ref()
    }

    fn sampler(&self, everything: bool) -> Sampler<'_> {
        Sampler {
            endpoint: self.endpoint.as_str(),
            journal: &self.journal,
            diag: self.kernel.get().and_then(|it| it.diag.as_deref()),
            everything,
        }
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
            found.extend(ids.into_iter().filter_map(|id| Found::at(&socket, id)));
        }
        Ok(found)
    }

    /// Takes note of new associations that are up.
    fn come_up(&self, found: &[Found]) {
        let mut known = self.known.borrow_mut();
        for it in found {
            if !known.iter().any(|known| it.is(known)) {
                known.push(self.up(it));
            }
            let mut calling = self.calling.borrow_mut();
            calling.retain(|calling| !calling.is_between(&it.local, &it.peers));
        }
    }

    /// Samples the associations that are up, and takes note of those that are over.
    fn follow_up(&self, found: &[Found], seen: Option<&Seen>, listed: Option<&[Listed]>) {
        let to = self.sampler(seen.is_none());
        self.known.borrow_mut().retain_mut(|known| {
            let (own, peer) = known.ports;
            let is_concerned = seen.is_none_or(|seen| seen.concerns(own, peer));
            let here = found.iter().find(|it| it.is(known));
            known.left = here.is_none();
            if let Some(here) = here {
                if is_concerned {
                    known.sample(here, &to);
                }
                return true;
            }
            let mut listed = listed.unwrap_or_default().iter();
            let stays = listed.any(|it| it.id == known.id.get());
            match (stays, self.tables()) {
                (true, Some(tables)) if is_concerned => known.sample_left(tables, &to),
                (true, _) => {}
                (false, _) => self.over(&known.name, None),
            }
            stays
        });
    }

    /// Takes note of associations that are being set up, and of those whose set-up is over
    /// without success.
    fn set_up(&self, listed: &[Listed]) {
        let Some(tables) = self.tables() else { return };
        let to = self.sampler(false);
        let mut calling = self.calling.borrow_mut();
        calling.retain(|calling| {
            let stays = listed.iter().any(|it| calling.is(it));
            if !stays {
                self.over(&calling.name, calling.t1_expiries(tables));
            }
            stays
        });
        let is_new = |it: &&Listed, calling: &[Calling]| {
            is_setting_up(it) && !calling.iter().any(|known| known.is(it))
        };
        for it in listed {
            let places = self.places.borrow();
            let place = places.iter().find(|place| place.inode == it.inode);
            if let Some(place) = place.filter(|_| is_new(&it, &calling)) {
                let begun = Calling::new(self.begun(it), it, tables);
                begun.note_timers(*place, &to);
                calling.push(begun);
            }
        }
        for calling in calling.iter_mut() {
            calling.sample(listed, &to);
        }
    }
}
