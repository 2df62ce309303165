//! Extracts from a recording's observations the things that are compared by name.

use std::collections::{BTreeMap, BTreeSet};

use recording::{Event, Recording};

/// A kind of thing that is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    Notifications,
    Messages,
    Calls,
    Paths,
    Timers,
}

impl Kind {
    pub(super) const ALL: [Self; 5] = [
        Self::Notifications,
        Self::Messages,
        Self::Calls,
        Self::Paths,
        Self::Timers,
    ];

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Notifications => "notifications and their fields",
            Self::Messages => "messages and their ancillary data",
            Self::Calls => "calls and their errors",
            Self::Paths => "states of the paths",
            Self::Timers => "timers in force",
        }
    }
}

/// A thing that is compared: its name, and its fields by name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Item {
    pub(super) what: String,
    pub(super) fields: BTreeMap<String, String>,
}

/// The things of each kind in the order of their occurrence. Things of one endpoint stand
/// together, since endpoints race.
pub(super) type Items = BTreeMap<Kind, Vec<Item>>;

/// Fields that differ in every run: times, and numbers that identify a message or an
/// association.
const OF_THE_RUN: [&str; 10] = [
    "at",
    "event",
    "endpoint",
    "association",
    "sender",
    "step",
    "number",
    "tsn",
    "cumtsn",
    "ssn",
];

/// The arguments of a call without the kernel's association identifier.
fn without_numbers(arguments: &str) -> &str {
    let number = arguments.strip_prefix("association ");
    match number.is_some_and(|number| number.parse::<u64>().is_ok()) {
        true => "association",
        false => arguments,
    }
}

pub(super) fn of(recording: &Recording) -> Items {
    let mut items = Items::new();
    let mut messages: BTreeMap<String, BTreeMap<String, BTreeSet<String>>> = BTreeMap::new();
    let mut states: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut timers: BTreeMap<String, BTreeMap<String, String>> = BTreeMap::new();
    for observation in &recording.observations {
        match &observation.event {
            Event::Notification {
                endpoint,
                name,
                fields,
                ..
            } => {
                let state = fields.state().map(|it| format!(" {it}"));
                let address = fields.address().map(|it| format!(" {it}"));
                let what = [state, address].into_iter().flatten().collect::<String>();
                let fields = fields.0.iter().filter(|(name, _)| !is_of_the_run(name));
                items.entry(Kind::Notifications).or_default().push(Item {
                    what: format!("{endpoint}: {name}{what}"),
                    fields: fields
                        .map(|(name, value)| (name.clone(), value.to_string()))
                        .collect(),
                });
            }
            Event::Received {
                endpoint, message, ..
            } => {
                let from = message.as_ref().map_or("somebody".to_owned(), |id| {
                    format!("{} of {}", id.step, id.sender)
                });
                let seen = messages
                    .entry(format!("{endpoint} from {from}"))
                    .or_default();
                for (name, value) in fields_of(&observation.event) {
                    seen.entry(name).or_default().insert(value);
                }
            }
            Event::Call {
                endpoint,
                call,
                arguments,
                result,
            } => {
                let result = match result {
                    Ok(_) => "done".to_owned(),
                    Err(name) => name.clone(),
                };
                items.entry(Kind::Calls).or_default().push(Item {
                    what: format!("{endpoint}: {call}({})", without_numbers(arguments)),
                    fields: BTreeMap::from([("result".to_owned(), result)]),
                });
            }
            Event::Path {
                endpoint, sample, ..
            } => {
                let path = format!("{endpoint} to {}", sample.address);
                let states = states.entry(path).or_default();
                if states.last() != Some(&sample.state) {
                    states.push(sample.state.clone());
                }
            }
            Event::Timers { endpoint, .. } => {
                timers.insert(endpoint.clone(), fields_of(&observation.event));
            }
            _ => {}
        }
    }
    for list in items.values_mut() {
        list.sort_by(|one, other| endpoint_of(&one.what).cmp(endpoint_of(&other.what)));
    }
    let messages = messages.into_iter().map(|(what, fields)| Item {
        what,
        fields: fields
            .into_iter()
            .map(|(name, values)| (name, summary(&values)))
            .collect(),
    });
    items.insert(Kind::Messages, messages.collect());
    let paths = states.into_iter().map(|(what, states)| Item {
        what,
        fields: BTreeMap::from([("states".to_owned(), states.join(" → "))]),
    });
    items.insert(Kind::Paths, paths.collect());
    let timers = timers.into_iter();
    let timers = timers.map(|(what, fields)| Item { what, fields });
    items.insert(Kind::Timers, timers.collect());
    items
}

fn endpoint_of(what: &str) -> &str {
    what.split(':').next().unwrap_or(what)
}

/// `rcv_tsn` differs in every run as `tsn` does.
fn is_of_the_run(field: &str) -> bool {
    let word = field.rsplit('_').next().unwrap_or(field);
    field.ends_with("assoc_id")
        || field.ends_with("length")
        || OF_THE_RUN.contains(&field)
        || OF_THE_RUN.contains(&word)
}

/// All fields of an event except those that differ in every run.
fn fields_of(event: &Event) -> BTreeMap<String, String> {
    let fields = event.fields().0.into_iter();
    let fields = fields.filter(|(name, _)| !is_of_the_run(name));
    fields
        .map(|(name, value)| (name, value.to_string()))
        .collect()
}

/// All values that a field had in the messages of one step, if there are few of them.
fn summary(values: &BTreeSet<String>) -> String {
    const FEW: usize = 8;
    match values.len() {
        0..=FEW => {
            let values: Vec<&str> = values.iter().map(String::as_str).collect();
            values.join(", ")
        }
        _ => "many values".to_owned(),
    }
}
