//! Chooses and prepares the engine of a run.

use std::path::Path;
use std::time::Duration;

use engine::vm::{Cache, VmError};
use engine::{Lack, Onlooker, Ready, Request, RequestError, RunHooks, Settings, native};
use recording::{Engine, Recording};
use scenario::{Action, Scenario};

use super::args::{EngineChoice, Site};
use super::console::{self, Progress};
use super::exit::Exit;
use super::given::GivenKernel;
use super::interrupt::Interrupt;

/// Runs a [`Request`], as every verb does, unless Ctrl-C has come already. `progress`
/// shows how far the run is, and `onlooker` gets its packets as they are captured.
pub(crate) fn run(
    ready: &dyn Ready,
    request: &Request,
    interrupt: &Interrupt,
    progress: Option<&Progress>,
    onlooker: Option<Onlooker<'_>>,
) -> Result<Recording, RequestError> {
    if interrupt.came() {
        let partial_output = Vec::new();
        return Err(VmError::Cancelled { partial_output }.into());
    }
    let say = |words: &str| {
        if let Some(progress) = progress {
            progress.say(&format!("{}: {words}", request.name()));
        }
    };
    let hooks = RunHooks {
        progress: &say,
        onlooker,
        interrupt,
        deaf: |words| {
            console::error(&words);
            std::process::exit(Exit::Failed as i32);
        },
    };
    ready.run(request, &hooks)
}

/// Chooses the engine. If `auto` had a choice, also returns the engine and the reason in
/// words.
pub(crate) fn choose(args: &Site, scenarios: &[&Scenario]) -> (Engine, Option<String>) {
    let because = |engine: Engine, why: &str| (engine, Some(format!("the {engine} engine{why}")));
    match args.engine {
        EngineChoice::Given(engine) => (engine, None),
        EngineChoice::Auto if args.machine.is_some() => (Engine::Box, None),
        EngineChoice::Auto if let Some(kernel) = args.kernel.first() => match kernel {
            GivenKernel::OfVm | GivenKernel::OfDebian => (Engine::Vm, None),
            GivenKernel::OfUml => (Engine::Uml, None),
            GivenKernel::At(path) if is_a_program(path) => {
                because(Engine::Uml, ", for --kernel: it is a program")
            }
            GivenKernel::At(_) => because(Engine::Vm, ", for --kernel"),
        },
        EngineChoice::Auto if has_uml_kernel() => {
            because(Engine::Uml, ": its kernel is here, and answers soonest")
        }
        EngineChoice::Auto if scenarios.iter().any(|it| args.seed_of(it).is_some()) => {
            because(Engine::Vm, ", for its seed")
        }
        EngineChoice::Auto => {
            let missing = native::probe();
            if let Some(missing) = missing.first() {
                return because(Engine::Vm, &format!(": {missing}"));
            }
            let here = real_time(scenarios);
            let there = emulated_time();
            let seconds = here.as_secs();
            if here <= there {
                let why = ": this kernel has SCTP, and real time is soon enough";
                because(Engine::Native, &format!("{why} ({seconds} s)"))
            } else {
                let why = "s at least, which virtual time skips";
                because(Engine::Vm, &format!(": the scenario waits {seconds} {why}"))
            }
        }
    }
}

/// The least waiting time of the scenarios, which passes in real time.
fn real_time(scenarios: &[&Scenario]) -> Duration {
    let steps = scenarios.iter().flat_map(|scenario| &scenario.steps);
    steps
        .map(|step| match &step.action {
            Action::Wait(wait) => wait.duration,
            _ => Duration::ZERO,
        })
        .sum()
}

/// Approximate time in which the vm engine answers on this machine.
fn emulated_time() -> Duration {
    let found = Cache::of_user().map(|cache| engine::vm::probe(&cache));
    match found {
        Ok(found) if found.qemu.is_ok() && found.kernel.is_ok() => Duration::from_secs(2),
        Ok(found) if found.is_usable() => Duration::from_secs(40),
        _ => Duration::MAX,
    }
}

fn has_uml_kernel() -> bool {
    engine::kind_of(Engine::Uml).is_some_and(|uml| uml.probe().usable)
}

/// Whether a kernel is a program, and not an image that a machine boots.
fn is_a_program(kernel: &Path) -> bool {
    use std::io::Read;
    let mut magic = [0; 4];
    let read = std::fs::File::open(kernel).and_then(|mut file| file.read_exact(&mut magic));
    read.is_ok() && magic == *b"\x7fELF"
}

/// Reason why an engine is not ready.
pub(crate) struct NotReady {
    pub(crate) lacks: Vec<Lack>,
    pub(crate) exit: Exit,
}

/// Prepares an engine, and downloads what is missing if allowed. Prints an error if
/// something is lacking.
pub(crate) fn prepare(
    engine: Engine,
    args: &Site,
    progress: &Progress,
) -> Result<Box<dyn Ready>, Exit> {
    try_prepare(engine, args, progress).map_err(|not_ready| {
        progress.done();
        for lack in &not_ready.lacks {
            console::error_with_remedy(&lack.words, lack.remedy.as_deref());
        }
        if engine == Engine::Native {
            console::tell("  or run it in an emulated machine: --engine vm");
        }
        not_ready.exit
    })
}

/// As [`prepare`], but prints no error.
pub(crate) fn try_prepare(
    engine: Engine,
    args: &Site,
    progress: &Progress,
) -> Result<Box<dyn Ready>, NotReady> {
    let Some(kind) = engine::kind_of(engine) else {
        let lack = Lack {
            words: format!("this system has no {engine} engine"),
            remedy: None,
        };
        return Err(NotReady {
            lacks: vec![lack],
            exit: Exit::CannotRun,
        });
    };
    let settings = Settings {
        kernel: args
            .kernel
            .first()
            .and_then(|it| Some(it.path()?.to_owned())),
        modules: args.modules.clone(),
        machine: args.machine.clone(),
        counts: None,
        limit: args.wall_limit(),
    };
    let prepared = kind.prepare(&settings, &mut |news| progress.hear(news));
    prepared.map_err(|error| NotReady {
        lacks: error.lacks(),
        exit: Exit::of_engine(error.as_ref()),
    })
}
