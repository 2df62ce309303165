//! Results for GitHub: annotations at the failed lines of scenarios, and a summary of the
//! job.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use crate::case::{Case, Outcome};

/// Workflow commands that show each failure at its line of the scenario.
#[must_use]
pub fn github_annotations(cases: &[Case]) -> String {
    let mut out = String::new();
    for case in cases {
        let file = property(&case.file);
        for failure in case.failures() {
            let _ = writeln!(
                out,
                "::error file={file},line={},title={}::{}",
                failure.line.max(1),
                property(&format!("{}: {}", case.name, failure.name)),
                data(&format!("{}\n{}", failure.wanted, failure.seen)),
            );
        }
        let title = property(&case.name);
        match &case.outcome {
            Outcome::NotRun(why) => {
                let _ = writeln!(out, "::error file={file},title={title}::{}", data(why));
            }
            Outcome::Bad(verdict) if verdict.passed() => {
                let _ = writeln!(
                    out,
                    "::error file={file},title={title}::the sabotage was not noticed"
                );
            }
            Outcome::Bad(_) | Outcome::Good | Outcome::Skipped(_) => {}
        }
    }
    out
}

/// Greatest length of the summary. GitHub's limit is 1 MiB, which other commands of the
/// same step share.
const LONGEST_SUMMARY: usize = 1_000_000;

/// The matrix of scenarios and places in Markdown, cut to what GitHub shows.
#[must_use]
pub fn github_summary(cases: &[Case]) -> String {
    let places: BTreeSet<&str> = cases.iter().map(|case| case.place.as_str()).collect();
    let good = cases.iter().filter(|case| case.is_good()).count();
    let mut out = format!(
        "### sctp-lab: {good} of {} behaved as expected\n\n",
        cases.len()
    );
    let _ = write!(out, "| scenario |");
    for place in &places {
        let _ = write!(
            out,
            " {} |",
            cell(if place.is_empty() { "not run" } else { place })
        );
    }
    let _ = writeln!(out, "\n|---|{}", "---|".repeat(places.len()));
    for (number, case) in cases.iter().enumerate() {
        let mut row = format!("| {} |", cell(&case.name));
        for place in &places {
            let text = match (*place == case.place, &case.outcome) {
                (false, _) => String::new(),
                (true, Outcome::Good) => format!("✅ {:.2} s", case.wall.as_secs_f64()),
                (true, Outcome::Skipped(why)) => format!("skipped: {}", cell(why)),
                (true, Outcome::NotRun(why)) => format!("⚠️ {}", cell(why)),
                (true, Outcome::Bad(_)) => {
                    let names: Vec<String> =
                        case.failures().iter().map(|it| cell(&it.name)).collect();
                    format!("❌ {}", names.join(", "))
                }
            };
            let _ = write!(row, " {text} |");
        }
        if out.len() + row.len() > LONGEST_SUMMARY {
            let _ = writeln!(out, "\n… and {} more", cases.len() - number);
            break;
        }
        out.push_str(&row);
        out.push('\n');
    }
    out
}

/// The text of a cell in a Markdown table, where HTML must be escaped, too.
fn cell(text: &str) -> String {
    let mut out = String::new();
    for character in text.chars() {
        match character {
            '|' | '<' | '>' | '&' | '`' | '*' | '_' | '[' | ']' | '\\' => {
                let _ = write!(out, "&#{};", u32::from(character));
            }
            '\n' | '\r' => out.push(' '),
            other => out.push(other),
        }
    }
    out
}

fn data(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case::examples;

    #[test]
    fn failures_stand_at_their_lines() {
        assert_eq!(
            github_annotations(&examples()),
            "::error file=scenarios/bad.yaml,line=41,title=bad%3A noticed::\
             SCTP_ADDR_UNREACHABLE <10.0.1.2>%0Anot seen,%0A100%25 of the time\n\
             ::error file=scenarios/absent.yaml,title=absent::no QEMU\n"
        );
    }

    #[test]
    fn a_summary_is_no_longer_than_github_shows() {
        let mut case = examples().remove(2);
        case.outcome = Outcome::NotRun("no QEMU ".repeat(10_000));
        let cases = vec![case; 20];
        let summary = github_summary(&cases);
        assert!(summary.len() < 1 << 20);
        assert!(
            summary.ends_with("|\n\n… and 8 more\n"),
            "{}",
            &summary[summary.len() - 100..]
        );
    }

    #[test]
    fn the_summary_is_a_matrix() {
        assert_eq!(
            github_summary(&examples()),
            "### sctp-lab: 2 of 4 behaved as expected\n\n\
             | scenario | vm, Linux 6.1.0 |\n|---|---|\n\
             | good | ✅ 0.90 s |\n| bad | ❌ noticed |\n| absent | ⚠️ no QEMU |\n\
             | interleaving | skipped: no I-DATA |\n"
        );
    }
}
