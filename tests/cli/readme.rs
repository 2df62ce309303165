//! Tests the commands in the README and in the pages that it links.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;

use tests::{Lab, Need, repository};

use crate::Body;
use crate::answer::Answer;

pub(crate) const ALL: &[(&str, Body)] = &[
    ("readme-commands", commands),
    ("readme-exit-codes", exit_codes),
];

/// The pages whose commands are tried, in this order: some commands need what earlier ones
/// have written.
const PAGES: &[&str] = &[
    "README.md",
    "docs/how-to-learn.md",
    "docs/reading-a-ladder.md",
    "docs/write-a-scenario.md",
    "docs/sweeps.md",
    "docs/conformance.md",
    "docs/programs.md",
    "docs/recordings.md",
    "docs/captures.md",
    "docs/how-to-operate.md",
    "docs/how-to-maintain.md",
];

/// What stands before each line that a reader would type to start the lab.
const LAB: &str = "cargo lab ";

/// Runs all commands of the pages, one after the other, in a folder with the course and
/// with the scenario that readers are told to write.
fn commands(lab: Lab) -> Result<(), String> {
    let failed = |error: std::io::Error| error.to_string();
    let pages: Vec<String> = PAGES
        .iter()
        .map(|page| read(page))
        .collect::<Result<_, _>>()?;
    let folder = tempfile::tempdir().map_err(failed)?;
    for name in ["scenarios", "conformance", "sweeps", "programs", "examples"] {
        symlink(repository().join(name), folder.path().join(name)).map_err(failed)?;
    }
    let page = read("docs/write-a-scenario.md")?;
    let written = blocks(&page, "yaml").next().ok_or("it shows no scenario")?;
    fs::write(folder.path().join("lost-cookie.yaml"), written).map_err(failed)?;
    let lines: Vec<&str> = pages
        .iter()
        .flat_map(|page| blocks(page, "sh"))
        .flat_map(str::lines)
        .collect();
    assert!(lines.iter().any(|line| line.starts_with("cargo test")));
    let commands: Vec<&str> = lines
        .iter()
        .filter_map(|line| line.strip_prefix(LAB))
        .collect();
    assert_eq!(
        commands.first().map(|it| words(it)),
        Some(vec!["run", "multihoming-failover"])
    );
    for line in commands {
        run(lab, folder.path(), line)?;
    }
    Ok(())
}

/// Runs the command of a line. A command for the `uml` engine needs a kernel that takes
/// longer to build than a test may: where the kernel is missing, the answer must say so.
fn run(lab: Lab, folder: &Path, line: &str) -> Result<(), String> {
    let mut command = lab.command();
    command.args(words(line)).current_dir(folder);
    let answer = Answer::of(&mut command)?;
    if line.contains("--engine uml") && !Need::uml().is_there() {
        let answer = answer.exits(3)?;
        assert!(answer.err.contains("kernel build"), "{line}: {answer:?}");
        return Ok(());
    }
    let answer = answer
        .exits(0)
        .map_err(|error| format!("`{LAB}{line}`: {error}"))?;
    let must_fail = line.contains("# must fail");
    assert_eq!(answer.out.contains("proved by"), must_fail, "{line}");
    Ok(())
}

/// The words of a command, without a comment or a pipe behind it.
fn words(line: &str) -> Vec<&str> {
    let command = line.split(['#', '|']).next().unwrap_or_default();
    command.split_whitespace().collect()
}

/// The table of exit codes is the same on a page and in the help.
fn exit_codes(lab: Lab) -> Result<(), String> {
    let help = Answer::of(lab.command().arg("--help"))?.exits(0)?.out;
    let table = help
        .split_once("Exit codes:\n")
        .ok_or("the help has no table")?
        .1;
    let of_help: Vec<(&str, &str)> = table
        .lines()
        .filter_map(|line| line.trim().split_once("  "))
        .collect();
    let page = read("docs/recordings.md")?;
    let of_page: Vec<(&str, &str)> = page
        .lines()
        .filter_map(|line| {
            line.strip_prefix("| ")?
                .strip_suffix(" |")?
                .split_once(" | ")
        })
        .filter(|(code, _)| code.parse::<u8>().is_ok())
        .collect();
    assert_eq!(of_help.len(), 5);
    assert_eq!(of_help, of_page);
    Ok(())
}

fn read(page: &str) -> Result<String, String> {
    fs::read_to_string(repository().join(page)).map_err(|error| format!("{page}: {error}"))
}

fn blocks<'a>(text: &'a str, language: &str) -> impl Iterator<Item = &'a str> {
    let start = format!("```{language}\n");
    let starts: Vec<usize> = text
        .match_indices(&start)
        .map(|(at, _)| at + start.len())
        .collect();
    starts
        .into_iter()
        .filter_map(|at| Some(text[at..].split_once("```")?.0))
}
