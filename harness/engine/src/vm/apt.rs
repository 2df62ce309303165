//! Debian's and Ubuntu's package manager, as far as provisioning needs it.

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use process::Output;

use super::error::VmError;
use super::path;

/// A machine that has apt.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Apt {
    root: bool,
    limit: Duration,
}

/// What fetching may take over a slow line.
const PATIENCE: Duration = Duration::from_secs(1800);

impl Apt {
    pub(crate) fn find() -> Option<Self> {
        let all_there = ["apt-get", "apt-cache", "dpkg-deb"]
            .iter()
            .all(|program| path::find(program).is_some());
        all_there.then(|| Self {
            root: nix::unistd::geteuid().is_root(),
            limit: PATIENCE,
        })
    }

    /// Gives each of its programs so long, instead of what a slow line needs.
    pub(crate) fn within(self, limit: Option<Duration>) -> Self {
        Self {
            limit: limit.unwrap_or(self.limit),
            ..self
        }
    }

    /// Whether it may install packages and update the lists of them.
    pub(crate) fn is_root(self) -> bool {
        self.root
    }

    pub(crate) fn update(self) -> Result<(), VmError> {
        self.succeed(&mut get(&["update"]))
    }

    pub(crate) fn install(self, package: &str) -> Result<(), VmError> {
        let install = ["install", "--no-install-recommends"];
        // All that may take long over a slow line comes first: there it does no harm
        // to be ended.
        self.succeed(get(&install).args(["--download-only", package]))?;
        // Another apt may be at work.
        let wait = format!("DPkg::Lock::Timeout={}", self.limit.as_secs().min(300));
        self.succeed(get(&install).args(["-o", &wait, package]))
    }

    /// Puts the package's file into `folder`, without installing it.
    pub(crate) fn download(self, package: &str, folder: &Path) -> Result<(), VmError> {
        let mut command = get(&["download", package]);
        if self.root {
            // apt's own user cannot write into the user's cache.
            command.args(["-o", "APT::Sandbox::User=root"]);
        }
        self.succeed(command.current_dir(folder))
    }

    pub(crate) fn unpack(self, package_file: &Path, folder: &Path) -> Result<(), VmError> {
        self.succeed(quiet("dpkg-deb").arg("-x").arg(package_file).arg(folder))
    }

    /// What the package depends on, in its newest version. `None` if there is
    /// no such package in the lists.
    pub(crate) fn dependencies(self, package: &str) -> Result<Option<Vec<String>>, VmError> {
        let mut command = quiet("apt-cache");
        command.args(["show", "--no-all-versions", package]);
        let output = self.run(&mut command)?;
        let record = String::from_utf8_lossy(&output.stdout);
        Ok((output.status.success() && !record.trim().is_empty()).then(|| depends(&record)))
    }

    fn succeed(self, command: &mut Command) -> Result<(), VmError> {
        let output = self.run(command)?;
        if output.status.success() {
            return Ok(());
        }
        let lines: Vec<_> = output
            .stderr
            .lines()
            .filter(|line| !line.is_empty())
            .collect();
        Err(VmError::PackageManager {
            command: words(command),
            reason: lines[lines.len().saturating_sub(5)..].join("; "),
        })
    }

    fn run(self, command: &mut Command) -> Result<Output, VmError> {
        process::run(command, b"", self.limit).map_err(|error| VmError::PackageManager {
            command: words(command),
            reason: error.to_string(),
        })
    }
}

/// The names in the `Depends:` line of a package's record, first alternatives
/// only.
fn depends(record: &str) -> Vec<String> {
    let line = record
        .lines()
        .find_map(|line| line.strip_prefix("Depends:"))
        .unwrap_or_default();
    line.split(',')
        .filter_map(|dependency| dependency.split_whitespace().next())
        .map(str::to_owned)
        .collect()
}

fn get(arguments: &[&str]) -> Command {
    let mut command = quiet("apt-get");
    command.args(["-y", "-q"]).args(arguments);
    command
}

/// Never asks anything.
fn quiet(program: &str) -> Command {
    let mut command = Command::new(program);
    command
        .env("DEBIAN_FRONTEND", "noninteractive")
        .env("LC_ALL", "C");
    command
}

fn words(command: &Command) -> String {
    let mut words = command.get_program().to_string_lossy().into_owned();
    for argument in command.get_args() {
        words.push(' ');
        words.push_str(&argument.to_string_lossy());
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_metapackage_names_the_kernel_it_stands_for() {
        let record = "Package: linux-image-cloud-amd64\n\
                      Depends: linux-image-6.1.0-41-cloud-amd64 (= 6.1.158-1), a | b\n\
                      Description: Linux for x86-64 cloud\n";
        assert_eq!(depends(record), ["linux-image-6.1.0-41-cloud-amd64", "a"]);
        assert!(depends("Package: x\n").is_empty());
    }

    fn apt(milliseconds: u64) -> Apt {
        Apt {
            root: false,
            limit: Duration::from_millis(milliseconds),
        }
    }

    #[test]
    fn one_that_hangs_is_ended() {
        let mut command = quiet("sh");
        command.args(["-c", "sleep 1000"]);
        let error = apt(100).succeed(&mut command).unwrap_err();
        assert!(error.is_unavailable());
        assert!(
            error
                .to_string()
                .ends_with("it was still running after 0.1 s, and was ended"),
            "{error}"
        );
    }

    #[test]
    fn a_failure_carries_the_command_and_its_last_words() {
        let mut command = quiet("sh");
        command.args(["-c", "echo no such thing >&2; exit 100"]);
        let error = apt(60_000).succeed(&mut command).unwrap_err();
        assert!(error.is_unavailable());
        assert!(
            error.to_string().ends_with("failed: no such thing"),
            "{error}"
        );
    }
}
