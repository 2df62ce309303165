//! Tests one scenario on several kernels.

use tests::{Lab, lesson};

use crate::Body;
use crate::answer::Answer;
use crate::json;

pub(crate) const ANYWHERE: &[(&str, Body)] = &[("several-kernels-where-one-is-meant", wrong)];

pub(crate) const IN_VM: &[(&str, Body)] = &[("a-scenario-on-two-kernels", side_by_side)];

fn wrong(lab: Lab) -> Result<(), String> {
    let scenario = lesson("handshake").path.display().to_string();
    let refused = |words: &[&str]| {
        let mut command = lab.command();
        command.args(words).arg(&scenario);
        Answer::of(&mut command)?.exits(2)
    };
    let answer = refused(&["explain", "--kernel=vm", "--kernel=uml"])?;
    assert!(answer.err.contains("several kernels at once"), "{answer:?}");
    let answer = refused(&["run", "--engine=uml", "--kernel=vm"])?;
    assert!(
        answer.err.contains("--kernel vm is of the vm engine"),
        "{answer:?}"
    );
    let file = tempfile::NamedTempFile::new().map_err(|error| error.to_string())?;
    let text = "handshake:\n  - {from: 6.4, differs: verdict, wat: it, why: that}\n";
    std::fs::write(file.path(), text).map_err(|error| error.to_string())?;
    let expect = format!("--expect={}", file.path().display());
    let answer = refused(&["run", "--kernel=vm", "--kernel=uml", &expect])?;
    assert!(
        answer.err.contains("did you mean `what`?") && answer.err.contains(":2:"),
        "{answer:?}"
    );
    let answer = refused(&["run", "--kernel=vm", "--expect=/no/list.yaml"])?;
    assert!(answer.err.contains("/no/list.yaml: "), "{answer:?}");
    let answer = refused(&["run", "--kernel=vm", "--kernel=/no/kernel"])?;
    assert!(
        answer.err.contains("/no/kernel: no such file"),
        "{answer:?}"
    );
    Ok(())
}

/// The same kernel twice: everything is there twice, and nothing differs.
fn side_by_side(lab: Lab) -> Result<(), String> {
    let out = tempfile::tempdir().map_err(|error| error.to_string())?;
    let run = |more: &[&str]| {
        let mut command = lab.command();
        command
            .args(["run", "--kernel=vm", "--kernel=vm", "--out"])
            .arg(out.path())
            .args(more)
            .args([lesson("handshake").path, lesson("one-way-loss").path]);
        Answer::of(&mut command)?.exits(0)
    };
    let answer = run(&[])?;
    let tells_of = |start: &str| {
        let mut lines = answer.out.lines();
        let found = lines.rfind(|line| line.starts_with(start));
        found.map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "))
    };
    let handshake = tells_of("handshake");
    assert_eq!(
        handshake.as_deref(),
        Some("handshake passed passed"),
        "{answer:?}"
    );
    for label in ["1-vm", "2-vm"] {
        assert!(answer.out.contains(&format!("── {label} ──")), "{answer:?}");
        assert!(
            out.path()
                .join(label)
                .join("one-way-loss/run.json")
                .exists()
        );
    }
    let answer = run(&["--json", "--sabotage=1"])?;
    let (lines, compared): (Vec<_>, Vec<_>) = answer
        .out
        .lines()
        .map(|line| format!("{line}\n"))
        .partition(|line| !line.contains("\"kernels\""));
    assert_eq!((lines.len(), compared.len()), (4, 2), "{answer:?}");
    let only = |lines: Vec<String>| Answer {
        out: lines.concat(),
        ..answer.clone()
    };
    json::valid("run", only(lines))?;
    json::valid("kernels", only(compared))
}
