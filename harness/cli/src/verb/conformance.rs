use std::path::PathBuf;

use crate::args::{Conformance, Run};
use crate::console;
use crate::exit::Exit;
use crate::library;

pub(crate) fn run(args: Conformance) -> Exit {
    let cases = match chosen(&args.groups) {
        Ok(cases) => cases,
        Err(error) => {
            console::error(&error);
            return Exit::Wrong;
        }
    };
    let scenarios: Vec<String> = cases
        .iter()
        .map(|path| path.display().to_string())
        .collect();
    if args.list {
        return list(&scenarios);
    }
    super::run::run(&Run {
        scenarios,
        place: args.place,
        stacks: args.stacks,
        sabotage: args.sabotage,
        out: args.out,
        jobs: args.jobs,
        full: false,
        quiet: true,
        expect: args.expect,
        json: args.json,
        junit: args.junit,
    })
}

/// The files of the cases that are wanted, in the order of their names.
fn chosen(groups: &[String]) -> Result<Vec<PathBuf>, String> {
    let folder = library::folder("conformance").ok_or(
        "there is no folder `conformance` here or in a folder above: go into a clone of \
         sctp-lab's repository",
    )?;
    let all = library::scenarios_in(&folder)?;
    let stem = |path: &PathBuf| {
        let stem = path.file_stem().unwrap_or_default();
        stem.to_string_lossy().into_owned()
    };
    for group in groups {
        let is_known = all.iter().any(|path| is_in(&stem(path), group));
        if !is_known {
            let mut names: Vec<String> = all.iter().map(stem).collect();
            let of_group = |name: &String| name.split('-').next().map(ToOwned::to_owned);
            names.extend(all.iter().map(stem).filter_map(|name| of_group(&name)));
            let help = library::hint(group, &names);
            let help = help.unwrap_or("`sctp-lab conformance --list` shows those there are".into());
            return Err(format!("no case or group is called `{group}`; {help}"));
        }
    }
    let is_wanted = |path: &PathBuf| {
        let name = stem(path);
        groups.is_empty() || groups.iter().any(|group| is_in(&name, group))
    };
    Ok(all.into_iter().filter(is_wanted).collect())
}

/// Whether a case is that one, or of that group.
fn is_in(name: &str, group: &str) -> bool {
    let rest = name.strip_prefix(group);
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
}

fn list(scenarios: &[String]) -> Exit {
    let found = library::load(scenarios);
    let names = found.loaded.iter().map(|it| it.name.len());
    let width = names.max().unwrap_or(0);
    for it in &found.loaded {
        let title = terminal::escape(&it.scenario.title);
        console::print(&format!("{:width$}  {title}\n", it.name));
    }
    match found.complain() {
        true => Exit::Wrong,
        false => Exit::Passed,
    }
}
