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

/// A stack elsewhere that has answered.
#[derive(Debug)]
pub struct Elsewhere {
    /// The way there.
    pub outside: Outside,
    /// What is known of it.
    pub known: Known,
    /// What the way there may take, beyond what a case allows.
    pub slack: Duration,
}

/// What is known of a stack elsewhere.
#[derive(Clone, Debug)]
pub struct Known {
    /// The addresses of this machine's that the lab speaks from.
    pub own: Vec<IpAddr>,
    /// The stack's addresses.
    pub remote: Vec<IpAddr>,
    /// The port that it listens on.
    pub port: u16,
    /// What it is, for the record.
    pub called: String,
    /// What its INIT ACK says that it can.
    pub can: BTreeSet<Capability>,
    /// Socket options, timers and settings of which the user says that it has them.
    pub granted: BTreeSet<String>,
}

impl Known {
    /// Why a scenario cannot be run there, if it cannot.
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
    /// Whether the stack speaks for a node.
    pub(crate) fn is_on(scenario: &Scenario, node: &NodeName) -> bool {
        scenario.endpoints.iter().any(|it| it.node == *node)
    }
}

/// The far end of the lab's cable.
pub(crate) struct Remote {
    endpoint: EndpointName,
    node: HostedNode,
    outside: Attended,
    /// The stack's addresses.
    remote: Vec<IpAddr>,
    slack: Duration,
    /// The ports that the scripted peers speak from.
    ports: BTreeSet<u16>,
    parting: RefCell<Parting>,
    /// Whether a packet was to be sent that is not SCTP in IP.
    lacks: Cell<bool>,
    broken: RefCell<Option<String>>,
    breaks: Notify,
}

/// Joins the cable and the way out.
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

/// The ports that the peers of a scenario speak from. What comes to another is about an
/// earlier run.
fn ports(scenario: &Scenario) -> BTreeSet<u16> {
    let own = scenario.peers.iter();
    // The probe of what is out of the blue comes from the port beside.
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

    /// What the way there may take, beyond what a case allows.
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

    /// Ends what associations may stand, so that nothing of this run is left there.
    pub(crate) fn part(&self) {
        for (own, remote, packet) in self.parting.borrow().packets() {
            // What does not get there ends by its timers.
            let _ = self.outside.send(own, remote, &packet);
        }
    }

    fn fails(&self, why: &str) {
        *self.broken.borrow_mut() = Some(format!("the way to the stack: {why}"));
        self.breaks.notify_one();
    }
}

/// Returns when the way there is broken, and says how.
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

/// What a run needed of the way there that it does not have, if anything.
pub(crate) fn lacking(remote: Option<&Rc<Remote>>) -> Option<Ended> {
    let remote = remote.filter(|it| it.lacks.get())?;
    Some(Ended::Lacking {
        capability: "packets of UDP or ICMP".to_owned(),
        saw: format!("the way to {} is for SCTP in IP alone", remote.endpoint),
    })
}

/// Tags, by the addresses and ports of both sides: this machine's first.
type Between = BTreeMap<(IpAddr, u16, IpAddr, u16), BTreeSet<u32>>;
