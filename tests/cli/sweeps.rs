//! Tests sweeps: a grid of runs, interrupted and continued, sharded and merged.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use serde_json::Value;
use tests::{Lab, Need, repository};

use crate::Body;
use crate::answer::{Answer, assert_text};

pub(crate) const ANYWHERE: &[(&str, Body)] = &[
    ("sweep-checks-every-cell-before-the-first-run", checks),
    ("sweep-leaves-folders-of-others-alone", foreign),
    ("sweeps-of-the-project-are-good", all_good),
    ("sweeps-of-the-project-have-names", by_name),
    ("profiles-are-listed-and-taken", profiles),
    ("recipes-for-clusters-call-what-there-is", recipes),
];

pub(crate) const WITH_PARALLEL: &[(&str, Body)] = &[("sweep-by-gnu-parallel", by_parallel)];

/// Needs GNU parallel, which runs the parts of a sweep on one host or on many.
pub(crate) fn need() -> Need {
    let answer = Command::new("parallel")
        .arg("--version")
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    let lack = answer.err().map(|error| format!("parallel: {error}"));
    Need::of("parallel", lack)
}

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
    assert!(
        answer
            .err
            .contains("is not empty, and not a folder of a sweep"),
        "{answer:?}"
    );
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

/// The numbers that a sweep prints, cut to tenths: between releases of the kernel they
/// differ by less.
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
    // Nothing failed, so no recording was kept, and no point leads to one.
    assert_eq!(links(Path::new(&words))?, Vec::<PathBuf>::new());
    Ok(())
}

/// The pages that the points of a sweep's picture lead to.
fn links(out: &Path) -> Result<Vec<PathBuf>, String> {
    let html = fs::read_to_string(out.join("sweep.html")).map_err(|error| error.to_string())?;
    let links = html.split("<a href=\"").skip(1);
    let links = links.filter_map(|rest| Some(out.join(rest.split_once('"')?.0)));
    Ok(links.collect())
}

fn parts(lab: Lab) -> Result<(), String> {
    let scratch = scratch()?;
    let place = |name: &str| scratch.path().join(name).display().to_string();
    let file = folder().join("path-max-retrans.yaml");
    let whole = ["--engine=vm", "--set=limit=1", "--out", &place("one")];
    Answer::of(&mut sweep(lab, &whole, &file))?.exits(0)?;
    for (shard, name) in [("1/2", "a"), ("2/2", "b")] {
        let out = place(name);
        let args = ["--engine=vm", "--keep=all", "--shard", shard, "--out", &out];
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
    // Merged again, no row is there twice.
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
    let all = scratch.path().join("all");
    assert_eq!(rows(&all)?, 5);
    // The merged rows are those of the parts to the last digit, and the recordings are
    // there.
    let lines = |out: &Path| -> Result<Vec<String>, String> {
        let text = fs::read_to_string(out.join("rows.jsonl")).map_err(|error| error.to_string())?;
        let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
        lines.sort();
        Ok(lines)
    };
    let mut parts = lines(&scratch.path().join("a"))?;
    parts.extend(lines(&scratch.path().join("b"))?);
    parts.sort();
    assert_eq!(lines(&all)?, parts);
    let pages = links(&all)?;
    // The median and the 95th percentile of each point, for each of three numbers.
    assert_eq!(pages.len(), 5 * 2 * 3, "{pages:?}");
    assert!(pages.iter().all(|page| page.is_file()), "{pages:?}");

    let mut other = lab.command();
    other.args([
        "sweep",
        "merge",
        &place("a"),
        &place("one"),
        "--out",
        &place("no"),
    ]);
    let answer = Answer::of(&mut other)?.exits(2)?;
    assert!(
        answer.err.contains("different texts of `path-max-retrans`"),
        "{answer:?}"
    );
    side_by_side(lab, &scratch.path().join("a"), scratch.path())
}

/// The same part from a machine with another kernel: no number is made of the rows of both.
fn side_by_side(lab: Lab, part: &Path, scratch: &Path) -> Result<(), String> {
    let other = scratch.join("other-kernel");
    fs::create_dir(&other).map_err(|error| error.to_string())?;
    let copied = |name: &str| fs::read_to_string(part.join(name)).map_err(|it| it.to_string());
    fs::write(other.join("sweep.json"), copied("sweep.json")?).map_err(|it| it.to_string())?;
    let rows_there = copied("rows.jsonl")?;
    let renamed = rows_there.replace("\"kernel\":\"Linux ", "\"kernel\":\"Linux 9.");
    assert_ne!(rows_there, renamed);
    fs::write(other.join("rows.jsonl"), renamed).map_err(|error| error.to_string())?;
    let both = scratch.join("both");
    let merge = |parts: [&Path; 2]| {
        let mut merge = lab.command();
        let merge = merge.args(["sweep", "merge", "--json", "--out"]).arg(&both);
        Answer::of(merge.args(parts))
    };
    let told = merge([part, &other])?.exits(0)?;
    assert_eq!(merge([&other, part])?.exits(0)?.out, told.out);
    let mut kernels = std::collections::BTreeMap::new();
    for line in told.out.lines() {
        let point: Value = serde_json::from_str(line).map_err(|error| error.to_string())?;
        let kernel = point["parameters"]["kernel"].as_str().unwrap_or("?");
        *kernels.entry(kernel.to_owned()).or_insert(0) += 1;
        assert_eq!(point["runs"]["passed"], 1, "{line}");
    }
    assert_eq!(kernels.len(), 2, "{kernels:?}");
    assert!(kernels.values().all(|points| *points == 3), "{kernels:?}");
    assert_eq!(rows(&both)?, 6);
    Ok(())
}

/// A sweep is found by its name, like a lesson.
fn by_name(lab: Lab) -> Result<(), String> {
    let elsewhere = scratch()?;
    let mut command = lab.command();
    command
        .args(["sweep", "my-gnb", "--dry-run"])
        .current_dir(elsewhere.path());
    let answer = Answer::of(&mut command)?.exits(0)?;
    assert_eq!(answer.out, "400 cells, all of them good scenarios\n");
    Ok(())
}

fn profiles(lab: Lab) -> Result<(), String> {
    let mut command = lab.command();
    let listed = Answer::of(command.args(["profiles", "--json"]))?.exits(0)?;
    let mut names = Vec::new();
    for line in listed.out.lines() {
        let profile: Value = serde_json::from_str(line).map_err(|error| error.to_string())?;
        assert!(profile["source"].as_str().is_some_and(|it| !it.is_empty()));
        names.push(profile["name"].as_str().unwrap_or("?").to_owned());
    }
    assert!(names.contains(&"open5gs".to_owned()), "{names:?}");
    for name in &names {
        let mut command = lab.command();
        command.args(["bound", "failover", "--profile", name]);
        let answer = Answer::of(&mut command)?.exits(0)?;
        assert!(!answer.out.is_empty(), "{answer:?}");
    }
    // The profile has RTO.Max 4 s, and T3-rtx runs out six times.
    let mut command = lab.command();
    command.args([
        "bound",
        "failover",
        "--stack=rfc",
        "--potentially-failed=off",
    ]);
    let answer = Answer::of(command.args(["--profile=audiocodes-mediant", "--json"]))?.exits(0)?;
    let bound: Value = serde_json::from_str(&answer.out).map_err(|error| error.to_string())?;
    // 1 + 2 + 4 + 4 + 4 + 4 s.
    assert_eq!(bound["least-ns"], 19_000_000_000_u64, "{bound}");
    let mut command = lab.command();
    let answer = Answer::of(command.args(["bound", "failover", "--profile=open5g"]))?.exits(2)?;
    assert!(answer.err.contains("open5gs"), "{answer:?}");
    Ok(())
}

/// The arguments of each call of `sctp-lab` in a script, as a shell reads them.
fn words_of(script: &str, environment: &[(&str, &str)]) -> Result<Vec<Vec<String>>, String> {
    const LISTEN: &str = "sctp-lab() { printf '%s\\0' \"$@\"; printf '\\n'; }\n";
    let mut shell = Command::new("bash");
    shell.arg("-c").arg(format!("{LISTEN}{script}"));
    let answer = Answer::of(shell.envs(environment.iter().copied()))?.exits(0)?;
    let calls = answer.out.lines().map(|line| {
        let words = line.split_terminator('\0');
        words.map(str::to_owned).collect()
    });
    Ok(calls.collect())
}

fn recipes(_: Lab) -> Result<(), String> {
    let folder = repository().join("examples/cluster");
    let read = |name: &str| fs::read_to_string(folder.join(name)).map_err(|it| it.to_string());
    let mut calls = Vec::new();

    let last = [("JOB_COMPLETION_INDEX", "63")];
    let text = read("kubernetes.yaml")?;
    let mut kinds = Vec::new();
    for document in text.split("\n---\n") {
        let document: Value = yaml(document)?;
        kinds.push(document["kind"].as_str().unwrap_or("?").to_owned());
        if document["kind"] == "Job" {
            assert_eq!(document["spec"]["completionMode"], "Indexed");
            assert_eq!(document["spec"]["completions"], "64");
        }
        for script in texts(&document, "sctp-lab sweep") {
            calls.extend(words_of(&script, &last)?);
        }
    }
    assert_eq!(kinds, ["PersistentVolumeClaim", "Job", "CronJob"]);

    let document = yaml(&read("github.yml")?)?;
    let shards = &document["jobs"]["part"]["strategy"]["matrix"]["shard"];
    assert_eq!(shards.as_array().map(Vec::len), Some(8));
    for script in texts(&document, "sctp-lab sweep") {
        let script = script.replace("${{ matrix.shard }}", "8");
        calls.extend(words_of(&script, &[("SCENARIO", "sweeps/failovers.yaml")])?);
    }

    let mut batch = Command::new("bash");
    batch
        .arg(folder.join("slurm.sbatch"))
        .args(["sweeps/failovers.yaml", "all", "--engine", "uml"])
        .env("SCTP_LAB", "/bin/echo")
        .env("SLURM_ARRAY_TASK_ID", "8")
        .env("SLURM_ARRAY_TASK_COUNT", "8");
    let told = Answer::of(&mut batch)?.exits(0)?;
    calls.push(told.out.split_whitespace().map(str::to_owned).collect());

    let mut shards = Vec::new();
    for call in &calls {
        let words: Vec<&str> = call.iter().map(String::as_str).collect();
        sctp_lab::understand(&words).map_err(|told| format!("{call:?}: {told}"))?;
        let shard = call.iter().position(|word| word == "--shard");
        shards.extend(shard.and_then(|at| call.get(at + 1)).cloned());
    }
    assert_eq!(calls.len(), 5, "{calls:?}");
    assert_eq!(shards, ["64/64", "8/8", "8/8"]);
    Ok(())
}

/// A YAML document, whose scalars are all text here.
fn yaml(text: &str) -> Result<Value, String> {
    use document::yaml::{Genre, Node, Value as Yaml};
    fn of(node: &Node) -> Value {
        match &node.value {
            Yaml::Scalar(text) => Value::from(text.as_str()),
            Yaml::List(items) => items.iter().map(of).collect(),
            Yaml::Map(entries) => {
                let entries = entries.iter();
                entries
                    .map(|(key, node)| (key.value.clone(), of(node)))
                    .collect()
            }
        }
    }
    const RECIPE: Genre = Genre {
        one: "recipe",
        many: "recipes",
        beginning: "write something",
        largest: 64 * 1024,
    };
    let mut problems = document::diagnostic::Problems::new(text);
    let root = document::yaml::load(text, &RECIPE, &mut problems);
    root.map(|root| of(&root))
        .ok_or_else(|| format!("{:?}", problems.sorted()))
}

/// All texts in a document that say this.
fn texts(document: &Value, what: &str) -> Vec<String> {
    match document {
        Value::String(text) if text.contains(what) => vec![text.clone()],
        Value::Array(items) => items.iter().flat_map(|it| texts(it, what)).collect(),
        Value::Object(map) => map.values().flat_map(|it| texts(it, what)).collect(),
        _ => Vec::new(),
    }
}

/// The recipe for GNU parallel: its parts together are the whole sweep.
fn by_parallel(lab: Lab) -> Result<(), String> {
    let scratch = scratch()?;
    let file = folder().join("path-max-retrans.yaml");
    let whole = scratch.path().join("whole");
    let words = whole.display().to_string();
    let told = Answer::of(&mut sweep(lab, &["--engine=vm", "--out", &words], &file))?.exits(0)?;
    let mut recipe = Command::new("bash");
    recipe
        .arg(repository().join("examples/cluster/parallel"))
        .arg("2")
        .arg(&file)
        .arg(scratch.path().join("all"))
        .arg("--engine=vm")
        .env("SCTP_LAB", lab.0);
    let put_together = Answer::of(&mut recipe)?.exits(0)?;
    let table = |out: &str| -> Vec<String> { out.lines().take(6).map(str::to_owned).collect() };
    assert_eq!(table(&put_together.out), table(&told.out));
    let csv = |out: &Path| fs::read(out.join("rows.csv")).map_err(|error| error.to_string());
    assert_eq!(csv(&scratch.path().join("all/whole"))?, csv(&whole)?);
    Ok(())
}

/// Each row and line names its kernel, and each kernel has its own cells: a cell that is
/// done on one kernel is not done on the other.
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
    // Another set of kernels makes another sweep.
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
