//! The cases of conformance. Each purpose that concerns a stack with sockets has a case, and
//! each case names a sabotage. `docs/conformance.md` lists every group and every known
//! failure. In the `vm` engine, one case of each group passes, and fails when it is
//! sabotaged. `--ignored` runs all cases, as `just conformance` does.

mod history;

use std::collections::{BTreeMap, BTreeSet};

use libtest_mimic::{Arguments, Completion, Failed, Trial};
use oracle::Proof;
use recording::Engine;
use tests::{Lab, Lesson, Need, Wanted, lessons_in, repository};

/// How many of the 121 purposes of ETSI TS 102 369 have a case. The other four are no
/// concern of a stack with sockets: as-i-1-4, d-v-8-13, d-v-8-14 and d-v-8-15.
const PURPOSES: usize = 117;

fn main() {
    let arguments = Arguments::from_args();
    let lab = Lab(env!("CARGO_BIN_EXE_sctp-lab-under-test"));
    let vm = Need::vm();
    let cases = lessons_in("conformance");
    if vm.is_there() && !arguments.list {
        lab.prepare_vm(&cases[0]);
    }
    let mut trials = vec![
        trials::test("every-purpose-has-a-case", {
            let of_etsi = cases.iter().filter(|case| !case.name.starts_with("rfc"));
            let count = of_etsi.count();
            move || match count {
                PURPOSES => Ok(()),
                count => Err(format!("{count} of {PURPOSES}").into()),
            }
        }),
        trials::test("the-page-tells-of-all", {
            let cases = cases.clone();
            move || Ok(the_page_tells_of(&cases)?)
        }),
    ];
    let mut groups = BTreeSet::new();
    for case in cases {
        let is_first = groups.insert(group_of(&case.name).to_owned());
        trials.push(can_fail(&case));
        trials.extend(of_case(lab, &case, &vm).map(|trial| trial.with_ignored_flag(!is_first)));
    }
    trials.extend(history::all(lab, &vm));
    trials::run("conformance", &arguments, trials).exit();
}

/// The group of a case: `dm` of `dm-o-4-1`.
fn group_of(name: &str) -> &str {
    name.split_once('-').map_or(name, |(group, _)| group)
}

/// `docs/conformance.md` has a row for each group, with how many cases there are, and one
/// for each case that names a known failure.
fn the_page_tells_of(cases: &[Lesson]) -> Result<(), String> {
    let page = repository().join("docs/conformance.md");
    let page = std::fs::read_to_string(page).map_err(|error| error.to_string())?;
    let mut groups: BTreeMap<&str, usize> = BTreeMap::new();
    for case in cases {
        *groups.entry(group_of(&case.name)).or_default() += 1;
    }
    for (group, count) in groups {
        let is_row = |line: &&str| line.starts_with(&format!("| `{group}` |"));
        let row = page.lines().find(is_row);
        let row = row.ok_or_else(|| format!("no row for `{group}`"))?;
        if !row.ends_with(&format!("| {count} |")) {
            return Err(format!(
                "there are {count} of `{group}`, and the page says: {row}"
            ));
        }
    }
    for case in cases {
        let name = &case.name;
        let is_told = page.contains(&format!("| `{name}` |"));
        if is_told == case.scenario.known_failures.is_empty() {
            return Err(format!(
                "`{name}`: the page and the case differ on known failures"
            ));
        }
    }
    Ok(())
}

/// A case that nothing can make fail proves nothing.
fn can_fail(case: &Lesson) -> Trial {
    let sabotages = case.scenario.sabotages.len();
    trials::test(format!("{}::names-a-sabotage", case.name), move || {
        if sabotages == 0 {
            return Err("it names no sabotage under which it must fail".into());
        }
        Ok(())
    })
}

fn of_case(lab: Lab, case: &Lesson, vm: &Need) -> [Trial; 2] {
    let sabotaged = format!("vm::{}::sabotage-1", case.name);
    [
        vm.skippable_trial(format!("vm::{}", case.name), {
            let case = case.clone();
            move || passes(lab, &case)
        }),
        vm.skippable_trial(sabotaged, {
            let case = case.clone();
            move || is_found_out(lab, &case)
        }),
    ]
}

fn passes(lab: Lab, case: &Lesson) -> Result<Completion, Failed> {
    let ran = lab.run(&Wanted::of(case, Engine::Vm))?;
    let verdict = oracle::judge(&case.scenario, &ran.recording);
    // A kernel that is known to fail must fail in just that way.
    let as_wanted = match case.scenario.known_failure_of(&ran.recording.info.kernel) {
        Some(known) => oracle::fails_as_known(known, &verdict).holds(),
        None => verdict.passed(),
    };
    match as_wanted && ran.exit == Some(0) {
        true => Ok(Completion::Completed),
        false => Err(format!("exit code {:?}\n{}", ran.exit, ran.said).into()),
    }
}

fn is_found_out(lab: Lab, case: &Lesson) -> Result<Completion, Failed> {
    let ran = lab.run(&Wanted {
        sabotage: Some(1),
        ..Wanted::of(case, Engine::Vm)
    })?;
    let sabotage = &case.scenario.sabotages[0];
    let verdict = oracle::judge(&case.scenario.sabotaged(sabotage), &ran.recording);
    match oracle::proof(sabotage, &verdict) {
        Proof::By(_) if ran.exit == Some(0) => Ok(Completion::Completed),
        Proof::By(_) => Err(format!("exit code {:?}", ran.exit).into()),
        Proof::Nothing(why) => Err(format!("{} ({why}):\n{}", sabotage.title, ran.said).into()),
    }
}
