//! Evidence: the packets that prove a finding.

/// The most packets that are named; further packets are only counted.
const NAMED: usize = 8;

/// A packet, and when it was captured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Moment {
    /// The time of the packet, in nanoseconds of the capture's clock.
    pub at: u64,
    /// The packet's number in its file, from 1, as Wireshark counts.
    pub number: u64,
    /// The packet's file, by index.
    pub file: usize,
}

impl Moment {
    /// Nanoseconds since an earlier moment.
    #[must_use]
    pub fn since(self, earlier: Self) -> u64 {
        self.at.saturating_sub(earlier.at)
    }
}

/// Packets of one kind, in memory that does not grow with their number.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Evidence {
    named: Vec<Moment>,
    last: Option<Moment>,
    count: u64,
}

impl Evidence {
    /// Adds a packet.
    pub(crate) fn add(&mut self, moment: Moment) {
        if self.named.len() < NAMED {
            self.named.push(moment);
        }
        self.last = Some(moment);
        self.count += 1;
    }

    /// The number of packets.
    #[must_use]
    pub fn count(&self) -> u64 {
        self.count
    }

    /// Whether there is no packet.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// The first packets, at most 8.
    #[must_use]
    pub fn named(&self) -> &[Moment] {
        &self.named
    }

    /// The first packet.
    #[must_use]
    pub fn first(&self) -> Option<Moment> {
        self.named.first().copied()
    }

    /// The last packet.
    #[must_use]
    pub fn last(&self) -> Option<Moment> {
        self.last
    }
}

impl FromIterator<Moment> for Evidence {
    fn from_iter<I: IntoIterator<Item = Moment>>(moments: I) -> Self {
        let mut evidence = Self::default();
        moments.into_iter().for_each(|it| evidence.add(it));
        evidence
    }
}
