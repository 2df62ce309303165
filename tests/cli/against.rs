//! Tests `conformance --against`, which tests the stack of another host. Here the other
//! host is a network namespace with usrsctp in it, joined to the lab's namespace by a
//! cable. Both belong to a user namespace that ends with the test.

use std::fs;
use std::process::Command;

use tempfile::TempDir;
use tests::{Lab, Need, repository};

use crate::Body;

pub(crate) const ANYWHERE: &[(&str, Body)] = &[
    ("against-what-is-no-host", no_host),
    ("against-what-is-not-asked-together", together),
    ("against-lists-without-a-word", lists),
];

pub(crate) const WITH_USRSCTP: &[(&str, Body)] =
    &[("against-a-stack-in-another-namespace", other_namespace)];

/// Needs a C compiler, usrsctp, namespaces, and a kernel without SCTP, which would answer
/// in place of usrsctp.
pub(crate) fn need() -> Need {
    Need::of("usrsctp over raw IP", lack())
}

fn lack() -> Option<String> {
    let protocols = fs::read_to_string("/proc/net/protocols").unwrap_or_default();
    if protocols.lines().any(|line| line.starts_with("SCTP ")) {
        return Some("this kernel has SCTP, and would answer, too".to_owned());
    }
    let mut namespaces = Command::new("unshare");
    namespaces.args(["--map-root-user", "--net", "ip", "link", "set", "lo", "up"]);
    match namespaces.output() {
        Ok(output) if output.status.success() => compiled().err(),
        Ok(output) => Some(String::from_utf8_lossy(&output.stderr).trim().to_owned()),
        Err(error) => Some(format!("unshare: {error}")),
    }
}

fn compiled() -> Result<TempDir, String> {
    let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
    let mut cc = Command::new("cc");
    cc.args(["-O1", "-Wall", "-Wextra", "-Werror", "-o"])
        .arg(folder.path().join("sink"))
        .arg(repository().join("examples/usrsctp/usrsctp-sink.c"))
        .arg("-lusrsctp");
    let output = cc.output().map_err(|error| format!("cc: {error}"))?;
    match output.status.success() {
        true => Ok(folder),
        false => {
            let wrong = String::from_utf8_lossy(&output.stderr);
            Err(wrong.lines().next().unwrap_or("cc fails").to_owned())
        }
    }
}

/// Makes the other namespace and the cable, starts the sink there, and runs the command
/// line behind `--` here.
const SCRIPT: &str = r#"
set -e
cd "$1"; shift
mkfifo go said
unshare --net sh -ec 'echo there >said; read go <go; ip link set lo up
    ip address add 192.0.2.9/24 dev far; ip link set far up; exec ./sink 5000 192.0.2.9 >said' &
other=$!
trap 'kill $other' EXIT
read there <said
ip link add near type veth peer name far netns $other
ip address add 192.0.2.1/24 dev near
ip link set near up
ip link set lo up
echo go >go
read listening <said
cd "$REPOSITORY"
status=0
"$@" || status=$?
exit $status
"#;

struct Ran {
    code: Option<i32>,
    said: String,
    wrong: String,
}

fn beside_usrsctp(lab: Lab, arguments: &[&str]) -> Result<Ran, String> {
    let folder = compiled()?;
    let command = lab.command();
    let mut there = Command::new("unshare");
    there
        .args(["--map-root-user", "--net", "sh", "-c", SCRIPT, "sh"])
        .arg(folder.path())
        .arg(command.get_program())
        .args(["conformance", "--out"])
        .arg(folder.path().join("runs"))
        .args(arguments)
        .env("REPOSITORY", repository());
    for (name, value) in command.get_envs() {
        match value {
            Some(value) => there.env(name, value),
            None => there.env_remove(name),
        };
    }
    let output = there.output().map_err(|error| error.to_string())?;
    Ok(Ran {
        code: output.status.code(),
        said: String::from_utf8_lossy(&output.stdout).into_owned(),
        wrong: String::from_utf8_lossy(&output.stderr).into_owned(),
    })
}

impl Ran {
    fn is(&self, code: i32, words: &[&str]) -> Result<(), String> {
        let all = format!("{}\n{}", self.said, self.wrong);
        let missing = words.iter().find(|it| !all.contains(**it));
        match (self.code == Some(code), missing) {
            (true, None) => Ok(()),
            (_, missing) => Err(format!("exit {:?}, without {missing:?}: {all}", self.code)),
        }
    }
}

/// Cases of a few groups: a parameter, DATA, a checksum, one that needs a call, and one by
/// which usrsctp is known to fail.
const CASES: [&str; 5] = [
    "as-i-1-8-1",
    "d-i-8-11",
    "rfc9260-6-8-checksum-zero-abort",
    "as-v-1-1-1",
    "rfc9260-8-4-out-of-the-blue-cookie-ack",
];

fn other_namespace(lab: Lab) -> Result<(), String> {
    let against = ["--against=192.0.2.9", "--called=usrsctp"];
    let ran = beside_usrsctp(lab, &[&against[..], &CASES[..]].concat())?;
    ran.is(
        0,
        &[
            "3 of 5 scenarios passed, 1 failed as known, 1 skipped",
            "it needs a call at the stack",
            "usrsctp at 192.0.2.9:5000",
        ],
    )?;
    // Each case can fail by what the stack does.
    let sabotaged = [&against[..], &["--sabotage=1"], &CASES[..3]].concat();
    beside_usrsctp(lab, &sabotaged)?.is(0, &["3 of 3 scenarios passed"])?;
    // Of a stack of which nothing is known, the last case fails by a SHOULD.
    let unknown = ["--against=192.0.2.9", CASES[4]];
    beside_usrsctp(lab, &unknown)?.is(
        0,
        &["the case rests on a SHOULD, so the failure does not count"],
    )?;
    let strict = ["--against=192.0.2.9", "--strict", CASES[4]];
    beside_usrsctp(lab, &strict)?.is(1, &["ABORT T came"])?;
    // Nothing listens on port 5001: usrsctp answers by ABORT.
    let refused = ["--against=192.0.2.9:5001", CASES[0]];
    beside_usrsctp(lab, &refused)?.is(
        3,
        &["192.0.2.9 answers INIT by ABORT", "--against ADDRESS:PORT"],
    )?;
    let foreign = ["--against=192.0.2.9", "--from=198.51.100.1", CASES[0]];
    beside_usrsctp(lab, &foreign)?.is(3, &["198.51.100.1 is no address of this machine"])
}

fn said(lab: Lab, arguments: &[&str]) -> Result<Ran, String> {
    let mut command = lab.command();
    command
        .current_dir(repository())
        .arg("conformance")
        .args(arguments);
    let output = command.output().map_err(|error| error.to_string())?;
    Ok(Ran {
        code: output.status.code(),
        said: String::from_utf8_lossy(&output.stdout).into_owned(),
        wrong: String::from_utf8_lossy(&output.stderr).into_owned(),
    })
}

fn no_host(lab: Lab) -> Result<(), String> {
    for wrong in ["host", "192.0.2.9:0", "224.0.0.1", "0.0.0.0"] {
        said(lab, &["--against", wrong])?.is(2, &[&format!("`{wrong}` is n")])?;
    }
    Ok(())
}

fn together(lab: Lab) -> Result<(), String> {
    let against = "--against=192.0.2.9";
    said(lab, &["as-i-1-8-1", against, "--engine=vm"])?.is(2, &["leave out --engine"])?;
    said(lab, &["as-i-1-8-1", against, "--seed=1"])?.is(2, &["leave out --seed"])?;
    said(lab, &["as-i-1-8-1", against, "--also=192.0.2.9"])?.is(2, &["is named twice"])?;
    said(lab, &["as-i-1-8-1", "--also=192.0.2.9"])?.is(2, &["--against"])?;
    let misspelt = ["rfc6525", against, "--granted=enable-stream-resets"];
    said(lab, &misspelt)?.is(2, &["did you mean `enable-stream-reset`?"])
}

/// `docs/stacks.md` has the two numbers of cases: for a stack with one address, and with
/// two.
fn lists(lab: Lab) -> Result<(), String> {
    let page = repository().join("docs/stacks.md");
    let page = fs::read_to_string(page).map_err(|error| error.to_string())?;
    let page = page.replace('\n', " ");
    let one = said(lab, &["--list", "--against=192.0.2.9"])?;
    one.is(0, &["as-i-1-8-1 ", "  a call at the stack: send\n"])?;
    let two = [
        "--list",
        "--against=192.0.2.9",
        "--also=198.51.100.9",
        "--from=192.0.2.1",
        "--from=198.51.100.1",
    ];
    let two = said(lab, &two)?;
    two.is(0, &[])?;
    let count = |ran: &Ran| {
        let line = ran
            .said
            .lines()
            .find(|it| it.ends_with("; the others need"));
        line.and_then(|it| it.split(' ').next())
            .unwrap_or("none")
            .to_owned()
    };
    let (one, two) = (count(&one), count(&two));
    let words =
        format!("{one} are left for a stack with all extensions and one address, {two} with two");
    match page.contains(&words) {
        true => Ok(()),
        false => Err(format!("docs/stacks.md does not say: {words}")),
    }
}
