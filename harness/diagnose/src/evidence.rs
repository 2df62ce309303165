//! Evidence: the packets that prove a finding.

/// So many packets are named; the others are counted.
const NAMED: usize = 8;

/// A packet, and when it was captured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Moment {
    /// When, in nanoseconds of the capture's clock.
    pub at: u64,
    /// Its number in its file, from 1, as Wireshark counts.
    pub number: u64,
    /// Which of the files it is in, from 0.
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
    /// One more packet.
    pub(crate) fn add(&mut self, moment: Moment) {
        if self.named.len() < NAMED {
            self.named.push(moment);
        }
        self.last = Some(moment);
        self.count += 1;
    }

    /// How many packets.
    #[must_use]
    pub fn count(&self) -> u64 {
        self.count
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// The first ones.
    #[must_use]
    pub fn named(&self) -> &[Moment] {
        &self.named
    }

    /// The first one.
    #[must_use]
    pub fn first(&self) -> Option<Moment> {
        self.named.first().copied()
    }

    /// The last one.
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
