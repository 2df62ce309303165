//! Test programs that need something of the kernel. If this machine's kernel lacks it, a
//! test runs in the guest of the `vm` engine, and is called `vm::NAME`.
//!
//! The test program is the guest's program, too. The guest is resumed once for all tests
//! that are asked for, runs them one after the other, and hands back the result of each. If
//! the engine is not there either, these tests are ignored, with the reasons.
//! `SCTP_LAB_REQUIRE` changes this: with `native` no test is put into the guest, with `vm`
//! none is ignored.

#[cfg(target_os = "linux")]
mod inside;
#[cfg(target_os = "linux")]
mod machine;
#[cfg(target_os = "linux")]
mod outside;
#[cfg(target_os = "linux")]
mod told;

use std::process::ExitCode;

use libtest_mimic::{Arguments, Failed, Trial};

/// A test.
pub struct Test {
    /// Its name.
    pub name: String,
    /// Why the kernel that this program runs on cannot run it, if it cannot.
    pub lack: Option<String>,
    /// What it does.
    pub body: Box<dyn FnOnce() -> Result<(), Failed> + Send>,
}

/// The `main` of such a program. `tests` is called on this machine and in the guest, so
/// that each looks for what its own kernel lacks.
pub fn run(program: &str, tests: fn() -> Vec<Test>) -> ExitCode {
    #[cfg(target_os = "linux")]
    inside::run_if_guest(tests);
    let arguments = Arguments::from_args();
    let stays = |test: &Test| test.lack.is_none() || trials::is_required("native");
    let (here, elsewhere): (Vec<Test>, Vec<Test>) = tests().into_iter().partition(stays);
    let here = here.into_iter().map(here_or_fails);
    let trials = here.chain(outside::trials(elsewhere, &arguments));
    trials::run(program, &arguments, trials.collect()).exit_code()
}

/// Whether this process runs in the guest, where its changes affect nobody else.
#[must_use]
pub fn is_in_guest() -> bool {
    #[cfg(target_os = "linux")]
    return engine::guest::Role::of_this_process().is_some();
    #[cfg(not(target_os = "linux"))]
    false
}

fn here_or_fails(test: Test) -> Trial {
    let Test { name, lack, body } = test;
    trials::test(name, || match lack {
        None => body(),
        Some(lack) => Err(lack.into()),
    })
}

/// Elsewhere than on Linux no test program can be a guest's.
#[cfg(not(target_os = "linux"))]
mod outside {
    use super::{Arguments, Test, Trial};

    pub(super) fn trials(tests: Vec<Test>, _arguments: &Arguments) -> Vec<Trial> {
        let ignored = |test: Test| {
            let lack = test.lack.unwrap_or_default();
            let words = lack.clone();
            trials::test(test.name, || Err(words.into()))
                .with_kind(lack)
                .with_ignored_flag(true)
        };
        tests.into_iter().map(ignored).collect()
    }
}
