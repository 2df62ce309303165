//! Sweeps: a grid of runs, stopped and gone on with, in parts and together.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use serde_json::Value;
use tests::Lab;

use crate::Body;
use crate::answer::{Answer, assert_text};

pub(crate) const ANYWHERE: &[(&str, Body)] = &[
    ("sweep-checks-every-cell-before-the-first-run", checks),
    ("sweep-leaves-folders-of-others-alone", foreign),
    ("sweeps-of-the-project-are-good", all_good),
];

pub(crate) const IN_VM: &[(&str, Body)] = &[
    ("sweep-of-path-max-retrans", staircase),
    ("sweep-in-parts-is-the-whole", parts),
    ("sweep-that-is-killed-goes-on", killed),
    ("sweep-on-two-kernels", on_two_kernels),
];

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../sweeps")
}

fn sweep(lab: Lab, args: &[&str], file: &Path) -> Command {
    let mut command = lab.command();
    command.arg("sweep").args(args).arg(file);
    command
}

fn scratch() -> Result<tempfile::TempDir, String> {
    tempfile::tempdir().map_err(|error| error.to_string())
}

fn checks(lab: Lab) -> Result<(), String> {
    let good = fs::read_to_string(folder().join("path-max-retrans.yaml"));
    let bad = good
        .map_err(|error| error.to_string())?
        .replace("1..5", "[1, 2, x]");
    let folder = scratch()?;
    let file = folder.path().join("bad.yaml");
    fs::write(&file, bad).map_err(|error| error.to_string())?;
    let out = folder.path().join("out");
    let out_words = out.display().to_string();
    let answer = Answer::of(&mut sweep(
        lab,
        &["--engine=vm", "--out", &out_words],
        &file,
    ))?;
    let answer = answer.exits(2)?;
    assert!(answer.err.contains("bad with limit=x"), "{answer:?}");
    assert!(!out.exists(), "nothing is run, so nothing is kept");
    let mine = fs::read_to_string(self::folder().join("path-max-retrans.yaml"))
        .map_err(|error| error.to_string())?
        .replace("limit: 1..5", "kernel: 1..5")
        .replace("$limit", "$kernel");
    fs::write(&file, mine).map_err(|error| error.to_string())?;
    let both = ["--kernel=vm", "--kernel=uml", "--out", &out_words];
    let answer = Answer::of(&mut sweep(lab, &both, &file))?.exits(2)?;
    assert!(
        answer.err.contains("has a parameter `kernel`"),
        "{answer:?}"
    );
    Ok(())
}

fn foreign(lab: Lab) -> Result<(), String> {
    let out = scratch()?;
    let thesis = out.path().join("thesis.tex");
    fs::write(&thesis, "mine").map_err(|error| error.to_string())?;
    let words = out.path().display().to_string();
    let file = folder().join("path-max-retrans.yaml");
    let answer = Answer::of(&mut sweep(lab, &["--engine=vm", "--out", &words], &file))?.exits(2)?;
    assert!(answer.err.contains("is no folder of a sweep"), "{answer:?}");
    let entries = fs::read_dir(out.path()).map_err(|error| error.to_string())?;
    assert_eq!(entries.count(), 1);
    assert_eq!(
        fs::read(&thesis).map_err(|error| error.to_string())?,
        b"mine"
    );
    Ok(())
}

fn all_good(lab: Lab) -> Result<(), String> {
    let entries = fs::read_dir(folder()).map_err(|error| error.to_string())?;
    let mut checked = 0;
    for entry in entries {
        let file = entry.map_err(|error| error.to_string())?.path();
        Answer::of(&mut sweep(lab, &["--dry-run"], &file))?.exits(0)?;
        checked += 1;
    }
    assert!(checked >= 2);
    Ok(())
}

/// The numbers that a sweep prints, cut to tenths: the kernel's release changes more
/// than that of none of them.
fn staircase(lab: Lab) -> Result<(), String> {
    let out = scratch()?;
    let words = out.path().join("out").display().to_string();
    let file = folder().join("path-max-retrans.yaml");
    let args = ["--engine=vm", "--json", "--out", &words];
    let answer = Answer::of(&mut sweep(lab, &args, &file))?.exits(0)?;
    let mut text = String::new();
    for line in answer.out.lines() {
        let point: Value = serde_json::from_str(line).map_err(|error| error.to_string())?;
        let limit = point["parameters"]["limit"].as_str().unwrap_or("?");
        let tried = point["numbers"]["tried"]["median"]
            .as_f64()
            .unwrap_or(f64::NAN);
        let again = &point["numbers"]["again.all"]["median"];
        let spurious = &point["numbers"]["again.spurious"]["median"];
        let line = format!("limit {limit}: {tried:.1} s, {again} sent again, {spurious} in vain\n");
        text.push_str(&line);
    }
    assert_text("path-max-retrans", &text);
    for name in ["rows.csv", "rows.parquet", "sweep.html"] {
        let content = fs::read(Path::new(&words).join(name)).map_err(|error| error.to_string())?;
        assert!(!content.is_empty(), "{name}");
    }
    Ok(())
}

fn parts(lab: Lab) -> Result<(), String> {
    let scratch = scratch()?;
    let place = |name: &str| scratch.path().join(name).display().to_string();
    let file = folder().join("path-max-retrans.yaml");
    let whole = ["--engine=vm", "--set=limit=1", "--out", &place("one")];
    Answer::of(&mut sweep(lab, &whole, &file))?.exits(0)?;
    for (shard, name) in [("1/2", "a"), ("2/2", "b")] {
        let out = place(name);
        let args = ["--engine=vm", "--shard", shard, "--out", &out];
        Answer::of(&mut sweep(lab, &args, &file))?.exits(0)?;
    }
    let mut merge = lab.command();
    merge.args([
        "sweep",
        "merge",
        &place("a"),
        &place("b"),
        "--out",
        &place("all"),
    ]);
    let merged = Answer::of(&mut merge)?.exits(0)?;
    // Merged again, nothing is there twice.
    let mut again = lab.command();
    again.args([
        "sweep",
        "merge",
        &place("b"),
        &place("a"),
        "--out",
        &place("all"),
    ]);
    let again = Answer::of(&mut again)?.exits(0)?;
    assert_eq!(merged.out, again.out);
    assert_eq!(rows(&scratch.path().join("all"))?, 5);

    let mut other = lab.command();
    other.args([
        "sweep",
        "merge",
        &place("a"),
        &place("one"),
        "--out",
        &place("no"),
    ]);
    Answer::of(&mut other)?.exits(2)?;
    Ok(())
}

/// Each row and line has its kernel, and each kernel its cell: none passes for done
/// because the other one's is.
fn on_two_kernels(lab: Lab) -> Result<(), String> {
    let out = scratch()?;
    let words = out.path().join("out").display().to_string();
    let file = folder().join("path-max-retrans.yaml");
    let kernels = ["--kernel=vm", "--kernel=vm", "--set=limit=1"];
    let args = [&kernels[..], &["--out", &words]].concat();
    let told = Answer::of(&mut sweep(lab, &args, &file))?.exits(0)?;
    let lines: Vec<Vec<&str>> = told
        .out
        .lines()
        .map(|line| line.split_whitespace().collect())
        .collect();
    assert_eq!(lines[0][..2], ["kernel", "runs"], "{told:?}");
    let in_front: Vec<&str> = lines[1..3].iter().map(|line| line[0]).collect();
    assert_eq!(in_front, ["1-vm", "2-vm"], "{told:?}");
    let rows = fs::read_to_string(Path::new(&words).join("rows.jsonl"));
    let rows: Vec<Value> = rows
        .map_err(|error| error.to_string())?
        .lines()
        .map(|line| serde_json::from_str(line).map_err(|error| error.to_string()))
        .collect::<Result<_, _>>()?;
    assert_eq!(rows.len(), 2);
    assert_ne!(rows[0]["cell"], rows[1]["cell"]);
    assert_eq!(rows[0]["numbers"], rows[1]["numbers"]);
    assert!(rows.iter().all(|row| row["kernel"].is_string()), "{rows:?}");
    // Another set of kernels is another sweep.
    let three = [&["--kernel=uml"], &args[..]].concat();
    let answer = Answer::of(&mut sweep(lab, &three, &file))?.exits(2)?;
    assert!(answer.err.contains("has another sweep"), "{answer:?}");
    Ok(())
}

fn killed(lab: Lab) -> Result<(), String> {
    let scratch = scratch()?;
    let out = scratch.path().join("out");
    let words = out.display().to_string();
    let file = folder().join("path-max-retrans.yaml");
    let args = ["--engine=vm", "--jobs=1", "--out", &words];
    let mut command = sweep(lab, &args, &file);
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .map_err(|error| error.to_string())?;
    while rows(&out).unwrap_or(0) < 2 {
        if let Some(status) = child.try_wait().map_err(|error| error.to_string())? {
            return Err(format!("it ended before it was killed: {status}"));
        }
        std::thread::sleep(Duration::from_millis(5));
    }
    child.kill().map_err(|error| error.to_string())?;
    child.wait().map_err(|error| error.to_string())?;
    let before = fs::read(out.join("rows.jsonl")).map_err(|error| error.to_string())?;
    Answer::of(&mut sweep(lab, &args, &file))?.exits(0)?;
    let after = fs::read(out.join("rows.jsonl")).map_err(|error| error.to_string())?;
    assert_eq!(rows(&out)?, 5);
    let kept = before.iter().rposition(|byte| *byte == b'\n').unwrap_or(0);
    assert_eq!(
        before[..kept],
        after[..kept],
        "what was done is not done again"
    );
    Ok(())
}

fn rows(out: &Path) -> Result<usize, String> {
    let text = fs::read_to_string(out.join("rows.jsonl")).map_err(|error| error.to_string())?;
    Ok(text.matches('\n').count())
}
