use recording::{Association as AssociationId, Event, PathSample};
use socket::option::{Path, PeerAddrInfo, Status};
use socket::{AssocId, Socket};

use super::Endpoint;

impl Endpoint {
    /// Puts on record how every path of every association is now.
    pub(crate) fn sample_paths(&self) {
        let associations = self.associations.borrow().all();
        for association in associations {
            self.sample_paths_of(&association.socket, association.id);
        }
    }

    pub(super) fn sample_paths_of(&self, socket: &Socket, id: AssocId) {
        let Ok(addresses) = socket.getpaddrs(id) else {
            return;
        };
        let primary = socket
            .get::<Status>(id)
            .ok()
            .and_then(|status| status.primary.address);
        for address in addresses {
            let Ok(info) = socket.get::<PeerAddrInfo>(Path::to(id, address)) else {
                continue;
            };
            let milliseconds =
                |time: std::time::Duration| u32::try_from(time.as_millis()).unwrap_or(u32::MAX);
            self.journal.note(Event::Path {
                endpoint: self.name(),
                association: AssociationId(id.get()),
                sample: PathSample {
                    address: address.ip().to_canonical(),
                    primary: primary.is_some_and(|it| it.ip() == address.ip()),
                    state: info.state.to_string(),
                    cwnd: info.cwnd,
                    srtt_ms: milliseconds(info.srtt),
                    rto_ms: milliseconds(info.rto),
                    mtu: info.mtu,
                },
            });
        }
    }
}
