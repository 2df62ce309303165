//! What a time on record may be off.

use std::time::Duration;

use bounds::{Interval, Span};
use recording::Info;

/// What a time on record may be off, by where it was recorded.
///
/// In real time a machine may be busy with other work. It is late then with packets,
/// with notifications and with looks at paths, and the recording says how late.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Slack {
    /// What handling a timer or a packet takes.
    pub(crate) handling: Span,
    /// What reading a notification takes.
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

    /// Between those times, and what reading a notification takes.
    pub(crate) fn noticed(self, least: Span, most: Span) -> Interval {
        Interval {
            least,
            most: most + self.notice.into(),
        }
    }
}
