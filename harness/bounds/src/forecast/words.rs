//! The words for timers, and for the sum of a forecast.

use std::fmt;

use super::{Forecast, Gap, TimerKind};
use crate::Interval;

/// The most terms of a sum that are shown one by one. Of the rest the sum shows the number.
const MOST: usize = 12;

impl TimerKind {
    /// Name of the timer.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            TimerKind::T3 => "T3-rtx",
            TimerKind::Heartbeat => "HEARTBEAT",
            TimerKind::Probe => "HEARTBEAT, potentially failed",
            TimerKind::Answer => "HEARTBEAT not acknowledged",
            TimerKind::T1Init => "T1-init",
            TimerKind::T1Cookie => "T1-cookie",
            TimerKind::T2 => "T2-shutdown",
            TimerKind::T5 => "T5-shutdown-guard",
            TimerKind::T4 => "T-4 RTO",
            TimerKind::Reconfiguration => "Re-configuration Timer",
        }
    }
}

impl fmt::Display for TimerKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl Forecast {
    /// The sum in words: every gap with its range.
    #[must_use]
    pub fn sum(&self) -> String {
        if let Some(why) = self.never {
            return format!("never: {why}");
        }
        let mut parts: Vec<String> = Vec::new();
        let mut rest = self.gaps.as_slice();
        while let Some(first) = rest.first() {
            if parts.len() == MOST {
                parts.push(format!("{} more", rest.len()));
                break;
            }
            let run = rest
                .iter()
                .take_while(|gap| gap.timer == first.timer)
                .count();
            let (same, behind) = rest.split_at(run);
            parts.push(format!("{} {}", first.timer, terms(same)));
            rest = behind;
        }
        parts.join(" + ")
    }
}

fn terms(gaps: &[Gap]) -> String {
    let shown: Vec<String> = gaps
        .iter()
        .take(MOST)
        .map(|gap| gap.interval.to_string())
        .collect();
    match gaps.get(MOST..) {
        Some(more) if !more.is_empty() => {
            let whole: Interval = more.iter().map(|gap| gap.interval).sum();
            format!(
                "{} + {} more of {whole} together",
                shown.join(" + "),
                more.len()
            )
        }
        _ => shown.join(" + "),
    }
}
