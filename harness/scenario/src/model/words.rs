//! Words for durations and other values, on the screen and in recordings.

use std::fmt;
use std::time::Duration;

use super::{LinkName, NodeName};

pub(super) fn at_node(
    f: &mut fmt::Formatter<'_>,
    verb: &str,
    link: &LinkName,
    node: Option<&NodeName>,
) -> fmt::Result {
    match node {
        Some(node) => write!(f, "{verb} {link} at {node}"),
        None => write!(f, "{verb} {link}"),
    }
}

/// A duration in the notation of scenarios.
pub(crate) fn spoken(duration: Duration) -> String {
    let milliseconds = duration.as_millis();
    if milliseconds < 1000 {
        return format!("{milliseconds}ms");
    }
    let decimals = format!("{:03}", milliseconds % 1000);
    let decimals = decimals.trim_end_matches('0');
    let point = if decimals.is_empty() { "" } else { "." };
    format!("{}{point}{decimals}s", milliseconds / 1000)
}
