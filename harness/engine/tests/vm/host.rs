//! The host's side of the tests: sets up a machine, and runs the tests on it.

use std::path::{Path, PathBuf};
use std::time::Duration;

use engine::vm::{Cache, Job, Kernel, Loaded, Machine, Outcome, Provision, Qemu, VmError};
use libtest_mimic::Arguments;

use crate::{cache_tests, live_tests, run_tests, stop_tests};

/// The environment variable with the cache of a child process that only prepares a machine.
pub(crate) const PREPARE_IN: &str = "SCTP_LAB_TEST_PREPARE_IN";

/// A test and its name.
pub(crate) type Test = (&'static str, fn(&Lab));

/// The needs of every test: QEMU, a kernel, the machine saved with this kernel, and the
/// machine saved with this program.
pub(crate) struct Lab {
    pub(crate) qemu: Qemu,
    pub(crate) kernel: Kernel,
    pub(crate) machine: Machine,
    pub(crate) loaded: Loaded,
    pub(crate) scratch: Scratch,
}

pub(crate) fn main() {
    if let Some(cache) = std::env::var_os(PREPARE_IN) {
        return prepare_in(Path::new(&cache));
    }
    let arguments = Arguments::from_args();
    // To list the tests, no machine is set up.
    let lab = match arguments.list {
        true => None,
        false => set_up(),
    };
    // The tests are threads that need the lab until the end.
    let lab: Option<&'static Lab> = lab.map(|lab| &*Box::leak(Box::new(lab)));
    let trials = [
        run_tests::ALL,
        live_tests::ALL,
        stop_tests::ALL,
        cache_tests::ALL,
    ];
    let trials = trials
        .into_iter()
        .flatten()
        .map(|(name, test)| {
            let body = move || {
                test(lab.ok_or("there is no machine to run it on")?);
                Ok(())
            };
            trials::test(*name, body).with_ignored_flag(lab.is_none() && !arguments.list)
        })
        .collect();
    let conclusion = trials::run("engine-vm", &arguments, trials);
    if let Some(lab) = lab {
        lab.scratch.remove();
    }
    conclusion.exit();
}

/// `None` where the vm engine is unavailable, unless `SCTP_LAB_REQUIRE` asks for it.
fn set_up() -> Option<Lab> {
    match try_set_up() {
        Ok(lab) => Some(lab),
        Err(error) if error.is_unavailable() && !trials::is_required("vm") => {
            eprintln!("the vm engine is not here, its tests are ignored: {error}");
            None
        }
        Err(error) => panic!("the vm engine's tests cannot be set up: {error}"),
    }
}

fn try_set_up() -> Result<Lab, VmError> {
    let progress = &mut |news: engine::Progress<'_>| eprintln!("{}", news.words());
    let users = Cache::of_user()?;
    let mut provision = Provision::new(&users, progress);
    let (qemu, kernel) = (provision.qemu()?, provision.kernel()?);
    // The tests have a cache of their own: the user's may hold a machine of another build.
    let scratch = Scratch::new("main");
    let machine = Machine::prepare(&qemu, &kernel, &scratch.cache, progress)?;
    let loaded = machine.load(this_program(), progress)?;
    Ok(Lab {
        qemu,
        kernel,
        machine,
        loaded,
        scratch,
    })
}

impl Lab {
    pub(crate) fn run(&self, input: &str) -> Result<Outcome, VmError> {
        run_on(&self.loaded, &job(input))
    }

    pub(crate) fn prepare_in(&self, cache: &Cache) -> Machine {
        Machine::prepare(&self.qemu, &self.kernel, cache, &mut |_| {}).unwrap()
    }

    pub(crate) fn load_in(&self, cache: &Cache) -> Loaded {
        let machine = self.prepare_in(cache);
        machine.load(this_program(), &mut |_| {}).unwrap()
    }
}

pub(crate) fn run_on(loaded: &Loaded, job: &Job<'_>) -> Result<Outcome, VmError> {
    loaded.run(job, &mut |_| {})
}

pub(crate) fn job(input: &str) -> Job<'_> {
    Job {
        input: input.as_bytes(),
        seed: None,
        protocol_limit: Duration::from_secs(7200),
        wall_limit: Duration::from_secs(120),
    }
}

/// Makes an attempt with a short limit, and repeats it with longer limits: a busy machine
/// may reach the limit before it comes to what the test looks for.
pub(crate) fn with_time_enough<T>(mut attempt: impl FnMut(Duration) -> Option<T>) -> T {
    [3, 15, 60]
        .into_iter()
        .find_map(|seconds| attempt(Duration::from_secs(seconds)))
        .expect("it comes to that within a minute")
}

/// Whether the error is a wall limit, of the run or of what goes before it.
pub(crate) fn is_limit(error: &VmError) -> bool {
    matches!(error, VmError::WallLimit { .. } | VmError::Stuck { .. })
}

pub(crate) fn this_program() -> &'static Path {
    static PROGRAM: std::sync::LazyLock<PathBuf> =
        std::sync::LazyLock::new(|| std::env::current_exe().unwrap());
    &PROGRAM
}

/// The child's part: prepares a machine, and prints each message of progress as a line.
fn prepare_in(cache: &Path) {
    let users = Cache::of_user().unwrap();
    let kernel = Provision::new(&users, &mut |_| {}).kernel().unwrap();
    let qemu = Qemu::find().unwrap();
    let cache = Cache::at(cache).unwrap();
    Machine::prepare(&qemu, &kernel, &cache, &mut |news| {
        println!("{}", news.words())
    })
    .unwrap();
    println!("prepared");
}

/// The cache of one test, removed at its end.
pub(crate) struct Scratch {
    pub(crate) cache: Cache,
}

impl Scratch {
    pub(crate) fn new(test: &str) -> Self {
        let name = format!("vm-{test}-{}", std::process::id());
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        let cache = Cache::at(folder).unwrap();
        Self { cache }
    }

    fn remove(&self) {
        let _ = std::fs::remove_dir_all(self.cache.root());
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        self.remove();
    }
}
