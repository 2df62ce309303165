//! apt, the package manager of Debian and Ubuntu, as far as provisioning needs it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use process::Output;

use super::cache::Cache;
use super::error::{Doing, VmError};
use super::path;

/// The apt of this machine.
#[derive(Debug, Clone)]
pub(crate) struct Apt {
    root: bool,
    limit: Duration,
    /// The folder of the lab's own package lists; `None` for the system's lists.
    lists: Option<PathBuf>,
}

/// One version of a package, as the package lists describe it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Record {
    pub(crate) version: String,
    /// Names of the packages that it depends on; of alternatives, only the first.
    pub(crate) depends: Vec<String>,
}

/// Time limit for fetching packages over a slow line.
const PATIENCE: Duration = Duration::from_secs(1800);

impl Apt {
    pub(crate) fn find() -> Option<Self> {
        let all_there = ["apt-get", "apt-cache", "dpkg-deb"]
            .iter()
            .all(|program| path::find(program).is_some());
        all_there.then(|| Self {
            root: nix::unistd::geteuid().is_root(),
            limit: PATIENCE,
            lists: None,
        })
    }

    /// apt with the lab's own, fresh package lists of these suites, for x86-64. The suites
    /// are those of the archive that the system's packages come from; the system's own
    /// lists are left as they are. `None` if that archive is not Debian's.
    pub(crate) fn of_debian(self, cache: &Cache, suites: &[&str]) -> Result<Option<Self>, VmError> {
        let Some(archive) = self.archive()? else {
            return Ok(None);
        };
        let folder = cache.root().join("apt").join(suites.join("+"));
        let doing = || format!("making {}", folder.display());
        for name in ["lists/partial", "cache/archives/partial"] {
            fs::create_dir_all(folder.join(name)).doing(doing)?;
        }
        let sources = suites
            .iter()
            .map(|suite| format!("deb {archive} {suite} main\n"));
        fs::write(folder.join("sources.list"), sources.collect::<String>()).doing(doing)?;
        let own = Self {
            lists: Some(folder),
            ..self
        };
        own.update()?;
        Ok(Some(own))
    }

    /// The archive that the machine's own packages come from, if it is Debian's.
    fn archive(&self) -> Result<Option<String>, VmError> {
        let mut targets = self.get(&["indextargets"]);
        targets.args(["--format", "$(ORIGIN) $(LABEL) $(REPO_URI)"]);
        let targets = self.succeed(&mut targets)?;
        let of_debian = targets
            .lines()
            .find_map(|line| line.strip_prefix("Debian Debian "));
        Ok(of_debian.map(str::to_owned))
    }

    /// Sets the time limit of each command. `None` keeps the limit that it has.
    pub(crate) fn within(self, limit: Option<Duration>) -> Self {
        Self {
            limit: limit.unwrap_or(self.limit),
            ..self
        }
    }

    /// Whether this process may install packages and update the system's package lists.
    pub(crate) fn is_root(&self) -> bool {
        self.root
    }

    pub(crate) fn update(&self) -> Result<(), VmError> {
        self.succeed(&mut self.get(&["update"])).map(drop)
    }

    pub(crate) fn install(&self, package: &str) -> Result<(), VmError> {
        let install = ["install", "--no-install-recommends"];
        // The download, which may take long over a slow line, comes first: to end it at
        // the time limit does no harm.
        self.succeed(self.get(&install).args(["--download-only", package]))?;
        // Another apt may hold the lock.
        let wait = format!("DPkg::Lock::Timeout={}", self.limit.as_secs().min(300));
        self.succeed(self.get(&install).args(["-o", &wait, package]))
            .map(drop)
    }

    /// Puts the package's file into `folder`, without installing it.
    pub(crate) fn download(&self, package: &str, folder: &Path) -> Result<(), VmError> {
        let mut command = self.get(&["download", package]);
        self.succeed(command.current_dir(folder)).map(drop)
    }

    pub(crate) fn unpack(&self, package_file: &Path, folder: &Path) -> Result<(), VmError> {
        self.succeed(quiet("dpkg-deb").arg("-x").arg(package_file).arg(folder))
            .map(drop)
    }

    /// The names of packages in the lists that match a regular expression.
    #[cfg(target_os = "linux")]
    pub(crate) fn search(&self, names: &str) -> Result<Vec<String>, VmError> {
        let mut command = self.asking("apt-cache");
        let found = self.succeed(command.args(["search", "--names-only", names]))?;
        let names = found.lines().filter_map(|line| line.split(' ').next());
        Ok(names.map(str::to_owned).collect())
    }

    /// A package in each of its versions, the newest first.
    pub(crate) fn records(&self, package: &str) -> Result<Vec<Record>, VmError> {
        let mut command = self.asking("apt-cache");
        let output = self.run(command.args(["show", package]))?;
        // For a package that is not in the lists the command fails and prints no record.
        let text = String::from_utf8_lossy(&output.stdout);
        Ok(text.split("\n\n").filter_map(record).collect())
    }

    /// The dependencies of a package in its newest version. `None` if the lists do not have
    /// the package.
    pub(crate) fn dependencies(&self, package: &str) -> Result<Option<Vec<String>>, VmError> {
        let newest = self.records(package)?.into_iter().next();
        Ok(newest.map(|newest| newest.depends))
    }

    /// Runs a command that must succeed, and returns its standard output.
    fn succeed(&self, command: &mut Command) -> Result<String, VmError> {
        let output = self.run(command)?;
        if output.status.success() {
            return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
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

    fn run(&self, command: &mut Command) -> Result<Output, VmError> {
        process::run(command, b"", self.limit).map_err(|error| VmError::PackageManager {
            command: words(command),
            reason: error.to_string(),
        })
    }

    fn get(&self, arguments: &[&str]) -> Command {
        let mut command = self.asking("apt-get");
        command.args(["-y", "-q"]).args(arguments);
        command
    }

    /// A command that reads these package lists.
    fn asking(&self, program: &str) -> Command {
        let mut command = quiet(program);
        if let Some(folder) = self.lists.as_ref().map(|folder| folder.display()) {
            for option in [
                format!("Dir::Etc::sourcelist={folder}/sources.list"),
                "Dir::Etc::sourceparts=-".to_owned(),
                format!("Dir::State::Lists={folder}/lists"),
                format!("Dir::Cache={folder}/cache"),
                // The kernels are for the guest, whatever this machine is.
                "APT::Architecture=amd64".to_owned(),
                "APT::Architectures=amd64".to_owned(),
            ] {
                command.args(["-o", &option]);
            }
        }
        if self.root {
            // The user `_apt`, to whom apt would switch, cannot write into the user's
            // cache.
            command.args(["-o", "APT::Sandbox::User=root"]);
        }
        command
    }
}

/// A package's record, as `apt-cache show` prints it.
fn record(text: &str) -> Option<Record> {
    let field = |name: &str| text.lines().find_map(|line| line.strip_prefix(name));
    let depends = field("Depends:").unwrap_or_default().split(',');
    Some(Record {
        version: field("Version:")?.trim().to_owned(),
        depends: depends
            .filter_map(|dependency| dependency.split_whitespace().next())
            .map(str::to_owned)
            .collect(),
    })
}

/// A command that asks the user nothing and speaks English.
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
        let text = "Package: linux-image-cloud-amd64\n\
                      Version: 6.1.158-1\n\
                      Depends: linux-image-6.1.0-41-cloud-amd64 (= 6.1.158-1), a | b\n\
                      Description: Linux for x86-64 cloud\n";
        let record = record(text).expect("it is one");
        assert_eq!(record.version, "6.1.158-1");
        assert_eq!(record.depends, ["linux-image-6.1.0-41-cloud-amd64", "a"]);
        assert_eq!(super::record(""), None);
    }

    fn apt(milliseconds: u64) -> Apt {
        Apt {
            root: false,
            limit: Duration::from_millis(milliseconds),
            lists: None,
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
