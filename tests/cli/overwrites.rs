//! Tests that the lab overwrites only its own files, and skips damaged ones.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::Command;

use recording::Recording;
use tests::{Lab, lesson, repository};

use crate::Body;
use crate::answer::Answer;
use crate::example::{Example, of_nothing};

pub(crate) const ANYWHERE: &[(&str, Body)] = &[
    ("what-is-no-recording-is-not-replaced", in_the_way),
    (
        "a-folder-that-cannot-be-written-is-told-before-the-run",
        unwritable,
    ),
    ("scenarios-have-names", names),
    ("namesakes-are-refused", namesakes),
    ("a-damaged-recording-is-passed-over", damaged),
    (
        "a-folder-of-recordings-is-no-recording",
        folder_of_recordings,
    ),
    ("a-box-honours-what-is-asked-of-it", boxes),
    ("no-limit-is-no-time-at-all", no_time),
    ("a-report-on-a-full-disk-leaves-the-old-one", full_report),
    ("what-has-no-end-is-not-read-to-it", endless),
];

pub(crate) const IN_VM: &[(&str, Body)] = &[
    ("course-outside-the-clone", course_outside),
    ("a-capture-that-fails-leaves-the-old-file", failed_capture),
    ("a-run-on-a-full-disk-leaves-the-old-recording", full_run),
    ("two-labs-write-one-recording", two_at_once),
    ("explain-of-a-skip-is-no-failure", skipped),
];

fn scratch() -> Result<tempfile::TempDir, String> {
    tempfile::tempdir().map_err(|error| error.to_string())
}

/// A run that would take long, if it were started.
fn run(lab: Lab, out: &Path, more: &[&str]) -> Command {
    let mut command = lab.command();
    command.args(["run", "--engine=vm", "--out"]).arg(out);
    command.args(more).arg(lesson("handshake").path);
    // With an empty cache, the run would first have to boot.
    command.env("SCTP_LAB_CACHE", out.join("no-cache"));
    command
}

/// All that is in a folder, with what each file holds.
fn tree(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut all = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if !path.is_symlink() && path.is_dir() {
            all.extend(tree(&path));
        }
        all.push((path.clone(), fs::read(&path).unwrap_or_default()));
    }
    all.sort();
    all
}

fn in_the_way(lab: Lab) -> Result<(), String> {
    type Make<'m> = &'m dyn Fn(&Path) -> std::io::Result<()>;
    let ways: [(&str, Make<'_>); 6] = [
        ("a folder of somebody's", &|path| {
            fs::create_dir_all(path.join("src"))?;
            fs::write(path.join("src/main.c"), "precious")
        }),
        ("an empty folder", &|path| fs::create_dir(path)),
        ("a file", &|path| fs::write(path, "precious")),
        ("a link", &|path| symlink("/tmp", path)),
        ("a recording with something of somebody's", &|path| {
            of_nothing("handshake")
                .write(path)
                .map_err(std::io::Error::other)?;
            fs::write(path.join("notes.txt"), "precious")
        }),
        ("another program's run.json", &|path| {
            fs::create_dir(path)?;
            fs::write(path.join("run.json"), "{\"name\": \"handshake\"}")
        }),
    ];
    for (what, make) in ways {
        let out = scratch()?;
        let place = out.path().join("handshake");
        make(&place).map_err(|error| error.to_string())?;
        let before = tree(out.path());
        let capture = |lab: Lab| {
            let mut command = lab.command();
            command.arg("capture").arg(lesson("handshake").path);
            command.args(["--engine=vm", "--to"]);
            command.arg(out.path().join("x.pcapng"));
            command.arg("--out").arg(out.path());
            command
        };
        for mut command in [run(lab, out.path(), &[]), capture(lab)] {
            let answer = Answer::of(&mut command)?.exits(2)?;
            let said = format!("{} is in the way, and is no recording", place.display());
            assert!(answer.err.contains(&said), "{what}: {answer:?}");
            assert!(answer.out.is_empty(), "{what}: {answer:?}");
            assert_eq!(tree(out.path()), before, "{what}");
        }
    }
    Ok(())
}

fn unwritable(lab: Lab) -> Result<(), String> {
    let out = scratch()?;
    fs::write(out.path().join("file"), "precious").map_err(|error| error.to_string())?;
    let before = tree(out.path());
    for (place, exit) in [("file", 2), ("file/runs", 2)] {
        let answer = Answer::of(&mut run(lab, &out.path().join(place), &[]))?.exits(exit)?;
        assert!(answer.err.contains("Not a directory"), "{answer:?}");
        assert!(answer.err.contains("--out DIR"), "{answer:?}");
    }
    let nowhere = Answer::of(&mut run(lab, Path::new("/proc/no/such"), &[]))?;
    assert!(
        nowhere.exit == Some(2) && nowhere.err.contains("/proc/no"),
        "{nowhere:?}"
    );
    let junit = Answer::of(&mut run(lab, out.path(), &["--junit=/no/such/junit.xml"]))?.exits(2)?;
    assert!(
        junit.err.contains("/no/such/junit.xml: No such file"),
        "{junit:?}"
    );
    assert_eq!(tree(out.path()), before);
    let full = Answer::of(&mut on_a_small_disk(
        lab,
        "mount -t tmpfs -o size=4k,nr_inodes=4 none",
    ))?;
    assert!(
        full.exit == Some(3) && full.err.contains("No space left"),
        "{full:?}"
    );
    let read_only = Answer::of(&mut on_a_small_disk(lab, "mount -t tmpfs -o ro none"))?;
    assert!(
        read_only.exit == Some(3) && read_only.err.contains("Read-only file system"),
        "{read_only:?}"
    );
    Ok(())
}

/// A run whose recording goes to a file system of its own, which no other process sees.
fn on_a_small_disk(lab: Lab, mount: &str) -> Command {
    let script = format!("{mount} /mnt && exec \"$0\" run --engine=vm --out /mnt \"$1\"");
    let mut command = within(lab, &script);
    command.arg(lesson("handshake").path);
    command
}

/// A bad name is refused, in the name of a file as in a recording.
fn names(lab: Lab) -> Result<(), String> {
    let folder = scratch()?;
    let source = fs::read_to_string(lesson("handshake").path).map_err(|error| error.to_string())?;
    fs::write(folder.path().join("precious.txt"), "precious").map_err(|error| error.to_string())?;
    let long = format!("{}.yaml", "a".repeat(64));
    for file in [
        "...yaml", "a}b.yaml", "A.yaml", "1st.yaml", "a b.yaml", "-x.yaml", &long,
    ] {
        let path = folder.path().join(file);
        fs::write(&path, &source).map_err(|error| error.to_string())?;
        let before = tree(folder.path());
        let named = Path::new(".").join(file);
        for verb in [
            &["run", "--engine=vm", "--out=."][..],
            &["validate"],
            &["extcap", "--extcap-interfaces"],
        ] {
            let mut command = lab.command();
            command.args(verb).arg(&named).current_dir(folder.path());
            let answer = Answer::of(&mut command)?.exits(2)?;
            assert!(answer.err.contains("name"), "{file}: {answer:?}");
            assert!(answer.err.contains("rename the file"), "{file}: {answer:?}");
            assert_eq!(tree(folder.path()), before, "{file}");
        }
        fs::remove_file(&path).map_err(|error| error.to_string())?;
    }
    // The name in a recording.
    let mut recording = of_nothing("handshake");
    recording.info.scenario = "../precious".to_owned();
    let run = folder.path().join("run");
    recording.write(&run).map_err(|error| error.to_string())?;
    let answer = Answer::of(lab.command().arg("check").arg(&run))?.exits(2)?;
    assert!(
        answer.err.contains("`../precious` is not a name"),
        "{answer:?}"
    );
    Ok(())
}

fn namesakes(lab: Lab) -> Result<(), String> {
    let folder = scratch()?;
    let there = lesson("handshake").path;
    let copy = folder.path().join("handshake.yaml");
    fs::copy(&there, &copy).map_err(|error| error.to_string())?;
    for (other, words) in [
        (&copy, "are both called `handshake`"),
        (&there, "is named twice"),
    ] {
        let answer = Answer::of(run(lab, &folder.path().join("runs"), &[]).arg(other))?.exits(2)?;
        assert!(answer.err.contains(words), "{answer:?}");
        assert!(!folder.path().join("runs").exists());
        let mut extcap = lab.command();
        extcap
            .args(["extcap", "--extcap-interfaces"])
            .arg(&there)
            .arg(other);
        let answer = Answer::of(&mut extcap)?.exits(2)?;
        assert!(answer.err.contains(words), "{answer:?}");
    }
    Ok(())
}

fn damaged(lab: Lab) -> Result<(), String> {
    let example = Example::new()?;
    let failed = |error: std::io::Error| error.to_string();
    for name in [
        "cut-off",
        "emptied",
        "no-packets",
        "another-format",
        "not-json",
    ] {
        let folder = example.path("runs").join(name);
        let written = of_nothing("one-way-loss").write(&folder);
        written.map_err(|error| error.to_string())?;
        let info = folder.join("run.json");
        match name {
            "cut-off" => fs::write(folder.join("capture.pcapng"), [10, 13, 13, 10, 8]),
            "emptied" => fs::write(&info, ""),
            "no-packets" => fs::remove_file(folder.join("capture.pcapng")),
            "another-format" => fs::write(
                &info,
                fs::read_to_string(&info)
                    .map_err(failed)?
                    .replace("\"format\":", "\"format\":9"),
            ),
            _ => fs::write(folder.join("observations.jsonl"), "{\n"),
        }
        .map_err(failed)?;
    }
    // Folders as a crash leaves them: one half written, one moved aside.
    let left = example.path("runs/handshake.abc123.part");
    fs::create_dir(&left).map_err(failed)?;
    fs::write(left.join("run.json"), "{").map_err(failed)?;
    let moved = of_nothing("ipv6-failover");
    let moved = moved.write(&example.path("runs/ipv6-failover.abc123.old"));
    moved.map_err(|error| error.to_string())?;
    let before = tree(&example.path("runs"));

    let html = example.path("report.html");
    let mut report = lab.command();
    report
        .args(["report", "--json"])
        .arg(example.path("runs"))
        .arg("-o")
        .arg(&html);
    let answer = Answer::of(&mut report)?.exits(0)?;
    for name in [
        "cut-off",
        "emptied",
        "no-packets",
        "another-format",
        "not-json",
    ] {
        let named = format!("passed over: {}", example.path("runs").join(name).display());
        assert!(answer.err.contains(&named), "{named}\n{}", answer.err);
    }
    assert!(
        answer
            .err
            .contains("handshake.abc123.part, which a run left"),
        "{answer:?}"
    );
    let told: serde_json::Value =
        serde_json::from_str(&answer.out).map_err(|error| error.to_string())?;
    let runs = told["runs"].as_array().ok_or("there are runs")?;
    let names: Vec<_> = runs.iter().map(|run| run["scenario"].as_str()).collect();
    assert_eq!(names, [Some("handshake"), Some("ipv6-failover")]);
    // The recording that was moved aside is found by the name that it has lost.
    let lost = example.path("runs/ipv6-failover");
    Answer::of(lab.command().arg("show").arg(&lost))?.exits(0)?;
    // A damaged recording is an error if the command line names it.
    let named = example.path("runs/emptied");
    Answer::of(lab.command().arg("report").arg(&named).arg("-o").arg(&html))?.exits(2)?;
    assert_eq!(tree(&example.path("runs")), before);
    Ok(())
}

fn folder_of_recordings(lab: Lab) -> Result<(), String> {
    let example = Example::new()?;
    let runs = example.path("runs");
    for verb in ["check", "show"] {
        let answer = Answer::of(lab.command().arg(verb).arg(&runs))?.exits(2)?;
        assert!(
            answer.err.contains("is a folder of recordings"),
            "{answer:?}"
        );
        assert!(answer.err.contains("runs/handshake"), "{answer:?}");
    }
    Ok(())
}

fn boxes(lab: Lab) -> Result<(), String> {
    let kernel = repository().join("README.md").display().to_string();
    let folder = repository().join("docs").display().to_string();
    let scenario = lesson("handshake").path.display().to_string();
    let out = scratch()?;
    let out = format!("--out={}", out.path().display());
    for (asked, words) in [
        (&["--seed=5"][..], "--seed needs virtual time"),
        (
            &["--kernel", &kernel],
            "--kernel needs the uml or the vm engine",
        ),
        (
            &["--kernel", &kernel, "--modules", &folder],
            "--kernel needs the uml or the vm engine",
        ),
        (&["--engine=vm"], "--box is of the box engine"),
        (&["--engine=native"], "--box is of the box engine"),
    ] {
        for verb in [
            &["run", &out][..],
            &["explain"],
            &["capture", "--to=/dev/null"],
        ] {
            let mut command = lab.command();
            command
                .args(verb)
                .args(["--box=nobody@127.0.0.1:1", &scenario])
                .args(asked);
            let answer = Answer::of(&mut command)?.exits(2)?;
            assert!(answer.err.contains(words), "{asked:?}: {answer:?}");
        }
    }
    Ok(())
}

fn no_time(lab: Lab) -> Result<(), String> {
    let out = scratch()?;
    for limit in [
        "--wall-limit=0",
        "--wall-limit=18446744073709551615",
        "--jobs=0",
    ] {
        let answer = Answer::of(&mut run(lab, out.path(), &[limit]))?.exits(2)?;
        assert!(answer.err.contains("invalid value"), "{answer:?}");
    }
    Ok(())
}

/// The course is inside the lab, and runs without the repository.
fn course_outside(lab: Lab) -> Result<(), String> {
    let out = scratch()?;
    let lab = |words: &[&str]| {
        let mut command = lab.command();
        Answer::of(command.args(words).current_dir(out.path()))
    };
    lab(&["run", "handshake"])?.exits(0)?;
    lab(&["check", "runs/handshake"])?.exits(0)?;
    let told = lab(&["explain", "handshake"])?.exits(0)?.out;
    assert!(told.contains("lesson 1 of"), "{told}");
    assert!(
        told.contains("RFC 9260 section 5.1, Normal Establishment"),
        "{told}"
    );
    assert!(
        told.ends_with("Next: sctp-lab explain one-to-one\n"),
        "{told}"
    );
    Ok(())
}

/// Runs the lab, after a few words of shell, on a file system of its own at /mnt.
fn within(lab: Lab, script: &str) -> Command {
    let mut command = Command::new("unshare");
    command.args(["--map-root-user", "--mount", "sh", "-c", script, lab.0]);
    command
}

fn full_report(lab: Lab) -> Result<(), String> {
    let example = Example::new()?;
    let script = "mount -t tmpfs -o size=16k none /mnt && printf precious > /mnt/report.html && \
        \"$0\" report \"$1\" -o /mnt/report.html; code=$?; cat /mnt/report.html; ls /mnt; exit $code";
    let mut command = within(lab, script);
    let answer = Answer::of(command.arg(example.path("runs/handshake")))?.exits(3)?;
    assert!(answer.err.contains("No space left"), "{answer:?}");
    assert_eq!(answer.out, "preciousreport.html\n");
    Ok(())
}

/// On a full disk the earlier recording stays, with nothing half written beside it.
fn full_run(lab: Lab) -> Result<(), String> {
    let example = Example::new()?;
    let script = "mount -t tmpfs -o size=24k none /mnt && cp -r \"$2\" /mnt && \
        \"$0\" run --quiet --engine=vm --out /mnt \"$1\"; code=$?; \
        ls /mnt; cat /mnt/handshake/run.json; exit $code";
    let mut command = within(lab, script);
    command.arg(lesson("handshake").path);
    command.arg(example.path("runs/handshake"));
    let before = fs::read_to_string(example.path("runs/handshake/run.json"));
    let before = before.map_err(|error| error.to_string())?;
    // The disk is too small for two recordings.
    let answer = Answer::of(&mut command)?.exits(3)?;
    assert!(answer.err.contains("No space left"), "{answer:?}");
    assert_eq!(answer.out, format!("handshake\n{before}"));
    Ok(())
}

fn endless(lab: Lab) -> Result<(), String> {
    let refused = |verb: &[&str], words: &str| {
        let answer = Answer::of(lab.command().args(verb))?.exits(2)?;
        match answer.err.contains(words) {
            true => Ok(()),
            false => Err(format!("{verb:?}: {answer:?}")),
        }
    };
    refused(&["validate", "/dev/zero"], "it has more than 4 MiB")?;
    let folder = scratch()?;
    let endless = folder.path().join("endless.yaml");
    symlink("/dev/zero", &endless).map_err(|error| error.to_string())?;
    let endless = endless.display().to_string();
    refused(&["validate", &endless], "it has more than 4 MiB")?;
    refused(&["targets", &endless], "it has more than 4 MiB")?;
    let example = Example::new()?;
    let run = example.path("runs/handshake");
    let observations = run.join("observations.jsonl");
    fs::remove_file(&observations)
        .and_then(|()| symlink("/dev/zero", &observations))
        .map_err(|error| error.to_string())?;
    refused(&["check", &run.display().to_string()], "it is no file")
}

/// A capture on a disk that is too small for it.
fn failed_capture(lab: Lab) -> Result<(), String> {
    let script = "mount -t tmpfs -o size=16k none /mnt && printf precious > /mnt/call && \
        \"$0\" capture --engine=vm \"$1\" --to /mnt/call; code=$?; cat /mnt/call; exit $code";
    let mut command = within(lab, script);
    command.arg(lesson("multihoming-failover").path);
    let answer = Answer::of(&mut command)?.exits(3)?;
    assert!(answer.err.contains("No space left"), "{answer:?}");
    assert!(
        answer
            .err
            .contains("what was written by then is in /mnt/call."),
        "{answer:?}"
    );
    assert_eq!(answer.out, "precious");
    Ok(())
}

fn two_at_once(lab: Lab) -> Result<(), String> {
    let out = scratch()?;
    let start = || {
        let mut command = lab.command();
        command
            .args(["run", "--engine=vm", "--quiet", "--out"])
            .arg(out.path());
        command.arg(lesson("handshake").path);
        std::thread::spawn(move || Answer::of(&mut command))
    };
    for running in [start(), start(), start()] {
        let answer = running.join().map_err(|_| "it panicked")??;
        answer.exits(0)?;
    }
    let recording = Recording::read(&out.path().join("handshake"));
    assert!(
        !recording
            .map_err(|error| error.to_string())?
            .packets
            .is_empty()
    );
    let entries = fs::read_dir(out.path()).map_err(|error| error.to_string())?;
    assert_eq!(entries.count(), 1);
    Ok(())
}

fn skipped(lab: Lab) -> Result<(), String> {
    let mut command = lab.command();
    command
        .args(["explain", "--engine=vm"])
        .arg(lesson("extended-receive-info").path);
    let answer = Answer::of(&mut command)?.exits(0)?;
    assert!(answer.out.contains("skipped"), "{answer:?}");
    Ok(())
}
