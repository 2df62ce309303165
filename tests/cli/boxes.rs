//! Tests the `box` engine with a real sshd on this machine that only the test uses.

use std::fs::{self, Permissions};
use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU16, Ordering};

use recording::{Engine, Recording};
use tempfile::TempDir;
use tests::{Lab, Need, lesson};
use trials::which;

use crate::Body;
use crate::answer::Answer;

pub(crate) const ANYWHERE: &[(&str, Body)] = &[("box-without-vagrant", without_vagrant)];

pub(crate) const WITH_SSHD: &[(&str, Body)] = &[
    ("box-over-ssh", over_ssh),
    ("box-with-another-key", with_another_key),
    ("box-that-is-down", that_is_down),
];

/// A folder with an sshd's keys and files, and an `ssh` that knows the sshd as `lab`.
pub(crate) struct Remote {
    folder: TempDir,
    port: u16,
    sshd: Option<Child>,
}

impl Remote {
    pub(crate) fn new() -> Result<Self, String> {
        let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
        let remote = Self {
            folder,
            port: free_port()?,
            sshd: None,
        };
        for key in ["host", "user"] {
            let file = remote.path(key);
            let made = Command::new("ssh-keygen")
                .args(["-q", "-t", "ed25519", "-N", "", "-C", "test", "-f"])
                .arg(file)
                .status();
            assert!(made.map_err(|error| error.to_string())?.success());
        }
        fs::create_dir(remote.path("bin")).map_err(|error| error.to_string())?;
        remote.trust("host")?;
        remote.write("ssh-config", &remote.client())?;
        let ssh = format!(
            "#!/bin/sh\nexec {} -F '{}' \"$@\"\n",
            which("ssh")?.display(),
            remote.path("ssh-config").display()
        );
        remote.write("bin/ssh", &ssh)?;
        fs::set_permissions(remote.path("bin/ssh"), Permissions::from_mode(0o755))
            .map_err(|error| error.to_string())?;
        Ok(remote)
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn write(&self, name: &str, text: &str) -> Result<(), String> {
        fs::write(self.path(name), text).map_err(|error| error.to_string())
    }

    /// Has the client know this key as the sshd's.
    pub(crate) fn trust(&self, key: &str) -> Result<(), String> {
        let key = fs::read_to_string(self.path(&format!("{key}.pub")));
        let key = key.map_err(|error| error.to_string())?;
        self.write("known_hosts", &format!("[127.0.0.1]:{} {key}", self.port))
    }

    fn client(&self) -> String {
        format!(
            "Host lab\n  HostName 127.0.0.1\n  Port {}\n  IdentityFile {}\n  IdentitiesOnly yes\n  \
             UserKnownHostsFile {}\n  GlobalKnownHostsFile /dev/null\n",
            self.port,
            self.path("user").display(),
            self.path("known_hosts").display()
        )
    }

    /// Starts the sshd, and waits until it says that it listens.
    pub(crate) fn start(&mut self) -> Result<(), String> {
        let config = format!(
            "ListenAddress 127.0.0.1\nPort {}\nHostKey {}\nAuthorizedKeysFile {}\nStrictModes no\n\
             UsePAM no\nPidFile none\nPermitRootLogin prohibit-password\n\
             SetEnv HOME={}\n",
            self.port,
            self.path("host").display(),
            self.path("user.pub").display(),
            self.folder.path().display(),
        );
        self.write("sshd-config", &config)?;
        // Debian's sshd, started by root, needs this folder to separate its privileges.
        let _ = fs::create_dir_all("/run/sshd");
        let mut sshd = Command::new(which("sshd")?)
            .args(["-D", "-e", "-f"])
            .arg(self.path("sshd-config"))
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .map_err(|error| error.to_string())?;
        let words = sshd.stderr.take();
        self.sshd = Some(sshd);
        let mut lines = words
            .map(BufReader::new)
            .into_iter()
            .flat_map(BufRead::lines);
        let listens = lines
            .by_ref()
            .map_while(Result::ok)
            .any(|line| line.contains("Server listening"));
        // sshd goes on writing, and must not find the pipe full or closed.
        std::thread::spawn(move || lines.for_each(drop));
        listens.then_some(()).ok_or_else(|| "sshd ended".to_owned())
    }

    /// The lab's command, which finds the `ssh` that knows the sshd.
    pub(crate) fn command(&self, lab: Lab) -> Command {
        let mut command = Command::new(lab.0);
        let path = std::env::var("PATH").unwrap_or_default();
        command
            .env("PATH", format!("{}:{path}", self.path("bin").display()))
            .env("SCTP_LAB_CACHE", self.path("cache"))
            .current_dir(self.folder.path());
        command
    }

    fn run(&self, lab: Lab) -> Command {
        let mut command = self.command(lab);
        command
            .args(["run", "--box=@lab"])
            .arg(lesson("one-way-loss").path);
        command
    }
}

/// A port that nobody else will take: outgoing connections get theirs from 32768 on, and
/// each test here has its own.
fn free_port() -> Result<u16, String> {
    static NEXT: AtomicU16 = AtomicU16::new(0);
    let first = 20_000 + (std::process::id() % 10_000) as u16;
    (0..1000)
        .map(|_| first + NEXT.fetch_add(1, Ordering::Relaxed))
        .find(|port| TcpListener::bind(("127.0.0.1", *port)).is_ok())
        .ok_or_else(|| "no port is free".to_owned())
}

impl Drop for Remote {
    fn drop(&mut self) {
        if let Some(sshd) = &mut self.sshd {
            let _ = sshd.kill();
            let _ = sshd.wait();
        }
    }
}

/// The lab's program is copied to the box once, and asked there each time. If the box's
/// kernel has SCTP, the program brings a recording back; otherwise it says that SCTP is
/// missing.
fn over_ssh(lab: Lab) -> Result<(), String> {
    let mut remote = Remote::new()?;
    remote.start()?;
    for _ in 0..2 {
        let answer = Answer::of(&mut remote.run(lab))?;
        match Need::native().lack() {
            Some(lack) => {
                let answer = answer.exits(3)?;
                let expected = format!("lab cannot run it: {lack}");
                assert!(answer.err.contains(&expected), "{}", answer.err);
            }
            None => {
                answer.exits(0)?;
                let recording = Recording::read(&remote.path("runs/one-way-loss"));
                let recording = recording.map_err(|error| error.to_string())?;
                assert_eq!(recording.info.engine, Engine::Box);
                assert!(!recording.packets.is_empty());
            }
        }
    }
    let copies = fs::read_dir(remote.path(".cache/sctp-lab")).map_err(|error| error.to_string())?;
    assert_eq!(copies.count(), 1, "the program is copied once, and whole");
    Ok(())
}

/// A host that answers with another key gets nothing.
fn with_another_key(lab: Lab) -> Result<(), String> {
    let mut remote = Remote::new()?;
    remote.start()?;
    remote.trust("user")?;
    let answer = Answer::of(&mut remote.run(lab))?.exits(3)?;
    let expected = "error: the host key of lab is unknown or has changed:";
    assert!(answer.err.contains(expected), "{}", answer.err);
    assert!(
        answer.err.contains("help: compare the key"),
        "{}",
        answer.err
    );
    assert!(!remote.path(".cache").exists(), "something was copied");
    Ok(())
}

fn that_is_down(lab: Lab) -> Result<(), String> {
    let remote = Remote::new()?;
    let answer = Answer::of(&mut remote.run(lab))?.exits(3)?;
    assert!(
        answer.err.contains("error: cannot reach lab:"),
        "{}",
        answer.err
    );
    assert!(answer.err.contains("Connection refused"), "{}", answer.err);
    Ok(())
}

fn without_vagrant(lab: Lab) -> Result<(), String> {
    let empty = tempfile::tempdir().map_err(|error| error.to_string())?;
    let mut command = Command::new(lab.0);
    command
        .env("PATH", empty.path())
        .env("SCTP_LAB_CACHE", empty.path())
        .args(["run", "--box=freebsd"])
        .arg(lesson("one-way-loss").path);
    let answer = Answer::of(&mut command)?.exits(3)?;
    let expected = "error: vagrant cannot be asked about its boxes: No such file or directory";
    assert!(answer.err.contains(expected), "{}", answer.err);
    assert!(
        answer.err.contains("help: install it from"),
        "{}",
        answer.err
    );
    Ok(())
}

/// Needs OpenSSH, the server and the client.
pub(crate) fn need() -> Need {
    let lack = ["ssh", "sshd", "ssh-keygen"]
        .iter()
        .find_map(|program| which(program).err());
    Need::of("sshd", lack)
}
