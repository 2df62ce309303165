//! Fuzz targets for captures in any format.

use std::cell::RefCell;
use std::io::Write as _;
use std::path::Path;

use report::{Host, Hosts, LadderOptions, Setting};
use trace::{CaptureError, HostAddresses, Survey};

const SCENARIO: &str = "\
title: Two hosts
nodes: [client, server]
links:
  path-a: {client: 10.0.1.1/24, server: 10.0.1.2/24}
  path-b: {client: 10.0.2.1/24, server: 10.0.2.2/24}
endpoints:
  server: {node: server, listen: 5000}
  client: {node: client}
steps:
  - connect: {from: client, to: server}
assert:
  - chunks: {chunk: DATA, from: client, at-least: 1, as: data}
  - chunks: {chunk: ABORT, from: client, exactly: 0, as: no-abort}
";

/// A capture file of any format: shown in every form, and judged.
///
/// # Panics
///
/// If a row of the output is malformed, or the verdict is empty.
pub fn capture(data: &[u8]) {
    let Ok(mut file) = tempfile::NamedTempFile::new() else {
        return;
    };
    if file.write_all(data).is_err() {
        return;
    }
    // Errors are returned, and none panics.
    let _ = show(file.path());
    let scenario = scenario::parse("two-hosts", SCENARIO).expect("it is one");
    let judged = trace::open(file.path())
        .and_then(|capture| trace::by_scenario(capture, &scenario, &HostAddresses::new(), &[]));
    if let Ok(recording) = judged {
        let verdict = oracle::judge_capture(&scenario, &recording);
        let options = LadderOptions::default();
        assert!(!report::verdict(&verdict, &recording, &options).is_empty());
    }
}

fn show(path: &Path) -> Result<(), CaptureError> {
    let capture = trace::open(path)?;
    let damage = RefCell::new(None);
    let options = LadderOptions::default();
    let of_the_lab = capture.of_the_lab().map(Hosts::of);
    let (hosts, survey, setting) = match of_the_lab {
        Some(hosts) => (hosts, None, Setting::of_the_lab()),
        None => {
            let survey = Survey::of(capture)?;
            let links = survey.paths.iter().map(|path| {
                let ends = path.ends.map(|(_, host)| Host(host));
                (path.name.clone(), ends)
            });
            let hosts = Hosts::between(survey.host_names(), links.collect());
            (hosts, Some(survey), Setting::default())
        }
    };
    for full in [false, true] {
        let capture = trace::open(path)?;
        let packets = match &survey {
            Some(survey) => capture.placed(survey),
            None => capture.packets(),
        };
        let packets = packets.up_to(&damage);
        let lines = report::lines(&hosts, setting.clone(), packets, [], full);
        let lines: Vec<_> = lines.collect();
        for line in &lines {
            assert!(report::line_json(line, &hosts).is_object());
        }
        for row in report::svg_of("fuzzed", &hosts, lines.len(), lines.clone().into_iter()) {
            assert!(!row.is_empty());
        }
        for row in report::mermaid_of(&hosts, lines.clone().into_iter()) {
            assert!(row.ends_with('\n'));
        }
        for row in report::draw(lines.into_iter(), &hosts, &options) {
            assert!(row.ends_with('\n'));
        }
    }
    Ok(())
}
