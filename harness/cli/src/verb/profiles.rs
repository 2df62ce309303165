//! `sctp-lab profiles`: lists the named sets of timers.

use std::time::Duration;

use scenario::{Profile, Timers};
use serde_json::{Map, Value, json};

use crate::args::Profiles;
use crate::console;
use crate::exit::Exit;

pub(crate) fn run(args: &Profiles) -> Exit {
    for profile in scenario::profiles() {
        let text = match args.json {
            true => console::json(&object(profile)),
            false => text(profile),
        };
        console::print(&text);
    }
    Exit::Passed
}

fn text(profile: &Profile) -> String {
    let Profile {
        name,
        title,
        source,
        note,
        timers,
    } = profile;
    let words: Vec<String> = values(timers)
        .into_iter()
        .map(|(key, value)| format!("{key} {}", value.word()))
        .collect();
    let note = note.iter().map(|it| format!("  {it}\n"));
    let note: String = note.collect();
    format!(
        "{name}: {title}\n  {}\n{note}  source: {source}\n",
        words.join(", ")
    )
}

fn object(profile: &Profile) -> Value {
    let timers = values(&profile.timers).into_iter();
    let timers: Map<String, Value> = timers
        .map(|(key, value)| match value {
            Setting::Time(time) => (format!("{key}-ns"), json!(time.as_nanos())),
            Setting::Count(count) => (key.to_owned(), json!(count)),
        })
        .collect();
    json!({
        "format": 1,
        "name": profile.name,
        "title": profile.title,
        "source": profile.source,
        "note": profile.note,
        "timers": timers,
    })
}

enum Setting {
    Time(Duration),
    Count(u16),
}

impl Setting {
    fn word(&self) -> String {
        match self {
            Self::Time(time) if time.subsec_nanos() == 0 => format!("{}s", time.as_secs()),
            Self::Time(time) => format!("{}ms", time.as_millis()),
            Self::Count(count) => count.to_string(),
        }
    }
}

/// The timers that a profile sets, by their keys in a scenario.
fn values(timers: &Timers) -> Vec<(&'static str, Setting)> {
    let times = [
        ("rto-initial", timers.rto_initial),
        ("rto-min", timers.rto_min),
        ("rto-max", timers.rto_max),
        ("heartbeat", timers.heartbeat_interval),
        ("sack-delay", timers.sack_delay),
    ];
    let counts = [
        ("path-max-retrans", timers.path_max_retrans),
        ("association-max-retrans", timers.association_max_retrans),
        ("max-init-retransmits", timers.max_init_retransmits),
        ("potentially-failed", timers.potentially_failed),
    ];
    let times = times
        .into_iter()
        .filter_map(|(name, time)| Some((name, Setting::Time(time?))));
    let counts = counts
        .into_iter()
        .filter_map(|(name, count)| Some((name, Setting::Count(count?))));
    times.chain(counts).collect()
}
