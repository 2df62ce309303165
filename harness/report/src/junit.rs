//! Results as JUnit XML.

use quick_junit::{NonSuccessKind, Report, TestCase, TestCaseStatus, TestSuite};

use crate::case::{Case, Outcome};

/// A JUnit suite with a test case for each scenario.
///
/// # Errors
///
/// If text cannot stand in XML even when escaped.
pub fn junit(cases: &[Case]) -> Result<String, quick_junit::SerializeError> {
    let mut suite = TestSuite::new("sctp-lab");
    for case in cases {
        let mut test = TestCase::new(case.name.as_str(), status(case));
        test.set_time(case.wall);
        test.set_classname(case.place.as_str());
        suite.add_test_case(test);
    }
    let mut report = Report::new("sctp-lab");
    report.add_test_suite(suite);
    report.to_string()
}

fn status(case: &Case) -> TestCaseStatus {
    let (kind, message) = match &case.outcome {
        Outcome::Good => return TestCaseStatus::success(),
        Outcome::Skipped(why) => {
            let mut status = TestCaseStatus::skipped();
            status.set_message(why.clone());
            return status;
        }
        Outcome::NotRun(why) => (NonSuccessKind::Error, why.clone()),
        Outcome::Bad(_) => {
            let failures = case.failures();
            let names: Vec<&str> = failures.iter().map(|it| it.name.as_str()).collect();
            let message = match names.is_empty() {
                true => "the sabotage was not noticed".to_owned(),
                false => names.join(", "),
            };
            (NonSuccessKind::Failure, message)
        }
    };
    let mut status = TestCaseStatus::non_success(kind);
    status.set_message(message);
    let details: Vec<String> = case
        .failures()
        .iter()
        .map(|it| format!("{}:{}: {}\n{}", case.file, it.line, it.wanted, it.seen))
        .collect();
    status.set_description(details.join("\n\n"));
    status
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case::examples;

    #[test]
    fn what_is_written_is_read_again() {
        let xml = junit(&examples()).expect("it is text");
        let read = Report::deserialize_from_str(&xml).expect("it is JUnit");
        assert_eq!((read.tests, read.failures, read.errors), (4, 1, 1));
        let bad = &read.test_suites[0].test_cases[1];
        let TestCaseStatus::NonSuccess {
            message,
            description,
            ..
        } = &bad.status
        else {
            panic!("{bad:?}");
        };
        assert_eq!(message.as_deref(), Some("noticed"));
        assert_eq!(
            description.as_deref(),
            Some(
                "scenarios/bad.yaml:41: SCTP_ADDR_UNREACHABLE <10.0.1.2>\nnot seen,\n100% of the time"
            )
        );
    }
}
