//! Files of expected differences: valid ones, and the messages for invalid ones.

use std::collections::BTreeSet;
use std::path::Path;

use expected::{Border, Ran, Version, linux, parse, parse_stack, stacks};

#[test]
fn what_the_lab_knows_is_good_and_of_scenarios_that_are_there() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let text = std::fs::read_to_string(root.join("expected/linux.yaml")).expect("it is there");
    let known = parse(&text).expect("it is good");
    assert_eq!(known, linux());
    let names: BTreeSet<&str> = known.iter().map(|it| it.scenario.as_str()).collect();
    assert!(names.contains("scheduler-fair-capacity"));
    for name in names {
        let file = format!("{name}.yaml");
        let is_there = ["scenarios", "conformance", "history"]
            .iter()
            .any(|folder| root.join(folder).join(&file).is_file());
        assert!(is_there, "{name} is no scenario");
    }
}

#[test]
fn what_the_lab_knows_of_stacks_is_good_and_of_scenarios_that_are_there() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut all = Vec::new();
    for stack in ["usrsctp", "dcsctp"] {
        let file = root.join(format!("expected/{stack}.yaml"));
        let text = std::fs::read_to_string(file).expect("it is there");
        all.extend(parse_stack(stack, &text).expect("it is good"));
    }
    assert_eq!(all, stacks());
    assert!(!all.is_empty());
    for it in all {
        let file = format!("{}.yaml", it.scenario);
        let folders = ["scenarios", "conformance", "examples/usrsctp"];
        let is_there = folders
            .iter()
            .any(|folder| root.join(folder).join(&file).is_file());
        assert!(is_there, "{} is no scenario", it.scenario);
        let text = std::fs::read_to_string(root.join(format!("expected/{}.yaml", it.stack)));
        let text = text.expect("it is there");
        let line = text.lines().nth(it.line - 1).unwrap_or_default();
        assert_eq!(line, format!("{}:", it.scenario), "its line");
    }
}

#[test]
fn a_border_parts_kernels_by_version_or_engine() {
    let known = parse(
        "a:\n  - {from: [6.12.96, 7.1], differs: verdict, what: it, why: that}\n\
         b:\n  - {engine: uml, differs: ['flow: SACK', 'flow: DATA'], what: it, why: that}\n",
    )
    .expect("it is good");
    let [mended, crossing] = &known[..] else {
        panic!("{known:?}");
    };
    let versions = ["6.12.96", "7.1"].map(|it| Version::of(it).expect("it is one"));
    assert_eq!(mended.border, Border::From(versions.to_vec()));
    let vm = |kernel| Ran {
        kernel,
        engine: "vm",
    };
    let uml = |kernel| Ran {
        kernel,
        engine: "uml",
    };
    let old = "Linux 6.12.95+deb12-cloud-amd64";
    let new = "Linux 6.12.107+deb13-cloud-amd64";
    assert!(mended.is_between(vm(old), vm(new)) && mended.is_between(uml(new), vm(old)));
    assert!(!mended.is_between(vm(old), vm("Linux 6.1.0-56-cloud-amd64")));
    assert!(!mended.is_between(vm(new), uml("Linux 7.3.4")));
    assert!(crossing.is_between(uml(old), vm(old)) && !crossing.is_between(vm(old), vm(new)));
    assert!(crossing.covers("flow", &["connect", "client → server  SACK cum+1"]));
    assert!(!crossing.covers("flow", &["connect", "client → server  INIT"]));
    assert!(!crossing.covers("verdict", &["SACK"]));
    assert!(mended.covers("verdict", &["anything"]));
}

/// Each invalid file with its message.
#[test]
fn what_is_wrong_is_refused_with_its_place() {
    let refused = |item: &str, words: &str| {
        let text = format!("my-scenario:\n  - {item}\n");
        let mistakes = parse(&text).expect_err(item);
        let said: Vec<String> = mistakes
            .iter()
            .map(|it| format!("{} {}", it.message, it.help.as_deref().unwrap_or_default()))
            .collect();
        assert!(said.join("; ").contains(words), "{item}: {said:?}");
    };
    let rest = "what: it, why: that";
    refused(
        &format!("{{differs: verdict, {rest}}}"),
        "`from` or `engine` is missing",
    );
    refused(
        &format!("{{from: 6.4, engine: uml, differs: verdict, {rest}}}"),
        "`from` and `engine` are both here",
    );
    refused(
        &format!("{{from: new, differs: verdict, {rest}}}"),
        "`new` is no version",
    );
    refused(
        &format!("{{engine: native, differs: verdict, {rest}}}"),
        "`native` is no engine",
    );
    refused(
        &format!("{{from: 6.4, differs: 'floww: DATA', {rest}}}"),
        "`floww: DATA` is no part of a comparison",
    );
    refused(
        "{from: 6.4, differs: verdict, why: that}",
        "`what` is missing",
    );
    refused(
        &format!("{{form: 6.4, differs: verdict, {rest}}}"),
        "did you mean `from`?",
    );
    let empty = parse("").expect_err("there is nothing in it");
    assert_eq!(empty.len(), 1);
}
