//! The hosted nodes of scripted peers.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::io;
use std::rc::{Rc, Weak};
use std::time::Duration;

use net::{Arrived, HostedNode, Network};
use scenario::{EndpointName, NodeName};

use super::super::error::RunError;
use super::super::journal::Journal;
use super::Peer;
use super::heard::Heard;

/// A node whose packets the lab itself sends and receives, and the scripted peers on it.
pub(super) struct Host {
    pub(super) node: HostedNode,
    journal: Rc<Journal>,
    peers: RefCell<Vec<Weak<Peer>>>,
}

/// Opens the peers on their nodes. `slack` is the time that the way to the other side may
/// take beyond what a step allows.
pub(crate) fn open(
    peers: &[scenario::Peer],
    network: &Network,
    journal: &Rc<Journal>,
    slack: Duration,
) -> Result<BTreeMap<EndpointName, Rc<Peer>>, RunError> {
    let mut hosts: BTreeMap<NodeName, Rc<Host>> = BTreeMap::new();
    let mut open = BTreeMap::new();
    for config in peers {
        let host = match hosts.get(&config.node) {
            Some(host) => Rc::clone(host),
            None => {
                let host = Rc::new(Host {
                    node: network.host(config.node.as_str())?,
                    journal: Rc::clone(journal),
                    peers: RefCell::default(),
                });
                tokio::task::spawn_local(listen(Rc::clone(&host)));
                hosts.insert(config.node.clone(), Rc::clone(&host));
                host
            }
        };
        let peer = Peer::new(config, &host, journal, slack);
        host.peers.borrow_mut().push(Rc::downgrade(&peer));
        open.insert(config.name.clone(), peer);
    }
    Ok(open)
}

/// Takes the packets that arrive at a node, until the run is over or the node's socket
/// fails. The next step that waits for a packet reports that failure.
async fn listen(host: Rc<Host>) {
    while let Ok(arrived) = host.node.next().await {
        host.hear(arrived);
    }
}

impl Host {
    /// Takes the packets that have arrived.
    pub(super) fn take(&self) -> io::Result<()> {
        self.hear(self.node.take()?);
        Ok(())
    }

    fn hear(&self, arrived: Vec<Arrived>) {
        for Arrived { at, frame } in arrived {
            let Some(heard) = Heard::of(self.journal.at(at), &frame) else {
                continue;
            };
            let peers = self.peers.borrow();
            let all = || peers.iter().filter_map(Weak::upgrade);
            let port = heard.packet.destination_port;
            // A packet to no peer's port goes to the first peer: a scenario may send from
            // other ports too.
            let meant = all().find(|peer| peer.config.port == port);
            if let Some(peer) = meant.or_else(|| all().next()) {
                peer.hear(heard);
            }
        }
    }
}
