//! The counters of a capturer.

/// The counters that a capturer reports at its end.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Packets that were captured.
    pub captured: u64,
    /// Packets that passed the filter.
    pub received: u64,
    /// Packets that were lost because the capturer was too slow.
    pub dropped_by_kernel: u64,
    /// Packets that the interface lost, where the interface counts them.
    pub dropped_by_interface: u64,
}

impl Counts {
    /// Takes a line of tcpdump's last output. Returns whether the line is one of the
    /// counters.
    pub(super) fn take(&mut self, line: &str) -> bool {
        let Some((number, what)) = line.split_once(' ') else {
            return false;
        };
        let Ok(number) = number.parse() else {
            return false;
        };
        let what = what
            .strip_prefix("packets ")
            .or(what.strip_prefix("packet "));
        let counted = match what {
            Some("captured") => &mut self.captured,
            Some("received by filter") => &mut self.received,
            Some("dropped by kernel") => &mut self.dropped_by_kernel,
            Some("dropped by interface") => &mut self.dropped_by_interface,
            _ => return false,
        };
        *counted = number;
        true
    }
}

#[cfg(test)]
mod tests {
    use super::Counts;

    #[test]
    fn the_last_words_of_tcpdump_are_counts() {
        let mut counts = Counts::default();
        for line in [
            "12 packets captured",
            "14 packets received by filter",
            "1 packet dropped by kernel",
        ] {
            assert!(counts.take(line), "{line}");
        }
        for line in ["", "tcpdump: x", "12 packets", "x packets captured"] {
            assert!(!counts.take(line), "{line}");
        }
        let expected = Counts {
            captured: 12,
            received: 14,
            dropped_by_kernel: 1,
            dropped_by_interface: 0,
        };
        assert_eq!(counts, expected);
    }
}
