//! Findings that no scenario of the course has: `diagnose` finds each in a run of its own,
//! and not in a run without the fault. The trials of the course compare the findings of the
//! course.

use libtest_mimic::{Completion, Failed, Trial};
use oracle::Proof;
use recording::{CAPTURE, Engine};
use tests::{
    Lab, Lesson, Need, Ran, Wanted, assert_findings, assert_findings_at, capture_of, diagnosed,
    lesson, lessons_in,
};

/// Scenarios, each with an interface whose capture is diagnosed once more by itself: in a
/// capture of one interface, a direction or some of the data may be missing.
const LOOKED_AT: [(&str, &str); 2] = [
    ("asymmetric-route", "client/path-a"),
    ("not-captured", "client/path-a"),
];

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
    for (engine, need) in [(Engine::Vm, vm), (Engine::Uml, uml)] {
        let name = format!("findings::{engine}::behind-a-translation");
        trials.push(need.skippable_trial(name, move || is_one(lab, engine)));
    }
    trials
}

/// Two interfaces see a packet before and after a box has changed its port: that is one
/// association, whether they are captured in one file or in two.
fn is_one(lab: Lab, engine: Engine) -> Result<Completion, Failed> {
    let ran = lab.run(&Wanted::of(&lesson("address-translation"), engine))?;
    let both = ["client/path-a", "server/path-a"].map(|it| capture_of(&ran, it));
    let [one, other] = both;
    for files in [vec![ran.folder.join(CAPTURE)], vec![one?, other?]] {
        let all = diagnosed(lab, &files)?;
        let ports: Vec<_> = all.iter().map(|it| &it["ends"][0]["port"]).collect();
        if ports != [5001] {
            return Err(format!("associations of {files:?} from ports {ports:?}").into());
        }
        if let Some(found) = all[0]["findings"].as_array().filter(|it| !it.is_empty()) {
            return Err(format!("{files:?}: {found:?}").into());
        }
        let told = lab.command().arg("diagnose").args(&files).output()?;
        let told = String::from_utf8_lossy(&told.stdout);
        let words = "10.0.1.1:40001 is 10.0.1.1:5001 behind an address translation";
        if !told.contains(words) {
            return Err(format!("it is not told of {files:?}: {told}").into());
        }
    }
    Ok(Completion::Completed)
}

fn has_it(lab: Lab, lesson: &Lesson, engine: Engine) -> Result<Completion, Failed> {
    let ran = lab.run(&Wanted::of(lesson, engine))?;
    let verdict = oracle::judge(&lesson.scenario, &ran.recording);
    if !verdict.passed() || ran.exit != Some(0) {
        return Err(format!("exit code {:?}\n{}", ran.exit, ran.said).into());
    }
    compare(lab, lesson, &lesson.name, &ran)?;
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
    compare(lab, lesson, &format!("{}-1", lesson.name), &ran)?;
    Ok(Completion::Completed)
}

fn compare(lab: Lab, lesson: &Lesson, run: &str, ran: &Ran) -> Result<(), String> {
    assert_findings(lab, run, ran)?;
    let looked_at = LOOKED_AT.iter().filter(|(it, _)| *it == lesson.name);
    for (_, interface) in looked_at {
        assert_findings_at(lab, run, interface, ran)?;
    }
    Ok(())
}
