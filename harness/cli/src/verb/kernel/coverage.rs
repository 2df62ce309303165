//! `sctp-lab kernel coverage`: shows how much of the kernel's SCTP code scenarios reach.

mod counted;
mod gcov;
mod told;

use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::{fs, io};

use engine::uml::{self, UmlKernel};
use engine::vm::Cache;
use engine::{EngineError, Ready, Settings};
use recording::Engine;
use scenario::Scenario;

use self::counted::Counted;
use crate::args::{EngineChoice, KernelCoverage, Site};
use crate::console::{self, Progress};
use crate::engines;
use crate::exit::Exit;
use crate::interrupt::{self, Interrupt};
use crate::library::{self, Loaded};
use crate::programs;
use crate::site;

pub(super) fn run(cache: &Cache, args: &KernelCoverage) -> Exit {
    covered(cache, args).unwrap_or_else(|exit| exit)
}

fn covered(cache: &Cache, args: &KernelCoverage) -> Result<Exit, Exit> {
    let all = ["all".to_owned()];
    let wanted = match args.scenarios.as_slice() {
        [] => &all,
        named => named,
    };
    let found = library::load(wanted);
    let scenarios: Vec<&Scenario> = found.loaded.iter().map(|it| &it.scenario).collect();
    let site = here();
    if found.complain()
        | library::complain_of_namesakes(&found.loaded, "counts")
        | programs::complain_of_strangers(&site, &scenarios)
    {
        return Err(Exit::Wrong);
    }
    let kernel = kernel(cache, args)?;
    let Some(meanings) = kernel.counters() else {
        let path = kernel.path().display();
        console::error_with_remedy(
            &format!("{path} does not count what is executed"),
            Some(BUILD),
        );
        return Err(Exit::CannotRun);
    };
    let scratch = Scratch::new(cache).map_err(|error| {
        console::error(&error.to_string());
        Exit::CannotRun
    })?;
    let progress = Progress::new();
    let ready = prepare(&kernel, &scratch.0, &progress)?;
    let runs = Runs {
        site: &site,
        ready: ready.as_ref(),
        meanings: &meanings,
        counts: &scratch.0,
        interrupt: &interrupt::listen(),
        progress: &progress,
    };
    let counted = runs.all(&found.loaded);
    progress.done();
    let counted = counted?;
    let names: Vec<&str> = found.loaded.iter().map(|it| it.name.as_str()).collect();
    let told = match args.json {
        true => told::json(&counted, kernel.release(), &names),
        false => told::text(&counted, kernel.release(), names.len()),
    };
    console::print(&told);
    Ok(Exit::Passed)
}

/// The remedy where there is no kernel with counters.
const BUILD: &str = "sctp-lab kernel build --coverage; of a tree of your own with --source TREE";

fn kernel(cache: &Cache, args: &KernelCoverage) -> Result<UmlKernel, Exit> {
    match &args.kernel {
        Some(path) => UmlKernel::open(cache, path).map_err(|it| site::refused_by_engine(&it)),
        None => uml::counting(cache).ok_or_else(|| {
            console::error_with_remedy("no kernel is there that counts", Some(BUILD));
            Exit::CannotRun
        }),
    }
}

fn prepare(kernel: &UmlKernel, counts: &Path, progress: &Progress) -> Result<Box<dyn Ready>, Exit> {
    let settings = Settings {
        kernel: Some(kernel.path().to_owned()),
        counts: Some(counts.to_owned()),
        ..Settings::default()
    };
    let refused = |error: &dyn EngineError| Err(site::refused_by_engine(error));
    match engine::kind_of(Engine::Uml) {
        Some(kind) => match kind.prepare(&settings, &mut |news| progress.hear(news)) {
            Ok(ready) => Ok(ready),
            Err(error) => refused(error.as_ref()),
        },
        None => Err(Exit::CannotRun),
    }
}

fn here() -> Site {
    Site {
        engine: EngineChoice::Given(Engine::Uml),
        machine: None,
        kernel: Vec::new(),
        modules: None,
        set: Vec::new(),
        seed: None,
        program: Vec::new(),
        lab: Vec::new(),
        wall_limit: None,
    }
}

/// The place of the runs, and the folders of the compiler's notes and of the counts.
struct Runs<'r> {
    site: &'r Site,
    ready: &'r dyn Ready,
    /// The folder of the compiler's notes (`.gcno`).
    meanings: &'r Path,
    /// The folder of the kernel's counts, with a folder for each scenario.
    counts: &'r Path,
    interrupt: &'r Interrupt,
    progress: &'r Progress,
}

impl Runs<'_> {
    fn all(&self, scenarios: &[Loaded]) -> Result<Counted, Exit> {
        let next = AtomicUsize::new(0);
        let sum = Mutex::new(Ok(Counted::default()));
        std::thread::scope(|scope| {
            for _ in 0..self.ready.jobs().min(scenarios.len()) {
                scope.spawn(|| {
                    while let Some(loaded) = scenarios.get(next.fetch_add(1, Ordering::Relaxed)) {
                        let counted = self.one(loaded);
                        let Ok(mut sum) = sum.lock() else { return };
                        match (sum.as_mut(), counted) {
                            (Ok(sum), Ok(counted)) => sum.add(counted),
                            (Ok(_), Err(exit)) => *sum = Err(exit),
                            (Err(_), _) => return,
                        }
                    }
                });
            }
        });
        sum.into_inner().map_err(|_| Exit::Fault)?
    }

    fn one(&self, loaded: &Loaded) -> Result<Counted, Exit> {
        let name = &loaded.name;
        let request = site::request(self.site, &loaded.scenario, &loaded.source)?;
        let progress = Some(self.progress);
        engines::run(self.ready, &request, self.interrupt, progress, None)
            .map_err(|error| site::refused(name, &error))?;
        let counts = self.counts.join(name);
        let counted = gcov::read(&counts, self.meanings);
        let _ = fs::remove_dir_all(counts);
        counted.map_err(|error| {
            console::error_with_remedy(&error.to_string(), error.remedy());
            Exit::CannotRun
        })
    }
}

/// A folder that is removed when dropped.
struct Scratch(PathBuf);

impl Scratch {
    fn new(cache: &Cache) -> io::Result<Self> {
        let folder = cache.root().join("uml-counts");
        let own = folder.join(std::process::id().to_string());
        fs::create_dir_all(&own)?;
        Ok(Self(own))
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}
