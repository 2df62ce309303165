use std::collections::BTreeMap;
use std::fmt;
use std::net::IpAddr;
use std::time::Duration;

use regex::Regex;

use super::{EndpointName, NodeName};

/// A program of the user's as an endpoint. It runs in its node, and uses SCTP as it
/// will: the lab sees its packets, its output and its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Program {
    /// The endpoint's name.
    pub name: EndpointName,
    /// The node it runs in.
    pub node: NodeName,
    /// What the command line calls it. Never a path.
    pub program: String,
    /// Its arguments.
    pub arguments: Vec<String>,
    /// Its environment, besides what the lab sets.
    pub environment: Vec<(String, String)>,
    /// What it reads on its standard input.
    pub input: Option<String>,
    /// When it is ready; `None`: as soon as it runs.
    pub ready: Option<Ready>,
    /// The port that it listens on, where others connect to it.
    pub port: Option<u16>,
    /// The addresses that others find it at: those named in the scenario, else all of
    /// its node.
    pub addresses: Vec<IpAddr>,
}

/// When a program is ready.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ready {
    /// What a line of its output must hold.
    pub output: LinePattern,
    /// How soon after its start.
    pub within: Duration,
}

/// A regular expression for a line of output.
#[derive(Clone, Debug)]
pub struct LinePattern(Regex);

impl LinePattern {
    /// Compiles it.
    ///
    /// # Errors
    /// Where it is none, or one that would take too much memory.
    pub fn new(text: &str) -> Result<Self, regex::Error> {
        Regex::new(text).map(Self)
    }

    /// The names of its groups: the parameters that a line gives a value.
    pub fn captured(&self) -> impl Iterator<Item = &str> {
        self.0.capture_names().flatten()
    }

    /// What a line that holds it has for each of them.
    #[must_use]
    pub fn values_in(&self, line: &str) -> BTreeMap<String, String> {
        let Some(found) = self.0.captures(line) else {
            return BTreeMap::new();
        };
        let values = self.captured().filter_map(|name| {
            let value = found.name(name)?.as_str().to_owned();
            Some((name.to_owned(), value))
        });
        values.collect()
    }

    /// Whether the line holds it.
    #[must_use]
    pub fn is_in(&self, line: &str) -> bool {
        self.0.is_match(line)
    }
}

impl PartialEq for LinePattern {
    fn eq(&self, other: &Self) -> bool {
        self.0.as_str() == other.0.as_str()
    }
}

impl Eq for LinePattern {}

impl fmt::Display for LinePattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "/{}/", self.0.as_str())
    }
}

/// A signal (signal(7)), by its name without `SIG`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Signal(pub(crate) &'static str);

impl Signal {
    /// Those that a scenario can name.
    pub const ALL: &'static [&'static str] = &[
        "HUP", "INT", "QUIT", "ABRT", "KILL", "SEGV", "PIPE", "ALRM", "TERM", "USR1", "USR2",
        "STOP", "CONT",
    ];

    /// Its name as signal(7) has it: `SIGTERM`.
    #[must_use]
    pub fn constant(self) -> String {
        format!("SIG{}", self.0)
    }
}

impl fmt::Display for Signal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}
