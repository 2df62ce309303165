//! Runs the requested tests in the guest, one after the other.

use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};
use std::thread;

use engine::guest::{Role, Session};

use crate::Test;
use crate::told::Told;

/// The panics of the present test, with their places: the test may have threads of its own.
static PANICS: Mutex<Vec<String>> = Mutex::new(Vec::new());

/// Runs the requested tests if this process is a guest's; otherwise returns.
pub(crate) fn run_if_guest(tests: fn() -> Vec<Test>) {
    match Role::of_this_process() {
        Some(Role::Stage0) => engine::guest::stage0(),
        Some(Role::Job) => engine::guest::job(|input, session| {
            run(tests, input, session);
            Vec::new()
        }),
        // Tests run in the emulated machine alone.
        Some(Role::Uml) | None => {}
    }
}

fn run(tests: fn() -> Vec<Test>, input: &[u8], session: &Session) {
    let wanted: BTreeSet<String> = serde_json::from_slice(input).expect("the host wrote it");
    std::panic::set_hook(Box::new(|panic| panics().push(panic.to_string())));
    for test in tests() {
        if !wanted.contains(&test.name) {
            continue;
        }
        if session.stop_requested().is_some() {
            return;
        }
        session.progress(&test.name);
        let told = Told {
            name: test.name.clone(),
            failed: failure(test),
        };
        // A result that does not fit is missed by the host, which says so.
        let _ = session.keep(&told.to_line());
    }
}

/// Why a test failed, if it did. The test has a thread of its own, which leaves nothing of
/// the test behind.
fn failure(test: Test) -> Option<String> {
    let Test { name, lack, body } = test;
    if lack.is_some() {
        return lack;
    }
    panics().clear();
    let thread = thread::Builder::new().name(name).spawn(body);
    let ended = match thread {
        Ok(thread) => thread.join(),
        Err(error) => return Some(format!("a thread for it: {error}")),
    };
    match ended {
        Ok(Ok(())) => None,
        Ok(Err(failed)) => Some(failed.message().unwrap_or("it failed").to_owned()),
        Err(_) => Some(panics().join("\n")),
    }
}

fn panics() -> std::sync::MutexGuard<'static, Vec<String>> {
    PANICS.lock().unwrap_or_else(PoisonError::into_inner)
}
