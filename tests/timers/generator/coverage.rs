//! Tests that the scenarios of many seeds cover all parts of a story.

use std::ops::RangeInclusive;

use super::draw;

/// What must occur, and how it is recognized in the text of a scenario.
type Wanted = (&'static str, fn(&str) -> bool);

/// At least one scenario of a hundred has each of these.
const WANTED: [Wanted; 34] = [
    ("an RTO of some tens of ms", |yaml| {
        has(yaml, "min: ", 20..=60)
    }),
    ("an RTO of some tens of s", |yaml| {
        has(yaml, "min: ", 10_000..=60_000)
    }),
    ("an RTO.Max of a minute", |yaml| {
        has(yaml, "max: ", 50_000..=60_000)
    }),
    ("the kernel's own timers", |yaml| !yaml.contains("rto: ")),
    ("Path.Max.Retrans 1", |yaml| {
        has(yaml, "path-max-retrans: ", 1..=1)
    }),
    ("a large Path.Max.Retrans", |yaml| {
        has(yaml, "path-max-retrans: ", 15..=20)
    }),
    ("Association.Max.Retrans 1", |yaml| {
        has(yaml, "association-max-retrans: ", 1..=1)
    }),
    ("a large Association.Max.Retrans", |yaml| {
        has(yaml, "association-max-retrans: ", 15..=20)
    }),
    ("a large Max.Init.Retransmits", |yaml| {
        has(yaml, "max-init-retransmits: ", 15..=20)
    }),
    ("PotentiallyFailed.Max.Retrans 0", |yaml| {
        has(yaml, "potentially-failed: ", 0..=0)
    }),
    ("a large PotentiallyFailed.Max.Retrans", |yaml| {
        has(yaml, "potentially-failed: ", 10..=20)
    }),
    ("no potentially failed state", |yaml| {
        yaml.contains("pf_enable: 0")
    }),
    ("HEARTBEATs off", |yaml| yaml.contains("heartbeat: off")),
    ("a short HB.interval", |yaml| {
        has(yaml, "heartbeat: ", 50..=500)
    }),
    ("a SACK at once", |yaml| has(yaml, "sack-delay: ", 1..=10)),
    ("a late SACK", |yaml| has(yaml, "sack-delay: ", 200..=500)),
    ("loss", |yaml| yaml.contains("loss: ")),
    ("one path", |yaml| !yaml.contains("path-1-2")),
    ("four paths", |yaml| yaml.contains("path-1-4")),
    ("one association", |yaml| !yaml.contains("spoke-2")),
    ("four associations of a socket", |yaml| {
        yaml.contains("spoke-4")
    }),
    ("data from here alone", |yaml| {
        yaml.contains("as: from-here") && !yaml.contains("as: from-there")
    }),
    ("data from there alone", |yaml| {
        !yaml.contains("as: from-here") && yaml.contains("as: from-there")
    }),
    ("data both ways", |yaml| {
        yaml.contains("as: from-here") && yaml.contains("as: from-there")
    }),
    ("no data", |yaml| !yaml.contains("traffic: ")),
    ("a silent cut", |yaml| {
        has_line(yaml, "- cut: ", |it| !it.contains("from: "))
    }),
    ("a cut of one way", |yaml| {
        has_line(yaml, "- cut: ", |it| it.contains("from: "))
    }),
    ("an interface that is down", |yaml| {
        yaml.contains("- link-down: ")
    }),
    ("an address that is added", |yaml| {
        yaml.contains("- add-address: ")
    }),
    ("an address that is deleted", |yaml| {
        yaml.contains("- delete-address: ")
    }),
    ("streams that are added", |yaml| {
        yaml.contains("add-streams: {out: ")
    }),
    ("a stream that begins anew", |yaml| {
        yaml.contains("reset-streams: {direction: ")
    }),
    ("a lost power", |yaml| yaml.contains("- power-cut: ")),
    ("a chunk that is lost each time", |yaml| {
        yaml.contains("- rule: ")
    }),
];

/// Says what the scenarios of the first seeds lack.
pub(crate) fn covers(seeds: u64) -> Result<(), String> {
    let drawn: Vec<String> = (1..=seeds).map(|seed| draw(seed).yaml).collect();
    let lacking: Vec<String> = WANTED
        .iter()
        .filter_map(|(what, is_there)| {
            let count = drawn.iter().filter(|yaml| is_there(yaml)).count() as u64;
            (count * 100 < seeds).then(|| format!("{count} of {seeds} have {what}"))
        })
        .collect();
    match lacking.is_empty() {
        true => Ok(()),
        false => Err(lacking.join("\n")),
    }
}

/// Whether a number in this range follows this key.
fn has(yaml: &str, key: &str, range: RangeInclusive<u64>) -> bool {
    yaml.split(key).skip(1).any(|rest| {
        let digits = rest.split(|c: char| !c.is_ascii_digit()).next();
        let number = digits.and_then(|digits| digits.parse().ok());
        number.is_some_and(|number| range.contains(&number))
    })
}

fn has_line(yaml: &str, key: &str, is_it: fn(&str) -> bool) -> bool {
    yaml.lines().any(|line| line.contains(key) && is_it(line))
}
