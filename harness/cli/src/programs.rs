//! Finds the files of a scenario's programs.

use std::collections::{BTreeMap, BTreeSet};
use std::env;
use std::path::{Path, PathBuf};

use engine::ProgramFile;
use scenario::Scenario;

use super::args::Site;
use super::console;
use super::exit::Exit;
use super::given::Named;

/// Programs that speak SCTP, or can be used with it, and have the same name everywhere:
/// the lab looks for them on `PATH`.
const WELL_KNOWN: &[&str] = &[
    "erl",
    "iperf3",
    "ncat",
    "nft",
    "python3",
    "sctp_darn",
    "sctp_test",
    "socat",
];

/// A program without a known file, and the remedy.
pub(crate) struct Unknown {
    pub(crate) words: String,
    pub(crate) remedy: String,
}

/// The files of the scenario's programs. Prints which were found on `PATH`, and an error
/// for those without a file.
pub(crate) fn files(
    site: &Site,
    scenario: &Scenario,
) -> Result<BTreeMap<String, ProgramFile>, Exit> {
    let files = find(site, scenario).map_err(|unknown| {
        for Unknown { words, remedy } in &unknown {
            console::error_with_remedy(words, Some(remedy));
        }
        Exit::Wrong
    })?;
    for (name, file) in files.iter().filter(|(_, file)| !file.named) {
        let path = file.path.display();
        console::mention(&format!("`{name}` is {path}, found on PATH"));
    }
    Ok(files)
}

/// As [`files`], without output. A well-known program that is not installed has no file.
pub(crate) fn find(
    site: &Site,
    scenario: &Scenario,
) -> Result<BTreeMap<String, ProgramFile>, Vec<Unknown>> {
    let mut files = BTreeMap::new();
    let mut unknown = Vec::new();
    let names = scenario.programs.iter().map(|it| it.program.as_str());
    for name in names.collect::<BTreeSet<&str>>() {
        match file(site, scenario, name) {
            Ok(file) => files.extend(file.map(|file| (name.to_owned(), file))),
            Err(why) => unknown.push(why),
        }
    }
    match unknown.is_empty() {
        true => Ok(files),
        false => Err(unknown),
    }
}

/// Reports programs on the command line that no scenario runs. Returns whether there were
/// any.
pub(crate) fn complain_of_strangers(site: &Site, scenarios: &[&Scenario]) -> bool {
    let known: BTreeSet<&str> = scenarios
        .iter()
        .flat_map(|scenario| &scenario.programs)
        .map(|program| program.program.as_str())
        .collect();
    let given = site.program.iter().map(|it| it.name.as_str());
    let strangers: Vec<&str> = given.filter(|name| !known.contains(name)).collect();
    for name in &strangers {
        let known: Vec<&str> = known.iter().copied().collect();
        let there = match known.is_empty() {
            true => "there is no program in it".to_owned(),
            false => format!("what can be named is {}", known.join(", ")),
        };
        console::error(&format!(
            "--program {name}: no scenario here runs it; {there}"
        ));
    }
    !strangers.is_empty()
}

fn file(site: &Site, scenario: &Scenario, name: &str) -> Result<Option<ProgramFile>, Unknown> {
    let which = format!(
        "--program {name}=PATH says which file it is, or `programs: {{{name}: PATH}}` in a file \
         of your own, and --lab FILE"
    );
    let unknown = |words: String| Unknown {
        words,
        remedy: which.clone(),
    };
    let of_files = site.lab.iter().flat_map(|it| &it.programs);
    let given = of_files.chain(&site.program).rfind(|it| it.name == name);
    if let Some(Named { path, .. }) = given {
        let found = match path {
            Some(path) => path.is_file().then(|| absolute(path)),
            None => on_path(name),
        };
        let named = true;
        return match (found, path) {
            (Some(path), _) => Ok(Some(ProgramFile { path, named })),
            // The path is on the box, not here.
            (None, Some(path)) if site.machine.is_some() => {
                let path = path.clone();
                Ok(Some(ProgramFile { path, named }))
            }
            (None, Some(path)) => {
                let path = path.display();
                Err(unknown(format!(
                    "--program {name}: there is no file {path}"
                )))
            }
            (None, None) => Err(unknown(format!("--program {name}: there is none on PATH"))),
        };
    }
    if !WELL_KNOWN.contains(&name) {
        let scenario = &scenario.name;
        return Err(unknown(format!(
            "{scenario} runs a program `{name}`: which file is that?"
        )));
    }
    let named = false;
    Ok(on_path(name).map(|path| ProgramFile { path, named }))
}

/// Links are not resolved: some programs depend on the name by which they are called.
fn absolute(path: &Path) -> PathBuf {
    std::path::absolute(path).unwrap_or_else(|_| path.to_owned())
}

fn on_path(name: &str) -> Option<PathBuf> {
    let path = env::var_os("PATH")?;
    let files = env::split_paths(&path).map(|folder| folder.join(name));
    let mut files = files.filter(|file| file.is_absolute());
    files.find(|file| file.is_file())
}
