//! The verb `targets`, with a real sshd on this machine that only the test knows.

use tests::{Lab, Need};

use crate::Body;
use crate::answer::Answer;
use crate::boxes::{Remote, which};
use crate::machines::valid;

pub(crate) const ANYWHERE: &[(&str, Body)] = &[
    ("targets-in-a-wrong-file", in_a_wrong_file),
    ("targets-in-no-file", in_no_file),
];

pub(crate) const WITH_TCPDUMP: &[(&str, Body)] = &[("targets-checked", checked)];

/// Whether a capture can be made here.
pub(crate) fn need() -> Need {
    let lack = which("tcpdump").err();
    let is_root = nix::unistd::geteuid().is_root();
    let rights = (!is_root).then(|| "only root may capture".to_owned());
    Need::of("tcpdump", lack.or(rights))
}

fn checked(lab: Lab) -> Result<(), String> {
    let mut remote = Remote::new()?;
    remote.start()?;
    remote.write(
        "targets.yaml",
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
