//! Tests the verb `targets` with a real sshd on this machine that only the test uses.

use std::fs::File;
use std::io::{BufRead, BufReader};
use std::net::UdpSocket;
use std::process::Stdio;

use nix::sys::stat::Mode;
use nix::unistd::mkfifo;
use pcapng::{CapturedPacket, Reader};
use tests::{Lab, Need};
use trials::which;

use crate::Body;
use crate::answer::Answer;
use crate::boxes::Remote;
use crate::json::valid;
use crate::live::read_file;

pub(crate) const ANYWHERE: &[(&str, Body)] = &[
    ("targets-in-a-wrong-file", in_a_wrong_file),
    ("targets-in-no-file", in_no_file),
];

pub(crate) const WITH_TCPDUMP: &[(&str, Body)] = &[
    ("targets-checked", checked),
    ("targets-captured-on", captured_on),
    ("targets-captured-on-all-or-none", all_or_none),
];

/// Needs tcpdump, and the right to capture.
pub(crate) fn need() -> Need {
    let lack = which("tcpdump").err();
    let is_root = nix::unistd::geteuid().is_root();
    let rights = (!is_root).then(|| "only root may capture".to_owned());
    Need::of("tcpdump", lack.or(rights))
}

/// An sshd, and a file of targets that are reached through it.
fn with(targets: &str) -> Result<Remote, String> {
    let mut remote = Remote::new()?;
    remote.start()?;
    remote.write("targets.yaml", targets)?;
    Ok(remote)
}

fn checked(lab: Lab) -> Result<(), String> {
    let remote = with(
        "good: {host: lab, interface: lo}\nbad-filter: {host: lab, filter: nonsense}\n\
         down: {host: lab, port: 1}\n",
    )?;
    let targets = |more: &[&str]| {
        let mut command = remote.command(lab);
        Answer::of(command.args(["targets", "targets.yaml"]).args(more))
    };
    let answer = targets(&[])?.exits(3)?;
    let lines: Vec<&str> = answer.out.lines().collect();
    assert!(
        lines[0].starts_with("good        ok, tcpdump "),
        "{answer:?}"
    );
    for words in [
        "bad-filter  tcpdump does not take the filter `nonsense`:",
        "              help: man pcap-filter has the language; try it: tcpdump -d 'nonsense'",
        "down        cannot reach -p 1 lab:",
        "              help: try it by hand: ssh -p 1 lab true",
    ] {
        assert!(lines.contains(&words), "{words}\n{}", answer.out);
    }
    valid("targets", targets(&["--json"])?.exits(3)?)?;

    remote.write("targets.yaml", "good: {host: lab, interface: lo}")?;
    valid("targets", targets(&["--json"])?.exits(0)?)
}

/// Two targets see the same traffic, SCTP encapsulated in UDP, on loopback.
fn captured_on(lab: Lab) -> Result<(), String> {
    let remote = with("one: {host: lab, interface: lo}\ntwo: {host: lab, interface: lo}\n")?;
    let mut command = remote.command(lab);
    command.args(["capture", "--targets", "targets.yaml", "--json"]);
    command.args(["--to=all.pcapng", "--split=hosts", "--to=pipe"]);
    mkfifo(&remote.path("pipe"), Mode::S_IRWXU).map_err(|error| error.to_string())?;
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|error| error.to_string())?;
    // The capture waits for a reader of the pipe.
    let pipe = File::open(remote.path("pipe")).map_err(|error| error.to_string())?;
    let stderr = child.stderr.take().ok_or("it has a standard error")?;
    let mut lines = BufReader::new(stderr).lines().map_while(Result::ok);
    let started = lines.any(|line| line.starts_with("capturing on 2 targets"));
    assert!(started, "it did not start");

    let socket = UdpSocket::bind("127.0.0.1:0").map_err(|error| error.to_string())?;
    for number in 0..20_u8 {
        socket
            .send_to(&[number; 40], "127.0.0.1:9899")
            .map_err(|error| error.to_string())?;
    }
    // Every packet has come from both targets before Ctrl-C does.
    let live = Reader::new(pipe).map_err(|error| error.to_string())?;
    let seen = live.map_while(Result::ok).filter(is_data).take(40);
    assert_eq!(seen.count(), 40);
    let pid = nix::unistd::Pid::from_raw(child.id() as i32);
    nix::sys::signal::kill(pid, nix::sys::signal::SIGINT).map_err(|error| error.to_string())?;
    let rest: Vec<String> = lines.collect();
    let output = child.wait_with_output().map_err(|it| it.to_string())?;
    let answer = Answer {
        exit: output.status.code(),
        out: String::from_utf8_lossy(&output.stdout).into_owned(),
        err: rest.join("\n"),
    };
    valid("capture", answer.exits(0)?)?;
    for (file, packets) in [
        ("all.pcapng", 40),
        ("hosts/one.pcapng", 20),
        ("hosts/two.pcapng", 20),
    ] {
        let seen = read_file(&remote.path(file))?;
        let data: Vec<_> = seen
            .iter()
            .map(|(_, it)| it)
            .filter(|it| is_data(it))
            .collect();
        assert_eq!(data.len(), packets, "{file}");
        assert!(data.is_sorted_by_key(|packet| packet.time_ns), "{file}");
    }
    Ok(())
}

/// Whether a packet is one that the test sent, by its length. The kernel answers each by
/// ICMP, for nobody listens.
fn is_data(packet: &CapturedPacket) -> bool {
    packet.bytes.len() == 14 + 20 + 8 + 40
}

fn all_or_none(lab: Lab) -> Result<(), String> {
    let remote = with("good: {host: lab, interface: lo}\nbad: {host: lab, interface: nowhere0}\n")?;
    let capture = |more: &[&str]| {
        let mut command = remote.command(lab);
        command.args(["capture", "--targets", "targets.yaml", "--to=all.pcapng"]);
        Answer::of(command.args(more))
    };
    let answer = capture(&[])?.exits(3)?;
    assert!(answer.err.contains("error: bad: "), "{answer:?}");
    assert!(answer.err.contains("nowhere0"), "{answer:?}");
    assert!(!remote.path("all.pcapng").exists());
    let names = capture(&["--node", "god"])?.exits(2)?;
    assert!(names.err.contains("did you mean `good`?"), "{names:?}");
    Ok(())
}

fn in_a_wrong_file(lab: Lab) -> Result<(), String> {
    let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
    let file = folder.path().join("targets.yaml");
    std::fs::write(&file, "one: {hots: a, port: x}").map_err(|error| error.to_string())?;
    let answer = Answer::of(lab.command().arg("targets").arg(&file))?.exits(2)?;
    for words in [
        "targets.yaml:1:7",
        "did you mean `host`?",
        "`x` is not a port",
    ] {
        assert!(answer.err.contains(words), "{words}: {}", answer.err);
    }
    Ok(())
}

fn in_no_file(lab: Lab) -> Result<(), String> {
    let mut command = lab.command();
    let answer = Answer::of(command.args(["targets", "/nowhere.yaml"]))?.exits(2)?;
    assert_eq!(
        answer.err,
        "error: /nowhere.yaml: No such file or directory (os error 2)\n"
    );
    Ok(())
}
