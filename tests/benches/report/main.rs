//! The report of the whole course: how large it is, how long it takes to write,
//! and how long a browser takes to open it.
//!
//! `cargo bench --package tests --bench report`; `RUNS=10` for more runs,
//! `RECORDINGS=DIR` to report on what lies there and not to run the course.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use std::time::{Duration, Instant};

use engine::guest::Role;
use tests::{Figures, Lab, Need, repository, runs, told};

const DRIVER: &str = include_str!("driver.html");

fn main() -> ExitCode {
    if Role::of_this_process().is_some() {
        return sctp_lab::main();
    }
    told(measure())
}

fn measure() -> Result<(), String> {
    let lab = Lab(env!("CARGO_BIN_EXE_sctp-lab-under-test"));
    let failed = |error: std::io::Error| error.to_string();
    let folder = tempfile::tempdir().map_err(failed)?;
    let recordings = match std::env::var_os("RECORDINGS") {
        Some(there) => PathBuf::from(there),
        None => {
            let all = folder.path().join("runs");
            let mut run = lab.command();
            run.args(["run", "all", "--quiet", "--engine=vm", "--out"]);
            output(run.arg(&all).current_dir(repository()))?;
            all
        }
    };
    let file = folder.path().join("report.html");
    let mut written = Figures::default();
    for _ in 0..runs(5) {
        let began = Instant::now();
        output(
            lab.command()
                .arg("report")
                .arg(&recordings)
                .arg("-o")
                .arg(&file),
        )?;
        written.add(began.elapsed());
    }
    let count = fs::read_dir(&recordings).map_err(failed)?.count();
    let size = fs::metadata(&file).map_err(failed)?.len() as f64 / 1e6;
    println!("report of {count} runs: {size:.2} MB; written: {written}");
    fs::write(folder.path().join("driver.html"), DRIVER).map_err(failed)?;
    let mut opened = Figures::default();
    for _ in 0..runs(5) {
        opened.add(open(folder.path())?);
    }
    println!("opened in a browser: {opened}");
    Ok(())
}

/// How long the browser takes to open the report, by its own clock.
fn open(folder: &Path) -> Result<Duration, String> {
    let browser = Need::browser_command().ok_or("no browser")?;
    let mut command = Command::new(browser);
    command
        .args(["--headless", "--no-sandbox", "--disable-gpu", "--dump-dom"])
        .arg("--allow-file-access-from-files")
        .arg(format!(
            "--user-data-dir={}",
            folder.join("profile").display()
        ))
        .arg(format!("file://{}", folder.join("driver.html").display()));
    let page = output(&mut command)?;
    let took = page.split_once("<pre id=\"took\">");
    let took = took.and_then(|(_, rest)| rest.split_once("</pre>"));
    let took = took.and_then(|(took, _)| took.parse::<f64>().ok());
    let milliseconds = took.ok_or("the report did not open")?;
    Ok(Duration::from_secs_f64(milliseconds / 1e3))
}

fn output(command: &mut Command) -> Result<String, String> {
    let output = command
        .stdin(Stdio::null())
        .output()
        .map_err(|error| format!("{command:?}: {error}"))?;
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    match output.status.success() {
        true => Ok(text(&output.stdout)),
        false => Err(format!("{command:?}: {}", text(&output.stderr))),
    }
}
