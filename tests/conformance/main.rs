//! The cases of conformance: each purpose has one, each names a sabotage, and one of
//! each group passes in the `vm` engine and is found out when it is sabotaged. All of
//! them are run by `--ignored`, as `just conformance` does.

use std::collections::BTreeSet;

use libtest_mimic::{Arguments, Completion, Failed, Trial};
use oracle::Proof;
use recording::Engine;
use tests::{Lab, Lesson, Need, Wanted, lessons_in};

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
    let mut trials = vec![trials::test("every-purpose-has-a-case", {
        let count = cases.len();
        move || match count >= PURPOSES {
            true => Ok(()),
            false => Err(format!("{count} of {PURPOSES}").into()),
        }
    })];
    let mut groups = BTreeSet::new();
    for case in cases {
        let is_first = groups.insert(group_of(&case.name).to_owned());
        trials.push(can_fail(&case));
        trials.extend(of_case(lab, &case, &vm).map(|trial| trial.with_ignored_flag(!is_first)));
    }
    trials::run("conformance", &arguments, trials).exit();
}

/// `dm` of `dm-o-4-1`.
fn group_of(name: &str) -> &str {
    name.split_once('-').map_or(name, |(group, _)| group)
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
    // A kernel that is known to do otherwise must do just that.
    let as_wanted = match case.scenario.deviation_of(&ran.recording.info.kernel) {
        Some(deviation) => oracle::deviates(deviation, &verdict).holds(),
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
