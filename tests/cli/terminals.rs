//! Tests terminals of every width, with colour and without.

use std::fs::{self, File, OpenOptions};
use std::io::{Read, Write};
use std::os::fd::OwnedFd;
use std::process::Stdio;

use nix::pty::{Winsize, openpty};
use tests::{Call, Lab, repository};

use crate::Body;
use crate::answer::Answer;
use crate::example::Example;

pub(crate) const ANYWHERE: &[(&str, Body)] = &[
    ("terminals-of-any-width", widths),
    ("colour-is-for-terminals-that-want-it", colours),
    ("view-needs-a-terminal-and-leaves-it-as-it-was", views),
    ("view-reads-on-as-a-capture-grows", follows),
];

/// What a command prints on a terminal of so many columns, and how it ends.
fn on_terminal(
    lab: Lab,
    columns: u16,
    arguments: &[&str],
    environment: &[(&str, &str)],
) -> Result<(Option<i32>, String), String> {
    typing(lab, columns, arguments, environment, None)
}

/// What a command prints on such a terminal while these keys are typed, and how it ends.
fn typing(
    lab: Lab,
    columns: u16,
    arguments: &[&str],
    environment: &[(&str, &str)],
    keys: Option<&str>,
) -> Result<(Option<i32>, String), String> {
    let size = Winsize {
        ws_row: 24,
        ws_col: columns,
        ws_xpixel: 0,
        ws_ypixel: 0,
    };
    let pair = openpty(Some(&size), None).map_err(|error| error.to_string())?;
    let mut command = lab.command();
    let copy = |fd: &OwnedFd| fd.try_clone().map_err(|error| error.to_string());
    command.args(arguments).current_dir(repository());
    match keys {
        Some(keys) => {
            let mut typed = File::from(copy(&pair.master)?);
            let written = typed.write_all(keys.as_bytes());
            written.map_err(|error| error.to_string())?;
            command.stdin(copy(&pair.slave)?);
        }
        None => drop(command.stdin(Stdio::null())),
    }
    command.stdout(copy(&pair.slave)?).stderr(pair.slave);
    for name in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "COLUMNS"] {
        command.env_remove(name);
    }
    command
        .env("TERM", "xterm")
        .envs(environment.iter().copied());
    let mut child = command.spawn().map_err(|error| error.to_string())?;
    drop(command);
    let mut said = Vec::new();
    // Reading ends with an error when the other side of the terminal is gone.
    let _ = File::from(pair.master).read_to_end(&mut said);
    let status = child.wait().map_err(|error| error.to_string())?;
    Ok((status.code(), String::from_utf8_lossy(&said).into_owned()))
}

fn widths(lab: Lab) -> Result<(), String> {
    let example = Example::new()?;
    let run = example.path("runs/handshake").display().to_string();
    let capture = example.path("call.pcapng").display().to_string();
    let html = example.path("report.html").display().to_string();
    let verbs: [(&[&str], i32); 9] = [
        (&["--help"], 0),
        (&["run", "--help"], 0),
        (&["list"], 0),
        (&["show", &run], 0),
        (&["show", &capture], 0),
        (&["check", &run], 1),
        (&["diff", &run, &run], 0),
        (&["report", &run, "-o", &html], 0),
        (&["validate", "tests/bad-scenarios/many-mistakes.yaml"], 2),
    ];
    for columns in [0, 1, 2, 5, 20, 79, 300, u16::MAX] {
        for (verb, exit) in &verbs {
            let (code, said) = on_terminal(lab, columns, verb, &[])?;
            assert_eq!(code, Some(*exit), "{verb:?} at {columns}: {said}");
            assert!(!said.contains("panicked"), "{verb:?} at {columns}: {said}");
            assert!(!said.is_empty(), "{verb:?} at {columns}");
        }
    }
    Ok(())
}

fn views(lab: Lab) -> Result<(), String> {
    let example = Example::new()?;
    let capture = example.path("call.pcapng").display().to_string();
    let verb = ["view", &capture];
    // Keys that are typed before the command reads are not lost.
    for keys in ["q", "jjG?q q", "dd/DATA\rnq", "fchunk:INIT\r\tjq"] {
        let (code, said) = typing(lab, 80, &verb, &[], Some(keys))?;
        assert_eq!(code, Some(0), "{keys:?}: {said}");
        // The command enters the alternate screen, and leaves it.
        assert!(said.contains("\u{1b}[?1049h"), "{keys:?}: {said}");
        assert!(said.contains("\u{1b}[?1049l"), "{keys:?}: {said}");
        assert!(!said.contains("panicked"), "{keys:?}: {said}");
    }
    for (environment, keys) in [(&[("TERM", "dumb")][..], Some("q")), (&[], None)] {
        let (code, said) = typing(lab, 80, &verb, environment, keys)?;
        assert_eq!(code, Some(2), "{said}");
        assert!(said.contains("help: sctp-lab show "), "{said}");
    }
    let missing = ["view", "/no/such.pcap"];
    let (code, said) = typing(lab, 80, &missing, &[], Some(""))?;
    assert_eq!(code, Some(2), "{said}");
    assert!(said.contains("No such file"), "{said}");
    Ok(())
}

/// New packets are shown below the earlier ones, and no packet that was shown is lost.
fn follows(lab: Lab) -> Result<(), String> {
    let failed = |error: std::io::Error| error.to_string();
    let folder = tempfile::tempdir().map_err(failed)?;
    let (whole, growing) = (folder.path().join("whole"), folder.path().join("growing"));
    Call { packets: 12 }.write(&whole).map_err(failed)?;
    let bytes = fs::read(&whole).map_err(failed)?;
    let (before, after) = bytes.split_at(bytes.len() / 2);
    fs::write(&growing, before).map_err(failed)?;
    let size = Winsize {
        ws_row: 60,
        ws_col: 100,
        ws_xpixel: 0,
        ws_ypixel: 0,
    };
    let pair = openpty(Some(&size), None).map_err(|error| error.to_string())?;
    let copy = |fd: &OwnedFd| fd.try_clone().map_err(failed);
    let mut command = lab.command();
    command.args(["view", "--follow"]).arg(&growing);
    command.stdin(copy(&pair.slave)?).stdout(copy(&pair.slave)?);
    command.stderr(pair.slave).env("TERM", "xterm");
    let mut child = command.spawn().map_err(failed)?;
    drop(command);
    let mut terminal = File::from(pair.master);
    let mut said = String::new();
    // What is drawn may come in pieces.
    let mut until = |terminal: &mut File, word: &str| -> Result<(), String> {
        let mut piece = [0; 4096];
        while !said.contains(word) {
            let read = terminal.read(&mut piece);
            let read = read.map_err(|error| format!("{word}: {error}: {said}"))?;
            said.push_str(&String::from_utf8_lossy(&piece[..read]));
        }
        Ok(())
    };
    until(&mut terminal, "INIT")?;
    let mut file = OpenOptions::new().append(true).open(&growing);
    let file = file.as_mut().map_err(|error| error.to_string())?;
    file.write_all(after).map_err(failed)?;
    // The last of all packets.
    until(&mut terminal, "cum+3")?;
    terminal.write_all(b"q").map_err(failed)?;
    until(&mut terminal, "\u{1b}[?1049l")?;
    drop(terminal);
    let status = child.wait().map_err(failed)?;
    assert_eq!(status.code(), Some(0), "{said}");
    Ok(())
}

fn colours(lab: Lab) -> Result<(), String> {
    let example = Example::new()?;
    let run = example.path("runs/handshake").display().to_string();
    let bad = "tests/bad-scenarios/many-mistakes.yaml";
    let coloured = |environment: &[(&str, &str)], verb: &[&str]| {
        let (_, said) = on_terminal(lab, 100, verb, environment)?;
        Ok::<_, String>(said.contains('\u{1b}'))
    };
    for verb in [&["check", &run][..], &["validate", bad], &["--help"]] {
        assert!(coloured(&[], verb)?, "{verb:?}");
        for plain in [("NO_COLOR", "1"), ("TERM", "dumb"), ("CLICOLOR", "0")] {
            assert!(!coloured(&[plain], verb)?, "{verb:?} {plain:?}");
        }
        let mut command = lab.command();
        command.args(verb).current_dir(repository());
        let piped = Answer::of(&mut command)?;
        assert!(!(piped.out + &piped.err).contains('\u{1b}'), "{verb:?}");
        let forced = Answer::of(command.env("CLICOLOR_FORCE", "1"))?;
        assert!((forced.out + &forced.err).contains('\u{1b}'), "{verb:?}");
    }
    Ok(())
}
