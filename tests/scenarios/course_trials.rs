//! Trials of the course: each scenario passes, and each sabotage is found out.

use std::sync::{Mutex, PoisonError};

use libtest_mimic::{Completion, Failed, Trial};
use oracle::Proof;
use recording::{Ended, Engine};
use scenario::Sabotage;
use tests::{
    Lab, Lesson, Need, Ran, Wanted, assert_exact, assert_findings, assert_flow, assert_reason,
    has_exact,
};

use crate::totals;

/// Only one run in real time goes on at a time: others would disturb it.
static NATIVE: Mutex<()> = Mutex::new(());

pub(crate) fn all(lab: Lab, course: &[Lesson], vm: &Need, uml: &Need, native: &Need) -> Vec<Trial> {
    let mut trials = Vec::new();
    for (engine, need) in [
        (Engine::Vm, vm),
        (Engine::Uml, uml),
        (Engine::Native, native),
    ] {
        for lesson in course {
            trials.extend(of_lesson(lab, lesson, engine, need));
        }
    }
    trials.extend(course.iter().map(can_fail));
    trials.push(exact(lab, course, vm));
    trials
}

/// A scenario that nothing can make fail proves nothing.
fn can_fail(lesson: &Lesson) -> Trial {
    let sabotages = lesson.scenario.sabotages.len();
    trials::test(format!("{}::names-a-sabotage", lesson.name), move || {
        if sabotages == 0 {
            return Err("it names no sabotage under which it must fail".into());
        }
        Ok(())
    })
}

fn of_lesson(lab: Lab, lesson: &Lesson, engine: Engine, need: &Need) -> Vec<Trial> {
    let name = format!("{engine}::{}", lesson.name);
    let wanted = Wanted::of(lesson, engine);
    let mut trials = vec![need.skippable_trial(&name, {
        let lesson = lesson.clone();
        let wanted = wanted.clone();
        move || passes(lab, &lesson, &wanted)
    })];
    for (index, sabotage) in lesson.scenario.sabotages.iter().enumerate() {
        let wanted = Wanted {
            sabotage: Some(index + 1),
            ..wanted.clone()
        };
        let name = format!("{name}::sabotage-{}", index + 1);
        let (lesson, sabotage) = (lesson.clone(), sabotage.clone());
        trials.push(
            need.skippable_trial(name, move || is_found_out(lab, &lesson, &sabotage, &wanted)),
        );
    }
    trials
}

pub(crate) fn passes(lab: Lab, lesson: &Lesson, wanted: &Wanted) -> Result<Completion, Failed> {
    let ran = run(lab, wanted)?;
    let verdict = oracle::judge(&lesson.scenario, &ran.recording);
    if let Some(skip) = &verdict.skipped {
        return Ok(Completion::ignored_with(skip));
    }
    if !verdict.passed() || ran.exit != Some(0) {
        return Err(format!("exit code {:?}\n{}", ran.exit, ran.said).into());
    }
    if ran.recording.info.ended != Ended::Complete {
        return Err(format!("it ended early: {:?}", ran.recording.info.ended).into());
    }
    assert_flow(&lesson.name, &ran.recording);
    assert_findings(lab, &lesson.name, &ran)?;
    if wanted.engine == Engine::Vm {
        assert_exact(&lesson.name, &ran.recording)?;
        totals::report(&ran.recording, &lesson.scenario, &verdict)?;
    }
    Ok(Completion::Completed)
}

pub(crate) fn is_found_out(
    lab: Lab,
    lesson: &Lesson,
    sabotage: &Sabotage,
    wanted: &Wanted,
) -> Result<Completion, Failed> {
    let ran = run(lab, wanted)?;
    let verdict = oracle::judge(&lesson.scenario.sabotaged(sabotage), &ran.recording);
    if let Some(skip) = &verdict.skipped {
        return Ok(Completion::ignored_with(skip));
    }
    let complaint = if ran.recording.info.sabotage.as_ref() != Some(&sabotage.title) {
        "the recording does not say that it was sabotaged".to_owned()
    } else {
        match oracle::proof(sabotage, &verdict) {
            Proof::Nothing(why) => why,
            // The run failed as the sabotage wants, and its exit code is wrong.
            Proof::By(_) if ran.exit != Some(0) => format!("exit code {:?}", ran.exit),
            Proof::By(judgement) => {
                let number = wanted.sabotage.unwrap_or_default();
                let name = format!("{}-{number}", lesson.name);
                assert_reason(&name, &judgement, &ran.recording)?;
                assert_findings(lab, &name, &ran)?;
                return Ok(Completion::Completed);
            }
        }
    };
    Err(format!("{} ({complaint}):\n{}", sabotage.title, ran.said).into())
}

/// Whether there are exact snapshots for this kernel, with which every packet of the course
/// is compared.
pub(crate) fn exact(lab: Lab, course: &[Lesson], vm: &Need) -> Trial {
    let wanted = Wanted::of(&course[0], Engine::Vm);
    vm.skippable_trial("exact-snapshots", move || {
        let ran = run(lab, &wanted)?;
        Ok(match has_exact(&ran.recording) {
            Ok(()) => Completion::Completed,
            Err(why) => Completion::ignored_with(why),
        })
    })
}

fn run(lab: Lab, wanted: &Wanted) -> Result<Ran, Failed> {
    let _alone = (wanted.engine == Engine::Native)
        .then(|| NATIVE.lock().unwrap_or_else(PoisonError::into_inner));
    let ran = lab.run(wanted)?;
    totals::add(&ran.recording);
    Ok(ran)
}
