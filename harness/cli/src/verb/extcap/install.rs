//! Installs the program that Wireshark finds.

use std::fs::{self, Permissions};
use std::io;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use ssh::quoted;

use crate::args::Extcap;
use crate::console;
use crate::exit::Exit;
use crate::library::Loaded;

/// Name of the program in Wireshark's folder.
const NAME: &str = "sctp-lab";

/// Installs a program that calls this one, for these scenarios.
pub(super) fn install(args: &Extcap, scenarios: &[Loaded]) -> Result<Exit, Exit> {
    let folder = match &args.folder {
        Some(folder) => folder.clone(),
        None => wiresharks_folder()?,
    };
    let path = folder.join(NAME);
    let written = script(args).and_then(|script| {
        fs::create_dir_all(&folder)?;
        disk::replace(&path, script.as_bytes())?;
        fs::set_permissions(&path, Permissions::from_mode(0o755))
    });
    match written {
        Ok(()) => {
            console::print(&format!(
                "{} scenarios are among Wireshark's interfaces from its next start on\n\
                 to undo it: rm {}\n",
                scenarios.len(),
                path.display()
            ));
            Ok(Exit::Passed)
        }
        Err(error) => {
            let words = format!("{}: {error}", path.display());
            let remedy = (error.kind() == io::ErrorKind::PermissionDenied).then_some(
                "name a folder of your own, --folder DIR, and start Wireshark with \
                 WIRESHARK_EXTCAP_DIR=DIR",
            );
            console::error_with_remedy(&words, remedy);
            Err(Exit::of_file(&error))
        }
    }
}

/// Wireshark starts the program in any folder, so the program changes to the folder of
/// its installation.
fn script(args: &Extcap) -> io::Result<String> {
    let words = args
        .scenarios
        .iter()
        .map(|name| format!(" {}", quoted(name)));
    Ok(format!(
        "#!/bin/sh\n# Written by `sctp-lab extcap --install`.\ncd {} || exit\nexec {} extcap{} \"$@\"\n",
        quoted(&std::env::current_dir()?.display().to_string()),
        quoted(&std::env::current_exe()?.display().to_string()),
        words.collect::<String>(),
    ))
}

/// The folder that this user's Wireshark searches, as tshark reports it.
fn wiresharks_folder() -> Result<PathBuf, Exit> {
    let said = Command::new("tshark")
        .args(["-G", "folders"])
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .output();
    let said = match said {
        Ok(said) => String::from_utf8_lossy(&said.stdout).into_owned(),
        Err(error) => {
            console::error_with_remedy(
                &format!("cannot ask tshark where its folder is: {error}"),
                Some("name Wireshark's folder for extcap programs: --folder DIR"),
            );
            return Err(Exit::CannotRun);
        }
    };
    folder_in(&said).map(Path::to_owned).ok_or_else(|| {
        console::error_with_remedy(
            "this Wireshark names no folder for extcap programs",
            Some("it is in its menu Help, About, Folders: --folder DIR"),
        );
        Exit::CannotRun
    })
}

/// The folder of extcap programs in tshark's list. The name of the user's own folder depends
/// on the version of tshark.
fn folder_in(said: &str) -> Option<&Path> {
    let named = |name: &str| {
        said.lines()
            .find_map(|line| line.strip_prefix(name)?.strip_prefix(':'))
    };
    let folder = named("Personal Extcap path").or_else(|| named("Extcap path"))?;
    Some(Path::new(folder.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_users_own_folder_comes_first() {
        let said =
            "Temp:\t/tmp\nPersonal Extcap path:\t/home/me/extcap\nGlobal Extcap path:\t/usr\n";
        assert_eq!(folder_in(said), Some(Path::new("/home/me/extcap")));
        assert_eq!(folder_in("Extcap path:\t/usr"), Some(Path::new("/usr")));
        assert_eq!(folder_in("nothing"), None);
    }
}
