//! Notifications of an endpoint's sockets: keeps its associations up to date by them, and
//! puts them on record.

use std::net::SocketAddr;
use std::rc::Rc;

use recording::{Event, Fields, Value};
use scenario::NotificationKind;
use socket::AssocId;
use socket::notification::{self, AssocChange, AssocChangeState, Notification};

use super::Endpoint;
use super::shared_socket::SharedSocket;

impl Endpoint {
    /// Takes note of a notification, and puts the notification on record if the scenario
    /// subscribes to its type.
    pub(super) fn notified(&self, socket: &Rc<SharedSocket>, notification: &Notification) {
        let id = notification.assoc_id().unwrap_or_default();
        if let Notification::AssocChange(change) = notification {
            self.association_changed(socket, change);
        }
        if self.subscribes_to(notification.name()) {
            self.journal.note(Event::Notification {
                endpoint: self.name(),
                association: self.associations.borrow().name(socket, id),
                name: notification.name().to_owned(),
                fields: fields(notification.fields()),
            });
        }
        if let Notification::PeerAddrChange(_) = notification {
            self.sample_paths_of(socket, id);
        }
    }

    /// Takes note of the association on a socket that was accepted.
    pub(super) fn accepted(&self, socket: &Rc<SharedSocket>, peer: SocketAddr) {
        let peers = socket.getpaddrs(AssocId::FUTURE).unwrap_or_default();
        let peers = if peers.is_empty() { vec![peer] } else { peers };
        self.came_up(socket, AssocId::FUTURE, &peers, false);
    }

    fn subscribes_to(&self, name: &str) -> bool {
        let mut wanted = self.config.subscribe.iter();
        wanted.any(|kind: &NotificationKind| kind.constant() == name)
    }

    fn association_changed(&self, socket: &Rc<SharedSocket>, change: &AssocChange) {
        match change.state {
            AssocChangeState::CommUp | AssocChangeState::Restart => {
                // The association may be gone already: then it has no addresses, and does
                // not come up.
                let peers = socket.getpaddrs(change.assoc_id).unwrap_or_default();
                let restart = change.state == AssocChangeState::Restart;
                self.came_up(socket, change.assoc_id, &peers, restart);
                self.report_timers(socket, change.assoc_id.into());
                self.sample_paths_of(socket, change.assoc_id);
            }
            AssocChangeState::CommLost
            | AssocChangeState::ShutdownComp
            | AssocChangeState::CantStrAssoc => {
                let mut associations = self.associations.borrow_mut();
                let name = associations.name(socket, change.assoc_id);
                associations.remove(socket, change.assoc_id);
                drop(associations);
                if let Some(name) = name {
                    self.over(&name);
                }
            }
            AssocChangeState::Unknown(_) => {}
        }
    }
}

/// The fields of a notification or of ancillary data, for the record.
pub(super) fn fields(fields: notification::Fields) -> Fields {
    Fields(
        fields
            .into_iter()
            .map(|(name, value)| {
                let value = match value {
                    notification::Value::Number(number) => {
                        Value::Number(i64::try_from(number).unwrap_or(i64::MAX))
                    }
                    notification::Value::Address(address) => {
                        Value::Text(address.to_canonical().to_string())
                    }
                    other => Value::Text(other.to_string()),
                };
                (name.to_owned(), value)
            })
            .collect(),
    )
}
