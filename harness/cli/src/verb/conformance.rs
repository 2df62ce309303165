//! `sctp-lab conformance`: chooses the cases that test a stack against the RFCs, and runs
//! or lists them.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::path::PathBuf;

use recording::Ended;

use crate::args::Remote;
use crate::args::{Conformance, Run};
use crate::console;
use crate::exit::Exit;
use crate::library::{self, Loaded};

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
        return list(&scenarios, &args.remote);
    }
    let run = Run {
        scenarios,
        site: args.site,
        stacks: args.stacks,
        sabotage: args.sabotage,
        out: args.out,
        jobs: args.jobs,
        // Under a sabotage, a case must fail by a judgement, whatever the level of the case.
        lenient: !args.strict && args.sabotage.is_none(),
        full: false,
        quiet: true,
        expect: args.expect,
        json: args.json,
        junit: args.junit,
    };
    match args.remote.is_given() {
        true => super::run::against(&run, &args.remote),
        false => super::run::run(&run),
    }
}

/// The files of the chosen cases, in the order of their names.
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

/// Whether a case has this name, or belongs to this group.
fn is_in(name: &str, group: &str) -> bool {
    let rest = name.strip_prefix(group);
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
}

/// Prints the cases, each with its title. For a stack on another host, only those cases are
/// printed that can run there, and below them what the other cases need.
fn list(scenarios: &[String], remote: &Remote) -> Exit {
    let found = library::load(scenarios);
    let mut lacks: BTreeMap<String, usize> = BTreeMap::new();
    let is_listed = |it: &&Loaded| match remote.is_given().then(|| remote.lack(&it.scenario)) {
        Some(Some(Ended::Lacking { capability, .. })) => {
            *lacks.entry(capability).or_default() += 1;
            false
        }
        _ => true,
    };
    let listed: Vec<&Loaded> = found.loaded.iter().filter(is_listed).collect();
    let width = listed.iter().map(|it| it.name.len()).max().unwrap_or(0);
    for it in &listed {
        let title = terminal::escape(&it.scenario.title);
        console::print(&format!("{:width$}  {title}\n", it.name));
    }
    if remote.is_given() {
        let (listed, all) = (listed.len(), found.loaded.len());
        console::print(&format!("\n{listed} of {all} cases; the others need\n"));
        let mut lacks: Vec<_> = lacks.into_iter().collect();
        lacks.sort_by_key(|(_, count)| Reverse(*count));
        for (lack, count) in lacks {
            console::print(&format!("  {count:3}  {lack}\n"));
        }
    }
    match found.complain() {
        true => Exit::Wrong,
        false => Exit::Passed,
    }
}
