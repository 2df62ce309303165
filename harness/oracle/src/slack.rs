//! Tolerance of the times on record.

use std::time::Duration;

use bounds::{Interval, Span};
use recording::Info;

/// Tolerance of the times on record, by the engine that recorded them.
///
/// In real time a machine may be busy with other work. Then packets, notifications and
/// looks at paths are late, and the recording says how late.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Slack {
    /// Time for handling a timer or a packet.
    pub(crate) handling: Span,
    /// Time for reading a notification.
    pub(crate) notice: Duration,
}

impl Slack {
    pub(crate) fn of(info: &Info) -> Self {
        let handling = Duration::from_millis(if info.engine.is_virtual() { 2 } else { 20 });
        let late = info.late.map(|late| late.since_start()).unwrap_or_default();
        Self {
            handling: handling.max(late).into(),
            notice: Duration::from_millis(50).max(late),
        }
    }

    /// The range between these times, extended by the time for reading a notification.
    pub(crate) fn noticed(self, least: Span, most: Span) -> Interval {
        Interval {
            least,
            most: most + self.notice.into(),
        }
    }
}
