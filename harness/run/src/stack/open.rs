//! Starts a stack, and configures it as a scenario's endpoint.

use std::cell::RefCell;
use std::net::SocketAddr;
use std::os::fd::OwnedFd;
use std::process::{Command, Stdio};
use std::rc::Rc;

use net::Network;
use recording::Ended;
use scenario::{ETHERNET_MTU, Endpoint, Scenario};
use tokio::net::unix::pipe::{Receiver, Sender};
use tokio::sync::{Notify, mpsc};

use super::line::Reply;
use super::{Stack, StackFile, Stacks, demands, talk};
use crate::error::RunError;
use crate::journal::Journal;
use crate::names::Names;

/// Why a stack could not be opened.
pub(crate) enum NotOpened {
    /// The stack lacks something that the scenario asks for.
    Lacks(Ended),
    Error(RunError),
}

impl From<RunError> for NotOpened {
    fn from(error: RunError) -> Self {
        Self::Error(error)
    }
}

/// The lowest port for endpoints without a port in the scenario; the index of the endpoint
/// is added.
const ANY_PORT: u16 = 49_152;

/// Starts one program for each endpoint that is a stack.
pub(crate) async fn open(
    scenario: &Scenario,
    file: Option<&StackFile>,
    network: &Network,
    journal: &Rc<Journal>,
    names: &Rc<Names>,
) -> Result<Stacks, NotOpened> {
    let mut stacks = Stacks::new();
    let Some(file) = file else {
        return Ok(stacks);
    };
    for (config, index) in scenario.endpoints.iter().zip(0..) {
        if file.is_at(&config.name) {
            let port = config.port.unwrap_or(ANY_PORT + index);
            let stack = start(config, port, file, network, journal, names)?;
            dress(&stack, scenario, config, file).await?;
            stacks.insert(config.name.clone(), stack);
        }
    }
    Ok(stacks)
}

fn start(
    config: &Endpoint,
    port: u16,
    file: &StackFile,
    network: &Network,
    journal: &Rc<Journal>,
    names: &Rc<Names>,
) -> Result<Rc<Stack>, RunError> {
    let failed = |error: std::io::Error| RunError::Endpoint {
        endpoint: config.name.to_string(),
        call: file.path.display().to_string(),
        error,
    };
    let mut command = Command::new(&file.path);
    {
        use std::os::unix::process::CommandExt;
        command.process_group(0);
    }
    command
        .env_clear()
        .env("PATH", "/usr/local/bin:/usr/bin:/bin")
        .env("LANG", "C.UTF-8")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    // The program ends with the lab, however the lab ends.
    process::tie(&mut command);
    let mut child = command.spawn().map_err(failed)?;
    let pipes = (child.stdin.take(), child.stdout.take(), child.stderr.take());
    let (Some(input), Some(output), Some(words)) = pipes else {
        return Err(failed(std::io::Error::other("it has no pipes")));
    };
    let input = Sender::from_owned_fd(OwnedFd::from(input)).map_err(failed)?;
    let output = Receiver::from_owned_fd(OwnedFd::from(output)).map_err(failed)?;
    let words = Receiver::from_owned_fd(OwnedFd::from(words)).map_err(failed)?;
    let (lines, to_write) = mpsc::unbounded_channel();
    // A checked scenario has an address for every endpoint: the error below is for the type
    // only.
    let address = config.addresses.first().copied();
    let address = address.ok_or_else(|| failed(std::io::Error::other("it has no address")))?;
    let stack = Rc::new(Stack {
        name: config.name.clone(),
        subscribed: config.subscribe.iter().map(|it| it.constant()).collect(),
        local: SocketAddr::new(address, port),
        called: RefCell::new(file.name.clone()),
        journal: Rc::clone(journal),
        names: Rc::clone(names),
        book: RefCell::default(),
        node: network.host(config.node.as_str())?,
        lines,
        waiting: RefCell::default(),
        associations: RefCell::default(),
        broken: RefCell::default(),
        breaks: Notify::new(),
        lacks: RefCell::default(),
        child: RefCell::new(Some(child)),
    });
    tokio::task::spawn_local(talk::write(input, to_write));
    tokio::task::spawn_local(talk::read(Rc::clone(&stack), output));
    tokio::task::spawn_local(talk::overhear(Rc::clone(&stack), words));
    tokio::task::spawn_local(talk::carry(Rc::clone(&stack)));
    Ok(stack)
}

/// Configures the stack as the scenario describes the endpoint.
async fn dress(
    stack: &Stack,
    scenario: &Scenario,
    config: &Endpoint,
    file: &StackFile,
) -> Result<(), NotOpened> {
    let lacks = |what: String| NotOpened::Lacks(file.lacks(what));
    let mut links = scenario.links.iter();
    let link = links.find(|link| link.ends.iter().any(|end| end.node == config.node));
    let mtu = link.map_or(ETHERNET_MTU, |link| link.mtu);
    let (address, port) = stack.address();
    let opening = (
        format!("open {port} {address} {mtu}"),
        "an endpoint at that address".to_owned(),
    );
    let commands = demands::commands(scenario, config).map_err(lacks)?;
    for (command, what) in std::iter::once(opening).chain(commands) {
        let refused = |why: String| RunError::Endpoint {
            endpoint: config.name.to_string(),
            call: command.clone(),
            error: std::io::Error::other(why),
        };
        match stack.ask(command.clone()).await {
            Ok(Reply::Done) => {}
            Ok(Reply::Unsupported(_)) => return Err(lacks(what)),
            Ok(Reply::Failed(error)) => return Err(refused(error.to_string()).into()),
            // `broken` tells why the program is gone, as for one that is gone later in the
            // run.
            Err(_) if stack.broken.borrow().is_some() => return Ok(()),
            Err(error) => return Err(refused(error.into_why()).into()),
        }
    }
    Ok(())
}
