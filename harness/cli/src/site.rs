//! The place of a run as the command line gives it: the engine, the kernel, the machine.

use std::collections::BTreeMap;

use engine::vm::{self, Cache};
use engine::{EngineError, ProgramFile, Ready, Request, RequestError};
use recording::Engine;
use scenario::Scenario;

use super::args::{EngineChoice, Site};
use super::console::{self, Progress};
use super::engines;
use super::exit::Exit;
use super::given::GivenKernel;
use super::kernels;
use super::programs::{self, Unknown};

/// Chooses the engine, prints the choice, and prepares it.
pub(crate) fn make_ready(
    site: &Site,
    scenarios: &[&Scenario],
    silently: bool,
    progress: &Progress,
) -> Result<Box<dyn Ready>, Exit> {
    let (engine, why) = engines::choose(site, scenarios);
    if engine == Engine::Native {
        // The kernel allows this only while there is a single thread. Preparing the
        // engine reports missing rights.
        let _ = net::privilege::acquire();
    }
    if let Some(why) = why.filter(|_| !silently) {
        console::mention(&format!("running in {why}"));
    }
    engines::prepare(engine, site, progress)
}

/// The request for a run of a scenario at the site. Prints which programs were found on
/// `PATH`, and an error for those without a file.
pub(crate) fn request(site: &Site, scenario: &Scenario, source: &str) -> Result<Request, Exit> {
    let programs = programs::files(site, scenario)?;
    Ok(with_programs(site, scenario, source, programs))
}

/// As [`request`], without output.
pub(crate) fn try_request(
    site: &Site,
    scenario: &Scenario,
    source: &str,
) -> Result<Request, Vec<Unknown>> {
    let programs = programs::find(site, scenario)?;
    Ok(with_programs(site, scenario, source, programs))
}

fn with_programs(
    site: &Site,
    scenario: &Scenario,
    source: &str,
    programs: BTreeMap<String, ProgramFile>,
) -> Request {
    let mut request = Request::of(scenario.clone(), source.to_owned());
    request.seed = site.seed_of(scenario);
    request.programs = programs;
    request.wall_limit = site.wall_limit();
    request
}

/// One site for each kernel that the site names.
pub(crate) fn of_each_kernel(site: &Site) -> Vec<Site> {
    if site.kernel.is_empty() {
        return vec![site.clone()];
    }
    let alone = |kernel: &GivenKernel| Site {
        kernel: vec![kernel.clone()],
        ..site.clone()
    };
    site.kernel.iter().map(alone).collect()
}

/// Replaces `debian` among the kernels by the kernels of Debian's releases. Downloads the
/// kernels if there are none.
pub(crate) fn with_debian(site: &mut Site, progress: &Progress) -> Result<(), Exit> {
    if !site.kernel.contains(&GivenKernel::OfDebian) {
        return Ok(());
    }
    let cache = Cache::of_user().map_err(|error| refused_by_engine(&error))?;
    let mut stock = vm::stock(&cache);
    if stock.is_empty() {
        stock = vm::fetch(&cache, &mut |news| progress.hear(news))
            .map_err(|error| refused_by_engine(&error))?;
        progress.done();
    }
    let images: Vec<GivenKernel> = stock
        .into_iter()
        .filter_map(|it| it.image.map(GivenKernel::At))
        .collect();
    let given = std::mem::take(&mut site.kernel);
    let expanded = given.into_iter().flat_map(|kernel| match kernel {
        GivenKernel::OfDebian => images.clone(),
        other => vec![other],
    });
    site.kernel = expanded.collect();
    Ok(())
}

/// Reports an error of an engine or of its files.
pub(crate) fn refused_by_engine(error: &dyn EngineError) -> Exit {
    console::error_with_remedy(&error.to_string(), error.remedy().as_deref());
    Exit::of_engine(error)
}

/// Reports several kernels if only one is allowed. Returns whether there were several.
pub(crate) fn complain_of_kernels(site: &Site) -> bool {
    let are_several = site.kernel.len() > 1 || site.kernel.contains(&GivenKernel::OfDebian);
    if are_several {
        console::error(
            "several kernels at once are for `run`, `conformance`, `sweep` and `bisect`: name one",
        );
    }
    are_several
}

/// The kernel in words, as far as the command line gives it.
pub(crate) fn in_words(site: &Site) -> String {
    match (&site.machine, site.kernel.as_slice()) {
        (Some(machine), _) => format!("box {machine}"),
        (None, []) => "this machine's".to_owned(),
        (None, [kernel]) => format!("kernel {kernel}"),
        (None, several) => format!("kernels {}", kernels::labels(several).join(", ")),
    }
}

/// Reports invalid combinations of options. Returns whether there were any.
pub(crate) fn complain_of_options(args: &Site) -> bool {
    let mut complaints = Vec::new();
    let given = match args.engine {
        EngineChoice::Auto => None,
        EngineChoice::Given(engine) => Some(engine),
    };
    if args.machine.is_some() && given.is_some_and(|it| it != Engine::Box) {
        complaints.push("--box is of the box engine: leave out --engine, or --box".to_owned());
    }
    let elsewhere = match given {
        Some(Engine::Native) => Some("native is this kernel"),
        Some(Engine::Box) => Some("a box has a kernel of its own"),
        None if args.machine.is_some() => Some("a box has a kernel of its own"),
        _ => None,
    };
    if let Some(elsewhere) = elsewhere {
        if args.seed.is_some() {
            complaints.push(
                "--seed needs virtual time, the uml or the vm engine: real time has no second run"
                    .to_owned(),
            );
        }
        if !args.kernel.is_empty() {
            complaints.push(format!(
                "--kernel needs the uml or the vm engine: {elsewhere}"
            ));
        }
    }
    if args.modules.is_some() && args.kernel.len() > 1 {
        complaints.push("--modules is of one kernel: several have theirs beside them".to_owned());
    }
    for kernel in &args.kernel {
        let is_of_another = match kernel {
            GivenKernel::OfVm | GivenKernel::OfDebian => given == Some(Engine::Uml),
            GivenKernel::OfUml => given == Some(Engine::Vm),
            GivenKernel::At(_) => false,
        };
        if is_of_another {
            complaints.push(format!(
                "--kernel {kernel} is of the {} engine: leave out --engine",
                if *kernel == GivenKernel::OfUml {
                    "uml"
                } else {
                    "vm"
                }
            ));
        }
    }
    let kernels = args.kernel.iter().filter_map(GivenKernel::path);
    for path in kernels.chain(args.modules.as_deref()) {
        if !path.exists() {
            complaints.push(format!("{}: no such file or folder", path.display()));
        }
    }
    complaints.iter().for_each(|words| console::error(words));
    !complaints.is_empty()
}

/// Reports why a scenario could not be run.
pub(crate) fn refused(name: &str, error: &RequestError) -> Exit {
    let remedy = error.remedy();
    console::error_with_remedy(&format!("{name}: {error}"), remedy.as_deref());
    Exit::of_request(error)
}
