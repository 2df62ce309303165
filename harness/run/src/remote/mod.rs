//! Tests a stack on another host: the lab's cable ends at a raw socket of this machine,
//! and the user's host answers there. `docs/stacks.md` explains the limits.

mod hello;
mod part;
mod reach;

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::net::IpAddr;
use std::rc::Rc;
use std::time::Duration;

use net::{Arrived, Attended, Came, HostedNode, Network, Outside};
use recording::Ended;
use scenario::{Action, Capability, EndpointName, NodeName, Scenario};
use tokio::sync::Notify;
use wire::Frame;
use wire::build::Value;
use wire::frame::{Envelope, Transport};

use super::error::RunError;
pub use hello::{Meeting, NotMet};
use part::Parting;
pub use reach::settings;

/// A stack on another host that has answered.
#[derive(Debug)]
pub struct Elsewhere {
    /// The raw socket's way to the stack.
    pub outside: Outside,
    /// What the lab knows of the stack.
    pub known: Known,
    /// How much longer an answer may take than a case allows, for the way to the stack.
    pub slack: Duration,
}

/// What the lab knows of a stack on another host.
#[derive(Clone, Debug)]
pub struct Known {
    /// The addresses of this machine that the lab sends from.
    pub own: Vec<IpAddr>,
    /// The stack's addresses.
    pub remote: Vec<IpAddr>,
    /// The port that the stack listens on.
    pub port: u16,
    /// The name of the stack, for the record.
    pub called: String,
    /// The capabilities that the stack's INIT ACK names.
    pub can: BTreeSet<Capability>,
    /// Socket options, timers and settings that the user says the stack has.
    pub granted: BTreeSet<String>,
}

impl Known {
    /// Why a scenario cannot be run against this stack; `None` where it can.
    #[must_use]
    pub fn lack(&self, scenario: &Scenario) -> Option<Ended> {
        let lack = reach::beyond_reach(scenario, self)?;
        Some(Ended::Lacking {
            capability: lack.needs,
            saw: lack.why,
        })
    }
}

impl Elsewhere {
    /// Whether the stack replaces the sockets of a node.
    pub(crate) fn is_on(scenario: &Scenario, node: &NodeName) -> bool {
        scenario.endpoints.iter().any(|it| it.node == *node)
    }
}

/// The far end of the lab's cable, joined to the way to the stack.
pub(crate) struct Remote {
    endpoint: EndpointName,
    node: HostedNode,
    outside: Attended,
    /// The stack's addresses.
    remote: Vec<IpAddr>,
    slack: Duration,
    /// The ports that the scripted peers send from.
    ports: BTreeSet<u16>,
    parting: RefCell<Parting>,
    /// Whether a peer has sent a packet of UDP or ICMP, which the way cannot carry.
    lacks: Cell<bool>,
    broken: RefCell<Option<String>>,
    breaks: Notify,
}

/// Joins the lab's cable and the way to the stack.
pub(crate) fn open(
    scenario: &Scenario,
    elsewhere: &Elsewhere,
    network: &Network,
) -> Result<Option<Rc<Remote>>, RunError> {
    let Some(endpoint) = scenario.endpoints.first() else {
        return Ok(None);
    };
    let outside = elsewhere
        .outside
        .attend()
        .map_err(|error| RunError::Endpoint {
            endpoint: endpoint.name.to_string(),
            call: "raw socket".to_owned(),
            error,
        })?;
    let remote = Rc::new(Remote {
        endpoint: endpoint.name.clone(),
        node: network.host(endpoint.node.as_str())?,
        outside,
        remote: elsewhere.known.remote.clone(),
        slack: elsewhere.slack,
        ports: ports(scenario),
        parting: RefCell::default(),
        lacks: Cell::default(),
        broken: RefCell::default(),
        breaks: Notify::new(),
    });
    tokio::task::spawn_local(Rc::clone(&remote).carry_there());
    tokio::task::spawn_local(Rc::clone(&remote).carry_back());
    Ok(Some(remote))
}

/// The ports that the peers of a scenario send from. A packet to any other port belongs to
/// an earlier run.
fn ports(scenario: &Scenario) -> BTreeSet<u16> {
    let own = scenario.peers.iter();
    // The out-of-the-blue probe is sent from the port beside the peer's own.
    let mut ports: BTreeSet<u16> = own.flat_map(|it| [it.port, it.port ^ 1]).collect();
    for step in &scenario.steps {
        if let Action::Emit(it) = &step.action
            && let Some(Value::Number(port)) = &it.header.ports[0]
        {
            ports.extend(u16::try_from(*port).ok());
        }
    }
    ports
}

impl Remote {
    /// Whether an endpoint of the scenario is this stack.
    pub(crate) fn is(&self, endpoint: &EndpointName) -> bool {
        self.endpoint == *endpoint
    }

    /// How much longer an answer may take than a case allows, for the way to the stack.
    pub(crate) fn slack(&self) -> Duration {
        self.slack
    }

    async fn carry_there(self: Rc<Self>) {
        while let Ok(arrived) = self.node.next().await {
            for Arrived { frame, .. } in arrived {
                if let Err(error) = self.carry_out(&frame) {
                    return self.fails(&format!("a packet cannot be sent: {error}"));
                }
            }
        }
    }

    fn carry_out(&self, frame: &[u8]) -> io::Result<()> {
        let Ok(frame) = Frame::decode(frame) else {
            return Ok(());
        };
        let sctp = match frame.transport {
            Transport::Sctp(sctp) => sctp,
            Transport::UdpEncapsulated { .. } | Transport::Icmp(_) => {
                self.lacks.set(true);
                return Ok(());
            }
            Transport::Other(_) => return Ok(()),
        };
        let (own, remote) = (frame.source, frame.destination);
        self.parting.borrow_mut().said(own, remote, sctp);
        self.outside.send(own, remote, sctp)
    }

    async fn carry_back(self: Rc<Self>) {
        loop {
            let came = match self.outside.next().await {
                Ok(came) => came,
                Err(error) => return self.fails(&format!("the raw socket: {error}")),
            };
            for it in came {
                if let Err(error) = self.carry_in(&it) {
                    return self.fails(&format!("its packet cannot be carried on: {error}"));
                }
            }
        }
    }

    fn carry_in(&self, it: &Came) -> io::Result<()> {
        let port = it.sctp.get(2..4).and_then(|it| it.try_into().ok());
        let port = port.map(u16::from_be_bytes);
        let is_meant = port.is_some_and(|port| self.ports.contains(&port));
        if !is_meant || !self.remote.contains(&it.source) {
            return Ok(());
        }
        let mut parting = self.parting.borrow_mut();
        parting.heard(it.destination, it.source, &it.sctp);
        self.node
            .send(&Envelope::new(it.source, it.destination), &it.sctp)
    }

    /// Aborts every association that may be left of this run at the stack.
    pub(crate) fn part(&self) {
        for (own, remote, packet) in self.parting.borrow().packets() {
            // An association whose ABORT is lost ends by its timers.
            let _ = self.outside.send(own, remote, &packet);
        }
    }

    fn fails(&self, why: &str) {
        *self.broken.borrow_mut() = Some(format!("the way to the stack: {why}"));
        self.breaks.notify_one();
    }
}

/// Returns when the way to the stack is broken, and says why.
pub(crate) async fn broken(remote: Option<&Rc<Remote>>) -> String {
    let Some(remote) = remote else {
        return std::future::pending().await;
    };
    loop {
        let why = remote.broken.borrow().clone();
        match why {
            Some(why) => return why,
            None => remote.breaks.notified().await,
        }
    }
}

/// What a run needed that the way to the stack cannot carry, if anything.
pub(crate) fn lacking(remote: Option<&Rc<Remote>>) -> Option<Ended> {
    let remote = remote.filter(|it| it.lacks.get())?;
    Some(Ended::Lacking {
        capability: "packets of UDP or ICMP".to_owned(),
        saw: format!("the way to {} is for SCTP in IP alone", remote.endpoint),
    })
}

/// Verification tags, by the addresses and ports of both sides, this machine's first.
type Between = BTreeMap<(IpAddr, u16, IpAddr, u16), BTreeSet<u32>>;
