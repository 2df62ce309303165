//! Tests of saved machines: a killed boot, two processes at once, damaged files, and a
//! program that was built anew.

use std::fs;
use std::io::{BufRead, BufReader, Lines};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

use engine::vm::Loaded;

use crate::host::{Lab, PREPARE_IN, Scratch, Test, job, run_on, this_program};

pub(crate) const ALL: &[Test] = &[
    (
        "a_killed_boot_leaves_nothing_and_two_at_once_boot_once",
        killed,
    ),
    ("a_damaged_machine_is_noticed_and_made_anew", damaged),
    ("a_program_built_anew_is_loaded_anew", another_build),
];

fn killed(_lab: &Lab) {
    let scratch = Scratch::new("killed");
    let mut first = Preparing::start(&scratch);
    first.hears("booting Linux");
    let qemu = first.until_child();
    first.process.kill().unwrap();
    first.process.wait().unwrap();
    wait_until_gone(qemu);
    assert!(unfinished(&scratch), "it was killed too late to be a test");

    let mut second = Preparing::start(&scratch);
    second.hears("booting Linux");
    let mut third = Preparing::start(&scratch);
    third.hears("waiting for another sctp-lab");
    assert!(second.all_words().iter().any(|line| line == "prepared"));
    let words = third.all_words();
    assert_eq!(words, ["prepared"], "it booted too");
    assert!(!unfinished(&scratch));
}

fn damaged(lab: &Lab) {
    let scratch = Scratch::new("damaged");
    let loaded = lab.load_in(&scratch.cache);
    let answers = |loaded: &Loaded| run_on(loaded, &job("hello")).unwrap().output == b"echo: hello";

    cut_short(&loaded.folder().join("state"));
    let error = run_on(&loaded, &job("hello")).unwrap_err();
    assert!(error.to_string().contains("gone or damaged"), "{error}");
    assert!(answers(&lab.load_in(&scratch.cache)));

    let machine = lab.prepare_in(&scratch.cache);
    cut_short(&machine.folder().join("state"));
    fs::remove_dir_all(loaded.folder()).unwrap();
    let error = machine.load(this_program(), &mut |_| {}).unwrap_err();
    assert!(error.to_string().contains("gone or damaged"), "{error}");
    assert!(answers(&lab.load_in(&scratch.cache)));
}

fn cut_short(file: &Path) {
    let whole = fs::metadata(file).unwrap().len();
    fs::OpenOptions::new()
        .write(true)
        .open(file)
        .and_then(|file| file.set_len(whole / 2))
        .unwrap();
}

/// A program that was built anew is loaded anew. The older build's machine is swept, while
/// another program's stays as long as that program is there.
fn another_build(lab: &Lab) {
    let scratch = Scratch::new("another-build");
    let machine = lab.prepare_in(&scratch.cache);
    let folder = scratch.cache.root().join("builds");
    fs::create_dir_all(&folder).unwrap();
    let (program, other) = (folder.join("program"), folder.join("other"));
    for copy in [&program, &other] {
        fs::copy(this_program(), copy).unwrap();
    }
    let load = |program| machine.load(program, &mut |_| {}).unwrap();
    let first = load(&program);
    let others = load(&other);
    fs::remove_file(&program).unwrap();
    fs::copy(this_program(), &program).unwrap();

    let second = load(&program);
    assert_eq!(first.folder(), second.folder());
    assert!(run_on(&first, &job("hello")).is_err(), "an older build's");
    assert!(run_on(&second, &job("hello")).is_ok());
    assert!(run_on(&others, &job("hello")).is_ok(), "swept too early");

    fs::remove_file(&other).unwrap();
    fs::remove_dir_all(second.folder()).unwrap();
    load(&program);
    assert!(!others.folder().exists(), "not swept");
}

/// Another process that prepares a machine.
struct Preparing {
    process: Child,
    words: Lines<BufReader<ChildStdout>>,
}

impl Preparing {
    fn start(scratch: &Scratch) -> Self {
        let mut process = Command::new(std::env::current_exe().unwrap())
            .env(PREPARE_IN, scratch.cache.root())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let words = BufReader::new(process.stdout.take().unwrap()).lines();
        Self { process, words }
    }

    fn hears(&mut self, beginning: &str) {
        let line = self.words.next().unwrap().unwrap();
        assert!(line.starts_with(beginning), "{line}");
    }

    fn all_words(&mut self) -> Vec<String> {
        let words = self.words.by_ref().map(|line| line.unwrap()).collect();
        assert!(self.process.wait().unwrap().success());
        words
    }

    /// Waits for the QEMU that the process starts, and returns its process id.
    fn until_child(&self) -> u32 {
        let tasks = format!("/proc/{}/task", self.process.id());
        within(Duration::from_secs(30), || {
            let tasks = fs::read_dir(&tasks).unwrap().flatten();
            tasks
                .filter_map(|task| fs::read_to_string(task.path().join("children")).ok())
                .flat_map(|children| children.split(' ').filter_map(|id| id.parse().ok()).next())
                .next()
        })
    }
}

fn wait_until_gone(process: u32) {
    let process = format!("/proc/{process}");
    within(Duration::from_secs(30), || {
        (!Path::new(&process).exists()).then_some(())
    });
}

fn unfinished(scratch: &Scratch) -> bool {
    let machines = fs::read_dir(scratch.cache.root().join("machines")).unwrap();
    machines
        .flatten()
        .any(|entry| entry.file_name().to_string_lossy().ends_with(".unfinished"))
}

/// Polls for a change that the kernel sends no event about.
fn within<T>(limit: Duration, mut look: impl FnMut() -> Option<T>) -> T {
    let deadline = Instant::now() + limit;
    loop {
        if let Some(found) = look() {
            return found;
        }
        assert!(Instant::now() < deadline, "it never came");
        std::thread::sleep(Duration::from_millis(2));
    }
}
