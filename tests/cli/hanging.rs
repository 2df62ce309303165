//! Tests programs that hang or print for ever: the lab ends them with their children, and
//! reports which program took so long.

use std::fs::{self, Permissions};
use std::io::Read;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use tempfile::TempDir;
use tests::{Lab, lesson};

use crate::Body;
use crate::answer::Answer;

pub(crate) const ANYWHERE: &[(&str, Body)] = &[
    ("hanging-qemu-that-sleeps", qemu_that_sleeps),
    (
        "hanging-qemu-that-prints-for-ever-is-ended",
        qemu_that_prints,
    ),
    (
        "hanging-qemu-that-is-deaf-and-dumb-is-ended",
        qemu_that_is_dumb,
    ),
    ("hanging-apt-is-ended", apt),
    ("hanging-ssh-is-ended", ssh),
    ("hanging-ssh-in-the-midst-of-a-run-is-ended", ssh_later),
    ("hanging-targets-are-named", targets),
    ("hanging-qemu-and-ctrl-c", interrupted),
];

pub(crate) const IN_VM: &[(&str, Body)] = &[
    (
        "hanging-qemu-that-stops-while-it-boots-is-ended",
        stopped_at_boot,
    ),
    ("hanging-qemu-that-stops-later-is-ended", stopped_later),
];

/// A machine with the programs of one test. Its mark tells their processes from those of
/// other tests.
struct Machine {
    folder: TempDir,
    mark: String,
}

impl Machine {
    fn new() -> Result<Self, String> {
        static MACHINES: AtomicU32 = AtomicU32::new(0);
        let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
        fs::create_dir(folder.path().join("bin")).map_err(|error| error.to_string())?;
        let number = MACHINES.fetch_add(1, Ordering::Relaxed);
        // The mark is a time in seconds, for which a hanging program sleeps.
        let mark = format!("9{:08}.{number}", std::process::id());
        Ok(Self { folder, mark })
    }

    /// Puts a shell script there under this name. `HANG` in the script hangs, and `MARK`
    /// becomes the mark.
    fn with(self, program: &str, script: &str) -> Result<Self, String> {
        let path = self.folder.path().join("bin").join(program);
        let script = script
            .replace("HANG", "sleep MARK")
            .replace("MARK", &self.mark);
        fs::write(&path, format!("#!/bin/sh\n{script}\n"))
            .and_then(|()| fs::set_permissions(&path, Permissions::from_mode(0o755)))
            .map_err(|error| error.to_string())?;
        Ok(self)
    }

    /// `sctp-lab` on this machine, where it finds only these programs and the system's.
    fn command(&self, lab: Lab) -> Command {
        let mut command = lab.command();
        let bin = self.folder.path().join("bin");
        command
            .env("PATH", format!("{}:/usr/bin:/bin", bin.display()))
            .env("SCTP_LAB_CACHE", self.folder.path().join("cache"))
            .current_dir(self.folder.path());
        command
    }

    fn run(&self, lab: Lab, more: &[&str]) -> Result<Answer, String> {
        let mut command = self.command(lab);
        command.args(["run", "--wall-limit=2"]).args(more);
        let answer = Answer::of(command.arg(lesson("one-way-loss").path))?;
        self.is_quiet()?;
        Ok(answer)
    }

    /// No hanging process is left.
    fn is_quiet(&self) -> Result<(), String> {
        // A process that was killed may take a moment to go.
        until(|| self.hanging().is_empty())
            .map_err(|_| format!("left behind: {:?}", self.hanging()))
    }

    fn hanging(&self) -> Vec<PathBuf> {
        let processes = fs::read_dir("/proc").into_iter().flatten().flatten();
        let sleeps = |process: &Path| {
            let words = fs::read(process.join("cmdline")).unwrap_or_default();
            String::from_utf8_lossy(&words).contains(&self.mark)
        };
        processes
            .map(|process| process.path())
            .filter(|process| sleeps(process))
            .collect()
    }
}

const VM: &str = "--engine=vm";

fn hangs_at_the_start(lab: Lab, qemu: &str) -> Result<(), String> {
    let machine = Machine::new()?.with("qemu-system-x86_64", qemu)?;
    let Some(kernel) = tests::kernel() else {
        return Ok(()); // nothing to boot: the engine is not here
    };
    let kernel = format!("--kernel={}", kernel.display());
    let answer = machine.run(lab, &[VM, &kernel])?.exits(3)?;
    assert!(
        answer.err.contains("took more than 2 s, and was ended"),
        "{answer:?}"
    );
    assert!(
        answer
            .err
            .contains("help: if it only needs more time: --wall-limit"),
        "{answer:?}"
    );
    assert!(answer.err.len() < 10_000, "{} bytes", answer.err.len());
    assert!(!answer.err.contains('\x1b'), "{answer:?}");
    Ok(())
}

fn qemu_that_sleeps(lab: Lab) -> Result<(), String> {
    hangs_at_the_start(lab, "HANG & wait")
}

fn qemu_that_prints(lab: Lab) -> Result<(), String> {
    let qemu = "HANG & exec perl -e 'print STDERR \"\\x1b[2Jno end \" while 1'";
    hangs_at_the_start(lab, qemu)
}

fn qemu_that_is_dumb(lab: Lab) -> Result<(), String> {
    let qemu = "exec perl -MPOSIX -e 'POSIX::close($_) for 0..255; sleep MARK'";
    let machine = Machine::new()?.with("qemu-system-x86_64", qemu)?;
    let Some(kernel) = tests::kernel() else {
        return Ok(());
    };
    let kernel = format!("--kernel={}", kernel.display());
    // QEMU has closed all its streams, which the lab sees before the limit.
    let mut command = machine.command(lab);
    command.args(["run", VM, &kernel]);
    let answer = Answer::of(command.arg(lesson("one-way-loss").path))?.exits(4)?;
    assert!(answer.err.contains("qemu: it ended early"), "{answer:?}");
    machine.is_quiet()
}

fn apt(lab: Lab) -> Result<(), String> {
    let machine = Machine::new()?
        .with("qemu-system-x86_64", "HANG")?
        .with("apt-get", "HANG")?
        .with("apt-cache", "HANG")?
        .with("dpkg-deb", "HANG")?;
    let answer = machine.run(lab, &[VM])?;
    // If apt hangs, the lab takes a kernel that is installed, and QEMU hangs instead:
    // either is named.
    assert_eq!(answer.exit, Some(3), "{answer:?}");
    assert!(answer.err.contains("2 s, and was ended"), "{answer:?}");
    Ok(())
}

fn ssh(lab: Lab) -> Result<(), String> {
    let machine = Machine::new()?.with("ssh", "HANG & wait")?;
    let answer = machine.run(lab, &["--box=me@there"])?.exits(3)?;
    assert_eq!(
        answer.err,
        "error: me@there had not answered after 2 s, and ssh was ended\n  \
         help: try it by hand: ssh me@there true\n"
    );
    let machine = Machine::new()?.with("vagrant", "HANG & wait")?;
    let answer = machine.run(lab, &["--box=debian"])?.exits(3)?;
    assert!(answer.err.contains("2 s, and was ended"), "{answer:?}");
    Ok(())
}

/// A box that has answered, and then answers no more. The lab waits for half a minute
/// longer than the run may take.
fn ssh_later(lab: Lab) -> Result<(), String> {
    let answers = "case \"$*\" in *uname*) echo Linux x86_64;; *serve-box*) HANG & wait;; esac";
    let machine = Machine::new()?.with("ssh", answers)?;
    let answer = machine.run(lab, &["--box=me@there"])?.exits(3)?;
    assert_eq!(
        answer.err,
        "error: one-way-loss: me@there had not answered after 32.2 s, and ssh was ended\n  \
         help: try it by hand: ssh me@there true\n"
    );
    Ok(())
}

fn targets(lab: Lab) -> Result<(), String> {
    let machine = Machine::new()?.with("ssh", "HANG & wait")?;
    let targets = machine.folder.path().join("targets.yaml");
    fs::write(&targets, "one: 192.0.2.1\n").map_err(|error| error.to_string())?;
    let mut command = machine.command(lab);
    command.args(["capture", "--wall-limit=2", "--to=call.pcapng", "--targets"]);
    let answer = Answer::of(command.arg(&targets))?.exits(3)?;
    assert_eq!(
        answer.err,
        "error: one: 192.0.2.1 had not answered after 2 s, and ssh was ended\n  \
         help: try it by hand: ssh 192.0.2.1 true\n"
    );
    assert!(!machine.folder.path().join("call.pcapng").exists());
    machine.is_quiet()
}

fn interrupted(lab: Lab) -> Result<(), String> {
    let machine = Machine::new()?.with("qemu-system-x86_64", "exec HANG")?;
    let Some(kernel) = tests::kernel() else {
        return Ok(());
    };
    let mut command = machine.command(lab);
    command.args(["run", VM]).arg(lesson("one-way-loss").path);
    command.arg(format!("--kernel={}", kernel.display()));
    let mut child: Child = command
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .map_err(|error| error.to_string())?;
    until(|| !machine.hanging().is_empty())?;
    signal(child.id(), "INT")?;
    child.wait().map_err(|error| error.to_string())?;
    machine.is_quiet()
}

/// A script that becomes the real QEMU, and writes down its process ID. A file `booted` or
/// `resumed` says after how many seconds QEMU stops, in a boot or in a resumed machine.
const STOPPED: &str = r#"
folder=$(dirname "$0")
echo $$ > "$folder/pid"
case " $* " in *" -incoming "*) when=$folder/resumed;; *) when=$folder/booted;; esac
if [ -e "$when" ]; then (sleep "$(cat "$when")"; kill -STOP $$) & fi
exec /usr/bin/qemu-system-x86_64 "$@"
"#;

impl Machine {
    fn stops(&self, when: &str, seconds: &str) -> Result<(), String> {
        let file = self.folder.path().join("bin").join(when);
        fs::write(file, seconds).map_err(|error| error.to_string())
    }

    /// The QEMU that was started last.
    fn qemu(&self) -> Result<u32, String> {
        let file = self.folder.path().join("bin/pid");
        let pid = fs::read_to_string(file).map_err(|error| error.to_string())?;
        pid.trim().parse().map_err(|_| pid)
    }
}

fn stopped_at_boot(lab: Lab) -> Result<(), String> {
    let (Some(kernel), true) = (
        tests::kernel(),
        Path::new("/usr/bin/qemu-system-x86_64").exists(),
    ) else {
        return Ok(());
    };
    let machine = Machine::new()?.with("qemu-system-x86_64", STOPPED)?;
    machine.stops("booted", "0.5")?;
    let kernel = format!("--kernel={}", kernel.display());
    let answer = machine.run(lab, &[VM, &kernel])?.exits(3)?;
    // As a rule the boot of the guest took too long; on a busy machine, what goes before
    // it.
    assert!(answer.err.contains("took more than 2 s"), "{answer:?}");
    no_qemu_is_left(&machine)
}

fn stopped_later(lab: Lab) -> Result<(), String> {
    let (Some(kernel), true) = (
        tests::kernel(),
        Path::new("/usr/bin/qemu-system-x86_64").exists(),
    ) else {
        return Ok(());
    };
    let machine = Machine::new()?.with("qemu-system-x86_64", STOPPED)?;
    let kernel = format!("--kernel={}", kernel.display());
    let mut good = machine.command(lab);
    good.args(["run", VM, &kernel])
        .arg(lesson("one-way-loss").path);
    Answer::of(&mut good)?.exits(0)?;

    machine.stops("resumed", "0")?;
    let answer = machine.run(lab, &[VM, &kernel])?.exits(3)?;
    assert!(answer.err.contains("took more than 2 s"), "{answer:?}");
    no_qemu_is_left(&machine)?;

    // QEMU stops in the midst of an endless run, after packets have been seen.
    fs::remove_file(machine.folder.path().join("bin/resumed")).map_err(|it| it.to_string())?;
    let endless = machine.folder.path().join("endless.yaml");
    fs::write(&endless, ENDLESS).map_err(|error| error.to_string())?;
    let mut command = machine.command(lab);
    command
        .args(["capture", VM, &kernel, "--wall-limit=15"])
        .arg(&endless);
    let mut child = command
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|error| error.to_string())?;
    let mut seen = child.stdout.take().ok_or("it has a standard output")?;
    seen.read_exact(&mut [0; 1000])
        .map_err(|error| error.to_string())?;
    signal(machine.qemu()?, "STOP")?;
    std::io::copy(&mut seen, &mut std::io::sink()).map_err(|error| error.to_string())?;
    let output = child
        .wait_with_output()
        .map_err(|error| error.to_string())?;
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(
        said.contains("the guest was still running the program after 15 s"),
        "{said}"
    );
    no_qemu_is_left(&machine)
}

/// Takes minutes, even in virtual time.
const ENDLESS: &str = "\
title: Two hosts and all the time in the world
nodes: [client, server]
links:
  path: {client: 10.0.1.1/24, server: 10.0.1.2/24}
endpoints:
  server: {node: server, listen: 5000, subscribe: [assoc-change]}
  client: {node: client, subscribe: [assoc-change]}
steps:
  - connect: {from: client, to: server}
  - expect: {at: client, notification: assoc-change, state: comm-up, within: 1s}
  - wait: 20000000s
limit: 30000000s
";

/// No QEMU is left: it would run in a folder of this machine's cache.
fn no_qemu_is_left(machine: &Machine) -> Result<(), String> {
    let folder = machine
        .folder
        .path()
        .canonicalize()
        .map_err(|error| error.to_string())?;
    let left = || {
        let processes = fs::read_dir("/proc").into_iter().flatten().flatten();
        processes
            .filter_map(|process| fs::read_link(process.path().join("cwd")).ok())
            .any(|place| place.starts_with(folder.join("cache")))
    };
    until(|| !left())
}

/// Polls for a change that the kernel sends no event about.
fn until(mut done: impl FnMut() -> bool) -> Result<(), String> {
    let deadline = Instant::now() + Duration::from_secs(60);
    while !done() {
        if Instant::now() > deadline {
            return Err("it never came".into());
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    Ok(())
}

fn signal(process: u32, signal: &str) -> Result<(), String> {
    let sent = Command::new("kill")
        .args([&format!("-{signal}"), &process.to_string()])
        .status();
    sent.map(drop).map_err(|error| error.to_string())
}
