//! The executor: all that the steps of a running scenario need.

use std::collections::{BTreeMap, BTreeSet};
use std::net::IpAddr;
use std::rc::Rc;
use std::time::Duration;

use bounds::Timing;
use net::{Network, RuleId};
use recording::{Event, Time};
use scenario::{Action, EndpointName, Scenario, StepName};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use super::endpoint::{AddressBook, Endpoint};
use super::error::RunError;
use super::journal::Journal;
use super::names::Names;
use super::peer::{self, Peer};
use super::program::{self, Program, ProgramFile};
use super::remote::Remote;
use super::settling::Settling;
use super::stack::{Stack, Stacks};
use super::step_error::StepError;

/// The stacks that replace the kernel's sockets.
pub(crate) struct InPlace {
    pub(crate) stacks: Stacks,
    pub(crate) remote: Option<Rc<Remote>>,
}

/// Traffic that is being sent in the background.
pub(crate) struct Background {
    pub(crate) stop: oneshot::Sender<()>,
    pub(crate) task: JoinHandle<()>,
}

/// A scenario that is being run.
pub(crate) struct Executor<'a> {
    pub(crate) scenario: &'a Scenario,
    pub(crate) settling: Settling<'a>,
    pub(crate) network: Network,
    pub(crate) journal: Rc<Journal>,
    pub(crate) rules: BTreeMap<StepName, RuleId>,
    pub(crate) traffic: BTreeMap<StepName, Background>,
    /// The rules that drop the frames of nodes without power, by node.
    pub(crate) powerless: BTreeMap<String, Vec<RuleId>>,
    /// The observations that have satisfied an expectation, by index in the journal.
    pub(crate) matched: BTreeSet<usize>,
    /// The transport addresses of all endpoints but programs.
    book: AddressBook,
    endpoints: BTreeMap<EndpointName, Rc<Endpoint>>,
    peers: BTreeMap<EndpointName, Rc<Peer>>,
    pub(crate) programs: BTreeMap<EndpointName, Rc<Program>>,
    stacks: Stacks,
    /// The stack on another host, where one replaces the sockets.
    remote: Option<Rc<Remote>>,
    /// The start of each step: the index of its observation in the journal, and the time.
    pub(crate) started: BTreeMap<StepName, (usize, Time)>,
}

impl<'a> Executor<'a> {
    /// Opens the endpoints of a scenario on a network that stands.
    pub(crate) fn new(
        scenario: &'a Scenario,
        settling: Settling<'a>,
        network: Network,
        journal: Rc<Journal>,
        names: &Rc<Names>,
        files: &BTreeMap<String, ProgramFile>,
        InPlace { stacks, remote }: InPlace,
    ) -> Result<Self, RunError> {
        let mut endpoints = BTreeMap::new();
        let mut book = AddressBook::new();
        for config in &scenario.endpoints {
            if let Some(stack) = stacks.get(&config.name) {
                book.insert(stack.address(), config.name.clone());
                continue;
            }
            if remote.as_ref().is_some_and(|it| it.is(&config.name)) {
                let port = config.port.unwrap_or_default();
                let addresses = config.addresses.iter();
                book.extend(addresses.map(|it| ((*it, port), config.name.clone())));
                continue;
            }
            let endpoint = Endpoint::new(config, &journal, names);
            endpoint.open(&network)?;
            for address in endpoint.transport_addresses() {
                book.insert(address, config.name.clone());
            }
            endpoints.insert(config.name.clone(), endpoint);
        }
        for step in &scenario.steps {
            // An address that a later step adds to an endpoint belongs to the endpoint from
            // the start.
            if let Action::AddAddress(it) = &step.action
                && let Some(endpoint) = endpoints.get(&it.at)
            {
                for address in endpoint.transport_addresses_of(it.address) {
                    book.insert(address, it.at.clone());
                }
            }
            if let Action::AddInterfaceAddress(it) = &step.action {
                for (name, endpoint) in &endpoints {
                    if endpoint.is_wildcard() && endpoint.node() == it.node.as_str() {
                        for address in endpoint.transport_addresses_of(it.address.addr()) {
                            book.insert(address, name.clone());
                        }
                    }
                }
            }
        }
        let slack = remote.as_ref().map_or(Duration::ZERO, |it| it.slack());
        let peers = peer::open(&scenario.peers, &network, &journal, slack)?;
        for peer in &scenario.peers {
            for address in &peer.addresses {
                book.insert((*address, peer.port), peer.name.clone());
            }
        }
        let programs = program::open(&scenario.programs, files, &journal, names)?;
        let executor = Self {
            scenario,
            settling,
            network,
            journal,
            rules: BTreeMap::new(),
            traffic: BTreeMap::new(),
            powerless: BTreeMap::new(),
            matched: BTreeSet::new(),
            book,
            endpoints,
            peers,
            programs,
            stacks,
            remote,
            started: BTreeMap::new(),
        };
        executor.tell_of_programs();
        Ok(executor)
    }

    /// Tells every endpoint the transport addresses of the others, with those of programs.
    pub(crate) fn tell_of_programs(&self) {
        let mut book = self.book.clone();
        for program in &self.scenario.programs {
            for address in &program.addresses {
                match program.port {
                    Some(port) => drop(book.insert((*address, port), program.name.clone())),
                    // A call from this node comes from the program if no other program
                    // calls from there. Port 0 stands for any port.
                    None if self.is_alone(program) => {
                        book.insert((*address, 0), program.name.clone());
                    }
                    None => {}
                }
            }
        }
        let book = Rc::new(book);
        for endpoint in self.endpoints.values() {
            endpoint.set_book(Rc::clone(&book));
        }
        for stack in self.stacks.values() {
            stack.set_book(Rc::clone(&book));
        }
        for program in self.programs.values() {
            program.set_book(Rc::clone(&book));
        }
    }

    /// Whether no other program without a port is on the node of this program.
    fn is_alone(&self, program: &scenario::Program) -> bool {
        let programs = self.scenario.programs.iter();
        let mut callers = programs.filter(|it| it.port.is_none());
        callers.all(|it| it.node != program.node || it.name == program.name)
    }

    /// The scenario's text, with the values that programs have printed.
    pub(crate) fn source(&self) -> String {
        self.settling.source()
    }

    pub(crate) fn endpoint(&self, name: &EndpointName) -> Result<&Rc<Endpoint>, StepError> {
        self.endpoints
            .get(name)
            .ok_or_else(|| StepError::new(format!("there is no endpoint {name}")))
    }

    /// The stack that is this endpoint, where a program replaces the kernel's.
    pub(crate) fn stack(&self, name: &EndpointName) -> Option<Rc<Stack>> {
        self.stacks.get(name).cloned()
    }

    /// Whether an endpoint is a stack on another host, of which the lab sees only packets.
    pub(crate) fn is_elsewhere(&self, name: &EndpointName) -> bool {
        self.remote.as_ref().is_some_and(|it| it.is(name))
    }

    pub(crate) fn peer(&self, name: &EndpointName) -> Result<Rc<Peer>, StepError> {
        let peer = self.peers.get(name).cloned();
        peer.ok_or_else(|| StepError::new(format!("there is no scripted peer {name}")))
    }

    pub(crate) fn program(&self, name: &EndpointName) -> Result<Rc<Program>, StepError> {
        let program = self.programs.get(name).cloned();
        program.ok_or_else(|| StepError::new(format!("there is no program {name}")))
    }

    /// Kills the programs that still run.
    pub(crate) async fn end_programs(&self) {
        for program in self.programs.values() {
            program.end().await;
        }
    }

    /// The endpoints whose sockets this kernel has.
    pub(crate) fn endpoints(&self) -> Vec<Rc<Endpoint>> {
        self.endpoints.values().cloned().collect()
    }

    /// The index in the journal, and the time, at which a step started. Without a step, or
    /// with one that has not started, those of the run's start.
    pub(crate) fn since(&self, step: Option<&StepName>) -> (usize, Time) {
        step.and_then(|step| self.started.get(step))
            .copied()
            .unwrap_or((0, Time::ZERO))
    }

    /// The timers that were last noted of an endpoint, for the whole endpoint or for this
    /// path.
    pub(crate) fn timing(&self, endpoint: &EndpointName, path: Option<IpAddr>) -> Timing {
        let reported = self.journal.last(|it| match &it.event {
            Event::Timers {
                endpoint: name,
                address,
                timers,
                ..
            } if name == endpoint.as_str() && (address.is_none() || *address == path) => {
                Some(*timers)
            }
            _ => None,
        });
        reported.unwrap_or(Timing::DEFAULT)
    }

    pub(crate) fn sample_paths(&self) {
        for endpoint in self.endpoints.values() {
            endpoint.sample_paths();
        }
        for program in self.programs.values() {
            program.sample_paths();
        }
    }
}
