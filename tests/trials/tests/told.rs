//! Tests that the results of trials are in the JUnit file, and that the program still
//! fails.

use std::process::{Command, ExitCode};

use libtest_mimic::{Arguments, Completion, Trial};
use quick_junit::{NonSuccessKind, Report, TestCaseStatus};

/// This variable is set in a child of this test, whose trials the results are about.
const CHILD: &str = "SCTP_LAB_TEST_TRIALS";

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    if std::env::var_os(CHILD).is_some() {
        return trials::run("child", &arguments, examples()).exit_code();
    }
    let trials = vec![trials::test("results-stand-in-the-file", || {
        told();
        Ok(())
    })];
    trials::run("trials-told", &arguments, trials).exit_code()
}

fn examples() -> Vec<Trial> {
    vec![
        trials::test("passes", || Ok(())),
        trials::test("fails", || Err("one\nand <two>".into())),
        trials::test("panics", || panic!("at {}", 3)),
        trials::test_or_skip("finds-out", || Ok(Completion::ignored_with("no I-DATA"))),
        trials::test("needs", || Ok(()))
            .with_kind("no QEMU")
            .with_ignored_flag(true),
    ]
}

fn told() {
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("junit");
    let read = |arguments: &[&str]| {
        let program = std::env::current_exe().expect("it has a name");
        let output = Command::new(program)
            .args(arguments)
            .env(CHILD, "1")
            .env("SCTP_LAB_JUNIT", &folder)
            .output()
            .expect("it starts");
        let file = std::fs::read(folder.join("child.xml")).expect("it was written");
        let report = Report::deserialize(std::io::Cursor::new(file)).expect("it is JUnit");
        (output.status.success(), report)
    };
    let (passed, report) = read(&[]);
    assert!(!passed);
    let numbers = (report.tests, report.failures, report.skipped, report.errors);
    assert_eq!(numbers, (5, 2, 2, 0));
    let cases = &report.test_suites[0].test_cases;
    let words: Vec<(&str, Option<&str>, Option<&str>)> = cases
        .iter()
        .map(|case| match &case.status {
            TestCaseStatus::Success { .. } => (case.name.as_str(), None, None),
            TestCaseStatus::NonSuccess {
                kind,
                message,
                description,
                ..
            } => {
                assert_eq!(*kind, NonSuccessKind::Failure);
                (
                    case.name.as_str(),
                    message.as_deref(),
                    description.as_deref(),
                )
            }
            TestCaseStatus::Skipped { message, .. } => {
                (case.name.as_str(), message.as_deref(), None)
            }
        })
        .collect();
    assert_eq!(
        words,
        [
            ("fails", Some("one"), Some("one\nand <two>")),
            ("finds-out", Some("no I-DATA"), None),
            ("panics", Some("at 3"), Some("at 3")),
            ("passes", None, None),
            ("needs", Some("no QEMU"), None),
        ]
    );
    let (passed, report) = read(&["--exact", "passes"]);
    assert!(passed);
    assert_eq!((report.tests, report.skipped), (1, 0));
}
