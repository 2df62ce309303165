//! Tests a stack that is a program: the program replaces the kernel, and the lab carries
//! its packets. `docs/stacks.md` describes the protocol between program and lab.

mod associations;
mod demands;
mod file;
mod hex;
mod line;
mod open;
mod talk;

use std::cell::RefCell;
use std::collections::{BTreeMap, VecDeque};
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::process::Child;
use std::rc::Rc;
use std::time::Duration;

use net::HostedNode;
use recording::{Event, MessageId};
use scenario::{Close, Closing, Connect, EndpointName, Scenario, Send, StepName};
use tokio::sync::{Notify, mpsc, oneshot};

use super::endpoint::{AddressBook, owner_in};
use super::journal::Journal;
use super::names::Names;
use super::step_error::StepError;
use associations::Associations;
pub(crate) use demands::{is_told_by_a_need, timers};
pub use file::StackFile;
pub(crate) use file::lack;
use line::Reply;
pub(crate) use open::{NotOpened, open};

/// The stacks of a run, by endpoint.
pub(crate) type Stacks = BTreeMap<EndpointName, Rc<Stack>>;

/// How long a command may go unanswered.
const PATIENCE: Duration = Duration::from_secs(10);

/// An endpoint that is the program of a stack.
pub(crate) struct Stack {
    name: EndpointName,
    subscribed: Vec<&'static str>,
    local: SocketAddr,
    /// The name that the program gives itself: `usrsctp 0.9.5`.
    called: RefCell<String>,
    journal: Rc<Journal>,
    names: Rc<Names>,
    book: RefCell<Rc<AddressBook>>,
    node: HostedNode,
    lines: mpsc::UnboundedSender<String>,
    /// The callers that wait for an answer, in the order of their commands.
    waiting: RefCell<VecDeque<oneshot::Sender<Reply>>>,
    associations: RefCell<Associations>,
    /// Why the stack cannot go on; `None` while it can.
    broken: RefCell<Option<String>>,
    breaks: Notify,
    /// What a step asked for and the stack does not have.
    lacks: RefCell<Option<String>>,
    child: RefCell<Option<Child>>,
}

/// However a run ends, the program is gone.
impl Drop for Stack {
    fn drop(&mut self) {
        if let Some(mut child) = self.child.take() {
            let _ = process::end(&mut child);
        }
    }
}

impl Stack {
    /// The transport address of the endpoint.
    pub(crate) fn address(&self) -> (IpAddr, u16) {
        (self.local.ip(), self.local.port())
    }

    pub(crate) fn set_book(&self, book: Rc<AddressBook>) {
        *self.book.borrow_mut() = book;
    }

    fn owner(&self, address: SocketAddr) -> Option<EndpointName> {
        owner_in(&self.book.borrow(), address)
    }

    /// Sends a command to the program and waits for the answer. Packets that have arrived
    /// for the program are handed on before the command.
    async fn ask(&self, command: String) -> Result<Reply, StepError> {
        self.hear()?;
        let word = command.split(' ').next().unwrap_or_default().to_owned();
        let broken = |why: &str| StepError::new(format!("{}: `{word}`: {why}", self.name));
        // No task reads answers any more once the program is gone.
        if let Some(why) = &*self.broken.borrow() {
            return Err(broken(why));
        }
        let (told, answer) = oneshot::channel();
        self.waiting.borrow_mut().push_back(told);
        // A program that goes just now answers nothing, and its end removes the caller.
        let _ = self.lines.send(command);
        match tokio::time::timeout(PATIENCE, answer).await {
            Ok(Ok(reply)) => Ok(reply),
            Ok(Err(_)) => {
                let why = self.broken.borrow().clone();
                Err(broken(&why.unwrap_or_else(|| "the program is gone".into())))
            }
            Err(_) => Err(broken("no answer came in 10 s")),
        }
    }

    /// Sends a command for a call of the scenario, and puts the call on record.
    async fn call(&self, command: String) -> Result<io::Result<()>, StepError> {
        let (call, arguments) = command.split_once(' ').unwrap_or((&command, ""));
        let (call, arguments) = (call.to_owned(), arguments.to_owned());
        let reply = self.ask(command).await?;
        let result = match reply {
            Reply::Done => Ok(()),
            Reply::Failed(error) => Err(error),
            Reply::Unsupported(what) => {
                *self.lacks.borrow_mut() = Some(what.clone());
                return Err(StepError::new(format!("the stack has no {what}")));
            }
        };
        // A message sent has the event `Sent` instead.
        if call != "send" {
            self.journal.note(Event::Call {
                endpoint: self.name.to_string(),
                call,
                arguments,
                result: result
                    .as_ref()
                    .map(|()| "0".to_owned())
                    .map_err(super::step_error::error_name),
            });
        }
        Ok(result)
    }

    async fn done(&self, command: String) -> Result<(), StepError> {
        let word = command.split(' ').next().unwrap_or_default().to_owned();
        let result = self.call(command).await?;
        result.map_err(|error| StepError::of_call(&word, &error))
    }

    /// Begins an association.
    pub(crate) async fn connect(&self, it: &Connect) -> Result<(), StepError> {
        let [peer] = it.addresses.as_slice() else {
            let what = "association with several addresses of the peer".to_owned();
            *self.lacks.borrow_mut() = Some(what.clone());
            return Err(StepError::new(format!("the stack has no {what}")));
        };
        self.begun(*peer, Some(&it.to));
        self.done(format!("connect {} {}", peer.ip(), peer.port()))
            .await
    }

    /// Sends the message with this number.
    pub(crate) async fn send(
        &self,
        step: &StepName,
        it: &Send,
        number: u64,
    ) -> Result<io::Result<()>, StepError> {
        let Some(peer) = self.peer_of(&it.to).or(it.set_up) else {
            return Err(StepError::new(format!("there is no address of {}", it.to)));
        };
        let id = MessageId {
            sender: self.name.to_string(),
            step: step.to_string(),
            number,
        };
        let payload = match it.size {
            0 => Vec::new(),
            size => id.payload(size),
        };
        let order = if it.unordered { "unordered" } else { "ordered" };
        let command = format!(
            "send {} {} {} {} {order} {}",
            peer.ip(),
            peer.port(),
            it.stream,
            it.ppid,
            hex::encode(&payload)
        );
        let result = self.call(command).await?;
        self.journal.note(Event::Sent {
            endpoint: self.name.to_string(),
            to: it.to.to_string(),
            association: self.association_with(peer),
            step: step.to_string(),
            number,
            size: payload.len(),
            error: result.as_ref().err().map(super::step_error::error_name),
        });
        Ok(result)
    }

    /// Shuts the associations down, or closes the endpoint.
    pub(crate) async fn close(&self, it: &Close) -> Result<(), StepError> {
        match it.what {
            Closing::Associations => self.end("shutdown", it.to.as_ref()).await,
            Closing::Socket { .. } => self.done("close".to_owned()).await,
        }
    }

    /// Aborts the associations.
    pub(crate) async fn abort(&self, peer: Option<&EndpointName>) -> Result<(), StepError> {
        self.end("abort", peer).await
    }

    async fn end(&self, how: &str, peer: Option<&EndpointName>) -> Result<(), StepError> {
        for address in self.peers() {
            if peer.is_none() || self.owner(address).as_ref() == peer {
                self.done(format!("{how} {} {}", address.ip(), address.port()))
                    .await?;
            }
        }
        Ok(())
    }

    /// The transport address of a peer endpoint: that of an association with it, or else
    /// its first address of the stack's family.
    fn peer_of(&self, name: &EndpointName) -> Option<SocketAddr> {
        let mut peers = self.peers().into_iter();
        let known = peers.find(|it| self.owner(*it).as_ref() == Some(name));
        let first = || {
            let book = self.book.borrow();
            let mut all = book.iter();
            let found =
                all.find(|((ip, _), owner)| *owner == name && ip.is_ipv4() == self.local.is_ipv4());
            found.map(|(key, _)| SocketAddr::from(*key))
        };
        known.or_else(first)
    }
}

/// Returns when a stack cannot go on, and says why.
pub(crate) async fn broken(stacks: &Stacks) -> String {
    loop {
        let why = stacks.values().find_map(|it| it.broken.borrow().clone());
        match (why, stacks.values().next()) {
            (Some(why), _) => return why,
            // Each endpoint has a program of its own: wait until any of them breaks.
            (None, Some(_)) => {
                let all = stacks.values().map(|it| Box::pin(it.breaks.notified()));
                first_of(all.collect()).await;
            }
            (None, None) => std::future::pending().await,
        }
    }
}

/// Returns when the first of these futures is ready.
async fn first_of<F: Future<Output = ()> + Unpin>(mut all: Vec<F>) {
    std::future::poll_fn(|context| {
        let mut all = all.iter_mut();
        match all.any(|it| std::pin::Pin::new(it).poll(context).is_ready()) {
            true => std::task::Poll::Ready(()),
            false => std::task::Poll::Pending,
        }
    })
    .await;
}

/// What a step has asked of a stack that the stack does not have.
pub(crate) fn lacking(stacks: &Stacks) -> Option<String> {
    stacks.values().find_map(|it| it.lacks.borrow().clone())
}

/// The implementations that ran: the kernel, the stack in its place, or both.
pub(crate) fn ran(kernel: String, scenario: &Scenario, stacks: &Stacks) -> String {
    let mut called: Vec<String> = stacks
        .values()
        .map(|it| it.called.borrow().clone())
        .collect();
    called.dedup();
    let called = called.join(", ");
    match scenario.endpoints.len() - stacks.len() {
        _ if stacks.is_empty() => kernel,
        0 => called,
        _ => format!("{called}, {kernel}"),
    }
}
