//! Delay, loss and rate of links, where the kernel has no netem.

use std::collections::BTreeMap;
use std::time::Duration;

use crate::layout::{Layout, PortId};
use crate::plan::Shape;

/// Greatest number of frames in the queue of a link with a rate, as in netem.
const QUEUE: usize = 1000;

/// Frames in flight, each with the time of its arrival.
#[derive(Debug)]
pub(crate) struct Delays {
    lines: Vec<Line>,
    /// The frames by time; frames of one time in the order of sending.
    held: BTreeMap<(u64, u64), (PortId, Vec<u8>)>,
    admitted: u64,
}

/// One direction of a link.
#[derive(Debug)]
struct Line {
    shape: Shape,
    random: Random,
    /// Time at which the last frame leaves the queue, if the link has a rate.
    free: u64,
    waiting: usize,
}

/// The result for a frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Admitted {
    /// The link does not delay the frame.
    Now,
    /// The frame arrives later.
    Held,
    /// The link's random loss took the frame.
    Lost,
    /// The link's queue was full.
    QueueFull,
}

impl Delays {
    pub(crate) fn of(layout: &Layout) -> Self {
        let seed = layout.seed.unwrap_or_default();
        let lines = layout.ports.iter().map(|port| Line {
            shape: port.shape,
            random: Random(seed ^ (port.id.0 as u64).wrapping_mul(0xd134_2543_de82_ef95)),
            free: 0,
            waiting: 0,
        });
        Self {
            lines: lines.collect(),
            held: BTreeMap::new(),
            admitted: 0,
        }
    }

    /// Admits a frame to the link towards `port`. Times are nanoseconds of one clock.
    pub(crate) fn admit(&mut self, port: PortId, now: u64, frame: &[u8]) -> Admitted {
        let Line {
            shape,
            random,
            free,
            waiting,
        } = &mut self.lines[port.0];
        if *shape == Shape::default() {
            return Admitted::Now;
        }
        if shape.loss > 0.0 && random.percent() < shape.loss {
            return Admitted::Lost;
        }
        if *waiting >= QUEUE && shape.rate.is_some() {
            return Admitted::QueueFull;
        }
        let left = match shape.rate {
            Some(rate) => {
                *free = now.max(*free) + transmission(frame.len(), rate);
                *free
            }
            None => now,
        };
        let at = left + random.about(shape.delay, shape.jitter);
        *waiting += 1;
        self.admitted += 1;
        self.held
            .insert((at, self.admitted), (port, frame.to_vec()));
        Admitted::Held
    }

    /// The frames that arrive by `now`, in order.
    pub(crate) fn due(&mut self, now: u64) -> Vec<(PortId, Vec<u8>)> {
        let later = self.held.split_off(&(now.saturating_add(1), 0));
        let due: Vec<_> = std::mem::replace(&mut self.held, later)
            .into_values()
            .collect();
        for (port, _) in &due {
            self.lines[port.0].waiting -= 1;
        }
        due
    }

    /// Time of the next arrival.
    pub(crate) fn next(&self) -> Option<u64> {
        self.held.first_key_value().map(|((at, _), _)| *at)
    }
}

/// Transmission time of this number of bytes at `rate` bits per second.
fn transmission(bytes: usize, rate: u64) -> u64 {
    let bits = bytes as u128 * 8;
    u64::try_from(bits * 1_000_000_000 / u128::from(rate.max(1))).unwrap_or(u64::MAX)
}

/// SplitMix64 (Steele, Lea, Flood 2014): small, and the same everywhere.
#[derive(Debug)]
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number between 0 and 100, uniformly distributed.
    fn percent(&mut self) -> f64 {
        (self.next() >> 11) as f64 * (100.0 / (1_u64 << 53) as f64)
    }

    /// A time within `jitter` around `middle`, uniformly distributed, in nanoseconds.
    fn about(&mut self, middle: Duration, jitter: Duration) -> u64 {
        let nanos = |time: Duration| u64::try_from(time.as_nanos()).unwrap_or(u64::MAX / 4);
        let (middle, jitter) = (nanos(middle), nanos(jitter));
        if jitter == 0 {
            return middle;
        }
        (middle + self.next() % (2 * jitter + 1)).saturating_sub(jitter)
    }
}
