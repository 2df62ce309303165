//! Runs a scenario from building its network to the finished recording.

use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::pin::Pin;
use std::rc::Rc;
use std::time::Duration;

use net::Network;
use nix::sys::resource::{Resource, getrlimit, rlim_t, setrlimit};
use recording::{Ended, Engine, Event, FORMAT, Info, Observation, Recording, Sight, Time};
use scenario::{Action, Scenario};

use super::capability;
use super::clock::Clock;
use super::endpoint::Endpoint;
use super::error::RunError;
use super::executor::{Executor, InPlace};
use super::journal::Journal;
use super::lateness::Lateness;
use super::live::Live;
use super::names::Names;
use super::program::{self, ProgramFile};
use super::remote::{self, Elsewhere};
use super::settling::{Settle, Settling};
use super::stack::{self, NotOpened, StackFile};
use super::{plan, seen, steps};

/// How a scenario is to be run.
pub struct Options<'a> {
    /// The engine that this process runs in, for the record.
    pub engine: Engine,
    /// The seed of the lab's own random draws, where the user gave one.
    pub seed: Option<u64>,
    /// The title of the sabotage that the scenario has, for the record.
    pub sabotage: Option<String>,
    /// The files of the scenario's programs, by the names of the programs.
    pub programs: BTreeMap<String, ProgramFile>,
    /// The stack under test, where a program replaces the kernel's.
    pub stack: Option<StackFile>,
    /// The stack on another host, where one replaces every socket of the scenario.
    pub elsewhere: Option<&'a Elsewhere>,
    /// Builds the scenario anew with parameter values that programs have printed.
    pub settle: Settle<'a>,
    /// Called with the words of every step as the step starts.
    pub progress: &'a dyn Fn(&str),
    /// Called with every packet soon after it was seen.
    pub onlooker: Option<&'a dyn Fn(Sight)>,
    /// Ends the run early when it becomes ready, and gives the reason.
    pub stop: Pin<Box<dyn Future<Output = String> + 'a>>,
}

/// Runs a scenario on this kernel and returns the recording.
///
/// `source` is the text that `scenario` was made from; the recording holds this text. The
/// process must have the right to make network namespaces.
///
/// # Errors
///
/// Only where the scenario could not be run at all. A failed step, an exceeded limit and an
/// early stop are in the recording.
pub fn execute(
    scenario: &Scenario,
    source: &str,
    options: Options<'_>,
) -> Result<Recording, RunError> {
    allow_open_files();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(RunError::Runtime)?;
    let tasks = tokio::task::LocalSet::new();
    tasks.block_on(&runtime, run(scenario, source, options))
}

async fn run(
    scenario: &Scenario,
    source: &str,
    mut options: Options<'_>,
) -> Result<Recording, RunError> {
    let stack = options.stack.clone();
    let lack = program::lack(scenario, &options.programs, options.engine)
        .or_else(|| stack::lack(scenario, stack.as_ref(), options.engine))
        .or_else(|| options.elsewhere.and_then(|it| it.known.lack(scenario)));
    if let Some(ended) = lack {
        let clock = Clock::start();
        return Ok(nothing(info(scenario, &options, ended, clock), source));
    }
    (options.progress)("building the network");
    let plan = plan::of(scenario, stack.as_ref(), options.elsewhere, options.seed);
    let network = Network::build(plan).await?;
    let clock = Clock::start();
    let journal = Rc::new(Journal::new(clock));
    let names = Rc::new(Names::default());
    let stacks = match stack::open(scenario, stack.as_ref(), &network, &journal, &names).await {
        Ok(stacks) => stacks,
        Err(NotOpened::Error(error)) => return Err(error),
        Err(NotOpened::Lacks(ended)) => {
            return Ok(nothing(info(scenario, &options, ended, clock), source));
        }
    };
    let remote = match options.elsewhere {
        Some(elsewhere) => remote::open(scenario, elsewhere, &network)?,
        None => None,
    };
    // A kernel without an endpoint is not under test: its capabilities do not matter.
    let asks_kernel =
        remote.is_none() && (stacks.is_empty() || stacks.len() < scenario.endpoints.len());
    if asks_kernel && let Some(lack) = capability::lack(scenario, &network)? {
        let ended = Ended::Lacking {
            capability: lack.capability.to_string(),
            saw: lack.saw,
        };
        return Ok(nothing(info(scenario, &options, ended, clock), source));
    }
    let way = longest_way(scenario) + longest_delay(scenario);
    let mut live = options
        .onlooker
        .map(|onlooker| Live::new(onlooker, &network, clock, way));
    let showing = async {
        match &mut live {
            Some(live) => live.show().await,
            None => std::future::pending().await,
        }
    };
    let lateness = Lateness::default();
    let watching = async {
        match options.engine.is_virtual() {
            true => std::future::pending().await,
            false => lateness.watch(clock).await,
        }
    };
    let later: Vec<OnceCell<Scenario>> = scenario.steps.iter().map(|_| OnceCell::new()).collect();
    let settling = Settling::new(options.settle, &later, source);
    let mut executor = Executor::new(
        scenario,
        settling,
        network,
        Rc::clone(&journal),
        &names,
        &options.programs,
        InPlace {
            stacks: stacks.clone(),
            remote: remote.clone(),
        },
    )?;
    let ended = tokio::select! {
        biased;
        never = showing => match never {},
        never = watching => match never {},
        missed = steps::run(&mut executor, options.progress) => match missed {
            None => Ended::Complete,
            Some(step) => Ended::AtStep { step: step.to_string() },
        },
        why = &mut options.stop => Ended::Early {
            why: format!("{why}{}", journal.unfinished()),
        },
        why = stack::broken(&stacks) => Ended::Early { why },
        why = remote::broken(remote.as_ref()) => Ended::Early { why },
        why = journal.overflows() => Ended::Early { why },
        () = tokio::time::sleep(scenario.limit) => Ended::Early {
            why: format!(
                "the scenario's limit of {} s of protocol time is over{}",
                scenario.limit.as_secs(),
                journal.unfinished(),
            ),
        },
    };
    // Frames that are on a cable when the last step ends still arrive and are read.
    tokio::time::sleep(way + MARGIN).await;
    let endpoints = executor.endpoints();
    read_to_the_end(&endpoints).await?;
    executor.sample_paths();
    let duration = journal.now();
    let (capture, ended) = match executor.network.end_recording() {
        Ok(capture) => (capture, ended),
        // A lost frame may be the one that an assertion looks for: the run is void.
        Err(incomplete) => {
            let why = incomplete.to_string();
            (incomplete.capture, Ended::Early { why })
        }
    };
    if let Some(remote) = &remote {
        remote.part();
    }
    let ended = remote::lacking(remote.as_ref()).unwrap_or(ended);
    let ended = match (stack::lacking(&stacks), &stack) {
        (Some(what), Some(file)) => file.lacks(what),
        _ => ended,
    };
    let mut observations = journal.take();
    for rule in &capture.rules {
        observations.push(Observation {
            at: duration,
            event: Event::Rule {
                rule: rule.rule.name.clone(),
                matched: rule.matched,
                taken: rule.taken,
            },
        });
    }
    let interfaces = seen::interfaces(&capture.interfaces);
    if let Some(live) = live {
        live.end();
    }
    let mut recording = Recording {
        info: Info {
            duration,
            kernel: stack::ran(ran(&options), scenario, &stacks),
            late: (!options.engine.is_virtual()).then(|| Time::ZERO + lateness.worst()),
            ..info(scenario, &options, ended, clock)
        },
        scenario: executor.source(),
        packets: seen::packets(capture.records, &interfaces, clock),
        interfaces,
        observations,
    };
    recording.tell_choices();
    executor.end_programs().await;
    leave_nothing(&executor.network, &endpoints, way).await;
    Ok(recording)
}

/// The recording of a run that did not begin.
fn nothing(info: Info, source: &str) -> Recording {
    Recording {
        info,
        scenario: source.to_owned(),
        interfaces: Vec::new(),
        packets: Vec::new(),
        observations: Vec::new(),
    }
}

/// The time that a frame takes through the kernel, beyond the delays of the links.
const MARGIN: Duration = Duration::from_millis(2);

/// How many milliseconds readers get after the last frame has arrived.
const PATIENCE: usize = 100;

/// Returns when endpoints that read have read their sockets empty, or after [`PATIENCE`].
async fn read_to_the_end(endpoints: &[Rc<Endpoint>]) -> Result<(), RunError> {
    // The wait has an end: an endpoint that cannot send its answer does not read on.
    for _ in 0..PATIENCE {
        let mut unread = false;
        for endpoint in endpoints {
            unread |= endpoint.has_unread().map_err(RunError::Runtime)?;
        }
        if !unread {
            return Ok(());
        }
        // The runtime wakes the readers while this task sleeps.
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    Ok(())
}

/// Ends the associations that are still up, over a network that lets every packet through.
/// An association left up would keep its namespace for as long as its timers run.
async fn leave_nothing(network: &Network, endpoints: &[Rc<Endpoint>], way: Duration) {
    // Associations over a network that cannot be mended end by their timers.
    let _ = network.mend();
    for endpoint in endpoints {
        let _ = endpoint.vanish().await;
    }
    tokio::time::sleep(way + MARGIN).await;
}

/// Raises the limit of open files: a network of many nodes takes one for each namespace and
/// one for each end of a cable.
fn allow_open_files() {
    /// The kernel's own limit where nobody has changed it (`fs.nr_open`).
    const MOST: rlim_t = 1 << 20;
    let Ok((_, hard)) = getrlimit(Resource::RLIMIT_NOFILE) else {
        return;
    };
    // Only root may exceed the hard limit. A smaller network runs without that.
    let _ = setrlimit(Resource::RLIMIT_NOFILE, MOST.max(hard), MOST.max(hard))
        .or_else(|_| setrlimit(Resource::RLIMIT_NOFILE, hard, hard));
}

fn info(scenario: &Scenario, options: &Options<'_>, ended: Ended, clock: Clock) -> Info {
    Info {
        format: FORMAT,
        scenario: scenario.name.clone(),
        sabotage: options.sabotage.clone(),
        engine: options.engine,
        kernel: ran(options),
        seed: options.seed,
        exact: None,
        uptime: Some(clock.uptime()),
        late: None,
        complaint: None,
        ended,
        duration: clock.now(),
    }
}

/// The longest time that a frame takes over all links, one after the other.
fn longest_way(scenario: &Scenario) -> Duration {
    let links = scenario.links.iter();
    links
        .map(|link| {
            let ways = link.shape.iter();
            ways.map(|shape| shape.delay + shape.jitter)
                .max()
                .unwrap_or_default()
        })
        .sum()
}

/// The longest time that a rule holds a frame back.
fn longest_delay(scenario: &Scenario) -> Duration {
    let steps = scenario.steps.iter();
    let delays = steps.filter_map(|step| match &step.action {
        Action::AddRule(it) => it.rule.action.delay(),
        _ => None,
    });
    delays.max().unwrap_or_default()
}

/// The implementation under test: the stack on another host, or this kernel.
fn ran(options: &Options<'_>) -> String {
    let elsewhere = options.elsewhere.map(|it| it.known.called.clone());
    elsewhere.unwrap_or_else(kernel)
}

fn kernel() -> String {
    match nix::sys::utsname::uname() {
        Ok(name) => format!(
            "{} {}",
            name.sysname().to_string_lossy(),
            name.release().to_string_lossy()
        ),
        Err(_) => "unknown".to_owned(),
    }
}
