//! Where a scenario is run, as the command line says it.

use std::time::Duration;

use engine::{Limits, Ready, RequestError};
use recording::Engine;
use scenario::Scenario;

use super::args::{EngineChoice, Place};
use super::console::{self, Progress};
use super::engines;
use super::exit::Exit;

/// Chooses the engine, says which, and makes it ready.
pub(crate) fn make_ready(
    place: &Place,
    scenarios: &[&Scenario],
    silently: bool,
    progress: &Progress,
) -> Result<Box<dyn Ready>, Exit> {
    let (engine, why) = engines::choose(place, scenarios);
    if engine == Engine::Native {
        // Before there is a second thread: later the kernel does not allow it.
        // What is lacking is told where the engine is made ready.
        let _ = net::privilege::acquire();
    }
    if let Some(why) = why.filter(|_| !silently) {
        console::mention(&format!("running in {why}"));
    }
    engines::prepare(engine, place, progress)
}

pub(crate) fn limits(place: &Place, scenario: &Scenario, ready: &dyn Ready) -> Limits {
    // The scenario's own limit comes first, and leaves a recording.
    let protocol = scenario.limit.saturating_add(Duration::from_secs(60));
    let needed = match ready.is_in_real_time() {
        true => WALL_LIMIT.max(protocol),
        false => WALL_LIMIT,
    };
    Limits {
        wall: wall_limit(place).unwrap_or(needed),
        protocol,
    }
}

/// The seed of a run: the command line's, or else the parameter of that name.
pub(crate) fn seed(place: &Place, scenario: &Scenario) -> Option<u64> {
    place.seed.or(scenario.seed())
}

/// Which kernel it is to be, as far as the command line says it.
pub(crate) fn in_words(place: &Place) -> String {
    match (&place.machine, &place.kernel) {
        (Some(machine), _) => format!("box {machine}"),
        (None, Some(kernel)) => format!("kernel {}", kernel.display()),
        (None, None) => "this machine's".to_owned(),
    }
}

/// What each phase may take on the host's clock, if that is said.
pub(crate) fn wall_limit(place: &Place) -> Option<Duration> {
    place.wall_limit.map(Duration::from_secs)
}

/// What a scenario may take otherwise.
const WALL_LIMIT: Duration = Duration::from_secs(300);

/// Tells of options that cannot be meant. Whether there were any.
pub(crate) fn complain_of_options(args: &Place) -> bool {
    let mut complaints = Vec::new();
    let is_another = !matches!(args.engine, EngineChoice::Auto | EngineChoice::Box);
    if args.machine.is_some() && is_another {
        complaints.push("--box is of the box engine: leave out --engine, or --box".to_owned());
    }
    let elsewhere = match args.engine {
        EngineChoice::Native => Some("native is this kernel"),
        EngineChoice::Box => Some("a box has a kernel of its own"),
        EngineChoice::Auto if args.machine.is_some() => Some("a box has a kernel of its own"),
        EngineChoice::Auto | EngineChoice::Vm | EngineChoice::Uml => None,
    };
    if let Some(elsewhere) = elsewhere {
        if args.seed.is_some() {
            complaints.push(
                "--seed needs virtual time, the uml or the vm engine: real time has no second run"
                    .to_owned(),
            );
        }
        if args.kernel.is_some() {
            complaints.push(format!(
                "--kernel needs the uml or the vm engine: {elsewhere}"
            ));
        }
    }
    for path in args.kernel.iter().chain(&args.modules) {
        if !path.exists() {
            complaints.push(format!("{}: no such file or folder", path.display()));
        }
    }
    complaints.iter().for_each(|words| console::error(words));
    !complaints.is_empty()
}

/// Tells why nothing came of a scenario.
pub(crate) fn refused(name: &str, error: &RequestError) -> Exit {
    let remedy = error.remedy();
    console::error_with_remedy(&format!("{name}: {error}"), remedy.as_deref());
    Exit::of_request(error)
}
