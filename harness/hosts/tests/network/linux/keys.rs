//! The SSH keys of the tests, and an `ssh` that knows only the hosts of the tests.

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;
use std::process::Command;

use trials::which;

const VARIABLE: &str = "SCTP_LAB_TEST_KEYS";

/// The port of every sshd.
pub(super) const PORT: u16 = 2222;

/// The folder with the keys: `host`, which the client knows as the key of every sshd;
/// `other`, which the client does not know; and `user`.
pub(super) struct Keys;

impl Keys {
    pub(super) fn are_there() -> bool {
        std::env::var_os(VARIABLE).is_some()
    }

    pub(super) fn path(name: &str) -> PathBuf {
        PathBuf::from(std::env::var_os(VARIABLE).unwrap()).join(name)
    }

    /// Makes the keys, and runs this program again with the `ssh` of the tests first on its
    /// `PATH`, where the programs that it starts find it.
    pub(super) fn make_and_run_again() -> ! {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        for key in ["host", "other", "user"] {
            let made = Command::new("ssh-keygen")
                .args(["-q", "-t", "ed25519", "-N", "", "-C", "test", "-f"])
                .arg(path(key))
                .status();
            assert!(made.unwrap().success());
        }
        let key = fs::read_to_string(path("host.pub")).unwrap();
        let known = format!("[10.0.1.2]:{PORT},[10.0.2.2]:{PORT} {key}");
        fs::write(path("known_hosts"), known).unwrap();
        let config = format!(
            "UserKnownHostsFile {}\nGlobalKnownHostsFile /dev/null\n",
            path("known_hosts").display()
        );
        fs::write(path("config"), config).unwrap();
        fs::create_dir(path("bin")).unwrap();
        let ssh = format!(
            "#!/bin/sh\nexec {} -F '{}' \"$@\"\n",
            which("ssh").unwrap().display(),
            path("config").display()
        );
        fs::write(path("bin/ssh"), ssh).unwrap();
        fs::set_permissions(path("bin/ssh"), Permissions::from_mode(0o755)).unwrap();
        // Debian's sshd, started by root, needs this folder to separate its privileges.
        let _ = fs::create_dir_all("/run/sshd");
        let old = std::env::var("PATH").unwrap_or_default();
        let status = Command::new(std::env::current_exe().unwrap())
            .args(std::env::args_os().skip(1))
            .env(VARIABLE, folder.path())
            .env("PATH", format!("{}:{old}", path("bin").display()))
            .status()
            .unwrap();
        drop(folder);
        std::process::exit(status.code().unwrap_or(1));
    }
}
