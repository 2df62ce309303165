//! Tests that every scenario of the course passes on every available engine, and fails
//! under each of its sabotages.

mod course_trials;
mod exercises;
mod findings;
mod soak;
mod totals;

use libtest_mimic::Arguments;
use recording::Engine;
use tests::{Lab, Need, course};

fn main() {
    let arguments = Arguments::from_args();
    let lab = Lab(env!("CARGO_BIN_EXE_sctp-lab-under-test"));
    let (vm, uml, native) = (Need::vm(), Need::uml(), Need::native());
    let course = course();
    // Listing must cost nothing.
    if vm.is_there() && !arguments.list {
        lab.prepare_vm(&course[0]);
    }
    let mut trials = course_trials::all(lab, &course, &vm, &uml, &native);
    trials.extend(exercises::all(lab, &course, Engine::Vm, &vm));
    trials.extend(exercises::all(lab, &course, Engine::Uml, &uml));
    trials.extend(findings::all(lab, &vm, &uml));
    trials.extend(soak::all(lab, &course, &vm, &uml));
    let began = std::time::Instant::now();
    let conclusion = trials::run("scenarios", &arguments, trials);
    if let Some(words) = totals::words(began.elapsed()) {
        println!("{words}");
    }
    conclusion.exit();
}
