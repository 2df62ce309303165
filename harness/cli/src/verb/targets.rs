//! `sctp-lab targets`: checks the hosts to capture on.

use std::path::Path;

use hosts::{Checked, FileError, Lack, Target};
use serde_json::{Value, json};

use crate::args::Targets;
use crate::console::{self, Progress};
use crate::exit::Exit;

pub(crate) fn run(args: &Targets) -> Exit {
    let targets = match read(&args.file) {
        Ok(targets) => targets,
        Err(exit) => return exit,
    };
    let progress = Progress::new();
    let count = report::count(targets.len() as u64, "target");
    progress.say(&format!("asking {count}"));
    let found = hosts::check(&targets);
    progress.done();
    let width = targets.iter().map(|it| it.name().len()).max().unwrap_or(0);
    for (target, checked) in targets.iter().zip(&found) {
        let text = match args.json {
            true => console::json(&json(target, checked)),
            false => text(checked, width),
        };
        console::print(&text);
    }
    match found.iter().all(Checked::is_usable) {
        true => Exit::Passed,
        false => Exit::CannotRun,
    }
}

/// Reads a file of targets, or complains.
pub(crate) fn read(file: &Path) -> Result<Vec<Target>, Exit> {
    match hosts::parse_file(file) {
        Ok((targets, _)) => Ok(targets),
        Err(error) => {
            complain(&error);
            Err(Exit::Wrong)
        }
    }
}

/// Prints all mistakes of a file of targets.
fn complain(error: &FileError) {
    match error {
        FileError::Unreadable { path, source } => console::error(&format!("{path}: {source}")),
        FileError::Wrong {
            path,
            source_text,
            diagnostics,
        } => console::mistakes(diagnostics, path, source_text),
    }
}

fn json(target: &Target, checked: &Checked) -> Value {
    let lack = |lack: &Lack| json!({"missing": lack.to_string(), "remedy": lack.remedy()});
    json!({
        "format": 1,
        "name": checked.name,
        "host": target.host().to_string(),
        "interface": target.interface(),
        "filter": target.filter(),
        "usable": checked.is_usable(),
        "tcpdump": checked.tcpdump.as_ref().map(|it| json!({
            "path": it.path,
            "version": it.version,
        })),
        "clock": checked.clock.map(|it| json!({
            "ahead-ns": it.ahead_ns,
            "within-ns": u64::try_from(it.within.as_nanos()).unwrap_or(u64::MAX),
        })),
        "lacks": checked.lacks.iter().map(lack).collect::<Vec<_>>(),
    })
}

/// The lines about one target: its name, and behind the name `ok` with the target's tcpdump
/// and clock, or everything that the target lacks.
fn text(checked: &Checked, width: usize) -> String {
    let mut lines: Vec<String> = Vec::new();
    if checked.is_usable() {
        let mut words = "ok".to_owned();
        if let Some(version) = checked.tcpdump.as_ref().and_then(|it| it.version.as_ref()) {
            words.push_str(&format!(", tcpdump {version}"));
        }
        if let Some(clock) = checked.clock {
            words.push_str(&format!(", its clock {clock}"));
        }
        lines.push(words);
    }
    for lack in &checked.lacks {
        lines.extend(lack.to_string().lines().map(str::to_owned));
        lines.extend(lack.remedy().map(|remedy| format!("  help: {remedy}")));
    }
    let mut text = String::new();
    for (number, line) in lines.iter().enumerate() {
        let name = if number == 0 {
            checked.name.as_str()
        } else {
            ""
        };
        text.push_str(&format!("{name:width$}  {line}\n"));
    }
    text
}
