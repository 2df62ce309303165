//! A checked program as an endpoint, the patterns for its output, and signals.

use std::collections::BTreeMap;
use std::fmt;
use std::net::IpAddr;
use std::time::Duration;

use regex::Regex;

use super::{EndpointName, NodeName};

/// A program of the user's as an endpoint. It runs in its node and uses SCTP by itself.
/// The lab sees its packets, its output and its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Program {
    /// The endpoint's name.
    pub name: EndpointName,
    /// The node in which the program runs.
    pub node: NodeName,
    /// Name of the program on the command line. Never a path.
    pub program: String,
    /// Its arguments.
    pub arguments: Vec<String>,
    /// Environment of the program, in addition to the lab's.
    pub environment: Vec<(String, String)>,
    /// Standard input of the program.
    pub input: Option<String>,
    /// The condition for the program to be ready; `None` is its start.
    pub ready: Option<Ready>,
    /// The port on which the program listens, if other endpoints connect to it.
    pub port: Option<u16>,
    /// The addresses to which other endpoints connect: those in the scenario, else all of
    /// its node.
    pub addresses: Vec<IpAddr>,
}

/// The condition for a program to be ready.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ready {
    /// Pattern for a line of the program's output.
    pub output: LinePattern,
    /// Time limit, from the program's start.
    pub within: Duration,
}

/// A regular expression for a line of output.
#[derive(Clone, Debug)]
pub struct LinePattern(Regex);

impl LinePattern {
    /// Compiles it.
    ///
    /// # Errors
    /// If the text is no regular expression, or one that needs too much memory.
    pub fn new(text: &str) -> Result<Self, regex::Error> {
        Regex::new(text).map(Self)
    }

    /// The names of its groups: parameters that get their values from a line.
    pub fn captured(&self) -> impl Iterator<Item = &str> {
        self.0.capture_names().flatten()
    }

    /// The values of these parameters in a matching line.
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

    /// Whether the line matches.
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
