//! Runs tests in the guest of a child process, and reads the child's JUnit file.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Command, ExitCode};

use engine::guest::Role;
use guest::Test;
use libtest_mimic::{Arguments, Completion, Failed};
use quick_junit::{Report, TestCaseStatus};

/// This variable is set in a child of this program, which runs the tests that results are
/// about.
const CHILD: &str = "SCTP_LAB_TEST_GUEST";

pub(crate) fn main() -> ExitCode {
    // In the guest this variable is not set.
    if std::env::var_os(CHILD).is_some() || Role::of_this_process().is_some() {
        return guest::run("guest-child", examples);
    }
    let trials = vec![
        trials::test_or_skip("each-is-told-of", each),
        trials::test_or_skip("a-guest-that-dies-is-told-of", dying),
        trials::test("without-the-engine-they-are-ignored", without),
        trials::test("what-is-required-fails", required),
    ];
    trials::run("guest-told", &Arguments::from_args(), trials).exit_code()
}

fn examples() -> Vec<Test> {
    const NOT_HERE: Option<&str> = Some("only process 1 can");
    let lack = NOT_HERE.filter(|_| std::process::id() != 1);
    let test = |name: &str, lack: Option<&str>, body: fn() -> Result<(), Failed>| Test {
        name: name.into(),
        lack: lack.map(Into::into),
        body: Box::new(body),
    };
    vec![
        test("each::here", None, || {
            assert_ne!(std::process::id(), 1);
            Ok(())
        }),
        test("each::passes", lack, || {
            assert_eq!(std::process::id(), 1);
            Ok(())
        }),
        test("each::fails", lack, || Err("one\nand <two>".into())),
        test("each::panics", lack, || panic!("at {}", 3)),
        test("each::lacks", NOT_HERE, || Ok(())),
        test("dying::passes", lack, || Ok(())),
        test("dying::dies", lack, || std::process::exit(0)),
        test("dying::waits", lack, || Ok(())),
    ]
}

fn each() -> Result<Completion, Failed> {
    let came = Came::of("each::", &[]);
    if let Some(ignored) = came.ignored() {
        return Ok(ignored);
    }
    assert_eq!(came.cases.len(), 5, "{:?}", came.cases);
    assert_eq!(came.words("each::here"), "passed");
    assert_eq!(came.words("vm::each::passes"), "passed");
    assert_eq!(came.words("vm::each::fails"), "failed: one\nand <two>");
    let panicked = came.words("vm::each::panics");
    assert!(
        panicked.contains("linux.rs:") && panicked.contains("at 3"),
        "{panicked}"
    );
    assert_eq!(came.words("vm::each::lacks"), "failed: only process 1 can");
    assert!(!came.succeeded);
    Ok(Completion::Completed)
}

fn dying() -> Result<Completion, Failed> {
    let came = Came::of("dying::", &[]);
    if let Some(ignored) = came.ignored() {
        return Ok(ignored);
    }
    assert_eq!(came.words("vm::dying::passes"), "passed");
    for missing in ["vm::dying::dies", "vm::dying::waits"] {
        let words = came.words(missing);
        assert!(
            words.contains("the last that began is dying::dies"),
            "{words}"
        );
        assert!(words.contains("Attempted to kill init"), "{words}");
    }
    assert!(!came.succeeded);
    Ok(Completion::Completed)
}

fn without() -> Result<(), Failed> {
    let came = Came::of("dying::", &[("PATH", "")]);
    assert_eq!(came.cases.len(), 3, "{:?}", came.cases);
    for words in came.cases.values() {
        assert!(
            words.starts_with("ignored: only process 1 can; no vm engine: "),
            "{words}"
        );
    }
    assert!(came.succeeded);
    Ok(())
}

fn required() -> Result<(), Failed> {
    let came = Came::of("dying::", &[("PATH", ""), ("SCTP_LAB_REQUIRE", "vm")]);
    let words = came.words("vm::dying::passes");
    assert!(
        words.starts_with("failed: only process 1 can; no vm engine: "),
        "{words}"
    );
    assert!(!came.succeeded);
    let came = Came::of("dying::", &[("SCTP_LAB_REQUIRE", "native")]);
    assert_eq!(came.words("dying::passes"), "failed: only process 1 can");
    assert!(!came.succeeded);
    Ok(())
}

/// The results of a child's tests.
struct Came {
    succeeded: bool,
    cases: BTreeMap<String, String>,
}

impl Came {
    /// Runs the child's tests whose names contain `part`.
    fn of(part: &str, environment: &[(&str, &str)]) -> Self {
        let name = format!("guest-{}-{}", part.trim_matches(':'), environment.len());
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        let program = std::env::current_exe().expect("it has a name");
        let status = Command::new(program)
            .arg(part)
            .env_remove("SCTP_LAB_REQUIRE")
            .envs(environment.iter().copied())
            .env(CHILD, "1")
            .env("SCTP_LAB_JUNIT", &folder)
            .stdout(std::process::Stdio::null())
            .status()
            .expect("it starts");
        let file = std::fs::read(folder.join("guest-child.xml")).expect("it was written");
        let report = Report::deserialize(std::io::Cursor::new(file)).expect("it is JUnit");
        let cases = report
            .test_suites
            .iter()
            .flat_map(|suite| &suite.test_cases);
        let words = |status: &TestCaseStatus| match status {
            TestCaseStatus::Success { .. } => "passed".to_owned(),
            TestCaseStatus::NonSuccess { description, .. } => {
                format!("failed: {}", description.as_deref().unwrap_or_default())
            }
            TestCaseStatus::Skipped { message, .. } => {
                format!("ignored: {}", message.as_deref().unwrap_or_default())
            }
        };
        Self {
            succeeded: status.success(),
            cases: cases
                .map(|case| (case.name.to_string(), words(&case.status)))
                .collect(),
        }
    }

    fn words(&self, name: &str) -> &str {
        self.cases.get(name).map_or("not there", String::as_str)
    }

    /// Ignores the present trial, as the child's tests are ignored where this machine has
    /// no `vm` engine.
    fn ignored(&self) -> Option<Completion> {
        let mut words = self.cases.values();
        let words = words.find(|words| words.starts_with("ignored: "))?;
        let required = trials::is_required("vm");
        assert!(!required, "{words}");
        Some(Completion::ignored_with(words))
    }
}
