//! Tests every verb and output format with an output that is full, closed, or left by its
//! reader.

use std::fs::{File, OpenOptions};
use std::io::{self, Read};
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;

use recording::Recording;
use tests::{Lab, lesson, repository};

use crate::Body;
use crate::answer::Answer;
use crate::example::Example;

pub(crate) const ANYWHERE: &[(&str, Body)] = &[
    ("output-that-is-lost-is-a-failure", every_verb),
    ("complaints-that-are-lost-change-nothing-else", complaints),
    ("files-that-cannot-be-written-are-a-failure", files),
];

pub(crate) const IN_VM: &[(&str, Body)] = &[
    ("a-run-whose-output-is-lost-is-recorded", runs),
    ("a-capture-whose-output-is-lost-is-a-failure", captures),
];

/// Every verb that needs no engine, in every form. `R` stands for a recording, `C`
/// for a capture, `H` for a file to be written.
const VERBS: &[&[&str]] = &[
    &["--help"],
    &["--version"],
    &["help", "show"],
    &["run", "--help"],
    &["list"],
    &["list", "--json"],
    &["validate", "all"],
    &[
        "validate",
        "--json",
        "tests/bad-scenarios/many-mistakes.yaml",
    ],
    &["check", "R"],
    &["check", "--json", "R"],
    &["check", "--scenario=handshake", "--json", "R"],
    &[
        "check",
        "--pcap=C",
        "--scenario=multihoming-failover",
        "--json",
    ],
    &["show", "R"],
    &["show", "--full", "R"],
    &["show", "--flow", "R"],
    &["show", "--svg", "R"],
    &["show", "--mermaid", "R"],
    &["show", "--json", "R"],
    &["show", "C"],
    &["show", "--full", "C"],
    &["show", "--svg", "C"],
    &["show", "--mermaid", "C"],
    &["show", "--json", "C"],
    &["diff", "R", "R"],
    &["diff", "--json", "R", "R"],
    &["report", "R", "-o", "H"],
    &["report", "--json", "R", "-o", "H"],
    &["rfc"],
    &["rfc", "6.9"],
    &["rfc", "--open", "--json"],
    &["doctor"],
    &["doctor", "--json"],
    &["schema"],
    &["schema", "--output"],
    &["schema", "--targets"],
    &["bound", "failover"],
    &["bound", "failover", "--json"],
    &["profiles"],
    &["profiles", "--json"],
    &["completions", "bash"],
    &["completions", "fish"],
    &["extcap", "--extcap-interfaces"],
    &[
        "extcap",
        "--extcap-interface=sctp-lab-handshake",
        "--extcap-dlts",
    ],
    &[
        "extcap",
        "--extcap-interface=sctp-lab-handshake",
        "--extcap-config",
    ],
    &["extcap", "--extcap-capture-filter=sctp"],
    &["extcap", "--install", "--folder=F"],
    &["targets", "T"],
    &["targets", "--json", "T"],
];

/// The exit code for lost output.
const LOST: i32 = 3;

/// What becomes of a standard stream.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fate {
    /// The stream goes to a full disk.
    Full,
    /// The stream is closed when the process begins.
    Closed,
    /// The stream is a file that is open for reading only.
    ReadOnly,
    /// The stream's reader is gone when the process begins.
    Unread,
    /// The stream's reader leaves after one byte.
    Left,
}

const FATES: [Fate; 5] = [
    Fate::Full,
    Fate::Closed,
    Fate::ReadOnly,
    Fate::Unread,
    Fate::Left,
];

/// The streams that meet a fate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Which {
    Out,
    Err,
    Both,
}

/// How a command ended, and what it wrote to the stream that was left to it.
#[derive(Debug)]
struct Ended {
    exit: Option<i32>,
    said: String,
}

/// Runs a command whose streams meet this fate.
fn doomed(lab: Lab, arguments: &[String], which: Which, fate: Fate) -> io::Result<Ended> {
    let mut command = match fate {
        Fate::Closed => {
            let closing = match which {
                Which::Out => "exec \"$0\" \"$@\" >&-",
                Which::Err => "exec \"$0\" \"$@\" 2>&-",
                Which::Both => "exec \"$0\" \"$@\" >&- 2>&-",
            };
            let mut shell = Command::new("bash");
            // The shell starts the lab by the name that users know.
            shell.args(["-c", &closing.replace("exec", "exec -a sctp-lab"), lab.0]);
            shell
        }
        _ => lab.command(),
    };
    command.args(arguments).current_dir(repository());
    command.stdin(Stdio::null());
    let mut reader = None;
    let stream: Option<File> = match fate {
        Fate::Closed => None,
        Fate::Full => Some(OpenOptions::new().write(true).open("/dev/full")?),
        Fate::ReadOnly => Some(File::open("/dev/null")?),
        Fate::Unread | Fate::Left => {
            let (read, write) = io::pipe()?;
            reader = (fate == Fate::Left).then_some(read);
            Some(File::from(std::os::fd::OwnedFd::from(write)))
        }
    };
    if let Some(stream) = stream {
        if which != Which::Err {
            command.stdout(stream.try_clone()?);
        }
        if which != Which::Out {
            command.stderr(stream);
        }
    }
    match which {
        Which::Out => drop(command.stderr(Stdio::piped())),
        Which::Err => drop(command.stdout(Stdio::piped())),
        Which::Both => {}
    }
    let child = command.spawn()?;
    // `command` has copies of the streams, which would keep the pipe open.
    drop(command);
    // The streams are read at the same time: the process may have to fill the other one
    // first.
    let reader = reader.map(|mut reader| thread::spawn(move || reader.read(&mut [0])));
    let output = child.wait_with_output()?;
    if let Some(reader) = reader {
        let _ = reader.join();
    }
    let said = [output.stdout, output.stderr].concat();
    Ok(Ended {
        exit: output.status.code(),
        said: String::from_utf8_lossy(&said).into_owned(),
    })
}

/// The arguments with the example's files for their letters.
fn with_files(verb: &[&str], example: &Example) -> Vec<String> {
    let file = |name: &str| example.path(name).display().to_string();
    let words = verb.iter().map(|word| match *word {
        "R" => file("runs/handshake"),
        "C" => file("call.pcapng"),
        "H" => file("report.html"),
        "T" => file("targets.yaml"),
        "--pcap=C" => format!("--pcap={}", file("call.pcapng")),
        "--folder=F" => format!("--folder={}", file("extcap")),
        other => other.to_owned(),
    });
    words.collect()
}

fn example() -> Result<Example, String> {
    let example = Example::new()?;
    let targets = "nobody: {host: 127.0.0.1, port: 1}\n";
    std::fs::write(example.path("targets.yaml"), targets).map_err(|error| error.to_string())?;
    Ok(example)
}

fn plain(lab: Lab, arguments: &[String]) -> Result<Answer, String> {
    Answer::of(lab.command().args(arguments).current_dir(repository()))
}

fn every_verb(lab: Lab) -> Result<(), String> {
    let example = example()?;
    for verb in VERBS {
        let arguments = with_files(verb, &example);
        let plain = plain(lab, &arguments)?;
        let exit = plain.exit.ok_or_else(|| format!("{verb:?}: {plain:?}"))?;
        for which in [Which::Out, Which::Both] {
            for fate in FATES {
                let ended = doomed(lab, &arguments, which, fate).map_err(|it| it.to_string())?;
                let case = format!("{verb:?}, {which:?} {fate:?}: {ended:?}");
                assert!(!ended.said.contains("panicked"), "{case}");
                let said = match which {
                    Which::Both => plain.out.len() + plain.err.len(),
                    _ => plain.out.len(),
                };
                let is_lost = fate != Fate::Left && said > 0;
                let expected = if is_lost { exit.max(LOST) } else { exit };
                assert_eq!(ended.exit, Some(expected), "{case}");
                if is_lost && which == Which::Out {
                    assert!(ended.said.contains("error: standard output: "), "{case}");
                }
            }
        }
    }
    Ok(())
}

/// Where messages on standard error are lost, the results are there all the same.
fn complaints(lab: Lab) -> Result<(), String> {
    let example = example()?;
    let mut complaining = 0;
    for verb in VERBS
        .iter()
        .chain(&[&["rum"][..], &["show", "/no/such/run"]])
    {
        let arguments = with_files(verb, &example);
        let plain = plain(lab, &arguments)?;
        let exit = plain.exit.ok_or_else(|| format!("{verb:?}: {plain:?}"))?;
        complaining += usize::from(!plain.err.is_empty());
        for fate in FATES {
            let ended =
                doomed(lab, &arguments, Which::Err, fate).map_err(|error| error.to_string())?;
            let case = format!("{verb:?}, {fate:?}: {ended:?}");
            let is_lost = fate != Fate::Left && !plain.err.is_empty();
            let expected = if is_lost { exit.max(LOST) } else { exit };
            assert_eq!(ended.exit, Some(expected), "{case}");
            assert_eq!(ended.said, plain.out, "{case}");
        }
    }
    assert!(complaining >= 2, "{complaining}");
    Ok(())
}

fn files(lab: Lab) -> Result<(), String> {
    let example = Example::new()?;
    let run = example.path("runs/handshake").display().to_string();
    let report = |file: &str, exit: i32| {
        let mut command = lab.command();
        Answer::of(command.args(["report", &run, "-o", file]))?.exits(exit)
    };
    let full = report("/dev/full", 3)?;
    assert!(full.err.contains("/dev/full: No space left"), "{full:?}");
    report("/no/such/folder/report.html", 2)?;
    report("/", 2)?;
    let old = example.path("old.html").display().to_string();
    std::fs::write(&old, "precious").map_err(|error| error.to_string())?;
    // The limit allows no file with a byte in it.
    let mut limited = Command::new("sh");
    limited.args(["-c", "ulimit -f 0; exec \"$0\" \"$@\"", lab.0]);
    let limited = Answer::of(limited.args(["report", &run, "-o", &old]))?.exits(3)?;
    assert!(limited.err.contains("File too large"), "{limited:?}");
    let kept = std::fs::read_to_string(&old).map_err(|error| error.to_string())?;
    assert_eq!(kept, "precious");
    let left: Vec<_> = std::fs::read_dir(example.folder())
        .map_err(|error| error.to_string())?
        .flatten()
        .filter(|entry| entry.file_name().to_string_lossy().ends_with(".part"))
        .collect();
    assert!(left.is_empty(), "{left:?}");
    Ok(())
}

fn runs(lab: Lab) -> Result<(), String> {
    let out = tempfile::tempdir().map_err(|error| error.to_string())?;
    let scenario = lesson("handshake").path.display().to_string();
    let folder = out.path().display().to_string();
    let mut number = 0;
    for more in [&["--quiet"][..], &[], &["--json"]] {
        for (which, fate, exit) in [
            (Which::Out, Fate::Full, LOST),
            (Which::Both, Fate::Unread, LOST),
            (Which::Both, Fate::Closed, LOST),
            (Which::Out, Fate::Left, 0),
            (Which::Err, Fate::Closed, 0),
            (Which::Err, Fate::Full, 0),
        ] {
            number += 1;
            let here = format!("{folder}/{number}");
            let words = ["run", &scenario, "--engine=vm", "--out", &here];
            let words: Vec<String> = words.iter().chain(more).map(ToString::to_string).collect();
            let ended = doomed(lab, &words, which, fate).map_err(|error| error.to_string())?;
            assert_eq!(ended.exit, Some(exit), "{which:?} {fate:?}: {ended:?}");
            let recorded = Recording::read(&Path::new(&here).join("handshake"));
            assert!(recorded.is_ok(), "{which:?} {fate:?}: {recorded:?}");
        }
    }
    for more in [&["--full"][..], &["--json"]] {
        let words = ["explain", &scenario, "--engine=vm"];
        let words: Vec<String> = words.iter().chain(more).map(ToString::to_string).collect();
        for fate in [Fate::Full, Fate::Closed, Fate::Unread] {
            let ended =
                doomed(lab, &words, Which::Both, fate).map_err(|error| error.to_string())?;
            assert_eq!(ended.exit, Some(LOST), "{fate:?}: {ended:?}");
        }
    }
    Ok(())
}

fn captures(lab: Lab) -> Result<(), String> {
    let scenario = lesson("handshake").path.display().to_string();
    let words = ["capture", &scenario, "--engine=vm"].map(str::to_owned);
    for fate in [Fate::Full, Fate::Closed, Fate::ReadOnly, Fate::Unread] {
        let ended = doomed(lab, &words, Which::Out, fate).map_err(|error| error.to_string())?;
        assert_eq!(ended.exit, Some(LOST), "{fate:?}: {ended:?}");
        assert!(!ended.said.contains("panicked"), "{fate:?}: {ended:?}");
    }
    Ok(())
}
