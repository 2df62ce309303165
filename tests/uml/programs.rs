//! Programs of this machine, run in a guest. The lab skips those that are not installed,
//! and says so, unless `SCTP_LAB_REQUIRE` lists `programs`.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;
use tests::{Lab, repository};

use crate::Body;

pub(crate) const ALL: &[(&str, Body)] = &[
    ("a-shell-tells-what-it-does", shell),
    ("sctp-test-sends-to-a-socket", sctp_test),
    ("socat-hands-a-line-on", socat),
    ("sctp-darn-hears-on", sctp_darn),
    ("iperf3-goes-on", iperf3),
    ("an-erlang-server-survives-a-failover", erlang),
    ("a-python-client-survives-a-failover", python),
    ("a-path-of-a-python-client-dies-and-heals", python_path),
    (
        "an-association-of-a-python-client-is-given-up",
        python_given_up,
    ),
    ("a-set-up-of-a-python-client-is-given-up", python_in_vain),
    ("a-python-client-closes-behind-cut-paths", python_closes),
    ("a-firewall-forgets-a-path-of-a-socket", firewall),
    ("a-c-server-survives-a-failover", c),
    ("a-program-that-spins-is-named", spinner),
];

/// A scenario that needs no program but a shell.
const SHELL: &str = "\
title: A shell is started, killed and started again
nodes: [a, b]
links:
  path-a: {a: 10.0.1.1/24, b: 10.0.1.2/24}
endpoints:
  it:
    node: a
    program: my-shell
    args: [-c, 'read word; echo \"$word $COLOUR\"; echo oh >&2; test -t 0 || sleep 2; exit 3']
    env: {COLOUR: blue}
    input: sky
    ready: {output: ^sky blue$}
steps:
  - start: it
  - expect: {at: it, output: ^oh$, within: 1s}
  - signal: {endpoint: it, signal: KILL}
  - expect: {at: it, signalled: KILL, within: 1s}
  - start: it
  - expect: {at: it, exited: 3, within: 3s, as: ended}
sabotage:
  - title: it is killed a second time
    before: ended
    steps:
      - signal: {endpoint: it, signal: KILL}
    fails: ended
";

fn shell(lab: Lab) -> Result<(), String> {
    let folder = scratch()?;
    let file = folder.path().join("a-shell.yaml");
    fs::write(&file, SHELL).map_err(|error| error.to_string())?;
    both(lab, &file, &["--program=my-shell=/bin/sh"])
}

fn sctp_test(lab: Lab) -> Result<(), String> {
    of_the_lab(lab, "sctp-test-sends")
}

fn socat(lab: Lab) -> Result<(), String> {
    of_the_lab(lab, "socat")
}

fn sctp_darn(lab: Lab) -> Result<(), String> {
    of_the_lab(lab, "sctp-darn-listens")
}

fn iperf3(lab: Lab) -> Result<(), String> {
    of_the_lab(lab, "iperf3-failover")
}

fn erlang(lab: Lab) -> Result<(), String> {
    of_the_lab(lab, "erlang-server")
}

/// A scenario of the repository whose programs are looked for on `PATH`.
fn of_the_lab(lab: Lab, name: &str) -> Result<(), String> {
    both(lab, &lesson(name), &[])
}

fn lesson(name: &str) -> PathBuf {
    repository().join(format!("programs/{name}.yaml"))
}

fn python(lab: Lab) -> Result<(), String> {
    if trials::which("python3").is_err() {
        return Ok(());
    }
    // The guest has a /tmp of its own, which would hide a repository in this machine's
    // /tmp.
    let folder = scratch()?;
    let client = folder.path().join("sctp_client.py");
    let example = repository().join("examples/sctp_client.py");
    fs::copy(example, &client).map_err(|error| error.to_string())?;
    let program = format!("--program=sctp-client={}", client.display());
    both(lab, &lesson("python-client"), &[&program])
}

fn python_path(lab: Lab) -> Result<(), String> {
    of_the_lab(lab, "python-path-dies")
}

fn python_given_up(lab: Lab) -> Result<(), String> {
    of_the_lab(lab, "python-is-given-up")
}

fn python_in_vain(lab: Lab) -> Result<(), String> {
    of_the_lab(lab, "python-calls-in-vain")
}

fn python_closes(lab: Lab) -> Result<(), String> {
    of_the_lab(lab, "python-closes")
}

fn firewall(lab: Lab) -> Result<(), String> {
    of_the_lab(lab, "firewall-forgets")
}

/// Needs `cc`, by which cargo itself links.
fn c(lab: Lab) -> Result<(), String> {
    let folder = scratch()?;
    let server = folder.path().join("sctp-server");
    let example = repository().join("examples/sctp_server.c");
    let mut compiler = Command::new("cc");
    compiler.args(["-Wall", "-Wextra", "-Werror", "-o"]);
    compiler.arg(&server).arg(example);
    let output = compiler.output().map_err(|error| error.to_string())?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into_owned());
    }
    both(
        lab,
        &lesson("c-server"),
        &[&format!("--program=sctp-server={}", server.display())],
    )?;
    // A lab file names programs as well, and its paths count from its own folder.
    let lab_file = folder.path().join("lab.yaml");
    let words = "programs:\n  my-server: ./sctp-server\n";
    fs::write(&lab_file, words).map_err(|error| error.to_string())?;
    let mine = folder.path().join("mine.yaml");
    let text = fs::read_to_string(lesson("my-server")).map_err(|error| error.to_string())?;
    let text = text.replace("args: []", "args: [\"5000\"]");
    fs::write(&mine, text).map_err(|error| error.to_string())?;
    both(lab, &mine, &[&format!("--lab={}", lab_file.display())])
}

/// While the program computes, the guest's clock stands still, and the lab's own program in
/// the guest never gets to run again.
const SPINNER: &str = "\
title: A program computes without end
nodes: [a, b]
links:
  path-a: {a: 10.0.1.1/24, b: 10.0.1.2/24}
endpoints:
  it: {node: a, program: my-shell, args: [-c, 'echo here; while :; do :; done']}
steps:
  - start: it
  - expect: {at: it, exited: 0, within: 1s}
";

fn spinner(lab: Lab) -> Result<(), String> {
    let folder = scratch()?;
    let file = folder.path().join("spins.yaml");
    fs::write(&file, SPINNER).map_err(|error| error.to_string())?;
    let mut command: Command = lab.command();
    command
        .args([
            "run",
            "--engine=uml",
            "--program=my-shell=/bin/sh",
            "--wall-limit=3",
        ])
        .arg(&file)
        .arg("--out")
        .arg(folder.path());
    let output = command.output().map_err(|error| error.to_string())?;
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    // Long lines are wrapped.
    let said = said.split_whitespace().collect::<Vec<_>>().join(" ");
    let words = "it (my-shell) computed without ever sleeping";
    match said.contains(words) && said.contains("> here") {
        true => Ok(()),
        false => {
            let wrong = String::from_utf8_lossy(&output.stderr);
            Err(format!("it is not named: {said}{wrong}"))
        }
    }
}

fn scratch() -> Result<TempDir, String> {
    tempfile::tempdir_in("/var/tmp").map_err(|error| error.to_string())
}

/// The scenario passes, and fails under each sabotage as the sabotage says.
fn both(lab: Lab, file: &Path, arguments: &[&str]) -> Result<(), String> {
    let folder = scratch()?;
    let run = |more: &[&str]| {
        let mut command: Command = lab.command();
        command
            .args(["run", "--engine=uml", "--quiet"])
            .args(arguments)
            .args(more)
            .arg(file)
            .arg("--out")
            .arg(folder.path());
        let output = command.output().map_err(|error| error.to_string())?;
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        match output.status.code() {
            Some(0) => Ok(said),
            _ => {
                let wrong = String::from_utf8_lossy(&output.stderr);
                Err(format!("{}\n{said}{wrong}", output.status))
            }
        }
    };
    let said = run(&[])?;
    if said.contains("skipped: it needs program") {
        return match trials::is_required("programs") {
            true => Err(said),
            false => Ok(()),
        };
    }
    if !said.contains("passed") {
        return Err(format!("it has not passed: {said}"));
    }
    run(&["--sabotage=1"]).map(drop)
}
