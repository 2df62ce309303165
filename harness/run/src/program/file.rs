//! The files of the programs in a scenario, and what keeps one from being started.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use nix::unistd::{AccessFlags, access};
use recording::{Ended, Engine};
use scenario::Scenario;
use serde::{Deserialize, Serialize};

/// The file of a program that a scenario names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProgramFile {
    /// The absolute path of the file.
    pub path: PathBuf,
    /// Whether the user named the program on the command line. A program that the lab found
    /// on PATH by itself runs only in the guest of the uml engine, which can write no file
    /// of this machine.
    pub named: bool,
}

/// Why a scenario cannot be run, where one of its programs cannot be started.
pub(crate) fn lack(
    scenario: &Scenario,
    files: &BTreeMap<String, ProgramFile>,
    engine: Engine,
) -> Option<Ended> {
    scenario.programs.iter().find_map(|program| {
        let name = &program.program;
        let saw = why_not(name, files.get(name), engine)?;
        Some(Ended::Lacking {
            capability: format!("program {name}"),
            saw,
        })
    })
}

/// Why a program cannot be started, and the remedy; `None` where it can.
pub(crate) fn why_not(name: &str, file: Option<&ProgramFile>, engine: Engine) -> Option<String> {
    let Some(ProgramFile { path, named }) = file else {
        return Some(format!(
            "the program is not on PATH; name its file: --program {name}=PATH"
        ));
    };
    let shown = path.display();
    if engine == Engine::Vm {
        return Some(
            "the guest of the vm engine has no programs of this machine: run it by \
             --engine uml or --engine native"
                .to_owned(),
        );
    }
    // Outside the guest a program has the user's rights, and the scenario chooses its
    // arguments: the user has to agree to it by name.
    if !named && engine != Engine::Uml {
        return Some(format!(
            "it was found at {shown}, and would run with your rights, by the arguments of the \
             scenario: read those, then say --program {name}; or run it by --engine uml, where \
             it can write no file of yours"
        ));
    }
    if !path.is_file() {
        return Some(format!(
            "there is no file {shown}{}",
            elsewhere(path, engine)
        ));
    }
    match access(path, AccessFlags::X_OK) {
        Ok(()) => None,
        Err(_) => Some(format!("{shown} cannot be executed: chmod +x {shown}")),
    }
}

/// The hint for a file in a folder of this machine that the guest replaces by its own.
fn elsewhere(path: &Path, engine: Engine) -> &'static str {
    let own = ["/tmp", "/run", "/dev", "/proc", "/sys"];
    if engine == Engine::Uml && own.iter().any(|it| path.starts_with(it)) {
        " in the guest: it has a /tmp and a /run of its own, so put it elsewhere"
    } else {
        ""
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(path: &str, named: bool) -> ProgramFile {
        ProgramFile {
            path: path.into(),
            named,
        }
    }

    #[test]
    fn what_is_not_there_is_said_with_the_remedy() {
        let sh = file("/bin/sh", true);
        assert_eq!(why_not("sh", Some(&sh), Engine::Native), None);
        assert_eq!(why_not("sh", Some(&sh), Engine::Uml), None);
        let words = |file: Option<&ProgramFile>, engine| why_not("sh", file, engine).unwrap();
        assert!(words(None, Engine::Native).contains("--program sh=PATH"));
        assert!(words(Some(&sh), Engine::Vm).contains("--engine uml"));
        let gone = file("/no/such/file", true);
        assert!(words(Some(&gone), Engine::Native).contains("no file /no/such/file"));
        let hidden = file("/tmp/no-such-file", true);
        assert!(words(Some(&hidden), Engine::Uml).contains("/tmp"));
    }

    #[test]
    fn what_was_found_by_itself_runs_only_where_it_can_do_no_harm() {
        let found = file("/bin/sh", false);
        assert_eq!(why_not("sh", Some(&found), Engine::Uml), None);
        let words = why_not("sh", Some(&found), Engine::Native).unwrap();
        assert!(words.contains("--program sh"), "{words}");
    }
}
