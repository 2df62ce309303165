//! Random timers and thresholds from their whole range.

use std::time::Duration;

use super::dice::Dice;

const fn ms(milliseconds: u64) -> Duration {
    Duration::from_millis(milliseconds)
}

/// The timers and limits that an endpoint sets. `None` leaves the kernel's default.
#[derive(Clone, Debug)]
pub(crate) struct Timers {
    pub(crate) rto: Option<Rto>,
    pub(crate) heartbeat: Option<Duration>,
    pub(crate) path_max_retrans: Option<u64>,
    pub(crate) association_max_retrans: Option<u64>,
    pub(crate) max_init_retransmits: Option<u64>,
    pub(crate) potentially_failed: Option<u64>,
    pub(crate) sack_delay: Option<Duration>,
}

/// RTO.Initial, RTO.Min and RTO.Max.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Rto {
    pub(crate) initial: Duration,
    pub(crate) min: Duration,
    pub(crate) max: Duration,
}

impl Timers {
    pub(crate) fn draw(dice: &mut Dice) -> Self {
        let mut timers = Self {
            rto: Rto::draw(dice),
            heartbeat: dice.percent(60).then(|| dice.time(ms(50)..=ms(60_000))),
            path_max_retrans: limit(dice),
            association_max_retrans: limit(dice),
            max_init_retransmits: limit(dice),
            potentially_failed: dice.percent(40).then(|| dice.number(0..=20)),
            sack_delay: dice.percent(60).then(|| dice.time(ms(1)..=ms(500))),
        };
        // An association that is lost before its paths have failed is to be rare.
        if dice.percent(75) {
            let paths = timers.path_max_retrans();
            let least = timers.association_max_retrans().max(paths + 2);
            timers.association_max_retrans = Some(least);
        }
        timers
    }

    pub(crate) fn path_max_retrans(&self) -> u64 {
        self.path_max_retrans.unwrap_or(5)
    }

    pub(crate) fn association_max_retrans(&self) -> u64 {
        self.association_max_retrans.unwrap_or(10)
    }

    pub(crate) fn max_init_retransmits(&self) -> u64 {
        self.max_init_retransmits.unwrap_or(8)
    }

    pub(crate) fn heartbeat(&self) -> Duration {
        self.heartbeat.unwrap_or(ms(30_000))
    }

    pub(crate) fn rto_max(&self) -> Duration {
        self.rto.map_or(ms(60_000), |rto| rto.max)
    }

    pub(crate) fn rto_min(&self) -> Duration {
        self.rto.map_or(ms(1_000), |rto| rto.min)
    }

    /// The sum of this number of back-offs, from the longest RTO that a path has while all
    /// is well.
    pub(crate) fn back_offs(&self, count: u64) -> Duration {
        let rto = self.rto.unwrap_or(Rto {
            initial: ms(3_000),
            min: ms(1_000),
            max: ms(60_000),
        });
        let mut timer = rto.initial;
        let mut sum = Duration::ZERO;
        for _ in 0..count {
            sum += timer;
            timer = (timer * 2).min(rto.max);
        }
        sum
    }

    /// The timers as one more key of an endpoint: `, timers: {rto: {…}}`.
    pub(crate) fn yaml(&self) -> String {
        let time = |it: Duration| format!("{}ms", it.as_millis());
        let rto = self.rto.map(|rto| {
            let (initial, min, max) = (time(rto.initial), time(rto.min), time(rto.max));
            format!("{{initial: {initial}, min: {min}, max: {max}}}")
        });
        let all = [
            ("rto", rto),
            ("heartbeat", self.heartbeat.map(time)),
            ("path-max-retrans", words(self.path_max_retrans)),
            (
                "association-max-retrans",
                words(self.association_max_retrans),
            ),
            ("max-init-retransmits", words(self.max_init_retransmits)),
            ("potentially-failed", words(self.potentially_failed)),
            ("sack-delay", self.sack_delay.map(time)),
        ];
        let said = all
            .into_iter()
            .filter_map(|(key, value)| Some(format!("{key}: {}", value?)));
        let said: Vec<String> = said.collect();
        match said.is_empty() {
            true => String::new(),
            false => format!(", timers: {{{}}}", said.join(", ")),
        }
    }
}

impl Rto {
    /// The kernel's own RTOs, those of a signalling network, or any.
    fn draw(dice: &mut Dice) -> Option<Self> {
        let (min, max) = match dice.number(0..=9) {
            0 | 1 => return None,
            2..=5 => {
                let min = dice.time(ms(20)..=ms(500));
                (min, dice.time(min..=ms(3_000)))
            }
            _ => {
                let min = dice.time(ms(20)..=ms(60_000));
                (min, dice.time(min..=ms(60_000)))
            }
        };
        let initial = dice.time(min..=max);
        Some(Self { initial, min, max })
    }
}

/// Small limits are what people use. Any limit is allowed but 0, which the sockets API
/// takes for "as it is" (RFC 6458 section 8.1.2).
fn limit(dice: &mut Dice) -> Option<u64> {
    match dice.number(0..=9) {
        0 | 1 => None,
        2..=6 => Some(dice.number(1..=5)),
        _ => Some(dice.number(1..=20)),
    }
}

fn words(number: Option<u64>) -> Option<String> {
    number.map(|it| it.to_string())
}
