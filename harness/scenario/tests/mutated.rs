//! Whatever is done to a good scenario, the parser answers: with a scenario,
//! or with mistakes whose places lie in the source. It never panics.

use proptest::prelude::*;
use scenario::{Diagnostic, parse, render};

const GOOD: [&str; 2] = [
    include_str!("../../../scenarios/multihoming-failover.yaml"),
    include_str!("everything.yaml"),
];

/// Words that mean something in the language, in places where they should not be.
const WORDS: [&str; 24] = [
    "client",
    "path-a",
    "10.0.1.1/24",
    "fd00::1/64",
    "all",
    "expect",
    "cut",
    "0",
    "-1",
    "99999999999999999999",
    "10ms",
    "failover-bound",
    "{",
    "}",
    "[",
    "]",
    ": ",
    "- ",
    "\n",
    "&a ",
    "*a",
    "\"",
    "é",
    "\u{feff}",
];

/// One change: where in the text (as a share of its length), how many bytes to take away,
/// and which word to put there.
fn change() -> impl Strategy<Value = (f64, usize, usize)> {
    (0.0..1.0, 0..40usize, 0..=WORDS.len())
}

fn changed(source: &str, changes: &[(f64, usize, usize)]) -> String {
    let mut text = source.to_owned();
    for (share, removed, word) in changes {
        let start = text.floor_char_boundary((text.len() as f64 * share) as usize);
        let end = text.ceil_char_boundary((start + removed).min(text.len()));
        text.replace_range(start..end, WORDS.get(*word).unwrap_or(&""));
    }
    text
}

fn assert_within(diagnostic: &Diagnostic, source: &str) {
    let span = diagnostic.span;
    assert!(
        span.start <= span.end && span.end <= source.len(),
        "{diagnostic:?}"
    );
    let before = source.get(..span.start).expect("it begins at a character");
    assert_eq!(diagnostic.line, before.matches('\n').count() + 1);
    let line = source
        .split('\n')
        .nth(diagnostic.line - 1)
        .expect("the line is there");
    assert!(
        (1..=line.chars().count() + 1).contains(&diagnostic.column),
        "{diagnostic:?}"
    );
    assert!(!diagnostic.message.is_empty());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn a_changed_scenario_is_answered(
        which in 0..GOOD.len(),
        changes in prop::collection::vec(change(), 1..6),
    ) {
        let source = changed(GOOD[which], &changes);
        if let Err(diagnostics) = parse("changed", &source) {
            prop_assert!(!diagnostics.is_empty());
            prop_assert!(diagnostics.is_sorted());
            for diagnostic in &diagnostics {
                assert_within(diagnostic, &source);
            }
            prop_assert!(!render(&diagnostics, "changed.yaml", &source, true).is_empty());
        }
    }

    #[test]
    fn any_text_is_answered(source in "\\PC{0,200}") {
        for diagnostic in parse("any", &source).expect_err("this is no scenario") {
            assert_within(&diagnostic, &source);
        }
    }
}

#[test]
fn the_good_ones_are_good() {
    for source in GOOD {
        let found = parse("good", source);
        let shown = found
            .as_ref()
            .map_err(|found| render(found, "good", source, false));
        assert!(shown.is_ok(), "{}", shown.unwrap_err());
    }
}

/// None of these sources may cost much time or memory.
#[test]
fn hostile_sources_are_refused() {
    let bomb: String = (1..60)
        .map(|n| format!("a{n}: &a{n} [*a{}, *a{}]\n", n - 1, n - 1))
        .collect();
    let unknown = format!("title: x\nsteps:\n{}", "  - stop: aaaaaaa\n".repeat(12_000));
    let steps: String = (0..9_000).map(|n| format!("  - wait{n}: 1s\n")).collect();
    for source in [
        bomb,
        "[".repeat(100_000),
        "- ".repeat(100_000),
        "{a: ".repeat(50_000),
        "a: 1\n".repeat(40_000),
        unknown,
        format!("title: x\nsteps:\n{steps}"),
        "x".repeat(1_000_000),
    ] {
        let found = parse("hostile", &source).expect_err("this is no scenario");
        assert!((1..=200).contains(&found.len()));
    }
}
