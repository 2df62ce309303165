//! Tests the action of this repository as a runner executes it, with a release beside it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;
use tests::{Lab, repository};

use crate::Body;
use crate::answer::Answer;
use crate::junit::SCENARIO;

pub(crate) const IN_VM: &[(&str, Body)] = &[("the-action-judges-a-scenario", judges)];

pub(crate) const ANYWHERE: &[(&str, Body)] =
    &[("the-action-names-a-release-that-is-missing", missing)];

const OWNER: &str = "owner/sctp-lab";

/// A runner: its folders, and the server that it knows.
struct Runner {
    folder: TempDir,
    path: String,
}

impl Runner {
    fn new() -> Result<Self, String> {
        let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
        for name in ["temp", "project"] {
            fs::create_dir(folder.path().join(name)).map_err(|error| error.to_string())?;
        }
        let path = std::env::var("PATH").map_err(|error| error.to_string())?;
        Ok(Self { folder, path })
    }

    fn at(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Puts a release of this lab on the server.
    fn release(&self, lab: Lab, version: &str) -> Result<(), String> {
        let name = "sctp-lab-x86_64-linux";
        let packed = self.at(name);
        fs::create_dir(&packed).map_err(|error| error.to_string())?;
        fs::copy(lab.0, packed.join("sctp-lab")).map_err(|error| error.to_string())?;
        let release = self.at(OWNER).join("releases/download").join(version);
        fs::create_dir_all(&release).map_err(|error| error.to_string())?;
        let script = format!(
            "tar --create --directory '{}' {name} | gzip --fast > {name}.tar.gz \
             && sha256sum {name}.tar.gz > {name}.tar.gz.sha256",
            self.folder.path().display()
        );
        let mut pack = Command::new("bash");
        pack.args(["-c", &script]).current_dir(&release);
        Answer::of(&mut pack)?.exits(0).map(drop)
    }

    /// Executes a step of the action, and takes over what it adds to PATH.
    fn step(&mut self, name: &str, environment: &[(&str, &str)]) -> Result<Answer, String> {
        let script = script_of(name)?;
        let added = self.at("temp/path");
        let _ = fs::remove_file(&added);
        let mut bash = Command::new("bash");
        bash.args([
            "--noprofile",
            "--norc",
            "-e",
            "-o",
            "pipefail",
            "-c",
            &script,
        ])
        .current_dir(self.at("project"))
        .env("PATH", &self.path)
        .env("RUNNER_TEMP", self.at("temp"))
        .env("GITHUB_PATH", &added)
        .env(
            "GITHUB_SERVER_URL",
            format!("file://{}", self.folder.path().display()),
        )
        .envs(environment.iter().copied());
        let answer = Answer::of(&mut bash)?;
        if let Ok(folders) = fs::read_to_string(&added) {
            for folder in folders.lines() {
                self.path = format!("{folder}:{}", self.path);
            }
        }
        Ok(answer)
    }
}

/// The script of a step of action.yml.
fn script_of(name: &str) -> Result<String, String> {
    let file: &Path = &repository().join("action.yml");
    let text = fs::read_to_string(file).map_err(|error| error.to_string())?;
    let step = text
        .split("    - name: ")
        .find(|step| step.lines().next() == Some(name))
        .ok_or_else(|| format!("action.yml has no step {name:?}"))?;
    let (_, script) = step
        .split_once("      run: |\n")
        .ok_or_else(|| format!("the step {name:?} runs nothing"))?;
    let lines = script
        .lines()
        .map_while(|line| match line.strip_prefix("        ") {
            Some(line) => Some(line),
            None => line.is_empty().then_some(line),
        });
    Ok(lines.map(|line| format!("{line}\n")).collect())
}

fn judges(lab: Lab) -> Result<(), String> {
    let mut runner = Runner::new()?;
    runner.release(lab, "v1")?;
    let tests = runner.at("project/tests");
    fs::create_dir(&tests).map_err(|error| error.to_string())?;
    let get = [("REPOSITORY", OWNER), ("VERSION", "v1"), ("ENGINE", "vm")];
    runner.step("Get the lab", &get)?.exits(0)?;
    let out = runner.at("temp/runs");
    let out = out.to_string_lossy();
    for (number, code, verdict) in [("2", 0, "failures=\"0\""), ("3", 1, "failures=\"1\"")] {
        let text = SCENARIO.replace("NUMBER", number);
        fs::write(tests.join("call.yaml"), text).map_err(|error| error.to_string())?;
        let run = [
            ("SCENARIOS", "tests/*.yaml"),
            ("ENGINE", "vm"),
            ("ARGUMENTS", "--quiet"),
            ("OUT", &out),
        ];
        runner.step("Run", &run)?.exits(code)?;
        let junit = fs::read_to_string(format!("{out}.xml")).map_err(|error| error.to_string())?;
        if !junit.contains(verdict) {
            return Err(format!("no {verdict} in {junit}"));
        }
    }
    Ok(())
}

fn missing(_: Lab) -> Result<(), String> {
    let mut runner = Runner::new()?;
    let get = [("REPOSITORY", OWNER), ("VERSION", "v9"), ("ENGINE", "vm")];
    let answer = runner.step("Get the lab", &get)?.exits(1)?;
    let expected = "::error::there is no sctp-lab-x86_64-linux in release v9 of owner/sctp-lab";
    match answer.out.contains(expected) {
        true => Ok(()),
        false => Err(answer.out),
    }
}
