//! An endpoint of a scenario: its sockets, and what is heard at them.

mod associations;
mod notification;
mod open;
mod path;
mod paths;
mod reader;
mod send;
mod timers;

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::net::{IpAddr, SocketAddr};
use std::rc::Rc;

use scenario::EndpointName;
use socket::AsyncSocket;

use super::journal::Journal;
use associations::Associations;
pub(crate) use open::open;
pub(crate) use send::Outgoing;

/// Which endpoint has which transport address.
pub(crate) type AddressBook = BTreeMap<(IpAddr, u16), EndpointName>;

/// A running endpoint.
pub(crate) struct Endpoint {
    config: scenario::Endpoint,
    socket: Rc<AsyncSocket>,
    port: u16,
    journal: Rc<Journal>,
    associations: RefCell<Associations>,
    /// Filled once all endpoints are open.
    book: RefCell<Rc<AddressBook>>,
}

impl Endpoint {
    fn name(&self) -> String {
        self.config.name.to_string()
    }

    /// The transport addresses of this endpoint.
    pub(crate) fn transport_addresses(&self) -> impl Iterator<Item = (IpAddr, u16)> + '_ {
        let addresses = self.config.addresses.iter();
        addresses.map(|address| (*address, self.port))
    }

    pub(crate) fn knows(&self, book: Rc<AddressBook>) {
        *self.book.borrow_mut() = book;
    }

    /// The endpoint that has a transport address, if it is one of the lab's.
    fn owner(&self, address: SocketAddr) -> Option<EndpointName> {
        let key = (address.ip().to_canonical(), address.port());
        self.book.borrow().get(&key).cloned()
    }
}
