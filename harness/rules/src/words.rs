//! Words for durations.

use std::time::Duration;

/// A duration in the notation of scenarios.
#[must_use]
pub fn spoken(duration: Duration) -> String {
    let milliseconds = duration.as_millis();
    if milliseconds < 1000 {
        return format!("{milliseconds}ms");
    }
    let decimals = format!("{:03}", milliseconds % 1000);
    let decimals = decimals.trim_end_matches('0');
    let point = if decimals.is_empty() { "" } else { "." };
    format!("{}{point}{decimals}s", milliseconds / 1000)
}
