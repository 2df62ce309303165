//! An endpoint of a scenario: its sockets, and the messages and notifications that they
//! receive.

mod ask;
mod associations;
mod bind;
mod call;
mod connect;
mod end;
mod notification;
mod open;
mod option;
mod option_table;
mod path;
mod paths;
mod peeloff;
mod reader;
mod reassembly;
mod role;
mod send;
mod shared_socket;
mod timers;

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::os::fd::AsFd;
use std::rc::Rc;

use nix::poll::{PollFd, PollFlags, PollTimeout};
use scenario::EndpointName;
use tokio::sync::watch;

use super::journal::Journal;
use super::names::Names;
use associations::Associations;
pub(crate) use associations::transport;
pub(crate) use end::Ending;
use paths::Paths;
use role::Relayed;
pub(crate) use send::Outgoing;
use shared_socket::SharedSocket;
pub(crate) use timers::read as read_timers;

/// The endpoint at each transport address. A program whose port is unknown until it calls
/// stands under port 0.
pub(crate) type AddressBook = BTreeMap<(IpAddr, u16), EndpointName>;

/// The endpoint at a transport address, if the lab has one there.
pub(crate) fn owner_in(book: &AddressBook, address: SocketAddr) -> Option<EndpointName> {
    let ip = address.ip().to_canonical();
    let owner = book.get(&(ip, address.port()));
    owner.or_else(|| book.get(&(ip, 0))).cloned()
}

/// A running endpoint.
pub(crate) struct Endpoint {
    config: scenario::Endpoint,
    journal: Rc<Journal>,
    names: Rc<Names>,
    /// The port of each of the endpoint's own sockets. A reopened endpoint binds them to
    /// the same ports. 0 until the kernel has chosen.
    ports: RefCell<Vec<u16>>,
    /// The open sockets: the endpoint's own, in the order of `ports`, and then those that
    /// were accepted or peeled off.
    sockets: RefCell<Vec<Rc<SharedSocket>>>,
    associations: RefCell<Associations>,
    paths: Paths,
    /// Empty until all endpoints are open.
    book: RefCell<Rc<AddressBook>>,
    /// Whether the endpoint reads arriving messages.
    reading: watch::Sender<bool>,
    relayed: RefCell<Relayed>,
}

impl Endpoint {
    /// An endpoint that is not open yet.
    pub(crate) fn new(
        config: &scenario::Endpoint,
        journal: &Rc<Journal>,
        names: &Rc<Names>,
    ) -> Rc<Self> {
        Rc::new(Self {
            config: config.clone(),
            journal: Rc::clone(journal),
            names: Rc::clone(names),
            ports: RefCell::new(vec![config.port.unwrap_or(0); config.count]),
            sockets: RefCell::default(),
            associations: RefCell::default(),
            paths: Paths::default(),
            book: RefCell::default(),
            reading: watch::Sender::new(true),
            relayed: RefCell::default(),
        })
    }

    fn name(&self) -> String {
        self.config.name.to_string()
    }

    /// Whether the endpoint is bound to the wildcard address.
    pub(crate) fn is_wildcard(&self) -> bool {
        self.config.wildcard
    }

    /// The node of the endpoint.
    pub(crate) fn node(&self) -> &str {
        self.config.node.as_str()
    }

    /// The transport addresses of this endpoint.
    pub(crate) fn transport_addresses(&self) -> Vec<(IpAddr, u16)> {
        let addresses = self.config.addresses.iter();
        addresses
            .flat_map(|address| self.transport_addresses_of(*address))
            .collect()
    }

    /// An address with each of the endpoint's ports.
    pub(crate) fn transport_addresses_of(&self, address: IpAddr) -> Vec<(IpAddr, u16)> {
        self.ports
            .borrow()
            .iter()
            .map(|port| (address, *port))
            .collect()
    }

    pub(crate) fn set_book(&self, book: Rc<AddressBook>) {
        *self.book.borrow_mut() = book;
    }

    /// Has the endpoint read arriving messages, or leave them in the kernel's buffer.
    pub(crate) fn read(&self, reading: bool) {
        self.reading.send_replace(reading);
    }

    /// Whether something has arrived that the endpoint is to read and has not read yet.
    pub(crate) fn has_unread(&self) -> io::Result<bool> {
        if !*self.reading.borrow() {
            return Ok(false);
        }
        let sockets = self.sockets.borrow();
        let mut asked: Vec<PollFd<'_>> = sockets
            .iter()
            .filter(|socket| socket.is_read())
            .map(|socket| PollFd::new(socket.as_fd(), PollFlags::POLLIN))
            .collect();
        nix::poll::poll(&mut asked, PollTimeout::ZERO)?;
        let is_readable = |it: &PollFd<'_>| {
            it.revents()
                .is_some_and(|events| events.contains(PollFlags::POLLIN))
        };
        Ok(asked.iter().any(is_readable))
    }

    fn first_socket(&self) -> Option<Rc<SharedSocket>> {
        self.sockets.borrow().first().cloned()
    }

    /// The endpoint at a transport address, if the lab has one there.
    fn owner(&self, address: SocketAddr) -> Option<EndpointName> {
        owner_in(&self.book.borrow(), address)
    }

    /// Whether an endpoint is a program whose port is unknown until it calls.
    fn is_caller(&self, owner: &EndpointName) -> bool {
        let book = self.book.borrow();
        book.iter()
            .any(|((_, port), name)| *port == 0 && name == owner)
    }
}
