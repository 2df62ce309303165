//! The columns left of the ladder: time, and for a capture from elsewhere the frame's
//! number.

use chrono::DateTime;
use recording::Time;

use crate::line::{Line, What};

/// How times are printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Clock {
    /// Seconds from the start: `12.345`.
    #[default]
    FromStart,
    /// Time of day in UTC: `14:02:11.123`.
    OfDay {
        /// The start, in nanoseconds since 1970 in UTC.
        start_ns: u64,
    },
}

/// The columns left of the ladder.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Gutter {
    /// How times are printed.
    pub clock: Clock,
    /// Number of digits of the greatest frame number; 0 where frames have no numbers.
    pub digits: usize,
    /// Number of digits of the greatest file number; 0 where there is only one file.
    pub of_file: usize,
}

/// Blanks between two columns.
const GAP: usize = 2;

impl Gutter {
    /// The column at which the ladder begins.
    pub(crate) fn width(self) -> usize {
        self.of_numbers() + self.of_time() + GAP
    }

    pub(crate) fn header(self) -> String {
        let number = if self.digits > 0 { "no." } else { "" };
        self.text(number, "time")
    }

    pub(crate) fn of(self, line: &Line) -> String {
        let (frame, file) = match &line.what {
            What::Packet(packet) => (packet.frame, packet.file),
            What::Note(_) | What::Step(_) | What::Folded(_) => (None, None),
        };
        let number = match (frame, file) {
            (Some(frame), Some(file)) => format!("{}:{frame}", file + 1),
            (Some(frame), None) => frame.to_string(),
            (None, _) => String::new(),
        };
        self.text(&number, &self.time(line.at))
    }

    fn text(self, number: &str, time: &str) -> String {
        let digits = self.of_numbers().saturating_sub(GAP);
        let gap = if digits > 0 { GAP } else { 0 };
        let width = self.of_time();
        format!("{number:>digits$}{:gap$}{time:>width$}", "")
    }

    fn time(self, at: Time) -> String {
        match self.clock {
            Clock::FromStart => at.to_string(),
            Clock::OfDay { start_ns } => in_utc(start_ns, at, "%H:%M:%S%.3f"),
        }
    }

    fn of_numbers(self) -> usize {
        match self.digits {
            0 => 0,
            digits => {
                let colon = usize::from(self.of_file > 0);
                (self.of_file + colon + digits).max("no.".len()) + GAP
            }
        }
    }

    fn of_time(self) -> usize {
        match self.clock {
            Clock::FromStart => 9,
            Clock::OfDay { .. } => "14:02:11.123".len(),
        }
    }
}

/// A moment with its date, in UTC: `2026-11-29 14:02:11.123 UTC`.
#[must_use]
pub fn date(start_ns: u64, at: Time) -> String {
    in_utc(start_ns, at, "%Y-%m-%d %H:%M:%S%.3f UTC")
}

fn in_utc(start_ns: u64, at: Time, form: &str) -> String {
    let since_start = u64::try_from(at.since_start().as_nanos()).unwrap_or(u64::MAX);
    let nanoseconds = start_ns.saturating_add(since_start);
    let moment = DateTime::from_timestamp_nanos(i64::try_from(nanoseconds).unwrap_or(i64::MAX));
    moment.format(form).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_of_day_and_frames_have_columns_of_their_own() {
        let start_ns = 1_795_960_931_123_000_000;
        let at = Time::from_nanos(2_500_000);
        assert_eq!(date(start_ns, at), "2026-11-29 14:02:11.125 UTC");
        let gutter = Gutter {
            clock: Clock::OfDay { start_ns },
            digits: 4,
            of_file: 0,
        };
        assert_eq!(gutter.header(), " no.          time");
        assert_eq!(gutter.text("12", &gutter.time(at)), "  12  14:02:11.125");
        assert_eq!(gutter.width(), gutter.header().len() + GAP);
        let of_several = Gutter {
            of_file: 1,
            ..gutter
        };
        assert_eq!(of_several.width(), gutter.width() + "1:".len());
    }

    #[test]
    fn without_frames_there_is_only_the_time() {
        let gutter = Gutter::default();
        assert_eq!(gutter.header(), "     time");
        assert_eq!(gutter.width(), 11);
    }

    #[test]
    fn a_moment_beyond_all_calendars_is_told_all_the_same() {
        let end = date(u64::MAX, Time::from_nanos(u64::MAX));
        assert!(end.ends_with("UTC"), "{end}");
    }
}
