//! Writes the JUnit file.

use std::io;
use std::path::{Path, PathBuf};

use quick_junit::{Report, TestCase, TestSuite};

/// The folder that the environment names for JUnit files.
pub(crate) fn folder() -> Option<PathBuf> {
    let named = std::env::var_os("SCTP_LAB_JUNIT").filter(|it| !it.is_empty())?;
    // Cargo starts a test program in the folder of its package.
    let repository = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    Some(repository.join(named))
}

pub(crate) fn write(folder: &Path, program: &str, cases: Vec<TestCase>) -> io::Result<()> {
    let mut suite = TestSuite::new(program);
    for mut case in cases {
        case.set_classname(program);
        suite.add_test_case(case);
    }
    let mut report = Report::new(program);
    report.add_test_suite(suite);
    std::fs::create_dir_all(folder)?;
    let text = report.to_string().map_err(io::Error::other)?;
    std::fs::write(folder.join(format!("{program}.xml")), text)
}
