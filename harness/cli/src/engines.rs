//! Which engine runs the scenarios, and making it ready.

use std::path::Path;
use std::time::Duration;

use engine::remote::{RemoteBox, Target};
use engine::vm::{Cache, Kernel, Limits, Loaded, Machine, Provision, VmError};
use engine::{Onlooker, Request, RequestError, native};
use recording::{Engine, Recording};
use scenario::{Action, Scenario};

use super::args::{EngineChoice, Place};
use super::console::{self, Progress};
use super::exit::Exit;
use super::interrupt::Interrupt;
use super::place;

/// The Vagrant box that stands for Linux, where none is named.
const DEFAULT_BOX: &str = "debian";

/// An engine that is ready.
pub(crate) enum Ready {
    Native,
    Vm(Box<Loaded>),
    Box(RemoteBox),
}

impl Ready {
    /// Runs one scenario, unless Ctrl-C has come already. `onlooker` is shown its
    /// packets as they are seen, if the request says so.
    pub(crate) fn run(
        &self,
        request: &Request,
        limits: Limits,
        interrupt: &Interrupt,
        progress: &dyn Fn(&str),
        onlooker: Onlooker<'_>,
    ) -> Result<Recording, RequestError> {
        if interrupt.came() {
            let partial_output = Vec::new();
            return Err(VmError::Cancelled { partial_output }.into());
        }
        let mut running = Vec::new();
        match self {
            Ready::Native => {
                let deaf = |words: String| {
                    console::error(&words);
                    std::process::exit(Exit::Failed as i32);
                };
                let (engine, limit, interrupted) = (Engine::Native, limits.wall, interrupt.wait());
                native::perform(
                    engine,
                    request,
                    limit,
                    interrupted,
                    deaf,
                    progress,
                    onlooker,
                )
            }
            Ready::Vm(loaded) => loaded.perform(
                request,
                limits,
                &mut |guest| running.push(interrupt.stops(move || guest.stop())),
                &mut |words| progress(words),
                onlooker,
            ),
            Ready::Box(machine) => machine.perform(
                request,
                limits.wall,
                &mut |run| running.push(interrupt.stops(move || run.stop())),
                &mut |words| progress(words),
                onlooker,
            ),
        }
    }

    /// How many scenarios run at once, unless it is said.
    pub(crate) fn jobs(&self) -> usize {
        match self.is_in_real_time() {
            // They would disturb each other.
            true => 1,
            false => std::thread::available_parallelism().map_or(1, usize::from),
        }
    }

    /// Whether a second of the protocol takes one on the host's clock.
    pub(crate) fn is_in_real_time(&self) -> bool {
        match self {
            Ready::Native | Ready::Box(_) => true,
            Ready::Vm(_) => false,
        }
    }
}

/// An engine that is to be made ready.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Chosen {
    Native,
    Vm,
    Box,
}

/// Chooses the engine. For `auto` it also says which it took, and why.
pub(crate) fn choose(args: &Place, scenarios: &[&Scenario]) -> (Chosen, Option<String>) {
    match args.engine {
        EngineChoice::Native => (Chosen::Native, None),
        EngineChoice::Vm => (Chosen::Vm, None),
        EngineChoice::Box => (Chosen::Box, None),
        EngineChoice::Auto if args.machine.is_some() => (Chosen::Box, None),
        EngineChoice::Auto if args.kernel.is_some() => {
            (Chosen::Vm, Some("the vm engine, for --kernel".to_owned()))
        }
        EngineChoice::Auto if args.seed.is_some() => {
            (Chosen::Vm, Some("the vm engine, for --seed".to_owned()))
        }
        EngineChoice::Auto => {
            let missing = native::probe();
            if let Some(missing) = missing.first() {
                return (Chosen::Vm, Some(format!("the vm engine: {missing}")));
            }
            let here = real_time(scenarios);
            let there = emulated_time();
            if here <= there {
                let words = format!(
                    "the native engine: this kernel has SCTP, and real time is soon enough ({} s)",
                    here.as_secs()
                );
                (Chosen::Native, Some(words))
            } else {
                let words = format!(
                    "the vm engine: the scenario waits {} s at least, which virtual time skips",
                    here.as_secs()
                );
                (Chosen::Vm, Some(words))
            }
        }
    }
}

/// What the scenarios wait at the least: in real time it has to be sat out.
fn real_time(scenarios: &[&Scenario]) -> Duration {
    let steps = scenarios.iter().flat_map(|scenario| &scenario.steps);
    steps
        .map(|step| match &step.action {
            Action::Wait(wait) => wait.duration,
            _ => Duration::ZERO,
        })
        .sum()
}

/// About what the vm engine takes here before it has an answer.
fn emulated_time() -> Duration {
    let found = Cache::of_user().map(|cache| engine::vm::probe(&cache));
    match found {
        Ok(found) if found.qemu.is_ok() && found.kernel.is_ok() => Duration::from_secs(2),
        Ok(found) if found.is_usable() => Duration::from_secs(40),
        _ => Duration::MAX,
    }
}

/// Makes an engine ready; for `vm`, fetches what is missing, if it may.
pub(crate) fn prepare(engine: Chosen, args: &Place, progress: &Progress) -> Result<Ready, Exit> {
    match engine {
        Chosen::Native => prepare_native(),
        Chosen::Box => prepare_box(args, progress),
        Chosen::Vm => prepare_vm(args, progress).map_err(|error| {
            progress.done();
            console::error_with_remedy(&error.to_string(), error.remedy());
            Exit::of_vm(&error)
        }),
    }
}

fn prepare_native() -> Result<Ready, Exit> {
    let missing = native::probe();
    for missing in &missing {
        console::error_with_remedy(&missing.to_string(), missing.remedy().as_deref());
    }
    if missing.is_empty() {
        return Ok(Ready::Native);
    }
    console::tell("  or run it in an emulated machine: --engine vm");
    Err(Exit::CannotRun)
}

fn prepare_box(args: &Place, progress: &Progress) -> Result<Ready, Exit> {
    let target = Target::named(args.machine.as_deref().unwrap_or(DEFAULT_BOX));
    let say = &mut |news: engine::Progress<'_>| progress.hear(news);
    let cache = Cache::of_user().map_err(|error| {
        progress.done();
        console::error_with_remedy(&error.to_string(), error.remedy());
        Exit::of_vm(&error)
    })?;
    RemoteBox::prepare(target, cache.root(), place::wall_limit(args), say)
        .map(Ready::Box)
        .map_err(|error| {
            progress.done();
            console::error_with_remedy(&error.to_string(), error.remedy().as_deref());
            Exit::of_box(&error)
        })
}

fn prepare_vm(args: &Place, progress: &Progress) -> Result<Ready, VmError> {
    let cache = Cache::of_user()?;
    let mut say = |news: engine::Progress<'_>| progress.hear(news);
    let limit = place::wall_limit(args);
    let mut provision = Provision::new(&cache, &mut say).within(limit);
    let qemu = provision.qemu()?;
    let kernel = match &args.kernel {
        Some(image) => Kernel::open(&cache, image, args.modules.as_deref())?,
        None => provision.kernel()?,
    };
    let machine = Machine::prepare(&qemu, &kernel, &cache, &mut say)?;
    let loaded = machine.load(own_program(), &mut say)?;
    Ok(Ready::Vm(Box::new(loaded)))
}

/// The program that the guest runs is this one.
fn own_program() -> &'static Path {
    Path::new("/proc/self/exe")
}
