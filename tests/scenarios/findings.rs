//! Findings that no scenario of the course has: each is found in a run of its own, and
//! not where the fault is left out. Those of the course are compared by its own trials.

use libtest_mimic::{Completion, Failed, Trial};
use oracle::Proof;
use recording::Engine;
use tests::{Lab, Lesson, Need, Wanted, assert_findings, lessons_in};

pub(crate) fn all(lab: Lab, vm: &Need, uml: &Need) -> Vec<Trial> {
    let mut trials = Vec::new();
    for lesson in lessons_in("findings") {
        for (engine, need) in [(Engine::Vm, vm), (Engine::Uml, uml)] {
            let name = format!("findings::{engine}::{}", lesson.name);
            let [with, without] = [lesson.clone(), lesson.clone()];
            trials.push(need.skippable_trial(&name, move || has_it(lab, &with, engine)));
            trials.push(need.skippable_trial(format!("{name}::without"), move || {
                has_it_not(lab, &without, engine)
            }));
        }
    }
    trials
}

fn has_it(lab: Lab, lesson: &Lesson, engine: Engine) -> Result<Completion, Failed> {
    let ran = lab.run(&Wanted::of(lesson, engine))?;
    let verdict = oracle::judge(&lesson.scenario, &ran.recording);
    if !verdict.passed() || ran.exit != Some(0) {
        return Err(format!("exit code {:?}\n{}", ran.exit, ran.said).into());
    }
    assert_findings(lab, &lesson.name, &ran)?;
    Ok(Completion::Completed)
}

fn has_it_not(lab: Lab, lesson: &Lesson, engine: Engine) -> Result<Completion, Failed> {
    let ran = lab.run(&Wanted {
        sabotage: Some(1),
        ..Wanted::of(lesson, engine)
    })?;
    let sabotage = lesson.scenario.sabotages.first();
    let sabotage = sabotage.ok_or("it names no sabotage: a run without the fault")?;
    let verdict = oracle::judge(&lesson.scenario.sabotaged(sabotage), &ran.recording);
    if let Proof::Nothing(why) = oracle::proof(sabotage, &verdict) {
        return Err(format!("{} ({why}):\n{}", sabotage.title, ran.said).into());
    }
    assert_findings(lab, &format!("{}-1", lesson.name), &ran)?;
    Ok(Completion::Completed)
}
