//! Tests packets that are passed on while they are captured.

use std::fs::{self, File};
use std::io::Read;
use std::path::Path;
use std::process::{Child, Stdio};

use nix::sys::stat::Mode;
use nix::unistd::mkfifo;
use pcapng::{CapturedPacket, Reader};
use recording::Recording;
use tempfile::TempDir;
use tests::{Lab, lesson};

use crate::Body;
use crate::answer::Answer;

pub(crate) const ANYWHERE: &[(&str, Body)] = &[
    ("capture-names-what-is-wrong", wrong),
    ("extcap-answers-wireshark", answers),
    ("extcap-is-installed", installed),
];

pub(crate) const IN_VM: &[(&str, Body)] = &[
    ("capture-has-every-packet-whichever-way", every_way),
    ("capture-hands-out-what-is-asked-for", filtered),
    ("capture-goes-on-without-a-reader", reader_leaves),
    ("capture-serves-one-reader-after-another", readers),
    ("extcap-captures", extcap),
];

fn scratch() -> Result<TempDir, String> {
    tempfile::tempdir().map_err(|error| error.to_string())
}

/// A command with the arguments that all tests here have.
fn capture(lab: Lab, scenario: &str, to: &[&str]) -> std::process::Command {
    let mut command = lab.command();
    command.arg("capture").arg(lesson(scenario).path);
    command.arg("--engine=vm").args(to);
    command
}

/// A whole capture: where each packet was seen, and the packet.
fn read(source: impl Read) -> Result<Vec<(String, CapturedPacket)>, String> {
    let mut reader = Reader::new(source).map_err(|error| error.to_string())?;
    let mut seen = Vec::new();
    while let Some(packet) = reader.next() {
        let packet = packet.map_err(|error| error.to_string())?;
        let interface = reader.interface(packet.interface);
        seen.push((interface.name.clone().unwrap_or_default(), packet));
    }
    Ok(seen)
}

pub(crate) fn read_file(path: &Path) -> Result<Vec<(String, CapturedPacket)>, String> {
    read(File::open(path).map_err(|error| format!("{}: {error}", path.display()))?)
}

fn every_way(lab: Lab) -> Result<(), String> {
    let folder = scratch()?;
    let path = |name: &str| folder.path().join(name);
    let (file, split) = (path("all.pcapng"), path("hosts"));
    let to = [&file, &split, &folder.path().to_owned()].map(|path| path.display().to_string());
    let to = ["--to=-", "--to", &to[0], "--split", &to[1], "--out", &to[2]];
    let output = capture(lab, "multihoming-failover", &to)
        .stdin(Stdio::null())
        .output()
        .map_err(|error| error.to_string())?;
    assert_eq!(output.status.code(), Some(0), "{output:?}");

    let recording = Recording::read(&path("multihoming-failover"));
    let recording = recording.map_err(|error| error.to_string())?;
    let recorded: Vec<(String, CapturedPacket)> = recording
        .packets
        .iter()
        .map(|packet| {
            let interface = &recording.interfaces[packet.interface];
            (interface.to_string(), packet.into())
        })
        .collect();
    assert!(recorded.len() > 300);
    assert!(read_file(&file)? == recorded);
    assert!(read(&output.stdout[..])? == recorded);
    let mut hosts = 0;
    for host in ["client", "server"] {
        let packets = read_file(&split.join(format!("{host}.pcapng")))?;
        assert!(packets.iter().all(|(name, _)| name.starts_with(host)));
        hosts += packets.len();
    }
    assert_eq!(hosts, recorded.len());
    Ok(())
}

fn filtered(lab: Lab) -> Result<(), String> {
    let asked = ["--node=server", "--path=path-b", "--chunk=DATA"];
    let output = capture(lab, "multihoming-failover", &asked)
        .output()
        .map_err(|error| error.to_string())?;
    let packets = read(&output.stdout[..])?;
    assert!(!packets.is_empty());
    for (name, packet) in packets {
        assert_eq!(name, "server/path-b");
        // Behind Ethernet, IPv4 and the common header: DATA is chunk type 0, and
        // nothing goes before it in these packets.
        assert_eq!(packet.bytes[14 + 20 + 12], 0);
    }
    Ok(())
}

/// A reader that leaves early is no error, and the file still gets every packet.
fn reader_leaves(lab: Lab) -> Result<(), String> {
    let folder = scratch()?;
    let file = folder.path().join("all.pcapng");
    // A run of six seconds: the reader leaves before its end on any machine.
    let to = ["--pace=30", "--to=-", "--to", &file.display().to_string()];
    let mut child = capture(lab, "multihoming-failover", &to)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|error| error.to_string())?;
    let mut some = [0; 500];
    let mut stdout = child.stdout.take().ok_or("it has a standard output")?;
    stdout
        .read_exact(&mut some)
        .map_err(|error| error.to_string())?;
    drop(stdout);
    let said = ended(child)?;
    assert!(said.contains("standard output: "), "{said}");
    assert!(said.contains("the reader left before the end"), "{said}");
    assert!(said.contains("passed: 7 of 7"), "{said}");
    assert!(read_file(&file)?.len() > 100);
    Ok(())
}

fn ended(child: Child) -> Result<String, String> {
    let output = child
        .wait_with_output()
        .map_err(|error| error.to_string())?;
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    match output.status.code() {
        Some(0) => Ok(said),
        code => Err(format!("exit code {code:?}: {said}")),
    }
}

/// Each reader of the pipe gets a whole capture, from the moment on at which the reader
/// came.
fn readers(lab: Lab) -> Result<(), String> {
    let folder = scratch()?;
    let (pipe, file) = (folder.path().join("pipe"), folder.path().join("file"));
    mkfifo(&pipe, Mode::S_IRWXU).map_err(|error| error.to_string())?;
    let to = [pipe.display().to_string(), file.display().to_string()];
    let to = ["--pace=15", "--to", &to[0], "--to", &to[1]];
    let child = capture(lab, "multihoming-failover", &to)
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|error| error.to_string())?;
    // The run waits for its first reader.
    let mut first = File::open(&pipe).map_err(|error| error.to_string())?;
    let mut some = [0; 2000];
    first
        .read_exact(&mut some)
        .map_err(|error| error.to_string())?;
    drop(first);
    let second = File::open(&pipe).map_err(|error| error.to_string())?;
    let late = read(second)?;
    ended(child)?;
    let all = read_file(&file)?;
    assert!(!late.is_empty() && late.len() < all.len(), "{}", late.len());
    assert!(all.ends_with(&late), "it has all from when it came");
    Ok(())
}

fn wrong(lab: Lab) -> Result<(), String> {
    let folder = scratch()?;
    let (old, new) = (folder.path().join("old"), folder.path().join("new"));
    fs::write(&old, "precious").map_err(|error| error.to_string())?;
    let [old_name, new_name] = [&old, &new].map(|path| path.display().to_string());
    let asked = |to: &[&str]| Answer::of(&mut capture(lab, "handshake", to))?.exits(2);
    let names = asked(&["--node", "cleint", "--path", "wire", "--to", &new_name])?;
    assert!(
        names
            .err
            .contains("there is no node `cleint`; did you mean `client`?")
    );
    assert!(names.err.contains("there is no path `wire`; "), "{names:?}");
    let json = asked(&["--json"])?;
    assert!(json.err.contains("--json needs standard output for itself"));
    let chunk = asked(&["--chunk", "DATUM"])?;
    assert!(chunk.err.contains("DATUM"), "{chunk:?}");
    let nowhere = asked(&["--to", &old_name, "--to", &new_name, "--to", "/no/where"])?;
    assert!(
        nowhere.err.contains("error: /no/where: No such file"),
        "{nowhere:?}"
    );
    let kept = fs::read_to_string(&old).map_err(|error| error.to_string())?;
    assert_eq!(kept, "precious");
    assert!(!new.exists());
    Ok(())
}

/// Asks the questions of Wireshark.
fn wireshark(lab: Lab, question: &[&str]) -> std::process::Command {
    let mut command = lab.command();
    command.args(["extcap", "handshake", "one-way-loss"]);
    command.args(question).current_dir(tests::repository());
    command
}

fn answers(lab: Lab) -> Result<(), String> {
    let asked = |question: &[&str]| Answer::of(&mut wireshark(lab, question))?.exits(0);
    let there = asked(&["--extcap-interfaces", "--extcap-version=4.0"])?;
    let lines: Vec<_> = there.out.lines().collect();
    assert_eq!(lines.len(), 3, "{there:?}");
    assert!(lines[0].starts_with("extcap {version="));
    assert!(lines[1].starts_with("interface {value=sctp-lab-handshake}{display=SCTP: "));
    let of = ["--extcap-interface", "sctp-lab-handshake"];
    let begins = asked(&[of[0], of[1], "--extcap-dlts"])?;
    assert!(begins.out.starts_with("dlt {number=1}{name=EN10MB}"));
    let settings = asked(&[of[0], of[1], "--extcap-config"])?;
    assert!(settings.out.contains("{call=--pace}"), "{settings:?}");
    let filter = asked(&[of[0], of[1], "--extcap-capture-filter", "sctp"])?;
    assert!(filter.out.contains("use a display filter"), "{filter:?}");
    let nothing = Answer::of(&mut wireshark(lab, &[]))?.exits(2)?;
    assert!(nothing.err.contains("sctp-lab extcap --install"));
    Ok(())
}

fn installed(lab: Lab) -> Result<(), String> {
    let folder = scratch()?;
    let mut command = lab.command();
    command.args(["extcap", "--install", "handshake", "--folder"]);
    command.arg(folder.path()).current_dir(tests::repository());
    Answer::of(&mut command)?.exits(0)?;
    let mut command = std::process::Command::new(folder.path().join("sctp-lab"));
    let there = Answer::of(command.arg("--extcap-interfaces").current_dir("/"))?.exits(0)?;
    assert!(
        there.out.contains("{value=sctp-lab-handshake}"),
        "{there:?}"
    );
    Ok(())
}

fn extcap(lab: Lab) -> Result<(), String> {
    let folder = scratch()?;
    let pipe = folder.path().join("pipe");
    mkfifo(&pipe, Mode::S_IRWXU).map_err(|error| error.to_string())?;
    let pipe_name = pipe.display().to_string();
    let question = [
        "--extcap-interface=sctp-lab-handshake",
        "--capture",
        "--pace=100",
        "--fifo",
        &pipe_name,
    ];
    let child = wireshark(lab, &question)
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|error| error.to_string())?;
    let packets = read(File::open(&pipe).map_err(|error| error.to_string())?)?;
    ended(child)?;
    assert_eq!(packets.len(), 14, "seven packets, each at both ends");
    Ok(())
}
